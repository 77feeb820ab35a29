"""Rare combinations: which sets of facts are shared by too few records (k^m), and the smallest of those (SUDA).

The attacker this thinks of knows up to m facts about a household and that it is in the collection. Every set of at
most m facts of a record must then be shared by at least k records. A set that fails makes every larger set fail, so
only the minimal ones are told: the fewer facts they need, the easier they are to know. Facts are (name, level) pairs;
a record is the set of its facts, and records with many life domains simply have more of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations

from generator.privacy.collection.facts import Item

K = 2
"""Records that must share a set of facts."""
M = 2
"""Facts that an attacker is taken to know."""

Items = tuple[Item, ...]
"""Facts in sorted order, each once."""


def count_sets(rows: Iterable[Items], m: int = M) -> Counter[Items]:
    """How many rows hold each set of one up to m facts. Rows are sorted and hold a fact once, and so are the sets."""
    counts: Counter[Items] = Counter()
    for row in rows:
        for size in range(1, m + 1):
            counts.update(combinations(row, size))
    return counts


def find_rare_sets(row: Items, counts: Mapping[Items, int], k: int = K, m: int = M) -> tuple[Items, ...]:
    """The minimal sets of at most m facts of `row` that fewer than k of the counted rows hold.

    Sorted by size, then by fact. `row` itself is among the counted rows.
    """
    return _rare(row, lambda part: counts.get(part, 0), k, m)


def find_rare_after(
    row: Items, changed: Items, counts: Mapping[Items, int], k: int = K, m: int = M
) -> tuple[Items, ...]:
    """The same for `changed`, if it took the place of `row` and all other rows stayed as they were counted."""
    old = frozenset(row)

    def support(part: Items) -> int:
        return counts.get(part, 0) + (not old.issuperset(part))

    return _rare(changed, support, k, m)


def _rare(row: Items, support: Callable[[Items], int], k: int, m: int) -> tuple[Items, ...]:
    found: list[Items] = []
    for size in range(1, m + 1):
        smaller = [frozenset(part) for part in found]
        for part in combinations(row, size):
            if support(part) < k and not any(less.issubset(part) for less in smaller):
                found.append(part)
    return tuple(found)
