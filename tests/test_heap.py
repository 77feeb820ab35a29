"""The heap: what stays is left alone, what nobody needs still goes."""

from __future__ import annotations

import gc
import weakref

import pytest

from generator.heap import made_to_stay, standing_still, unsearched


class Thing:
    """Something that can hold another."""

    other: object = None


def a_ring() -> weakref.ref[Thing]:
    one, two = Thing(), Thing()
    one.other, two.other = two, one
    return weakref.ref(one)


blocks = pytest.mark.parametrize("block", [made_to_stay, unsearched])


@blocks
def test_nobody_looks_for_garbage_in_the_block_and_everyone_after_it(block):
    with block():
        assert not gc.isenabled()
    assert gc.isenabled()


@blocks
def test_who_had_the_collector_off_keeps_it_off(block):
    gc.disable()
    try:
        with block():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_ring_made_while_nobody_searched_goes_afterwards():
    with unsearched():
        ring = a_ring()
        assert ring() is not None
    gc.collect()
    assert ring() is None


def test_what_nobody_refers_to_goes_at_once_and_a_ring_when_the_next_block_has_begun():
    with made_to_stay():
        alone = weakref.ref(Thing())
        ring = a_ring()
    assert alone() is None
    gc.collect()
    assert ring() is not None
    with made_to_stay():
        pass
    gc.unfreeze()
    gc.collect()
    assert ring() is None


def test_standing_still_leaves_alone_what_stayed_before():
    gc.unfreeze()
    with standing_still():
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0
    with made_to_stay():
        kept = Thing()
    before = gc.get_freeze_count()
    with standing_still():
        pass
    assert gc.get_freeze_count() >= before > 0
    assert kept.other is None
    gc.unfreeze()
