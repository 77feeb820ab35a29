"""Numbers of doors without a street: «huisnummer 27b», «nummer 14 van dezelfde flat», «kamer 12 van het hotel»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.language.clues import with_piece
from generator.privacy.text import Span, Text

LIVING = re.compile(
    r"\b(?:woon\w*|wonen\w*|bewoon\w*|buren|buurman|buurvrouw|overburen|huur\w*|verhuis\w*|verdieping|flat\w*|"
    r"ingeschreven|\w*adres\w*|straat|portiek|galerij|etage|slaapt|sliep|slapen|verblijft|verbleef|loge\w+|"
    r"verblijv\w+|opgevangen|onderdak|"
    r"bewoners?|huisbaas|verhuurder|\w*woning\w*|pand|appartement|kamer|huis|huisje|sleutel\w*|ontruim\w*|bezorgd\w*|"
    r"trok|trekt|post|brief|brieven|pakket\w*|camping|vakantiepark|betrekt|betrok|intrek|inschrijving|deur)\b"
)
"""Somebody lives there."""
_LIST = re.compile(r"\b(?:\w*lijst\w*|ranglijst|top|plek|punt|agenda|ranking|formulier|prioriteit\w*|volgorde)\b")
_CAMP = re.compile(r"\b(?:camping|woonwagen\w*|vakantiepark|bungalowpark|haven|jachthaven)\b")
_CUES = (
    "nummer",
    "nr",
    "flat",
    "kamer",
    "app",
    "unit",
    "plaats",
    "chalet",
    "huisje",
    "caravan",
    "bungalow",
    "portiek",
    "plek",
)
DOOR = with_piece(*_CUES)
"""A word for what has a number on its door."""
_NUMBERED = r"\d{1,5}(?: ?-?[a-z](?![\w'])| (?:bis|hs)\b|-\d{1,3})?"
_NAMED = re.compile(
    r"\b(?:huisnummers?|huisnr\.?|flatnummer|flatnr\.?|kamernummer|kamernr\.?|appartementnummer|appartementsnummer|"
    rf"woningnummer|deurnummer|standplaats|ligplaats|stacaravan|chalet|bungalow)(?: is| was|:)? (?:nr\.? |"
    rf"nummer )?{_NUMBERED}(?![\w])"
)
_ROOM = re.compile(
    r"(?<!tweede )(?<!eerste )\b(?:flat|kamer|hotelkamer|appartement|app\.|unit|huisje|caravan|portiek|"
    r"portaal|trailer|plek|plaats|staanplaats) "
    rf"(?:nr\.? |nummer )?{_NUMBERED}(?![\w.,]\w)"
)
_ROOM_GOES_ON = re.compile(r"^ (?:van|in|op|aan) (?:de|het|een|dat|die|deze|dit|dezelfde|hetzelfde|hun|haar|zijn) ")
_NUMBER = re.compile(
    r"(?P<how>(?<!\w)(?:buren|buurman|buurvrouw|bewoners?|bewoonster|huurders?|huurster|overburen|op|van|naar|"
    r"uit|bij|tot|en)|,)"
    rf" (?:van |op |uit )?(?P<number>(?:nummer|nr\.?) {_NUMBERED})(?![\w])"
)
_BUILDING = re.compile(
    r"^,? ?(?:van|in|aan|op|uit) (?:(?:dezelfde|de|het|die|dat|deze|dit|onze|hun|haar|zijn|hetzelfde|"
    r"een) )?(?:[\w'-]+ ){0,2}?"
    r"[\w'-]*(?:flat|straat|gebouw|pand|complex|galerij|portiek|toren|hofje|blok|laan|park|plein|camping|"
    r"steeg|kade|gracht)\b"
)


def find_doors(text: Text) -> Iterator[Span]:
    """Where the number of a door stands, with the word before it."""
    lower = text.lower
    if not any(cue in lower for cue in _CUES):
        return
    for match in _NAMED.finditer(lower):
        yield match.span()
    for match in _ROOM.finditer(lower):
        near = lower[max(match.start() - 70, 0) : match.start()].rsplit(". ", 1)[-1]
        if match[0].startswith("pl") and not _CAMP.search(near):
            continue
        if text.plain[match.start()].islower() and (
            _ROOM_GOES_ON.match(lower[match.end() : match.end() + 20])
            or (near.endswith(("op ", "in ", "van ", ", ")) and LIVING.search(near))
        ):
            yield match.span()
    for match in _NUMBER.finditer(lower):
        after = lower[match.end() : match.end() + 50].split(". ")[0]
        near = lower[max(match.start() - 70, 0) : match.start()].rsplit(". ", 1)[-1]
        lives = match["how"] not in {"op", "van", "naar", "uit", "bij", "tot", "en", ","} or LIVING.search(
            f"{near} {after}"
        )
        if _BUILDING.match(after) or (lives and not _LIST.search(f"{near} {after}")):
            yield match.span("number")
