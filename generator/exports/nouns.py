"""Nouns: a list of the canonical value. A noun follows from what its entry tells, and from the names of words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, overload

from pydantic import BaseModel

from generator.exports.walk import Labels, Tree, plain


class Nouns(Sequence[Tree]):
    """One list of the canonical value, each noun made when it is asked for: all at once they fill the memory."""

    def __init__(
        self,
        entries: Sequence[Any],
        tell: Callable[[Any], BaseModel],
        place: Callable[[Any], tuple[str, str]],
        labels: Labels,
    ) -> None:
        self._entries = entries
        self._tell = tell
        self._place = place
        self._labels = labels

    @overload
    def __getitem__(self, index: int) -> Tree: ...
    @overload
    def __getitem__(self, index: slice) -> Nouns: ...
    def __getitem__(self, index: int | slice) -> Tree | Nouns:
        found = self._entries[index]
        if isinstance(index, slice):
            return Nouns(found, self._tell, self._place, self._labels)
        return self.write(self._tell(found))

    def __len__(self) -> int:
        return len(self._entries)

    def told(self) -> list[BaseModel]:
        """All that each of them tells: with `write`, the noun follows from that alone."""
        return [self._tell(entry) for entry in self._entries]

    def write(self, told: BaseModel) -> Tree:
        """The noun of what one of them tells."""
        return plain(told, self._labels)

    def addresses(self) -> dict[str, str]:
        """Where they stand, by their ids."""
        return dict(map(self._place, self._entries))
