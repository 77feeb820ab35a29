"""What is measured of one method on one corpus, as it passes from the measuring process to the report."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from benchmarks.patterns.measures import Scores
from benchmarks.patterns.stability import Stability


@dataclass(frozen=True)
class Quality:
    """Agreement with the known groups, and what it took; means over the runs."""

    scores: Scores
    similar: float
    """Recall among the first five similar cases."""
    groups: int
    wall: float
    cpu: float
    """Seconds by the clock, and of the processor: on a busy machine only the second can be compared."""
    megabytes: float
    """Peak of the whole process, cases and libraries included."""


@dataclass(frozen=True)
class Figures:
    """One row: what was measured, and why what is absent was not."""

    quality: Quality | None = None
    stability: Stability | None = None
    missing: str = ""


def dump_figures(figures: Figures) -> str:
    """Figures as one line."""
    return json.dumps(asdict(figures))


def parse_figures(line: str) -> Figures:
    """Figures from such a line."""
    value = json.loads(line)
    quality, stability = value["quality"], value["stability"]
    if quality is not None:
        quality = Quality(**{**quality, "scores": Scores(**quality["scores"])})
    return Figures(quality, Stability(**stability) if stability is not None else None, value["missing"])
