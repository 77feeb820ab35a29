"""Crossing: collections of others beside our own patterns. What is ours stays as it is: no member, count or number
changes; here stands which of their cases are like the members of our patterns, and which groups only show together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from generator.grouping import PatternEntry, explainer, place_name
from generator.model import UNKNOWN, Case
from generator.money import MoneyTable
from generator.reconcile import propose
from generator.registry import Pattern, PatternFile, RegisteredMember, Registry
from generator.similarity import compare
from generator.vectors import traits_of
from generator.vocabulary import Vocabulary

FOLDER = "verzamelingen"
"""Where the pages of other collections stand."""


@dataclass(frozen=True)
class TheirCase:
    """A case of another collection, which the privacy gate cleared here too."""

    prefix: str
    case: Case
    money: MoneyTable | None
    patterns: tuple[str, ...]
    """Numbers that their patterns have there, as far as they have a page here."""

    @property
    def id(self) -> str:
        """Its id with the prefix; never one of ours, which hold no point."""
        return f"{self.prefix}.{self.case.id}"

    @property
    def address(self) -> str:
        """Its page here."""
        return f"{FOLDER}/{self.prefix}/{self.link}"

    @property
    def link(self) -> str:
        """Its page on their own site, relative to the root of that."""
        return f"casussen/{self.case.id}/"


@dataclass(frozen=True)
class TheirPattern:
    """A pattern of another collection under the number that it has there."""

    prefix: str
    id: str
    name: str
    description: str | None
    state: str
    cases: tuple[str, ...]
    """Ids there of the members that can be read here."""

    @property
    def address(self) -> str:
        """Its page here."""
        return f"{FOLDER}/{self.prefix}/{self.link}"

    @property
    def link(self) -> str:
        """Its page on their own site, relative to the root of that."""
        return f"patronen/{self.id}/"


@dataclass(frozen=True)
class Collection:
    """Another collection as readers see it."""

    prefix: str
    name: str
    licence: str
    site: str
    """Address of their site, ending in a slash; empty if none is known."""
    commit: str
    """The commit that was accepted; empty for a folder."""
    cases: tuple[TheirCase, ...] = ()
    patterns: tuple[TheirPattern, ...] = ()
    withdrawn: tuple[str, ...] = ()
    held: int = 0
    """Cases that our privacy gate holds back."""
    faulty: int = 0
    """Cases that were accepted once and do not fit our lists any more."""
    accepted: bool = True
    """There is a state that was accepted."""
    behind: bool = False
    """The settings, or the folder, have another state, which is not accepted."""

    @property
    def address(self) -> str:
        """Its page here."""
        return f"{FOLDER}/{self.prefix}/"

    def back(self, link: str) -> str:
        """The address of one of their pages on their own site; empty if that is not known."""
        return f"{self.site}{link}" if self.site else ""

    @cached_property
    def case_by_id(self) -> Mapping[str, TheirCase]:
        """Its cases by the id that they have there."""
        return {theirs.case.id: theirs for theirs in self.cases}


@dataclass(frozen=True)
class Sighting:
    """A case of another collection that is like the members of a group: how sure (0 to 1), and why in words."""

    theirs: TheirCase
    strength: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Shared:
    """A group without a number that shows only when collections are laid together."""

    kind: str
    """The obstacle kind that most of its cases have."""
    ours: tuple[str, ...]
    """Ids of our own cases in it."""
    seen: tuple[Sighting, ...]


@dataclass(frozen=True)
class Joined:
    """Other collections, and what crosses."""

    collections: tuple[Collection, ...]
    seen: Mapping[str, tuple[Sighting, ...]]
    """By the id of our pattern: their cases that are like it, the surest first."""
    shared: tuple[Shared, ...]
    """The largest first."""

    @cached_property
    def by_prefix(self) -> Mapping[str, Collection]:
        """The collections by prefix."""
        return {collection.prefix: collection for collection in self.collections}

    @cached_property
    def pattern_of(self) -> Mapping[str, str]:
        """Our pattern that a case of theirs is like, by its id with prefix."""
        return {sighting.theirs.id: number for number, seen in self.seen.items() for sighting in seen}

    def places(self, number: str) -> tuple[str, ...]:
        """Where their cases beside one of our patterns were, sorted."""
        return tuple(sorted({place for s in self.seen.get(number, ()) if (place := place_name(s.theirs.case))}))


def join(
    patterns: Sequence[PatternEntry], cases: Sequence[Case], collections: Sequence[Collection], vocabulary: Vocabulary
) -> Joined:
    """Lay other collections beside our standing patterns and our cases; the order of what is given does not matter."""
    ours = sorted(cases, key=lambda case: case.id)
    theirs = sorted((case for collection in collections for case in collection.cases), key=lambda case: case.id)
    kept = tuple(sorted(collections, key=lambda collection: collection.prefix))
    if not theirs:
        return Joined(kept, {}, ())
    rows = [f"c{number:06}" for number in range(len(ours) + len(theirs))]
    every = [*ours, *(case.case for case in theirs)]
    similarity = compare([replace(traits_of(case), id=row) for row, case in zip(rows, every, strict=True)])
    row_of = {case.id: row for row, case in zip(rows, ours, strict=False)}
    case_of = dict(zip(rows[len(ours) :], theirs, strict=True))
    standing = sorted((entry for entry in patterns if entry.stands and entry.members), key=lambda entry: entry.id)
    held = _registry_of(standing, row_of)
    proposal = propose(held, similarity, explainer(similarity, vocabulary), UNKNOWN)
    seen: dict[str, tuple[Sighting, ...]] = {}
    shared = []
    for number, pattern in enumerate(proposal.registry.patterns):
        found = tuple(
            Sighting(case_of[member.casus], member.sterkte, member.redenen)
            for member in pattern.leden
            if member.casus in case_of
        )
        if number < len(standing) and found:
            seen[standing[number].id] = found
        elif number >= len(standing) and pattern.active:
            own = tuple(case.id for case in ours if row_of[case.id] in pattern.cases)
            if len({sighting.theirs.prefix for sighting in found} | ({""} if own else set())) > 1:
                kinds = Counter(every[int(row[1:])].knelpunt.soort for row in pattern.cases)
                shared.append(Shared(min(kinds, key=lambda kind: (-kinds[kind], kind)), own, found))
    shared.sort(key=lambda group: (-len(group.ours) - len(group.seen), group.ours, [s.theirs.id for s in group.seen]))
    return Joined(kept, seen, tuple(shared))


def _registry_of(standing: Sequence[PatternEntry], row_of: Mapping[str, str]) -> Registry:
    """Our patterns as a person would hold them: every member pinned, none split or merged."""
    held = []
    for number, entry in enumerate(standing, start=1):
        members = sorted(row_of[member.case] for member in entry.members)
        pattern = Pattern(
            id=f"P-{number:04}",
            status="vastgesteld",
            vast=tuple(members),
            leden=tuple(RegisteredMember(casus=row, sterkte=1.0) for row in members),
        )
        held.append(PatternFile("", pattern, ""))
    return Registry(tuple(held), {file.pattern.id: file.pattern.vast[0] for file in held})
