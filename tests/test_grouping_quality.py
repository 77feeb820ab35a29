"""How well the grouping agrees with people: 86 cases that two people labelled apart from each other.

`data/labels.jsonl` says which pattern each saw in a case, or none. A case in no pattern is a group of its own. The
weights of the similarity were learned from these very labels, so the figures say that nothing broke, not how well the
model does on cases it has never seen; they lie below what was measured, so that a better model passes and a slip not.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Sequence
from itertools import combinations
from pathlib import Path

import pytest

from generator.grouping import group_cases
from generator.pipeline import check_records
from generator.settings import Settings
from generator.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[1]
LABELS = [json.loads(line) for line in (ROOT / "tests/data/labels.jsonl").read_text("utf-8").splitlines()]
WANTED_BCUBED = 0.80
WANTED_PAIR_PRECISION = 0.75

Groups = Sequence[Hashable]
"""The group of each case, in the order of the labels."""


def bcubed_f1(gold: Groups, found: Groups) -> float:
    """Mean over cases of how pure and how complete the found group of each case is, as one figure."""
    rows = range(len(gold))
    same_gold = [{other for other in rows if gold[other] == gold[row]} for row in rows]
    same_found = [{other for other in rows if found[other] == found[row]} for row in rows]
    precision = sum(len(same_gold[row] & same_found[row]) / len(same_found[row]) for row in rows) / len(gold)
    recall = sum(len(same_gold[row] & same_found[row]) / len(same_gold[row]) for row in rows) / len(gold)
    return 2 * precision * recall / (precision + recall)


def pair_precision(gold: Groups, found: Groups) -> float:
    """The part of the pairs put together that people put together too."""
    pairs = [(one, other) for one, other in combinations(range(len(gold)), 2) if found[one] == found[other]]
    return sum(gold[one] == gold[other] for one, other in pairs) / len(pairs)


@pytest.fixture(scope="module")
def found() -> list[str]:
    """The group in which the model puts each labelled case."""
    vocabulary = load_vocabulary()
    settings = Settings(root=ROOT, cases=ROOT / "cases", patterns=ROOT / "patterns")
    wanted = {row["id"] for row in LABELS}
    cases = [record.case for record in check_records(settings, vocabulary).records if record.case.id in wanted]
    assert {case.id for case in cases} == wanted
    groups = group_cases(cases, vocabulary)
    place = {member.case: pattern.id for pattern in groups.patterns for member in pattern.members}
    return [place.get(row["id"], row["id"]) for row in LABELS]


def labels_of(person: str) -> list[str]:
    return [row[person] or row["id"] for row in LABELS]


def test_the_measures_know_the_extremes():
    one, apart, pairs = list("aaaa"), list("abcd"), list("aabb")
    assert bcubed_f1(pairs, pairs) == 1
    assert bcubed_f1(apart, one) == pytest.approx(2 * 0.25 / 1.25)
    assert bcubed_f1(one, apart) == pytest.approx(2 * 0.25 / 1.25)
    assert pair_precision(pairs, one) == pytest.approx(2 / 6)
    assert pair_precision(one, pairs) == 1


def test_groups_agree_with_people(found):
    scores = [bcubed_f1(labels_of(person), found) for person in ("pattern_a", "pattern_b")]
    assert sum(scores) / 2 >= WANTED_BCUBED, scores


def test_who_is_put_together_mostly_belongs_together(found):
    scores = [pair_precision(labels_of(person), found) for person in ("pattern_a", "pattern_b")]
    assert sum(scores) / 2 >= WANTED_PAIR_PRECISION, scores


def test_people_agree_better_with_each_other_than_is_asked_of_the_model():
    assert bcubed_f1(labels_of("pattern_a"), labels_of("pattern_b")) > 0.9
