"""Link check over the finished site: every link and image of every page leads to a file, every fragment to an id."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from sys import intern
from urllib.parse import SplitResult, unquote, urlsplit

_ATTRIBUTE = re.compile(r"""<[a-z][^<>]*?\s(?:href|src)=("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_ID = re.compile(r"""<[a-z][^<>]*?\s(?:id|name)=("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_DOTS = re.compile(r"(?:^|/)(?:\.|/)|^$|//")
_OUTSIDE = {"http", "https", "mailto", "tel", "data"}


@dataclass(frozen=True)
class PageLinks:
    """What the check keeps of a page."""

    page: str
    ids: frozenset[str]
    broken: tuple[str, ...]
    """Links to no file."""
    asked: tuple[tuple[str, str, str], ...]
    """Links to an id, with the file and the id that they lead to."""


def check_links(pages: Iterable[tuple[str, str]], files: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The broken links as (page, link). `pages` are names of files with their HTML, `files` names all of the site."""
    return find_broken(read_links(name, text, files) for name, text in pages)


def read_links(page: str, text: str, files: frozenset[str]) -> PageLinks:
    """The links of one page, as far as they need a look at other pages or are broken."""
    broken: list[str] = []
    asked: list[tuple[str, str, str]] = []
    for link in sorted(set(_values(_ATTRIBUTE, text))):
        target, fragment = _target(page, link, files)
        if target is None:
            broken.append(link)
        elif fragment and not fragment.startswith("__"):
            asked.append((link, target, fragment))
    return PageLinks(page, frozenset(_values(_ID, text)), tuple(broken), tuple(asked))


def find_broken(pages: Iterable[PageLinks]) -> Iterator[tuple[str, str]]:
    """The broken links of pages as (page, link); of a page no more is kept than its ids and its links to ids."""
    ids: dict[str, frozenset[str]] = {}
    asked: list[tuple[str, str, str, str]] = []
    for read in pages:
        ids[read.page] = frozenset(map(intern, read.ids))
        yield from ((read.page, link) for link in read.broken)
        asked += ((read.page, link, target, intern(fragment)) for link, target, fragment in read.asked)
    for page, link, target, fragment in asked:
        if target in ids and fragment not in ids[target]:
            yield page, link


def _values(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    return (unescape(match.strip("\"'")) for match in pattern.findall(text))


def _target(page: str, link: str, files: frozenset[str]) -> tuple[str | None, str]:
    """The file of the site that a link leads to and the id in it; no file if it leads nowhere, empty if elsewhere."""
    parts = _split(link)
    if parts is None:
        return None, ""
    if parts.scheme in _OUTSIDE:
        return "", ""
    if parts.scheme or parts.netloc or link.startswith("/"):
        return ("" if page == "404.html" and not parts.scheme and not parts.netloc else None), ""
    target = page
    if parts.path:
        path = _joined(posixpath.dirname(page), unquote(parts.path))
        target = "index.html" if path == "." else path
        if target not in files:
            target = f"{target}/index.html".removeprefix("./")
    return (target if target in files else None), unquote(parts.fragment)


@lru_cache(maxsize=20_000)
def _split(link: str) -> SplitResult | None:
    try:
        return urlsplit(link)
    except ValueError:
        return None


def _joined(folder: str, path: str) -> str:
    """What `posixpath` makes of the two, without its work for the many that only climb to the root."""
    up = "../" * (folder.count("/") + 1) if folder else ""
    rest = path[len(up) :]
    if rest and path.startswith(up) and not _DOTS.search(rest):
        return rest.removesuffix("/")
    return posixpath.normpath(posixpath.join(folder, path))
