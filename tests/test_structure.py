"""The structure of the model: keys, parts and word lists are found in the types themselves."""

from __future__ import annotations

import pytest

from generator.model import Case, CostLine, RuleReference
from generator.schema import texts_of
from generator.source import Scalar, Sequence
from generator.structure import (
    field_texts,
    keys_at,
    part_model,
    placeholder_for,
    value_at,
    word_list,
    words_of,
)
from tests.factories import a_case, a_record


def fields(model, path=""):
    """Every field of a model, parts included, by its path."""
    for name, field in model.model_fields.items():
        yield f"{path}{name}"
        part = part_model(field.annotation)
        if part is not None:
            yield from fields(part, f"{path}{name}.")


def test_keys_are_those_of_the_part_at_a_path():
    assert keys_at(Case, ()) == tuple(Case.model_fields)
    assert keys_at(Case, ("knelpunt", "regels", 3)) == tuple(RuleReference.model_fields)
    assert keys_at(Case, ("scenarios", "maatwerk", "kosten", 0)) == tuple(CostLine.model_fields)
    assert keys_at(Case, ("titel",)) == ()
    assert keys_at(Case, ("bestaat", "niet")) == ()


def test_words_are_found_at_every_depth():
    case = a_case(
        knelpunt__regels=[{"wet": "pw", "rol": "blokkeert"}],
        scenarios={"maatwerk": {"kosten": [{"wat": "kamer", "budget": "bijstand"}]}},
    )
    found = set(words_of(case))
    assert (("leefgebieden", 1), "vervoer", "leefgebieden") in found
    assert (("knelpunt", "regels", 0, "wet"), "pw", "wetten") in found
    assert (("scenarios", "maatwerk", "kosten", 0, "budget"), "bijstand", "budgetten") in found
    assert (("status",), "gepubliceerd", "statussen") in found


def test_every_word_list_of_the_model_is_in_the_vocabulary(vocabulary):
    def lists(model):
        for field in model.model_fields.values():
            yield word_list(field.annotation, tuple(field.metadata))
            part = part_model(field.annotation)
            if part is not None:
                yield from lists(part)

    assert {name for name in lists(Case) if name} <= set(vocabulary.labels)


@pytest.mark.parametrize(
    ("path", "placeholder"),
    [
        (("titel",), "onbekend"),
        (("knelpunt",), {}),
        (("leefgebieden",), ["onbekend"]),
        (("knelpunt", "tekst"), "onbekend"),
    ],
)
def test_a_placeholder_has_the_shape_that_belongs_there(path, placeholder):
    assert placeholder_for(Case, path) == placeholder


def test_values_are_found_by_path():
    root = a_record().root
    found = value_at(root, ("knelpunt", "soort"))
    assert isinstance(found, Scalar)
    assert found.text == "hoogte-en-vorm-voorziening"
    assert isinstance(value_at(root, ("leefgebieden",)), Sequence)
    assert value_at(root, ("leefgebieden", 9)) is None
    assert value_at(root, ("knelpunt", "soort", "verder")) is None


@pytest.mark.parametrize("path", sorted(fields(Case)))
def test_every_field_has_a_title_and_an_explanation(path):
    said = texts_of(path, field_texts())
    assert set(said) == {"titel", "uitleg"}
    assert said["titel"].strip()
    assert said["uitleg"].strip().endswith((".", "?"))


def test_no_explanation_is_of_a_field_that_does_not_exist():
    said = field_texts()
    spoken = {path for path in fields(Case) if path in said}
    assert set(said) - spoken == set()
