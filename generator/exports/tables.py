"""Tables: CSV by RFC 4180 from the canonical value, one row a noun, keys of parts with a dot between them.

A list is one cell, its entries in order with ` | ` between them, so that the entries of cells that tell of the same
list belong together; a list inside a list has ` ; `. UTF-8 without a byte order mark.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from pydantic import BaseModel

from generator.exports.walk import Tree, fields_of

BETWEEN = (" | ", " ; ")
"""What stands between the entries of a list, and of a list inside a list."""
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet would compute; with apostrophes before it, so that one can be taken away."""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def render_table(rows: Sequence[Tree], model: type[BaseModel]) -> str:
    """A table of nouns of one kind; the header names every key that the model knows, whatever is filled."""
    paths = list(columns(model))
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(".".join(path) for path in paths)
    writer.writerows([shield(_cell(row, path, 0)) for path in paths] for row in rows)
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
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unshield(cell: str) -> str:
    """What a cell said before `shield`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _cell(value: object, path: tuple[str, ...], depth: int) -> str:
    if isinstance(value, list):
        entries = [_cell(item, path, depth + 1) for item in value]
        return BETWEEN[min(depth, 1)].join(entries) if any(entries) else ""
    if isinstance(value, Mapping):
        return _cell(value.get(path[0]), path[1:], depth)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "" if value is None else str(value)
