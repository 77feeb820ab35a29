"""Words that may be a name: a capital where Dutch has none, a word that is no Dutch, a word of two meanings that acts.

Found:
    Toen het misging, belde ‹Merel› de huisarts.
    ‹Storm› durfde niet naar huis.
    Gisteren zei ‹ngozi› dat het niet meer ging.
    De post lag bij ‹Zwrkmans› op tafel.
    ‹Roos› en haar dochter wachten al jaren.
    Met ‹Linde Vos› is een plan gemaakt.
Left alone:
    De hoop was dat het snel zou gaan.
    Roos is de kleur van het formulier.
    Hoop is geen plan.
    Bloem en rijst zitten in het pakket.
    De bewindvoerder verhoogde het leefgeld.
    In Utrecht helpt het buurtteam.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.finding import Hit, Rule, Weight, WordClue
from generator.privacy.language.naming import (
    NOT_AFTER_IS,
    PARTICLES,
    PERSON_VERBS,
    PUBLIC_CUES,
    RELATIONS,
    TITLES,
    Reading,
    is_sign,
    known_of,
    reading_of,
)
from generator.privacy.text import Text
from generator.words import FUNCTION_WORDS

CODE = "PRIV-NAAM-ZWAK"

_INITIAL = re.compile(r"(?<!\w)[A-Z]\.?(?!\w)")
_ARTICLES = frozenset("de het een deze dit die".split())
"""What never stands before the name of a person in lower case."""
_GOES_ON = frozenset("zoals die toen inmiddels zelf destijds".split())
"""What goes on after a name set apart by a comma."""
_AGE = re.compile(r"\s?[,(]\s?\d{1,3}\b")


def find(text: Text) -> Iterator[Hit]:
    """Every word that may be a name."""
    reading = reading_of(text)
    told = 0
    for place, known in enumerate(reading.known):
        titled = place > 0 and reading.known[place - 1].title
        if (known.plain and not (titled and known.dutch)) or known.short_title:
            continue  # by far the most words
        if known.letter and not (place and reading.known[place - 1].calls):
            continue
        word = reading.words[place]
        if word.start < told or place in reading.covered or (known.dutch and not titled):
            continue
        if reading.in_address(word):
            if len(word.text) > 3 and reading.listed(word.text) and _in_path(reading, place):
                yield (word.start, word.end), Weight.WARNING
        elif word.capital:
            if _is_odd_capital(reading, place):
                span = reading.span(place)
                told = span[1]
                yield span, Weight.WARNING
        elif _is_odd_word(reading, place):
            yield (word.start, word.end), Weight.WARNING


def _in_path(reading: Reading, place: int) -> bool:
    """Behind the host of an address: what stands there may name a person, a host does not."""
    word = reading.words[place]
    if any(side.isdigit() for side in reading.text.plain[max(0, word.start - 1) : word.end + 1]):
        return False  # part of a number in base sixteen
    address = reading.address_at(word.start)
    return address is not None and "/" in reading.text.plain[address[0] : word.start][-2000:].replace("//", "")


def _is_odd_capital(reading: Reading, place: int) -> bool:
    word = reading.words[place]
    small = word.text.lower()
    before, at = reading.before(place)
    if reading.text.plain.startswith("- ", word.end):
        return False
    if is_sign(word.text):
        return False
    if word.text.isupper() and len(word.text) > 1:
        return (len(word.text) > 5 and not reading.lists.is_dutch(small)) or (
            len(word.text) > 3 and reading.listed(small)
        )
    if len(word.text) == 1:
        return (
            before in TITLES | RELATIONS
            and at == place - 1
            and reading.gap(at) == " "
            and _INITIAL.match(reading.text.plain, word.start) is not None
        )
    if before in PUBLIC_CUES and reading.gap(at) in {" ", ' "', " '"}:
        return False
    if "-" in word.text:
        tail = word.text.split("-")[-1]
        if tail.islower() and reading.lists.is_dutch(tail):
            return False
        if tail[:1].isupper():
            return not word.opens or not reading.lists.is_dutch(small)
    if word.opens:
        return not reading.lists.is_dutch(small) or (reading.doubtful(small) and _acts(reading, place))
    if small in PARTICLES:
        return False
    return small not in reading.lists.dutch or reading.doubtful(small)


def _acts(reading: Reading, place: int) -> bool:
    """Whether a word at the start of a sentence does what persons do."""
    word = reading.words[place]
    if word.text.lower() in FUNCTION_WORDS | PARTICLES or place + 1 >= len(reading.words):
        return False
    gap, follower = reading.gap(place), reading.words[place + 1].text.lower()
    second = reading.words[place + 2].text.lower() if place + 2 < len(reading.words) else ""
    if _AGE.match(reading.text.plain, word.end) or gap == "' ":
        return True
    if gap == ", ":
        return follower in RELATIONS | _GOES_ON or (follower in {"een", "haar", "zijn", "de"} and second in RELATIONS)
    if gap != " ":
        return False
    if follower in {"en", "of"}:
        return second in {"haar", "zijn", "hun"} or (
            reading.words[place + 2 : place + 3] != () and reading.words[place + 2].capital
        )
    if follower in {"is", "was", "wordt", "werd"}:
        return second not in NOT_AFTER_IS
    return follower in PERSON_VERBS


def _is_odd_word(reading: Reading, place: int) -> bool:
    word = reading.words[place]
    small = word.text
    before = reading.words[place - 1].text.lower() if place else ""
    if small in reading.lists.dutch:
        return before in TITLES and reading.doubtful(small) and small not in FUNCTION_WORDS | PARTICLES | PERSON_VERBS
    if len(small) < 3 or not small.islower():
        return len(small) > 3 and small != small.lower() and not reading.lists.is_dutch(small.lower())
    if before in _ARTICLES:
        return False
    if "-" in {reading.text.plain[word.start - 1 : word.start], reading.text.plain[word.end : word.end + 1]}:
        return False  # 27-minners, kinder- en jeugdzorg
    return not reading.lists.is_dutch(small)


RULE = Rule(
    CODE,
    find,
    ((WordClue(lambda word: not known_of(word.text).plain),), (WordClue(lambda word: known_of(word.text).title),)),
)
