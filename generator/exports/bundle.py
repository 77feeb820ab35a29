"""The bundle: every file of the exports by name. One canonical value; all else is a function of it."""

from __future__ import annotations

import json
from collections.abc import Mapping

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
from generator.settings import NAME
from generator.vocabulary import Vocabulary

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
    texts = {
        WHOLE: render_json(value),
        SCHEMA: render_json(render_schema(vocabulary, site)),
        LINKED: render_json(render_linked(value, DATA_FILES, site)),
        FEED: render_feed(value, site),
    }
    for name, model in LISTS.items():
        texts[f"{name}.json"] = render_json(part_of(value, name))
        texts[f"{name}.csv"] = render_table(value[name], model)
    return {name: text.encode() for name, text in sorted(texts.items())}


def part_of(value: Tree, name: str) -> Tree:
    """One list of the canonical value, under the same head."""
    return {key: value[key] for key in (*HEAD, name) if key in value}


def render_json(value: Mapping[str, object]) -> str:
    """JSON that people can read too; keys in the order of the model."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
