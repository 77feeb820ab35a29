r"""Account numbers: an IBAN of any country, the shape of a Dutch one, cards, and old numbers after a label.

Found:
    De uitkering gaat naar «NL91ABNA0417164300».
    Beheerrekening «NL13 TEST 0123 4567 89» is geopend.
    Storting op «nl62test0987654321» bleek niet mogelijk.
    Rekeningnummer «NL00-INGB-0001-2345-67» klopt niet.
    Het loon ging naar «PL61 1090 1014 0000 0712 1981 2874» in het buitenland.
    Zijn girorekening «1234567» was al jaren leeg.
    Het rekeningnummer van de moeder is «12.34.56.789» bij de bank.
    IBAN: «DE00 3704 0044 0532 0130 00», zegt de werkgever.
    Ze betaalde met haar creditcard «4111 1111 1111 1111» vooruit.
    Banknummer «123456789» stond nog op de machtiging.
Left alone:
    De energierekening van 312,45 euro bleef liggen.
    Op de rekening stond nog 1250 euro.
    Giro 555 opende een actie.
    De rekening van 2021 is betaald.
    Hij heeft drie bankrekeningen en 2 spaarrekeningen.
    In NL 2021 tot 2023 liep de regeling.
    De bankrekening werd op 12 maart 2021 geblokkeerd.
    Rekeninghouders van 18 tot 27 jaar betalen niets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban, luhn

from generator.privacy.finding import Hit, Rule, Weight
from generator.privacy.language.clues import DIGIT, with_digits, with_piece
from generator.privacy.language.values import after_when, digit_count, is_date, is_sum, is_years, merged, values_after
from generator.privacy.text import Span, Text

CODE = "PRIV-REKENING"

_SEP = r" ?[.\-/_]? ?"
_IBAN = re.compile(rf"(?<![^\W_])[A-Za-z]{{2}}{_SEP}\d{_SEP}\d(?:{_SEP}[A-Za-z\d]){{11,30}}+")
_CHECK = re.compile(rf"\d{_SEP}\d(?:{_SEP}[A-Za-z\d]){{11}}")
"""What every such number goes on with after its two letters."""
_DUTCH = re.compile(
    rf"n(?<![^\W_]n){_SEP}l{_SEP}[\doil](?:{_SEP}[\doil])(?:{_SEP}[a-z0]){{4}}(?:{_SEP}[\doil]){{8,10}}(?![^\W_])"
)
_NL = re.compile(rf"n{_SEP}l{_SEP}[\doil]")
_CARD_FIGURES = 16
_PIECE = re.compile(r"(?<=[A-Za-z\d])(?![A-Za-z\d])")
_NOT_PLAIN = re.compile(r"[^A-Za-z\d]")
_FOREIGN = re.compile(r"[A-Z]{2}\d\d(?:[ .\-]?[A-Z\d]{2,7}){2,8}(?![^\W_])")
_CARD = re.compile(r"(?<![^\W_])(?<!\d[.\-, ])[3-6]\d{3}(?P<sep>[ .\-]?)\d{4}(?P=sep)\d{4}(?P=sep)\d{4}(?!\w|[.\- ]\d)")
_LABEL = re.compile(
    r"(?P<number>(?:rekening|bank|giro|postbank|iban)[ \-]?(?:nummers?|nrs?\b)|rek\. ?(?:nrs?|nummer)"
    r"|(?<![^\W_])(?:bank|giro|spaar)?rek(?:nr)?\b"
    r"|\bibans?\b|(?:credit ?-?card|bank ?-?pas|betaalpas|pas)(?:nummer|nr|gegevens)?\b)"
    r"|(?P<account>(?:giro|bank|spaar|betaal|beheer|leefgeld|postbank|privé|loon|en/of|budget|boedel"
    r"|kinder)-?rekening\b"
    r"|\b(?:giro|postbank|rekening)\b)"
)
_LOOKS = ("rek", "iban", "giro", "bank", "pas", "card")


def find(text: Text) -> Iterator[Hit]:
    """Every account number."""
    if not text.has_digit:
        return
    for span in merged(_spans(text)):
        yield span, Weight.HARD


def _may_be_account(text: Text) -> bool:
    """Whether there may be a number that needs no word beside it."""
    return bool(_CHECK.search(text.plain) or _NL.search(text.lower)) or text.figures >= _CARD_FIGURES


def _spans(text: Text) -> Iterator[Span]:
    plain = text.plain
    for match in _IBAN.finditer(plain) if _CHECK.search(plain) else ():
        yield from _valid_part(match)
    if _NL.search(text.lower):
        yield from (match.span() for match in _DUTCH.finditer(text.lower))
    for match in _CARD.finditer(plain) if text.figures >= _CARD_FIGURES else ():
        if luhn.is_valid(_NOT_PLAIN.sub("", match.group())):
            yield match.span()
    if any(word in text.lower for word in _LOOKS):
        for match in _LABEL.finditer(text.lower):
            yield from _labelled(plain, match)


def _valid_part(match: re.Match[str]) -> Iterator[Span]:
    """The longest part from its start that passes the test of its country."""
    value = match.group()
    for piece in reversed([end.start() for end in _PIECE.finditer(value)]):
        compact = _NOT_PLAIN.sub("", value[:piece])
        if len(compact) < 15:
            return
        if iban.is_valid(compact, check_country=False):
            yield match.start(), match.start() + piece
            return


def _labelled(plain: str, label: re.Match[str]) -> Iterator[Span]:
    """The numbers given for a label, even if no test is passed."""
    number = label["number"] is not None
    place = label.end()
    foreign = _FOREIGN.search(plain, place, place + 80)
    if foreign is not None and digit_count(foreign.group()) >= 8:
        yield foreign.span()
    for span in values_after(plain, place):
        count = digit_count(plain[slice(*span)])
        least = 4 if number else 6
        if label.group() in {"giro", "postbank"}:
            least = 5
        if (
            count < least
            or is_sum(plain, span)
            or is_date(plain, span)
            or is_years(plain, span)
            or after_when(plain, span[0])
        ):
            continue
        yield span


RULE = Rule(CODE, find, ((with_digits(_may_be_account),), (DIGIT, with_piece(*_LOOKS))))
