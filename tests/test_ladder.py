"""The ladder: steps of a proposal go up, and after a refusal it may begin again."""

from __future__ import annotations

from typing import Any

import pytest

from generator.ladder import ADDRESSED, ANSWERED, RUNGS, check_proposals
from generator.registry import Registry
from generator.vocabulary import load_vocabulary
from tests.factories import A_PROPOSAL, a_pattern

VOCABULARY = load_vocabulary()


def step(word: str, day: str = "2026-01-02", **changes: Any) -> dict[str, Any]:
    said = {"aan": "het college"} if word in ADDRESSED else {}
    answer = {"antwoord": "Wij lezen het."} if word in ANSWERED else {}
    return {"stap": word, "datum": day, **said, **answer, **changes}


def codes(**pattern: Any) -> list[str]:
    registry = Registry((a_pattern(**pattern),), {})
    return [problem.code for problem in check_proposals(registry, VOCABULARY)]


def steps(*words: str) -> list[str]:
    return codes(stappen=[step(word, f"2026-01-{day:02}") for day, word in enumerate(words, start=1)])


def test_every_word_of_the_list_has_a_height_and_the_list_goes_up():
    words = list(VOCABULARY.labels["voorstelstappen"])
    assert set(RUNGS) == set(words)
    assert [RUNGS[word] for word in words] == sorted(RUNGS.values())


@pytest.mark.parametrize(
    "words",
    [
        ("signaal", "in_onderzoek", "aangeboden", "beantwoord", "overgenomen", "ingevoerd"),
        ("aangeboden", "ingehaald"),
        ("aangeboden", "aangeboden"),
        ("aangeboden", "afgewezen"),
        ("aangeboden", "afgewezen", "signaal", "in_onderzoek", "aangeboden"),
        ("afgewezen", "aangeboden", "afgewezen", "aangeboden", "overgenomen"),
        ("afgewezen", "overgenomen"),
    ],
)
def test_steps_go_up_and_after_a_refusal_may_begin_again(words):
    assert steps(*words) == []


@pytest.mark.parametrize(
    "words",
    [("aangeboden", "in_onderzoek"), ("overgenomen", "aangeboden"), ("ingevoerd", "overgenomen"),
     ("afgewezen", "signaal", "in_onderzoek", "signaal"), ("ingehaald", "afgewezen")],
)  # fmt: skip
def test_any_other_step_down_is_told_once(words):
    assert steps(*words) == ["STAP-VOLGORDE"]


def test_no_step_is_older_than_the_one_before_it_also_after_a_refusal():
    assert codes(stappen=[step("afgewezen", "2026-02-02"), step("signaal", "2026-02-01")]) == ["STAP-DATUM-VOLGORDE"]
    assert codes(stappen=[step("signaal", "2026-02-02"), step("aangeboden", "2026-02-02")]) == []


@pytest.mark.parametrize("word", sorted(ADDRESSED))
def test_a_step_to_somebody_names_that_somebody(word):
    assert codes(stappen=[step(word, aan=None)]) == ["STAP-ZONDER-ADRES"]


@pytest.mark.parametrize("word", sorted(ANSWERED))
def test_an_answered_step_holds_the_answer(word):
    assert codes(stappen=[step(word, antwoord=None)]) == ["STAP-ZONDER-ANTWOORD"]


@pytest.mark.parametrize("word", sorted(set(RUNGS) - ADDRESSED))
def test_the_other_steps_need_neither(word):
    assert codes(stappen=[step(word)]) == []


class TestProposal:
    def test_a_whole_one_has_no_fault(self):
        assert codes(voorstel=A_PROPOSAL) == []

    def test_a_level_at_which_this_change_is_not_made_is_told(self):
        assert codes(voorstel={**A_PROPOSAL, "niveau": "inkoop-contract"}) == ["WIJZIGING-NIVEAU"]

    @pytest.mark.parametrize("state", ["samengevoegd", "vervallen"])
    def test_a_pattern_that_is_gone_proposes_nothing(self, state):
        gone = {"status": state, "opvolger": "P-0002" if state == "samengevoegd" else None}
        gone = {key: value for key, value in gone.items() if value}
        assert codes(voorstel=A_PROPOSAL, **gone) == ["VOORSTEL-PATROON-WEG"]
        assert codes(stappen=[step("signaal")], **gone) == ["VOORSTEL-PATROON-WEG"]
        assert codes(**gone) == []


class TestSolution:
    def test_only_what_is_solved_has_a_solution(self):
        solution = {"per": "2026-01-02", "wat": "De regel veranderde."}
        assert codes(oplossing=solution) == ["OPLOSSING-NIET-OPGELOST"]
        assert codes(oplossing=solution, status="opgelost") == []

    def test_a_reform_is_one_of_our_list(self):
        solution = {"per": "2026-01-02", "wat": "De regel veranderde.", "hervorming": "bestaat-niet"}
        assert codes(oplossing=solution, status="opgelost") == ["HERVORMING-ONBEKEND"]
        known = VOCABULARY.hervormingen[0].id
        assert codes(oplossing={**solution, "hervorming": known}, status="opgelost") == []
