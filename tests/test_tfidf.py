"""TF-IDF: rows of length one, sorted names, rare names first, the same numbers as scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from generator.tfidf import collect, count_names, weigh
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


def test_names_are_sorted_and_rows_are_of_length_one_or_empty():
    rows, names = weigh(count_names([["fiets", "bakker", "fiets"], []]))
    assert names == ("bakker", "fiets")
    assert np.linalg.norm(rows.toarray(), axis=1).tolist() == pytest.approx([1.0, 0.0])
    assert rows.toarray()[0, 1] > rows.toarray()[0, 0]


def test_a_rare_word_weighs_more_than_a_common_one():
    rows, names = weigh(count_names(text.split() for text in ["fiets bakker", "fiets huur", "fiets taxi"]))
    row = dict(zip(names, rows.toarray()[0], strict=True))
    assert row["bakker"] > row["fiets"] > 0


def test_lists_without_names_give_rows_without_columns():
    rows, names = weigh(count_names([[], []]))
    assert rows.shape == (2, 0)
    assert names == ()


def groups_of(text):
    return [group for word in words(text) for group in letter_groups(word)]


@given(texts)
def test_scikit_learn_finds_the_same_numbers(lists):
    if not any(lists):
        return
    said = [" ".join(names) for names in lists]
    spelled = count_names(words(text) for text in said)
    for counts, analyse in ((spelled, words), (letters_of(spelled), groups_of)):
        theirs = TfidfVectorizer(analyzer=analyse, sublinear_tf=True, dtype=np.float32)
        expected = theirs.fit_transform(said)
        rows, names = weigh(counts)
        assert names == tuple(theirs.get_feature_names_out())
        assert np.array_equal(rows.toarray(), expected.toarray())
