"""Similarity to groups: average linkage, cut for precision. The same groups whatever the order of the rows.

Labels of groups stay inside this module: what leaves it is members.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from generator.nearness import NEIGHBOUR_FLOOR
from generator.similarity import Reason, Similarity

CUT = 0.62
"""Mean likelihood at which two groups still join. Chosen for precision: of the pairs it joins, 0.797 were right where
the weights had not seen their sources; at 0.40 that is 0.70, with little more found (docs/gelijkenis.md)."""

SLACK = 1e-5
"""Likelihoods are rounded; a pair this little below the cut still ties a piece together."""
FEW = 64
"""Rows of which it is looked at first whether they are one group."""


@dataclass(frozen=True)
class Member:
    """A case in a group: how near it is to the others on average (0 to 1), and what it shares with them."""

    case: str
    strength: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Clustering:
    """Groups of two or more cases, members nearest first; the cases that stand alone."""

    groups: tuple[tuple[Member, ...], ...]
    loose: tuple[str, ...]


def cluster(similarity: Similarity, cut: float = CUT) -> Clustering:
    """The groups that average linkage gives at `cut`, sorted by size (large first), then by their first id."""
    rows = [group for group in cluster_rows(similarity, range(len(similarity.ids)), cut) if len(group) > 1]
    groups = [_members(similarity, group) for group in rows]
    placed = {row for group in rows for row in group}
    loose = tuple(case for row, case in enumerate(similarity.ids) if row not in placed)
    return Clustering(tuple(sorted(groups, key=lambda g: (-len(g), min(m.case for m in g)))), loose)


def cluster_rows(similarity: Similarity, rows: Sequence[int], cut: float) -> list[list[int]]:
    """Some rows of a similarity in groups, each sorted, single rows included."""
    if len(rows) < 2 or _is_whole(similarity, rows, cut):
        return [list(rows)] if rows else []
    groups = [group for piece in _pieces(similarity, rows, cut) for group in _cluster_piece(similarity, piece, cut)]
    place = {row: place for place, row in enumerate(rows)}
    return sorted(groups, key=lambda group: place[group[0]])


def join_groups(similarity: Similarity, groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """Groups of which the means reach the cut become one, the most alike first; each sorted, by their first row."""
    whole = sorted(sorted(group) for group in groups)
    sums = _group_sums(similarity, whole)
    sizes = np.array([len(group) for group in whole])
    means = (sums / np.outer(sizes, sizes)).round(6)
    np.fill_diagonal(means, -1.0)
    while len(whole) > 1:
        one, other = divmod(int(np.argmax(means)), len(whole))
        if means[one, other] < CUT:
            break
        # the first of the two has the lower first row, so the groups stay in their order; the other stays empty
        whole[one], whole[other] = sorted(whole[one] + whole[other]), []
        sizes[one] += sizes[other]
        sums[one] += sums[other]
        sums[:, one] += sums[:, other]
        gone = means[one] < 0  # it itself, and what went up in another
        means[one] = np.where(gone, -1.0, (sums[one] / (sizes[one] * sizes)).round(6))
        means[:, one] = np.where(gone, -1.0, (sums[:, one] / (sizes[one] * sizes)).round(6))
        means[other] = means[:, other] = -1.0
    return [group for group in whole if group]


def group_means(similarity: Similarity, groups: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """Mean similarity between the members of every two groups."""
    sizes = np.array([len(group) for group in groups])
    rounded: NDArray[np.float64] = (_group_sums(similarity, groups) / np.outer(sizes, sizes)).round(6)
    return rounded


def _group_sums(similarity: Similarity, groups: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """Sum of the similarities between the members of every two groups; no group is empty."""
    sums = np.zeros((len(groups), len(groups)))
    if not groups:
        return sums
    rows = np.concatenate([np.asarray(group, np.intp) for group in groups])
    starts = np.cumsum([0, *(len(group) for group in groups[:-1])])
    for index, group in enumerate(groups):
        sums[index] = np.add.reduceat(similarity.total[list(group)].sum(axis=0, dtype=np.float64)[rows], starts)
    return sums


def _is_whole(similarity: Similarity, rows: Sequence[int], cut: float) -> bool:
    """Whether every pair of a few rows is above the cut, so that every mean is and no tree is needed."""
    return len(rows) <= FEW and bool((similarity.total[np.ix_(rows, rows)] >= cut + SLACK).all())


def _pieces(similarity: Similarity, rows: Sequence[int], cut: float) -> list[list[int]]:
    """The rows in pieces between which no pair reaches the cut: a mean over such pairs does not reach it either. Below
    the floor of what is called similar all rows are one piece.
    """
    from scipy.sparse.csgraph import connected_components

    least = cut - SLACK
    if least < NEIGHBOUR_FLOOR:
        return [list(rows)]
    place = np.full(len(similarity.ids), -1)
    place[rows] = np.arange(len(rows))
    near = csr_matrix(similarity.near[rows])
    ones = np.repeat(np.arange(len(rows)), np.diff(near.indptr))[near.data >= least]
    others = place[near.indices[near.data >= least]]
    pairs = ones[others >= 0], others[others >= 0]
    near = csr_matrix((np.ones(len(pairs[0]), bool), pairs), shape=(len(rows), len(rows)))
    _, labels = connected_components(near, directed=False)
    pieces: dict[int, list[int]] = {}
    for row, label in zip(rows, labels, strict=True):
        pieces.setdefault(int(label), []).append(row)
    return list(pieces.values())


def _cluster_piece(similarity: Similarity, rows: list[int], cut: float) -> list[list[int]]:
    if len(rows) < 2 or _is_whole(similarity, rows, cut):
        return [rows]
    from scipy.cluster.hierarchy import fcluster, linkage

    distance = np.empty(len(rows) * (len(rows) - 1) // 2)
    chosen = np.array(rows)
    start = 0
    for place, row in enumerate(rows[:-1], 1):  # row by row: each is rounded while it is at hand
        beside = np.subtract(1.0, similarity.total[row].take(chosen[place:]), dtype=np.float64)
        np.maximum(beside, 0.0, out=beside).round(6, out=distance[start : start + len(beside)])
        start += len(beside)
    tree = linkage(distance, "average")
    members: dict[int, list[int]] = {}
    for row, label in zip(rows, fcluster(tree, 1.0 - cut, "distance"), strict=True):
        members.setdefault(int(label), []).append(row)
    return list(members.values())


def _members(similarity: Similarity, group: list[int]) -> tuple[Member, ...]:
    members = []
    for row in group:
        others = [other for other in group if other != row]
        strength = float(np.mean([similarity.total[row, other] for other in others]))
        nearest = min(others, key=lambda other: (-round(float(similarity.total[row, other]), 6), other))
        members.append(Member(similarity.ids[row], round(strength, 3), similarity.reasons(row, nearest)))
    return tuple(sorted(members, key=lambda member: (-member.strength, member.case)))
