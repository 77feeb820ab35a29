"""Digests: the same for the same value in every run, another for any other value."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.digest import Digests, digest_text
from tests.factories import a_case

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=6,
)


@dataclass(frozen=True)
class Leaf:
    word: str
    sum: Decimal = Decimal("1.50")


@dataclass(frozen=True)
class OtherLeaf:
    word: str
    sum: Decimal = Decimal("1.50")


@dataclass(frozen=True)
class Branch:
    leaves: tuple[Leaf, ...]

    @cached_property
    def size(self) -> int:
        return len(self.leaves)


def of(value: object) -> str:
    return Digests(()).of(value)


class TestValues:
    @given(VALUES, VALUES)
    def test_two_values_share_a_digest_only_if_they_are_written_the_same(self, one, other):
        assert (of(one) == of(other)) == (repr(one) == repr(other))

    def test_it_is_made_of_the_type_and_all_fields(self):
        leaf = Leaf("blad")
        assert of(leaf) == of(Leaf("blad"))
        assert len({of(leaf), of(Leaf("boom")), of(replace(leaf, sum=Decimal(2))), of(OtherLeaf("blad"))}) == 4

    def test_what_a_value_remembers_beside_its_fields_does_not_count(self):
        branch = Branch((Leaf("blad"),))
        before = of(branch)
        assert branch.size == 1
        assert of(branch) == before

    def test_one_object_twice_is_the_same_as_two_equal_ones(self):
        leaf = Leaf("blad")
        assert of((leaf, leaf)) == of((leaf, Leaf("blad")))

    def test_a_record_is_told_by_every_field(self):
        assert of(a_case()) == of(a_case())
        assert of(a_case()) != of(a_case(periode="2018"))

    def test_what_is_no_value_has_none(self):
        for thing in (lambda: 1, [of], Digests(()).of):
            with pytest.raises((TypeError, AttributeError)):
                of(thing)


class TestShared:
    def test_what_is_shared_counts_as_deep_as_it_stands(self):
        digests = Digests([Leaf, Branch])
        found = [digests.of([Branch((Leaf(word),)), 1]) for word in ("blad", "boom", "blad")]
        assert found[0] == found[2] != found[1]

    def test_it_is_worked_out_once(self):
        class Counted(Branch):
            asked = 0

            def __getattribute__(self, name: str) -> object:
                Counted.asked += name == "leaves"
                return super().__getattribute__(name)

        digests = Digests([Counted])
        branch = Counted((Leaf("blad"),))
        assert digests.of((branch, branch)) == digests.of((branch, branch))
        assert Counted.asked == 1


def test_it_is_the_same_in_another_run_with_other_hashes():
    program = "from generator.digest import *; from tests.factories import *; print(Digests(()).of(a_case()))"
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in "123"
    }
    assert told == {of(a_case())}


def test_texts_have_one_too():
    assert digest_text("é") == digest_text("é") != digest_text("e")
