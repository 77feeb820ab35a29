"""Citations: laws and articles by the names that people use, and nothing by an ordinary word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.citations import build_citations
from generator.vocabulary import load_vocabulary
from generator.words import folded_words

KEYS = ("pw:22a", "pw:35", "wmo2015:2.3.5", "wmo2015:2.3", "jeugdwet:2.3", "awb:4:84")


@pytest.fixture(scope="module")
def citations(vocabulary):
    return build_citations(vocabulary.wetten, KEYS)


@pytest.mark.parametrize(
    ("text", "laws", "articles"),
    [
        ("Op grond van artikel 35 van de Participatiewet.", {"pw"}, {"pw:35"}),
        ("art. 22a Pw", {"pw"}, {"pw:22a"}),
        ("Wmo 2015, artikel 2.3.5 lid 3", {"wmo2015"}, {"wmo2015:2.3.5"}),
        ("Artikel 2.3 Jeugdwet en artikel 2.3 Wmo", {"jeugdwet", "wmo2015"}, {"jeugdwet:2.3", "wmo2015:2.3"}),
        ("artikel 4:84 van de Algemene wet bestuursrecht", {"awb"}, {"awb:4:84"}),
        ("artikel 2.3.5 van de Jeugdwet", {"jeugdwet"}, set()),
        ("artikel 2.3.6 van de Wmo", {"wmo2015"}, set()),
        ("artikel 35", set(), set()),
        ("De Wet maatschappelijke ondersteuning helpt.", {"wmo2015"}, set()),
        ("Zij zoekt op het web naar werk.", set(), set()),
        ("", set(), set()),
    ],
)
def test_laws_and_articles_by_their_names(citations, text, laws, articles):
    assert citations.find(folded_words(text)) == (laws, articles)


def test_a_law_that_is_named_far_away_is_not_the_law_of_an_article(citations):
    far = " ".join(["woord"] * 12)
    assert citations.find(folded_words(f"artikel 35 {far} Participatiewet"))[1] == frozenset()


@given(st.lists(st.sampled_from("artikel art 35 22a 2 3 5 pw participatiewet wmo 2015 en de".split()), max_size=14))
def test_an_article_always_comes_with_its_law(row):
    laws, articles = build_citations(load_vocabulary().wetten, KEYS).find(row)
    assert {key.partition(":")[0] for key in articles} <= laws
