"""Texts of 50,000 characters that lead a search on for as long as they can, in words short enough to be read."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

LENGTH = 50_000
LONGEST_WORD = 150
PLAIN = "ordinary text"
"""The name of the text that the others are held against."""
UNITS = (
    "0", "9", "0123456789", "1.", "1-", "1 ", "1/", "06 ", "06-", "0 6 ", "+31 ", "é", "één ", "nul zes ", "negen-",
    "negenennegentig", "A", "Aa ", "A. ", "a.", "Jan ", "Jan-", "Van der ", "mevrouw ", "de heer de ", "x'", "@", "a@",
    "a.b@", "a at b ", "a punt ", "(", "([{<", "NL91", "NL91 ABNA 0", "12-", "1-1-19", "12 mei ", "geboren ",
    "geboren 1 ", "bsn ", "bsn 1 ", "bsn:", "telefoon ", "telefoon 1 ", "rekening 12 ", "zaaknummer ", "zaaknummer a1-",
    "van 3, ", "(3, ", "3 jaar en ", "straat ", "Dorpsstraat ", "aan de ", "nr. ", "1234 ab ", "1234 ", "A1-", "99-XX-",
    "https://", "https://a.", "www.", "///", "a.a.a", "school ", "De School ", "op de ", "werkt bij ", "bij De ",
    "&amp;", "&#", "&", "*a", "`", "\u200b", "a\u200b", "e\u0301", "\uff10", "\u0430", "\u0130", "\n", "\n\n", " ",
    ". ", ": ", "- ", "-", "_", "\u00b7", "\u00b0 ", "\u2028",
)  # fmt: skip
SOUP = "0123456789 .,-/()@:;'\"AaBbJjVv\u00e9\u200b\n€°&#*_+"
SEED = 1


def hostile_texts(plain: str) -> Iterator[tuple[str, str]]:
    """Every text with its name; the first is `plain`, repeated, for comparison."""
    yield PLAIN, _fill(f"{plain} ")
    for unit in UNITS:
        yield repr(unit), _fill(unit)
    yield "characters at random", _fill("".join(Random(SEED).choices(SOUP, k=LENGTH)))
    yield "one sentence, every word a capital", _fill(plain.title().translate({ord(mark): None for mark in ".:;!?-"}))


def _fill(unit: str) -> str:
    """The unit until the text is full, with a space where a word would be too long to be read."""
    text = (unit * (LENGTH // len(unit) + 1))[:LENGTH]
    pieces: list[str] = []
    run = 0
    for character in text:
        run = 0 if character.isspace() else run + 1
        if run > LONGEST_WORD:
            pieces.append(" ")
            run = 1
        pieces.append(character)
    return "".join(pieces)[:LENGTH]
