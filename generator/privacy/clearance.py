"""Clearance: which records may be published. A `Cleared` can be made here alone, and a book is made of nothing else."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass
from hashlib import sha256

from generator.model import UNKNOWN, Case
from generator.parallel import spread_batches
from generator.privacy.collection.corpus import Level, Risk, assess, find_newly_unique
from generator.privacy.finding import mask
from generator.privacy.lists import load_lists
from generator.privacy.records import FOLDER
from generator.privacy.review import CORPUS_RULES, STALE, Review, Show, mask_names, name_is_clear, review_source
from generator.problems import Problem, sort_problems
from generator.progress import Track, untracked
from generator.source import Source, place_of
from generator.validation import Checked, Record
from generator.vocabulary import Vocabulary

_SEAL = object()
BATCH = 25
"""Files that a process reads at a time."""
MANY = 4
"""From so many batches they go over the processors."""
NOTICES = frozenset({"PRIV-UNIEK-GEWORDEN", "PRIV-INGETROKKEN"})
"""Codes that tell something and hold nothing back."""
UNTOLD = frozenset({"PRIV-UNIEK"})
"""Codes that are counted and not told: in a small collection nearly every record is unique on a few facts."""


@dataclass(frozen=True)
class Cleared:
    """A record in which the gate found nothing, or nothing that a reviewer did not excuse."""

    record: Record
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        """Raises `TypeError` for whoever makes one without the gate."""
        if seal is not _SEAL:
            raise TypeError("only the privacy gate clears a record")


@dataclass(frozen=True)
class Clearance:
    """The outcome for a collection."""

    cleared: tuple[Cleared, ...]
    """By file, as they were read."""
    withdrawn: tuple[str, ...]
    """Ids of records that were taken back."""
    problems: tuple[Problem, ...]
    """Everything that was found, masked, sorted; names of files as they may be printed."""
    held: tuple[str, ...]
    """Files that are kept back for it, as they may be printed."""
    excused: frozenset[tuple[str, str]]
    """Code and value of what reviewers let stand; in memory alone."""
    unique: int
    """Records that are the only one with some one or two facts."""
    untouched: frozenset[str] = frozenset()
    """Files in which nothing was found, not even what a reviewer let stand."""


def clear_records(
    checked: Checked,
    vocabulary: Vocabulary,
    show: Show = mask,
    earlier: Sequence[Case] = (),
    track: Track = untracked,
    folder: str = FOLDER,
    untouched: Container[str] = frozenset(),
) -> Clearance:
    """Put every file through the gate, and all records together; `earlier` is the collection as last released.

    `folder` is where the records stand: what comes before it in a name is no part of a record. `untouched` are files
    in which the gate found nothing when they were as they are now; these are not read again.
    """
    by_file = {record.file: record for record in checked.records}
    excused: set[tuple[str, str]] = set()
    problems: list[Problem] = []
    nothing = {source.file for source in checked.sources if source.file in untouched}
    unread = [source for source in checked.sources if source.file not in nothing]

    def review(source: Source) -> Review:
        record = by_file.get(source.file)
        return review_source(source.with_tree(), record.case if record else None, vocabulary, show, folder)

    load_lists()  # before there are copies of this process
    reviews = spread_batches(review, unread, BATCH, MANY)
    for reviewed in track("privacytoets", reviews, len(unread)):
        excused |= reviewed.excused
        problems += reviewed.problems
        if reviewed.clear and not reviewed.excused:
            nothing.add(reviewed.file)
    risks = _corpus_risks([record.case for record in checked.records], vocabulary, earlier)
    problems += _corpus_problems({record.case.id: record for record in checked.records}, risks)
    problems += (problem for record in by_file.values() for problem in _of_withdrawn(record))
    held = {problem.file for problem in problems if problem.code not in NOTICES}
    told = sort_problems(mask_names(problems, folder))
    return Clearance(
        cleared=tuple(Cleared(record, _SEAL) for file, record in by_file.items() if file not in held),
        withdrawn=tuple(
            record.case.id for record in checked.records if record.case.withdrawn and name_is_clear(record.case.id)
        ),
        problems=told,
        held=tuple(sorted({problem.file for problem in told if problem.code not in NOTICES})),
        excused=frozenset(excused),
        unique=len({risk.case for risk in risks if risk.code in UNTOLD}),
        untouched=frozenset(nothing),
    )


def _corpus_risks(cases: Sequence[Case], vocabulary: Vocabulary, earlier: Sequence[Case]) -> list[Risk]:
    shown = [case for case in cases if not case.withdrawn]
    before = [case for case in earlier if case.published]
    return [*assess(shown, vocabulary), *find_newly_unique(before, shown, vocabulary)]


def _corpus_problems(records: Mapping[str, Record], risks: Iterable[Risk]) -> Iterator[Problem]:
    """What the collection tells of its records, less what a reviewer excused; what excuses nothing is a fault."""
    used: set[tuple[str, str]] = set()
    for risk in risks:
        if risk.code in UNTOLD or risk.level is Level.NOTICE:
            continue
        record = records[risk.case]
        key = corpus_key(risk, record.case)
        exceptions = record.case.privacy.uitzonderingen if record.case.privacy else ()
        if risk.level is Level.WARNING and any((e.regel, e.sleutel) == (risk.code, key) for e in exceptions):
            used.add((risk.case, key))
            continue
        values = {**risk.values, "veld": ".".join(str(step) for step in risk.path), "sleutel": key}
        yield Problem(record.file, place_of(record.root, risk.path), risk.code, values)
    for record in records.values():
        for number, exception in enumerate(record.case.privacy.uitzonderingen if record.case.privacy else ()):
            if exception.regel in CORPUS_RULES and (record.case.id, exception.sleutel) not in used:
                place = place_of(record.root, ("privacy", "uitzonderingen", number))
                yield Problem(record.file, place, STALE, {"veld": "privacy.uitzonderingen"})


def corpus_key(risk: Risk, case: Case) -> str:
    """Binds an exception to the facts that were judged: another place, year or household, another key."""
    household = case.huishouden.model_dump() if case.huishouden else {}
    facts = [risk.case, risk.code, case.gemeente, case.provincie, case.periode, *case.leefgebieden]
    facts += [f"{name}={household[name]}" for name in sorted(household)]
    facts += [risk.values[name] for name in ("gebeurtenis", "feit", "feiten") if name in risk.values]
    return sha256("\n".join(str(fact) for fact in facts).encode()).hexdigest()[:12]


def _of_withdrawn(record: Record) -> Iterator[Problem]:
    """A case that was taken back has no text left in its file."""
    case = record.case
    if case.withdrawn and any(text != UNKNOWN for text in (case.situatie, case.knelpunt.tekst, case.doorbraak.tekst)):
        yield Problem(record.file, place_of(record.root, ("status",)), "PRIV-INGETROKKEN")
