"""The texts in a file, by its kind: pages, data, tables, documents. A kind that is not known here cannot be read."""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO, TextIOWrapper
from itertools import chain
from pathlib import PurePosixPath

from generator.privacy.markup import VALUE, read_markup

_PARAGRAPH = re.compile(r"</(?:w:p|a:p|row|c|si|dc:\w+|cp:\w+)>")
_BREAK = re.compile(r"<(?:w:br|w:tab|w:cr|a:br)\b[^>]*>")
PIECE = "\0"
"""Between the pieces of a paragraph; no text of a document holds it."""
_ENTRIES = re.compile(r" [|;] ")
"""What stands between the entries of a list in a cell."""
_STATIC = frozenset({".js", ".css", ".map", ".woff", ".woff2", ".ttf", ".wasm", ".pagefind", ".ico"})
"""Files of the theme and of the search program, that no record goes into."""
_INDEX = frozenset({".pf_index", ".pf_meta", ".pf_filter", ".pf_tabel"})
"""What is made of the index entries and our own lists; the entries are read themselves."""
DATA = frozenset({".json", ".jsonld", ".csv"})
"""Files that hold what many pages do."""
ARCHIVES = (".docx", ".pptx", ".xlsx", ".odt", ".zip")
BROKEN = (ValueError, OSError, EOFError, zlib.error, zipfile.BadZipFile, csv.Error)
"""What reading a file raises that is no text, no JSON, no table or no archive after all."""
_PICTURES = {
    ".png": b"tEXt|iTXt|zTXt|eXIf",
    ".jpg": b"Exif\x00|http://ns.adobe.com/xap",
    ".jpeg": b"Exif\x00|http://ns.adobe.com/xap",
}
"""Pictures, with the marks of text inside them."""


def kind_of(name: str) -> str:
    """The ending of a name, which says what is in the file."""
    return PurePosixPath(name).suffix.lower()


def read_texts(name: str, data: bytes) -> list[str] | None:
    """The texts in a file; `None` if its kind is not known. A file that is not what its name says raises `BROKEN`."""
    suffix = kind_of(name)
    if suffix in _STATIC | _INDEX or name.endswith("pagefind-entry.json"):
        return []
    if suffix in _PICTURES:
        return None if re.search(_PICTURES[suffix], data) else []
    if suffix in ARCHIVES:
        return list(_of_archive(data))
    if suffix == ".gz":
        return read_texts(name.removesuffix(suffix), gzip.decompress(data))
    if suffix == ".csv":
        return list(_of_table(data))
    text = data.decode("utf-8")
    if suffix in {".html", ".xml", ".svg", ".atom", ".rss"}:
        return [*read_markup(text).all]
    if suffix in {".json", ".jsonld", ".webmanifest"}:
        return _of_json(text)
    if suffix in {"", ".txt", ".md", ".yaml", ".yml", ".ics"}:
        return text.split("\n")
    return None


class _Said(list[str]):
    """The texts in an object, which stand in its place from when it was read: no more of a large file is kept."""


def _of_json(text: str) -> list[str]:
    """Every key and value that is a text, each kept once."""
    kept: dict[str, str] = {}

    def read(pairs: list[tuple[str, object]]) -> _Said:
        said = _Said(kept.setdefault(key, key) for key, _ in pairs)
        for _, value in pairs:
            said += of(value)
        return said

    def of(value: object) -> Iterable[str]:
        if isinstance(value, str):
            return (kept.setdefault(value, value),)
        if isinstance(value, _Said):
            return value
        return chain.from_iterable(map(of, value)) if isinstance(value, list) else ()

    return [*of(json.loads(text, object_pairs_hook=read))][::-1]


def _of_table(data: bytes) -> Iterator[str]:
    """The cells of a table, a cell with a list entry by entry."""
    for row in csv.reader(TextIOWrapper(BytesIO(data), "utf-8", newline=""), strict=True):
        for cell in row:
            yield from _ENTRIES.split(cell)


def _of_archive(data: bytes) -> Iterator[str]:
    """The paragraphs of a Word, PowerPoint or Excel file, notes, properties and addresses of links included."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith((".xml", ".rels")):
                part = _BREAK.sub(" ", archive.read(name).decode("utf-8"))
                for paragraph in _PARAGRAPH.split(part):
                    yield html.unescape(PIECE.join(re.findall(r">([^<]+)<", f">{paragraph}<")))
            if name.endswith(".rels"):
                targets = (double or single for key, double, single in VALUE.findall(part) if key == "Target")
                yield from (html.unescape(target) for target in targets if target.startswith(("http", "mailto", "tel")))
