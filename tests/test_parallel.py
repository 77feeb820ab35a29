"""Work over the processors: the results and faults of doing it here, whatever becomes of a copy."""

from __future__ import annotations

import os
from multiprocessing import active_children, parent_process
from threading import Event, Thread, active_count

import pytest

from generator import parallel
from generator.parallel import beside, shared_table, spread, spread_batches


def twice(number: int) -> tuple[int, int]:
    return 2 * number, os.getpid()


def stumble(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


def die_in_a_copy(number: int) -> int:
    if number == 1 and parent_process() is not None:
        os._exit(1)
    return number


@pytest.fixture(params=[1, 2, 3])
def cores(request, monkeypatch):
    monkeypatch.setattr(parallel, "processors", lambda: request.param)
    monkeypatch.setattr(parallel.threading, "active_count", lambda: 1)  # who runs the tests may have a thread
    return request.param


def test_results_come_in_order_on_any_number_of_processors(cores):
    assert [found for found, _ in spread(twice, range(20))] == [2 * number for number in range(20)]
    assert list(spread(twice, [])) == []


def test_work_is_done_elsewhere_only_with_more_than_one_processor(cores):
    assert ({process for _, process in spread(twice, range(20))} == {os.getpid()}) == (cores == 1)


@pytest.mark.usefixtures("cores")
def test_what_the_work_raises_is_raised():
    with pytest.raises(ValueError, match="three"):
        list(spread(stumble, range(6)))


@pytest.mark.usefixtures("cores")
def test_nothing_is_passed_over_when_a_copy_dies():
    assert list(spread(die_in_a_copy, range(6))) == list(range(6))


def test_a_program_with_threads_works_alone(monkeypatch):
    monkeypatch.setattr(parallel, "processors", lambda: 2)
    done = Event()
    other = Thread(target=done.wait)
    other.start()
    try:
        assert {process for _, process in spread(twice, range(4))} == {os.getpid()}
    finally:
        done.set()
        other.join()


@pytest.mark.usefixtures("cores")
def test_when_the_last_result_is_there_nothing_is_at_work_any_more(monkeypatch):
    monkeypatch.setattr(parallel, "processors", lambda: 2)
    before = active_count()
    results = spread(twice, range(5))
    for _ in range(5):
        next(results)
    assert active_count() == before
    batched = spread_batches(twice, range(7), 2, 1)
    for _ in range(7):
        next(batched)
    assert active_count() == before


def test_copies_write_into_one_table():
    table = shared_table(6, 4)

    def fill(row: int) -> None:
        table[row] = row

    list(spread(fill, range(6)))
    assert table.tolist() == [[row] * 4 for row in range(6)]
    assert shared_table(0, 0).shape == (0, 0)


def test_what_is_heavy_goes_first_and_by_itself_and_its_result_stands_in_its_place(cores):
    order: list[int] = []

    def note(number: int) -> int:
        order.append(number)
        return 2 * number

    results = list(spread_batches(note, range(20), 4, 3, lambda number: number in {7, 19}))
    assert results == [2 * number for number in range(20)]
    assert order == ([7, 19, *(n for n in range(20) if n not in {7, 19})] if cores == 1 else [])


@pytest.mark.usefixtures("cores")
def test_a_few_batches_are_done_here_also_if_some_items_are_heavy():
    assert list(spread_batches(twice, range(6), 4, 10, lambda number: number > 3)) == [twice(n) for n in range(6)]


class TestBeside:
    @pytest.mark.usefixtures("cores")
    def test_what_it_writes_stands_there_behind_the_block(self, tmp_path):
        with beside(lambda: (tmp_path / "een").write_text("gedaan")):
            (tmp_path / "twee").write_text("ook")
        assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"een": "gedaan", "twee": "ook"}

    def test_it_is_done_elsewhere_only_with_more_than_one_processor(self, cores):
        done: list[int] = []
        with beside(lambda: done.append(1)):
            assert done == []
        assert done == ([1] if cores == 1 else [])

    @pytest.mark.usefixtures("cores")
    def test_inside_the_block_work_is_still_spread(self):
        with beside(lambda: None):
            assert [found for found, _ in spread(twice, range(6))] == [0, 2, 4, 6, 8, 10]

    @pytest.mark.usefixtures("cores")
    def test_what_it_raises_is_raised_here(self, capfd):
        def fail() -> None:
            raise ValueError("kapot")

        with pytest.raises(ValueError, match="kapot"), beside(fail):
            pass
        assert capfd.readouterr().err == ""

    @pytest.mark.usefixtures("cores")
    def test_what_the_block_raises_is_raised_and_nothing_is_at_work_any_more(self):
        with pytest.raises(KeyError), beside(lambda: None):
            raise KeyError
        assert not active_children()
