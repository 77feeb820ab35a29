"""Nearness: the nearest first, equals in the order of the rows, and nothing below the floor."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import nearness
from generator.nearness import highest, near_pairs

tenths = st.integers(0, 10).map(lambda number: number / 10)


@given(st.lists(st.integers(0, 9).map(lambda tenths: tenths / 10), max_size=9), st.integers(1, 9))
def test_the_highest_come_first_and_equals_in_their_order(values, count):
    expected = sorted(range(len(values)), key=lambda place: (-values[place], place))[:count]
    assert highest(np.array(values, np.float32), count) == expected


@pytest.mark.parametrize("block", [2, 1024])
@given(
    st.integers(0, 7).flatmap(
        lambda size: st.lists(st.lists(tenths, min_size=size, max_size=size), min_size=size, max_size=size)
    ),
    tenths,
)
def test_of_every_row_what_is_not_below_the_floor_comes_nearest_first(block, rows, floor):
    total = np.array(rows, np.float32).reshape(len(rows), len(rows))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearness, "BLOCK", block)
        found = near_pairs(total, floor)
    for at, row in enumerate(rows):
        part = slice(*found.indptr[at : at + 2])
        expected = [place for place in highest(total[at], len(row)) if row[place] >= floor]
        assert found.indices[part].tolist() == expected
        assert found.data[part].tolist() == total[at, expected].tolist()
