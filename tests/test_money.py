"""Money: exact sums per scenario and payer; what is missing stays missing, and an estimate is never called known."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.model import CostLine
from generator.money import SCENARIOS, Comparison, MoneyTable, Shift, Sum, line_sum, tabulate, total
from tests.factories import a_case

TIMES = {"eenmalig": None, "dag": 365, "week": 52, "maand": 12, "kwartaal": 4, "jaar": 1}

ONE_HOME = {
    "niets_doen": {"kosten": [{"wat": "instelling", "bedrag": "3500", "per": "maand", "budget": "jeugdwet"}]},
    "regulier": {"kosten": [{"wat": "begeleid wonen", "bedrag": "2500", "per": "maand", "budget": "wmo"}]},
    "maatwerk": {"kosten": [{"wat": "kamer", "bedrag": "500", "per": "maand", "budget": "bijstand"}]},
}
"""The figures of one household, three ways, three partitions."""


def table(scenarios: dict[str, Any]) -> MoneyTable:
    made = tabulate(a_case(scenarios=scenarios), TIMES)
    assert made is not None
    return made


def line(**changes: Any) -> CostLine:
    return CostLine.model_validate({"wat": "kamer", "zekerheid": "bekend", **changes})


amounts = st.decimals(0, 99_999, places=2).map(str)
cost_lines = st.fixed_dictionaries(
    {"wat": st.just("kamer"), "per": st.sampled_from(list(TIMES)), "zekerheid": st.sampled_from(["bekend", "geschat"])},
    optional={
        "bedrag": amounts,
        "aantal": st.integers(0, 60).map(str),
        "budget": st.sampled_from(["wmo", "bijstand", "jeugdwet"]),
    },
)


def test_three_ways_over_a_year():
    money = table(ONE_HOME)
    assert money.horizon == 12
    assert {name: money.totals[name].known for name in SCENARIOS} == {
        "niets_doen": Decimal(42_000),
        "regulier": Decimal(30_000),
        "maatwerk": Decimal(6_000),
    }
    assert money.saving == {"niets_doen": Decimal(36_000), "regulier": Decimal(24_000)}


def test_three_ways_show_who_pays_and_who_saves():
    assert [(payer, {name: amount.known for name, amount in row.items()}) for payer, row in table(ONE_HOME).payers] == [
        ("bijstand", {"maatwerk": Decimal(6_000)}),
        ("jeugdwet", {"niets_doen": Decimal(42_000)}),
        ("wmo", {"regulier": Decimal(30_000)}),
    ]


def test_the_horizon_of_the_record_counts():
    assert table({**ONE_HOME, "horizon_maanden": "6"}).totals["maatwerk"].known == Decimal(3_000)


def test_how_often_a_sum_returns():
    def over_a_year(**changes: Any) -> Decimal:
        return line_sum(line(bedrag="10", **changes), 12, TIMES).known

    assert [over_a_year(per=per) for per in TIMES] == [10, 3650, 520, 120, 40, 10]
    assert over_a_year(per="maand", aantal="3") == 30
    assert over_a_year(per="maand", aantal="0") == 0
    assert over_a_year(per="eenmalig", aantal="3") == 10


def test_cents_are_rounded_half_up():
    assert line_sum(line(bedrag="0.01", per="jaar"), 6, TIMES).known == Decimal("0.01")
    assert line_sum(line(bedrag="0.01", per="jaar"), 5, TIMES).known == Decimal("0.00")
    assert line_sum(line(bedrag="33.33", per="week"), 1, TIMES).known == Decimal("144.43")


def test_a_case_without_cost_lines_has_no_money():
    assert tabulate(a_case(), TIMES) is None
    assert tabulate(a_case(scenarios={"maatwerk": {"verloop": "Een kamer."}}), TIMES) is None


def test_there_is_no_saving_against_what_is_not_completely_known():
    guessed = {"kosten": [{"wat": "x", "bedrag": "1", "per": "jaar", "zekerheid": "geschat"}]}
    missing = {"kosten": [{"wat": "x", "zekerheid": "onbekend"}]}
    for unsure in (guessed, missing):
        assert table({**ONE_HOME, "regulier": unsure}).saving == {"niets_doen": Decimal(36_000)}
        assert table({**ONE_HOME, "maatwerk": unsure}).saving == {}


def test_a_dearer_exception_saves_less_than_nothing():
    dear = {"kosten": [{"wat": "kamer", "bedrag": "50000", "per": "jaar", "budget": "wmo"}]}
    assert table({**ONE_HOME, "maatwerk": dear}).saving["niets_doen"] == Decimal(-8_000)


def test_costs_without_a_payer_are_of_an_unknown_payer():
    assert [payer for payer, _ in table({"maatwerk": {"kosten": [{"wat": "kamer"}]}}).payers] == ["onbekend"]


@given(st.lists(cost_lines, min_size=1, max_size=8), st.randoms())
def test_sums_do_not_depend_on_order(lines, random):
    shuffled = list(lines)
    random.shuffle(shuffled)
    assert table({"maatwerk": {"kosten": shuffled}}) == table({"maatwerk": {"kosten": lines}})
    sums = [line_sum(line(**fields), 12, TIMES) for fields in lines]
    assert total(reversed(sums)) == total(sums) == table({"maatwerk": {"kosten": lines}}).totals["maatwerk"]


@given(st.lists(cost_lines, max_size=6))
def test_a_line_without_a_figure_changes_no_sum(lines):
    before = total(line_sum(line(**fields), 12, TIMES) for fields in lines)
    after = table({"maatwerk": {"kosten": [*lines, {"wat": "kamer", "zekerheid": "onbekend"}]}}).totals["maatwerk"]
    assert (after.known, after.estimated) == (before.known, before.estimated)
    assert (after.missing, after.lines) == (before.missing + 1, before.lines + 1)
    assert not after.complete


def test_an_estimate_of_nothing_is_still_an_estimate():
    nothing = line_sum(line(bedrag="0", per="jaar", zekerheid="geschat"), 12, TIMES)
    assert (nothing.known, nothing.estimated, nothing.guesses, nothing.complete) == (0, 0, 1, False)


@given(st.lists(cost_lines, min_size=1, max_size=8))
def test_estimates_are_never_among_what_is_known(lines):
    sums = table({"maatwerk": {"kosten": lines}}).totals["maatwerk"]
    known = [fields for fields in lines if fields["zekerheid"] == "bekend"]
    assert sums.known == total(line_sum(line(**fields), 12, TIMES) for fields in known).known
    assert sums.missing == sum("bedrag" not in fields for fields in lines)
    assert sums.guesses == sum("bedrag" in fields and fields["zekerheid"] == "geschat" for fields in lines)


@given(st.lists(st.tuples(cost_lines, st.sampled_from(SCENARIOS)), min_size=1, max_size=10))
def test_payers_add_up_to_the_totals(lines):
    scenarios: dict[str, Any] = {}
    for fields, name in lines:
        scenarios.setdefault(name, {"kosten": []})["kosten"].append(fields)
    money = table(scenarios)
    for name, expected in money.totals.items():
        assert total(row.get(name, Sum()) for _, row in money.payers) == expected


def test_the_comparison_says_who_saves_and_who_pays_more():
    assert table(ONE_HOME).comparisons == (
        Comparison(
            "niets_doen",
            Decimal(36_000),
            guessed=False,
            shifts=(Shift("bijstand", Decimal(6_000), Decimal(0)), Shift("jeugdwet", Decimal(0), Decimal(42_000))),
        ),
        Comparison(
            "regulier",
            Decimal(24_000),
            guessed=False,
            shifts=(Shift("bijstand", Decimal(6_000), Decimal(0)), Shift("wmo", Decimal(0), Decimal(30_000))),
        ),
    )


def test_a_payer_of_both_ways_pays_the_difference():
    both = {"kosten": [{"wat": "kamer", "bedrag": "20", "per": "jaar", "budget": "bijstand"}]}
    dearer = {"kosten": [{"wat": "kamer", "bedrag": "50", "per": "jaar", "budget": "bijstand"}]}
    for before, after, more, less in ((both, dearer, 30, 0), (dearer, both, 0, 30), (both, both, 0, 0)):
        (comparison,) = table({"regulier": before, "maatwerk": after}).comparisons
        assert comparison.shifts == (Shift("bijstand", Decimal(more), Decimal(less)),)


def test_unknown_payers_are_not_weighed_against_each_other():
    before = {"kosten": [{"wat": "hulp", "bedrag": "269000", "per": "jaar", "budget": "onbekend"}]}
    after = {"kosten": [{"wat": "schuld", "bedrag": "6000", "per": "eenmalig"}]}
    (comparison,) = table({"niets_doen": before, "maatwerk": after}).comparisons
    assert comparison.saving == Decimal(263_000)
    assert comparison.shifts == (Shift("onbekend", Decimal(6_000), Decimal(269_000)),)


def test_a_comparison_with_an_estimate_is_an_estimate_and_with_a_gap_is_none():
    guess = {"kosten": [{"wat": "x", "bedrag": "100", "per": "jaar", "budget": "wmo", "zekerheid": "geschat"}]}
    blank = {"kosten": [{"wat": "x", "budget": "wmo", "zekerheid": "onbekend"}]}

    def found(**changes: Any) -> list[tuple[str, bool]]:
        return [(comparison.other, comparison.guessed) for comparison in table({**ONE_HOME, **changes}).comparisons]

    assert found(regulier=guess) == [("niets_doen", False), ("regulier", True)]
    assert found(maatwerk=guess) == [("niets_doen", True), ("regulier", True)]
    assert found(niets_doen=blank) == [("regulier", False)]
    assert found(maatwerk=blank) == []


@given(st.lists(st.tuples(cost_lines, st.sampled_from(SCENARIOS)), min_size=1, max_size=10))
def test_what_payers_save_and_pay_adds_up_to_the_saving(lines):
    scenarios: dict[str, Any] = {}
    for fields, name in lines:
        scenarios.setdefault(name, {"kosten": []})["kosten"].append(fields)
    money = table(scenarios)
    for comparison in money.comparisons:
        assert comparison.saving == sum(shift.less - shift.more for shift in comparison.shifts)
        assert all(shift.payer == "onbekend" or not (shift.less and shift.more) for shift in comparison.shifts)
    assert set(money.saving) <= {comparison.other for comparison in money.comparisons}
