"""Citations: laws and articles that a plain text names, by full name or abbreviation.

Read from the words of `words.folded_words`, so that the browser can do the same from the same table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.lexicon import dutch_words
from generator.vocabulary import Law
from generator.words import folded_words

Phrase = tuple[str, ...]

ARTICLE_WORDS = ("artikel", "artikelen", "art")
"""What stands before the number of an article."""
AFTER, BEFORE = 10, 6
"""Within how many words after the number, or else before the word 'artikel', its law must be named."""
_ASIDE = re.compile(r"\s*(?:\(|/)")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Citations:
    """The names of laws and the articles that can be recognised."""

    laws: Mapping[Phrase, str]
    """Name as folded words → law."""
    articles: Mapping[Phrase, tuple[str, ...]]
    """Number as folded words → the keys `law:number` of the articles with that number, sorted."""

    def find(self, row: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
        """The laws and the keys of the articles that a row of folded words names; an article names its law."""
        named = self._named_laws(row)
        laws = {law for _, law in named}
        articles: set[str] = set()
        for place, word in enumerate(row):
            if word in ARTICLE_WORDS:
                number = self._number(row, place + 1)
                end = place + 1 + len(number)
                law = next((law for at, law in named if end <= at < end + AFTER), "") or next(
                    (law for at, law in reversed(named) if place - BEFORE <= at < place), ""
                )
                articles |= {key for key in self.articles.get(number, ()) if key.partition(":")[0] == law}
        return frozenset(laws), frozenset(articles)

    def _named_laws(self, row: Sequence[str]) -> list[tuple[int, str]]:
        """Place and law of every name, the longest name at each place."""
        longest = max((len(name) for name in self.laws), default=0)
        found = []
        for place in range(len(row)):
            for size in range(min(longest, len(row) - place), 0, -1):
                law = self.laws.get(tuple(row[place : place + size]))
                if law:
                    found.append((place, law))
                    break
        return found

    def _number(self, row: Sequence[str], place: int) -> Phrase:
        """The longest known number that stands at a place and does not go on; empty if there is none."""
        longest = max((len(number) for number in self.articles), default=0)
        for size in range(min(longest, len(row) - place), 0, -1):
            number = tuple(row[place : place + size])
            after = row[place + size][:1] if place + size < len(row) else ""
            if number in self.articles and not after.isdigit():
                return number
        return ()


def build_citations(laws: Iterable[Law], articles: Iterable[str]) -> Citations:
    """What can be recognised: these laws, and the articles with these keys.

    A name that two laws share, or that is one ordinary word, names no law.
    """
    owners: dict[Phrase, set[str]] = {}
    for law in laws:
        for name in _names(law):
            owners.setdefault(name, set()).add(law.id)
    numbers: dict[Phrase, set[str]] = {}
    for key in articles:
        number = folded_words(key.partition(":")[2])
        if number:
            numbers.setdefault(number, set()).add(key)
    return Citations(
        laws={
            name: next(iter(owners[name]))
            for name in sorted(owners)
            if len(owners[name]) == 1 and not (len(name) == 1 and name[0] in dutch_words())
        },
        articles={number: tuple(sorted(numbers[number])) for number in sorted(numbers)},
    )


def _names(law: Law) -> set[Phrase]:
    """Title and abbreviation as folded words, also without the year at the end."""
    given = [_ASIDE.split(law.citeertitel)[0], *_ASIDE.split((law.afkorting or "").rstrip(")"))[:1]]
    whole = {folded_words(name) for name in given}
    return {
        name for full in whole for name in (full, full[:-1] if full and _YEAR.fullmatch(full[-1]) else full) if name
    }
