"""The JSON Schema of a record: model, vocabulary and `text/velden.toml` together, so that editors explain the keys."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from generator.model import Case
from generator.structure import TextTable, field_texts, part_model, word_list
from generator.vocabulary import Vocabulary

_SAME_TEXTS = {
    "scenarios.niets_doen.": "scenarios.maatwerk.",
    "scenarios.regulier.": "scenarios.maatwerk.",
    "doorbraak.grondslag.": "knelpunt.regels.",
    "wijziging.regel.": "knelpunt.regels.",
}
"""Paths whose fields are explained under another path."""


def render_schema(vocabulary: Vocabulary) -> str:
    """The schema as JSON, keys in the order of the model."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Casus",
        "description": "Een casus van de Maatwerkatlas.",
        **_object(Case, "", vocabulary, field_texts()),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def texts_of(path: str, texts: TextTable) -> dict[str, str]:
    """Title and explanation of the field on `path`."""
    for start, other in _SAME_TEXTS.items():
        if path.startswith(start):
            path = other + path.removeprefix(start)
    return dict(texts[path])


def _object(model: type[BaseModel], path: str, vocabulary: Vocabulary, texts: TextTable) -> dict[str, Any]:
    properties = {}
    for name, field in model.model_fields.items():
        where = f"{path}{name}"
        said = texts_of(where, texts)
        properties[name] = {
            "title": said["titel"],
            "description": said["uitleg"],
            **_value(field.annotation, tuple(field.metadata), where, vocabulary, texts),
        }
    required = [name for name, field in model.model_fields.items() if field.is_required()]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        **({"required": required} if required else {}),
    }


def _value(
    annotation: object, metadata: tuple[Any, ...], path: str, vocabulary: Vocabulary, texts: TextTable
) -> dict[str, Any]:
    part = part_model(annotation)
    words = word_list(annotation, metadata)
    if part is not None:
        inner = _object(part, f"{path}.", vocabulary, texts)
    elif words is not None:
        labels = vocabulary.labels[words]
        inner = {
            "enum": list(labels),
            "markdownEnumDescriptions": list(labels.values()),
            "enumDescriptions": list(labels.values()),
        }
    else:
        inner = _scalar(str(annotation))
    return {"type": "array", "items": inner} if _is_list(annotation) else inner


def _is_list(annotation: object) -> bool:
    return "tuple[" in str(annotation)


def _scalar(annotation: str) -> dict[str, Any]:
    """YAML editors see numbers and booleans before we do, so the schema allows both spellings."""
    if "Literal['ja'" in annotation:
        return {"enum": ["ja", "nee", "onbekend", True, False]}
    if "Decimal" in annotation:
        return {"type": ["number", "string"], "minimum": 0}
    if "int" in annotation:
        return (
            {"anyOf": [{"type": "integer", "minimum": 0}, {"const": "onbekend"}]}
            if "Literal" in annotation
            else {"type": "integer", "minimum": 0}
        )
    return {"type": ["string", "number"]}
