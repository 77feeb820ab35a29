"""Word documents read back, as a reader's program finds them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph


def opened(data: bytes) -> WordDocument:
    return Document(BytesIO(data))


def paragraphs_of(data: bytes) -> list[Paragraph]:
    """All paragraphs that hold text, those in tables included, in order."""
    document = opened(data)
    every = [Paragraph(element, document._body) for element in document.element.body.iter(qn("w:p"))]
    return [paragraph for paragraph in every if paragraph.text]


def texts_in(data: bytes) -> tuple[str, ...]:
    """What `document_texts` promises, read from the document itself."""
    return tuple(paragraph.text for paragraph in paragraphs_of(data))


def part_of(data: bytes, name: str) -> str:
    """One part of the archive."""
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")
