"""Text to concepts of the field: 'postadres', 'briefadres' and 'inschrijfadres' are one thing.

A phrase is found as words in a row, a stem at the start of a word (several stems: at the start of words in a row), a
compound part at the start or the end of a word. Compared in lower case and without accents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from generator.parallel import spread_batches
from generator.vocabulary import Concept, load_concepts
from generator.words import folded_words

BATCH = 500
"""Texts that are counted at a time; of more they are counted over the processors."""

Phrase = tuple[str, ...]
_Met = tuple[tuple[str, ...], tuple[tuple[Phrase, str], ...], tuple[str, ...]]
"""What a word names, the rows of two and more stems of which it meets the first, and the second stems of those."""
_NOTHING: _Met = ((), (), ())


@dataclass(frozen=True)
class Matcher:
    """The terms of all concepts, ready to be looked up by the words of a text."""

    phrases: Mapping[str, tuple[tuple[Phrase, str], ...]]
    """First word of a phrase → the whole phrase and its concept."""
    stems: Mapping[str, tuple[tuple[Phrase, str], ...]]
    """First stem → all stems in a row and their concept."""
    parts: Mapping[str, frozenset[str]]
    """Part of a compound → its concepts."""
    broader: Mapping[str, tuple[str, ...]]
    """Concept → the concepts it falls under, nearest first."""
    laws: Mapping[str, tuple[str, ...]]
    """Concept → the laws it belongs to."""

    def count(self, text: str) -> dict[str, int]:
        """How many words of `text` name each concept; a concept that is not named is left out.

        Remembered: the same texts are compared as records and as rows of the likeness index, build after build.
        """
        if text not in self._counted:
            self._counted[text] = self._count(text)
        return dict(self._counted[text])

    def remember(self, counted: Mapping[str, Mapping[str, int]]) -> None:
        """Take over what `count` gives of some texts."""
        self._counted.update((text, dict(counts)) for text, counts in counted.items())

    def learn(self, texts: Iterable[str]) -> None:
        """Count texts over the processors, so that `count` remembers them."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._counted]
        self._counted.update(zip(fresh, spread_batches(self._count, fresh, BATCH, 2), strict=True))

    def _count(self, text: str) -> dict[str, int]:
        row = folded_words(text)
        known = self._known
        found: dict[str, int] = {}
        for place, word in enumerate(row):
            met = known.get(word) or self._of_word(word)
            if met is _NOTHING:
                continue
            named, rows, seconds = met
            if seconds and place + 1 < len(row) and (follower := f"{row[place + 1]}$").startswith(seconds):
                begun = {
                    concept
                    for phrase, concept in rows
                    if follower.startswith(phrase[1])
                    and (len(phrase) == 2 or starts_with(row[place : place + len(phrase)], phrase))
                }
                named = tuple(sorted(begun.union(named))) if begun else named
            for concept in named:
                found[concept] = found.get(concept, 0) + 1
        return found

    def _of_word(self, word: str) -> _Met:
        """What one word names and may begin; worked out once."""
        stem_sizes, part_sizes = self._sizes
        begun = [entry for size in stem_sizes if size <= len(word) for entry in self.stems.get(word[:size], ())]
        # A whole word in a phrase is a stem that must be met in full, so its end is marked.
        begun += [(tuple(f"{part}$" for part in phrase), concept) for phrase, concept in self.phrases.get(word, ())]
        ends = [end for size in part_sizes if size <= len(word) for end in (word[:size], word[-size:])]
        alone = {concept for end in ends for concept in self.parts.get(end, ())}
        self._known[word] = self._met_by(word, begun, alone) if begun or alone else _NOTHING
        return self._known[word]

    def _met_by(self, word: str, begun: list[tuple[Phrase, str]], alone: set[str]) -> _Met:
        alone = alone.union(concept for phrase, concept in begun if starts_with((word,), phrase))
        rows = tuple(entry for entry in begun if len(entry[0]) > 1 and f"{word}$".startswith(entry[0][0]))
        seconds = tuple({phrase[1] for phrase, _ in rows})
        return (tuple(sorted(alone)), rows, seconds) if alone or rows else _NOTHING

    @cached_property
    def _sizes(self) -> tuple[list[int], list[int]]:
        """How long stems are, and parts of compounds."""
        return sorted({len(stem) for stem in self.stems}), sorted({len(part) for part in self.parts})

    @cached_property
    def _counted(self) -> dict[str, dict[str, int]]:
        return {}

    @cached_property
    def _known(self) -> dict[str, _Met]:
        return {}


def concept_matcher(concepts: tuple[Concept, ...] | None = None) -> Matcher:
    """The matcher for a list of concepts, the package's own if none is given; made once for each list."""
    return _remembered(load_concepts() if concepts is None else concepts)


@lru_cache(maxsize=4)
def _remembered(concepts: tuple[Concept, ...]) -> Matcher:
    return build_matcher(concepts)


def starts_with(row: Phrase, stems: Phrase) -> bool:
    """Whether every word starts with its stem; a stem that ends in `$` must be the whole word."""
    return len(row) == len(stems) and all(f"{word}$".startswith(stem) for word, stem in zip(row, stems, strict=True))


def build_matcher(concepts: Iterable[Concept]) -> Matcher:
    """The matcher for a concept list."""
    known = tuple(concepts)
    up = {concept.id: concept.ruimer for concept in known if concept.ruimer is not None}
    parts: dict[str, set[str]] = {}
    for concept in known:
        for text in concept.samenstelling:
            parts.setdefault("".join(folded_words(text)), set()).add(concept.id)
    return Matcher(
        phrases=by_first((folded_words(text), concept.id) for concept in known for text in concept.woorden),
        stems=by_first((folded_words(text), concept.id) for concept in known for text in concept.stammen),
        parts={text: frozenset(found) for text, found in parts.items()},
        broader={concept: ancestors(concept, up) for concept in up},
        laws={concept.id: concept.wetten for concept in known if concept.wetten},
    )


def by_first(pairs: Iterable[tuple[Phrase, str]]) -> dict[str, tuple[tuple[Phrase, str], ...]]:
    """Phrases by their first word, sorted."""
    found: dict[str, set[tuple[Phrase, str]]] = {}
    for phrase, concept in pairs:
        if phrase:
            found.setdefault(phrase[0], set()).add((phrase, concept))
    return {first: tuple(sorted(rows)) for first, rows in found.items()}


def ancestors(concept: str, up: Mapping[str, str]) -> tuple[str, ...]:
    """The broader concepts of one, nearest first; a ring in the list ends where it closes."""
    found: list[str] = []
    while (concept := up.get(concept, "")) and concept not in found:
        found.append(concept)
    return tuple(found)
