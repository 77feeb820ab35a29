"""Cases to pair similarity, with the parts that explain it.

Every part is a symmetric matrix in [0, 1]; the similarity is their weighted mean. Order-free: values
depend on the set of cases, never on the order of the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from generator.model import Case
from generator.words import character_grams, words

Matrix = NDArray[np.float32]

WEIGHTS: Mapping[str, float] = {
    "woorden": 0.56,
    "letters titel en knelpunt": 0.20,
    "knelpuntsoorten": 0.08,
    "leefgebieden": 0.08,
    "zelfde knelpuntsoort": 0.04,
    "wetten": 0.04,
}
"""Fixed and round; they add up to one. Measured on 91 labelled cases: B-cubed F1 0.81, pair precision 0.60."""

SHOWN_WORDS = 5
"""Shared words named in a reason."""
WORD_SHARE = 0.02
"""A shared word is named if it makes at least this part of the cosine; less is chance."""


@dataclass(frozen=True)
class Traits:
    """What similarity reads of a case, or of plain text (then only the text)."""

    id: str
    title: str
    obstacle: str
    text: str
    kind: str = ""
    kinds: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    laws: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reason:
    """One ground of a likeness: its kind (a key of `text/redenen.toml`) and the words that fill it in."""

    kind: str
    values: tuple[str, ...]
    """Ids of the vocabulary, or words that both texts hold."""


@dataclass(frozen=True)
class Similarity:
    """Pair similarities of some cases, and what they are made of; rows are sorted by id."""

    traits: tuple[Traits, ...]
    total: Matrix
    vectors: csr_matrix
    terms: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the rows."""
        return tuple(trait.id for trait in self.traits)

    def nearest(self, row: int, count: int) -> tuple[tuple[int, float], ...]:
        """The `count` rows most like `row`, nearest first, never `row` itself; ties by id."""
        order = sorted(
            (i for i in range(len(self.traits)) if i != row), key=lambda i: (-round(float(self.total[row, i]), 6), i)
        )
        return tuple((i, float(self.total[row, i])) for i in order[:count])

    def reasons(self, one: int, other: int) -> tuple[Reason, ...]:
        """Why two rows are alike: rule, obstacle kind, domains, words; the strongest kind of ground first."""
        a, b = self.traits[one], self.traits[other]
        shared_articles = a.articles & b.articles
        laws = {law for law in a.laws & b.laws if not any(article.startswith(f"{law}:") for article in shared_articles)}
        found = [
            Reason("artikel", tuple(sorted(shared_articles))),
            Reason("lokaal", tuple(sorted(a.local & b.local))),
            Reason("wet", tuple(sorted(laws))),
            Reason("knelpuntsoort", (a.kind,) if a.kind and a.kind == b.kind else ()),
            Reason("knelpuntsoorten", tuple(sorted((a.kinds & b.kinds) - ({a.kind} if a.kind == b.kind else set())))),
            Reason("leefgebied", tuple(sorted(a.domains & b.domains))),
            Reason("woorden", self._shared_words(one, other)),
        ]
        return tuple(reason for reason in found if reason.values)

    def common_words(self, rows: Sequence[int], count: int) -> tuple[str, ...]:
        """The words that weigh most in these rows together, of those that at least half of them hold."""
        block = self.vectors[list(rows)]
        weight = np.asarray(block.sum(axis=0)).ravel()
        holders = np.asarray((block > 0).sum(axis=0)).ravel()
        columns = [c for c in np.flatnonzero(weight) if holders[c] * 2 >= len(rows) and holders[c] > 1]
        ranked = sorted(columns, key=lambda c: (-round(float(weight[c]), 5), self.terms[c]))
        return tuple(self.terms[c] for c in ranked[:count])

    def _shared_words(self, one: int, other: int) -> tuple[str, ...]:
        product = self.vectors[one].multiply(self.vectors[other]).tocoo()
        weighed = sorted(((-float(v), self.terms[c]) for c, v in zip(product.coords[1], product.data, strict=True)))
        return tuple(
            word for weight, word in weighed[:SHOWN_WORDS] if -weight >= WORD_SHARE * -sum(w for w, _ in weighed)
        )


def traits_of(case: Case) -> Traits:
    """What similarity reads of a case; the text of a withdrawn case is not among it."""
    rules = case.rules
    return Traits(
        id=case.id,
        title=case.titel,
        obstacle=case.knelpunt.tekst,
        text="\n".join((case.titel, case.situatie, case.knelpunt.tekst, case.doorbraak.tekst)),
        kind=case.knelpunt.soort,
        kinds=frozenset((case.knelpunt.soort, *case.knelpunt.ook)),
        domains=frozenset(case.leefgebieden),
        laws=frozenset(rule.wet for rule in rules if rule.wet),
        articles=frozenset(f"{rule.wet}:{rule.artikel}" for rule in rules if rule.wet and rule.artikel),
        local=frozenset(rule.lokaal.casefold() for rule in rules if rule.lokaal),
    )


def traits_of_text(name: str, text: str) -> Traits:
    """Plain text as if it were a case of which only the story is known."""
    first, _, _ = text.strip().partition("\n")
    return Traits(id=name, title=first[:120], obstacle=text, text=text)


def compare(traits: Sequence[Traits]) -> Similarity:
    """The similarity of every pair, as the weighted mean of its parts."""
    rows = tuple(sorted(traits, key=lambda trait: trait.id))
    vectors, terms = vectorise([row.text for row in rows], words)
    letters, _ = vectorise([f"{row.title} {row.obstacle}" for row in rows], character_grams)
    parts: dict[str, Matrix] = {
        "woorden": cosine(vectors),
        "letters titel en knelpunt": cosine(letters),
        "knelpuntsoorten": overlap([row.kinds for row in rows]),
        "leefgebieden": overlap([row.domains for row in rows]),
        "zelfde knelpuntsoort": overlap([frozenset((row.kind,)) if row.kind else frozenset() for row in rows]),
        "wetten": overlap([row.laws for row in rows]),
    }
    total = np.zeros((len(rows), len(rows)), np.float32)
    for name, weight in WEIGHTS.items():
        total += np.float32(weight) * parts[name]
    return Similarity(rows, total, vectors, terms)


def vectorise(texts: Sequence[str], analyse: Callable[[str], list[str]]) -> tuple[csr_matrix, tuple[str, ...]]:
    """TF-IDF vectors of unit length, one a row, and the terms of their columns; an empty text is a row of zeros."""
    if not any(analyse(text) for text in texts):
        return csr_matrix((len(texts), 1), dtype=np.float32), ("",)
    vectoriser = TfidfVectorizer(analyzer=analyse, sublinear_tf=True, dtype=np.float32)
    matrix = vectoriser.fit_transform(texts)
    return csr_matrix(matrix), tuple(vectoriser.get_feature_names_out())


def cosine(vectors: csr_matrix) -> Matrix:
    """Cosine of all pairs of rows of unit length; a row without words is like nothing."""
    return np.asarray((vectors @ vectors.T).toarray(), np.float32)


def overlap(sets: Sequence[frozenset[str]]) -> Matrix:
    """Shared over all members of two sets, each member weighted by its rarity; two empty sets share nothing."""
    names = sorted(frozenset[str]().union(*sets))
    if not names:
        return np.zeros((len(sets), len(sets)), np.float32)
    seen = Counter(name for members in sets for name in members)
    rarity = np.array([log((1 + len(sets)) / (1 + seen[name])) + 1 for name in names])
    has = np.array([[name in members for name in names] for members in sets], float)
    shared = (has * rarity) @ has.T
    own = np.diag(shared)
    union = own[:, None] + own[None, :] - shared
    return np.asarray(np.divide(shared, union, out=np.zeros_like(shared), where=union > 0), np.float32)
