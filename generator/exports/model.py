"""The nouns of the exports as frozen values, with the record's own Dutch keys; the schema is made from them too.

A word of a list is marked with `Word`, as in a record; it is written as its id with its name. What a key means stands
in `text/gegevens.toml`, per noun, and for keys of a record in `text/velden.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel

from generator.model import Case, Part, RuleReference, Word
from generator.written import Draft, Milestone, Objection, Solution, Step, WrittenOptions, WrittenProposal

SCHEMA_VERSION = "1.0.0"
"""Version of the form of the files: the first number grows when a key goes or changes meaning, the second when one is
added, the third when only an explanation changes."""


class CaseLink(Part):
    id: str
    titel: str


class PatternLink(Part):
    id: str
    naam: str


class MoneySum(Part):
    bekend: Decimal
    geschat: Decimal
    zonder_bedrag: int


class CaseMoney(Part):
    horizon_maanden: int
    niets_doen: MoneySum | None = None
    regulier: MoneySum | None = None
    maatwerk: MoneySum | None = None


class SimilarCase(Part):
    casus: CaseLink
    sterkte: float
    redenen: tuple[str, ...] = ()


class ExportedCase(Case):
    """A case as its page shows it; what `walk.HIDDEN` names stays in the record."""

    adres: str
    patronen: tuple[PatternLink, ...] = ()
    lijkt_op: tuple[SimilarCase, ...] = ()
    geld: CaseMoney | None = None


class Member(Part):
    casus: CaseLink
    sterkte: float
    redenen: tuple[str, ...] = ()
    bevestigd: bool
    voorgesteld: bool


class SharedRule(Part):
    regel: RuleReference
    casussen: int


class Event(Part):
    datum: str
    wat: Annotated[str, Word("gebeurtenissen")]
    aantal: int
    casussen: tuple[CaseLink, ...] = ()
    patronen: tuple[PatternLink, ...] = ()


class YearCount(Part):
    jaar: str
    casussen: int


class OutcomeCount(Part):
    uitkomst: Annotated[str, Word("resultaten")]
    casussen: int


class PatternEvidence(Part):
    casussen: int
    verzonnen: int
    gelezen: int
    plaatsen: tuple[str, ...] = ()
    jaren: tuple[YearCount, ...] = ()
    zonder_periode: int
    uitkomsten: tuple[OutcomeCount, ...] = ()
    spijt: int
    geen_spijt: int
    doorlooptijd_bekend: int
    doorlooptijd_middelste: float | None = None
    met_bedrag: int


class ExportedSolution(Solution):
    """A solution, its reform with the name that our list gives it."""

    hervorming: Annotated[str, Word("hervormingen")] | None = None


class ExportedPattern(Part):
    id: str
    naam: str
    adres: str
    omschrijving: str | None = None
    status: Annotated[str, Word("patroonstatussen")]
    geregistreerd: bool
    sterk: bool
    opvolger: PatternLink | None = None
    soort: Annotated[str, Word("knelpuntsoorten")] | None = None
    regels: tuple[SharedRule, ...] = ()
    leden: tuple[Member, ...] = ()
    bewijs: PatternEvidence | None = None
    geschiedenis: tuple[Event, ...] = ()
    oplossing: ExportedSolution | None = None
    reacties: tuple[str, ...] = ()
    voorstel: str | None = None


class RuleUse(Part):
    regel: RuleReference
    in_de_weg: int
    gaf_ruimte: int


class LevelCount(Part):
    niveau: Annotated[str, Word("niveaus")]
    geholpen: tuple[CaseLink, ...] = ()
    bekend: int
    werkt: bool


class WeighedOption(Part):
    optie: Annotated[str, Word("opties")]
    oordeel: Annotated[str, Word("oordelen")]
    geholpen: tuple[CaseLink, ...] = ()
    bekend: int


class ExportedScore(Part):
    casussen: int
    plaatsen: int
    gelezen: int
    bedragen: int
    aflopen: int
    totaal: int


class ExportedProposal(Part):
    id: str
    naam: str
    adres: str
    status: Annotated[str, Word("voorstelstappen")]
    opgelost: bool
    geschreven_door: Annotated[str, Word("schrijvers")]
    score: ExportedScore
    soort: Annotated[str, Word("wijzigingssoorten")]
    niveau: Annotated[str, Word("niveaus")]
    niveau_berekend: Annotated[str, Word("niveaus")] | None = None
    wie_besluit: str
    opties: tuple[WeighedOption, ...] = ()
    niveaus: tuple[LevelCount, ...] = ()
    regels: tuple[RuleUse, ...] = ()
    geschreven: WrittenProposal | None = None
    stappen: tuple[Step, ...] = ()


class LawFacts(Part):
    id: str
    naam: str
    citeertitel: str
    niveau: str
    bwb: str | None = None
    link: str | None = None
    nagekeken: bool


class ArticleChange(Part):
    datum: str | None = None
    wat: str
    nagekeken: bool


class ArticlePart(Part):
    id: str
    aanduiding: str
    rol: Annotated[str, Word("rollen")]
    strekking: str
    sinds: str | None = None
    tekst_gelezen: str | None = None
    nagekeken: bool
    soorten: tuple[Annotated[str, Word("knelpuntsoorten")], ...] = ()
    wijzigingen: tuple[ArticleChange, ...] = ()
    opmerking: str | None = None


class ArticleCase(Part):
    casus: CaseLink
    rol: Annotated[str, Word("rollen")] | None = None


class ExportedArticle(Part):
    id: str
    naam: str
    adres: str
    wet: LawFacts
    nummer: str
    jci: str | None = None
    link: str | None = None
    onderdelen: tuple[ArticlePart, ...] = ()
    casussen: tuple[ArticleCase, ...] = ()
    gaf_ruimte: int
    uitkomsten: tuple[OutcomeCount, ...] = ()
    in_de_weg: int
    patronen: tuple[PatternLink, ...] = ()


class Collection(Part):
    """All that is exported. Its parts are the nouns of `NOUNS`."""

    schema_versie: str
    adres: str | None = None
    verantwoording: str
    casussen: tuple[ExportedCase, ...]
    patronen: tuple[ExportedPattern, ...]
    voorstellen: tuple[ExportedProposal, ...]
    artikelen: tuple[ExportedArticle, ...]


LISTS: Mapping[str, type[BaseModel]] = {
    "casussen": ExportedCase,
    "patronen": ExportedPattern,
    "voorstellen": ExportedProposal,
    "artikelen": ExportedArticle,
}
"""The lists of the canonical file, each with files of its own, and what stands in them."""

NOUNS: Mapping[type[BaseModel], str] = {
    Collection: "verzameling", CaseLink: "verwijzing_casus", PatternLink: "verwijzing_patroon",
    MoneySum: "som", CaseMoney: "geld", SimilarCase: "gelijkenis", ExportedCase: "casus", Member: "lid",
    SharedRule: "gedeelde_regel", Event: "gebeurtenis", YearCount: "jaar", OutcomeCount: "uitkomst",
    PatternEvidence: "bewijs", ExportedPattern: "patroon", RuleUse: "regel_in_spel", LevelCount: "niveau",
    WeighedOption: "optie", ExportedScore: "score", ExportedProposal: "voorstel", LawFacts: "wet",
    ArticleChange: "wijziging", ArticlePart: "onderdeel", ArticleCase: "casus_bij_artikel", ExportedArticle: "artikel",
    WrittenProposal: "geschreven", WrittenOptions: "wegen", Draft: "concepttekst", Objection: "tegenargument",
    Step: "stap", ExportedSolution: "oplossing", Milestone: "mijlpaal",
}  # fmt: skip
"""Where `text/gegevens.toml` explains the keys of a part."""
