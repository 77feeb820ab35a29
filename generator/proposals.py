"""Proposals: from the evidence of a pattern to what should change, who decides, and why no lower level will do.

The computer composes one for every pattern that stands. What an editor wrote in the pattern file stands in its place,
heading by heading. Only values are made here; the words are in `templates/voorstel.html`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.evidence import ENDED_WELL, Evidence, gather
from generator.grouping import PatternEntry
from generator.levels import ACT, COUNCIL, LevelStep, Lift, climb, lift, lowest_that_works
from generator.model import GIVES_ROOM, Case, RuleReference
from generator.money import MoneyTable
from generator.ranking import Score, score
from generator.registry import Registry
from generator.vocabulary import Amendment, Article, ChangeKind, DecisionLevel, Reform, Vocabulary
from generator.written import Solution, Step, WrittenProposal

HEADINGS = (
    "signaal", "regel", "hoe_vaak", "gevolgen", "ruimte", "opties", "voorstel", "effecten", "veranderingen", "stand",
)  # fmt: skip
"""The ten headings of a proposal, in their order (DESIGN: Proposals)."""
OPTIONS = ("niets_doen", "bestaande_ruimte", "lokale_regel", "landelijke_regel")
"""What every proposal weighs."""
LAST_RESORT = "hardheidsclausule-of-kan-bepaling"
"""A pattern argues for another rule and not for one more exception to it, so this kind of change comes last."""
MAKE_CLEAR = "bestaande-ruimte-verduidelijken"
FIRST_STATUS = "signaal"
TWO = 2
"""Cases that a proposal tells."""


@dataclass(frozen=True)
class Option:
    """One way, with the cases whose obstacle it would take away. Ways are counted one on top of the other."""

    name: str
    cases: tuple[str, ...]
    known: int

    @property
    def verdict(self) -> str:
        """`werkt` for all cases, `deels` for some, `niet` for none, `onbekend` if of no case can be told."""
        if not self.known:
            return "onbekend"
        return "werkt" if len(self.cases) == self.known else "deels" if self.cases else "niet"


@dataclass(frozen=True)
class RuleInPlay:
    """A rule that cases of the pattern name, with what our list says of it."""

    rule: RuleReference
    blocks: int
    """Cases in which it stood in the way."""
    gives: int
    """Cases in which it gave room."""
    parts: tuple[Article, ...]


@dataclass(frozen=True)
class UnderWay:
    """A change of an article of the pattern, with its reform if our list knows it."""

    article: Article
    amendment: Amendment
    reform: Reform | None


@dataclass(frozen=True)
class Proposal:
    """All that a proposal page says of one pattern."""

    pattern: PatternEntry
    evidence: Evidence
    score: Score
    lifts: tuple[Lift, ...]
    steps: tuple[LevelStep, ...]
    """Levels from low to high, with the cases that each would have helped."""
    options: tuple[Option, ...]
    kind: ChangeKind
    level: DecisionLevel
    shown: tuple[Case, ...]
    """The cases that are told."""
    rules: tuple[RuleInPlay, ...]
    under_way: tuple[UnderWay, ...]
    written: WrittenProposal | None
    history: tuple[Step, ...]
    """The steps of the proposal so far, oldest first."""
    solution: Solution | None
    answers: tuple[str, ...]

    @property
    def status(self) -> str:
        """The last step that was taken."""
        return self.history[-1].stap if self.history else FIRST_STATUS

    @property
    def computed_level(self) -> str | None:
        """The level that the computer finds, also where an editor chose another."""
        return lowest_that_works(self.steps)

    @property
    def solved(self) -> bool:
        """The rule was changed."""
        return self.pattern.state == "opgelost"

    @cached_property
    def grounds(self) -> Mapping[str, int]:
        """How many cases go with which ground of a level."""
        return Counter(found.ground for found in self.lifts)


def propose_changes(
    patterns: Sequence[PatternEntry],
    cases: Mapping[str, Case],
    money: Mapping[str, MoneyTable | None],
    registry: Registry,
    vocabulary: Vocabulary,
) -> tuple[Proposal, ...]:
    """A proposal for every pattern that stands and has cases; those with the most evidence first, then by number."""
    judged = {pattern.id: pattern for pattern in registry.patterns}
    found = []
    for entry in patterns:
        evidence = gather(entry, cases, money, vocabulary)
        if not entry.stands or not evidence.cases:
            continue
        said = judged.get(entry.id)
        written = said.voorstel if said else None
        lifts = tuple(way for case in evidence.real or evidence.cases if (way := lift(case, vocabulary)))
        steps = climb(lifts, vocabulary)
        kind, level = _choose(evidence, lowest_that_works(steps), written, vocabulary)
        rules = _rules_in_play(evidence, vocabulary)
        found.append(
            Proposal(
                pattern=entry,
                evidence=evidence,
                score=score(evidence),
                lifts=lifts,
                steps=steps,
                options=_options(lifts, steps),
                kind=kind,
                level=level,
                shown=_told(entry, evidence),
                rules=rules,
                under_way=_under_way(rules, vocabulary),
                written=written,
                history=said.stappen if said else (),
                solution=said.oplossing if said else None,
                answers=said.reacties if said else (),
            )
        )
    return tuple(sorted(found, key=lambda p: (-p.score.total, -len(p.evidence.real), p.pattern.id)))


def _choose(
    evidence: Evidence, lowest: str | None, written: WrittenProposal | None, vocabulary: Vocabulary
) -> tuple[ChangeKind, DecisionLevel]:
    """An editor's choice; else the level that works and the kind of change that suits the obstacle there best."""
    kinds = {kind.id: kind for kind in vocabulary.wijzigingssoorten}
    levels = {level.id: level for level in vocabulary.niveaus}
    if written is not None and written.soort in kinds and written.niveau in levels:
        return kinds[written.soort], levels[written.niveau]
    wished = Counter(wish.wish.soort for wish in evidence.wishes)
    main = Counter(case.knelpunt.soort for case in evidence.cases)
    also = Counter(word for case in evidence.cases for word in case.knelpunt.ook)

    def unfit(kind: ChangeKind) -> tuple[bool | int, ...]:
        return (
            -wished[kind.id],
            kind.id == LAST_RESORT,
            -sum(main[word] for word in kind.knelpuntsoorten),
            -sum(also[word] for word in kind.knelpuntsoorten),
            kind.id != MAKE_CLEAR,
            kind.laagste_niveau != lowest,
            vocabulary.wijzigingssoorten.index(kind),
        )

    possible = [kind for kind in vocabulary.wijzigingssoorten if lowest in {way.niveau for way in kind.niveaus}]
    best = min(possible or vocabulary.wijzigingssoorten, key=unfit)
    return best, levels[lowest or best.laagste_niveau or vocabulary.niveaus[0].id]


def _options(lifts: Sequence[Lift], steps: Sequence[LevelStep]) -> tuple[Option, ...]:
    """Doing nothing helps nobody; every further way helps those of the way before it too."""
    by_level = {step.level: step.cases for step in steps}
    room = tuple(found.case for found in lifts if found.ground == "ruimte")
    local = tuple(sorted({*room, *by_level.get(COUNCIL, ())}))
    helped = {
        "niets_doen": (),
        "bestaande_ruimte": room,
        "lokale_regel": local,
        "landelijke_regel": by_level.get(ACT, ()),
    }
    return tuple(Option(name, helped[name], len(lifts)) for name in OPTIONS)


def _told(entry: PatternEntry, evidence: Evidence) -> tuple[Case, ...]:
    """Two cases: the surest real member, and beside it a real one that ended another way if there is."""
    sureness = {member.case: member.strength for member in entry.members}
    order = sorted(
        evidence.cases, key=lambda case: (case.id in evidence.invented, -sureness.get(case.id, 0.0), case.id)
    )
    first = order[0]
    well = first.resultaat.status in ENDED_WELL
    others = sorted(
        order[1:], key=lambda case: (case.id in evidence.invented, (case.resultaat.status in ENDED_WELL) == well)
    )
    return (first, *others[: TWO - 1])


def _rules_in_play(evidence: Evidence, vocabulary: Vocabulary) -> tuple[RuleInPlay, ...]:
    """The rules that real cases name, in the way of most of them first; of invented cases if there are no others."""
    blocks: Counter[RuleReference] = Counter()
    gives: Counter[RuleReference] = Counter()
    for case in evidence.real or evidence.cases:
        blocks.update({_bare(rule) for rule in case.knelpunt.regels if rule.rol != "ruimte"})
        gives.update({_bare(rule) for rule in case.rules if rule.rol in GIVES_ROOM})
    every = sorted(
        {*blocks, *gives},
        key=lambda r: (-blocks[r], -gives[r], r.wet or "~", r.artikel or "", (r.lokaal or "").lower()),
    )
    return tuple(
        RuleInPlay(
            rule,
            blocks[rule],
            gives[rule],
            vocabulary.articles_by_number.get((rule.wet or "", rule.artikel or ""), ()),
        )
        for rule in every
    )


def _bare(rule: RuleReference) -> RuleReference:
    return RuleReference(wet=rule.wet, artikel=rule.artikel, lokaal=rule.lokaal)


def _under_way(rules: Sequence[RuleInPlay], vocabulary: Vocabulary) -> tuple[UnderWay, ...]:
    """The changes of the articles in play, each once, newest first."""
    reforms = {reform.id: reform for reform in vocabulary.hervormingen}
    found = {
        (part.id, change.datum or "", change.wat): UnderWay(part, change, reforms.get(change.hervorming))
        for rule in rules
        for part in rule.parts
        for change in part.wijzigingen
    }
    return tuple(found[key] for key in sorted(found, key=lambda key: (key[1], key[0]), reverse=True))
