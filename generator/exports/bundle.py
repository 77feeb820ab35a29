"""The bundle: every file of the exports by name. One canonical value; all else is a function of it.

The files are put together of pieces, so that no noun is made or written out twice and never all of them are in memory.
What the files of the site before hold of a noun that is the same is not made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from generator.book import Book
from generator.exports.atom import render_entries
from generator.exports.canonical import unmade
from generator.exports.jsonld import CONTEXT, Graph, addresses_of
from generator.exports.jsonld import WORDS as LINKED_WORDS
from generator.exports.layout import BETWEEN, END, render_json, write_item, write_list, write_object, write_value
from generator.exports.model import LISTS
from generator.exports.nouns import Nouns
from generator.exports.pieces import Pieces, Standing, make_pieces
from generator.exports.schema import HEAD, render_schema
from generator.exports.schema import WORDS as SCHEMA_WORDS
from generator.exports.tables import render_header
from generator.exports.walk import Tree
from generator.kept import NounPlaces
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
CASES = "casussen"
ARTICLES = "artikelen"

FIXED_WORDS = LINKED_WORDS | SCHEMA_WORDS
"""Words of the standards that we write in, as whole texts: the privacy gate need not read them."""


@dataclass(frozen=True, eq=False)
class Bundle(Mapping[str, bytes]):
    """Files by name, in pieces that files share: each is put together when it is asked for. Equal if the files are."""

    pieces: Mapping[str, tuple[bytes, ...]]
    """Sorted by name."""
    places: Mapping[str, Mapping[str, NounPlaces]] = field(default_factory=dict)
    """By list and key, where the nouns stand that a next build may take from these files."""

    def __getitem__(self, name: str) -> bytes:
        return b"".join(self.pieces[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.pieces)

    def __len__(self) -> int:
        return len(self.pieces)


def render_exports(book: Book, site_address: str = "") -> Mapping[str, bytes]:
    """Every file by name: same book, same bytes. `site_address` ends in a slash; empty gives relative addresses."""
    return derive(unmade(book, site_address), book.vocabulary, book.name)


def renew_exports(book: Book, site_address: str, standing: Standing) -> Bundle:
    """The same files, with where their nouns stand; what is `standing` in those of before is taken from there."""
    return _derive(unmade(book, site_address), book.vocabulary, book.name, standing)


def files_of(name: str) -> tuple[str, str, str]:
    """The files from which the nouns of a list are taken: of its items, its rows and its nodes."""
    return f"{name}.json", f"{name}.csv", LINKED


def derive(value: Tree, vocabulary: Vocabulary, site: str = NAME) -> Mapping[str, bytes]:
    """Every file of one canonical value, of the site that is called `site`."""
    return _derive(value, vocabulary, site, None)


def _derive(value: Tree, vocabulary: Vocabulary, site: str, standing: Standing | None) -> Bundle:
    graph = Graph(value, site, _addresses(value[CASES]), _addresses(value[ARTICLES]))
    made = make_pieces(value, graph, standing)
    items = {name: write_list(piece.item for piece in made[name].pieces) for name in LISTS}
    laws = made[ARTICLES].laws
    nodes = {
        "": [write_item(graph.dataset(DATA_FILES)), write_item(graph.term_set())],
        **{name: [piece.node for piece in made[name].pieces if piece.node] for name in LISTS if name != ARTICLES},
        "wetten": [write_item(law) for law in graph.laws(laws)],
        ARTICLES: [piece.node for piece in made[ARTICLES].pieces],
    }
    linked = {"@context": write_value(dict(CONTEXT)), "@graph": write_list(chain.from_iterable(nodes.values()))}
    entries = chain.from_iterable(part.entries for part in made.values())
    pieces: dict[str, tuple[bytes, ...]] = {
        WHOLE: write_object({key: items[key] if key in items else write_value(value[key]) for key in value}),
        SCHEMA: (render_json(render_schema(vocabulary, site)).encode(),),
        LINKED: write_object(linked),
        FEED: (render_entries(value, entries, site).encode(),),
    }
    for name, model in LISTS.items():
        head = {key: write_value(value[key]) for key in HEAD if key in value}
        pieces[f"{name}.json"] = write_object({**head, name: items[name]})
        pieces[f"{name}.csv"] = (render_header(model).encode(), *(piece.row for piece in made[name].pieces))
    places = _all_places(made, pieces, nodes) if standing else {}
    return Bundle(dict(sorted(pieces.items())), places)


def _addresses(nouns: Sequence[Tree]) -> dict[str, str]:
    return nouns.addresses() if isinstance(nouns, Nouns) else addresses_of(nouns)


def _all_places(
    made: Mapping[str, Pieces], written: Mapping[str, tuple[bytes, ...]], nodes: Mapping[str, Sequence[bytes]]
) -> dict[str, dict[str, NounPlaces]]:
    """By list and key, where the nouns stand that may be taken over."""
    of_nodes = iter(_follow(_size(written[LINKED]) - _tail(nodes), [*chain.from_iterable(nodes.values())], BETWEEN))
    spans = {name: [next(of_nodes) for _ in group] for name, group in nodes.items()}
    found: dict[str, dict[str, NounPlaces]] = {}
    for name, part in made.items():
        items = [piece.item for piece in part.pieces]
        rows = [piece.row for piece in part.pieces]
        of_items = _follow(_size(written[f"{name}.json"]) - _tail({name: items}), items, BETWEEN)
        of_rows = _follow(len(written[f"{name}.csv"][0]), rows, b"")
        linked = spans[name] or [(0, 0)] * len(items)
        found[name] = {
            key: (*item, *row, *node)
            for key, item, row, node in zip(part.keys, of_items, of_rows, linked, strict=True)
            if key
        }
    return found


def _tail(groups: Mapping[str, Sequence[bytes]]) -> int:
    """How much stands in a file from the first item of the list at its end."""
    return _size(write_list(chain.from_iterable(groups.values()))) - 1 + len(END)


def _size(pieces: Sequence[bytes]) -> int:
    return sum(map(len, pieces))


def _follow(start: int, pieces: Sequence[bytes], between: bytes) -> list[tuple[int, int]]:
    """Where pieces stand that follow one another from a place, with how long each is."""
    found = []
    for piece in pieces:
        found.append((start, len(piece)))
        start += len(piece) + len(between)
    return found


def part_of(value: Tree, name: str) -> Tree:
    """One list of the canonical value, under the same head."""
    return {key: value[key] for key in (*HEAD, name) if key in value}
