"""Running one build as a process of its own, and what it cost."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import click

from benchmarks.memory import watched_memory

ROOT = Path(__file__).resolve().parent.parent
_STAGE = re.compile(r"(.+) \((\d+\.\d+) s\)")


@dataclass(frozen=True)
class Run:
    """One build: seconds by the clock and of the processors (children included), peak memory, seconds by stage."""

    wall: float
    cpu: float
    megabytes: float
    """Of the largest process."""
    stages: Mapping[str, float]
    together: float = 0.0
    """Megabytes of all its processes together, what they share counted once; only where it was asked for."""


def module(name: str, *values: Path | str) -> list[str]:
    """The command that runs a module of Python."""
    return [sys.executable, "-m", name, *map(str, values)]


def run(command: Sequence[str], *, together: bool = False, cache: Path | None = None) -> Run:
    """Run a build and measure it; with `together` also the memory of all its processes, which takes time itself.

    What it keeps for the next one goes to `cache`.

    Raises `click.ClickException` with what it printed if it fails.
    """
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"} | ({"XDG_CACHE_HOME": str(cache)} if cache else {})
    started = perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    with watched_memory(process.pid, enabled=together) as seen:
        talk = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise click.ClickException(f"{' '.join(command)}\n{talk}")
    stages = {match[1]: float(match[2]) for match in map(_STAGE.fullmatch, talk.splitlines()) if match}
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, stages, max(seen, default=0.0))


@contextmanager
def scratch(work: Path | None) -> Iterator[Path]:
    """A folder to work in: `work`, which must be new and is kept, or a temporary one."""
    if work is None:
        with tempfile.TemporaryDirectory(prefix="maatwerkatlas-") as name:
            yield Path(name)
        return
    work.mkdir(parents=True)
    yield work.absolute()
