"""The vocabulary: all lists load, labels are found by id, and a broken list stops everything."""

from __future__ import annotations

import pytest

from generator.vocabulary import (
    SMALL_LISTS,
    Law,
    VocabularyError,
    article_link,
    article_slug,
    load_vocabulary,
)


def a_law(**changes) -> Law:
    return Law.model_validate(
        {"id": "vw", "citeertitel": "Verzonnen wet", "niveau": "wet", "status": "geldt", "doel": "Testen.", **changes}
    )


def test_every_list_has_labels_for_every_word(vocabulary):
    for name in (*SMALL_LISTS, "perioden", "methoden", "knelpuntsoorten", "wijzigingssoorten", "niveaus", "wetten"):
        labels = vocabulary.labels[name]
        assert labels, name
        assert all(label.strip() for label in labels.values()), name


def test_loading_twice_gives_the_same():
    assert load_vocabulary() == load_vocabulary()


def test_a_law_is_called_by_its_short_name():
    assert a_law().label == "Verzonnen wet"
    assert a_law(afkorting="Vw").label == "Vw"


def test_a_law_without_a_number_has_no_link():
    assert a_law().link is None
    assert article_link(a_law(), "3") is None


def test_an_article_has_a_deep_link(vocabulary):
    law = vocabulary.law_by_id["pw"]
    assert article_link(law, "22a") == f"https://wetten.overheid.nl/jci1.3:c:{law.bwb}&artikel=22a"


@pytest.mark.parametrize(
    ("number", "slug"),
    [("35", "artikel-35"), ("2.3.5", "artikel-2-3-5"), ("4:84", "artikel-4-84"), ("22a", "artikel-22a")],
)
def test_an_article_has_an_address(number, slug):
    assert article_slug(number) == slug


def test_no_two_articles_of_a_law_share_an_address(vocabulary):
    numbers = list(vocabulary.articles_by_number)
    assert len({(law, article_slug(number)) for law, number in numbers}) == len(numbers)


def test_articles_are_found_by_every_number_they_speak_of(vocabulary):
    for article in vocabulary.artikelen:
        for number in (article.artikel, *article.ook) if article.artikel else ():
            assert article in vocabulary.articles_by_number[article.wet, number]


def test_how_often_a_cost_returns_is_a_number(vocabulary):
    assert {entry.id: entry.per_jaar for entry in vocabulary.perioden} == {
        "eenmalig": None, "dag": 365, "week": 52, "maand": 12, "kwartaal": 4, "jaar": 1
    }  # fmt: skip


@pytest.mark.parametrize("content", [None, "", "leefgebieden: [a\n", "leefgebieden: &x []\n"])
def test_a_list_that_is_missing_or_broken_stops_everything(monkeypatch, tmp_path, content):
    (tmp_path / "vocabulary").mkdir()
    if content is not None:
        (tmp_path / "vocabulary/knelpuntsoorten.yaml").write_text(content, "utf-8")
    monkeypatch.setattr("generator.vocabulary.files", lambda package: tmp_path)
    load_vocabulary.cache_clear()
    try:
        with pytest.raises(VocabularyError, match="knelpuntsoorten"):
            load_vocabulary()
    finally:
        load_vocabulary.cache_clear()
