"""The likeness index: all that the browser needs, nothing of the texts, the same bytes from the same book."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from generator.concepts import Matcher, concept_matcher
from generator.likeness_index import render_likeness
from generator.plaintext import MOST_STARTS, PARTS
from generator.vocabulary import load_concepts
from generator.words import folded_words
from tests.factories import a_book, a_record, some_records


@pytest.fixture(scope="module")
def book():
    return a_book(*some_records(9))


@pytest.fixture(scope="module")
def table(book):
    return json.loads(render_likeness(book))


def test_the_same_book_gives_the_same_bytes(book):
    assert render_likeness(book) == render_likeness(a_book(*reversed(some_records(9))))


def test_it_works_from_no_cases_at_all():
    empty = json.loads(render_likeness(a_book()))
    assert empty["casussen"] == empty["patronen"] == empty["woorden"] == []
    assert empty["begrippen"]


def test_every_number_points_at_something(table):
    for row in table["casussen"]:
        assert len(row["woorden"]) <= MOST_STARTS
        for name, places in (
            ("woorden", row["woorden"]),
            ("wetten", row["wetten"]),
            ("artikelen", row["artikelen"]),
            ("soorten", row["soorten"]),
            ("leefgebieden", row["leefgebieden"]),
            ("patronen", row["patronen"]),
            ("begrippen", row["begrippen"][::2]),
            ("casussen", [place for place, _ in row["buren"]]),
        ):
            assert all(0 <= place < len(table[name]) for place in places), name
        assert all(one < other for one, other in pairwise(row["begrippen"][::2]))
    for row in table["patronen"]:
        assert all(0 <= place < len(table["casussen"]) for place, _ in [*row["leden"], *row["buren"]])
    assert len(table["gewichten"]["delen"]) == len(PARTS)


def test_patterns_and_their_cases_point_at_each_other(table):
    assert table["patronen"]
    for place, pattern in enumerate(table["patronen"]):
        members = {row for row, _ in pattern["leden"]}
        assert members == {row for row, case in enumerate(table["casussen"]) if place in case["patronen"]}


def test_no_sentence_of_a_record_stands_in_it(book):
    text = render_likeness(book).decode()
    for entry in book.cases:
        assert entry.case.titel in text
        for value in (entry.case.situatie, entry.case.knelpunt.tekst, entry.case.doorbraak.tekst):
            assert value not in text


def test_a_longer_story_makes_no_longer_row():
    words = "fiets moeder school huis tuin kamer deur raam tafel stoel trap dak muur vloer hek pad boom".split()
    rows = []
    for times in (1, 5):
        story = f"{' '.join(words * times)}."
        [row] = json.loads(render_likeness(a_book(a_record(situatie=story))))["casussen"]
        rows.append(row)
    assert rows[0]["woorden"] == rows[1]["woorden"]
    assert len(json.dumps(rows[1])) - len(json.dumps(rows[0])) < 20


def test_phrases_that_are_left_out_are_found_all_the_same(table):
    names = sorted(concept.id for concept in load_concepts())
    full = concept_matcher()
    pruned = _matcher_of(table, names)
    for concept in load_concepts():
        for text in (*concept.woorden, *concept.stammen, *concept.samenstelling):
            assert pruned.count(text) == full.count(text), text


def _matcher_of(table, names):
    """The matcher that the table tells."""
    phrases, stems, parts = {}, {}, {}
    for name, row in zip(names, table["begrippen"], strict=True):
        for text in row["woorden"]:
            phrases.setdefault(folded_words(text)[0], []).append((folded_words(text), name))
        for text in row["stammen"]:
            stems.setdefault(folded_words(text)[0], []).append((folded_words(text), name))
        for text in row["delen"]:
            parts.setdefault(text, set()).add(name)
    return Matcher(phrases, stems, {text: frozenset(found) for text, found in parts.items()}, {}, {})
