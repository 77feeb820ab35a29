"""The book: everything that the pages show, linked. Made once from checked records; frozen and sorted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.grouping import PatternEntry, group_cases
from generator.model import UNKNOWN, Case
from generator.money import MoneyTable, tabulate
from generator.privacy.clearance import Cleared
from generator.proposals import Proposal, propose_changes
from generator.registry import Registry
from generator.similarity import NEIGHBOUR_FLOOR, Reason, Similarity
from generator.vocabulary import Article, Law, Method, MethodGuide, Vocabulary

NEIGHBOURS = 5
"""Similar cases named on a case page."""


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


@dataclass(frozen=True)
class ArticleEntry:
    """One article, what the vocabulary says of it, and the cases that name it, each with the role it played there."""

    law: Law
    number: str
    parts: tuple[Article, ...]
    cases: tuple[tuple[Case, str], ...]


@dataclass(frozen=True)
class LawEntry:
    """One law with its articles and the cases that name it."""

    law: Law
    articles: tuple[ArticleEntry, ...]
    cases: tuple[tuple[Case, str], ...]


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
    methods: tuple[MethodEntry, ...]
    vocabulary: Vocabulary

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
) -> Book:
    """Link published records that the privacy gate cleared with each other, their patterns, laws and ways of working.

    `withdrawn` are the ids of cases that were taken back.
    """
    published = sorted((c.record for c in cleared if c.record.case.published), key=lambda r: r.case.id)
    cases = [record.case for record in published]
    grouping = group_cases(cases, vocabulary, registry)
    times = {entry.id: entry.per_jaar for entry in vocabulary.perioden}
    placed: dict[str, list[PatternEntry]] = {}
    for pattern in grouping.patterns:
        for member in pattern.members if pattern.stands else ():
            placed.setdefault(member.case, []).append(pattern)
    entries = tuple(
        CaseEntry(
            record.case,
            record.file,
            tabulate(record.case, times),
            _neighbours(row, grouping.similarity, cases),
            tuple(placed.get(record.case.id, ())),
        )
        for row, record in enumerate(published)
    )
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
        laws=_laws(cases, vocabulary),
        methods=tuple(
            MethodEntry(method, guide, tuple(case for case in cases if method.id in case.methode))
            for method in vocabulary.methoden
            for guide in vocabulary.uitleg
            if guide.id == method.id
        ),
        vocabulary=vocabulary,
    )


def _neighbours(row: int, similarity: Similarity, cases: Sequence[Case]) -> tuple[Neighbour, ...]:
    return tuple(
        Neighbour(cases[other], similarity.certainty(row, [other]), similarity.reasons(row, other))
        for other, nearness in similarity.nearest(row, NEIGHBOURS)
        if nearness >= NEIGHBOUR_FLOOR
    )


def _laws(cases: Sequence[Case], vocabulary: Vocabulary) -> tuple[LawEntry, ...]:
    by_law: dict[str, dict[str, tuple[Case, str]]] = {}
    by_article: dict[tuple[str, str], dict[str, tuple[Case, str]]] = {}
    for case in cases:
        for rule in case.rules:
            if rule.wet is None:
                continue
            _add_role(by_law.setdefault(rule.wet, {}), case, rule.rol)
            if rule.artikel:
                _add_role(by_article.setdefault((rule.wet, rule.artikel), {}), case, rule.rol)
    entries = []
    for law in vocabulary.wetten:
        numbers = {number for wet, number in (*vocabulary.articles_by_number, *by_article) if wet == law.id}
        articles = tuple(
            ArticleEntry(
                law,
                number,
                vocabulary.articles_by_number.get((law.id, number), ()),
                tuple(by_article.get((law.id, number), {}).values()),
            )
            for number in sorted(numbers, key=_number_order)
        )
        entries.append(LawEntry(law, articles, tuple(by_law.get(law.id, {}).values())))
    return tuple(entries)


def _add_role(cases: dict[str, tuple[Case, str]], case: Case, role: str | None) -> None:
    """A rule that blocks and gives room in one case does both."""
    before = cases.get(case.id, (case, UNKNOWN))[1]
    known = {word for word in (before, role or UNKNOWN) if word != UNKNOWN}
    cases[case.id] = (case, "beide" if len(known) > 1 else next(iter(known), UNKNOWN))


def _number_order(number: str) -> list[tuple[int, str]]:
    """2.3.10 after 2.3.9, 22a after 22."""
    return [(int(digits or 0), letters) for digits, letters in re.findall(r"(\d*)([a-z]*)[.:]?", number)]
