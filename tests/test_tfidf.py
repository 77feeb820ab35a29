"""TF-IDF: rows of length one, rare names first, by steps, on a grid; up to a step the same numbers as scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from generator.tfidf import GRID, by_name, collect, count_names, in_steps, on_grid, rarity, weigh
from generator.vectors import letters_of
from generator.words import letter_groups, words

texts = st.lists(
    st.lists(st.sampled_from("bijstand huur fiets adres school schooltaxi pgb-budget één".split()), max_size=8),
    max_size=8,
)


def test_a_row_a_list_and_a_column_a_name_as_it_is_first_seen():
    counts = count_names([["fiets", "bakker", "fiets"], [], ["bakker"]])
    assert counts.names == ("fiets", "bakker")
    assert counts.rows.toarray().tolist() == [[2, 1], [0, 0], [0, 1]]


def test_named_columns_come_first():
    counts = collect([{"b": 1.0, "c": 0.5}], ["a", "b"])
    assert counts.names == ("a", "b", "c")
    assert counts.rows.toarray().tolist() == [[0, 1, 0.5]]


def test_columns_are_put_in_the_order_of_their_names():
    counts = by_name(count_names([["fiets", "bakker", "fiets"], ["bakker"]]))
    assert counts.names == ("bakker", "fiets")
    assert counts.rows.toarray().tolist() == [[1, 2], [1, 0]]


def test_rows_are_of_length_one_or_empty_and_what_is_said_again_weighs_more():
    rows = weigh(by_name(count_names([["fiets", "bakker", "fiets"], []]))).toarray()
    assert np.linalg.norm(rows, axis=1).tolist() == pytest.approx([1.0, 0.0])
    assert rows[0, 1] > rows[0, 0]


def test_a_rare_word_weighs_more_than_a_common_one():
    counts = by_name(count_names(text.split() for text in ["fiets bakker", "fiets huur", "fiets taxi"]))
    row = dict(zip(counts.names, weigh(counts).toarray()[0], strict=True))
    assert row["bakker"] > row["fiets"] > 0


def test_lists_without_names_give_rows_without_columns():
    assert weigh(by_name(count_names([[], []]))).shape == (2, 0)


def test_small_counts_are_exact_and_large_ones_go_in_steps():
    assert in_steps(np.arange(17), 4).tolist() == [*range(17)]
    assert in_steps(np.array([17, 18, 19, 31, 32, 35, 36, 10_090]), 4).tolist() == [16, 18, 18, 30, 32, 32, 36, 9216]
    assert in_steps(np.array([3, 4, 5, 7, 8]), 2).tolist() == [3, 4, 4, 6, 8]


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 8))
def test_what_more_rows_have_is_never_rarer_and_what_all_have_is_not_rare(one, other, digits):
    fewer, more = sorted((one, other))
    assert rarity(np.array(fewer), more, digits) >= rarity(np.array(more), more, digits) == 0
    assert 0 <= fewer - in_steps(np.array(fewer), digits) <= fewer * 2.0 ** (1 - digits)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=400), st.randoms())
def test_products_on_the_grid_add_up_to_the_same_in_any_order(values, random):
    rows = on_grid(np.array(values) / np.linalg.norm([*values, 1e-9]))
    assert (np.abs(rows * GRID - np.rint(rows * GRID)) == 0).all()
    products = rows * rows
    exact = sum(float(product) for product in products)
    random.shuffle(order := [*range(len(rows))])
    assert np.cumsum(products[order], dtype=np.float32)[-1] == exact == rows @ rows


def groups_of(text):
    return [group for word in words(text) for group in letter_groups(word)]


@given(texts)
def test_scikit_learn_finds_the_same_numbers(lists):
    if not any(lists):
        return
    said = [" ".join(names) for names in lists]
    spelled = count_names(words(text) for text in said)
    for counts, analyse in ((spelled, words), (letters_of(spelled), groups_of)):
        theirs = TfidfVectorizer(analyzer=analyse, sublinear_tf=True, dtype=np.float64)
        expected = theirs.fit_transform(said)
        sorted_counts = by_name(counts)
        assert sorted_counts.names == tuple(theirs.get_feature_names_out())
        assert weigh(sorted_counts).toarray() == pytest.approx(expected.toarray())
