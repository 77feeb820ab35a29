"""Validation: raw files to records and problems. Every rule is a small generator of problems; all faults are reported.

A rule's docstring is the rule in one sentence. Rules see one record; `check_corpus` sees them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fractions import Fraction
from math import ceil
from pathlib import PurePosixPath

from pydantic import ValidationError

from generator.fields import field_problems, repair
from generator.model import UNKNOWN, Case, CostLine, Privacy, RuleReference
from generator.money import DEFAULT_HORIZON, SCENARIOS
from generator.parallel import spread_batches
from generator.problems import Problem, sort_problems
from generator.progress import Track, untracked
from generator.source import Mapping, Source, parse_source, place_of, plain_value, walk_scalars
from generator.structure import Path, value_at, words_of
from generator.vocabulary import Vocabulary

BATCH = 50
"""Files that a process reads at a time."""
MANY = 6
"""From so many batches they go over the processors."""


@dataclass(frozen=True)
class Record:
    """A case with the file it came from."""

    source: Source
    case: Case

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.source.file

    @property
    def root(self) -> Mapping:
        """The tree of the file, which knows where every value stands; made anew where it is not at hand."""
        root = self.source.root
        assert root is not None
        return root


@dataclass(frozen=True)
class Checked:
    """What came out of reading: the records that are whole, and everything that is wrong, sorted."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    sources: tuple[Source, ...] = ()
    """Every file as it was read, also those that made no record; the trees let go."""
    recalled: frozenset[str] = frozenset()
    """Files of which the record was known."""


@dataclass(frozen=True)
class _Read:
    """What came of one file, its tree let go."""

    source: Source
    record: Record | None
    whole: Record | None
    """The record, or what can be made of a faulty one to see what else is wrong."""
    problems: tuple[Problem, ...]


Rule = Callable[[Record, Vocabulary], Iterator[Problem]]
Recall = Callable[[str, bytes], Record | None]
"""The record of a file that is known to be without a fault in itself, if it is."""


def check_files(
    raw: Iterable[tuple[str, bytes]],
    vocabulary: Vocabulary,
    track: Track = untracked,
    recall: Recall = lambda file, data: None,  # noqa: ARG005 - the caller names them
) -> Checked:
    """Read and check every file. Records are sorted by id; a record with a field fault is left out of them."""
    given = [*raw]
    recalled = [recall(*named) for named in given]
    unknown = [named for named, record in zip(given, recalled, strict=True) if record is None]
    made = spread_batches(lambda named: _read(*named, vocabulary), unknown, BATCH, MANY)
    fresh = track("records", made, len(unknown))
    read = [_Read(record.source, record, record, ()) if record else next(fresh) for record in recalled]
    problems = [problem for found in read for problem in found.problems]
    problems += check_corpus(found.whole for found in read if found.whole is not None)
    records = sorted((found.record for found in read if found.record), key=lambda r: (r.case.id, r.file))
    known = frozenset(record.file for record in recalled if record)
    return Checked(tuple(records), sort_problems(problems), tuple(found.source for found in read), known)


def _read(file: str, data: bytes, vocabulary: Vocabulary) -> _Read:
    source = parse_source(file, data)
    record, faults = read_record(source)
    whole = record or repair_record(source)
    known = {problem.place for problem in faults}
    more = [problem for problem in (_apply(whole, vocabulary) if whole else ()) if problem.place not in known]
    kept = source.without_tree()
    return _Read(
        kept,
        record and replace(record, source=kept),
        whole and replace(whole, source=kept),
        (*source.problems, *faults, *more),
    )


def read_record(source: Source) -> tuple[Record | None, list[Problem]]:
    """The record of one file, or the faults in its fields."""
    root = source.root
    if root is None:
        return None, []
    try:
        case = Case.model_validate(plain_value(root))
    except ValidationError as error:
        return None, field_problems(Case, source.file, root, error)
    return Record(source, case), []


def _apply(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    for rule in RULES:
        yield from rule(record, vocabulary)


def repair_record(source: Source) -> Record | None:
    """A record without the fields that are at fault, so that one run also reports what is wrong elsewhere in it.

    Only for reporting, never for publishing. `None` if the rest does not make a record either.
    """
    root = source.root
    case = repair(Case, root) if root is not None else None
    return Record(source, case) if case is not None else None


def check_name(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """The file's stem is the record's id."""
    if PurePosixPath(record.file).stem != record.case.id:
        yield Problem(record.file, place_of(record.root, ("id",)), "BEST-NAAM")


def check_words(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Every word of a list is known, and no list names a word twice."""
    seen: set[tuple[Path, str]] = set()
    for path, word, name in words_of(record.case):
        known = vocabulary.labels[name]
        if word not in known:
            place = place_of(record.root, path)
            near = get_close_matches(word, known, n=1, cutoff=0.6)
            if near:
                yield Problem(record.file, place, "WOORD-ONBEKEND-LIJKT", {"lijst": name, "lijkt_op": near[0]})
            else:
                yield Problem(record.file, place, "WOORD-ONBEKEND", {"lijst": name, "keuzes": ", ".join(known)})
        elif path and isinstance(path[-1], int):
            if (path[:-1], word) in seen:
                yield Problem(record.file, place_of(record.root, path), "WOORD-DUBBEL")
            seen.add((path[:-1], word))
    if record.case.knelpunt.soort in record.case.knelpunt.ook:
        yield Problem(record.file, place_of(record.root, ("knelpunt", "ook")), "WOORD-DUBBEL")


def check_rules(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A rule is a law or a local rule; its article is known, and readers can be sent to the text of the law."""
    case = record.case
    places: list[Path] = [("knelpunt", "regels", i) for i in range(len(case.knelpunt.regels))]
    places += [("doorbraak", "grondslag", i) for i in range(len(case.doorbraak.grondslag))]
    wishes = [(wish.regel, ("wijziging", i, "regel")) for i, wish in enumerate(case.wijziging) if wish.regel]
    for rule, path in [*zip(case.rules, places, strict=True), *wishes]:
        for inner, code, values in rule_faults(rule, vocabulary):
            yield Problem(record.file, place_of(record.root, (*path, *inner)), code, values)


def rule_faults(rule: RuleReference, vocabulary: Vocabulary) -> Iterator[tuple[Path, str, dict[str, str]]]:
    """What is wrong with one reference to a rule: where in it, the code, and what the message names."""
    if rule.wet is None and (rule.artikel or rule.lid):
        yield (), "REGEL-ARTIKEL-ZONDER-WET", {}
    elif (rule.wet is None) == (rule.lokaal is None):
        yield (), "REGEL-WET-OF-LOKAAL", {}
    elif rule.wet is not None and rule.wet in vocabulary.law_by_id:
        law = vocabulary.law_by_id[rule.wet]
        if law.link is None:
            yield ("wet",), "WET-ZONDER-LINK", {"wet": law.label}
        if rule.artikel and (law.id, rule.artikel) not in vocabulary.articles_by_number:
            yield ("artikel",), "ARTIKEL-ONBEKEND", {"wet": law.label}


def check_methods(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A record that names a way of working has that way's required fields."""
    for method in vocabulary.methoden:
        if method.id not in record.case.methode:
            continue
        index = record.case.methode.index(method.id)
        place = place_of(record.root, ("methode", index))
        for field in method.verplicht:
            node = value_at(record.root, tuple(field.split(".")))
            if node is None or not any(scalar.text.strip() for scalar in walk_scalars(node)):
                yield Problem(record.file, place, "METHODE-VELD", {"methode": method.label, "veld": field})


def check_team_budget(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A team budget is spent with at least three colleagues in agreement (Amsterdam's rule)."""
    agreed = record.case.besluit.akkoord if record.case.besluit else None
    if "teambudget" in record.case.methode and isinstance(agreed, int) and agreed < 3:
        place = place_of(record.root, ("besluit", "akkoord"))
        yield Problem(record.file, place, "TEAMBUDGET-AKKOORD", {"aantal": str(agreed)})


def check_costs(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A sum of money says how often, who pays and how sure it is; a missing sum says that it is missing."""
    for path, line in _cost_lines(record):
        yield from (Problem(record.file, place_of(record.root, path), code) for code in _cost_faults(line))


def check_horizon(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """No costs last longer than the horizon over which they are summed."""
    times = {period.id: period.per_jaar for period in vocabulary.perioden}
    horizon = record.case.scenarios.horizon_maanden if record.case.scenarios else None
    if horizon is None and value_at(record.root, ("scenarios", "horizon_maanden")) is not None:
        return  # it is at fault itself
    for path, line in _cost_lines(record):
        yearly = times.get(line.per or "")
        if line.aantal and yearly and 12 * line.aantal > (horizon or DEFAULT_HORIZON) * yearly:
            months = ceil(Fraction(12 * line.aantal, yearly))
            values = {"horizon": str(horizon or DEFAULT_HORIZON), "maanden": str(months)}
            yield Problem(record.file, place_of(record.root, (*path, "aantal")), "KOST-LANGER-DAN-HORIZON", values)


def _cost_lines(record: Record) -> Iterator[tuple[Path, CostLine]]:
    for name in SCENARIOS:
        scenario = getattr(record.case.scenarios, name, None)
        for index, line in enumerate(scenario.kosten if scenario else ()):
            yield ("scenarios", name, "kosten", index), line


def _cost_faults(line: CostLine) -> Iterator[str]:
    if line.budget is None:
        yield "KOST-ZONDER-BUDGET"
    if line.zekerheid is None:
        yield "KOST-ZONDER-ZEKERHEID"
    if line.bedrag is None:
        if line.zekerheid not in {UNKNOWN, None}:
            yield "KOST-ZONDER-BEDRAG"
        if line.per is None and line.aantal is not None:
            yield "KOST-AANTAL-ZONDER-PERIODE"
    else:
        if line.zekerheid == UNKNOWN:
            yield "KOST-BEDRAG-ONBEKEND"
        if line.per is None:
            yield "KOST-ZONDER-PERIODE"
    if line.per == "eenmalig" and line.aantal is not None:
        yield "KOST-EENMALIG-AANTAL"
    elif line.aantal == 0:
        yield "KOST-NUL-KEER"


def check_financing(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Only money that was advanced is covered afterwards, and by somebody else."""
    for index, money in enumerate(record.case.financiering):
        if money.later_gedekt_door in {None, UNKNOWN}:
            continue
        place = place_of(record.root, ("financiering", index, "later_gedekt_door"))
        if money.voorgeschoten == "nee":
            yield Problem(record.file, place, "FINANCIERING-NIET-VOORGESCHOTEN")
        if money.later_gedekt_door == money.budget:
            yield Problem(record.file, place, "FINANCIERING-ZELFDE-BUDGET")


def check_return(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Who claims a return has answered all three standing questions."""
    reasoning, scenarios = record.case.onderbouwing, record.case.scenarios
    if reasoning is None or reasoning.rendement in {None, UNKNOWN}:
        return
    for name in SCENARIOS:
        scenario = getattr(scenarios, name, None)
        if scenario is None or scenario.verloop is None:
            place = place_of(record.root, ("onderbouwing", "rendement"))
            yield Problem(record.file, place, "SCENARIO-ONVOLLEDIG", {"veld": name})


def check_origin(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One place, a source for what is public, consent for what is not."""
    case = record.case
    if case.gemeente and case.provincie:
        yield Problem(record.file, place_of(record.root, ("provincie",)), "PLAATS-DUBBEL")
    if case.withdrawn:
        return
    if case.herkomst == "openbare_bron" and not case.bronnen:
        yield Problem(record.file, place_of(record.root, ("herkomst",)), "BRON-ONTBREEKT")
    if case.herkomst == "eigen_praktijk" and not _has_consent(case.privacy):
        yield Problem(record.file, place_of(record.root, ("herkomst",)), "TOESTEMMING-ONTBREEKT")


def _has_consent(privacy: Privacy | None) -> bool:
    """The people said yes, or the case was put together from several; somebody outside the team read it."""
    if privacy is None or privacy.buitenlezer != "ja" or privacy.samengesteld is None:
        return False
    return privacy.toestemming == "ja" or (privacy.toestemming == "nvt_samengesteld" and privacy.samengesteld == "ja")


def check_wishes(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A wished change stands on a level at which its kind of change is usually decided."""
    kinds = {kind.id: kind for kind in vocabulary.wijzigingssoorten}
    for index, wish in enumerate(record.case.wijziging):
        levels = [level.niveau for level in kinds[wish.soort].niveaus] if wish.soort in kinds else []
        if levels and wish.niveau in vocabulary.labels["niveaus"] and wish.niveau not in levels:
            place = place_of(record.root, ("wijziging", index, "niveau"))
            yield Problem(record.file, place, "WIJZIGING-NIVEAU", {"niveau": wish.niveau, "keuzes": ", ".join(levels)})


_MARKUP = (
    ("TEKST-OPMAAK", re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>?|<!--|&#?\w+;")),
    ("TEKST-SJABLOON", re.compile(r"\{\{|\{%|\}\}")),
    ("TEKST-LINK", re.compile(r"\]\(|(?i:\bjavascript:|\bvbscript:|\bdata:text/)")),
)
_SIGNS = ("<", "&", "{{", "{%", "}}", "](", "pt:", "ext/", "\\")
"""A file without any of these has no markup: no letter in them has a twin that `lower` leaves alone, and without a
backslash a value holds nothing that does not stand in the file, but for line breaks and indents."""


def check_markup(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Text is text: what looks like HTML, a template or Markdown is shown as it stands, and reported."""
    text = record.source.text.lower()
    if not any(sign in text for sign in _SIGNS):
        return
    for scalar in walk_scalars(record.root):
        for code, pattern in _MARKUP:
            if pattern.search(scalar.text):
                yield Problem(record.file, scalar.place, code)


def check_corpus(records: Iterable[Record]) -> Iterator[Problem]:
    """No two records share an id."""
    first: dict[str, Record] = {}
    for record in sorted(records, key=lambda r: r.file):
        other = first.setdefault(record.case.id, record)
        if other is not record:
            yield Problem(record.file, place_of(record.root, ("id",)), "ID-DUBBEL", {"ander": other.file})


RULES: tuple[Rule, ...] = (
    check_name,
    check_words,
    check_rules,
    check_methods,
    check_team_budget,
    check_costs,
    check_horizon,
    check_financing,
    check_return,
    check_origin,
    check_wishes,
    check_markup,
)
"""The rules, in the order in which a reader of this file meets them."""
