"""TF-IDF: counted names as rows of length one, in which what few rows have counts more, as scikit-learn weighs them.

Counting is done here, since what a word holds need then be cut up only once. Before it is weighed a row is put in the
order in which its names were first seen, so that sums over a row come out the same every time. Scikit-learn is imported
where something is weighed: it takes as long to start as all else together, and most commands do without.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from scipy.sparse import csr_matrix


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


def weigh(counts: Counts) -> tuple[csr_matrix, tuple[str, ...]]:
    """The rows of TF-IDF, and the names of their columns, which are sorted; an empty row stays empty."""
    from sklearn.feature_extraction.text import TfidfTransformer

    found = counts.rows.sorted_indices()
    order = sorted(range(len(counts.names)), key=counts.names.__getitem__)
    place = np.empty(len(order), found.indices.dtype)
    place[order] = np.arange(len(order), dtype=place.dtype)
    named = csr_matrix((found.data, place[found.indices], found.indptr), shape=found.shape)
    rows = TfidfTransformer(sublinear_tf=True).fit_transform(named) if min(named.shape) else named
    return csr_matrix(rows), tuple(counts.names[column] for column in order)


def unit_sparse(rows: csr_matrix) -> csr_matrix:
    """Sparse rows made length one; an empty row stays empty."""
    from sklearn.preprocessing import normalize

    return csr_matrix(normalize(rows)) if min(rows.shape) else rows
