"""Progress: a bar on a terminal for a stage that takes longer than two seconds; nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, perf_counter
from typing import Protocol, TypeVar

import click

Report = Callable[[str, float], None]
"""Told after each stage: what it did with how much, and the seconds it took."""
PATIENCE = 2.0
"""Seconds before a bar appears."""

_Item = TypeVar("_Item")


class Track(Protocol):
    """Passes items on, and may show how far they are."""

    def __call__(self, label: str, items: Iterable[_Item], total: int) -> Iterator[_Item]:
        """The same items; `total` is how many are expected."""
        ...


def untracked(label: str, items: Iterable[_Item], total: int) -> Iterator[_Item]:  # noqa: ARG001 - says nothing
    """The items, without a word."""
    yield from items


def tracked(label: str, items: Iterable[_Item], total: int) -> Iterator[_Item]:
    """The items, with a bar on standard error once they take long; none where that is no terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    started = monotonic()
    waiting = iter(items)
    count = 0
    for item in waiting:
        yield item
        count += 1
        if monotonic() - started > PATIENCE:
            break
    else:
        return
    with click.progressbar(waiting, length=max(total - count, 0), label=label, file=sys.stderr) as bar:
        yield from bar


def silent(stage: str, seconds: float) -> None:
    """A report that says nothing."""


@dataclass(frozen=True)
class Talk:
    """What a build says while it works; by default nothing."""

    report: Report = silent
    track: Track = untracked


@contextmanager
def staged(report: Report) -> Iterator[Callable[[str], None]]:
    """A stage: what it says is reported when it ends well, with how long it took."""
    started = perf_counter()
    said: list[str] = []
    yield said.append
    for line in said:
        report(line, perf_counter() - started)
