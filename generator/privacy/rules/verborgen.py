"""Disguises: hidden characters, look-alikes, marks inside a word, letters spaced out, digits and letters exchanged.

Found:
    Volgens «S@nne» was er niets.
    Mevrouw «Jan\u200bsen» kwam langs.
    Het bsn «1112\u00ad22333» stond erbij.
    De oudste heet «Fаtima» in dit verhaal.
    Zij heet «J a n s e n» van zichzelf.
    De zoon, «F.a.t.i.m.a», woont thuis.
    Bel «O6-l2345678» na vijf uur.
    Meneer «J4ns3n» belde terug.
    Nummer «１１１２２２３３３» is per app verstuurd.
    De naam is «D-a-a-n», zei de juf.
    Zo schrijf je «V*r*ies» niet.
Left alone:
    De G G Z en de GGD werken samen.
    Kies uit a b c d of e f g h.
    Neem 10l water en 2l melk mee naar de G4-gemeenten.
    Bel 06-12345678 of mail naar kees71@voorbeeld.nl.
    Het café, de coöperatie en de reünie zijn geen vermomming.
    De A.N.W.B. en o.a. de V.N.G. reageerden z.s.m. op de brief.
    Het s.v.p.-briefje van mr. J.H.M.A. de Vries lag er nog.
    Met mp3speler, A4tje en CO2uitstoot is niets mis.
    Trans*personen krijgen dezelfde hulp.
    De 1e en 2e klas, groep 3b en kamer 4c.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from generator.privacy.finding import Hit, Rule, TextClue, Weight
from generator.privacy.language.clues import with_digits, with_part, with_sign
from generator.privacy.language.numbers import fold_digits
from generator.privacy.language.values import digit_count, merged
from generator.privacy.text import Span, Text

CODE = "PRIV-VERBORGEN"

_SPACED = re.compile(
    r"(?<![\w'&])(?:[^\W\d_](?P<sep>[ \-_])(?:[^\W\d_](?P=sep)){2,60}"
    r"|[^\W\d_]\.(?:[^\W\d_]\.){3,60})[^\W\d_](?![\w'&])"
)
_MAY_BE_SPACED = re.compile(r"([ \-_.])[^\W\d_]\1[^\W\d_]\1")
_EMPHASIS = frozenset("niet stop nooit nodig altijd help alles niets samen nu".split())
_LOOKALIKE = re.compile(r"(?<![\w@./])[\dOoIl]{1,12}(?:[ .\-/]{1,3}[\dOoIl]{1,12}){0,9}(?![\w@])")
_EXCHANGED = re.compile(
    r"(?<![\w@./\-])(?:[A-Za-z]{1,12}[0135]|[A-Za-z]{1,2}4)(?:[a-z]{1,12}[01345][a-z]{1,12}|[a-z]{2,12})(?![\w@/\-]|\.\w)"
)
_MAY_BE_EXCHANGED = re.compile(r"[01345](?<=[A-Za-z].)[a-z]")
_TECHNICAL = re.compile(
    r"(?i:[abcegnpt]\d|m[p234]|pm\d|wifi|covid|web|top|nen|iso|plan|level|fase|wmo|type|groep|v?mbo|stap|route|kamer)"
)
_AT = re.compile(r"(?<![\w.@/])[A-Z][a-z]{0,12}[@$€][a-z]{2,12}(?![\w.@])")
"""«F@tima»: a sign for a letter."""
_STAR = re.compile(r"(?:trans|inter|cis)\*|\*(?:innen|sters?|in)(?![\w*])", re.IGNORECASE)
_LINK = re.compile(r"(?:://|www\.)\S{0,300}$")
_NO_LETTER = frozenset("µªº")
_EMPTY = "\u2800\u3164\u115f\u1160\uffa0\u17b4\u17b5"
_BLANK = re.compile(f"[{_EMPTY}]")


def find(text: Text) -> Iterator[Hit]:
    """Every stretch that is not what it looks like."""
    for span in merged(_spans(text)):
        yield span, Weight.HARD


def _spans(text: Text) -> Iterator[Span]:
    plain = text.plain
    if _is_changed(text):
        yield from _disguised(text)
    if "@" in plain or "$" in plain or "€" in plain:
        yield from (match.span() for match in _AT.finditer(plain))
    for match in _SPACED.finditer(plain) if _MAY_BE_SPACED.search(plain) else ():
        if _makes_word(match):
            yield match.span()
    if text.has_digit:
        if fold_digits(plain) != plain:
            for match in _LOOKALIKE.finditer(plain):
                if _is_number(match.group()):
                    yield match.span()
        for match in _EXCHANGED.finditer(plain) if _MAY_BE_EXCHANGED.search(plain) else ():
            if not _TECHNICAL.match(match.group()):
                yield match.span()


def _is_changed(text: Text) -> bool:
    """Whether the plain form differs from the source, or something in it is strange."""
    return bool(text.disguises) or text.raw is not text.plain


def _disguised(text: Text) -> Iterator[Span]:
    """The word around each disguise, each once."""
    plain, last = text.plain, 0
    if not plain:
        return
    for start, end in (*text.disguises, *(match.span() for match in _BLANK.finditer(text.raw))):
        if _innocent(text.raw, start, end):
            continue
        place = _plain_index(text, start)
        left = right = place
        if place < last:
            continue
        while left > last and not plain[left - 1].isspace():
            left -= 1
        while right < len(plain) and not plain[right].isspace():
            right += 1
        if left == right:
            left, right = (left - 1, right) if left else (left, right + 1)
        last = right
        word = plain[left:right]
        inner = word.strip("\"'()[]{}.,;:!?")
        if inner:
            left += word.index(inner)
            right = left + len(inner)
        yield left, right


def _plain_index(text: Text, origin: int) -> int:
    """The first place in plain whose source is at or after a place in raw."""
    run = max(bisect_right(text.origins, origin) - 1, 0)
    border = text.starts[run + 1] if run + 1 < len(text.starts) else len(text.plain)
    return min(text.starts[run] + max(origin - text.origins[run], 0), border, len(text.plain))


def _innocent(raw: str, start: int, end: int) -> bool:
    """No disguise after all: an entity for an ordinary sign, an emoji in two parts, a unit, a gender star."""
    found = raw[start:end]
    if found[0] == "&":
        return found[1] != "#" and found not in {"&shy;", "&zwj;", "&zwnj;", "&lrm;", "&rlm;", "&ZeroWidthSpace;"}
    if found[0] in "*~`":
        return (
            _STAR.search(raw[max(0, start - 6) : end + 8]) is not None
            or _LINK.search(raw[max(0, start - 300) : start]) is not None
        )
    if found in {"\ufe0f", "\u200d"}:
        return start > 0 and unicodedata.category(raw[start - 1]) in {"So", "Sk", "Mn"}
    if found in _NO_LETTER or (unicodedata.category(found[0]) == "Lm" and start > 0 and raw[start - 1].isdigit()):
        return True
    alone = (start == 0 or not raw[start - 1].isalnum()) and (end >= len(raw) or not raw[end].isalnum())
    return alone and len(found) == 1 and "α" <= found <= "ω"


def _makes_word(match: re.Match[str]) -> bool:
    """Letters that make a word: with vowels and consonants, no alphabet, no initials or abbreviation."""
    letters = [character for character in match.group() if character.isalpha()]
    word = "".join(letters).lower()
    vowels = sum(unicodedata.normalize("NFD", letter)[0] in "aeiouy" for letter in word)
    steps = [ord(b) - ord(a) for a, b in pairwise(word)]
    if not 0 < vowels < len(word) or word in _EMPHASIS or set(steps) in ({1}, {2}):
        return False
    if "." in match.group():
        return len(word) > 4 and not "".join(letters).isupper()
    return steps.count(1) < len(word) / 2


def _is_number(value: str) -> bool:
    """Six digits or more of which some are letters in disguise."""
    signs = [character for character in value if character.isalnum()]
    return len(signs) >= 6 and 4 <= digit_count(value) < len(signs)


RULE = Rule(
    CODE,
    find,
    (
        (TextClue(_is_changed),),
        (TextClue(lambda text: _MAY_BE_SPACED.search(text.plain), with_part(lambda part: len(part) == 1)),),
        (with_sign("@", "$", "€"),),
        (with_digits(lambda text: _MAY_BE_EXCHANGED.search(text.plain) or fold_digits(text.plain) != text.plain),),
    ),
)
