"""Text to concepts of the field: 'postadres', 'briefadres' and 'inschrijfadres' are one thing.

A phrase is found as words in a row, a stem at the start of a word, a compound part at the start or the end of a word.
Compared in lower case and without accents; a hyphen counts as a space.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from generator.vocabulary import Concept, load_concepts

WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Matcher:
    """The terms of all concepts, ready to be looked up by word."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """First word of a phrase → the whole phrase and its concept."""
    stems: Mapping[str, frozenset[str]]
    parts: Mapping[str, frozenset[str]]
    broader: Mapping[str, tuple[str, ...]]
    """Concept → the concepts it falls under, nearest first."""

    def find(self, text: str) -> frozenset[str]:
        """The concepts that `text` names."""
        row = folded_words(text)
        found: set[str] = set()
        for place, word in enumerate(row):
            found.update(self.of_word(word))
            phrases = self.phrases.get(word, ())
            found.update(concept for phrase, concept in phrases if row[place : place + len(phrase)] == phrase)
        return frozenset(found)

    def of_word(self, word: str) -> frozenset[str]:
        """The concepts named by the start or the end of one word."""
        found: set[str] = set()
        for cut in range(3, len(word) + 1):
            found |= self.stems.get(word[:cut], frozenset())
            found |= self.parts.get(word[:cut], frozenset())
            found |= self.parts.get(word[-cut:], frozenset())
        return frozenset(found)


@cache
def concept_matcher() -> Matcher:
    """The matcher for the package's own list, made once."""
    return build_matcher(load_concepts())


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode("ascii")
    return tuple(WORD.findall(plain))


def build_matcher(concepts: Iterable[Concept]) -> Matcher:
    """The matcher for a concept list."""
    phrases: dict[str, set[tuple[tuple[str, ...], str]]] = {}
    stems: dict[str, set[str]] = {}
    parts: dict[str, set[str]] = {}
    up: dict[str, str] = {}
    for concept in concepts:
        for text in concept.woorden:
            row = folded_words(text)
            phrases.setdefault(row[0], set()).add((row, concept.id))
        for text in concept.stammen:
            stems.setdefault("".join(folded_words(text)), set()).add(concept.id)
        for text in concept.samenstelling:
            parts.setdefault("".join(folded_words(text)), set()).add(concept.id)
        if concept.ruimer is not None:
            up[concept.id] = concept.ruimer
    return Matcher(
        {word: tuple(sorted(found)) for word, found in phrases.items()},
        {text: frozenset(found) for text, found in stems.items()},
        {text: frozenset(found) for text, found in parts.items()},
        {concept: ancestors(concept, up) for concept in up},
    )


def ancestors(concept: str, up: Mapping[str, str]) -> tuple[str, ...]:
    """The broader concepts of one, nearest first; a ring in the list ends where it closes."""
    found: list[str] = []
    while (concept := up.get(concept, "")) and concept not in found:
        found.append(concept)
    return tuple(found)
