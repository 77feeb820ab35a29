"""The book: everything that the pages show, linked. Made once from checked records; frozen and sorted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.counterexamples import CounterExample, find_counterexamples
from generator.crossing import Joined
from generator.grouping import NEIGHBOURS, PatternEntry, group_cases
from generator.lawindex import LawEntry, LocalRuleEntry, ReformEntry, index_rules
from generator.likelihoods import Likelihoods
from generator.model import Case
from generator.money import MoneyTable, tabulate
from generator.nearness import NEIGHBOUR_FLOOR
from generator.privacy.clearance import Cleared
from generator.proposals import Proposal, propose_changes
from generator.registry import Registry
from generator.settings import NAME
from generator.similarity import Reason, Similarity
from generator.vocabulary import Method, MethodGuide, Vocabulary

GROUNDS = 3
"""What a case shares with a similar one, as far as it is told: the strongest first."""


@dataclass(frozen=True)
class Neighbour:
    """A similar case: how sure the likeness is (0 to 1), and why."""

    case: Case
    strength: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class CaseEntry:
    """One case with what hangs on it."""

    case: Case
    file: str
    money: MoneyTable | None
    neighbours: tuple[Neighbour, ...]
    patterns: tuple[PatternEntry, ...]
    counterexamples: tuple[CounterExample, ...] = ()


@dataclass(frozen=True)
class MethodEntry:
    """One way of working with its cases."""

    method: Method
    guide: MethodGuide
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Book:
    """All there is to publish."""

    cases: tuple[CaseEntry, ...]
    withdrawn: tuple[str, ...]
    """Ids of the cases that were taken back: their address stays, nothing else."""
    patterns: tuple[PatternEntry, ...]
    """Registered ones by number, then candidates, the largest first."""
    loose: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    """One for every pattern that stands and has cases; the most evidence first."""
    laws: tuple[LawEntry, ...]
    local_rules: tuple[LocalRuleEntry, ...]
    """The rules of a municipality's own that cases name, those with the most cases first."""
    reforms: tuple[ReformEntry, ...]
    """Changes of law, the one seen last first."""
    methods: tuple[MethodEntry, ...]
    vocabulary: Vocabulary
    name: str = NAME
    """What the site is called."""
    joined: Joined | None = None
    """Collections of others; none if the settings name none. Nothing above counts anything of them."""

    @property
    def size(self) -> int:
        """About how many pages it fills."""
        articles = sum(len(law.articles) for law in self.laws)
        patterns = len(self.patterns) + len(self.proposals)
        return len(self.cases) + len(self.withdrawn) + patterns + len(self.laws) + articles + len(self.methods)

    @cached_property
    def proposal_by_pattern(self) -> Mapping[str, Proposal]:
        """The proposals by the id of their pattern."""
        return {proposal.pattern.id: proposal for proposal in self.proposals}

    @cached_property
    def case_by_id(self) -> Mapping[str, Case]:
        """The published cases by id."""
        return {entry.case.id: entry.case for entry in self.cases}


def make_book(
    cleared: Sequence[Cleared],
    vocabulary: Vocabulary,
    registry: Registry | None = None,
    withdrawn: Sequence[str] = (),
    name: str = NAME,
    likelihoods: Likelihoods | None = None,
) -> Book:
    """Link published records that the privacy gate cleared with each other, their patterns, laws and ways of working.

    `withdrawn` are the ids of cases that were taken back, `name` what the site is called, `likelihoods` what the build
    before worked out.
    """
    published = sorted((c.record for c in cleared if c.record.case.published), key=lambda r: r.case.id)
    cases = [record.case for record in published]
    grouping = group_cases(cases, vocabulary, registry, likelihoods=likelihoods)
    times = {entry.id: entry.per_jaar for entry in vocabulary.perioden}
    placed: dict[str, list[PatternEntry]] = {}
    for pattern in grouping.patterns:
        for member in pattern.members if pattern.stands else ():
            placed.setdefault(member.case, []).append(pattern)
    opposed = find_counterexamples(grouping.similarity, cases, placed)
    neighbours = _neighbours(grouping.similarity, cases)
    entries = tuple(
        CaseEntry(
            record.case,
            record.file,
            tabulate(record.case, times),
            nearest,
            tuple(placed.get(record.case.id, ())),
            opposed[record.case.id],
        )
        for record, nearest in zip(published, neighbours, strict=True)
    )
    rules = index_rules(cases, grouping.patterns, vocabulary)
    return Book(
        cases=entries,
        withdrawn=tuple(sorted(withdrawn)),
        patterns=grouping.patterns,
        loose=grouping.loose,
        proposals=propose_changes(
            grouping.patterns,
            {case.id: case for case in cases},
            {entry.case.id: entry.money for entry in entries},
            registry or Registry(),
            vocabulary,
        ),
        laws=rules.laws,
        local_rules=rules.local_rules,
        reforms=rules.reforms,
        methods=tuple(
            MethodEntry(method, guide, tuple(case for case in cases if method.id in case.methode))
            for method in vocabulary.methoden
            for guide in vocabulary.uitleg
            if guide.id == method.id
        ),
        vocabulary=vocabulary,
        name=name,
    )


def _neighbours(similarity: Similarity, cases: Sequence[Case]) -> list[tuple[Neighbour, ...]]:
    """The similar cases of every row."""
    near = [similarity.nearest(row, NEIGHBOURS, NEIGHBOUR_FLOOR) for row in range(len(cases))]
    told = iter(similarity.reasons_of([(row, other) for row, others in enumerate(near) for other, _ in others]))
    return [
        tuple(Neighbour(cases[other], round(sure, 2), next(told)[:GROUNDS]) for other, sure in others)
        for others in near
    ]
