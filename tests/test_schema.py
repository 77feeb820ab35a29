"""The JSON Schema: committed as the model makes it, and it says the same as the model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.model import Case
from generator.schema import render_schema

COMMITTED = Path(__file__).parents[1] / "generator/schema/case.schema.json"


@pytest.fixture(scope="module")
def schema():
    return json.loads(COMMITTED.read_text("utf-8"))


def objects(schema):
    """Every object schema in a schema."""
    if schema.get("type") == "object":
        yield schema
        for inner in schema["properties"].values():
            yield from objects(inner)
    elif schema.get("type") == "array":
        yield from objects(schema["items"])


def test_the_committed_schema_is_up_to_date(vocabulary):
    assert COMMITTED.read_text("utf-8") == render_schema(vocabulary), "run: maatwerkatlas schema"


def test_it_names_the_keys_in_the_order_of_the_model(schema):
    assert list(schema["properties"]) == list(Case.model_fields)
    assert schema["required"] == [name for name, field in Case.model_fields.items() if field.is_required()]


def test_it_refuses_unknown_keys_everywhere(schema):
    assert all(part["additionalProperties"] is False for part in objects(schema))


def test_it_explains_every_key_in_dutch(schema):
    for part in objects(schema):
        for name, inner in part["properties"].items():
            assert inner["title"], name
            assert inner["description"], name


def test_words_come_with_their_labels(schema, vocabulary):
    kinds = schema["properties"]["knelpunt"]["properties"]["soort"]
    assert kinds["enum"] == [kind.id for kind in vocabulary.knelpuntsoorten]
    assert kinds["enumDescriptions"] == [kind.label for kind in vocabulary.knelpuntsoorten]
    domains = schema["properties"]["leefgebieden"]
    assert domains["type"] == "array"
    assert domains["items"]["enum"] == list(vocabulary.labels["leefgebieden"])


def test_numbers_and_answers_may_be_written_plainly(schema):
    decision = schema["properties"]["besluit"]["properties"]
    assert {"const": "onbekend"} in decision["akkoord"]["anyOf"]
    result = schema["properties"]["resultaat"]["properties"]
    assert result["spijt"]["enum"] == ["ja", "nee", "onbekend", True, False]
    assert result["na_maanden"] == {**result["na_maanden"], "type": "integer", "minimum": 0}
    assert schema["properties"]["financiering"]["items"]["properties"]["bedrag"]["minimum"] == 0
