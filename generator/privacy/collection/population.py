"""How many households fit a description: published figures, and the estimate that multiplies them (k-map).

The estimate asks what an attacker asks who does not know whether a household is in the collection: of all households
in the place, how many are like this one? It is households in the place × share of each fact. Two things make it
rough, and both are meant to. Shares are national and taken as independent of each other and of the place; and most
shares of rare events are guesses. So every factor says where it comes from and whether it is an estimate of ours, and
a doubtful choice is made so that the number comes out too low: one warning too many is looked at, one too few is not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from generator.model import UNKNOWN
from generator.privacy.collection.facts import Facts, PopulationError, read_list
from generator.vocabulary import Flag

COUNTRY = "Nederland"
FURTHER = "volgende"
"""Id of the share that every event after the rarest counts with: events come together."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Entry):
    """Where a figure was published, and of which year it is."""

    id: str
    titel: str
    uitgever: str
    jaar: int
    adres: str | None = None
    """None only for what the makers estimated themselves."""
    opmerking: str | None = None


class Figure(_Entry):
    """A number with its unit and source. One that is an estimate of ours says why."""

    aantal: int
    eenheid: str
    bron: str
    schatting: Flag = False
    waarom: str | None = None

    @model_validator(mode="after")
    def _explained(self) -> Figure:
        if self.schatting and not self.waarom:
            raise ValueError("an estimate says why")
        return self


class Share(Figure):
    """A part of a whole: `aantal` out of `op`."""

    soort: Literal["type", "leeftijd", "kinderen", "leefgebieden", "gebeurtenis"]
    id: str
    """The level of the fact: a word of the vocabulary, a band, or an event."""
    type: str | None = None
    """Holds for this household type only."""
    leeftijden: tuple[str, ...] = ()
    """The age bands that make up this household type."""
    op: int
    per_jaar: Flag = False
    """Happens this often in one year, so a longer period knows more of them."""

    @property
    def value(self) -> float:
        """Between 0 and 1."""
        return self.aantal / self.op


class Area(_Entry):
    """A municipality, a province or the country: inhabitants and private households on 1 January."""

    naam: str
    ook: str | None = None
    provincie: str | None = None
    inwoners: int
    huishoudens: int


class AreaTable(_Entry):
    """Areas of one kind, all from one source."""

    bron: str
    rijen: tuple[Area, ...]


class Population(_Entry):
    """All figures of `lists/bevolking.yaml`."""

    bronnen: tuple[Source, ...]
    aandelen: tuple[Share, ...]
    gemeenten: AreaTable
    provincies: AreaTable
    land: AreaTable
    periode_onbekend: Figure
    """Years that an unknown period counts for what happens in one year."""
    kleine_gemeente: Figure
    """Fewer inhabitants than this: the province is named instead."""

    @cached_property
    def shares(self) -> Mapping[tuple[str, str | None, str], Share]:
        """Shares by kind of fact, household type they are limited to, and level."""
        return {(share.soort, share.type, share.id): share for share in self.aandelen}

    @cached_property
    def municipalities(self) -> Mapping[str, Area]:
        """Municipalities by every name they go by in lower case; one without its `(ZH.)` if no other has that name."""
        found: dict[str, list[Area]] = {}
        for area in self.gemeenten.rijen:
            names = {area.naam, area.ook or area.naam, re.sub(r" \(.*\)$", "", area.naam)}
            for name in names:
                found.setdefault(name.lower(), []).append(area)
        return {name: areas[0] for name, areas in found.items() if len(areas) == 1}

    @cached_property
    def provinces(self) -> Mapping[str, Area]:
        """Provinces by name."""
        return {area.naam: area for area in self.provincies.rijen}

    @cached_property
    def smallest(self) -> Area:
        """The municipality with the fewest households: what one counts for that the list does not know."""
        return min(self.gemeenten.rijen, key=lambda area: area.huishoudens)

    def municipality(self, name: str) -> Area | None:
        """The municipality of that name; None if the list does not know it, or knows several."""
        return self.municipalities.get(name.strip().lower())


@dataclass(frozen=True)
class Factor:
    """One factor of an estimate."""

    fact: str
    """What it stands for: `plaats`, `type`, `leeftijd`, `kinderen`, `leefgebieden` or `gebeurtenis`."""
    level: str
    value: float
    """Households for `plaats`, otherwise a share between 0 and 1."""
    source: str
    """Id of the source in `lists/bevolking.yaml`."""
    estimated: bool
    """The figure, or its use here, is an estimate of ours."""


@dataclass(frozen=True)
class Estimate:
    """How many households fit, and how that came about."""

    factors: tuple[Factor, ...]

    @property
    def number(self) -> float:
        """Households; the product of all factors."""
        return math.prod(factor.value for factor in self.factors)

    @property
    def guesses(self) -> tuple[Factor, ...]:
        """The factors that are estimates of ours."""
        return tuple(factor for factor in self.factors if factor.estimated)


def estimate_households(facts: Facts, population: Population | None = None) -> Estimate:
    """How many households in the place named fit the facts, by the package's own figures if no others are given.

    A fact that is unknown narrows nothing. A level without a figure narrows nothing either, but for a municipality
    that the list does not know: that counts as the smallest one, since it may be as small. Age counts as the share
    of inhabitants of that age; for a household type that is itself an age group (`jongere_alleen`), as the share
    within it. One life domain narrows nothing, two and three or more do. Of the events the rarest counts in full.
    """
    figures = population or load_population()
    return Estimate(tuple(_factors(facts, figures)))


def _factors(facts: Facts, figures: Population) -> Iterator[Factor]:
    yield _place(facts, figures)
    shares = figures.shares
    household = shares.get(("type", None, facts.type))
    if household:
        yield _factor(household)
    age = shares.get(("leeftijd", None, facts.leeftijd))
    if age:
        within = household.leeftijden if household and age.id in household.leeftijden else ()
        whole = sum(shares["leeftijd", None, band].value for band in within) or 1.0
        yield _factor(age, age.value / whole)
    children = _children(facts, figures)
    if children:
        yield _factor(children)
    count = len(facts.leefgebieden)
    domains = shares.get(("leefgebieden", None, str(count) if count < 3 else "3-meer"))
    if domains:
        yield _factor(domains)
    yield from _events(facts, figures)


def _events(facts: Facts, figures: Population) -> Iterator[Factor]:
    """The rarest event with its own share, every further one with one fixed factor."""
    years = facts.years if facts.years is not None else float(figures.periode_onbekend.aantal)
    known = [figures.shares.get(("gebeurtenis", None, name)) for name in facts.gebeurtenissen]
    rarest = sorted((min(1.0, s.value * years) if s.per_jaar else s.value, s.id, s) for s in known if s)
    further = figures.shares.get(("gebeurtenis", None, FURTHER))
    for place, (value, name, share) in enumerate(rarest):
        if place == 0:
            yield _factor(share, value)
        elif further:
            yield Factor(further.soort, name, further.value, further.bron, further.schatting)


def _place(facts: Facts, figures: Population) -> Factor:
    if facts.gemeente:
        area = figures.municipality(facts.gemeente)
        known = area or figures.smallest
        return Factor("plaats", known.naam, float(known.huishoudens), figures.gemeenten.bron, area is None)
    province = figures.provinces.get(facts.provincie or "")
    if province:
        return Factor("plaats", province.naam, float(province.huishoudens), figures.provincies.bron, False)
    return Factor("plaats", COUNTRY, float(figures.land.rijen[0].huishoudens), figures.land.bron, False)


def _children(facts: Facts, figures: Population) -> Share | None:
    """The share of that number of children: within the type if it is published, otherwise over all households.

    No children says nothing once a type is known.
    """
    within = figures.shares.get(("kinderen", facts.type, facts.kinderen))
    if within or (facts.kinderen == "0" and facts.type != UNKNOWN):
        return within
    return figures.shares.get(("kinderen", None, facts.kinderen))


def _factor(share: Share, value: float | None = None) -> Factor:
    return Factor(share.soort, share.id, share.value if value is None else value, share.bron, share.schatting)


@cache
def load_population() -> Population:
    """The package's own figures. Raises `PopulationError` if they are missing, broken or without a source."""
    figures = read_list(Population, "bevolking")
    known = {source.id for source in figures.bronnen}
    used = {share.bron for share in figures.aandelen}
    used |= {table.bron for table in (figures.gemeenten, figures.provincies, figures.land)}
    used |= {figures.periode_onbekend.bron, figures.kleine_gemeente.bron}
    if used - known:
        raise PopulationError(f"privacy/lists/bevolking.yaml: no source {', '.join(sorted(used - known))}")
    return figures
