"""The walk over a model that every export shares: from a frozen value to plain JSON, every word with its name.

Nothing is named by hand: which fields hold words, lists or parts follows from the model.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel

from generator.model import Case, RuleReference
from generator.structure import part_model, word_list
from generator.vocabulary import Vocabulary

Tree = dict[str, Any]
"""A JSON object: text, numbers, booleans, lists and objects."""
Labels = Mapping[str, Mapping[str, str]]
"""Per list: word to name."""

HIDDEN: Mapping[type[BaseModel], frozenset[str]] = {
    Case: frozenset({"status", "privacy"}),
    RuleReference: frozenset({"nagekeken"}),
}
"""Fields that no page shows, and so no export: they are for editors."""


@dataclass(frozen=True)
class Field:
    """One field of a part that is exported."""

    name: str
    words: str | None
    """The list that its words come from."""
    part: type[BaseModel] | None
    many: bool
    scalar: str
    """The annotation, of a field without words or part."""
    required: bool
    """It is always written: it must be filled, or it is a list, empty at the least."""


@cache
def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """The fields that are exported, in the order of the model."""
    hidden = [names for part, names in HIDDEN.items() if issubclass(model, part)]
    return tuple(_fields(model, frozenset().union(*hidden)))


def _fields(model: type[BaseModel], hidden: frozenset[str]) -> Iterator[Field]:
    for name, field in model.model_fields.items():
        if name in hidden:
            continue
        many = "tuple[" in str(field.annotation)
        yield Field(
            name=name,
            words=word_list(field.annotation, tuple(field.metadata)),
            part=part_model(field.annotation),
            many=many,
            scalar=str(field.annotation),
            required=many or field.is_required(),
        )


def plain(part: BaseModel, labels: Labels) -> Tree:
    """A part as JSON: amounts as text with two decimals, words with their names, unknown fields left out."""
    tree: Tree = {}
    for field in fields_of(type(part)):
        value = getattr(part, field.name)
        if field.many:
            tree[field.name] = [_value(item, field, labels) for item in value]
        elif value is not None:
            tree[field.name] = _value(value, field, labels)
    return tree


def _value(value: object, field: Field, labels: Labels) -> object:
    if field.part is not None and isinstance(value, BaseModel):
        return plain(value, labels)
    if field.words is not None:
        return {"id": str(value), "naam": labels[field.words].get(str(value), str(value))}
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value


def labels_of(vocabulary: Vocabulary) -> Labels:
    """The names of every word: those of the vocabulary, and of the small lists that only exports have."""
    reforms = {reform.id: reform.titel for reform in vocabulary.hervormingen}
    return {**vocabulary.labels, "hervormingen": reforms, **texts()["woorden"]}


@cache
def texts() -> Mapping[str, Any]:
    """The Dutch texts of the exports."""
    return tomllib.loads(files("generator").joinpath("text/gegevens.toml").read_text("utf-8"))
