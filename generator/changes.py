"""Changes: what readers want to know since an earlier state of the collection. Pure: two states in, a list out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.model import Case
from generator.registry import HistoryLine, Pattern, Registry
from generator.written import Step


@dataclass(frozen=True)
class PatternChange:
    """One pattern with what happened to it: new history lines, a status that a person changed, and its proposal."""

    pattern: Pattern
    lines: tuple[HistoryLine, ...]
    status: str | None
    """The new status, if it is another than before."""
    taken_over: bool = False
    """An editor took over the proposal, or wrote it anew."""
    steps: tuple[Step, ...] = ()
    """New steps of the proposal."""


@dataclass(frozen=True)
class Changes:
    """What is new since `since`; an empty `since` means since the beginning."""

    since: str
    new_cases: tuple[Case, ...]
    edited_cases: tuple[Case, ...]
    withdrawn_cases: tuple[Case, ...]
    removed_cases: tuple[str, ...]
    patterns: tuple[PatternChange, ...]

    @property
    def empty(self) -> bool:
        """Nothing changed."""
        return not (self.new_cases or self.edited_cases or self.withdrawn_cases or self.removed_cases or self.patterns)


def find_changes(
    since: str, old_cases: Mapping[str, Case], cases: Sequence[Case], old: Registry, registry: Registry
) -> Changes:
    """Compare the collection with an earlier state of it; sorted by id and number."""
    shown = sorted((case for case in cases if case.published), key=lambda case: case.id)
    before = {case.id: case for case in old_cases.values() if case.published}
    now = {case.id for case in cases}
    return Changes(
        since=since,
        new_cases=tuple(case for case in shown if case.id not in before),
        edited_cases=tuple(case for case in shown if case.id in before and before[case.id] != case),
        withdrawn_cases=tuple(case for case in cases if case.withdrawn and case.id in before),
        removed_cases=tuple(sorted(case for case in before if case not in now)),
        patterns=tuple(_pattern_changes(old, registry)),
    )


def _pattern_changes(old: Registry, registry: Registry) -> list[PatternChange]:
    before = {pattern.id: pattern for pattern in old.patterns}
    found = []
    for pattern in registry.patterns:
        known = before.get(pattern.id)
        lines = pattern.geschiedenis[len(known.geschiedenis) if known else 0 :]
        status = pattern.state if known is None or known.state != pattern.state else None
        taken_over = pattern.voorstel is not None and (known is None or known.voorstel != pattern.voorstel)
        steps = pattern.stappen[len(known.stappen) if known else 0 :]
        if lines or status or taken_over or steps:
            found.append(PatternChange(pattern, lines, status, taken_over, steps))
    return found
