"""Findings: what a rule sees in a text, how much it weighs, and how it is shown without being told."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from itertools import accumulate

from generator.privacy.text import Span, Text, Written


class Weight(IntEnum):
    """How much a finding weighs, the heaviest last. Every weight holds the record back."""

    WARNING = 1
    """May be nothing; fixed, or excused by a reviewed exception."""
    BLOCK = 2
    """Points at a person; fixed, or excused by a reviewed exception with its reason."""
    HARD = 3
    """Never excused: a number, an address, a way to reach somebody."""


@dataclass(frozen=True, order=True)
class Finding:
    """One stretch of `Text.raw` that may point at a person. `code` is a promise, like every problem code."""

    start: int
    end: int
    code: str
    weight: Weight
    key: str = ""
    """Binds a reviewed exception to the sentence: any edit of it gives another key."""


Hit = tuple[Span, Weight]
"""What a rule yields: a stretch of `Text.plain` and its weight."""
Find = Callable[[Text], Iterator[Hit]]


@dataclass(frozen=True, eq=False)
class WordClue:
    """A word that a rule waits for. It may be there for nothing, but is never missed."""

    says: Callable[[Written], object]


@dataclass(frozen=True, eq=False)
class TextClue:
    """Something else in a text that a rule waits for, such as a digit. It too is never missed."""

    says: Callable[[Text], object]
    within: Clue | None = None
    """Asked only of a text that holds this one."""


Clue = WordClue | TextClue
ALWAYS: tuple[tuple[Clue, ...], ...] = ((),)
"""Of a rule that reads every text."""


@dataclass(frozen=True)
class Rule:
    """One rule: the code of its problem and the function that looks."""

    code: str
    find: Find
    wakes: tuple[tuple[Clue, ...], ...] = ALWAYS
    """Rows of clues: a text that holds no row whole holds nothing for this rule."""


def mask(value: str) -> str:
    """The value as it may be shown: first and last character of each long word, dots between; short ones all dots.

    Digits are never shown but for the first: a number of which two places are known is easier to guess. Neither is half
    a surrogate, which nothing can show.
    """
    return " ".join(_mask_word(word) for word in value.split())


def _mask_word(word: str) -> str:
    if len(word) < 4:
        return "•" * len(word)
    first = "•" if "\ud800" <= word[0] <= "\udfff" else word[0]
    last = word[-1] if word[-1].isalpha() else "•"
    return f"{first}{'•' * (len(word) - 2)}{last}"


REACH = 300
"""Characters on each side that a key reaches at most: no sentence is longer, an endless one is cut."""


def binding(code: str, text: Text, span: Span) -> str:
    """Twelve hexadecimal digits for a finding in its sentence.

    The value itself is not in it: it goes in as its mask and the remainder of a weighted sum by 97. That is enough to
    notice another value in its place; it tells nothing beside the record, in which the value stands and was excused.
    """
    start, end = text.sentence(span[0])
    start, end = max(start, span[0] - REACH), min(end, span[1] + REACH)
    value = text.plain[span[0] : span[1]]
    rest = f"{text.plain[start : span[0]]}{mask(value)}{text.plain[span[1] : max(end, span[1])]}"
    check = sum(place * ord(character) for place, character in enumerate(value, 1)) % 97
    said = f"{code}\n{' '.join(rest.split())}\n{check}"
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def settle(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings sorted by place; one that lies within a heavier one, or within a longer one as heavy, is left out."""
    every = set(findings)
    if not every:
        return ()
    kept: list[Finding] = []
    for weight in sorted(Weight, reverse=True):
        level = sorted((f for f in every if f.weight is weight), key=lambda f: (f.start, -f.end, f.code))
        kept = sorted([*kept, *_outside(level, kept)])
    return tuple(kept)


def _outside(level: Iterable[Finding], kept: list[Finding]) -> Iterator[Finding]:
    """The findings of one weight (by start, the longest first) that lie in none of the kept ones and none before."""
    furthest = list(accumulate((other.end for other in kept), max))
    starts = [other.start for other in kept]
    reached = -1
    for finding in level:
        before = bisect_right(starts, finding.start)
        if finding.end > reached and (not before or furthest[before - 1] < finding.end):
            reached = finding.end
            yield finding
