"""Slides: titles on all, text that fits, notes apart, in Dutch, the same bytes each time."""

from __future__ import annotations

import re
from html import escape
from io import BytesIO
from zipfile import ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from generator.slides import LANGUAGE, render_slides

BODY = """
<section><h2>Casus: wonen &amp; meer</h2><p>Een <strong>korte</strong> tekst.</p>
<ol><li>een</li><li>twee</li></ol><aside><p>Zeg dit erbij.</p></aside></section>
<section><h2>Alleen een titel</h2></section>
"""


def opened(data: bytes):
    return Presentation(BytesIO(data))


def texts_of(slide) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes]


def test_a_section_is_a_slide_with_its_title_text_and_notes():
    first, second = opened(render_slides(BODY, "Proef")).slides
    assert texts_of(first) == ["Casus: wonen & meer", "Een korte tekst.\neen\ntwee"]
    assert first.shapes.title.text_frame.text == "Casus: wonen & meer"
    assert first.notes_slide.notes_text_frame.text == "Zeg dit erbij."
    assert texts_of(second) == ["Alleen een titel"]
    assert not second.has_notes_slide


def test_everything_is_dutch_and_tells_of_no_day_or_maker():
    data = render_slides(BODY, "Proef")
    assert data == render_slides(BODY, "Proef")
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    runs = [run for name, part in parts.items() for run in re.findall(r"<a:r>.*?</a:r>", part, re.S)]
    assert runs
    assert all(f'lang="{LANGUAGE}"' in run for run in runs)
    assert not any('lang="en' in part for part in parts.values())
    assert not any(re.search("PowerPoint|Click|<dcterms", part) for part in parts.values())
    show = opened(data)
    assert (show.core_properties.title, show.core_properties.language) == ("Proef", LANGUAGE)
    assert round(show.slide_width / show.slide_height, 2) == 1.78


def test_a_list_with_numbers_has_numbers():
    data = render_slides(BODY, "Proef")
    with ZipFile(BytesIO(data)) as archive:
        assert archive.read("ppt/slides/slide1.xml").decode().count("buAutoNum") == 2


@settings(max_examples=15)
@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=300), max_size=20), st.integers(1, 60))
def test_no_word_is_lost_however_long_the_text(texts, times):
    long = "Een zin met zeven woorden staat hier. " * times
    body = "".join(f"<p>{escape(text)}</p>" for text in [*texts, long])
    slides = opened(render_slides(f"<section><h2>Titel</h2>{body}</section>", "Proef")).slides
    found = " ".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape != slide.shapes.title)
    assert found.count("Een zin met zeven woorden staat hier.") >= times
    assert all(slide.shapes.title.text_frame.text.startswith("Titel") for slide in slides)
    assert len({slide.shapes.title.text_frame.text for slide in slides}) == len(slides)
