"""Clues that several rules wait for: digits, numbers in words. A clue may be there for nothing, and is never
missed: where it is absent, the patterns that want it cannot match.

Pieces of words are letters alone, with hyphens between them: so they always stand within one word of a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from generator.privacy.finding import Clue, TextClue, WordClue
from generator.privacy.language.numbers import NUMBER_WORD
from generator.privacy.text import MOST_WORDS, Text, forms_of

_ONES = frozenset("een één eén éen".split())
_ANY_ONE = re.compile("[eé][eé]n")
_FIGURE = re.compile(r"\d")
_MORE = re.compile(r"\d(?:[OoIl]|(?<=[OoIlS]\d))")
"""A letter that may stand for a digit beside it."""


def with_piece(*pieces: str) -> WordClue:
    """A word that holds one of these pieces, in lower case."""
    pattern = re.compile("|".join(map(re.escape, pieces)))
    return WordClue(lambda word: pattern.search(word.lower))


def with_part(says: Callable[[str], object]) -> WordClue:
    """A word of which one part is such a one."""
    return WordClue(lambda word: any(says(part) for part in word.parts))


def with_lower(says: Callable[[str], object]) -> WordClue:
    """A word that in lower case, whole or between apostrophes of print, is such a one."""
    return WordClue(lambda word: any(says(part) for part in {word.text.lower(), word.lower, *word.lower.split("’")}))


def with_sign(*signs: str) -> TextClue:
    """One of these in the plain text."""

    def says(text: Text) -> bool:
        plain = text.plain
        for sign in signs:  # noqa: SIM110 - asked of every text: a loop takes half the time
            if sign in plain:
                return True
        return False

    return TextClue(says)


def holds(clue: WordClue) -> Callable[[str], bool]:
    """Whether a word as it is written is such a one; remembered."""

    @lru_cache(MOST_WORDS)
    def says(word: str) -> bool:
        return bool(clue.says(forms_of(word)))

    return says


def with_digits(says: Callable[[Text], object]) -> TextClue:
    """Something that is asked only of a text with a digit."""
    return TextClue(says, DIGIT)


def with_figures(least: int) -> TextClue:
    """So many digits, letters that stand for digits among them."""
    return with_digits(lambda text: text.figures >= least or _MORE.search(text.plain))


def every(first: Iterable[tuple[Clue, ...]], *more: Clue) -> tuple[tuple[Clue, ...], ...]:
    """The rows of clues, each with these added."""
    return tuple((*row, *more) for row in first)


DIGIT = TextClue(lambda text: _FIGURE.search(text.plain))
"""A digit of whatever script."""
NUMBER = with_part(lambda part: part not in _ONES and NUMBER_WORD.fullmatch(part))
"""A number in words that is no article: also of «drie en twintig» one part is a number by itself."""
ONE = with_part(_ONES.__contains__)
_TWICE = TextClue(lambda text: len(_ANY_ONE.findall(text.lower)) > 1)
RUN = ((NUMBER,), (ONE, _TWICE))
"""Without digits: what a row of numbers in words is made of."""
