"""The texts in data: JSON and tables. Each text of a file is told once, however often it stands there.

JSON can be read in stretches: what several files hold is then read once, and no large file fills the memory as a tree.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from io import BytesIO, TextIOWrapper
from itertools import chain

_OPENING, _CLOSING = b"\n  {\n", b"\n  }"
"""Around an item of a list of our exports, on lines of its own."""
_TAKEN_OUT = b"\nnull"
"""In the place of such an item. No text in JSON holds a line end, so that it never becomes a part of one."""
_ROW_END = b"\r\n"
_ROWS = re.compile(rb'(?:(?:(?:"[^"]*+")++|[^",\r\n]*+)(?:,|\r\n))*+')
"""Rows of a table as ours are written: with quotation marks around a whole cell, and double inside one."""
_ENTRIES = re.compile(r" [|;] ")
"""What stands between the entries of a list in a cell."""


def cut_json(data: bytes) -> list[bytes]:
    """Stretches of a file: the items of its lists, and what is left of it.

    If each of them is JSON by itself, so is the file, and together they hold its texts; else they say nothing of it.
    """
    frame: list[bytes] = []
    items: list[bytes] = []
    place = 0
    while (start := data.find(_OPENING, place)) >= 0 and (end := data.find(_CLOSING, start)) >= 0:
        end += len(_CLOSING)
        frame.append(data[place:start])
        items.append(data[start:end])
        place = end
    return [_TAKEN_OUT.join([*frame, data[place:]]), *items]


def unread_json(data: bytes, read: bytes) -> bytes:
    """What a file says that another, which was read, does not: it comes without the items of its lists that both hold,
    and a file without such items as a list of texts.
    """
    frame, *items = cut_json(data)
    if not items:
        return _unread_texts(data, read)
    _, *known = cut_json(read)
    met = {*known}
    pieces = frame.split(_TAKEN_OUT)
    if len(pieces) != len(items) + 1:
        return data  # a value of its own stands there as if it were taken out
    kept = [_TAKEN_OUT if item in met else item for item in items]
    return b"".join(chain.from_iterable(zip(pieces, [*kept, b""], strict=True)))


def _unread_texts(data: bytes, read: bytes) -> bytes:
    try:
        known = {*texts_of_json([read])}
        return json.dumps([text for text in texts_of_json([data]) if text not in known]).encode()
    except ValueError:
        return data


def unread_table(data: bytes, read: bytes) -> bytes:
    """A table without the rows that a table holds that was read; all of it if either is not written as ours are."""
    rows, known = _rows(data), _rows(read)
    if rows is None or known is None:
        return data
    met = {*known}
    return b"".join([row + _ROW_END for row in rows if row not in met])


def _rows(table: bytes) -> list[bytes] | None:
    """The rows of a table; nothing if it is not written as ours are."""
    if not table.endswith(_ROW_END) or not _ROWS.fullmatch(table):
        return None
    rows: list[bytes] = []
    begun: list[bytes] = []  # of a row with a line end inside a cell
    for line in table.split(_ROW_END)[:-1]:
        begun.append(line)
        if sum(part.count(b'"') for part in begun) % 2 == 0:
            rows.append(_ROW_END.join(begun))
            begun = []
    return rows


def texts_of_json(stretches: Iterable[bytes]) -> Iterable[str]:
    """Every key and value that is a text. Raises `ValueError` if a stretch is no JSON."""
    pairs: list[tuple[str, object]] = []  # of all objects, which leave nothing but these behind
    values: list[object] = [json.loads(str(text, "utf-8"), object_pairs_hook=pairs.extend) for text in stretches]
    found = dict.fromkeys([key for key, _ in pairs])
    values += [value for _, value in pairs]
    while values:
        found.update(dict.fromkeys([value for value in values if isinstance(value, str)]))
        values = [*chain.from_iterable([value for value in values if isinstance(value, list)])]
    return found


def texts_of_table(data: bytes) -> Iterable[str]:
    """The cells of a table, a cell with a list entry by entry. Raises `csv.Error` and `ValueError`."""
    rows = csv.reader(TextIOWrapper(BytesIO(data), "utf-8", newline=""), strict=True)
    return dict.fromkeys(_entries(dict.fromkeys(chain.from_iterable(rows))))


def _entries(cells: Iterable[str]) -> Iterator[str]:
    for cell in cells:
        if " | " in cell or " ; " in cell:
            yield from _ENTRIES.split(cell)
        else:
            yield cell
