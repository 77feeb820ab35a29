"""Dating: which rules of a case changed after it, and what of that a person should look at again.

Pages know no clock: what is done and what is planned follows from the day of the vocabulary (`stand`). Only the list
for editors is made for a day that they name.
"""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from generator.model import UNKNOWN, Case, RuleReference
from generator.problems import Place
from generator.source import place_of
from generator.structure import Path
from generator.validation import Record
from generator.vocabulary import Article, Vocabulary
from generator.wording import render_article

ARTICLES_FILE = "generator/vocabulary/artikelen.yaml"
"""Where editors find the articles."""
_QUARTER = 3
_PARAGRAPH = re.compile(r"(?:lid )?(\d+[a-z]?)")
_RANGE = re.compile(r"(\d+)[–-](\d+)")


@dataclass(frozen=True)
class RuleChange:
    """One change of an article that a case names, later than the first day of that case."""

    rule: RuleReference
    path: Path
    """Where the rule stands in the record."""
    label: str
    """Law and article as readers see them."""
    part: str
    """The part of the article, as the vocabulary writes it."""
    date: str
    """The day, month or year of the change, as 2026-01-01, 2026-01 or 2026."""
    text: str
    """What changed; where the vocabulary dates a rule and tells no change, what the rule says since."""
    told: bool
    """Whether `text` tells the change."""
    reform: str | None
    verified: bool
    planned: bool
    """Later than the day of the vocabulary: it may yet come otherwise."""
    period_known: bool
    """Whether the case says when it was; if not, nobody knows whether it came before the change."""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes two changes the same one, in whichever case or place they were met."""
        return (self.date, self.label, self.part, self.text)


@dataclass(frozen=True)
class DueRule:
    """A rule in a record that changed and was not looked at since; or, without a record, an article of our list."""

    file: str
    place: Place | None
    label: str
    dates: tuple[str, ...]
    period_known: bool = True

    @property
    def sort_key(self) -> tuple[str, Place, str]:
        """File and place: the order in which they are shown."""
        return (self.file, self.place or Place(), self.label)


def first_day(period: str) -> date | None:
    """The first day of a year, a quarter (2019-K2) or a range of years; none of `onbekend`."""
    if period == UNKNOWN:
        return None
    year, _, rest = period.partition("-")
    month = 1 + _QUARTER * (int(rest[1:]) - 1) if rest.startswith("K") else 1
    return date(int(year), month, 1)


def changed_since(case: Case, vocabulary: Vocabulary, today: date = date.max) -> tuple[RuleChange, ...]:
    """The changes that may make a rule of this case another one than it was then, by rule and then by date.

    A change counts if it falls after the first day of the case's period and after the day on which somebody looked at
    the rule (`nagekeken`); nobody has looked on a day after `today`. Of a case without a period every change counts
    that our list tells; the bare date of a rule does not, since it may be the day on which the law began.
    """
    start = first_day(case.periode)
    found: list[RuleChange] = []
    for rule, path in _rules_of(case):
        looked = date.fromisoformat(rule.nagekeken) if rule.nagekeken else date.min
        since = max(start or date.min, looked if looked <= today else date.min)
        parts = vocabulary.articles_by_number.get((rule.wet or "", rule.artikel or ""), ())
        changes = [
            change
            for part in parts
            if _names(rule, part)
            for change in _changes_of(rule, path, part, vocabulary, known=start is not None)
            if _span(change.date)[1] > since
        ]
        found += sorted(changes, key=lambda change: change.key)
    return tuple(found)


def changed_for(cases: Iterable[Case], vocabulary: Vocabulary) -> tuple[tuple[RuleChange, tuple[Case, ...]], ...]:
    """Each change once, with the cases (by id) that it may concern; sorted by date, and the same for any order."""
    first: dict[tuple[str, str, str, str], RuleChange] = {}
    met: dict[tuple[str, str, str, str], dict[str, Case]] = {}
    for case in sorted(cases, key=lambda case: case.id):
        for change in changed_since(case, vocabulary):
            if change.key not in first or (change.period_known and not first[change.key].period_known):
                first[change.key] = change
            met.setdefault(change.key, {})[case.id] = case
    return tuple((first[key], tuple(met[key].values())) for key in sorted(first))


def due_rules(records: Iterable[Record], vocabulary: Vocabulary, day: date) -> tuple[DueRule, ...]:
    """The rules of records that changed up to and including `day` and were not looked at since; sorted by place."""
    found = []
    for record in records:
        rules: dict[Path, list[RuleChange]] = {}
        for change in () if record.case.withdrawn else changed_since(record.case, vocabulary, day):
            if _span(change.date)[0] <= day:
                rules.setdefault(change.path, []).append(change)
        for path, changes in rules.items():
            dates = tuple(sorted({change.date for change in changes}))
            place = place_of(record.root, path)
            found.append(DueRule(record.file, place, changes[0].label, dates, changes[0].period_known))
    return tuple(sorted(found, key=lambda due: due.sort_key))


def due_articles(vocabulary: Vocabulary, day: date) -> tuple[DueRule, ...]:
    """The articles of our list with a change that was planned on its own day and whose date has come by `day`."""
    stand = date.fromisoformat(vocabulary.stand)
    found = []
    for part in vocabulary.artikelen:
        dates = {moment for moment in (part.sinds, *(change.datum for change in part.wijzigingen)) if moment}
        due = tuple(sorted(moment for moment in dates if stand < _span(moment)[0] <= day))
        if due:
            found.append(DueRule(ARTICLES_FILE, None, part.id, due))
    return tuple(sorted(found, key=lambda due: due.sort_key))


def render_due(due: DueRule) -> str:
    """One line for an editor, with the place of the rule."""
    texts = _texts()
    kind = "gepland" if due.place is None else "bekend" if due.period_known else "onbekend"
    place = due.file if due.place is None else f"{due.file}:{due.place.line}:{due.place.column}"
    days = str(texts["dagen"]["en"]).join(_render_moment(moment) for moment in due.dates)
    return str(texts["regels"][kind]).format(plaats=place, regel=due.label, dagen=days)


def render_due_count(count: int, *, listed: bool) -> str:
    """How many there are to look at; unless they are listed below, how to see them."""
    texts = _texts()["telling"]
    text = str(texts["een" if count == 1 else "meer"])
    return text.format(aantal=count, verder="" if listed else texts["verder"])


def _rules_of(case: Case) -> Iterator[tuple[RuleReference, Path]]:
    for index, rule in enumerate(case.knelpunt.regels):
        yield rule, ("knelpunt", "regels", index)
    for index, rule in enumerate(case.doorbraak.grondslag):
        yield rule, ("doorbraak", "grondslag", index)


def _names(rule: RuleReference, part: Article) -> bool:
    """Whether a rule can be this part: a paragraph that both name must be the same one."""
    wanted = _PARAGRAPH.fullmatch(rule.lid or "")
    if wanted is None or part.lid is None:
        return True
    number = wanted.group(1)
    between = _RANGE.fullmatch(part.lid)
    if between and number.isdigit():
        return int(between.group(1)) <= int(number) <= int(between.group(2))
    return between is not None or number == part.lid


def _changes_of(
    rule: RuleReference, path: Path, part: Article, vocabulary: Vocabulary, *, known: bool
) -> Iterator[RuleChange]:
    stand = date.fromisoformat(vocabulary.stand)
    label = render_article(f"{rule.wet}:{rule.artikel}", vocabulary)

    def change(moment: str, text: str, *, told: bool, reform: str | None, verified: bool) -> RuleChange:
        planned = _span(moment)[0] > stand
        return RuleChange(rule, path, label, part.aanduiding, moment, text, told, reform, verified, planned, known)

    dated = [amendment for amendment in part.wijzigingen if amendment.datum]
    for amendment in dated:
        moment = amendment.datum or ""
        yield change(moment, amendment.wat, told=True, reform=amendment.hervorming, verified=amendment.geverifieerd)
    if part.sinds and known and part.sinds not in {amendment.datum for amendment in dated}:
        yield change(part.sinds, part.strekking, told=False, reform=None, verified=part.geverifieerd)


def _span(moment: str) -> tuple[date, date]:
    """The first and the last day that a day, month or year may mean."""
    year, month, day = ([int(number) for number in moment.split("-")] + [0, 0])[:3]
    last = month or 12
    return (
        date(year, month or 1, day or 1),
        date(year, last, day or monthrange(year, last)[1]),
    )


def _render_moment(moment: str) -> str:
    year, *rest = moment.split("-")
    month = [str(_texts()["dagen"]["maanden"][int(rest[0]) - 1])] if rest else []
    return " ".join([*(str(int(day)) for day in rest[1:]), *month, year])


@cache
def _texts() -> Mapping[str, Mapping[str, Any]]:
    table: Mapping[str, Mapping[str, Any]] = tomllib.loads(
        files("generator").joinpath("text/nakijken.toml").read_text("utf-8")
    )
    return table
