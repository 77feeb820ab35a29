"""TF-IDF: counted names as rows of length one, in which what few rows have counts more.

How rare a name is goes in steps, and values stand on a grid. So one text that is edited changes no other row, but those
that hold a name which passed a step; and sums over products of two rows are exact, whatever the order of adding up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

DIGITS = 4
"""Binary digits of a count that say how rare a name is: to 16 each number by itself, then 18, 20, 22 to 32, then 36."""
GRID = 2048
"""Points of the grid between 0 and 1."""


@dataclass(frozen=True)
class Counts:
    """How often each name is in each row."""

    rows: csr_matrix
    names: tuple[str, ...]
    """Of the columns."""


def count_names(lists: Iterable[Sequence[str]]) -> Counts:
    """One row a list, one column a name in the order in which they are first seen."""
    place = defaultdict[str, int](count().__next__)
    columns: list[int] = []
    ends = [0]
    for names in lists:
        columns += map(place.__getitem__, names)
        ends.append(len(columns))
    found = _sparse([1.0] * len(columns), columns, ends, len(place))
    found.sum_duplicates()
    return Counts(found, tuple(place))


def collect(rows: Iterable[Mapping[str, float]], names: Sequence[str] = ()) -> Counts:
    """Rows that are counted already; columns are `names`, and then what else there is as it is first seen."""
    place = {name: column for column, name in enumerate(names)}
    columns: list[int] = []
    counts: list[float] = []
    ends = [0]
    for row in rows:
        columns += [place.setdefault(name, len(place)) for name in row]
        counts += row.values()
        ends.append(len(columns))
    return Counts(_sparse(counts, columns, ends, len(place)), tuple(place))


def _sparse(values: Sequence[float], columns: Sequence[int], ends: Sequence[int], width: int) -> csr_matrix:
    return csr_matrix(
        (np.array(values, np.float32), np.array(columns, np.int32), np.array(ends, np.int32)),
        shape=(len(ends) - 1, width),
    )


def by_name(counts: Counts) -> Counts:
    """The same counts with their columns in the order of the names."""
    order = sorted(range(len(counts.names)), key=counts.names.__getitem__)
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    rows = csr_matrix((counts.rows.data, place[counts.rows.indices], counts.rows.indptr), shape=counts.rows.shape)
    return Counts(rows.sorted_indices(), tuple(counts.names[column] for column in order))


def weigh(counts: Counts, digits: int = DIGITS) -> csr_matrix:
    """The rows of TF-IDF, not on the grid yet; an empty row stays empty. Columns must be in the order of names."""
    rows = counts.rows
    held_by = np.bincount(rows.indices, minlength=rows.shape[1])
    values = (1.0 + np.log(rows.data.astype(np.float64))) * (1.0 + rarity(held_by, rows.shape[0], digits))[rows.indices]
    return unit_sparse(csr_matrix((values, rows.indices, rows.indptr), shape=rows.shape))


def rarity(counts: NDArray[Any], total: int, digits: int = DIGITS) -> NDArray[np.float64]:
    """The logarithm of how rare, both counted in steps: 0 for what every row has."""
    rare: NDArray[np.float64] = np.log((1.0 + in_steps(np.array(total), digits)) / (1.0 + in_steps(counts, digits)))
    return rare


def in_steps(counts: NDArray[Any], digits: int = DIGITS) -> NDArray[np.float64]:
    """Counts of which only the first binary digits are kept."""
    part, power = np.frexp(np.asarray(counts, np.float64))
    return np.asarray(np.ldexp(np.floor(np.ldexp(part, digits)), power - digits), np.float64)


def unit_sparse(rows: csr_matrix) -> csr_matrix:
    """Sparse rows made length one, each added up in the order of its own columns; an empty row stays empty."""
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    lengths = np.sqrt(np.bincount(row, rows.data.astype(np.float64) ** 2, rows.shape[0]))
    return csr_matrix((rows.data / lengths[row], rows.indices, rows.indptr), shape=rows.shape)


def on_grid(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """Values at the nearest point of the grid: of products of two, a sum below four is exact in 32 bits."""
    return np.asarray(np.rint(values * GRID) / GRID, np.float32)


def grid_rows(rows: csr_matrix) -> csr_matrix:
    """Sparse rows with their values on the grid."""
    return csr_matrix((on_grid(rows.data), rows.indices, rows.indptr), shape=rows.shape)
