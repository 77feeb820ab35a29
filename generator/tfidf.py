"""TF-IDF: counted names as rows of length one, in which what few rows have counts more.

As scikit-learn has it, to the last digit: the logarithm of a count, times the logarithm of how rare its name is. Within
a row names stand in the order in which they were first seen, so that sums over a row come out the same every time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix


@dataclass(frozen=True)
class Counts:
    """How often each name is in each row."""

    rows: csr_matrix
    names: tuple[str, ...]
    """Of the columns."""


def count_names(lists: Iterable[Sequence[str]]) -> Counts:
    """One row a list, one column a name in the order in which they are first seen."""
    return collect(Counter(names) for names in lists)


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
    found = csr_matrix(
        (np.array(counts, np.float32), np.array(columns, np.int32), np.array(ends, np.int32)),
        shape=(len(ends) - 1, len(place)),
    )
    return Counts(found, tuple(place))


def weigh(counts: Counts) -> tuple[csr_matrix, tuple[str, ...]]:
    """The rows of TF-IDF, and the names of their columns, which are sorted; an empty row stays empty."""
    found = counts.rows.sorted_indices()
    size, width = found.shape
    order = sorted(range(width), key=counts.names.__getitem__)
    place = np.empty(width, found.indices.dtype)
    place[order] = np.arange(width, dtype=place.dtype)
    columns = place[found.indices]
    held = np.bincount(columns, minlength=width).astype(np.float32) + np.float32(1.0)
    rarity = np.log(np.float32(size + 1.0) / held) + np.float32(1.0)
    data = np.log(found.data)
    data += np.float32(1.0)
    data *= rarity[columns]
    return (
        unit_sparse(csr_matrix((data, columns, found.indptr), shape=found.shape)),
        tuple(counts.names[column] for column in order),
    )


def unit_sparse(rows: csr_matrix) -> csr_matrix:
    """Sparse rows made length one; an empty row stays empty."""
    sizes = np.diff(rows.indptr)
    # squares are added up one by one, in the order of the row
    owners = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    lengths: NDArray[np.float64] = np.sqrt(np.bincount(owners, rows.data * rows.data, len(sizes)))
    lengths[lengths == 0.0] = 1.0
    data = (rows.data / lengths[owners]).astype(np.float32)
    return csr_matrix((data, rows.indices, rows.indptr), shape=rows.shape)
