"""Grouping: cases and registry to the patterns that readers see, registered ones first, proposed ones marked as such.

A registered pattern shows what its file holds; what the model would add stands beside it as proposed. Groups without a
number yet are candidates, under an id that follows from their members.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from itertools import count, islice

import numpy as np

from generator.concepts import Matcher, concept_matcher
from generator.lexicon import ordinary
from generator.likelihoods import Likelihoods
from generator.model import UNKNOWN, Case, RuleReference
from generator.nearness import highest
from generator.reconcile import Explain, Proposal, propose
from generator.registry import Exclusion, HistoryLine, Pattern, Registry
from generator.similarity import Similarity, compare
from generator.vectors import traits_of
from generator.vocabulary import Vocabulary
from generator.wording import render_article, render_name, render_reason

PATTERN_CASES = 3
PATTERN_PLACES = 2
"""From so many cases in so many municipalities it is a pattern; below it is a signal (DESIGN: Patterns)."""
NEIGHBOURS = 5
"""Similar cases named on a case page."""
NEAR_CASES = 4
"""Cases just outside a pattern that its page names."""
RELATED_PATTERNS = 4
"""Neighbouring patterns that a pattern's page names."""
SHARED_BY = 0.6
"""A concept names an unnamed pattern if at least this part of its cases holds it."""
_SPELT = re.compile("[a-f]{3}")
HIDDEN_PLACE = "[afgeschermd]"


@dataclass(frozen=True)
class PatternMember:
    """A case in a pattern: how sure that is (0 to 1), and why in words."""

    case: str
    strength: float
    reasons: tuple[str, ...]
    pinned: bool = False
    """A person put it here or confirmed it."""
    proposed: bool = False
    """The model would add it; no one has accepted that yet."""


@dataclass(frozen=True)
class NearCase:
    """A case that is like a pattern and not in it."""

    case: str
    strength: float
    reasons: tuple[str, ...]
    pattern: str | None = None
    """The pattern that it is in instead."""
    excluded: str | None = None
    """Why a person keeps it out."""


@dataclass(frozen=True)
class SharedRule:
    """A rule that several members name: an article, a law or a local rule; `count` members name it."""

    kind: str
    value: str
    count: int


@dataclass(frozen=True)
class PatternEntry:
    """One pattern as readers see it."""

    id: str
    """The registered number, or for a candidate an id that follows from its members."""
    number: str
    """The registered number, or the one that the candidate would get."""
    name: str
    description: str | None
    registered: bool
    state: str
    heir: str | None
    members: tuple[PatternMember, ...]
    kind: str
    """The obstacle kind that most members have."""
    rules: tuple[SharedRule, ...]
    places: tuple[str, ...]
    periods: tuple[str, ...]
    near: tuple[NearCase, ...]
    related: tuple[tuple[str, float], ...]
    """Other patterns with the mean likeness of their cases, nearest first."""
    history: tuple[HistoryLine, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()

    @property
    def strong(self) -> bool:
        """Enough cases and places to be called a pattern and not a signal."""
        return len(self.settled) >= PATTERN_CASES and len(self.places) >= PATTERN_PLACES

    @property
    def stands(self) -> bool:
        """It is a pattern still, be it solved; not merged away and not lapsed."""
        return self.state in {"kandidaat", "vastgesteld", "opgelost"}

    @cached_property
    def settled(self) -> tuple[PatternMember, ...]:
        """The members that are not merely proposed."""
        return tuple(member for member in self.members if not member.proposed)

    @cached_property
    def strength(self) -> float:
        """Mean of the members' strengths, 0 to 1."""
        return round(sum(member.strength for member in self.members) / max(len(self.members), 1), 3)

    @property
    def newest(self) -> str:
        """The latest period of a case; empty if none is known."""
        return max(self.periods, default="")


@dataclass(frozen=True)
class Grouping:
    """Cases compared and grouped."""

    similarity: Similarity
    proposal: Proposal
    patterns: tuple[PatternEntry, ...]
    loose: tuple[str, ...]


def group_cases(
    cases: Sequence[Case],
    vocabulary: Vocabulary,
    registry: Registry | None = None,
    date: str = UNKNOWN,
    likelihoods: Likelihoods | None = None,
) -> Grouping:
    """Compare all cases, hold them against the registry, and describe every pattern; works from no cases at all."""
    held = registry or Registry()
    matcher = concept_matcher(vocabulary.concepts)
    traits = [traits_of(case) for case in cases]
    told = [*((of_case.id, of_case.text) for of_case in traits), *((case.id, _rule_text(case)) for case in cases)]
    _find_concepts(matcher, told, likelihoods)
    similarity = compare(traits, matcher, likelihoods)
    similarity.reasons_of(similarity.nearest_pairs(NEIGHBOURS))  # nearly all that is asked, and faster all at once
    explain = explainer(similarity, vocabulary)
    proposal = propose(held, similarity, explain, date)
    scribe = _Scribe({case.id: case for case in cases}, similarity, vocabulary)
    known = {pattern.id for pattern in held.patterns}
    proposed = {pattern.id: pattern for pattern in proposal.registry.patterns}
    ids = {number: number if number in known else candidate_id(pattern.cases) for number, pattern in proposed.items()}
    home = {case: ids[number] for number, pattern in proposed.items() if pattern.active for case in pattern.cases}
    entries = [scribe.registered(pattern, proposed[pattern.id], home) for pattern in held.patterns]
    fresh = [p for number, p in proposed.items() if number not in known and p.active and p.leden]
    entries += sorted((scribe.candidate(p, ids[p.id], home) for p in fresh), key=lambda e: (-len(e.members), e.id))
    placed = {member.case for entry in entries if entry.stands for member in entry.members}
    loose = tuple(case for case in similarity.ids if case not in placed)
    return Grouping(similarity, proposal, scribe.related(entries), loose)


def _find_concepts(matcher: Matcher, texts: Sequence[tuple[str, str]], likelihoods: Likelihoods | None) -> None:
    """Let the matcher know the concepts of texts, each with the id of its case, by what was kept as far as it goes."""
    if likelihoods:
        matcher.remember(likelihoods.recall_concepts(text for _, text in texts))
    matcher.learn(text for _, text in texts)
    if likelihoods:
        likelihoods.keep_concepts((case, text, matcher.count(text)) for case, text in texts)


def explainer(similarity: Similarity, vocabulary: Vocabulary) -> Explain:
    """How sure each member is of its place among the others, and what it shares with the nearest of them, in words."""
    rows = {case: row for row, case in enumerate(similarity.ids)}

    def explain(members: Iterable[str]) -> dict[str, tuple[float, tuple[str, ...]]]:
        group = sorted(rows[case] for case in members)
        if len(group) < 2:
            return {similarity.ids[row]: (1.0, ()) for row in group}
        likely = similarity.total[np.ix_(group, group)].astype(np.float64).round(6)
        np.fill_diagonal(likely, -1.0)
        pairs = [(row, group[nearest]) for row, nearest in zip(group, likely.argmax(axis=1).tolist(), strict=True)]
        return {
            similarity.ids[row]: (
                similarity.certainty(row, [other for other in group if other != row]),
                tuple(render_reason(reason, vocabulary) for reason in reasons),
            )
            for (row, _), reasons in zip(pairs, similarity.reasons_of(pairs), strict=True)
        }

    return explain


def place_name(case: Case) -> str | None:
    """The municipality, else the province; none if it is shielded or unknown."""
    return None if case.gemeente == HIDDEN_PLACE else case.gemeente or case.provincie


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


@dataclass(frozen=True)
class _Scribe:
    """Describes patterns of some cases."""

    cases: Mapping[str, Case]
    similarity: Similarity
    vocabulary: Vocabulary

    def registered(self, pattern: Pattern, proposed: Pattern, home: Mapping[str, str]) -> PatternEntry:
        """A pattern with a number: its own members, and beside them what the model would add."""
        members = [
            PatternMember(m.casus, m.sterkte, m.redenen, m.casus in pattern.vast)
            for m in pattern.leden
            if m.casus in self.cases
        ]
        if pattern.active:
            more = [m for m in proposed.leden if m.casus not in pattern.cases and m.casus in self.cases]
            members += [PatternMember(m.casus, m.sterkte, m.redenen, proposed=True) for m in more]
        return self._entry(pattern, pattern.id, members, home, registered=True)

    def candidate(self, pattern: Pattern, shown: str, home: Mapping[str, str]) -> PatternEntry:
        """A group without a number of its own yet."""
        members = [PatternMember(m.casus, m.sterkte, m.redenen, proposed=True) for m in pattern.leden]
        return self._entry(pattern, shown, [_settle(member) for member in members], home, registered=False)

    def _entry(
        self,
        pattern: Pattern,
        shown: str,
        members: Sequence[PatternMember],
        home: Mapping[str, str],
        *,
        registered: bool,
    ) -> PatternEntry:
        cases = [self.cases[member.case] for member in members]
        rules = shared_rules(cases)
        kind = _most_common(case.knelpunt.soort for case in cases) if cases else ""
        return PatternEntry(
            id=shown,
            number=pattern.id,
            name=pattern.naam or self._name(cases, kind, rules),
            description=pattern.omschrijving,
            registered=registered,
            state=pattern.state,
            heir=pattern.heir,
            members=tuple(members),
            kind=kind,
            rules=rules,
            places=tuple(sorted({place for case in cases if (place := place_name(case))})),
            periods=tuple(sorted({case.periode for case in cases if case.periode != "onbekend"})),
            near=self._near(pattern, cases, home),
            related=(),
            history=pattern.geschiedenis if registered else (),
            exclusions=pattern.uitgesloten,
        )

    def _name(self, cases: Sequence[Case], kind: str, rules: Sequence[SharedRule]) -> str:
        """Rule or practice first, then who it hits: the rarest shared concept, else the obstacle kind."""
        labels = self.vocabulary.labels
        if not cases:
            return ""
        practice = self._shared_concept(cases) or labels["knelpuntsoorten"].get(kind, kind)
        households = [
            case.huishouden.type
            for case in cases
            if case.huishouden and case.huishouden.type not in {None, "onbekend", "anders"}
        ]
        common = Counter(str(word) for word in households).most_common(1)
        who = labels["huishoudtypen"][common[0][0]] if common and common[0][1] * 2 > len(cases) else ""
        domain = _most_common(case.leefgebieden[0] for case in cases)
        return render_name(practice, self._rule_name(rules), who or labels["leefgebieden"].get(domain, domain))

    def _shared_concept(self, cases: Sequence[Case]) -> str | None:
        here = Counter(concept for case in cases for concept in self._concepts[case.id])
        labels = {concept.id: concept.label for concept in self.vocabulary.concepts if concept.artikelen}
        shared = [c for c, count in here.items() if c in labels and count > 1 and count >= SHARED_BY * len(cases)]
        best = min(shared, key=lambda c: (-here[c] * here[c] / self._everywhere[c], c), default=None)
        return labels[best] if best else None

    @cached_property
    def _concepts(self) -> Mapping[str, frozenset[str]]:
        matcher = concept_matcher(self.vocabulary.concepts)
        return {case.id: frozenset(matcher.count(_rule_text(case))) for case in self.cases.values()}

    @cached_property
    def _everywhere(self) -> Counter[str]:
        return Counter(concept for concepts in self._concepts.values() for concept in concepts)

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        return {case: row for row, case in enumerate(self.similarity.ids)}

    def _rule_name(self, rules: Sequence[SharedRule]) -> str:
        """The first rule in words; of a local rule only ordinary ones, since its case need not be cleared."""
        for rule in rules:
            if rule.kind == "artikel":
                return render_article(rule.value, self.vocabulary)
            return self.vocabulary.labels["wetten"].get(rule.value) or ordinary(rule.value)
        return ""

    def _near(self, pattern: Pattern, cases: Sequence[Case], home: Mapping[str, str]) -> tuple[NearCase, ...]:
        """The cases most like the members that are not among them; first those that a person keeps out."""
        inside = {case.id for case in cases}
        similarity, rows = self.similarity, self._rows
        members = sorted(rows[case] for case in inside if case in rows)
        if not members:
            return ()
        means = similarity.total[members].mean(axis=0).astype(np.float64).round(6)
        kept_out = {exclusion.casus: exclusion.reden for exclusion in pattern.uitgesloten}
        enough = NEAR_CASES + len(kept_out)
        nearest_first = (similarity.ids[row] for row in highest(means, enough + len(inside)))
        outside = [*islice((case for case in nearest_first if case not in inside), enough)]
        outside = [*dict.fromkeys([*outside, *(case for case in kept_out if case in rows and case not in inside)])]
        order = sorted(outside, key=lambda case: (case not in kept_out, -means[rows[case]], case))
        order = order[:NEAR_CASES]
        likely = similarity.total[np.ix_([rows[case] for case in order], members)].astype(np.float64).round(6)
        pairs = [(rows[case], members[at]) for case, at in zip(order, likely.argmax(axis=1).tolist(), strict=True)]
        return tuple(
            NearCase(
                case,
                similarity.certainty(row, members),
                tuple(render_reason(reason, self.vocabulary) for reason in reasons),
                home.get(case),
                kept_out.get(case),
            )
            for case, (row, _), reasons in zip(order, pairs, similarity.reasons_of(pairs), strict=True)
        )

    def related(self, entries: Sequence[PatternEntry]) -> tuple[PatternEntry, ...]:
        """The same entries, each with the patterns whose cases are most like its own."""
        told = sorted((e for e in entries if e.members and e.stands), key=lambda e: e.id)
        groups = {e.id: [self._rows[m.case] for m in e.members] for e in told}
        names = [*groups]
        everyone = [row for own in groups.values() for row in own]
        sizes = np.array([len(own) for own in groups.values()])
        starts = np.cumsum([0, *sizes[:-1]])
        found = []
        for entry in entries:
            near: list[tuple[str, float]] = []
            if entry.id in groups:
                means = self.similarity.total[groups[entry.id]].mean(axis=0)
                of_groups = (np.add.reduceat(means[everyone].astype(np.float64), starts) / sizes).round(3)
                order = np.argsort(-of_groups, kind="stable")[: RELATED_PATTERNS + 1].tolist()
                near = [(names[at], float(of_groups[at])) for at in order if names[at] != entry.id]
            found.append(replace(entry, related=tuple(near[:RELATED_PATTERNS])))
        return tuple(found)


def _settle(member: PatternMember) -> PatternMember:
    """In a candidate every member is part of the proposal, so none is marked apart."""
    return PatternMember(member.case, member.strength, member.reasons)


def candidate_id(cases: Iterable[str]) -> str:
    """The id of a group without a number: the same for the same cases, and nowhere three letters that seem a name."""
    said = "\n".join(sorted(cases))
    digests = (sha256(f"{said}{chr(10) * again}".encode()).hexdigest()[:8] for again in count())
    return f"k-{next(digest for digest in digests if not _SPELT.search(digest))}"


def _rule_text(case: Case) -> str:
    """The text that tells the rule and not the story."""
    return "\n".join((case.knelpunt.tekst, *(rule.lokaal for rule in case.rules if rule.lokaal)))


def _rule_keys(rule: RuleReference) -> list[tuple[str, str]]:
    if rule.lokaal:
        return [("lokaal", rule.lokaal)]
    keys = [("wet", str(rule.wet))]
    return [*keys, ("artikel", f"{rule.wet}:{rule.artikel}")] if rule.artikel else keys


def _most_common(words: Iterable[str]) -> str:
    counts = Counter(words)
    return min(counts, key=lambda word: (-counts[word], word))
