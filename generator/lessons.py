"""Lessons: the course with for each lesson the case of this collection that shows it best.

A lesson names cases that fit best. Where none of them is in the book, or it no longer holds what the lesson shows, the
first other case that does takes its place; where there is none, the lesson says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from generator.book import Book, CaseEntry
from generator.course import Lesson, Quality, load_course
from generator.grouping import PATTERN_CASES, PatternEntry
from generator.model import UNKNOWN, Reasoning
from generator.money import SCENARIOS
from generator.proposals import Proposal
from generator.structure import texts_of

WORDS_A_MINUTE = 180
"""Words that somebody who studies reads in a minute; our own estimate, on the slow side."""
VALUES = ("rechtmatigheid", "rendement", "betrokkenheid", "gelijkheid")
"""The four values on which a decision rests."""
ENOUGH_VALUES = 2
"""Values of which a case must say something to show the others as missing."""
_MADE_UP = frozenset({"fictief", "samengesteld"})
_READ = ("redactie", "bron_gelezen")


@dataclass(frozen=True)
class LessonExample:
    """The case of a lesson, with the pattern and the proposal that it leads to."""

    entry: CaseEntry
    pattern: PatternEntry | None
    proposal: Proposal | None


@dataclass(frozen=True)
class LessonEntry:
    """One lesson as readers see it."""

    number: int
    """From 1; its address."""
    lesson: Lesson
    example: LessonExample | None
    minutes: int
    """About how long it takes to read."""


def index_lessons(book: Book, course: Sequence[Lesson] | None = None) -> tuple[LessonEntry, ...]:
    """The lessons of a course (ours if none is given) with their cases, in the order of the course."""
    lessons = load_course() if course is None else course
    examples = list_examples(book)
    return tuple(_entry(number, lesson, examples) for number, lesson in enumerate(lessons, start=1))


def list_examples(book: Book) -> tuple[LessonExample, ...]:
    """Every case with what it leads to, whichever lesson it may suit; in the order of the book."""
    return tuple(_example(entry, book) for entry in book.cases)


def find_example(lesson: Lesson, examples: Iterable[LessonExample]) -> LessonExample | None:
    """The case for a lesson: the first that fits of those it names, else the first that fits, real ones first."""
    fits = QUALITIES[lesson.voorbeeld.zoekt]
    named = {case: rank for rank, case in enumerate(lesson.voorbeeld.casussen)}

    def rank(example: LessonExample) -> tuple[int, bool, bool, str]:
        case = example.entry.case
        made_up, read = case.herkomst in _MADE_UP, case.verificatie in _READ
        return named.get(case.id, len(named)), made_up, not read, case.id

    return min((example for example in examples if fits(example)), key=rank, default=None)


def _example(entry: CaseEntry, book: Book) -> LessonExample:
    """With the pattern that has most behind it, and its proposal while the rule stands."""
    case = entry.case.id
    standing = [found for found in entry.patterns if any(member.case == case for member in found.settled)]
    pattern = min(standing, key=lambda found: (not found.strong, not found.registered, found.id), default=None)
    proposal = book.proposal_by_pattern.get(pattern.id) if pattern else None
    return LessonExample(entry, pattern, None if proposal and proposal.solved else proposal)


def _breaks_through(example: LessonExample) -> bool:
    return example.entry.case.resultaat.status in {"geslaagd", "deels_geslaagd"}


def _prices_three_ways(example: LessonExample) -> bool:
    scenarios = example.entry.case.scenarios
    ways = [getattr(scenarios, name) for name in SCENARIOS] if scenarios else []
    return bool(ways) and all(way and any(line.bedrag is not None for line in way.kosten) for way in ways)


def _weighs_values(example: LessonExample) -> bool:
    reasoning = example.entry.case.onderbouwing
    return reasoning is not None and sum(_told(reasoning, name) for name in VALUES) >= ENOUGH_VALUES


def _explains(example: LessonExample) -> bool:
    reasoning = example.entry.case.onderbouwing
    return reasoning is not None and _told(reasoning, "uitleg")


def _is_in_pattern(example: LessonExample) -> bool:
    return example.pattern is not None and len(example.pattern.settled) >= PATTERN_CASES


def _leads_to_proposal(example: LessonExample) -> bool:
    return _is_in_pattern(example) and example.proposal is not None


def _told(reasoning: Reasoning, name: str) -> bool:
    return getattr(reasoning, name) not in {None, UNKNOWN}


QUALITIES: Mapping[Quality, Callable[[LessonExample], bool]] = {
    "doorbraak": _breaks_through,
    "kosten": _prices_three_ways,
    "waarden": _weighs_values,
    "uitleg": _explains,
    "patroon": _is_in_pattern,
    "voorstel": _leads_to_proposal,
}
"""What a case must hold for a lesson that seeks it: it ended well; an amount for each of the three standing questions;
at least `ENOUGH_VALUES` of the values; how to explain it; a pattern with enough cases; such a pattern with a proposal.
"""


def _entry(number: int, lesson: Lesson, examples: Sequence[LessonExample]) -> LessonEntry:
    example = find_example(lesson, examples)
    words = sum(len(text.split()) for text in _texts(lesson, example))
    return LessonEntry(number, lesson, example, max(round(words / WORDS_A_MINUTE), 1))


def _texts(lesson: Lesson, example: LessonExample | None) -> Iterator[str]:
    yield from texts_of(lesson)
    for name in lesson.voorbeeld.toont if example else ():
        value = getattr(example.entry.case, name, None) if example else None
        if isinstance(value, str):
            yield value
        elif isinstance(value, BaseModel):
            yield from texts_of(value)
