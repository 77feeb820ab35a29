"""Similarity: symmetric, explained, the same in whatever order the cases come."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.similarity import WEIGHTS, Traits, compare, overlap, traits_of, traits_of_text, vectorise
from generator.words import words
from tests.factories import STORIES, a_case, some_cases

texts = st.lists(st.sampled_from("bijstand huur fiets adres school taxi moeder de het".split()), max_size=6).map(
    " ".join
)
some_sets = st.frozensets(st.sampled_from("abc"), max_size=3)
some_traits = st.lists(
    st.builds(
        Traits,
        id=st.integers(0, 99).map(str),
        title=texts,
        obstacle=texts,
        text=texts,
        kind=st.sampled_from(["", "a", "b"]),
        kinds=some_sets,
        domains=some_sets,
        laws=some_sets,
        articles=some_sets,
    ),
    max_size=8,
    unique_by=lambda trait: trait.id,
)


def test_the_weights_add_up_to_one():
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_a_case_shows_similarity_its_story_and_its_rules():
    traits = traits_of(a_case(**STORIES[0], doorbraak__grondslag=[{"lokaal": "Beleidsregel Maatwerk"}]))
    assert traits.kind == "leefvorm-huishouden"
    assert traits.laws == {"pw"}
    assert traits.articles == {"pw:22a"}
    assert traits.local == {"beleidsregel maatwerk"}
    assert "kostendelersnorm" in traits.text


def test_plain_text_is_a_story_without_rules():
    traits = traits_of_text("-", "\n  Een fiets\nvoor de bakker\n")
    assert traits.title == "Een fiets"
    assert traits.kinds == traits.laws == frozenset()


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


def test_neighbours_come_nearest_first_and_equals_by_id():
    same = [Traits(id=name, title="fiets", obstacle="fiets", text="fiets") for name in "dbca"]
    found = compare([*same, Traits(id="e", title="huur", obstacle="huur", text="huur")])
    assert [found.ids[other] for other, _ in found.nearest(found.ids.index("c"), 4)] == ["a", "b", "d", "e"]


def test_every_likeness_is_explained_strongest_ground_first():
    cases = [a_case(**STORIES[0], id="een"), a_case(**STORIES[0], id="twee"), a_case(id="drie")]
    found = compare([traits_of(case) for case in cases])
    one, other = found.ids.index("een"), found.ids.index("twee")
    kinds = [reason.kind for reason in found.reasons(one, other)]
    assert kinds == ["artikel", "knelpuntsoort", "leefgebied", "woorden"]
    assert found.reasons(one, other)[0].values == ("pw:22a",)


def test_a_law_is_no_reason_of_its_own_where_its_article_is_one():
    def named(name: str, articles: str) -> Traits:
        found = frozenset(articles.split())
        return Traits(id=name, title="", obstacle="", text="", laws=frozenset({"pw", "wmo2015"}), articles=found)

    found = compare([named("a", "pw:35 pw:11"), named("b", "pw:35")])
    assert [(reason.kind, reason.values) for reason in found.reasons(0, 1)] == [
        ("artikel", ("pw:35",)),
        ("wet", ("wmo2015",)),
    ]


def test_shared_words_that_weigh_little_are_not_named():
    found = compare([traits_of_text(name, text) for name, text in [("a", "fiets bakker"), ("b", "huur moeder")]])
    assert found.reasons(0, 1) == ()


def test_the_common_words_are_held_by_half_of_the_rows_or_more():
    stories = ["briefadres stadhuis", "briefadres loket", "taxi school"]
    found = compare([traits_of_text(str(number), text) for number, text in enumerate(stories)])
    assert found.common_words([0, 1], 3) == ("briefadres",)
    assert found.common_words([0, 2], 3) == ()


def test_texts_without_words_are_like_nothing():
    found = compare([traits_of_text("a", ""), traits_of_text("b", "de het een")])
    assert not found.total.any()
    assert found.reasons(0, 1) == ()


def test_overlap_weighs_rare_members_more():
    parts = overlap([frozenset("ab"), frozenset("a"), frozenset("b"), frozenset("a"), frozenset()])
    assert parts[0, 2] > parts[0, 1]
    assert parts[1, 3] == pytest.approx(1)
    assert not parts[4].any()


def test_vectors_are_of_unit_length():
    vectors, terms = vectorise(["fiets bakker fiets", ""], words)
    assert terms == ("bakker", "fiets")
    assert np.sqrt(vectors.multiply(vectors).sum(axis=1)).ravel().tolist()[0] == pytest.approx([1.0, 0.0])


@given(some_traits)
def test_similarity_is_symmetric_and_between_zero_and_one(traits):
    total = compare(traits).total
    assert np.allclose(total, total.T)
    assert (total >= -1e-6).all()
    assert (total <= 1 + 1e-5).all()


@given(some_traits, st.randoms())
def test_the_order_of_cases_does_not_matter(traits, random):
    shuffled = list(traits)
    random.shuffle(shuffled)
    one, other = compare(traits), compare(shuffled)
    assert one.ids == other.ids
    assert np.array_equal(one.total, other.total)
    pairs = [(a, b) for a in range(len(traits)) for b in range(len(traits)) if a != b]
    assert [one.reasons(*pair) for pair in pairs] == [other.reasons(*pair) for pair in pairs]
