"""Training kits: what is handed out holds no word of the ending, and everything comes from the record."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.counterexamples import outcome_side
from generator.files import read_folder
from generator.kit import (
    CARDS,
    PHRASE,
    STORIES,
    ending_texts,
    find_kit,
    fixed_words,
    hand_out,
    kit_names,
    make_kits,
    shared_phrases,
)
from generator.kitfiles import FORMATS, PARTS, render_kit
from generator.privacy.output import read_texts
from generator.rendering import Renderer
from generator.validation import check_files
from generator.vocabulary import load_vocabulary
from tests.factories import REAL, a_book, a_case, a_proposal_book, a_record, some_records
from tests.factories import STORIES as TALES

ROOT = Path(__file__).parents[1]
TOLD = {
    "bijkomende-kosten-bij-bezwaar-tegen-huurverhoging": ("in de groepsapp van het team",),
    "verhoogde-bloembakken-als-dagbesteding": ("vanuit zijn rolstoel zijn eigen tuin",),
}
"""Published cases whose situation or wish says some words of the ending; the trainer's notes name them."""
ENDING = {
    "titel": "Zilverreiger",
    "doorbraak": {
        "tekst": "Het team kocht een wielewaal.",
        "grondslag": [{"lokaal": "Regeling kwartelkoning", "rol": "ruimte"}],
    },
    "scenarios": {
        "maatwerk": {
            "verloop": "De roerdomp krijgt een nest.",
            "kosten": [{"wat": "een steenuil", "bedrag": "4321", "per": "maand", "budget": "handgeld"}],
        }
    },
    "besluit": {"door": "de grutto", "route": ["de kemphaan belt"]},
    "financiering": [{"budget": "handgeld", "bedrag": "8765"}],
    "afspraken": ["de scholekster betaalt terug"],
    "onderbouwing": {"rendement": "De zeearend spaart.", "gelijkheid": "De tureluur ook."},
    "resultaat": {"status": "geslaagd", "tekst": "De waterral lacht.", "geleerd": "Vraag een porseleinhoen."},
}
MARKS = (
    "zilverreiger wielewaal kwartelkoning roerdomp steenuil 4321 4.321 grutto kemphaan 8765 8.765 handgeld scholekster"
    " zeearend tureluur waterral porseleinhoen geslaagd"
).split()
"""What says how the case above ended."""


def published():
    raw, _ = read_folder(ROOT / "cases", ROOT)
    return [record.case for record in check_files(raw, load_vocabulary()).records if record.case.published]


def marks_in(text: str) -> list[str]:
    return [mark for mark in MARKS if mark in text.lower()]


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


@pytest.fixture(scope="module")
def book():
    """A case with an ending full of marks, between two others in one pattern."""
    return a_proposal_book(ENDING | REAL, TALES[0] | REAL, TALES[1] | REAL)


class TestHandout:
    def test_no_published_case_gives_more_than_these_words_away(self):
        found = {case.id: shared_phrases(hand_out(case).texts, ending_texts(case)) for case in published()}
        assert len(found) > 90
        assert {case: words for case, words in found.items() if words} == TOLD

    def test_no_published_case_tells_a_whole_sentence_of_its_ending(self):
        for case in published():
            handed = " ".join(" ".join(hand_out(case).texts).split())
            for text in ending_texts(case):
                for sentence in re.split(r"(?<=[.?!])\s+", " ".join(text.split())):
                    assert len(sentence.split()) < PHRASE - 1 or sentence not in handed, case.id

    def test_a_rule_that_only_gave_room_is_left_out(self):
        rules = [{"wet": "pw", "artikel": "18", "rol": "ruimte"}, {"wet": "pw", "artikel": "22a", "rol": "blokkeert"}]
        case = a_case(knelpunt__regels=[*rules, {"wet": "wmo", "rol": "beide"}, rules[1]])
        assert [(rule.artikel, rule.rol) for rule in hand_out(case).regels] == [("22a", None), (None, None)]

    @given(words=st.lists(st.sampled_from("abc"), max_size=12), around=st.text("xy ", max_size=9))
    def test_a_shared_run_of_words_is_found_whole(self, words, around):
        shared = shared_phrases([f"p {' '.join(words)} q"], [f"{around} {' '.join(words)} z"])
        assert bool(shared) == (len(words) >= PHRASE)
        assert not shared or " ".join(words) in shared


class TestKit:
    def test_every_case_and_standing_pattern_has_one(self, book):
        assert {kit.id for kit in make_kits(book)} == kit_names(book) == {"P-0001", "casus-1", "casus-2", "casus-3"}

    def test_a_chosen_set_keeps_its_order(self, book):
        kit = find_kit(book, ["casus-3", "casus-1"])
        assert [story.case.id for story in kit.stories] == ["casus-3", "casus-1"]
        with pytest.raises(KeyError):
            find_kit(book, ["casus-1", "elders"])

    def test_a_pattern_tells_a_few_cases_the_richest_first_and_each_outcome(self):
        ended = [{"resultaat__status": "geslaagd"}] * 4 + [{"resultaat__status": "niet_gelukt"}]
        rich = {"vraag": "Rust.", "doorbraak__grondslag": [{"wet": "pw", "artikel": "18", "rol": "ruimte"}]}
        book = a_proposal_book(*(TALES[0] | REAL | end | (rich if n == 2 else {}) for n, end in enumerate(ended)))
        kit = find_kit(book, ["P-0001"])
        assert len(kit.stories) == STORIES
        assert kit.stories[0].case.id == "casus-3"
        assert {outcome_side(story.case) for story in kit.stories} == {1, -1}
        assert len(kit.cards) == 5

    def test_a_case_has_no_more_cards_than_fit_on_a_sheet(self):
        book = a_book(*some_records(30))
        for kit in make_kits(book):
            assert kit.pattern or 1 <= len(kit.cards) <= CARDS
            assert kit.cards[0] == kit.stories[0]

    def test_order_of_records_does_not_matter(self):
        records = some_records(9)
        assert list(make_kits(a_book(*records))) == list(make_kits(a_book(*records[::-1])))

    def test_objections_are_answered_from_the_record_alone(self, book):
        story = find_kit(book, ["casus-1"]).stories[0]
        said = {objection.id: objection for objection in story.objections}
        assert [fixed["id"] for fixed in fixed_words()["bezwaren"]] == list(said)
        assert said["duur"].texts == (("onderbouwing.rendement", "De zeearend spaart."),)
        assert said["mag"].rules == story.case.doorbraak.grondslag
        assert not said["wil"].answered

    def test_codes_tell_nothing_and_differ(self):
        kits = list(make_kits(a_book(*some_records(30))))
        codes = {kit.code for kit in kits}
        assert len(codes) == len(kits)
        assert not any(kit.id in kit.handout_address for kit in kits if kit.form == "casus")

    def test_the_minutes_of_every_timetable_add_up(self):
        for table in fixed_words()["tijd"]:
            assert sum(step["minuten"] for step in table["stappen"]) == table["minuten"]


class TestPages:
    @pytest.mark.parametrize("name", ["casus-1", "P-0001"])
    def test_the_sheet_to_hand_out_holds_nothing_of_the_ending(self, book, name):
        kit = find_kit(book, [name])
        page = Renderer(book).page("werkblad.html", kit.handout_address, pakket=kit)
        assert marks_in(page.address + page.title + page.description + page.body) == []
        assert "vier uur in de nacht" in plain(page.body)

    def test_the_page_of_the_trainer_folds_the_ending_away(self, book):
        kit = find_kit(book, ["casus-1"])
        page = Renderer(book).page("lespakket.html", kit.address, pakket=kit)
        outside = re.sub(r"<details.*?</details>|<div hidden>.*?</div>\s*</div>\s*</div>", "", page.body, flags=re.S)
        assert marks_in(page.title + page.description + plain(outside)) == []
        assert {"wielewaal", "4.321", "waterral"} <= set(marks_in(page.body))

    def test_fronts_of_cards_hold_nothing_of_the_ending(self, book):
        kit = find_kit(book, ["P-0001"])
        body = Renderer(book).body("kaarten.html", kit.cards_address, pakket=kit)
        fronts = re.findall(r'data-les-deel="kaart-voor">(.*?)</div>', body, re.S)
        backs = re.findall(r'data-les-deel="kaart-achter">(.*?)</div>', body, re.S)
        assert len(fronts) == len(backs) == len(kit.cards)
        assert marks_in(" ".join(fronts)) == []
        assert "wielewaal" in " ".join(backs)


@pytest.mark.parametrize("form", FORMATS)
def test_the_file_to_hand_out_holds_nothing_of_the_ending(book, form):
    written = render_kit(book, find_kit(book, ["casus-1", "casus-2"]), form)
    assert written == render_kit(book, find_kit(book, ["casus-1", "casus-2"]), form)
    texts = {name: " ".join(read_texts(name, data) or []).replace("\0", "") for name, data in written.items()}
    sheet = f"{PARTS[0]}.{form}"
    assert marks_in(texts[sheet]) == []
    assert "vier uur in de nacht" in texts[sheet]
    others = " ".join(text for name, text in texts.items() if name != sheet)
    assert set(marks_in(others)) >= {"zilverreiger", "wielewaal", "4.321", "waterral", "zeearend"}


def test_a_kit_of_records_that_say_little_still_reads(book):
    bare = a_book(a_record())
    for form in FORMATS:
        assert render_kit(bare, find_kit(bare, ["fiets-voor-de-bakker"]), form)
