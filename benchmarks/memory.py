"""How much memory a program and all that it starts take together, on Linux; what they share counts once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

EVERY = 1.0
"""Seconds between two looks."""


@contextmanager
def watched_memory(process: int, *, enabled: bool) -> Iterator[list[float]]:
    """Look at a process and its descendants until the block ends; megabytes at each look, none unless `enabled`."""
    seen: list[float] = []
    if not enabled:
        yield seen
        return
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(EVERY):
            seen.append(sum(_shared_out(one) for one in _family(process)) / 1024)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()


def _family(process: int) -> list[int]:
    """A process and its descendants."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            stat = (entry / "stat").read_text()
            parent = int(stat.rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(entry.name))
    found = [process]
    for one in found:
        found += children.get(one, [])
    return found


def _shared_out(process: int) -> float:
    """Kilobytes of a process; of a page that n processes share it counts an n-th part."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return float(line.split()[1])
    return 0.0
