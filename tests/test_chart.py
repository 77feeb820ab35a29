"""The map of patterns: one safe drawing, the same for the same spots, and its words in rows."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.chart import Spot, render_map, spot_rows

ROWS = [
    ("Toegang", "leeftijdsgrens", "Leeftijdsgrens"),
    ("Toegang", "inkomens-en-vermogensgrens", "Inkomens-, vermogens- of drempelbedrag"),
    ("Samenhang", "financieringsschot", "Wie betaalt"),
]
COLUMNS = [("inkomen", "Inkomen"), ("wonen", "Wonen"), ("zorg", "Zorg en gezondheid")]
SPOT = Spot(
    "P-9001", "Kamer voor een jongere", "P-9001/", "leeftijdsgrens", "wonen", 5, 3, registered=True, strong=True
)
SIGNAL = Spot("k-9002", "Huur", "k-9002/", "financieringsschot", "wonen", 1, 1, registered=False, strong=False)
HOSTILE = '"><script>alert(1)</script><![CDATA[ & \x00\x0b\ud800 $\\frac{1}{2}$ 🏚\n--> {{ 7*7 }}'
SVG = "{http://www.w3.org/2000/svg}"

some_spots = st.lists(
    st.builds(
        Spot,
        id=st.sampled_from(["P-9001", "P-9002", "k-9003"]),
        name=st.sampled_from(["Kamer", "Huur", HOSTILE]),
        address=st.sampled_from(["a/", "b/"]),
        row=st.sampled_from([row for _, row, _ in ROWS]),
        column=st.sampled_from([column for column, _ in COLUMNS]),
        cases=st.integers(0, 300),
        places=st.integers(0, 30),
        registered=st.booleans(),
        strong=st.booleans(),
    ),
    max_size=12,
)


def links(drawing: str) -> list[ET.Element]:
    return list(ET.fromstring(drawing).iter(f"{SVG}a"))


def words(drawing: str) -> list[str]:
    return [element.text for element in ET.fromstring(drawing).iter(f"{SVG}text")]


def box(element: ET.Element) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a path, curves by their points."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", element.get("d"))]
    return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])


def shape(link: ET.Element, style: str) -> ET.Element:
    return next(element for element in link if element.get("class") == f"atlas-raster__{style}")


def test_no_spots_no_map():
    assert render_map([], ROWS, COLUMNS) == ""
    assert spot_rows([], ROWS, COLUMNS) == ()


@given(some_spots, st.randoms())
def test_the_order_of_the_spots_changes_no_byte(spots, random):
    shuffled = random.sample(spots, len(spots))
    assert render_map(shuffled, ROWS, COLUMNS) == render_map(spots, ROWS, COLUMNS)
    assert spot_rows(shuffled, ROWS, COLUMNS) == spot_rows(spots, ROWS, COLUMNS)


@given(some_spots)
def test_every_spot_is_one_link_with_its_name_and_number(spots):
    if not spots:
        return
    drawing = render_map(spots, ROWS, COLUMNS)
    found = links(drawing)
    lines = spot_rows(spots, ROWS, COLUMNS)
    assert [link.get("href") for link in found] == [line.spot.address for line in lines]
    for link, line in zip(found, lines, strict=True):
        assert re.search(rf", {line.spot.cases} casus(sen)?( \({line.spot.id}\))?$", link.get("aria-label"))
        assert str(line.spot.cases) in [element.text for element in link.iter(f"{SVG}text")]


@given(some_spots)
def test_no_link_covers_another_and_all_stand_on_the_sheet(spots):
    if not spots:
        return
    drawing = render_map(spots, ROWS, COLUMNS)
    _, _, width, height = map(int, ET.fromstring(drawing).get("viewBox").split())
    boxes = [box(shape(link, "raakvlak")) for link in links(drawing)]
    for left, top, right, bottom in boxes:
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
        assert min(right - left, bottom - top) > 39.9
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize("field", ["id", "name", "address"])
def test_hostile_text_stays_text(field):
    drawing = render_map([replace(SPOT, **{field: HOSTILE})], ROWS, COLUMNS)
    root = ET.fromstring(drawing)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags == {"svg", "title", "desc", "g", "path", "text", "a"}
    assert "<script" not in drawing
    assert "<![CDATA[" not in drawing
    assert '"><script>alert(1)</script><![CDATA[ & \ufffd\ufffd\ufffd $\\frac{1}{2}$ 🏚 -->' in "".join(
        [*root.itertext(), *(value for link in links(drawing) for value in link.attrib.values())]
    )
    drawing.encode("utf-8")


def test_hostile_labels_stay_text():
    drawing = render_map([SPOT], [(HOSTILE, "leeftijdsgrens", HOSTILE * 5)], [("wonen", HOSTILE)])
    assert "<script" not in drawing
    assert len(links(drawing)) == 1
    assert "".join(words(drawing)).count("<script>") >= 5


def test_the_drawing_stands_alone_and_takes_its_colours_from_the_page():
    drawing = render_map([SPOT, SIGNAL], ROWS, COLUMNS)
    assert drawing.startswith('<svg xmlns="http://www.w3.org/2000/svg" class="atlas-raster" viewBox="0 0 ')
    assert drawing.count("http") == 1
    for unwanted in ("<?xml", "<!DOCTYPE", "<metadata", "<style", "style=", "fill=", "stroke=", "font-family", "url("):
        assert unwanted not in drawing
    ids = re.findall(r' id="([^"]*)"', drawing)
    assert len(ids) == len(set(ids))
    root = ET.fromstring(drawing)
    assert root.get("role") == "group"
    assert {root.get("aria-labelledby"), root.get("aria-describedby")} == set(ids)
    assert all(element.get("font-size") == "17" for element in root.iter(f"{SVG}text"))


def test_settings_of_a_reader_change_no_byte():
    drawing = render_map([SPOT, SIGNAL], ROWS, COLUMNS)
    with mpl.rc_context({"font.size": 3, "svg.fonttype": "path", "text.usetex": True, "savefig.dpi": 300}):
        assert render_map([SPOT, SIGNAL], ROWS, COLUMNS) == drawing
        assert mpl.rcParams["font.size"] == 3


def test_only_rows_and_columns_with_a_spot_are_drawn():
    drawn = words(render_map([SPOT], ROWS, COLUMNS))
    assert {"Toegang", "Leeftijdsgrens", "Wonen"} <= set(drawn)
    assert not {"Samenhang", "Wie betaalt", "Inkomen", "gezondheid"} & set(drawn)


def test_shapes_say_registered_and_strong_without_colour():
    strong, signal = links(render_map([SPOT, SIGNAL], ROWS, COLUMNS))
    styles = [
        [element.get("class").removeprefix("atlas-raster__") for element in link[1:]] for link in (strong, signal)
    ]
    assert styles == [["raakvlak", "vol", "rand", "getal-vol", "nummer"], ["raakvlak", "open", "getal"]]
    assert strong.get("aria-label") == "Kamer voor een jongere, 5 casussen (P-9001)"
    assert signal.get("aria-label") == "Huur, 1 casus"
    assert strong[0].text == (
        "Kamer voor een jongere: 5 casussen uit 3 plaatsen; Leeftijdsgrens, Wonen; in het register, patroon"
    )
    assert signal[0].text == "Huur: 1 casus uit 1 plaats; Wie betaalt, Wonen; kandidaat, signaal"


def test_the_area_is_in_proportion_to_the_cases():
    drawing = render_map([replace(SIGNAL, cases=cases) for cases in (1, 3, 12)], ROWS, COLUMNS)
    areas = [(right - left) ** 2 for left, _, right, _ in (box(shape(link, "open")) for link in links(drawing))]
    assert [area / areas[-1] for area in areas] == pytest.approx([12, 3, 1], rel=1e-3)
    assert "groter getekend" not in drawing


def test_a_circle_too_small_for_its_number_is_enlarged_and_the_legend_says_so():
    drawing = render_map([SIGNAL, replace(SIGNAL, cases=400)], ROWS, COLUMNS)
    assert "groter getekend" in drawing


def test_rows_stand_in_the_order_of_the_map():
    few = replace(SPOT, id="P-9003", cases=2)
    lines = spot_rows([SIGNAL, few, SPOT, replace(SPOT, id="P-9004", column="inkomen")], ROWS, COLUMNS)
    assert [line.spot.id for line in lines] == ["P-9004", "P-9001", "P-9003", "k-9002"]
    assert (lines[1].group, lines[1].row, lines[1].column) == ("Toegang", "Leeftijdsgrens", "Wonen")


@pytest.mark.parametrize("change", [{"row": "geen"}, {"column": "geen"}])
def test_a_spot_without_a_place_is_refused(change):
    with pytest.raises(ValueError, match="P-9001"):
        render_map([replace(SPOT, **change)], ROWS, COLUMNS)
