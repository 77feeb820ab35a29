"""House numbers: whether a number belongs to the street, or to the unknown name, that stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.language.clues import with_digits
from generator.privacy.language.context import COUNTED, FOLLOWERS
from generator.privacy.language.doors import LIVING
from generator.privacy.language.streets import (
    COMMON,
    NO_STREETS,
    SURE_ENDS,
    TYPES,
    UNNAMED,
    WEAK_ENDS,
    Phrase,
    phrase_before,
)
from generator.privacy.text import Span, Text

_HOUSE = re.compile(
    r"(?:(?<=[^\W\d_])|(?<=\b1\d\d\d)|(?<=\b20\d\d))"
    r"(?P<link>'?,? \(?(?:op |met )?(?:nr\.?|nummer|no\.?|num\.|huisnr\.?|huisnummer|#) ?|,? \(?)"
    r"(?P<number>\d{1,5})(?!\d|[.,:]\d|[%€°])"
    r"(?P<more>(?: ?[-/] ?\d{1,4}(?!\d|[.,/]\d|[a-z]{2})|-(?:hoog|hg|hs|bis|huis|i{1,3}|iv|v|[a-z])(?!\w)|"
    r"[a-z]\d?(?![\w'])|"
    r" [a-h](?=[ ,;)]|\.(?:\s|$)|$)(?! \d)|"
    r" ?(?:bis|hs|huis|hoog|hg|bv|i{1,3}|iv|rood|zwart|boven|beneden|sous|rd|zw|links|rechts)(?!\w)|"
    r" \d ?(?:hoog|hg)\b){0,3}+)(?!\w)",
    re.IGNORECASE,
)
_MAY_BE = re.compile(r" \(?(?:op |met )?(?:nr\.?|nummer|no\.?|num\.|huisnr\.?|huisnummer|#)? ?\d", re.IGNORECASE)
"""What every house number begins with."""
HOUSE = with_digits(lambda text: _MAY_BE.search(text.plain))
_PLACED = frozenset(
    "op aan van naar bij langs huurt huurde huren woont woonde wonen betrekt tegenover achter adres woonadres".split()
)
_NOT_LIVED = frozenset("met door voor sinds bij volgens".split())
_HOME = re.compile(r"\b(?:woont|woonde|wonen|huurt|huurde|verblijft|kamer|flat|appartement|ingeschreven) in $")
_TITLED = frozenset("heer mevrouw meneer mw dhr familie mevr gezin wethouder minister".split())
_PLANS = frozenset(
    "visie plan project agenda gebiedsvisie programma bestemmingsplan herinrichting ontwikkeling".split()
)
_NEXT = re.compile(r" ([^\s.,;:()!?\"']+)")
_PRECEDING = frozenset("Achter Onder Tussen Boven".split())
_REACH = 60


def find_houses(text: Text) -> Iterator[Span]:
    """Streets with their house numbers, in order."""
    plain = text.plain
    if _MAY_BE.search(plain) is None:
        return
    for match in _HOUSE.finditer(plain):
        place = match.start()
        word = plain[plain.rfind(" ", max(place - 40, 0), place) + 1 : place]
        if len(word) < 2 or not (word[0].isupper() or word[0] in "'(\"" or word.isdigit() or word.endswith(SURE_ENDS)):
            continue
        phrase = phrase_before(plain, place)
        if phrase is not None and _is_house(text, phrase, match):
            yield phrase.span[0], match.end()


def _is_house(text: Text, phrase: Phrase, match: re.Match[str]) -> bool:
    """Whether nothing is counted by the number, nothing numbered by it, and the words before it are a street."""
    last, number = phrase.last, match["number"]
    next_word = _NEXT.match(text.lower, match.end(), match.end() + 30)
    following = next_word[1] if next_word else ""
    if following in COUNTED or (following[:1].isdigit() and not last.endswith(SURE_ENDS)):
        return False
    if following[:1].isdigit() and phrase.words[0] in TYPES:
        return False
    if last in NO_STREETS or any(word.lower() in UNNAMED for word in phrase.words):
        return False
    halted = not following or following in FOLLOWERS or bool(match["more"])
    labelled = bool(match["link"].strip("', ("))
    year = len(number) == 4 and number[:2] in {"19", "20"} and not match["more"]
    if match["link"].startswith(",") and not labelled and not (halted and last.endswith(SURE_ENDS)):
        return False
    if year and (phrase.before in _PLANS or (last.title() in TYPES and phrase.before in _TITLED)):
        return False
    if last.endswith(SURE_ENDS):
        return phrase.is_capital or (last not in COMMON and len(last) > 6 and halted)
    if not phrase.is_capital or (year and phrase.words[0] not in TYPES):
        return False
    return _is_lived(text, phrase, following, halted=halted, labelled=labelled)


def _is_lived(text: Text, phrase: Phrase, following: str, *, halted: bool, labelled: bool) -> bool:
    """A name that says nothing by itself: where somebody lives, or at least where something stands."""
    start, before, single = phrase.span[0], phrase.before, len(phrase.words) == 1
    opening = re.split(r"[.!?] ", text.lower[max(start - _REACH, 0) : start])[-1]
    lives, weak = LIVING.search(opening) is not None, phrase.last.endswith(WEAK_ENDS)
    placed = before in _PLACED
    standing = (lives and placed and before != "bij") or (before in {"op", "aan"} and not single)
    if not halted and (not standing or following.endswith(("en", "s"))):
        return False
    if phrase.words[0] in TYPES and (not single or placed or before in {"de", "het"}):
        return True
    if (
        (before in _NOT_LIVED and not (lives and not single))
        or phrase.last.isdigit()
        or not any(letter.islower() for letter in phrase.words[-1])
    ):
        return False
    if before == "in" and single:
        return weak and _HOME.search(opening) is not None
    if single and before in {"te", "gemeente", "uit"}:
        return False
    if (weak and (placed or phrase.opens)) or lives or labelled:
        return True
    return not single and (before in {"op", "aan"} or phrase.words[0] in _PRECEDING)
