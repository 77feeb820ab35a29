"""Tables: CSV by RFC 4180 from the canonical value, one row a noun, keys of parts with a dot between them.

A list is one cell, its entries in order with ` | ` between them, so that the entries of cells that tell of the same
list belong together; a list inside a list has ` ; `. UTF-8 without a byte order mark.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import StringIO
from itertools import chain

from pydantic import BaseModel

from generator.exports.walk import Field, Tree, fields_of

BETWEEN = (" | ", " ; ")
"""What stands between the entries of a list, and of a list inside a list."""
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet would compute; with apostrophes before it, so that one can be taken away."""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True)
class _Key:
    """One key of a noun or of a part of it."""

    name: str
    parts: tuple[_Key, ...]
    """The keys of what it holds; none if that is one cell."""
    width: int
    """How many columns it has."""

    def paths(self) -> Iterator[tuple[str, ...]]:
        """The paths of its columns."""
        if not self.parts:
            yield (self.name,)
        for part in self.parts:
            yield from ((self.name, *path) for path in part.paths())


def render_header(model: type[BaseModel]) -> str:
    """The first row of a table: every key that the model knows, whatever is filled."""
    return _render([[".".join(path) for path in columns(model)]])


def render_rows(rows: Iterable[Tree], model: type[BaseModel]) -> str:
    """The other rows of a table of nouns of one kind."""
    keys = _keys(model)
    cells = ([cell for key in keys for cell in _cells(row.get(key.name), key, 0)] for row in rows)
    return _render([shield(cell) for cell in row] for row in cells)


def _render(rows: Iterable[Sequence[str]]) -> str:
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def columns(model: type[BaseModel]) -> Iterator[tuple[str, ...]]:
    """The paths of the columns, in the order of the model."""
    return chain.from_iterable(key.paths() for key in _keys(model))


@cache
def _keys(model: type[BaseModel]) -> tuple[_Key, ...]:
    return tuple(_key(field) for field in fields_of(model))


def _key(field: Field) -> _Key:
    if field.part is not None:
        parts = _keys(field.part)
        return _Key(field.name, parts, sum(part.width for part in parts))
    parts = (_Key("id", (), 1), _Key("naam", (), 1)) if field.words is not None else ()
    return _Key(field.name, parts, max(len(parts), 1))


def shield(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before it. A number stays a number."""
    return f"'{cell}" if cell and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unshield(cell: str) -> str:
    """What a cell said before `shield`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _cells(value: object, key: _Key, depth: int) -> list[str]:
    """The cells of what a key holds, inside so many lists."""
    if isinstance(value, dict):
        cells: list[str] = []
        for part in key.parts:
            inner = value.get(part.name)
            if isinstance(inner, str) and part.width == 1:
                cells.append(inner)
            else:
                cells += _cells(inner, part, depth)
        return cells
    if isinstance(value, list) and value:
        entries = [_cells(item, key, depth + 1) for item in value]
        between = BETWEEN[min(depth, 1)]
        return [between.join(column) if any(column) else "" for column in zip(*entries, strict=True)]
    return [_scalar(value)] * key.width


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "" if value is None or value == [] else str(value)
