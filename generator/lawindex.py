"""The law index: laws, articles and local rules with what they did over all cases, and the reforms that change them.

A rule gave room in a case if the ground of the breakthrough names it with a role that gives room; it stood in the way
if the obstacle names it with a role that blocks. Both can be true of one case. A wish for change counts for neither.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypedDict

from generator.grouping import PatternEntry
from generator.model import BLOCKS, GIVES_ROOM, UNKNOWN, Case, RuleReference
from generator.vocabulary import Amendment, Article, Law, OwnRule, Reform, Vocabulary
from generator.words import folded_name

_Key = tuple[str, str]
"""`wet` and a law's id, `artikel` and law:number, or `lokaal` and a folded name."""


@dataclass(frozen=True, kw_only=True)
class RuleEntry:
    """What one rule did over the cases that name it."""

    cases: tuple[tuple[Case, str], ...] = ()
    """By id, each with the role that the rule played there; `onbekend` if the record says none."""
    gave_room: tuple[Case, ...] = ()
    """Cases in which it gave the room that was used."""
    outcomes: tuple[tuple[str, int], ...] = ()
    """How the cases with that room ended: word of the list `resultaten` and count, in the order of the list."""
    in_the_way: tuple[Case, ...] = ()
    """Cases in which it stood in the way."""
    patterns: tuple[str, ...] = ()
    """Ids of the standing patterns with members that name it, those with the most of them first."""

    @property
    def played(self) -> tuple[str, ...]:
        """The roles that it played in cases, each once, sorted."""
        return tuple(sorted({role for _, role in self.cases}))


@dataclass(frozen=True, kw_only=True)
class ArticleEntry(RuleEntry):
    """One article, with what the vocabulary says of it."""

    law: Law
    number: str
    parts: tuple[Article, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that our own list gives its parts, each once, in the order of the parts."""
        return tuple(dict.fromkeys(part.rol for part in self.parts))


@dataclass(frozen=True, kw_only=True)
class LocalRuleEntry(RuleEntry):
    """One rule of a municipality's own, under every spelling that differs in capitals and spaces alone."""

    key: str
    name: str
    """The spelling that most records use."""
    anchor: str
    """Names it on the page of local rules; the same as long as its name is."""
    own: OwnRule | None = None
    """What the site itself tells of it."""


@dataclass(frozen=True, kw_only=True)
class LawEntry(RuleEntry):
    """One law with its articles; a case that names an article names the law."""

    law: Law
    articles: tuple[ArticleEntry, ...]
    reforms: tuple[Reform, ...]
    """Those that change one of its articles."""


@dataclass(frozen=True)
class ReformEntry:
    """One change of law, and the articles that it changes."""

    reform: Reform
    changes: tuple[tuple[Article, Amendment], ...]


@dataclass(frozen=True)
class LawIndex:
    """All rules that the vocabulary or a case names."""

    laws: tuple[LawEntry, ...]
    """In the order of the vocabulary."""
    local_rules: tuple[LocalRuleEntry, ...]
    """Those with the most cases first, then by name."""
    reforms: tuple[ReformEntry, ...]
    """The one that was seen last first."""


def index_rules(cases: Sequence[Case], patterns: Sequence[PatternEntry], vocabulary: Vocabulary) -> LawIndex:
    """Hang cases and standing patterns on the rules they name; the order of `cases` does not matter."""
    uses = _collect(sorted(cases, key=lambda case: case.id), patterns)
    order = [term.id for term in vocabulary.terms["resultaten"]]
    laws = tuple(_law_entry(law, uses, order, vocabulary) for law in vocabulary.wetten)
    told = {folded_name(rule.naam): rule for rule in vocabulary.eigen_regels}
    local = [
        LocalRuleEntry(key=name, name=use.spelling, anchor=local_anchor(name), own=told.get(name), **use.counted(order))
        for (kind, name), use in uses.items()
        if kind == "lokaal"
    ]
    return LawIndex(
        laws,
        tuple(sorted(local, key=lambda entry: (-len(entry.cases), entry.key))),
        tuple(sorted(_reforms(vocabulary), key=lambda entry: entry.reform.laatst_gezien or "", reverse=True)),
    )


def local_anchor(name: str) -> str:
    """The fragment of a local rule on its page; spellings that are one rule share it."""
    return f"regel-{sha256(folded_name(name).encode()).hexdigest()[:8]}"


class _Counted(TypedDict):
    """The fields that every entry has."""

    cases: tuple[tuple[Case, str], ...]
    gave_room: tuple[Case, ...]
    outcomes: tuple[tuple[str, int], ...]
    in_the_way: tuple[Case, ...]
    patterns: tuple[str, ...]


@dataclass
class _Use:
    """What is found of one rule while the cases are gone through."""

    cases: dict[str, tuple[Case, str]] = field(default_factory=dict)
    room: dict[str, Case] = field(default_factory=dict)
    obstacle: dict[str, Case] = field(default_factory=dict)
    spellings: Counter[str] = field(default_factory=Counter)
    patterns: Counter[str] = field(default_factory=Counter)

    @property
    def spelling(self) -> str:
        return min(self.spellings, key=lambda text: (-self.spellings[text], text))

    def add_role(self, case: Case, role: str | None) -> None:
        """A rule that blocks and gives room in one case does both."""
        before = self.cases.get(case.id, (case, UNKNOWN))[1]
        known = {word for word in (before, role or UNKNOWN) if word != UNKNOWN}
        self.cases[case.id] = (case, "beide" if len(known) > 1 else next(iter(known), UNKNOWN))

    def counted(self, statuses: Sequence[str]) -> _Counted:
        ended = Counter(case.resultaat.status for case in self.room.values())
        return {
            "cases": tuple(self.cases.values()),
            "gave_room": tuple(self.room.values()),
            "outcomes": tuple((status, ended[status]) for status in statuses if ended[status]),
            "in_the_way": tuple(self.obstacle.values()),
            "patterns": tuple(sorted(self.patterns, key=lambda pattern: -self.patterns[pattern])),
        }


def _collect(cases: Sequence[Case], patterns: Sequence[PatternEntry]) -> Mapping[_Key, _Use]:
    uses: defaultdict[_Key, _Use] = defaultdict(_Use)
    named: dict[str, dict[_Key, None]] = {}
    for case in cases:
        for rule, room, obstacle in _mentions(case):
            for key in _keys(rule):
                named.setdefault(case.id, {})[key] = None
                use = uses[key]
                use.add_role(case, rule.rol)
                use.room |= {case.id: case} if room else {}
                use.obstacle |= {case.id: case} if obstacle else {}
                use.spellings[" ".join((rule.lokaal or "").split())] += 1
    for pattern in patterns:
        for member in pattern.members if pattern.stands else ():
            for key in named.get(member.case, ()):
                uses[key].patterns[pattern.id] += 1
    return uses


def _mentions(case: Case) -> Iterator[tuple[RuleReference, bool, bool]]:
    """Every rule that a case names: whether it gave the room that was used, and whether it stood in the way."""
    for rule in case.knelpunt.regels:
        yield rule, False, rule.rol in BLOCKS
    for rule in case.doorbraak.grondslag:
        yield rule, rule.rol in GIVES_ROOM, False


def _keys(rule: RuleReference) -> list[_Key]:
    if rule.lokaal:
        return [("lokaal", folded_name(rule.lokaal))]
    keys = [("wet", str(rule.wet))]
    return [*keys, ("artikel", f"{rule.wet}:{rule.artikel}")] if rule.artikel else keys


def _law_entry(law: Law, uses: Mapping[_Key, _Use], statuses: Sequence[str], vocabulary: Vocabulary) -> LawEntry:
    named = [key.partition(":") for kind, key in uses if kind == "artikel"]
    numbers = {number for wet, number in vocabulary.articles_by_number if wet == law.id}
    numbers |= {number for wet, _, number in named if wet == law.id}
    articles = tuple(
        ArticleEntry(
            law=law,
            number=number,
            parts=vocabulary.articles_by_number.get((law.id, number), ()),
            **uses.get(("artikel", f"{law.id}:{number}"), _Use()).counted(statuses),
        )
        for number in sorted(numbers, key=_number_order)
    )
    touching = {change.hervorming for part in vocabulary.artikelen if part.wet == law.id for change in part.wijzigingen}
    reforms = tuple(reform for reform in vocabulary.hervormingen if reform.id in touching)
    counted = uses.get(("wet", law.id), _Use()).counted(statuses)
    return LawEntry(law=law, articles=articles, reforms=reforms, **counted)


def _reforms(vocabulary: Vocabulary) -> Iterator[ReformEntry]:
    for reform in vocabulary.hervormingen:
        changes = [(part, change) for part in vocabulary.artikelen for change in part.wijzigingen]
        yield ReformEntry(reform, tuple((part, change) for part, change in changes if change.hervorming == reform.id))


def _number_order(number: str) -> list[tuple[int, str]]:
    """2.3.10 after 2.3.9, 22a after 22."""
    return [(int(digits or 0), letters) for digits, letters in re.findall(r"(\d*)([a-z]*)[.:]?", number)]
