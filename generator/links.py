"""Link check over the finished site: every link and image of every page leads to a file, every fragment to an id."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from sys import intern
from urllib.parse import SplitResult, unquote, urlsplit

from generator.stretches import Reader

_ATTRIBUTE = re.compile(r"""<[a-z][^<>]*?\s(?:href|src)=("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_ID = re.compile(r"""<[a-z][^<>]*?\s(?:id|name)=("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_OPEN = re.compile(r"""<[a-z][^<>]*?\s(?:href|src|id|name)=(?:"[^"]*|'[^']*)\Z""", re.IGNORECASE)
"""An attribute of which the value does not end."""
_DOTS = re.compile(r"(?:^|/)(?:\.|/)|^$|//")
_OUTSIDE = {"http", "https", "mailto", "tel", "data"}
REMEMBERED = 50_000
"""Links from the root of which is remembered where they lead, for pages as deep."""


@dataclass(frozen=True)
class PageLinks:
    """What the check keeps of a page."""

    page: str
    ids: frozenset[str]
    broken: tuple[str, ...]
    """Links to no file, or to no id of the page itself."""
    asked: tuple[tuple[str, str, str], ...]
    """Links to an id of another page, with the file and the id that they lead to."""


@dataclass(frozen=True)
class _Links:
    """What a stretch of a page says."""

    links: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()


_NONE = _Links()


def check_links(pages: Iterable[tuple[str, str]], files: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The broken links as (page, link). `pages` are names of files with their HTML, `files` names all of the site."""
    read = make_link_reader(files)
    return find_broken(read(name, text.encode()) for name, text in pages)


def make_link_reader(files: frozenset[str]) -> Callable[[str, bytes], PageLinks]:
    """What reads the links of a page (name and HTML), as far as they need a look at other pages or are broken.

    It remembers the frames of pages, and where their links lead.
    """
    reader = Reader(_read, _join)
    rooted: dict[str, dict[str, tuple[str | None, str]]] = {}

    def read(page: str, data: bytes) -> PageLinks:
        whole = _join(reader.read(data))
        broken: list[str] = []
        asked: list[tuple[str, str, str]] = []
        climb = "../" * page.count("/")
        known = rooted.setdefault(climb, {})
        for link in whole.links:
            found = known.get(link)
            if found is None:
                found = _target(page, link, files)
                if climb and link.startswith(climb):  # to the root: it leads to the same from every page as deep
                    if len(known) >= REMEMBERED:
                        known.clear()
                    known[link] = found
            leads_to, fragment = found
            if leads_to is None:
                broken.append(link)
            elif fragment and not fragment.startswith("__"):
                if leads_to != page:
                    asked.append((link, leads_to, fragment))
                elif fragment not in whole.ids:
                    broken.append(link)
        return PageLinks(page, whole.ids, tuple(sorted(broken)), tuple(sorted(asked)))

    return read


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


def _read(text: str, whole: bool) -> _Links | None:
    """What a text says; nothing if a value is left open, that could end in what follows."""
    if "=" not in text:
        return _NONE
    if not whole and _may_be_open(text) and _OPEN.search(text):
        return None
    lowered = text.lower()  # looked for without an s or i, which are other letters too without case
    links = frozenset(_values(_ATTRIBUTE, text)) if "href=" in lowered or "rc=" in lowered else _NONE.links
    ids = frozenset(_values(_ID, text)) if "d=" in lowered or "name=" in lowered else _NONE.ids
    return _Links(links, ids) if links or ids else _NONE


def _may_be_open(text: str) -> bool:
    """Whether the last mark of either kind may begin a value."""
    return any(text[text.rfind(mark) - 1] == "=" for mark in "\"'" if mark in text)


def _join(parts: Iterable[_Links]) -> _Links:
    every = [*parts]
    return _Links(frozenset().union(*(part.links for part in every)), frozenset().union(*(part.ids for part in every)))


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
