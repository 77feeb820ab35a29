"""The entries of the search index: they hold no word but those of their page, which was read, and of our own lists."""

from __future__ import annotations

import gzip
import json
from collections.abc import Container, Iterable
from typing import Any

from generator.privacy import gate
from generator.privacy.markup import texts_of_json, words_of

ENDING = ".pf_fragment"
"""How the name of an entry ends."""
_FIELDS = frozenset(
    "content word_count filters meta title anchors image image_alt element id text location h1 h2 h3 h4".split()
)
"""Names of the parts of an index entry."""


def page_of(entry: bytes) -> str:
    """The address of the page that an entry is of."""
    address: str = _read(entry)["url"]
    return address


def added_words(entry: bytes, page: Iterable[frozenset[str]], ours: frozenset[str]) -> frozenset[str]:
    """The words of an entry that neither its page holds, in any of its stretches, nor `ours`."""
    stretches = [*page]
    extra = words_of(texts_of_json({key: value for key, value in _read(entry).items() if key != "url"}))
    extra = extra.difference(_FIELDS, ours, *stretches)
    if not extra:
        return extra
    words = frozenset().union(*stretches)
    return frozenset(word for word in extra if not _is_joined(word, words))


def _read(entry: bytes) -> dict[str, Any]:
    content = gzip.decompress(entry)
    read: dict[str, Any] = json.loads(content[content.index(b"{") :])
    return read


def _is_joined(word: str, page: Container[str]) -> bool:
    """Whether a word is two or three of the page's: the search program puts what stands in a row together."""
    if len(word) > gate.MAX_WORD:
        return False
    ends = [cut for cut in range(1, len(word)) if word[:cut] in page]
    return any(
        word[cut:] in page or any(word[cut:more] in page and word[more:] in page for more in range(cut + 1, len(word)))
        for cut in ends
    )
