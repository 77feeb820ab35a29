"""Kit: what a trainer takes to a team, made from the book. What may be handed out is a value of its own.

Invariant: a `Handout` holds no word of the ending. A title often tells how a case ended, so it has none: a life
domain and a kind of obstacle name it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from itertools import chain
from typing import Any, Literal

from generator.book import Book, CaseEntry
from generator.counterexamples import CounterExample, outcome_side
from generator.grouping import PatternEntry
from generator.model import BLOCKS, UNKNOWN, Case, Household, RuleReference
from generator.proposals import Proposal

STORIES = 3
"""Cases of a pattern that are told."""
CARDS = 8
"""Cards on one sheet, and cases on the cards of one case."""
PHRASE = 6
"""As many words in a row in handout and ending are no chance."""
VALUES = ("rechtmatigheid", "rendement", "betrokkenheid", "gelijkheid")
"""What a decision is weighed by, in the order of the sheet."""
FOLDER = "leren/"
_LETTERS = "bcdfghjklmnpqrstvwxz"
"""Of a code: no digits that look like a number of a person, no vowels that make a name."""
_CODE = 10
_WORDS = re.compile(r"\w+")

Form = Literal["casus", "patroon", "reeks"]


@dataclass(frozen=True)
class Handout:
    """A case as the participants get it: what is going on, what the household wants, what is in the way."""

    leefgebieden: tuple[str, ...]
    soort: str
    """The kind of obstacle."""
    huishouden: Household | None
    situatie: str
    vraag: str | None
    knelpunt: str
    regels: tuple[RuleReference, ...]
    """The rules in the way, each once."""

    @property
    def texts(self) -> tuple[str, ...]:
        """All that a writer wrote of it."""
        rules = (rule.lokaal for rule in self.regels)
        return tuple(text for text in (self.situatie, self.vraag, self.knelpunt, *rules) if text)


@dataclass(frozen=True)
class Objection:
    """What participants will say, and what the record says to it: fields with their text, or rules."""

    id: str
    texts: tuple[tuple[str, str], ...]
    rules: tuple[RuleReference, ...] = ()
    verdict: str = ""
    """Of the vocabulary list `juridisch`, if the record says whether it was allowed."""

    @property
    def answered(self) -> bool:
        """Whether the record says anything to it."""
        return bool(self.texts or self.rules or self.verdict)


@dataclass(frozen=True)
class Story:
    """One case in a kit: what is handed out, and what only the trainer has. It is taken apart when that is asked."""

    entry: CaseEntry

    @cached_property
    def handout(self) -> Handout:
        """What may be handed out."""
        return hand_out(self.case)

    @cached_property
    def objections(self) -> tuple[Objection, ...]:
        """What participants will say, in the order of the fixed words."""
        return tuple(_objections(self.case))

    @cached_property
    def told(self) -> tuple[str, ...]:
        """Words that stand both in the handout and in the ending: they may give it away."""
        return shared_phrases(self.handout.texts, ending_texts(self.case))

    @property
    def case(self) -> Case:
        """The whole case."""
        return self.entry.case

    @property
    def comparisons(self) -> tuple[CounterExample, ...]:
        """Cases that are alike and went the other way."""
        return self.entry.counterexamples


@dataclass(frozen=True)
class Kit:
    """All that a session needs."""

    form: Form
    id: str
    """The id of the case or pattern; of a chosen set the ids with commas between."""
    name: str
    """For the trainer: it may tell the ending. Empty for a set."""
    stories: tuple[Story, ...]
    cards: tuple[Story, ...]
    pattern: PatternEntry | None = None
    proposal: Proposal | None = None

    @property
    def address(self) -> str:
        """Where the trainer's page stands."""
        return f"{FOLDER}{self.id}/"

    @property
    def code(self) -> str:
        """A name for what is handed out; it tells nothing and stays the same for the same kit."""
        if self.form == "patroon":
            return self.id
        number = int.from_bytes(sha256(self.id.encode()).digest())
        return "".join(_LETTERS[number // len(_LETTERS) ** place % len(_LETTERS)] for place in range(_CODE))

    @property
    def handout_address(self) -> str:
        """Where the sheets to hand out stand."""
        return f"{FOLDER}werkblad/{self.code}/"

    @property
    def cards_address(self) -> str:
        """Where the cards stand."""
        return f"{FOLDER}kaarten/{self.code}/"


@cache
def fixed_words() -> Mapping[str, Any]:
    """What is the same in every kit, as `text/lespakket.toml` has it."""
    return tomllib.loads(files("generator").joinpath("text/lespakket.toml").read_text("utf-8"))


def make_kits(book: Book) -> Iterator[Kit]:
    """The kit of every pattern with cases that stands, then of every case; in the order of the book."""
    stories = tell_all(book)
    for pattern in book.patterns:
        if _taught(pattern):
            yield pattern_kit(book, pattern, stories)
    for entry in book.cases:
        yield case_kit(entry, stories)


def find_kit(book: Book, names: Sequence[str]) -> Kit:
    """The kit of one case or pattern, or of several cases in their order. Raises `KeyError` for a name without kit."""
    stories = tell_all(book)
    if len(names) > 1:
        chosen = tuple(stories[name] for name in names)
        return Kit("reeks", ",".join(names), "", chosen, chosen)
    patterns = {entry.id: entry for entry in book.patterns if _taught(entry)}
    name = names[0]
    return pattern_kit(book, patterns[name], stories) if name in patterns else case_kit(stories[name].entry, stories)


def kit_names(book: Book) -> frozenset[str]:
    """The ids of all cases and patterns that have a kit."""
    return frozenset(book.case_by_id) | {pattern.id for pattern in book.patterns if _taught(pattern)}


def case_kit(entry: CaseEntry, stories: Mapping[str, Story]) -> Kit:
    """The kit of one case; its cards are those of the case and of what it can be compared with."""
    beside = chain(
        (other.case.id for other in entry.counterexamples),
        (other.case.id for other in entry.neighbours),
        (member.case for pattern in entry.patterns for member in pattern.members),
    )
    cards = list(dict.fromkeys([entry.case.id, *beside]))[:CARDS]
    story = stories[entry.case.id]
    return Kit("casus", entry.case.id, entry.case.titel, (story,), tuple(stories[case] for case in cards))


def pattern_kit(book: Book, pattern: PatternEntry, stories: Mapping[str, Story]) -> Kit:
    """The kit of a pattern: one to three cases, and cards of all its members."""
    cards = tuple(stories[case] for case in _best_first(pattern, stories))
    proposal = book.proposal_by_pattern.get(pattern.id)
    return Kit("patroon", pattern.id, pattern.name or pattern.id, cards[:STORIES], cards, pattern, proposal)


def _best_first(pattern: PatternEntry, stories: Mapping[str, Story]) -> list[str]:
    """The cases of a pattern, those that teach most first; among the first ones each outcome that there is."""
    members = {member.case: member for member in pattern.members}

    def worth(case: str) -> tuple[bool, int, float, str]:
        return members[case].proposed, -richness(stories[case].case), -members[case].strength, case

    order = sorted(members, key=worth)
    sides = {outcome_side(stories[case].case): case for case in reversed(order)}
    other = sides.get(-outcome_side(stories[order[0]].case))
    if other is not None and order.index(other) >= STORIES:
        order.remove(other)
        order.insert(STORIES - 1, other)
    return order


def richness(case: Case) -> int:
    """How much there is to talk about: of what was tried, why, at what cost and how it ended, each that is told."""
    scenarios, reasons, result = case.scenarios, case.onderbouwing, case.resultaat
    asked = [scenarios.niets_doen, scenarios.regulier, scenarios.maatwerk] if scenarios else []
    told = [
        outcome_side(case) != 0,
        outcome_side(case) > 0,
        bool(case.doorbraak.grondslag),
        case.vraag,
        result.tekst,
        result.geleerd or result.niet_gewerkt,
        case.besluit,
        *(part and any(cost.bedrag is not None for cost in part.kosten) for part in asked),
        *(getattr(reasons, name) for name in VALUES if reasons),
    ]
    return sum(bool(text) and text != UNKNOWN for text in told)


def tell_all(book: Book) -> Mapping[str, Story]:
    """Every case in its parts, by id."""
    return {entry.case.id: Story(entry) for entry in book.cases}


def _taught(pattern: PatternEntry) -> bool:
    return pattern.stands and bool(pattern.members)


def hand_out(case: Case) -> Handout:
    """What may be handed out of a case. A rule that only gave room is part of the ending."""
    blocking = [
        RuleReference(wet=rule.wet, artikel=rule.artikel, lid=rule.lid, lokaal=rule.lokaal)
        for rule in case.knelpunt.regels
        if rule.rol in BLOCKS
    ]
    return Handout(
        leefgebieden=case.leefgebieden,
        soort=case.knelpunt.soort,
        huishouden=case.huishouden,
        situatie=case.situatie,
        vraag=None if case.vraag == UNKNOWN else case.vraag,
        knelpunt=case.knelpunt.tekst,
        regels=tuple(dict.fromkeys(blocking)),
    )


def ending_texts(case: Case) -> tuple[str, ...]:
    """Every text of a record that says what was done, who decided and how it went."""
    found: list[str | None] = [case.titel, case.doorbraak.tekst, *case.afspraken]
    if case.scenarios and case.scenarios.maatwerk:
        found += [case.scenarios.maatwerk.verloop, *(cost.wat for cost in case.scenarios.maatwerk.kosten)]
    if case.besluit:
        found += [case.besluit.door, *case.besluit.route]
    result = case.resultaat
    found += [result.tekst, result.niet_gewerkt, result.geleerd, result.stem_inwoner]
    return tuple(text for text in found if text and text != UNKNOWN)


def shared_phrases(texts: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """The longest runs of at least `PHRASE` words that stand in both, in the order of `texts`, each once."""
    known = {run for other in others for run in _runs(_words(other))}
    found: dict[str, None] = {}
    for text in texts:
        words = _words(text)
        shared = [place for place, run in enumerate(_runs(words)) if run in known]
        for place in shared:
            if place - 1 not in shared:
                last = place
                while last + 1 in shared:
                    last += 1
                found[" ".join(words[place : last + PHRASE])] = None
    return tuple(found)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORDS.findall(text)]


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[place : place + PHRASE]) for place in range(len(words) - PHRASE + 1)]


def _objections(case: Case) -> Iterator[Objection]:
    """The objections in the order of the fixed words, with what the record says to them."""
    reasons = case.onderbouwing
    ways = case.werkwijze
    said: dict[str, list[tuple[str, str | None]]] = {
        "mag": [("onderbouwing.rechtmatigheid", reasons.rechtmatigheid if reasons else None)],
        "duur": [
            ("onderbouwing.rendement", reasons.rendement if reasons else None),
            ("werkwijze.andere_geldbronnen", ways.andere_geldbronnen if ways else None),
        ],
        "wil": [
            ("vraag", case.vraag),
            ("onderbouwing.betrokkenheid", reasons.betrokkenheid if reasons else None),
        ],
        "iedereen": [("onderbouwing.gelijkheid", reasons.gelijkheid if reasons else None)],
        "uitleg": [
            ("onderbouwing.uitleg", reasons.uitleg if reasons else None),
            ("werkwijze.rugdekking", ways.rugdekking if ways else None),
        ],
    }
    for fixed in fixed_words()["bezwaren"]:
        texts = tuple((field, text) for field, text in said[fixed["id"]] if text and text != UNKNOWN)
        verdict = case.doorbraak.juridisch or ""
        legal = fixed["id"] == "mag"
        yield Objection(
            fixed["id"],
            texts,
            case.doorbraak.grondslag if legal else (),
            verdict if legal and verdict != UNKNOWN else "",
        )
