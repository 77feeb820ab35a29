"""Numbers that may be an age, in digits or words, in rows, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from generator.privacy.language.clues import ONE, with_part
from generator.privacy.language.numbers import NUMBER_WORD, NUMBER_WORDS
from generator.privacy.text import MOST_WORDS, Span, Text, forms_of

_UNIT = r"(?:jaar|jaren|jr|jaartjes|maanden|maand|maandjes|mnd|mndn|weken|week|weekjes|wkn|wk|dagen|dag)"
_NUMBER = (
    rf"(?:\d{{1,3}}(?:[,.]5)?|anderhalf|anderhalve|(?!een\b(?! (?:jaar|maand|week|half)\b)){NUMBER_WORD.pattern}"
    r"(?:(?: ?en | |-|en|ën)?(?:een|één|eneen)?[ -]?half)?)(?:½)?"
)
_ONE = rf"(?P<number>{_NUMBER})(?![\w%€])(?: ?(?P<unit>{_UNIT})(?!\w))?"
_ROW = re.compile(
    rf"(?<![\w.,:€§#/-])(?<!€ ){_NUMBER}(?![\w%€])(?: ?{_UNIT}(?!\w))?"
    rf"(?:(?:, | en |, en | & |/|\+| \+ |, (?:bijna|net) ){_NUMBER}(?![\w%€])(?: ?{_UNIT}(?!\w))?){{0,11}}+"
)
_ONE_AGE = re.compile(rf"(?<![\w]){_ONE}")
_YEARLY = re.compile(
    rf"(?<![\w.,:€§/-])(?:(?P<first>\d{{1,3}}|{NUMBER_WORD.pattern})-? ?(?P<link>en|of|tot|"
    rf",) )?(?P<number>\d{{1,3}}|{NUMBER_WORD.pattern})(?:(?:en|ën)?half)?[- ]?jarige?(?P<many>n)?\b"
)
_ORDINAL = re.compile(
    rf"(?<![\w.,:€§/-])(?P<number>\d{{1,3}}|{NUMBER_WORD.pattern}|der|eer|ach)(?:ste|de|te|e)(?![\w-])"
)
_IN_WORDS = re.compile(rf"(?:{NUMBER_WORD.pattern}(?:en|ën)?(?:een|één|eneen)?(?:half)?|anderhal[fv]e?)½?")
_RANK = re.compile(rf"(?:en)?(?:{NUMBER_WORD.pattern}|der|eer|ach)(?:ste|de|te|e)")
AGE_IN_WORDS = with_part(lambda part: part != "een" and _IN_WORDS.fullmatch(part))
"""A word that begins a number that may be an age, but for «een»."""
TIME = with_part(frozenset("jaar maand week half".split()).__contains__)
"""What makes a number of «een»."""
ORDINAL = with_part(_RANK.fullmatch)
"""A word that ends a rank: «twintigste»."""
MAY_BEGIN = re.compile(r"\d(?<![\w.,:€§#/-].)\d{0,2}(?:[,.]5)?½?(?![\w%€])")
_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[^\w\s]|\n")
_NO_NAMES = frozenset(
    """
    Iemand Wie Een Het Voor Met Van Jongeren Kinderen Leeftijd Vanaf Sinds Bijna Ruim Ongeveer Gemiddeld Zeker Artikel
    Wet Lid Stb Stcrt Januari Februari Maart April Mei Juni Juli Augustus September Oktober November December Groep Klas
    Gezinnen Huishoudens Alleenstaanden Ouders Inwoners Gemeenten Deelnemers Tabel Figuur Bijlage Hoofdstuk
    """.split()
)
_STATES = tuple(
    """
    loos getrouwd gescheiden zwanger ziek geleden weg kwijt bezig samen clean nuchter onderweg later eerder lang thuis
    lid ouder jonger hier daar onafgebroken aaneen vrij verder alleen wachttijd achter schuld cel zonder vervangend
    """.split()
)
_THING = re.compile(
    r"(?:ing|plan|plannen|project|periode|contract|traject|looptijd|termijn|programma|bestaan|jubileum|"
    r"overeenkomst|beleid|"
    r"onderzoek|pilot|proef|verblijf|huwelijk|relatie|schuld|garantie|dienstverband|bachelor|master|studie|"
    r"mbo|hbo|cursus|"
    r"procedure|straf|subsidie|huur|begroting|cyclus|band|afspraak|afspraken|visie|agenda|oorlog|strijd|kuur|"
    r"optie|duur|"
    r"mandaat|inzet|leerlijn|vonnis|tbs|jacht|akkoord|convenant|abonnement|polis|eis|verbod|ban|stop|sanctie|maatregel|"
    r"korting|boete|verlof|toeslag|tijd|stel|ervaring|achterstand|pauze|conflict|ruzie|toezicht|bewind|wacht)$"
)
_STOPS = frozenset(".!?\n")
REACH = 80
"""Characters that are looked at on either side, at most."""


@dataclass(frozen=True)
class Age:
    """One number of a row, with its unit."""

    span: Span
    value: int
    unit: str


@dataclass(frozen=True)
class Around:
    """The words around a number, the nearest first, within its sentence; in lower case and as written."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    before: str
    """What stands on the left, as written."""
    after: str

    def near(self, place: int) -> str:
        """The word so many places to the left, or nothing."""
        return self.left[place] if place < len(self.left) else ""

    def next(self, place: int) -> str:
        """The word so many places to the right, or nothing."""
        return self.right[place] if place < len(self.right) else ""

    def is_name(self, place: int) -> bool:
        """Whether the word so many places to the left has a capital in mid-sentence and small letters after it."""
        if place >= len(self.left):
            return False
        word = self._written[-1 - place]
        return word[:1].isupper() and word[1:].islower() and len(word) > 2 and word not in _NO_NAMES

    @property
    def is_duration(self) -> bool:
        """What follows makes the years a duration: «29 jaar getrouwd»."""
        return self.next(0).endswith(_STATES)

    @cached_property
    def _written(self) -> list[str]:
        """The words on the left with their capitals, in order."""
        return _TOKEN.findall(self.before)

    @cached_property
    def sentence(self) -> str:
        """What lies around on both sides."""
        return f"{' '.join(reversed(self.left))} # {self.after}"


def find_ages(text: Text) -> Iterator[tuple[Age, ...]]:
    """Rows of numbers that are not part of a longer number, a range or an amount."""
    lower = text.lower
    for match in _ROW.finditer(lower) if MAY_BEGIN.search(lower) or _may_begin_in_words(text) else ():
        start, end = match.span()
        if start > 1 and lower[start - 1] == " " and lower[start - 2].isdigit():
            continue
        if (
            lower[end : end + 1].isdigit()
            or lower[end + 1 : end + 2].isdigit()
            or (lower[end : end + 1] in "-/:.," and lower[end + 1 : end + 2].isdigit())
        ):
            continue
        row = tuple(
            Age(one.span(), value_of(one["number"]), one["unit"] or "")
            for one in _ONE_AGE.finditer(lower, *match.span())
        )
        if row and all(age.value <= 112 for age in row):
            yield row


def _may_begin_in_words(text: Text) -> bool:
    roles = {*map(_role, text.written)}
    return "age" in roles or {"one", "time"} <= roles


@lru_cache(maxsize=MOST_WORDS)
def _role(word: str) -> str:
    """What a word may be in an age that is not written in digits."""
    forms = forms_of(word)
    return "age" if AGE_IN_WORDS.says(forms) else "one" if ONE.says(forms) else "time" if TIME.says(forms) else ""


def find_yearly(text: Text) -> Iterator[re.Match[str]]:
    """«62-jarige», «zeventienjarig», with an earlier number: «16- en 17-jarige»."""
    return _YEARLY.finditer(text.lower) if "jarig" in text.lower else iter(())


def find_ordinals(text: Text) -> Iterator[re.Match[str]]:
    """«Zestiende», «23ste», «16e»."""
    return _ORDINAL.finditer(text.lower)


def durable(word: str) -> bool:
    """A word in lower case for what lasts a number of years: a contract, a course, a marriage."""
    return word not in {"tweeling", "drieling", "leerling"} and _THING.search(word) is not None


def value_of(number: str) -> int:
    """A number in digits or words, without its half."""
    digits = re.match(r"\d+", number)
    if digits:
        return int(digits.group())
    word = NUMBER_WORD.match(number)
    return NUMBER_WORDS[word.group()] if word else 1


def look_around(text: Text, start: int, end: int) -> Around:
    """The words on either side, as far as the sentence reaches and no further than a line or so."""
    begin = max(start - REACH, 0)
    words = _TOKEN.findall(text.lower[begin:start])
    if begin and words:
        del words[0]
    if not _STOPS.isdisjoint(words):
        for place in range(len(words) - 1, -1, -1):
            if words[place] in _STOPS and not _is_abbreviation(words, place):
                del words[: place + 1]
                break
    words.reverse()
    stop = end + REACH
    return Around(
        tuple(words), tuple(_TOKEN.findall(text.lower[end:stop])), text.plain[begin:start], text.lower[end:stop]
    )


def _is_abbreviation(words: list[str], place: int) -> bool:
    """«Dhr.», «J.»: the full stop ends no sentence."""
    return place > 0 and (
        len(words[place - 1]) == 1 or words[place - 1].lower() in {"dhr", "mw", "mevr", "lft", "leeft"}
    )
