"""Similarity to groups: average linkage, cut for precision. The same groups whatever the order of the rows.

Labels of groups stay inside this module: what leaves it is members.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from generator.similarity import Reason, Similarity

CUT = 0.62
"""Mean likelihood at which two groups still join. Chosen for precision: of the pairs it joins, 0.797 were right where
the weights had not seen their sources; at 0.40 that is 0.70, with little more found (docs/gelijkenis.md)."""


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
    if len(rows) < 2:
        return [[row] for row in rows]
    distance = np.clip(1.0 - similarity.total[np.ix_(list(rows), list(rows))].astype(np.float64), 0.0, None).round(6)
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform((distance + distance.T) / 2, checks=False), "average")
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
