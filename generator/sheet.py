"""Sheet: shapes and words at places, as plain SVG with classes only.

The tree holds no colours, fonts, styles or foreign elements, and escapes all words. Outlines are written as matplotlib
writes them; that is asked for its circle and for the width of words alone, since drawing takes it a hundred times as
long, and no word of a record passes through it but to be measured.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path as File
from xml.etree import ElementTree as ET

import matplotlib as mpl
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextToPath

TEXT = 17
"""Size of all letters: 11 px on the narrowest screen that shows the drawing."""
LINE = 21

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML does not know, half surrogates among them."""
_UNMEASURED = re.compile("[^\x20-\x7e\xa1-\u024f]")
"""Characters that the measuring font may lack; they count as a wide letter."""


class Sheet:
    """Shapes and words at places counted from the top left."""

    def __init__(self, name: str = "atlas-raster", role: str = "group") -> None:
        """`name` begins the ids of the drawing: it must be the only one of its kind on a page.

        A drawing without links has the role `img`; it is then read out as its title and description alone.
        """
        self._name = name
        self._role = role

    def circle(self, x: float, y: float, radius: float, style: str) -> ET.Element:
        """A circle around a middle."""
        steps = [
            f"{letter} "
            + " ".join(f"{_number(x + radius * right)} {_number(y + radius * down)}" for right, down in points)
            for letter, points in _circle()
        ]
        return ET.Element("path", {"class": class_name(style), "d": " ".join([*steps, "z"])})

    def box(self, x: float, y: float, width: float, height: float, style: str) -> ET.Element:
        """A rectangle by its top left corner."""
        left, right, top, bottom = map(_number, (x, x + width, y, y + height))
        outline = f"M {left} {top} L {right} {top} L {right} {bottom} L {left} {bottom} z"
        return ET.Element("path", {"class": class_name(style), "d": outline})

    def words(self, x: float, y: float, words: str, style: str, anchor: str = "start") -> ET.Element:
        """Words on one line around the height `y`."""
        attributes = {"class": class_name(style), "font-size": str(TEXT)}
        if anchor != "start":
            attributes["text-anchor"] = anchor
        element = ET.Element("text", attributes | {"x": _number(x), "y": _number(y + 0.36 * TEXT)})
        element.text = plain(words)
        return element

    def finish(self, width: int, height: int, parts: Sequence[ET.Element], title: str, description: str) -> str:
        """The whole drawing, with a title and a description."""
        root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "class": "atlas-raster",
                "viewBox": f"0 0 {width} {height}",
                "role": self._role,
                "aria-labelledby": f"{self._name}-titel",
                "aria-describedby": f"{self._name}-uitleg",
            },
        )
        ET.SubElement(root, "title", {"id": f"{self._name}-titel"}).text = title
        ET.SubElement(root, "desc", {"id": f"{self._name}-uitleg"}).text = description
        root.extend(parts)
        return ET.tostring(root, encoding="unicode")


def _number(value: float) -> str:
    """A coordinate with as many decimals as it needs, at most six."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


@cache
def _circle() -> tuple[tuple[str, tuple[tuple[float, float], ...]], ...]:
    """The outline of a circle of one around nothing: a place to begin, and curves."""
    letters = {Path.MOVETO: "M", Path.CURVE4: "C"}
    return tuple(
        (letters[kind], tuple(zip(points[::2].tolist(), points[1::2].tolist(), strict=True)))
        for points, kind in Path.unit_circle().iter_segments()
        if kind in letters
    )


def class_name(style: str) -> str:
    """The class of a part of the drawing."""
    return f"atlas-raster__{style}"


def plain(text: str) -> str:
    """The text on one line, without characters that would make the page unreadable."""
    return " ".join(_FORBIDDEN.sub("\ufffd", text).split())


def wrap(text: str, width: float) -> list[str]:
    """The text in lines of at most that width, broken at spaces or inside too long a word; at least one line."""
    lines = [""]
    for word in plain(text).split():
        joined = f"{lines[-1]} {word}".strip()
        if text_width(joined) <= width:
            lines[-1] = joined
        elif text_width(word) <= width:
            lines.append(word)
        else:
            lines.append("")
            for letter in word:
                if text_width(lines[-1] + letter) > width:
                    lines.append("")
                lines[-1] += letter
    return [line for line in lines if line] or [""]


@cache
def text_width(text: str) -> float:
    """The width of the text in a wide letter that comes with matplotlib; most readers' own letters take less."""
    font = FontProperties(fname=File(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"), size=TEXT)
    measured = _UNMEASURED.sub("W", text)
    return float(TextToPath().get_text_width_height_descent(measured, font, False)[0]) if measured else 0.0
