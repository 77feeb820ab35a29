"""Ages in passing and in notes: «een man, 54,», «kinderen (4, 7 en 11)», «leeftijd: 43», «16 maanden oud»."""

from __future__ import annotations

import re

from generator.privacy.language.age_phrases import FILLERS
from generator.privacy.language.ages import Age, Around, durable
from generator.privacy.language.context import ADULTS, COUNTED, has_household, is_people, is_person, is_rule

_SEXES = frozenset("m v man vrouw x".split())
_GOING_ON = frozenset("en met oud uit zonder die".split())
_AT_PLACES = frozenset("in uit te gemeente gemeenten wet artikel provincie deelnemers regio steden stad".split())
_SPANS = frozenset(
    "al na duurde duurt over sinds gedurende eerst laatste afgelopen voor om binnen elke ongeveer ruim zo'n".split()
)
_OBJECT = re.compile(
    r"\b(?:\w*huis|gebouw|auto|\w*woning|flat|pand|schuld\w*|ketel|cv-ketel|wagen|wet|regeling|brief|vonnis|kamer|"
    r"badkamer|keuken|meubels?|bus|caravan|scootmobiel|rolstoel|aanvraag|dossier|systeem|vordering|boete|"
    r"telefoon|matras|"
    r"bed|ruimte|voorziening|indicatie|organisatie|stichting|document|verklaring|rapport|uitkering|hulpmiddel|"
    r"apparaat)\b"
)


def is_note(row: tuple[Age, ...], around: Around) -> bool:
    """Whether the age is mentioned beside somebody, with a label or as «oud»."""
    return (
        _in_pair(around)
        or _in_label(row, around)
        or _in_apposition(row, around)
        or _in_brackets(row, around)
        or _is_old(around, row[-1].unit)
    )


def _in_pair(around: Around) -> bool:
    """«Hij 34 en zij 31», «en nu 44»: bare, after a pronoun or a word for now."""
    halted = not around.right or not around.next(0)[0].isalnum()
    if around.near(0) in {"hij", "zij", "ze"}:
        return (around.next(0) == "en" and around.next(1) in {"hij", "zij", "ze"}) or (
            around.near(1) == "en" and halted
        )
    return halted and around.left[:2] in {("nu", "en"), ("inmiddels", "en")} and has_household(around.sentence)


def _in_label(row: tuple[Age, ...], around: Around) -> bool:
    """«Leeftijd: 43», «op de leeftijd van 16»."""
    left = [word for word in around.left[:5] if word not in {":", "=", "is", "van", "nu", "(", "."}]
    if not left or left[0] not in {"leeftijd", "leeftijden", "lft", "leeft"}:
        return False
    general = around.near(0) == "van" and "de" in around.left[:3] and len(row) == 1
    return not general or (has_household(around.sentence) and "bereik" not in around.sentence)


def _in_apposition(row: tuple[Age, ...], around: Around) -> bool:
    """«Een man, 54, met …», «moeder 43 jaar, zoon 12 jaar», «de kinderen, 4 en 7»."""
    unit, halted = row[-1].unit, not around.right or around.next(0)[0] in ",.;)/\n"
    skipped = next((i for i, word in enumerate(around.left) if word not in FILLERS), 0)
    comma = around.near(skipped) in {",", ":", ";"}
    words = around.left[skipped + 1 : skipped + 5] if comma else around.left[:1]
    if not words or not (halted or (around.next(0) in _GOING_ON and (unit or comma))):
        return False
    if unit not in {"", "jaar", "jr"} and not is_person(words[0]):
        return False
    grown = row[0].value >= 14 or len(row) > 1
    if is_person(words[0]) or is_people(words[0]):
        return bool(unit) or grown or (comma and words[0] not in ADULTS)
    if comma and not skipped and around.is_name(1):
        return (bool(unit) or (row[0].value > 9 and around.next(0) == ",")) and around.near(2) not in _AT_PLACES
    known = comma and any(is_person(word) for word in words) and words[0] not in COUNTED
    return known and halted and (bool(unit) or grown)


def _in_brackets(row: tuple[Age, ...], around: Around) -> bool:
    """«Haar kinderen (4, 7 en 11)», «moeder (37)», «M (43)»."""
    unit = bool(row[-1].unit)
    if "(" not in around.left[:4] or not (unit or around.next(0) in {")", ",", ";", "/", "en", "oud"}):
        return False
    place = around.left.index("(")
    inside, words = set(around.left[:place]), around.left[place + 1 : place + 5]
    if not words or not inside <= FILLERS | _SEXES | {"van", "leeftijd", "/", ",", ":"}:
        return False
    if inside & (_SEXES | {"leeftijd"}) or words[0] in {"m", "v"}:
        return not words[1:2] or not words[1].isdigit()
    if is_people(words[0]) or words[0] in {"ouders", "gezin"}:
        return unit or len(row) > 1
    if is_person(words[0]):
        return unit or row[0].value >= 14 or words[0] not in ADULTS
    if around.is_name(place + 1) and not _AT_PLACES & set(around.left[place + 2 : place + 11]):
        return unit or around.next(0) in {")", ","}
    return (unit or len(row) > 1) and any(is_person(word) or is_people(word) for word in words)


def _is_old(around: Around, unit: str) -> bool:
    """«16 maanden oud», «43 jr», «37 jaar jong»: whatever stands before, if it is no thing."""
    if (
        not unit
        or around.near(0) in _SPANS
        or "dan" in around.left[:3]
        or any(durable(word) for word in around.left[:4])
        or _OBJECT.search(around.sentence)
    ):
        return False
    if around.next(0) in {"oud", "oude", "jong"}:
        return not is_rule(around.sentence)
    return unit == "jr" and around.next(0) not in COUNTED and not around.is_duration
