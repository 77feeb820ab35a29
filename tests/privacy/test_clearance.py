"""Clearance: a book can be made of cleared records alone, and what is held back is told without being told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import parallel
from generator.lexicon import ListError
from generator.privacy import clearance as module
from generator.privacy.clearance import Cleared, clear_records
from generator.validation import check_files
from generator.vocabulary import load_vocabulary
from tests.factories import a_file, a_record, cleared, excused

VOCABULARY = load_vocabulary()
NAME = "Toen het misging, belde Merel de huisarts."
REAL = {"herkomst": "openbare_bron", "bronnen": [{"titel": "Een rapport"}]}


def clear(*files, earlier=()):
    return clear_records(check_files(files, VOCABULARY), VOCABULARY, earlier=earlier)


def test_nobody_makes_a_cleared_record_without_the_gate():
    with pytest.raises(TypeError, match="privacy gate"):
        Cleared(a_record(), object())


def test_a_record_with_a_finding_is_held_back_and_the_others_are_not():
    found = clear(a_file(id="goed"), a_file(id="fout", situatie=NAME), a_file(id="ook-goed"))
    assert [c.record.case.id for c in found.cleared] == ["goed", "ook-goed"]
    assert found.held == ("cases/fout.yaml",)
    assert [problem.code for problem in found.problems] == ["PRIV-NAAM-ZWAK"]


def test_a_warning_holds_back_as_a_block_does():
    held = clear(a_file(situatie="Een moeder van 37 jaar vroeg hulp.")).held
    assert held == ("cases/fiets-voor-de-bakker.yaml",)


def test_an_excused_record_is_cleared():
    assert len(clear(a_file(**excused(situatie=NAME))).cleared) == 1


def test_what_makes_no_record_is_read_too():
    found = clear(("cases/kapot.yaml", b"titel: [\n# Toen belde Merel\n"))
    assert found.cleared == ()
    assert [problem.code for problem in found.problems] == ["PRIV-NAAM-ZWAK"]


def test_a_withdrawn_record_keeps_its_address_whatever_was_in_it():
    found = clear(a_file(id="weg", status="ingetrokken", situatie=NAME))
    assert found.withdrawn == ("weg",)
    assert found.cleared == ()


def test_a_withdrawn_record_with_its_text_still_in_it_is_told():
    text = {"situatie": "onbekend", "knelpunt__tekst": "onbekend", "doorbraak__tekst": "onbekend"}
    assert [p.code for p in clear(a_file(status="ingetrokken")).problems] == ["PRIV-INGETROKKEN"]
    assert clear(a_file(status="ingetrokken", **text)).problems == ()
    assert len(clear(a_file(status="ingetrokken")).cleared) == 1


def test_an_address_with_a_name_in_it_is_not_kept():
    assert clear(a_file(id="fatima", status="ingetrokken")).withdrawn == ()


class TestTheCollection:
    def test_a_small_municipality_holds_back_until_it_is_excused(self):
        found = clear(a_file(gemeente="Schiermonnikoog", **REAL))
        by_code = {problem.code: problem for problem in found.problems}
        assert "PRIV-KLEINE-GEMEENTE" in by_code
        assert found.held

    def test_a_reviewer_can_say_that_there_are_enough(self):
        file = {"gemeente": "Utrecht", "huishouden": {"type": "eenoudergezin", "leeftijd": "27-39", "kinderen": "3"}}
        file |= REAL | {"leefgebieden": ["werk", "vervoer", "inkomen"]}
        found = clear(a_file(**file)).problems
        assert {problem.code for problem in found} == {"PRIV-HUISHOUDENS-WEINIG"}
        exception = {
            "regel": found[0].code,
            "sleutel": found[0].values["sleutel"],
            "reden": "ruim-genoeg",
            "beoordeeld_door": "redactie",
            "datum": "2026-01-02",
        }
        privacy = {"toestemming": "nvt_openbare_bron", "uitzonderingen": [exception]}
        assert clear(a_file(**file, privacy=privacy)).problems == ()
        moved = clear(a_file(**{**file, "gemeente": "Tilburg"}, privacy=privacy)).problems
        assert "PRIV-UITZONDERING-OVER" in {problem.code for problem in moved}
        assert len(moved) == 2

    def test_a_deletion_that_makes_another_case_unique_is_noticed_and_holds_nothing_back(self):
        files = [a_file(id=f"casus-{n}", gemeente=None, periode="onbekend", **REAL) for n in range(2)]
        other = [a_file(id=f"ander-{n}", gemeente=None, periode="2019", **REAL) for n in range(5)]
        before = [record.case for record in check_files([*files, *other], VOCABULARY).records]
        found = clear(files[0], *other, earlier=before)
        assert {problem.code for problem in found.problems} <= {"PRIV-UNIEK-GEWORDEN"}
        assert found.held == ()
        assert found.unique >= 1


@settings(max_examples=10)
@given(st.permutations([a_file(id="een"), a_file(id="twee", situatie=NAME), a_file(id="fatima"), a_file(id="drie")]))
def test_the_order_of_files_does_not_matter(files):
    found = clear(*files)
    assert found.held == ("cases/f••••a.yaml", "cases/twee.yaml")
    assert {c.record.case.id for c in found.cleared} == {"een", "drie"}


def test_a_missing_list_clears_nothing(monkeypatch):
    def missing(*_):
        raise ListError("namen.txt.gz")

    monkeypatch.setattr(module, "review_source", missing)
    with pytest.raises(ListError):
        cleared(a_record())


@pytest.mark.parametrize("cores", [1, 2])
def test_clearance_on_any_number_of_processors_is_that_of_one(cores, monkeypatch):
    files = [a_file(id=f"casus-{number}", **({"situatie": NAME} if number % 3 else {})) for number in range(9)]
    files.append(("cases/geen-record.yaml", b"mevrouw: [Terpstra belde"))
    expected = clear(*files)
    monkeypatch.setattr(parallel, "processors", lambda: cores)
    monkeypatch.setattr(parallel.threading, "active_count", lambda: 1)  # who runs the tests may have a thread
    monkeypatch.setattr(module, "BATCH", 2)
    monkeypatch.setattr(module, "MANY", 2)
    found = clear(*files)
    assert [c.record for c in found.cleared] == [c.record for c in expected.cleared]
    assert found.problems == expected.problems
    assert found.held == expected.held == (*(f"cases/casus-{n}.yaml" for n in range(9) if n % 3), *expected.held[6:])
    assert found.excused == expected.excused
