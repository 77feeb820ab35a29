"""The structure of the model: which keys stand where, and which fields hold words of which list."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from collections.abc import Mapping as TextMapping
from functools import cache, lru_cache
from importlib.resources import files
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from generator.model import UNKNOWN, Word
from generator.source import Mapping, Node, Sequence

Path = tuple[str | int, ...]
"""Keys and list positions from the root of a record."""
TextTable = TextMapping[str, TextMapping[str, str]]
"""Per field path: `titel` and `uitleg`."""


def keys_at(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The keys that the model knows at `path`; none where no mapping belongs."""
    return _keys_below(model, tuple(step for step in path if isinstance(step, str)))


@lru_cache(1_000)
def _keys_below(model: type[BaseModel], keys: tuple[str, ...]) -> tuple[str, ...]:
    current: type[BaseModel] | None = model
    for step in keys:
        field = current.model_fields.get(step) if current else None
        current = part_model(field.annotation) if field else None
    return tuple(current.model_fields) if current else ()


def part_model(annotation: object) -> type[BaseModel] | None:
    """The part that a field holds, alone, optional or in a list; none for text and numbers."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        found = part_model(argument)
        if found is not None:
            return found
    return None


def placeholder_for(model: type[BaseModel], path: Path) -> object:
    """A harmless value of the shape that belongs at `path`: an empty part, a list of one, a zero, or `onbekend`."""
    current: type[BaseModel] | None = model
    annotation: Any = None
    for step in path:
        if isinstance(step, int):
            continue
        field = current.model_fields.get(step) if current else None
        annotation = field.annotation if field else None
        current = part_model(annotation)
    in_list = bool(path) and isinstance(path[-1], int)
    is_list = "tuple[" in str(annotation) and not in_list
    if current is not None:
        return [] if is_list else {}
    if is_list:
        return [UNKNOWN]
    numeric = "Decimal" in str(annotation) or ("int" in str(annotation) and "Literal" not in str(annotation))
    return "0" if numeric else UNKNOWN


def value_at(root: Mapping, path: Path) -> Node | None:
    """The node on `path`; `None` if any step is missing."""
    node: Node = root
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            entry = node.get(step)
            if entry is None:
                return None
            node = entry.value
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def words_of(part: BaseModel, path: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Every word that must come from a list: its path, the word, the list's name."""
    for name, list_name, is_part in _fields_of(type(part)):
        value = getattr(part, name)
        if value is None:
            continue
        items = (
            [((*path, name, i), item) for i, item in enumerate(value)]
            if isinstance(value, tuple)
            else [((*path, name), value)]
        )
        for item_path, item in items:
            if is_part:
                yield from words_of(item, item_path)
            elif list_name:
                yield item_path, item, list_name


def texts_of(part: BaseModel) -> Iterator[str]:
    """Every text in a part, in field order, words of lists included."""
    stack: list[object] = [part]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            stack.extend(reversed(value))
        elif isinstance(value, TextMapping):
            stack.extend(value.values())
        elif isinstance(value, BaseModel):
            stack.extend(getattr(value, name) for name in reversed(type(value).model_fields))


def word_list(annotation: object, metadata: tuple[Any, ...] = ()) -> str | None:
    """The name of the list that a field's words come from."""
    for mark in metadata:
        if isinstance(mark, Word):
            return mark.vocabulary
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *marks = get_args(annotation)
        return word_list(inner, tuple(marks))
    if origin in {tuple, Union, UnionType}:
        for argument in get_args(annotation):
            if argument not in {NoneType, Ellipsis}:
                found = word_list(argument)
                if found:
                    return found
    return None


@cache
def _fields_of(model: type[BaseModel]) -> tuple[tuple[str, str | None, bool], ...]:
    rows = []
    for name, field in model.model_fields.items():
        list_name = word_list(field.annotation, tuple(field.metadata))
        is_part = part_model(field.annotation) is not None
        if list_name or is_part:
            rows.append((name, list_name, is_part))
    return tuple(rows)


@cache
def field_texts() -> TextTable:
    """Title and explanation of every field in Dutch, by path without list numbers; package data."""
    table: dict[str, TextTable] = tomllib.loads(files("generator").joinpath("text/velden.toml").read_text("utf-8"))
    return table["velden"]
