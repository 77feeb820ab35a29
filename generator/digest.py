"""Digests: a short name for a value, by which a later run of this program sees whether it is still the same.

Different values never have the same digest, and equal ones have equal digests in every run; what a value remembers
beside its fields does not count. Only of a value that holds a set it may be another in another run: then it counts as
changed.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cache, partial
from hashlib import blake2b
from io import BytesIO
from operator import attrgetter
from types import FunctionType, MethodType
from typing import Any

from pydantic import BaseModel

SIZE = 16
"""Bytes of a digest: no two values meet by chance."""


def digest_text(text: str) -> str:
    """The digest of a text, in hexadecimal."""
    return blake2b(text.encode(), digest_size=SIZE).hexdigest()


class Digests:
    """Digests of the values of one run. What is of one of the `shared` types is held by many others, and is worked
    out once; it must not change meanwhile.
    """

    def __init__(self, shared: Iterable[type]) -> None:
        self._shared = frozenset(shared)
        self._known: dict[int, tuple[object, bytes]] = {}

    def of(self, value: object) -> str:
        """The digest of a value, in hexadecimal. Raises `TypeError` if it has none."""
        if type(value) in self._shared:
            return self.of_shared(value).hex()
        return self._made(value).hex()

    def of_shared(self, value: object) -> bytes:
        """The digest of a value of one of the shared types."""
        known = self._known.get(id(value))
        if known is None:
            kind: type = type(value)
            content = _content_of(kind)
            known = self._known[id(value)] = value, self._made(content(value) if content else value)
        return known[1]

    def learn(self, known: Iterable[tuple[object, bytes]]) -> None:
        """Take over digests of values of shared types, which a copy of this process worked out."""
        self._known.update((id(value), (value, digest)) for value, digest in known)

    def _made(self, value: object) -> bytes:
        written = BytesIO()
        _Writer(written, self._shared, self.of_shared).dump(value)
        return blake2b(written.getbuffer(), digest_size=SIZE).digest()


class _Writer(pickle.Pickler):
    """Writes values so that equal ones give equal bytes; nothing ever reads them."""

    def __init__(self, target: BytesIO, shared: frozenset[type], digest: Callable[[object], bytes]) -> None:
        super().__init__(target, protocol=5)
        self.fast = True  # no references to what was written before, which depend on what is one object
        self._shared = shared
        self._digest = digest

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 - what a pickler may give
        """What is written in place of a value that is not built in: of what type it is, and what it holds."""
        kind: type = type(value)
        if kind is type:
            return NotImplemented
        if kind in self._shared:
            return bytes, (self._digest(value),)
        content = _content_of(kind)
        return (tuple, (content(value),)) if content else NotImplemented


@cache
def _content_of(kind: type) -> Callable[[Any], tuple[object, ...]] | None:
    """What tells all that a value of a type holds, with the name of the type; nothing for a type that tells it itself.

    Raises `TypeError` for what is no value.
    """
    name = kind.__qualname__
    if issubclass(kind, BaseModel):
        return lambda value: (name, value.model_dump_json())
    if is_dataclass(kind):
        held = [field.name for field in fields(kind)]
        read: Callable[[object], object] = attrgetter(*held) if held else lambda _: ()
        return lambda value: (name, read(value))
    if issubclass(kind, FunctionType | MethodType | partial):
        raise TypeError(f"no digest of a {name}")
    return None
