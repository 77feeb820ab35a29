"""The picture of who pays and who saves: direction, filling and words each say it, without colour."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.balance import MIDDLE, WIDTH, Bar, Panel, render_balance
from generator.rendering import render_euro
from generator.sheet import plain, text_width

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><script>alert(1)</script><![CDATA[ & \x00\x0b\ud800 $\\frac{1}{2}$ 🏚\n--> {{ 7*7 }}'
INSTITUTION = Panel(
    "Vergeleken met: niets doen",
    (Bar("Bijstand (gemeente)", Decimal(6_000)), Bar("Jeugdwet (gemeente)", Decimal(-42_000))),
)
NARROWEST = 328
"""Pixels for the picture on a screen of 360."""

bars = st.builds(
    Bar,
    st.sampled_from(["Wmo (gemeente)", "Bijstand", "Een betaler met een heel lange naam die niet op een regel past"]),
    st.decimals(-9_999_999, 9_999_999, places=2),
)
some_panels = st.lists(st.builds(Panel, st.just("Vergeleken met: iets"), st.lists(bars, max_size=5).map(tuple)))


def draw(*panels: Panel, name: str = "balans") -> str:
    return render_balance(panels, render_euro, name)


def words(drawing: str) -> list[str]:
    return [element.text for element in ET.fromstring(drawing).iter(f"{SVG}text")]


def boxes(drawing: str, style: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of the shapes of a style."""
    found = []
    for element in ET.fromstring(drawing).iter(f"{SVG}path"):
        if element.get("class") == f"atlas-raster__{style}":
            numbers = [float(number) for number in re.findall(r"-?[\d.]+", element.get("d"))]
            found.append((min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])))
    return found


def test_nobody_pays_no_picture():
    assert draw() == ""
    assert draw(Panel("Leeg", ())) == ""


def test_names_amounts_and_directions_stand_in_words():
    assert words(draw(INSTITUTION)) == [
        "Vergeleken met: niets doen",
        "← bespaart",
        "betaalt meer →",
        "bespaart € 42.000",
        "Jeugdwet (gemeente)",
        "betaalt € 6.000 meer",
        "Bijstand (gemeente)",
    ]


def test_savers_stand_to_the_left_and_payers_to_the_right_each_filled_in_its_own_way():
    drawing = draw(INSTITUTION)
    (payer,) = boxes(drawing, "open")
    saver, *stripes = boxes(drawing, "vol")
    assert saver[0] < saver[2] == pytest.approx(MIDDLE)
    assert payer[0] == pytest.approx(MIDDLE)
    assert (saver[2] - saver[0]) / (payer[2] - payer[0]) == pytest.approx(7, rel=1e-3)
    assert stripes
    assert all(payer[0] < left < right <= payer[2] for left, _, right, _ in stripes)


def test_an_amount_that_stays_the_same_has_words_and_no_bar():
    drawing = draw(Panel("Vergeleken", (Bar("Wmo", Decimal(0)),)))
    assert "blijft gelijk" in words(drawing)
    assert boxes(drawing, "vol") == boxes(drawing, "open") == []


def test_a_small_amount_beside_a_large_one_is_still_seen():
    drawing = draw(Panel("Vergeleken", (Bar("Wmo", Decimal("0.01")), Bar("Wlz", Decimal(-900_000)))))
    (payer,) = boxes(drawing, "open")
    assert payer[2] - payer[0] >= 3


@given(some_panels, st.randoms())
def test_the_order_of_the_bars_changes_no_byte(panels, random):
    shuffled = [Panel(panel.heading, tuple(random.sample(panel.bars, len(panel.bars)))) for panel in panels]
    assert draw(*shuffled) == draw(*panels)


@given(some_panels)
def test_all_stands_on_the_sheet_and_every_bar_has_its_words(panels):
    drawing = draw(*panels)
    if not drawing:
        return
    _, _, width, height = map(int, ET.fromstring(drawing).get("viewBox").split())
    assert width == WIDTH
    for style in ("vol", "open", "as"):
        for left, top, right, bottom in boxes(drawing, style):
            assert -0.01 <= left <= right <= width + 0.01
            assert 0 <= top < bottom <= height
    said = Counter(
        f"bespaart {render_euro(-bar.euros)}" if bar.euros < 0
        else f"betaalt {render_euro(bar.euros)} meer" if bar.euros else "blijft gelijk"
        for panel in panels for bar in panel.bars
    )  # fmt: skip
    assert not Counter({plain(text): times for text, times in said.items()}) - Counter(words(drawing))


@given(some_panels)
def test_no_words_stand_over_each_other(panels):
    taken: dict[str, list[tuple[float, float]]] = {}
    for element in ET.fromstring(draw(*panels) or "<svg/>").iter(f"{SVG}text"):
        x, width = float(element.get("x")), text_width(element.text)
        left = x - width if element.get("text-anchor") == "end" else x
        taken.setdefault(element.get("y"), []).append((left, left + width))
    for spans in taken.values():
        spans.sort()
        assert spans[0][0] >= 0
        assert spans[-1][1] <= WIDTH
        assert all(one[1] < other[0] for one, other in pairwise(spans))


def test_letters_are_large_enough_on_a_narrow_screen():
    root = ET.fromstring(draw(INSTITUTION))
    sizes = {float(element.get("font-size")) for element in root.iter(f"{SVG}text")}
    assert min(sizes) * NARROWEST / WIDTH >= 11


def test_two_pictures_on_a_page_share_no_id():
    ids = re.findall(r' id="([^"]*)"', draw(INSTITUTION, name="een") + draw(INSTITUTION, name="twee"))
    assert ids == ["een-titel", "een-uitleg", "twee-titel", "twee-uitleg"]


def test_the_picture_is_one_image_with_a_title_and_takes_its_colours_from_the_page():
    drawing = draw(INSTITUTION)
    root = ET.fromstring(drawing)
    assert root.get("role") == "img"
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == ("balans-titel", "balans-uitleg")
    assert root[0].text == "Wie betaalt, wie bespaart"
    for unwanted in ("<style", "style=", "fill=", "stroke=", "font-family", "url("):
        assert unwanted not in drawing


def test_hostile_names_stay_text():
    drawing = draw(Panel(HOSTILE, (Bar(HOSTILE, Decimal(5)),)))
    assert {element.tag.removeprefix(SVG) for element in ET.fromstring(drawing).iter()} == {
        "svg", "title", "desc", "g", "path", "text"
    }  # fmt: skip
    assert "<script" not in drawing
    assert "<![CDATA[" not in drawing
    drawing.encode("utf-8")
