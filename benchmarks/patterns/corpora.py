"""What the methods are tried on: the labelled records of the project, and planted cases."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks.patterns.measures import Groups
from benchmarks.patterns.planted import plant
from generator.model import Case
from generator.pipeline import check_records
from generator.settings import Settings
from generator.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parents[2]
LABELS = ROOT / "tests/data/labels.jsonl"
LABELLED = "gelabeld"
"""The name of the corpus of labelled records; any other corpus is named by its number of planted cases."""


@dataclass(frozen=True)
class Corpus:
    """Cases with the groups they are known to be in, once for each who said so."""

    cases: tuple[Case, ...]
    golds: tuple[Groups, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the cases."""
        return tuple(case.id for case in self.cases)


def load_corpus(name: str, seed: int) -> Corpus:
    """The labelled records, or that many planted cases."""
    if name == LABELLED:
        return labelled()
    planted = plant(int(name), seed)
    return Corpus(planted.cases, (planted.pattern,))


def labelled() -> Corpus:
    """The records that two annotators labelled apart from each other, with the groups of each."""
    rows = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    wanted = {row["id"] for row in rows}
    settings = Settings(root=ROOT, cases=ROOT / "cases", patterns=ROOT / "patterns")
    cases = [record.case for record in check_records(settings, load_vocabulary()).records if record.case.id in wanted]
    golds = tuple({row["id"]: row[key] for row in rows if row[key]} for key in ("pattern_a", "pattern_b"))
    return Corpus(tuple(cases), golds)
