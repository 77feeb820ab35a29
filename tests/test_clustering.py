"""Clustering: each case in one group or loose, whatever the number of cases and in whatever order they come."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings

from generator.clustering import CUT, cluster, cluster_rows, join_groups
from generator.similarity import Similarity, compare
from generator.vectors import Traits, traits_of
from tests.factories import some_cases
from tests.test_similarity import some_traits


def grouped(cases):
    return cluster(compare([traits_of(case) for case in cases]))


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (1, []), (2, []), (4, [2]), (15, [5, 5, 5])])
def test_any_number_of_cases_can_be_grouped(count, sizes):
    found = grouped(some_cases(count))
    assert [len(group) for group in found.groups] == sizes
    assert len(found.loose) == count - sum(sizes)


def test_a_group_holds_one_story():
    for group in grouped(some_cases(15)).groups:
        assert len({int(member.case[-2:]) % 3 for member in group}) == 1


def test_members_come_nearest_first_with_their_reasons():
    for group in grouped(some_cases(15)).groups:
        assert [(-member.strength, member.case) for member in group] == sorted(
            (-member.strength, member.case) for member in group
        )
        assert all(member.reasons for member in group)
        assert all(CUT <= member.strength <= 1 for member in group)


def test_large_groups_come_first_then_by_their_first_id():
    found = grouped(some_cases(11))
    assert [(len(group), min(member.case for member in group)) for group in found.groups] == [
        (4, "verzonnen-casus-00"),
        (4, "verzonnen-casus-01"),
        (3, "verzonnen-casus-02"),
    ]


def test_equal_cases_are_a_group_and_strangers_are_not():
    def named(name: str, text: str) -> Traits:
        return Traits(id=name, text=text, kinds=("soort",), domains=("werk",), laws=("pw",))

    found = cluster(compare([named("a", "briefadres"), named("b", "briefadres"), Traits(id="c", text="taxi")]))
    assert [[member.case for member in group] for group in found.groups] == [["a", "b"]]
    assert found.loose == ("c",)


@settings(max_examples=30)
@given(some_traits)
def test_every_case_is_in_one_group_or_loose(traits):
    similarity = compare(traits)
    for cut in (0.01, CUT, 0.9):
        found = cluster(similarity, cut)
        placed = [member.case for group in found.groups for member in group]
        assert sorted([*placed, *found.loose]) == sorted(trait.id for trait in traits)
        assert all(len(group) > 1 for group in found.groups)


@settings(max_examples=30)
@given(some_traits)
def test_backwards_gives_the_same_groups(traits):
    assert cluster(compare(traits)) == cluster(compare(traits[::-1]))


@settings(max_examples=30)
@given(some_traits)
def test_some_rows_alone_are_grouped_as_if_there_were_no_others(traits):
    similarity = compare(traits)
    rows = list(range(len(traits)))[::2]
    found = cluster_rows(similarity, rows, CUT)
    assert sorted(row for group in found for row in group) == rows
    assert all(group == sorted(group) for group in found)
    backwards = cluster_rows(similarity, rows[::-1], CUT)
    assert sorted(map(sorted, backwards)) == sorted(found)


def test_a_lower_cut_never_gives_more_groups():
    similarity = compare([traits_of(case) for case in some_cases(15)])
    counts = [len(cluster_rows(similarity, range(15), cut / 10)) for cut in range(1, 10)]
    assert counts == sorted(counts)


def test_groups_that_are_as_alike_as_what_may_join_become_one_the_most_alike_first():
    total = np.full((6, 6), 0.1, np.float32)
    for alike, rows in ((0.9, [0, 3]), (0.9, [1, 4]), (0.9, [2, 5])):
        total[np.ix_(rows, rows)] = alike
    total[np.ix_([0, 3], [2, 5])] = total[np.ix_([2, 5], [0, 3])] = 0.8
    total[np.ix_([0, 3], [1, 4])] = total[np.ix_([1, 4], [0, 3])] = 0.7
    found = join_groups(Similarity(SimpleNamespace(cases=()), total), [[2, 5], [1, 4], [0, 3]])
    assert found == [[0, 2, 3, 5], [1, 4]]  # 0.8 first; what then became of 0.7 is below the cut
    assert join_groups(Similarity(SimpleNamespace(cases=()), total), []) == []
