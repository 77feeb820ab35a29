"""Tables: CSV by RFC 4180 from the canonical value, one row a noun, keys of parts with a dot between them.

A list is one cell, its entries in order with ` | ` between them, so that the entries of cells that tell of the same
list belong together; a list inside a list has ` ; `. UTF-8 without a byte order mark.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import groupby
from operator import itemgetter

from pydantic import BaseModel

from generator.exports.walk import Tree, fields_of

BETWEEN = (" | ", " ; ")
"""What stands between the entries of a list, and of a list inside a list."""
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet would compute; with apostrophes before it, so that one can be taken away."""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def render_header(model: type[BaseModel]) -> str:
    """The first row of a table: every key that the model knows, whatever is filled."""
    return _render([[".".join(path) for path in columns(model)]])


def render_rows(rows: Iterable[Tree], model: type[BaseModel]) -> str:
    """The other rows of a table of nouns of one kind."""
    groups = [(key, [*paths]) for key, paths in groupby(columns(model), itemgetter(0))]
    return _render([cell for key, paths in groups for cell in _cells(row.get(key), paths)] for row in rows)


def _render(rows: Iterable[Sequence[str]]) -> str:
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def columns(model: type[BaseModel], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of the columns, in the order of the model."""
    for field in fields_of(model):
        path = (*above, field.name)
        if field.part is not None:
            yield from columns(field.part, path)
        elif field.words is not None:
            yield from ((*path, "id"), (*path, "naam"))
        else:
            yield path


def shield(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before it. A number stays a number."""
    return f"'{cell}" if cell and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unshield(cell: str) -> str:
    """What a cell said before `shield`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _cells(value: object, paths: Sequence[tuple[str, ...]]) -> list[str]:
    """The cells of one key of a noun."""
    if value is None or value == []:
        return [""] * len(paths)
    return [shield(_cell(value, path, 1, 0)) for path in paths]


def _cell(value: object, path: tuple[str, ...], step: int, depth: int) -> str:
    """What stands on `path` from `step`, inside so many lists."""
    while isinstance(value, dict):
        value = value.get(path[step])
        step += 1
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        entries = [_cell(item, path, step, depth + 1) for item in value]
        return BETWEEN[min(depth, 1)].join(entries) if any(entries) else ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "" if value is None else str(value)
