"""The bundle: every file of the exports by name. One canonical value; all else is a function of it.

The files are made from stretches of its lists, so that no noun is made or written out twice and never all of them are
in memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from json.encoder import encode_basestring
from typing import TypeVar

from generator.book import Book
from generator.exports.atom import Entry, entries_of, render_entries
from generator.exports.canonical import unmade
from generator.exports.jsonld import CONTEXT, Graph, addresses_of, laws_of
from generator.exports.jsonld import WORDS as LINKED_WORDS
from generator.exports.model import LISTS
from generator.exports.schema import HEAD, render_schema
from generator.exports.schema import WORDS as SCHEMA_WORDS
from generator.exports.tables import render_header, render_rows
from generator.exports.walk import Tree
from generator.parallel import spread
from generator.settings import NAME
from generator.vocabulary import Vocabulary

BATCH = 100
"""Nouns that a process gets at a time."""
MANY = 500
"""From so many cases the files are made on every processor."""
FOLDER = "gegevens"
"""Where the exports stand in the site."""
WHOLE = "maatwerkatlas.json"
"""The canonical file."""
SCHEMA = "maatwerkatlas.schema.json"
LINKED = "maatwerkatlas.jsonld"
FEED = "wijzigingen.atom"
DATA_FILES = (WHOLE, *(f"{name}.{suffix}" for name in LISTS for suffix in ("json", "csv")))
"""The files that hold the data, the canonical one first."""
EXPORT_NAMES = frozenset({*DATA_FILES, SCHEMA, LINKED, FEED})
"""The name of every file."""
CASES = "casussen"
ARTICLES = "artikelen"

FIXED_WORDS = LINKED_WORDS | SCHEMA_WORDS
"""Words of the standards that we write in, as whole texts: the privacy gate need not read them."""


_Value = TypeVar("_Value")


class Bundle(Mapping[str, bytes]):
    """Files by name, in pieces that files share: each is put together when it is asked for."""

    def __init__(self, pieces: Mapping[str, tuple[bytes, ...]]) -> None:
        self._pieces = dict(sorted(pieces.items()))

    def __getitem__(self, name: str) -> bytes:
        return b"".join(self._pieces[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._pieces)

    def __len__(self) -> int:
        return len(self._pieces)


@dataclass(frozen=True)
class _Stretch:
    """What some nouns of one list give to the files."""

    items: bytes
    """As JSON, in the list of the noun and of the canonical file."""
    rows: bytes
    """In the table."""
    nodes: bytes
    """As linked data."""
    entries: tuple[Entry, ...]
    """In the feed."""
    addresses: Mapping[str, str]
    laws: Mapping[str, Tree]


def render_exports(book: Book, site_address: str = "") -> Mapping[str, bytes]:
    """Every file by name: same book, same bytes. `site_address` ends in a slash; empty gives relative addresses."""
    return derive(unmade(book, site_address), book.vocabulary, book.name)


def derive(value: Tree, vocabulary: Vocabulary, site: str = NAME) -> Mapping[str, bytes]:
    """Every file of one canonical value, of the site that is called `site`."""
    graph = Graph(value, site, {}, addresses_of(value[ARTICLES]))
    made = {CASES: _make(value, (CASES,), graph)[CASES]}
    graph = replace(graph, cases=_joined(stretch.addresses for stretch in made[CASES]))
    made |= _make(value, tuple(name for name in LISTS if name != CASES), graph)
    items = {name: _list([stretch.items for stretch in made[name]]) for name in LISTS}
    laws = _joined(stretch.laws for stretch in made[ARTICLES])
    nodes = (
        _items([graph.dataset(DATA_FILES), graph.term_set()]),
        *(stretch.nodes for name in LISTS if name != ARTICLES for stretch in made[name]),
        _items(graph.laws(laws)),
        *(stretch.nodes for stretch in made[ARTICLES]),
    )
    entries = (entry for stretches in made.values() for stretch in stretches for entry in stretch.entries)
    pieces: dict[str, tuple[bytes, ...]] = {
        WHOLE: _object({key: items[key] if key in items else _one(value[key]) for key in value}),
        SCHEMA: (render_json(render_schema(vocabulary, site)).encode(),),
        LINKED: _object({"@context": _one(dict(CONTEXT)), "@graph": _list(nodes)}),
        FEED: (render_entries(value, entries, site).encode(),),
    }
    for name, model in LISTS.items():
        head = {key: _one(value[key]) for key in HEAD if key in value}
        pieces[f"{name}.json"] = _object({**head, name: items[name]})
        pieces[f"{name}.csv"] = (render_header(model).encode(), *(stretch.rows for stretch in made[name]))
    return Bundle(pieces)


def _make(value: Tree, names: tuple[str, ...], graph: Graph) -> dict[str, list[_Stretch]]:
    """The stretches of these lists."""

    def make(where: tuple[str, int]) -> _Stretch:
        name, start = where
        nouns = [*value[name][start : start + BATCH]]
        return _Stretch(
            items=_items(nouns),
            rows=render_rows(nouns, LISTS[name]).encode(),
            nodes=_items(graph.nodes(name, nouns)),
            entries=tuple(entries_of(name, nouns, graph.cases)),
            addresses=addresses_of(nouns) if name == CASES else {},
            laws=laws_of(nouns) if name == ARTICLES else {},
        )

    places = [(name, start) for name in names for start in range(0, len(value[name]), BATCH)]
    stretches = spread(make, places) if len(value[CASES]) >= MANY else map(make, places)
    made: dict[str, list[_Stretch]] = {name: [] for name in names}
    for (name, _), stretch in zip(places, stretches, strict=True):
        made[name].append(stretch)
    return made


def _joined(parts: Iterable[Mapping[str, _Value]]) -> dict[str, _Value]:
    return dict(chain.from_iterable(part.items() for part in parts))


def part_of(value: Tree, name: str) -> Tree:
    """One list of the canonical value, under the same head."""
    return {key: value[key] for key in (*HEAD, name) if key in value}


def render_json(value: Tree) -> str:
    """JSON that people can read too; keys in the order of the model."""
    return _json(value, "\n") + "\n"


_write_scalar = json.JSONEncoder().encode


def _object(parts: Mapping[str, tuple[bytes, ...]]) -> tuple[bytes, ...]:
    """An object at the root of a file, of values that are written already."""
    pieces: list[bytes] = []
    for number, (key, part) in enumerate(parts.items()):
        pieces += (f"{',' if number else '{'}\n {encode_basestring(key)}: ".encode(), *part)
    return (*pieces, b"\n}\n")


def _one(value: object) -> tuple[bytes, ...]:
    """A value of such an object."""
    return (_json(value, "\n ").encode(),)


def _list(stretches: Iterable[bytes]) -> tuple[bytes, ...]:
    """A list in such an object, of items that are written already."""
    filled = [stretch for stretch in stretches if stretch]
    pieces = chain.from_iterable((b",", stretch) for stretch in filled)
    return (b"[", *(tuple(pieces)[1:]), b"\n ]") if filled else (b"[]",)


def _items(values: Iterable[object]) -> bytes:
    """Items of such a list."""
    line = "\n  "
    return ",".join([line + _json(value, line) for value in values]).encode()


def _json(value: object, line: str) -> str:
    """What `json.dumps` makes with `indent=1`, in a third of its time: with an indent it works in Python alone.

    `line` is the line end, and what the line that the value stands on begins with.
    """
    if isinstance(value, str):
        return encode_basestring(value)
    inner = f"{line} "
    if isinstance(value, dict) and value:
        pieces = []
        mark = f"{{{inner}"
        for key, entry in value.items():
            text = encode_basestring(entry) if isinstance(entry, str) else _json(entry, inner)
            pieces.append(f"{mark}{encode_basestring(key)}: {text}")
            mark = f",{inner}"
        return f"{''.join(pieces)}{line}}}"
    if isinstance(value, list | tuple):
        return f"[{inner}{f',{inner}'.join([_json(entry, inner) for entry in value])}{line}]" if value else "[]"
    return str(value) if type(value) is int else _write_scalar(value)
