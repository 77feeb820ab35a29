r"""Places pinned down: coordinates of every kind, map links, three-word addresses and plus codes.

Found:
    De tent stond op «52.370216, 4.895168» in het bos.
    Locatie: «52°22'12"N 4°53'42"E».
    Zie «https://maps.app.goo.gl/AbCdEf123» voor de plek.
    Ze slaapt bij «///tafel.lamp.stoel» onder de brug.
    De auto stond op «lat 52,3702 lon 4,8952» die nacht.
    Coördinaten (RD): «121687, 487484».
    De plek is «9F469VCW+X4», zei de boswachter.
    Kijk op «www.google.com/maps/place/Voorbeeld/@52.37,4.89,17z» en zoom in.
    Hij deelde «X: 121687 Y: 487484» met de agent.
    Met gps op «N 52° 22.213 E 004° 53.421» was hij te volgen.
    Volgens what3words slaapt hij op «tafel.lamp.stoel» sinds mei.
Left alone:
    Er waren 52.370 meldingen, 4.895 meer dan verwacht.
    Het percentage steeg van 52,3 naar 54,9.
    De bedragen zijn 12.345, 23.456 en 34.567 euro.
    Versie 3.11.7 van de rekentool rondt af op 2 decimalen.
    De temperatuur daalde van 21° naar 15° in de flat.
    Een correlatie van 0.123 en 0.456 is zwak.
    Zoek de gemeente op via www.google.com/maps en klik.
    De RD 2021 geldt voor 121687 huishoudens.
    In het jaar 2019/2020 waren er 155000 aanvragen.
    De reeks 1.234 5.678 9.012 telt op.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.finding import Hit, Rule, Weight
from generator.privacy.language.clues import DIGIT, with_digits, with_figures, with_piece, with_sign
from generator.privacy.language.values import merged
from generator.privacy.text import Span, Text

CODE = "PRIV-PLAATSBEPALING"

_SIDE = r"(?:(?:nb|zb|ol|wl|noord|oost|zuid|west|noorderbreedte|oosterlengte|[nsezow])\b)"
_AXIS = (
    r"(?:(?:lat(?:itude)?|lon(?:gitude)?|lng|long|breedtegraad|lengtegraad|breedte|lengte|nb|ol|noord"
    r"|oost)\b\.?(?: is)? ?[:=]? ?"
    r"|[nsewo](?:b|l)? ?[:=]? ?)"
)
_DECIMAL = r"[+\-]?\d{1,3}[.,]\d{2,}+ ?(?:°|graden)?"
_PAIR = re.compile(
    rf"(?<![\w.,])(?P<axis>{_AXIS})?(?P<a>{_DECIMAL})(?: ?(?P<side>{_SIDE}))?(?: ?[,;/|] ?| | en | bij |, en )"
    rf"(?P<axis2>{_AXIS})?(?P<b>{_DECIMAL})(?: ?{_SIDE})?(?![\w]|[.,]\d)"
)
_DMS = (
    r"\d{1,3} ?(?:°|º|graden) ?\d{1,2}(?:[.,]\d{1,6})? ?(?:'|minuten)?"
    r"(?: ?\d{1,2}(?:[.,]\d{1,6})? ?(?:\"|''|seconden))?"
)
_SEXAGESIMAL = re.compile(
    rf"(?<![\w.,])(?:[nsezow]b?l? ?)?{_DMS}(?: ?{_SIDE})?(?:(?: ?[,;/] ?| en "
    rf"| )?(?:[nsezow]b?l? ?)?{_DMS}(?: ?{_SIDE})?)?(?!\w)"
)
_SITES = "|".join(
    r"""maps\.app\.goo\.gl/ goo\.gl/maps/ google\.[a-z.]{2,6}/maps[/?] maps\.google\.[a-z.]{2,6}/
        openstreetmap\.org/ osm\.org/ bing\.com/maps[/?] maps\.apple\.com/ maps\.apple/ waze\.com/
        ul\.waze\.com/ what3words\.com/ w3w\.co/ g\.page/ glympse\.com/ mapy\.cz/ wego\.here\.com/
        share\.here\.com/ plus\.codes/ topotijdreis\.nl/ earth\.google\.com/""".split()
)
_LINK = re.compile(
    rf"(?<![\w@.])(?:https?://)?(?:www\.)?(?:{_SITES})[\w@%#?=&+~.,/\-:!;]{{0,300}}[\w/]"
    rf"|geo:-?\d[\d.,;=?a-z&\-]{{5,80}}"
)
_THREE = re.compile(r"/// ?[^\W\d_]{2,24}\.[^\W\d_]{2,24}\.[^\W\d_]{2,24}(?!\w)")
_PART = r"[^\W\d_]{2,24}"
_THREE_CUED = re.compile(
    rf"(?:what ?3 ?words|w3w|drie ?woorden)[^\n]{{0,40}}?(?<![\w.])"
    rf"(?P<words>{_PART}(?:\.| punt ){_PART}(?:\.| punt ){_PART})(?![\w.]\w)"
)
_LEAST, _LEAST_METRES = 6, 11
"""Digits in the shortest pair of degrees, and of metres."""
_MAY_BE = re.compile(r"\d[.,]\d\d")
_OPEN = "[2-9CFGHJMPQRVWX]"
_PLUS = re.compile(
    rf"(?<![\w+])(?:[2-9CFGHJMPQRV]{_OPEN}{{7}}|(?=[\dA-Z]{{0,5}}[A-Z]){_OPEN}{{4,6}})\+{_OPEN}{{2,3}}(?![\w+])"
)
_EAST, _NORTH = r"\d{2,3}[. ]?\d{3}(?:[.,]\d{1,3})?", r"[3-6]\d{2}[. ]?\d{3}(?:[.,]\d{1,3})?(?!\w|[.,]\d)"
_XY = re.compile(rf"(?<!\w)x ?(?:is|[:=\-])? ?{_EAST}(?: ?m\b)?(?:[ ,;/]{{1,3}}| en )y ?(?:is|[:=\-])? ?{_NORTH}")
_RD = re.compile(rf"(?<![\w.,]){_EAST}(?:[ ,;/|\-]{{1,3}}| en )(?:y ?)?{_NORTH}")
_CUE = re.compile(
    r"co[öo-]{1,2}rdina|\bgps|\brd\b|rijksdriehoek|\blat\b|\blatitude|breedtegraad|lengtegraad|\blocatie\b"
    r"|\bpositie\b|geo-?loca"
)
_AREA = re.compile(r"sectie [a-z]{1,2},? (?:perceel ?)?(?:nummer |nr\.? )?\d{1,5}(?!\w)")
_GOES_ON = re.compile(r",? (?:en|of|tot|naar) [\d€]|,? \d|,\d| ?(?:%|€|[a-z]{3,})")


def find(text: Text) -> Iterator[Hit]:
    """Everything that pins a place down on the map."""
    for span in merged(_spans(text)):
        yield span, Weight.HARD


def _spans(text: Text) -> Iterator[Span]:
    plain, lower = text.plain, text.lower
    if ("/" in plain and "." in plain) or "geo:" in lower:
        yield from (match.span() for match in _LINK.finditer(plain))
        yield from (match.span() for match in _THREE.finditer(plain))
    if "w3w" in lower or "words" in lower or "woorden" in lower:
        yield from (match.span("words") for match in _THREE_CUED.finditer(lower))
    if not text.has_digit:
        return
    if "+" in plain:
        yield from (match.span() for match in _PLUS.finditer(plain))
    if "sectie" in lower:
        yield from (match.span() for match in _AREA.finditer(lower))
    if "°" in plain or "º" in plain or "graden" in lower:
        yield from (match.span() for match in _SEXAGESIMAL.finditer(lower) if _has_minutes(match.group()))
    if text.figures < _LEAST:
        return
    cues = [match.end() for match in _CUE.finditer(lower)]
    for match in _PAIR.finditer(lower) if _MAY_BE.search(lower) else ():
        if _is_pair(lower, match, any(-10 < match.start() - cue < 60 for cue in cues)):
            yield match.span()
    if text.figures >= _LEAST_METRES:
        yield from (match.span() for match in _XY.finditer(lower))
    for cue in cues:
        found = _RD.search(plain, cue, min(cue + 60, len(plain)))
        if found is not None:
            yield found.span()


def _has_minutes(value: str) -> bool:
    """More than a temperature: minutes, or a side of the compass."""
    return "'" in value or "min" in value or re.search(r"\d[.,]\d{2,}|\d ?(?:nb|ol|[nsezow])\b", value) is not None


def _is_pair(lower: str, match: re.Match[str], cued: bool) -> bool:
    """Latitude and longitude rather than two statistics."""
    a, b = (re.sub(r"[^\d.,]", "", match[name]).replace(",", ".") for name in ("a", "b"))
    decimals = min(len(a.partition(".")[2]), len(b.partition(".")[2]))
    longest = max(len(a.partition(".")[2]), len(b.partition(".")[2]))
    if float(a) > 180 or float(b) > 180:
        return False
    near = _in_the_netherlands(float(a), float(b)) or _in_the_netherlands(float(b), float(a))
    if (match["axis"] or match["side"] or match["axis2"] or cued) and (near or decimals >= 3):
        return True
    if decimals >= 4:
        return near or (float(a) >= 1 and not lower.startswith((" en ", " bij "), match.end("a")))
    goes_on = _GOES_ON.match(lower, match.end()) is not None
    if lower[match.end("a") : match.start("b")] == " ":
        beside = lower[max(0, match.start() - 2) : match.start()] + lower[match.end() : match.end() + 3]
        goes_on = any(character.isdigit() for character in beside)
    return decimals == 3 and near and (longest > 3 or not goes_on)


def _in_the_netherlands(north: float, east: float) -> bool:
    """Roughly."""
    return 50 < north < 54 and 3 < east < 7.5


RULE = Rule(
    CODE,
    find,
    (
        (with_figures(_LEAST),),
        (with_sign("/"), with_sign(".")),
        (with_piece("woorden"),),
        (DIGIT, with_piece("words", "geo", "graden", "sectie")),
        (with_digits(lambda text: any(sign in text.lower for sign in ("+", "°", "º", "w3w"))),),
    ),
)
