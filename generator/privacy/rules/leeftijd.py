"""Exact age of somebody, in digits or words; not a limit in a rule, a duration, a count or an age band.

Found:
    Een vader van ‹41› met twee kinderen vroeg om hulp.
    De ‹58-jarige› vrouw slaapt bij vrienden.
    Zijn zoons (‹3›, ‹6› en ‹9›) slapen op één kamer.
    Hij is ‹33› en zoekt werk.
    Ze is ‹negenentwintig jaar› en werkt nachten.
    Een vrouw, ‹61›, zonder inkomen, belde.
    De baby van ‹zes weken› huilt veel.
    Hij wordt volgende maand ‹18›.
    De jongste is ‹twee en een half›.
    Op zijn ‹zestiende› ging hij uit huis.
    Leeftijd: ‹43›, alleenstaand.
    Toen zij ‹zeventien› was, overleed haar vader.
    De kinderen zijn ‹4›, ‹7› en ‹11 jaar› oud.
Left alone:
    Jongeren tot 27 jaar vallen onder de regeling.
    Bij het bereiken van de 18-jarige leeftijd stopt de hulp.
    Zij wacht al 3 jaar op een huis.
    Een moeder van drie kinderen belde.
    Hij kreeg een huurcontract van 2 jaar.
    Kinderen van 4 tot 12 jaar mogen gratis mee.
    Wie 18 wordt, betaalt zelf zorgpremie.
    Hij is 3 keer verhuisd.
    Een kind van 12 mag zelf meebeslissen.
    De tweejarige opleiding begint in de herfst.
    Een jongere van 16-17 kreeg een kamer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.finding import Hit, Rule, Weight
from generator.privacy.language.age_notes import is_note
from generator.privacy.language.age_phrases import BEFORE_AGES, ends, is_phrase
from generator.privacy.language.ages import (
    AGE_IN_WORDS,
    MAY_BEGIN,
    ORDINAL,
    REACH,
    TIME,
    Age,
    Around,
    durable,
    find_ages,
    find_ordinals,
    find_yearly,
    look_around,
    value_of,
)
from generator.privacy.language.clues import DIGIT, ONE, with_digits, with_lower, with_piece
from generator.privacy.language.context import COUNTED, FOLLOWERS, MODALS, has_household, is_people, is_person
from generator.privacy.text import Text

CODE = "PRIV-LEEFTIJD"

_LIMITS = frozenset(
    """
    tot vanaf onder boven minimaal maximaal minstens dan per sinds gedurende elke iedere beneden tussen na binnen €
    """.split()
)
_VERBS = frozenset("is was werd wordt ben bent word geworden oud oude jong".split())
_OWNERS = (" zijn ", " haar ", " hun ", " mijn ", " diens ", " z'n ", " d'r ")
_MOMENTS = frozenset("op sinds vanaf tot voor vóór na rond met tegen".split())
_LEGAL_AGES = frozenset("12 14 16 17 18 21 23 27 65 66 67".split())
"""Ages at which a rule begins or ends."""
_SEX = re.compile(
    r"(?<![\w/.])(?:(?:m|v|x|man|vrouw) ?/ ?(?P<after>\d{2})(?!\d|[/.,-]\d)|(?P<before>\d{2}) ?/ ?(?:m|v|x)(?![\w/]))"
)
_MAY_BE_SEX = re.compile(r"\d(?:(?<=[mv]\d)\d|(?<=/\d)\d|(?<=/ \d)\d|\d ?/ ?[mvx])")
_SEX_JOINED = re.compile(r"(?<![\w/.-])[MV](?P<after>\d{2})(?=[,;) ]|$)(?! ?(?:groep|lijn))(?P<before>)")


def find(text: Text) -> Iterator[Hit]:
    """Ages in rows of numbers, in «-jarige», in «op zijn zestiende» and in short notes (v/37)."""
    judged: dict[tuple[str, str], bool] = {}  # a long text of the same words is judged once
    for row in find_ages(text):
        start, end = row[0].span[0], row[-1].span[1]
        if not _may_be_age(text, row, start, end):
            continue
        beside = text.plain[max(start - REACH, 0) : start], text.plain[start : end + REACH]
        if beside not in judged:
            judged[beside] = _is_age(row, look_around(text, start, end))
        if judged[beside]:
            for age in row:
                yield age.span, Weight.WARNING
    yield from _yearly(text)
    yield from _ordinals(text)
    if text.has_digit:
        for pattern, plain in ((_SEX, text.lower), (_SEX_JOINED, text.plain)):
            for match in pattern.finditer(plain):
                yield match.span("after" if match["after"] else "before"), Weight.WARNING


def _may_be_age(text: Text, row: tuple[Age, ...], start: int, end: int) -> bool:
    """A quick look at the words beside a row: most numbers in a text are no ages."""
    after = text.lower[end + 1 : end + 14].split(" ", 1)[:1] if text.lower[end : end + 1] == " " else []
    if after and after[0] in COUNTED:
        return False
    if not start or row[-1].unit or (after and after[0] in _VERBS):
        return True
    word = text.plain[text.plain.rfind(" ", max(start - 40, 0), start - 1) + 1 : start].strip()
    lower = word.lower()
    if lower[:1].isdigit():
        return False
    return lower in BEFORE_AGES or not lower[-1:].isalnum() or word[0].isupper() or is_person(lower) or is_people(lower)


def _is_age(row: tuple[Age, ...], around: Around) -> bool:
    """Whether a row of numbers tells how old somebody is: no limit, no range, nothing counted."""
    after = around.next(0)
    if around.near(0) in _LIMITS or after in {"tot", "t", "à", "-", "%", "of", "plus"}:
        return False
    if after in {"en", "jaar"} and around.next(1) in {"ouder", "jonger", "hoger"}:
        return False
    if not row[-1].unit and after in COUNTED:
        return False
    return is_note(row, around) or is_phrase(row, around)


def _yearly(text: Text) -> Iterator[Hit]:
    """«62-jarige», «16- en 17-jarige dochters», «op 16-jarige leeftijd»."""
    for match in find_yearly(text):
        around = look_around(text, *match.span())
        if not match["many"] or around.near(0) in {"twee", "drie", "beide"}:
            if match["link"] in {"of", "tot"} or _is_general(around, match["number"]):
                continue
            if match["first"]:
                yield match.span("first"), Weight.WARNING
            yield (match.start("number"), match.end()), Weight.WARNING


def _is_general(around: Around, number: str) -> bool:
    """A two-year course, an age that is a limit, or anybody who has it."""
    before, after = around.near(0), around.next(0)
    if after == "leeftijd":
        told = before in {"op", "haar", "zijn"} and has_household(around.sentence)
        return not told or "bereik" in around.sentence
    if durable(after) or (after not in FOLLOWERS and durable(around.next(1))):
        return True
    if before in {"elke", "iedere", "ieder", "elk", "alle"} or {"je", "u"} & set(around.right[:4]):
        return True
    limit = before != "de" or number in _LEGAL_AGES
    return limit and after in MODALS - {"valt"} and not has_household(around.sentence)


def _ordinals(text: Text) -> Iterator[Hit]:
    """«Op zijn zestiende», «haar 80ste verjaardag»."""
    if not any(owner in text.lower for owner in _OWNERS):
        return
    for match in find_ordinals(text):
        start, end = match.span()
        if text.lower[max(start - 7, 0) : start].endswith(_OWNERS):
            around = look_around(text, start, end)
            after = around.next(0)
            thing = after.endswith(("brief", "verzoek", "poging", "aanvraag", "adres", "dag", "huis", "keer"))
            late = value_of(match["number"]) >= 12 and not thing
            moment = around.near(1) in _MOMENTS and (late or ends(around))
            if moment or after in {"verjaardag", "levensjaar"}:
                yield (start, end), Weight.WARNING


RULE = Rule(
    CODE,
    find,
    (
        (with_digits(lambda text: MAY_BEGIN.search(text.lower)),),
        (DIGIT, with_lower(frozenset(owner.strip() for owner in _OWNERS).__contains__)),
        (with_digits(lambda text: _MAY_BE_SEX.search(text.lower)),),
        (AGE_IN_WORDS,),
        (ONE, TIME),
        (ORDINAL,),
        (with_piece("jarig"),),
    ),
)
