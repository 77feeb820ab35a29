"""Dates in Dutch text: every order of numbers, month names and abbreviations, number words, with or without a year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.privacy.finding import WordClue
from generator.privacy.language.clues import DIGIT, with_digits, with_part, with_piece
from generator.privacy.language.numbers import in_words
from generator.privacy.text import Text

MONTH = (
    r"(?:januari|january|jan|februari|february|febr|feb|maart|march|mrt|mar|april|apr|mei|may|juni|june|jun|juli|july|"
    r"jul|augustus|august|aug|september|sept|sep|oktober|october|okt|oct|november|nov|december|dec)"
)
_STUBS = (
    "jan",
    "feb",
    "maa",
    "mrt",
    "mar",
    "apr",
    "mei",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "oct",
    "nov",
    "dec",
)
_YEAR = r"(?:1[89]\d\d|20\d\d|'\d\d)(?!\d|[.,]\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_WEEKDAY = (
    r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:ochtend|morgen|middag|avond|nacht)?|(?:ma|di|wo|do|vr|"
    r"za|zo)\.?)"
)
_RUN = re.compile(r"\d+")
_WRITTEN = re.compile(
    rf"(?:{_DAY}(?:e|ste|de)? ?(?:-|/|,|en|of|op|t/m|tot en met|tot) ?(?:de )?)?(?P<day>{_DAY})(?:e|ste|de|\.)?"
    rf"[ -]?(?:van )?(?P<month>{MONTH})(?![a-zà-ÿ'])"
    rf"(?P<year>[ .,-]{{0,2}}(?:{_YEAR}|\d\d(?= ?(?:[.,;:!?)]|$| (?:en|te|in)\b))))?"
)
_NUMERIC = re.compile(
    r"(?P<day>\d{1,2})(?P<mark> ?[-./] ?)(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4}|'?\d\d)"
    r"(?![\w%]|[.,:/-]\d| ?(?:€|euro|procent))"
)
_ISO = re.compile(
    r"(?P<year>1[89]\d\d|20\d\d)(?P<mark>[-./])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\w]|[.,/-]\d)"
)
_SPACED = re.compile(r"(?P<day>\d\d) (?P<month>\d\d) (?P<year>(?:19|20)\d\d)(?! ?\d|[.,]\d)")
_SHORT = re.compile(
    r"(?P<day>\d{1,2})(?P<mark>[-/])(?P<month>\d\d?)(?![\w%]|[.,/-]\d)(?! (?:van|deel|deels|gedeelte|gesteld|"
    r"vastgesteld|"
    r"weken|dagen|maanden|jaar|uur|keer|personen|kinderen|werk\w*|procent|euro|lid|onder|en \d)\b)"
)
_RANKED = re.compile(rf"(?P<day>{_DAY})(?:e|ste|de)(?![\w-])")
_AFTER_WEEKDAY = re.compile(rf"(?<!\w){_WEEKDAY},? (?:de )?$")
_AFTER_PLACE = re.compile(r"\b(?:d\.?d\.?|datum:?|op|van|tot|vanaf|sinds|per|t/m) (?:de )?$")
_FEAST = re.compile(
    r"\b(?:(?:eerste|tweede|1e|2e) (?:kerst|paas|pinkster)dag|kerstavond|oudejaars(?:avond|dag)|nieuwjaarsdag|"
    r"koningsdag|koninginnedag|hemelvaartsdag|goede vrijdag|sinterklaasavond|pakjesavond) (?:van )?(?:19|20)\d\d\b"
)
_NUMBERED = re.compile(
    r"\b(?:artikel(?:en)?|artt?\.?|leden|lid|paragraaf|par\.?|hoofdstuk|versie|v|bijlage|stap|onderdeel|tabel|"
    r"nr\.?|nummer|afdeling|sub|release|update|§) ?(?:[\d.]+ (?:en|of|tot) )?$"
)
_MONTH_NAME = re.compile(rf"{MONTH}(?![a-zà-ÿ'])")
_YEAR_AFTER = re.compile(rf",? {_YEAR}")
_DAY_AFTER = re.compile(rf"\.? {_DAY}(?:e|ste|de|th|st|nd|rd)?,? {_YEAR}")
_UNSURE = frozenset("jan mar may".split())  # names or other words: only with a year
_FRACTIONS = frozenset("24/7 9/11 1/2 1/3 2/3 1/4 3/4".split())
_SPELLED = tuple(in_words(day) for day in range(1, 32))
_DAY_WORDS = frozenset(
    word.replace("ë", letter) + end
    for word in (*_SPELLED, "eerste", "derde", "achtste")
    for end in ("", "de", "ste", "e")
    for letter in "eë"
)


_SHAPE = re.compile(r"\d ?[-./] ?'?\d|\d\d \d\d \d")
_WEEKDAYS = frozenset("ma di wo do vr za zo".split())
DATES = (
    (with_digits(lambda text: _SHAPE.search(text.plain)),),
    (DIGIT, with_piece(*_STUBS)),
    (
        DIGIT,
        WordClue(lambda word: "dag" in word.lower or "avond" in word.lower or not _WEEKDAYS.isdisjoint(word.parts)),
    ),
    (with_part(_MONTH_NAME.match),),
)
"""What a text with a date holds."""


@dataclass(frozen=True, order=True)
class Date:
    """One date in `Text.plain`."""

    start: int
    end: int
    full: bool
    """With a year."""


@lru_cache(maxsize=4)
def find_dates(text: Text) -> tuple[Date, ...]:
    """The dates of a text, sorted, none within another. Kept for the last few texts, since two rules ask for each."""
    return tuple(
        _outermost(sorted((*_digit_dates(text), *_word_dates(text)), key=lambda date: (date.start, -date.end)))
    )


def _outermost(dates: Iterable[Date]) -> Iterator[Date]:
    end = -1
    for date in dates:
        if date.end > end:
            end = date.end
            yield date


def _digit_dates(text: Text) -> Iterator[Date]:
    """Dates that begin with a number."""
    lower = text.lower
    past = 0
    for run in _RUN.finditer(lower) if text.has_digit else ():
        start, length = run.start(), run.end() - run.start()
        before = lower[start - 1] if start else " "
        if (
            start < past
            or length > 4
            or before.isalpha()
            or before in ".,/:€$-_"
            or lower[max(start - 2, 0) : start] == "€ "
        ):
            continue
        date = _date_at(text, start, length)
        if date is not None:
            past = date.end
            yield date
    if "dag" in lower or "avond" in lower:
        for match in _FEAST.finditer(lower):
            yield Date(match.start(), match.end(), True)


def _date_at(text: Text, start: int, length: int) -> Date | None:
    """The date that begins at this number, if there is one."""
    lower = text.lower
    if length == 4:
        iso = _ISO.match(lower, start)
        return Date(_with_weekday(lower, start), iso.end(), True) if iso and _is_possible(iso) else None
    if length > 2:
        return None
    if (written := _WRITTEN.match(lower, start)) and _is_written(text, written):
        return Date(_with_weekday(lower, start), written.end(), written["year"] is not None)
    numeric = _NUMERIC.match(lower, start) or (
        _SPACED.match(lower, start) if not lower[max(start - 2, 0) : start - 1].isdigit() else None
    )
    if numeric and _is_possible(numeric):
        dotted = numeric[0].count(".") == 2 and _NUMBERED.search(lower, max(start - 30, 0), start)
        return None if dotted else Date(_with_weekday(lower, start), numeric.end(), True)
    begin = _with_weekday(lower, start)
    if (short := _SHORT.match(lower, start)) and _is_possible(short):
        placed = (
            short["mark"] == "/"
            and short[0] not in _FRACTIONS
            and _AFTER_PLACE.search(lower, max(start - 12, 0), start)
        )
        dated = begin < start or lower[max(start - 5, 0) : start].startswith(("d.d. ", " d.d ", " dd. "))
        return Date(begin, short.end(), False) if placed or dated else None
    ranked = _RANKED.match(lower, start) if begin < start else None
    return Date(begin, ranked.end(), False) if ranked and not lower.startswith("vrijdag de 13", begin) else None


def _is_written(text: Text, match: re.Match[str]) -> bool:
    """A month by its name, not somebody called Jan, not the «4 mei-herdenking»."""
    return bool(match["year"]) or (match["month"] not in _UNSURE and text.plain[match.end() : match.end() + 1] != "-")


def _word_dates(text: Text) -> Iterator[Date]:
    """«Drie mei», «de eerste van maart 2021», «maart 12, 1984»."""
    lower = text.lower
    if not any(stub in lower for stub in _STUBS):
        return
    for match in _MONTH_NAME.finditer(lower):
        start = match.start()
        if start and lower[start - 1] != " ":
            if not lower[start - 1].isalnum() and (after := _DAY_AFTER.match(lower, match.end())):
                yield Date(start, after.end(), True)
            continue
        words = lower[max(start - 28, 0) : start].split(" ")
        word = words[-3] if words[-2:-1] == ["van"] and len(words) > 2 else words[-2] if len(words) > 1 else ""
        if word.strip("(,\"'") in _DAY_WORDS and lower[match.end() : match.end() + 1] != "-":
            year = _YEAR_AFTER.match(lower, match.end())
            begin = lower.rindex(word, max(start - 28, 0), start)
            yield Date(_with_weekday(lower, begin), year.end() if year else match.end(), year is not None)
        elif after := _DAY_AFTER.match(lower, match.end()):
            yield Date(start, after.end(), True)


def _with_weekday(lower: str, start: int) -> int:
    """Where a date begins if the day of the week before it is part of it."""
    if lower[max(start - 1, 0) : start] != " ":
        return start
    found = _AFTER_WEEKDAY.search(lower, max(start - 24, 0), start)
    return found.start() if found else start


def _is_possible(match: re.Match[str]) -> bool:
    """Day and month exist, in either order if the year has four digits."""
    day, month = int(match["day"]), int(match["month"])
    swapped = len(match.groupdict().get("year", "")) == 4 and month <= 31 and 1 <= day <= 12
    return (1 <= day <= 31 and 1 <= month <= 12) or (swapped and month >= 1)
