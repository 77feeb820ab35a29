"""Lookups: a book as templates see it. What a page looked up in it is noted, since the page depends on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from generator.book import Book
from generator.grouping import PatternEntry
from generator.kept import Asked

_Value = TypeVar("_Value")


class Lookups:
    """The fields of a book, and registers in which one value is looked up by its key."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._asked: set[Asked] = set()
        self._order = {pattern.id: place for place, pattern in enumerate(book.patterns)}
        self._registers: dict[str, Mapping[str, object]] = {}
        patterns = {pattern.id: pattern for pattern in book.patterns}
        homes = {member.case: pattern for pattern in book.patterns for member in pattern.members}
        self.case_by_id = self._noted("case_by_id", book.case_by_id)
        self.proposal_by_pattern = self._noted("proposal_by_pattern", book.proposal_by_pattern)
        self.pattern_by_id = self._noted("pattern_by_id", patterns)
        self.pattern_of = self._noted("pattern_of", homes)
        self.local_rule_by_anchor = self._noted("local_rule_by_anchor", {r.anchor: r.name for r in book.local_rules})

    def __getattr__(self, name: str) -> object:
        """A field of the book, noted as a whole."""
        value: object = getattr(self._book, name)
        self._asked.add((name, ""))
        return value

    def patterns_of(self, ids: Iterable[str]) -> list[PatternEntry]:
        """The patterns with these ids, in the order of the book."""
        return [self.pattern_by_id[known] for known in sorted(ids, key=self._order.__getitem__)]

    def begin(self) -> None:
        """Note from here on."""
        self._asked.clear()

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What was looked up since, each once, sorted: a field and nothing, or a register and a key."""
        return tuple(sorted(self._asked))

    def answer(self, asked: Asked) -> object:
        """What somebody who looks this up finds; nothing if there is no such value."""
        name, key = asked
        return self._registers[name].get(key) if name in self._registers else getattr(self._book, name, None)

    def _noted(self, name: str, register: Mapping[str, _Value]) -> Mapping[str, _Value]:
        self._registers[name] = register
        return _Noted(name, register, self._asked)


class _Noted(Mapping[str, _Value]):
    """A register of which is noted which keys were asked for. Nobody may go through all of it."""

    def __init__(self, name: str, register: Mapping[str, _Value], asked: set[Asked]) -> None:
        self._name = name
        self._register = register
        self._asked = asked

    def __getitem__(self, key: str) -> _Value:
        self._asked.add((self._name, key or ""))  # a template may ask what belongs to nothing
        return self._register[key]

    def __iter__(self) -> Iterator[str]:
        raise TypeError(f"{self._name} is for looking up, not for going through")

    def __len__(self) -> int:
        raise TypeError(f"{self._name} is for looking up, not for counting")
