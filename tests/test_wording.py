"""Wording: reasons and names in Dutch, with labels in place of ids."""

from __future__ import annotations

from typing import get_args

import pytest

from generator.reconcile import Change
from generator.registry import Event
from generator.similarity import Reason
from generator.wording import (
    render_article,
    render_change,
    render_name,
    render_no_changes,
    render_reason,
)


@pytest.mark.parametrize(
    ("reason", "phrase"),
    [
        (Reason("artikel", ("pw:22a", "wmo2015:2.3.5")), "zelfde artikel: Pw artikel 22a, Wmo 2015 artikel 2.3.5"),
        (Reason("wet", ("pw",)), "zelfde wet: Pw"),
        (Reason("leefgebied", ("wonen",)), "zelfde leefgebied: Wonen"),
        (Reason("woorden", ("briefadres", "wonen")), "gedeelde woorden: briefadres, wonen"),
        (Reason("lokaal", ("verordening {x}",)), "zelfde lokale regel: verordening {x}"),
        (Reason("wet", ("onbekende-wet",)), "zelfde wet: onbekende-wet"),
    ],
)
def test_a_reason_is_a_phrase(vocabulary, reason, phrase):
    assert render_reason(reason, vocabulary) == phrase


def test_every_kind_of_obstacle_can_be_a_reason(vocabulary):
    for kind in vocabulary.knelpuntsoorten:
        assert kind.label in render_reason(Reason("knelpuntsoort", (kind.id,)), vocabulary)


def test_an_article_is_named_with_its_law(vocabulary):
    assert render_article("awb:3:4", vocabulary) == "Awb artikel 3:4"


def test_a_pattern_is_called_by_rule_or_practice_and_then_whom_it_hits():
    assert render_name("Schot", "Pw artikel 35", "Eenoudergezin") == "Schot (Pw artikel 35): eenoudergezin"
    assert render_name("Schot", "", "Wonen") == "Schot: wonen"


def test_a_concept_is_called_by_its_label(vocabulary):
    for concept, label in vocabulary.concept_labels.items():
        assert render_reason(Reason("begrip", (concept,)), vocabulary) == f"zelfde onderwerp: {label}"


@pytest.mark.parametrize("kind", get_args(Event))
def test_every_change_is_a_line_with_number_name_and_the_others(kind):
    said = render_change(Change("P-0002", kind, ("a", "b"), ("P-0001",)), {"P-0002": "Kamer: jongeren"})
    assert said.startswith("P-0002 ")
    assert "Kamer: jongeren" in said
    assert ("P-0001" in said) == (kind in {"samengevoegd", "gesplitst"})
    assert "naamloos" not in said


def test_a_pattern_that_nobody_can_name_is_said_to_have_no_name():
    assert "zonder naam" in render_change(Change("P-0002", "vervallen"), {"P-0002": ""})
    assert "zonder naam" in render_change(Change("P-0002", "vervallen"), {})
    assert render_no_changes().endswith(".")
