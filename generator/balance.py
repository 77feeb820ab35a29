"""Balance: the picture of who saves and who pays more, as one inline drawing: savers to the left, payers to the right.

Direction, filling and words each say it; colour says nothing more. The words stand in `text/balans.toml`; `sheet.py`
draws. Order-free: same bars, same bytes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from math import ceil
from xml.etree import ElementTree as ET

from generator.sheet import LINE, Sheet, text_width, wrap

# All measures are units of the drawing. At its usual width one unit is one CSS pixel; at a screen of 360 px it is 0.68.
WIDTH = 480
MIDDLE = WIDTH / 2
REACH = MIDDLE - 1
"""The length of the longest bar."""
BAR = 20
"""The height of a bar."""
LEAST = 3
"""The length of the shortest bar: an amount that is not zero is always seen."""
STRIPE = 8
"""From one stripe of a striped bar to the next."""
GAP = 16


@dataclass(frozen=True)
class Bar:
    """One payer: euros that it pays more, or saves if negative."""

    payer: str
    """As readers see it."""
    euros: Decimal


@dataclass(frozen=True)
class Panel:
    """The bars of one comparison under a heading."""

    heading: str
    bars: tuple[Bar, ...]


def render_balance(panels: Sequence[Panel], euro: Callable[[Decimal], str], name: str) -> str:
    """The picture as SVG to stand in a page; an empty text if there is no bar.

    All panels share one scale. `euro` writes an amount of zero or more; `name` begins the ids of the picture and must
    be the only one of its kind on a page.
    """
    panels = [panel for panel in panels if panel.bars]
    if not panels:
        return ""
    scale = REACH / float(max(abs(bar.euros) for panel in panels for bar in panel.bars) or 1)
    sheet = Sheet(name, "img")
    body = ET.Element("g")
    y = 0.0
    for panel in panels:
        y = _draw_lines(sheet, body, y, wrap(panel.heading, WIDTH), "kop")
        y += GAP / 4
        body.append(sheet.words(MIDDLE - GAP, y + LINE / 2, texts()["links"], "tekst", "end"))
        body.append(sheet.words(MIDDLE + GAP, y + LINE / 2, texts()["rechts"], "tekst"))
        y += LINE + GAP / 2
        for bar in sorted(panel.bars, key=lambda bar: (bar.euros, bar.payer)):
            y = _draw_payer(sheet, body, y, bar, euro)
            body.extend(_draw_bar(sheet, y, bar.euros, scale))
            y += BAR + GAP
        y += GAP
    return sheet.finish(WIDTH, ceil(y - 2 * GAP) + 4, [body], texts()["titel"], texts()["uitleg"])


def _draw_payer(sheet: Sheet, body: ET.Element, top: float, bar: Bar, euro: Callable[[Decimal], str]) -> float:
    """Who it is and, at the end of the first line, how much; the bottom of it."""
    key = "minder" if bar.euros < 0 else "meer" if bar.euros else "gelijk"
    amount = texts()[key].format(bedrag=euro(abs(bar.euros)))
    body.append(sheet.words(WIDTH, top + LINE / 2, amount, "kop", "end"))
    return _draw_lines(sheet, body, top, wrap(bar.payer, WIDTH - text_width(amount) - GAP), "tekst") + 5


def _draw_bar(sheet: Sheet, top: float, euros: Decimal, scale: float) -> Iterator[ET.Element]:
    """A full bar to the left, or a striped one to the right, and the line from which both begin."""
    length = max(LEAST, float(abs(euros)) * scale) if euros else 0
    if euros < 0:
        yield sheet.box(MIDDLE - length, top, length, BAR, "vol")
    elif euros:
        yield sheet.box(MIDDLE, top, length, BAR, "open")
        for at in range(1, ceil(length / STRIPE)):
            yield sheet.box(MIDDLE + at * STRIPE - 1, top, 2, BAR, "vol")
    yield sheet.box(MIDDLE - 1, top - 3, 2, BAR + 6, "as")


def _draw_lines(sheet: Sheet, body: ET.Element, top: float, lines: Iterable[str], style: str) -> float:
    y = top
    for line in lines:
        body.append(sheet.words(0, y + LINE / 2, line, style))
        y += LINE
    return y


@cache
def texts() -> Mapping[str, str]:
    """What readers see in the picture, apart from its headings and payers; package data, read once."""
    table: Mapping[str, Mapping[str, str]] = tomllib.loads(
        files("generator").joinpath("text/balans.toml").read_text("utf-8")
    )
    return table["balans"]
