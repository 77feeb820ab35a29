"""Vectors: each case as rows of numbers, ordered by id; what is rare counts more, what is absent gives an empty row."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.concepts import concept_matcher
from generator.vectors import (
    BROADER,
    CONCEPT,
    IMPLIED_LAW,
    WORD,
    Traits,
    domain_rows,
    flags,
    kind_rows,
    law_counts,
    rare_rows,
    traits_of,
    traits_of_text,
    unit_rows,
    vectorise,
    with_broader,
)
from tests.factories import STORIES, a_case, some_cases
from tests.test_similarity import some_traits

LAYERS = ("terms", "letters", "kinds", "laws", "own_laws", "domains", "articles", "local_rules")


def dense(rows: object) -> np.ndarray:
    return np.asarray(rows.toarray() if hasattr(rows, "toarray") else rows)


def lengths(rows: object) -> list[float]:
    return np.linalg.norm(dense(rows), axis=1).tolist()


def test_a_case_shows_similarity_its_story_and_its_rules():
    traits = traits_of(a_case(**STORIES[0], knelpunt__ook=["zorgplicht"],
                              doorbraak__grondslag=[{"lokaal": "Beleidsregel  Maatwerk"}, {"wet": "pw"}]))  # fmt: skip
    assert traits.kinds == ("leefvorm-huishouden", "zorgplicht")
    assert traits.domains == ("inkomen", "wonen")
    assert traits.laws == ("pw",)
    assert traits.articles == ("pw:22a",)
    assert traits.local == ("beleidsregel maatwerk",)
    for part in ("Zoon trekt in", "woonkamer", "kostendelersnorm omlaag", "half jaar"):
        assert any(word in traits.text for word in part.split()), part


def test_plain_text_is_a_story_without_rules():
    assert traits_of_text("-", "Een fiets") == Traits(id="-", text="Een fiets")


@pytest.mark.parametrize("count", [0, 1, 2, 15])
def test_every_layer_has_a_row_for_every_case(count):
    vectors = vectorise([traits_of(case) for case in some_cases(count)[::-1]], concept_matcher())
    assert [case.id for case in vectors.cases] == sorted(case.id for case in vectors.cases)
    assert {getattr(vectors, layer).shape[0] for layer in LAYERS} == {count}
    assert vectors.terms.shape[1] == len(vectors.term_names)


@pytest.mark.parametrize("text", ["", "de het een", "€ 5"])
def test_a_lonely_text_without_words_has_its_row(text):
    vectors = vectorise([traits_of_text("a", text)], concept_matcher())
    assert vectors.terms.shape == (1, 0)
    assert vectors.letters.shape == (1, 0)


def test_the_names_of_columns_tell_words_from_concepts():
    vectors = vectorise([traits_of_text("a", "Een postadres"), traits_of_text("b", "Een fiets")], concept_matcher())
    assert {name for name in vectors.term_names if name.startswith(WORD)} == {f"{WORD}fiets", f"{WORD}postadres"}
    assert f"{CONCEPT}briefadres" in vectors.term_names
    assert all(name.startswith((WORD, CONCEPT)) for name in vectors.term_names)


@given(some_traits)
def test_rows_are_of_length_one_or_empty(traits):
    vectors = vectorise(traits, concept_matcher())
    for layer in ("terms", "letters", "kinds", "laws"):
        assert all(length == pytest.approx(1, abs=2e-3) or length == 0 for length in lengths(getattr(vectors, layer)))
    for layer in ("articles", "local_rules", "own_laws"):
        rows = dense(getattr(vectors, layer))
        assert ((rows >= 0) & (rows <= 1)).all()


@given(some_traits, st.randoms())
def test_the_order_of_cases_changes_no_number(traits, random):
    one = vectorise(traits, concept_matcher())
    other = vectorise(random.sample(traits, len(traits)), concept_matcher())
    assert one.cases == other.cases
    assert one.term_names == other.term_names
    assert all(np.array_equal(dense(getattr(one, layer)), dense(getattr(other, layer))) for layer in LAYERS)


def test_an_edited_text_changes_no_row_but_its_own_and_of_what_passes_a_step():
    traits = [
        traits_of_text(f"{number:02}", f"fiets {'zilverreiger' if number % 2 else 'onderbewindstelling'} {word}")
        for number, word in enumerate(["huur"] * 36)
    ]
    edited = [replace(traits[0], text="fiets onderbewindstelling"), *traits[1:]]  # 35 say 'huur': the step of 32
    before, after = (dense(vectorise(said[:35], concept_matcher()).letters) for said in (traits, edited))
    assert np.flatnonzero((before != after).any(axis=1)).tolist() == [0]
    once_more = [*traits[:31], *(traits_of_text(t.id, "fiets") for t in traits[31:])]  # 31 say it: the step before
    passed = dense(vectorise(once_more[:35], concept_matcher()).letters)
    assert (before[:31] != passed[:31]).any(axis=1).all()


def test_a_narrower_concept_is_half_a_mention_of_the_one_above_it():
    broader = {"klein": ("midden", "groot"), "ander": ("midden",)}
    assert with_broader({"klein": 3}, broader) == {"klein": 3.0, "midden": BROADER}
    assert with_broader({"klein": 1, "ander": 2, "midden": 4}, broader) == {"klein": 1.0, "ander": 2.0, "midden": 4.0}
    assert with_broader({}, broader) == {}


def test_a_concept_brings_its_laws_for_a_share():
    laws = {"toeslag": ("awir", "wht"), "bijstand": ("pw",)}
    assert law_counts(("pw",), {"toeslag": 5}, laws) == {"pw": 1.0, "awir": IMPLIED_LAW / 2, "wht": IMPLIED_LAW / 2}
    assert law_counts((), {"bijstand": 1, "fiets": 1}, laws) == {"pw": IMPLIED_LAW}


def test_the_main_kind_counts_more_than_the_others_and_kinds_named_together_are_kin():
    apart = kind_rows([("a",), ("b",)])
    assert (apart @ apart.T)[0, 1] == 0
    second = kind_rows([("a", "b"), ("a",), ("b",)])
    nearness = second @ second.T
    assert nearness[0, 1] > nearness[0, 2] > 0
    kin = kind_rows([("a", "b"), ("a", "b"), ("a", "b"), ("a",), ("b",)])
    assert (kin @ kin.T)[3, 4] > 0
    assert kind_rows([()]).shape == (1, 0)


def test_a_domain_that_all_have_still_counts():
    assert (domain_rows([("wonen",), ("wonen",)]) > 0).all()


def test_what_two_share_and_no_third_has_is_rarest_and_what_all_have_says_nothing():
    rows = rare_rows([("x", "y"), ("x", "y"), ("y",), ("y", "z")])
    assert rows[0].tolist() == pytest.approx([1.0, 0.0])  # no column for what one has alone
    assert not rare_rows([("x",), ("x",)]).any()


def test_names_as_flags_and_counts_as_unit_rows():
    assert flags([("b", "a"), (), ("b",)]).tolist() == [[1, 1], [0, 0], [0, 1]]
    assert lengths(unit_rows([{"a": 3.0, "b": 4.0}, {}])) == pytest.approx([1.0, 0.0], abs=1e-3)
