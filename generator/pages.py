"""Pages: which there are, and their HTML by Jinja2. Text from a record is data: every value is escaped, none is code.

A page template has three blocks: `titel` and `omschrijving` (one line each, for the head) and `inhoud` (the body).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from html import unescape
from itertools import chain
from typing import TypeVar

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from generator.balance import Bar, Panel, render_balance
from generator.book import Book, CaseEntry
from generator.changes import Changes
from generator.chart import Spot, render_map, spot_rows
from generator.dating import RuleChange, changed_for, changed_since
from generator.exports.schema import explained
from generator.grouping import PatternEntry, place_name
from generator.kit import FOLDER, fixed_words, make_kits
from generator.lawindex import local_anchor
from generator.lessons import index_lessons
from generator.model import Case, RuleReference
from generator.money import SCENARIOS
from generator.overviews import MOST_SOUGHT, index_domains, index_places, new_cases, new_patterns, sought
from generator.parallel import spread
from generator.problems import Problem
from generator.proposals import Proposal
from generator.similarity import NEIGHBOUR_FLOOR, Reason
from generator.structure import field_texts, texts_of
from generator.vocabulary import Vocabulary, article_link, article_slug
from generator.wording import render_article, render_reason

DESCRIPTION_LENGTH = 155
"""Characters of a description that search engines and previews show."""
STRENGTHS = {"heel zeker": 0.80, "vrij zeker": 0.50, "onzeker": 0.20, "onwaarschijnlijk": 0.0}
"""From which certainty readers see which word, strongest first."""
PRINT_SIZES = {"lang": 2700, "middel": 1500, "kort": 0}
"""From how many characters in its texts a case is printed in which size of type, so that it fills one sheet and no
more; the most first.
"""
DOMAIN_CARDS = 60
"""Cards under one heading of a life domain; search shows the others."""
PLACE_ROWS = 10
"""Cases named under one place; search shows the others."""
USERS = ("professional", "trainer", "beleid")
"""For whom there is a start page; its template and its address are called so."""
BATCH = 25
"""Cases or patterns of which a process makes the pages at a time."""
MANY = 100
"""From so many of a kind their pages are made on every processor."""
DOCUMENT = "voorstel.docx"
"""The name of the Word document beside its page."""
LIKENESS = "gelijkenis.json"
"""The file at the root of the site with which a browser compares a text with the cases."""
_ADDRESS = re.compile(r"(https://[^\s<>\"']*[^\s<>\"'.,;:)])")
_SENTENCE_END = re.compile(r"[.?!](?=$|\s+[\"'‘“(]?[A-ZÀ-Ý])")


_Entry = TypeVar("_Entry")


@dataclass(frozen=True)
class Page:
    """One page of the site. Title, description and body are HTML in which every value from a record is escaped."""

    address: str
    """Relative to the site's root, ending in a slash."""
    title: str
    description: str
    body: str
    document: str = ""
    """What is to be given as a Word document as well: HTML like the body, with the reference to this page below it."""


@dataclass(frozen=True)
class Block:
    """A piece of HTML for a page that people wrote; it takes the place of the comment `marker`."""

    address: str
    marker: str
    body: str


@cache
def make_environment() -> Environment:
    """The templates' environment: everything is escaped, a missing value is a fault. One for all, since it compiles."""
    environment = Environment(
        loader=PackageLoader("generator", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["alineas"] = paragraphs
    environment.filters["euro"] = render_euro
    environment.filters["kort"] = shorten
    environment.filters["zinnen"] = lead
    environment.filters["decimaal"] = render_decimal
    environment.filters["sterkte"] = strength_word
    environment.filters["met_links"] = split_links
    environment.filters["artikeladres"] = article_slug
    return environment


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text, each on one line."""
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def render_euro(amount: Decimal) -> str:
    """Euros the Dutch way: `€ 3.500`, cents only where there are any."""
    whole = amount == amount.to_integral_value()
    text = f"{amount:,.0f}" if whole else f"{amount:,.2f}"
    return "€\u00a0" + text.translate(str.maketrans(",.", ".,")).replace("-", "−")


def shorten(text: str, length: int = DESCRIPTION_LENGTH) -> str:
    """The beginning of a text on one line, cut between words."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    return flat[:length].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def lead(text: str, length: int = DESCRIPTION_LENGTH) -> str:
    """The first whole sentences that fit in `length`; if none fits, the beginning of the first one."""
    flat = " ".join(text.split())
    ends = [match.end() for match in _SENTENCE_END.finditer(flat) if match.end() <= length]
    return flat[: ends[-1]] if ends else shorten(flat, length)


def render_decimal(number: float) -> str:
    """Two decimals after a comma."""
    return f"{number:.2f}".replace(".", ",")


def strength_word(certainty: float) -> str:
    """How sure a certainty of 0 to 1 is, in a word of `STRENGTHS`; the word of the number that readers see."""
    return next(word for word, least in STRENGTHS.items() if round(certainty, 2) >= least)


def print_size(case: Case) -> str:
    """The size of type, of `PRINT_SIZES`, in which a case fits on one sheet of paper as far as possible."""
    length = sum(map(len, texts_of(case)))
    return next(size for size, least in PRINT_SIZES.items() if length >= least)


def split_links(text: str) -> list[tuple[str, str]]:
    """A plain text in pieces, each with the web address that it is, or with nothing."""
    pieces = _ADDRESS.split(text)
    return [(piece, piece if row % 2 else "") for row, piece in enumerate(pieces) if piece]


Finish = Callable[[Sequence[Page]], Sequence[Page]]
"""What is done with pages as soon as they are made, such as writing them."""


class Renderer:
    """Makes pages of one book: holds the environment and what every template may call."""

    def __init__(self, book: Book, edit_address: str = "", site_address: str = "") -> None:
        """`edit_address` is the folder of the records on a forge, `site_address` where the site will stand; both end in
        a slash or are empty.
        """
        self._book = book
        self._edit_address = edit_address
        self._site_address = site_address or "/"
        self._environment = make_environment()
        self._fields = field_texts()
        self._patterns = {member.case: pattern for pattern in book.patterns for member in pattern.members}

    def page(self, template: str, address: str, **values: object) -> Page:
        """The page of one template at `address`."""
        title, description, body = (
            self._block(template, name, address, values) for name in ("titel", "omschrijving", "inhoud")
        )
        return Page(address, " ".join(title.split()), " ".join(description.split()), body)

    def title(self, template: str, **values: object) -> str:
        """The title alone, as plain text."""
        return " ".join(unescape(self._block(template, "titel", "", values)).split())

    def of_case(self, entry: CaseEntry) -> Page:
        """The page of a case."""
        return self.page("casus.html", f"casussen/{entry.case.id}/", entry=entry, casus=entry.case)

    def of_pattern(self, pattern: PatternEntry) -> Page:
        """The page of a pattern."""
        return self.page("patroon.html", f"patronen/{pattern.id}/", patroon=pattern)

    def of_proposal(self, proposal: Proposal) -> Page:
        """The page of a proposal, with its document."""
        address = f"voorstellen/{proposal.pattern.id}/"
        page = self.page("voorstel.html", address, voorstel=proposal, patroon=proposal.pattern)
        reference = self.body("verwijzing.html", address, titel=unescape(page.title))
        return replace(page, document=page.body + reference)

    def body(self, template: str, address: str, **values: object) -> str:
        """The body alone."""
        return self._block(template, "inhoud", address, values)

    def _block(self, template: str, name: str, address: str, values: dict[str, object]) -> str:
        depth = address.count("/")
        loaded = self._environment.get_template(template)
        names = {
            "link": lambda target: ("../" * depth + target) or "./",
            "woord": self._word,
            "veld": lambda path: self._fields[path]["titel"],
            "veld_uitleg": lambda path: self._fields[path]["uitleg"],
            "reden": self._reason,
            "regel": self._rule,
            "plaats": place_name,
            "veranderd": self._changed,
            "veranderd_bij": self._changed_for,
            "lokaal_adres": lambda name: f"wetten/lokaal/#{local_anchor(name)}",
            "artikel_link": article_link,
            "artikel_naam": lambda key: render_article(key, self._book.vocabulary),
            "patroon_van": self._pattern,
            "patroon_naam": self._pattern_name,
            "patroon_bij": self._pattern_by_id,
            "drukmaat": print_size,
            "bewerk": self._edit_address,
            "document_naam": DOCUMENT,
            "permalink": self._site_address + address,
            "boek": self._book,
            "lijsten": self._book.vocabulary,
            "scenarios": SCENARIOS,
            "sterktes": STRENGTHS,
            "balansbeeld": _picture_balance,
            "woorden": fixed_words(),
            **values,
        }
        return "".join(loaded.blocks[name](loaded.new_context(names)))

    def _word(self, name: str, word: str | None) -> str:
        return self._book.vocabulary.labels[name].get(word or "", word or "")

    def _changed(self, case: Case) -> tuple[RuleChange, ...]:
        return changed_since(case, self._book.vocabulary)

    def _changed_for(self, pattern: PatternEntry) -> tuple[tuple[RuleChange, tuple[Case, ...]], ...]:
        cases = (self._book.case_by_id[member.case] for member in pattern.members)
        return changed_for(cases, self._book.vocabulary)

    def _pattern(self, case: str) -> PatternEntry | None:
        return self._patterns.get(case)

    def _pattern_by_id(self, number: str) -> PatternEntry | None:
        return next((pattern for pattern in self._book.patterns if pattern.id == number), None)

    def _pattern_name(self, number: str) -> str:
        pattern = self._pattern_by_id(number)
        return pattern.name if pattern else number

    def _reason(self, reason: Reason | str) -> str:
        return reason if isinstance(reason, str) else render_reason(reason, self._book.vocabulary)

    def _rule(self, rule: RuleReference) -> str:
        if rule.wet is None:
            return rule.lokaal or ""
        law = self._book.vocabulary.law_by_id.get(rule.wet)
        parts = [law.citeertitel if law else rule.wet]
        parts += [f"artikel {rule.artikel}"] if rule.artikel else []
        parts += [f"lid {rule.lid}"] if rule.lid else []
        return " ".join(parts)


def _picture_balance(panels: Sequence[tuple[str, Sequence[tuple[str, Decimal]]]], name: str) -> Markup:
    """The picture of panels as templates give them: heading, payers with euros."""
    drawn = [Panel(heading, tuple(Bar(*bar) for bar in bars)) for heading, bars in panels]
    return Markup(render_balance(drawn, render_euro, name))  # noqa: S704 - balance.py escapes every word


def render_pages(
    book: Book, changes: Changes, edit_address: str = "", site_address: str = "", finish: Finish = tuple
) -> Iterator[Page]:
    """Every page made from records.

    Those of cases, patterns, proposals and kits went through `finish`, batch by batch and perhaps in other processes.
    """
    renderer = Renderer(book, edit_address, site_address)
    yield renderer.page("casussen.html", "casussen/")
    yield from _spread(renderer.of_case, book.cases, finish)
    for case in book.withdrawn:
        yield renderer.page("ingetrokken.html", f"casussen/{case}/")
    spots = map_spots(book)
    rows, columns = map_axes(book.vocabulary)
    map_values = {"kaart": Markup(render_map(spots, rows, columns)), "kaartrijen": spot_rows(spots, rows, columns)}  # noqa: S704 - chart.py escapes every word
    yield renderer.page("patronen.html", "patronen/", **map_values)
    yield from _spread(renderer.of_pattern, book.patterns, finish)
    yield renderer.page("voorstellen.html", "voorstellen/")
    yield renderer.page("opgelost.html", "voorstellen/opgelost/")
    yield from _spread(renderer.of_proposal, book.proposals, finish)
    laws = sorted(book.laws, key=lambda entry: (-len(entry.cases), entry.law.citeertitel))
    yield renderer.page("wetten.html", "wetten/", wetten=laws)
    yield renderer.page("lokaal.html", "wetten/lokaal/")
    yield renderer.page("hervormingen.html", "wetten/hervormingen/")
    for law in book.laws:
        yield renderer.page("wet.html", f"wetten/{law.law.id}/", entry=law)
        for article in law.articles:
            address = f"wetten/{law.law.id}/{article_slug(article.number)}/"
            yield renderer.page("artikel.html", address, entry=article)
    yield renderer.page("methoden.html", "methode/")
    for method in book.methods:
        yield renderer.page("methode.html", f"methode/{method.method.adres}/", entry=method)
    yield from _overviews(renderer, book, changes)
    yield from render_lessons(renderer, book)
    yield from _kits(renderer, book, finish)
    yield renderer.page("zoeken.html", "zoeken/")
    yield renderer.page("ernaast.html", "lijkt-op/", indexbestand=LIKENESS, ondergrens=NEIGHBOUR_FLOOR)
    yield renderer.page("wijzigingen.html", "wijzigingen/", wijzigingen=changes)
    yield renderer.page("gegevens.html", "gegevens/", **explained(book.vocabulary))


def _overviews(renderer: Renderer, book: Book, changes: Changes) -> Iterator[Page]:
    """The cases by life domain and by place, and where each kind of reader can start."""
    domains = index_domains(book)
    yield renderer.page("leefgebieden.html", "leefgebied/", leefgebieden=domains)
    for domain in domains:
        yield renderer.page("leefgebied.html", f"leefgebied/{domain.term.id}/", entry=domain, meeste=DOMAIN_CARDS)
    yield renderer.page("plaatsen.html", "plaats/", plaatsen=index_places(book), meeste=PLACE_ROWS)
    yield renderer.page("voor.html", "voor/")
    shown = {
        "wijzigingen": changes,
        "nieuwe_casussen": new_cases(changes),
        "nieuwe_patronen": new_patterns(book, changes),
        "gezochte_patronen": sought(book),
        "meeste": MOST_SOUGHT,
    }
    for user in USERS:
        yield renderer.page(f"voor_{user}.html", f"voor/{user}/", **shown)


def _spread(make: Callable[[_Entry], Page], entries: Sequence[_Entry], finish: Finish) -> Iterator[Page]:
    def pages(start: int) -> Sequence[Page]:
        return finish([make(entry) for entry in entries[start : start + BATCH]])

    starts = range(0, len(entries), BATCH)
    yield from chain.from_iterable(spread(pages, starts) if len(entries) >= MANY else map(pages, starts))


def _kits(renderer: Renderer, book: Book, finish: Finish) -> Iterator[Page]:
    """The training kits: the trainer's page, the sheets to hand out, and the cards."""
    kits = tuple(make_kits(book))
    yield renderer.page(
        "leren.html",
        FOLDER,
        patroonpakketten=[kit for kit in kits if kit.pattern],
        casuspakketten=[kit for kit in kits if not kit.pattern],
    )
    yield renderer.page(
        "samenstellen.html", f"{FOLDER}samenstellen/", casuspakketten=[kit for kit in kits if not kit.pattern]
    )
    yield from _spread(lambda kit: renderer.page("lespakket.html", kit.address, pakket=kit), kits, finish)
    yield from _spread(lambda kit: renderer.page("werkblad.html", kit.handout_address, pakket=kit), kits, finish)
    of_patterns = [kit for kit in kits if kit.pattern]
    yield from _spread(lambda kit: renderer.page("kaarten.html", kit.cards_address, pakket=kit), of_patterns, finish)


def render_lessons(renderer: Renderer, book: Book) -> Iterator[Page]:
    """The learning line: its overview, then every lesson."""
    lessons = index_lessons(book)
    yield renderer.page("leerlijn.html", "leerlijn/", lessen=lessons)
    for lesson in lessons:
        yield renderer.page("les.html", f"leerlijn/{lesson.number}/", entry=lesson, les=lesson.lesson, lessen=lessons)


def map_spots(book: Book) -> tuple[Spot, ...]:
    """The patterns that stand on the map: those that still take cases, where most of their cases are."""
    spots = []
    for pattern in book.patterns:
        if pattern.state not in {"kandidaat", "vastgesteld"} or not pattern.members:
            continue
        domains = Counter(book.case_by_id[member.case].leefgebieden[0] for member in pattern.members)
        spots.append(
            Spot(
                id=pattern.id,
                name=pattern.name,
                address=f"{pattern.id}/",
                row=pattern.kind,
                column=min(domains, key=lambda domain: (-domains[domain], domain)),
                cases=len(pattern.members),
                places=len(pattern.places),
                registered=pattern.registered,
                strong=pattern.strong,
            )
        )
    return tuple(spots)


def map_axes(vocabulary: Vocabulary) -> tuple[list[tuple[str, str, str]], list[tuple[str, str]]]:
    """The rows (obstacle kinds under their dimension) and columns (life domains) of the map, in vocabulary order."""
    order = list(vocabulary.dimensies)
    kinds = sorted(vocabulary.knelpuntsoorten, key=lambda kind: order.index(kind.dimensie))
    rows = [(vocabulary.dimensies[kind.dimensie], kind.id, kind.label) for kind in kinds]
    return rows, [(term.id, term.label) for term in vocabulary.terms["leefgebieden"]]


def render_blocks(book: Book) -> Iterator[Block]:
    """The pieces for pages that people wrote."""
    yield Block("", "maatwerkatlas:home", Renderer(book).body("home.html", ""))


def render_problem_page(book: Book, problems: tuple[Problem, ...]) -> Page:
    """The page on which the live server shows what is wrong in the records."""
    return Renderer(book).page("problemen.html", "problemen/", problemen=problems)
