"""A new site: every file that another municipality starts with, as bytes, made of the package's templates.

Some pages are our own, told under another name: what holds for our collection alone is marked in them
(`<!-- eigen -->`), and left out or told otherwise (`<!-- eigen: otherwise -->`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from generator import files
from generator.colours import Colour, shades
from generator.installed import requirement
from generator.schema import render_schema
from generator.settings import NAME, package_folder
from generator.shells import SECTIONS
from generator.vocabulary import Vocabulary

SHARED = (
    "index", "beheer", "begrippen", "handleiding-beleid", "handleiding-trainers", "offline", "privacy", "redactie",
    "redactie-casus", "samen", "verantwoording",
)  # fmt: skip
"""Pages of `docs/` that every site needs. All others tell of our own collection."""
SCHEMA = "schema/case.schema.json"
"""Where the schema of a record stands, for the editor's program."""
LONGEST_NAME = 60
_NAME = re.compile(r"[^\W_](?:[\w .,'’()&/+-]*[\w.)])?")
_DOT = "punt."
"""Stands for the dot of a hidden file: hidden files are easily left out of a package."""
_OWN = re.compile(r"<!-- eigen(?:: (.*?))? -->(.*?)<!-- /eigen -->", re.S)
_OUR_NAME = re.compile(rf"\b(?:[Dd]e )?{NAME}\b")
_LINK = re.compile(r"\[([^\]]+)\]\(([\w./-]+\.md)(?:#[\w-]+)?\)")


@dataclass(frozen=True)
class NewSite:
    """What is asked of whoever starts a site."""

    name: str
    colour: Colour
    origin: str
    """From where pip installs the generator: an address or a version."""


def is_name(text: str) -> bool:
    """Whether a site can be called so: letters, digits and a few marks, on one line."""
    return len(text) <= LONGEST_NAME and _NAME.fullmatch(text) is not None


def render_site(site: NewSite, vocabulary: Vocabulary) -> dict[str, bytes]:
    """Every file by name, sorted; the same arguments give the same bytes. The name must be one (`is_name`)."""
    words = {
        "naam": escape(site.name, quote=False),
        "naam_yaml": json.dumps(site.name, ensure_ascii=False),
        "kleur": "#{:02x}{:02x}{:02x}".format(*site.colour),
        "generator": requirement(site.origin),
        **shades(site.colour),
    }
    texts = {name: _fill(text, words) for name, text in _templates().items()}
    own = {name.removeprefix("docs/") for name in texts if name.startswith("docs/") and name.endswith(".md")}
    pages = frozenset(own | {f"{page}.md" for page in SHARED} | {f"{section}/index.md" for section in SECTIONS})
    for page in SHARED:
        texts[f"docs/{page}.md"] = adapt_page(_shared(f"docs/{page}.md"), site.name, pages)
    texts["constraints.txt"] = _shared("constraints.txt")
    texts[SCHEMA] = render_schema(vocabulary)
    return {name: texts[name].encode() for name in sorted(texts)}


def adapt_page(text: str, name: str, pages: frozenset[str]) -> str:
    """A page of ours for the site `name`, where a link to a page that is not among `pages` is text alone."""
    told = _OWN.sub(lambda found: found.group(1) or "", text)
    named = _OUR_NAME.sub(lambda _: escape(name, quote=False), told)
    moved = named.replace("../generator/schema/", "../schema/")
    return _LINK.sub(lambda found: found.group(0) if found.group(2) in pages else found.group(1), moved)


def _fill(text: str, words: Mapping[str, str]) -> str:
    """The template with its words; each `@@word@@` must be known."""
    return re.sub(r"@@(\w+)@@", lambda found: words[found.group(1)], text)


def _templates() -> dict[str, str]:
    """The templates, by the name that their file gets."""
    found = files.read_site(package_folder("assets") / "init", "")
    return {
        "/".join(f".{part.removeprefix(_DOT)}" if part.startswith(_DOT) else part for part in name.split("/")): text
        for name, text in found.items()
    }


def _shared(name: str) -> str:
    """A file that the package took along when it was built; in the source it stands beside the package."""
    inside = package_folder("assets") / name
    return files.read_text(inside if inside.is_file() else package_folder("..") / name)
