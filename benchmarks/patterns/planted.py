"""Cases with planted patterns: invented, in Dutch, and the same for the same number and seed.

A pattern is a rule: an obstacle with its own words, law, article and local rule, under several names for one thing. A
story tells who it hits, in more words than the rule gets. Rule and story are drawn apart, so every story comes with many
rules and every rule with many stories; a passing remark names yet another rule. A part of the cases has a rule that no
other case has. A writer may leave a law out and mark another kind of obstacle, as in life.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import count
from math import sqrt
from random import Random
from typing import Any

from generator.model import Case

ALONE = 0.30
"""Share of the cases that are in no pattern."""
FEWEST_PATTERNS = 25
"""Patterns among up to `FEWEST_FOR` cases; beyond that they grow with the root of the number of cases."""
FEWEST_FOR = 150
SMALLEST = 2
"""Cases in the smallest pattern."""
WRITTEN_PATTERNS = 18
"""So many of the rules with a vocabulary of their own become patterns; the others are met once."""
MARKED_RIGHT = 0.8
"""How often the marked obstacle kind, and the first life domain, is that of the rule."""
LAW_NAMED, ARTICLE_NAMED, LOCAL_NAMED = 0.7, 0.5, 0.4
"""How often a case names the law of its rule, the article if it names the law, and the local rule."""

Fields = dict[str, Any]


@dataclass(frozen=True)
class Rule:
    """What a pattern is about: the names and sentences from which its cases take some."""

    names: tuple[str, ...]
    obstacle: tuple[str, ...]
    breakthrough: tuple[str, ...]
    kind: str
    domain: str
    local: str
    law: str
    article: str | None = None


@dataclass(frozen=True)
class Planted:
    """Cases, and the pattern of each that is in one."""

    cases: tuple[Case, ...]
    pattern: dict[str, str]


def plant(size: int, seed: int) -> Planted:
    """`size` cases, of which 30 % stand alone."""
    random = Random(f"planted/{size}/{seed}")
    table = tomllib.loads(files("benchmarks.patterns").joinpath("planted.toml").read_text("utf-8"))
    alone = round(ALONE * size)
    sizes = _sizes(size - alone, pattern_count(size), random)
    rules = _rules(table, len(sizes), alone, random)
    owners = [number for number, times in enumerate([*sizes, *[1] * alone]) for _ in range(times)]
    stories = [index % len(table["verhalen"]) for index in range(size)]
    random.shuffle(stories)
    places = list(range(size))
    random.shuffle(places)
    cases: list[Case] = []
    pattern: dict[str, str] = {}
    for place, owner, story in sorted(zip(places, owners, stories, strict=True)):
        other = rules[(owner + random.randrange(1, len(rules))) % len(rules)]
        case = _case(f"geplant-{place:05}", rules[owner], table["verhalen"][story], other, table, random)
        cases.append(case)
        if owner < len(sizes):
            pattern[case.id] = f"regel-{owner:04}"
    return Planted(tuple(cases), pattern)


def pattern_count(size: int) -> int:
    """How many patterns there are among so many cases; never so many that a pattern lacks cases."""
    wanted = max(FEWEST_PATTERNS, round(FEWEST_PATTERNS * sqrt(size / FEWEST_FOR)))
    return min(wanted, (size - round(ALONE * size)) // SMALLEST)


def _sizes(cases: int, patterns: int, random: Random) -> list[int]:
    """Sizes of the patterns: some large, many small."""
    sizes = [SMALLEST] * patterns
    weights = [1 / (rank + 3) for rank in range(patterns)]
    for chosen in random.choices(range(patterns), weights, k=cases - SMALLEST * patterns):
        sizes[chosen] += 1
    return sizes


def _rules(table: Fields, patterns: int, alone: int, random: Random) -> list[Rule]:
    """One rule for each pattern, then one for each case that stands alone; both are written and composed ones, mixed."""
    written = [_written(row) for row in table["regels"]]
    random.shuffle(written)
    composed = _composed(table, random)
    rows = []
    for share, wanted in ((written[:WRITTEN_PATTERNS], patterns), (written[WRITTEN_PATTERNS:], alone)):
        mixed = share[:wanted]
        mixed += [next(composed) for _ in range(wanted - len(mixed))]
        random.shuffle(mixed)
        rows += mixed
    return rows


def _written(row: Fields) -> Rule:
    return Rule(
        names=tuple(row["namen"]),
        obstacle=tuple(row["knelpunt"]),
        breakthrough=tuple(row["doorbraak"]),
        kind=row["soort"],
        domain=row["gebied"],
        local=row["lokaal"],
        law=row["wet"],
        article=row.get("artikel"),
    )


def _composed(table: Fields, random: Random) -> Iterator[Rule]:
    """Rules about a provision with a compound name and a way in which it gets stuck; no two have both in common."""
    first, last, ways = table["delen"]["voor"], table["delen"]["na"], table["manieren"]
    grounds = [ground.partition(":") for ground in table["grondslagen"].split()]
    domains = sorted({story["gebied"] for story in table["verhalen"]})
    numbers = list(range(len(first) * len(last) * len(ways)))
    random.shuffle(numbers)
    for number in numbers:
        rest, way = divmod(number, len(ways))
        one, other = (group[index].split() for group, index in zip((first, last), divmod(rest, len(last)), strict=True))
        names = [f"{one[0]}{other[0]}", f"{one[0]}{other[1]}", f"{one[1]}{other[0]}"]
        law, _, article = random.choice(grounds)
        yield Rule(
            names=tuple(f"een {name}" for name in names),
            obstacle=tuple(ways[way]["knelpunt"]),
            breakthrough=tuple(ways[way]["doorbraak"]),
            kind=ways[way]["soort"],
            domain=random.choice(domains),
            local=f"Beleidsregels {names[0]}",
            law=law,
            article=article or None,
        )


def _case(name: str, rule: Rule, story: Fields, other: Rule, table: Fields, random: Random) -> Case:
    """One case: its rule under one of its names, told in one of the stories."""
    who = random.choice(story["wie"])
    kinds = sorted({row["soort"] for row in (*table["regels"], *table["manieren"])})
    kind = rule.kind if random.random() < MARKED_RIGHT else random.choice(kinds)
    also = [random.choice(kinds)] if random.random() < 0.3 else []
    domains = [rule.domain, story["gebied"]] if random.random() < MARKED_RIGHT else [story["gebied"]]
    called = (random.choice(rule.names) for _ in count())
    aside = [random.choice(table["terloops"]).format(ander=random.choice(other.names))] if random.random() < 0.5 else []
    told = [f"Het gaat om {who}.", *random.sample(story["zinnen"], 3), *aside]
    title = f"{next(called)} voor {who}" if random.random() < 0.6 else f"toch verder: {who}"
    return Case.model_validate(
        {
            "id": name,
            "titel": _capital(title),
            "status": "gepubliceerd",
            "herkomst": "fictief",
            "gemeente": random.choice(table["gemeenten"].split()),
            "periode": str(random.randint(2015, 2026)),
            "leefgebieden": tuple(dict.fromkeys(domains)),
            "situatie": " ".join(told),
            "knelpunt": {
                "tekst": " ".join(line.format(naam=next(called)) for line in _obstacle(rule, random)),
                "soort": kind,
                "ook": tuple(word for word in also if word != kind),
                "regels": tuple(_references(rule, random)),
            },
            "doorbraak": {
                "tekst": " ".join(line.format(naam=next(called)) for line in _some(rule.breakthrough, random)),
            },
            "resultaat": {"status": "onbekend"},
        }
    )


def _references(rule: Rule, random: Random) -> Iterator[Fields]:
    if random.random() < LAW_NAMED:
        article = {"artikel": rule.article} if rule.article and random.random() < ARTICLE_NAMED else {}
        yield {"wet": rule.law, **article, "rol": "blokkeert"}
    if random.random() < LOCAL_NAMED:
        yield {"lokaal": rule.local, "rol": "blokkeert"}


def _obstacle(rule: Rule, random: Random) -> list[str]:
    """Two sentences, of which at least one names the provision: else nobody could tell the rule."""
    named = random.choice([line for line in rule.obstacle if "{naam}" in line])
    lines = [named, random.choice([line for line in rule.obstacle if line != named])]
    random.shuffle(lines)
    return lines


def _some(lines: Sequence[str], random: Random) -> list[str]:
    return random.sample(lines, random.randint(1, 2))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
