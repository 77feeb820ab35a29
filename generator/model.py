"""The case record as frozen values. Every attribute has the Dutch key of the YAML file; there is no second name.

Values arrive as the text that was written (`source.py`); numbers are made here, so `0612345670` or `no` never turn into
something else. A word that must come from a vocabulary list is marked with `Word`; the list itself lives in
`vocabulary.py`, so the model knows no words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

UNKNOWN = "onbekend"
"""What a writer puts where the source is silent."""
GIVES_ROOM = frozenset({"ruimte", "beide"})
"""Roles with which a rule gives room."""
BLOCKS = frozenset({"blokkeert", "beide"})
"""Roles with which a rule stands in the way."""

MAX_HORIZON = 1200
"""Months: a hundred years."""


@dataclass(frozen=True)
class Word:
    """Marks a text field whose value must be an entry of the vocabulary list `vocabulary`."""

    vocabulary: str


def _text(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("VELD-LEEG", "empty")
    return value.rstrip("\n")


def _line(value: str) -> str:
    if "\n" in value.strip():
        raise PydanticCustomError("VELD-EEN-REGEL", "more than one line")
    return _text(value).strip()


def _pattern(code: str, pattern: str) -> AfterValidator:
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise PydanticCustomError(code, "pattern")
        return value

    return AfterValidator(check)


def _day(value: str) -> str:
    try:
        written = date.fromisoformat(value).isoformat()
    except ValueError:
        written = ""
    if written != value or value[:2] not in {"19", "20"}:
        raise PydanticCustomError("DATUM-VORM", "not a day")
    return value


def _whole_number(value: object) -> object:
    if not isinstance(value, int) and value != UNKNOWN:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,6}", value):
            raise PydanticCustomError("GETAL-HEEL", "not a whole number")
        return int(value)
    return value


def _amount(value: object) -> object:
    if isinstance(value, str):
        if value.startswith("-"):
            raise PydanticCustomError("BEDRAG-NEGATIEF", "negative amount")
        if re.fullmatch(r"[0-9]{10,}(\.[0-9]{1,2})?", value):
            raise PydanticCustomError("BEDRAG-TE-GROOT", "amount of a billion or more")
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", value):
            raise PydanticCustomError("BEDRAG-VORM", "not an amount")
        return Decimal(value)
    return value


def _horizon(value: int) -> int:
    if not 1 <= value <= MAX_HORIZON:
        raise PydanticCustomError("HORIZON-GRENS", "horizon out of range")
    return value


def _yes_no(value: object) -> object:
    if isinstance(value, str):
        answer = {"ja": "ja", "true": "ja", "nee": "nee", "false": "nee", UNKNOWN: UNKNOWN}.get(value)
        if answer is None:
            raise PydanticCustomError("JA-NEE", "not yes or no")
        return answer
    return value


Text = Annotated[str, AfterValidator(_text)]
"""One or more paragraphs of plain text."""
Line = Annotated[str, AfterValidator(_line)]
"""Plain text on one line."""
Title = Annotated[Line, Field(max_length=120)]
ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
"""Small letters, digits and single hyphens: an id is also a file name and part of an address."""
CaseId = Annotated[str, _pattern("ID-VORM", ID_PATTERN), Field(max_length=80)]
Period = Annotated[str, _pattern("PERIODE-VORM", r"(19|20)[0-9][0-9](-K[1-4]|-(19|20)[0-9][0-9])?|onbekend")]
"""A year, a quarter as 2019-K2, years as 2018-2020, or `onbekend`; never a date."""
Link = Annotated[str, _pattern("LINK-VORM", r"https?://[^\s<>\"']+")]
ArticleNumber = Annotated[str, _pattern("ARTIKEL-VORM", r"[0-9]+[0-9a-z.:]*"), Field(max_length=12)]
Day = Annotated[str, AfterValidator(_day)]
"""A day that exists, as 2026-11-20, in the twentieth or twenty-first century."""
PatternId = Annotated[str, _pattern("PATROON-VORM", r"P-[0-9]{4}")]
Amount = Annotated[Decimal, BeforeValidator(_amount)]
"""Euros, zero or more and less than a billion, at most two decimals, written with a point."""
Count = Annotated[int | Literal["onbekend"], BeforeValidator(_whole_number)]
WholeNumber = Annotated[int, BeforeValidator(_whole_number)]
Horizon = Annotated[int, BeforeValidator(_whole_number), AfterValidator(_horizon)]
"""Months, from 1 to `MAX_HORIZON`."""
YesNo = Annotated[Literal["ja", "nee", "onbekend"], BeforeValidator(_yes_no)]
Lines = tuple[Line, ...]


class Part(BaseModel):
    """A part of a record: frozen, and every key it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Household(Part):
    type: Annotated[str, Word("huishoudtypen")] | None = None
    leeftijd: Annotated[str, Word("leeftijdsbanden")] | None = None
    kinderen: Count | None = None


class RuleReference(Part):
    """A law (with article) or a local rule, and what it did in this case. Exactly one of `wet` and `lokaal`."""

    wet: Annotated[str, Word("wetten")] | None = None
    artikel: ArticleNumber | None = None
    lid: Line | None = None
    lokaal: Line | None = None
    rol: Annotated[str, Word("rollen")] | None = None
    nagekeken: Day | None = None
    """The day on which somebody held the case against the rule as it was then."""


class Obstacle(Part):
    tekst: Text
    soort: Annotated[str, Word("knelpuntsoorten")]
    ook: tuple[Annotated[str, Word("knelpuntsoorten")], ...] = ()
    oorzaak: Annotated[str, Word("oorzaken")] | None = None
    regels: tuple[RuleReference, ...] = ()


class Breakthrough(Part):
    tekst: Text
    grondslag: tuple[RuleReference, ...] = ()
    juridisch: Annotated[str, Word("juridisch")] | None = None


class CostLine(Part):
    """One line of money. Without `bedrag` the figure is missing, and `zekerheid` says `onbekend`."""

    wat: Line
    bedrag: Amount | None = None
    per: Annotated[str, Word("perioden")] | None = None
    aantal: WholeNumber | None = None
    """How many periods the line lasts; the whole horizon if left out."""
    budget: Annotated[str, Word("budgetten")] | None = None
    zekerheid: Annotated[str, Word("zekerheden")] | None = None


class Scenario(Part):
    verloop: Text | None = None
    kosten: tuple[CostLine, ...] = ()


class Scenarios(Part):
    """The three standing questions: what if we do nothing, with the current options, with this exception?"""

    niets_doen: Scenario | None = None
    regulier: Scenario | None = None
    maatwerk: Scenario | None = None
    horizon_maanden: Horizon | None = None


class Reasoning(Part):
    rechtmatigheid: Text | None = None
    rendement: Text | None = None
    betrokkenheid: Text | None = None
    gelijkheid: Text | None = None
    uitleg: Text | None = None


class Decision(Part):
    door: Line | None = None
    akkoord: Count | None = None
    mandaat: Annotated[str, Word("mandaten")] | None = None
    doorlooptijd_dagen: Count | None = None
    route: Lines = ()


class Financing(Part):
    budget: Annotated[str, Word("budgetten")]
    bedrag: Amount | None = None
    voorgeschoten: YesNo | None = None
    later_gedekt_door: Annotated[str, Word("budgetten")] | None = None


class WayOfWorking(Part):
    """What only some ways of working ask for; which ones is in the vocabulary list `methoden`."""

    eerste_probleem: Text | None = None
    mandaat_gebruikt: YesNo | None = None
    evaluatie: Text | None = None
    zonder_namen: YesNo | None = None
    andere_geldbronnen: Text | None = None
    tips_collegas: Text | None = None
    regeling_verbeteren: Text | None = None
    rugdekking: Text | None = None
    veiligheidsvoorwaarden: Lines = ()
    eigen_plan: Text | None = None
    evaluatiemomenten: Lines = ()
    noodnummers: Lines = ()
    gedeelde_behoefte: Text | None = None
    groepsaanbod: Text | None = None
    partners: Lines = ()
    effect_individueel: Text | None = None
    gewenst_effect: Text | None = None
    kernwaarde: Text | None = None
    effecten: Text | None = None
    juridische_toets: Text | None = None


class Result(Part):
    status: Annotated[str, Word("resultaten")]
    na_maanden: WholeNumber | None = None
    tekst: Text | None = None
    spijt: YesNo | None = None
    niet_gewerkt: Text | None = None
    geleerd: Text | None = None
    stem_inwoner: Text | None = None


class ChangeWish(Part):
    """What this team would change in a rule or practice."""

    regel: RuleReference | None = None
    soort: Annotated[str, Word("wijzigingssoorten")]
    niveau: Annotated[str, Word("niveaus")]
    voorstel: Text


class SourceReference(Part):
    titel: Line
    uitgever: Line | None = None
    jaar: Annotated[str, _pattern("JAAR-VORM", r"(19|20)[0-9][0-9]")] | None = None
    url: Link | None = None


class PrivacyException(Part):
    """A reviewed exception to one finding of the privacy gate, bound to the sentence by `sleutel`."""

    regel: Annotated[str, _pattern("UITZONDERING-REGEL", r"PRIV(-[A-Z]+)+")]
    sleutel: Annotated[str, _pattern("UITZONDERING-SLEUTEL", r"[0-9a-f]{12}")]
    reden: Annotated[str, Word("uitzonderingsredenen")]
    toelichting: Line | None = None
    beoordeeld_door: Line
    datum: Day


class Privacy(Part):
    toestemming: Annotated[str, Word("toestemmingen")]
    buitenlezer: YesNo | None = None
    samengesteld: YesNo | None = None
    uitzonderingen: tuple[PrivacyException, ...] = ()


class Case(Part):
    """One household (or group) for which an exception was made or asked for: `cases/<id>.yaml`."""

    id: CaseId
    titel: Title
    status: Annotated[str, Word("statussen")]
    herkomst: Annotated[str, Word("herkomsten")]
    verificatie: Annotated[str, Word("verificaties")] | None = None
    gemeente: Line | None = None
    provincie: Annotated[str, Word("provincies")] | None = None
    periode: Period
    methode: tuple[Annotated[str, Word("methoden")], ...] = ()
    leefgebieden: Annotated[tuple[Annotated[str, Word("leefgebieden")], ...], Field(min_length=1)]
    huishouden: Household | None = None
    situatie: Text
    vraag: Text | None = None
    knelpunt: Obstacle
    doorbraak: Breakthrough
    scenarios: Scenarios | None = None
    onderbouwing: Reasoning | None = None
    besluit: Decision | None = None
    financiering: tuple[Financing, ...] = ()
    afspraken: Lines = ()
    betrokkenen: Lines = ()
    werkwijze: WayOfWorking | None = None
    resultaat: Result
    wijziging: tuple[ChangeWish, ...] = ()
    bronnen: tuple[SourceReference, ...] = ()
    privacy: Privacy | None = None

    @property
    def withdrawn(self) -> bool:
        """Taken back: the page stays and says so, the text is gone."""
        return self.status == "ingetrokken"

    @property
    def published(self) -> bool:
        """Ready for readers."""
        return self.status == "gepubliceerd"

    @property
    def rules(self) -> tuple[RuleReference, ...]:
        """Every rule that the record names, in its order: in the way, then giving room."""
        return self.knelpunt.regels + self.doorbraak.grondslag
