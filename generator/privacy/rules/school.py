"""School, nursery or course by its name: after a word for a school, or in one word that ends like one.

Found:
    De oudste gaat naar basisschool «De Klimboom».
    Hij zit op het «Sint-Pauluscollege».
    OBS «'t Kompas» belde met moeder.
    BSO «Boomhut» sluit om zes uur.
    De juf van «De Vlinder» maakte zich zorgen.
    Zij volgt een opleiding aan het ROC «Rijn en Maas».
    De «Koningin Julianaschool» vroeg om een laptop.
    Ze studeert aan de Hogeschool «Zuidrand».
    Peuterspeelzaal "«Het Muisje»" had plek.
    Haar dochter zit op «De Wilgenroos» in groep 5.
Left alone:
    Het College van B en W besloot anders.
    De basisschool vroeg om een bijdrage.
    School belde vaak naar huis.
    Passend onderwijs bleek een eis te ver.
    Volgens het CBS Statline groeide de groep.
    Onderzoek van de Hogeschool Utrecht laat dat zien.
    Het vmbo en het mbo werken samen.
    Op school leert hij Nederlands.
    De Basisschool in de wijk doet mee.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.finding import Hit, Rule, Weight
from generator.privacy.language.clues import with_lower, with_sign
from generator.privacy.language.proper import NAME, name_ending_at
from generator.privacy.text import Span, Text, Word

CODE = "PRIV-SCHOOL"

_SURE = frozenset(
    """
    obs pcbs pcb rkbs kbs ods osg csg rsg sbo vso kdv bso psz ikc isk mkd kdc odc lyceum gymnasium atheneum internaat
    schakelklas kinderopvang peuteropvang crèche creche kindcentrum dagverblijf scholengemeenschap scholengroep
    gastouderbureau peuterzaal peutergroep kindercentrum praktijkonderwijs buitenschoolse-opvang naschoolse-opvang
    """.split()
)
_SURE_ENDS = (
    "dagverblijf",
    "speelzaal",
    "dagopvang",
    "kindcentrum",
    "dagcentrum",
    "lyceum",
    "gymnasium",
    "schoolgebouw",
)
_KINDS_OF_SCHOOL = tuple(
    """
    basis vrije montessori jenaplan dalton mytyl tyltyl praktijk peuter kleuter voor zmlk- zmok- vak koran muziek taal
    nieuwkomers dorps buurt freinet moskee avond dans zwem rij middelbare lagere brede speciale bijzondere openbare
    christelijke katholieke islamitische montesori moeder wijk
    """.split()
)
_WEAK = frozenset("school mavo havo vwo vmbo mbo roc aoc hogeschool universiteit academie opvang cbs so sg kc".split())
_HIGHER = frozenset("hogeschool universiteit academie mbo roc aoc".split())
_ENDS = (
    "school",
    "scholen",
    "lyceum",
    "college",
    "gymnasium",
    "atheneum",
    "scholengemeenschap",
    "kindcentrum",
    "internaat",
)
_AFTER = re.compile(rf"(?P<link>,| van(?: de)?| genaamd| met de naam| heet| heette|:)? [(\"']?{NAME}")
_ARTICLE = re.compile(
    r"(?:De|Het|'t|'n|Prins|Prinses|Koning|Koningin|Sint|St|Willem|Johannes|Juliana|Oranje|Dr|Ds|Mgr)\b"
)
_MORE = re.compile(r" (?:[A-ZÀ-Þ][\w'-]*|I{1,3}|IV)(?: [A-ZÀ-Þ][\w'-]+)?")
_TYPES = re.compile(
    r"(?:basis|hoge|vak|praktijk|voor|zomer|weekend|taal|montessori|vrije|peuter|brede|muziek|zwem|rij|avond|"
    r"dorps|buurt|"
    r"jenaplan|dalton|speciale|middelbare|kleuter|huishoud|volkshoge|lagere|ambachts|nieuwkomers|streek|wijk|burger|"
    r"beroeps|top|lente|herfst|sport|film|kunst|toneel|hotel|landbouw|handels|tussen|bij|ballet|kook|tuin|mytyl|tyltyl|"
    r"speciaal|openbare|christelijke|islamitische|openbaar|imcweekend)?-?(?:school|scholen|college|lyceum|gymnasium|"
    r"atheneum|scholengemeenschap|internaat|kindcentrum|vakcollege)$",
    re.IGNORECASE,
)
_COUNCIL = re.compile(r" (?:van|voor|en|b&w|besloot|besluit|week|weigerde|moet|kan|sanering)\b", re.IGNORECASE)
_ATTENDING = frozenset(
    """
    zit zitten zat zaten gaat gaan ging gingen start startte begint leerling leerlingen les lessen juf meester mentor
    ib'er begeleider leerkracht leraar lerares docent docente klas groep brugklas conciërge kleuterklas schoolleider
    """.split()
)
_ATTENDS = re.compile(
    r" (?:[\w'-]+ ){0,3}?(?P<at>op|van|bij|naar) (?P<name>(?:De|Het|'t) [A-ZÀ-Þ][\w'-]+(?: [A-ZÀ-Þ][\w'-]+){0,3})"
)
_GOES = frozenset("gaat gaan ging gingen start startte begint".split())
_STUDIES = re.compile(
    r"\b(?:studeert|studeerde|studeren|student\w*|studie|opleiding|volgt|volgde|volgen|ingeschreven|stage|"
    r"leerling|lessen|"
    r"les|afgestudeerd|diploma|ze|zij|hij|haar|zijn|zoon|dochter|niveau|begeleider|mentor|bol|bbl|aan het|op het)\b"
)
_RESEARCH = re.compile(
    r"\b(?:onderzoek\w*|lector\w*|hoogleraar|hoogleraren|rapport\w*|publicatie\w*|wetenschap\w*|studie van|evaluatie|"
    r"promotie|professor|artikel|handreiking|rekentool|samenwerking|ontwikkelde|ontwikkeld)\b"
)
_NO_NAME = re.compile(
    r"(?:Nederlands\w*|Engels\w*|Frans|Duits|Arabisch\w*|Turks|Pools|Spaans|Rekenen|Veilig|Jeugd\w*|"
    r"Leerplicht\w*|Gemeente|"
    r"Wijkteam|B|Passend|Stat[lL]ine|Urbanisatie|Microdata|Instituut|Inspectie|[A-Z]{2,}|Toeslag\w*|Wet|Wmo|"
    r"En|Maar|Hij|"
    r"Zij|Ze|Moeder|Vader|Kortom|Ook|Daarna|Toen)$"
)


def find(text: Text) -> Iterator[Hit]:
    """Names after a word for a school, names that end like one, and what a child sits in or goes to."""
    for word in text.words:
        lower = word.text.lower()
        if lower in _ATTENDING:
            found = _ATTENDS.match(text.plain, word.end, word.end + 100)
            if found and (lower not in _GOES or found["at"] == "op"):
                yield found.span("name"), Weight.BLOCK
        elif lower in _SURE or lower in _WEAK or lower.endswith(("school", *_SURE_ENDS)):
            yield from _named(text, word, lower)
        if word.capital and lower.endswith(_ENDS) and (span := _compound(text, word)):
            yield span, Weight.BLOCK


def _named(text: Text, word: Word, lower: str) -> Iterator[Hit]:
    """What stands after a word for a school, if it is a name."""
    match = _AFTER.match(text.plain, word.end, word.end + 120)
    if match is None or _NO_NAME.match(match["name"].split(" ")[0]):
        return
    article = _ARTICLE.match(match["name"]) is not None
    if (match["link"] == "," and not article) or ((match["link"] or "").startswith(" van") and lower not in _HIGHER):
        return
    if lower in {"cbs", "so", "sg", "kc"} and not (article and word.text.isupper()):
        return
    if lower in _HIGHER and _is_research(text, *match.span("name")):
        return
    sure = lower in _SURE or lower in _WEAK or lower.endswith(_SURE_ENDS)
    if sure or lower.startswith(_KINDS_OF_SCHOOL) or article:
        yield match.span("name"), Weight.BLOCK


def _compound(text: Text, word: Word) -> Span | None:
    """«Prinses Beatrixschool», «Da Vinci College», «Montessori Lyceum Rijnoord»: not «College van B en W»."""
    span = name_ending_at(text.plain, word.end)
    if span is None:
        return None
    more = _MORE.match(text.plain, word.end, word.end + 60)
    start, end = span[0], more.end() if more and not _NO_NAME.match(more[0].strip().split(" ")[0]) else word.end
    first = text.plain[start:end].split(" ")[0]
    if word.text == "College" and (first == "College" or _COUNCIL.match(text.plain, word.end, word.end + 14)):
        return None
    if _TYPES.match(text.plain[start:end].replace(" ", "")) or _TYPES.match(first) or _is_research(text, start, end):
        return None
    return start, end


def _is_research(text: Text, start: int, end: int) -> bool:
    """A school for grown-ups as the source of a study; not where somebody learns."""
    near = text.lower[max(start - 80, 0) : end + 60]
    if not any(word in near for word in ("hogeschool", "universiteit", "academie", "mbo", "roc", "aoc")):
        return False
    return _RESEARCH.search(near) is not None or _STUDIES.search(near) is None


RULE = Rule(
    CODE,
    find,
    (
        (with_lower(_ATTENDING.__contains__), with_sign("De ", "Het ", "'t ")),
        (with_lower(lambda word: word in _SURE or word in _WEAK or word.endswith((*_ENDS, *_SURE_ENDS))),),
    ),
)
