"""Reconcile: what the model finds against what the registry holds, as proposals; a person's word is a constraint.

The registry comes first: a case joins the nearest registered pattern if it is near enough, only what is left is
grouped, and identity comes from members, never from a cluster's label. Numbers are never reused, a decision is never
undone, and once all proposals are taken none are left: `propose` looks until nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

import numpy as np

from generator.clustering import CUT, SLACK, cluster_rows, group_means, join_groups
from generator.registry import (
    Event,
    HistoryLine,
    Pattern,
    PatternFile,
    RegisteredMember,
    Registry,
    render_new_person_part,
)
from generator.similarity import Similarity

BIRTH_CUT = CUT + 0.04
"""A new pattern must hold together better than a case must fit to join: measured to give the steadiest numbers."""
MERGE_CUT = CUT + 0.20
"""Two patterns with numbers of their own become one only when they are much more alike than what may join: numbers that
were given out should rest, and a merge moves cases."""
SPLIT_CUT = CUT - 0.30
"""A candidate falls apart only when its halves are much less alike than what would have joined them."""
LEAVE_CUT = CUT - 0.40
"""A member that nobody confirmed leaves only when it is hardly like the others any more."""
MAX_ROUNDS = 8
"""Rounds after which what is still changing is left for the next run; one round settles nearly everything."""

Explain = Callable[[Iterable[str]], Mapping[str, tuple[float, tuple[str, ...]]]]
"""How sure each of the members is of its place among the others (0 to 1), and why, in words."""


@dataclass(frozen=True)
class Change:
    """One proposed change of one pattern; `kind` is the word of its history line."""

    pattern: str
    kind: Event
    cases: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Other patterns that the change touches: what it merged with, split from or went up in."""


@dataclass(frozen=True)
class Proposal:
    """What the registry would become, and the changes that lead there."""

    registry: Registry
    changes: tuple[Change, ...]


@dataclass
class _State:
    """The members of each pattern while the proposal is made; rows are of `similarity`."""

    members: dict[str, set[str]]
    changes: list[Change]
    issued: dict[str, str]
    left: set[tuple[str, str]]
    """Pairs of pattern and case that have parted."""
    kin: dict[str, set[str]]
    """Each pattern with those that went up in it."""
    solved: set[str]
    """Members of patterns that are solved: they stay there as a memory."""
    seen: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    """A step and a pattern, with the members that it had when the step last looked at it."""

    def fresh(self, step: str, number: str) -> bool:
        """Whether a pattern has other members than when the step last looked at it; what stayed then would stay now."""
        before, now = self.seen.get((step, number)), frozenset(self.members[number])
        self.seen[step, number] = now
        return before != now


def propose(registry: Registry, similarity: Similarity, explain: Explain, date: str) -> Proposal:
    """The registry as the model would have it, every change with a history line of `date`.

    Pinned cases stay in, excluded ones stay out, patterns that a person holds apart stay apart, and a pattern that a
    person judged is neither split nor taken up in another.
    """
    rows = {case: row for row, case in enumerate(similarity.ids)}
    state = _State(
        members={p.id: {case for case in p.cases | set(p.vast) if case in rows} for p in registry.patterns if p.active},
        changes=[],
        issued=dict(registry.issued),
        left=_left_before(registry),
        kin=_kin(registry),
        solved={case for p in registry.patterns if p.state == "opgelost" for case in p.cases},
    )
    by_id = {pattern.id: pattern for pattern in registry.patterns}
    _take_out(state, by_id, rows)
    for _ in range(MAX_ROUNDS):
        before = len(state.changes)
        _inherit(state, registry, by_id, rows)
        _leave(state, by_id, similarity, rows)
        _merge(state, by_id, similarity, rows)
        _join(state, by_id, similarity, rows)
        _split(state, by_id, similarity, rows)
        _found(state, by_id, similarity, rows)
        if len(state.changes) == before:
            break
    changes = _summarised(_lasting(state, by_id))
    return Proposal(_applied(registry, state, changes, explain, date), changes)


def _left_before(registry: Registry) -> set[tuple[str, str]]:
    """Pairs of pattern and case that the history says have parted; the machine does not bring them together again."""
    return {
        (p.id, case)
        for p in registry.patterns
        for line in p.geschiedenis
        if line.wat in {"gekrompen", "gesplitst"}
        for case in line.casussen
    }


def _kin(registry: Registry) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for pattern in registry.patterns:
        found.setdefault(registry.successor(pattern.id), set()).add(pattern.id)
    return found


def _take_out(state: _State, by_id: Mapping[str, Pattern], rows: Mapping[str, int]) -> None:
    """Members that are gone, or that a person excluded; pinned cases that are not members yet come in."""
    for number in sorted(state.members):
        pattern = by_id[number]
        out = {case for case in pattern.cases if case not in rows or case in pattern.excluded} - set(pattern.vast)
        added = {case for case in pattern.vast if case in rows and case not in pattern.cases}
        state.members[number] -= out
        state.left |= {(number, case) for case in out}
        if out:
            state.changes.append(Change(number, "gekrompen", tuple(sorted(out))))
        if added:
            state.changes.append(Change(number, "gegroeid", tuple(sorted(added))))
        if not state.members[number] and not pattern.held:
            state.changes.append(Change(number, "vervallen"))
            del state.members[number]


def _inherit(state: _State, registry: Registry, by_id: Mapping[str, Pattern], rows: Mapping[str, int]) -> None:
    """Members of a merged pattern that are in no other go to its heir: a person merged it, or a run was cut short."""
    placed = set[str]().union(*state.members.values())
    for number, pattern in sorted(by_id.items()):
        heir = registry.successor(number)
        if pattern.state != "samengevoegd" or heir not in state.members:
            continue
        named = (pattern.cases | set(pattern.vast)) & rows.keys() - placed
        moved = {c for c in named if _may_join(heir, c, by_id, state) and (number, c) not in state.left}
        if moved:
            placed |= moved
            state.members[heir] |= moved
            state.changes.append(Change(heir, "gegroeid", tuple(sorted(moved)), (number,)))


def _leave(state: _State, by_id: Mapping[str, Pattern], similarity: Similarity, rows: Mapping[str, int]) -> None:
    for number, members in sorted(state.members.items()):
        if not state.fresh("leave", number) or _holds(similarity, [rows[case] for case in members]):
            continue
        pinned = by_id[number].vast if number in by_id else ()
        for case in sorted(members - set(pinned)):
            others = [rows[other] for other in members if other != case]
            if others and _mean(similarity, [rows[case]], others) < LEAVE_CUT:
                members.discard(case)
                state.left.add((number, case))
                state.changes.append(Change(number, "gekrompen", (case,)))


def _holds(similarity: Similarity, group: Sequence[int]) -> bool:
    """Whether every member is well above what it takes to stay; asked of all at once, since nearly always it is."""
    likely = similarity.total[np.ix_(group, group)].sum(axis=1, dtype=np.float64)
    return len(group) < 2 or bool(((likely - 1.0) / (len(group) - 1) > LEAVE_CUT + SLACK).all())


def _join(state: _State, by_id: Mapping[str, Pattern], similarity: Similarity, rows: Mapping[str, int]) -> None:
    """Loose cases join the nearest pattern that is near enough; all are compared with the members of before."""
    groups = {number: [rows[case] for case in sorted(members)] for number, members in state.members.items() if members}
    loose = _loose(state, rows)
    beside = [rows[case] for case in loose]
    enough: dict[str, list[tuple[float, str]]] = {}
    for number, group in groups.items():
        near = similarity.total[np.ix_(group, beside)].mean(axis=0, dtype=np.float64).round(6)
        for place in np.flatnonzero(near >= CUT).tolist():
            enough.setdefault(loose[place], []).append((float(near[place]), number))
    joined: dict[str, set[str]] = {}
    for case in loose:
        allowed = [pair for pair in enough.get(case, ()) if _may_join(pair[1], case, by_id, state)]
        if allowed:
            joined.setdefault(max(allowed)[1], set()).add(case)
    for number, cases in sorted(joined.items()):
        state.members[number] |= cases
        state.changes.append(Change(number, "gegroeid", tuple(sorted(cases))))


def _merge(state: _State, by_id: Mapping[str, Pattern], similarity: Similarity, rows: Mapping[str, int]) -> None:
    """Patterns that are as alike as their own members become one; the judged or lower number stays."""
    while True:
        numbers = sorted(number for number, members in state.members.items() if members)
        means = group_means(similarity, [[rows[case] for case in sorted(state.members[number])] for number in numbers])
        pairs = [
            (-float(means[a, b]), numbers[a], numbers[b])
            for a, b in np.argwhere(np.triu(means >= MERGE_CUT, 1)).tolist()
            if _may_merge(numbers[a], numbers[b], by_id, state)
        ]
        if not pairs:
            return
        _, one, other = min(pairs)
        keeps, goes = (other, one) if _judged(other, by_id) else (one, other)
        moved = state.members.pop(goes)
        state.members[keeps] |= moved
        state.kin[keeps] = state.kin.get(keeps, {keeps}) | state.kin.get(goes, {goes})
        state.changes += [
            Change(keeps, "gegroeid", tuple(sorted(moved)), (goes,)),
            Change(goes, "samengevoegd", (), (keeps,)),
        ]


def _split(state: _State, by_id: Mapping[str, Pattern], similarity: Similarity, rows: Mapping[str, int]) -> None:
    """A pattern that nobody judged falls apart if its members are no group any more; the largest part stays."""
    for number, members in sorted(state.members.items()):
        if _judged(number, by_id) or not state.fresh("split", number):
            continue
        parts = [g for g in cluster_rows(similarity, sorted(rows[case] for case in members), SPLIT_CUT) if len(g) > 1]
        if len(parts) < 2:
            continue
        named = [frozenset(similarity.ids[row] for row in part) for part in parts]
        first, *others = sorted(named, key=lambda part: (-len(part), min(part)))
        state.members[number] = set(first)
        for part in others:
            fresh = _new_number(state, part)
            state.members[fresh] = set(part)
            state.changes += [
                Change(number, "gesplitst", tuple(sorted(part)), (fresh,)),
                Change(fresh, "ontstaan", tuple(sorted(part)), (number,)),
            ]
        rest = members - set().union(*named)
        if rest:
            state.left |= {(number, case) for case in rest}
            state.changes.append(Change(number, "gekrompen", tuple(sorted(rest))))


def _found(state: _State, by_id: Mapping[str, Pattern], similarity: Similarity, rows: Mapping[str, int]) -> None:
    """What is still loose is grouped; a group that holds together gets a number of its own."""
    loose = sorted(rows[case] for case in _loose(state, rows))
    groups = [group for group in cluster_rows(similarity, loose, BIRTH_CUT) if len(group) > 1]
    # as one before they get numbers, so that no number is spent
    named = [tuple(sorted(similarity.ids[row] for row in group)) for group in join_groups(similarity, groups)]
    for cases in sorted(named, key=lambda cases: (-len(cases), cases)):
        if _kept_apart(cases, by_id):
            continue
        fresh = _new_number(state, cases)
        state.members[fresh] = set(cases)
        state.changes.append(Change(fresh, "ontstaan", cases))


def _kept_apart(cases: Sequence[str], by_id: Mapping[str, Pattern]) -> bool:
    """A group that a person has declared to be no pattern, or to be part of another, is not proposed again."""
    ended = [pattern for pattern in by_id.values() if pattern.status == "vervallen" or pattern.opvolger]
    return any(set(cases) <= pattern.cases for pattern in ended)


def _loose(state: _State, rows: Mapping[str, int]) -> list[str]:
    placed = state.solved.union(*state.members.values())
    return sorted(case for case in rows if case not in placed)


def _may_join(number: str, case: str, by_id: Mapping[str, Pattern], state: _State) -> bool:
    excluded = number in by_id and case in by_id[number].excluded
    return not excluded and (number, case) not in state.left


def _may_merge(one: str, other: str, by_id: Mapping[str, Pattern], state: _State) -> bool:
    a, b = by_id.get(one), by_id.get(other)
    if (a is not None and a.excluded & state.members[other]) or (b is not None and b.excluded & state.members[one]):
        return False
    ours, theirs = state.kin.get(one, {one}), state.kin.get(other, {other})
    for near, far in ((ours, theirs), (theirs, ours)):
        if any(far.intersection(by_id[number].apart_van) for number in near & by_id.keys()):
            return False
    return not (_judged(one, by_id) and _judged(other, by_id))


def _judged(number: str, by_id: Mapping[str, Pattern]) -> bool:
    """A person has said something of it that would be lost if it fell apart or went up in another."""
    pattern = by_id.get(number)
    said = pattern is not None and bool(pattern.held or pattern.apart_van or pattern.uitgesloten)
    return said or any(number in other.apart_van for other in by_id.values())


def _new_number(state: _State, cases: Iterable[str]) -> str:
    number = f"P-{max((int(used[2:]) for used in state.issued), default=0) + 1:04d}"
    state.issued[number] = min(cases)
    return number


def _mean(similarity: Similarity, one: Sequence[int], other: Sequence[int]) -> float:
    return round(float(np.mean(similarity.total[np.ix_(list(one), list(other))], dtype=np.float64)), 6)


def _lasting(state: _State, by_id: Mapping[str, Pattern]) -> list[Change]:
    """The changes without patterns that came and went within this run: nobody has ever seen those."""
    known = by_id.keys() | state.members.keys()
    return [
        replace(change, others=tuple(other for other in change.others if other in known))
        for change in state.changes
        if change.pattern in known
    ]


def _summarised(changes: Sequence[Change]) -> tuple[Change, ...]:
    """One change for each pattern, word and group of other patterns, in the order of the numbers."""
    merged: dict[tuple[str, Event, tuple[str, ...]], set[str]] = {}
    for change in changes:
        merged.setdefault((change.pattern, change.kind, change.others), set()).update(change.cases)
    order = {word: place for place, word in enumerate(get_args(Event))}
    found = [Change(number, kind, tuple(sorted(cases)), others) for (number, kind, others), cases in merged.items()]
    return tuple(sorted(found, key=lambda c: (c.pattern, order[c.kind], c.others, c.cases)))


def _applied(registry: Registry, state: _State, changes: Sequence[Change], explain: Explain, date: str) -> Registry:
    """The registry with the new members and the history that led to them."""
    files = {file.pattern.id: file for file in registry.files}
    of_pattern: dict[str, list[Change]] = {}
    for change in changes:
        of_pattern.setdefault(change.pattern, []).append(change)
    for number in state.issued:
        if number in state.members and number not in files:
            person = render_new_person_part(number)
            files[number] = PatternFile(f"{number}.yaml", Pattern(id=number), person)
    return Registry(
        tuple(
            _apply_to(file, state, of_pattern.get(number, ()), explain, date) for number, file in sorted(files.items())
        ),
        dict(sorted(state.issued.items())),
    )


def _apply_to(file: PatternFile, state: _State, changes: Sequence[Change], explain: Explain, date: str) -> PatternFile:
    pattern = file.pattern
    lines = tuple(HistoryLine(datum=date, wat=c.kind, casussen=c.cases, patronen=c.others) for c in changes)
    members = pattern.leden
    if pattern.id in state.members:
        cases = state.members[pattern.id]
        said = explain(sorted(cases))
        found = [
            RegisteredMember(casus=case, sterkte=round(strength, 2), redenen=why)
            for case, (strength, why) in said.items()
        ]
        members = tuple(sorted(found, key=lambda member: (-member.sterkte, member.casus)))
    update: dict[str, object] = {"leden": members, "geschiedenis": (*pattern.geschiedenis, *lines)}
    for change in changes:
        if change.kind in {"samengevoegd", "vervallen"}:
            update["stand"] = change.kind
            update["naar"] = change.others[0] if change.others else None
    return replace(file, pattern=pattern.model_copy(update=update))
