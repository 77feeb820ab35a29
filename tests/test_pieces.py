"""Pieces of the exports: what the files of the site before hold is taken over, and the files stay the same."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from generator.book import Book
from generator.exports import pieces
from generator.exports.bundle import Bundle, files_of, render_exports, renew_exports
from generator.exports.pieces import Piece, Standing
from generator.kept import NounPlaces
from tests.factories import A_PROPOSAL, a_book, a_pattern, a_record, a_registry, some_changes
from tests.test_exports import SITE, STEPS

COUNT = 9


@dataclass
class Files:
    """The data files of one build, as the next finds them."""

    bundle: Bundle
    asked: list[str] = field(default_factory=list)

    def read(self, name: str, places: Sequence[NounPlaces]) -> Iterator[Piece]:
        self.asked += [name] * len(places)
        found = [self.bundle[file] for file in files_of(name)]
        for place in places:
            item, row, node = (found[n][place[2 * n] : place[2 * n] + place[2 * n + 1]] for n in range(3))
            yield Piece(item, row, node)

    def standing(self, *apart: str) -> Standing:
        return Standing(self.bundle.places, self.read, frozenset(apart))


def a_collection(changes: Sequence[dict[str, Any]], **pattern: Any) -> Book:
    members = [change["id"] for change in changes if change["id"].endswith(("0", "3", "6"))]
    said = {"naam": "Een gast kost bijstand", "status": "vastgesteld", **pattern}
    registry = a_registry(a_pattern(members=members, **said)) if len(members) > 1 else None
    return a_book(*(a_record(**change) for change in changes), registry=registry)


def first(*apart: str) -> Files:
    return Files(renew_exports(a_collection(some_changes(COUNT)), SITE, Standing(apart=frozenset(apart))))


class TestTakenOver:
    def test_what_is_the_same_is_read_and_not_made(self):
        before = first()
        made = renew_exports(a_collection(some_changes(COUNT)), SITE, before.standing())
        assert dict(made) == dict(before.bundle) == render_exports(a_collection(some_changes(COUNT)), SITE)
        assert made.places == before.bundle.places
        assert before.asked.count("casussen") == COUNT
        assert "artikelen" not in before.asked

    def test_places_are_those_of_the_nouns(self):
        before = first()
        for name, places in before.bundle.places.items():
            for piece in before.read(name, [*places.values()]):
                assert piece.item.startswith(b"\n  {\n")
                assert piece.item.endswith(b"\n  }")
                assert piece.row.endswith(b"\r\n")
                assert piece.node == b"" if name == "voorstellen" else piece.node.startswith(b"\n  {\n")

    def test_with_an_edit_only_what_it_touches_is_made(self):
        before, changes = first(), some_changes(COUNT)
        changes[4]["situatie"] = "Een bakker begint om vier uur. De bus rijdt nog niet."
        made = renew_exports(a_collection(changes), SITE, before.standing())
        assert dict(made) == render_exports(a_collection(changes), SITE)
        assert 0 < before.asked.count("casussen") < COUNT

    @pytest.mark.parametrize("many", [1, 10_000])
    def test_after_any_edits_every_file_is_as_it_would_be_anew(self, monkeypatch, many):
        monkeypatch.setattr(pieces, "MANY", many)
        monkeypatch.setattr(pieces, "BATCH", 4)
        chance, changes, before = random.Random(14), some_changes(COUNT), first()
        pattern: dict[str, Any] = {}
        taken = 0
        for _ in range(6):
            edit(changes, pattern, chance)
            book = a_collection(changes, **pattern)
            made = renew_exports(book, SITE, before.standing())
            assert dict(made) == render_exports(book, SITE)
            taken += len(before.asked)
            before = Files(made)
        assert taken > 15

    def test_another_address_of_the_site_makes_all_anew(self):
        before = first()
        book = a_collection(some_changes(COUNT))
        assert dict(renew_exports(book, "", before.standing())) == render_exports(book, "")
        assert before.asked == []


def edit(changes: list[dict[str, Any]], pattern: dict[str, Any], chance: random.Random) -> None:
    """Change something that an editor may change: texts, rules, status, records that come and go, the pattern."""
    which = chance.choice(changes)
    number = chance.randrange(1000)
    what = chance.randrange(8)
    if what == 0:
        which["titel"] = f"Een titel met nummer {number}"
    elif what == 1:
        which["situatie"] = f"Er ligt een brief in lade {number}."
    elif what == 2:
        which["gemeente"] = chance.choice(["Utrecht", "Amsterdam"])
    elif what == 3:
        which["status"] = chance.choice(["gepubliceerd", "concept"])
    elif what == 4 and len(changes) > 5:
        changes.remove(which)
    elif what == 5:
        changes.append({**which, "id": f"verzonnen-casus-{COUNT + number}", "titel": f"Nog een titel {number}"})
    elif what == 6:
        pattern["naam"] = f"Een gast kost {number} euro"
    else:
        pattern |= chance.choice(
            [{"voorstel": A_PROPOSAL, "stappen": STEPS[:2]}, {"omschrijving": f"Nummer {number}."}]
        )


class TestNothingKept:
    def test_of_a_case_apart_nor_of_what_names_it(self):
        every, some = first().bundle.places, first("verzonnen-casus-01").bundle.places
        assert len(some["casussen"]) < len(every["casussen"])
        assert len(some["patronen"]) < len(every["patronen"])
        before = first("verzonnen-casus-01")
        for name, places in some.items():
            for piece in before.read(name, [*places.values()]):
                assert b"verzonnen-casus-01" not in piece.item

    def test_of_a_noun_of_which_the_feed_tells(self):
        book = a_collection(some_changes(COUNT), voorstel=A_PROPOSAL, stappen=STEPS)
        before = Files(renew_exports(book, SITE, Standing()))
        items = [piece.item for piece in before.read("voorstellen", [*before.bundle.places["voorstellen"].values()])]
        assert len(items) == len(book.proposals) - 1
        assert not any(b"P-0001" in item for item in items)
        assert dict(renew_exports(book, SITE, before.standing())) == render_exports(book, SITE)

    def test_of_articles(self):
        assert first().bundle.places["artikelen"] == {}
