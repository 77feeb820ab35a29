"""Money of one case: sums per scenario and payer over the horizon, and what the exception costs beside the others.

All in exact decimals. A missing figure stays missing: it is counted, never guessed. Known and estimated sums are kept
apart, and so are comparisons that rest on an estimate. Who the unknown payer is stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from generator.model import UNKNOWN, Case, CostLine, Scenario

SCENARIOS = ("niets_doen", "regulier", "maatwerk")
"""The three standing questions, in the order in which they are asked."""
EXCEPTION = "maatwerk"
"""The scenario that the other ones are compared with."""
DEFAULT_HORIZON = 12
"""Months over which costs are summed unless the record says otherwise."""


@dataclass(frozen=True)
class Sum:
    """Euros over the horizon. `missing` counts cost lines without a figure."""

    known: Decimal = Decimal(0)
    estimated: Decimal = Decimal(0)
    missing: int = 0
    lines: int = 0
    guesses: int = 0
    """Cost lines whose figure is an estimate."""

    @property
    def complete(self) -> bool:
        """There are cost lines, and each of them has a known figure."""
        return self.lines > 0 and not self.missing and not self.guesses

    @property
    def filled(self) -> bool:
        """There are cost lines, and each of them has a figure, known or estimated."""
        return self.lines > 0 and not self.missing

    @property
    def together(self) -> Decimal:
        """Known and estimated euros in one figure, which is an estimate as soon as a part of it is."""
        return self.known + self.estimated

    def __add__(self, other: Sum) -> Sum:
        return Sum(
            self.known + other.known,
            self.estimated + other.estimated,
            self.missing + other.missing,
            self.lines + other.lines,
            self.guesses + other.guesses,
        )


@dataclass(frozen=True)
class Shift:
    """What one payer pays more and less with the exception than in another scenario; both zero if it stays the same.

    Only the unknown payer can have both: nobody knows whether it is the same payer in both scenarios.
    """

    payer: str
    """Budget id."""
    more: Decimal
    less: Decimal


@dataclass(frozen=True)
class Comparison:
    """The exception beside one other scenario of a case. Neither of them misses a figure."""

    other: str
    """Key of the other scenario."""
    saving: Decimal
    """What the exception costs less; negative if it costs more."""
    guessed: bool
    """A figure of either scenario is an estimate, and so is every amount here."""
    shifts: tuple[Shift, ...]
    """Everybody who pays in either scenario, sorted by payer."""


@dataclass(frozen=True)
class MoneyTable:
    """Payer by scenario. `totals` and `payers` hold only scenarios that the record describes."""

    horizon: int
    payers: tuple[tuple[str, Mapping[str, Sum]], ...]
    """Budget id with its sum per scenario, sorted by id."""
    totals: Mapping[str, Sum]

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The exception beside each other scenario, where neither misses a figure; in the order of `SCENARIOS`."""
        own = self.totals.get(EXCEPTION)
        if own is None or not own.filled:
            return ()
        return tuple(
            Comparison(name, other.together - own.together, not (own.complete and other.complete), self._shifts(name))
            for name in SCENARIOS
            if name != EXCEPTION and (other := self.totals.get(name)) is not None and other.filled
        )

    @property
    def saving(self) -> Mapping[str, Decimal]:
        """What the exception costs less than each other scenario, where both are completely known; negative if more."""
        return {comparison.other: comparison.saving for comparison in self.comparisons if not comparison.guessed}

    def _shifts(self, other: str) -> tuple[Shift, ...]:
        found = []
        for payer, row in self.payers:
            if other in row or EXCEPTION in row:
                before, after = (row.get(name, Sum()).together for name in (other, EXCEPTION))
                same = Decimal(0) if payer == UNKNOWN else min(before, after)
                found.append(Shift(payer, after - same, before - same))
        return tuple(found)


def tabulate(case: Case, times_a_year: Mapping[str, int | None]) -> MoneyTable | None:
    """The money of a case; `None` if it has no cost line. `times_a_year` maps the word of `per` to a yearly number."""
    if case.scenarios is None:
        return None
    horizon = case.scenarios.horizon_maanden or DEFAULT_HORIZON
    by_payer: dict[str, dict[str, Sum]] = {}
    totals: dict[str, Sum] = {}
    for name in SCENARIOS:
        scenario: Scenario | None = getattr(case.scenarios, name)
        for line in scenario.kosten if scenario else ():
            amount = line_sum(line, horizon, times_a_year)
            row = by_payer.setdefault(line.budget or UNKNOWN, {})
            row[name] = row.get(name, Sum()) + amount
            totals[name] = totals.get(name, Sum()) + amount
    if not totals:
        return None
    return MoneyTable(horizon, tuple(sorted(by_payer.items())), totals)


def line_sum(line: CostLine, horizon: int, times_a_year: Mapping[str, int | None]) -> Sum:
    """One cost line over `horizon` months, rounded to cents."""
    if line.bedrag is None or line.per is None:
        return Sum(missing=1, lines=1)
    yearly = times_a_year.get(line.per)
    times = Decimal(1)
    if yearly is not None:
        times = Decimal(line.aantal) if line.aantal is not None else Decimal(yearly * horizon) / 12
    euros = (line.bedrag * times).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Sum(estimated=euros, lines=1, guesses=1) if line.zekerheid == "geschat" else Sum(known=euros, lines=1)


def total(sums: Iterable[Sum]) -> Sum:
    """The sum of sums; independent of their order."""
    result = Sum()
    for amount in sums:
        result = result + amount
    return result
