"""The controlled lists: what a record's words mean, and the laws and articles they point at.

The lists are YAML files of the package (`vocabulary/*.yaml`), read as strictly as records. A fault in them is a fault
of the package, so it raises; a record that uses a word they do not hold is a `Problem` of that record.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from generator.model import Day
from generator.problems import render_text
from generator.source import parse_source, plain_value


def read_moment(value: str) -> str:
    """The same text if it is a day, a month or a year that exists; raises `ValueError` if it is not."""
    date.fromisoformat({4: f"{value}-01-01", 7: f"{value}-01"}.get(len(value), value))
    return value


Moment = Annotated[str, AfterValidator(read_moment)]
"""A day, a month or a year that exists, as 2026-01-01, 2026-01 or 2026."""
Flag = Annotated[bool, BeforeValidator(lambda value: {"ja": True, "nee": False}.get(value, value))]


class VocabularyError(Exception):
    """A list of the package is broken; nothing can be checked or built."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Term(_Entry):
    """A word of a small list."""

    id: str
    label: str
    omschrijving: str


class Recurrence(Term):
    """How often a cost line returns."""

    per_jaar: int | None = None
    """Times in a year; none for a sum that is paid once."""


class Method(Term):
    """A way of working, with the fields that a record of it must and may fill."""

    waar: str
    adres: str
    verplicht: tuple[str, ...]
    mogelijk: tuple[str, ...] = ()


class MethodGuide(_Entry):
    """What a reader should know of a way of working."""

    id: str
    kern: str
    stappen: tuple[str, ...]
    let_op: tuple[str, ...] = ()
    bron: str


class ObstacleKind(Term):
    """A kind of obstacle, with what it is not."""

    dimensie: str
    voorbeelden: tuple[str, ...] = ()
    niet_dit: Mapping[str, str] = {}
    bronnen: tuple[str, ...] = ()
    grondslag: str
    geverifieerd: Flag


class ChangeLevel(_Entry):
    """A level of decision on which a change kind can be taken."""

    niveau: str
    wie: str
    opmerking: str | None = None


class ChangeKind(Term):
    """A kind of change of a rule or practice."""

    niveaus: tuple[ChangeLevel, ...]
    knelpuntsoorten: tuple[str, ...] = ()
    bewijs: tuple[str, ...] = ()
    voorbeeld: str | None = None
    voorzichtig: str | None = None
    varianten: tuple[str, ...] = ()
    laagste_niveau: str | None = None
    bronnen: tuple[str, ...] = ()
    geverifieerd: Flag


class DecisionLevel(_Entry):
    """Who decides on a change, by which route, on what evidence; the list runs from low to high."""

    id: str
    label: str
    wie: str
    route: str
    bewijs: tuple[str, ...] = ()
    bronnen: tuple[str, ...] = ()
    opmerking: str | None = None


class Law(_Entry):
    """A law or regulation. Fields named in `niet_geverifieerd` were not checked at the source."""

    id: str
    citeertitel: str
    afkorting: str | None = None
    bwb: str | None = None
    niveau: str
    ministerie: str | None = None
    status: str
    doel: str
    tekst_gelezen: str | None = None
    bron: str | None = None
    opmerking: str | None = None
    niet_geverifieerd: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The short name that professionals use."""
        return self.afkorting or self.citeertitel

    @property
    def link(self) -> str | None:
        """The law on wetten.overheid.nl by its JCI identifier; none while the BWB id is unknown."""
        return f"https://wetten.overheid.nl/jci1.3:c:{self.bwb}" if self.bwb else None


class LocalRule(_Entry):
    """A kind of rule that a municipality makes itself."""

    id: str
    naam: str
    vaststeller: str
    grondslag: str
    voorbeeld: str | None = None
    opmerking: str | None = None
    niet_geverifieerd: tuple[str, ...] = ()


class OwnRule(_Entry):
    """A rule of the site's own municipality, as its editors tell it."""

    naam: str
    """As records name it, under `lokaal`."""
    kern: str
    """What it says, in the editors' own words."""
    sinds: Moment | None = None
    link: str | None = None
    """Where the rule itself can be read."""


class Amendment(_Entry):
    """A change of an article by a reform."""

    hervorming: str
    datum: Moment | None = None
    wat: str
    bron: str | None = None
    geverifieerd: Flag = False


class Article(_Entry):
    """An article (or part of one) and what it means for exceptions."""

    id: str
    wet: str
    artikel: str | None = None
    ook: tuple[str, ...] = ()
    """Further article numbers that the entry speaks of."""
    aanduiding: str
    lid: str | None = None
    thema: str
    rol: str
    strekking: str
    sinds: Moment | None = None
    tekst_gelezen: str | None = None
    bron: str | None = None
    knelpuntsoorten: tuple[str, ...] = ()
    geverifieerd: Flag
    wijzigingen: tuple[Amendment, ...] = ()
    opmerking: str | None = None


class Reform(_Entry):
    """A running or finished change of law."""

    id: str
    titel: str
    stand: str
    laatst_gezien: Moment | None = None
    bronnen: tuple[str, ...] = ()
    geverifieerd: Flag
    opmerking: str | None = None


class _Edition(_Entry):
    stand: Day


class Concept(_Entry):
    """A thing of the field with all the words that name it, and the articles and laws that it hangs on."""

    id: str
    label: str
    woorden: tuple[str, ...]
    stammen: tuple[str, ...] = ()
    samenstelling: tuple[str, ...] = ()
    artikelen: tuple[str, ...] = ()
    wetten: tuple[str, ...] = ()
    ruimer: str | None = None

    def __hash__(self) -> int:
        """By id alone: lists of concepts are keys of what is remembered of them."""
        return hash(self.id)


SMALL_LISTS = (
    "leefgebieden", "huishoudtypen", "leeftijdsbanden", "budgetten", "resultaten", "mandaten", "juridisch", "oorzaken",
    "rollen", "zekerheden", "herkomsten", "verificaties", "statussen", "toestemmingen", "provincies",
    "patroonstatussen", "gebeurtenissen", "uitzonderingsredenen", "voorstelstappen",
)  # fmt: skip
"""Lists whose entries are plain terms."""

_Model = TypeVar("_Model", bound=BaseModel)


class Vocabulary(_Entry):
    """All lists. Entries keep the order of their file: it is the order in which readers see them."""

    terms: Mapping[str, tuple[Term, ...]]
    perioden: tuple[Recurrence, ...]
    methoden: tuple[Method, ...]
    uitleg: tuple[MethodGuide, ...]
    knelpuntsoorten: tuple[ObstacleKind, ...]
    besluitvolgorde: tuple[str, ...]
    dimensies: Mapping[str, str]
    wijzigingssoorten: tuple[ChangeKind, ...]
    niveaus: tuple[DecisionLevel, ...]
    wetten: tuple[Law, ...]
    lokale_regels: tuple[LocalRule, ...]
    artikelen: tuple[Article, ...]
    hervormingen: tuple[Reform, ...]
    concepts: tuple[Concept, ...]
    eigen_regels: tuple[OwnRule, ...] = ()
    """Rules of the site's own municipality; the package has none."""
    stand: Day
    """The day that articles and reforms speak of; what they date later is planned."""

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """For every list: word to the label that readers see."""
        lists: dict[str, dict[str, str]] = {name: {t.id: t.label for t in terms} for name, terms in self.terms.items()}
        lists["perioden"] = {entry.id: entry.label for entry in self.perioden}
        lists["methoden"] = {entry.id: entry.label for entry in self.methoden}
        lists["knelpuntsoorten"] = {entry.id: entry.label for entry in self.knelpuntsoorten}
        lists["wijzigingssoorten"] = {entry.id: entry.label for entry in self.wijzigingssoorten}
        lists["niveaus"] = {entry.id: entry.label for entry in self.niveaus}
        lists["wetten"] = {law.id: law.label for law in self.wetten}
        return lists

    @cached_property
    def concept_labels(self) -> Mapping[str, str]:
        """Concepts by id to the label that readers see."""
        return {concept.id: concept.label for concept in self.concepts}

    @cached_property
    def law_by_id(self) -> Mapping[str, Law]:
        """Laws by id."""
        return {law.id: law for law in self.wetten}

    @cached_property
    def reform_by_id(self) -> Mapping[str, Reform]:
        """Reforms by id."""
        return {reform.id: reform for reform in self.hervormingen}

    @cached_property
    def articles_by_number(self) -> Mapping[tuple[str, str], tuple[Article, ...]]:
        """The known parts of each article, by law id and bare article number."""
        found: dict[tuple[str, str], list[Article]] = {}
        for article in self.artikelen:
            for number in (article.artikel, *article.ook) if article.artikel else ():
                found.setdefault((article.wet, str(number)), []).append(article)
        return {key: tuple(articles) for key, articles in found.items()}


def article_link(law: Law, number: str) -> str | None:
    """The article on wetten.overheid.nl by the short JCI pattern; none while the law's BWB id is unknown."""
    return f"{law.link}&artikel={number}" if law.link else None


def article_slug(number: str) -> str:
    """The part of an address that names an article: `3:4` becomes `artikel-3-4`."""
    return "artikel-" + re.sub(r"[^0-9a-z]+", "-", number.lower()).strip("-")


@cache
def load_vocabulary() -> Vocabulary:
    """The package's own lists. Raises `VocabularyError` if one is missing or broken."""
    kinds = _read("knelpuntsoorten")
    articles = _read("artikelen")
    laws = _read("wetten")
    return Vocabulary(
        terms={name: _entries(Term, _read(name)[name]) for name in SMALL_LISTS},
        perioden=_entries(Recurrence, _read("perioden")["perioden"]),
        methoden=_entries(Method, _read("methoden")["methoden"]),
        uitleg=_entries(MethodGuide, _read("methoden_uitleg")["methoden_uitleg"]),
        knelpuntsoorten=_entries(ObstacleKind, kinds["knelpuntsoorten"]),
        besluitvolgorde=tuple(kinds["besluitvolgorde"]),
        dimensies=kinds["dimensies"],
        wijzigingssoorten=_entries(ChangeKind, _read("wijzigingssoorten")["wijzigingssoorten"]),
        niveaus=_entries(DecisionLevel, _read("niveaus")["niveaus"]),
        wetten=_entries(Law, laws["wetten"]),
        lokale_regels=_entries(LocalRule, laws["lokale_regels"]),
        artikelen=_entries(Article, articles["artikelen"]),
        hervormingen=_entries(Reform, articles["hervormingen"]),
        concepts=load_concepts(),
        stand=_entries(_Edition, [{"stand": articles.get("stand")}])[0].stand,
    )


class Weights(_Entry):
    """The learned weight of each part of a likeness, and the constant of the logistic."""

    constante: float
    delen: Mapping[str, float]


@cache
def load_weights() -> Weights:
    """The weights that ship with the package. Raises `VocabularyError` if they are missing or broken."""
    return _entries(Weights, [_read("gelijkenis")])[0]


@cache
def load_plain_weights() -> Weights:
    """The same for plain text beside cases."""
    return _entries(Weights, [_read("gelijkenis_tekst")])[0]


@cache
def load_concepts() -> tuple[Concept, ...]:
    """The package's own list of concepts. Raises `VocabularyError` if it is missing or broken."""
    return _entries(Concept, _read("concepts")["concepts"])


def read_entries(kind: type[_Model], name: str) -> tuple[_Model, ...]:
    """The rows of the package's list `name`, in its order. Raises `VocabularyError` if it is missing or broken."""
    return _entries(kind, _read(name)[name])


def _read(name: str) -> dict[str, Any]:
    resource = files("generator").joinpath(f"vocabulary/{name}.yaml")
    if not resource.is_file():
        raise VocabularyError(f"vocabulary/{name}.yaml is missing from the package")
    source = parse_source(f"vocabulary/{name}.yaml", resource.read_bytes())
    if source.root is None or source.problems:
        raise VocabularyError(render_text(source.problems))
    value = plain_value(source.root)
    assert isinstance(value, dict)
    return value


def _entries(kind: type[_Model], rows: list[dict[str, Any]]) -> tuple[_Model, ...]:
    try:
        return tuple(kind.model_validate(row) for row in rows)
    except ValidationError as error:
        raise VocabularyError(f"{kind.__name__}: {error}") from error
