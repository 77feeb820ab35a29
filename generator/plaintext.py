"""Plain text to its nearest cases, by what a browser can know as well: concepts, beginnings of words, laws, articles.

Records keep the full measure of `similarity.py`, which needs all words of all cases. This one needs a compact index:
for each case its concepts, at most `MOST_STARTS` beginnings of words, and its rules. The script `lijken.js` does the
same from the same index, so every number here is a plain float, added up in the order of the columns.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from generator.citations import Citations, build_citations
from generator.concepts import Matcher, concept_matcher
from generator.lexicon import dutch_words
from generator.similarity import SHOWN_TERMS, Reason
from generator.vectors import BROADER, IMPLIED_LAW, Traits
from generator.vocabulary import Law, Weights, load_plain_weights
from generator.words import FUNCTION_WORDS, folded_words, words

START = 5
"""Letters that two words must begin with to count as alike; a shorter word must be the same."""
SHORTEST = 3
"""Shorter words are not looked at."""
MOST_STARTS = 40
"""Beginnings of words kept for each case: those that tell it best from other cases."""
PARTS = ("begrippen", "woordbegin", "wetten", "artikelen")
"""The parts of the likeness, each 0 to 1, in the order in which they are added up."""
SMALL_WORDS = frozenset(word for text in FUNCTION_WORDS for word in folded_words(text))
"""Function words as folded words."""

Vector = Mapping[str, float]


@dataclass(frozen=True)
class Row:
    """What is kept of one case."""

    id: str
    concepts: Mapping[str, int]
    """How many words name each concept."""
    starts: tuple[str, ...]
    """Beginnings of words, sorted."""
    laws: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What is read of a plain text."""

    concepts: Mapping[str, int]
    starts: frozenset[str]
    laws: frozenset[str]
    """Laws that the text names."""
    articles: frozenset[str]


@dataclass(frozen=True)
class Match:
    """One case beside the text: how likely it is that one rule or practice blocks both (0 to 1), and why."""

    id: str
    strength: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class PatternMatch:
    """One pattern beside the text: the mean likelihood (0 to 1) that the text belongs with each of its cases."""

    id: str
    strength: float
    nearest: Match
    """The member that is likest to the text."""


@dataclass(frozen=True)
class PlainIndex:
    """All that is needed to compare a plain text with cases; rows are sorted by id."""

    rows: tuple[Row, ...]
    concept_rarity: Vector
    start_rarity: Vector
    start_words: Mapping[str, str]
    """For each beginning the ordinary word that readers see: the commonest among the cases."""
    article_rarity: Vector
    matcher: Matcher
    citations: Citations
    weights: Weights

    def read(self, text: str) -> Told:
        """What the text tells."""
        row = folded_words(text)
        laws, articles = self.citations.find(row)
        return Told(
            concepts=self.matcher.count(text),
            starts=frozenset(start for word in row if (start := start_of(word)) in self.start_rarity),
            laws=laws,
            articles=articles,
        )

    def rank(self, text: str) -> tuple[Match, ...]:
        """Every case, the likeliest first, equals by id; one that shares nothing has strength 0 and no reasons."""
        told = self.read(text)
        scored = [(sum_of(parts, self.weights), place) for place, parts in enumerate(self.parts(told))]
        ordered = sorted(scored, key=lambda pair: (-pair[0], self.rows[pair[1]].id))
        return tuple(
            Match(self.rows[place].id, likelihood(total), self.reasons(told, self.rows[place]))
            for total, place in ordered
        )

    def reasons(self, told: Told, row: Row) -> tuple[Reason, ...]:
        """Why a text and a case are alike, the strongest kind of ground first."""
        articles = tuple(key for key in row.articles if key in told.articles)
        laws = tuple(
            law for law in row.laws if law in told.laws and not any(key.startswith(f"{law}:") for key in articles)
        )
        found = (
            Reason("artikel", articles),
            Reason("wet", laws),
            Reason("begrip", rarest(told.concepts.keys() & row.concepts.keys(), self.concept_rarity)),
            Reason(
                "woordbegin",
                tuple(
                    self.start_words[start] for start in rarest(told.starts & frozenset(row.starts), self.start_rarity)
                ),
            ),
        )
        return tuple(reason for reason in found if reason.values)

    def parts(self, told: Told) -> tuple[tuple[float, ...], ...]:
        """For every row the parts of its likeness to the text, in the order of `PARTS`."""
        query = self._vectors(told.concepts, told.starts, told.laws)
        return tuple(
            (
                *(cosine(query[part], known[part]) for part in PARTS[:3]),
                max((self.article_rarity[key] for key in row.articles if key in told.articles), default=0.0),
            )
            for row, known in zip(self.rows, self._known, strict=True)
        )

    def _vectors(self, concepts: Mapping[str, int], starts: Iterable[str], laws: Iterable[str]) -> dict[str, Vector]:
        counted = {concept: often(count) for concept, count in concepts.items()}
        for concept in concepts:
            for wider in self.matcher.broader.get(concept, ())[:1]:
                counted.setdefault(wider, BROADER)
        told = dict.fromkeys(laws, 1.0)
        for concept in sorted(concepts):
            for law in self.matcher.laws.get(concept, ()):
                told[law] = told.get(law, 0.0) + IMPLIED_LAW / len(self.matcher.laws[concept])
        return {
            "begrippen": unit(
                {
                    name: value * self.concept_rarity[name]
                    for name, value in counted.items()
                    if name in self.concept_rarity
                }
            ),
            "woordbegin": unit({start: self.start_rarity[start] for start in starts}),
            "wetten": unit(told),
        }

    @cached_property
    def _known(self) -> tuple[dict[str, Vector], ...]:
        return tuple(self._vectors(row.concepts, row.starts, row.laws) for row in self.rows)


def rank_patterns(matches: Sequence[Match], members: Mapping[str, Iterable[str]]) -> tuple[PatternMatch, ...]:
    """The patterns (id → cases) that share something with the text, the likeliest first, equals by id."""
    place = {match.id: order for order, match in enumerate(matches)}
    found = []
    for pattern, cases in members.items():
        known = [matches[place[case]] for case in cases if case in place]
        thousandths = sum(round(match.strength * 1000) for match in known)
        if thousandths:
            nearest = min(known, key=lambda match: place[match.id])
            found.append(PatternMatch(pattern, math.floor(thousandths / len(known) + 0.5) / 1000.0, nearest))
    return tuple(sorted(found, key=lambda match: (-match.strength, match.id)))


def index_plain(
    cases: Iterable[Traits], laws: Sequence[Law], matcher: Matcher | None = None, weights: Weights | None = None
) -> PlainIndex:
    """The index of some cases; their order does not matter. Matcher and weights are the package's own if not given."""
    matcher = matcher or concept_matcher()
    ordered = sorted(cases, key=lambda case: case.id)
    counts = [matcher.count(case.text) for case in ordered]
    spread = [_with_broader(found, matcher) for found in counts]
    texts = [_starts(case.text) for case in ordered]
    spelled = _commonest(texts)
    starts = [_counted(text) for text in texts]
    rare = rarities(starts)
    kept = [telling(found, rare) for found in starts]
    return PlainIndex(
        rows=tuple(
            Row(case.id, dict(sorted(found.items())), chosen, tuple(sorted(case.laws)), tuple(sorted(case.articles)))
            for case, found, chosen in zip(ordered, counts, kept, strict=True)
        ),
        concept_rarity=rarities(spread),
        start_rarity=rarities(kept),
        start_words={start: spelled[start] for start in sorted({start for chosen in kept for start in chosen})},
        article_rarity=_article_rarities([case.articles for case in ordered]),
        matcher=matcher,
        citations=build_citations(laws, {key for case in ordered for key in case.articles}),
        weights=weights or load_plain_weights(),
    )


def start_of(word: str) -> str:
    """The beginning by which a folded word is compared; empty for a word that says nothing."""
    usable = len(word) >= SHORTEST and word.isalpha() and word not in SMALL_WORDS
    return word[:START] if usable else ""


def often(count: int) -> float:
    """What a count weighs: 1 for once, never more than 2. A fraction, so that every machine finds the same."""
    return 2.0 * count / (count + 1.0)


def rarities(sets: Sequence[Iterable[str]]) -> dict[str, float]:
    """How rare each name is among some sets, from 1 (all have it) up, to three decimals; by name."""
    held = Counter(name for members in sets for name in set(members))
    return {name: round(1.0 + math.log((1.0 + len(sets)) / (1.0 + held[name])), 3) for name in sorted(held)}


def telling(starts: Mapping[str, int], rare: Vector) -> tuple[str, ...]:
    """The beginnings that tell a case best from others, sorted by name."""
    weighed = sorted(starts, key=lambda start: (-round(often(starts[start]) * rare[start], 6), start))
    return tuple(sorted(weighed[:MOST_STARTS]))


def rarest(names: Iterable[str], rare: Vector) -> tuple[str, ...]:
    """The few names that a reason shows: the rarest first, equals by name."""
    return tuple(sorted(names, key=lambda name: (-rare[name], name))[:SHOWN_TERMS])


def unit(vector: Vector) -> dict[str, float]:
    """The vector made length one, by name; an empty one stays empty."""
    length = 0.0
    for name in sorted(vector):
        length += vector[name] * vector[name]
    return {name: vector[name] / math.sqrt(length) for name in sorted(vector)}


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length one, added up in the order of the names of the first."""
    total = 0.0
    for name, value in one.items():
        total += value * other.get(name, 0.0)
    return total


def sum_of(parts: Sequence[float], weights: Weights) -> float:
    """The weighted sum of the parts with the constant; minus infinity if all parts are 0."""
    if not any(parts):
        return -math.inf
    total = weights.constante
    for name, value in zip(PARTS, parts, strict=True):
        total += weights.delen[name] * value
    return total


def likelihood(total: float) -> float:
    """The logistic of a weighted sum, to three decimals."""
    return math.floor(1000.0 / (1.0 + math.exp(-max(total, -700.0))) + 0.5) / 1000.0


def _with_broader(counts: Mapping[str, int], matcher: Matcher) -> set[str]:
    return {*counts, *(wider for concept in counts for wider in matcher.broader.get(concept, ())[:1])}


Begun = tuple[str, str]
"""The beginning of a word, and how the word was written."""


def _starts(text: str) -> Counter[Begun]:
    """How often each beginning of an ordinary word stands in a text, by how the word was written."""
    return Counter(chain.from_iterable(map(_begun, words(text))))


@lru_cache(maxsize=100_000)
def _begun(word: str) -> tuple[Begun, ...]:
    """The beginnings in one word as it is written; none in a word that is not an ordinary one."""
    pieces = folded_words(word) if word in dutch_words() else ()
    return tuple((start, word if len(pieces) == 1 else piece) for piece in pieces if (start := start_of(piece)))


def _counted(begun: Counter[Begun]) -> dict[str, int]:
    """How often each beginning stands in a text."""
    found: dict[str, int] = {}
    for (start, _), count in begun.items():
        found[start] = found.get(start, 0) + count
    return found


def _commonest(texts: Iterable[Iterable[Begun]]) -> dict[str, str]:
    """For each beginning the word that most cases have, equals by name."""
    held = Counter(chain.from_iterable(texts))
    best: dict[str, tuple[int, str]] = {}
    for (start, word), count in held.items():
        best[start] = min(best.get(start, (0, "")), (-count, word))
    return {start: word for start, (_, word) in best.items()}


def _article_rarities(sets: Sequence[Sequence[str]]) -> dict[str, float]:
    """1 for an article that one or two cases name, towards 0 for one that all name."""
    held = Counter(key for articles in sets for key in articles)
    most = math.log((1.0 + len(sets)) / 3.0)
    return {
        key: round(min(1.0, math.log((1.0 + len(sets)) / (1.0 + held[key])) / most), 3) if most > 0 else 0.0
        for key in sorted(held)
    }
