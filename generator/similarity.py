"""Cases to pair similarity: the likelihood that one rule or practice blocks both, with the parts that explain it.

A pair has eight named parts, each between 0 and 1; the likelihood is the logistic of their weighted sum. The weights
are learned from pairs that two readers grouped independently (`vocabulary/gelijkenis.yaml`, made by
`benchmarks/fit_weights.py`). Rows are in the order of the ids, so the order of the input does not matter. A likelihood
depends on the rows of its two cases and on nothing else: not on the others, on blocks or on processors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from generator.concepts import Matcher, concept_matcher
from generator.lexicon import dutch_words, ordinary
from generator.likelihoods import Likelihoods, digest_rows
from generator.nearness import MILLION, NEIGHBOUR_FLOOR, highest, near_pairs
from generator.parallel import shared_table, spread
from generator.vectors import CONCEPT, WORD, Matrix, Traits, Vectors, vectorise
from generator.vocabulary import Weights, load_weights

SHOWN_TERMS = 5
"""Shared words and concepts named in a reason."""
BLOCK = 1024
"""Rows and columns that are compared at a time; of so many cases everything is in memory at once."""
_Rows = slice | NDArray[np.intp]
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

    @cached_property
    def near(self) -> csr_matrix:
        """The pairs that may be called similar, of every row the nearest first."""
        return near_pairs(self.total, NEIGHBOUR_FLOOR)

    def near_of(self, row: int) -> tuple[Matrix, NDArray[np.int32]]:
        """What may be called similar to `row`, nearest first and itself included: how likely each is, and which."""
        part = slice(*self.near.indptr[row : row + 2])
        return self.near.data[part], self.near.indices[part]

    def nearest(self, row: int, count: int, floor: float = 0.0) -> tuple[tuple[int, float], ...]:
        """The `count` rows most like `row`, nearest first, never `row` itself, none below `floor`; ties by id."""
        if floor < NEIGHBOUR_FLOOR:
            likely = self.total[row]
            ordered = highest(likely, count + 1)
            pairs = zip(ordered, likely[ordered].tolist(), strict=True)
        else:
            likely, others = (part[: count + 1].tolist() for part in self.near_of(row))
            pairs = zip(others, likely, strict=True)
        return tuple((other, sure) for other, sure in pairs if other != row and sure >= floor)[:count]

    def nearest_pairs(self, count: int) -> list[tuple[int, int]]:
        """Every row with each of the `count` rows most like it, as far as they may be called similar."""
        rows = range(len(self.ids))
        return [(row, other) for row in rows for other, _ in self.nearest(row, count, NEIGHBOUR_FLOOR)]

    def certainty(self, row: int, others: Sequence[int]) -> float:
        """How sure it is that `row` belongs with `others`, 0 to 1: the mean likelihood, which is calibrated."""
        return round(float(np.mean(self.total[row, list(others)], dtype=np.float64)), 2)

    def share_rule_or_kind(self, one: int, other: int) -> bool:
        """Whether two rows name the same rule, or have the same main kind of obstacle."""
        a, b = self.vectors.cases[one], self.vectors.cases[other]
        sides = ((a.articles, b.articles), (a.laws, b.laws), (a.local, b.local), (a.kinds[:1], b.kinds[:1]))
        return any(not set(here).isdisjoint(there) for here, there in sides)

    def reasons(self, one: int, other: int) -> tuple[Reason, ...]:
        """Why two rows are alike, the strongest kind of ground first: rule, obstacle kind, concepts, domains, words.

        Only vocabulary, concepts and ordinary Dutch words: a record need not be cleared to be compared.
        """
        return self.reasons_of([(one, other)])[0]

    def reasons_of(self, pairs: Sequence[tuple[int, int]]) -> list[tuple[Reason, ...]]:
        """The reasons of many pairs; each is found once, whichever of the two comes first, and then remembered."""
        keys = [(min(pair), max(pair)) for pair in pairs]
        fresh = [key for key in dict.fromkeys(keys) if key not in self._found]
        for top in range(0, len(fresh), BLOCK):
            for pair, concepts, words in self._shared_terms(fresh[top : top + BLOCK]):
                self._found[pair] = self._grounds(*pair, concepts, words)
        return [self._found[key] for key in keys]

    def _grounds(self, one: int, other: int, concepts: Sequence[str], words: Sequence[str]) -> tuple[Reason, ...]:
        a, b = self.vectors.cases[one], self.vectors.cases[other]
        articles = _shared(a.articles, b.articles)
        told = {name.partition(":")[0] for name in articles}
        laws = tuple(law for law in _shared(a.laws, b.laws) if law not in told)
        main = a.kinds[:1] if a.kinds[:1] == b.kinds[:1] else ()
        found = (
            ("artikel", articles),
            ("lokaal", tuple(ordinary(name) for name in _shared(a.local, b.local))),
            ("wet", laws),
            ("knelpuntsoort", main),
            ("knelpuntsoorten", tuple(kind for kind in _shared(a.kinds, b.kinds) if kind not in main)),
            ("begrip", tuple(concepts)),
            ("leefgebied", _shared(a.domains, b.domains)),
            ("woorden", tuple(words)),
        )
        said = self._said
        return tuple(said.get(ground) or said.setdefault(ground, Reason(*ground)) for ground in found if ground[1])

    @cached_property
    def _found(self) -> dict[tuple[int, int], tuple[Reason, ...]]:
        return {}

    @cached_property
    def _said(self) -> dict[tuple[str, tuple[str, ...]], Reason]:
        return {}

    def _shared_terms(self, pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], list[str], list[str]]]:
        """Each pair with the concepts and the ordinary words that both hold: a few that weigh most, those first."""
        names, first_word, terms = self._shown
        left, right = (terms[rows] for rows in np.array(pairs, np.intp).reshape(-1, 2).T)
        both = csr_matrix(left.multiply(right))
        slot = 2 * np.repeat(np.arange(len(pairs)), np.diff(both.indptr)) + (both.indices >= first_word)
        weight = np.rint(both.data.astype(np.float64) * MILLION).astype(np.int64)
        # one number that rises with the slot, falls with the weight and rises with the name sorts fast
        ordered = np.sort((slot * 2 * MILLION + MILLION - weight) * max(len(names), 1) + both.indices)
        slot.sort()
        shown = np.arange(len(slot)) - np.searchsorted(slot, slot) < SHOWN_TERMS
        found: list[list[str]] = [[] for _ in range(2 * len(pairs))]
        for at, term in zip(slot[shown].tolist(), (ordered[shown] % max(len(names), 1)).tolist(), strict=True):
            found[at].append(names[term])
        return zip(pairs, found[::2], found[1::2], strict=True)

    @cached_property
    def _shown(self) -> tuple[list[str], int, csr_matrix]:
        """The concepts and then the words that a reason may name, each by name; the place of the first word; and which
        row holds them.
        """
        columns = {name: column for column, name in enumerate(self.vectors.term_names) if _is_ordinary(name)}
        concepts, words = (sorted(name for name in columns if name.startswith(sort)) for sort in (CONCEPT, WORD))
        terms = csr_matrix(self.vectors.terms[:, [columns[name] for name in (*concepts, *words)]]).sorted_indices()
        names = [name.removeprefix(CONCEPT) for name in concepts] + [name.removeprefix(WORD) for name in words]
        return names, len(concepts), terms


def compare(
    traits: Sequence[Traits], matcher: Matcher | None = None, likelihoods: Likelihoods | None = None
) -> Similarity:
    """The likelihood of every pair; a case is wholly like itself. Made in blocks, and of what the build before kept
    only the pairs with a row that changed.

    The matcher is the package's own if not given.
    """
    vectors = vectorise(traits, matcher or concept_matcher())
    size = len(traits)
    total = shared_table(size, size)
    digests = digest_rows(vectors) if likelihoods else ()
    known = likelihoods.lay(total, digests) if likelihoods else np.zeros(0, np.intp)
    fill = partial(_fill, total, vectors, _Columns(vectors), load_weights())
    blocks = _blocks(size, known)
    with threadpool_limits(1, "blas"):  # more threads wait for each other
        for _ in spread(fill, blocks) if len(blocks) > 1 else map(fill, blocks):
            pass
    np.fill_diagonal(total, 1.0)
    found = Similarity(vectors, total)
    if likelihoods:
        likelihoods.keep(total, digests, found.ids)
    return found


def _blocks(size: int, known: NDArray[np.intp]) -> list[tuple[_Rows, slice]]:
    """Rows and columns that together hold every pair once, or if some rows are known every pair with another one."""
    columns = [slice(left, min(left + BLOCK, size)) for left in range(0, size, BLOCK)]
    if not len(known):
        return [(rows, others) for rows in columns for others in columns if others.start >= rows.start]
    fresh = np.setdiff1d(np.arange(size), known)
    return [(fresh[top : top + BLOCK], others) for top in range(0, len(fresh), BLOCK) for others in columns]


def _fill(total: Matrix, vectors: Vectors, wide: _Columns, weights: Weights, block: tuple[_Rows, slice]) -> None:
    """Lay the likelihoods of one block into the table, on both its sides."""
    rows, others = block
    logit = np.full((len(vectors.kinds[rows]), others.stop - others.start), weights.constante, np.float32)
    for name, part in _parts(vectors, wide, rows, others):
        logit += np.multiply(part, np.float32(weights.delen[name]), out=part)
    likelihood = np.exp(np.negative(logit, out=logit), out=logit)
    likelihood += 1.0
    np.divide(1.0, likelihood, out=likelihood).round(6, out=likelihood)
    total[rows, others] = likelihood
    total[others, rows] = likelihood.T


def parts(vectors: Vectors) -> Iterator[tuple[str, Matrix]]:
    """The named parts over all pairs, one at a time so that few are in memory at once."""
    every = slice(0, len(vectors.cases))
    return _parts(vectors, _Columns(vectors), every, every)


class _Columns:
    """Terms and letters as they are multiplied, made once for all blocks."""

    def __init__(self, vectors: Vectors) -> None:
        self.terms, self.letters = (_split(rows) for rows in (vectors.terms, vectors.letters))


def _parts(vectors: Vectors, wide: _Columns, rows: _Rows, others: slice) -> Iterator[tuple[str, Matrix]]:
    yield "woorden en begrippen", _product(wide.terms, rows, others)
    yield "letters", _product(wide.letters, rows, others)
    yield "knelpuntsoorten", vectors.kinds[rows] @ vectors.kinds[others].T
    yield "leefgebieden", overlap(vectors.domains[rows], vectors.domains[others])
    yield "wetten", vectors.laws[rows] @ vectors.laws[others].T
    yield "andere wetten", disjoint(vectors.own_laws[rows], vectors.own_laws[others])
    yield "artikelen", rarest_shared(vectors.articles[rows], vectors.articles[others])
    yield "lokale regels", rarest_shared(vectors.local_rules[rows], vectors.local_rules[others])


def _shared(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(one).intersection(other))) if one and other else ()


def _split(rows: csr_matrix) -> tuple[csr_matrix, Matrix | None]:
    """The columns that few rows have, and apart those that many have, which multiply faster as a full matrix."""
    if rows.shape[0] <= BLOCK:
        return rows, None
    common = np.bincount(rows.indices, minlength=rows.shape[1]) > rows.shape[0] * COMMON
    return csr_matrix(rows[:, ~common]), np.asarray(rows[:, common].toarray(), np.float32)


def _product(split: tuple[csr_matrix, Matrix | None], rows: _Rows, others: slice) -> Matrix:
    """Cosine of rows of length one."""
    rare, common = split
    found = np.asarray((rare[rows] @ rare[others].T).toarray(), np.float32)
    if common is not None:
        found += common[rows] @ common[others].T
    return found


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
