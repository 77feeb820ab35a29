r"""BSN: nine digits that pass the eleven-test, or any eight or nine digits after the word bsn.

Found:
    Haar bsn, «111 222 333», was verkeerd overgenomen.
    Op de kopie staat nog «9999.90.019» te lezen.
    Het burgerservicenummer van de oudste zoon is «123456789».
    Het bsn is «één één één twee twee twee drie drie drie».
    Het sofinummer «1234 5672» komt twee keer voor.
    BSN's van de kinderen: «999990019» en «999993045».
    Zijn b.s.n. luidt «11 12 22 33-3», volgens de brief.
    De facturen dragen het btw-nummer «NL111222333B01».
    Ze las voor: «1 1 1 2 2 2 3 3 3».
    Haar A-nummer «1234567890» ontbrak.
    Met «1112 22334» als bsn kwam hij niet verder.
Left alone:
    ISBN 978-90-8802-123-4 is nog leverbaar.
    Zie doi 10.1234/111222333 voor de methode.
    De stichting heeft RSIN 111222333.
    In 2019 2020 2021 bleef het bedrag gelijk.
    Zonder bsn kon hij in 2021 geen 12.500,00 euro lenen.
    De uitgaven stegen naar € 111.222.333 in totaal.
    De factor is 0,111222333 bij afronding.
    Zij telde: één, twee, drie, vier, vijf, zes, zeven, acht.
    De kinderen zijn een, drie, vier, zes, acht, negen en elf.
    BSN en geboortedatum 12-03-1984 stonden op de lijst.
    Wie geen bsn heeft, belt 14 020.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stdnum.nl import bsn

from generator.privacy.finding import Hit, Rule, Weight
from generator.privacy.language.clues import RUN, with_figures
from generator.privacy.language.numbers import SpelledRun, fold_digits, spelled_runs
from generator.privacy.language.values import digit_count, is_date, is_sum, is_years, merged
from generator.privacy.text import Span, Text, figures_in

CODE = "PRIV-BSN"

_DIGITS = re.compile(
    r"(?<![^\W_])(?:(?<![\W_]\d[\W_])|(?=\d\d))"
    r"(?=(?P<nine>\d(?:(?: ?[./·•_|:,\-] ?|\s)?\d){8})(?![^\W_])(?![.,]\d))"
)
_LEAST = 8
"""Digits in the shortest of these numbers."""
_SEPARATOR = re.compile(r"\D+")
_LABEL = re.compile(
    r"(?<![^\W_])(?:bsn|b\.\s?s\.\s?n\b|burger ?-?service ?-?(?:nummer|nr)|sofi(?:nummer|nr| |-|:)|pgn\b"
    r"|persoonsgebonden nummer|persoonsnummer|fiscaal ?nummer|a-?(?:nummer|nr)\b)"
)
_LABELLED = re.compile(
    r"(?<![\d€])(?<!€ )\d"
    r"(?:(?: ?[./·•_|:,()\[\]\-]{1,2} ?|\s|\s?(?:punt|streepje|spatie|slash|en dan|dan)\s)?\d){7,9}(?!\d|,\d)"
)
_TAX = re.compile(r"(?<![^\W_])nl[ .\-]?\d(?:[ .\-]?\d){8}[ .\-]?b[ .\-]?\d\d(?!\w)")
_NOT_BEFORE = re.compile(r"(?:isbn|issn|rsin|doi|kvk|ean|10\.\d{4,9}/)[^\d]{0,12}$")
_STOP = re.compile(r"[.!?] (?=[A-Z])|\n")
_BEFORE = re.compile(r"(?P<group>[\dA-Za-z]+)(?P<mark> ?[./·•_|:,\-] ?| )$")
_AFTER = re.compile(r"(?P<mark>[./·•_|:,\-]| )(?P<group>[\dA-Za-z]*\d[\dA-Za-z]*|X\b)")


def find(text: Text) -> Iterator[Hit]:
    """Every number that is or may be a citizen service number."""
    for span in merged(_spans(text)):
        yield span, Weight.HARD


def _spans(text: Text) -> Iterator[Span]:
    runs = spelled_runs(fold_digits(text.lower))
    if not runs and figures_in(fold_digits(text.plain)) < _LEAST:
        return
    labels = [match.span() for match in _LABEL.finditer(text.lower)]
    if text.has_digit:
        plain = fold_digits(text.plain)
        lower = plain.lower() if plain != text.plain else text.lower
        yield from (match.span() for match in _TAX.finditer(lower))
        yield from (match.span("nine") for match in _DIGITS.finditer(plain) if _passes(plain, match.span("nine")))
        yield from _labelled(plain, lower, labels)
    yield from _spelled(runs, labels)


def _passes(plain: str, span: Span) -> bool:
    """Nine digits with one kind of separator that pass the test and are nothing else."""
    start, end = span
    value = plain[start:end]
    kinds = _SEPARATOR.findall(value)
    separators = {kind.strip() or " " for kind in kinds}
    digits = _SEPARATOR.sub("", value)
    if len(separators) > 1 or not (
        bsn.is_valid(digits) or (len(kinds) == 8 and separators != {","} and not _counts(digits))
    ):
        return False
    mark = separators.pop() if separators else ""
    if (mark and mark in ".,/" and len(kinds) == 1) or (mark == "," and len(kinds) < 8 and ", " in kinds):
        return False
    if _continues(plain, span, mark) or value.startswith(("192.168.", "10.0.", "127.0.")):
        return False
    before = plain[max(0, start - 24) : start].lower()
    return not (is_sum(plain, span) or is_years(plain, span) or is_date(plain, span) or _NOT_BEFORE.search(before))


def _continues(plain: str, span: Span, mark: str) -> bool:
    """The number goes on before or after it, with the same separator."""
    start, end = span
    before = _BEFORE.search(plain[max(0, start - 12) : start])
    after = _AFTER.match(plain, end)
    lengths = {len(group) for group in _SEPARATOR.split(plain[start:end])}
    return any(
        beside is not None
        and any(character.isdigit() for character in beside["group"])
        and (beside["mark"].strip() or " ") in (mark or ".,")
        and (mark != " " or len(beside["group"]) in lengths)
        for beside in (before, after)
    )


def _counts(digits: str) -> bool:
    """Digits that only rise or fall by one, as on a scale."""
    return digits in "01234567890" or digits in "09876543210"


def _labelled(plain: str, lower: str, labels: list[Span]) -> Iterator[Span]:
    """Eight to ten digits near the word, before it or after it, whatever the test says."""
    for start, end in labels:
        ten = lower.startswith("a", start)
        stop = _STOP.search(plain, end, end + 110)
        border = stop.start() if stop else end + 110
        reach = [match.span() for match in _LABELLED.finditer(plain, end, min(border, len(plain)))]
        left = max(0, start - 45)
        reach += [match.span() for match in _LABELLED.finditer(plain, left, start) if match.start() > left or not left]
        for span in reach:
            count = digit_count(plain[slice(*span)])
            other = is_date(plain, span) or is_years(plain, span) or is_sum(plain, span)
            if (count < 10 or ten) and not other:
                yield span


def _spelled(runs: Iterable[SpelledRun], labels: list[Span]) -> Iterator[Span]:
    """Digits spelled in words: seven words in a row, or five after the label."""
    for run in runs:
        near = any(0 <= run.start - end < 60 for _, end in labels)
        phone = run.digits.startswith("0") and len(run.digits) > 9
        if (run.words >= 5 if near else run.words >= 7 and not run.ordered) and not phone:
            yield run.start, run.end


RULE = Rule(CODE, find, ((with_figures(_LEAST),), *RUN))
