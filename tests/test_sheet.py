"""The sheet: outlines as matplotlib draws them, and no word that could be markup."""

from __future__ import annotations

from io import StringIO
from xml.etree import ElementTree as ET

import matplotlib as mpl
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from matplotlib.transforms import Affine2D

from generator.sheet import Sheet

SIDE = 900
places = st.integers(0, 3200).map(lambda quarter: quarter / 4)
lengths = st.integers(1, 400).map(lambda quarter: quarter / 4)


def drawn(artist: Artist) -> str:
    """The outline that matplotlib's own drawing gives a shape, counted from the top left."""
    figure, target = Figure(figsize=(SIDE / 72, SIDE / 72), dpi=72, frameon=False), StringIO()
    artist.set_gid("vorm")
    artist.set_transform(Affine2D().scale(1, -1).translate(0, SIDE))
    figure.add_artist(artist)
    with mpl.rc_context():
        mpl.rcdefaults()
        FigureCanvasSVG(figure).print_figure(target, format="svg")
    groups = ET.fromstring(target.getvalue()).iter("{http://www.w3.org/2000/svg}g")
    (outline,) = (part.get("d", "") for group in groups if group.get("id") == "vorm" for part in group)
    return " ".join(outline.split())


@given(places, places, lengths, lengths)
def test_a_box_has_the_outline_that_matplotlib_draws(x, y, width, height):
    assert Sheet().box(x, y, width, height, "vol").get("d") == drawn(Rectangle((x, y), width, height))


@given(places, places, st.sampled_from([1, 8, 12.25, 20, 64]))
def test_a_circle_has_the_outline_that_matplotlib_draws(x, y, radius):
    numbers = zip(
        Sheet().circle(x, y, radius, "vol").get("d").split(), drawn(Circle((x, y), radius)).split(), strict=True
    )
    assert all(ours == theirs or abs(float(ours) - float(theirs)) < 2e-6 for ours, theirs in numbers)


def test_words_stand_where_they_are_put_and_are_no_markup():
    sheet = Sheet()
    drawing = sheet.finish(100, 50, [sheet.words(8, 20, "<b> & $x$", "kop", "end")], "titel", "uitleg")
    assert (
        '<text class="atlas-raster__kop" font-size="17" text-anchor="end" x="8" y="26.12">&lt;b&gt; &amp; $x$'
        in drawing
    )
