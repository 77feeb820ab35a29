"""Work spread over the processors, in processes that begin as copies of this one; the results as if it were done here.

A machine with one processor, a system that cannot copy a process, and a program with threads (the live server) do the
work themselves. So does this process for what is left when a copy dies: nothing is ever passed over.
"""

from __future__ import annotations

import ctypes
import gc
import mmap
import multiprocessing
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from io import StringIO
from itertools import chain, islice
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from generator.heap import standing_still

AHEAD = 4
"""Items that wait for each processor: what comes back is not piled up in memory."""
END_WITH_PARENT = 1
"""What Linux calls the wish to get a signal when the process that made this one ends (`PR_SET_PDEATHSIG`)."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def processors() -> int:
    """How many processors this program may use."""
    return multiprocessing.cpu_count() if sys.platform == "linux" else 1


def shared_table(rows: int, columns: int) -> NDArray[np.float32]:
    """A table of zeros into which copies of this process write as well: what they work out need not travel."""
    memory = mmap.mmap(-1, max(rows * columns, 1) * np.dtype(np.float32).itemsize)
    return np.frombuffer(memory, np.float32, rows * columns).reshape(rows, columns)


def spread(work: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
    """`work` of every item, in order. What it raises, this raises. Items and results travel between processes, `work`
    and what it knows do not.
    """
    if not _may_copy():
        yield from map(work, items)
        return
    copies = processors()
    rest = iter(items)
    waiting: deque[tuple[_Item, Future[_Result] | None]] = deque()
    last: list[_Result] = []
    with _copies(copies, work) as pool:
        waiting.extend((item, _start(pool, item)) for item in islice(rest, AHEAD * copies))
        while waiting:
            item, future = waiting.popleft()
            result = _result(future, work, item)
            waiting.extend((item, _start(pool, item)) for item in islice(rest, 1))
            if waiting:
                yield result
            else:
                last.append(result)
    yield from last  # who takes the last one may not ask for another, and nothing may be at work then


def spread_batches(
    work: Callable[[_Item], _Result],
    items: Sequence[_Item],
    size: int,
    many: int,
    heavy: Callable[[_Item], bool] | None = None,
) -> Iterator[_Result]:
    """`work` of every item, in order, by batches of a size; fewer than `many` batches are done here. Only results
    travel between processes. What is heavy is begun with, each by itself, so that no processor waits for it at the end.
    """

    def do(places: Sequence[int]) -> list[_Result]:
        return [work(items[place]) for place in places]

    apart = [place for place, item in enumerate(items) if heavy and heavy(item)]
    others = [*range(len(items))]
    for place in reversed(apart):
        del others[place]
    batches = [[place] for place in apart] + [others[start : start + size] for start in range(0, len(others), size)]
    done = spread(do, batches) if len(batches) >= many else map(do, batches)
    first = {place: next(done)[0] for place in apart}
    rest = chain.from_iterable(done)
    yield from (first.pop(place) if place in first else next(rest) for place in range(len(items)))


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[None]:
    """Do `work`, of which only what it writes to files counts, in a process beside the block; it is done behind it.

    What it raises, this raises, as if it were done there.
    """
    if not _may_copy():
        yield
        work()
        return
    with standing_still():
        copy = multiprocessing.get_context("fork").Process(target=_do_quietly, args=(work,))
        copy.start()
    try:
        yield
    finally:
        copy.join()
    if copy.exitcode:
        work()


def _do_quietly(work: Callable[[], object]) -> None:
    """In a copy: what goes wrong is done over, and told, by the process that it is a copy of."""
    gc.disable()
    sys.stderr = StringIO()
    work()


def _may_copy() -> bool:
    """Whether this process has processors to share and can be copied safely."""
    inside = multiprocessing.parent_process() is not None
    return processors() > 1 and not inside and threading.active_count() == 1


def _result(future: Future[_Result] | None, work: Callable[[_Item], _Result], item: _Item) -> _Result:
    if future is not None:
        with suppress(BrokenProcessPool):
            return future.result()
    return work(item)


def _start(pool: ProcessPoolExecutor, item: object) -> Future[Any] | None:
    try:
        return pool.submit(_do, item)
    except BrokenProcessPool:
        return None


@contextmanager
def _copies(count: int, work: Callable[[Any], Any]) -> Iterator[ProcessPoolExecutor]:
    """Processes that share the memory of this one as long as neither writes to it."""
    with (
        standing_still(),
        ProcessPoolExecutor(count, multiprocessing.get_context("fork"), _begin, (work,)) as pool,
    ):
        yield pool


_given: list[Callable[[Any], Any]] = []
"""In a copy: the one thing that it does."""


def _begin(work: Callable[[Any], Any]) -> None:
    ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGKILL)  # else it waits forever if that is killed
    gc.disable()
    _given[:] = [work]


def _do(item: object) -> object:
    return _given[0](item)
