"""Labelled sentences, and documents made by joining them. Every sentence is invented."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

FOLDER = Path(__file__).with_name("labelled")
WORDS = 300
"""A document has so many words, or a few more: a sentence is not cut."""


@dataclass(frozen=True)
class Mark:
    """A stretch of a sentence that points at a person, and the kind of datum it is."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Sentence:
    """One sentence. Without marks it is clean: whatever is found in it is a false alarm."""

    id: str
    tag: str
    """What is particular about it; in a sentence with names their origin."""
    text: str
    marks: tuple[Mark, ...]
    file: str
    """Name of the file that it is from."""


def default_files() -> tuple[Path, ...]:
    """The labelled files that lie beside this module."""
    return tuple(sorted(FOLDER.glob("*.jsonl")))


def load_sentences(files: Iterable[Path]) -> tuple[Sentence, ...]:
    """Every sentence of the files, in order. Raises `ValueError` if a mark is not in its sentence."""
    return tuple(_sentence(line, file.name) for file in files for line in file.read_text("utf-8").split("\n") if line)


def _sentence(line: str, file: str) -> Sentence:
    row = json.loads(line)
    marks = tuple(Mark(mark["start"], mark["end"], mark["type"]) for mark in row["spans"])
    if row["clean"] == bool(marks) or not all(0 <= m.start < m.end <= len(row["text"]) for m in marks):
        raise ValueError(row["id"])
    return Sentence(row["id"], row["tag"], row["text"], marks, file)


def join_documents(sentences: Sequence[Sentence], seed: int) -> tuple[str, ...]:
    """Documents of about `WORDS` words, clean and planted sentences mixed; each sentence stands in one of them."""
    order = list(sentences)
    Random(seed).shuffle(order)
    documents: list[str] = []
    lines: list[str] = []
    for sentence in order:
        lines.append(sentence.text)
        if len(" ".join(lines).split()) >= WORDS:
            documents.append(" ".join(lines))
            lines = []
    return tuple(documents) or (" ".join(lines),)
