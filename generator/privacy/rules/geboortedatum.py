"""Date of birth: any date beside «geboren», «jarig» or the like, or right after a person; month or year of birth too.

Found:
    Vader is geboren op «4 juni 1971» in Tanger.
    Geb.dat.: «04-06-1971», gehuwd.
    De cliënt («4/6/71») kwam te laat.
    Zoon, *«04.06.2012», zit op voetbal.
    Op «9 augustus» is ze jarig.
    De oudste is van «4 juni '09» en blowt.
    Zij werd in «juni 1971» geboren.
    Hij is geboren in «1984» en kwam later hierheen.
    De kinderen zijn geboren op «3 mei 2011» en «4 juni 2013».
    Haar dochter («2014») woont bij oma.
    Geboortejaar: «1962».
    Op «3 mei 2021» beviel zij van een zoon.
Left alone:
    De flat heeft bouwjaar 1984.
    Wie is geboren vóór 1 januari 1950 kreeg al eerder AOW.
    De vordering verjaart op 3 mei 2026.
    Het idee werd geboren in 2015.
    Het besluit van 12 maart 2019 is oud.
    Het rapport (12-03-2019) noemt moeder niet.
    Het 25-jarig bestaan werd op 3 mei 2019 gevierd.
    Kinderen geboren in 2019 vallen onder de nieuwe regeling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.finding import Hit, Rule, Weight
from generator.privacy.language.clues import DIGIT, with_digits, with_piece
from generator.privacy.language.context import has_household, is_people, is_person, window
from generator.privacy.language.dates import DATES, MONTH, Date, find_dates
from generator.privacy.text import Span, Text

CODE = "PRIV-GEBOORTEDATUM"

_CUES = tuple("gebo geb jarig verja bevall beviel * dob birth wereld ° g.d gd wordt werd geworden".split())
_CUE = (
    r"(?:\bgebor(?:en|ene)\b|\bgeb\.?(?![a-z])|\bgeb\.? ?dat(?:um|\.)?|\bgeboorte(?:dat(?:um|a|\.)?|dag|jaar|maand)?\b|"
    r"\bgebdat|\bjarig\b(?! bestaan)|\bverjaar\w*|\bbevallen\b|\bbeviel\b|\bbevalling\b|\bdob\b|\bbirth\w*|"
    r"(?:ter|op de) wereld\b|\bg\.?d\.?:|°|\*)"
)
_GAP = (
    r"(?:(?! (?:en|maar|sinds|per|daarna|kwam|kreeg|verhuisde|woont|staat|waar|dat|die|tot|vertrok|"
    r"vluchtte) )[^.!?\n\d]|"
    r"\b(?:te|in) \w\.|\bd\.d\.){0,60}"
)
_CUE_BEFORE = re.compile(rf"{_CUE}{_GAP}$")
_CUE_AFTER = re.compile(
    r"[^.!?;\n\d]{0,60}?\b(?:geboren|jarig|verjaart?|verjaardag|verjaardagen|beviel|bevallen|ter wereld|"
    r"geboortedatum|geboortedag)\b"
)
_TURNS = re.compile(r"[^.!?;\n]{0,40}?\b(?:wordt|werd) (?:hij|zij|ze) \d{1,3}\b(?! [a-z])| \d{1,3} geworden\b")
_LINK = re.compile(r"(?:,| en|, en| &|/| resp\.| respectievelijk)? ?(?:op )?$")
_SPACED = re.compile(
    r"\b(?:geboren|geb\.?|geboortedatum|geboortedag|verjaart|verjaardag|jarig)\b[^.!?\n\d]{0,24}"
    r"(?P<date>\d(?: ?\d)? ?[-/.] ?\d(?: ?\d)?(?: ?[-/.] ?\d ?\d(?: ?\d ?\d)?)?)(?![\d.,]*\d| ?(?:uur|procent|%))"
)
"""Day and month, also with spaces between the digits."""
_MAY_BE_SPACED = re.compile(r"\d(?: ?\d)? ?[-/.] ?\d")
_LOOSE = re.compile(r"[ (']\d")
_YEAR = re.compile(r"\d{4}|(?<=')\d\d(?!\d)")
_YEAR_END = re.compile(r"\d|[.,:-]\d|/\d| (?:euro|gezinnen)|%")
_MONTH_BEFORE = re.compile(rf"\b{MONTH}\.?,? (?:van )?'?$")
_MONTH_NUMBER = re.compile(r"(?<![\d/.-])\d{1,2}[-/]'?$")
_COMPACT = re.compile(r"(?:(?:19|20)\d\d[01]\d[0-3]\d|[0-3]\d[01]\d(?:19|20)\d\d|[0-3]\d[01]\d\d\d)(?!\d)")
_BORN_BEFORE = re.compile(
    r"\b(?:geboren|geb\.?(?![a-z])|geboortejaar|geboorte(?![a-z])|verja\w+|jarig|(?:ter|op de) wereld)"
    r"(?:(?! (?:en|maar|sinds|dat|die|waar) )[^.!?\n\d(]){0,40}?(?: in| uit| van|:|\.|,| is|jaar)? ?(?:begin |"
    r"eind |medio )?(?:het jaar )?$"
)
_BORN_AFTER = re.compile(r"[^.!?;\n\d]{0,50}?\b(?:geboren|ter wereld)\b")
_CLOSED = re.compile(r" ?[),.;\n]|$| (?:en|die|woont|is|was|zit|met)\b")
_GENERAL = re.compile(
    r"\b(?:wie|iedereen|jongeren|kinderen|mensen|personen|ouderen|vrouwen|mannen|"
    r"werknemers|degenen|burgers|inwoners|generatie|gepensioneerden|studenten|baby's)\b"
    r"(?: (?:die|is|zijn|op|na|vóór|voor|vanaf|tussen|in|of|geboren|ooit|zelf)\b){1,6}"
)
_DEFINITE = ("de ", "haar ", "hun ", "mijn ")
_LIMIT = re.compile(r"\b(?:voor|vóór|na|vanaf|tussen|sinds|tot)(?: of op)? $")
_CLAIM = re.compile(r"\b(?:vordering|schuld|boete|rechtsvordering|termijn|verjaring|claim|factuur|nota)\w*\b")
_THING = re.compile(
    r"\b(?:idee|plan|wet|project|initiatief|regeling|aanpak|werkwijze|methode|beweging|pilot|stichting|"
    r"vereniging|proef|"
    r"wijkteam|fonds|samenwerking|organisatie|bestaan|gemeente)\b[^.]{0,40}(?:geboren|jarig)"
)
_WORD = re.compile(r"[\w'-]+")
_SEXES = frozenset("m v x".split())
_PRONOUNS = frozenset("hij zij ze".split())
_REACH = 110


def find(text: Text) -> Iterator[Hit]:
    """Dates, then years with or without a month, that tell when somebody was born."""
    lower = text.lower
    dates = find_dates(text)
    if not dates and _YEAR.search(lower) is None and _MAY_BE_SPACED.search(lower) is None:
        return
    starts = [start for start, _ in text.sentences]
    cued = any(cue in lower for cue in _CUES)
    previous: Date | None = None
    for date in dates:
        before, after = lower[max(date.start - _REACH, 0) : date.start], lower[date.end : date.end + 80]
        chained = (
            previous is not None and date.start - previous.end < 24 and _LINK.match(lower[previous.end : date.start])
        )
        beside = cued and (_CUE_BEFORE.search(before) or _CUE_AFTER.match(after) or _TURNS.match(after))
        if (chained or beside or (date.full and _is_after_person(before))) and not _is_general(
            text, starts, (date.start, date.end), exact=True
        ):
            previous = date
            yield (date.start, date.end), Weight.HARD
    if text.has_digit:
        yield from _years(text, starts, cued)
        for match in _SPACED.finditer(lower) if cued else ():
            yield match.span("date"), Weight.HARD


def _years(text: Text, starts: list[int], cued: bool) -> Iterator[Hit]:
    """Year of birth, with or without the month, and dates without marks between the numbers."""
    lower = text.lower
    for match in _YEAR.finditer(lower):
        start, end = match.span()
        if (
            cued
            and (numbered := _MONTH_NUMBER.search(lower, max(start - 4, 0), start))
            and lower[start - 4 : start - 3] not in "-/."
        ):
            if _BORN_BEFORE.search(lower, max(start - 40, 0), numbered.start()):
                yield (numbered.start(), end), Weight.HARD
            continue
        if lower[start - 1 : start].isalnum() or lower[start - 1 : start] in {"-", ".", "/", ",", "€"}:
            continue
        if cued and lower[end : end + 1].isdigit() and (compact := _COMPACT.match(lower, start)):
            if _CUE_BEFORE.search(lower, max(start - 40, 0), start):
                yield compact.span(), Weight.HARD
            continue
        if _YEAR_END.match(lower, end) or (end - start == 4 and not "1910" < match[0] < "2040"):
            continue
        start -= lower[start - 1] == "'"
        if (month := _MONTH_BEFORE.search(lower, max(start - 16, 0), start)) is not None:
            if lower[max(month.start() - 3, 0) : month.start()].strip(" .").isdigit():
                continue
            start = month.start()
        near = lower[max(start - 60, 0) : start]
        born = cued and (
            _BORN_BEFORE.search(near)
            or (near.endswith(("in ", "eind ", "begin ", "medio ")) and _BORN_AFTER.match(lower, end))
        )
        if (born or _is_year_of_person(near, lower, end)) and not _is_general(text, starts, (start, end), exact=False):
            yield (start, end), Weight.HARD


def _is_year_of_person(near: str, lower: str, end: int) -> bool:
    """«Haar dochter (2014)», «hij is van 1984», «zoon, 2011»."""
    if not near.endswith(("(", ", ", " van ", " uit ")) or not _CLOSED.match(lower, end):
        return False
    words = _WORD.findall(near[-40:])
    if near.endswith((" van ", " uit ")):
        words = [word for word in words[:-1] if word not in {"is", "was", "zijn"}][-1:]
        return bool(words) and (words[0] in _PRONOUNS or is_person(words[0]))
    return bool(words) and is_person(words[-1])


def _is_after_person(before: str) -> bool:
    """Directly after somebody: «moeder (12/3/84)», «zoon Ali, 3 mei 2011», «hij is van 12 mrt '84»."""
    words = [word for word in _WORD.findall(before[-60:]) if word not in _SEXES]
    if not words:
        return False
    if before.endswith((" van ", " uit ")):
        known = words[-2:-1]
        if known and known[0] in {"is", "zijn", "was"}:
            known = words[-3:-2]
            return bool(known) and (known[0] in _PRONOUNS or is_person(known[0]) or is_people(known[0]))
        return bool(known) and is_person(known[0])
    if before.rstrip().endswith("("):
        return any(is_person(word) or is_people(word) for word in words[-4:])
    return is_person(words[-1]) or is_people(words[-1])


def _is_general(text: Text, starts: list[int], span: Span, *, exact: bool) -> bool:
    """A rule about whoever was born then, a debt that lapses, an idea that was born."""
    left, right = window(text, starts, span)
    sentence = text.lower[left:right]
    if any(not sentence[: match.start()].endswith(_DEFINITE) for match in _GENERAL.finditer(sentence)):
        limit = _LIMIT.search(text.lower, left, span[0])
        if limit or not (exact or has_household(sentence)):
            return True
    if "verja" in sentence and "verjaardag" not in sentence and _CLAIM.search(sentence):
        return True
    return ("geboren" in sentence or "jarig" in sentence) and _THING.search(sentence) is not None


RULE = Rule(
    CODE,
    find,
    (
        *DATES,
        (with_digits(lambda text: _LOOSE.search(text.plain)),),
        (DIGIT, with_piece(*filter(str.isalpha, _CUES))),
        (with_digits(lambda text: any(cue in text.lower for cue in _CUES if not cue.isalpha())),),
    ),
)
