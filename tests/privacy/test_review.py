"""The verdict on one file: everything in it is read, every finding has its place, exceptions hold for one sentence."""

from __future__ import annotations

import pytest

from generator.privacy.finding import mask
from generator.privacy.records import read_segments
from generator.privacy.review import STALE, mask_names, name_is_clear, review_source, shown_name
from generator.problems import Place, Problem
from generator.source import parse_source
from generator.validation import read_record
from generator.vocabulary import load_vocabulary
from tests.factories import a_file, dump, excused, raw

VOCABULARY = load_vocabulary()
NAME = "Toen het misging, belde Merel de huisarts."


def review(name: str, data: bytes, show=mask):
    source = parse_source(name, data)
    record, _ = read_record(source)
    return review_source(source, record.case if record else None, VOCABULARY, show)


def review_text(text: str, show=mask, name: str = "cases/een-fiets.yaml"):
    return review(name, text.encode(), show)


def reviewed(**changes):
    return review(*a_file(**changes))


def test_a_record_without_anything_personal_is_clear():
    assert reviewed().clear


@pytest.mark.parametrize(
    ("text", "place", "field"),
    [
        ("situatie: Toen belde Merel de huisarts.\n", Place(1, 22), "situatie"),
        ("situatie: |\n  Het ging mis.\n  Toen belde Merel de huisarts.\n", Place(3, 14), "situatie"),
        ("situatie: >\n  Het ging mis.\n\n  Toen belde\n  Merel de huisarts.\n", Place(5, 3), "situatie"),
        ("situatie: Toen belde\n  Merel de huisarts.\n", Place(2, 3), "situatie"),
        ("situatie: 'Toen belde Merel de huisarts.'\n", Place(1, 23), "situatie"),
        ('situatie: "Toen belde M\\u0065rel de huisarts."\n', Place(1, 11), "situatie"),
        ("situatie: 'Dat is ''t. Toen belde Merel.'\n", Place(1, 11), "situatie"),
        ("afspraken:\n  - niets\n  - Toen belde Merel de huisarts.\n", Place(3, 16), "afspraken"),
        ("afspraken: [niets, Toen belde Merel de huisarts.]\n", Place(1, 31), "afspraken"),
        ("# Toen belde Merel de huisarts.\ntitel: Iets\n", Place(1, 14), "#"),
        ("titel: Iets # Toen belde Merel\n", Place(1, 26), "#"),
        ("situatie: | # Toen belde Merel\n  Iets.\n", Place(1, 26), "#"),
        ("titel: Iets\n# Toen belde Merel", Place(2, 14), "#"),
        ("Toen belde Merel de huisarts: ja\n", Place(1, 12), "<sleutel>"),
        ("knelpunt:\n  Toen belde Merel: ja\n", Place(2, 14), "knelpunt.<sleutel>"),
        ("[geen record\nToen belde Merel de huisarts.\n", Place(2, 12), "bestand"),
        ("titel: 1\ntitel: 2\n# Toen belde Merel\n", Place(3, 14), "#"),
        ("gemeente: &merel Utrecht\nvraag: Toen belde Merel.\n", Place(2, 19), "bestand"),
    ],
)
def test_everything_in_a_file_is_read_and_has_its_place(text, place, field):
    found = review_text(text).problems
    assert [(p.place, p.values["veld"]) for p in found if p.values["tekst"] == "M•••l" or p.place == place] == [
        (place, field)
    ]


@pytest.mark.parametrize(
    "name", ["cases/merel-jansen.yaml", "cases/wonen/bsn-999990019.yaml", "cases/Fatima.yaml", "cases/jansen/een.yaml"]
)
def test_the_name_of_a_file_is_read_and_never_printed(name):
    _, data = a_file()
    problems = list(mask_names(review(name, data).problems))
    assert problems
    shown = shown_name(name)
    assert shown != name
    assert {problem.file for problem in problems} == {shown}
    assert not name_is_clear(name)
    assert shown_name("cases/wonen/kamer-in-plaats-van-instelling.yaml").endswith("kamer-in-plaats-van-instelling.yaml")


def test_a_folder_that_tells_nothing_may_be_called_anything():
    assert shown_name("cases/own/records/kamer.yaml") == "cases/own/records/kamer.yaml"


def test_names_of_files_are_masked_in_every_problem_that_names_them():
    problem = Problem("cases/goed.yaml", Place(), "ID-DUBBEL", {"ander": "cases/fatima.yaml"})
    assert [p.values["ander"] for p in mask_names([problem])] == ["cases/F••••a.yaml".lower()]


def test_words_of_lists_and_known_keys_are_not_read():
    source = parse_source(*a_file(provincie="Noord-Holland", gemeente=None))
    texts = [segment.text for segment in read_segments(source, VOCABULARY)]
    assert "Noord-Holland" not in texts
    assert "situatie" not in texts
    assert "hoogte-en-vorm-voorziening" not in texts


def test_the_day_on_which_a_rule_was_looked_at_is_not_read():
    rule = {"wet": "pw", "artikel": "35", "nagekeken": "2026-11-20"}
    assert reviewed(knelpunt__regels=[rule], doorbraak__grondslag=[rule]).problems == ()
    for changes in ({"gemeente": "2026-11-20"}, {"knelpunt__regels": [{**rule, "lid": "2026-11-20"}]}):
        assert "PRIV-DATUM" in [problem.code for problem in reviewed(**changes).problems]
    assert "PRIV-DATUM" in [p.code for p in reviewed(knelpunt__nagekeken="2026-11-20").problems]


def test_a_value_is_masked_and_shown_only_when_asked():
    text = f"situatie: {NAME}\n"
    assert [p.values["tekst"] for p in review_text(text).problems] == ["M•••l"]
    assert [p.values["tekst"] for p in review_text(text, show=str).problems] == ["Merel"]


class TestMask:
    @pytest.mark.parametrize(
        ("value", "shown"),
        [("Merel", "M•••l"), ("Jan", "•••"), ("Jan de Vries", "••• •• V•••s"), ("999990019", "9••••••••"), ("", "")],
    )
    def test_few_letters_are_shown_and_one_digit(self, value, shown):
        assert mask(value) == shown


class TestExceptions:
    def test_a_reviewed_exception_clears_the_record(self):
        changes = excused(situatie=NAME)
        assert not reviewed(situatie=NAME).clear
        assert reviewed(**changes).clear
        assert reviewed(**changes).excused == {("PRIV-NAAM-ZWAK", "merel")}

    @pytest.mark.parametrize(
        "edited",
        [
            "Toen het mis ging, belde Merel de huisarts.",
            "Toen het misging, belde Robin de huisarts.",
            "Toen het misging, belde Mirel de huisarts.",
            "Toen het misging, sprak Merel de huisarts.",
            "Toen het misging, belde Merel de huisarts niet.",
        ],
    )
    def test_any_edit_of_the_sentence_brings_the_finding_back(self, edited):
        changes = excused(situatie=NAME)
        codes = {problem.code for problem in reviewed(**{**changes, "situatie": edited}).problems}
        assert codes & {"PRIV-NAAM", "PRIV-NAAM-ZWAK"}
        assert STALE in codes

    def test_text_around_the_sentence_may_change(self):
        changes = excused(situatie=f"Eerst was er niets. {NAME}")
        assert reviewed(**{**changes, "situatie": f"Er was iets anders.\n\n{NAME} Daarna ging het beter."}).clear

    def test_an_exception_that_excuses_nothing_is_a_fault(self):
        changes = excused(situatie=NAME)
        found = reviewed(**{**changes, "situatie": "Er is niets."})
        assert [problem.code for problem in found.problems] == [STALE]

    def test_what_is_hard_is_never_excused(self):
        found = review(*a_file(situatie="Bel haar op 06-12345678 na vijf uur."))
        key = found.problems[0].values["sleutel"]
        exception = {"regel": "PRIV-TELEFOON", "sleutel": key, "reden": "woord", "beoordeeld_door": "redactie"}
        privacy = {"toestemming": "nvt_fictief", "uitzonderingen": [{**exception, "datum": "2026-01-02"}]}
        codes = [p.code for p in reviewed(situatie="Bel haar op 06-12345678 na vijf uur.", privacy=privacy).problems]
        assert codes == ["PRIV-TELEFOON", "PRIV-UITZONDERING-HARD"]

    def test_an_exception_holds_for_its_own_rule_alone(self):
        changes = excused(situatie=NAME)
        changes["privacy"]["uitzonderingen"][0]["regel"] = "PRIV-SCHOOL"
        assert {problem.code for problem in reviewed(**changes).problems} == {"PRIV-NAAM-ZWAK", STALE}

    def test_the_key_does_not_tell_the_value(self):
        text = dump(raw(**excused(situatie=NAME)))
        block = text[text.index("privacy:") :]
        assert "erel" not in block
