"""Lexicon: the ordinary words of Dutch, and what Dutch writes with a capital. Package data, read once.

Sources and licences stand in `privacy/lists/BRONNEN.md`. A list that is missing stops everything: without it nothing
may be published.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LEFT_OUT = "…"
"""Stands for words that are not ordinary ones."""


class ListError(Exception):
    """A list of the privacy gate is missing or too short; nothing may be published."""

    def __str__(self) -> str:
        """What a reader is told."""
        return f"De privacytoets mist een lijst ({self.args[0]}). Zonder de toets wordt er niets gepubliceerd."


@cache
def dutch_words() -> frozenset[str]:
    """Every ordinary Dutch word in lower case. Raises `ListError`."""
    return frozenset(_read_lines("woorden.txt.gz"))


@cache
def capital_words() -> frozenset[str]:
    """Words that Dutch writes with a capital (persons, streets and places alike), in lower case. Raises `ListError`."""
    return frozenset(_read_lines("hoofdletters.txt.gz"))


@cache
def person_names() -> frozenset[str]:
    """Names of persons of every origin, lower case without accents. Raises `ListError`."""
    return frozenset(_read_lines("namen.txt.gz"))


def ordinary(text: str) -> str:
    """The text with everything but ordinary words left out: what may be said of a record that is not cleared."""
    said = [word if word.lower() in dutch_words() else LEFT_OUT for word in _WORD.findall(text)]
    return " ".join(word for place, word in enumerate(said) if word != LEFT_OUT or said[place - 1 : place] != [word])


def read_list(name: str) -> bytes:
    """A list of the package as it is stored. Raises `ListError`."""
    try:
        return files("generator").joinpath(f"privacy/lists/{name}").read_bytes()
    except OSError as error:
        raise ListError(name) from error


def _read_lines(name: str) -> list[str]:
    try:
        lines = gzip.decompress(read_list(name)).decode("utf-8").split("\n")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise ListError(name) from error
    if len(lines) < 1000:
        raise ListError(name)
    return lines
