"""What stands around a number or a name: words for people, of rules and laws, and how far a sentence reaches."""

from __future__ import annotations

import re
from bisect import bisect_right

from generator.privacy.text import Span, Text

REACH = 160
"""Characters that are looked at on either side, at most."""
ADULTS = frozenset(
    """
    moeder vader ouder oma opa man vrouw mevrouw meneer mw dhr mama papa grootmoeder grootvader weduwe weduwnaar
    echtgenoot echtgenote
    """.split()
)
"""Of these «van vijf» counts the children, not the years."""
PERSONS = ADULTS | frozenset(
    """
    zoon zoontje dochter dochtertje kind kindje jongen jongetje jongeman meisje meid baby peuter kleuter puber tiener
    tweeling drieling broer broertje zus zusje zuster neef neefje nicht nichtje oom tante cliënt client cliënte cliente
    bewoner bewoonster inwoner inwoonster heer dame partner vriend vriendin jongere student studente leerling scholier
    scholiere patiënt patiënte klant huurder huurster alleenstaande gezinslid statushouder vluchteling asielzoeker
    mantelzorger ex jongste oudste middelste verdachte dakloze betrokkene deelnemer deelneemster persoon bejaarde
    gepensioneerde zzp'er ondernemer kostwinner verzoeker verzoekster aanvrager aanvraagster appellant appellante
    collega werkloze verslaafde buurvrouw buurman buurjongen buurmeisje onderneemster kleine werknemer werkneemster
    arbeidsmigrant uitkeringsgerechtigde belanghebbende
    """.split()
)
PEOPLE = frozenset(
    """
    kinderen zonen zoons zoontjes dochters dochtertjes jongens jongetjes meisjes meiden ouders broers broertjes zussen
    zusjes kleinkinderen pleegkinderen stiefkinderen peuters kleuters pubers tieners baby's kids tweelingen jongsten
    oudsten stel echtpaar koppel stiefzoons stiefdochters schoolkinderen neefjes nichtjes telgen koters kleintjes
    thuiswonenden
    """.split()
)
"""More than one."""
_PERSON_ENDS = tuple(
    """
    moeder vader zoon zoontje dochter dochtertje broer broertje zus zusje meisje jongen kind vrouw man partner vriend
    vriendin tweeling ouder bewoner bewoonster student studente huurder verlater baby patiënt leerling
    """.split()
)
_NO_PERSONS = frozenset("ombudsman kinderombudsman schouder houder afzender roman talisman dienstman iedereen".split())
SUBJECTS = frozenset("zij ze hij ik wij mevrouw meneer mama papa moeder vader oma opa".split())
"""Who a sentence is about, without a determiner."""
FOLLOWERS = frozenset(
    """
    en maar met zonder toen als wanneer nu inmiddels geworden was is wordt werd waren zijn worden in op bij door om dus
    want of terwijl die dat heeft had hebben hadden woont woonde woonden wonen zit zat zitten zaten uit tot sinds toch
    moet moest kan kon krijgt kreeg kregen zal zou gaat ging gaan gingen komt kwam bleef blijft blijven vertrok nog niet
    al ook zelf wil wilde mag mocht meldde stond staat staan stonden slaapt sliep slapen sliepen verloor werkt werkte
    delen deelden zoekt zocht raakte raakt leeft leefde voor naar tegen waarvan terug thuis samen daar hier omdat zodat
    totdat voordat nadat doordat aan werden geweest tijdens binnen van vroeg vraagt te klaagt klaagde klaagden onder
    boven naast tegenover hoek ligt lag blijkt bleek geen haar hun hem vanwege wegens volgens zorgt zorgde zorgen loopt
    liep vond vindt gebeurde dan daarom daarna rond gelegen via sloot sluit volgt volgde
    """.split()
)
"""What may follow an age or a house number that stands without a unit."""
COUNTED = frozenset(
    """
    kinderen kids gezinnen huishoudens woningen gemeenten gemeentes euro euro's procent procentpunt uur uren km
    kilometer kilo kg cm mm meter m m2 m² m³ plaatsen personen mensen leden dochters zonen zoons meiden jongens pubers
    peuters tieners kleuters bedden cases casussen deelnemers scholen inwoners cliënten klanten minuten seconden minuut
    kwartier jaar jaren maanden maand weken week dagen dag keer maal kamers vierkante brieven schulden schuldeisers
    partijen instanties kleinkinderen leerlingen studenten huizen appartementen flats panden bewoners huurders
    organisaties instellingen professionals vrijwilligers medewerkers graden punten stuks delen stappen procedures
    aanvragen meldingen adressen straten wijken nachten avonden ochtenden middagen termijnen boetes verhuizingen
    gesprekken bezoeken winkels bedrijven banen honden katten broers zussen broertjes zusjes tweede eerste derde duizend
    miljoen miljard honderd hoofdstukken artikelen pagina's ton liter gram volwassenen ouders jongeren ouderen
    werknemers kwh kubieke voertuigen auto's bussen haltes procent-regel gezinsleden hulpverleners dossiers zaken
    regelingen wetten regels loketten formulieren bladzijden nieuwe extra andere grote kleine mannen vrouwen huisgenoten
    parkeerplaatsen bomen speeltoestellen incidenten overlastmeldingen buurtbewoners huurwoningen cent ct
    """.split()
)
"""What is counted or measured: the number before it is neither an age nor a house number."""
MODALS = frozenset("mag moet kan heeft mogen moeten kunnen hebben hoort horen geldt betaalt valt vallen telt".split())
"""After «een kind van 12» these make a rule of it."""
_RULE = re.compile(
    r"\b(?:wie|iedereen|men|iemand|je|jij|u|wet|wetten|wettelijk\w*|artikel|art|regeling|verordening|\w*grens|"
    r"\w*leeftijd|aow|norm|\w*norm|leerplichtig|leerplicht|kwalificatieplicht|recht op|minimumloon|jeugdwet|"
    r"participatiewet|geldt|gelden|gold|golden|meestal|doorgaans|gemiddeld|elke|elk|ieder|iedere|"
    r"jongeren|personen|mensen|ouderen|werknemers|burgers)\b"
)
_HOUSEHOLD = re.compile(
    r"\b(?:haar|hij|zij|ze|hem|hun|gezin|mevrouw|meneer|mw|dhr|moeder|vader|zoon\w*|dochter\w*|oma|opa|"
    r"familie|cliënte?|"
    r"bewoner|bewoonster|inwoner|inwoonster|jongste|oudste|broer\w*|zus\w*|mijn|ik|echtpaar|het stel|huurder|"
    r"huurster)\b"
)
_ENDING = re.compile(r"[.!?]['\")]* (?=\W{0,3}[A-Z\d])|\n")


def is_person(word: str) -> bool:
    """A word in lower case for one human being, compounds included: «bijstandsmoeder», «ex-man»."""
    return word in PERSONS or (word.endswith(_PERSON_ENDS) and word not in _NO_PERSONS)


def is_people(word: str) -> bool:
    """A word for a few human beings: children, mostly."""
    return word in PEOPLE or word.endswith(("kinderen", "zonen", "zoons", "dochters"))


def is_rule(window: str) -> bool:
    """Whether a stretch in lower case speaks of a rule or of people at large, and of no household."""
    return _RULE.search(window) is not None and _HOUSEHOLD.search(window) is None


def has_household(window: str) -> bool:
    """Whether a stretch in lower case names somebody of a household."""
    return _HOUSEHOLD.search(window) is not None


def window(text: Text, starts: list[int], span: Span) -> Span:
    """The sentence around a span, cut off at `REACH` on both sides; a colon or semicolon does not end it."""
    start, end = span
    first = bisect_right(starts, start) - 1
    while first > 0 and starts[first] > start - REACH and _runs_on(text.plain, starts[first]):
        first -= 1
    left = max(starts[first] if first >= 0 else 0, start - REACH)
    found = _ENDING.search(text.plain, end, min(len(text.plain), end + REACH))
    return left, found.start() if found else min(len(text.plain), end + REACH)


def _runs_on(plain: str, start: int) -> bool:
    """Whether the sentence that starts here goes on from the one before: after a colon, a semicolon or a dash."""
    return plain[max(start - 2, 0) : start].strip()[-1:] in {":", ";", "-"}
