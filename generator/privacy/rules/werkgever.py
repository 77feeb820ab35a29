"""Employer or own business by its name: where somebody works, worked or wants to work.

Found:
    Moeder werkt al jaren bij ‹Lidl› in de avond.
    Zijn zoon loopt stage bij garage ‹Van Vliet›.
    Zij is kapster bij ‹Haarmode Els›.
    Vader had een eigen bedrijf, ‹Klussenbedrijf Kaya›, aan huis.
    Haar werkgever ‹Rijnzorg› wilde niet wachten.
    Hij bezorgt pakketten voor ‹DHL›.
    Via uitzendbureau ‹Tempo-Team› kreeg hij werk.
    Hij is eigenaar van ‹Pizzeria Roma›.
    Bij ‹Albert Heijn› werkte ze als vakkenvuller.
    Zij werkt in de keuken van ‹Hotel Maas›.
    Hij kreeg ontslag bij ‹De Boer Transport BV›.
Left alone:
    Zij werkt bij de gemeente.
    De klantmanager werkt bij het UWV.
    Moeder werkt in de zorg en vader bij een bakker.
    Het team werkt bij voorkeur aan huis.
    Hij werkt in Utrecht en woont in Zeist.
    De jongerenwerker werkt bij Stichting Lumens.
    Hij had een contract bij Eneco voor stroom.
    De gemeente werkt samen met Humanitas.
    De jurist bij Stimulansz gaf advies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.finding import Hit, Rule, Weight
from generator.privacy.language.clues import with_lower, with_part
from generator.privacy.language.proper import NAME, PUBLIC, name_ending_at
from generator.privacy.language.trades import HELPERS, KINDS, SUPPLIERS, WORKPLACES, is_trade, is_work
from generator.privacy.text import Text, Word

CODE = "PRIV-WERKGEVER"

_PREPOSITIONS = frozenset("bij voor via van in op door".split())
_AT = re.compile(
    r" (?:(?:de|het|een|'t|zijn|haar|hun|zo'n) )?(?P<kind>(?:(?!bij|voor|via|van|door)[a-zà-ÿ-]{3,30},? ){0,2}?)"
    rf"(?:genaamd )?{NAME}"
)
_KIND = re.compile(rf"(?:,| genaamd| heet|:)? [(\"']?{NAME}")
_OWNED = frozenset(
    "zaak zaakje bedrijf bedrijfje onderneming winkel winkeltje firma praktijk handel zzp-bedrijf".split()
)
_OWN = re.compile(r"\b(?:eigen|zijn|haar|hun|een|nieuwe) (?:[a-z-]{3,20} )?$")
_OWN_AFTER = re.compile(rf"(?:,|:| \(| genaamd| heet| heette|) ?[\"']?{NAME}")
_OWNERS = frozenset("eigenaar eigenaresse mede-eigenaar uitbater uitbaatster oprichter bestuurder vennoot baas".split())
_RUNS = frozenset("runt runde eenmanszaak handelsnaam".split())
_RUN = re.compile(rf"(?: van|:)? [(\"']?(?:(?:de|het|een|zijn|haar) )?(?:[a-z-]{{3,30}},? )?{NAME}")
_BOSSES = frozenset(
    "werkgever werkgeefster uitzendbureau uitzender inlener leerbedrijf stagebedrijf stageadres".split()
)
_BOSS = re.compile(rf"(?:,| is| was| heet| heette|:)? [(\"']?(?:(?:het|de) )?{NAME}")
_FIRED = re.compile(
    r" (?:ontsloeg|ontslaat|verlengde (?:haar|zijn|het|hun) (?:\w+ )?contract|nam (?:hem|haar) (?:aan|in dienst)|"
    r"zegde (?:haar|zijn) contract op|betaalde (?:haar|zijn) loon)"
)
_FORMS = re.compile(r"(?<=\w) (?:BV|B\.V\.|VOF|V\.O\.F\.|v\.o\.f\.|b\.v\.|(?:&|en) (?:Zonen|zonen|Zn|zn|Zoon)\b)")
_CREDIT = re.compile(
    r"\b(?:incasso\w*|\w*deurwaarder\w*|beslag|schuldeiser\w*|vordering\w*|factu\w+|energie\w*|verhuurder|"
    r"bank|verzekeraar|"
    r"lening|krediet\w*|corporatie|aannemer|leverancier|hulpmiddelen\w*)\b"
)
_NO_WORK = re.compile(
    r"(?:Januari|Februari|Maart|April|Mei|Juni|Juli|Augustus|September|Oktober|November|December|Maandag|Corona|Kerst|"
    r"Kerstmis|Nederland\w*|Duitsland|België|Polen|Wet|Wmo|Artikel|Turkije|Europa|Syrië|Oekraïne|Marokko|Stap|Route|"
    r"Engels|Duits|De|Het|Een|Zij|Hij|Ze|Dat|Dit|[IVX]+)$"
)
_STARTS = re.compile(r"\b(?:werkte?n?|werkt|in dienst|contract|baan|stage|solliciteerde|slag|ontslag\w*|werk)\b")
_WORK_PIECES = ("werk", "dienst", "contract", "baan", "stage", "sollicit", "slag")
"""A piece of each of those."""
_SUBJECT = re.compile(
    r"\b(?:ze|zij|hij|moeder|vader|zoon|dochter|mevrouw|meneer|oudste|jongste|man|vrouw|partner|cliënt\w*)\b"
)
_CLAUSE = re.compile(r"[.!?;:\n] | - ")
_TOKEN = re.compile(r"[\w'-]+")
_ALONE = frozenset("samen samenwerking samenwerkt mee".split())
_LEFT_BY = frozenset("ontslagen aangenomen uitgezonden ingehuurd gedetacheerd".split())
_FLOORS = frozenset(
    """
    personeel werknemer werkneemster personeelslid oproepkracht dienst loon salaris loonstrook loonlijst keuken magazijn
    distributiecentrum fabriek filiaal bediening kantine
    """.split()
)
_DOES = ("werk", "rij", "reed", "bezorg", "schoon", "klus", "poets", "pakket", "maaltijd", "krant", "gedeta")


def find(text: Text) -> Iterator[Hit]:
    """Names after a word for work or a trade, own businesses, and names that end like a company."""
    plain, lower = text.plain, text.lower
    for word in text.words:
        pattern = _pattern(text, word)
        match = pattern.match(plain, word.end, word.end + 160) if pattern else None
        if match is None or PUBLIC.match(match["name"]) or _NO_WORK.match(match["name"]):
            continue
        if pattern is not _AT or _is_workplace(lower, word, match):
            yield match.span("name"), Weight.WARNING
    if "ontsl" in lower or "contract" in lower or " nam h" in lower or " loon" in lower:
        for fired in _FIRED.finditer(plain):
            span = name_ending_at(plain, fired.start())
            if span and not PUBLIC.match(plain[span[0] : span[1]]):
                yield span, Weight.WARNING
    for form in _FORMS.finditer(plain):
        span = name_ending_at(plain, form.start())
        if span and not _CREDIT.search(_clause(lower, span[0], form.end())):
            yield (span[0], form.end()), Weight.WARNING


def _pattern(text: Text, word: Word) -> re.Pattern[str] | None:
    """What to look for after this word."""
    lower = word.text.lower()
    if lower in _PREPOSITIONS:
        return _AT
    if lower in KINDS:
        return _KIND
    if lower.removeprefix("ex-").removeprefix("oud-") in _BOSSES:
        return _BOSS
    if lower in _RUNS or (lower in _OWNERS and text.lower.startswith(" van ", word.end)):
        return _RUN
    if lower == "naam" and text.lower.endswith("onder de ", 0, word.start):
        return _RUN
    owned = lower in _OWNED and _OWN.search(text.lower, max(word.start - 36, 0), word.start)
    return _OWN_AFTER if owned else None


def _names_firm(lower: str) -> bool:
    """Whether `_pattern` may want something after this word, prepositions apart."""
    boss = lower.removeprefix("ex-").removeprefix("oud-")
    return lower in KINDS or boss in _BOSSES or lower in _RUNS or lower in _OWNERS or lower in _OWNED or lower == "naam"


def _is_about_work(lower: str) -> bool:
    """Whether a word may tell that somebody works at what stands after a preposition."""
    return is_work(lower) or is_trade(lower) or any(piece in lower for piece in _WORK_PIECES)


def _clause(lower: str, start: int, end: int) -> str:
    """The words around, as far as the sentence reaches."""
    return (
        _CLAUSE.split(lower[max(start - 90, 0) : start])[-1]
        + lower[start:end]
        + _CLAUSE.split(lower[end : end + 60])[0]
    )


def _is_workplace(lower: str, word: Word, match: re.Match[str]) -> bool:
    """Whether somebody of the household works there: a word for work or a trade stands close before the preposition."""
    prep = word.text.lower()
    words = _TOKEN.findall(_CLAUSE.split(lower[max(word.start - 90, 0) : word.start])[-1])[-9:]
    if _ALONE & set(words):
        return False
    if not words or word.capital:
        after = _CLAUSE.split(lower[match.end() : match.end() + 60])[0]
        return prep in {"bij", "via"} and _STARTS.search(after) is not None and _SUBJECT.search(after) is not None
    place = next((i for i in range(1, len(words) + 1) if is_work(words[-i]) or is_trade(words[-i])), 0)
    if not place or HELPERS & {*words, *(other.rstrip("s") for other in words)}:
        return False
    cue = words[-place]
    if cue == "contract" and SUPPLIERS.match(match["name"]):
        return False
    if prep in {"bij", "via"}:
        return place <= (4 if cue in {"werk", "contract", "functie", "kracht", "begon"} else 7)
    if prep == "voor":
        return place <= 3 and (is_trade(cue) or cue.startswith(_DOES))
    if prep == "door":
        return place == 1 and cue in _LEFT_BY
    if prep == "van":
        return place == 1 and cue in _FLOORS
    return place <= 3 and (WORKPLACES.match(match["name"]) is not None or bool(match["kind"].strip()))


RULE = Rule(
    CODE,
    find,
    (
        (with_lower(_PREPOSITIONS.__contains__), with_lower(_is_about_work)),
        (with_lower(_names_firm),),
        (with_part(lambda part: part.startswith(("ontsl", "verlengde", "nam", "zegde", "betaalde"))),),
        (with_part(lambda part: part.startswith(("bv", "vof")) or part in {"b", "v", "zonen", "zn", "zoon"}),),
    ),
)
