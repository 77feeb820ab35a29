"""Sheet: shapes and words at places, drawn by matplotlib and kept as plain SVG with classes only.

matplotlib draws the shapes and places the words; only outlines and places are copied into a tree of our own, which
holds no colours, fonts, styles or foreign elements. No word of a record passes through matplotlib, and the tree
escapes all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, Rectangle
from matplotlib.text import Text
from matplotlib.textpath import TextToPath
from matplotlib.transforms import Affine2D

TEXT = 17
"""Size of all letters: 11 px on the narrowest screen that shows the drawing."""
LINE = 21

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML does not know, half surrogates among them."""
_UNMEASURED = re.compile("[^\x20-\x7e\xa1-\u024f]")
"""Characters that the measuring font may lack; they count as a wide letter."""


class Sheet:
    """Shapes and words at places counted from the top left.

    Invariant: every element handed out waits under its own gid until `finish` gives it what matplotlib drew for it.
    """

    def __init__(self, name: str = "atlas-raster", role: str = "group") -> None:
        """`name` begins the ids of the drawing: it must be the only one of its kind on a page.

        A drawing without links has the role `img`; it is then read out as its title and description alone.
        """
        self._name = name
        self._role = role
        self._figure = Figure(dpi=72, frameon=False)
        self._upright = Affine2D()
        self._waiting: dict[str, ET.Element] = {}

    def circle(self, x: float, y: float, radius: float, style: str) -> ET.Element:
        """A circle around a middle."""
        return self._add(Circle((x, y), radius), ET.Element("path", {"class": class_name(style)}))

    def box(self, x: float, y: float, width: float, height: float, style: str) -> ET.Element:
        """A rectangle by its top left corner."""
        return self._add(Rectangle((x, y), width, height), ET.Element("path", {"class": class_name(style)}))

    def words(self, x: float, y: float, words: str, style: str, anchor: str = "start") -> ET.Element:
        """Words on one line around the height `y`."""
        attributes = {"class": class_name(style), "font-size": str(TEXT)}
        if anchor != "start":
            attributes["text-anchor"] = anchor
        element = ET.Element("text", attributes)
        element.text = plain(words)
        # A stand-in is drawn: it needs no glyph that a font may lack, and is never read as mathematics.
        return self._add(Text(x, y + 0.36 * TEXT, "0", va="baseline", ha="left", usetex=False), element)

    def finish(self, width: int, height: int, parts: Sequence[ET.Element], title: str, description: str) -> str:
        """The whole drawing, with a title and a description."""
        for element, drawn in self._pairs(width, height):
            for name in ("d", "x", "y"):
                if name in drawn.attrib:
                    element.set(name, " ".join(drawn.attrib[name].split()))
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

    def _add(self, artist: Artist, element: ET.Element) -> ET.Element:
        gid = f"atlas-{len(self._waiting)}"
        artist.set_gid(gid)
        artist.set_transform(self._upright)
        self._figure.add_artist(artist)
        self._waiting[gid] = element
        return element

    def _pairs(self, width: int, height: int) -> list[tuple[ET.Element, ET.Element]]:
        """Every element with the path or text that matplotlib drew for it."""
        self._upright.clear().scale(1, -1).translate(0, height)
        self._figure.set_size_inches(width / 72, height / 72)
        target = StringIO()
        with mpl.rc_context():
            mpl.rcdefaults()  # a reader's own matplotlibrc must not change the bytes
            mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "atlas"})
            FigureCanvasSVG(self._figure).print_figure(target, format="svg", metadata={"Date": None})
        drawn = {}
        for group in ET.fromstring(target.getvalue()).iter("{http://www.w3.org/2000/svg}g"):  # noqa: S314 - our own, without foreign words
            for part in group:
                drawn[group.get("id")] = part
        return [(element, drawn[gid]) for gid, element in self._waiting.items()]


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
    font = FontProperties(fname=Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"), size=TEXT)
    measured = _UNMEASURED.sub("W", text)
    return float(TextToPath().get_text_width_height_descent(measured, font, False)[0]) if measured else 0.0
