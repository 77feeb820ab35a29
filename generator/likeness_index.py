"""The likeness index: what a browser needs to lay a text beside the cases, as one JSON file.

It grows with concepts, patterns and the number of cases, never with the length of their texts: a case is its title, its
rules, its concepts and at most `MOST_STARTS` beginnings of words. Cases, patterns and lists are named by their place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from generator import citations
from generator.book import Book, CaseEntry
from generator.citations import ARTICLE_WORDS
from generator.concepts import Matcher, Phrase, concept_matcher
from generator.grouping import PatternEntry
from generator.nearness import NEIGHBOUR_FLOOR
from generator.plaintext import PARTS, SHORTEST, SMALL_WORDS, START, PlainIndex, index_plain
from generator.rendering import STRENGTHS
from generator.similarity import SHOWN_TERMS
from generator.vectors import BROADER, IMPLIED_LAW, traits_of
from generator.vocabulary import Vocabulary
from generator.wording import reason_forms, render_article
from generator.words import folded_words

NEAR = 0.20
"""Patterns and cases just outside a pattern are named from this certainty."""

Place = Mapping[str, int]


def render_likeness(book: Book) -> bytes:
    """The file; the same book gives the same bytes."""
    matcher = concept_matcher(book.vocabulary.concepts)
    plain = index_plain((traits_of(entry.case) for entry in book.cases), book.vocabulary.wetten, matcher)
    text = json.dumps(_table(book, plain), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode()


def _table(book: Book, plain: PlainIndex) -> dict[str, object]:
    vocabulary = book.vocabulary
    entries = sorted(book.cases, key=lambda entry: entry.case.id)
    patterns = sorted((entry for entry in book.patterns if entry.stands and entry.members), key=lambda entry: entry.id)
    names = vocabulary.concept_labels
    laws = _places(
        {law for row in plain.rows for law in row.laws}
        | {law for implied in plain.matcher.laws.values() for law in implied}
        | set(plain.citations.laws.values())
    )
    concepts, starts = _places(names), _places(plain.start_rarity)
    articles = _places(plain.article_rarity)
    kinds, domains = (_places(vocabulary.labels[name]) for name in ("knelpuntsoorten", "leefgebieden"))
    cases, known = _places(entry.case.id for entry in entries), _places(entry.id for entry in patterns)
    homes: dict[str, list[int]] = {}
    for place, pattern in enumerate(patterns):
        for member in pattern.members:
            homes.setdefault(member.case, []).append(place)
    return {
        "maten": {
            "begin": START,
            "kortst": SHORTEST,
            "getoond": SHOWN_TERMS,
            "ondergrens": NEIGHBOUR_FLOOR,
            "ruimer": BROADER,
            "wet_van_begrip": IMPLIED_LAW,
            "na": citations.AFTER,
            "voor": citations.BEFORE,
            "artikelwoorden": ARTICLE_WORDS,
        },
        "gewichten": {
            "constante": plain.weights.constante,
            "delen": [plain.weights.delen[part] for part in PARTS],
        },
        "sterktes": [list(word) for word in STRENGTHS.items()],
        "redenen": dict(reason_forms()),
        "kleine_woorden": sorted(SMALL_WORDS),
        "begrippen": _concept_rows(plain, names, concepts, laws),
        "woorden": [[plain.start_words[start], rarity] for start, rarity in plain.start_rarity.items()],
        "wetten": [vocabulary.labels["wetten"].get(law, law) for law in laws],
        "wetsnamen": [[" ".join(name), laws[law]] for name, law in plain.citations.laws.items()],
        "artikelen": _article_rows(plain, laws, vocabulary),
        "soorten": [label for _, label in sorted(vocabulary.labels["knelpuntsoorten"].items())],
        "leefgebieden": [label for _, label in sorted(vocabulary.labels["leefgebieden"].items())],
        "casussen": [
            {
                "id": entry.case.id,
                "titel": entry.case.titel,
                "begrippen": [number for name, count in row.concepts.items() for number in (concepts[name], count)],
                "woorden": [starts[start] for start in row.starts],
                "wetten": [laws[law] for law in row.laws],
                "artikelen": [articles[key] for key in row.articles],
                **_links_of_case(entry, cases, homes, kinds, domains),
            }
            for entry, row in zip(entries, plain.rows, strict=True)
        ],
        "patronen": [_pattern_row(entry, cases, known) for entry in patterns],
    }


def _concept_rows(plain: PlainIndex, names: Mapping[str, str], concepts: Place, laws: Place) -> list[object]:
    """Every concept with the words that name it; what no case has is rare beyond measure (`null`)."""
    phrases, stems = _by_concept(_needed(plain.matcher)), _by_concept(plain.matcher.stems)
    parts: dict[str, list[str]] = {}
    for text, found in sorted(plain.matcher.parts.items()):
        for concept in found:
            parts.setdefault(concept, []).append(text)
    return [
        {
            "naam": names[concept],
            "zeldzaam": plain.concept_rarity.get(concept),
            "ruimer": _wider(plain.matcher, concept, concepts),
            "wetten": [laws[law] for law in plain.matcher.laws.get(concept, ())],
            "woorden": phrases.get(concept, []),
            "stammen": stems.get(concept, []),
            "delen": parts.get(concept, []),
        }
        for concept in concepts
    ]


def _wider(matcher: Matcher, concept: str, concepts: Place) -> int | None:
    above = matcher.broader.get(concept, ())
    return concepts[above[0]] if above else None


def _needed(matcher: Matcher) -> dict[str, list[tuple[Phrase, str]]]:
    """The phrases without those whose first word names the same concept by a stem or a part already."""
    bare = Matcher({}, matcher.stems, matcher.parts, {}, {})
    return {
        first: [entry for entry in entries if entry[1] not in bare.count(first)]
        for first, entries in matcher.phrases.items()
    }


def _by_concept(terms: Mapping[str, Sequence[tuple[Phrase, str]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for first in sorted(terms):
        for phrase, concept in terms[first]:
            found.setdefault(concept, []).append(" ".join(phrase))
    return found


def _article_rows(plain: PlainIndex, laws: Place, vocabulary: Vocabulary) -> list[object]:
    return [
        {
            "naam": render_article(key, vocabulary),
            "wet": laws[key.partition(":")[0]],
            "nummer": " ".join(folded_words(key.partition(":")[2])),
            "zeldzaam": rarity,
        }
        for key, rarity in plain.article_rarity.items()
    ]


def _links_of_case(
    entry: CaseEntry, cases: Place, homes: Mapping[str, Sequence[int]], kinds: Place, domains: Place
) -> dict[str, object]:
    """What the record itself says, and the cases that the full measure puts nearest with how sure that is."""
    case = entry.case
    return {
        "soorten": list(dict.fromkeys(kinds[kind] for kind in (case.knelpunt.soort, *case.knelpunt.ook))),
        "leefgebieden": sorted({domains[domain] for domain in case.leefgebieden}),
        "patronen": homes.get(case.id, ()),
        "buren": [[cases[other.case.id], other.strength] for other in entry.neighbours],
    }


def _pattern_row(entry: PatternEntry, cases: Place, known: Place) -> dict[str, object]:
    near = [near for near in entry.near if near.strength >= NEAR and not near.excluded]
    return {
        "id": entry.id,
        "naam": entry.name or entry.id,
        "leden": [[cases[member.case], member.strength] for member in entry.members],
        "buren": [[cases[other.case], other.strength] for other in near],
        "verwant": [[known[other], sure] for other, sure in entry.related if other in known and sure >= NEAR],
    }


def _places(names: Iterable[str]) -> dict[str, int]:
    """Each name with its place in the order of the names."""
    return {name: place for place, name in enumerate(sorted(names))}
