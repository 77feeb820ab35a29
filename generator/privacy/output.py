"""What a build wrote, read again before it takes the place of the old site: every page, index entry, feed and document.

Each text is read once, however many pages repeat it; what the records themselves hold was read already. A file of a
kind that is not known here is a fault: what cannot be read is not published.
"""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
import zipfile
import zlib
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO, StringIO
from itertools import chain, islice
from pathlib import PurePosixPath

from generator.lexicon import dutch_words, person_names
from generator.parallel import spread
from generator.privacy import gate
from generator.privacy.finding import mask
from generator.privacy.lists import fold
from generator.problems import Place, Problem
from generator.settings import NAME

UNREADABLE = "PRIV-UITVOER-ONBEKEND"
"""A file that the gate cannot read."""
ADDED = "PRIV-UITVOER-INDEX"
"""An index entry holds words that its page does not."""

_TAG = re.compile(r"<(!--.*?--|[^<>]*)>", re.S)
_VALUE = re.compile(r"""(?<=\s)([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
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
"""Files that a process gets at a time."""
MANY = 10
"""From so many batches they go over the processors."""
WEAK_NAME = "PRIV-NAAM-ZWAK"
_ENGLISH = frozenset({"Header", "StrictUndefined"})
"""Words with a capital that the theme and our own pages about the software hold; those in lower case are English of
the theme and of the glossary, and in a record they were asked about already."""
_CONFIG = re.compile(r'<script id="__config".*?</script>', re.S)
"""Settings of the theme."""
_CODE = re.compile(r"<(script|style)\b[^>]*>(.*?)</\1>", re.S | re.I)
_HASH = re.compile(r"'sha256-[A-Za-z0-9+/]{43}='")
"""A script that the Content-Security-Policy lets run: letters and digits without meaning."""
_SILENT = frozenset(
    "class for style d viewBox width height points transform fill stroke x y cx cy r rx ry xmlns integrity role type"
    " rel charset http-equiv lang dir tabindex name method action data-md-component data-md-toggle media sizes property"
    " xlink:href clip-path preserveAspectRatio".split()
)
"""Attributes whose values the templates alone decide."""
_LINKS = frozenset({"href", "src", "srcset", "data-src"})
_SOFT = re.compile(r"</?(?:b|i|em|strong|mark|u|s|small|sub|sup)>")
"""Tags that do not end a word or sentence."""
_WORDS = re.compile(r"\w+")
_PARAGRAPH = re.compile(r"</(?:w:p|a:p|row|c|si|dc:\w+|cp:\w+)>")
_BREAK = re.compile(r"<(?:w:br|w:tab|w:cr|a:br)\b[^>]*>")
_PIECE = "\0"
"""Between the pieces of a paragraph; no text of a document holds it."""
_ENTRIES = re.compile(r" [|;] ")
"""What stands between the entries of a list in a cell."""
_STATIC = frozenset({".js", ".css", ".map", ".woff", ".woff2", ".ttf", ".wasm", ".pagefind", ".ico"})
"""Files of the theme and of the search program, that no record goes into."""
_INDEX = frozenset({".pf_index", ".pf_meta", ".pf_filter", ".pf_tabel"})
"""What is made of the index entries and our own lists; the entries are read themselves."""
_ARCHIVES = (".docx", ".pptx", ".xlsx", ".odt", ".zip")
_BROKEN = (ValueError, OSError, EOFError, zlib.error, zipfile.BadZipFile, csv.Error)
"""What reading a file raises that is no text, no JSON, no table or no archive after all."""
_PICTURES = {
    ".png": b"tEXt|iTXt|zTXt|eXIf",
    ".jpg": b"Exif\x00|http://ns.adobe.com/xap",
    ".jpeg": b"Exif\x00|http://ns.adobe.com/xap",
}
"""Pictures, with the marks of text inside them."""


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

    name: str
    texts: tuple[str, ...] = ()
    """What was read for the first time, white space made single; empty if nothing of the file could be read."""
    problems: tuple[tuple[str | None, Problem], ...] = ()
    """What was found, with the text it stands in."""
    words: str | None = None
    """The words of a page, one a line."""


def check_output(written: Iterable[tuple[str, bytes]], known: Known) -> Iterator[Problem]:
    """Everything in written files (name and bytes) that may point at a person, by file; each text once.

    Many files are read on every processor. A text that two of them met counts where it stands first.
    """
    seen = set(known.texts)
    pages: dict[str, str] = {}
    entries: list[tuple[str, bytes]] = []
    documents: list[tuple[str, bytes]] = []

    def others() -> Iterator[tuple[str, bytes]]:
        for name, data in written:
            if name.endswith(".pf_fragment"):
                entries.append((name, data))
            elif name.lower().endswith(_ARCHIVES):
                documents.append((name, data))  # what a page says as well is known by then
            else:
                yield name, data

    for reading in chain(_read_all(others(), seen, known), _read_all(documents, seen, known)):
        yield from (problem for text, problem in reading.problems if text is None or text not in seen)
        seen.update(reading.texts)
        if reading.words is not None:
            pages["/" + reading.name.removesuffix("index.html")] = reading.words
    for name, data in entries:
        yield from _check_entry(name, data, pages, known.search)


def _read_all(files: Iterable[tuple[str, bytes]], seen: set[str], known: Known) -> Iterator[_Reading]:
    """Each file read; every process leaves out what `seen` held when it began and what it met itself."""
    rest = iter(files)
    met: list[set[str]] = []

    def read(batch: list[tuple[str, bytes]]) -> list[_Reading]:
        if not met:
            met.append(set(seen))
        return [_read(name, data, met[0], known) for name, data in batch]

    batches = iter(lambda: [*islice(rest, BATCH)], [])
    first = [*islice(batches, MANY)]
    readings = spread(read, chain(first, batches)) if len(first) == MANY else map(read, first)
    yield from chain.from_iterable(readings)


def _read(name: str, data: bytes, seen: set[str], known: Known) -> _Reading:
    try:
        every = read_texts(name, data)
    except _BROKEN:
        every = None
    if every is None:
        return _Reading(name, problems=((None, Problem(name, Place(), UNREADABLE)),))
    texts = [*_unread(every, seen)]
    found = tuple((plain, problem) for plain, pieces in texts for problem in _find(name, plain, pieces, known))
    words = "\n".join(sorted(_vocabulary(every))) if name.endswith("index.html") else None
    return _Reading(name, tuple(plain for plain, _ in texts), found, words)


def known_texts(values: Iterable[str]) -> frozenset[str]:
    """Values of cleared records as pages show them: whole, and paragraph by paragraph."""
    return frozenset(
        " ".join(part.split()) for value in values for part in (value, *re.split(r"\n\s*\n", value), *value.split("\n"))
    )


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


def read_texts(name: str, data: bytes) -> list[str] | None:
    """The texts in a file; `None` if its kind is not known. A file that is not what its name says raises `_BROKEN`."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _STATIC | _INDEX or name.endswith("pagefind-entry.json"):
        return []
    if suffix in _PICTURES:
        return None if re.search(_PICTURES[suffix], data) else []
    if suffix in _ARCHIVES:
        return list(_of_archive(data))
    if suffix == ".gz":
        return read_texts(name.removesuffix(suffix), gzip.decompress(data))
    text = data.decode("utf-8")
    if suffix in {".html", ".xml", ".svg", ".atom", ".rss"}:
        return list(_of_markup(text))
    if suffix in {".json", ".jsonld", ".webmanifest"}:
        return list(_of_json(json.loads(text)))
    if suffix == ".csv":
        return list(_of_table(text))
    if suffix in {"", ".txt", ".md", ".yaml", ".yml", ".ics"}:
        return text.split("\n")
    return None


def _unread(texts: Iterable[str], seen: set[str]) -> Iterator[tuple[str, list[str]]]:
    """The texts that were not met before, white space made single, each with its pieces; from then on they are."""
    for text in texts:
        if text in seen:
            continue  # white space was single already
        pieces = [" ".join(piece.split()) for piece in text.split(_PIECE)]
        plain = " ".join(text.replace(_PIECE, "").split())
        # a document puts in one paragraph what pages hold in several elements
        said_on_pages = len(pieces) > 1 and all(piece in seen or not _WORDS.search(piece) for piece in pieces)
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


def _of_markup(text: str) -> Iterator[str]:
    """Text between tags, values of attributes, and what scripts hold as data."""
    text = _CONFIG.sub("", text)
    for _, code in _CODE.findall(text):
        if code.strip().startswith(("{", "[")):
            yield from _of_json(json.loads(html.unescape(code)))
    text = _SOFT.sub("", _CODE.sub("<x>", text))
    for place, piece in enumerate(_TAG.split(text)):
        if place % 2:
            if "=" in piece or piece.startswith("!--"):
                yield from _of_tag(piece)
        elif piece and not piece.isspace():
            yield html.unescape(piece)


@lru_cache(maxsize=20_000)
def _of_tag(inside: str) -> tuple[str, ...]:
    """The texts in a tag; the frame of the theme repeats the same tags on every page."""
    if inside.startswith("!--"):
        return (inside.strip("!- "),)
    if inside.startswith('meta http-equiv="Content-Security-Policy"'):
        inside = _HASH.sub("", inside)
    values = ((key, double or single) for key, double, single in _VALUE.findall(inside))
    return tuple(
        html.unescape(value)
        for key, value in values
        if value and key not in _SILENT and not (key in _LINKS and not value.startswith(("http", "mailto", "tel")))
    )


def _of_json(value: object) -> Iterator[str]:
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, str):
            yield current
        elif isinstance(current, dict):
            stack += [*current.keys(), *current.values()]
        elif isinstance(current, list):
            stack += current


def _of_table(text: str) -> Iterator[str]:
    """The cells of a table, a cell with a list entry by entry."""
    for row in csv.reader(StringIO(text, newline=""), strict=True):
        for cell in row:
            yield from _ENTRIES.split(cell)


def _of_archive(data: bytes) -> Iterator[str]:
    """The paragraphs of a Word, PowerPoint or Excel file, notes, properties and addresses of links included."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith((".xml", ".rels")):
                part = _BREAK.sub(" ", archive.read(name).decode("utf-8"))
                for paragraph in _PARAGRAPH.split(part):
                    yield html.unescape(_PIECE.join(re.findall(r">([^<]+)<", f">{paragraph}<")))
            if name.endswith(".rels"):
                targets = (double or single for key, double, single in _VALUE.findall(part) if key == "Target")
                yield from (html.unescape(target) for target in targets if target.startswith(("http", "mailto", "tel")))


def _check_entry(name: str, data: bytes, pages: Mapping[str, str], ours: frozenset[str]) -> Iterator[Problem]:
    """An entry of the search index holds no word but those of its page, which was read, and `ours`."""
    content = gzip.decompress(data)
    entry = json.loads(content[content.index(b"{") :])
    words = pages.get(entry["url"])
    page = None if words is None else frozenset(words.split("\n"))
    texts = list(_of_json({key: value for key, value in entry.items() if key != "url"}))
    extra = {
        word for word in _vocabulary(texts) - _FIELDS - ours - (page or frozenset()) if not _is_joined(word, page or ())
    }
    if page is None or extra:
        yield Problem(name, Place(), ADDED, {"aantal": str(len(extra))})


_FIELDS = frozenset(
    "content word_count filters meta title anchors image image_alt element id text location h1 h2 h3 h4".split()
)
"""Names of the parts of an index entry."""


def _is_joined(word: str, page: Container[str]) -> bool:
    """Whether a word is two or three of the page's: the search program puts what stands in a row together."""
    if len(word) > gate.MAX_WORD:
        return False
    ends = [cut for cut in range(1, len(word)) if word[:cut] in page]
    return any(
        word[cut:] in page or any(word[cut:more] in page and word[more:] in page for more in range(cut + 1, len(word)))
        for cut in ends
    )


def _vocabulary(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(_WORDS.findall("\n".join(texts).lower()))
