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

from generator.concepts import Matcher, concept_matcher
from generator.lexicon import dutch_words, ordinary
from generator.vectors import CONCEPT, WORD, Matrix, Traits, Vectors, vectorise
from generator.vocabulary import load_weights

NEIGHBOUR_FLOOR = 0.05
"""Below this likelihood a case is not called similar: of such pairs fewer than one in twenty belong together."""
SHOWN_TERMS = 5
"""Shared words and concepts named in a reason."""
BLOCK = 1024
"""Rows and columns that are compared at a time; of so many cases everything is in memory at once."""
COMMON = 0.1
"""A column that more than this part of the rows has is common."""


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


def compare(traits: Sequence[Traits], matcher: Matcher | None = None) -> Similarity:
    """The likelihood of every pair; a case is wholly like itself. Made in blocks, each pair once.

    The matcher is the package's own if not given.
    """
    vectors = vectorise(traits, matcher or concept_matcher())
    weights = load_weights()
    size = len(traits)
    total = np.empty((size, size), np.float32)
    wide = _Columns(vectors)
    for top in range(0, size, BLOCK):
        rows = slice(top, min(top + BLOCK, size))
        for left in range(top, size, BLOCK):
            others = slice(left, min(left + BLOCK, size))
            logit = np.full((rows.stop - rows.start, others.stop - others.start), weights.constante, np.float32)
            for name, part in _parts(vectors, wide, rows, others):
                logit += np.float32(weights.delen[name]) * part
            likelihood = np.round(1.0 / (1.0 + np.exp(-logit)), 6).astype(np.float32)
            if left == top:
                likelihood = np.maximum(likelihood, likelihood.T)
            total[rows, others] = likelihood
            total[others, rows] = likelihood.T
    np.fill_diagonal(total, 1.0)
    return Similarity(vectors, total)


def parts(vectors: Vectors) -> Iterator[tuple[str, Matrix]]:
    """The named parts over all pairs, one at a time so that few are in memory at once."""
    every = slice(0, len(vectors.cases))
    return _parts(vectors, _Columns(vectors), every, every)


class _Columns:
    """Terms and letters as they are multiplied, made once for all blocks."""

    def __init__(self, vectors: Vectors) -> None:
        self.terms, self.letters = (_split(rows) for rows in (vectors.terms, vectors.letters))


def _parts(vectors: Vectors, wide: _Columns, rows: slice, others: slice) -> Iterator[tuple[str, Matrix]]:
    yield "woorden en begrippen", _product(wide.terms, rows, others)
    yield "letters", _product(wide.letters, rows, others)
    yield "knelpuntsoorten", vectors.kinds[rows] @ vectors.kinds[others].T
    yield "leefgebieden", overlap(vectors.domains[rows], vectors.domains[others])
    yield "wetten", vectors.laws[rows] @ vectors.laws[others].T
    yield "andere wetten", disjoint(vectors.own_laws[rows], vectors.own_laws[others])
    yield "artikelen", rarest_shared(vectors.articles[rows], vectors.articles[others])
    yield "lokale regels", rarest_shared(vectors.local_rules[rows], vectors.local_rules[others])


def _shared(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(one) & set(other)))


def _named(terms: Sequence[str], kind: str) -> tuple[str, ...]:
    return tuple(name.removeprefix(kind) for name in terms if name.startswith(kind))[:SHOWN_TERMS]


def _split(rows: csr_matrix) -> tuple[csr_matrix, Matrix | None]:
    """The columns that few rows have, and apart those that many have, which multiply faster as a full matrix."""
    if rows.shape[0] <= BLOCK:
        return rows, None
    common = np.bincount(rows.indices, minlength=rows.shape[1]) > rows.shape[0] * COMMON
    return csr_matrix(rows[:, ~common]), np.asarray(rows[:, common].toarray(), np.float32)


def _product(split: tuple[csr_matrix, Matrix | None], rows: slice, others: slice) -> Matrix:
    """Cosine of rows of length one."""
    rare, common = split
    found = np.asarray((rare[rows] @ rare[others].T).toarray(), np.float32)
    return found if common is None else found + common[rows] @ common[others].T


def overlap(rows: Matrix, others: Matrix | None = None) -> Matrix:
    """What two sets share, out of what either has; two empty sets share nothing."""
    beside = rows if others is None else others
    has = (beside > 0).astype(np.float32)
    shared = rows @ has.T
    union = rows.sum(axis=1)[:, None] + beside.sum(axis=1)[None, :] - shared
    return np.asarray(np.divide(shared, union, out=np.zeros_like(shared), where=union > 0), np.float32)


def disjoint(named: Matrix, others: Matrix | None = None) -> Matrix:
    """1 where both have names and share none."""
    beside = named if others is None else others
    some, more = ((side.sum(axis=1) > 0).astype(np.float32) for side in (named, beside))
    return np.asarray(np.outer(some, more) * (named @ beside.T == 0), np.float32)


def rarest_shared(rows: Matrix, others: Matrix | None = None) -> Matrix:
    """The rarity of the rarest name that two share."""
    beside = rows if others is None else others
    found = np.zeros((len(rows), len(beside)), np.float32)
    held = np.flatnonzero((rows > 0).any(axis=0) & (beside > 0).any(axis=0))
    for here, there in zip(rows.T[held], beside.T[held], strict=True):
        block = np.ix_(np.flatnonzero(here), np.flatnonzero(there))
        found[block] = np.maximum(found[block], max(here.max(), there.max()))
    return found


def _is_ordinary(term: str) -> bool:
    return not term.startswith(WORD) or term.removeprefix(WORD) in dutch_words()
