r"""Number plates: the Dutch series with hyphens; without them, and foreign ones, where a word says it is a plate.

Found:
    Hun auto, kenteken «GB-123-Z», is in beslag genomen.
    De bus met «12-ABC-3» staat al weken stil.
    Het kenteken «TX001B» stond nog op zijn naam.
    De scooter («gb 12 xz») is verkocht.
    De gemeente sleepte de «xx-99-xx» weg.
    De wagen met nummerbord «B-MW 1234» kwam elke avond.
    Zijn kenteken was «1-ABC-234» in die tijd.
    Op de foto staat «G-001-BB» scherp in beeld.
    Kenteken van de oudste: «12 GBX 3».
Left alone:
    De code SZW-2023-01 verwijst naar de regeling.
    Ze was jarig op 1-MEI-21 en verhuisde later.
    De kans is 1-op-100, of 10-op-12 in zijn ogen.
    De groep 10-en-12 jarigen kreeg een brief.
    De auto reed 1200 km in 2021.
    Het kentekenbewijs deel 1A lag bij de dealer.
    Het kenteken kon pas in 2015 worden overgeschreven.
    De A2 en de N201 sluiten de wijk af.
    Het rapport 12-03-2021 gaat over kentekens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.finding import Hit, Rule, Weight
from generator.privacy.language.clues import DIGIT, holds, with_digits, with_part, with_piece
from generator.privacy.language.numbers import fold_digits
from generator.privacy.language.values import merged, spaced_after
from generator.privacy.text import Span, Text

CODE = "PRIV-KENTEKEN"

_SERIES = """AA-99-99 99-99-AA 99-AA-99 AA-99-AA AA-AA-99 99-AA-AA 99-AAA-9 9-AAA-99 AA-999-A A-999-AA AAA-99-A A-99-AAA
    9-AA-999 999-AA-9 AAA-99-9 9-AAA-999 999-AAA-9""".split()
"""The Dutch series, and the Belgian one."""


def _pattern(separator: str) -> str:
    """All series with one separator between the groups."""
    parts = (
        separator.join(group.replace("A", "[A-Z]").replace("9", r"\d") for group in series.split("-"))
        for series in _SERIES
    )
    return rf"(?:{'|'.join(parts)})"


_HYPHENS = re.compile(rf"(?<![\w\-./])(?=[A-Z\d]{{1,3}} ?[\-./_·])(?:{_pattern(' ?[-./_·] ?')})(?![\w]|[\-./_]\w)")
_ANY = re.compile(
    rf"(?<![^\W_])(?:{_pattern(' ?[-./_·] ?')}|{_pattern(' ')}|{_pattern('')})(?<!km)(?<!kg)(?!\w)", re.IGNORECASE
)
_LOWER = re.compile(r"(?<![\w\-])[a-z\d]{1,3}-[a-z\d]{2,3}-[a-z\d]{1,3}(?![\w\-])")
_FOREIGN = re.compile(
    r"(?<![^\W_])(?=[A-ZÄÖÜ\d]{1,5}[ \-·]?)(?=[A-Z\d \-·]{0,9}?\d)(?=[\d \-·]{0,9}?[A-ZÄÖÜ])"
    r"[A-ZÄÖÜ\d]{1,8}(?:[ \-·:]{1,2}[A-ZÄÖÜ\d]{1,5}){0,3}(?!\w)"
)
_LABEL = re.compile(r"kentekens?(?:nummers?|platen|plaat)?(?![^\W_])|nummer(?:bord|plaat)")
_VEHICLE = re.compile(
    r"\b(?:bestel|personen|lease|huur|vracht|brom)?"
    r"(?:auto|wagen|bus|busje|scooter|fiets|brommer|motor|camper|caravan|aanhanger|voertuig|taxi|opel|volkswagen"
    r"|vw|ford|fiat|renault"
    r"|peugeot|citro[eë]n|toyota|kia|hyundai|seat|skoda|volvo|bmw|mercedes|audi|mazda|nissan|suzuki|dacia|honda"
    r"|polo|golf|tesla)\b"
)
_is_vehicle_word = holds(with_part(_VEHICLE.fullmatch))
_MARK = re.compile(r"[\-./_·]")
_MONTHS = frozenset("JAN FEB MRT APR MEI JUN JUL AUG SEP OKT NOV DEC".split())
_VOWELS = frozenset("aeiou")
_OUTER = re.compile(r"[A-Z\d]+")


def find(text: Text) -> Iterator[Hit]:
    """Every number plate."""
    if not text.has_digit:
        return
    for span in merged(_spans(text)):
        yield span, Weight.HARD


def _spans(text: Text) -> Iterator[Span]:
    plain = text.plain
    for match in _HYPHENS.finditer(plain) if plain != text.lower else ():
        if not _MONTHS.intersection(_OUTER.findall(match.group())):
            yield match.span()
    for match in _LOWER.finditer(plain) if plain.count("-") > 1 else ():
        if _HYPHENS.fullmatch(match.group().upper()) and not _VOWELS.intersection(match.group()):
            yield match.span()
    for label in _VEHICLE.finditer(text.lower) if any(map(_is_vehicle_word, text.written)) else ():
        near = _ANY.search(plain, label.end(), label.end() + 40)
        if near is not None and _is_vehicle(plain[label.end() : near.start()], near.group()):
            yield near.span()
    if "kenteken" not in text.lower and "nummer" not in text.lower:
        return
    folded = fold_digits(plain)
    for label in _LABEL.finditer(text.lower):
        yield from _labelled(folded, label)
        yield from spaced_after(plain, label.end())


def _may_be_plate(text: Text) -> bool:
    """Whether there are groups that are set apart twice, as on every plate."""
    return len(_MARK.findall(text.plain)) > 1 and (text.plain != text.lower or text.plain.count("-") > 1)


def _is_vehicle(between: str, value: str) -> bool:
    """A plate after «auto» and the like: close by, and no row of words and numbers."""
    if any(stop in between for stop in "\n.;"):
        return False
    return not _VOWELS.intersection(value.lower()) or (value.isupper() and " " not in value)


def _labelled(plain: str, label: re.Match[str]) -> Iterator[Span]:
    """What follows the word for it, of whatever country; also what stands right before it."""
    reach = label.end(), min(label.end() + 60, len(plain))
    found = _ANY.search(plain, *reach)
    if found is not None and (found.group().isupper() or not _common(found.group())):
        yield found.span()
        return
    foreign = _FOREIGN.search(plain, *reach)
    if foreign is not None and 4 <= sum(character.isalnum() for character in foreign.group()) <= 9:
        yield foreign.span()
    before = _ANY.search(plain, max(0, label.start() - 30), label.start())
    if before is not None and before.group().isupper():
        yield before.span()


def _common(value: str) -> bool:
    """Ordinary words between numbers, as in «10 en 12»."""
    return any(word in {"en", "op", "tot", "van", "in", "of", "uur", "dag"} for word in re.findall("[a-z]+", value))


RULE = Rule(
    CODE,
    find,
    (
        (with_digits(_may_be_plate),),
        (DIGIT, with_part(_VEHICLE.fullmatch)),
        (DIGIT, with_piece("kenteken", "nummerbord", "nummerplaat")),
    ),
)
