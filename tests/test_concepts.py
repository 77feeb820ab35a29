"""Concepts: words for one thing are one concept, however they are written; nothing is found inside another word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.concepts import BATCH, ancestors, build_matcher, concept_matcher
from generator.vocabulary import Concept, load_concepts

CONCEPTS = load_concepts()


def a_concept(**changes: object) -> Concept:
    return Concept.model_validate({"id": "een", "label": "Een", "woorden": (), **changes})


MATCHER = build_matcher(
    [
        a_concept(id="briefadres", woorden=("briefadres", "een adres voor post"), wetten=("wbrp",)),
        a_concept(id="schuld", stammen=("schuld", "bijzonder bijstand"), ruimer="geld"),
        a_concept(id="vervoer", samenstelling=("vervoer",), ruimer="schuld"),
        a_concept(id="geld"),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Een briefadres.", {"briefadres": 1}),
        ("BRIEFADRES, briefadres; brief-adres", {"briefadres": 2}),
        ("zij kreeg een adres voor post en een briefadres", {"briefadres": 2}),
        ("een adres voor de post", {}),
        ("briefadressen", {}),
        ("schulden en schuldhulp, onschuldig", {"schuld": 2}),
        ("bijzondere bijstandsuitkering", {"schuld": 1}),
        ("bijzondere kosten en bijstand", {}),
        ("leerlingenvervoer, vervoerskosten, vervoer", {"vervoer": 3}),
        ("bevervoerder", {}),
        ("", {}),
    ],
)
def test_words_in_a_row_stems_at_the_start_and_parts_at_either_end(text, found):
    assert MATCHER.count(text) == found


def test_what_was_counted_beforehand_over_processors_counts_the_same():
    texts = [f"Een briefadres en vervoer {number} {'schulden ' * (number % 3)}" for number in range(2 * BATCH)]
    learned, fresh = (build_matcher([a_concept(woorden=("briefadres",), stammen=("schuld",))]) for _ in range(2))
    learned.learn([*texts, *texts])
    assert [learned.count(text) for text in texts] == [fresh.count(text) for text in texts]


def test_accents_hyphens_and_capitals_do_not_matter():
    matcher = build_matcher([a_concept(woorden=("één-oudergezin",))])
    for written in ("eenoudergezin", "EEN oudergezin", "Één-Oudergezin", "één\noudergezin"):
        assert bool(matcher.count(written)) == (written != "eenoudergezin")


def test_broader_concepts_come_nearest_first_and_a_ring_ends():
    assert MATCHER.broader["vervoer"] == ("schuld", "geld")
    assert ancestors("a", {"a": "b", "b": "c", "c": "a"}) == ("b", "c", "a")
    assert ancestors("a", {}) == ()


def test_a_concept_knows_its_laws():
    assert MATCHER.laws == {"briefadres": ("wbrp",)}


def test_the_list_of_the_field_finds_every_one_of_its_own_words():
    matcher = concept_matcher()
    for concept in CONCEPTS:
        for text in (*concept.woorden, *concept.stammen, *concept.samenstelling):
            assert concept.id in matcher.count(text), (concept.id, text)


def test_the_list_of_the_field_points_only_at_what_exists(vocabulary):
    known = {concept.id for concept in CONCEPTS}
    assert len(known) == len(CONCEPTS) > 0
    for concept in CONCEPTS:
        assert concept.ruimer in {None, *known}, concept.id
        assert concept.id not in concept_matcher().broader.get(concept.id, ()), concept.id
        assert set(concept.wetten) <= set(vocabulary.law_by_id), concept.id
        assert set(concept.artikelen) <= {article.id for article in vocabulary.artikelen}, concept.id


def test_names_for_one_thing_are_one_concept():
    matcher = concept_matcher()
    assert "briefadres" in set(matcher.count("een postadres")) & set(matcher.count("een briefadres"))


@given(st.text() | st.lists(st.sampled_from("briefadres schuld vervoer een adres voor post".split())).map(" ".join))
def test_any_text_can_be_searched_and_says_the_same_twice(text):
    found = MATCHER.count(text)
    assert found == MATCHER.count(text)
    assert all(count > 0 for count in found.values())
    assert set(found) <= {"briefadres", "schuld", "vervoer"}
