"""Overviews: the cases of a book by life domain and by place, what is new, and which patterns wait for more cases."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from generator.book import Book
from generator.changes import Changes
from generator.grouping import PATTERN_CASES, PatternEntry, place_name
from generator.model import Case
from generator.vocabulary import Term

MOST_NEW = 5
"""New cases, and new patterns, that a start page names."""
MOST_SOUGHT = 5
"""Patterns that a start page seeks cases for."""
OPEN = frozenset({"kandidaat", "vastgesteld"})
"""States of a pattern that still takes cases."""
_YEAR = re.compile(r"\b(?:19|20)[0-9][0-9]\b")


@dataclass(frozen=True)
class DomainEntry:
    """A life domain with its cases, newest period first, and the patterns that are mostly about it."""

    term: Term
    first: tuple[Case, ...]
    """The cases that name it first: what they were about most."""
    also: tuple[Case, ...]
    """The cases that name it after another."""
    patterns: tuple[PatternEntry, ...]

    @property
    def cases(self) -> tuple[Case, ...]:
        """All cases that name it."""
        return self.first + self.also


@dataclass(frozen=True)
class PlaceEntry:
    """A place as records publish it, with its cases, newest period first."""

    name: str
    kind: str
    """`gemeente`, or `provincie` if a record names no municipality."""
    cases: tuple[Case, ...]

    @property
    def anchor(self) -> str:
        """Its fragment on the page of places: letters and digits, whatever the name holds."""
        return f"{self.kind}-{sha256(self.name.encode()).hexdigest()[:8]}"


def index_domains(book: Book) -> tuple[DomainEntry, ...]:
    """The life domains that a case names, in the order of the vocabulary."""
    cases = newest_first(entry.case for entry in book.cases)
    found = []
    for term in book.vocabulary.terms["leefgebieden"]:
        first = tuple(case for case in cases if case.leefgebieden[0] == term.id)
        also = tuple(case for case in cases if term.id in case.leefgebieden[1:])
        patterns = tuple(pattern for pattern in book.patterns if _mostly(pattern, term.id, book))
        if first or also:
            found.append(DomainEntry(term, first, also, patterns))
    return tuple(found)


def index_places(book: Book) -> tuple[PlaceEntry, ...]:
    """Municipalities, then provinces of cases that name no municipality, by name. A shielded place is no place."""
    placed: dict[tuple[str, str], list[Case]] = {}
    for case in newest_first(entry.case for entry in book.cases):
        name = place_name(case)
        if name:
            placed.setdefault(("gemeente" if case.gemeente else "provincie", name), []).append(case)
    order = sorted(placed, key=lambda key: (key[0], key[1].casefold(), key[1]))
    return tuple(PlaceEntry(name, kind, tuple(placed[kind, name])) for kind, name in order)


def newest_first(cases: Iterable[Case]) -> tuple[Case, ...]:
    """Cases by the last year of their period, the latest first, those without a year last; then by title."""
    return tuple(sorted(cases, key=lambda case: (-_last_year(case.periode), case.titel.casefold(), case.id)))


def new_cases(changes: Changes) -> tuple[Case, ...]:
    """At most `MOST_NEW` cases that came since the release that `changes` counts from, newest period first."""
    return newest_first(changes.new_cases)[:MOST_NEW]


def new_patterns(book: Book, changes: Changes) -> tuple[PatternEntry, ...]:
    """At most `MOST_NEW` patterns of the book that something happened to, the last thing first."""
    shown = {pattern.id: pattern for pattern in book.patterns if pattern.stands and pattern.members}
    days = {
        change.pattern.id: max(
            [line.datum for line in change.lines] + [step.datum for step in change.steps], default=""
        )
        for change in changes.patterns
    }
    order = sorted(
        (number for number in days if number in shown), key=lambda number: (_backwards(days[number]), number)
    )
    return tuple(shown[number] for number in order[:MOST_NEW])


def sought(book: Book) -> tuple[PatternEntry, ...]:
    """At most `MOST_SOUGHT` patterns that lack cases to be more than a signal: those that lack the fewest first."""
    waiting = [
        pattern for pattern in book.patterns if pattern.state in OPEN and 0 < len(pattern.settled) < PATTERN_CASES
    ]
    return tuple(
        sorted(waiting, key=lambda p: (-len(p.settled), not p.registered, -p.strength, p.name, p.id))[:MOST_SOUGHT]
    )


def _mostly(pattern: PatternEntry, domain: str, book: Book) -> bool:
    """More than half of the cases of a pattern that takes cases name the domain."""
    named = sum(domain in book.case_by_id[member.case].leefgebieden for member in pattern.members)
    return pattern.state in OPEN and 2 * named > len(pattern.members)


def _last_year(period: str) -> int:
    return max(map(int, _YEAR.findall(period)), default=0)


def _backwards(day: str) -> int:
    """A day (`2026-11-22`) as a number that is smaller the later it is; no day comes last."""
    digits = re.sub(r"\D", "", day)
    return -int(digits) if digits else 0
