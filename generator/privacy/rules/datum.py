"""Exact date of an event: a full date, or day and month; not the date of a law, a publication or a rule.

Found:
    Op ‹9 maart 2021› kwam de politie langs.
    De zitting van ‹09-03-2021› werd uitgesteld.
    Op ‹vrijdag 6 oktober› ging de stroom eraf.
    Het huisbezoek van ‹6/10/22› ging niet door.
    Zij belde op ‹14 feb›. in paniek.
    Op ‹2021-03-09› sloot het dossier.
    Vanaf ‹3 t/m 5 juni› sliepen ze buiten.
    Op ‹maandag 6/10› was er niemand.
    Moeder kreeg op ‹9 maart 2021› een brief over artikel 35.
    Op ‹drie mei› stonden zij op straat.
Left alone:
    De regeling geldt vanaf 1 juli 2023.
    Het besluit van 3 mei 2019 staat in Stb. 2019, 120.
    Deze pagina is bijgewerkt op 4 juni 2026.
    Zie de uitspraak van 12 mei 2020, ECLI:NL:CRVB:2020:1068.
    Op 3/4 van de adressen was niemand thuis.
    Artikel 3.4.12 gaat over de eigen bijdrage.
    In mei 2021 kwam er rust.
    Er is 24/7 iemand bereikbaar.
    De Wet inburgering trad op 1 januari 2022 in werking.
    Aangifte doe je vóór 1 mei.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from generator.privacy.finding import Hit, Rule, Weight
from generator.privacy.language.context import window
from generator.privacy.language.dates import DATES, find_dates
from generator.privacy.text import Text

CODE = "PRIV-DATUM"

_RULE = frozenset(
    """
    wet wetten wetsvoorstel artikel artikelen art besluit beleidsregel beleidsregels stb stcrt staatsblad staatscourant
    trb geïndexeerd inwerkingtreding werking geldt gelden gold golden geldig gepubliceerd verschenen verscheen
    bijgewerkt geraadpleegd geactualiseerd gewijzigd wijzigt wijzigde wijziging peildatum publicatiedatum versie
    verordening regeling pilot proef uitspraak arrest vonnis ecli crvb rechtspraak rechtspraak.nl bedragen tarieven
    tarief minimumloon kamerbrief kamer motie amendement circulaire rapport nieuwsbericht publicatie onderzoek
    handreiking factsheet website pagina rekentool gemeenteraad collegebesluit raadsbesluit avg wmo awb aow pw
    decentralisatie decentralisaties herindeling fusie afgeschaft ingevoerd invoering overgangsrecht stelsel
    stelselwijziging verdrag richtlijn kostendelersnorm subsidieronde subsidieregeling persbericht minister ministerie
    staatssecretaris kabinet symposium webinar congres kracht vastgesteld vervalt vervallen bevrijdingsdag
    dodenherdenking koningsdag prinsjesdag feestdag feestdagen schoolvakantie zomertijd wintertijd jaarverslag begroting
    indexering verhoogd programma rechtbanken openbaar beslagvrije cijfers cbs tozo normenbrief bijstandsnorm normbedrag
    normbedragen
    """.split()
)
_FIRM = frozenset(
    """
    werking inwerkingtreding geldt gelden gold golden geldig gepubliceerd verschenen verscheen bijgewerkt geraadpleegd
    geactualiseerd gewijzigd wijzigt wijzigde peildatum publicatiedatum versie stb stcrt staatsblad staatscourant trb
    afgeschaft ingevoerd vastgesteld vervalt vervallen kracht uitspraak arrest vonnis
    """.split()
)
"""What happens to a rule, and to no household."""
_WHO = frozenset("hij zij ze gezin moeder vader zoon dochter oma opa mevrouw meneer".split())
"""Somebody acts or undergoes."""
_RULE_ENDS = ("wet", "norm", "normen", "bedragen", "verordening", "besluit", "kamerstukken", "kamerstuk", "tarieven")
_TERM = frozenset(
    """
    aangifte aanvragen indienen uiterlijk deadline inschrijven openingstijden geopend spreekuur betaaldag uitbetaald
    jaarlijks gemeenten huishoudens nederland landelijk toeslagpartner toeslagpartners uitkeringen toeslagen provincie
    provincies premies premie organisatie organisaties vakantiegeld stichting loket campagne geboren coronamaatregelen
    lockdown elk ieder jaarlijkse
    """.split()
)
_HOUSEHOLD = frozenset(
    """
    haar hij zij ze hem hun gezin gezinslid familie mevrouw meneer mw dhr echtpaar stel mijn ik moeder vader oma opa
    cliënt cliënte client bewoner bewoners bewoonster inwoner inwoonster jongste oudste baby tweeling buurvrouw buurman
    buren partner ex huurder huurster man vrouw jongen meisje deurwaarder uithuisplaatsing uithuisgeplaatst huisbezoek
    getrouwd gescheiden scheiding ingeschreven uitgeschreven aangemeld opgenomen opname ontslagen aangehouden aanhouding
    brand ongeluk ongeval afgesloten inbraak begrafenis bruiloft trouwde trouwden zwanger arrestatie gearresteerd
    detentie vrijgelaten rechtszitting zitting zorgmelding politie ziekenhuis operatie beschikking gebeld belde
    sollicitatie sollicitatiegesprek sleutel sleutels huurcontract huurachterstand aanmaning dagvaarding melding
    overleed overleden werkdag
    """.split()
)
_HOUSEHOLD_STARTS = (
    "ontruim",
    "verhuis",
    "intake",
    "gesprek",
    "mishandel",
    "bevall",
    "crisis",
    "whatsapp",
    "zoon",
    "dochter",
)
_HOUSEHOLD_ENDS = ("zoon", "zoontje", "dochter", "dochtertje", "broer", "zus", "zusje", "moeder", "vader", "gesprek")
_LETTERS = re.compile(r"[^\W\d_]+")
_CITED = re.compile(
    r"\b(?:stb|stcrt|trb|ecli|kamerstukken|"
    r"(?:rechtbank|rb\.|hof|gerechtshof|hr|hoge raad|crvb|abrvs)(?: [\w-]+)? (?:d\.d\. |van )?$)"
)


def find(text: Text) -> Iterator[Hit]:
    """Dates in sentences that speak of an event, not of a rule."""
    dates = find_dates(text)
    if not dates:
        return
    starts = [start for start, _ in text.sentences]
    rules, terms, people = _places(text)
    for date in dates:
        span = (date.start, date.end)
        within = window(text, starts, span)
        rule, person = _nearest(rules, span, within), _nearest(people, span, within)
        if _CITED.search(text.lower, max(date.start - 40, 0), date.start):
            continue
        recent = text.lower.startswith((" jl", " jongstleden"), date.end)
        general = rule is not None or _nearest(terms, span, within) is not None
        told = person is not None and _is_told(text, within)
        if recent or told or not (general if person is None else rule is not None and rule < person):
            yield span, Weight.WARNING


def _is_told(text: Text, within: tuple[int, int]) -> bool:
    """Somebody acts in the sentence, and nothing happens in it to a rule."""
    said = set(_LETTERS.findall(text.lower[within[0] : within[1]]))
    return bool(said & _WHO) and not said & _FIRM


def _places(text: Text) -> tuple[list[int], list[int], list[int]]:
    """Where words of rules, of terms that hold for all, and of households stand."""
    rules: list[int] = []
    terms: list[int] = []
    people: list[int] = []
    for word in text.words:
        lower = word.text.lower()
        if lower in _HOUSEHOLD or lower.startswith(_HOUSEHOLD_STARTS) or lower.endswith(_HOUSEHOLD_ENDS):
            people.append(word.start)
        elif lower == "besluit":
            if word.capital or text.lower.startswith((" van ", " tot ", " op "), word.end):
                rules.append(word.start)
        elif lower in _RULE or lower.endswith(_RULE_ENDS):
            rules.append(word.start)
        elif lower in _TERM:
            terms.append(word.start)
    return rules, terms, people


def _nearest(places: list[int], span: tuple[int, int], within: tuple[int, int]) -> int | None:
    """How many characters lie between a date and the nearest of these words in its sentence, if there is one."""
    index = bisect_left(places, span[0])
    distances = []
    if index and places[index - 1] >= within[0]:
        distances.append(span[0] - places[index - 1] - 4)
    while index < len(places) and places[index] < span[1]:
        index += 1
    if index < len(places) and places[index] < within[1]:
        distances.append(places[index] - span[1])
    return min(distances, default=None)


RULE = Rule(CODE, find, DATES)
