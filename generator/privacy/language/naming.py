"""How Dutch writes names of persons: titles, kin, particles, what people do. Shared by the two rules about names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from generator.privacy.lists import Lists, fold, load_lists
from generator.privacy.text import Span, Text, Word, read_text
from generator.words import FUNCTION_WORDS

PARTICLES = frozenset(
    "van de der den het ter ten te t in op aan bij d el al ul ould ben bin ibn bint abu abd ait da das do dos di du del"
    " des la le les von zu y e uit den vande vander".split()
)
TITLES = frozenset(
    "mevrouw mevr mw meneer mijnheer menheer dhr heer mej mejuffrouw juffrouw juf fam familie echtpaar drs dr ds ir ing"
    " mr prof tante oom ome opa oma opoe weduwe zuster broeder pastor pastoor dominee imam meester nonna tata".split()
)
"""Words directly before a name, whatever that name looks like."""
SHORT_TITLES = frozenset("mw mevr dhr mej fam hr".split())
"""Titles after which every word is a name, also in lower case."""
RELATIONS = frozenset(
    """
    gezin moeder vader mama papa ouder stiefmoeder stiefvader pleegmoeder pleegvader schoonmoeder schoonvader
    schoonzoon schoondochter zoon zoontje dochter dochtertje kind kleinkind kleinzoon kleindochter stiefzoon
    stiefdochter pleegzoon pleegdochter pleegkind baby peuter kleuter puber tiener tweeling oudste jongste middelste
    broer broertje zus zusje halfbroer halfzus nicht nichtje neef neefje man vrouw echtgenoot echtgenote partner
    ex-partner expartner ex exman ex-man exvrouw ex-vrouw vriend vriendin verloofde buurman buurvrouw buurjongen
    buurmeisje vriendje vriendinnetje kennis collega client clienten cliënt inwoner inwoonster bewoner bewoonster
    cliënte cliente bewoonsters huurder huurster medebewoner medebewoonster huurders aanvrager aanvraagster deelnemer
    deelneemster verzoeker verzoekster belanghebbende appellant appellante eiser eiseres gezinslid weduwnaar
    jongen meisje jongere jongeman dame bejaarde patient patiënt leerling student begeleider begeleidster mentor
    bewindvoerder curator voogd gezinsvoogd jeugdbeschermer wijkagent huisarts consulent consulente klantmanager
    regisseur maatschappelijk werker hulpverlener hulpverleenster vrijwilliger vrijwilligster mantelzorger hospita
    huisbaas verhuurder huisgenoot onderhuurder statushouder vluchteling asielzoeker mantelzorgster werkster
    medewerker medewerkster wijkverpleegkundige casemanager coach ervaringsdeskundige tolk
    """.split()
)
"""Words that a name may follow: kin, neighbours, those who help."""
NAMING = frozenset(
    "heet heette heten heetten genaamd geheten noemt noemen noemden noemde roepnaam voornaam achternaam"
    " naam bijnaam bijgenaamd meisjesnaam schuilnaam initialen alias tolknaam".split()
)
PUBLIC_CUES = frozenset(
    """
    wet besluit commissie motie amendement nota regeling stichting vereniging fonds gemeente provincie wijk buurt
    stadsdeel stad dorp regio eiland land project programma methode aanpak ministerie rechtbank gerechtshof
    woningcorporatie corporatie zorgverzekeraar verzekeraar rapport boek film app systeem eilanden streek kanton
    gemeenten steden dorpen syndroom ziekte partij platform netwerk bureau instituut leerstoel hogeschool plaats
    """.split()
)
"""Words before a public name: the Mulder of the Wet Mulder is nobody's client."""
PERSON_VERBS = frozenset(
    """
    aarzelde aarzelt accepteerde antwoordde antwoordt bad bakte bedacht bedankte bedankt begon begint begreep begrijpt
    bekende belandde belandt belde belt beloofde besloot besluit bezocht bezoekt betaalde betaalt bleef blijft bood
    bracht brak brengt dacht denkt deed doet dorst dronk drinkt durft durfde droomde droomt droeg draagt eiste at eet
    erkende ervaart ervoer faalde ging gaat gaf geeft geloofde gelooft gilde groeide haalde haalt had heeft hielp helpt
    herkende herstelde hield hoopt hoopte hoorde hoort huilde huilt huurde huurt kan kende kent keek kijkt klaagde
    klaagt klopte kocht koopt komt kwam kon koos kiest kreeg krijgt lachte lacht las leest leefde leeft leek lijkt
    leende leent leerde leert legde legt let liep loopt liet laat logeerde logeert luistert luisterde maakte maakt meent
    meende meldde meldt merkte merkt miste mist mocht mag moest moet nam neemt noemde noemt ontdekte ontdekt ontkende
    ontmoette ontving ontvangt overleed overlegde overlegt overleefde pakte pakt paste past praatte praat probeerde
    probeert raakte raakt reageerde reageert redde regelde regelt reed rijdt rookte rookt schaamde schaamt schold
    schreef schrijft schrok schrikt slaapt sliep slikte sloot slikt snapte snapt snapten speelde speelt spaarde spaart
    sprak spreekt staat stond stelde stelt stierf stopte stopt studeerde studeert stuurde stuurt tekende tekent
    telefoneerde trok trekt trouwde twijfelde twijfelt verbleef verblijft verdient verdiende verdween verdwijnt
    verhuisde verhuist verklaarde verliet verloor verliest vertelde vertelt vertrok vertrekt vertrouwde vertrouwt
    verzorgde verzorgt viel valt vindt vond vluchtte vocht voelde voelt volgde volgt vroeg vraagt waardeerde wacht
    wachtte wandelde wandelt was weet wist weigerde weigert werd wordt werkt werkte wil wilde wenst wenste woonde woont
    wou zag ziet zat zit zei zegt zette zet zingt zocht zoekt zorgde zorgt zou zal zwierf zwerft zweeg zwijgt bevestigde
    bevestigt overhandigde kookt kookte poetst poetste herinnert herinnerde mompelde riep roept fluisterde schudde
    knikte snikte zuchtte opende opent levert leverde vulde vult heette heet bestelde bestelt verkocht verkoopt
    geneest genas verzuimde verzuimt spijbelde spijbelt is
    """.split()
)
"""What a person does: a word of two meanings at the start of a sentence, before one of these, is taken for a name."""
INTIMATE_VERBS = frozenset(
    """
    aarzelde aarzelt bad bedankte belandde dacht denkt dronk drinkt durft durfde droomde droomt fluisterde geniet genoot
    hoopt hoopte huilde huilt keek kijkt klaagde klaagt knikte lachte lacht las leest logeerde logeert luistert
    luisterde miste mist mompelde rookt rookte schaamde schaamt schrok schrikt slaapt sliep snikte stierf
    telefoneerde trouwde twijfelde twijfelt verhuisde verhuist vertelde vertelt vluchtte voelde voelt wacht wachtte
    wandelde weet wist woonde woont zei zegt zat zit zuchtte zwierf zwerft zweeg zwijgt
    """.split()
)
"""What a person does and a municipality does not."""
NOT_AFTER_IS = frozenset(
    "een geen de het wat dat dit die niets alles iets meestal vaak altijd nooit wel niet hier daar er".split()
)
"""What follows `is` when a thing is explained and no person is spoken of."""
MOST_PARTICLES = 4
"""Particles in one name: van den, de la, von und zu."""
MOST_WORDS = 8
"""Words in one name."""
MOST_KNOWN = 20_000
"""Words that are known at a time; the least used are forgotten first."""
SMALL = frozenset(
    "de het een er ik wij we u zij ze hij dat dit die deze en of in op aan bij van voor met om te".split()
)
"""Words that open a heading, a cell or a quotation in the middle of a text."""
_ROMAN = re.compile(r"[IVXLC]{2,}")
_INNER = re.compile(r"[./@#$]\S")
_CHUNK = re.compile(r"\S+")
_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,5}(?:nl|com|org|eu|net|info|be|de|example|gl|nu|io|gov|edu)(?:[/?#]\S*)?")
_FILE = re.compile(r"[\w.-]*(?:/[\w.-]+)+\.\w{2,4}|[#$]\w+")


@dataclass(frozen=True)
class Reading:
    """A text with what the lists say about each of its words."""

    text: Text
    lists: Lists

    @cached_property
    def words(self) -> Sequence[Word]:
        """The words of the text."""
        return self.text.words

    @cached_property
    def known(self) -> list[Known]:
        """What is known of each word."""
        return [known_of(word) for word in self.text.written]

    @cached_property
    def covered(self) -> frozenset[int]:
        """Words in an allowed name; a place that is also a surname is none where it does what only persons do."""
        covered = self.lists.glossary.cover(self.words)
        return frozenset(place for place in covered if not self._is_person(place))

    def _is_person(self, place: int) -> bool:
        follower = self.words[place + 1].text if place + 1 < len(self.words) and self.gap(place) == " " else ""
        return follower in INTIMATE_VERBS and fold(self.words[place].text) in self.lists.names

    @cached_property
    def technical(self) -> tuple[Span, ...]:
        """Addresses of pages, mailboxes and files, in order: no running text."""
        if not _INNER.search(self.text.plain):
            return ()
        return tuple(match.span() for match in _CHUNK.finditer(self.text.plain) if _is_address(match.group()))

    @cached_property
    def _technical_starts(self) -> tuple[int, ...]:
        return tuple(start for start, _ in self.technical)

    def address_at(self, index: int) -> Span | None:
        """The address that holds the character at `index`."""
        place = bisect_right(self._technical_starts, index) - 1
        return self.technical[place] if place >= 0 and index < self.technical[place][1] else None

    def in_address(self, word: Word) -> bool:
        """Whether a word is part of an address of a page or mailbox."""
        return bool(self.technical) and self.address_at(word.start) is not None

    def listed(self, word: str) -> bool:
        """Whether a word is a name of a person and no ordinary Dutch word; a genitive counts."""
        return any(self._is_name(part) for part in word.split("-"))

    def _is_name(self, word: str) -> bool:
        small = word.lower().removesuffix("'")
        for form in (small, small.removesuffix("'s"), small.removesuffix("s")):
            if len(form) > 1 and fold(form) in self.lists.names:
                return form not in self.lists.dutch and small not in self.lists.dutch
        return False

    def doubtful(self, word: str) -> bool:
        """Whether a word is both: Roos, Beer, Vos."""
        small = word.lower()
        return (
            len(small) > 1
            and small not in RELATIONS
            and small not in TITLES
            and (small in self.lists.proper or fold(small) in self.lists.names)
        )

    def gap(self, place: int) -> str:
        """What stands between a word and the next one."""
        return (
            self.text.plain[self.words[place].end : self.words[place + 1].start] if place + 1 < len(self.words) else "."
        )

    def follows_title(self, place: int) -> bool:
        """Whether a title stands directly before a word."""
        return place > 0 and self.words[place - 1].text.lower() in TITLES

    def start(self, place: int) -> int:
        """Where a name begins after its title: at the first of its particles."""
        _, at = self.before(place)
        return self.words[at + 1].start if at >= 0 else self.words[place].start

    def before(self, place: int) -> tuple[str, int]:
        """The word before a name and its particles, in lower case, with its place; empty at the start."""
        at = place - 1
        while at >= max(0, place - 1 - MOST_PARTICLES) and self._is_particle(at):
            at -= 1
        if at < 0 or (at != place - 1 and self.gap(at) not in {" ", ". ", " '"}):
            return "", -1
        return self.words[at].text.lower(), at

    def _is_particle(self, place: int) -> bool:
        return self.words[place].text.lower() in PARTICLES and self.gap(place) in {" ", " '"}

    def span(self, place: int) -> Span:
        """The whole name around a word: names and particles before and after it."""
        first, last = place, place
        while first > max(0, place - MOST_WORDS) and self._joins(first - 1) and self._is_part(first - 1, leading=True):
            first -= 1
        while last + 1 < min(len(self.words), place + MOST_WORDS) and self._joins(last):
            step = last + 1
            while step + 1 < min(len(self.words), last + 2 + MOST_PARTICLES) and self._is_particle(step):
                step += 1
            if not self._is_part(step, leading=False):
                break
            last = step
        return self.words[first].start, self.words[last].end

    def _joins(self, place: int) -> bool:
        return self.gap(place) in {" ", "-", " '", ". ", " - "} and not (
            self.gap(place) == ". " and len(self.words[place].text) > 1
        )

    def _is_part(self, place: int, *, leading: bool) -> bool:
        word = self.words[place]
        if not word.capital or place in self.covered:
            return False
        small = word.text.lower()
        if leading:
            return not word.opens or (
                word.opens and small not in FUNCTION_WORDS and (self.doubtful(small) or not self.lists.is_dutch(small))
            )
        return not word.opens


@dataclass(frozen=True)
class Known:
    """What is known of one word wherever it stands."""

    capital: bool
    title: bool
    short_title: bool
    calls: bool
    """A name may follow it."""
    listed: bool
    """A name of a person."""
    letter: bool
    """One capital."""
    dutch: bool
    """Ordinary Dutch as it is written."""
    plain: bool
    """No name in whatever place, but for ordinary Dutch after a title."""


@lru_cache(maxsize=MOST_KNOWN)
def known_of(word: str) -> Known:
    """What is known of a word as it is written."""
    reading = Reading(read_text(""), load_lists())
    small = word.lower()
    listed = reading.listed(word)
    return Known(
        capital=word[0].isupper(),
        title=small in TITLES,
        short_title=small in SHORT_TITLES,
        calls=small in TITLES | RELATIONS | NAMING,
        listed=listed,
        letter=len(word) == 1 and word[0].isupper(),
        dutch=word in reading.lists.dutch,
        plain=word in reading.lists.dutch
        or small in SHORT_TITLES
        or (not listed and _is_plain(reading, word, small))
        or (reading.lists.glossary.covers(word) and fold(word) not in reading.lists.names),
    )


def is_sign(word: str) -> bool:
    """Whether a word with a capital is an article or the like, a Roman numeral or a code of ours."""
    return word.lower() in SMALL or _ROMAN.fullmatch(word) is not None or word.startswith("PRIV-")


def _is_plain(reading: Reading, word: str, small: str) -> bool:
    if not word[0].isupper():
        return len(word) < 3 or reading.lists.is_dutch(small)
    if is_sign(word):
        return True
    return len(word) > 1 and "-" not in word and small in reading.lists.dutch and not reading.doubtful(small)


@lru_cache(maxsize=4)
def reading_of(text: Text) -> Reading:
    """The reading of a text; the last few are kept, since two rules ask for each."""
    return Reading(text, load_lists())


def _is_address(chunk: str) -> bool:
    bare = chunk.strip("()[]<>,;:.!?'\"")
    if "://" in bare or bare.startswith(("www.", "doi:", "PRIV-")) or "@" in bare[1:]:
        return True
    return len(bare) < 300 and (_HOST.fullmatch(bare) is not None or _FILE.fullmatch(bare) is not None)
