"""Ranking: a sum of counts that a reader can do again, to which an invented case adds nothing."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.evidence import gather
from generator.model import Case
from generator.proposals import propose_changes
from generator.ranking import PARTS, Score, score
from generator.registry import Registry
from generator.vocabulary import load_vocabulary
from tests.factories import REAL, a_case, an_entry, money_of

VOCABULARY = load_vocabulary()
COSTS = {"maatwerk": {"kosten": [{"wat": "hulp", "bedrag": "100", "per": "maand", "zekerheid": "bekend"}]}}
STRONG: dict[str, Any] = {"verificatie": "bron_gelezen", "scenarios": COSTS}
"""A case that counts in every part."""

changes = st.fixed_dictionaries({
    "herkomst": st.sampled_from(["openbare_bron", "fictief"]),
    "gemeente": st.sampled_from(["Utrecht", "Breda", None]),
    "verificatie": st.sampled_from(["bron_gelezen", "uittreksel", None]),
    "resultaat__status": st.sampled_from(["geslaagd", "niet_gelukt", "loopt", "onbekend"]),
    "scenarios": st.sampled_from([None, COSTS]),
})  # fmt: skip


def some(*found: dict[str, Any], start: int = 1) -> list[Case]:
    return [
        a_case(**{**REAL, "id": f"casus-{number:02}", **change}) for number, change in enumerate(found, start=start)
    ]


def score_of(cases: list[Case]) -> Score:
    return score(gather(an_entry(*cases), {case.id: case for case in cases}, money_of(*cases), VOCABULARY))


def order_of(patterns: dict[str, list[Case]]) -> list[str]:
    """The proposals of patterns, in the order in which readers see them."""
    cases = {case.id: case for members in patterns.values() for case in members}
    entries = [an_entry(*members, id=number, number=number) for number, members in patterns.items()]
    found = propose_changes(entries, cases, money_of(*cases.values()), Registry(), VOCABULARY)
    return [proposal.pattern.id for proposal in found]


def test_every_part_counts_one_for_one():
    weak = {"gemeente": None, "resultaat__status": "loopt"}
    found = score_of(some(STRONG, weak, {"gemeente": "Breda", "resultaat__status": "niet_gelukt"}))
    assert found == Score(casussen=3, plaatsen=2, gelezen=1, bedragen=1, aflopen=2)
    assert found.total == 9


def test_the_parts_are_all_that_there_is():
    assert set(PARTS) == set(Score.__dataclass_fields__)


def test_each_part_moves_the_total_by_as_much_as_itself():
    plain = dict.fromkeys(PARTS, 2)
    assert [Score(**{**plain, part: 7}).total for part in PARTS] == [15] * len(PARTS)


@given(st.lists(changes, max_size=5), changes)
def test_the_score_is_the_sum_of_its_parts_and_an_invented_case_changes_none(found, more):
    before = score_of(some(*found))
    assert before.total == sum(getattr(before, part) for part in PARTS)
    assert score_of([*some(*found), a_case(**{**more, "herkomst": "samengesteld", "id": "bedacht"})]) == before


@given(st.lists(changes, max_size=5), changes)
def test_a_real_case_never_lowers_a_part(found, more):
    before, after = score_of(some(*found)), score_of(some(*found, {**more, **REAL}))
    assert after.casussen == before.casussen + 1
    assert all(getattr(after, part) >= getattr(before, part) for part in PARTS)


class TestOrder:
    def test_the_most_evidence_comes_first(self):
        assert order_of({"P-0001": some({}), "P-0002": some(STRONG, start=5)}) == ["P-0002", "P-0001"]

    def test_on_a_tie_the_one_with_the_most_cases_comes_first_and_then_the_lowest_number(self):
        one = {"verificatie": "bron_gelezen", "gemeente": "Utrecht"}
        two = {"gemeente": None, "resultaat__status": "loopt"}
        patterns = {
            "P-0001": some(one),
            "P-0002": some(two, two, two, two, start=5),
            "P-0004": some(one, start=10),
            "P-0003": some(one, start=15),
        }
        assert {score_of(cases).total for cases in patterns.values()} == {4}
        assert order_of(patterns) == ["P-0002", "P-0001", "P-0003", "P-0004"]
        assert order_of(dict(reversed(patterns.items()))) == ["P-0002", "P-0001", "P-0003", "P-0004"]

    def test_invented_cases_win_nothing(self):
        invented = some(*[{**STRONG, "herkomst": "fictief"}] * 4, start=5)
        assert order_of({"P-0001": invented, "P-0002": some({})}) == ["P-0002", "P-0001"]
