"""Pieces: what each noun gives to the files. What stands in the files of the site before is not made again.

A noun is known by a digest of all that it was made of. Nothing is known of one that names a case of which nothing may
be kept, nor of one of which the feed tells: they are made every time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple

from pydantic import BaseModel

from generator.digest import SIZE, Digests
from generator.exports.atom import Entry, entries_of
from generator.exports.jsonld import Graph, laws_of
from generator.exports.layout import write_item
from generator.exports.model import LISTS
from generator.exports.nouns import Nouns
from generator.exports.tables import render_rows
from generator.exports.walk import Tree
from generator.kept import NounPlaces
from generator.parallel import spread

BATCH = 100
"""Nouns that a process gets at a time."""
MANY = 500
"""From so many nouns the pieces are made on every processor."""
ARTICLES = "artikelen"
"""The list that is made every time: the laws are gathered from its nouns."""
_CASE = re.compile(r'"id":"([^"]+)","titel":')
"""How what a noun is made of names a case, itself or another."""


class Piece(NamedTuple):
    """What one noun gives to the files."""

    item: bytes
    """As JSON, in the list of the noun and of the canonical file."""
    row: bytes
    """In the table."""
    node: bytes
    """As linked data; empty if it has no node."""


@dataclass(frozen=True)
class Pieces:
    """What the nouns of one list give to the files, noun by noun."""

    pieces: tuple[Piece, ...]
    keys: tuple[str, ...]
    """Digests of all that they were made of; empty for one that is made every time."""
    entries: tuple[Entry, ...]
    """In the feed."""
    laws: Mapping[str, Tree]


@dataclass(frozen=True)
class Standing:
    """What the files of the site before hold of nouns."""

    places: Mapping[str, Mapping[str, NounPlaces]] = field(default_factory=dict)
    """Where they stand, by list and key."""
    read: Callable[[str, Sequence[NounPlaces]], Iterator[Piece]] = lambda _name, _places: iter(())
    """Reads what stands there of a list."""
    apart: frozenset[str] = frozenset()
    """The ids of cases of which nothing may be kept."""


class _Stretch(NamedTuple):
    """What came of some nouns; it travels between processes."""

    pieces: list[Piece | None]
    """Nothing for one that stands."""
    keys: list[str]
    entries: list[Entry]
    laws: dict[str, Tree]


@dataclass(frozen=True)
class _Keys:
    """Of what a noun is made: the same key, the same noun and the same pieces."""

    frame: str
    """Digest of what goes into the pieces of every noun, beside the lists of words."""
    apart: frozenset[str]

    def of(self, told: BaseModel) -> str:
        """The key of a noun that follows from this; empty if nothing may be kept of it."""
        said = told.model_dump_json()
        if self.apart and not self.apart.isdisjoint(_CASE.findall(said)):
            return ""
        return blake2b(f"{self.frame}{said}".encode(), digest_size=SIZE).hexdigest()


def make_pieces(value: Tree, graph: Graph, standing: Standing | None = None) -> dict[str, Pieces]:
    """The pieces of all lists of a canonical value, with keys where something may be `standing`."""
    head = {key: value[key] for key in value if key not in LISTS}
    keys = _Keys(Digests(()).of((head, graph.name, graph.articles)), standing.apart) if standing else None
    known = standing.places if standing else {}

    def make(where: tuple[str, int]) -> _Stretch:
        name, start = where
        nouns = value[name][start : start + BATCH]
        return _make(name, nouns, graph, None if name == ARTICLES else keys, known.get(name, {}))

    starts = [(name, start) for name in LISTS for start in range(0, len(value[name]), BATCH)]
    stretches = spread(make, starts) if sum(len(value[name]) for name in LISTS) >= MANY else map(make, starts)
    made: dict[str, list[_Stretch]] = {name: [] for name in LISTS}
    for (name, _), stretch in zip(starts, stretches, strict=True):
        made[name].append(stretch)
    return {name: _joined(name, parts, standing) for name, parts in made.items()}


def _make(name: str, nouns: Sequence[Tree], graph: Graph, keys: _Keys | None, known: Container[str]) -> _Stretch:
    """What nouns of a list give, but for those that are `known`."""
    made = _Stretch([], [], [], {})
    for key, write in _each(nouns, keys):
        if key in known:
            made.pieces.append(None)
            made.keys.append(key)
            continue
        noun = write()
        entries = [*entries_of(name, [noun], graph.cases)]
        node = b"".join(map(write_item, graph.nodes(name, [noun])))
        made.pieces.append(Piece(write_item(noun), render_rows([noun], LISTS[name]).encode(), node))
        made.keys.append("" if entries else key)
        made.entries.extend(entries)
        made.laws.update(laws_of([noun]) if name == ARTICLES else {})
    return made


def _each(nouns: Sequence[Tree], keys: _Keys | None) -> Iterator[tuple[str, Callable[[], Tree]]]:
    """The key of each noun, and what makes it."""
    if not isinstance(nouns, Nouns):
        yield from (("", partial(dict, noun)) for noun in nouns)
        return
    for told in nouns.told():
        yield keys.of(told) if keys else "", partial(nouns.write, told)


def _joined(name: str, parts: Sequence[_Stretch], standing: Standing | None) -> Pieces:
    """The pieces of a whole list; what stands is read."""
    keys = [key for part in parts for key in part.keys]
    pieces = [piece for part in parts for piece in part.pieces]
    places = standing.places.get(name, {}) if standing else {}
    found = [places[key] for key, piece in zip(keys, pieces, strict=True) if piece is None]
    read = standing.read(name, found) if standing and found else iter(())
    return Pieces(
        pieces=tuple(next(read) if piece is None else piece for piece in pieces),
        keys=tuple(keys),
        entries=tuple(chain.from_iterable(part.entries for part in parts)),
        laws=dict(chain.from_iterable(part.laws.items() for part in parts)),
    )
