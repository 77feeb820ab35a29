"""Slides: a PowerPoint document made from the HTML that a template renders, one slide a `<section>`; the only module
that knows python-pptx.

A section has a heading, which is the title of its slide, paragraphs and lists, and an `<aside>` with the speaker's
notes. A body gives text only; no part of it becomes markup or a field. Text that does not fit goes on on a next slide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Show
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Pt

from generator.archive import pack
from generator.blocks import Paragraph, Span, parse_body, single_spaced

AUTHOR = "Maatwerkatlas"
LANGUAGE = "nl-NL"
SIZES = (26, 24, 22, 20)
"""Points of the text, the largest that fits; smaller is not read at the back of a room."""
LONGEST_TITLE = 255

_WIDE, _HIGH = Inches(13.333), Inches(7.5)
_LEFT, _BROAD = Inches(0.9), Inches(11.5)
_TITLE = (_LEFT, Inches(0.55), _BROAD, Inches(1.15))
_BODY = (_LEFT, Inches(1.85), _BROAD, Inches(5.1))
_BAR = Inches(0.28)
_INK, _BRAND = "17262B", "0B5A66"
_FONT = b"Arial"
_LAYOUT = "Title and Content"
_SECTION = re.compile(r"<section\b[^>]*>(.*?)</section>", re.S)
_ASIDE = re.compile(r"<aside\b[^>]*>(.*?)</aside>", re.S)
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_LETTER, _LINE, _AFTER = 0.49, 1.22, 0.45
"""Of the size of type: the width of a letter, the height of a line, the room below a paragraph."""


@dataclass(frozen=True)
class _Sheet:
    """What one slide holds."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    size: int
    notes: tuple[Paragraph, ...]


def render_slides(body: str, title: str) -> bytes:
    """A presentation (.pptx, 16:9) of the sections of an HTML body; the same bytes for the same arguments."""
    show = Presentation(BytesIO(_blank()))
    show.core_properties.title = single_spaced(title)[:LONGEST_TITLE]
    for section in _SECTION.findall(body):
        for sheet in _sheets(section):
            _add(show, sheet)
    return pack(show.save)


def _sheets(section: str) -> Iterator[_Sheet]:
    """The slides of one section: one, or more if its text is long; the notes stand at the first."""
    notes = tuple(_paragraphs("".join(_ASIDE.findall(section))))
    blocks = list(_paragraphs(_ASIDE.sub("", section)))
    title = next((block.text for block in blocks if block.kind == "heading"), AUTHOR)
    rest = [block for n, block in enumerate(blocks) if n or block.kind != "heading"]
    size = next((size for size in SIZES if _height(rest, size) <= _room()), SIZES[-1])
    parts = list(_fill(rest, size)) or [()]
    for n, part in enumerate(parts, start=1):
        yield _Sheet(title if n == 1 else f"{title} ({n})", part, size, notes if n == 1 else ())


def _paragraphs(html: str) -> Iterator[Paragraph]:
    return (block for block in parse_body(html) if isinstance(block, Paragraph))


def _fill(paragraphs: Sequence[Paragraph], size: int) -> Iterator[tuple[Paragraph, ...]]:
    """The paragraphs in runs that each fit on a slide; one that is too long by itself is cut between sentences."""
    page: list[Paragraph] = []
    for piece in (piece for paragraph in paragraphs for piece in _cut(paragraph, size)):
        if page and _height([*page, piece], size) > _room():
            # a heading goes with what stands below it
            carried = [page.pop()] if len(page) > 1 and page[-1].kind == "heading" else []
            yield tuple(page)
            page = carried
        page.append(piece)
    if page:
        yield tuple(page)


def _cut(paragraph: Paragraph, size: int) -> Iterator[Paragraph]:
    if _height([paragraph], size) <= _room():
        yield paragraph
        return
    part = ""
    for sentence in _SENTENCE.split(paragraph.text):
        longer = f"{part} {sentence}".strip()
        if part and _height([_plain(longer)], size) > _room():
            yield _plain(part)
            longer = sentence
        part = longer
    yield _plain(part)


def _plain(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def _height(paragraphs: Sequence[Paragraph], size: int) -> float:
    """Points that paragraphs take, on the safe side."""
    letters = _BROAD.pt / (size * _LETTER)
    lines = sum(-(-len(paragraph.text) // letters) for paragraph in paragraphs)
    return size * (lines * _LINE + len(paragraphs) * _AFTER)


def _room() -> float:
    return _BODY[3].pt


def _add(show: Show, sheet: _Sheet) -> None:
    slide = show.slides.add_slide(show.slide_layouts.get_by_name(_LAYOUT))
    heading, body = slide.placeholders
    heading.text_frame.text = sheet.title
    if sheet.paragraphs:
        _write(body.text_frame, sheet.paragraphs, sheet.size)
    else:
        body._element.getparent().remove(body._element)
    if sheet.notes:
        frame = slide.notes_slide.notes_text_frame
        assert frame is not None
        _write(frame, sheet.notes)
    _speak_dutch(slide)


def _write(frame: TextFrame, paragraphs: Sequence[Paragraph], size: int = 0) -> None:
    """Fill a frame; without a size it keeps its own. A list has its signs, other text has none."""
    for n, given in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if not n else frame.add_paragraph()  # type: ignore[no-untyped-call]  # python-pptx leaves it untyped
        if size:
            properties = paragraph._p.get_or_add_pPr()
            if given.kind == "item":
                properties.set("marL", str(Pt(size)))
                properties.set("indent", str(-Pt(size)))
                if given.numbers:
                    sign = properties.makeelement(qn("a:buAutoNum"), {"type": "arabicPeriod"})
                    properties.insert_element_before(sign, "a:tabLst", "a:defRPr")
            else:
                properties.set("marL", "0")
                properties.set("indent", "0")
                properties.insert_element_before(properties.makeelement(qn("a:buNone"), {}), "a:tabLst", "a:defRPr")
            paragraph.space_after = Pt(size * _AFTER)
        for span in given.spans:
            run = paragraph.add_run()
            run.text = span.text.replace("\n", " ")
            if size:
                run.font.size = Pt(size)
            if span.bold or given.kind in {"heading", "lead"}:
                run.font.bold = True
            if span.italic:
                run.font.italic = True


def _speak_dutch(slide: Slide) -> None:
    """Every run of a slide and of its notes is in our language."""
    parts = [slide._element, *([slide.notes_slide._element] if slide.has_notes_slide else [])]
    for part in parts:
        for run in part.iter(qn("a:r"), qn("a:fld")):
            run.get_or_add_rPr().set("lang", LANGUAGE)
        for properties in part.iter(qn("a:endParaRPr")):
            properties.set("lang", LANGUAGE)


@cache
def _blank() -> bytes:
    """An empty presentation with our look: wide, one layout, a bar on the left that belongs to the background."""
    show = Presentation()
    show.slide_width, show.slide_height = _WIDE, _HIGH
    for layout in list(show.slide_layouts):
        if layout.name != _LAYOUT:
            show.slide_layouts.remove(layout)
    master, layout = show.slide_master, show.slide_layouts[0]
    for holder in (master, layout):
        for shape in list(holder.placeholders):
            place = {"TITLE": _TITLE, "OBJECT": _BODY, "BODY": _BODY}.get(shape.placeholder_format.type.name)
            if place is None:
                shape._element.getparent().remove(shape._element)
            else:
                shape.left, shape.top, shape.width, shape.height = place
                shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM if place is _TITLE else MSO_ANCHOR.TOP
    _paint(show)
    _forget(show)
    properties = show.core_properties
    for child in list(properties._element):
        properties._element.remove(child)
    properties.author, properties.language = AUTHOR, LANGUAGE
    return pack(show.save)


def _forget(show: Show) -> None:
    """Take away what the program that made the template says of its own, and set language and letter."""
    master, notes = show.slide_master, show.notes_master
    for holder in (master, show.slide_layouts[0], notes, show.part):
        for properties in holder._element.iter(qn("a:rPr"), qn("a:endParaRPr"), qn("a:defRPr")):
            properties.set("lang", LANGUAGE)
        for text in holder._element.iter(qn("a:t")):
            text.text = ""
    package = show.part.package._rels
    kept = {RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES}
    for key in [key for key, relation in package.items() if relation.reltype not in kept]:
        package.pop(key)
    for key in [key for key, relation in show.part.rels.items() if relation.reltype.endswith("/printerSettings")]:
        show.part.rels.pop(key)
    for part in (master.part, notes.part):
        theme = next(relation.target_part for relation in part.rels.values() if relation.reltype.endswith("/theme"))
        theme._blob = re.sub(rb'(<a:latin typeface=")[^"+]*"', rb"\g<1>" + _FONT + b'"', theme.blob)


def _paint(show: Show) -> None:
    """The bar, and how titles and text look, on the master."""
    master = show.slide_master
    slide = show.slides.add_slide(show.slide_layouts[0])
    bar = slide.shapes.add_shape(1, Emu(0), Emu(0), _BAR, _HIGH)
    bar.fill.solid()
    bar.fill.fore_color.rgb = RGBColor.from_string(_BRAND)  # type: ignore[no-untyped-call]  # idem
    bar.line.fill.background()
    bar.shadow.inherit = False
    bar.name = "Balk"
    master.shapes._spTree.insert(2, bar._element)
    show.part.drop_rel(show.slides._sldIdLst[0].rId)
    show.slides._sldIdLst.remove(show.slides._sldIdLst[0])
    styles = master._element.find(qn("p:txStyles"))
    title = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    for style, size, ink, bold in (("p:titleStyle", 34, _BRAND, "1"), ("p:bodyStyle", SIZES[0], _INK, "0")):
        for form in styles.find(qn(style)).iter(qn("a:defRPr")):
            form.set("sz", str(size * 100))
            form.set("b", bold)
            for fill in form.findall(qn("a:solidFill")):
                for colour in list(fill):
                    fill.remove(colour)
                fill.append(fill.makeelement(qn("a:srgbClr"), {"val": ink}))
