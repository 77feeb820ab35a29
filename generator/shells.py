"""Shells: empty pages that MkDocs builds once for each depth of address, filled afterwards with bodies of our own.

A shell is Markdown with markers; the theme turns it into a whole page. Filling replaces the markers by text that is
already escaped, so nothing from a record ever passes through Markdown or the theme's templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.rendering import Block, Page

TITLE = "ATLASSCHILTITEL"
DESCRIPTION = "ATLASSCHILOMSCHRIJVING"
BEGIN = "<!--atlas-schil-begin-->"
END = "<!--atlas-schil-eind-->"
SHELL = "_schil"
"""The last part of a shell's address; no record can be called so."""

SECTIONS = (
    "casussen", "patronen", "voorstellen", "wetten", "methode", "leefgebied", "plaats", "voor", "leren", "leerlijn",
    "zoeken",
    "lijkt-op", "wijzigingen", "gegevens", "problemen",
)  # fmt: skip
"""First parts of the addresses of pages made from records."""
DEPTHS: Mapping[str, int] = {
    "casussen": 2,
    "patronen": 2,
    "voorstellen": 2,
    "wetten": 3,
    "methode": 2,
    "leefgebied": 2,
    "plaats": 1,
    "voor": 2,
    "leerlijn": 2,
    "leren": 3,
    "zoeken": 1,
    "lijkt-op": 1,
    "wijzigingen": 1,
    "gegevens": 1,
    "problemen": 1,
}
"""How many parts the longest address of a section has."""


JOINED, JOINED_DEPTH = "verzamelingen", 4
"""The section of collections of others, which only a site that names some has."""


class ShellError(Exception):
    """The builder's output does not hold the markers: nothing can be filled, so nothing is published."""


def shell_addresses(*, joined: bool = False) -> tuple[str, ...]:
    """The addresses that the builder makes: each section's own page, and one hidden shell for every deeper level.

    With `joined` also those for collections of others.
    """
    depths = {section: DEPTHS[section] for section in SECTIONS} | ({JOINED: JOINED_DEPTH} if joined else {})
    return tuple(
        section + "/" + f"{SHELL}/" * (depth - 1) for section, most in depths.items() for depth in range(1, most + 1)
    )


def shell_of(address: str) -> str:
    """The shell for a page: same section, same depth, since links to stylesheets are relative."""
    section = address.partition("/")[0]
    return section + "/" + f"{SHELL}/" * (address.count("/") - 1)


def shell_markdown() -> str:
    """The Markdown of every shell."""
    return (
        f"---\ntitle: {TITLE}\ndescription: {DESCRIPTION}\nhide:\n  - navigation\n  - toc\n---\n\n"
        f"{BEGIN}\n\n# {TITLE} {{#inhoud}}\n\n{END}\n"
    )


@dataclass(frozen=True)
class Shell:
    """A page as the builder made it, in pieces around the markers and what stands for its address."""

    address: str
    head: tuple[str, ...]
    foot: tuple[str, ...]


def cut_shells(built: Mapping[str, str], *, joined: bool = False) -> dict[str, Shell]:
    """Every shell by its address, from the pages that the builder made (by file name).

    `joined` as for `shell_addresses`. Raises `ShellError` if a shell or a marker is missing.
    """
    return {address: _cut(built, address) for address in shell_addresses(joined=joined)}


def fill_shells(built: Mapping[str, str], pages: Iterable[Page], blocks: Iterable[Block]) -> dict[str, str]:
    """Whole pages by file name, from the pages that the builder made (by file name).

    Raises `ShellError` if a shell or a marker is missing.
    """
    every = list(pages)
    shells = cut_shells(built, joined=any(page.address.startswith(f"{JOINED}/") for page in every))
    return {file_of(page.address): fill_page(shells, page) for page in every} | fill_blocks(built, blocks)


def fill_page(shells: Mapping[str, Shell], page: Page) -> str:
    """One page, in its shell."""
    return _fill(shells[shell_of(page.address)], page)


def fill_shell(whole: str, page: Page) -> str:
    """One page, from its shell as the builder made it. Raises `ShellError` if a marker is missing."""
    shell = shell_of(page.address)
    return _fill(_cut({file_of(shell): whole}, shell), page)


def fill_blocks(built: Mapping[str, str], blocks: Iterable[Block]) -> dict[str, str]:
    """Pages that people wrote with the pieces for them, by file name. Raises `ShellError` if a marker is missing."""
    filled = {}
    for block in blocks:
        name = file_of(block.address)
        marker = f"<!-- {block.marker} -->"
        whole = built.get(name, "")
        if marker not in whole:
            raise ShellError(f"{name}: {marker}")
        filled[name] = whole.replace(marker, block.body)
    return filled


def _fill(shell: Shell, page: Page) -> str:
    """What a record says can never be taken for a marker: it comes after the shell was cut."""
    values = {TITLE: page.title, DESCRIPTION: page.description, shell.address: page.address}
    head, foot = ("".join([values.get(piece, piece) for piece in part]) for part in (shell.head, shell.foot))
    return f"{head}{page.body}{foot}"


def file_of(address: str) -> str:
    """The file behind an address."""
    return f"{address}index.html"


def _cut(built: Mapping[str, str], address: str) -> Shell:
    whole = built.get(file_of(address), "")
    before, begin, rest = whole.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ShellError(file_of(address))
    marks = re.compile("(" + "|".join(map(re.escape, (TITLE, DESCRIPTION, address))) + ")")
    return Shell(address, tuple(marks.split(before)), tuple(marks.split(after)))
