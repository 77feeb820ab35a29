"""Values beside a label («dossiernummer: 2021/1187»), and what a number may be instead: a date, a sum, years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.privacy.text import Span

_LINK = (
    r"(?:is|was|luidt|luidde|bleek|blijkt|werd|wordt|kreeg|krijgt|had|heeft|hebben|zijn|waren|draagt|droeg|nummers?|nrs?|no"
    r"|num|met|onder|als|wel|het|de|dit|volgende|ook|nog|dan|namelijk|te weten|nu|oude?|nieuwe?|genaamd|begint"
    r"|eindigt|eindigend|op|staat|stond|vermeld|vermeldt|bekend|genoteerd|volgens|dus|en)"
)
_OWNER = (
    r"(?:,? (?:van|voor|bij|in|op)(?: (?!is\b|was\b)[^\W\d][\w'.\-]*+){1,5}?"
    r"(?= (?:is|was|luidt|luidde|bleek|werd|wordt|had|heeft|kreeg)\b| ?[:=(,]| [\dA-Z\-./]*\d{3}))?"
)
_GAP = (
    rf"['\"\])]{{0,2}}(?:{_OWNER}|(?: [^\W\d][\w\-]*+){{1,3}}(?=:))"
    rf"(?: ?[:=#(,\-]|\.(?=[ :])|(?: |(?<=[(,])){_LINK}(?=[ .:,(])){{0,5}} ?['\"(\[#]{{0,2}} ?"
)
_GROUP = r"[A-Za-z\d]++(?:[./_\-][A-Za-z\d]++){0,8}"
_VALUE = (
    rf"(?:[A-Z]{{1,5}}[ .\-/]{{1,3}}){{0,3}}(?=[^\s\d]{{0,12}}\d){_GROUP}"
    r"(?: ?[/\\] ?(?:[A-Z]{1,4} ){0,3}(?=[A-Z\-.]{0,6}\d)[\w\-./]*+\w| (?:[A-Z]{2,4} ){1,2}\d[\w\-/]*+"
    r"| \d{2,}+(?:[\-/.]\w++){0,3}(?![,:]\d)){0,6}"
)
_AFTER = re.compile(rf"{_GAP}(?P<value>{_VALUE})")
_NEXT = re.compile(rf"(?:,| en| of| en ook|, en)? (?P<value>(?=[A-Za-z./\-]{{0,8}}\d[\w./\-]{{3}}){_GROUP})")

YEAR = r"(?:19\d\d|20[0-4]\d)"
_YEARS = re.compile(rf"{YEAR}(?:[ /\-]{{1,3}}(?:{YEAR}|\d\d(?!\d))){{0,12}}")
_DATE = re.compile(
    rf"(?:[0-2]?\d|3[01])(?P<sep>[\-/. ])(?:0?[1-9]|1[0-2])(?P=sep)(?:{YEAR}(?!\d)|\d\d$)"
    rf"|{YEAR}[\-/.](?:0?\d|1[0-2])[\-/.](?:[0-2]?\d|3[01])(?!\d)"
)
_SUM_AFTER = re.compile(
    r"(?:,\d\d?|,-)?(?:,\d| ?(?:€|%|eur\b|euro|procent|miljoen|miljard|inwoners|huishoudens|mensen|personen|gezinnen|"
    r"kinderen|meldingen|jongeren|woningen|gevallen|aanvragen|dossiers|zaken|cliënten|klanten|keer\b|maal\b|uur\b|jaar\b|jarige|"
    r"dagen|weken|maanden|m2\b|m²|km\b|kilo|kwh\b|graden|pagina|bladzijden))"
)
_SUM_BEFORE = re.compile(r"(?:€|\beuro|\beur|\bbedrag van|\bruim|\bcirca|\bca\.|\bongeveer|\bbijna) ?$")
_WHEN = re.compile(
    r"\b(?:in|sinds|vanaf|tot|per|van|uit|medio|begin|eind|over|jaar|voor|na|rond|tussen)(?: het jaar)? ?$"
)


MOST_VALUES = 12
"""Values that are listed after one label."""


def values_after(plain: str, place: int) -> Iterator[Span]:
    """What is given for the label that ends at `place`: one value that holds a digit, and those listed after it."""
    match = _AFTER.match(plain, place)
    for _ in range(MOST_VALUES):
        if match is None:
            return
        yield match.span("value")
        match = _NEXT.match(plain, match.end())


def is_date(plain: str, span: Span) -> bool:
    """The number is a day, month and year, or begins with one whose year has four digits."""
    return _DATE.match(plain[slice(*span)]) is not None


def is_years(plain: str, span: Span) -> bool:
    """One year, or years in a row."""
    return _YEARS.fullmatch(plain, *span) is not None


def is_sum(plain: str, span: Span) -> bool:
    """Money, a count or a measure, by what stands around it."""
    start, end = span
    return _SUM_AFTER.match(plain, end) is not None or _SUM_BEFORE.search(plain[max(0, start - 14) : start]) is not None


def after_when(plain: str, place: int) -> bool:
    """A word such as «sinds» stands right before: what follows is a time."""
    return _WHEN.search(plain[max(0, place - 24) : place].lower()) is not None


def digit_count(value: str) -> int:
    """How many digits it holds."""
    return sum(character.isdigit() for character in value)


def merged(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans in order, those that overlap made one."""
    last: Span | None = None
    for span in sorted(set(spans)):
        if last is not None and span[0] < last[1]:
            last = last[0], max(last[1], span[1])
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


_SPACED = re.compile(r"[^\n\w]{0,3}(?:nummer |is |: ?)?(?P<value>[A-Za-z\d](?:(?: ?- ?| )[A-Za-z\d]){4,11})(?![\w])")


def spaced_after(plain: str, place: int) -> Iterator[Span]:
    """Letters and digits set apart one by one after a label: «G B - 6 0 2 - X»."""
    match = _SPACED.match(plain, place)
    if match is not None and digit_count(match["value"]) > 1:
        yield match.span("value")
