"""Grouping: registered patterns as their files say, proposed ones beside them, every case in a pattern or loose."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.grouping import (
    NEAR_CASES,
    RELATED_PATTERNS,
    Grouping,
    PatternEntry,
    candidate_id,
    explainer,
    group_cases,
    place_name,
    shared_rules,
)
from generator.privacy.gate import look
from generator.registry import Registry
from generator.similarity import compare
from generator.vectors import traits_of
from generator.vocabulary import load_vocabulary
from tests.factories import STORIES, a_case, a_pattern, a_registry, some_cases

VOCABULARY = load_vocabulary()
FIFTEEN = some_cases(15)


def case_ids(*numbers: int) -> list[str]:
    return [f"verzonnen-casus-{number:02}" for number in numbers]


def entry_of(grouping: Grouping, number: str) -> PatternEntry:
    return next(entry for entry in grouping.patterns if entry.id == number)


@pytest.mark.parametrize(("count", "groups"), [(0, 0), (1, 0), (2, 0), (4, 1), (15, 3)])
def test_any_number_of_cases_can_be_grouped(count, groups):
    found = group_cases(some_cases(count), VOCABULARY)
    assert len(found.patterns) == groups
    placed = [member.case for pattern in found.patterns for member in pattern.members]
    assert sorted([*placed, *found.loose]) == case_ids(*range(count))


@settings(max_examples=8)
@given(st.permutations(FIFTEEN))
def test_the_order_of_cases_does_not_matter(cases):
    assert group_cases(cases, VOCABULARY).patterns == group_cases(FIFTEEN, VOCABULARY).patterns


def test_the_id_of_a_candidate_follows_from_its_members():
    def ids(cases: list) -> list[str]:
        return [candidate.id for candidate in group_cases(cases, VOCABULARY).patterns]

    assert ids(some_cases(6)) == ids(some_cases(6))
    assert len(set(ids(FIFTEEN))) == 3
    assert not set(ids(some_cases(6))) & set(ids(FIFTEEN))
    alone = [case for case in FIFTEEN if int(case.id[-2:]) % 3 == 0]
    assert set(ids(alone)) <= set(ids(FIFTEEN)), "other patterns do not change the id"
    assert all(name.startswith("k-") for name in ids(FIFTEEN))


def test_a_candidate_has_no_number_of_its_own_yet():
    found = group_cases(FIFTEEN, VOCABULARY).patterns
    assert sorted(entry.number for entry in found) == ["P-0001", "P-0002", "P-0003"]
    assert {(entry.registered, entry.state, entry.heir, entry.history) for entry in found} == {
        (False, "kandidaat", None, ())
    }


def test_a_candidate_says_what_its_cases_share():
    kinds = {entry.kind: entry for entry in group_cases(FIFTEEN, VOCABULARY).patterns}
    first = kinds["leefvorm-huishouden"]
    assert [(rule.kind, rule.value, rule.count) for rule in first.rules] == [("artikel", "pw:22a", 5)]
    assert "Pw artikel 22a" in first.name
    assert len(first.places) == 5
    assert first.periods == tuple(sorted(first.periods))
    assert first.newest == first.periods[-1]
    assert 0 < first.strength <= 1
    assert all(member.reasons and not member.proposed and not member.pinned for member in first.members)


def test_three_cases_from_two_places_are_strong():
    def strong(*places: str) -> bool:
        cases = [a_case(**STORIES[0], id=f"a-{number}", gemeente=place) for number, place in enumerate(places)]
        (candidate,) = group_cases(cases, VOCABULARY).patterns
        return candidate.strong

    assert strong("Breda", "Groningen", "Breda")
    assert not strong("Breda", "Groningen")
    assert not strong("Breda", "Breda", "Breda")
    assert not strong("[afgeschermd]", "[afgeschermd]", "Breda")


def test_proposed_members_do_not_make_a_pattern_strong():
    registry = a_registry(a_pattern("P-0001", case_ids(0, 3)))
    entry = entry_of(group_cases(FIFTEEN, VOCABULARY, registry), "P-0001")
    assert len(entry.members) == 5
    assert len(entry.settled) == 2
    assert not entry.strong


def test_a_place_is_the_municipality_else_the_province_unless_shielded():
    assert place_name(a_case()) == "Utrecht"
    assert place_name(a_case(gemeente=None, provincie="Drenthe")) == "Drenthe"
    assert place_name(a_case(gemeente="[afgeschermd]")) is None
    assert place_name(a_case(gemeente=None)) is None


def test_a_shared_rule_is_named_by_two_cases_or_more():
    cases = [
        a_case(id="a", knelpunt__regels=[{"wet": "pw", "artikel": "35"}, {"wet": "pw", "artikel": "11"}]),
        a_case(id="b", knelpunt__regels=[{"wet": "pw", "artikel": "35"}], doorbraak__grondslag=[{"wet": "pw"}]),
        a_case(id="c", knelpunt__regels=[{"wet": "pw"}, {"lokaal": "Eigen regel"}]),
        a_case(id="d", knelpunt__regels=[{"lokaal": "Eigen regel"}]),
    ]
    assert [(rule.kind, rule.value, rule.count) for rule in shared_rules(cases)] == [
        ("wet", "pw", 3),
        ("artikel", "pw:35", 2),
        ("lokaal", "Eigen regel", 2),
    ]
    assert [rule.kind for rule in shared_rules(cases[:2])] == ["artikel"]


class TestRegistered:
    def test_a_pattern_shows_what_its_file_holds_and_beside_it_what_is_proposed(self):
        file = a_pattern("P-0007", case_ids(0, 3), naam="Inwonen", omschrijving="Iemand trekt in.", vast=case_ids(3))
        entry = entry_of(group_cases(FIFTEEN, VOCABULARY, a_registry(file)), "P-0007")
        assert (entry.registered, entry.number, entry.name) == (True, "P-0007", "Inwonen")
        assert entry.description == "Iemand trekt in."
        assert entry.history == file.pattern.geschiedenis
        assert [(m.case, m.strength, m.pinned) for m in entry.settled] == [
            ("verzonnen-casus-00", 0.9, False),
            ("verzonnen-casus-03", 0.9, True),
        ]
        assert sorted(m.case for m in entry.members if m.proposed) == case_ids(6, 9, 12)

    def test_registered_patterns_come_first_by_number_then_candidates_the_largest_first(self):
        registry = a_registry(a_pattern("P-0004", case_ids(2, 5)), a_pattern("P-0002", case_ids(1, 4)))
        cases = [*FIFTEEN, *(a_case(id=f"x-{n}", titel="Spook", situatie="Een spook.") for n in range(2))]
        found = [entry.id for entry in group_cases(cases, VOCABULARY, registry).patterns]
        assert found[:2] == ["P-0002", "P-0004"]
        assert [entry[:2] for entry in found[2:]] == ["k-", "k-"]
        sizes = [len(entry.members) for entry in group_cases(cases, VOCABULARY, registry).patterns[2:]]
        assert sizes == [5, 2]

    def test_a_member_that_is_no_longer_there_is_not_shown(self):
        registry = a_registry(a_pattern("P-0001", [*case_ids(0, 3), "weg"]))
        entry = entry_of(group_cases(FIFTEEN[:6], VOCABULARY, registry), "P-0001")
        assert sorted(member.case for member in entry.members) == case_ids(0, 3)

    def test_a_pattern_without_cases_is_still_shown(self):
        found = group_cases([], VOCABULARY, a_registry(a_pattern("P-0001", ["weg"])))
        entry = entry_of(found, "P-0001")
        assert (entry.members, entry.strength, entry.newest, entry.name) == ((), 0.0, "", "")

    @pytest.mark.parametrize("state", ["samengevoegd", "vervallen", "opgelost"])
    def test_a_pattern_that_takes_no_new_cases_is_offered_none(self, state):
        more = {"naar": "P-0002"} if state == "samengevoegd" else {}
        registry = a_registry(a_pattern("P-0001", case_ids(0, 3), stand=state, **more), a_pattern("P-0002", ["weg"]))
        entry = entry_of(group_cases(FIFTEEN, VOCABULARY, registry), "P-0001")
        assert (entry.state, len(entry.members)) == (state, 2)
        assert entry.heir == more.get("naar")

    def test_near_cases_are_outside_first_what_a_person_keeps_out(self):
        file = a_pattern("P-0001", case_ids(0, 3, 6), uitgesloten=[{"casus": "verzonnen-casus-14", "reden": "Anders."}])
        entry = entry_of(group_cases(FIFTEEN, VOCABULARY, a_registry(file)), "P-0001")
        inside = {member.case for member in entry.members}
        assert len(entry.near) == NEAR_CASES
        assert not inside & {near.case for near in entry.near}
        assert (entry.near[0].case, entry.near[0].excluded) == ("verzonnen-casus-14", "Anders.")
        assert all(near.pattern and near.pattern.startswith("k-") for near in entry.near)
        assert entry.exclusions == file.pattern.uitgesloten

    def test_related_patterns_are_others_nearest_first(self):
        for entry in group_cases(FIFTEEN, VOCABULARY).patterns:
            assert entry.id not in dict(entry.related)
            assert len(entry.related) == 2 <= RELATED_PATTERNS
            assert [likeness for _, likeness in entry.related] == sorted((s for _, s in entry.related), reverse=True)

    def test_nothing_is_proposed_where_the_registry_agrees(self):
        first = group_cases(FIFTEEN, VOCABULARY, Registry(), "2026-01-01")
        again = group_cases(FIFTEEN, VOCABULARY, first.proposal.registry, "2026-02-02")
        assert again.proposal.changes == ()
        assert all(entry.registered and entry.settled == entry.members for entry in again.patterns)
        shown = {entry.number: (entry.name, entry.members, entry.rules) for entry in first.patterns}
        assert {entry.number: (entry.name, entry.members, entry.rules) for entry in again.patterns} == shown


def test_without_a_date_nothing_stands_in_the_way():
    assert group_cases(FIFTEEN, VOCABULARY).proposal.changes != ()


def test_a_case_alone_is_sure_and_has_no_reasons():
    explain = explainer(compare([traits_of(case) for case in FIFTEEN]), VOCABULARY)
    assert explain(["verzonnen-casus-00"]) == {"verzonnen-casus-00": (1.0, ())}
    strength, reasons = explain(case_ids(0, 3, 6))["verzonnen-casus-00"]
    assert strength > 0.5
    assert "zelfde artikel: Pw artikel 22a" in reasons


def test_the_id_of_a_candidate_follows_from_its_cases_and_spells_no_name():
    ids = [candidate_id([f"casus-{number}", "b"]) for number in range(300)]
    assert ids == [candidate_id(["b", f"casus-{number}"]) for number in range(300)]
    assert len(set(ids)) == 300
    assert not [found for found in ids if look(found)]
