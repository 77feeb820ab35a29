"""The tables beside the search index: facets of every page, words for spelling, concepts and laws by their words.

The search program knows words; what belongs to which facet, and what two words have in common, stands here. They are
made of index entries, which the privacy gate reads, and of our own lists. Facets stand apart, since most questions are
answered before anybody looks at them.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypedDict

from generator.codes import concept_codes
from generator.vocabulary import Concept, Law
from generator.words import FUNCTION_WORDS, folded_words

MOST_WORDS = 5000
"""Words that spelling is held against: those that most pages have."""
SHORTEST = 4
"""Letters of the shortest word that spelling is held against."""
LENGTH = 8
"""How many characters of a hash make a version."""
_YEAR_AT_END = re.compile(r" (19|20)[0-9][0-9]$")


class _Column(TypedDict):
    """A facet as the search page reads it."""

    naam: str
    waarden: list[str]
    rijen: str


@dataclass(frozen=True)
class IndexEntry:
    """What the search program kept of one index document."""

    id: str
    title: str
    text: str
    facets: Mapping[str, Sequence[str]]


def read_entry(name: str, data: bytes) -> IndexEntry:
    """One entry from the file that the search program made of it."""
    content = gzip.decompress(data)
    entry = json.loads(content[content.index(b"{") :])
    return IndexEntry(name.partition(".")[0], entry["meta"].get("title", ""), entry["content"], entry["filters"])


@dataclass(frozen=True)
class Lists:
    """What the search page knows besides the pages."""

    facets: Sequence[str]
    """Names of the facets, in their order; the first one is the kind of page."""
    weights: Mapping[str, float]
    """How much each kind of page counts."""
    concepts: Sequence[Concept]
    laws: Sequence[Law]


@dataclass(frozen=True)
class Tables:
    """What stands beside the index."""

    version: str
    """The same for the same entries and lists alone."""
    order: tuple[str, ...]
    """The ids of the pages in the order of their titles: the tables know a page by its place in it."""
    first: bytes
    """What every search needs, packed."""
    facets: bytes
    """All facets but the first, packed."""


def render_tables(entries: Sequence[IndexEntry], lists: Lists) -> Tables:
    """The tables as packed JSON. The same entries give the same bytes, in whatever order."""
    rows = sorted(entries, key=lambda entry: (entry.title.casefold(), entry.id))
    kind, *others = (_column(name, rows) for name in lists.facets)
    order = tuple(entry.id for entry in rows)
    table = {
        "soort": kind,
        "gewichten": [lists.weights.get(name, 1.0) for name in kind["waarden"]],
        "woorden": " ".join(_common_words(rows, lists.concepts)),
        "stil": " ".join(sorted(FUNCTION_WORDS)),
        "begrippen": _concept_rows(lists.concepts),
        "wetten": [[law.id, *_law_names(law)] for law in lists.laws],
    }
    version = sha256(_json([table, others, order])).hexdigest()[:LENGTH]
    return Tables(version, order, _packed({"versie": version, **table}), _packed(others))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _packed(value: object) -> bytes:
    return gzip.compress(_json(value), mtime=0)


def _column(name: str, rows: Sequence[IndexEntry]) -> _Column:
    """A facet: its values, most used first, and for every page the numbers of its own."""
    counts = Counter(value for entry in rows for value in entry.facets.get(name, ()))
    values = sorted(counts, key=lambda value: (-counts[value], value))
    number = {value: place for place, value in enumerate(values)}
    every = (sorted(number[value] for value in entry.facets.get(name, ())) for entry in rows)
    return {"naam": name, "waarden": values, "rijen": ",".join(".".join(map(str, places)) for places in every)}


def _common_words(rows: Sequence[IndexEntry], concepts: Sequence[Concept]) -> list[str]:
    codes = frozenset(concept_codes(concepts).values())
    counts: Counter[str] = Counter()
    for entry in rows:
        counts.update(set(folded_words(entry.text)))
    found = (word for word in counts if len(word) >= SHORTEST and word.isalpha() and word not in codes)
    return sorted(found, key=lambda word: (-counts[word], word))[:MOST_WORDS]


def _concept_rows(concepts: Sequence[Concept]) -> list[list[object]]:
    """Of each concept: label, words and phrases, stems, parts of compounds, and the number of the broader one."""
    places = {concept.id: place for place, concept in enumerate(concepts)}
    return [
        [
            concept.label,
            *(
                "|".join(texts)
                for texts in (_needed(concept), _folded(concept.stammen), _folded(concept.samenstelling))
            ),
            places.get(concept.ruimer or "", -1),
        ]
        for concept in concepts
    ]


def _needed(concept: Concept) -> list[str]:
    """The words of a concept without those that one of its stems finds as well; the first of those stays, to spell."""
    stems = [stem for stem in _folded(concept.stammen) if " " not in stem]
    needed: dict[str, str] = {}
    for word in _folded(concept.woorden):
        found = next((stem for stem in stems if word.startswith(stem)), word)
        needed.setdefault(found, word)
    return list(needed.values())


def _folded(texts: Sequence[str]) -> list[str]:
    return [" ".join(folded_words(text)) for text in texts]


def _law_names(law: Law) -> list[str]:
    """Under which names people know a law: its title and short name, with their year and without."""
    names = [" ".join(folded_words(name)) for name in (law.citeertitel, law.afkorting or "", law.id) if name]
    return list(dict.fromkeys(form for name in names for form in (name, _YEAR_AT_END.sub("", name))))
