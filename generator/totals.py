"""Totals: the money of several cases together, always with the number of cases that it speaks of.

A case without a figure changes no sum. What rests on an estimate is counted apart and never among what is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.money import EXCEPTION, SCENARIOS, Comparison, MoneyTable


@dataclass(frozen=True)
class Tally:
    """Euros, and the number of cases that they come from."""

    euros: Decimal = Decimal(0)
    cases: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.euros + other.euros, self.cases + other.cases)


@dataclass(frozen=True)
class ScenarioTotal:
    """One scenario over all cases. Every case is counted once: in `known`, `estimated`, `missing` or `silent`."""

    known: Tally = Tally()
    """Cases of which every figure is known."""
    estimated: Tally = Tally()
    """Cases of which no figure is missing and at least one is an estimate; the whole amount of such a case."""
    missing: int = 0
    """Cases of which a figure is missing; none of their figures is in a sum."""
    silent: int = 0
    """Cases that name no costs in this scenario."""


@dataclass(frozen=True)
class PayerTotal:
    """What one payer pays more in some cases and less in others, with the exception."""

    payer: str
    """Budget id."""
    more: Tally
    less: Tally
    cases: int
    """Cases in which it pays in either scenario, also if the amount stays the same."""

    @property
    def difference(self) -> Decimal:
        """Euros more over all cases; negative if less."""
        return self.more.euros - self.less.euros


@dataclass(frozen=True)
class ReturnTotal:
    """What the exception costs less than one other scenario, over the cases where both are filled."""

    saving: Tally = Tally()
    payers: tuple[PayerTotal, ...] = ()
    """Sorted by payer."""


@dataclass(frozen=True)
class CollectedMoney:
    """The money of a number of cases. `returns` and `guessed_returns` hold each scenario but the exception."""

    cases: int
    scenarios: Mapping[str, ScenarioTotal]
    returns: Mapping[str, ReturnTotal]
    """Over cases of which both scenarios are completely known."""
    guessed_returns: Mapping[str, ReturnTotal]
    """Over cases of which a figure of either scenario is an estimate, and none is missing."""
    horizons: tuple[int, ...]
    """The months over which cases with a figure in a sum were summed, each once, shortest first."""

    @property
    def has_figures(self) -> bool:
        """Some scenario of some case has all its figures."""
        return any(total.known.cases or total.estimated.cases for total in self.scenarios.values())


def collect(tables: Sequence[MoneyTable | None]) -> CollectedMoney:
    """The money of cases together; `None` stands for a case without cost lines. Independent of their order."""
    others = [name for name in SCENARIOS if name != EXCEPTION]
    comparisons = [comparison for table in tables if table for comparison in table.comparisons]
    return CollectedMoney(
        cases=len(tables),
        scenarios={name: _scenario(name, tables) for name in SCENARIOS},
        returns={name: _return(c for c in comparisons if c.other == name and not c.guessed) for name in others},
        guessed_returns={name: _return(c for c in comparisons if c.other == name and c.guessed) for name in others},
        horizons=tuple(sorted({t.horizon for t in tables if t and any(s.filled for s in t.totals.values())})),
    )


def _scenario(name: str, tables: Sequence[MoneyTable | None]) -> ScenarioTotal:
    known, estimated, missing, silent = Tally(), Tally(), 0, 0
    for table in tables:
        total = table.totals.get(name) if table else None
        if total is None:
            silent += 1
        elif total.missing:
            missing += 1
        elif total.guesses:
            estimated += Tally(total.together, 1)
        else:
            known += Tally(total.known, 1)
    return ScenarioTotal(known, estimated, missing, silent)


def _return(comparisons: Iterable[Comparison]) -> ReturnTotal:
    saving = Tally()
    more: dict[str, Tally] = {}
    less: dict[str, Tally] = {}
    cases: Counter[str] = Counter()
    for comparison in comparisons:
        saving += Tally(comparison.saving, 1)
        for shift in comparison.shifts:
            cases[shift.payer] += 1
            for tallies, euros in ((more, shift.more), (less, shift.less)):
                if euros:
                    tallies[shift.payer] = tallies.get(shift.payer, Tally()) + Tally(euros, 1)
    return ReturnTotal(
        saving,
        tuple(
            PayerTotal(payer, more.get(payer, Tally()), less.get(payer, Tally()), cases[payer])
            for payer in sorted(cases)
        ),
    )
