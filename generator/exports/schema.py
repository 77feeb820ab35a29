"""The JSON Schema of the exports, made from the same model as they are, with explanations in Dutch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from generator.exports.model import LISTS, NOUNS, SCHEMA_VERSION, Collection
from generator.exports.walk import Field, Labels, Tree, fields_of, labels_of, texts
from generator.model import RuleReference
from generator.schema import texts_of
from generator.settings import NAME
from generator.structure import field_texts
from generator.vocabulary import Vocabulary

DIALECT = "https://json-schema.org/draft/2020-12/schema"
WORDS = frozenset({"additionalProperties", "anyOf", "oneOf"})
"""Words of JSON Schema that look like names: no text of a record."""
RULE = "knelpunt.regels."
"""Where `text/velden.toml` explains a reference to a rule, wherever it stands."""
HEAD = ("schema_versie", "adres", "verantwoording")
"""What every JSON file begins with."""


@dataclass(frozen=True)
class KeyRow:
    """One key of a noun, as the page about the data explains it."""

    key: str
    title: str
    meaning: str
    kind: str
    """Text, number, list and so on: a word of `[vormen]` in `text/gegevens.toml`."""


def render_schema(vocabulary: Vocabulary, site: str = NAME) -> Tree:
    """The schema of the canonical file; those of the other JSON files stand in `$defs` under their names."""
    labels = labels_of(vocabulary)
    whole = _object(Collection, "", labels)
    items = {name: whole["properties"][name] for name in LISTS}
    nouns = {NOUNS[model]: items[name]["items"] for name, model in LISTS.items()}
    for name, model in LISTS.items():
        items[name]["items"] = {"$ref": f"#/$defs/{NOUNS[model]}"}
    return {
        "$schema": DIALECT,
        "title": site,
        "description": texts()["noun"]["verzameling"]["uitleg"],
        "version": SCHEMA_VERSION,
        **whole,
        "$defs": {
            **nouns,
            **{f"{name}.json": _file(whole, name) for name in LISTS},
            **{f"woord-{name}": _word(labels[name]) for name in sorted(set(_lists(Collection)))},
        },
    }


def explained(vocabulary: Vocabulary) -> Tree:
    """What the page about the data tells: version, sentences, the keys of every noun, and the words of every list."""
    said = texts()
    labels = labels_of(vocabulary)
    titles = {name: said["noun"]["verzameling"][name].partition(": ")[0] for name in LISTS}
    return {
        "versie": SCHEMA_VERSION,
        "verantwoording": said["zinnen"]["verantwoording"],
        "sleutels": [(name, titles[name], tuple(key_rows(model))) for name, model in LISTS.items()],
        "woordenlijsten": [(name, labels[name]) for name in sorted(set(_lists(Collection)))],
    }


def key_rows(model: type[BaseModel], above: str = "", record: str = "") -> Iterator[KeyRow]:
    """Every key of a noun with what it means, parts below their own key with a dot between."""
    for field in fields_of(model):
        said = _texts(model, field, record)
        shape = "lijst" if field.many else "deel" if field.part else "woord" if field.words else _shape(field.scalar)
        yield KeyRow(f"{above}{field.name}", said["titel"], said["uitleg"], texts()["vormen"][shape])
        if field.part is not None:
            yield from key_rows(field.part, f"{above}{field.name}.", _record_path(field, record))


def _object(model: type[BaseModel], record: str, labels: Labels) -> Tree:
    properties: Tree = {}
    for field in fields_of(model):
        said = _texts(model, field, record)
        if field.part is not None:
            inner = _object(field.part, _record_path(field, record), labels)
        elif field.words is not None:
            inner = {"$ref": f"#/$defs/woord-{field.words}"}
        else:
            inner = dict(_SCALARS[_shape(field.scalar)])
        shape = {"type": "array", "items": inner} if field.many else inner
        properties[field.name] = {"title": said["titel"], "description": said["uitleg"], **shape}
    required = [field.name for field in fields_of(model) if field.required]
    return {"type": "object", "additionalProperties": False, "properties": properties, "required": required}


def _file(whole: Tree, name: str) -> Tree:
    """The schema of a file with one of the lists."""
    properties = {key: whole["properties"][key] for key in (*HEAD, name)}
    required = [key for key in whole["required"] if key in properties]
    return {"type": "object", "additionalProperties": False, "properties": properties, "required": required}


def _word(words: Mapping[str, str]) -> Tree:
    """A word of a list, always with its own name."""
    return {"oneOf": [{"const": {"id": word, "naam": name}} for word, name in words.items()]}


def _lists(model: type[BaseModel]) -> Iterator[str]:
    for field in fields_of(model):
        if field.part is not None:
            yield from _lists(field.part)
        elif field.words is not None:
            yield field.words


def _record_path(field: Field, record: str) -> str:
    """The path under which a part of a record is explained; a noun of the exports begins anew."""
    if field.part in NOUNS:
        return ""
    return RULE if field.part is RuleReference else f"{record}{field.name}."


def _texts(model: type[BaseModel], field: Field, record: str) -> Mapping[str, str]:
    """Title and explanation of a key: of its noun, else of the record."""
    own: Mapping[str, Any] = texts()["noun"].get(NOUNS.get(model, ""), {})
    if field.name in own:
        title, _, meaning = own[field.name].partition(": ")
        return {"titel": title, "uitleg": meaning}
    return texts_of(f"{record}{field.name}", field_texts())


_SCALARS: Mapping[str, Tree] = {
    "bedrag": {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$"},
    "antwoord": {"enum": ["ja", "nee", "onbekend"]},
    "aantal_of_onbekend": {"anyOf": [{"type": "integer", "minimum": 0}, {"const": "onbekend"}]},
    "aantal": {"type": "integer", "minimum": 0},
    "getal": {"type": "number", "minimum": 0},
    "waar": {"type": "boolean"},
    "tekst": {"type": "string"},
}


def _shape(annotation: str) -> str:
    """The shape of a scalar field, by its annotation."""
    shapes = {
        "bedrag": "Decimal" in annotation,
        "antwoord": "Literal['ja'" in annotation,
        "aantal_of_onbekend": "Literal['onbekend'" in annotation,
        "waar": "bool" in annotation,
        "getal": "float" in annotation,
        "aantal": "int" in annotation,
    }
    return next((shape for shape, fits in shapes.items() if fits), "tekst")
