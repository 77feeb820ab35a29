"""Blocks: an HTML body as the paragraphs and tables that a document without a browser holds.

Invariant: every text that a reader of the page sees stands in exactly one paragraph, in the order of the page, with
white space made single as a browser does, and holds only characters that XML knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Literal

SKIP = "data-niet-in-document"
"""Attribute of an element that stands on the page only."""
NEW_PAGE = "data-nieuwe-pagina"
"""Attribute of an element that begins a page; within a table it does nothing."""
DEEPEST = 3
"""Levels of lists that are told apart."""

Kind = Literal["text", "heading", "item", "quote", "caption", "lead"]

_FORBIDDEN = re.compile("[^\t\n\r\f\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAK = "\0"
"""A line break while spaces are made single; text never holds it, for XML does not know it."""
_SPACES = re.compile("[ \t\n\r\f]+")
"""What a browser makes one space; a hard space is none of it."""
_BREAKS = re.compile(f" ?{_BREAK} ?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_SKIPPED = frozenset(
    "script style svg template button input select textarea datalist option optgroup meter progress".split()
)
_INLINE = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em font i img ins kbd label mark output q s samp small span strong sub"
    " sup time tt u var wbr".split()
)
_WITHIN = _INLINE | _SKIPPED
"""Elements that do not end the paragraph in which they stand."""
_BOLD = frozenset({"strong", "b", "th", "dt", "summary"})
_ITALIC = frozenset({"em", "i", "cite"})
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    "li": "item",
    "blockquote": "quote",
    "caption": "caption",
    "figcaption": "caption",
    "summary": "lead",
    "dt": "lead",
    "dd": "text",
}
_MOST_SPAN = 1000
"""As many columns or rows as a browser lets one cell take."""


@dataclass(frozen=True)
class Span:
    """Text between two tags, so that it can be told that the page holds it too; a line break in it is a new line."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    """The address as the page writes it."""
    language: str = ""
    """Only where it is named, and not that of the page."""


@dataclass(frozen=True)
class Numbers:
    """One numbered list: its place among the numbered lists of the body, and its first number (0 to 32767)."""

    list: int
    start: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A block of text that is not empty."""

    spans: tuple[Span, ...]
    kind: Kind = "text"
    level: int = 0
    """Of a heading 1 to 6, without gaps; of other kinds how deep in lists, 0 to `DEEPEST`."""
    numbers: Numbers | None = None
    """Only of an item of a numbered list."""
    new_page: bool = False

    @property
    def text(self) -> str:
        """The text without its forms."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Cell:
    """A cell of a table; it may be empty."""

    paragraphs: tuple[Paragraph, ...]
    header: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of cells, none without a cell; a caption is the paragraph before it."""

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0
    """How many rows at the top say what the columns hold."""
    new_page: bool = False


Block = Paragraph | Table
_Piece = tuple[Span, str]
"""A text while it is read, and the form that it has."""


def parse_body(body: str) -> tuple[Block, ...]:
    """The blocks of an HTML body, in its order. Nothing in a body is a fault: what is not known is text."""
    reader = _Reader()
    reader.feed(body)
    reader.close()
    return tuple(reader.blocks)


def texts_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The texts of blocks in the order in which they are read, cell by cell and row by row in a table."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (paragraph.text for row in block.rows for cell in row for paragraph in cell.paragraphs)


def clean(text: str) -> str:
    """The text with a replacement character for each one that XML does not know."""
    return _FORBIDDEN.sub("\ufffd", text)


def single_spaced(text: str) -> str:
    """The text as a browser shows it on one line."""
    return _SPACES.sub(" ", clean(text)).strip(" ")


@dataclass
class _Open:
    """An element that has begun: what it hands down to all that it holds."""

    tag: str
    form: Span
    skipped: bool
    opens: Literal["", "table", "row", "cell"] = ""
    numbers: Numbers | None = None
    begun: bool = False
    """Of an item: whether its sign has been used."""
    card: bool = False
    """Of an item: whether it begins with a heading, so that it is no item for a reader."""


@dataclass
class _Row:
    in_head: bool
    cells: list[Cell] = field(default_factory=list)


class _Reader(HTMLParser):
    """Events of the parser made blocks. A stack of open elements instead of a tree: no depth is too deep."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._open: list[_Open] = []
        self._spans: list[_Piece] = []
        self._term: Paragraph | None = None
        self._levels: list[int] = []
        self._rows: list[_Row] | None = None
        self._cell: list[Paragraph] | None = None
        self._lists = 0
        self._new_page = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        above = self._open[-1] if self._open else _Open("", Span(""), False)
        skipped = above.skipped or tag in _SKIPPED or SKIP in values
        if not above.skipped and tag not in _WITHIN:
            self._flush()
        if not skipped:
            if NEW_PAGE in values and self._rows is None:
                self._new_page = True
            if tag == "br":
                self._spans.append((above.form, _BREAK))
            elif tag == "img":
                self._spans.append((above.form, clean(values.get("alt") or "")))
        if tag not in _VOID:
            started = _Open(tag, _form(above.form, tag, values), skipped)
            if not skipped:
                self._begin(started, values)
            self._open.append(started)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open):
            while self._end().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        above = self._open[-1] if self._open else _Open("", Span(""), False)
        if not above.skipped:
            self._spans.append((above.form, clean(data)))

    def updatepos(self, i: int, j: int) -> int:  # noqa: ARG002 - the signature is the parser's
        """Nobody asks on which line something stands."""
        return j

    def parse_marked_section(self, i: int, report: int = 1) -> int:  # noqa: ARG002 - the signature is the parser's
        """A browser takes `<![...` for a comment; the parser would raise for names it does not know."""
        return self.parse_bogus_comment(i)

    def close(self) -> None:
        super().close()
        while self._open:
            self._end()
        self._flush()
        self._settle()

    def _begin(self, started: _Open, values: dict[str, str | None]) -> None:
        if started.tag == "ol":
            self._lists += 1
            started.numbers = Numbers(self._lists, _count(values.get("start"), 0, 32767))
        elif started.tag == "table" and self._rows is None:
            # what comes after a term must not slip into its place
            self._settle()
            started.opens, self._rows = "table", []
        elif self._rows is not None and self._cell is None and started.tag in {"tr", "td", "th"}:
            if started.tag == "tr" or not self._rows:
                self._rows.append(_Row(any(element.tag == "thead" for element in self._open)))
            if started.tag == "tr":
                started.opens = "row"
            else:
                started.opens, self._cell = "cell", []
                span = [_count(values.get(name), 1, _MOST_SPAN) for name in ("colspan", "rowspan")]
                self._rows[-1].cells.append(Cell((), started.tag == "th", *span))

    def _end(self) -> _Open:
        """Close the innermost element."""
        ended = self._open[-1]
        if not ended.skipped and ended.tag not in _INLINE:
            self._flush()
        self._open.pop()
        if ended.tag == "dl" or ended.opens:
            self._settle()
        if ended.opens == "cell" and self._rows and self._cell is not None:
            row = self._rows[-1].cells
            row[-1] = replace(row[-1], paragraphs=tuple(self._cell))
            self._cell = None
        elif ended.opens == "table":
            rows = [row for row in self._rows or () if row.cells]
            self._rows = None
            if rows:
                table = Table(tuple(tuple(row.cells) for row in rows), _header_rows(rows), self._take_new_page())
                self.blocks.append(table)
        return ended

    def _flush(self) -> None:
        """Make a paragraph of the text since the last one, if there is any."""
        if not self._spans:
            return
        spans = tuple(_collapse(self._spans))
        self._spans = []
        if not spans:
            return
        holder = next((element for element in reversed(self._open) if element.tag in _KINDS), None)
        kind = _KINDS[holder.tag] if holder else "text"
        if holder and kind == "heading":
            self._add(Paragraph(spans, kind, self._level(_HEADINGS[holder.tag])))
            return
        items = [element for element in self._open if element.tag == "li" and not element.card]
        level = min(len(items), DEEPEST)
        numbers = None
        if kind == "item":
            if not items or items[-1] is not holder or holder.begun:
                kind = "text"
            else:
                place = next(n for n, element in enumerate(self._open) if element is holder)
                above = [element for element in self._open[:place] if element.tag in {"ul", "ol", "menu"}]
                numbers = above[-1].numbers if above else None
        paragraph = Paragraph(spans, kind, level, numbers)
        if holder and holder.tag == "dt":
            self._settle()
            self._term = paragraph
        else:
            self._add(paragraph)

    def _add(self, paragraph: Paragraph) -> None:
        """Put a paragraph in its place; a term goes before the text that explains it."""
        if self._term and paragraph.kind == "text" and any(element.tag == "dd" for element in self._open):
            colon = " " if self._term.text.endswith((":", "?", "!", ".")) else ": "
            paragraph = replace(paragraph, spans=(*self._term.spans, Span(colon), *paragraph.spans))
            self._term = None
        self._settle()
        self._put(paragraph)

    def _settle(self) -> None:
        """A term that no text explains stands by itself."""
        if self._term:
            term, self._term = self._term, None
            self._put(term)

    def _put(self, paragraph: Paragraph) -> None:
        for element in self._open:
            if element.tag == "li" and not element.begun:
                element.begun, element.card = True, paragraph.kind == "heading"
        if self._cell is None:
            self.blocks.append(replace(paragraph, new_page=True) if self._take_new_page() else paragraph)
        else:
            self._cell.append(paragraph)

    def _take_new_page(self) -> bool:
        """Whether a page begins here; the first block begins one anyway."""
        taken, self._new_page = self._new_page and bool(self.blocks), False
        return taken

    def _level(self, written: int) -> int:
        """A level without gaps: one more than that of the nearest heading that stands above this one."""
        while self._levels and self._levels[-1] >= written:
            self._levels.pop()
        self._levels.append(written)
        return len(self._levels)


def _form(above: Span, tag: str, values: dict[str, str | None]) -> Span:
    """The form of text in an element: that of the element around it, and its own."""
    language = values.get("lang") or ""
    link = values.get("href") or "" if tag == "a" else above.link
    return Span(
        "",
        above.bold or tag in _BOLD,
        above.italic or tag in _ITALIC,
        clean(link),
        language if _LANGUAGE.fullmatch(language) else above.language,
    )


def _collapse(spans: Iterable[_Piece]) -> list[Span]:
    """Spans with single spaces, none at the ends or around a line break."""
    pieces: list[_Piece] = []
    last = _BREAK
    for form, given in spans:
        text = _BREAKS.sub(_BREAK, _SPACES.sub(" ", given))
        if last in {" ", _BREAK}:
            text = text.removeprefix(" ")
        if not text:
            continue
        if text[0] == _BREAK:
            _trim(pieces, " ")
        if pieces or text.strip(_BREAK):
            pieces.append((form, text if pieces else text.lstrip(_BREAK)))
        last = text[-1]
    _trim(pieces, " " + _BREAK)
    return [replace(form, text=text.replace(_BREAK, "\n")) for form, text in pieces]


def _trim(pieces: list[_Piece], characters: str) -> None:
    """Take characters off the end of spans."""
    while pieces:
        form, text = pieces.pop()
        if text := text.rstrip(characters):
            pieces.append((form, text))
            return


def _header_rows(rows: list[_Row]) -> int:
    """Rows of the head of a table, or the first row if it holds headers only."""
    heads = next((n for n, row in enumerate(rows) if not row.in_head), len(rows))
    return heads or int(all(cell.header for cell in rows[0].cells))


def _count(written: str | None, least: int, most: int) -> int:
    """A whole number between bounds as an attribute gives it; 1 if it gives none."""
    value = (written or "").strip()
    return min(max(int(value), least), most) if re.fullmatch("[0-9]{1,9}", value) else 1
