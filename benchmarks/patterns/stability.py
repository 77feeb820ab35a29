"""What adding a tenth of the cases does to the others.

A registry is made from nine tenths of the cases, taken in random order; then all cases are held against it. A case that
was in a pattern has moved if it is now in another that was there too, and has left if it is in none of those. Methods
without numbers get the benefit of the doubt: new groups are matched with old ones so that most cases stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score

from benchmarks.patterns.measures import Groups, labels
from generator.model import Case
from generator.reconcile import propose
from generator.registry import Registry
from generator.similarity import compare
from generator.vectors import traits_of

SHARE_OLD = 0.9
DATE = "2026-01-01"


@dataclass(frozen=True)
class Stability:
    """Means over the rounds, and the worst round; shares are of the cases that were in a group."""

    rounds: int
    ari: float
    """Agreement of the old cases' groups before and after."""
    moved: float
    left: float
    most_moved: float
    most_left: float


def registry_stability(cases: Sequence[Case], rounds: int, seed: int) -> Stability:
    """Ours: groups are patterns of a registry, known by their number."""

    def step(old: Sequence[Case], every: Sequence[Case]) -> tuple[Groups, Groups]:
        first = _proposed(Registry(), old)
        return _members(first), _members(_proposed(first, every))

    return _measured(cases, rounds, seed, step)


def matched_stability(
    group: Callable[[Sequence[Case]], Groups], cases: Sequence[Case], rounds: int, seed: int
) -> Stability:
    """Any method: cases grouped anew, and the new groups matched with the old."""

    def step(old: Sequence[Case], every: Sequence[Case]) -> tuple[Groups, Groups]:
        before, after = group(old), group(every)
        return before, match_groups(before, after)

    return _measured(cases, rounds, seed, step)


def match_groups(before: Groups, after: Groups) -> dict[str, Hashable]:
    """`after` with the names of the groups of `before` that they share most cases with, each name used once."""
    old, new = list(dict.fromkeys(before.values())), list(dict.fromkeys(after.values()))
    place_old, place_new = ({name: place for place, name in enumerate(names)} for names in (old, new))
    shared = np.zeros((len(old), len(new)))
    for (one, other), times in Counter((before[case], after[case]) for case in before if case in after).items():
        shared[place_old[one], place_new[other]] = times
    rows, columns = linear_sum_assignment(shared, maximize=True)
    names = {new[column]: old[row] for row, column in zip(rows, columns, strict=True) if shared[row, column]}
    return {case: names.get(name, ("new", name)) for case, name in after.items()}


def _measured(
    cases: Sequence[Case],
    rounds: int,
    seed: int,
    step: Callable[[Sequence[Case], Sequence[Case]], tuple[Groups, Groups]],
) -> Stability:
    aris, moves, leaves = [], [], []
    for old, every in _orders(cases, rounds, seed):
        before, after = step(old, every)
        ids = [case.id for case in old]
        aris.append(float(adjusted_rand_score(labels(ids, before), labels(ids, after))))
        known = set(before.values())
        elsewhere = [after.get(case) for case, name in before.items() if after.get(case) != name]
        moves.append(sum(name in known for name in elsewhere) / max(len(before), 1))
        leaves.append(sum(name not in known for name in elsewhere) / max(len(before), 1))
    return Stability(rounds, fmean(aris), fmean(moves), fmean(leaves), max(moves), max(leaves))


def _orders(cases: Sequence[Case], rounds: int, seed: int) -> Iterator[tuple[Sequence[Case], Sequence[Case]]]:
    """The old cases and all cases, in a new random order each round."""
    for number in range(rounds):
        order = sorted(cases, key=lambda case: case.id)
        Random(f"order/{seed}/{number}").shuffle(order)
        yield order[: round(SHARE_OLD * len(order))], order


def _proposed(registry: Registry, cases: Sequence[Case]) -> Registry:
    similarity = compare([traits_of(case) for case in cases])
    return propose(registry, similarity, _without_reasons, DATE).registry


def _without_reasons(members: Iterable[str]) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Reasons do not bear on who moves, and cost time."""
    return dict.fromkeys(members, (1.0, ()))


def _members(registry: Registry) -> dict[str, Hashable]:
    return {case: pattern.id for pattern in registry.patterns if pattern.active for case in sorted(pattern.cases)}
