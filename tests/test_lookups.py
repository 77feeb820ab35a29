"""Lookups: what a page reads of the book beside its own values is noted, to the key."""

from __future__ import annotations

import re

import pytest

from generator.lookups import Lookups
from generator.rendering import Renderer, make_environment
from tests.factories import a_book, some_records


@pytest.fixture
def lookups() -> Lookups:
    return Lookups(a_book(*some_records(6)))


class TestNoting:
    def test_a_field_is_noted_as_a_whole_and_a_register_by_its_key(self, lookups):
        first = lookups.cases[0]
        assert lookups.case_by_id[first.case.id] is first.case
        assert "weg" not in lookups.proposal_by_pattern
        assert lookups.pattern_of.get(None) is None
        assert lookups.asked == (
            ("case_by_id", first.case.id),
            ("cases", ""),
            ("pattern_of", ""),
            ("proposal_by_pattern", "weg"),
        )

    def test_it_begins_anew_for_every_page(self, lookups):
        assert lookups.name
        lookups.begin()
        assert lookups.asked == ()

    def test_nobody_goes_through_a_register_unnoticed(self, lookups):
        for walk in (list, len, dict):
            with pytest.raises(TypeError):
                walk(lookups.case_by_id)

    def test_what_the_book_has_not_is_a_fault(self, lookups):
        with pytest.raises(AttributeError):
            lookups.verzonnen  # noqa: B018 - asking is what is tested

    def test_patterns_come_in_the_order_of_the_book(self):
        book = a_book(*some_records(30))
        ids = [pattern.id for pattern in book.patterns]
        assert len(ids) > 1
        assert [pattern.id for pattern in Lookups(book).patterns_of(ids[::-1])] == ids


class TestAnswers:
    def test_whoever_looks_it_up_again_finds_this(self, lookups):
        case = lookups.cases[0].case
        assert lookups.answer(("case_by_id", case.id)) == case
        assert lookups.answer(("case_by_id", "weg")) is None
        assert lookups.answer(("name", "")) == lookups.name

    def test_of_a_field_that_is_no_more_there_is_nothing(self, lookups):
        assert lookups.answer(("verzonnen", "")) is None


def test_a_page_says_what_it_looked_up():
    book = a_book(*some_records(30))
    pages = [Renderer(book).of_pattern(pattern) for pattern in book.patterns]
    for pattern, page in zip(book.patterns, pages, strict=True):
        assert {("case_by_id", member.case) for member in pattern.members} <= set(page.asked)
        assert ("patterns", "") not in page.asked


def shared_templates() -> set[str]:
    environment = make_environment()
    assert environment.loader is not None
    sources = (environment.loader.get_source(environment, name)[0] for name in environment.list_templates())
    return {name for source in sources for name in re.findall(r'{%-? *from "([^"]+)" import', source)}


@pytest.mark.parametrize("name", sorted(shared_templates()))
def test_what_templates_share_looks_nothing_up_by_itself(name):
    """It is read once for all pages: what it looked up then would be noted for the first of them alone."""
    renderer = Renderer(a_book(*some_records(6)))
    environment = renderer._environment(1)
    renderer.lookups.begin()
    environment.get_template(name).make_module(environment.globals)
    assert renderer.lookups.asked == ()
