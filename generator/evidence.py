"""Evidence: what the cases of one pattern show together. Counts of a collection, never an estimate of the country.

A case that its source made up (`fictief`, `samengesteld`) explains a rule and proves nothing: counts of what happened
leave it out and say how many there are. What a record does not say is counted as unsaid, never guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from generator.grouping import PatternEntry, place_name
from generator.model import UNKNOWN, Case, ChangeWish, RuleReference
from generator.money import MoneyTable
from generator.totals import CollectedMoney, collect
from generator.vocabulary import Vocabulary

INVENTED = frozenset({"fictief", "samengesteld"})
"""Origins of cases that did not happen to one household."""
READ_WHOLE = frozenset({"bron_gelezen", "redactie"})
"""How far the source was read for a case to count as read in full."""
ENDED_WELL = frozenset({"geslaagd", "deels_geslaagd"})
Counts = tuple[tuple[str, int], ...]
"""Words with how many cases have them, in the order of their list."""


@dataclass(frozen=True)
class Wish:
    """What the team of one case would change."""

    case: Case
    wish: ChangeWish


@dataclass(frozen=True)
class Tried:
    """A rule that was used to give room, with how the cases ended in which it was."""

    rule: RuleReference
    cases: tuple[str, ...]
    outcomes: Counts


@dataclass(frozen=True)
class Evidence:
    """What is known of the cases of one pattern. Only members that were accepted count, not those merely proposed."""

    cases: tuple[Case, ...]
    """By id."""
    invented: tuple[str, ...]
    """Ids of the cases that are made up."""
    read: int
    """Real cases whose source was read in full."""
    places: tuple[str, ...]
    """Municipalities and provinces of the real cases, each once."""
    years: Counts
    """First year of the period, with how many real cases, oldest first."""
    undated: int
    """Real cases without a known period."""
    outcomes: Counts
    regret: Counts
    """`ja` and `nee` as far as records say."""
    days: tuple[int, ...]
    """Days to the breakthrough as far as records say, shortest first."""
    agreed: tuple[int, ...]
    """How many colleagues agreed, as far as records say."""
    deciders: Counts
    """Mandates on which was decided."""
    legal: Counts
    """What records say of the law: `mag`, `moet`, `mag_niet` and so on."""
    tried: tuple[Tried, ...]
    """Rules that gave room, most used first."""
    wishes: tuple[Wish, ...]
    money: CollectedMoney
    """Sums over the real cases."""
    priced: int
    """Real cases with at least one known amount."""

    @property
    def real(self) -> tuple[Case, ...]:
        """The cases that happened."""
        return tuple(case for case in self.cases if case.id not in self.invented)

    @property
    def ended(self) -> int:
        """Real cases of which the end is known."""
        return sum(count for word, count in self.outcomes if word not in {UNKNOWN, "loopt"})

    @property
    def well(self) -> int:
        """Real cases that ended well, wholly or in part."""
        return sum(count for word, count in self.outcomes if word in ENDED_WELL)

    @property
    def middle_days(self) -> float | None:
        """The median of the days to the breakthrough; none if no record says them."""
        return median(self.days) if self.days else None


def gather(
    pattern: PatternEntry, cases: Mapping[str, Case], money: Mapping[str, MoneyTable | None], vocabulary: Vocabulary
) -> Evidence:
    """The evidence of a pattern; the order of its members does not matter."""
    members = sorted((cases[member.case] for member in pattern.settled if member.case in cases), key=lambda c: c.id)
    real = [case for case in members if case.herkomst not in INVENTED]
    years = Counter(case.periode[:4] for case in real if case.periode != UNKNOWN)
    return Evidence(
        cases=tuple(members),
        invented=tuple(case.id for case in members if case.herkomst in INVENTED),
        read=sum(case.verificatie in READ_WHOLE for case in real),
        places=tuple(sorted({place for case in real if (place := place_name(case))})),
        years=tuple(sorted(years.items())),
        undated=sum(case.periode == UNKNOWN for case in real),
        outcomes=_count("resultaten", (case.resultaat.status for case in real), vocabulary),
        regret=tuple(
            (word, count) for word in ("ja", "nee") if (count := sum(case.resultaat.spijt == word for case in real))
        ),
        days=_numbers(case.besluit.doorlooptijd_dagen for case in real if case.besluit),
        agreed=_numbers(case.besluit.akkoord for case in real if case.besluit),
        deciders=_count("mandaten", (case.besluit.mandaat for case in real if case.besluit), vocabulary),
        legal=_count("juridisch", (case.doorbraak.juridisch for case in real), vocabulary),
        tried=_tried(real, vocabulary),
        wishes=tuple(Wish(case, wish) for case in members for wish in case.wijziging),
        money=collect([money.get(case.id) for case in real]),
        priced=sum(_is_priced(money.get(case.id)) for case in real),
    )


def _is_priced(table: MoneyTable | None) -> bool:
    return table is not None and any(total.lines - total.missing - total.guesses for total in table.totals.values())


def _count(name: str, words: Iterable[str | None], vocabulary: Vocabulary) -> Counts:
    found = Counter(word for word in words if word)
    return tuple((word, found[word]) for word in vocabulary.labels[name] if word in found)


def _numbers(values: Iterable[int | str | None]) -> tuple[int, ...]:
    return tuple(sorted(value for value in values if isinstance(value, int)))


def _tried(cases: Sequence[Case], vocabulary: Vocabulary) -> tuple[Tried, ...]:
    """Rules by law, article and local name: a paragraph or a role does not make another rule of it."""
    users: dict[RuleReference, dict[str, Case]] = {}
    for case in cases:
        for rule in case.doorbraak.grondslag:
            bare = RuleReference(wet=rule.wet, artikel=rule.artikel, lokaal=rule.lokaal)
            users.setdefault(bare, {})[case.id] = case
    found = [
        Tried(
            rule, tuple(sorted(by)), _count("resultaten", (case.resultaat.status for case in by.values()), vocabulary)
        )
        for rule, by in users.items()
    ]
    return tuple(
        sorted(found, key=lambda t: (-len(t.cases), t.rule.wet or "~", t.rule.artikel or "", t.rule.lokaal or ""))
    )
