"""The law index: what every law, article and local rule did over all cases, the same for any order of them."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.book import Book
from generator.lawindex import ArticleEntry, LawEntry, index_rules, local_anchor
from generator.vocabulary import load_vocabulary
from tests.factories import a_book, a_case, a_pattern, a_record, a_registry, some_cases, some_records

VOCABULARY = load_vocabulary()
NINE = some_cases(9)


def book_of(*changes: dict[str, Any]) -> Book:
    return a_book(*[a_record(**change) for change in changes])


def law(book: Book, name: str) -> LawEntry:
    return next(entry for entry in book.laws if entry.law.id == name)


def article(book: Book, name: str, number: str) -> ArticleEntry:
    return next(entry for entry in law(book, name).articles if entry.number == number)


BLOCKED = {"knelpunt__regels": [{"wet": "pw", "artikel": "35", "rol": "blokkeert"}]}
ROOM = {"doorbraak__grondslag": [{"wet": "pw", "artikel": "35", "rol": "ruimte"}]}


def test_an_article_knows_how_often_it_gave_room_and_how_that_ended():
    book = book_of(
        {"id": "een", **ROOM},
        {"id": "twee", **ROOM, "resultaat__status": "onbekend"},
        {"id": "drie", **ROOM},
        {"id": "vier", **BLOCKED, "resultaat__status": "niet_gelukt"},
    )
    entry = article(book, "pw", "35")
    assert [case.id for case in entry.gave_room] == ["drie", "een", "twee"]
    assert entry.outcomes == (("geslaagd", 2), ("onbekend", 1))
    assert [case.id for case in entry.in_the_way] == ["vier"]
    assert entry.played == ("blokkeert", "ruimte")
    assert law(book, "pw").outcomes == entry.outcomes


def test_the_roles_of_our_list_stand_beside_those_in_cases():
    entry = article(book_of(BLOCKED), "pw", "9")
    assert (entry.roles, entry.played) == (("blokkeert", "ruimte"), ())


def test_both_counts_for_each_and_a_case_counts_once():
    both = {"knelpunt__regels": [{"wet": "pw", "artikel": "35", "lid": lid, "rol": "beide"} for lid in ("1", "2")],
            "doorbraak__grondslag": [{"wet": "pw", "artikel": "35", "rol": "beide"}]}  # fmt: skip
    entry = article(book_of(both), "pw", "35")
    assert (len(entry.gave_room), len(entry.in_the_way), entry.outcomes) == (1, 1, (("geslaagd", 1),))


def test_without_a_role_a_rule_is_named_and_counted_for_nothing():
    rule = {"wet": "pw", "artikel": "35"}
    entry = article(book_of({"knelpunt__regels": [rule], "doorbraak__grondslag": [rule]}), "pw", "35")
    assert [role for _, role in entry.cases] == ["onbekend"]
    assert (entry.gave_room, entry.in_the_way, entry.outcomes) == ((), (), ())


def test_room_in_the_obstacle_is_no_room_that_was_used():
    entry = article(book_of({"knelpunt__regels": [{"wet": "pw", "artikel": "35", "rol": "ruimte"}]}), "pw", "35")
    assert (entry.gave_room, entry.in_the_way) == ((), ())


def test_a_rule_knows_the_standing_patterns_whose_members_name_it():
    ids = [f"verzonnen-casus-{number:02}" for number in (0, 3, 6)]
    heir, gone = a_pattern("P-0001", ids), a_pattern("P-0002", ids[:2], stand="samengevoegd", naar="P-0001")
    book = a_book(*some_records(9), registry=a_registry(heir, gone))
    assert article(book, "pw", "22a").patterns == ("P-0001",)
    assert law(book, "pw").patterns == ("P-0001",)
    (bus,) = book.local_rules
    (candidate,) = bus.patterns
    assert candidate in {pattern.id for pattern in book.patterns if pattern.stands}
    assert article(book, "pw", "35").patterns == ()


def test_the_pattern_with_the_most_members_that_name_it_comes_first():
    one, other = ["een", "los"], ["drie", "twee"]
    few = a_pattern("P-0001", one, uitgesloten=[{"casus": case, "reden": "hoort bij de andere"} for case in other])
    many = a_pattern("P-0002", other, uitgesloten=[{"casus": case, "reden": "hoort bij de eerste"} for case in one])
    records = [a_record(id=name, **BLOCKED) for name in ("drie", "een", "twee")]
    book = a_book(*records, a_record(id="los"), registry=a_registry(few, many))
    assert article(book, "pw", "35").patterns == ("P-0002", "P-0001")


def test_spellings_of_a_local_rule_are_one_rule_under_the_usual_one():
    names = ("Verordening  vervoer", "verordening vervoer", "Verordening vervoer")
    changes = [
        {"id": f"casus-{row}", "knelpunt__regels": [{"lokaal": name, "rol": "blokkeert"}]}
        for row, name in enumerate(names)
    ]
    book = book_of(*changes, {"id": "ander", "doorbraak__grondslag": [{"lokaal": "Convenant", "rol": "ruimte"}]})
    vervoer, convenant = book.local_rules
    assert (vervoer.name, len(vervoer.cases), len(vervoer.in_the_way)) == ("Verordening vervoer", 3, 3)
    assert (convenant.name, len(convenant.gave_room)) == ("Convenant", 1)
    assert {local_anchor(name) for name in names} == {vervoer.anchor}
    assert vervoer.anchor != convenant.anchor


@settings(max_examples=12)
@given(st.permutations(NINE))
def test_the_order_of_cases_does_not_matter(cases):
    assert index_rules(cases, (), VOCABULARY) == index_rules(NINE, (), VOCABULARY)


def test_a_law_knows_the_reforms_that_change_one_of_its_articles():
    index = index_rules([a_case()], (), VOCABULARY)
    entries = {entry.law.id: entry for entry in index.laws}
    assert {"pw-in-balans", "kostendeler-27"} <= {reform.id for reform in entries["pw"].reforms}
    assert entries["avg"].reforms == ()
    for entry in index.reforms:
        assert {part.wet for part, _ in entry.changes} == {
            law.law.id for law in index.laws if entry.reform in law.reforms
        }


def test_every_reform_stands_there_once_the_newest_first():
    reforms = [entry.reform for entry in index_rules([], (), VOCABULARY).reforms]
    assert {reform.id for reform in reforms} == set(VOCABULARY.reform_by_id)
    seen = [reform.laatst_gezien or "" for reform in reforms]
    assert seen == sorted(seen, reverse=True)


def test_no_law_takes_the_address_of_a_page_of_its_own():
    assert not {"lokaal", "hervormingen"} & set(VOCABULARY.law_by_id)
