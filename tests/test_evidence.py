"""Evidence: counts of what happened. An invented case proves nothing, and what no record says is never guessed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.evidence import Evidence, gather
from generator.model import Case
from generator.money import SCENARIOS
from generator.vocabulary import load_vocabulary
from tests.factories import REAL, a_case, an_entry, money_of

VOCABULARY = load_vocabulary()


def cost(bedrag: int | None, zekerheid: str = "bekend") -> dict[str, Any]:
    line = {"wat": "hulp", "per": "maand", "budget": "wmo", "zekerheid": zekerheid}
    return line if bedrag is None else {**line, "bedrag": str(bedrag)}


def some(*changes: dict[str, Any]) -> list[Case]:
    """Cases that happened, each with these changes."""
    return [a_case(**{**REAL, "id": f"casus-{number}", **change}) for number, change in enumerate(changes, start=1)]


def evidence_of(cases: list[Case], proposed: list[Case] | None = None) -> Evidence:
    every = [*cases, *(proposed or [])]
    entry = an_entry(*cases, proposed=proposed or [])
    return gather(entry, {case.id: case for case in every}, money_of(*every), VOCABULARY)


SAYS_ALL: dict[str, Any] = {
    "verificatie": "bron_gelezen",
    "resultaat": {"status": "geslaagd", "spijt": "nee"},
    "besluit": {"mandaat": "team", "akkoord": "3", "doorlooptijd_dagen": "14"},
    "doorbraak__juridisch": "mag",
    "doorbraak__grondslag": [{"wet": "pw", "artikel": "35", "rol": "ruimte"}],
    "scenarios": {"regulier": {"kosten": [cost(100)]}, "maatwerk": {"kosten": [cost(50)]}},
}
"""A record that holds something for every count."""
WISH = {"soort": "budgetten-ontschotten", "niveau": "werkproces", "voorstel": "Leg de budgetten bij elkaar."}

rules = st.lists(
    st.sampled_from([
        {"wet": "pw", "artikel": "35", "rol": "ruimte"}, {"wet": "pw", "artikel": "35", "lid": "2", "rol": "ruimte"},
        {"wet": "jeugdwet", "artikel": "2.3", "rol": "beide"}, {"lokaal": "Beleidsregels vervoer", "rol": "ruimte"},
    ]),
    max_size=3,
)  # fmt: skip
lines = st.lists(
    st.builds(cost, st.one_of(st.none(), st.integers(0, 9_999)), st.sampled_from(["bekend", "geschat"])), max_size=2
)
changes = st.fixed_dictionaries({
    "herkomst": st.sampled_from(["openbare_bron", "eigen_praktijk", "fictief", "samengesteld"]),
    "verificatie": st.sampled_from([None, "bron_gelezen", "redactie", "uittreksel"]),
    "gemeente": st.sampled_from([None, "Utrecht", "Breda", "[afgeschermd]"]),
    "periode": st.sampled_from(["onbekend", "2019", "2019-K2", "2020-2022"]),
    "doorbraak__grondslag": rules,
    "doorbraak__juridisch": st.sampled_from([None, "mag", "omstreden", "onbekend"]),
    "resultaat": st.fixed_dictionaries({
        "status": st.sampled_from(list(VOCABULARY.labels["resultaten"])),
        "spijt": st.sampled_from(["ja", "nee", "onbekend"]),
    }),
    "besluit": st.fixed_dictionaries({
        "mandaat": st.sampled_from(["team", "college", "onbekend"]),
        "akkoord": st.sampled_from(["onbekend", "3"]),
        "doorlooptijd_dagen": st.sampled_from(["onbekend", "1", "20"]),
    }),
    "scenarios": st.fixed_dictionaries({name: st.fixed_dictionaries({"kosten": lines}) for name in SCENARIOS}),
})  # fmt: skip
stories = st.lists(changes, max_size=5).map(lambda found: some(*found))


class TestInventedCases:
    def test_an_invented_case_proves_nothing(self):
        cases = some(*({**SAYS_ALL, "herkomst": word} for word in ("fictief", "samengesteld")))
        found = evidence_of(cases)
        assert (found.invented, found.real) == (("casus-1", "casus-2"), ())
        counted = (found.read, found.places, found.years, found.undated, found.outcomes, found.regret, found.days)
        assert counted == (0, (), (), 0, (), (), ())
        assert (found.agreed, found.deciders, found.legal, found.tried, found.priced) == ((), (), (), (), 0)
        assert (found.money.cases, found.ended, found.well, found.middle_days) == (0, 0, 0, None)

    def test_what_its_team_would_change_is_still_named(self):
        (wish,) = evidence_of(some({"herkomst": "fictief", "wijziging": [WISH]})).wishes
        assert (wish.case.id, wish.wish.voorstel) == ("casus-1", "Leg de budgetten bij elkaar.")

    @given(stories, changes)
    def test_it_changes_no_count(self, cases, more):
        invented = a_case(**{**more, "herkomst": "fictief", "id": "bedacht"})
        before, after = evidence_of(cases), evidence_of([*cases, invented])
        assert replace(after, cases=before.cases, invented=before.invented) == before
        assert after.real == before.real


class TestCounts:
    def test_a_case_without_a_known_period_is_told_apart(self):
        periods = ("onbekend", "2019", "2019-K3", "2018-2020", "onbekend")
        found = evidence_of(some(*({"periode": period} for period in periods)))
        assert (found.years, found.undated) == ((("2018", 1), ("2019", 2)), 2)

    def test_a_place_counts_once_and_one_that_is_shielded_not_at_all(self):
        places = ({"gemeente": "Utrecht"}, {"gemeente": "Breda"}, {"gemeente": "Utrecht"})
        hidden = ({"gemeente": "[afgeschermd]"}, {"gemeente": None}, {"gemeente": None, "provincie": "Groningen"})
        assert evidence_of(some(*places, *hidden)).places == ("Breda", "Groningen", "Utrecht")

    def test_an_end_that_is_not_known_is_no_end(self):
        states = ("loopt", "niet_gelukt", "onbekend", "deels_geslaagd", "geslaagd")
        found = evidence_of(some(*({"resultaat__status": state} for state in states)))
        assert [word for word, _ in found.outcomes] == [w for w in VOCABULARY.labels["resultaten"] if w in states]
        assert (found.ended, found.well) == (3, 2)

    def test_what_a_record_leaves_open_is_counted_nowhere(self):
        silent = {"resultaat": {"status": "geslaagd", "spijt": "onbekend"}}
        open_ = {"besluit": {"akkoord": "onbekend", "doorlooptijd_dagen": "onbekend"}}
        found = evidence_of(some({}, silent, open_))
        assert (found.regret, found.days, found.agreed, found.deciders, found.legal) == ((), (), (), (), ())
        assert found.middle_days is None

    def test_numbers_come_in_order_with_their_middle(self):
        said = [{"besluit": {"doorlooptijd_dagen": str(days), "akkoord": "3"}} for days in (30, 1, 14, 2)]
        found = evidence_of(some(*said, {"resultaat": {"status": "geslaagd", "spijt": "ja"}}))
        assert (found.days, found.middle_days, found.agreed) == ((1, 2, 14, 30), 8.0, (3, 3, 3, 3))
        assert found.regret == (("ja", 1),)

    def test_only_a_source_that_was_read_whole_counts_as_read(self):
        words = ("bron_gelezen", "uittreksel", "redactie", None)
        assert evidence_of(some(*({"verificatie": word} for word in words))).read == 2

    def test_only_members_that_were_accepted_count(self):
        one, other = some(SAYS_ALL, SAYS_ALL)
        assert evidence_of([one], [other]) == evidence_of([one])


class TestTried:
    def test_a_rule_stands_there_once_with_how_its_cases_ended(self):
        bare = {"wet": "pw", "artikel": "35", "rol": "ruimte"}
        twice = {"doorbraak__grondslag": [{**bare, "lid": "1"}, {**bare, "lid": "2"}]}
        local = {"doorbraak__grondslag": [{"lokaal": "Beleidsregels vervoer"}, bare], "resultaat__status": "loopt"}
        article, rule = evidence_of(some(twice, local)).tried
        assert (article.rule.artikel, article.cases) == ("35", ("casus-1", "casus-2"))
        assert article.outcomes == (("geslaagd", 1), ("loopt", 1))
        assert (rule.rule.lokaal, rule.cases, rule.outcomes) == (
            "Beleidsregels vervoer", ("casus-2",), (("loopt", 1),)
        )  # fmt: skip


class TestMoney:
    def test_a_known_amount_makes_a_case_priced_and_an_estimate_does_not(self):
        def scenario(*lines: dict[str, Any]) -> dict[str, Any]:
            return {"scenarios": {"maatwerk": {"kosten": list(lines)}}}

        guess, blank = cost(100, "geschat"), cost(None, "onbekend")
        found = evidence_of(
            some(scenario(cost(100)), scenario(guess), scenario(blank), scenario(guess, blank, cost(1)), {})
        )
        assert (found.priced, found.money.cases) == (2, 5)
        assert found.money.scenarios["maatwerk"].known.euros == Decimal(1_200)
        assert found.money.scenarios["maatwerk"].estimated.euros == Decimal(1_200)

    @given(stories)
    def test_a_case_without_figures_changes_no_sum(self, cases):
        silent = a_case(**REAL, id="zonder-bedragen")
        before, after = evidence_of(cases), evidence_of([*cases, silent])
        assert (after.priced, after.money.cases) == (before.priced, before.money.cases + 1)
        assert (after.money.returns, after.money.guessed_returns) == (
            before.money.returns, before.money.guessed_returns
        )  # fmt: skip
        for name, total in after.money.scenarios.items():
            assert (total.known, total.estimated) == (
                before.money.scenarios[name].known, before.money.scenarios[name].estimated
            )  # fmt: skip

    @given(st.lists(changes, max_size=4), st.integers(2, 9))
    def test_an_estimate_never_leaks_into_what_is_known(self, found, factor):
        def known(times: int) -> list[object]:
            """What is known, with every estimate that many times as high."""
            higher = [{**change, "scenarios": raised(change["scenarios"], times)} for change in found]
            evidence = evidence_of(some(*higher))
            sums = {name: total.known for name, total in evidence.money.scenarios.items()}
            return [evidence.priced, evidence.money.returns, sums]

        assert known(factor) == known(1)


def raised(scenarios: dict[str, Any], times: int) -> dict[str, Any]:
    """Scenarios with every estimate that many times as high."""
    return {
        name: {"kosten": [
            {**line, "bedrag": str(int(line["bedrag"]) * times)}
            if line["zekerheid"] == "geschat" and "bedrag" in line else line
            for line in scenario["kosten"]
        ]}
        for name, scenario in scenarios.items()
    }  # fmt: skip


@given(stories, st.randoms())
def test_the_order_of_records_and_members_does_not_matter(cases, random):
    members, records = (random.sample(cases, len(cases)) for _ in range(2))
    mixed = gather(an_entry(*members), {case.id: case for case in records}, money_of(*records), VOCABULARY)
    assert mixed == evidence_of(cases)
