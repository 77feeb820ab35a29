"""Valid things to test with, each varied by keyword. Every person and story here is invented; the places are large
real ones, since the privacy gate asks about a place that it does not know.

A change names a key of the record; two underscores lead into a part (`knelpunt__soort="zorgplicht"`), and `None`
takes the key away.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

import yaml

from generator.book import Book, make_book
from generator.grouping import PatternEntry, PatternMember
from generator.likelihoods import Likelihoods
from generator.model import Case
from generator.money import MoneyTable, tabulate
from generator.privacy.clearance import _SEAL, Cleared, clear_records
from generator.privacy.review import review_source
from generator.proposals import Proposal
from generator.registry import Pattern, PatternFile, Registry, read_registry, render_issued, render_pattern_file
from generator.source import parse_source
from generator.validation import Checked, Record, read_record
from generator.vocabulary import Vocabulary, load_vocabulary

PLAIN: dict[str, Any] = {
    "id": "fiets-voor-de-bakker",
    "titel": "Een fiets om bij de bakkerij te komen",
    "status": "gepubliceerd",
    "herkomst": "fictief",
    "gemeente": "Utrecht",
    "periode": "2024",
    "leefgebieden": ["werk", "vervoer"],
    "situatie": "Een bakker begint om vier uur in de nacht. Dan rijdt er nog geen bus.",
    "knelpunt": {
        "tekst": "De regeling vergoedt een buskaart en geen fiets.",
        "soort": "hoogte-en-vorm-voorziening",
    },
    "doorbraak": {"tekst": "De consulent betaalde een fiets uit het budget voor re-integratie."},
    "resultaat": {"status": "geslaagd"},
}
"""The smallest record that is whole and without a fault."""

REAL = {"herkomst": "openbare_bron"}
"""Makes it a case that happened; without it a record is made up, and proves nothing."""

STORIES: tuple[dict[str, Any], ...] = (
    {
        "titel": "Zoon trekt in bij ouder met bijstand",
        "situatie": "Een volwassen zoon verliest zijn kamer en slaapt in de woonkamer bij zijn vader met bijstand.",
        "knelpunt__tekst": "Door de kostendelersnorm gaat de bijstand van de vader omlaag zolang de zoon inwoont.",
        "knelpunt__soort": "leefvorm-huishouden",
        "knelpunt__regels": [{"wet": "pw", "artikel": "22a", "rol": "blokkeert"}],
        "doorbraak__tekst": "De gemeente liet de kostendelersnorm een half jaar buiten toepassing.",
        "leefgebieden": ["inkomen", "wonen"],
    },
    {
        "titel": "Geen briefadres en dus geen uitkering",
        "situatie": "Een dakloze vrouw logeert op wisselende banken en heeft geen adres voor haar post.",
        "knelpunt__tekst": "Zonder briefadres is zij niet ingeschreven, en zonder inschrijving krijgt zij geen geld.",
        "knelpunt__soort": "vicieuze-cirkel",
        "knelpunt__regels": [{"wet": "wbrp", "rol": "blokkeert"}],
        "doorbraak__tekst": "Burgerzaken gaf een briefadres op het stadhuis, op dezelfde dag.",
        "leefgebieden": ["inkomen", "wonen"],
    },
    {
        "titel": "Taxi naar school vervangen door kilometergeld",
        "situatie": "Een leerling met autisme raakt overstuur in het busje van het leerlingenvervoer.",
        "knelpunt__tekst": "De verordening leerlingenvervoer kent een plaats in het busje en geen geld voor de ouder.",
        "knelpunt__soort": "hoogte-en-vorm-voorziening",
        "knelpunt__regels": [{"lokaal": "Verordening leerlingenvervoer", "rol": "blokkeert"}],
        "doorbraak__tekst": "De moeder rijdt haar kind zelf en krijgt kilometergeld uit het leerlingenvervoer.",
        "leefgebieden": ["vervoer", "onderwijs"],
    },
)
"""Three stories about three rules, to make groups with."""

PLACES = ("Utrecht", "Groningen", "Almere", "Tilburg", "Breda")


class Dumper(yaml.SafeDumper):
    """Writes every value out, also one that stands in several places."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def raw(**changes: Any) -> dict[str, Any]:
    """The content of a record as text, lists and mappings."""
    value = copy.deepcopy(PLAIN)
    for name, change in changes.items():
        *parents, key = name.split("__")
        part = value
        for parent in parents:
            part = part.setdefault(parent, {})
        if change is None:
            part.pop(key, None)
        else:
            part[key] = change
    return value


def yaml_text(**changes: Any) -> str:
    """A record as the YAML text of its file."""
    return dump(raw(**changes))


def dump(value: object) -> str:
    """Any value as YAML."""
    return yaml.dump(value, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=120)


def a_file(folder: str = "cases", **changes: Any) -> tuple[str, bytes]:
    """A record as (file name, bytes), the name following the id."""
    return f"{folder}/{changes.get('id', PLAIN['id'])}.yaml", yaml_text(**changes).encode()


def a_case(**changes: Any) -> Case:
    """A whole case."""
    return Case.model_validate(raw(**changes))


def a_record(file: str = "", **changes: Any) -> Record:
    """A whole case with the places of its values, as read from its file."""
    name, data = a_file(**changes)
    source = parse_source(file or name, data)
    record, problems = read_record(source)
    assert record is not None, [problem.message for problem in (*source.problems, *problems)]
    return record


def some_changes(count: int) -> list[dict[str, Any]]:
    """The changes that make `count` different records: the stories in turn, in different places and years."""
    return [
        {
            **STORIES[number % len(STORIES)],
            "id": f"verzonnen-casus-{number:02}",
            "titel": f"{STORIES[number % len(STORIES)]['titel']} ({PLACES[number // len(STORIES) % len(PLACES)]})",
            "gemeente": PLACES[number // len(STORIES) % len(PLACES)],
            "periode": str(2018 + number % 6),
        }
        for number in range(count)
    ]


def some_cases(count: int) -> list[Case]:
    """Different cases, of which each third tells the same story."""
    return [a_case(**changes) for changes in some_changes(count)]


def some_records(count: int) -> list[Record]:
    """The same as records."""
    return [a_record(**changes) for changes in some_changes(count)]


def cleared(*records: Record) -> tuple[Cleared, ...]:
    """These records as the privacy gate clears them: all of them, or the test is told what was found."""
    checked = Checked(records, (), tuple(record.source for record in records))
    clearance = clear_records(checked, load_vocabulary())
    assert not clearance.held, [(problem.code, problem.message) for problem in clearance.problems]
    return clearance.cleared


def a_book(*records: Record, registry: Registry | None = None, vocabulary: Vocabulary | None = None) -> Book:
    """A book of these records, through the privacy gate; with our own lists if no others are given."""
    withdrawn = [record.case.id for record in records if record.case.withdrawn]
    return make_book(cleared(*records), vocabulary or load_vocabulary(), registry, withdrawn)


def a_smuggled_book(*records: Record, registry: Registry | None = None, likelihoods: Likelihoods | None = None) -> Book:
    """A book of these records past the privacy gate, to see what pages do with text that should never get there."""
    smuggled = [Cleared(record, _SEAL) for record in records]
    taken_back = [r.case.id for r in records if r.case.withdrawn]
    return make_book(smuggled, load_vocabulary(), registry, taken_back, likelihoods=likelihoods)


def a_proposal(*changes: dict[str, Any], **pattern: Any) -> Proposal:
    """The proposal of a pattern P-0001 whose members are records with these changes, named casus-1, casus-2 and on.

    `pattern` are keys of the pattern's file.
    """
    return a_proposal_book(*changes, **pattern).proposal_by_pattern["P-0001"]


def a_proposal_book(*changes: dict[str, Any], **pattern: Any) -> Book:
    """The book with that pattern and nothing else."""
    records = [a_record(**{"id": f"casus-{number}", **change}) for number, change in enumerate(changes, start=1)]
    file = a_pattern(members=[record.case.id for record in records], **{"naam": "Een regel die knelt", **pattern})
    return a_book(*records, registry=a_registry(file))


def an_entry(*cases: Case, proposed: Iterable[Case] = (), **changes: Any) -> PatternEntry:
    """A pattern as readers see it with these members, and others that the model would add."""
    members = [PatternMember(case.id, 0.9, ()) for case in cases]
    members += [PatternMember(case.id, 0.9, (), proposed=True) for case in proposed]
    plain: dict[str, Any] = {
        **dict.fromkeys(("rules", "places", "periods", "near", "related"), ()),
        **{"id": "P-0001", "number": "P-0001", "name": "Een regel die knelt", "description": None, "heir": None},
        **{"registered": True, "state": "kandidaat", "kind": "hoogte-en-vorm-voorziening"},
    }
    return PatternEntry(**{**plain, "members": tuple(members), **changes})


def money_of(*cases: Case) -> dict[str, MoneyTable | None]:
    """The money of these cases, by id."""
    times = {entry.id: entry.per_jaar for entry in load_vocabulary().perioden}
    return {case.id: tabulate(case, times) for case in cases}


def excused(**changes: Any) -> dict[str, Any]:
    """The same changes with a reviewed exception for everything in them that the privacy gate lets excuse."""
    source = parse_source(*a_file(**changes))
    review = review_source(source, None, load_vocabulary())
    exceptions = [
        {
            "regel": problem.code,
            "sleutel": problem.values["sleutel"],
            "reden": "woord",
            "beoordeeld_door": "redactie",
            "datum": "2026-01-02",
        }
        for problem in review.problems
    ]
    if not exceptions:
        return changes
    return {**changes, "privacy": {"toestemming": "nvt_fictief", "uitzonderingen": exceptions}}


def some_files(count: int) -> list[tuple[str, bytes]]:
    """The same as files."""
    return [a_file(**changes) for changes in some_changes(count)]


A_PROPOSAL = {
    "soort": "doelgroep-verruimen",
    "niveau": "college-beleidsregel",
    "tekst": "Tel een gast niet mee bij de bijstand.",
    "waarom_dit_niveau": "Het college gaat over deze regel.",
    "door": "redactie",
    "datum": "2026-01-02",
}
"""What an editor took over."""
DATE = "2026-01-01"
"""The day on which invented patterns came up."""


def a_pattern(number: str = "P-0001", members: Iterable[str] = ("a", "b"), **changes: Any) -> PatternFile:
    """A pattern with its file: `changes` are its keys; what a person writes stands in the person's part."""
    cases = sorted(members)
    machine = {
        "leden": [{"casus": case, "sterkte": "0.90", "redenen": ["zelfde wet: Pw"]} for case in cases],
        "geschiedenis": [{"datum": DATE, "wat": "ontstaan", "casussen": cases}] if cases else [],
    }
    pattern = Pattern.model_validate({"id": number, **machine, **changes})
    kept = {"stand", "naar", "leden", "geschiedenis"}
    said = {key: change for key, change in changes.items() if key not in kept and change is not None}
    return PatternFile(f"patterns/{number}.yaml", pattern, dump({"id": number, **said}))


def a_registry(*files: PatternFile) -> Registry:
    """A registry of patterns as read from its files, every number given out for the pattern's first case."""
    return reread(Registry(files, {f.pattern.id: min(f.pattern.cases, default="weg") for f in files}))


def registry_files(registry: Registry) -> list[tuple[str, bytes]]:
    """The files of a registry as they are written."""
    written = [(file_name(file), render_pattern_file(file.person, file.pattern).encode()) for file in registry.files]
    return [*written, ("patterns/uitgegeven.yaml", render_issued(registry.issued).encode())]


def file_name(file: PatternFile) -> str:
    """Where the file of a pattern stands, also of one that is new."""
    return f"patterns/{file.file.removeprefix('patterns/')}"


def reread(registry: Registry) -> Registry:
    """The registry as it comes back from its files."""
    found, problems = read_registry(registry_files(registry))
    assert not problems, [problem.message for problem in problems]
    return found
