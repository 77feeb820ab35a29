"""Facts: what a record tells about one household, as levels that can be counted. Nothing here knows how many there are.

Unknown is a level of its own (`UNKNOWN`), never left out: a record that is silent differs from one that speaks. Events,
illnesses and origin are read from the texts by the words of `lists/gebeurtenissen.yaml`; the words themselves are
never kept, only the id of what they name and the field in which they stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from generator.concepts import Matcher, build_matcher
from generator.model import UNKNOWN, Case
from generator.source import parse_source, plain_value
from generator.vocabulary import Concept, Flag
from generator.words import folded_words

Path = tuple[str | int, ...]
"""Where in a record: keys and places in lists."""
Item = tuple[str, str]
"""One fact as (name, level), such as ("leeftijd", "18-20")."""

SHIELDED = "[afgeschermd]"
"""What stands where a municipality may not be named."""
GROUP = "groep_inwoners"
"""The household type of a collective provision: a group, in which no household can be pointed out."""
INVENTED = frozenset({"fictief", "samengesteld"})
"""Origins of records behind which no single household stands."""


_Model = TypeVar("_Model", bound=BaseModel)


DENIED = frozenset({"geen", "nooit", "zonder"})
"""Words that deny an event named shortly after."""
NEAR_DENIED = frozenset({"niet", "mogelijke", "dreigende", "eventuele"})
"""Words that deny or fear an event named right after."""
REACH = 3
"""Words over which a denial reaches: "geen ondertoezichtstelling of uithuisplaatsing"."""
CLAUSE = re.compile(r"[.,;:!?]")
"""Where a denial ends. A list ("geen A, B of C") is denied in its first part only: one mention too many is safer."""
LONGEST = 4
"""Words of the longest phrase in the list of events."""


class PopulationError(Exception):
    """A list of figures or words is missing or broken; nothing may be published."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Event(_Entry):
    """Something that makes a household recognisable, and the words by which it is seen."""

    id: str
    label: str
    soort: Literal["gebeurtenis", "ziekte", "afkomst"]
    zeldzaam: Flag
    """Never beside a municipality."""
    woorden: tuple[str, ...] = ()
    stammen: tuple[str, ...] = ()
    samenstelling: tuple[str, ...] = ()


class Step(_Entry):
    """One thing an editor can do to make a household less recognisable."""

    id: str
    label: str


class _EventList(_Entry):
    gebeurtenissen: tuple[Event, ...]
    stappen: tuple[Step, ...]


@dataclass(frozen=True)
class Events:
    """The list of events by id, the steps by id, and the matcher that finds events in a text."""

    by_id: Mapping[str, Event]
    steps: Mapping[str, str]
    matcher: Matcher


@dataclass(frozen=True)
class Facts:
    """What a record says of its household. Text levels are words of the vocabulary or `UNKNOWN`.

    At most one of `gemeente` and `provincie` is set; both None means that only the country is known.
    """

    gemeente: str | None
    provincie: str | None
    periode: str
    """Year, quarter (`2019-K2`), first and last year (`2019-2021`), or `UNKNOWN`."""
    type: str
    leeftijd: str
    kinderen: str
    """Banded: `0`, `1`, `2`, `3-4`, `5-meer` or `UNKNOWN`."""
    leefgebieden: tuple[str, ...]
    gebeurtenissen: tuple[str, ...]
    """Ids of events, illnesses and origin, sorted."""

    @property
    def years(self) -> float | None:
        """The length of the period in years; None if it is unknown."""
        if self.periode == UNKNOWN:
            return None
        if "-K" in self.periode:
            return 0.25
        first, _, last = self.periode.partition("-")
        return float(int(last or first) - int(first) + 1)

    @property
    def items(self) -> tuple[Item, ...]:
        """Every fact on its own, sorted; life domains and events one by one, the place as precise as it is named."""
        place = ("gemeente", self.gemeente) if self.gemeente else ("provincie", self.provincie or UNKNOWN)
        several = [("leefgebieden", name) for name in self.leefgebieden]
        several += [("gebeurtenis", name) for name in self.gebeurtenissen]
        single = [("periode", self.periode), ("type", self.type), ("leeftijd", self.leeftijd)]
        return tuple(sorted({place, *single, ("kinderen", self.kinderen), *several}))


def is_household(case: Case) -> bool:
    """Whether one real household stands behind a record that is shown.

    Not so for a record that is invented or composed of several (its origin says so, or `privacy.samengesteld`), that
    speaks of a group or neighbourhood (household type `groep_inwoners`), or that is withdrawn and shows no text. Such
    records are neither judged nor counted: they would hide a real household among households that do not exist.
    """
    composed = case.herkomst in INVENTED or (case.privacy is not None and case.privacy.samengesteld == "ja")
    group = case.huishouden is not None and case.huishouden.type == GROUP
    return not (composed or group or case.withdrawn)


def read_facts(case: Case, events: Events) -> tuple[Facts, Mapping[str, Path]]:
    """The facts of a record, and for every event in it the field in which it is named first."""
    home = case.huishouden
    seen: dict[str, Path] = {}
    for path, text in told(case):
        for found in find_events(text, events):
            seen.setdefault(found, path)
    municipality = case.gemeente if case.gemeente and case.gemeente != SHIELDED else None
    facts = Facts(
        gemeente=municipality,
        provincie=None if municipality else case.provincie,
        periode=case.periode,
        type=(home and home.type) or UNKNOWN,
        leeftijd=(home and home.leeftijd) or UNKNOWN,
        kinderen=band_children(home.kinderen if home else None),
        leefgebieden=tuple(sorted(set(case.leefgebieden))),
        gebeurtenissen=tuple(sorted(seen)),
    )
    return facts, seen


def find_events(text: str, events: Events) -> frozenset[str]:
    """The events that a text names, without those it only denies ("geen uithuisplaatsing") or fears ("mogelijke").

    Only a denial or fear right before the word is understood; every other mention counts.
    """
    clauses = [folded_words(clause) for clause in CLAUSE.split(text)]
    return frozenset(name for name in events.matcher.count(text) if not _denied(name, clauses, events))


def _denied(name: str, clauses: list[tuple[str, ...]], events: Events) -> bool:
    mentions = [
        row[max(0, place - REACH) : place]
        for row in clauses
        for place in range(len(row))
        if _begins(name, row[place : place + LONGEST], events)
    ]
    return bool(mentions) and all(
        DENIED.intersection(before) or NEAR_DENIED.intersection(before[-1:]) for before in mentions
    )


def _begins(name: str, row: tuple[str, ...], events: Events) -> bool:
    """Whether a mention begins at the first of these words: without that word they no longer name the event."""

    def names(words: tuple[str, ...]) -> bool:
        return name in events.matcher.count(" ".join(words))

    return names(row[:1]) or (names(row) and not names(row[1:]))


def band_children(count: int | str | None) -> str:
    """The number of children as a band."""
    if not isinstance(count, int):
        return UNKNOWN
    if count < 3:
        return str(count)
    return "3-4" if count < 5 else "5-meer"


def told(case: Case) -> Iterator[tuple[Path, str]]:
    """The texts that tell what happened, by field. What would have happened (the other scenarios), rules, and titles
    of sources are left out: an event there did not befall this household.
    """
    yield ("titel",), case.titel
    yield ("situatie",), case.situatie
    yield ("vraag",), case.vraag or ""
    yield ("knelpunt", "tekst"), case.knelpunt.tekst
    yield ("doorbraak", "tekst"), case.doorbraak.tekst
    scenario = case.scenarios.maatwerk if case.scenarios else None
    yield ("scenarios", "maatwerk", "verloop"), (scenario and scenario.verloop) or ""
    for name in ("rechtmatigheid", "rendement", "betrokkenheid", "gelijkheid", "uitleg"):
        yield ("onderbouwing", name), getattr(case.onderbouwing, name, None) or ""
    for name in ("eerste_probleem", "eigen_plan", "gewenst_effect", "effecten", "evaluatie"):
        yield ("werkwijze", name), getattr(case.werkwijze, name, None) or ""
    for name in ("tekst", "niet_gewerkt", "geleerd", "stem_inwoner"):
        yield ("resultaat", name), getattr(case.resultaat, name) or ""


@cache
def load_events() -> Events:
    """The package's own list. Raises `PopulationError` if it is missing or broken."""
    known = read_list(_EventList, "gebeurtenissen")
    concepts = [
        Concept(id=e.id, label=e.label, woorden=e.woorden, stammen=e.stammen, samenstelling=e.samenstelling)
        for e in known.gebeurtenissen
    ]
    return Events(
        by_id={event.id: event for event in known.gebeurtenissen},
        steps={step.id: step.label for step in known.stappen},
        matcher=build_matcher(concepts),
    )


def read_list(model: type[_Model], name: str) -> _Model:
    """A list of `privacy/lists`, checked by its model. Raises `PopulationError` if it is missing or broken."""
    resource = files("generator").joinpath(f"privacy/lists/{name}.yaml")
    if not resource.is_file():
        raise PopulationError(f"privacy/lists/{name}.yaml is missing from the package")
    source = parse_source(f"privacy/lists/{name}.yaml", resource.read_bytes())
    if source.root is None or source.problems:
        raise PopulationError(f"privacy/lists/{name}.yaml cannot be read")
    try:
        return model.model_validate(plain_value(source.root))
    except ValidationError as error:
        raise PopulationError(f"privacy/lists/{name}.yaml: {error}") from error
