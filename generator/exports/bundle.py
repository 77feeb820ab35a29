"""The bundle: every file of the exports by name. One canonical value; all else is a function of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from json.encoder import encode_basestring

from generator.book import Book
from generator.exports.atom import render_feed
from generator.exports.canonical import canonical
from generator.exports.jsonld import WORDS as LINKED_WORDS
from generator.exports.jsonld import render_linked
from generator.exports.model import LISTS
from generator.exports.schema import HEAD, render_schema
from generator.exports.schema import WORDS as SCHEMA_WORDS
from generator.exports.tables import render_table
from generator.exports.walk import Tree
from generator.parallel import spread
from generator.settings import NAME
from generator.vocabulary import Vocabulary

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

FIXED_WORDS = LINKED_WORDS | SCHEMA_WORDS
"""Words of the standards that we write in, as whole texts: the privacy gate need not read them."""


def render_exports(book: Book, site_address: str = "") -> dict[str, bytes]:
    """Every file by name: same book, same bytes. `site_address` ends in a slash; empty gives relative addresses."""
    return derive(canonical(book, site_address), book.vocabulary, book.name)


def derive(value: Tree, vocabulary: Vocabulary, site: str = NAME) -> dict[str, bytes]:
    """Every file of one canonical value, of the site that is called `site`."""
    makers: dict[str, Callable[[], str]] = {
        WHOLE: lambda: render_json(value),
        SCHEMA: lambda: render_json(render_schema(vocabulary, site)),
        LINKED: lambda: render_json(render_linked(value, DATA_FILES, site)),
        FEED: lambda: render_feed(value, site),
    }
    for name, model in LISTS.items():
        makers[f"{name}.json"] = partial(_render_part, value, name)
        makers[f"{name}.csv"] = partial(render_table, value[name], model)

    def make(name: str) -> bytes:
        return makers[name]().encode()

    made = spread(make, makers) if len(value[next(iter(LISTS))]) >= MANY else map(make, makers)
    return dict(sorted(zip(makers, made, strict=True)))


def _render_part(value: Tree, name: str) -> str:
    return render_json(part_of(value, name))


def part_of(value: Tree, name: str) -> Tree:
    """One list of the canonical value, under the same head."""
    return {key: value[key] for key in (*HEAD, name) if key in value}


def render_json(value: Mapping[str, object]) -> str:
    """JSON that people can read too; keys in the order of the model."""
    pieces: list[str] = []
    _write_json(value, "\n", pieces.append)
    return "".join(pieces) + "\n"


def _write_json(value: object, line: str, write: Callable[[str], object]) -> None:
    """What `json.dumps` makes with `indent=1`, in a third of its time: with an indent it works in Python alone."""
    if isinstance(value, str):
        write(encode_basestring(value))
    elif isinstance(value, Mapping) and value:
        inner = f"{line} "
        mark = "{"
        for key, entry in value.items():
            write(f"{mark}{inner}{encode_basestring(key)}: ")
            _write_json(entry, inner, write)
            mark = ","
        write(f"{line}}}")
    elif isinstance(value, list | tuple) and value:
        inner = f"{line} "
        mark = "["
        for entry in value:
            write(f"{mark}{inner}")
            _write_json(entry, inner, write)
            mark = ","
        write(f"{line}]")
    else:
        write(json.dumps(value))
