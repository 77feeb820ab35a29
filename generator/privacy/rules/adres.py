"""Address: a street or place with a house number, or a house number by itself; a street alone is a warning.

Found:
    Zij huren aan de «Beukenlaan 14 bis» een kamer.
    Adres: «Burg. de Wolffstraat 7-2».
    De brief ging naar «Van Galenstraat 21-II» in plaats van de post.
    Het pand aan «Plein 1813 4» is gesloten.
    Zij wonen op de «Laan van Nieuw Guinea 88».
    Hij slaapt op «Achter de Kerk 3».
    De buren van «huisnummer 9a» klagen.
    Ze woont op «nummer 14» van dezelfde flat.
    Hij huurt sinds mei «Witte Roos 212».
    De politie kwam op «kamer 12» van het hotel.
    In de ‹Wilgenstraat› was het vaker raak.
    Zij stond op de hoek van de ‹Lange Gracht›.
    Zij staan ingeschreven op «kerkstraat 12».
Left alone:
    Zij werd de straat op gestuurd.
    Route 3 gaat over schulden.
    Op grond van Artikel 35 en de Wet 2015 kan dit.
    Aan Stap 12 kwam niemand toe.
    Zij staat op nummer 14 van de wachtlijst.
    In Tilburg 40 huishoudens, in Breda 12.
    De A2 en de N201 lopen langs de wijk.
    De Kerkstraat als begrip staat voor het dorp.
    Formulier 4021 en Versie 3 zijn vervallen.
    Zij rekent in box 3 af.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from generator.privacy.finding import Hit, Rule, Weight, WordClue
from generator.privacy.language.clues import DIGIT
from generator.privacy.language.doors import DOOR, find_doors
from generator.privacy.language.houses import HOUSE, find_houses
from generator.privacy.language.streets import COMMON, NO_STREETS, SURE_ENDS, TYPES, WEAK_ENDS, phrase_before
from generator.privacy.text import MOST_WORDS, Span, Text, Word

CODE = "PRIV-ADRES"

_SPOKEN = re.compile(
    r"(?:,? nummer)? (?P<number>(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|"
    r"(?:vijf|zes|zeven|acht|negen)tien|(?:[a-zë]{2,9}(?:en|ën))?(?:twin|der|veer|vijf|zes|zeven|tach|negen)tig|"
    r"honderd[a-zë]{0,20}))(?= ?[.,;)]|$| (?:is|in|woont|te|en|bij|staat|met)\b)"
)
_BESIDE = frozenset("aan op in langs naar vanuit uit hoek tegenover nabij van bij rond".split())
_FIGURE = re.compile(r" als (?:begrip|symbool|metafoor|idee|voorbeeld|beeld|term)|-")
_ENDS = (*SURE_ENDS, *WEAK_ENDS)
_ARTICLES = frozenset("de het een 't".split())


def find(text: Text) -> Iterator[Hit]:
    """House numbers with the street before them, numbers of doors, then streets alone."""
    houses = tuple(find_houses(text)) if text.has_digit else ()
    for span in houses:
        yield span, Weight.HARD
    for span in find_doors(text) if text.has_digit else ():
        if not _covers(houses, span[1]):
            yield span, Weight.HARD
    for place, written in enumerate(text.written):
        if _is_street(written) and not _covers(houses, text.words[place].end):
            yield from _street(text, text.words[place])


@lru_cache(MOST_WORDS)
def _is_street(written: str) -> bool:
    """Whether a word has a capital and ends like a street."""
    return written[0].isupper() and written.lower().endswith(_ENDS)


def _covers(spans: tuple[Span, ...], place: int) -> bool:
    """Whether one of the spans, in order, reaches over the place."""
    index = bisect_left(spans, (place, 0))
    return index > 0 and spans[index - 1][1] >= place


def _street(text: Text, word: Word) -> Iterator[Hit]:
    """A street with its number in words, or alone: then a warning."""
    lower = word.text.lower()
    if lower in NO_STREETS or lower in COMMON or _FIGURE.match(text.lower, word.end):
        return
    phrase = phrase_before(text.plain, word.end)
    if phrase is None:
        return
    sure = lower.endswith(SURE_ENDS) and word.text not in TYPES
    if sure and (spoken := _SPOKEN.match(text.lower, word.end, word.end + 40)):
        yield (phrase.span[0], spoken.end()), Weight.HARD
    elif _is_placed(text, word, phrase.span[0], sure=sure, named=len(phrase.words) > 1):
        yield phrase.span, Weight.WARNING


def _is_placed(text: Text, word: Word, start: int, *, sure: bool, named: bool) -> bool:
    """Whether something is, or happens, in that street: a sure name needs little, «Oude Haven» all of «aan de»."""
    before = text.lower[max(start - 24, 0) : start].split()
    article = bool(before) and before[-1] in _ARTICLES
    beside = before[-2 if article else -1] if len(before) > article else ""
    if sure:
        return article or beside not in {"bij", "voor", "door", "met"}
    if not article or beside not in _BESIDE:
        return False
    if word.text.endswith(("park", "Park")) and beside not in {"aan", "op", "langs"}:
        return False
    return named or word.text not in TYPES


RULE = Rule(
    CODE,
    find,
    (
        (HOUSE,),
        (DIGIT, DOOR),
        (WordClue(lambda word: _is_street(word.text)),),
    ),
)
