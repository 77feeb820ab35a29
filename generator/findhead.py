"""The head of the search index, rewritten so that it names pages by number.

The search program names each page by a hash, which no packing makes smaller: at ten thousand pages most of the head.
"""

from __future__ import annotations

import gzip
import re
import string
from collections.abc import Mapping, Sequence

_DIGITS = string.digits + string.ascii_lowercase
_SIGN = b"pagefind_dcd"
"""What each file of the index begins with."""
_NAME = re.compile(rb"[\x60-\x77]([a-z]+_[0-9a-f]+)")
"""A name in the head: a byte that says how long it is, and the name."""


def page_numbers(order: Sequence[str]) -> dict[str, str]:
    """Page ids to their new names: their places in `order`, written with 36 digits."""
    return {page: _number(place) for place, page in enumerate(order)}


def number_pages(head: bytes, numbers: Mapping[str, str]) -> bytes:
    """The packed head with new names for its pages. Raises `ValueError` if it does not hold each of them once."""
    content = gzip.decompress(head)
    met: list[str] = []

    def renamed(match: re.Match[bytes]) -> bytes:
        name = match[1].decode()
        met.append(name)
        number = numbers.get(name, name).encode()
        return bytes([0x60 + len(number)]) + number

    # pages come first; parts of the index are named alike
    content = content[: len(_SIGN)] + _NAME.sub(renamed, content[len(_SIGN) :], count=len(numbers))
    if sorted(met) != sorted(numbers):
        raise ValueError("The head of the search index does not hold the pages of the index.")
    return gzip.compress(content, mtime=0)


def _number(value: int) -> str:
    digits = _DIGITS[value % 36]
    while value := value // 36:
        digits = _DIGITS[value % 36] + digits
    return digits
