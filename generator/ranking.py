"""Ranking: how much evidence there is behind a proposal. A sum of five counts and nothing else: every point is a case,
a place or a source that a reader can open. It says nothing about how important a proposal is.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.evidence import Evidence

PARTS = ("casussen", "plaatsen", "gelezen", "bedragen", "aflopen")
"""The parts of a score, in the order in which readers see them."""


@dataclass(frozen=True)
class Score:
    """Evidence points; each part counts one for one. Cases that are made up count nowhere."""

    casussen: int
    """Cases."""
    plaatsen: int
    """Municipalities or provinces."""
    gelezen: int
    """Cases whose source was read in full."""
    bedragen: int
    """Cases with a known amount."""
    aflopen: int
    """Cases of which the end is known."""

    @property
    def total(self) -> int:
        """The sum of the parts."""
        return sum(getattr(self, part) for part in PARTS)


def score(evidence: Evidence) -> Score:
    """The score of a pattern's evidence."""
    return Score(
        casussen=len(evidence.real),
        plaatsen=len(evidence.places),
        gelezen=evidence.read,
        bedragen=evidence.priced,
        aflopen=evidence.ended,
    )
