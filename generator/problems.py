"""Problems: faults in the data as values, never as exceptions; sorted, so the same faults always print the same."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from importlib.resources import files


class Severity(Enum):
    """How much a problem weighs; the value is the word that readers see."""

    ERROR = "fout"
    """The record cannot be published."""
    WARNING = "waarschuwing"
    """The record can be published; a person should look."""


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file; `line` and `column` count from 1, in characters."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Problem:
    """One fault at one place. `code` is a promise: never renamed, never reused for another fault."""

    file: str
    place: Place
    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    """What the message needs to name: names of fields, words of lists, numbers. Of a record's own text only what the
    privacy gate found, masked; a person at her own screen may ask to see it."""

    @property
    def severity(self) -> Severity:
        """The weight that `text/nl.toml` gives this code."""
        return Severity(messages()[self.code].get("ernst", Severity.ERROR.value))

    @property
    def message(self) -> str:
        """What is wrong and what to do, in Dutch."""
        entry = messages()[self.code]
        return f"{entry['melding']} {entry['advies']}".format_map(dict(self.values))

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """File, line, column, code: the order in which problems are shown."""
        return (self.file, self.place.line, self.place.column, self.code, self.message)


@cache
def messages() -> Mapping[str, dict[str, str]]:
    """The messages of `text/nl.toml`, by code; package data, read once."""
    table: Mapping[str, dict[str, str]] = tomllib.loads(files("generator").joinpath("text/nl.toml").read_text("utf-8"))
    return table


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """All problems in showing order, each once."""
    return tuple(sorted({problem.sort_key: problem for problem in problems}.values(), key=lambda p: p.sort_key))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether anything stands in the way of publishing."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def render_lines(problems: Iterable[Problem]) -> Iterator[tuple[str, bool]]:
    """Each problem on a line as a log tells it, and whether it is a fault."""
    for problem in problems:
        line = f"{problem.file}:{problem.place.line}:{problem.place.column}: {problem.code} {problem.message}"
        yield line, problem.severity is Severity.ERROR


def render_text(problems: Iterable[Problem]) -> str:
    """`file:line:column: severity CODE message`, one a line."""
    return "".join(
        f"{p.file}:{p.place.line}:{p.place.column}: {p.severity.value} {p.code} {p.message}\n" for p in problems
    )


def render_json(problems: Iterable[Problem]) -> str:
    """A JSON list of objects with the keys bestand, regel, kolom, ernst, code, melding."""
    rows = [
        {
            "bestand": p.file,
            "regel": p.place.line,
            "kolom": p.place.column,
            "ernst": p.severity.value,
            "code": p.code,
            "melding": p.message,
        }
        for p in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def render_github(problems: Iterable[Problem]) -> str:
    """Workflow commands that a CI service shows beside the line of the file."""
    kinds = {Severity.ERROR: "error", Severity.WARNING: "warning"}
    return "".join(
        f"::{kinds[p.severity]} file={_property(p.file)},line={p.place.line},col={p.place.column},"
        f"title={_property(p.code)}::{_data(p.message)}\n"
        for p in problems
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
