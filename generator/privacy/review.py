"""The verdict on a record: what the gate finds in its file, less what a reviewer excused with a reason.

A record is cleared when nothing is left, neither block nor warning. A finding is shown masked, never stored; only
`show`, meant for a person at her own screen, puts the value itself in the message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from generator.model import Case, PrivacyException
from generator.privacy import gate
from generator.privacy.finding import Finding, Weight, mask
from generator.privacy.records import (
    FILE_NAME,
    FOLDER,
    Lines,
    Segment,
    lines_of,
    may_tell,
    name_segments,
    own_parts,
    read_segments,
)
from generator.problems import Place, Problem
from generator.source import Source, parse_source, place_of
from generator.vocabulary import Vocabulary

STALE = "PRIV-UITZONDERING-OVER"
HARD = "PRIV-UITZONDERING-HARD"

Show = Callable[[str], str]
"""How a found value is shown: `mask`, or as it stands."""


@dataclass(frozen=True)
class Review:
    """What the gate says of one file."""

    file: str
    problems: tuple[Problem, ...]
    excused: frozenset[tuple[str, str]] = frozenset()
    """Code and value (lower case) of the findings that a reviewer let stand; in memory alone."""

    @property
    def clear(self) -> bool:
        """Nothing holds the record back."""
        return not self.problems


def review_source(
    source: Source, case: Case | None, vocabulary: Vocabulary, show: Show = mask, folder: str = FOLDER
) -> Review:
    """Everything in a file that may point at a person, less its reviewed exceptions. `case` is its record, if any."""
    return review_segments(source, case, read_segments(source, vocabulary, folder), show)


def review_segments(source: Source, case: Case | None, segments: Iterable[Segment], show: Show = mask) -> Review:
    """The same for who has read the segments of the file already."""
    lines = lines_of(source.text)
    exceptions = case.privacy.uitzonderingen if case is not None and case.privacy else ()
    by_key = {(exception.regel, exception.sleutel): i for i, exception in enumerate(exceptions)}
    used: set[int] = set()
    hard: set[int] = set()
    excused: set[tuple[str, str]] = set()
    problems: dict[tuple[Place, str, str], Problem] = {}
    for segment in segments:
        for finding in gate.find(segment.text):
            exception = by_key.get((finding.code, finding.key))
            if exception is not None and finding.weight is not Weight.HARD:
                used.add(exception)
                excused.add((finding.code, segment.text[finding.start : finding.end].lower()))
                continue
            if exception is not None:
                hard.add(exception)
            problem = _problem(source.file, segment, finding, lines, show)
            key = problem.code if segment.path == (FILE_NAME,) else finding.key
            problems.setdefault((problem.place, problem.code, key), problem)
    found = [*problems.values(), *_exception_problems(source, exceptions, used, hard)]
    return Review(source.file, tuple(found), frozenset(excused))


def _problem(file: str, segment: Segment, finding: Finding, lines: Lines, show: Show) -> Problem:
    place = segment.fixed or lines.place(segment.offset + finding.start)
    field = ".".join(str(step) for step in segment.path if not isinstance(step, int)) or "bestand"
    values = {"veld": field, "tekst": show(segment.text[finding.start : finding.end]), "sleutel": finding.key}
    return Problem(file, place, finding.code, values)


def _exception_problems(
    source: Source, exceptions: Sequence[PrivacyException], used: set[int], hard: set[int]
) -> Iterator[Problem]:
    """An exception that excuses nothing is a fault, and so is one for what can never be excused."""
    assert source.root is not None or not exceptions
    for number, exception in enumerate(exceptions):
        if source.root is None or number in used or exception.regel in CORPUS_RULES:
            continue
        place = place_of(source.root, ("privacy", "uitzonderingen", number))
        yield Problem(source.file, place, HARD if number in hard else STALE, {"veld": "privacy.uitzonderingen"})


def review_patterns(raw: Iterable[tuple[str, bytes]], vocabulary: Vocabulary, folder: str) -> Iterator[Problem]:
    """What points at a person in pattern files (name and bytes); nothing there can be excused."""
    for name, data in raw:
        yield from mask_names(review_source(parse_source(name, data), None, vocabulary, mask, folder).problems, folder)


CORPUS_RULES = frozenset(
    {"PRIV-HUISHOUDENS-WEINIG", "PRIV-KLEINE-GEMEENTE", "PRIV-ZELDZAAM-HUISHOUDEN", "PRIV-GEVOELIG-STAPEL"}
)
"""Codes that are judged over all records and can be excused; `clearance` matches their exceptions."""


def name_is_clear(name: str) -> bool:
    """Whether a file's name or a record's id holds nothing that points at a person."""
    return not any(gate.find(segment.text) for segment in name_segments(name))


def shown_name(file: str, folder: str = FOLDER) -> str:
    """The name of a file as it may be printed: own parts in which something was found are masked."""
    own = own_parts(file, folder)
    before = PurePosixPath(file).parts[: -len(own)] if own else PurePosixPath(file).parts
    shown = [_shown_part(part) if place == len(own) - 1 or may_tell(part) else part for place, part in enumerate(own)]
    return str(PurePosixPath(*before, *shown))


def _shown_part(part: str) -> str:
    found = any(gate.find(segment.text) for segment in name_segments(part))
    suffix = PurePosixPath(part).suffix if part.endswith((".yaml", ".yml")) else ""
    return (
        "-".join(mask(word) for word in part.removesuffix(suffix).replace("-", " ").split()) + suffix if found else part
    )


def mask_names(problems: Iterable[Problem], folder: str = FOLDER) -> Iterator[Problem]:
    """The same problems with the names of files as they may be printed."""
    known: dict[str, str] = {}
    for problem in problems:
        if problem.file not in known:
            known[problem.file] = shown_name(problem.file, folder)
        other = problem.values.get("ander")
        values = {**problem.values, "ander": shown_name(other, folder)} if other else problem.values
        yield replace(problem, file=known[problem.file], values=values)
