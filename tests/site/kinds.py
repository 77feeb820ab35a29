"""The kinds of page of the site, for tests that look at one page of each. A new kind is a new line here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

WORD = "briefadres"
"""A word for which the collection has a case."""
KINDS: Mapping[str, str] = {
    "home": "",
    "cases": "casussen/",
    "case": "casussen/*/",
    "patterns": "patronen/",
    "pattern": "patronen/*/",
    "proposals": "voorstellen/",
    "solved": "voorstellen/opgelost/",
    "proposal": "voorstellen/*/",
    "proposal of the computer": "voorstellen/P-0009/",
    "solved pattern": "patronen/P-0015/",
    "laws": "wetten/",
    "local rules": "wetten/lokaal/",
    "reforms": "wetten/hervormingen/",
    "law": "wetten/*/",
    "article": "wetten/*/*/",
    "methods": "methode/",
    "method": "methode/*/",
    "domains": "leefgebied/",
    "domain": "leefgebied/*/",
    "places": "plaats/",
    "users": "voor/",
    "start of a professional": "voor/professional/",
    "start of a trainer": "voor/trainer/",
    "start of policy": "voor/beleid/",
    "learning line": "leerlijn/",
    "lesson": "leerlijn/*/",
    "guide for trainers": "handleiding-trainers/",
    "guide for policy": "handleiding-beleid/",
    "from mail to case": "redactie-casus/",
    "lessons": "leren/",
    "kit of a pattern": "leren/P-0001/",
    "kit of a case": "leren/*/",
    "sheet to hand out": "leren/werkblad/*/",
    "cards": "leren/kaarten/*/",
    "composer": "leren/bijeenkomst/samenstellen/",
    "search": f"zoeken/?q={WORD}",
    "beside": "lijkt-op/",
    "changes": "wijzigingen/",
    "data": "gegevens/",
    "accountability": "verantwoording/",
    "privacy": "privacy/",
    "certainty": "gelijkenis/",
    "accessibility": "toegankelijkheid/",
    "offline": "offline/",
    "glossary": "begrippen/",
    "manual": "redactie/",
    "decisions": "besluiten/",
    "decision": "besluiten/*/",
    "not found": "404.html",
}
"""Every kind of page, and where one stands; a star stands for any part of an address."""


def kind_addresses(site: Path) -> dict[str, str]:
    """One address for every kind of page; behind a star the longest page of its kind, since it shows most."""
    own = {site / address.partition("?")[0] / "index.html" for address in KINDS.values() if "*" not in address}
    return {kind: _longest(site, address, own) if "*" in address else address for kind, address in KINDS.items()}


def _longest(site: Path, pattern: str, own: set[Path]) -> str:
    pages = {*site.glob(f"{pattern}index.html")} - own
    longest = max(pages, key=lambda path: (path.stat().st_size, path))
    return f"{longest.parent.relative_to(site).as_posix()}/"
