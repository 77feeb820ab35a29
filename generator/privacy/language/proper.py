"""Names of organisations as patterns: capitals, the small words between, and public bodies that point at nobody."""

from __future__ import annotations

import re

from generator.privacy.text import Span

_SMALL = r"(?:van|de|der|den|het|'t|&|en|of|ter|ten|te|in het|aan de|op de|in de|voor|la|el|al)"
_CAPITAL = (
    r"(?:(?:B\.V|N\.V|V\.O\.F|V\.o\.f|St|Dr|Ds|Mgr|Prof|Pr)\.|[A-ZÀ-Þ]\w{0,60}+(?:['&+!-]\w{1,60}+){0,6}+|"
    r"\d{1,3}(?=[ .,;)]|$))"
)
NAME = (
    r"(?:\"|')?(?P<name>(?:'t |'n )?[A-ZÀ-Þ]\w{0,60}+(?:['&+-]\w{1,60}+){0,6}+(?:\.nl|\.com)?"
    rf"(?: (?:{_SMALL} ){{0,2}}{_CAPITAL}){{0,5}}(?:,? (?:B\.V\.|V\.O\.F\.|N\.V\.|v\.o\.f\.|b\.v\.|bv|vof))?)"
)
"""One to six words with capitals; the group `name` leaves the quotation marks out."""
PUBLIC = re.compile(
    r"(?:de |het )?(?:gemeente\w*|wijkteam\w*|sociaal|sociale|uwv|svb|cak|cjib|coa|ind|ggd|ggz\w*|belastingdienst|duo|"
    r"toeslagen|dienst|rijk|rijks\w*|ministerie|politie|leger des heils|humanitas|voedselbank\w*|vluchtelingenwerk|ipw|"
    r"instituut|veilig thuis|jeugdbescherming|raad|rechtbank|mee|kredietbank|provincie|vng|divosa|movisie|nibud|"
    r"stimulansz|nji|scp|cbs|college|tweede|eerste|rvdk|wsp|werkgevers\w*|juridisch|rode|ombudsman|nationale|"
    r"stadsbank|kamer|stichting leergeld|jeugdfonds|cpb|rekenkamer|inspectie|dji|om|openbaar|reclassering|"
    r"raadslieden|europese|nederland|europa|overheid|oekraïners|syriërs|nederlanders|jongeren|wmo|bijstand|"
    r"participatiewet|awb|aow|ww|wia|wajong|wsnp|pgb|zzp|avg)\b",
    re.IGNORECASE,
)
"""Begins a name that belongs to the helpers or to a rule, not to a household."""
_PARTS = frozenset("van de der den da en & 't".split())
_OPENERS = frozenset(
    "De Het Een Op In Aan Bij Naar Zij Hij Ze Van Dit Dat Onze Uw Ons Elk Als Ook Toen Na Via Volgens Alleen "
    "Met Vanuit Voor Door Tussen Elke Iedere Geen Deze"
    " Hun Haar Mijn Maar En Want Toch Daarom Dus Wel Sinds Zonder Onder Zowel Welke".split()
)
_REACH = 80


def name_ending_at(plain: str, end: int) -> Span | None:
    """The words with capitals that end here, without articles and what opens a sentence before them."""
    begin = max(end - _REACH, 0)
    words = plain[begin:end].split(" ")
    place = len(words)
    while (
        place
        and len(words) - place < 6
        and (words[place - 1] in _PARTS or _is_part(words[place - 1], place == len(words)))
    ):
        place -= 1
    while place < len(words) and (words[place] in _PARTS or words[place] in _OPENERS):
        place += 1
    if place == len(words) or not words[-1][:1].isupper():
        return None
    return end - len(" ".join(words[place:])), end


def _is_part(word: str, last: bool) -> bool:
    """A word with a capital that ends no sentence."""
    return word[:1].isupper() and (last or word[-1] not in '.,:;!?)"' or (word[-1] == "." and len(word) < 5))
