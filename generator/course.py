"""The course: six short lessons as people wrote them (`vocabulary/lessen.yaml`), in the order in which they are taken.

A lesson tells no case: it names what a fitting case must hold and which parts of its record to show.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from generator.vocabulary import read_entries

Quality = Literal["doorbraak", "kosten", "waarden", "uitleg", "patroon", "voorstel"]
"""What a lesson asks of its case; `lessons.py` says what each of them means."""
Extract = Literal[
    "situatie", "vraag", "knelpunt", "doorbraak", "scenarios", "onderbouwing", "uitleg", "besluit", "afspraken",
    "resultaat", "patroon", "voorstel",
]  # fmt: skip
"""A part of a record, its pattern or its proposal that a lesson shows."""
Verdict = Literal["goed", "deels", "niet"]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_Entry):
    """An answer to a question, whether it is the best one, and why."""

    tekst: str
    oordeel: Verdict
    uitleg: str


class Question(_Entry):
    """A question by which a reader checks herself; exactly one choice is the best one."""

    vraag: str
    keuzes: tuple[Choice, ...]


class Section(_Entry):
    """A piece of a lesson: paragraphs, a list, and paragraphs after it."""

    kop: str
    tekst: tuple[str, ...] = ()
    punten: tuple[str, ...] = ()
    slot: tuple[str, ...] = ()


class Example(_Entry):
    """Which case goes with a lesson, what it shows of it, and what to look at."""

    casussen: tuple[str, ...]
    """Ids of the cases that fit best, the best first. Another site may have none of them."""
    zoekt: Quality
    toont: tuple[Extract, ...]
    kijk: tuple[str, ...]


class Lesson(_Entry):
    """One lesson of five to eight minutes."""

    id: str
    titel: str
    doel: str
    delen: tuple[Section, ...]
    voorbeeld: Example
    controle: tuple[Question, ...]
    meenemen: tuple[str, ...]
    bronnen: tuple[str, ...]


@cache
def load_course() -> tuple[Lesson, ...]:
    """The package's own lessons, in their order. Raises `VocabularyError` if the list is missing or broken."""
    return read_entries(Lesson, "lessen")
