"""Totals over cases: every sum says of how many cases it speaks, and what is estimated or missing stays apart."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.money import SCENARIOS, MoneyTable, tabulate
from generator.totals import PayerTotal, ReturnTotal, ScenarioTotal, Tally, collect
from tests.factories import a_case

TIMES = {"eenmalig": None, "maand": 12, "jaar": 1}
OTHERS = ("niets_doen", "regulier")
BLANK = {"wat": "hulp", "budget": "wmo", "zekerheid": "onbekend"}


def cost(bedrag: int, budget: str = "wmo", zekerheid: str = "bekend") -> dict[str, Any]:
    return {"wat": "hulp", "bedrag": str(bedrag), "per": "maand", "budget": budget, "zekerheid": zekerheid}


def case(horizon: int = 12, **lines: list[dict[str, Any]]) -> MoneyTable | None:
    """The money of a case with these cost lines per scenario."""
    scenarios = {name: {"kosten": costs} for name, costs in lines.items()}
    return tabulate(a_case(scenarios={**scenarios, "horizon_maanden": str(horizon)}), TIMES)


INSTITUTION = case(
    niets_doen=[cost(3500, "jeugdwet")], regulier=[cost(2500, "onbekend")], maatwerk=[cost(500, "bijstand")]
)
GUESSED = case(niets_doen=[cost(1000, "jeugdwet", "geschat")], maatwerk=[cost(100), cost(50, "wmo", "geschat")])
MISSING = case(regulier=[cost(100), BLANK], maatwerk=[cost(200)])
DEARER = case(regulier=[cost(100, "bijstand")], maatwerk=[cost(400, "bijstand")], horizon=6)

lines = st.lists(
    st.one_of(
        st.just(BLANK),
        st.builds(
            cost,
            st.integers(0, 9_999),
            st.sampled_from(["wmo", "bijstand", "onbekend"]),
            st.sampled_from(["bekend", "geschat"]),
        ),
    ),
    max_size=3,
)
tables = st.one_of(
    st.none(),
    st.builds(case, st.integers(1, 36), niets_doen=lines, regulier=lines, maatwerk=lines),
)


def test_a_small_set_adds_up():
    money = collect([INSTITUTION, GUESSED, MISSING, DEARER, None])
    assert money.cases == 5
    assert money.scenarios == {
        "niets_doen": ScenarioTotal(Tally(Decimal(42_000), 1), Tally(Decimal(12_000), 1), missing=0, silent=3),
        "regulier": ScenarioTotal(Tally(Decimal(30_600), 2), Tally(), missing=1, silent=2),
        "maatwerk": ScenarioTotal(Tally(Decimal(10_800), 3), Tally(Decimal(1_800), 1), missing=0, silent=1),
    }
    assert money.returns == {
        "niets_doen": ReturnTotal(
            Tally(Decimal(36_000), 1),
            (
                PayerTotal("bijstand", Tally(Decimal(6_000), 1), Tally(), 1),
                PayerTotal("jeugdwet", Tally(), Tally(Decimal(42_000), 1), 1),
            ),
        ),
        "regulier": ReturnTotal(
            Tally(Decimal(24_000) - Decimal(1_800), 2),
            (
                PayerTotal("bijstand", Tally(Decimal(7_800), 2), Tally(), 2),
                PayerTotal("onbekend", Tally(), Tally(Decimal(30_000), 1), 1),
            ),
        ),
    }
    assert money.guessed_returns == {
        "niets_doen": ReturnTotal(
            Tally(Decimal(10_200), 1),
            (
                PayerTotal("jeugdwet", Tally(), Tally(Decimal(12_000), 1), 1),
                PayerTotal("wmo", Tally(Decimal(1_800), 1), Tally(), 1),
            ),
        ),
        "regulier": ReturnTotal(),
    }
    assert money.horizons == (6, 12)
    assert money.has_figures


def test_what_a_payer_saves_in_one_case_and_pays_in_another_both_stay_visible():
    cheaper = case(regulier=[cost(400, "bijstand")], maatwerk=[cost(100, "bijstand")])
    (payer,) = collect([DEARER, cheaper]).returns["regulier"].payers
    assert payer == PayerTotal("bijstand", Tally(Decimal(1_800), 1), Tally(Decimal(3_600), 1), 2)
    assert payer.difference == Decimal(-1_800)


def test_no_case_and_cases_without_figures_have_no_sum():
    for money in (collect([]), collect([None, None]), collect([case(maatwerk=[BLANK])])):
        assert not money.has_figures
        assert money.horizons == ()
        assert {total.known for total in money.scenarios.values()} == {Tally()}
        assert set(money.returns.values()) == {ReturnTotal()}


@given(st.lists(tables, max_size=6), st.randoms())
def test_totals_do_not_depend_on_order(found, random):
    assert collect(random.sample(found, len(found))) == collect(found)


@given(st.lists(tables, max_size=5), st.integers(0, 5), st.sampled_from([None, case(maatwerk=[BLANK])]))
def test_a_case_without_figures_changes_no_sum(found, at, added):
    before, after = collect(found), collect([*found[:at], added, *found[at:]])
    assert after.cases == before.cases + 1
    assert (after.returns, after.guessed_returns, after.horizons) == (
        before.returns, before.guessed_returns, before.horizons
    )  # fmt: skip
    for name in SCENARIOS:
        assert after.scenarios[name].known == before.scenarios[name].known
        assert after.scenarios[name].estimated == before.scenarios[name].estimated


@given(st.lists(tables, max_size=6))
def test_every_case_is_counted_once_in_every_scenario(found):
    for total in collect(found).scenarios.values():
        assert total.known.cases + total.estimated.cases + total.missing + total.silent == len(found)


@given(st.lists(st.tuples(lines, lines, lines), max_size=5), st.integers(1, 9))
def test_estimates_never_leak_into_what_is_known(stories, factor):
    def totals(times: int) -> list[object]:
        """What is known, with every estimate that many times as high."""
        changed = [
            case(**{
                name: [
                    {**line, "bedrag": str(int(line["bedrag"]) * times)} if line["zekerheid"] == "geschat" else line
                    for line in costs
                ]
                for name, costs in zip(SCENARIOS, story, strict=True)
            })
            for story in stories
        ]  # fmt: skip
        money = collect(changed)
        return [money.returns, {name: total.known for name, total in money.scenarios.items()}]

    assert totals(factor) == totals(1)


@given(st.lists(tables, max_size=5))
def test_what_payers_save_and_pay_adds_up_to_the_return(found):
    money = collect(found)
    for returns in (money.returns, money.guessed_returns):
        assert tuple(returns) == OTHERS
        for total in returns.values():
            assert total.saving.euros == -sum(payer.difference for payer in total.payers)
            assert all(0 < payer.cases <= total.saving.cases for payer in total.payers)


@given(st.lists(tables, max_size=3), st.lists(tables, max_size=3))
def test_two_groups_add_up_to_the_whole(some, others):
    one, two, whole = collect(some), collect(others), collect([*some, *others])
    for name in SCENARIOS:
        assert whole.scenarios[name].known == one.scenarios[name].known + two.scenarios[name].known
    for name in OTHERS:
        assert whole.returns[name].saving == one.returns[name].saving + two.returns[name].saving
