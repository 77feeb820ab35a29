"""Words: lower case, without function words, the same for the same text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.words import folded_words, letter_groups, words


def test_function_words_and_short_words_say_nothing():
    assert words("De bijstand van zijn moeder gaat omlaag") == ["bijstand", "moeder", "omlaag"]
    assert words("de het een op te ja") == []


def test_words_keep_their_hyphens_and_accents():
    assert words("PGB-budget voor één Coördinator") == ["pgb-budget", "één", "coördinator"]


def test_figures_are_no_words():
    assert words("€ 3.500 per maand, artikel 22a") == ["artikel"]


def test_letter_groups_know_where_a_word_begins_and_ends():
    grams = letter_groups("fiets")
    assert " fie" in grams
    assert "iets " in grams
    assert {len(gram) for gram in grams} == {4, 5, 6}


def test_a_compound_shares_letter_groups_with_its_part():
    assert set(letter_groups("leerlingenvervoer")) & set(letter_groups("vervoer"))


def test_folded_words_keep_every_word_in_lower_case_without_accents():
    assert folded_words("De PGB-coördinator ging één keer, op 3 mei") == (
        "de", "pgb", "coordinator", "ging", "een", "keer", "op", "3", "mei",
    )  # fmt: skip
    assert folded_words("") == ()


@given(st.text())
def test_any_text_has_words_and_the_same_text_the_same_words(text):
    assert words(text) == words(text)
    assert all(word == word.lower() and len(word) > 2 for word in words(text))
    letter_groups(text)
    assert all(word.isascii() and word.isalnum() for word in folded_words(text))
