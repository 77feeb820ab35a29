"""Levels: at which level of decision the obstacle of a case could have been taken away, and so which is the lowest
that works for a pattern. A reading of what the record says, by rules that the site tells in words; an editor may judge
otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.evidence import ENDED_WELL
from generator.model import GIVES_ROOM, UNKNOWN, Case, RuleReference
from generator.vocabulary import Vocabulary

LOWEST = "werkproces"
COLLEGE = "college-beleidsregel"
COUNCIL = "gemeente-verordening"
CONTRACT = "inkoop-contract"
ORDER = "rijk-amvb-mr"
ACT = "rijk-wet"
ALLOWED = frozenset({"mag", "moet", "mag_met_motivering"})
"""Answers to "is this allowed?" that mean that no rule had to change."""
OF_PRACTICE = frozenset({"uitvoering", "informatie"})
"""Causes that lie in how the work is done."""
ENOUGH = Fraction(1, 2)
"""A level works if it would have helped more than this part of the cases of which it can be told."""
_BY_LAW = re.compile(r"verordening", re.I)
_BOUGHT = re.compile(r"inkoop|contract|aanbested|subsidie|convenant|tarief", re.I)


@dataclass(frozen=True)
class Lift:
    """The lowest level at which the obstacle of a case goes away, and the ground: `ruimte`, `uitvoering`, `lokaal`,
    `wet_laat_ruimte` or `wet`.
    """

    case: str
    level: str
    ground: str


@dataclass(frozen=True)
class LevelStep:
    """One level with the cases that a decision there, or lower, would have helped."""

    level: str
    cases: tuple[str, ...]
    known: int
    """Cases of which a level can be told."""

    @property
    def works(self) -> bool:
        """It helps more than half of them."""
        return self.known > 0 and Fraction(len(self.cases), self.known) > ENOUGH


def lift(case: Case, vocabulary: Vocabulary) -> Lift | None:
    """Where the obstacle of a case could be lifted at the lowest; none if the record does not tell.

    Of several rules in the way each has to go, so the highest of their levels decides.
    """
    if case.doorbraak.juridisch in ALLOWED or _room_worked(case):
        return Lift(case.id, LOWEST, "ruimte")
    if case.knelpunt.oorzaak in OF_PRACTICE:
        return Lift(case.id, LOWEST, "uitvoering")
    in_the_way = [rule for rule in case.knelpunt.regels if rule.rol != "ruimte"]
    local = [rule.lokaal for rule in in_the_way if rule.lokaal]
    if local or case.knelpunt.oorzaak == "lokaal_beleid":
        level = max((_level_of_local(name) for name in local), key=_order(vocabulary).index, default=COLLEGE)
        return Lift(case.id, level, "lokaal")
    national = [_level_of_law(rule, vocabulary) for rule in in_the_way if rule.wet]
    if national:
        level = max(national, key=_order(vocabulary).index)
        return Lift(case.id, level, "wet" if level in {ORDER, ACT} else "wet_laat_ruimte")
    return Lift(case.id, ACT, "wet") if case.knelpunt.oorzaak == "wet" else None


def _room_worked(case: Case) -> bool:
    """A rule gave room, it was used, and the case ended well."""
    used = any(rule.rol in GIVES_ROOM for rule in case.doorbraak.grondslag)
    return used and case.resultaat.status in ENDED_WELL and case.doorbraak.juridisch in {None, UNKNOWN}


def climb(lifts: Iterable[Lift], vocabulary: Vocabulary) -> tuple[LevelStep, ...]:
    """Every level from low to high with the cases it would have helped."""
    known = sorted(lifts, key=lambda found: found.case)
    order = _order(vocabulary)
    return tuple(
        LevelStep(level, tuple(found.case for found in known if order.index(found.level) <= height), len(known))
        for height, level in enumerate(order)
    )


def lowest_that_works(steps: Sequence[LevelStep]) -> str | None:
    """The first level that helps more than half of the cases; none if no level can be told."""
    return next((step.level for step in steps if step.works), None)


def _order(vocabulary: Vocabulary) -> list[str]:
    return [level.id for level in vocabulary.niveaus]


def _level_of_local(name: str) -> str:
    """By the words of its name: a by-law is the council's, a contract is bought, all else is the college's."""
    if _BY_LAW.search(name):
        return COUNCIL
    return CONTRACT if _BOUGHT.search(name) else COLLEGE


def _level_of_law(rule: RuleReference, vocabulary: Vocabulary) -> str:
    """An article of which our list says that it leaves room can be filled in by the college."""
    parts = vocabulary.articles_by_number.get((str(rule.wet), rule.artikel or ""), ())
    if any(part.rol in GIVES_ROOM for part in parts):
        return COLLEGE
    law = vocabulary.law_by_id.get(str(rule.wet))
    return ORDER if law is not None and law.niveau.lower() in {"amvb", "ministeriële regeling"} else ACT
