"""Acceptance: another collection from where it stands, through our own checks, into `bronnen/`.

A new state is accepted whole or not at all; a record in which the privacy gate finds something never gets into
`bronnen/`. Nothing here stops a build: whatever goes wrong is told, and the accepted state stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.accepted import CASES, PATTERNS, keep, read_accepted
from generator.collection import Stand, Wanted
from generator.fetching import FetchError, Limits, Snapshot, digest_of, fetch
from generator.ladder import check_proposals
from generator.privacy.clearance import clear_records
from generator.privacy.review import mask_names, review_patterns
from generator.problems import Place, Problem, Severity, sort_problems
from generator.registry import check_registry, read_registry
from generator.validation import check_files
from generator.vocabulary import Vocabulary

NEWER = frozenset({"VELD-ONBEKEND", "VELD-ONBEKEND-LIJKT", "WOORD-ONBEKEND", "WOORD-ONBEKEND-LIJKT"})
"""What a record of a newer schema, or with words of another site, shows."""


@dataclass(frozen=True)
class Manner:
    """How to take in a collection."""

    again: bool = False
    """Fetch and check the accepted commit once more."""
    write: bool = True
    """Keep what is accepted."""
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Verdict:
    """What our checks say of a fetched collection."""

    stand: Stand | None
    """The state that may be accepted; `None` if it is refused."""
    kept: Mapping[str, bytes]
    """The files to keep, by name."""
    problems: tuple[Problem, ...]
    """In files named by prefix; what is only a remark about their records is theirs to hear."""


@dataclass(frozen=True)
class Outcome:
    """What came of one attempt to take in a collection."""

    wanted: Wanted
    stand: Stand | None
    """What is accepted now, by this attempt or before."""
    changed: bool
    """Another state was accepted, or would have been."""
    problems: tuple[Problem, ...]
    """What is wrong there; with an error the state of before is kept."""


def update(config: Path, wanted: Wanted, vocabulary: Vocabulary, manner: Manner | None = None) -> Outcome:
    """Take in one collection if the settings name another state than the accepted one, or its folder changed."""
    manner = manner or Manner()
    setting, old = wanted.setting, read_accepted(config, wanted)
    if old and setting.git and old.content == setting.content and not manner.again:
        renamed = {"naam": setting.naam, "licentie": setting.licentie, "site": setting.site}
        return _accept(config, wanted, old, Verdict(old.model_copy(update=renamed), {}, ()), manner)
    try:
        snapshot = fetch(setting, config.parent, manner.limits)
    except FetchError as fault:
        return Outcome(wanted, old, False, (wanted.problem(fault.code, **fault.values),))
    return _accept(config, wanted, old, check_snapshot(wanted, snapshot, vocabulary), manner)


def _accept(config: Path, wanted: Wanted, old: Stand | None, verdict: Verdict, manner: Manner) -> Outcome:
    fresh = verdict.stand
    if fresh is None or fresh == old:
        return Outcome(wanted, old, False, verdict.problems)
    if not manner.write:
        return Outcome(wanted, old, True, verdict.problems)
    try:
        keep(config, wanted, fresh, verdict.kept)
    except OSError:
        problems = (*verdict.problems, wanted.problem("BRON-SCHRIJVEN"))
        return Outcome(wanted, read_accepted(config, wanted), False, problems)
    return Outcome(wanted, fresh, True, verdict.problems)


def check_snapshot(wanted: Wanted, snapshot: Snapshot, vocabulary: Vocabulary) -> Verdict:
    """Whether a collection is as good as our own has to be.

    A record in which the privacy gate finds something is left out; a pattern in which it does refuses all, since
    nothing there can be excused.
    """
    setting = wanted.setting
    every = [(f"{setting.prefix}/{name}", data) for name, data in (*snapshot.cases, *snapshot.patterns)]
    cases, patterns = (
        [(f"{setting.prefix}/{name}", data) for name, data in part if name.endswith(".yaml")]
        for part in (snapshot.cases, snapshot.patterns)
    )
    folder = f"{setting.prefix}/{setting.casussen}"
    checked = check_files(cases, vocabulary)
    registry, faults = read_registry(patterns)
    together = check_registry(registry, {record.case.id: record.case.withdrawn for record in checked.records})
    endings = (Problem(name, Place(), "BEST-EXTENSIE") for name, _ in every if not name.endswith(".yaml"))
    plain = [*checked.problems, *faults, *together, *check_proposals(registry, vocabulary), *endings]
    found = list(mask_names(plain, folder))
    found += review_patterns(patterns, vocabulary, f"{setting.prefix}/{setting.patronen}")
    clearance = clear_records(checked, vocabulary, folder=folder)
    published = [cleared.record for cleared in clearance.cleared if cleared.record.case.published]
    refused = [p for p in found if p.severity is Severity.ERROR or p.code.startswith("PRIV-")]
    if not refused and not published and not clearance.withdrawn:
        return Verdict(None, {}, (*clearance.problems, wanted.problem("BRON-LEEG", map=setting.casussen)))
    if refused:
        more = [wanted.problem("BRON-NIEUWER")] if any(p.code in NEWER for p in refused) else []
        more += [wanted.problem("BRON-GEWEIGERD", aantal=str(len(refused)))]
        return Verdict(None, {}, (*sort_problems(refused), *more))
    held = sum(record.case.published for record in checked.records) - len(published)
    bytes_of = dict(every)
    kept = {f"{CASES}/{record.case.id}.yaml": bytes_of[record.file] for record in published}
    kept |= {f"{PATTERNS}/{file.pattern.id}.yaml": bytes_of[file.file] for file in registry.files}
    stand = Stand(
        naam=setting.naam,
        licentie=setting.licentie,
        site=setting.site,
        map=setting.map,
        git=setting.git,
        commit=setting.commit,
        casussen=setting.casussen,
        patronen=setting.patronen,
        inhoud=snapshot.digest,
        bewaard=digest_of(sorted(kept.items())),
        aangehouden=held,
        ingetrokken=tuple(sorted(clearance.withdrawn)),
    )
    remarks = [wanted.problem("BRON-AANGEHOUDEN", aantal=str(held))] if held else []
    return Verdict(stand, kept, (*clearance.problems, *remarks))
