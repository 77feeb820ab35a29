"""Counter-examples: cases that are alike and went the other way, with what the records say was different.

Two cases are alike if they are in one pattern, or if the likelihood that they belong together is above the floor and
they share a rule or their kind of obstacle. Nothing is said of a difference that only one of two records names, the
ground apart: a refusal often has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from generator.grouping import PatternEntry, place_name
from generator.model import UNKNOWN, Case, RuleReference
from generator.nearness import NEIGHBOUR_FLOOR, highest
from generator.similarity import Reason, Similarity

MOST = 3
"""Counter-examples named on a case page."""
HELD = frozenset({"geslaagd", "deels_geslaagd"})
FAILED = frozenset({"niet_gelukt"})
ALLOWED = frozenset({"mag", "moet", "mag_met_motivering"})
REFUSED = frozenset({"mag_niet"})

Side = Literal[-1, 0, 1]
_Sides = NDArray[np.int8]
"""How each row went: the outcome, and whether it was allowed."""
Name = Literal["uitkomst", "juridisch", "plaats", "periode", "grondslag", "door"]


@dataclass(frozen=True)
class Difference:
    """What one record says of something and the other says differently."""

    name: Name
    here: str | tuple[RuleReference, ...]
    """Of the case of the page: an id, a text, or rules; empty only for rules."""
    there: str | tuple[RuleReference, ...]
    """Of the counter-example."""


@dataclass(frozen=True)
class CounterExample:
    """A case that is alike and went the other way."""

    case: Case
    reasons: tuple[Reason, ...]
    """What both share, strongest first."""
    turned: tuple[Difference, ...]
    """How it went the other way: the outcome, whether it was allowed, or both."""
    differences: tuple[Difference, ...]
    """What else the records say was different: place, year, ground, who decided."""


def find_counterexamples(
    similarity: Similarity, cases: Sequence[Case], placed: Mapping[str, Sequence[PatternEntry]]
) -> Mapping[str, tuple[CounterExample, ...]]:
    """At most `MOST` counter-examples for every case id, those of its own patterns first, then the most alike.

    `cases` are in the order of the rows of `similarity`; `placed` are the patterns of a case by its id.
    """
    sides = np.array([(outcome_side(case), verdict_side(case)) for case in cases], np.int8).reshape(-1, 2)
    rows = {case.id: row for row, case in enumerate(cases)}
    beside = _opposed_beside(similarity, sides)
    pairs: list[tuple[int, int]] = []
    for row, case in enumerate(cases):
        together = sorted({rows[member.case] for pattern in placed.get(case.id, ()) for member in pattern.members})
        inside = _opposed_among(similarity, sides, row, together)
        apart = (other for other in beside(row) if other not in together and similarity.share_rule_or_kind(row, other))
        pairs += [(row, other) for other in islice(chain(inside, apart), MOST)]
    found: dict[str, tuple[CounterExample, ...]] = {case.id: () for case in cases}
    for (row, other), reasons in zip(pairs, similarity.reasons_of(pairs), strict=True):
        case = cases[row]
        found[case.id] += (_compare(case, cases[other], reasons),)
    return found


def _opposed_among(similarity: Similarity, sides: _Sides, row: int, others: Sequence[int]) -> list[int]:
    """A few of the others that went the other way than a row, the most alike first."""
    opposed = np.array(others, np.intp)
    opposed = opposed[(sides[row] * sides[opposed] < 0).any(axis=1)]
    found: list[int] = opposed[highest(similarity.total[row, opposed], MOST)].tolist()
    return found


def _opposed_beside(similarity: Similarity, sides: _Sides) -> Callable[[int], list[int]]:
    """Of a row those that may be called similar and went the other way, the most alike first."""
    near = similarity.near
    rows = np.repeat(np.arange(len(sides)), np.diff(near.indptr))
    opposed = (sides[rows] * sides[near.indices] < 0).any(axis=1)
    kept = np.flatnonzero(opposed & (near.data.astype(np.float64).round(6) >= NEIGHBOUR_FLOOR))
    starts, others = np.searchsorted(kept, near.indptr), near.indices[kept]
    return lambda row: others[starts[row] : starts[row + 1]].tolist()


def outcome_side(case: Case) -> Side:
    """1 if it succeeded, also in part; -1 if it did not; 0 if that is not known or not yet."""
    return _side(case.resultaat.status, HELD, FAILED)


def verdict_side(case: Case) -> Side:
    """1 if the record says that it was allowed or had to be; -1 if not; 0 if it does not say or opinions differ."""
    return _side(case.doorbraak.juridisch, ALLOWED, REFUSED)


def _side(word: str | None, yes: frozenset[str], no: frozenset[str]) -> Side:
    return 1 if word in yes else -1 if word in no else 0


def _compare(case: Case, other: Case, reasons: tuple[Reason, ...]) -> CounterExample:
    turned = []
    if outcome_side(case) * outcome_side(other) < 0:
        turned.append(Difference("uitkomst", case.resultaat.status, other.resultaat.status))
    if verdict_side(case) * verdict_side(other) < 0:
        turned.append(Difference("juridisch", case.doorbraak.juridisch or "", other.doorbraak.juridisch or ""))
    differences = []
    if _apart(case, other):
        differences.append(Difference("plaats", place_name(case) or "", place_name(other) or ""))
    years, others = _years(case), _years(other)
    if years and others and (years.stop <= others.start or others.stop <= years.start):
        differences.append(Difference("periode", case.periode, other.periode))
    here, there = _decider(case), _decider(other)
    if here and there and here != there:
        differences.append(Difference("door", here, there))
    if _plain(case.doorbraak.grondslag) != _plain(other.doorbraak.grondslag):
        differences.append(Difference("grondslag", case.doorbraak.grondslag, other.doorbraak.grondslag))
    return CounterExample(other, reasons, tuple(turned), tuple(differences))


def _apart(case: Case, other: Case) -> bool:
    """Both name a municipality, or both a province alone, and it is another one."""
    same_kind = bool(case.gemeente) == bool(other.gemeente)
    places = {place_name(case), place_name(other)}
    return same_kind and None not in places and len(places) == 2


def _years(case: Case) -> range:
    """The years of a period; none if it is not known."""
    if case.periode == UNKNOWN:
        return range(0)
    first, _, rest = case.periode.partition("-")
    last = first if not rest or rest.startswith("K") else rest
    return range(int(first), int(last) + 1)


def _decider(case: Case) -> str:
    """Who decided, as the record names the role; empty if it does not."""
    door = case.besluit.door if case.besluit else None
    return "" if door in {None, UNKNOWN} else str(door)


def _plain(rules: Iterable[RuleReference]) -> set[tuple[str | None, ...]]:
    """Rules without what they did in the case and when somebody looked."""
    return {(rule.wet, rule.artikel, rule.lid, rule.lokaal) for rule in rules}
