"""Colours of a site: one colour of its own, and the shades that the look needs, each with enough contrast.

Contrast is that of WCAG 2: 1 for the same colour twice, 21 for black on white.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
ENOUGH = 4.5
"""Contrast that WCAG asks of text, level AA."""
LIGHT_GROUND: Colour = (0xE4, 0xEC, 0xEE)
"""The darkest ground under links in the light look (`--atlas-vlak-diep`)."""
DARK_GROUND: Colour = (0x21, 0x30, 0x37)
"""The lightest ground under links in the dark look (`--atlas-vlak-diep`)."""
STEP = 0.02
"""How much of black or white is mixed in at a time until a shade has contrast enough."""


def read_colour(text: str) -> Colour | None:
    """A colour written as `#1d4f8c` or `#15a`; `None` if it is something else."""
    found = re.fullmatch(r"#([0-9a-f]{3}|[0-9a-f]{6})", text.strip().lower())
    if found is None:
        return None
    digits = found.group(1) if len(found.group(1)) == 6 else "".join(digit * 2 for digit in found.group(1))
    return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16))


def contrast(one: Colour, other: Colour) -> float:
    """How much two colours differ in light, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def shades(colour: Colour) -> Mapping[str, str]:
    """What the stylesheet of a site asks: the colour itself and its shades in the light and the dark look."""
    light = _until(colour, BLACK, LIGHT_GROUND)
    dark = _until(colour, WHITE, DARK_GROUND)
    return {
        "merk": _hex(light),
        "merk_diep": _hex(_mix(light, BLACK, 0.3)),
        "merk_vlak": _hex(_mix(colour, WHITE, 0.9)),
        "donker_merk": _hex(dark),
        "donker_merk_diep": _hex(_mix(dark, WHITE, 0.4)),
        "donker_merk_vlak": _hex(_mix(colour, BLACK, 0.65)),
        "donker_op_merk": _hex(_mix(colour, BLACK, 0.85)),
    }


def _until(colour: Colour, towards: Colour, ground: Colour) -> Colour:
    """The colour, mixed with black or white no more than it must be to be read on the ground."""
    part = 0.0
    while contrast(_mix(colour, towards, part), ground) < ENOUGH:
        part += STEP
    return _mix(colour, towards, part)


def _mix(colour: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * min(part, 1.0)) for a, b in zip(colour, other, strict=True))
    return (red, green, blue)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(value / 255) for value in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
