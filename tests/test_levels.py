"""Levels: where the obstacle of a case could have gone at the lowest, and from there what works for a pattern."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.levels import Lift, climb, lift, lowest_that_works
from generator.vocabulary import load_vocabulary
from tests.factories import a_case

VOCABULARY = load_vocabulary()
ORDER = [level.id for level in VOCABULARY.niveaus]
GIVES_ROOM = next(
    part for part in VOCABULARY.artikelen
    if part.rol == "ruimte" and part.artikel and VOCABULARY.law_by_id[part.wet].niveau == "wet"
)  # fmt: skip
"""An article of which our list says that it leaves room."""
BLOCKING = next(
    (wet, number) for (wet, number), parts in VOCABULARY.articles_by_number.items()
    if {part.rol for part in parts} == {"blokkeert"} and VOCABULARY.law_by_id[wet].niveau == "wet"
)  # fmt: skip
"""One of which it says that it never does."""
ORDER_IN_COUNCIL = next(law.id for law in VOCABULARY.wetten if law.niveau == "AMvB")

LAW = {"wet": BLOCKING[0], "artikel": BLOCKING[1], "rol": "blokkeert"}
OPEN_LAW = {"wet": GIVES_ROOM.wet, "artikel": GIVES_ROOM.artikel, "rol": "blokkeert"}
AMVB = {"wet": ORDER_IN_COUNCIL, "rol": "blokkeert"}
ROOM = {"wet": "pw", "artikel": "35", "rol": "ruimte"}


def local(name: str) -> dict[str, str]:
    return {"lokaal": name, "rol": "blokkeert"}


def found(*rules: dict[str, str], **changes: Any) -> tuple[str, str] | None:
    """Level and ground of a case with these rules in its obstacle."""
    way = lift(a_case(**{"knelpunt__regels": list(rules), **changes}), VOCABULARY)
    return (way.level, way.ground) if way else None


class TestOneCase:
    @pytest.mark.parametrize("answer", ["mag", "moet", "mag_met_motivering"])
    def test_what_was_allowed_needs_no_other_rule(self, answer):
        assert found(LAW, doorbraak__juridisch=answer) == ("werkproces", "ruimte")

    @pytest.mark.parametrize("answer", ["omstreden", "mag_niet", "onbekend", None])
    def test_what_was_not_surely_allowed_does(self, answer):
        assert found(LAW, doorbraak__juridisch=answer) == ("rijk-wet", "wet")

    @pytest.mark.parametrize(
        ("answer", "state", "worked"),
        [
            (None, "geslaagd", True), ("onbekend", "deels_geslaagd", True), (None, "niet_gelukt", False),
            (None, "loopt", False), ("omstreden", "geslaagd", False), ("mag_niet", "geslaagd", False),
        ],
    )  # fmt: skip
    def test_room_that_was_used_worked_if_it_ended_well_and_nobody_disputes_it(self, answer, state, worked):
        said = {"doorbraak__grondslag": [ROOM], "doorbraak__juridisch": answer, "resultaat__status": state}
        assert found(LAW, **said) == (("werkproces", "ruimte") if worked else ("rijk-wet", "wet"))

    def test_a_rule_that_both_blocks_and_gives_room_gave_room_where_it_is_the_ground(self):
        ground = [{**ROOM, "rol": "beide"}]
        assert found(LAW, doorbraak__grondslag=ground, doorbraak__juridisch=None, resultaat__status="geslaagd") == (
            "werkproces",
            "ruimte",
        )

    @pytest.mark.parametrize("cause", ["uitvoering", "informatie"])
    def test_a_cause_in_the_work_itself_is_for_the_team_whatever_rules_are_named(self, cause):
        assert found(LAW, local("Verordening vervoer"), knelpunt__oorzaak=cause) == ("werkproces", "uitvoering")

    @pytest.mark.parametrize(
        ("name", "level"),
        [
            ("Verordening leerlingenvervoer", "gemeente-verordening"),
            ("Huisvestingsverordening", "gemeente-verordening"),
            ("Beleidsregels bijzondere bijstand", "college-beleidsregel"),
            ("Handboek toegang", "college-beleidsregel"),
            ("Inkoopafspraken jeugdhulp", "inkoop-contract"),
            ("Raamcontract Wmo", "inkoop-contract"),
            ("Subsidieregeling opvang", "inkoop-contract"),
        ],
    )
    def test_the_name_of_a_local_rule_tells_who_decides_about_it(self, name, level):
        assert found(local(name)) == (level, "lokaal")

    def test_a_local_rule_is_the_municipality_s_even_beside_a_law(self):
        assert found(LAW, local("Verordening vervoer")) == ("gemeente-verordening", "lokaal")

    def test_of_two_local_rules_in_the_way_both_have_to_go(self):
        rules = local("Beleidsregels vervoer"), local("Verordening vervoer")
        assert found(*rules) == found(*rules[::-1]) == ("gemeente-verordening", "lokaal")

    def test_local_policy_without_a_name_is_the_college_s(self):
        assert found(knelpunt__oorzaak="lokaal_beleid") == ("college-beleidsregel", "lokaal")

    def test_a_law_that_leaves_a_choice_is_for_the_municipality(self):
        assert found(OPEN_LAW) == ("college-beleidsregel", "wet_laat_ruimte")

    def test_a_law_that_leaves_none_is_for_the_state(self):
        assert found(LAW) == ("rijk-wet", "wet")
        assert found(AMVB) == ("rijk-amvb-mr", "wet")

    def test_of_several_laws_in_the_way_the_highest_decides(self):
        for rules in ((OPEN_LAW, AMVB, LAW), (LAW, OPEN_LAW, AMVB)):
            assert found(*rules) == ("rijk-wet", "wet")
        assert found(OPEN_LAW, AMVB) == ("rijk-amvb-mr", "wet")

    def test_a_rule_that_only_gave_room_stands_in_nobody_s_way(self):
        assert found({**LAW, "rol": "ruimte"}, {"lokaal": "Verordening vervoer", "rol": "ruimte"}) is None

    def test_a_law_as_cause_without_a_name_is_a_law(self):
        assert found(knelpunt__oorzaak="wet") == ("rijk-wet", "wet")

    @pytest.mark.parametrize("cause", [None, "samenloop"])
    def test_without_rule_or_telling_cause_nothing_can_be_told(self, cause):
        assert found(knelpunt__oorzaak=cause) is None


def lifts(*levels: str) -> list[Lift]:
    return [Lift(f"casus-{number:02}", level, "wet") for number, level in enumerate(levels)]


class TestPattern:
    def test_every_level_helps_those_of_the_levels_below_it_too(self):
        steps = climb(lifts("rijk-wet", "werkproces", "gemeente-verordening"), VOCABULARY)
        assert [step.level for step in steps] == ORDER
        assert [len(step.cases) for step in steps] == [1, 1, 1, 2, 2, 3]
        assert steps[0].cases == ("casus-01",)
        assert {step.known for step in steps} == {3}

    def test_half_is_not_enough(self):
        assert lowest_that_works(climb(lifts("werkproces", "rijk-wet"), VOCABULARY)) == "rijk-wet"
        assert lowest_that_works(climb(lifts("werkproces", "werkproces", "rijk-wet"), VOCABULARY)) == "werkproces"

    def test_nothing_to_tell_gives_no_level(self):
        steps = climb([], VOCABULARY)
        assert [(step.cases, step.known, step.works) for step in steps] == [((), 0, False)] * len(ORDER)
        assert lowest_that_works(steps) is None

    @given(st.lists(st.sampled_from(ORDER), min_size=1, max_size=9), st.randoms())
    def test_the_lowest_that_works_helps_more_than_half_and_no_lower_one_does(self, levels, random):
        ways = lifts(*levels)
        steps = climb(ways, VOCABULARY)
        assert climb(random.sample(ways, len(ways)), VOCABULARY) == steps
        lowest = lowest_that_works(steps)
        assert lowest is not None
        for step in steps:
            helped = sum(ORDER.index(level) <= ORDER.index(step.level) for level in levels)
            assert len(step.cases) == helped
            assert (2 * helped > len(levels)) == (ORDER.index(step.level) >= ORDER.index(lowest))
