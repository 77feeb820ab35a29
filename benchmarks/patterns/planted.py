"""Cases with planted patterns: invented, in Dutch, and the same for the same number and seed.

A pattern is a rule: an obstacle with its own words, law, article and local rule, under several names for one thing. A
story tells who it hits. Rule and story are drawn apart, so every story comes with many rules and every rule with many
stories; a passing remark names yet another rule. A part of the cases has a rule that no other case has. A writer may
leave a law out and mark another kind of obstacle. How much story there is to how much rule, and how often laws and
kinds are named, is as in the labelled records of the project.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
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
"""How often the marked obstacle kind is that of the rule, and how often the rule's life domain is marked."""
SECOND, ANY = 0.5, 0.3
"""How often the rule's second kind is marked beside the main one, and how often just any kind."""
ON_ARTICLE = 0.5
"""Share of the rules that hang on one article of their law."""
LAW_NAMED, ARTICLE_NAMED, LOCAL_NAMED = 0.78, 0.9, 0.25
"""How often a case names the law of its rule, the article if it names the law, and the local rule."""
SITUATION_NAMES, REMARK, TITLE_NAMES = 0.5, 0.5, 0.6
"""How often the situation names the provision, the situation names another one in passing, the title names it."""

Fields = dict[str, Any]


@dataclass(frozen=True)
class Rule:
    """What a pattern is about: the names and sentences from which its cases take some."""

    words: Mapping[str, tuple[str, ...]]
    """What fills the marks of its sentences: for each mark some words for one thing; `naam` is the provision."""
    obstacle: tuple[str, ...]
    breakthrough: tuple[str, ...]
    kinds: tuple[str, str]
    """The main kind of obstacle, and a second one that writers may take it for."""
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
    writer = _Writer(table, random)
    alone = round(ALONE * size)
    sizes = _sizes(size - alone, pattern_count(size), random)
    rules = writer.rules(len(sizes), alone)
    owners = [number for number, times in enumerate([*sizes, *[1] * alone]) for _ in range(times)]
    stories = [table["verhalen"][index % len(table["verhalen"])] for index in range(size)]
    random.shuffle(owners)
    cases: list[Case] = []
    pattern: dict[str, str] = {}
    for place, (owner, story) in enumerate(zip(owners, stories, strict=True)):
        other = rules[(owner + random.randrange(1, len(rules))) % len(rules)]
        cases.append(writer.case(f"geplant-{place:05}", rules[owner], story, other))
        if owner < len(sizes):
            pattern[cases[-1].id] = f"regel-{owner:04}"
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


class _Writer:
    """Makes rules and writes cases: holds the sentences and the random source."""

    def __init__(self, table: Fields, random: Random) -> None:
        self.table = table
        self.random = random
        self.kinds = sorted({row["soort"] for row in (*table["regels"], *table["manieren"])})

    def rules(self, patterns: int, alone: int) -> list[Rule]:
        """One rule for each pattern, then one for each case that stands alone; in both, written and composed ones."""
        written = [self._written(row) for row in self.table["regels"]]
        self.random.shuffle(written)
        composed = self._composed()
        rows: list[Rule] = []
        for share, wanted in ((written[:WRITTEN_PATTERNS], patterns), (written[WRITTEN_PATTERNS:], alone)):
            mixed = share[:wanted]
            mixed += [next(composed) for _ in range(wanted - len(mixed))]
            self.random.shuffle(mixed)
            rows += mixed
        return rows

    def _written(self, row: Fields) -> Rule:
        return Rule(
            words={"naam": tuple(row["namen"])},
            obstacle=tuple(row["knelpunt"]),
            breakthrough=tuple(row["doorbraak"]),
            kinds=self._two_kinds(row["soort"]),
            domain=row["gebied"],
            local=row["lokaal"],
            law=row["wet"],
            article=row.get("artikel") if self._happens(ON_ARTICLE) else None,
        )

    def _composed(self) -> Iterator[Rule]:
        """Rules about a provision with a compound name that gets stuck in one of some ways; no two share both.

        Each has things of its own: a condition, an institution, an object, and sentences in which these come.
        """
        ways, free = self.table["manieren"], self.table["vrij"]
        first, last, conditions = (_pairs(self.table["delen"][name]) for name in ("voor", "na", "eisen"))
        institutions, things = (self.table["delen"][name].split() for name in ("instanties", "dingen"))
        grounds = [ground.partition(":") for ground in self.table["grondslagen"].split()]
        domains = sorted({story["gebied"] for story in self.table["verhalen"]})
        numbers = list(range(len(first) * len(last) * len(ways)))
        self.random.shuffle(numbers)
        for number in numbers:
            rest, way = divmod(number, len(ways))
            names = _compounds(first[rest // len(last)], last[rest % len(last)])
            law, _, article = self.random.choice(grounds)
            yield Rule(
                words={
                    "naam": tuple(f"een {name}" for name in names),
                    "eis": _compounds(self.random.choice(first), self.random.choice(conditions)),
                    "instantie": (self.random.choice(institutions),),
                    "ding": (self.random.choice(things),),
                },
                obstacle=(*self.random.sample(ways[way]["knelpunt"], 2), *self._free(free["knelpunt"])),
                breakthrough=(self.random.choice(ways[way]["doorbraak"]), *self._free(free["doorbraak"])),
                kinds=self._two_kinds(ways[way]["soort"]),
                domain=self.random.choice(domains),
                local=f"Beleidsregels {names[0]}",
                law=law,
                article=article if article and self._happens(ON_ARTICLE) else None,
            )

    def _free(self, lines: Sequence[str]) -> list[str]:
        """Three sentences, of which at least one names the provision."""
        named = self.random.choice([line for line in lines if "{naam}" in line])
        return [named, *self.random.sample([line for line in lines if line != named], 2)]

    def case(self, name: str, rule: Rule, story: Fields, other: Rule) -> Case:
        """One case: its rule under one of its names, told in one of the stories; `other` is named in passing."""
        random = self.random
        who = random.choice(story["wie"])
        main, also = self._marked(rule)
        domains = [rule.domain, story["gebied"]] if self._happens(MARKED_RIGHT) else [story["gebied"]]
        told = [f"Het gaat om {who}.", *random.sample(story["zinnen"], 3)]
        if self._happens(SITUATION_NAMES):
            told.append(self._about(rule, [random.choice(self.table["aanleidingen"])]))
        if self._happens(REMARK):
            told.append(self._about(other, [random.choice(self.table["terloops"])]))
        title = (
            f"{random.choice(rule.words['naam'])} voor {who}" if self._happens(TITLE_NAMES) else f"toch verder: {who}"
        )
        return Case.model_validate(
            {
                "id": name,
                "titel": title[0].upper() + title[1:],
                "status": "gepubliceerd",
                "herkomst": "fictief",
                "gemeente": random.choice(self.table["gemeenten"].split()),
                "periode": str(random.randint(2015, 2026)),
                "leefgebieden": tuple(dict.fromkeys(domains)),
                "situatie": " ".join(told),
                "knelpunt": {
                    "tekst": self._about(rule, self._obstacle(rule)),
                    "soort": main,
                    "ook": also,
                    "regels": tuple(self._references(rule)),
                },
                "doorbraak": {"tekst": self._about(rule, random.sample(rule.breakthrough, 2))},
                "resultaat": {"status": "onbekend"},
            }
        )

    def _marked(self, rule: Rule) -> tuple[str, tuple[str, ...]]:
        """The kind of obstacle that the writer marks, and what else."""
        first, second = rule.kinds
        just_any = self.random.choice(self.kinds)
        main = first if self._happens(MARKED_RIGHT) else self.random.choice([second, just_any])
        also = {
            word for word, often in ((second, SECOND), (self.random.choice(self.kinds), ANY)) if self._happens(often)
        }
        return main, tuple(sorted(also - {main}))

    def _obstacle(self, rule: Rule) -> list[str]:
        """Two or three sentences, of which at least one names the provision: else nobody could tell the rule."""
        named = self.random.choice([line for line in rule.obstacle if "{naam}" in line])
        others = [line for line in rule.obstacle if line != named]
        lines = [named, *self.random.sample(others, self.random.randint(1, 2))]
        self.random.shuffle(lines)
        return lines

    def _about(self, rule: Rule, lines: Sequence[str]) -> str:
        """Sentences with the marks filled in, each time by one of the rule's words for that thing."""
        filled = (
            line.format_map({mark: self.random.choice(words) for mark, words in rule.words.items()}) for line in lines
        )
        return " ".join(filled)

    def _references(self, rule: Rule) -> Iterator[Fields]:
        if self._happens(LAW_NAMED):
            article = {"artikel": rule.article} if rule.article and self._happens(ARTICLE_NAMED) else {}
            yield {"wet": rule.law, **article, "rol": "blokkeert"}
        if self._happens(LOCAL_NAMED):
            yield {"lokaal": rule.local, "rol": "blokkeert"}

    def _two_kinds(self, main: str) -> tuple[str, str]:
        return main, self.random.choice([kind for kind in self.kinds if kind != main])

    def _happens(self, often: float) -> bool:
        return self.random.random() < often


def _pairs(text: str) -> list[tuple[str, str]]:
    """Words as they stand in the table: two for one thing, parted by a slash."""
    return [(one, other) for one, _, other in (word.partition("/") for word in text.split())]


def _compounds(start: tuple[str, str], end: tuple[str, str]) -> tuple[str, str, str]:
    """Three compound names for one thing."""
    return start[0] + end[0], start[0] + end[1], start[1] + end[0]
