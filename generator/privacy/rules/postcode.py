r"""Postcodes: four digits and two capitals; in lower case only where the words around it say so.

Found:
    Postcode «1018XK» valt buiten de regeling.
    Met «2515 ve» als postcode kreeg hij geen verzekering.
    De brief ging naar «9718-BC» in plaats van het nieuwe adres.
    Zij wonen op Hoge Linde 3, «3512ab» Utrecht.
    Adres: Kade 8, «2015 EN» Haarlem.
    De woning staat in «1985 XK», zei hij.
    Het postcodegebied is «1O18 xk», met een letter o.
    De postcode is «1 0 1 8 X K», zei ze aan de telefoon.
    Op de envelop stond NL-«3512 AB» als afzender.
Left alone:
    In 2015 EN in 2016 bleef het zo.
    Sinds 2020 WW en vanaf 2021 WIA.
    In 2015 en 2016 bleef de postcode gelijk.
    De postcode 1018 is niet volledig.
    De norm NEN 2580 NL geldt voor de meting.
    Hij reed 15.000 KM en 2500 km per jaar.
    Een schuld van € 1250 EU is zeldzaam.
    Kamerstukken 2013 II gaan hierover.
    Formulier 4021 of 4022 volstaat.
    De Raad besliste anders (16/1234 PW en 15/2345 WMO).
    De groep 1940 SS bestaat niet als postcode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.finding import Hit, Rule, Weight
from generator.privacy.language.clues import DIGIT, RUN, every, with_digits, with_piece
from generator.privacy.language.numbers import fold_digits, spelled_runs
from generator.privacy.language.values import YEAR
from generator.privacy.text import Text

CODE = "PRIV-POSTCODE"

_CODE = re.compile(
    r"(?<![^\W_])(?<![.,€/]\d)(?<!\d[/.,])(?<!€[.,])[1-9]\d{3}"
    r"(?P<gap> ?-? ?|[.,] ?)(?P<letters>[A-Za-z]{2})(?!\w|-[a-z]|\.[a-z])"
)
_MAY_BE = re.compile(r"[1-9]\d{3}(?: ?-? ?|[.,] ?)[A-Za-z]{2}(?!\w)")
_MAY_BE_SPACED = re.compile(r"[1-9] \d \d \d [A-Za-z]")
_SPACED = re.compile(r"(?<!\w)[1-9] \d \d \d [A-Za-z] ?[A-Za-z](?!\w)")
_LOOSE = re.compile(r"(?<!\w)[1-9](?:[ .\-]?\d){3}[ .,\-]{0,3}(?P<letters>[A-Za-z][ .\-]?[A-Za-z])(?!\w)")
_NEVER = frozenset({"SA", "SD", "SS"})
_CAPITALS = frozenset(
    """AA AI AP AZ BB BE BV BW CU CV DE EG EK EN EU EX GB GG HA HR IB ID II IN IT IV IX JA KB KG KM KW MB NB NL
        NV OB OF OM OP OR PC PK PO PR PW RC RV SE SP TB TE TV UK US VI VK VN VO VS WA WW XI XV XX ZW ZZ""".split()
)
"""What stands after a year as an abbreviation or as a word in capitals."""
_UNITS = frozenset({"KM", "KG", "MB", "GB", "KW", "PK", "TB"})
_WORDS = frozenset(
    """al be da de du el en er ex ga he ho ik in is ja je ze zo te na nu of om op ok os we wo uw up ut tv pc km
        kg cm mm ml mb gb gr kb eu""".split()
)
_STANDARD = re.compile(
    r"(?:\b(?:nen|iso|en|din|art|artikel|artikelen|formulier|route|nrs?|nummer|giro|lid|stb|stcrt|norm|versie"
    r"|type)\.?|€|\beuro) ?$"
)
_HOUSE = re.compile(r"[^\W\d_]{3}\.?,? \d{1,4}(?: ?[a-z]| ?bis| ?hs| ?huis| ?[\-/] ?[a-z\d]{1,4})?,? ?(?:te|in)? ?$")
_PLACE = re.compile(r",? (?:'s-|'t )?[A-Z][a-zé]+")
_LETTERS = re.compile(r",? [a-z][ -]?[a-z](?!\w)")
_YEAR = re.compile(YEAR)
_TIMES = ("in ", "sinds ", "vanaf ", "en ", "of ", "tot ")
_CUE = "postcode"


def find(text: Text) -> Iterator[Hit]:
    """Every full postcode."""
    lower = text.lower
    cued = _CUE in lower
    if not text.has_digit and not cued:
        return
    plain = fold_digits(text.plain)
    last = 0
    for match in _CODE.finditer(plain) if _MAY_BE.search(plain) else ():
        if _is_postcode(plain, lower, match, cued):
            last = match.end()
            yield match.span(), Weight.HARD
    place = lower.find(_CUE) if cued else -1
    while place >= 0:
        loose = _LOOSE.search(plain, place, place + 70)
        if loose is not None and loose.start() >= last and _looks_labelled(loose):
            last = loose.end()
            yield loose.span(), Weight.HARD
        place = lower.find(_CUE, place + 1)
    if cued:
        yield from _spelled(lower)
    for match in _SPACED.finditer(plain) if _MAY_BE_SPACED.search(plain) else ():
        if match.start() >= last and match.group()[-1].isupper():
            yield match.span(), Weight.HARD


def _may_be_postcode(text: Text) -> bool:
    plain = fold_digits(text.plain)
    return bool(_MAY_BE.search(plain) or _MAY_BE_SPACED.search(plain))


def _spelled(lower: str) -> Iterator[Hit]:
    """Four digits in words and two letters, after the word for it."""
    for run in spelled_runs(lower):
        letters = _LETTERS.match(lower, run.end)
        if letters is None or letters.group().strip(" ,") in _WORDS:
            continue
        if len(run.digits) == 4 and _CUE in lower[max(0, run.start - 40) : run.start]:
            yield (run.start, letters.end()), Weight.HARD


def _looks_labelled(match: re.Match[str]) -> bool:
    """Not a part of a number with a word behind it."""
    letters = "".join(character for character in match["letters"] if character.isalpha())
    return letters.lower() not in _WORDS and letters.upper() not in _NEVER


def _is_postcode(plain: str, lower: str, match: re.Match[str], cued: bool) -> bool:
    """By the shape, and for a doubtful shape by what stands around it."""
    letters, gap, end = match["letters"], match["gap"], match.end()
    before = lower[max(0, match.start() - 40) : match.start()]
    house = _HOUSE.search(before) is not None
    told = (
        house
        or before.endswith(("pc ", "pc. ", "pc: "))
        or (cued and (_CUE in before or _CUE in lower[end : end + 25]))
    )
    if letters.upper() in _NEVER:
        return False
    if not letters.isupper() and letters.lower() in _WORDS:
        return house and "," in before[-3:] and not gap and letters.lower() not in {"km", "kg"}
    if told or not letters.isupper() or "." in gap or "," in gap:
        return told and (letters.isupper() or gap.strip() in {"", "-"})
    if letters in _CAPITALS and " " in gap and _YEAR.match(match.group()):
        return _PLACE.match(plain, end) is not None and not before.endswith(_TIMES)
    return _STANDARD.search(before) is None and not (letters in _UNITS and match.group()[2:4] == "00")


RULE = Rule(CODE, find, ((with_digits(_may_be_postcode),), (DIGIT, with_piece(_CUE)), *every(RUN, with_piece(_CUE))))
