"""Names that leave no doubt: after a title or kin, with initials, or known as a name and as nothing else.

Found:
    Mevrouw «Terpstra» belde het wijkteam.
    Haar zoon «Tygo» zit thuis.
    De brief was voor «B.J. van der Zwaag» bedoeld.
    Zijn broer, «Sem», sliep op de bank.
    De jongste heet «Vlinder» en slaapt slecht.
    Met dhr. «kuiper» is gebeld.
    Vandaag kwam «Mariam Haile» langs.
Left alone:
    De moeder en haar zoon wonen bij oma.
    Het gezin uit Utrecht kreeg uitstel.
    De heer des huizes was er niet.
    Cliënt en bewindvoerder spraken elkaar.
    De Wet Mulder bepaalt de verhoging.
    Haar oudste dochter woont op kamers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.finding import Hit, Rule, Weight, WordClue
from generator.privacy.language.clues import with_sign
from generator.privacy.language.naming import (
    NAMING,
    PARTICLES,
    PERSON_VERBS,
    PUBLIC_CUES,
    RELATIONS,
    SHORT_TITLES,
    TITLES,
    Reading,
    known_of,
    reading_of,
)
from generator.privacy.text import Text, Written
from generator.words import FUNCTION_WORDS

CODE = "PRIV-NAAM"

_INITIALS = re.compile(
    r"(?<![\w.])(?:(?:[A-ZÀ-ÖØ-Þ](?:h|Th|th)?\.[ -]?){1,6}|[A-Z]{1,3} (?=v\.|van |de |der |den |el |ter |'t ))"
    r"(?:(?:van|de|der|den|ter|ten|te|het|'t|el|al|ben|von|da|di|la|op|in|'s|v\.|v\.d\.|v/d|vd)[ -]){0,3}"
    r"[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:['-][^\W\d_]+){0,3}"
)
_INITIAL = re.compile(r"[A-ZÀ-ÖØ-Þ](?:h|Th|th)?|[A-Z]{2,3}")
_MAY_PRECEDE = SHORT_TITLES | PARTICLES
"""Words directly before a name in lower case."""
_ROMAN = re.compile(r"[IVXLC]{2,}")
_SURNAME_FIRST = re.compile(r"(?<!\w)[A-Z][^\W\d_]{2,30}, (?:[A-Z]\.){1,5}(?!\w)")
_INITIAL_ENDS = re.compile(
    r"(?<![\w.])(?:[A-Z]\. ?){1,4}(?:(?:van|de|der|den|ter|ten|te|het|'t|el|al|ben|von)[ -]){1,3}[A-Z]\.(?!\w)"
)
_ONLY_INITIALS = re.compile(r"(?<![\w.])[A-Z]\.(?:[ ]?[A-Z]\.){1,4}(?!\w)")
_NOT_INITIALS = frozenset(
    "B.V. N.V. V.O.F. P.C. O.B. H.B.O. M.B.O. W.W. A.O.W. C.V. V.S. U.S. E.U. B.S.N. P.S. N.B. Z.O.Z.".split()
)


def find(text: Text) -> Iterator[Hit]:
    """Every name that leaves no doubt."""
    reading = reading_of(text)
    yield from _with_initials(reading)
    told = 0
    called = any(known.calls for known in reading.known)
    titled = any(known.short_title for known in reading.known)
    for place, known in enumerate(reading.known):
        if not (titled or (known.capital and (known.listed or called))):
            continue  # by far the most words
        word = reading.words[place]
        if word.start < told:
            continue  # part of the name before it
        if not word.capital and (not place or reading.words[place - 1].text.lower() not in _MAY_PRECEDE):
            continue
        if reading.in_address(word):
            continue
        if _is_named(reading, place):
            start, told = reading.span(place)
            yield (min(start, reading.start(place)), told), Weight.BLOCK
        elif known.listed and word.capital and place not in reading.covered and _is_known(reading, place):
            span = reading.span(place)
            told = span[1]
            yield span, Weight.BLOCK


def _may_be_initials(word: Written) -> bool:
    return any(_INITIAL.fullmatch(part) for part in re.split("['’-]", word.text))


def _with_initials(reading: Reading) -> Iterator[Hit]:
    plain = reading.text.plain
    if "." not in plain:
        return
    for match in _INITIALS.finditer(plain):
        if "." in match.group() or reading.doubtful(match.group().split()[-1]):
            yield match.span(), Weight.BLOCK
    for pattern in (_SURNAME_FIRST, _INITIAL_ENDS):
        yield from ((match.span(), Weight.BLOCK) for match in pattern.finditer(plain))
    for match in _ONLY_INITIALS.finditer(plain):
        if match.group().replace(" ", "") not in _NOT_INITIALS:
            yield match.span(), Weight.BLOCK


def _is_known(reading: Reading, place: int) -> bool:
    word = reading.words[place]
    small = word.text.lower()
    if (word.text.isupper() and len(word.text) < 4) or reading.text.plain.startswith("- ", word.end):
        return False  # PW, Kinder- en jeugdzorg
    before, _ = reading.before(place)
    if before in PUBLIC_CUES or small in PARTICLES or _ROMAN.fullmatch(word.text):
        return False
    if "-" in small and small.split("-")[-1] in reading.lists.dutch and not word.text.split("-")[-1][0].isupper():
        return False
    return reading.listed(word.text)


def _is_named(reading: Reading, place: int) -> bool:
    """Whether what stands before says that this is a name."""
    word = reading.words[place]
    small = word.text.lower()
    before, at = reading.before(place)
    if at < 0 or (
        small in PARTICLES and not word.opens and place + 1 < len(reading.words) and reading.words[place + 1].capital
    ):
        return False
    gap = reading.gap(at)
    if not word.capital:
        return (
            before in SHORT_TITLES
            and gap in {" ", ". "}
            and small not in FUNCTION_WORDS
            and small not in PARTICLES
            and small not in PERSON_VERBS
        )
    if word.opens and gap not in {". ", ": ", ".", ':"'}:
        return False
    if before in TITLES and gap in {" ", ". ", " '"}:
        return not (gap == ". " and before not in SHORT_TITLES | {"dr", "ds", "ir", "mr", "drs", "prof", "ing"})
    if place in reading.covered or (word.text.isupper() and len(word.text) < 5):
        return False
    if before in RELATIONS:
        return gap == " " or (gap in {", ", " (", ': "', " '", ' "'} and _closes(reading, place, gap))
    return before in NAMING and gap in {" ", ": ", ' "', " '"}


def _closes(reading: Reading, place: int, gap: str) -> bool:
    """Whether a name set apart by a comma or bracket ends with one too, or is a known name."""
    end = reading.span(place)[1]
    after = reading.text.plain[end : end + 1]
    return after in {",", ")", ".", ";", "'", '"', ""} or (gap == ", " and reading.doubtful(reading.words[place].text))


RULE = Rule(
    CODE,
    find,
    (
        (WordClue(_may_be_initials), with_sign(".")),
        (WordClue(lambda word: known_of(word.text).capital and known_of(word.text).listed),),
        (WordClue(lambda word: known_of(word.text).calls), WordClue(lambda word: known_of(word.text).capital)),
        (WordClue(lambda word: known_of(word.text).short_title),),
    ),
)
