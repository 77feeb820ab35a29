"""Kit files: a training kit as files to take along, each part by itself, so that the sheets can be handed out."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Literal, get_args

from generator.book import Book
from generator.kit import Kit
from generator.office import render_document
from generator.rendering import Renderer

Format = Literal["pptx", "docx", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)
PARTS = ("werkblad", "afloop", "handleiding", "kaarten")
"""What is a file of its own on paper; the first alone may be handed out before the talk."""
SHOW = "presentatie"
"""All slides with the speaker's notes, the ending after the talk."""
STYLE = "lespakket.css"
_STYLES = ("assets/lespakket/basis.css", "overrides/assets/stylesheets/leren.css")


def render_kit(book: Book, kit: Kit, form: Format, site_address: str = "") -> Mapping[str, bytes]:
    """The files of a kit by name; no name and no title of the sheets to hand out tells the ending.

    Links lead to the site at `site_address`, which ends in a slash; without it there are none.
    """
    link = (lambda target: site_address + target) if site_address else (lambda _: "")
    renderer = Renderer(book, site_address=site_address, fixed={"vorm": form, "link": link})

    def fill(template: str, part: str, **more: object) -> str:
        return renderer.body(template, "", pakket=kit, deel=part, **more)

    def name(part: str) -> str:
        return renderer.title("lesblad.html", deel=part)

    if form == "pptx":
        from generator.slides import render_slides

        shows = {SHOW: False, PARTS[0]: True}
        return {
            f"{part}.pptx": render_slides(fill("lesdias.html", part, uitdelen=only), name(part))
            for part, only in shows.items()
        }
    if form == "docx":
        return {f"{part}.docx": render_document(fill("lesblad.html", part), name(part), site_address) for part in PARTS}
    pages = {f"{part}.html": fill("lesbestand.html", part, titel=name(part)).strip().encode() for part in PARTS}
    styles = b"\n".join(files("generator").joinpath(*path.split("/")).read_bytes() for path in _STYLES)
    return {**pages, STYLE: styles}
