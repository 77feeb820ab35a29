"""Link check over the finished site: every link and image of every page leads to a file, every fragment to an id."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import unquote, urlsplit

_ATTRIBUTE = re.compile(r"""<[a-z][^<>]*?\s(?:href|src)=("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_ID = re.compile(r"""<[a-z][^<>]*?\s(?:id|name)=("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_OUTSIDE = {"http", "https", "mailto", "tel", "data"}


def check_links(pages: Mapping[str, str], files: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The broken links as (page, link). `pages` maps file names to HTML, `files` names all files of the site."""
    ids = {name: frozenset(_values(_ID, text)) for name, text in pages.items()}
    for name, text in pages.items():
        for link in sorted(set(_values(_ATTRIBUTE, text))):
            if not _leads_somewhere(name, link, ids, files):
                yield name, link


def _values(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    return (unescape(match.strip("\"'")) for match in pattern.findall(text))


def _leads_somewhere(page: str, link: str, ids: Mapping[str, frozenset[str]], files: frozenset[str]) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    if parts.scheme in _OUTSIDE:
        return True
    if parts.scheme or parts.netloc or link.startswith("/"):
        return page == "404.html" and not parts.scheme and not parts.netloc
    target = page
    if parts.path:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
        target = "index.html" if path == "." else path
        if target not in files:
            target = f"{target}/index.html".removeprefix("./")
    if target not in files:
        return False
    fragment = unquote(parts.fragment)
    return not fragment or target not in ids or fragment in ids[target] or fragment.startswith("__")
