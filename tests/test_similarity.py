"""Similarity: a likelihood for every pair, symmetric, explained, the same in whatever order the cases come."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import parallel, similarity
from generator.concepts import concept_matcher
from generator.nearness import NEIGHBOUR_FLOOR
from generator.similarity import SHOWN_TERMS, compare, disjoint, overlap, parts, rarest_shared
from generator.vectors import Traits, traits_of, traits_of_text, vectorise
from generator.vocabulary import load_weights
from tests.factories import STORIES, a_case, some_cases

texts = st.lists(
    st.sampled_from("bijstand huur fiets adres school taxi moeder briefadres de het".split()), max_size=6
).map(" ".join)
some_names = st.lists(st.sampled_from("abc"), max_size=3, unique=True).map(tuple)
some_traits = st.lists(
    st.builds(
        Traits,
        id=st.integers(0, 99).map(str),
        text=texts,
        kinds=some_names,
        domains=some_names,
        laws=some_names,
        articles=some_names,
        local=some_names,
    ),
    max_size=8,
    unique_by=lambda trait: trait.id,
)


def parts_of(traits: list[Traits]) -> dict[str, np.ndarray]:
    return dict(parts(vectorise(traits, concept_matcher())))


def test_every_part_has_its_weight_and_every_weight_its_part():
    assert set(parts_of([traits_of(case) for case in some_cases(3)])) == set(load_weights().delen)


@pytest.mark.parametrize("count", [0, 1, 2, 15])
def test_any_number_of_cases_can_be_compared(count):
    found = compare([traits_of(case) for case in some_cases(count)])
    assert found.total.shape == (count, count)
    assert len(found.ids) == count


def test_the_same_story_is_nearer_than_another_one():
    found = compare([traits_of(case) for case in some_cases(6)])
    for row in range(6):
        assert found.nearest(row, 1)[0][0] % 3 == row % 3


def test_a_case_is_never_its_own_neighbour():
    found = compare([traits_of(case) for case in some_cases(15)])
    for row in range(15):
        others = [other for other, _ in found.nearest(row, 100)]
        assert row not in others
        assert len(others) == 14
        assert len(found.nearest(row, 4)) == 4


def test_neighbours_come_nearest_first_and_equals_by_id():
    same = [Traits(id=name, text="fiets", kinds=("a",)) for name in "dbca"]
    found = compare([*same, Traits(id="e", text="huur", kinds=("b",))])
    assert [found.ids[other] for other, _ in found.nearest(found.ids.index("c"), 4)] == ["a", "b", "d", "e"]


def test_certainty_is_the_mean_likelihood():
    found = compare([traits_of(case) for case in some_cases(9)])
    assert found.certainty(0, [3]) == round(float(found.total[0, 3]), 2)
    assert found.certainty(0, [3, 1]) == pytest.approx((found.total[0, 3] + found.total[0, 1]) / 2, abs=0.006)
    assert found.certainty(0, [3, 6]) > 0.5 > found.certainty(0, [1, 2])


def test_every_likeness_is_explained_strongest_ground_first():
    local = [{"lokaal": "Verordening"}, {"wet": "awb"}]
    cases = [a_case(**STORIES[0], id=name, doorbraak__grondslag=local, knelpunt__ook=["zorgplicht"]) for name in "ab"]
    found = compare([traits_of(case) for case in [*cases, a_case(id="c")]])
    assert [reason.kind for reason in found.reasons(0, 1)] == [
        "artikel", "lokaal", "wet", "knelpuntsoort", "knelpuntsoorten", "begrip", "leefgebied", "woorden",
    ]  # fmt: skip
    assert found.reasons(0, 1)[0].values == ("pw:22a",)
    assert all(len(reason.values) <= SHOWN_TERMS for reason in found.reasons(0, 1))


def test_a_reason_names_only_what_both_have():
    def named(name: str, text: str, kinds: str) -> Traits:
        return Traits(id=name, text=text, kinds=tuple(kinds))

    found = compare([named("a", "zilverreiger onderbewindstelling", "xy"), named("b", "zilverreiger eerlijk", "yx")])
    assert [(reason.kind, reason.values) for reason in found.reasons(0, 1)] == [
        ("knelpuntsoorten", ("x", "y")),
        ("woorden", ("zilverreiger",)),
    ]


def test_a_law_is_no_reason_of_its_own_where_its_article_is_one():
    def named(name: str, articles: str) -> Traits:
        return Traits(id=name, text="", laws=("pw", "wmo2015"), articles=tuple(articles.split()))

    found = compare([named("a", "pw:35 pw:11"), named("b", "pw:35")])
    assert [(reason.kind, reason.values) for reason in found.reasons(0, 1)] == [
        ("artikel", ("pw:35",)),
        ("wet", ("wmo2015",)),
    ]


def test_two_texts_that_share_nothing_are_not_alike_and_have_no_reasons():
    found = compare([traits_of_text(name, text) for name, text in [("a", "fiets bakker"), ("b", "huur moeder")]])
    assert found.reasons(0, 1) == ()
    assert found.total[0, 1] < NEIGHBOUR_FLOOR


def test_texts_without_words_are_like_nothing():
    found = compare([traits_of_text("a", ""), traits_of_text("b", "de het een")])
    assert found.total[0, 1] < 0.001
    assert found.reasons(0, 1) == ()


def test_what_two_cases_share_makes_them_more_alike_and_other_laws_less():
    def alike(one: Traits, other: Traits) -> float:
        return float(compare([one, other]).total[0, 1])

    one, other = "een zilverreiger voor de deur", "een zilverreiger langs het spoor"
    plain = alike(Traits("a", one), Traits("b", other))
    assert alike(Traits("a", one, kinds=("x",)), Traits("b", other, kinds=("x",))) > plain
    assert alike(Traits("a", one, laws=("pw",)), Traits("b", other, laws=("pw",))) > plain
    assert alike(Traits("a", one, laws=("pw",)), Traits("b", other, laws=("awb",))) < plain
    assert alike(Traits("a", one), Traits("b", "geen woord gemeen")) < plain


def test_overlap_is_what_is_shared_out_of_what_either_has():
    rows = np.array([[1, 1, 0], [1, 0, 0], [0, 0, 3], [0, 0, 0]], np.float32)
    found = overlap(rows)
    assert found[0, 1] == pytest.approx(0.5)
    assert found[0, 0] == pytest.approx(1)
    assert found[0, 2] == 0
    assert not found[3].any()


def test_disjoint_needs_names_on_both_sides():
    rows = np.array([[1, 0], [0, 1], [1, 1], [0, 0]], np.float32)
    assert disjoint(rows).tolist() == [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]


def test_the_rarest_shared_name_counts():
    rows = np.array([[0.2, 0.9], [0.2, 0.9], [0.2, 0.0]], np.float32)
    found = rarest_shared(rows)
    assert found[0, 1] == pytest.approx(0.9)
    assert found[0, 2] == pytest.approx(0.2)


@given(some_traits)
def test_every_part_is_symmetric_and_between_zero_and_one(traits):
    for name, part in parts_of(traits).items():
        assert part.shape == (len(traits), len(traits)), name
        assert np.array_equal(part, part.T), name
        assert (part >= -1e-6).all(), name
        assert (part <= 1 + 1e-2).all(), name  # rows on the grid are hardly ever of length one to the last digit


@given(some_traits)
def test_similarity_is_symmetric_and_between_zero_and_one(traits):
    total = compare(traits).total
    assert np.array_equal(total, total.T)
    assert (total >= 0).all()
    assert (total <= 1).all()
    assert (np.diag(total) == 1).all()


@given(some_traits, st.randoms())
def test_the_order_of_cases_does_not_matter(traits, random):
    shuffled = list(traits)
    random.shuffle(shuffled)
    one, other = compare(traits), compare(shuffled)
    assert one.ids == other.ids
    assert np.array_equal(one.total, other.total)
    pairs = [(a, b) for a in range(len(traits)) for b in range(len(traits)) if a != b]
    assert [one.reasons(*pair) for pair in pairs] == [other.reasons(*pair) for pair in pairs]


@pytest.mark.parametrize("cores", [1, 2])
def test_blocks_and_processors_change_no_number(monkeypatch, cores):
    traits = [traits_of(case) for case in some_cases(15)]
    whole = compare(traits)
    monkeypatch.setattr(similarity, "BLOCK", 4)
    monkeypatch.setattr(parallel, "processors", lambda: cores)
    monkeypatch.setattr(parallel.threading, "active_count", lambda: 1)  # who runs the tests may have a thread
    pieces = compare(traits)
    assert np.array_equal(pieces.total, whole.total)
    pairs = [(one, other) for one in range(15) for other in range(15) if one != other]
    assert pieces.reasons_of(pairs) == [whole.reasons(*pair) for pair in pairs]


def test_why_two_are_alike_is_the_same_whichever_comes_first():
    found = compare([traits_of(case) for case in some_cases(9)])
    pairs = [(one, other) for one in range(9) for other in range(9) if one != other]
    fresh = compare([traits_of(case) for case in some_cases(9)])
    assert found.reasons_of(pairs) == [fresh.reasons(other, one) for one, other in pairs]
    assert found.nearest_pairs(2) == [
        (row, other) for row in range(9) for other, _ in found.nearest(row, 2, NEIGHBOUR_FLOOR)
    ]
