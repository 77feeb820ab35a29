"""Dating: what changed in a rule after a case, what of that is planned, and what a person should look at."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.dating import (
    ARTICLES_FILE,
    changed_for,
    changed_since,
    due_articles,
    due_rules,
    first_day,
    render_due,
    render_due_count,
)
from generator.vocabulary import Article, Vocabulary, load_vocabulary
from tests.factories import a_case, a_record

DAY = date(2026, 11, 21)


def an_article(number: str = "1", **changes: Any) -> Article:
    row = {"id": f"tw-{number}", "wet": "tw", "artikel": number, "aanduiding": number, "thema": "inkomen",
           "rol": "blokkeert", "strekking": f"Artikel {number} zoals het nu is.", "geverifieerd": "ja"}  # fmt: skip
    return Article.model_validate({**row, **changes})


def an_amendment(moment: str | None, **changes: Any) -> dict[str, Any]:
    return {"hervorming": "pw-in-balans", "datum": moment, "wat": f"Anders per {moment}.", "geverifieerd": "ja",
            **changes}  # fmt: skip


def a_vocabulary(*articles: Article, stand: str = "2026-11-21") -> Vocabulary:
    """The package's lists with these articles alone."""
    lists = {name: getattr(load_vocabulary(), name) for name in Vocabulary.model_fields}
    return Vocabulary(**{**lists, "artikelen": articles, "stand": stand})


def naming(**rule: Any) -> dict[str, Any]:
    return {"knelpunt__regels": [{"wet": "tw", "artikel": "1", "rol": "blokkeert", **rule}]}


def dates(vocabulary: Vocabulary, **changes: Any) -> list[str]:
    return [change.date for change in changed_since(a_case(**changes), vocabulary)]


CHANGED = a_vocabulary(an_article(wijzigingen=[an_amendment("2023-01-01"), an_amendment("2027-01-01")]))


@pytest.mark.parametrize(
    ("period", "day"),
    [("2019", date(2019, 1, 1)), ("2019-K2", date(2019, 4, 1)), ("2019-K4", date(2019, 10, 1)),
     ("2018-2020", date(2018, 1, 1)), ("onbekend", None)],
)  # fmt: skip
def test_a_period_begins_on_its_first_day(period, day):
    assert first_day(period) == day


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2022", ["2023-01-01", "2027-01-01"]),
        ("2022-2024", ["2023-01-01", "2027-01-01"]),
        ("2022-K4", ["2023-01-01", "2027-01-01"]),
        ("2023", ["2027-01-01"]),
        ("2023-K1", ["2027-01-01"]),
        ("2024", ["2027-01-01"]),
        ("onbekend", ["2023-01-01", "2027-01-01"]),
    ],
)
def test_a_change_counts_if_it_falls_after_the_first_day_of_the_period(period, expected):
    assert dates(CHANGED, periode=period, **naming()) == expected


def test_what_is_later_than_the_day_of_the_list_is_planned():
    changes = changed_since(a_case(periode="2020", **naming()), CHANGED)
    assert [change.planned for change in changes] == [False, True]
    later = CHANGED.model_copy(update={"stand": "2027-01-01"})
    assert [change.planned for change in changed_since(a_case(periode="2020", **naming()), later)] == [False, False]


def test_a_change_says_which_rule_which_article_and_what():
    vocabulary = a_vocabulary(an_article(wijzigingen=[an_amendment("2023-01-01", geverifieerd="nee")]))
    (change,) = changed_since(a_case(periode="onbekend", **naming()), vocabulary)
    assert (change.label, change.part, change.text) == ("TW artikel 1", "1", "Anders per 2023-01-01.")
    assert (change.verified, change.told, change.period_known, change.reform) == (False, True, False, "pw-in-balans")
    assert change.path == ("knelpunt", "regels", 0)
    assert change.rule.artikel == "1"


def test_the_bare_date_of_a_rule_counts_where_the_period_is_known():
    vocabulary = a_vocabulary(an_article(sinds="2022-01-01"))
    (change,) = changed_since(a_case(periode="2020", **naming()), vocabulary)
    assert (change.date, change.told, change.text) == ("2022-01-01", False, "Artikel 1 zoals het nu is.")
    assert dates(vocabulary, periode="onbekend", **naming()) == []


def test_a_date_that_a_change_tells_is_not_told_twice():
    vocabulary = a_vocabulary(an_article(sinds="2023-01-01", wijzigingen=[an_amendment("2023-01-01")]))
    (change,) = changed_since(a_case(periode="2020", **naming()), vocabulary)
    assert change.told


@pytest.mark.parametrize(
    ("looked", "expected"),
    [("2022-12-31", ["2023-01-01", "2027-01-01"]), ("2023-01-01", ["2027-01-01"]), ("2026-11-20", ["2027-01-01"]),
     ("2027-01-01", [])],
)  # fmt: skip
def test_what_was_looked_at_is_no_longer_noted(looked, expected):
    for period in ("2020", "onbekend"):
        assert dates(CHANGED, periode=period, **naming(nagekeken=looked)) == expected


def test_a_year_may_be_any_of_its_days():
    vocabulary = a_vocabulary(an_article(wijzigingen=[an_amendment("2024")]))
    assert dates(vocabulary, periode="2024", **naming()) == ["2024"]
    assert dates(vocabulary, periode="2024", **naming(nagekeken="2024-06-01")) == ["2024"]
    assert dates(vocabulary, periode="2024", **naming(nagekeken="2024-12-31")) == []
    assert dates(vocabulary, periode="2025", **naming()) == []


@pytest.mark.parametrize(
    ("named", "part", "same"),
    [("1", "1", True), ("1", "2", False), (None, "2", True), ("1", None, True), ("3", "2–4", True), ("5", "2–4", False),
     ("lid 2", "2", True), ("7a", "7a", True), ("7", "7a", False), ("1 en 2", "3", True), ("7a", "2–4", True)],
)  # fmt: skip
def test_another_paragraph_is_another_rule(named, part, same):
    vocabulary = a_vocabulary(an_article(lid=part, wijzigingen=[an_amendment("2023-01-01")]))
    rule = naming(lid=named) if named else naming()
    assert bool(dates(vocabulary, periode="2020", **rule)) == same


def test_a_rule_without_article_and_a_change_without_date_say_nothing():
    assert dates(CHANGED, periode="2020", knelpunt__regels=[{"wet": "tw"}, {"lokaal": "Beleidsregel"}]) == []
    assert dates(a_vocabulary(an_article(wijzigingen=[an_amendment(None)])), periode="2020", **naming()) == []


def test_a_wish_for_change_is_no_rule_of_the_case():
    wish = {"soort": "budgetten-ontschotten", "niveau": "werkproces", "voorstel": "Voeg samen.",
            "regel": {"wet": "tw", "artikel": "1"}}  # fmt: skip
    assert dates(CHANGED, periode="2020", wijziging=[wish]) == []


CASES = [a_case(id=f"casus-{year}", periode=str(year), **naming()) for year in range(2019, 2026)]
CASES += [a_case(id="casus-zonder-jaar", periode="onbekend", **naming())]


@given(st.permutations(CASES))
def test_the_order_of_cases_does_not_matter(cases):
    assert changed_for(cases, CHANGED) == changed_for(CASES, CHANGED)


def test_each_change_stands_once_with_its_cases():
    found = changed_for(CASES, CHANGED)
    assert [(change.date, len(cases)) for change, cases in found] == [("2023-01-01", 5), ("2027-01-01", 8)]
    assert all(change.period_known for change, _ in found)
    unknown = changed_for(CASES[-1:], CHANGED)
    assert [change.period_known for change, _ in unknown] == [False, False]


def test_a_rule_is_due_once_its_change_has_come():
    record = a_record(periode="2020", **naming())
    (due,) = due_rules([record], CHANGED, DAY)
    assert due.dates == ("2023-01-01",)
    assert due.place is not None
    assert record.source.text.splitlines()[due.place.line - 1].strip().startswith("- wet: tw")
    (later,) = due_rules([record], CHANGED, date(2027, 1, 1))
    assert later.dates == ("2023-01-01", "2027-01-01")
    assert due_rules([record], CHANGED, date(2022, 12, 31)) == ()


def test_a_rule_that_was_looked_at_and_a_withdrawn_case_are_not_due():
    assert due_rules([a_record(periode="2020", **naming(nagekeken="2026-11-20"))], CHANGED, DAY) == ()
    assert due_rules([a_record(periode="2020", status="ingetrokken", **naming())], CHANGED, DAY) == ()


def test_nobody_looked_at_a_rule_on_a_day_that_has_not_come():
    record = a_record(periode="2020", **naming(nagekeken="2062-11-20"))
    assert len(due_rules([record], CHANGED, DAY)) == 1
    assert due_rules([record], CHANGED, date(2062, 11, 20)) == ()


@given(st.permutations([a_record(id=f"casus-{year}", periode=str(year), **naming()) for year in range(2019, 2025)]))
def test_the_order_of_records_does_not_matter(records):
    found = due_rules(records, CHANGED, DAY)
    assert [due.file for due in found] == [f"cases/casus-{year}.yaml" for year in range(2019, 2023)]


def test_an_article_is_due_once_its_planned_change_has_come():
    assert due_articles(CHANGED, DAY) == ()
    (due,) = due_articles(CHANGED, date(2027, 1, 1))
    assert (due.file, due.place, due.label, due.dates) == (ARTICLES_FILE, None, "tw-1", ("2027-01-01",))
    assert due_articles(CHANGED.model_copy(update={"stand": "2027-01-01"}), date(2027, 1, 2)) == ()


def test_what_is_due_is_told_in_a_line():
    known, unknown = (a_record(periode=period, **naming()) for period in ("2020", "onbekend"))
    (due,) = due_rules([known], CHANGED, date(2027, 1, 1))
    place = f"cases/fiets-voor-de-bakker.yaml:{due.place.line}:{due.place.column}" if due.place else ""
    assert render_due(due) == f"{place}: controleer: TW artikel 1, gewijzigd per 1 januari 2023 en 1 januari 2027"
    (vague,) = due_rules([unknown], CHANGED, DAY)
    assert render_due(vague).endswith("gewijzigd per 1 januari 2023; de periode van de casus is onbekend")
    (planned,) = due_articles(CHANGED, date(2027, 1, 1))
    assert render_due(planned).startswith(f"{ARTICLES_FILE}: controleer: tw-1, was gepland per 1 januari 2027;")
    assert render_due_count(1, listed=False) == "1 regel of artikel na te kijken; zie --due"
    assert render_due_count(12, listed=True) == "12 regels en artikelen na te kijken"
