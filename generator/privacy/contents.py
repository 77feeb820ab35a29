"""The texts in a file, by its kind: pages, data, tables, documents. A kind that is not known here cannot be read."""

from __future__ import annotations

import csv
import gzip
import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath

from generator.privacy.data import texts_of_json, texts_of_table
from generator.privacy.markup import VALUE, read_markup

_PARAGRAPH = re.compile(r"</(?:w:p|a:p|row|c|si|dc:\w+|cp:\w+)>")
_BREAK = re.compile(r"<(?:w:br|w:tab|w:cr|a:br)\b[^>]*>")
PIECE = "\0"
"""Between the pieces of a paragraph; no text of a document holds it."""
_STATIC = frozenset({".js", ".css", ".map", ".woff", ".woff2", ".ttf", ".wasm", ".pagefind", ".ico"})
"""Files of the theme and of the search program, that no record goes into."""
_INDEX = frozenset({".pf_index", ".pf_meta", ".pf_filter", ".pf_tabel"})
"""What is made of the index entries and our own lists; the entries are read themselves."""
_JSON = frozenset({".json", ".jsonld"})
_TABLE = ".csv"
_OF_INDEX = "pagefind-entry.json"
"""The settings of the search index."""
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


def is_data(name: str) -> bool:
    """Whether a file holds what many pages do."""
    return (is_json(name) or kind_of(name) == _TABLE) and not name.endswith(_OF_INDEX)


def is_json(name: str) -> bool:
    """Whether a file is JSON."""
    return kind_of(name) in _JSON


def read_texts(name: str, data: bytes) -> list[str] | None:
    """The texts in a file; `None` if its kind is not known. A file that is not what its name says raises `BROKEN`."""
    suffix = kind_of(name)
    if suffix in _STATIC | _INDEX or name.endswith(_OF_INDEX):
        return []
    if suffix in _PICTURES:
        return None if re.search(_PICTURES[suffix], data) else []
    if suffix in ARCHIVES:
        return list(_of_archive(data))
    if suffix == ".gz":
        return read_texts(name.removesuffix(suffix), gzip.decompress(data))
    if suffix == _TABLE:
        return [*texts_of_table(data)]
    if suffix in _JSON or suffix == ".webmanifest":
        return [*texts_of_json([data])]
    text = data.decode("utf-8")
    if suffix in {".html", ".xml", ".svg", ".atom", ".rss"}:
        return [*read_markup(text).all]
    if suffix in {"", ".txt", ".md", ".yaml", ".yml", ".ics"}:
        return text.split("\n")
    return None


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
