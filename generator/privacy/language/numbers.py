"""Dutch number words: from nul to honderdtwintig, as people write them, to numbers and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from types import MappingProxyType

from generator.privacy.text import MOST_WORDS

_SMALL = tuple(
    "nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien".split()
)
_TENS = tuple("twintig dertig veertig vijftig zestig zeventig tachtig negentig".split())
_MISSPELT = {"zeuven": 7, "achtien": 18, "eenentwintich": 21, "tagtig": 80}


def in_words(number: int) -> str:
    """A number up to 120 as it is spelled: 37 is «zevenendertig».

    >>> in_words(22), in_words(101), in_words(120)
    ('tweeëntwintig', 'honderdeen', 'honderdtwintig')
    """
    if number < 20:
        return _SMALL[number]
    if number < 100:
        unit, tens = number % 10, _TENS[number // 10 - 2]
        if not unit:
            return tens
        return f"{_joined(unit)}{'ën' if _SMALL[unit].endswith('e') else 'en'}{tens}"
    return f"honderd{'' if number == 100 else _joined(number - 100)}"


def _joined(number: int) -> str:
    """The number inside a longer word: no accents on «een»."""
    return "een" if number == 1 else in_words(number)


def _spellings() -> Iterator[tuple[str, int]]:
    """Every way to write a number: with and without accents, in one word, with hyphens or in loose words."""
    for number in range(121):
        word = in_words(number)
        yield from ((word, number), (word.replace("é", "e").replace("ë", "e"), number))
        if number == 1:
            yield from (("eén", 1), ("éen", 1))
        if 20 < number < 100 and number % 10:
            unit, tens = _SMALL[number % 10], _TENS[number // 10 - 2]
            for first, joint in product((unit, unit.replace("é", "e")), ("en", "-en-", " en ", "ën", " en", "en ")):
                yield first + joint + tens, number
        if number > 100:
            rest = in_words(number - 100)
            for last, joint in product((rest, rest.replace("é", "e")), ("", " ", "en", " en ", "-en-", "ën")):
                yield "honderd" + joint + last, number
    yield from _MISSPELT.items()


NUMBER_WORDS: Mapping[str, int] = MappingProxyType(dict(_spellings()))
"""Each spelling in lower case and its number. Beware: «een» is here too, and is mostly an article."""


def _pattern() -> str:
    """A pattern for exactly the spellings of `NUMBER_WORDS`: by how they are built, since a list of all is slow."""
    units = "|".join((*_SMALL[1:10], "een"))
    tens = "|".join(_TENS)
    to_twenty = "|".join(sorted((*_SMALL[1:], "een", "twintig"), key=len, reverse=True))
    alone = sorted((*_SMALL, *_TENS, *_MISSPELT, "een", "eén", "éen"), key=len, reverse=True)
    return (
        rf"(?:(?:{units})(?: ?en ?|-en-|ën)(?:{tens})"
        rf"|honderd(?:(?: en |-en-|ën|en| )?(?:{to_twenty}))?|{'|'.join(alone)})"
    )


NUMBER_WORD = re.compile(_pattern())
"""Finds one number word in lower case; for use within other patterns: `NUMBER_WORD.pattern`, borders are yours."""


def digits_of(words: Iterable[str]) -> str:
    """The digits of number words said one after another; unknown words are passed over.

    >>> digits_of("nul zes twaalf vierendertig".split())
    '061234'
    """
    return "".join(str(NUMBER_WORDS[word]) for word in words if word in NUMBER_WORDS)


_LETTERS = re.compile(r"[^\W\d_]+")
_ATOM = re.compile(rf"(?:{NUMBER_WORD.pattern}|\d{{1,4}}+)(?!\w)")
_RUN = re.compile(
    rf"(?<!\w){_ATOM.pattern}"
    rf"(?:[ ,./-]{{1,3}}(?:(?:dubbele?|keer|maal|streepje|spatie|punt|en dan|dan)[ ,]{{1,2}})?{_ATOM.pattern})++"
)


@dataclass(frozen=True)
class SpelledRun:
    """Two or more numbers in a row of which at least one is a word."""

    start: int
    end: int
    digits: str
    """All of them, one after another."""
    words: int
    """How many are words."""
    ordered: bool
    """They only rise or only fall, as in counting or a row of ages."""


@lru_cache(maxsize=8)
def spelled_runs(lower: str) -> tuple[SpelledRun, ...]:
    """Every run of numbers with words among them, in a text in lower case; several rules ask for each.

    >>> [run.digits for run in spelled_runs("bel nul zes 12 vierendertig")]
    ['061234']
    """
    return tuple(_runs(lower)) if any(map(_is_number, _LETTERS.findall(lower))) else ()


@lru_cache(maxsize=MOST_WORDS)
def _is_number(letters: str) -> bool:
    return NUMBER_WORD.fullmatch(letters) is not None


def _runs(lower: str) -> Iterator[SpelledRun]:
    for match in _RUN.finditer(lower):
        atoms = _ATOM.findall(match.group())
        words = sum(atom in NUMBER_WORDS for atom in atoms)
        if words:
            values = [NUMBER_WORDS[atom] if atom in NUMBER_WORDS else int(atom) for atom in atoms]
            digits = "".join(str(NUMBER_WORDS[atom]) if atom in NUMBER_WORDS else atom for atom in atoms)
            steps = [b - a for a, b in pairwise(values)]
            ordered = all(step > 0 for step in steps) or all(step < 0 for step in steps)
            yield SpelledRun(match.start(), match.end(), digits, words, ordered)


_MIXED = re.compile(r"(?<![^\W_])(?=[OoIl]*+\d)(?=\d*+[OoIl])[\dOoIl]++(?![^\W_])")
_BESIDE = re.compile(r"\d(?:[OoIl]|(?<=[OoIl]\d))")
_AS_DIGIT = str.maketrans("OoIl", "0011")


def fold_digits(plain: str) -> str:
    """The text, as long as before, with letters that stand for digits made digits: «O6» is «06».

    >>> fold_digits("O6-l2345678, Ilse, 10 l")
    '06-12345678, Ilse, 10 l'
    """
    if _BESIDE.search(plain) is None:
        return plain
    return _MIXED.sub(lambda match: match.group().translate(_AS_DIGIT), plain)
