"""Office: a Word document with exactly the text of a page, made from the HTML body that its template renders.

How it looks stands in `assets/document/`: A4, Dutch, a letter that every Word has. A body gives text only; no part
of it becomes markup, a field or a style.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import groupby
from urllib.parse import quote, urljoin, urlsplit

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from generator.archive import pack
from generator.blocks import Block, Cell, Paragraph, Span, Table, parse_body, single_spaced, texts_of
from generator.settings import NAME

LANGUAGE = "nl-NL"
TEXT_WIDTH = 9638
"""Between the margins, in twentieths of a point."""
MOST_COLUMNS = 63
"""More than this Word does not open; a wider table becomes paragraphs."""
LONGEST_LINK = 2000
"""A longer address makes Word call the document damaged."""
LONGEST_TITLE = 255

_STYLES = {"quote": "Quote", "caption": "Caption"}
_NARROWEST, _WIDEST = 6, 40
"""Characters of a column that count for its width."""
_SPACE = qn("xml:space")
_EMPTY = Cell(())


def document_texts(body: str) -> tuple[str, ...]:
    """The blocks of text that the document of an HTML body holds, in order and none empty.

    White space is single as in a browser, a line break is a new line, and a term stands before its explanation as
    "term: explanation".
    """
    return tuple(texts_of(parse_body(body)))


def render_document(body: str, title: str, address: str = "", author: str = NAME) -> bytes:
    """A Word document (.docx) with the texts of an HTML body; the same bytes for the same arguments.

    A relative link is read against `address` if that begins with http or https; what does not lead to a web page is
    plain text. Nothing in the arguments is a fault. Elements with `blocks.SKIP` are left out; one with
    `blocks.NEW_PAGE` begins a page.
    """
    document = Document(BytesIO(_blank()))
    document.core_properties.author = single_spaced(author)[:LONGEST_TITLE]
    document.core_properties.title = single_spaced(title)[:LONGEST_TITLE]
    ending = document.element.body.sectPr
    lists: dict[int, int] = {}
    for block in parse_body(body):
        for element in _render(block, document, address, lists):
            ending.addprevious(element)
    return pack(document.save)


@cache
def _blank() -> bytes:
    """An empty document with our styles; of what python-docx puts in its own nothing is left that tells of a day."""
    document = Document()
    parts = document.part.rels
    ours = {"styles": RELATIONSHIP_TYPE.STYLES, "numbering": RELATIONSHIP_TYPE.NUMBERING,
            "settings": RELATIONSHIP_TYPE.SETTINGS}  # fmt: skip
    for key, relation in list(parts.items()):
        name = next((name for name, kind in ours.items() if relation.reltype == kind), "")
        if name:
            relation.target_part._element = parse_xml(
                files("generator").joinpath("assets", "document", f"{name}.xml").read_bytes()
            )
        else:
            parts.pop(key)
    package = document.part.package.rels
    kept = {RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES}
    for key in [key for key, relation in package.items() if relation.reltype not in kept]:
        package.pop(key)
    properties = document.core_properties
    for child in list(properties._element):
        properties._element.remove(child)
    properties.language = LANGUAGE
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    section.footer.is_linked_to_previous = False
    number = _element("w:fldSimple", _element("w:r", _text("1")), instr="PAGE")
    section.footer.paragraphs[0]._p.append(number)
    return pack(document.save)


def _render(block: Block, document: WordDocument, address: str, lists: dict[int, int]) -> Iterator[BaseOxmlElement]:
    """The elements of one block."""

    def paragraph(given: Paragraph) -> BaseOxmlElement:
        return _paragraph(given, document, address, lists)

    if isinstance(block, Paragraph):
        yield paragraph(block)
        return
    if block.new_page:
        yield _element("w:p", _element("w:pPr", _element("w:pageBreakBefore"), _gap()))
    grid = list(_grid(block))
    columns = max(sum(place.columns for place in row) for row in grid)
    if columns > MOST_COLUMNS:
        yield from (paragraph(one) for row in block.rows for cell in row for one in cell.paragraphs)
        return
    yield _table(grid, columns, block, paragraph)
    # without it Word makes one table of two
    yield _element("w:p", _element("w:pPr", _gap()))


def _paragraph(given: Paragraph, document: WordDocument, address: str, lists: dict[int, int]) -> BaseOxmlElement:
    """A paragraph in its style; `lists` holds the numbers of Word for the numbered lists that began before."""
    properties = _element("w:pPr")
    if style := _style(given):
        properties.append(_element("w:pStyle", val=style))
    if given.kind == "lead":
        properties.append(_element("w:keepNext"))
    if given.new_page:
        properties.append(_element("w:pageBreakBefore"))
    if given.numbers:
        numbering = document.part.numbering_part.element
        if given.numbers.list not in lists:
            lists[given.numbers.list] = len(lists) + 2
            numbering.append(_numbers(lists[given.numbers.list], given))
        number = _element("w:numId", val=str(lists[given.numbers.list]))
        properties.append(_element("w:numPr", _element("w:ilvl", val=str(given.level - 1)), number))
    paragraph = _element("w:p", properties)
    for link, spans in groupby(given.spans, key=lambda span: _web_address(span.link, address)):
        if link:
            holder = _element("w:hyperlink", history="1")
            holder.set(qn("r:id"), document.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            paragraph.append(holder)
        else:
            holder = paragraph
        for span in spans:
            holder.append(_run(span, linked=bool(link)))
    return paragraph


def _style(given: Paragraph) -> str:
    """The style of a paragraph by its id; empty for plain text."""
    depth = str(given.level) if given.level > 1 else ""
    if given.kind == "heading":
        return f"Heading{given.level}"
    if given.kind == "item":
        return ("ListNumber" if given.numbers else "ListBullet") + depth
    if given.kind in _STYLES:
        return _STYLES[given.kind]
    return f"ListContinue{depth}" if given.level else ""


def _numbers(number: int, given: Paragraph) -> BaseOxmlElement:
    """A numbered list of its own, so that it does not go on counting where another stopped."""
    assert given.numbers
    start = _element("w:startOverride", val=str(given.numbers.start))
    level = _element("w:lvlOverride", start, ilvl=str(given.level - 1))
    return _element("w:num", _element("w:abstractNumId", val="1"), level, numId=str(number))


def _run(span: Span, linked: bool) -> BaseOxmlElement:
    """Text in one form."""
    form = _element("w:rPr")
    if linked:
        form.append(_element("w:rStyle", val="Hyperlink"))
    for tags, wanted in ((("w:b", "w:bCs"), span.bold), (("w:i", "w:iCs"), span.italic)):
        for tag in tags if wanted else ():
            form.append(_element(tag))
    if span.language:
        form.append(_element("w:lang", val=span.language))
    run = _element("w:r", *([form] if len(form) else []))
    for n, line in enumerate(span.text.split("\n")):
        if n:
            run.append(_element("w:br"))
        if line:
            run.append(_text(line))
    return run


def _web_address(link: str, address: str) -> str:
    """The absolute address on the web that a link leads to; empty if there is none that Word can hold."""
    try:
        parts = urlsplit(urljoin(address if _is_web(address) else "", link.strip()))
        parts.port  # noqa: B018 - a wrong port raises
        known = link and parts.scheme in {"http", "https"} and re.fullmatch(r"[\w.-]+", parts.hostname or "", re.ASCII)
        # letters and signs that an address may not hold are written in numbers; a number that was written stays
        whole = quote(parts.geturl(), safe="%/:?#@!$&'()*+,;=~") if known else ""
    except ValueError:
        return ""
    whole = re.sub("%(?![0-9A-Fa-f]{2})", "%25", whole)
    return whole if len(whole) <= LONGEST_LINK else ""


def _is_web(address: str) -> bool:
    return address.startswith(("http://", "https://"))


@dataclass(frozen=True)
class _Place:
    """A cell where it stands; one that goes on from the row above is empty."""

    cell: Cell
    columns: int
    goes_on: bool = False


def _grid(table: Table) -> Iterator[list[_Place]]:
    """The rows with a place for every cell, for those that go on from above, and for gaps between those."""
    above: dict[int, tuple[int, int]] = {}
    for row in table.rows:
        places: list[_Place] = []
        below: dict[int, tuple[int, int]] = {}
        column, waiting = 0, list(reversed(row))
        while waiting or any(start >= column for start in above):
            free = min((start for start in above if start > column), default=column + MOST_COLUMNS + 1) - column
            if column in above:
                width, left = above[column]
                places.append(_Place(_EMPTY, width, goes_on=True))
                if left > 1:
                    below[column] = width, left - 1
            elif waiting:
                cell = waiting.pop()
                width = min(cell.columns, free)
                places.append(_Place(cell, width))
                if cell.rows > 1:
                    below[column] = width, cell.rows - 1
            else:
                width = free
                places.append(_Place(_EMPTY, width))
            column += width
        above = below
        yield places


def _table(
    grid: list[list[_Place]], columns: int, table: Table, paragraph: Callable[[Paragraph], BaseOxmlElement]
) -> BaseOxmlElement:
    """A table whose first rows come back at the top of each page."""
    widths = _widths(grid, columns)
    body = grid[table.header_rows :]
    look = _element(
        "w:tblLook",
        firstRow=str(int(table.header_rows > 0)),
        firstColumn=str(int(bool(body) and all(row[0].cell.header or row[0].goes_on for row in body))),
    )
    properties = _element(
        "w:tblPr", _element("w:tblStyle", val="TableGrid"), _element("w:tblW", w="5000", type="pct"), look
    )
    element = _element("w:tbl", properties, _element("w:tblGrid", *(_element("w:gridCol", w=str(w)) for w in widths)))
    for n, places in enumerate(grid):
        row = _element("w:trPr", _element("w:cantSplit"))
        if n < table.header_rows:
            row.append(_element("w:tblHeader"))
        element.append(_element("w:tr", row))
        missing = columns - sum(place.columns for place in places)
        column = 0
        for place in [*places, *([_Place(_EMPTY, missing)] if missing else [])]:
            width = sum(widths[column : column + place.columns])
            element[-1].append(_cell(place, width, [paragraph(one) for one in place.cell.paragraphs]))
            column += place.columns
    return element


def _cell(place: _Place, width: int, paragraphs: list[BaseOxmlElement]) -> BaseOxmlElement:
    """A cell of a table; Word wants a paragraph in every one."""
    properties = _element("w:tcPr", _element("w:tcW", w=str(width), type="dxa"))
    if place.columns > 1:
        properties.append(_element("w:gridSpan", val=str(place.columns)))
    if place.goes_on or place.cell.rows > 1:
        properties.append(_element("w:vMerge", val="continue" if place.goes_on else "restart"))
    if place.cell.header:
        properties.append(_element("w:shd", val="clear", color="auto", fill="EFEFEF"))
    return _element("w:tc", properties, *(paragraphs or [_element("w:p")]))


def _widths(grid: list[list[_Place]], columns: int) -> list[int]:
    """Widths of columns that fill the page, by their longest text and never much narrower than a word."""
    needs = [_NARROWEST] * columns
    for places in grid:
        column = 0
        for place in places:
            longest = max((len(one.text) for one in place.cell.paragraphs), default=0)
            if place.columns == 1:
                needs[column] = max(needs[column], min(longest, _WIDEST))
            column += place.columns
    return [TEXT_WIDTH * need // sum(needs) for need in needs]


def _gap() -> BaseOxmlElement:
    """The height of an empty paragraph."""
    return _element("w:spacing", before="0", after="0", line="160", lineRule="exact")


def _text(text: str) -> BaseOxmlElement:
    element = OxmlElement("w:t")
    element.set(_SPACE, "preserve")
    element.text = text
    return element


def _element(tag: str, *children: BaseOxmlElement, **values: str) -> BaseOxmlElement:
    """An element of a Word document; its attributes are of the same vocabulary."""
    element = OxmlElement(tag, {_name(key): value for key, value in values.items()} if values else None)
    element.extend(children)
    return element


@cache
def _name(key: str) -> str:
    return qn(f"w:{key}")
