"""What a build wrote, read again before it takes the place of the old site: every page, index entry, feed and document.

Each text is read once, however many pages repeat it; what the records themselves hold was read already. A file of a
kind that is not known here is a fault: what cannot be read is not published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

from generator.lexicon import dutch_words, person_names
from generator.parallel import spread_batches
from generator.privacy import entries, gate
from generator.privacy.contents import ARCHIVES, BROKEN, PIECE, is_data, is_json, kind_of, read_texts
from generator.privacy.data import cut_json, texts_of_json
from generator.privacy.finding import mask
from generator.privacy.lists import fold
from generator.privacy.markup import Markup, make_reader
from generator.problems import Place, Problem
from generator.settings import NAME

UNREADABLE = "PRIV-UITVOER-ONBEKEND"
"""A file that the gate cannot read."""
ADDED = "PRIV-UITVOER-INDEX"
"""An index entry holds words that its page does not."""
HELD = "PRIV-UITVOER-AANGEHOUDEN"
"""Text of a record that is held back stands in what was written."""
OF_RULES = frozenset({"PRIV-DATUM", "PRIV-LEEFTIJD"})
"""What templates and pages about rules are full of; in a record it was asked about already."""
OF_ROWS = frozenset({"PRIV-WERKGEVER", "PRIV-ZAAKNUMMER"})
"""What a word is only taken for because of the words before it; in a row of labels those belong to another label."""
_ROW_BEFORE = re.compile(r"(?:^|[,:;·|] |\()$")
_ROW_AFTER = re.compile(r"$|[,:;)…]| [·|(-]| artikel \d")
"""What stands around a label in a row, a name or a title."""
LONG = 24
"""Shorter paragraphs of a record that is held back may stand elsewhere by chance."""
BATCH = 40
"""Files or texts that a process gets at a time."""
MANY = 10
"""From so many batches they go over the processors."""
_WORD = re.compile(r"\w")
_PARAGRAPHS = re.compile(r"\n\s*\n")
WEAK_NAME = "PRIV-NAAM-ZWAK"
_ENGLISH = frozenset({"Header", "StrictUndefined"})
"""Words with a capital that the theme and our own pages about the software hold; those in lower case are English of
the theme and of the glossary, and in a record they were asked about already."""


@dataclass(frozen=True)
class Known:
    """What needs no second reading."""

    texts: frozenset[str] = frozenset()
    """Paragraphs of cleared records and of the vocabulary, white space made single."""
    held: frozenset[str] = frozenset()
    """Paragraphs of records that may not be shown: whatever is in them, they stand nowhere."""
    excused: frozenset[tuple[str, str]] = frozenset()
    """Code and value of what a reviewer let stand in a cleared record."""
    name: str = ""
    """What the site is called: pages say it wherever ours would say our own name."""
    terms: frozenset[str] = frozenset()
    """Labels of our own lists, as they are written, which pages put in rows."""
    search: frozenset[str] = frozenset()
    """Words of our own lists, in lower case, that an index entry may hold without its page: codes, kinds, laws."""


@dataclass(frozen=True)
class _Reading:
    """What came of one file. All plain values: it travels between processes."""

    texts: tuple[str, ...] | None = ()
    """What the process met for the first time; `None` if the file cannot be read."""
    added: tuple[tuple[str, int], ...] = ()
    """The index entries of a page, with how many words they hold that it does not."""


def check_output(written: Mapping[str, bytes], known: Known) -> Iterator[Problem]:
    """Everything in written files (bytes by name) that may point at a person, by file; each text once.

    Many files are read on every processor. A text that several hold counts where it stands first.
    """
    index = [name for name in written if name.endswith(entries.ENDING)]
    documents = [name for name in written if name.lower().endswith(ARCHIVES)]
    apart = {*index, *documents}
    pages = [name for name in written if name not in apart]
    seen = set(known.texts)
    added: dict[str, int] = {}
    faults: list[tuple[int, Problem]] = []
    fresh: list[tuple[int, str, list[str]]] = []
    names = [*pages, *documents]  # what a page says as well is known by the time that a document is read
    data = [name for name in pages if is_data(name)]
    of_data = dict(zip(data, _read_data(data, written, known.texts), strict=True))
    others = [name for name in pages if name not in of_data]
    of_others = _read_all(others, written, seen, _entries_by_page(index, written), known.search)
    readings = chain(
        (of_data[name] if name in of_data else next(of_others) for name in pages),
        _read_all(documents, written, seen, {}, known.search),
    )
    for place, reading in enumerate(readings):
        added.update(reading.added)
        if reading.texts is None:
            faults.append((place, Problem(names[place], Place(), UNREADABLE)))
        else:
            fresh += ((place, plain, pieces) for plain, pieces in _unread(reading.texts, seen))

    def look(text: tuple[int, str, list[str]]) -> list[tuple[int, Problem]]:
        place, plain, pieces = text
        return [(place, problem) for problem in _find(names[place], plain, pieces, known)]

    faults += chain.from_iterable(spread_batches(look, fresh, BATCH, MANY))
    yield from (problem for _, problem in sorted(faults, key=itemgetter(0)))
    for name in index:
        extra = added[name] if name in added else len(entries.added_words(written[name], (), known.search))
        if extra or name not in added:
            yield Problem(name, Place(), ADDED, {"aantal": str(extra)})


def _entries_by_page(index: Sequence[str], written: Mapping[str, bytes]) -> dict[str, list[str]]:
    """The index entries of each page, by its file name."""
    found: dict[str, list[str]] = {}
    for name, address in zip(
        index, spread_batches(lambda name: entries.page_of(written[name]), index, BATCH, MANY), strict=True
    ):
        if address.startswith("/"):
            found.setdefault(f"{address[1:]}index.html", []).append(name)
    return found


def _read_data(names: Sequence[str], written: Mapping[str, bytes], known: frozenset[str]) -> list[_Reading]:
    """Files of data read, what several hold once, where it stands first.

    They are read before all else, and so nothing but `known` counts as met: what a page before it says too, stands
    there.
    """
    met: set[bytes] = set()
    batches: list[tuple[str, list[bytes]]] = []
    for name in names:
        fresh = [part for part in cut_json(written[name]) if part not in met] if is_json(name) else []
        met.update(fresh)
        batches += [(name, fresh[start : start + BATCH]) for start in range(0, max(len(fresh), 1), BATCH)]

    def read(batch: tuple[str, list[bytes]]) -> _Reading:
        name, stretches = batch
        try:
            texts = texts_of_json(stretches) if is_json(name) else read_texts(name, written[name]) or ()
        except BROKEN:
            return _Reading(None)
        unknown = _unmet([text for text in texts if text not in known], set())
        return _Reading(tuple(text for text in unknown if text not in known))

    found: dict[str, list[str]] = {name: [] for name in names}
    done = spread_batches(read, batches, 1, MANY, lambda batch: not is_json(batch[0]))
    for (name, _), reading in zip(batches, done, strict=True):
        if reading.texts is None:  # cut too soon, or no data after all
            return [*_read_all(names, written, known, {}, frozenset())]
        found[name] += reading.texts
    return [_Reading(tuple(texts)) for texts in found.values()]


def _read_all(
    names: Sequence[str],
    written: Mapping[str, bytes],
    seen: Iterable[str],
    entries_by_page: Mapping[str, Sequence[str]],
    ours: frozenset[str],
) -> Iterator[_Reading]:
    """Each file read; every process leaves out what `seen` held when it began and what it met itself."""
    met = set(seen)
    pages = make_reader()

    def read(name: str) -> _Reading:
        page: list[Markup] = []
        texts: list[str] | None
        try:
            if kind_of(name) == ".html":
                page = pages.read(written[name])
                texts = [text for part in page for text in part.data if text not in met]
                texts += [text for part in page if not met.issuperset(part.texts) for text in part.texts]
            else:
                texts = read_texts(name, written[name])
        except BROKEN:
            texts = None
        if texts is None:
            return _Reading(None)
        added = tuple(
            (entry, len(entries.added_words(written[entry], [part.words for part in page], ours)))
            for entry in entries_by_page.get(name, ())
        )
        return _Reading(tuple(_unmet(texts, met)), added)

    return spread_batches(read, names, BATCH, MANY)


def is_clear(text: str, known: Known) -> bool:
    """Whether the gate would let a text through, white space made single, that nothing is known of."""
    return not any(_find("", text, [text], known))


def known_texts(values: Iterable[str]) -> frozenset[str]:
    """Values of cleared records as pages show them: whole, and paragraph by paragraph."""
    return frozenset(" ".join(part.split()) for value in set(values) for part in _parts(value))


def _parts(value: str) -> Iterable[str]:
    return (value, *_PARAGRAPHS.split(value), *value.split("\n")) if "\n" in value else (value,)


def may_be_called(name: str) -> bool:
    """Whether a site may be called so: in its name is at most a doubt about a word that is nobody's name."""
    found = ((finding.code, name[finding.start : finding.end]) for finding in gate.find(name))
    return all(
        code == WEAK_NAME and not any(fold(part) in person_names() for part in re.split(r"[\s-]+", value))
        for code, value in found
    )


def held_texts(values: Iterable[str]) -> frozenset[str]:
    """Values of records that are held back, as pages would show them, long enough to be nobody else's."""
    return frozenset(text for text in known_texts(values) if len(text) >= LONG)


def _unmet(texts: Iterable[str], met: set[str]) -> Iterator[str]:
    """The texts that were not met before. A text in pieces always is: whether it was read, its pieces decide."""
    for text in texts:
        if text in met:
            continue  # white space was single already
        if PIECE in text:
            yield text
            continue
        plain = " ".join(text.split())
        if plain not in met:
            met.add(plain)
            yield plain


def _unread(texts: Iterable[str], seen: set[str]) -> Iterator[tuple[str, list[str]]]:
    """The texts that were not read before, white space made single, each with its pieces; from then on they are."""
    for text in texts:
        if text in seen:
            continue
        pieces = [" ".join(piece.split()) for piece in text.split(PIECE)]
        plain = " ".join(text.replace(PIECE, "").split())
        # a document puts in one paragraph what pages hold in several elements
        said_on_pages = len(pieces) > 1 and all(piece in seen or not _WORD.search(piece) for piece in pieces)
        if plain in seen or said_on_pages:
            continue
        seen.add(plain)
        yield plain, pieces


def _with_our_name(text: str, known: Known) -> str:
    """The text with a name that the gate knows where the site says its own."""
    return text.replace(known.name, NAME) if known.name else text


def _find(name: str, plain: str, pieces: list[str], known: Known) -> Iterator[Problem]:
    if plain in known.held or not known.held.isdisjoint(pieces):
        yield Problem(name, Place(), HELD, {"veld": "uitvoer"})
    told = _with_our_name(plain, known)
    for finding in gate.find(told):
        value = told[finding.start : finding.end]
        foreign = finding.code == WEAK_NAME and (value.islower() or value in _ENGLISH)
        foreign = foreign and not ("/" in told[: finding.start].rpartition(" ")[2] and _is_name(value))
        said = finding.code in OF_RULES or foreign
        said = said or (finding.code in OF_ROWS and _is_term(told, finding.start, finding.end, known.terms))
        if not said and (finding.code, value.lower()) not in known.excused:
            yield Problem(name, Place(), finding.code, {"veld": "uitvoer", "tekst": mask(value), "sleutel": ""})


def _is_term(plain: str, start: int, end: int, terms: Iterable[str]) -> bool:
    """Whether a stretch of a text lies within a label of our lists that stands there as a whole, as in a row."""
    value = plain[start:end]
    for term in terms:
        place = term.find(value)
        begin = start - place
        if place >= 0 and begin >= 0 and plain.startswith(term, begin):
            before, after = plain[:begin], plain[begin + len(term) :]
            if _ROW_BEFORE.search(before) and _ROW_AFTER.match(after):
                return True
    return False


def _is_name(value: str) -> bool:
    """Whether a part of an address is a name of a person and no ordinary word."""
    return any(part in person_names() and part not in dutch_words() for part in value.split("-"))
