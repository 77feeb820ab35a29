"""Re-identification over the collection: who could point out the household behind a record, by its facts alone?

Two questions. How many households in the place published fit what the record says (`population.estimate_households`)?
And which small sets of facts does only one record have (`combinations`)? The first decides: a collection is a small
sample, in which nearly every record is unique on a few facts, so uniqueness alone never blocks. Every verdict names
the smallest generalisation that helps, tried from the smallest loss to the largest.

What is judged: records behind which one real household stands (`facts.is_household`). A record from a public source
is judged like any other: what is public elsewhere is no ground for making it easier to find here. Other records are
left out of the counts as well. The collection is the records given: those that would be shown together.

Run it over the whole collection after every change, since one deletion can make another record unique.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain

from generator.model import UNKNOWN, Case
from generator.privacy.collection.combinations import Items, count_sets, find_rare_after, find_rare_sets
from generator.privacy.collection.facts import Events, Facts, Item, Path, is_household, load_events, read_facts
from generator.privacy.collection.generalise import DROP, PROVINCE, find_steps
from generator.privacy.collection.population import Population, estimate_households, load_population
from generator.vocabulary import Vocabulary

BLOCK_BELOW = 20
"""Households: with fewer, a chance of one in twenty to point out the right one is passed."""
WARN_UP_TO = 200
"""Households: up to here a person looks."""
WARN_FROM = 100
"""Records: in a smaller collection nearly all are unique, and that says little."""
COMMON_TYPES = frozenset(
    {"alleenstaande", "jongere_alleen", "paar_zonder_kinderen", "paar_met_kinderen", "eenoudergezin", UNKNOWN}
)
"""Household types that are no reason to generalise; `jongere_alleen` is a young `alleenstaande`."""
MANY_CHILDREN = "5-meer"
TWINS = "meerling"
HOUSEHOLD, NONE = "huishouden-algemener", "geen"
"""Advice where no step that can be tried is the answer."""
PATHS: Mapping[str, Path] = {
    "type": ("huishouden", "type"),
    "leeftijd": ("huishouden", "leeftijd"),
    "kinderen": ("huishouden", "kinderen"),
}
"""Fields that stand deeper than their fact's name."""
LISTS: Mapping[str, str] = {"type": "huishoudtypen", "leeftijd": "leeftijdsbanden", "leefgebieden": "leefgebieden"}
"""The vocabulary list in which the levels of a fact are words."""


class Level(Enum):
    """How much a risk weighs; the value is the word that readers see."""

    BLOCK = "blokkade"
    WARNING = "waarschuwing"
    NOTICE = "informatie"


@dataclass(frozen=True)
class Risk:
    """One way in which the household of a record may be pointed out. `code` is a promise, like every problem code."""

    case: str
    level: Level
    code: str
    path: Path
    """The field it points at; the field may be missing from the record, and then its nearest parent stands."""
    values: Mapping[str, str]
    """What the message names: numbers, names of fields, labels of lists. Never a record's own text."""
    advice: str
    """Ids of the steps that help, joined by `+`; `values["stap"]` says them in words."""


@dataclass(frozen=True)
class _Household:
    case: Case
    facts: Facts
    named: Mapping[str, Path]
    """Event to the field that names it first."""


@dataclass(frozen=True)
class _Setting:
    """What every rule needs: the lists and the counts over the collection."""

    figures: Population
    events: Events
    labels: Mapping[str, Mapping[str, str]]
    counts: Mapping[Items, int]
    size: int
    """Records judged."""

    def label(self, item: Item) -> str:
        """A fact in words: its field, and its level where that is a word of a list."""
        name, level = item
        if name == "gebeurtenis":
            return self.events.by_id[level].label
        if level == UNKNOWN or name == "kinderen":
            return f"{name} {level}"
        return f"{name} {self.labels[LISTS[name]].get(level, UNKNOWN).lower()}" if name in LISTS else name

    def risk(
        self, home: _Household, found: tuple[str, Level], path: Path, advice: tuple[str, ...], **values: str
    ) -> Risk:
        """A risk with the words of its advice."""
        code, level = found
        steps = advice or (NONE,)
        said = " en ".join(self.events.steps[step] for step in steps)
        return Risk(home.case.id, level, code, path, {**values, "stap": said}, "+".join(steps))


def assess(cases: Sequence[Case], vocabulary: Vocabulary) -> tuple[Risk, ...]:
    """Every risk in a collection, sorted by case id, then by code; the order of `cases` does not matter."""
    homes = _households(cases)
    setting = _setting(homes, vocabulary)
    risks = chain.from_iterable(rule(home, setting) for home in homes for rule in RULES)
    return tuple(sorted(risks, key=lambda risk: (risk.case, risk.code, str(risk.path))))


def find_newly_unique(before: Sequence[Case], after: Sequence[Case], vocabulary: Vocabulary) -> tuple[Risk, ...]:
    """The records whose own facts did not change, but that have become unique on a set of facts they shared before.

    That happens when another record was deleted, withdrawn or edited: who keeps the earlier revision can tell which
    one went. Sorted by case id, one risk a record.
    """
    old = {home.case.id: home for home in _households(before)}
    earlier = _setting(tuple(old.values()), vocabulary)
    homes = _households(after)
    setting = _setting(homes, vocabulary)
    found = []
    for home in homes:
        items = home.facts.items
        if home.case.id not in old or old[home.case.id].facts.items != items:
            continue
        unique_before = {frozenset(part) for part in find_rare_sets(items, earlier.counts)}
        fresh = [
            part
            for part in find_rare_sets(items, setting.counts)
            if not any(less.issubset(part) for less in unique_before)
        ]
        if fresh:
            found.append(_unique(home, setting, fresh, "PRIV-UNIEK-GEWORDEN"))
    return tuple(sorted(found, key=lambda risk: risk.case))


def check_households(home: _Household, setting: _Setting) -> Iterator[Risk]:
    """Fewer than 20 households fit: block. Up to 200: a person looks."""
    number = estimate_households(home.facts, setting.figures).number
    if number > WARN_UP_TO:
        return
    blocked = number < BLOCK_BELOW
    found = ("PRIV-HUISHOUDENS", Level.BLOCK) if blocked else ("PRIV-HUISHOUDENS-WEINIG", Level.WARNING)

    def above(limit: float) -> Callable[[Facts], bool]:
        return lambda facts: estimate_households(facts, setting.figures).number > limit

    steps = find_steps(home.facts, setting.figures, setting.events, above(WARN_UP_TO)) or find_steps(
        home.facts, setting.figures, setting.events, above(BLOCK_BELOW)
    )
    said = [setting.label(item) for item in home.facts.items if item[1] != UNKNOWN]
    aantal = str(int(number)) if number >= 1 else "minder dan 1"
    yield setting.risk(home, found, _place(home), steps, aantal=aantal, feiten=", ".join(said))


def check_event_place(home: _Household, setting: _Setting) -> Iterator[Risk]:
    """A rare event beside a municipality: block, once for every event, at the field that names it first."""
    for name in home.facts.gebeurtenissen if home.facts.gemeente else ():
        if not setting.events.by_id[name].zeldzaam:
            continue
        label = setting.events.by_id[name].label
        yield setting.risk(home, ("PRIV-GEBEURTENIS-PLAATS", Level.BLOCK), home.named[name], (DROP,), gebeurtenis=label)


def check_small_place(home: _Household, setting: _Setting) -> Iterator[Risk]:
    """A municipality with fewer than 50,000 inhabitants, or one that the list of CBS does not know."""
    if home.facts.gemeente is None:
        return
    area = setting.figures.municipality(home.facts.gemeente)
    limit = setting.figures.kleine_gemeente.aantal
    if area is None or area.inwoners < limit:
        inwoners = str(area.inwoners) if area else UNKNOWN
        yield setting.risk(
            home,
            ("PRIV-KLEINE-GEMEENTE", Level.WARNING),
            ("gemeente",),
            (PROVINCE,),
            inwoners=inwoners,
            grens=str(limit),
        )


def check_household_type(home: _Household, setting: _Setting) -> Iterator[Risk]:
    """A household type outside the common ones, more than four children, or twins. A warning beside a municipality,
    a notice elsewhere.
    """
    facts = home.facts
    seen: list[tuple[Item, Path]] = []
    if facts.type not in COMMON_TYPES:
        seen.append((("type", facts.type), PATHS["type"]))
    if facts.kinderen == MANY_CHILDREN:
        seen.append((("kinderen", facts.kinderen), PATHS["kinderen"]))
    if TWINS in home.named:
        seen.append((("gebeurtenis", TWINS), home.named[TWINS]))
    level = Level.WARNING if facts.gemeente else Level.NOTICE
    for item, path in seen:
        found = ("PRIV-ZELDZAAM-HUISHOUDEN", level)
        yield setting.risk(home, found, path, (HOUSEHOLD,), feit=setting.label(item))


def check_sensitive(home: _Household, setting: _Setting) -> Iterator[Risk]:
    """Beside a municipality at most one of: origin, illness, rare event."""
    kinds: dict[str, str] = {}
    for name in home.facts.gebeurtenissen if home.facts.gemeente else ():
        event = setting.events.by_id[name]
        if event.zeldzaam or event.soort != "gebeurtenis":
            kinds.setdefault(event.soort, name)
    if len(kinds) > 1:
        said = ", ".join(setting.events.by_id[name].label for name in sorted(kinds.values()))
        found = ("PRIV-GEVOELIG-STAPEL", Level.WARNING)
        yield setting.risk(home, found, ("gemeente",), (DROP,), aantal=str(len(kinds)), feiten=said)


def check_unique(home: _Household, setting: _Setting) -> Iterator[Risk]:
    """The only record with some one or two facts: a notice below 100 records, a warning from there."""
    rare = find_rare_sets(home.facts.items, setting.counts)
    if rare:
        yield _unique(home, setting, rare, "PRIV-UNIEK")


RULES = (
    check_households,
    check_event_place,
    check_small_place,
    check_household_type,
    check_sensitive,
    check_unique,
)


def _unique(home: _Household, setting: _Setting, rare: Sequence[Items], code: str) -> Risk:
    items = home.facts.items
    steps = find_steps(
        home.facts,
        setting.figures,
        setting.events,
        lambda facts: not find_rare_after(items, facts.items, setting.counts),
    )
    level = Level.NOTICE if setting.size < WARN_FROM else Level.WARNING
    name, event = rare[0][0]
    path = home.named[event] if name == "gebeurtenis" else PATHS.get(name, (name,))
    said = " en ".join(setting.label(item) for item in rare[0])
    return setting.risk(
        home, (code, level), path, steps, feiten=said, aantal=str(len(rare)), casussen=str(setting.size)
    )


def _place(home: _Household) -> Path:
    facts = home.facts
    return ("gemeente",) if facts.gemeente else ("provincie",) if facts.provincie else ("huishouden",)


def _households(cases: Sequence[Case]) -> tuple[_Household, ...]:
    events, figures = load_events(), load_population()
    found = []
    for case in cases:
        if is_household(case):
            facts, named = read_facts(case, events)
            area = figures.municipality(facts.gemeente) if facts.gemeente else None
            found.append(_Household(case, replace(facts, gemeente=area.naam) if area else facts, named))
    return tuple(found)


def _setting(homes: Sequence[_Household], vocabulary: Vocabulary) -> _Setting:
    counts = count_sets(home.facts.items for home in homes)
    return _Setting(load_population(), load_events(), vocabulary.labels, counts, len(homes))
