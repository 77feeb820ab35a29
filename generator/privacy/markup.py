"""The texts in HTML and XML: what stands between tags, in attributes, in comments, and in scripts as data."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from generator.stretches import Reader

VALUE = re.compile(r"""(?<=\s)([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
"""An attribute with its value."""
_TAG = re.compile(r"<(!--.*?--|[^<>]*)>", re.S)
_BEGUN_COMMENT = "<!--"
_COMMENT = re.compile(r"!--.*--", re.S)
_CONFIG = re.compile(r'<script id="__config".*?</script>', re.S)
"""Settings of the theme."""
_BEGUN_CONFIG = '<script id="__config"'
_CODE = re.compile(r"<(script|style)\b[^>]*>(.*?)</\1>", re.S | re.I)
_BEGUN_CODE = re.compile(r"<(?:script|style)", re.I)
_HASH = re.compile(r"'sha256-[A-Za-z0-9+/]{43}='")
"""A script that the Content-Security-Policy lets run: letters and digits without meaning."""
_SILENT = frozenset(
    "class for style d viewBox width height points transform fill stroke x y cx cy r rx ry xmlns integrity role type"
    " rel charset http-equiv lang dir tabindex name method action data-md-component data-md-toggle media sizes property"
    " xlink:href clip-path preserveAspectRatio".split()
)
"""Attributes whose values the templates alone decide."""
_LINKS = frozenset({"href", "src", "srcset", "data-src"})
_SOFT = re.compile(r"</?(?:b|i|em|strong|mark|u|s|small|sub|sup)>")
"""Tags that do not end a word or sentence."""
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Markup:
    """What a stretch of markup says."""

    data: tuple[str, ...] = ()
    """What its scripts hold as data."""
    texts: tuple[str, ...] = ()
    """All else, in order; the white space around a text left out."""

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of both, in lower case."""
        return words_of(self.all)

    @property
    def all(self) -> tuple[str, ...]:
        """Both, as a page is read: data comes first."""
        return (*self.data, *self.texts)


def read_markup(text: str) -> Markup:
    """The texts in a whole file. Raises `ValueError` for a script with data that is none."""
    return _read(text, whole=True) or Markup()


def make_reader() -> Reader[Markup]:
    """A reader of pages, that remembers what it read."""
    return Reader(_read, join_markup)


def join_markup(parts: Iterable[Markup]) -> Markup:
    """What stretches that follow one another say together."""
    data: list[str] = []
    texts: list[str] = []
    for part in parts:
        if part.data:
            data += part.data
        texts += part.texts
    return Markup(tuple(data), tuple(texts))


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The words of texts, in lower case."""
    return frozenset(_WORDS.findall("\n".join(texts).lower()))


def texts_of_json(value: object) -> Iterator[str]:
    """Every key and value that is a text."""
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, str):
            yield current
        elif isinstance(current, dict):
            stack += [*current.keys(), *current.values()]
        elif isinstance(current, list):
            stack += current


def _read(text: str, whole: bool) -> Markup | None:
    """What a text says; nothing if it does not stand by itself: with another behind it, it could say something else."""
    if _BEGUN_CONFIG in text:
        text = _CONFIG.sub("", text)
    begun = _BEGUN_CODE.search(text) is not None
    bare = _CODE.sub("<x>", text) if begun else text
    plain = _SOFT.sub("", bare)
    pieces = _TAG.split(plain)
    if not whole and (
        not _is_closed(plain, pieces) or _BEGUN_CONFIG in text or (begun and _BEGUN_CODE.search(bare) is not None)
    ):
        return None
    data: list[str] = []
    if begun:
        for _, code in _CODE.findall(text):
            if code.strip().startswith(("{", "[")):
                data += texts_of_json(json.loads(html.unescape(code)))
    texts: list[str] = []
    tag = False
    for piece in pieces:
        if tag:
            if "=" in piece or piece.startswith("!--"):
                texts += _of_tag(piece)
        elif piece and not piece.isspace():
            texts.append((html.unescape(piece) if "&" in piece else piece).strip())
        tag = not tag
    return Markup(tuple(data), tuple(filter(None, texts)))


def _is_closed(text: str, pieces: list[str]) -> bool:
    """Whether the texts and tags by turns of a text end with a tag, and no comment is left open."""
    if len(pieces) == 1 or pieces[-1].strip():
        return False
    return "!--" not in text or (
        not any(_BEGUN_COMMENT in piece for piece in pieces[::2])
        and all(_COMMENT.fullmatch(piece) for piece in pieces[1::2] if piece.startswith("!--"))
    )


@lru_cache(maxsize=20_000)
def _of_tag(inside: str) -> tuple[str, ...]:
    """The texts in a tag; pages repeat the same tags."""
    if inside.startswith("!--"):
        return (inside.strip("!- ").strip(),)
    if inside.startswith('meta http-equiv="Content-Security-Policy"'):
        inside = _HASH.sub("", inside)
    values = ((key, double or single) for key, double, single in VALUE.findall(inside))
    return tuple(
        html.unescape(value).strip()
        for key, value in values
        if value and key not in _SILENT and not (key in _LINKS and not value.startswith(("http", "mailto", "tel")))
    )
