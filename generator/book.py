"""The book: everything that the pages show, linked. Made once from checked records; frozen and sorted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from generator.clustering import Clustering, Member, cluster
from generator.model import Case, RuleReference
from generator.money import MoneyTable, tabulate
from generator.similarity import Reason, Similarity, compare, traits_of
from generator.validation import Record
from generator.vocabulary import Article, Law, Method, MethodGuide, Vocabulary
from generator.wording import render_article, render_name

NEIGHBOURS = 5
"""Similar cases named on a case page."""
NEIGHBOUR_FLOOR = 0.1
"""Below this a case is not called similar."""
PATTERN_CASES = 3
PATTERN_PLACES = 2
"""From so many cases in so many municipalities a candidate is a pattern; below it is a signal."""
NAME_WORDS = 3
HIDDEN_PLACE = "[afgeschermd]"


@dataclass(frozen=True)
class Neighbour:
    """A similar case: how near (0 to 1), and why."""

    case: Case
    strength: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class SharedRule:
    """A rule that several members name: an article, a law or a local rule; `count` members name it."""

    kind: str
    value: str
    count: int


@dataclass(frozen=True)
class Candidate:
    """Cases that the model proposes as one pattern; the id follows from the members and changes with them."""

    id: str
    name: str
    members: tuple[Member, ...]
    kind: str
    """The obstacle kind that most members have."""
    rules: tuple[SharedRule, ...]
    places: tuple[str, ...]
    periods: tuple[str, ...]

    @property
    def strong(self) -> bool:
        """Enough cases and places to be called a pattern and not a signal."""
        return len(self.members) >= PATTERN_CASES and len(self.places) >= PATTERN_PLACES

    @property
    def strength(self) -> float:
        """Mean nearness of the members, 0 to 1."""
        return round(sum(member.strength for member in self.members) / len(self.members), 3)


@dataclass(frozen=True)
class CaseEntry:
    """One case with what hangs on it."""

    case: Case
    file: str
    money: MoneyTable | None
    neighbours: tuple[Neighbour, ...]
    patterns: tuple[Candidate, ...]


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
    withdrawn: tuple[Case, ...]
    patterns: tuple[Candidate, ...]
    loose: tuple[str, ...]
    laws: tuple[LawEntry, ...]
    methods: tuple[MethodEntry, ...]
    vocabulary: Vocabulary

    @cached_property
    def case_by_id(self) -> Mapping[str, Case]:
        """The published cases by id."""
        return {entry.case.id: entry.case for entry in self.cases}


@dataclass(frozen=True)
class Grouping:
    """Records compared and grouped."""

    similarity: Similarity
    clustering: Clustering
    candidates: tuple[Candidate, ...]


def group_cases(cases: Sequence[Case], vocabulary: Vocabulary) -> Grouping:
    """Compare all cases and propose patterns; works with any number of cases from none."""
    similarity = compare([traits_of(case) for case in cases])
    clustering = cluster(similarity)
    by_id = {case.id: case for case in cases}
    candidates = tuple(_candidate(group, by_id, similarity, vocabulary) for group in clustering.groups)
    return Grouping(similarity, clustering, candidates)


def make_book(records: Sequence[Record], vocabulary: Vocabulary) -> Book:
    """Link published records with each other, their candidate patterns, laws and ways of working."""
    published = sorted((r for r in records if r.case.published), key=lambda r: r.case.id)
    cases = [record.case for record in published]
    grouping = group_cases(cases, vocabulary)
    times = {entry.id: entry.per_jaar for entry in vocabulary.perioden}
    placed: dict[str, list[Candidate]] = {}
    for candidate in grouping.candidates:
        for member in candidate.members:
            placed.setdefault(member.case, []).append(candidate)
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
        withdrawn=tuple(sorted((r.case for r in records if r.case.withdrawn), key=lambda case: case.id)),
        patterns=grouping.candidates,
        loose=grouping.clustering.loose,
        laws=_laws(cases, vocabulary),
        methods=tuple(
            MethodEntry(method, guide, tuple(case for case in cases if method.id in case.methode))
            for method in vocabulary.methoden
            for guide in vocabulary.uitleg
            if guide.id == method.id
        ),
        vocabulary=vocabulary,
    )


def place_name(case: Case) -> str | None:
    """The municipality, else the province; none if it is shielded or unknown."""
    return None if case.gemeente == HIDDEN_PLACE else case.gemeente or case.provincie


def _neighbours(row: int, similarity: Similarity, cases: Sequence[Case]) -> tuple[Neighbour, ...]:
    return tuple(
        Neighbour(cases[other], round(strength, 3), similarity.reasons(row, other))
        for other, strength in similarity.nearest(row, NEIGHBOURS)
        if strength >= NEIGHBOUR_FLOOR
    )


def _candidate(
    members: tuple[Member, ...], by_id: Mapping[str, Case], similarity: Similarity, vocabulary: Vocabulary
) -> Candidate:
    cases = [by_id[member.case] for member in members]
    kind = _most_common(case.knelpunt.soort for case in cases)
    rules = shared_rules(cases)
    rows = [similarity.ids.index(case.id) for case in cases]
    key = sha256("\n".join(sorted(case.id for case in cases)).encode()).hexdigest()
    name = render_name(
        vocabulary.labels["knelpuntsoorten"].get(kind, kind),
        _rule_name(rules, vocabulary),
        similarity.common_words(rows, NAME_WORDS),
    )
    return Candidate(
        id=f"k-{key[:8]}",
        name=name,
        members=members,
        kind=kind,
        rules=rules,
        places=tuple(sorted({place for case in cases if (place := place_name(case))})),
        periods=tuple(sorted({case.periode for case in cases if case.periode != "onbekend"})),
    )


def shared_rules(cases: Sequence[Case]) -> tuple[SharedRule, ...]:
    """The rules that at least two cases name, most named first; a law is left out where one of its articles stands."""
    counts: Counter[tuple[str, str]] = Counter()
    for case in cases:
        counts.update({key for rule in case.rules for key in _rule_keys(rule)})
    shared = [SharedRule(kind, value, count) for (kind, value), count in counts.items() if count > 1]
    articles = {(rule.value.partition(":")[0], rule.count) for rule in shared if rule.kind == "artikel"}
    kept = [rule for rule in shared if rule.kind != "wet" or (rule.value, rule.count) not in articles]
    order = {"artikel": 0, "lokaal": 1, "wet": 2}
    return tuple(sorted(kept, key=lambda rule: (-rule.count, order[rule.kind], rule.value)))


def _rule_keys(rule: RuleReference) -> list[tuple[str, str]]:
    if rule.lokaal:
        return [("lokaal", rule.lokaal)]
    keys = [("wet", str(rule.wet))]
    return [*keys, ("artikel", f"{rule.wet}:{rule.artikel}")] if rule.artikel else keys


def _rule_name(rules: tuple[SharedRule, ...], vocabulary: Vocabulary) -> str:
    for rule in rules:
        if rule.kind == "artikel":
            return render_article(rule.value, vocabulary)
        return vocabulary.labels["wetten"].get(rule.value, rule.value)
    return ""


def _most_common(words: Iterable[str]) -> str:
    counts = Counter(words)
    return min(counts, key=lambda word: (-counts[word], word))


def _laws(cases: Sequence[Case], vocabulary: Vocabulary) -> tuple[LawEntry, ...]:
    by_law: dict[str, dict[str, tuple[Case, str]]] = {}
    by_article: dict[tuple[str, str], dict[str, tuple[Case, str]]] = {}
    for case in cases:
        for rule in case.rules:
            if rule.wet is None:
                continue
            by_law.setdefault(rule.wet, {}).setdefault(case.id, (case, rule.rol or "onbekend"))
            if rule.artikel:
                by_article.setdefault((rule.wet, rule.artikel), {}).setdefault(case.id, (case, rule.rol or "onbekend"))
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


def _number_order(number: str) -> list[tuple[int, str]]:
    """2.3.10 after 2.3.9, 22a after 22."""
    return [(int(digits or 0), letters) for digits, letters in re.findall(r"(\d*)([a-z]*)[.:]?", number)]
