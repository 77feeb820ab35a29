"""Kept: what a build leaves so that the next one need not do again what would come out the same.

Nothing is kept of a record in which the privacy gate found anything, excused or not: it is read and judged anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from pydantic import TypeAdapter, ValidationError

Asked = tuple[str, str]
"""What a page looked up in the book: a field of it and nothing, or a register and a key."""
State = tuple[int, int, int]
"""Of a file: its size, when it was last written (nanoseconds), and its number in the file system."""

NounPlaces = tuple[int, int, int, int, int, int]
"""Of a noun in the data files: where its item, its row and its node begin, each with its length."""


@dataclass(frozen=True)
class KeptRecord:
    """A record in which nothing at all was found, neither a fault nor anything that may point at a person."""

    text: str
    """Digest of the text of its file."""
    case: str
    """What it holds, as JSON."""


@dataclass(frozen=True)
class KeptPage:
    """A page made from records: what lists and search say of it, and what it was made of."""

    address: str
    title: str
    description: str
    files: Mapping[str, str] = field(default_factory=dict)
    """The names of its files, the page and perhaps a document, with their SHA-256 in hexadecimal."""
    asked: tuple[Asked, ...] = ()
    """What was looked up in the book to make it, sorted."""
    key: str = ""
    """Digest of all that it was made of; empty if it is always made anew."""


@dataclass(frozen=True)
class KeptFile:
    """A file of a site that passed every check."""

    state: State
    digest: str
    """SHA-256 of its bytes, in hexadecimal."""


@dataclass(frozen=True)
class KeptTable:
    """What is kept of how cases were compared. Likelihoods of their pairs stand in a file of their own."""

    rows: tuple[str, ...] = ()
    """Digests of what the rows of that file were made of, in order; empty for a row of which nothing is kept."""
    state: State | None = None
    """Of that file."""
    concepts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """How often a text names concepts, by the digest of the text."""


NO_TABLE = KeptTable()


@dataclass(frozen=True)
class Kept:
    """What one build left; a first build finds nothing."""

    stamp: str = ""
    """Of the generator, its lists and the settings: what was made with others is not used."""
    records: Mapping[str, KeptRecord] = field(default_factory=dict)
    """By file."""
    pages: Mapping[str, KeptPage] = field(default_factory=dict)
    """By address."""
    files: Mapping[str, KeptFile] = field(default_factory=dict)
    """By name, those of the search index apart."""
    documents: str = ""
    """Digest of what the search index was made of."""
    index: Mapping[str, KeptFile] = field(default_factory=dict)
    """The files of the search index, by name."""
    entries: Mapping[str, str] = field(default_factory=dict)
    """The digest of every index entry, with the file of its page."""
    nouns: Mapping[str, Mapping[str, NounPlaces]] = field(default_factory=dict)
    """By list, by the digest of what a noun was made of: where it stands in the data files."""
    gate: str = ""
    """Digest of what the privacy gate held the site against, beside the texts of cleared records."""
    likelihoods: KeptTable = NO_TABLE


NOTHING = Kept()


def render_kept(kept: Kept) -> bytes:
    """As JSON; the same for the same."""
    return _adapter().dump_json(kept)


def parse_kept(data: bytes, stamp: str) -> Kept:
    """What was kept under this stamp; nothing if it was kept under another, or cannot be read."""
    try:
        kept = _adapter().validate_json(data)
    except ValidationError:
        return NOTHING
    return kept if kept.stamp == stamp else NOTHING


@cache
def _adapter() -> TypeAdapter[Kept]:
    return TypeAdapter(Kept)
