"""Text as the rules read it: one plain form without disguises, its words and sentences, and the way back to the source.

Hidden characters and marks inside a word are dropped, look-alike letters and digits become the ones they look like,
every dash is a hyphen, every run of white space one space (an empty line stays one line break). What was dropped or
exchanged is kept as `disguises`: it has no use in Dutch prose.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

Span = tuple[int, int]
"""Start and end in `Text.plain`, as Python slices count."""

MOST_WORDS = 50_000
"""Words of which it is remembered what they are; the least used are forgotten first."""
_ODD = re.compile(r"[^\x20-\x25\x27-\x29\x2b-\x5f\x61-\x7d\u00a1-\u00ac\u00ae-\u017f]")
"""What may keep a text from being its own plain form, beside two spaces or underscores in a row."""
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_MARK = re.compile(r"(?<=[^\W\d_])(?:[*~`]+|__+)(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_END = re.compile(
    r"[.!?:;\s•|](?:(?<=[.!?])(?<!\b[A-Za-z].)(?<!\b[dD]hr.)(?<!\b[mM]w.)(?<!\b[mM]evr.)(?<!\bnr.)(?<!\b[gG]eb.)"
    r"(?<!\bart.)(?<!\btel.)['\"”’)\]]*\s+(?=\W{0,4}[A-ZÀ-ÖØ-Þ\d])|(?<=[:;])\s+|(?<=\n)\n*|(?<=\s)-\s|(?<=[•|]))"
)
_MAY_END = re.compile(r"[.!?:;•|\n](?:(?<=[•|\n])|['\"”’)\]]*\s)")
"""Without this and without a hyphen between spaces a text is one sentence."""
_HYPHEN = re.compile(r"-(?<=\s-)\s")
_DIGIT = re.compile("[0-9]")
_JOINT = re.compile("['’-]")
_FIGURE = re.compile(r"\d")
_SPECIAL = re.compile(
    rf"{_ENTITY.pattern}|{_MARK.pattern}| *+[^\S ]\s*|  +|[A-Za-z][\u0300-\u036f]+|[^\x00-\x7f\u00c0-\u017f]"
)
_LOOKALIKE = str.maketrans(
    "АВЕКМНОРСТУХЅІЈаеорсухѕіјԁɡһΑΒΕΖΗΙΚΜΝΟΡΤΥΧαονιρυ",
    "ABEKMHOPCTYXSIJaeopcyxsijdghABEZHIKMNOPTYXaovipu",
)
_DASHES = frozenset("‐‑‒–—―−﹘﹣－")
_QUOTES = {
    "‘": "'",
    "’": "'",
    "‚": "'",
    "‛": "'",
    "′": "'",
    "＇": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "″": '"',
}


class Written(NamedTuple):
    """A word in the forms by which it is recognised."""

    text: str
    """As it is written."""
    lower: str
    parts: tuple[str, ...]
    """What hyphens and apostrophes join, in lower case."""


def forms_of(word: str) -> Written:
    """The forms of a word."""
    small = lower(word)
    return Written(word, small, tuple(_JOINT.split(small)))


class Word(NamedTuple):
    """One word: letters, with apostrophes and hyphens inside."""

    text: str
    start: int
    end: int
    opens: bool
    """First word of its sentence: a capital says nothing there."""

    @property
    def capital(self) -> bool:
        """Begins with a capital."""
        return self.text[0].isupper()


@dataclass(frozen=True, eq=False)
class Text:
    """One piece of text in plain form. Made by `read_text`; equal only to itself, so a reading can be kept by it."""

    raw: str
    plain: str
    starts: tuple[int, ...]
    """Where in `plain` a run begins that maps one to one."""
    origins: tuple[int, ...]
    """Where each of those runs begins in `raw`."""
    disguises: tuple[Span, ...]
    """Stretches of `raw` that were hidden or looked like something else."""

    def source_span(self, span: Span) -> Span:
        """The stretch of `raw` that a stretch of `plain` was made of."""
        start, end = span
        return self._origin(start), max(
            self._origin(end - 1) + 1, self._origin(start) + 1
        ) if end > start else self._origin(start)

    def _origin(self, index: int) -> int:
        run = bisect_right(self.starts, index) - 1
        return min(self.origins[run] + index - self.starts[run], len(self.raw) - 1)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every word in order."""
        found: list[Word] = []
        pending = iter(self._openings)
        beyond = len(self.plain)
        border = next(pending, beyond)
        for match in _WORD.finditer(self.plain):
            start, end = match.span()
            opens = border <= start
            while border <= start:
                border = next(pending, beyond)
            found.append(Word(match[0], start, end, opens))
        return tuple(found)

    @cached_property
    def written(self) -> list[str]:
        """Every word in order as it is written, and no more."""
        return _WORD.findall(self.plain)

    def words_in(self, span: Span) -> range:
        """Where in `words` those stand that begin in a stretch."""
        return range(bisect_left(self._word_starts, span[0]), bisect_left(self._word_starts, span[1]))

    @cached_property
    def _word_starts(self) -> tuple[int, ...]:
        return tuple(word.start for word in self.words)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences, borders included; a colon, a bullet and an empty line begin a new one."""
        if not (_MAY_END.search(self.plain) or _HYPHEN.search(self.plain)):
            return ((0, len(self.plain)),) if self.plain else ()
        borders = [0, *(match.end() for match in _END.finditer(self.plain)), len(self.plain)]
        return tuple((a, b) for a, b in pairwise(borders) if b > a)

    def sentence(self, index: int) -> Span:
        """The sentence that holds the character at `index`."""
        if not self.sentences:
            return 0, 0
        return self.sentences[max(bisect_right(self._openings, index) - 1, 0)]

    @cached_property
    def _openings(self) -> tuple[int, ...]:
        return tuple(start for start, _ in self.sentences)

    @cached_property
    def lower(self) -> str:
        """The plain text in lower case, of the same length."""
        return lower(self.plain)

    @cached_property
    def has_digit(self) -> bool:
        """Whether any digit stands in it."""
        return _DIGIT.search(self.plain) is not None

    @cached_property
    def figures(self) -> int:
        """How many digits of whatever script stand in it."""
        return figures_in(self.plain)


def figures_in(plain: str) -> int:
    """How many digits of whatever script stand in a plain text."""
    return len(_FIGURE.findall(plain))


def lower(text: str) -> str:
    """A text in lower case, of the same length."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def letters(name: str) -> list[str]:
    """The words of a name or phrase without disguises, as `Text.words` gives them."""
    return _WORD.findall(name.replace("’", "'"))


def read_text(raw: str) -> Text:
    """The plain form of a text, in time proportional to its length."""
    if _ODD.search(raw) is None and "  " not in raw and ("__" not in raw or not _MARK.search(raw)):
        return Text(raw, raw, (0,), (0,), ())
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    disguises: list[Span] = []
    length = 0
    for origin, kept, disguise in _plain_pieces(raw):
        if disguise is not None:
            disguises.append(disguise)
        if kept:
            starts.append(length)
            origins.append(origin)
            pieces.append(kept)
            length += len(kept)
    return Text(raw, "".join(pieces), tuple(starts) or (0,), tuple(origins) or (0,), tuple(disguises))


def _plain_pieces(raw: str) -> Iterator[tuple[int, str, Span | None]]:
    """Runs of `raw` as (where they begin, what they become, what was disguised)."""
    place = 0
    for match in _SPECIAL.finditer(raw):
        if match.start() > place:
            yield place, raw[place : match.start()], None
        place = match.end()
        found = match.group()
        if found.isspace():
            yield match.start(), "\n" if found.count("\n") > 1 else " ", _odd_space(match)
        elif found[0].isalpha() and len(found) > 1:
            composed = unicodedata.normalize("NFC", found)
            yield match.start(), composed[0], match.span() if len(composed) > 1 else None
        elif len(found) > 1 or found in "*~`_":
            text = html.unescape(found) if found[0] == "&" else ""
            hidden = not text or unicodedata.category(text[0]) in {"Cf", "Cc"}
            yield match.start(), "" if hidden else text[:1], match.span()
        else:
            kept = _plain_character(found)
            strange = kept != found and found not in _QUOTES and found not in _DASHES and found not in {"…", "€"}
            yield match.start(), kept, match.span() if strange or _foreign(found) else None
    if place < len(raw):
        yield place, raw[place:], None


def _odd_space(match: re.Match[str]) -> Span | None:
    """Spaces that show as nothing are a disguise; a hard space is not."""
    return match.span() if any(c in "\u2028\u2029\x85\x0b\x0c" for c in match.group()) else None


def _plain_character(character: str) -> str:
    """The character a reader takes it for; empty if there is nothing to see."""
    if character in _QUOTES:
        return _QUOTES[character]
    if character in _DASHES:
        return "-"
    if character in "\u2800\u3164\u115f\u1160\uffa0":
        return ""
    category = unicodedata.category(character)
    if category in {"Cf", "Cc", "Mn", "Me"}:
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    if character < "\u0180":
        return character
    folded = unicodedata.normalize("NFKC", character).translate(_LOOKALIKE)
    return folded[:1] if len(folded) == 1 else character


def _foreign(character: str) -> bool:
    """A letter that is not Latin."""
    return character.isalpha() and not unicodedata.name(character, "LATIN").startswith("LATIN")
