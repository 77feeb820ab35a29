"""The book: everything linked, sorted, the same whatever the order of the records."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.book import NEIGHBOURS, Book
from generator.nearness import NEIGHBOUR_FLOOR
from generator.vocabulary import load_vocabulary
from tests.factories import a_book, a_pattern, a_record, a_registry, some_changes, some_records

VOCABULARY = load_vocabulary()
FIFTEEN = some_records(15)


def book_of(*changes: dict[str, Any]) -> Book:
    return a_book(*[a_record(**change) for change in changes])


@pytest.mark.parametrize("count", [0, 1, 2, 15])
def test_any_number_of_records_makes_a_book(count):
    book = a_book(*some_records(count))
    assert [entry.case.id for entry in book.cases] == [f"verzonnen-casus-{number:02}" for number in range(count)]
    assert {law.law.id for law in book.laws} == {law.id for law in VOCABULARY.wetten}
    assert [entry.method.id for entry in book.methods] == [method.id for method in VOCABULARY.methoden]


@settings(max_examples=12)
@given(st.permutations(FIFTEEN))
def test_the_order_of_records_does_not_matter(records):
    assert a_book(*records) == a_book(*FIFTEEN)


@pytest.mark.parametrize("status", ["concept", "in_beoordeling", "ingetrokken"])
def test_only_published_cases_are_shown_compared_and_counted(status):
    hidden = [dict(change, status=status) for change in some_changes(4)[3:]]
    book = book_of(*some_changes(3), *hidden)
    assert len(book.cases) == 3
    assert book.patterns == ()
    assert "verzonnen-casus-03" not in book.loose
    assert list(book.withdrawn) == (["verzonnen-casus-03"] if status == "ingetrokken" else [])


def test_neighbours_are_others_near_enough_and_not_too_many():
    for entry in a_book(*FIFTEEN).cases:
        assert entry.case.id not in {neighbour.case.id for neighbour in entry.neighbours}
        assert 0 < len(entry.neighbours) <= NEIGHBOURS
        assert all(neighbour.strength >= NEIGHBOUR_FLOOR for neighbour in entry.neighbours)
        assert all(neighbour.reasons for neighbour in entry.neighbours)


def test_cases_and_patterns_point_at_each_other():
    book = a_book(*FIFTEEN)
    for entry in book.cases:
        for pattern in entry.patterns:
            assert entry.case.id in {member.case for member in pattern.members}
    placed = {member.case for pattern in book.patterns for member in pattern.members}
    assert placed | set(book.loose) == set(book.case_by_id)
    assert not placed & set(book.loose)


def test_a_case_stands_with_the_pattern_that_took_its_own_over():
    ids = [f"verzonnen-casus-{number:02}" for number in (0, 3, 6)]
    heir = a_pattern("P-0001", ids)
    gone = a_pattern("P-0002", ids[:2], stand="samengevoegd", naar="P-0001")
    book = a_book(*FIFTEEN, registry=a_registry(heir, gone))
    (entry,) = (entry for entry in book.cases if entry.case.id == ids[0])
    assert [pattern.id for pattern in entry.patterns] == ["P-0001"]
    assert {"P-0001", "P-0002"} <= {pattern.id for pattern in book.patterns}


def test_laws_and_articles_know_the_cases_that_name_them():
    book = book_of({"knelpunt__regels": [{"wet": "pw", "artikel": "35", "rol": "blokkeert"}, {"wet": "awb"}]})
    laws = {entry.law.id: entry for entry in book.laws}
    assert [(case.id, role) for case, role in laws["pw"].cases] == [("fiets-voor-de-bakker", "blokkeert")]
    assert [(case.id, role) for case, role in laws["awb"].cases] == [("fiets-voor-de-bakker", "onbekend")]
    article = next(entry for entry in laws["pw"].articles if entry.number == "35")
    assert article.parts
    assert len(article.cases) == 1
    assert laws["wmo2015"].cases == ()


def test_a_law_that_blocks_and_gives_room_in_one_case_does_both():
    book = book_of({
        "knelpunt__regels": [{"wet": "pw", "rol": "blokkeert"}],
        "doorbraak__grondslag": [{"wet": "pw", "rol": "ruimte"}],
    })  # fmt: skip
    assert [role for law in book.laws for _, role in law.cases if law.law.id == "pw"] == ["beide"]


def test_an_article_that_only_a_case_knows_has_its_entry():
    book = book_of({"knelpunt__regels": [{"wet": "pw", "artikel": "9999"}]})
    articles = next(entry.articles for entry in book.laws if entry.law.id == "pw")
    assert articles[-1].number == "9999"
    assert articles[-1].parts == ()


def test_articles_stand_in_the_order_of_their_numbers():
    numbers = ["2.3.10", "2.3.9", "22a", "22", "3:4", "3:12", "100"]
    book = book_of({"knelpunt__regels": [{"wet": "tw", "artikel": number} for number in numbers]})
    found = [entry.number for law in book.laws if law.law.id == "tw" for entry in law.articles if entry.cases]
    assert found == ["2.3.9", "2.3.10", "3:4", "3:12", "22", "22a", "100"]


def test_ways_of_working_know_their_cases():
    book = book_of({"methode": ["doorbraakmethode"]}, {"id": "andere"})
    assert {entry.method.id: len(entry.cases) for entry in book.methods if entry.cases} == {"doorbraakmethode": 1}


def test_only_cases_with_cost_lines_have_money():
    line = {"wat": "kamer", "bedrag": "5", "per": "maand", "budget": "wmo", "zekerheid": "bekend"}
    book = book_of({"scenarios__maatwerk__kosten": [line]}, {"id": "andere"})
    assert [entry.money is not None for entry in book.cases] == [False, True]
