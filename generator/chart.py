"""Chart: the map of patterns as one inline drawing, obstacle kinds down and life domains across.

Order-free: same spots, same bytes. The words stand in `text/kaart.toml`; `sheet.py` draws.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from math import ceil, sqrt
from xml.etree import ElementTree as ET

from generator.sheet import LINE, Sheet, class_name, plain, text_width, wrap

# All measures are units of the drawing. At its usual width one unit is one CSS pixel; at a screen of 720 px it is 0.65.
WIDTH = 1060
"""The drawing is wider only if the circles of ten columns do not fit."""
UNIT_RADIUS = 10.8
"""Radius of one case: room for one digit. The area is in proportion to the number of cases."""
LARGEST_RADIUS = 40
RING = 4.5
"""From the edge of a circle to its second edge."""
TARGET = 40
"""The least width and height of a link: 24 px and more on the narrowest screen."""
GAP = 8
GUTTER = 215
"""The width of the column with names of rows."""
HEADING = 112
"""The width at which names of columns are broken."""
GROUP_HEIGHT = 32
DIGIT_MARGIN = 5


@dataclass(frozen=True)
class Spot:
    """One pattern on the map. `address` is a link as the page needs it; it is escaped, but not judged."""

    id: str
    name: str
    address: str
    row: str
    """Id of the obstacle kind."""
    column: str
    """Id of the life domain."""
    cases: int
    places: int
    registered: bool
    strong: bool


@dataclass(frozen=True)
class SpotRow:
    """One row of the table that says in words what the map shows."""

    group: str
    row: str
    column: str
    spot: Spot


@dataclass(frozen=True)
class _Slot:
    """A circle with the room it takes in a cell."""

    line: SpotRow
    radius: float
    across: float
    """Of the circle with its second edge, or of the least target."""
    width: float
    height: float


def spot_rows(
    spots: Iterable[Spot], rows: Sequence[tuple[str, str, str]], columns: Sequence[tuple[str, str]]
) -> tuple[SpotRow, ...]:
    """All spots with the labels of their group, row and column, in reading order: rows, columns, most cases first.

    `rows` are (group label, id, label) and `columns` are (id, label), both in the order of the map.
    Raises `ValueError` for a spot whose row or column is not among them.
    """
    row_at = {key: (at, group, label) for at, (group, key, label) in enumerate(rows)}
    column_at = {key: (at, label) for at, (key, label) in enumerate(columns)}
    found = []
    for spot in spots:
        if spot.row not in row_at or spot.column not in column_at:
            raise ValueError(f"{spot.id}: row {spot.row!r} or column {spot.column!r} has no label")
        at_row, group, row = row_at[spot.row]
        at_column, column = column_at[spot.column]
        rest = (spot.name, spot.id, spot.address, spot.places, spot.registered, spot.strong)
        found.append(((at_row, at_column, -spot.cases, *rest), SpotRow(group, row, column, spot)))
    return tuple(line for _, line in sorted(found, key=lambda pair: pair[0]))


def render_map(spots: Iterable[Spot], rows: Sequence[tuple[str, str, str]], columns: Sequence[tuple[str, str]]) -> str:
    """The map as SVG to stand in a page, once a page; an empty text if there are no spots.

    Only rows and columns that hold a spot are drawn. Arguments and `ValueError` as for `spot_rows`.
    """
    lines = spot_rows(spots, rows, columns)
    if not lines:
        return ""
    slots, enlarged = _measure_slots(lines)
    cells: dict[tuple[str, str], list[_Slot]] = defaultdict(list)
    for slot in slots:
        cells[slot.line.spot.row, slot.line.spot.column].append(slot)
    used_rows = [row for row in rows if any(row[1] == key for key, _ in cells)]
    used_columns = [column for column in columns if any(column[0] == key for _, key in cells)]

    sheet = Sheet()
    grid, body = ET.Element("g"), ET.Element("g")
    counts, widths = _share_width(cells, used_columns)
    width = ceil(GUTTER + sum(widths))
    y = _draw_headings(sheet, body, used_columns, widths)
    group_before = ""
    for group, key, label in used_rows:
        if group and group != group_before:
            grid.append(sheet.box(0, y, width, GROUP_HEIGHT, "band"))
            body.append(sheet.words(8, y + GROUP_HEIGHT / 2, group, "kop"))
            y += GROUP_HEIGHT
        group_before = group
        grid.append(sheet.box(0, y, width, 1, "lijn"))
        drawn = [
            (x, shelves)
            for x, count, (column, _) in zip(_middles(widths), counts, used_columns, strict=True)
            if (shelves := _shelves(cells.get((key, column), []), count))
        ]
        height = _draw_row(sheet, body, y, label, drawn)
        grid.extend(sheet.box(GUTTER + sum(widths[:at]), y, 1, height, "lijn") for at in range(len(widths)))
        y += height
    grid.append(sheet.box(0, y, width, 1, "lijn"))
    y = _draw_legend(sheet, body, y + 16, width, enlarged)
    return sheet.finish(width, ceil(y), [grid, body], texts()["titel"], texts()["uitleg"])


def _measure_slots(lines: Sequence[SpotRow]) -> tuple[list[_Slot], bool]:
    """Circles with an area in proportion to the cases, and whether some had to be larger to hold their number."""
    scale = min(UNIT_RADIUS, LARGEST_RADIUS / sqrt(max(1, *(line.spot.cases for line in lines))))
    slots, enlarged = [], False
    for line in lines:
        fair = scale * sqrt(line.spot.cases)
        least = text_width(str(line.spot.cases)) / 2 + DIGIT_MARGIN
        radius = max(fair, least)
        enlarged = enlarged or fair < least
        caption = text_width(line.spot.id) if line.spot.registered else 0
        across = max(TARGET, 2 * (radius + RING + 1))
        slots.append(_Slot(line, radius, across, max(across, caption), across + (LINE if caption else 0)))
    return slots, enlarged


def _share_width(
    cells: Mapping[tuple[str, str], Sequence[_Slot]], columns: Sequence[tuple[str, str]]
) -> tuple[list[int], list[float]]:
    """For every column how many circles stand side by side, and its width; together they fill the drawing."""
    own = [[cell for (_, key), cell in cells.items() if key == column] for column, _ in columns]
    floors = [max(map(text_width, wrap(label, HEADING))) + 1.5 * GAP for _, label in columns]
    counts = [max(map(len, held)) for held in own]

    def width(at: int) -> float:
        shelves = chain.from_iterable(_shelves(cell, counts[at]) for cell in own[at])
        return max(floors[at], *(sum(slot.width + GAP for slot in shelf) + GAP for shelf in shelves))

    room = WIDTH - GUTTER
    while sum(widths := [width(at) for at in range(len(columns))]) > room and max(counts) > 1:
        spare = [at for at in range(len(columns)) if counts[at] > 1]
        counts[max(spare, key=lambda at: widths[at] - floors[at])] -= 1
    extra = max(0.0, room - sum(widths)) / len(widths)
    return counts, [width + extra for width in widths]


def _shelves(cell: Sequence[_Slot], count: int) -> list[Sequence[_Slot]]:
    return [cell[start : start + count] for start in range(0, len(cell), count)]


def _height(shelf: Sequence[_Slot]) -> float:
    """With the gap below it; circles of a shelf stand on one middle line."""
    across = max(slot.across for slot in shelf)
    return GAP + max((across - slot.across) / 2 + slot.height for slot in shelf)


def _middles(widths: Sequence[float]) -> list[float]:
    return [GUTTER + sum(widths[:at]) + width / 2 for at, width in enumerate(widths)]


def _draw_headings(
    sheet: Sheet, body: ET.Element, columns: Sequence[tuple[str, str]], widths: Sequence[float]
) -> float:
    """The names of the columns, standing on the first line of the grid; the height they take."""
    labels = [wrap(label, HEADING) for _, label in columns]
    bottom = LINE * (1.5 + max(map(len, labels))) + GAP
    body.append(sheet.words(GUTTER + 8, LINE / 2, texts()["kolommen"], "kop"))
    body.append(sheet.words(8, bottom - LINE / 2 - GAP, texts()["rijen"], "kop"))
    for x, words in zip(_middles(widths), labels, strict=True):
        first = bottom - LINE * (len(words) - 0.5) - GAP
        body.extend(sheet.words(x, first + LINE * n, word, "tekst", "middle") for n, word in enumerate(words))
    return bottom


def _draw_row(
    sheet: Sheet, body: ET.Element, top: float, label: str, cells: Sequence[tuple[float, Sequence[Sequence[_Slot]]]]
) -> float:
    """One row: its name and its cells, each given as its middle and its shelves; the height it takes."""
    words = wrap(label, GUTTER - 16)
    tallest = max(sum(map(_height, shelves)) for _, shelves in cells)
    height = max(tallest, LINE * len(words) + GAP) + GAP
    first = top + height / 2 - LINE * (len(words) - 1) / 2
    body.extend(sheet.words(8, first + LINE * n, word, "tekst") for n, word in enumerate(words))
    for middle, shelves in cells:
        y = top + (height + GAP - sum(map(_height, shelves))) / 2
        for shelf in shelves:
            x = middle - (sum(slot.width + GAP for slot in shelf) - GAP) / 2
            across = max(slot.across for slot in shelf)
            for slot in shelf:
                body.append(_draw_spot(sheet, x, y + (across - slot.across) / 2, slot))
                x += slot.width + GAP
            y += _height(shelf)
    return height


def _draw_spot(sheet: Sheet, left: float, top: float, slot: _Slot) -> ET.Element:
    """The link around one circle: all that its shapes say is also in its name and its title."""
    spot = slot.line.spot
    cases = _count(spot.cases, "casus", "casussen")
    number = f" ({spot.id})" if spot.registered else ""
    link = ET.Element(
        "a",
        {
            "href": plain(spot.address),
            "class": class_name("link"),
            "aria-label": plain(f"{spot.name}, {cases}{number}"),
        },
    )
    words = texts()
    kind = f"{words['register' if spot.registered else 'kandidaat']}, {words['patroon' if spot.strong else 'signaal']}"
    places = _count(spot.places, "plaats", "plaatsen")
    title = words["titel_spot"].format(
        naam=spot.name, casussen=cases, plaatsen=places, rij=slot.line.row, kolom=slot.line.column, soort=kind
    )
    ET.SubElement(link, "title").text = plain(title)
    x, y = left + slot.width / 2, top + slot.across / 2
    link.append(sheet.box(left, top, slot.width, slot.height, "raakvlak"))
    link.extend(_draw_circle(sheet, (x, y), slot.radius, spot.registered, spot.strong))
    link.append(sheet.words(x, y, str(spot.cases), "getal-vol" if spot.registered else "getal", "middle"))
    if spot.registered:
        link.append(sheet.words(x, top + slot.across + LINE / 2 - 2, spot.id, "nummer", "middle"))
    return link


def _draw_circle(
    sheet: Sheet, middle: tuple[float, float], radius: float, filled: bool, double: bool
) -> list[ET.Element]:
    shapes = [sheet.circle(*middle, radius, "vol" if filled else "open")]
    if double:
        shapes.append(sheet.circle(*middle, radius + RING, "rand"))
    return shapes


def _draw_legend(sheet: Sheet, body: ET.Element, top: float, width: float, enlarged: bool) -> float:
    """What the shapes mean, two to a line, and below it what the size means; the bottom of it."""
    entries = (("vol", True, False), ("dubbel", False, True), ("open", False, False), ("enkel", False, False))
    indent = 2 * (UNIT_RADIUS + RING) + 3 * GAP
    y = top
    for start in (0, 2):
        tallest = 0
        for at, (key, filled, double) in enumerate(entries[start : start + 2]):
            left = at * width / 2
            words = wrap(texts()[key], width / 2 - indent - GAP)
            tallest = max(tallest, len(words))
            body.extend(_draw_circle(sheet, (left + indent / 2, y + LINE / 2), UNIT_RADIUS, filled, double))
            body.extend(sheet.words(left + indent, y + LINE * (n + 0.5), word, "tekst") for n, word in enumerate(words))
        y += LINE * tallest + 14
    size = texts()["maat"] + (" " + texts()["ondermaat"] if enlarged else "")
    for word in wrap(size, width - 16):
        body.append(sheet.words(8, y + LINE / 2, word, "tekst"))
        y += LINE
    return y + 4


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {texts()[one if number == 1 else more]}"


@cache
def texts() -> Mapping[str, str]:
    """What readers see on the map, apart from the words of the vocabulary; package data, read once."""
    table: Mapping[str, Mapping[str, str]] = tomllib.loads(
        files("generator").joinpath("text/kaart.toml").read_text("utf-8")
    )
    return table["kaart"]
