"""Findings held against the marks: what was found, what blocks, what is right, what is a false alarm."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.privacy.finders import Finder, Found
from benchmarks.privacy.labelled import Mark, Sentence

HARD = (
    "BSN", "IBAN", "PHONE", "EMAIL", "POSTCODE", "ADDRESS", "KENTEKEN", "DOB", "CASE_ID", "ID_DOC", "SOCIAL", "GPS",
)  # fmt: skip
"""Kinds that may never be published: no reviewed exception excuses them."""
NO_ORIGIN = frozenset({"nl-ambig", "initials", "morph", "evasion-name"})
"""Tags of sentences with names that say how a name is written, not where it comes from."""
HOME = "nl"
PERSON = "PERSON"

Read = Sequence[tuple[Sentence, Sequence[Found]]]
"""Every sentence with what was found in it."""


@dataclass(frozen=True)
class Recall:
    """Of a number of marks, how many were found."""

    marks: int
    found: int
    """Touched by any finding."""
    blocked: int
    """Touched by one that is more than a warning."""
    named: int
    """Touched by one of the mark's own kind."""

    def share(self, count: int) -> float:
        """A count as part of the marks."""
        return count / self.marks if self.marks else 0.0


@dataclass(frozen=True)
class Precision:
    """Of the findings with one label, how many are right."""

    findings: int
    right: int
    """Touch a mark of any kind."""
    named: int
    """Touch a mark of a kind that the label stands for."""
    clean: int
    """Stand in a clean sentence."""


@dataclass(frozen=True)
class Alarms:
    """Of the clean sentences, in how many something is found."""

    sentences: int
    alarmed: int
    blocked: int


def touches(found: Found, mark: Mark) -> bool:
    """Whether they have a character in common."""
    return found.start < mark.end and mark.start < found.end


def recall(read: Read, finder: Finder, wanted: Callable[[Sentence, Mark], bool]) -> Recall:
    """Over the marks that are wanted."""
    marks = found = blocked = named = 0
    for sentence, findings in read:
        for mark in sentence.marks:
            if wanted(sentence, mark):
                touching = [finding for finding in findings if touches(finding, mark)]
                marks += 1
                found += bool(touching)
                blocked += any(finding.blocks for finding in touching)
                named += any(mark.kind in finder.kinds_of(finding.label) for finding in touching)
    return Recall(marks, found, blocked, named)


def kinds_in(sentences: Iterable[Sentence]) -> tuple[str, ...]:
    """The kinds that occur: the hard ones first."""
    present = {mark.kind for sentence in sentences for mark in sentence.marks}
    return (*(kind for kind in HARD if kind in present), *sorted(present - set(HARD)))


def origins_in(sentences: Iterable[Sentence]) -> tuple[str, ...]:
    """Where the names come from: the majority first, the others by name."""
    tags = {s.tag for s in sentences if any(mark.kind == PERSON for mark in s.marks)} - NO_ORIGIN
    return tuple(sorted(tags, key=lambda tag: (tag != HOME, tag)))


def writings_in(sentences: Iterable[Sentence]) -> tuple[str, ...]:
    """The other tags of sentences with names."""
    return tuple(sorted({s.tag for s in sentences if any(mark.kind == PERSON for mark in s.marks)} & NO_ORIGIN))


def precisions(read: Read, finder: Finder) -> dict[str, Precision]:
    """By label, the labels sorted."""
    rows: dict[str, list[tuple[bool, bool, bool]]] = {}
    for sentence, findings in read:
        for found in findings:
            touched = [mark.kind for mark in sentence.marks if touches(found, mark)]
            named = any(kind in finder.kinds_of(found.label) for kind in touched)
            rows.setdefault(found.label, []).append((bool(touched), named, not sentence.marks))
    return {
        label: Precision(len(row), sum(r for r, _, _ in row), sum(n for _, n, _ in row), sum(c for _, _, c in row))
        for label, row in sorted(rows.items())
    }


def alarms(read: Read, tag: str | None = None, file: str | None = None) -> Alarms:
    """Over the clean sentences, or those with one tag, or of one file."""
    clean = [findings for s, findings in read if not s.marks and tag in {None, s.tag} and file in {None, s.file}]
    return Alarms(len(clean), sum(bool(f) for f in clean), sum(any(each.blocks for each in f) for f in clean))


def missed(read: Read) -> Iterator[tuple[Sentence, Mark]]:
    """The marks that nothing touches."""
    for sentence, findings in read:
        for mark in sentence.marks:
            if not any(touches(found, mark) for found in findings):
                yield sentence, mark


def clean_tags(sentences: Iterable[Sentence]) -> tuple[str, ...]:
    """The tags of clean sentences."""
    return tuple(sorted({sentence.tag for sentence in sentences if not sentence.marks}))
