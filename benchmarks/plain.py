"""The same pages the ordinary way: Markdown files and a plain `mkdocs.yml`. Same words, same theme, its own search.

The Markdown is made from the bodies of our pages, so both sites say the same; `count_same` proves it on the results.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from generator.rendering import Block, Page
from generator.shells import SECTIONS

LEFT_OUT = "zoeken/"
"""Our search page: the plain site has the theme's search in its header."""

_SKIPPED = {"form", "script", "template", "noscript", "svg"}
_HEADINGS = {"h1", "h2", "h3", "h4"}
_INLINE = {"a", "abbr", "b", "br", "code", "em", "i", "mark", "small", "span", "strong", "time", "tspan"}
_LISTS = {"ul", "ol"}
_SPECIAL = re.compile(r"([\\`*_\[\]|])")
_MARKER = re.compile(r"^(#+|[+-]|\d+\.)(?=\s)")


def markdown_name(address: str) -> str:
    """The Markdown file behind an address: a section's own page is its `index.md`."""
    parts = address.strip("/")
    return f"{parts}/index.md" if parts in SECTIONS else f"{parts or 'index'}.md"


def render_markdown_pages(pages: Iterable[Page]) -> Iterator[tuple[str, str]]:
    """The pages as (file name, Markdown with front matter)."""
    for page in pages:
        if page.address == LEFT_OUT:
            continue
        title, description = (json.dumps(unescape(text), ensure_ascii=False) for text in (page.title, page.description))
        head = f"---\ntitle: {title}\ndescription: {description}\nhide:\n  - navigation\n  - toc\n---\n\n"
        yield markdown_name(page.address), head + markdown_of(page.body, page.address)


def fill_markdown(name: str, text: str, blocks: Iterable[Block]) -> str:
    """A page that people wrote, with the blocks that our build puts in."""
    for block in blocks:
        if markdown_name(block.address) == name:
            text = text.replace(f"<!-- {block.marker} -->", markdown_of(block.body, block.address))
    return text


def plain_settings(own: Mapping[str, Any], pages: Iterable[str]) -> dict[str, Any]:
    """A `mkdocs.yml` for the same theme: built-in search, a small navigation, the pages from records outside it."""
    kept = ("site_name", "site_description", "copyright", "theme", "extra", "markdown_extensions")
    theme = {key: value for key, value in own["theme"].items() if key not in {"custom_dir", "logo", "favicon"}}
    nav = _without(own["nav"], markdown_name(LEFT_OUT))
    named = set(re.findall(r"[\w/.-]+\.md", json.dumps(nav)))
    return {
        **{key: own[key] for key in kept if key in own},
        "theme": theme,
        "plugins": [{"search": {"lang": "nl"}}],
        "nav": nav,
        "not_in_nav": "".join(f"/{name}\n" for name in sorted({_family(page) for page in pages if page not in named})),
    }


def _family(page: str) -> str:
    """A pattern for a page and its neighbours, as a site maker would write it."""
    section, _, rest = page.partition("/")
    return f"{section}/**" if rest else page


def _without(nav: list[Any], left_out: str) -> list[Any]:
    kept: list[Any] = []
    for entry in nav:
        title, value = next(iter(entry.items()))
        if isinstance(value, list):
            kept.append({title: _without(value, left_out)})
        elif value != left_out:
            kept.append(entry)
    return kept


def markdown_of(body: str, address: str) -> str:
    """A page's HTML as Markdown with the same words."""
    parser = _Markdown(address)
    parser.feed(body)
    parser.close()
    return parser.text()


class _Markdown(HTMLParser):
    """Turns the HTML of our templates into Markdown; it knows the elements that those use."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self._lines: list[str] = []
        self._inline: list[str] = []
        self._lists: list[tuple[str, bool]] = []
        self._marker = ""
        self._before = self._after = ""
        self._links: list[str] = []
        self._skipping = 0
        self._cells: list[str] | None = None
        self._columns = 0

    def text(self) -> str:
        """What was written."""
        self._flush()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip() + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a list, a link."""
        values = dict(attrs)
        if tag in _SKIPPED or self._skipping:
            self._skipping += tag in _SKIPPED
        elif tag in _HEADINGS:
            self._flush()
            self._before = "#" * int(tag[1]) + " "
        elif tag == "dt":
            self._flush()
            self._before, self._after = "**", "**"
        elif tag in _LISTS:
            self._flush()
            cards = "atlas-kaarten" in (values.get("class") or "")
            self._lists.append((tag, cards))
        elif tag == "li":
            self._flush()
            kind, cards = self._lists[-1]
            self._marker = "" if cards else ("1.  " if kind == "ol" else "-   ")
        elif tag == "a":
            self._links.append(self._target(values.get("href") or ""))
            self._inline.append("[" if self._links[-1] else "")
        elif tag in {"strong", "code"}:
            self._inline.append("**" if tag == "strong" else "`")
        elif tag == "tr":
            self._flush()
            self._cells = []
        elif tag not in _INLINE:
            self._flush()

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        if tag in _SKIPPED or self._skipping:
            self._skipping -= tag in _SKIPPED
        elif tag in _LISTS:
            self._flush()
            self._lists.pop()
        elif tag == "a":
            target = self._links.pop()
            self._inline.append(f"]({target})" if target else "")
        elif tag in {"strong", "code"}:
            self._inline.append("**" if tag == "strong" else "`")
        elif tag in {"td", "th"} and self._cells is not None:
            self._cells.append(self._taken())
        elif tag == "tr" and self._cells is not None:
            self._lines.append("| " + " | ".join(self._cells) + " |")
            if not self._columns:
                self._columns = len(self._cells)
                self._lines.append("|" + " --- |" * self._columns)
            self._cells = None
        elif tag == "table":
            self._columns = 0
            self._lines.append("")
        elif tag not in _INLINE:
            self._flush()
            self._marker = "" if tag == "li" else self._marker

    def handle_data(self, data: str) -> None:
        """Text, with what Markdown would take for markup escaped."""
        if not self._skipping:
            self._inline.append(_SPECIAL.sub(r"\\\1", escape(data, quote=False)))

    def _taken(self) -> str:
        text = " ".join("".join(self._inline).split())
        self._inline.clear()
        return text

    def _flush(self) -> None:
        if self._cells is not None:
            self._inline.append(" ")
            return
        text = self._taken()
        if not text:
            return
        text = self._before + _MARKER.sub(r"\\\1", text) + self._after
        self._before = self._after = ""
        depth = sum(not cards for _, cards in self._lists)
        indent = "    " * (depth - 1 if self._marker else depth)
        first = self._marker if self._marker else ""
        self._marker = ""
        self._lines += [f"{indent}{first}{text}", ""]

    def _target(self, href: str) -> str:
        """A link between pages as a link between Markdown files."""
        parts = urlsplit(href)
        if parts.scheme or not parts.path:
            return href
        address = posixpath.normpath(posixpath.join(self._address, parts.path))
        if f"{address}/" == LEFT_OUT:
            return ""
        name = markdown_name("" if address == "." else address)
        link = posixpath.relpath(name, posixpath.dirname(markdown_name(self._address)) or ".")
        return f"{link}#{parts.fragment}" if parts.fragment else link


def count_same(ours: Mapping[str, str], theirs: Mapping[str, str]) -> tuple[int, int]:
    """How many pages both sites have, and on how many of these they show the same words in the same order."""
    names = [name for name in ours if name in theirs]
    same = sum(words_shown(ours[name]) == words_shown(theirs[name]) for name in names)
    return len(names), same


def words_shown(page: str) -> list[str]:
    """The words in the main part of a page."""
    _, _, rest = page.partition("<article")
    main, _, _ = rest.partition("</article>")
    main = re.sub(r"<(form|script|template|noscript|svg|style)\b.*?</\1>", " ", main, flags=re.DOTALL)
    main = re.sub(rf"</?(?:{'|'.join(sorted(_INLINE))})\b[^>]*>", "", main)
    return unescape(re.sub(r"^[^>]*>|<[^>]*>", " ", main)).split()
