"""How Dutch streets are named: endings, words a street may consist of, and words that only look like one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.privacy.text import Span

SURE_ENDS = tuple(
    "straat straatje str straatjes steegjes laan laantje weg weggetje plein pleintje gracht grachtje kade kaai singel "
    "steeg steegje dreef "
    "plantsoen boulevard straatweg promenade".split()
)
"""With a capital these are streets, whatever stands around them."""
WEAK_ENDS = tuple(
    """
    dijk dijkje pad paadje hof hofje park markt poort haven wal ring zoom heuvel erf oord veld burg donk meent baan
    akker beek berg bos bosch brug dam dal duin eind einde gaarde gaard horst kamp kwartier lust molen oever rade rak
    rode rijk schans sluis spoor stede stein stoep tuin vaart vliet waard water werf wijk woude zand zicht zijde brink
    hoek hoeve heide hei loop marke maat mate made esch enk eng kolk vest bolwerk passage galerij terras drift gang slop
    linde voorhout poten diep laar look goed crest hage haag hoven landen kampen velden voort rand rooi root schild slag
    sloot sprong staete toren trans tocht venne ven vonder weide weie wei wiek ziel boogerd bogerd bongerd gouw grave
    griend hil horn kreek lei kwelder lede nes plaat polder raai plaats riet roef rug steen stroom
    """.split()
)
"""Of places, waters and families too: streets only where somebody lives or something stands."""
TYPES = frozenset(
    """
    Straat Laan Weg Plein Gracht Kade Singel Steeg Dreef Plantsoen Dijk Pad Hof Park Markt Haven Wal Brink Dam Brug
    Allee Boulevard Vest Voorhout Voorstraat Werf Erf Heuvel Veld Burcht Vliet Vaart Spui Rokin Vrijthof Achterom Zoom
    Poten Donk Meent Baan Burg Oord Poort Kaai Promenade
    """.split()
)
"""A kind of street as a word of its own: «Nieuwe Gracht», «Plein 1813», «Markt 3»."""
NO_STREETS = frozenset(
    """
    snelweg autoweg rijksweg uitweg omweg onderweg spoorweg waterweg luchtweg terugweg middenweg vanweg werkplein
    leerplein jongerenplein zorgplein serviceplein ondernemersplein kennisplein wijkplein buurtplein dienstenplein
    arbeidsmarkt woningmarkt supermarkt rommelmarkt kerstmarkt vastgoedmarkt banenmarkt marktplaats themapark
    bedrijvenpark vakantiepark pretpark gerechtshof hof binnenhof ontwikkelpad levenspad leerpad escalatieladder bijbaan
    loopbaan rijbaan vrijbaan ruimtevaart scheepvaart luchtvaart welvaart tilburg limburg middelburg culemborg elburg
    voorburg moerdijk barneveld westerveld noordwijk beverwijk katwijk waalwijk rijswijk steenwijk verweg rechtsgang
    toegang voortgang ingang uitgang overgang ondergang samenloop doorloop verloop achterhoek uithoek rechtbank straat
    weg plein frankrijk oostenrijk wijk woonwijk vogelaarwijk prachtwijk krachtwijk stadspoort praatplein groningen
    doolhof kerkhof stadspark dierenpark
    """.split()
)
COMMON = frozenset(
    """
    uitvalsweg fietsweg toegangsweg winkelstraat woonstraat zijstraat hoofdweg schoolplein speelplein dorpsplein
    marktplein
    """.split()
)
"""Also ordinary words: streets only with a capital and a number."""
UNNAMED = frozenset(
    """
    route stap artikel artikelen art wet versie formulier kamerstukken bijlage hoofdstuk paragraaf tabel figuur fase
    groep klas team zone categorie lijn bus tram spoor perron kanaal niveau level cluster schaal trede pagina blz nummer
    nr dossier zaak module deel lid richtlijn besluit regeling verordening covid covid-19 corona wmo pw jeugdwet
    participatiewet aow awb box schijf ronde dag week maand kwartaal jaar optie variant scenario vraag punt regel agenda
    top stb stcrt jrg afdeling titel boek windows office programma plan visie pilot project proef model type klasse norm
    nen iso studio radio npo rtl nederland eredivisie buurt gebied district fonds tozo now januari februari maart april
    mei juni juli augustus september oktober november december maandag dinsdag woensdag donderdag vrijdag zaterdag
    zondag kerst pasen pinksteren ramadan suikerfeest wajong bijstand facebook instagram whatsapp marktplaats tiktok
    youtube teletekst kamer kamerbrief motie grondwet rapport jaarverslag overweging onderdeel aanbeveling thema doel
    pijler kind casus verhaal gezin respondent wetboek gebiedsteam wijkteam stadsteam uitspraak protocol werkboek
    uitgave editie jaargang les sessie bijeenkomst werkwijze gate poort snelweg rijksweg europa euro begroting
    begrotingsjaar stoornis diabetes rolstoel omgevingswet huisvestingswet vennootschap indicatiebesluit zorgprofiel
    zorgzwaartepakket leerjaar schooljaar havo vwo mavo vmbo mbo hbo
    """.split()
)
"""What a number after it numbers: «Artikel 35», «Stap 12», «Mei 2021»."""
_PARTICLE = r"(?:van|de|den|der|het|ter|ten|te|'t|in|op|la|le|du|naar|aan|bij)"
_CAPITAL = (
    r"(?:(?:'t |'s-)?[A-ZÀ-Þ][\w'-]*|(?:Burg|Dr|Prof|Ds|Mr|St|Ing|Gen|Jhr|Past|Adm|Min|Mgr|Kap|Jac|Joh|Chr|Wm|"
    r"Th|[A-Z])\.|\d{1,2}e)"
)
_PHRASE = re.compile(
    rf"(?<![\w'.,-])(?:(?:{_CAPITAL}|{_PARTICLE}) ){{0,5}}(?:{_CAPITAL}|(?:(?<=Plein )|(?<=Laan ))\d{{4}}|"
    rf"[a-zë]{{3,24}})$"
)
_REACH = 50
_OPENERS = frozenset(
    """
    De Het Een Op In Aan Bij Naar Uit Adres Zij Hij Ze Langs Tegenover Sinds Deze Die Dit Dat Onze Haar Zijn Hun Ook
    Toen Thuis Woonadres Huisadres Postadres Bezoekadres Locatie Woont Huurt
    """.split()
)


@dataclass(frozen=True)
class Phrase:
    """Words that may be a street."""

    span: Span
    words: tuple[str, ...]
    before: str
    """The word before it, in lower case."""
    opens: bool
    """Nothing stands before it in its sentence."""

    @property
    def last(self) -> str:
        """The last word in lower case."""
        return self.words[-1].lower()

    @property
    def is_capital(self) -> bool:
        """Whether the last word has a capital."""
        return self.words[-1].removeprefix("'s-")[:1].isupper() or self.words[-1].isdigit()


def phrase_before(plain: str, place: int) -> Phrase | None:
    """The words with capitals (and their particles) that end at this place, without what opens the sentence."""
    begin = max(place - _REACH, 0)
    found = _PHRASE.search(plain[begin:place])
    if found is None:
        return None
    start = begin + found.start()
    words = found.group().split(" ")
    opens = not plain[begin:start].strip() or plain[begin:start].rstrip()[-1:] in {".", "!", "?", ":", ";", "\n", "-"}
    skipped = 0
    while skipped < len(words) - 1:
        word = words[skipped]
        small = word[0].islower()
        opening = opens and (
            word in _OPENERS or word.endswith("adres") or words[skipped + 1] in {"op", "aan", "in", "bij"}
        )
        if not small and not opening:
            break
        skipped += 1
        start += len(word) + 1
    before = plain[begin:start].rstrip(" :").rsplit(" ", 1)[-1].lower()
    return Phrase((start, place), tuple(words[skipped:]), before.strip("(,\"'"), opens and not skipped)
