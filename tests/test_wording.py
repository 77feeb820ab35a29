"""Wording: reasons and names in Dutch, with labels in place of ids."""

from __future__ import annotations

import pytest

from generator.similarity import Reason
from generator.wording import render_article, render_name, render_reason


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


def test_a_candidate_is_called_by_rule_or_practice_and_then_its_words():
    assert render_name("Schot", "Pw artikel 35", ("kamer", "huur")) == "Schot (Pw artikel 35): kamer, huur"
    assert render_name("Schot", "", ("kamer",)) == "Schot: kamer"
    assert render_name("Schot", "Pw", ()) == "Schot"
