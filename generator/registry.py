"""The registry of patterns: numbers that never change, members with reasons, history, and a person's decisions.

A pattern file has two parts. Above the line `MACHINE_LINE` a person writes (name, description, status, judgements) and
the machine never changes a byte; below it the machine keeps members and history and writes its part anew each time.
A number is given out once: `uitgegeven.yaml` remembers every number with the case that it was first given for, so a
deleted file leaves a gap, and two branches that took the same number are found out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import BeforeValidator, ValidationError

from generator.fields import field_problems
from generator.model import CaseId, Line, Part, PatternId, Text, Word
from generator.problems import Place, Problem
from generator.source import Mapping as Tree
from generator.source import Source, parse_source, place_of, plain_value
from generator.written import Solution, Step, WrittenProposal

MACHINE_LINE = "# ---- hieronder houdt de generator bij; wijzig daar niets met de hand ----"
"""Parts a pattern file; what stands above it is a person's."""
ISSUED_FILE = "uitgegeven.yaml"
"""Numbers given out, each with the case it was first given for."""

STATES = ("kandidaat", "vastgesteld", "opgelost", "samengevoegd", "vervallen")
"""What a pattern can be: the words of the list `patroonstatussen`."""

Strength = Annotated[float, BeforeValidator(lambda value: float(value) if isinstance(value, str) else value)]
Event = Literal["ontstaan", "gegroeid", "gekrompen", "samengevoegd", "gesplitst", "vervallen"]


class RegisteredMember(Part):
    """A case in a pattern: how sure the membership is (0 to 1), and why in words."""

    casus: CaseId
    sterkte: Strength
    redenen: tuple[Line, ...] = ()


class HistoryLine(Part):
    """What happened to a pattern, when, and with which cases or other patterns."""

    datum: Line
    wat: Event
    casussen: tuple[CaseId, ...] = ()
    patronen: tuple[PatternId, ...] = ()


class Exclusion(Part):
    """A person's word that a case does not belong here, and why."""

    casus: Line
    reden: Line


class Pattern(Part):
    """One recurring exception under a number that never changes: `patterns/P-NNNN.yaml`."""

    id: PatternId
    naam: Line | None = None
    omschrijving: Text | None = None
    status: Annotated[str, Word("patroonstatussen")] | None = None
    """What a person decided; while there is none, the machine's `stand` counts."""
    opvolger: PatternId | None = None
    vast: tuple[Line, ...] = ()
    """Cases that a person put here or confirmed; no run takes them out."""
    uitgesloten: tuple[Exclusion, ...] = ()
    apart_van: tuple[PatternId, ...] = ()
    """Patterns with which a person will not have this one merged."""
    voorstel: WrittenProposal | None = None
    """The proposal that an editor took over from the computer."""
    stappen: tuple[Step, ...] = ()
    """What became of the proposal, oldest first."""
    oplossing: Solution | None = None
    """How the rule was changed, if it was."""
    reacties: tuple[Text, ...] = ()
    stand: Annotated[str, Word("patroonstatussen")] = "kandidaat"
    """What the machine made of it: `kandidaat`, `samengevoegd` or `vervallen`."""
    naar: PatternId | None = None
    """The pattern in which the machine merged this one."""
    leden: tuple[RegisteredMember, ...] = ()
    geschiedenis: tuple[HistoryLine, ...] = ()

    @property
    def state(self) -> str:
        """The status that counts: a person's, else the machine's."""
        return self.status or self.stand

    @property
    def heir(self) -> str | None:
        """The pattern that took over, by a person's word or the machine's; a revived pattern has none of the latter."""
        return self.opvolger or (self.naar if self.state == "samengevoegd" else None)

    @property
    def held(self) -> bool:
        """A person has judged it: it is not split, and does not go up in another."""
        return bool(self.status or self.vast or self.voorstel or self.stappen)

    @property
    def active(self) -> bool:
        """Still takes new cases."""
        return self.state in {"kandidaat", "vastgesteld"}

    @property
    def cases(self) -> frozenset[str]:
        """The ids of the members."""
        return frozenset(member.casus for member in self.leden)

    @property
    def excluded(self) -> frozenset[str]:
        """The ids of the cases that a person keeps out."""
        return frozenset(exclusion.casus for exclusion in self.uitgesloten)


@dataclass(frozen=True)
class PatternFile:
    """A pattern with the person's part of its file, to the byte."""

    file: str
    pattern: Pattern
    person: str
    root: Tree | None = None


@dataclass(frozen=True)
class Registry:
    """All patterns by number, and all numbers ever given out with the case each was first given for."""

    files: tuple[PatternFile, ...] = ()
    issued: Mapping[str, str] = field(default_factory=dict)

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """The patterns in the order of their numbers."""
        return tuple(file.pattern for file in self.files)

    def successor(self, number: str) -> str:
        """The pattern that took over from `number`, or itself; a loop ends where it closes."""
        by_id = {pattern.id: pattern for pattern in self.patterns}
        seen: set[str] = set()
        while number in by_id and number not in seen:
            seen.add(number)
            number = by_id[number].heir or number
        return number


def read_registry(raw: Iterable[tuple[str, bytes]]) -> tuple[Registry, list[Problem]]:
    """The registry of a folder's files, and what is wrong with them one by one; `check_registry` sees them together."""
    files: list[PatternFile] = []
    problems: list[Problem] = []
    issued: dict[str, str] = {}
    for name, data in raw:
        source = parse_source(name, data)
        problems += source.problems
        if PurePosixPath(name).name == ISSUED_FILE:
            numbers, faults = _read_issued(source)
            issued.update(numbers)
        else:
            read, faults = _read_pattern(source, data)
            files += [read] if read else []
        problems += faults
    return Registry(tuple(sorted(files, key=lambda f: (f.pattern.id, f.file))), issued), problems


def _read_pattern(source: Source, data: bytes) -> tuple[PatternFile | None, list[Problem]]:
    if source.root is None:
        return None, []
    try:
        pattern = Pattern.model_validate(plain_value(source.root))
    except ValidationError as error:
        return None, field_problems(Pattern, source.file, source.root, error)
    person, line, _ = data.decode("utf-8").partition(MACHINE_LINE)
    if not line:
        return None, [Problem(source.file, Place(), "PATR-SCHEIDING")]
    return PatternFile(source.file, pattern, person, source.root), []


def _read_issued(source: Source) -> tuple[dict[str, str], list[Problem]]:
    value = plain_value(source.root) if source.root else {}
    if not isinstance(value, dict) or not all(
        re.fullmatch(r"P-[0-9]{4}", number) and isinstance(case, str) for number, case in value.items()
    ):
        return {}, [Problem(source.file, Place(), "PATR-UITGEGEVEN")]
    return value, []


def check_registry(registry: Registry, cases: Mapping[str, bool]) -> Iterator[Problem]:
    """Everything that must hold between the pattern files and the cases; `cases` maps case ids to being withdrawn."""
    seen: dict[str, PatternFile] = {}
    for file in registry.files:
        pattern = file.pattern
        other = seen.setdefault(pattern.id, file)
        if other is not file:
            yield _problem(file, ("id",), "PATR-NUMMER-DUBBEL", ander=other.file)
        if PurePosixPath(file.file).stem != pattern.id:
            yield _problem(file, ("id",), "PATR-NUMMER-BESTAND")
        yield from _check_issued(file, registry)
        yield from _check_status(file, registry)
        yield from _check_cases(file, cases)
    yield from _check_shared_cases(registry)


def _check_issued(file: PatternFile, registry: Registry) -> Iterator[Problem]:
    number, history = file.pattern.id, file.pattern.geschiedenis
    if number not in registry.issued:
        yield _problem(file, ("id",), "PATR-NUMMER-NIET-UITGEGEVEN")
    elif history and registry.issued[number] not in history[0].casussen:
        yield _problem(file, ("id",), "PATR-NUMMER-ANDER")


def _check_status(file: PatternFile, registry: Registry) -> Iterator[Problem]:
    pattern = file.pattern
    known = {other.id for other in registry.patterns}
    for key, word in (("status", pattern.status), ("stand", pattern.stand)):
        if word is not None and word not in STATES:
            yield _problem(file, (key,), "WOORD-ONBEKEND", lijst="patroonstatussen", keuzes=", ".join(STATES))
    if pattern.state == "samengevoegd" and pattern.heir is None:
        yield _problem(file, ("status",), "PATR-OPVOLGER-ONTBREEKT")
    if pattern.status in {"vastgesteld", "opgelost"} and not (pattern.naam and pattern.omschrijving):
        yield _problem(file, ("status",), "PATR-NAAM-ONTBREEKT")
    if pattern.heir is not None:
        where = ("opvolger",) if pattern.opvolger else ("naar",)
        if pattern.heir not in known:
            yield _problem(file, where, "PATR-OPVOLGER-ONBEKEND")
        elif _in_loop(pattern.id, registry):
            yield _problem(file, where, "PATR-OPVOLGER-KRING")
    for index, other in enumerate(pattern.apart_van):
        if other not in known:
            yield _problem(file, ("apart_van", index), "PATR-OPVOLGER-ONBEKEND")


def _in_loop(number: str, registry: Registry) -> bool:
    by_id = {pattern.id: pattern.heir for pattern in registry.patterns}
    at, steps = by_id.get(number), 0
    while at is not None and at != number and steps <= len(by_id):
        at, steps = by_id.get(at), steps + 1
    return at is not None


def _check_cases(file: PatternFile, cases: Mapping[str, bool]) -> Iterator[Problem]:
    pattern = file.pattern
    named = [(("vast", index), case) for index, case in enumerate(pattern.vast)]
    named += [(("leden", index), member.casus) for index, member in enumerate(pattern.leden)]
    for path, case in named:
        if path[0] == "vast" and case not in cases:
            yield _problem(file, path, "PATR-CASUS-ONBEKEND")
        elif path[0] == "vast" and cases[case]:
            yield _problem(file, path, "PATR-CASUS-INGETROKKEN")
        elif case not in cases and pattern.active:  # any other keeps its members as a memory
            yield _problem(file, path, "PATR-LID-ONBEKEND")
    for index, case in enumerate(pattern.vast):
        if case in pattern.excluded:
            yield _problem(file, ("vast", index), "PATR-VAST-EN-UITGESLOTEN")
        elif pattern.leden and case not in pattern.cases:
            yield _problem(file, ("vast", index), "PATR-VAST-GEEN-LID")
    listed: set[str] = set()
    for index, member in enumerate(pattern.leden):
        if member.casus in listed:
            yield _problem(file, ("leden", index), "PATR-LID-DUBBEL")
        listed.add(member.casus)
        if not 0 <= member.sterkte <= 1:
            yield _problem(file, ("leden", index), "PATR-STERKTE")


def _check_shared_cases(registry: Registry) -> Iterator[Problem]:
    """A case is in two active patterns only if a person put it in all but one of them."""
    first: dict[str, PatternFile] = {}
    for file in registry.files:
        if not file.pattern.active:
            continue
        for index, member in enumerate(file.pattern.leden):
            if member.casus in file.pattern.vast:
                continue
            other = first.setdefault(member.casus, file)
            if other is not file:
                yield _problem(file, ("leden", index), "PATR-LID-TWEE-PATRONEN", ander=other.pattern.id)


def _problem(file: PatternFile, path: tuple[str | int, ...], code: str, **values: str) -> Problem:
    place = place_of(file.root, path) if file.root is not None else Place()
    return Problem(file.file, place, code, values)


def render_pattern_file(person: str, pattern: Pattern) -> str:
    """The whole file: the person's part as it is, and the machine's part anew."""
    lines = [MACHINE_LINE, f"stand: {pattern.stand}"]
    lines += [f"naar: {pattern.naar}"] if pattern.naar else []
    lines.append("leden:" if pattern.leden else "leden: []")
    for member in pattern.leden:
        lines.append(f"  - casus: {member.casus}")
        lines.append(f'    sterkte: "{member.sterkte:.2f}"')
        lines.append("    redenen:" if member.redenen else "    redenen: []")
        lines += [f"      - {quote(reason)}" for reason in member.redenen]
    lines.append("geschiedenis:" if pattern.geschiedenis else "geschiedenis: []")
    for event in pattern.geschiedenis:
        lines.append(f"  - datum: {quote(event.datum)}")
        lines.append(f"    wat: {event.wat}")
        lines += [f"    casussen: [{', '.join(event.casussen)}]"] if event.casussen else []
        lines += [f"    patronen: [{', '.join(event.patronen)}]"] if event.patronen else []
    return person + "\n".join(lines) + "\n"


PERSON_HEAD = """\
# Boven de lijn schrijft de redactie: naam, omschrijving, status, opvolger, vast, uitgesloten,
# apart_van, voorstel, stappen, oplossing, reacties. Onder de lijn houdt de generator bij.
"""


def render_new_person_part(number: str) -> str:
    """The person's part of a new pattern: its number, and room for a person's words."""
    return f"{PERSON_HEAD}id: {number}\n"


def render_issued(issued: Mapping[str, str]) -> str:
    """The file of numbers given out, in their order; without numbers still a mapping."""
    head = (
        "# Uitgegeven nummers, elk met de casus waarvoor het het eerst is uitgegeven. Haal hier nooit een regel weg.\n"
    )
    return head + ("".join(f"{number}: {case}\n" for number, case in sorted(issued.items())) or "{}\n")


def quote(text: str) -> str:
    """A text as a YAML scalar in single quotes."""
    return "'" + text.replace("'", "''") + "'"
