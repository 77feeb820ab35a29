"""Counter-examples: alike, the other way, and nothing that the records do not say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.book import Book
from generator.counterexamples import MOST, CounterExample, Difference, outcome_side, verdict_side
from generator.model import RuleReference
from tests.factories import STORIES, a_case, a_pattern, a_record, a_registry, a_smuggled_book

SON, _, TAXI = STORIES
WORKED = {"resultaat__status": "geslaagd"}
FAILED = {"resultaat__status": "niet_gelukt"}


def a_twin(name: str, **changes: Any) -> dict[str, Any]:
    """The changes of a record about a son who moves in, so that all of them are alike."""
    return {**SON, "id": name, "titel": f"Zoon trekt in, {name}", **changes}


def book_of(*changes: dict[str, Any], **more: Any) -> Book:
    return a_smuggled_book(*[a_record(**change) for change in changes], **more)


def shown(book: Book, case: str) -> tuple[CounterExample, ...]:
    return next(entry.counterexamples for entry in book.cases if entry.case.id == case)


def ids(book: Book, case: str) -> list[str]:
    return [found.case.id for found in shown(book, case)]


@pytest.mark.parametrize(
    ("status", "side"), [("geslaagd", 1), ("deels_geslaagd", 1), ("niet_gelukt", -1), ("loopt", 0), ("onbekend", 0)]
)
def test_an_outcome_has_a_side_if_it_is_known(status, side):
    assert outcome_side(a_case(resultaat__status=status)) == side


@pytest.mark.parametrize(
    ("word", "side"),
    [
        ("mag", 1),
        ("moet", 1),
        ("mag_met_motivering", 1),
        ("mag_niet", -1),
        ("omstreden", 0),
        ("onbekend", 0),
        (None, 0),
    ],
)
def test_a_verdict_has_a_side_unless_opinions_differ(word, side):
    assert verdict_side(a_case(doorbraak__juridisch=word)) == side


def test_a_like_case_that_failed_is_a_counterexample_and_the_other_way_round():
    book = book_of(a_twin("goed", **WORKED), a_twin("fout", **FAILED), a_twin("ook-goed", **WORKED))
    assert ids(book, "goed") == ids(book, "ook-goed") == ["fout"]
    assert set(ids(book, "fout")) == {"goed", "ook-goed"}
    (found,) = shown(book, "goed")
    assert found.turned == (Difference("uitkomst", "geslaagd", "niet_gelukt"),)
    assert {reason.kind for reason in found.reasons} >= {"artikel", "knelpuntsoort"}


def test_a_refusal_stands_beside_what_was_allowed_whatever_the_outcome():
    book = book_of(
        a_twin("mocht", doorbraak__juridisch="mag", resultaat__status="loopt"),
        a_twin("mocht-niet", doorbraak__juridisch="mag_niet", resultaat__status="onbekend"),
    )
    (found,) = shown(book, "mocht")
    assert found.turned == (Difference("juridisch", "mag", "mag_niet"),)


def test_the_same_way_or_an_unknown_way_is_no_counterexample():
    book = book_of(*(a_twin(f"casus-{word}", resultaat__status=word) for word in ("geslaagd", "loopt", "onbekend")))
    assert [entry.counterexamples for entry in book.cases] == [(), (), ()]


def test_another_story_is_no_counterexample_unless_a_person_put_it_in_the_same_pattern():
    other = {**TAXI, "id": "taxi", **FAILED}
    assert ids(book_of(a_twin("zoon", **WORKED), other), "zoon") == []
    registry = a_registry(a_pattern("P-0001", ["zoon", "taxi"], status="vastgesteld", naam="Samen"))
    assert ids(book_of(a_twin("zoon", **WORKED), other, registry=registry), "zoon") == ["taxi"]


def test_those_of_the_same_pattern_come_first_and_there_are_few():
    out = [{"casus": f"fout-{number}", "reden": "een ander verhaal"} for number in range(MOST + 2)]
    together = a_pattern("P-0001", ["zoon", "taxi"], status="vastgesteld", naam="Samen", uitgesloten=out)
    registry = a_registry(together)
    many = [a_twin(f"fout-{number}", **FAILED) for number in range(MOST + 2)]
    book = book_of(a_twin("zoon", **WORKED), {**TAXI, "id": "taxi", **FAILED}, *many, registry=registry)
    found = ids(book, "zoon")
    assert len(found) == MOST
    assert found[0] == "taxi"


def differences(here: dict[str, Any], there: dict[str, Any]) -> dict[str, tuple[object, object]]:
    book = book_of(a_twin("goed", **{**WORKED, **here}), a_twin("fout", **{**FAILED, **there}))
    (found,) = shown(book, "goed")
    return {part.name: (part.here, part.there) for part in found.differences}


def test_a_difference_is_what_both_records_name():
    assert differences(
        {"gemeente": "Utrecht", "periode": "2019", "besluit": {"door": "wijkteam"}},
        {"gemeente": "Tilburg", "periode": "2022", "besluit": {"door": "rechter"}},
    ) == {"plaats": ("Utrecht", "Tilburg"), "periode": ("2019", "2022"), "door": ("wijkteam", "rechter")}


@pytest.mark.parametrize(
    "there",
    [
        {"gemeente": None, "periode": "onbekend", "besluit": None},
        {"gemeente": None, "provincie": "Gelderland", "periode": "2018-2020", "besluit": {"door": "onbekend"}},
        {"gemeente": "[afgeschermd]", "periode": "2019-K2", "besluit": {"mandaat": "team"}},
        {"gemeente": "Utrecht", "periode": "2019", "besluit": {"door": "wijkteam"}},
    ],
)
def test_what_one_record_leaves_open_is_no_difference(there):
    here = {"gemeente": "Utrecht", "periode": "2019", "besluit": {"door": "wijkteam"}}
    assert differences(here, there) == {}
    assert differences(there, here) == {}


def test_a_ground_that_one_record_names_is_a_difference_and_who_looked_at_it_is_not():
    ground = {"wet": "pw", "artikel": "18", "rol": "ruimte"}
    found = differences({"doorbraak__grondslag": [ground]}, {})
    assert found == {"grondslag": ((RuleReference(**ground),), ())}
    looked = {**ground, "nagekeken": "2026-01-02"}
    assert differences({"doorbraak__grondslag": [ground]}, {"doorbraak__grondslag": [looked]}) == {}


RECORDS = [
    a_record(**{**story, "id": f"casus-{number}-{at}", "resultaat__status": status})
    for number, status in enumerate(("geslaagd", "niet_gelukt", "loopt", "deels_geslaagd"))
    for at, story in enumerate(STORIES)
]
IN_ORDER = {entry.case.id: entry.counterexamples for entry in a_smuggled_book(*RECORDS).cases}


@settings(max_examples=10, deadline=None)
@given(st.permutations(RECORDS))
def test_the_order_of_the_records_does_not_matter(records):
    found = {entry.case.id: entry.counterexamples for entry in a_smuggled_book(*records).cases}
    assert found == IN_ORDER
    assert any(found.values())
