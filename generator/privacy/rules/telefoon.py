r"""Telephone numbers: Dutch and foreign, with digits or in words; the public numbers of services are left alone.

Found:
    Bel haar op «06-12345678» na vijf uur.
    Thuis: «(0318) 123 456».
    App naar «+31(0)6-12345678» als het niet lukt.
    De werkgever belt vanaf «020-1234567».
    Bel «nul zes twaalf vierendertig zesenvijftig achtenzeventig».
    Haar mobiel: «0 6 1 2 3 4 5 6 7 8».
    Nummer «O6.12.34.S6.78» is nieuw.
    Oma is bereikbaar op «O6-l2345678» of «0031 6 12 34 56 78».
    Zijn broer in Polen heeft «+48 512 345 678» als nummer.
    Moeders mobiele nummer is «612345678», zei ze.
    Tel. thuis: «123 45 67», alleen overdag.
    Stuur een bericht naar «31612345678».
    Bel «nul twintig een twee drie vier vijf zes zeven» voor tien uur.
Left alone:
    Bel voor algemene vragen 14 020 of het Juridisch Loket 0800-8020.
    Het landelijke nummer is 0900 1234567 of 088 123 45 67.
    Bij acute nood bel je 112, bij zelfmoordgedachten 113 of 0800-0113.
    Het spreekuur is op 06-12-2023 14.00 uur.
    Het loket is telefonisch bereikbaar van 09.00-12.00 en 13.00-17.00 uur.
    ISBN 0-12-345678-9 is uitverkocht.
    De kans steeg van 0,12 naar 0,34 in 2021.
    Kies op een schaal van 0 1 2 3 4 5 6 7 8 9 een cijfer.
    De telefoon kostte 1.250,00 euro in 2021.
    Van nul tot zes jaar, daarna van zeven tot twaalf.
    Een tekort van 0.123456789 procent telt niet mee.
    De gemeente is bereikbaar op +31 88 123 45 67.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from generator.privacy.finding import Hit, Rule, Weight
from generator.privacy.language.clues import DIGIT, ONE, RUN, with_figures
from generator.privacy.language.numbers import fold_digits, spelled_runs
from generator.privacy.language.values import digit_count, is_date, is_sum, is_years, merged
from generator.privacy.text import Span, Text, figures_in

CODE = "PRIV-TELEFOON"

_S = r"[\s()\[\]./\-·•_,:]{0,3}"
_START = r"(?<![^\W_])(?<!\d[.,])"
_END = r"(?!\w|[.,]\d)"
_NATIONAL = re.compile(rf"{_START}[(\[]?0{_S}[1-9](?:{_S}\d){{8}}{_END}")
_SHORT_MOBILE = re.compile(rf"{_START}06(?:[ -]| - )(?:\d{{6,9}}|\d{{4}} ?\d{{2,3}}){_END}")
_DUTCH = re.compile(
    rf"(?:[(\[]?\+{_S}|{_START}[(\[]?00{_S}|{_START}(?=31{_S}6))3{_S}1{_S}(?:0{_S})?[1-9](?:{_S}\d){{8}}{_END}"
)
_FOREIGN = re.compile(rf"(?:\+ ?|{_START}00[ \-]?)\(?[1-9](?:[ ()./\-]{{0,3}}\d){{7,14}}+(?!\w)")
_CUE = re.compile(
    r"(?<![^\W_])(?:(?:tel(?:efoon)?|mob(?:iel)?|gsm|fax|whats-?app|06|thuis|doorkies|priv[eé]|nood|contact"
    r"|bel)[ \-]?(?:nummer|nr)s?"
    r"|mobiele? nummer|telefoon|telefonisch|tel|mobiel|mobieltje|gsm|fax|whats-?app|bel(?:len|t)?|app(?:en|t)?"
    r"|sms|bereikbaar)"
    r"(?![^\W_])"
)
_CUED = re.compile(rf"[^\d\n€]{{0,40}}?(?<![^\W_])(?P<value>\(?\d(?:[ ()./\-]{{0,3}}\d){{5,14}}+){_END}")
_STOP = re.compile(r"[!?;] | (?:van|tussen|sinds|in|tot) \d|[a-z]{4}\. [A-Z]")
_TIMES = re.compile(r"\(?\d{1,2}[.:]\d\d ?[ \-] ?\d{1,2}[.:]\d\d")
_SERVICE = re.compile(r"(?:00?31|31)?0?(?:8(?:00|8)|90[069])|14\d")
_NOT_BEFORE = re.compile(r"(?:isbn|issn|doi|ean|kvk|btw)[^\d]{0,12}$")
_TOLD = re.compile(r"\b(?:bel|belt|bellen|app|tel|telefoon|mobiel|nummer)\w{0,8}\b[^.!?]*$")
_HALF_SPOKEN = re.compile(r"\b(?:nul ?(?:6|zes)|0 ?zes)(?: [a-z]{2,6}){0,3}[ -]?(?:\d[ -]?){8}(?!\d)")
"""«nul6 en dan 98761234»: half in words."""
_LEAST, _LEAST_SPOKEN = 6, 8
"""Digits in the shortest of these numbers, wholly in digits and half in words."""
_LETTER_FIVE = re.compile(r"(?<=[\d.\- ])S(?=\d)")
_NO_DIGIT = re.compile(r"[^0-9]+")
_GOES_ON = re.compile(r"[.\-]\d")
_MINE = re.compile(r"\d|nul|zes|zeuven")


def find(text: Text) -> Iterator[Hit]:
    """Every telephone number that is not a service's."""
    if _MINE.search(text.lower) is None:
        return
    for start, end in merged(_spans(text)):
        loose = text.plain[start] in "([" and not any(bracket in text.plain[start:end] for bracket in ")]")
        yield (start + loose, end), Weight.HARD


def _spans(text: Text) -> Iterator[Span]:
    for run in spelled_runs(fold_digits(text.lower)):
        told = _TOLD.search(text.lower, max(0, run.start - 40), run.start) is not None
        if _spoken(run.digits, run.words, told):
            yield run.start - 5 * text.lower.startswith("plus ", max(0, run.start - 5)), run.end
    if not text.has_digit:
        return
    if text.figures >= _LEAST_SPOKEN:
        yield from (match.span() for match in _HALF_SPOKEN.finditer(text.lower))
    plain = _LETTER_FIVE.sub("5", fold_digits(text.plain))
    if figures_in(plain) < _LEAST:
        return
    for match in _NATIONAL.finditer(plain):
        if _national(plain, match):
            yield match.span()
    for match in _SHORT_MOBILE.finditer(plain):
        if not is_date(plain, match.span()):
            yield match.span()
    for match in _DUTCH.finditer(plain):
        if not _SERVICE.match(_digits(match.group())):
            yield match.span()
    for match in _FOREIGN.finditer(plain):
        yield from _foreign(plain, match)
    yield from _cued(plain, text.lower)


def _digits(value: str) -> str:
    return _NO_DIGIT.sub("", value)


def _national(plain: str, match: re.Match[str]) -> bool:
    """Ten digits in a grouping people use for telephones, and nothing else that looks so."""
    value = match.group()
    digits, mobile = _digits(value), _digits(value).startswith("06")
    if _SERVICE.match(digits) or digits in "01234567890123456789" or _TIMES.match(value) or ":" in value:
        return False
    if is_date(plain, match.span()) and (not mobile or any(mark in value for mark in "-/.")):
        return False
    if ("," in value and not mobile) or _NOT_BEFORE.search(plain[max(0, match.start() - 16) : match.start()].lower()):
        return False
    if not mobile and _GOES_ON.match(plain, match.end()) is not None:
        return False
    return _grouped(value, digits, mobile) and not is_sum(plain, match.span())


def _grouped(value: str, digits: str, mobile: bool) -> bool:
    """Cut as a telephone number is: after 06 or the area, in brackets, or digit by digit."""
    groups = re.findall(r"\d+", value)
    if "(" in value or (mobile and len(groups[0]) > 1):
        return True
    if len(groups[0]) == 1 and len(groups) < 8:
        return mobile and re.match(r"0[ \-]6", value) is not None
    if len(groups[0]) == 2:
        return phonenumbers.is_valid_number(phonenumbers.parse(digits, "NL")) and groups != sorted(groups)
    return True


def _foreign(plain: str, match: re.Match[str]) -> Iterator[Span]:
    """The longest part that is a possible number of some country."""
    end = match.end()
    while end - match.start() > 9:
        try:
            number = phonenumbers.parse("+" + _digits(plain[match.start() : end]).removeprefix("00"))
        except phonenumbers.NumberParseException:
            return
        span = match.start(), end
        if phonenumbers.is_possible_number(number):
            if not _SERVICE.match(_digits(plain[slice(*span)])) and not is_sum(plain, span):
                yield span
            return
        shorter = max(plain.rfind(mark, *span) for mark in " -/.")
        end = max(shorter, match.start())


def _cued(plain: str, lower: str) -> Iterator[Span]:
    """Six digits or more after a word such as «telefoon»."""
    for cue in _CUE.finditer(lower):
        match = _CUED.match(plain, cue.end(), cue.end() + 80)
        if match is None or _STOP.search(plain, cue.end(), match.start("value") + 1):
            continue
        span = match.span("value")
        value = match["value"]
        if (
            not (
                _SERVICE.match(_digits(value))
                or _TIMES.match(value)
                or is_date(plain, span)
                or is_years(plain, span)
                or is_sum(plain, span)
            )
            and digit_count(value) <= 13
        ):
            yield span


def _spoken(digits: str, words: int, told: bool) -> bool:
    """Digits said aloud that begin as a telephone number does."""
    if _SERVICE.match(digits):
        return False
    if digits.startswith(("06", "316", "00316")):
        return len(digits) >= (6 if words < 3 else 4)
    if told and words >= 4 and digits.startswith("6"):
        return len(digits) == 9
    return digits.startswith("0") and 9 <= len(digits) <= 12 and words >= 2


RULE = Rule(CODE, find, ((with_figures(_LEAST),), *RUN, (ONE, DIGIT)))
