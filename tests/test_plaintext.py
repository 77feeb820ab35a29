"""Plain text beside cases: ranked by what a browser can know too, with reasons, whatever the order of the cases."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.plaintext import (
    MOST_STARTS,
    PARTS,
    SHORTEST,
    START,
    Match,
    index_plain,
    likelihood,
    rank_patterns,
    start_of,
    telling,
)
from generator.similarity import SHOWN_TERMS
from generator.vectors import Traits, traits_of
from generator.vocabulary import load_plain_weights, load_vocabulary
from tests.factories import some_cases

LAWS = load_vocabulary().wetten
CASES = [traits_of(case) for case in some_cases(9)]
WORDS = "bijstand huur fiets adres school taxi moeder briefadres de participatiewet artikel 40 wmo xyz".split()
texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


def test_every_part_has_its_weight():
    assert set(load_plain_weights().delen) == set(PARTS)


def test_the_same_story_comes_first():
    found = index_plain(CASES, LAWS).rank("Zonder briefadres bij het stadhuis geen inschrijving en geen uitkering.")
    assert {int(match.id[-2:]) % 3 for match in found[:3]} == {1}
    assert len(found) == len(CASES)
    assert all(match.reasons for match in found[:3])


def test_reasons_name_what_both_have_the_strongest_kind_first():
    case = Traits("a", "Een briefadres en een zilverreiger.", laws=("pw", "wmo2015"), articles=("pw:40",))
    [match] = index_plain([case], LAWS).rank("Artikel 40 Participatiewet en de Wmo: geen postadres voor zilverreigers")
    assert [(reason.kind, reason.values) for reason in match.reasons] == [
        ("artikel", ("pw:40",)),
        ("wet", ("wmo2015",)),
        ("begrip", ("briefadres",)),
        ("woordbegin", ("zilverreiger",)),
    ]


def test_a_reason_shows_few_things():
    text = " ".join(["adres bank deken emmer fiets geluk hamer"])
    [match] = index_plain([Traits("a", text)], LAWS).rank(text)
    assert all(len(reason.values) <= SHOWN_TERMS for reason in match.reasons)


def test_names_of_persons_are_no_words_of_the_index():
    index = index_plain([Traits("a", "Xandervandriel en zijn fiets.")], LAWS)
    assert set(index.start_words.values()) == {"fiets"}


@pytest.mark.parametrize("text", ["", "   ", "de het een", "qqqq zzzz", "12 34", "🙂"])
def test_a_text_that_says_nothing_is_like_nothing(text):
    found = index_plain(CASES, LAWS).rank(text)
    assert {match.strength for match in found} == {0.0}
    assert {match.reasons for match in found} == {()}
    assert [match.id for match in found] == sorted(match.id for match in found)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_any_number_of_cases(count):
    assert len(index_plain(CASES[:count], LAWS).rank("briefadres")) == count


def test_few_beginnings_of_words_are_kept():
    letters = "bcdfghklmn"
    many = {f"{a}{b}{c}": 1 for a in letters for b in letters for c in "abc"}
    assert len(telling(many, dict.fromkeys(many, 1.0))) == MOST_STARTS
    for row in index_plain(CASES, LAWS).rows:
        assert list(row.starts) == sorted(set(row.starts))


@pytest.mark.parametrize(("word", "start"), [("vervoer", "vervo"), ("fiets", "fiets"), ("bus", "bus"), ("op", ""),
                                             ("waarom", ""), ("2024", ""), ("22a", "")])  # fmt: skip
def test_the_beginning_of_a_word(word, start):
    assert start_of(word) == start
    assert len(start) in {0, *range(SHORTEST, START + 1)}


def test_a_likelihood_has_three_decimals_and_grows():
    assert [likelihood(total) for total in (-math.inf, -2.0, 0.0, 2.0, 60.0)] == [0.0, 0.119, 0.5, 0.881, 1.0]


def test_a_pattern_is_as_likely_as_its_cases_are_on_average():
    matches = [Match("a", 0.9, ()), Match("b", 0.4, ()), Match("c", 0.3, ()), Match("d", 0.0, ())]
    found = rank_patterns(matches, {"P-2": ["b"], "P-1": ["c", "a", "weg"], "P-3": ["d"], "P-0": ["b"]})
    assert [(match.id, match.strength, match.nearest.id) for match in found] == [
        ("P-1", 0.6, "a"),
        ("P-0", 0.4, "b"),
        ("P-2", 0.4, "b"),
    ]


@given(texts, st.randoms())
def test_the_order_of_the_cases_does_not_matter(text, random):
    shuffled = list(CASES)
    random.shuffle(shuffled)
    assert index_plain(CASES, LAWS).rank(text) == index_plain(shuffled, LAWS).rank(text)


@given(texts)
def test_strengths_fall_and_parts_lie_between_zero_and_one(text):
    index = index_plain(CASES, LAWS)
    strengths = [match.strength for match in index.rank(text)]
    assert strengths == sorted(strengths, reverse=True)
    assert all(0 <= part <= 1 + 1e-9 for parts in index.parts(index.read(text)) for part in parts)
