"""The model: types are made from text, and what does not fit is refused with a code of our own."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from generator.model import Case, CostLine
from tests.factories import a_case, raw


def codes(**changes) -> list[tuple[str, str]]:
    """The faults of a changed record, as (path, pydantic's or our own code)."""
    with pytest.raises(ValidationError) as caught:
        Case.model_validate(raw(**changes))
    return sorted((".".join(map(str, fault["loc"])), fault["type"]) for fault in caught.value.errors())


def cost(**changes) -> CostLine:
    return CostLine.model_validate({"wat": "kamer", **changes})


def test_the_smallest_record_is_whole():
    case = a_case()
    assert case.published
    assert not case.withdrawn
    assert case.rules == ()


def test_a_case_cannot_be_changed():
    with pytest.raises(ValidationError):
        a_case().titel = "Iets anders"


@pytest.mark.parametrize(
    "missing", ["id", "titel", "status", "herkomst", "periode", "leefgebieden", "situatie", "knelpunt", "doorbraak",
                "resultaat"]
)  # fmt: skip
def test_what_the_design_requires_is_required(missing):
    assert codes(**{missing: None}) == [(missing, "missing")]


def test_the_parts_require_their_core():
    assert codes(knelpunt={}, doorbraak={}, resultaat={}) == [
        ("doorbraak.tekst", "missing"),
        ("knelpunt.soort", "missing"),
        ("knelpunt.tekst", "missing"),
        ("resultaat.status", "missing"),
    ]


@pytest.mark.parametrize("path", ["", "knelpunt__", "doorbraak__", "resultaat__", "huishouden__", "werkwijze__"])
def test_a_key_that_the_model_does_not_know_is_refused(path):
    assert codes(**{f"{path}kleur": "rood"}) == [(f"{path}kleur".replace("__", "."), "extra_forbidden")]


@pytest.mark.parametrize("good", ["a", "auto-voor-baan", "a1-2b", "x" * 80])
def test_an_id_is_kebab(good):
    assert a_case(id=good).id == good


@pytest.mark.parametrize(
    "bad", ["", "A", "a_b", "a--b", "-a", "a-", "a b", "a/b", "../a", "a.yaml", "é", "a\n", "_schil", "x" * 81]
)
def test_an_id_is_nothing_else(bad):
    assert codes(id=bad)[0][0] == "id"


@pytest.mark.parametrize("good", ["2019", "1999", "2019-K1", "2026-K4", "onbekend"])
def test_a_period_is_a_year_or_a_quarter(good):
    assert a_case(periode=good).periode == good


@pytest.mark.parametrize("bad", ["2019-01-01", "2019-K5", "20２４", "19", "K2", "maart 2019", "2019 ", ""])
def test_a_period_is_never_a_date(bad):
    assert codes(periode=bad) == [("periode", "PERIODE-VORM")]


@pytest.mark.parametrize(
    ("written", "amount"), [("0", "0"), ("3500", "3500"), ("1972.93", "1972.93"), ("1.1", "1.1"), ("0.05", "0.05")]
)
def test_an_amount_is_exact(written, amount):
    assert cost(bedrag=written).bedrag == Decimal(amount)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("-1", "BEDRAG-NEGATIEF"),
        ("-0.01", "BEDRAG-NEGATIEF"),
        ("1e309", "BEDRAG-VORM"),
        ("1e3", "BEDRAG-VORM"),
        ("NaN", "BEDRAG-VORM"),
        ("Infinity", "BEDRAG-VORM"),
        ("1.972,93", "BEDRAG-VORM"),
        ("1.234.567", "BEDRAG-VORM"),
        ("3,50", "BEDRAG-VORM"),
        ("1.005", "BEDRAG-VORM"),
        ("€ 5", "BEDRAG-VORM"),
        ("", "BEDRAG-VORM"),
        (" 5", "BEDRAG-VORM"),
        ("1234567890", "BEDRAG-TE-GROOT"),
        ("12345678901.50", "BEDRAG-TE-GROOT"),
        ("٣", "BEDRAG-VORM"),
        ("onbekend", "BEDRAG-VORM"),
    ],
)
def test_an_amount_is_nothing_else(written, code):
    with pytest.raises(ValidationError) as caught:
        cost(bedrag=written)
    assert [fault["type"] for fault in caught.value.errors()] == [code]


@pytest.mark.parametrize(("written", "number"), [("0", 0), ("3", 3), ("007", 7), ("onbekend", "onbekend")])
def test_a_count_is_a_whole_number_or_unknown(written, number):
    assert a_case(besluit__akkoord=written).besluit.akkoord == number


@pytest.mark.parametrize("written", ["-1", "1.5", "drie", "", "1234567", "٣", ["3"], {"drie": "3"}])
def test_a_count_is_nothing_else(written):
    assert codes(besluit__akkoord=written) == [("besluit.akkoord", "GETAL-HEEL")]


def test_some_numbers_cannot_be_unknown():
    assert codes(resultaat__na_maanden="onbekend") == [("resultaat.na_maanden", "int_parsing")]


@pytest.mark.parametrize(
    ("written", "answer"),
    [("ja", "ja"), ("nee", "nee"), ("onbekend", "onbekend"), ("true", "ja"), ("false", "nee")],
)
def test_yes_and_no_are_words(written, answer):
    assert a_case(resultaat__spijt=written).resultaat.spijt == answer


@pytest.mark.parametrize("written", ["no", "yes", "Ja", "0", ""])
def test_yes_and_no_are_not_guessed(written):
    assert codes(resultaat__spijt=written) == [("resultaat.spijt", "JA-NEE")]


@pytest.mark.parametrize("good", ["https://voorbeeld.invalid/a?b=c&d#e", "http://voorbeeld.invalid"])
def test_a_link_leads_to_a_page(good):
    assert a_case(bronnen=[{"titel": "Een bron", "url": good}]).bronnen[0].url == good


@pytest.mark.parametrize(
    "bad",
    ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//voorbeeld.invalid", "voorbeeld.invalid",
     "https://", "https://a b", 'https://a"onclick="x', "https://a'b", "https://a<b>", "ftp://voorbeeld.invalid",
     " https://voorbeeld.invalid", "https://a\njavascript:x"],
)  # fmt: skip
def test_a_link_is_nothing_else(bad):
    assert codes(bronnen=[{"titel": "Een bron", "url": bad}]) == [("bronnen.0.url", "LINK-VORM")]


@pytest.mark.parametrize("good", ["35", "2.3.5", "4:84", "22a", "18b"])
def test_an_article_is_a_number(good):
    assert a_case(knelpunt__regels=[{"wet": "pw", "artikel": good}]).knelpunt.regels[0].artikel == good


@pytest.mark.parametrize("bad", ["artikel 35", "35 lid 1", "XII", "", "../35", "35/", "1" * 13])
def test_an_article_is_nothing_else(bad):
    assert codes(knelpunt__regels=[{"wet": "pw", "artikel": bad}])[0][0] == "knelpunt.regels.0.artikel"


def test_an_empty_text_is_refused():
    assert codes(situatie=" \n") == [("situatie", "VELD-LEEG")]


def test_a_line_is_one_line():
    assert codes(titel="Een\ntwee") == [("titel", "VELD-EEN-REGEL")]
    assert a_case(titel=" Een titel \n").titel == "Een titel"


def test_a_title_has_a_longest_length():
    assert codes(titel="x" * 200)[0][0] == "titel"


def test_at_least_one_life_domain():
    assert codes(leefgebieden=[]) == [("leefgebieden", "too_short")]


def test_rules_come_in_the_way_first_then_giving_room():
    case = a_case(
        knelpunt__regels=[{"wet": "pw", "artikel": "11"}], doorbraak__grondslag=[{"lokaal": "Beleidsregel maatwerk"}]
    )
    assert [rule.wet or rule.lokaal for rule in case.rules] == ["pw", "Beleidsregel maatwerk"]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_a_text_is_kept_but_for_its_last_line_breaks(text):
    assert a_case(situatie=text).situatie == text.rstrip("\n")


@given(st.decimals(0, 999_999_999, places=2))
def test_every_amount_in_cents_survives(amount):
    assert cost(bedrag=f"{amount:.2f}").bedrag == amount
