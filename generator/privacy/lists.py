"""What the name rules know of a word: ordinary Dutch, a name of a person, an allowed name of the glossary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import yaml

from generator.lexicon import ListError, capital_words, dutch_words, person_names, read_list
from generator.privacy.text import Word, letters
from generator.vocabulary import load_concepts, load_vocabulary

MIN_PART = 4
"""Shortest part of a compound: shorter ones make words out of names."""
MAX_JUDGED = 100_000
"""Words whose judgement is remembered; beyond that all are forgotten."""
SHORT_PARTS = frozenset("bus pas dag wet zak lid kas pot tas set rit dak pil bed man wijk zorg geld huis werk".split())
"""Short words that often close a compound."""
_PREFIXES = ("her", "mee", "mede", "door", "voort", "mis", "on", "oud", "niet", "anti", "semi", "co")
_STEMS = frozenset({"end", "jke", "ijk", "aar", "aam", "lig", "tig", "dig", "rig", "zig", "nig", "kig"})
"""Last letters of adjectives that take a comparative."""
_GENITIVES = ("'s", "s", "'", "se")
"""Endings that a public name may take: Utrechts, Zaanse."""


@dataclass(frozen=True)
class Glossary:
    """Names that point at no household: places, organisations, laws, illnesses. Reviewed in git."""

    phrases: Mapping[tuple[str, str], tuple[tuple[str, ...], ...]]
    """First two words → whole phrases, the longest first; as written and in capitals."""
    single: frozenset[str]
    """Names of one word as written, and the parts with a hyphen."""

    @cached_property
    def folded(self) -> frozenset[str]:
        """Names of one word in lower case without accents."""
        return frozenset(fold(name) for name in self.single)

    @cached_property
    def lower(self) -> frozenset[str]:
        """Names of one word in lower case."""
        return frozenset(name.lower() for name in self.single)

    def cover(self, words: Sequence[Word]) -> frozenset[int]:
        """The words (by place in the row) that are part of an allowed name."""
        covered: set[int] = set()
        texts = [word.text for word in words]
        for place, text in enumerate(texts):
            for phrase in self.phrases.get((text, texts[place + 1]), ()) if place + 1 < len(texts) else ():
                row = texts[place : place + len(phrase)]
                if len(row) == len(phrase) and all(map(_agrees, row, phrase)):
                    covered.update(range(place, place + len(phrase)))
                    break
            if self.covers(text):
                covered.add(place)
        return frozenset(covered)

    def covers(self, word: str) -> bool:
        """Whether a word is an allowed name by itself."""
        return word in self._written or (not word.islower() and self._is_form(word))

    @cached_property
    def _written(self) -> frozenset[str]:
        """As they stand, and in capitals unless that is an abbreviation of something else."""
        return self.single | {name.upper() for name in self.single if len(name) > 3}

    def _is_form(self, word: str) -> bool:
        """A form or compound of an allowed name: Utrechts, Wajong-uitkering, niet-Nederlandse."""
        if any(word.endswith(end) and word[: -len(end)] in self.single for end in _GENITIVES):
            return True
        parts = word.split("-")
        return (
            len(parts) > 1
            and any(part in self.single for part in parts)
            and all(part in self.single or part.islower() for part in parts)
        )


@dataclass(frozen=True)
class Lists:
    """All that the name rules know."""

    dutch: frozenset[str]
    """Ordinary Dutch words, lower case."""
    proper: frozenset[str]
    """Words that Dutch writes with a capital (persons, streets, places alike) and names of persons, lower case."""
    names: frozenset[str]
    """Names of persons of every origin, lower case without accents."""
    glossary: Glossary

    def is_dutch(self, word: str) -> bool:
        """Whether a word in lower case is Dutch: known, or put together from known words."""
        if word not in self._judged:
            if len(self._judged) > MAX_JUDGED:
                self._judged.clear()
            self._judged[word] = self._judge(word)
        return self._judged[word]

    @cached_property
    def _judged(self) -> dict[str, bool]:
        return {}

    def _judge(self, word: str) -> bool:
        if word in self.dutch or word in self.glossary.lower:
            return True
        plain = fold(word)
        if word in self.proper or plain in self.names:
            return plain in self.glossary.folded
        if plain in self.dutch or plain in self.glossary.folded or self._is_derived(word):
            return True
        if "-" in word or "'" in word:
            parts = [part for part in re.split("['-]", word) if part]
            return all(len(part) < 3 or part in self.glossary.lower or self.is_dutch(part) for part in parts)
        return self._is_compound(word, 0)

    def _is_derived(self, word: str) -> bool:
        """Meegefietst, herbeoordeelt, verwarrender: a known word with a common beginning or ending."""
        return any(
            word.startswith(head) and len(word) - len(head) > MIN_PART and word[len(head) :] in self.dutch
            for head in _PREFIXES
        ) or any(
            word.endswith(tail) and word.removesuffix(tail)[-3:] in _STEMS and word.removesuffix(tail) in self.dutch
            for tail in ("er", "ere", "ers", "ste")
        )

    def _is_compound(self, word: str, depth: int) -> bool:
        if any(word.endswith(end) and word.removesuffix(end) in self.dutch for end in SHORT_PARTS):
            return True
        for cut in range(MIN_PART, min(len(word) - MIN_PART + 1, 30)):
            first = word[:cut]
            if first in self.dutch or (first[-1] == "s" and first[:-1] in self.dutch):
                rest = word[cut:]
                if rest in self.dutch or (depth < 2 and self._is_compound(rest, depth + 1)):
                    return True
        return False


def fold(word: str) -> str:
    """Lower case without accents; the dotless ı and the stroked ł as plain letters."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.lower().translate(_STROKES))
    return "".join(c for c in plain if not unicodedata.combining(c))


_STROKES = str.maketrans("ıłøđħæœß", "ilodhaos")


@cache
def load_lists() -> Lists:
    """The package's own lists. Raises `ListError` if one cannot be read or holds too little."""
    names = [*read_names(read_list("toegestaan.yaml").decode("utf-8")), *vocabulary_labels()]
    return Lists(dutch_words(), capital_words(), person_names(), make_glossary(names))


def read_names(text: str) -> list[str]:
    """The allowed names in a YAML text of sections. Raises `ListError` if it holds none."""
    sections = yaml.load(text, Loader=yaml.CSafeLoader) if text.strip() else {}
    if not sections:
        raise ListError("toegestaan.yaml")
    return [str(phrase) for section in sections.values() for phrase in section]


def vocabulary_labels() -> list[str]:
    """The labels that pages show of the vocabulary and the concepts: written with a capital wherever they stand."""
    labels = [label for entries in load_vocabulary().labels.values() for label in entries.values()]
    return [*labels, *(concept.label for concept in load_concepts())]


def make_glossary(names: Iterable[str]) -> Glossary:
    """A glossary of these names."""
    rows = {tuple(letters(name)) for name in names}
    rows = {row for row in rows if any(len(part) > 1 for part in row)}  # D66 is no reason to let every D stand
    phrases: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for row in rows:
        if len(row) > 1:
            for first, second in {(row[0], row[1]), (row[0].upper(), row[1].upper())}:
                phrases.setdefault((first, second), set()).add(row)
    return Glossary(
        {first: tuple(sorted(found, key=lambda row: (-len(row), row))) for first, found in phrases.items()},
        frozenset(row[0] for row in rows if len(row) == 1),
    )


def _agrees(found: str, part: str) -> bool:
    return found == part or found == part.upper()
