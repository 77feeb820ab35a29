"""Overviews: by life domain and by place with right counts, and a start page for each kind of reader."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.changes import Changes, PatternChange, find_changes
from generator.findable import find_pages, kind_labels
from generator.grouping import HIDDEN_PLACE, PATTERN_CASES, place_name
from generator.overviews import (
    MOST_NEW,
    MOST_SOUGHT,
    index_domains,
    index_places,
    new_cases,
    new_patterns,
    newest_first,
    sought,
)
from generator.pages import DOMAIN_CARDS, PLACE_ROWS, USERS, render_pages
from generator.registry import Registry
from tests.factories import (
    a_book,
    a_case,
    a_pattern,
    a_record,
    a_registry,
    a_smuggled_book,
    some_cases,
    some_changes,
    some_records,
)
from tests.test_pages import EVIL, NOTHING_NEW, Reading

PLACED = (
    {"id": "een", "gemeente": "Utrecht", "periode": "2019"},
    {"id": "twee", "gemeente": "Utrecht", "periode": "2018-2021"},
    {"id": "drie", "gemeente": None, "provincie": "Utrecht"},
    {"id": "vier", "gemeente": None, "provincie": "Drenthe"},
    {"id": "vijf", "gemeente": None},
    {"id": "zes", "gemeente": HIDDEN_PLACE},
)
"""Cases in a municipality and a province of one name, in another province, and without a place."""


def book_of(*changes: dict[str, Any]):
    return a_smuggled_book(*[a_record(**change) for change in changes])


def body_of(book, address: str, changes: Changes = NOTHING_NEW) -> str:
    return next(page.body for page in render_pages(book, changes) if page.address == address)


def words_at(book, address: str, changes: Changes = NOTHING_NEW) -> str:
    return " ".join(Reading(body_of(book, address, changes)).words.split())


def links_of(body: str) -> list[str]:
    return [value for name, value in Reading(body).attributes if name == "href"]


def since_beginning(book, registry: Registry | None = None) -> Changes:
    return find_changes("", {}, [entry.case for entry in book.cases], Registry(), registry or Registry())


class TestDomains:
    def test_a_case_stands_at_each_of_its_domains_and_first_where_it_was_about(self):
        book = book_of({"id": "een", "leefgebieden": ["wonen", "werk"]}, {"id": "twee", "leefgebieden": ["werk"]})
        found = {entry.term.id: entry for entry in index_domains(book)}
        assert list(found) == ["werk", "wonen"]
        assert [case.id for case in found["werk"].first] == ["twee"]
        assert [case.id for case in found["werk"].also] == ["een"]
        assert [case.id for case in found["wonen"].cases] == ["een"]

    def test_a_pattern_stands_where_more_than_half_of_its_cases_are(self):
        book = a_book(*some_records(9))
        for entry in index_domains(book):
            for pattern in book.patterns:
                named = [entry.term.id in book.case_by_id[m.case].leefgebieden for m in pattern.members]
                assert (pattern in entry.patterns) == (sum(named) * 2 > len(named)), (entry.term.id, pattern.id)
        assert any(entry.patterns for entry in index_domains(book))

    def test_only_a_domain_with_a_case_has_a_page(self):
        book = book_of({"id": "een", "leefgebieden": ["wonen"]})
        addresses = [page.address for page in render_pages(book, NOTHING_NEW)]
        assert [a for a in addresses if a.startswith("leefgebied/")] == ["leefgebied/", "leefgebied/wonen/"]
        assert "Nog geen casus gaat over: inkomen, werk," in words_at(book, "leefgebied/")
        assert "Er staan nog geen casussen op deze site." in words_at(book_of(), "leefgebied/")

    def test_its_link_to_search_finds_as_many_cases_as_it_counts(self):
        book = a_book(*some_records(15))
        found = list(find_pages(book, render_pages(book, NOTHING_NEW), {}))
        for entry in index_domains(book):
            body = body_of(book, f"leefgebied/{entry.term.id}/")
            (link,) = {link for link in links_of(body) if "zoeken/?" in link}
            asked = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
            assert asked == {"soort": kind_labels()["casus"], "leefgebied": entry.term.label}
            hits = [page for page in found if set(asked.items()) <= set(page.facets)]
            assert {page.address for page in hits} == {f"casussen/{case.id}/" for case in entry.cases}

    def test_a_long_list_ends_and_says_where_the_others_are(self):
        many = [{**change, "leefgebieden": ["wonen"]} for change in some_changes(DOMAIN_CARDS + 1)]
        for number, change in enumerate(many):
            change["id"] = f"lang-{number:03}"
        book = book_of(*many)
        body = body_of(book, "leefgebied/wonen/")
        cards = {link for link in links_of(body) if "/casussen/lang-" in link}
        assert len(cards) == DOMAIN_CARDS
        assert f"Hier staan de nieuwste {DOMAIN_CARDS} casussen." in words_at(book, "leefgebied/wonen/")


class TestPlaces:
    def test_municipalities_and_provinces_stand_apart_by_name(self):
        found = [
            (entry.kind, entry.name, [case.id for case in entry.cases]) for entry in index_places(book_of(*PLACED))
        ]
        assert found == [
            ("gemeente", "Utrecht", ["twee", "een"]),
            ("provincie", "Drenthe", ["vier"]),
            ("provincie", "Utrecht", ["drie"]),
        ]

    def test_a_shielded_or_absent_place_is_only_counted(self):
        book = book_of(*PLACED)
        text = words_at(book, "plaats/")
        assert "2 casussen zonder plaats" in text
        assert HIDDEN_PLACE not in text
        assert not [link for link in links_of(body_of(book, "plaats/")) if link.endswith(("/vijf/", "/zes/"))]
        assert "Utrecht: zo heet een gemeente en ook een provincie." in text

    def test_every_place_is_one_that_a_card_shows_already(self):
        book = a_book(*some_records(15))
        shown = {place_name(entry.case) for entry in book.cases}
        assert {entry.name for entry in index_places(book)} == shown

    def test_a_place_links_to_search_and_to_a_few_of_its_cases(self):
        book = book_of(*[{"id": f"lang-{n:02}", "gemeente": "Den Haag & meer"} for n in range(PLACE_ROWS + 2)])
        links = links_of(body_of(book, "plaats/"))
        assert len([link for link in links if "/casussen/lang-" in link]) == PLACE_ROWS
        (link,) = [link for link in links if "zoeken/?" in link]
        assert parse_qs(urlsplit(link).query) == {"soort": ["Casus"], "plaats": ["Den Haag & meer"]}
        assert f"De nieuwste {PLACE_ROWS} van {PLACE_ROWS + 2} casussen." in words_at(book, "plaats/")

    @settings(max_examples=10)
    @given(st.permutations(some_records(8)))
    def test_the_order_of_records_does_not_matter(self, records):
        assert index_places(a_smuggled_book(*records)) == index_places(a_smuggled_book(*some_records(8)))
        assert index_domains(a_smuggled_book(*records)) == index_domains(a_smuggled_book(*some_records(8)))

    @pytest.mark.parametrize("evil", EVIL)
    def test_a_name_is_text_on_the_page_and_in_its_link(self, evil):
        plain, book = book_of({"gemeente": "Gewoon"}), book_of({"gemeente": evil})
        reading = Reading(body_of(book, "plaats/"))
        assert reading.elements == Reading(body_of(plain, "plaats/")).elements
        assert evil in reading.words
        (link,) = [link for link in links_of(body_of(book, "plaats/")) if "zoeken/?" in link]
        assert parse_qs(urlsplit(link).query)["plaats"] == [evil]


class TestNewAndSought:
    def test_the_last_year_comes_first_and_no_year_last(self):
        periods = {"a": "onbekend", "b": "2018-2021", "c": "2020", "d": "2022-K1", "e": "2020"}
        cases = [a_case(id=name, titel=f"Titel {name}", periode=period) for name, period in periods.items()]
        assert [case.id for case in newest_first(cases[::-1])] == ["d", "b", "c", "e", "a"]

    def test_a_few_new_cases_and_only_new_ones(self):
        cases = some_cases(9)
        changes = find_changes("v1", {case.id: case for case in cases[:2]}, cases, Registry(), Registry())
        found = new_cases(changes)
        assert len(found) == MOST_NEW
        assert not {case.id for case in found} & {case.id for case in cases[:2]}

    def test_a_pattern_to_which_something_happened_last_comes_first(self):
        ids = [f"verzonnen-casus-{number:02}" for number in range(6)]
        line = {"wat": "ontstaan", "casussen": ids[:1]}
        files = [
            a_pattern("P-0001", ids[0:6:3], geschiedenis=[{**line, "datum": "2025-03-01"}]),
            a_pattern("P-0002", ids[1:6:3], geschiedenis=[{**line, "datum": "2026-03-01"}]),
        ]
        registry = a_registry(*files)
        book = a_smuggled_book(*some_records(6), registry=registry)
        changes = since_beginning(book, registry)
        assert [pattern.id for pattern in new_patterns(book, changes)] == ["P-0002", "P-0001"]
        gone = PatternChange(a_pattern("P-0009").pattern, (), None)
        only = Changes("", (), (), (), (), (gone,))
        assert new_patterns(book, only) == ()

    def test_sought_are_patterns_below_the_least_number_and_the_nearest_first(self):
        book = a_book(*some_records(7))
        found = sought(book)
        sizes = [len(pattern.settled) for pattern in found]
        assert found
        assert max(sizes) < PATTERN_CASES
        assert sizes == sorted(sizes, reverse=True)
        assert len(found) <= MOST_SOUGHT
        small = [p for p in book.patterns if p.state == "kandidaat" and 0 < len(p.settled) < PATTERN_CASES]
        assert len(found) == min(len(small), MOST_SOUGHT)
        assert sought(a_book(*some_records(1))) == ()


class TestStartPages:
    @pytest.mark.parametrize("user", USERS)
    def test_it_leads_to_what_one_comes_for_in_one_click(self, user):
        book = a_book(*some_records(9))
        links = set(links_of(body_of(book, f"voor/{user}/")))
        wanted = {
            "professional": ("zoeken/", "lijkt-op/", "casussen/", "leefgebied/", "plaats/", "wetten/"),
            "trainer": ("methode/", "leefgebied/", "lijkt-op/", "patronen/", "gegevens/"),
            "beleid": ("voorstellen/", "patronen/", "wetten/", "wetten/lokaal/", "voorstellen/opgelost/", "gegevens/"),
        }[user]
        assert {f"../../{address}" for address in wanted} <= links

    @pytest.mark.parametrize("user", USERS)
    def test_it_says_what_is_new_and_what_is_sought(self, user):
        book = a_book(*some_records(7))
        changes = since_beginning(book)
        text, links = words_at(book, f"voor/{user}/", changes), links_of(body_of(book, f"voor/{user}/", changes))
        assert "Er is nog geen eerdere uitgave. Daarom is alles nieuw." in text
        assert "Wij zoeken een derde casus" in text
        assert {f"../../patronen/{pattern.id}/" for pattern in sought(book)} <= set(links)
        assert len([link for link in links if "/casussen/" in link and link != "../../casussen/"]) == MOST_NEW

    @pytest.mark.parametrize("user", USERS)
    def test_without_anything_new_or_sought_it_says_nothing_of_it(self, user):
        ids = {value for name, value in Reading(body_of(a_book(), f"voor/{user}/")).attributes if name == "id"}
        assert "taken" in ids
        assert not ids & {"nieuw", "gezocht", "raad", "college"}

    def test_a_council_finds_what_it_decides_itself(self):
        book = a_book(*some_records(15))
        decided = [p for p in book.proposals if p.level.id == "gemeente-verordening" and not p.solved]
        links = links_of(body_of(book, "voor/beleid/"))
        assert {f"../../voorstellen/{p.pattern.id}/" for p in decided[:MOST_SOUGHT]} <= set(links)

    def test_one_page_leads_to_all_of_them(self):
        links = links_of(body_of(a_book(), "voor/"))
        assert [link for link in links if "/voor/" in link] == [f"../voor/{user}/" for user in USERS]
