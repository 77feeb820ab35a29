"""Cases to pair similarity: the likelihood that one rule or practice blocks both, with the parts that explain it.

A pair has eight named parts, each between 0 and 1; the likelihood is the logistic of their weighted sum. The weights
are learned from pairs that two readers grouped independently (`vocabulary/gelijkenis.yaml`, made by
`benchmarks/fit_weights.py`). Rows are in the order of the ids, so the order of the input does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix

from generator.concepts import concept_matcher
from generator.lexicon import dutch_words, ordinary
from generator.vectors import CONCEPT, WORD, Matrix, Traits, Vectors, vectorise
from generator.vocabulary import load_weights

NEIGHBOUR_FLOOR = 0.05
"""Below this likelihood a case is not called similar: of such pairs fewer than one in twenty belong together."""
SHOWN_TERMS = 5
"""Shared words and concepts named in a reason."""


@dataclass(frozen=True)
class Reason:
    """One ground of a likeness: its kind (a key of `text/redenen.toml`) and the words that fill it in."""

    kind: str
    values: tuple[str, ...]
    """Ids of the vocabulary, or words that both texts hold."""


@dataclass(frozen=True)
class Similarity:
    """The likelihood for every pair of cases that they belong to one pattern; rows are sorted by id."""

    vectors: Vectors
    total: Matrix

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the rows."""
        return tuple(case.id for case in self.vectors.cases)

    def nearest(self, row: int, count: int) -> tuple[tuple[int, float], ...]:
        """The `count` rows most like `row`, nearest first, never `row` itself; ties by id."""
        order = np.argsort(-self.total[row].astype(np.float64).round(6), kind="stable")[: count + 1]
        return tuple((int(i), float(self.total[row, i])) for i in order if i != row)[:count]

    def certainty(self, row: int, others: Sequence[int]) -> float:
        """How sure it is that `row` belongs with `others`, 0 to 1: the mean likelihood, which is calibrated."""
        return round(float(np.mean(self.total[row, list(others)], dtype=np.float64)), 2)

    def reasons(self, one: int, other: int) -> tuple[Reason, ...]:
        """Why two rows are alike, the strongest kind of ground first: rule, obstacle kind, concepts, domains, words.

        Only vocabulary, concepts and ordinary Dutch words: a record need not be cleared to be compared.
        """
        a, b = self.vectors.cases[one], self.vectors.cases[other]
        articles = _shared(a.articles, b.articles)
        laws = tuple(law for law in _shared(a.laws, b.laws) if not any(name.startswith(f"{law}:") for name in articles))
        main = a.kinds[:1] if a.kinds[:1] == b.kinds[:1] else ()
        terms = self._shared_terms(one, other)
        found = [
            Reason("artikel", articles),
            Reason("lokaal", tuple(ordinary(name) for name in _shared(a.local, b.local))),
            Reason("wet", laws),
            Reason("knelpuntsoort", main),
            Reason("knelpuntsoorten", tuple(kind for kind in _shared(a.kinds, b.kinds) if kind not in main)),
            Reason("begrip", _named(terms, CONCEPT)),
            Reason("leefgebied", _shared(a.domains, b.domains)),
            Reason("woorden", _named([term for term in terms if _is_ordinary(term)], WORD)),
        ]
        return tuple(reason for reason in found if reason.values)

    def _shared_terms(self, one: int, other: int) -> list[str]:
        terms = self.vectors.terms
        a, b = (slice(*terms.indptr[row : row + 2]) for row in (one, other))
        columns, left, right = np.intersect1d(terms.indices[a], terms.indices[b], return_indices=True)
        product = terms.data[a][left] * terms.data[b][right]
        weighed = sorted(
            (-round(float(v), 6), self.vectors.term_names[c]) for c, v in zip(columns, product, strict=True)
        )
        return [name for _, name in weighed]


def compare(traits: Sequence[Traits]) -> Similarity:
    """The likelihood of every pair; a case is wholly like itself."""
    vectors = vectorise(traits, concept_matcher())
    weights = load_weights()
    total = np.full((len(traits), len(traits)), weights.constante, np.float32)
    for name, part in parts(vectors):
        total += np.float32(weights.delen[name]) * part
    likelihood = np.round(1.0 / (1.0 + np.exp(-total)), 6).astype(np.float32)
    likelihood = np.maximum(likelihood, likelihood.T)
    np.fill_diagonal(likelihood, 1.0)
    return Similarity(vectors, likelihood)


def parts(vectors: Vectors) -> Iterator[tuple[str, Matrix]]:
    """The named parts over all pairs, one at a time so that few are in memory at once."""
    yield "woorden en begrippen", product(vectors.terms)
    yield "letters", product(vectors.letters)
    yield "knelpuntsoorten", vectors.kinds @ vectors.kinds.T
    yield "leefgebieden", overlap(vectors.domains)
    yield "wetten", vectors.laws @ vectors.laws.T
    yield "andere wetten", disjoint(vectors.own_laws)
    yield "artikelen", rarest_shared(vectors.articles)
    yield "lokale regels", rarest_shared(vectors.local_rules)


def _shared(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(one) & set(other)))


def _named(terms: Sequence[str], kind: str) -> tuple[str, ...]:
    return tuple(name.removeprefix(kind) for name in terms if name.startswith(kind))[:SHOWN_TERMS]


def product(rows: csr_matrix) -> Matrix:
    """Cosine of rows of length one."""
    return np.asarray((rows @ rows.T).toarray(), np.float32)


def overlap(rows: Matrix) -> Matrix:
    """What two sets share, out of what either has; two empty sets share nothing."""
    has = (rows > 0).astype(np.float32)
    shared = rows @ has.T
    own = rows.sum(axis=1)
    union = own[:, None] + own[None, :] - shared
    return np.asarray(np.divide(shared, union, out=np.zeros_like(shared), where=union > 0), np.float32)


def disjoint(named: Matrix) -> Matrix:
    """1 where both have names and share none."""
    some = (named.sum(axis=1) > 0).astype(np.float32)
    return np.asarray(np.outer(some, some) * (named @ named.T == 0), np.float32)


def rarest_shared(rows: Matrix) -> Matrix:
    """The rarity of the rarest name that two share."""
    found = np.zeros((len(rows), len(rows)), np.float32)
    for column in rows.T:
        holders = np.flatnonzero(column)
        block = np.ix_(holders, holders)
        found[block] = np.maximum(found[block], column[holders].max(initial=0.0))
    return found


def _is_ordinary(term: str) -> bool:
    return not term.startswith(WORD) or term.removeprefix(WORD) in dutch_words()
