"""Intake: the accepted states of other collections as values for a build, through our own checks once more.

Reads the disk and nothing else. A record that does not pass any more is left out by itself: nothing stops a build.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.accepted import CASES, PATTERNS, kept_files, named_sources, read_accepted
from generator.collection import SourceSetting, Stand, Wanted
from generator.crossing import Collection, TheirCase, TheirPattern
from generator.fetching import FetchError, fetch
from generator.model import Case
from generator.money import tabulate
from generator.privacy.clearance import clear_records
from generator.privacy.review import name_is_clear, review_patterns
from generator.problems import Problem, has_errors
from generator.registry import Registry, read_registry
from generator.structure import texts_of
from generator.validation import check_files
from generator.vocabulary import Vocabulary


@dataclass(frozen=True)
class Intake:
    """Everything that a build knows of other collections."""

    collections: tuple[Collection, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Remarks; none of them stops a build."""
    faults: tuple[Problem, ...] = ()
    """What is wrong in the settings themselves."""
    held: tuple[Case, ...] = ()
    """Cases that were accepted once and may not be shown."""
    excused: frozenset[tuple[str, str]] = frozenset()
    """Code and value of what reviewers there let stand."""

    @property
    def cases(self) -> tuple[Case, ...]:
        """All cases of others that may be shown."""
        return tuple(theirs.case for collection in self.collections for theirs in collection.cases)

    @property
    def texts(self) -> Iterator[str]:
        """What pages show of them, which the privacy gate read: their texts, and the links back."""
        for collection in self.collections:
            for theirs in collection.cases:
                yield from (*texts_of(theirs.case), collection.back(theirs.link))
            for pattern in collection.patterns:
                yield from (pattern.name, pattern.description or "", collection.back(pattern.link))


def hold_back(intake: Intake, ids: frozenset[str]) -> Intake:
    """The same without some cases, by id with prefix; they count as held back by the privacy gate."""
    if not ids:
        return intake
    collections = []
    for collection in intake.collections:
        cases = tuple(theirs for theirs in collection.cases if theirs.id not in ids)
        there = {theirs.case.id for theirs in cases}
        patterns = tuple(
            replace(pattern, cases=tuple(case for case in pattern.cases if case in there))
            for pattern in collection.patterns
            if there.intersection(pattern.cases)
        )
        shown = {pattern.id for pattern in patterns}
        cases = tuple(replace(c, patterns=tuple(number for number in c.patterns if number in shown)) for c in cases)
        held = collection.held + len(collection.cases) - len(cases)
        collections.append(replace(collection, cases=cases, patterns=patterns, held=held))
    away = tuple(theirs.case for c in intake.collections for theirs in c.cases if theirs.id in ids)
    return replace(intake, collections=tuple(collections), held=(*intake.held, *away))


def take_in(config: Path | None, vocabulary: Vocabulary) -> Intake:
    """The accepted state of every collection that the settings name, checked again; reads the disk and nothing else."""
    wanted, faults = named_sources(config)
    if config is None or faults:
        return Intake(faults=faults)
    each = [_take_one(config, one, vocabulary) for one in wanted]
    return Intake(
        collections=tuple(collection for part in each for collection in part.collections),
        problems=tuple(problem for part in each for problem in part.problems),
        held=tuple(case for part in each for case in part.held),
        excused=frozenset().union(*(part.excused for part in each)),
    )


def _take_one(config: Path, wanted: Wanted, vocabulary: Vocabulary) -> Intake:
    setting, stand = wanted.setting, read_accepted(config, wanted)
    if stand is None:
        none = Collection(setting.prefix, setting.naam, setting.licentie, setting.site or "", "", accepted=False)
        return Intake((none,), (wanted.problem("BRON-GEEN-STAND"),))
    cases, patterns = (kept_files(config, wanted, stand, name) for name in (CASES, PATTERNS))
    checked = check_files(cases, vocabulary)
    clearance = clear_records(checked, vocabulary, folder=f"{setting.prefix}/{CASES}")
    wrong = {problem.file for problem in checked.problems if has_errors([problem])}
    shown = [
        record.case
        for record in (cleared.record for cleared in clearance.cleared)
        if record.case.published and record.file not in wrong and record.case.id not in setting.zonder
    ]
    home = f"{setting.prefix}/{PATTERNS}"
    clear = [(name, data) for name, data in patterns if not any(review_patterns([(name, data)], vocabulary, home))]
    theirs = _patterns(setting.prefix, read_registry(clear)[0], {case.id for case in shown})
    times = {entry.id: entry.per_jaar for entry in vocabulary.perioden}
    collection = Collection(
        prefix=setting.prefix,
        name=stand.naam,
        licence=stand.licentie,
        site=stand.site or "",
        commit=stand.commit or "",
        cases=tuple(
            TheirCase(setting.prefix, case, tabulate(case, times), tuple(p.id for p in theirs if case.id in p.cases))
            for case in sorted(shown, key=lambda case: case.id)
        ),
        patterns=theirs,
        withdrawn=tuple(case for case in stand.ingetrokken if name_is_clear(case)),
        held=stand.aangehouden + len(clearance.held),
        faulty=len(wrong),
        behind=_is_behind(config, setting, stand),
    )
    told = {case.id for case in shown}
    return Intake(
        (collection,),
        tuple(_remarks(wanted, collection)),
        held=tuple(record.case for record in checked.records if record.case.id not in told),
        excused=clearance.excused,
    )


def _remarks(wanted: Wanted, collection: Collection) -> Iterator[Problem]:
    if collection.behind:
        yield wanted.problem("BRON-OUDE-STAND")
    if collection.held:
        yield wanted.problem("BRON-AANGEHOUDEN", aantal=str(collection.held))
    if collection.faulty:
        yield wanted.problem("BRON-PAST-NIET-MEER", aantal=str(collection.faulty))


def _is_behind(config: Path, setting: SourceSetting, stand: Stand) -> bool:
    """Whether what the settings ask for is something else than what was accepted."""
    if stand.content != setting.content:
        return True
    if setting.git:
        return False
    try:
        return fetch(setting, config.parent).digest != stand.inhoud
    except FetchError:
        return True


def _patterns(prefix: str, registry: Registry, there: set[str]) -> tuple[TheirPattern, ...]:
    """Their standing patterns with at least one case that can be read here, by number."""
    found = []
    for pattern in registry.patterns:
        cases = tuple(sorted(pattern.cases & there))
        if pattern.state in {"kandidaat", "vastgesteld", "opgelost"} and cases:
            name = pattern.naam or ""
            found.append(TheirPattern(prefix, pattern.id, name, pattern.omschrijving, pattern.state, cases))
    return tuple(found)
