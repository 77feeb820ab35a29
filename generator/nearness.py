"""Nearness: of a table of likelihoods what is nearest, in an order that is the same whatever made the table.

Likelihoods that are the same to six decimals stand in the order of their rows.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

NEIGHBOUR_FLOOR = 0.05
"""Below this likelihood a case is not called similar: of such pairs fewer than one in twenty belong together."""
SAME = 2e-6
"""Values further apart than this differ in six decimals."""
BLOCK = 1024
"""Rows that are looked at at a time."""
MILLION = 1_000_000


def highest(values: NDArray[np.floating[Any]], count: int) -> list[int]:
    """The places of the `count` highest values, highest first; what is the same to six decimals by place."""
    places = np.arange(len(values))
    if count < len(values):
        least = np.partition(values, len(values) - count)[len(values) - count]
        places = np.flatnonzero(values >= least - SAME)
    order = np.argsort(-values[places].astype(np.float64).round(6), kind="stable")
    found: list[int] = places[order[:count]].tolist()
    return found


def near_pairs(total: NDArray[np.float32], floor: float) -> csr_matrix:
    """Of every row what is not below `floor`, nearest first: few of all pairs, so that these need not be sought again.

    What is below it by less than shows in six decimals is there as well.
    """
    size = len(total)
    blocks = [_near_rows(total[top : top + BLOCK], floor - SAME) for top in range(0, max(size, 1), BLOCK)]
    columns, counts = (np.concatenate(part) for part in zip(*blocks, strict=True))
    rows = np.repeat(np.arange(size), counts)
    return csr_matrix((total[rows, columns], columns, np.cumsum([0, *counts])), shape=total.shape)


def _near_rows(rows: NDArray[np.float32], least: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The columns that are not below, row after row and each nearest first, and how many of each row there are."""
    size = rows.shape[1]
    flat = np.flatnonzero(rows >= least)
    row, column = np.divmod(flat, size)
    likely = np.rint(rows.ravel()[flat].astype(np.float64) * MILLION).astype(np.int64)
    # one number that rises with the row, falls with the likelihood and rises with the column sorts fast
    ordered = np.sort((row * 2 * MILLION + MILLION - likely) * size + column)
    return ordered % size, np.bincount(row, minlength=len(rows))
