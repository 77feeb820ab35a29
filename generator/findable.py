"""Findable: what people can search for, as one small index document a page. No page goes into the index whole.

A document holds words that its page shows, and codes for the concepts, laws and articles that it is about: they bring
'schoolbus' to a case that says 'leerlingenvervoer'. It stands at the address of its page.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from html import escape, unescape
from importlib.resources import files
from typing import TypeVar

from generator.book import Book, CaseEntry, MethodEntry
from generator.codes import article_code, concept_codes, law_code, number_code
from generator.concepts import Matcher, concept_matcher
from generator.crossing import TheirCase
from generator.grouping import PatternEntry, place_name
from generator.lawindex import ArticleEntry, LawEntry
from generator.model import UNKNOWN, Case
from generator.parallel import spread_batches
from generator.proposals import Proposal
from generator.rendering import Page, lead, shorten
from generator.vocabulary import Law, Vocabulary, article_slug
from generator.words import folded_name

SITUATION = 300
"""Characters of a situation that can be searched."""
LINE = 170
"""Characters of an obstacle or breakthrough under a result."""
HEAVY, MIDDLE, LIGHT, FAINT = 6.0, 3.0, 1.0, 0.3
"""How much a word counts: of the title, of obstacle and rule, of the rest, of a broader concept."""
FACETS = ("soort", "leefgebied", "wet", "knelpunt", "plaats", "werkwijze", "afloop", "periode", "patroon")
"""By what results can be narrowed, in the order in which readers see it."""
BATCH = 100
"""Records of which a process makes what can be found at a time."""
MANY = 10
"""From so many batches they go over the processors."""
_SHOWN = ("plek", "kern", "vastgelopen", "gedaan")
"""What a result shows besides its title and kind."""
_LEFT_OUT = frozenset({"zoeken/", "problemen/"})
"""Pages made from records that hold nothing to find."""
_KIT = re.compile(r"leren/.")
"""Training kits hold what their case or pattern holds, and a hit would show an ending."""
_HEADING = re.compile(r"<h([1-3])\b[^>]*>(.*?)</h\1>", re.S)
_MARK = re.compile(r'<a class="headerlink".*?</a>|<[^>]*>', re.S)
_YEAR = re.compile(r"\b(?:19|20)[0-9][0-9]\b")

_Shown = TypeVar("_Shown")
Weighed = tuple[float, str]
"""Words, and how much they count."""


@dataclass(frozen=True)
class Findable:
    """One page as the search knows it. All texts are plain; those that readers see stand on the page as well."""

    address: str
    kind: str
    title: str
    note: str = ""
    """Place and period."""
    obstacle: str = ""
    breakthrough: str = ""
    words: tuple[Weighed, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    """Facet and value, one pair for each value."""
    gist: str = ""
    """What a page that is no case says, in a line; of a rule only what was checked, since a result has no mark."""


@dataclass(frozen=True)
class _Lists:
    """Our lists, and what finds their concepts in texts."""

    vocabulary: Vocabulary
    matcher: Matcher
    codes: Mapping[str, str]
    """Of the concepts."""


def find_pages(book: Book, pages: Iterable[Page], written: Mapping[str, str]) -> Iterator[Findable]:
    """All that can be found: `pages` from records, and `written` pages of people, by file name."""
    return (entry for _, entry in _find(book, pages, written, lambda entry: entry))


def render_found(book: Book, pages: Iterable[Page], written: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The index documents of the same, each with the address of its page."""
    return _find(book, pages, written, render_findable)


def _find(
    book: Book, pages: Iterable[Page], written: Mapping[str, str], show: Callable[[Findable], _Shown]
) -> Iterator[tuple[str, _Shown]]:
    """What `show` makes of all that can be found, each with its address."""
    concepts = book.vocabulary.concepts
    lists = _Lists(book.vocabulary, concept_matcher(concepts), concept_codes(concepts))
    by_address = {page.address: page for page in pages}
    found = {address: shown for address, shown in _of_records(book, lists, show) if address in by_address}
    withdrawn = {f"casussen/{case}/" for case in book.withdrawn}
    for collection in book.joined.collections if book.joined else ():
        withdrawn |= {f"{collection.address}casussen/{case}/" for case in collection.withdrawn}
    for address, page in by_address.items():
        if address in found:
            yield address, found[address]
        elif address not in withdrawn | _LEFT_OUT and not _KIT.match(address):
            words = [(LIGHT, unescape(page.description))]
            if address == "wetten/lokaal/":
                words.append((LIGHT, "; ".join(_local_names(book)[:50])))
            kind = "uitleg" if address.startswith("leerlijn/") else "overzicht"
            yield address, show(_plain(lists, kind, address, unescape(page.title), words))
    for name, html in sorted(written.items()):
        address = name.removesuffix("index.html")
        headings = [" ".join(unescape(_MARK.sub("", text)).split()) for _, text in _HEADING.findall(html)]
        if address and address not in by_address and address.endswith("/") and headings:
            words = [(MIDDLE, "; ".join(headings[1:]))]
            yield address, show(_plain(lists, "uitleg", address, headings[0], words))


def _local_names(book: Book) -> list[str]:
    """The local rules that the page of local rules names, each once."""
    names = [rule.name for rule in book.local_rules]
    known = {folded_name(name) for name in names}
    return names + [rule.naam for rule in book.vocabulary.eigen_regels if folded_name(rule.naam) not in known]


def render_findable(entry: Findable) -> str:
    """The index document of a page: words with their weight, what a result shows, and one element for each facet.

    What a result shows is kept as facets are: kept as what it is, the search program would index its words once more.
    """
    shown = zip(_SHOWN, (entry.note, entry.gist, entry.obstacle, entry.breakthrough), strict=True)
    rows = [f"<h1>{escape(entry.title)}</h1>"]
    rows += [f'<p data-pagefind-weight="{weight}">{escape(text)}</p>' for weight, text in entry.words if text]
    rows.append("<div data-pagefind-ignore>")
    kept = [*((name, text) for name, text in shown if text), *entry.facets]
    rows += [f'<p data-pagefind-filter="{name}">{escape(text)}</p>' for name, text in kept]
    body = "\n".join(rows)
    return f'<!doctype html><html lang="nl"><title>x</title><body data-pagefind-body>\n{body}\n</div></body></html>\n'


def search_words(book: Book) -> frozenset[str]:
    """The words that an index document may hold without its page: our own codes and kinds, and the names of laws."""
    names = [*kind_labels().values(), *FACETS, *_SHOWN]
    names += [name for law in book.vocabulary.wetten for name in (law.citeertitel, law.afkorting or "")]
    codes = {*concept_codes(book.vocabulary.concepts).values(), *(law_code(law.id) for law in book.vocabulary.wetten)}
    for entry in book.laws:
        for article in entry.articles:
            codes |= {article_code(entry.law.id, article.number), number_code(article.number)}
    for collection in book.joined.collections if book.joined else ():
        for rule in (rule for theirs in collection.cases for rule in theirs.case.rules if rule.wet and rule.artikel):
            codes |= {article_code(str(rule.wet), str(rule.artikel)), number_code(str(rule.artikel))}
    return frozenset(codes) | frozenset(word for name in names for word in re.findall(r"\w+", name.lower()))


def kind_labels() -> Mapping[str, str]:
    """Kinds of page to the word that readers see."""
    return _texts()["soorten"]


def kind_weights() -> Mapping[str, float]:
    """How much each kind of page counts among results (0 to 1), by the word that readers see."""
    return {kind_labels()[kind]: float(weight) for kind, weight in _texts()["gewichten"].items()}


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    table: Mapping[str, Mapping[str, str]] = tomllib.loads(
        files("generator").joinpath("text/zoeken.toml").read_text("utf-8")
    )
    return table


def _of_records(book: Book, lists: _Lists, show: Callable[[Findable], _Shown]) -> Iterator[tuple[str, _Shown]]:
    makers = [
        *(partial(_case, entry, lists) for entry in book.cases),
        *_of_others(book, lists),
        *(partial(_pattern, pattern, lists) for pattern in book.patterns),
        *(partial(_proposal, proposal, lists) for proposal in book.proposals),
        *(partial(_law, law, lists) for law in book.laws),
        *(partial(_article, article, lists) for law in book.laws for article in law.articles),
        *(partial(_method, method, lists) for method in book.methods),
    ]

    def make(maker: partial[Findable]) -> tuple[str, _Shown]:
        entry = maker()
        return entry.address, show(entry)

    yield from spread_batches(make, makers, BATCH, MANY)


def _case(entry: CaseEntry, lists: _Lists) -> Findable:
    case, vocabulary, labels = entry.case, lists.vocabulary, lists.vocabulary.labels
    place = place_name(case)
    period = case.periode if case.periode != UNKNOWN else ""
    patterns = [pattern for pattern in entry.patterns if pattern.state != "vervallen"]
    local = [rule.lokaal for rule in case.rules if rule.lokaal]
    rules = [(str(rule.wet), rule.artikel) for rule in case.rules if rule.wet]
    core = f"{case.knelpunt.tekst}\n{case.doorbraak.tekst}"
    laws = [vocabulary.law_by_id[law].citeertitel for law, _ in rules if law in vocabulary.law_by_id]
    rest = "\n".join([case.situatie, case.vraag or "", case.resultaat.tekst or "", *local, *laws])
    return Findable(
        f"casussen/{case.id}/",
        "casus",
        case.titel,
        " · ".join(part for part in (place, period) if part),
        lead(case.knelpunt.tekst, LINE),
        lead(case.doorbraak.tekst, LINE),
        (
            *_concepts(lists, case.titel, core, rest),
            *_rules(rules, vocabulary),
            (MIDDLE, case.knelpunt.tekst),
            (LIGHT, case.doorbraak.tekst),
            (LIGHT, lead(case.situatie, SITUATION)),
            (LIGHT, "; ".join([*local, *(pattern.name for pattern in patterns)])),
        ),
        _facets(
            "casus",
            leefgebied=[labels["leefgebieden"].get(domain, domain) for domain in case.leefgebieden],
            wet=[labels["wetten"].get(law, law) for law, _ in rules],
            knelpunt=[labels["knelpuntsoorten"].get(kind, kind) for kind in _kinds(case)],
            plaats=[place] if place else [],
            werkwijze=[labels["methoden"].get(method, method) for method in case.methode],
            afloop=[labels["resultaten"].get(case.resultaat.status, case.resultaat.status)],
            periode=_YEAR.findall(period),
            patroon=[pattern.name for pattern in patterns],
        ),
    )


def _of_others(book: Book, lists: _Lists) -> Iterator[partial[Findable]]:
    """What makes those of cases of other collections."""
    for collection in book.joined.collections if book.joined else ():
        for theirs in collection.cases:
            yield partial(_of_other, theirs, collection.name, lists)


def _of_other(theirs: TheirCase, collection: str, lists: _Lists) -> Findable:
    """Like one of our own, with the name of its collection beside the place."""
    found = _case(CaseEntry(theirs.case, "", theirs.money, (), ()), lists)
    note = " · ".join(part for part in (found.note, collection) if part)
    return replace(found, address=theirs.address, note=note)


def _kinds(case: Case) -> tuple[str, ...]:
    return (case.knelpunt.soort, *case.knelpunt.ook)


def _pattern(pattern: PatternEntry, lists: _Lists, kind: str = "patroon", *more: str) -> Findable:
    name = pattern.name or pattern.id
    rules = [rule.value.split(":", 1) for rule in pattern.rules if rule.kind in {"wet", "artikel"}]
    pairs = [(law, number[0] if number else None) for law, *number in rules]
    description = shorten(pattern.description or "", SITUATION)
    shown = kind == "patroon"
    labels = lists.vocabulary.labels
    return Findable(
        f"patronen/{pattern.id}/" if shown else f"voorstellen/{pattern.id}/",
        kind,
        name,
        words=(
            *_concepts(lists, name, description if shown else "", "\n".join(more)),
            *_rules(pairs, lists.vocabulary),
            (LIGHT, description if shown else ""),
            *((LIGHT, shorten(text, SITUATION)) for text in more),
        ),
        facets=_facets(
            kind,
            wet=[labels["wetten"].get(law, law) for law, _ in pairs] if shown else [],
            knelpunt=[labels["knelpuntsoorten"].get(pattern.kind, pattern.kind)] if pattern.kind and shown else [],
            plaats=list(pattern.places) if shown else [],
            periode=_YEAR.findall(" ".join(pattern.periods)) if shown else [],
            patroon=[name],
        ),
        gist=lead(description if shown else more[0] if more else "", LINE),
    )


def _proposal(proposal: Proposal, lists: _Lists) -> Findable:
    words = [proposal.written.signaal or ""] if proposal.written else []
    return _pattern(proposal.pattern, lists, "voorstel", *words)


def _law(entry: LawEntry, lists: _Lists) -> Findable:
    law = entry.law
    return Findable(
        f"wetten/{law.id}/",
        "wet",
        law.citeertitel,
        words=(
            (HEAVY, f"{law_code(law.id)} {law.afkorting or ''}"),
            (LIGHT, law.doel),
            *_concepts(lists, "", law.doel, ""),
        ),
        facets=_facets("wet", wet=[law.label]),
        gist="" if "doel" in law.niet_geverifieerd else lead(law.doel, LINE),
    )


def _article(entry: ArticleEntry, lists: _Lists) -> Findable:
    law = entry.law
    purpose = " ".join(part.strekking for part in entry.parts)
    codes = f"{article_code(law.id, entry.number)} {number_code(entry.number)}"
    return Findable(
        f"wetten/{law.id}/{article_slug(entry.number)}/",
        "artikel",
        f"{law.citeertitel} artikel {entry.number}",
        words=(
            (HEAVY, codes),
            (LIGHT, f"{law_code(law.id)} {purpose}"),
            *_concepts(lists, "", " ".join(part.thema for part in entry.parts), purpose),
        ),
        facets=_facets("artikel", wet=[law.label]),
        gist=lead(entry.parts[0].strekking, LINE) if entry.parts and entry.parts[0].geverifieerd else "",
    )


def _method(entry: MethodEntry, lists: _Lists) -> Findable:
    label, core = entry.method.label, entry.guide.kern
    return Findable(
        f"methode/{entry.method.adres}/",
        "werkwijze",
        label,
        words=(*_concepts(lists, label, core, ""), (LIGHT, core)),
        facets=_facets("werkwijze", werkwijze=[label]),
        gist=lead(core, LINE),
    )


def _plain(lists: _Lists, kind: str, address: str, title: str, words: Sequence[Weighed]) -> Findable:
    text = " ".join(text for _, text in words)
    return Findable(address, kind, title, words=(*words, *_concepts(lists, title, "", text)), facets=_facets(kind))


def _facets(kind: str, **values: Sequence[str]) -> tuple[tuple[str, str], ...]:
    every: Mapping[str, Sequence[str]] = {"soort": [kind_labels()[kind]], **values}
    return tuple((name, value) for name in FACETS for value in dict.fromkeys(every.get(name, ())))


def _concepts(lists: _Lists, title: str, core: str, rest: str) -> tuple[Weighed, ...]:
    """Codes of the concepts that texts name, each once where it counts most, and faintly of what they fall under."""
    matcher, codes = lists.matcher, lists.codes
    seen: set[str] = set()
    rows: list[Weighed] = []
    broader: set[str] = set()
    for weight, text in ((HEAVY, title), (MIDDLE, core), (LIGHT, rest)):
        here = matcher.count(text).keys() - seen
        seen |= here
        broader |= {wider for concept in here for wider in matcher.broader.get(concept, ())}
        rows.append((weight, _row(codes[concept] for concept in here)))
    rows.append((FAINT, _row(codes[concept] for concept in broader - seen)))
    return tuple((weight, text) for weight, text in rows if text)


def _row(codes: Iterable[str]) -> str:
    return " ".join(sorted(codes))


def _rules(rules: Sequence[tuple[str, str | None]], vocabulary: Vocabulary) -> tuple[Weighed, ...]:
    codes = {law_code(law) for law, _ in rules}
    codes |= {code for law, number in rules if number for code in (article_code(law, number), number_code(number))}
    laws: list[Law] = [
        vocabulary.law_by_id[law] for law in dict.fromkeys(law for law, _ in rules) if law in vocabulary.law_by_id
    ]
    names = "; ".join(law.citeertitel for law in laws)
    return ((MIDDLE, _row(codes)), (LIGHT, names))
