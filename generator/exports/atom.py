"""The feed by RFC 4287: what happened to patterns, proposals and rules, newest first, by the dates in the data.

An entry keeps its id as long as the site keeps its address: the history of a pattern and the steps of a proposal only
grow, and each is numbered from the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from uuid import UUID, uuid5

from jinja2 import Environment, PackageLoader, StrictUndefined

from generator.exports.walk import Tree, texts
from generator.settings import NAME

NAMESPACE = UUID("0b6f3c52-9d1e-4c7a-8f25-6a1d3e94c7b8")
"""What the ids of all our entries are made in."""
BEFORE_ALL = "1970-01-01"
"""When a feed without entries was last changed."""
_UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no place for."""


@dataclass(frozen=True)
class Entry:
    """One thing that happened, on a day (`2026-11-22`)."""

    key: str
    """What it is about; no two entries of a site share it."""
    day: str
    address: str
    number: str
    """The pattern."""
    title: str
    summary: str
    cases: tuple[tuple[str, str], ...] = ()
    """Address and title of the cases that it was about."""

    @property
    def id(self) -> UUID:
        """The same for the same thing, always."""
        return uuid5(NAMESPACE, self.key)


def render_entries(value: Tree, found: Iterable[Entry], name: str = NAME) -> str:
    """The feed of these entries of a canonical value, whose lists are not read, of the site `name`."""
    entries = sorted(found, key=lambda entry: entry.key)
    entries.sort(key=lambda entry: entry.day, reverse=True)
    home = value.get("adres", "../")
    return (
        _environment()
        .get_template("wijzigingen.atom")
        .render(
            naam=name,
            ondertitel=texts()["verzameling"]["feed"],
            id=uuid5(NAMESPACE, f"{value.get('adres', '')}gegevens/wijzigingen.atom"),
            thuis=home,
            zelf=f"{home}gegevens/wijzigingen.atom",
            bijgewerkt=max((entry.day for entry in entries), default=BEFORE_ALL),
            regels=entries,
        )
    )


def entries_of(name: str, nouns: Iterable[Tree], cases: Mapping[str, str]) -> Iterator[Entry]:
    """What happened to nouns of the list `name`; `cases` are the addresses of cases by id."""
    makers = {"patronen": lambda noun: _of_pattern(noun, cases), "voorstellen": _of_proposal}
    found = (entry for noun in nouns for entry in makers[name](noun)) if name in makers else ()
    return (entry for entry in found if _is_day(entry.day))


def _of_pattern(pattern: Tree, cases: Mapping[str, str]) -> Iterator[Entry]:
    for number, event in enumerate(pattern["geschiedenis"], 1):
        said = _word("een_casus" if event["aantal"] == 1 else "casussen").format(aantal=event["aantal"])
        entry = _entry(pattern, f"geschiedenis-{number}", event["datum"], event["wat"]["naam"], said)
        yield replace(
            entry, cases=tuple((_address(cases[case["id"]]), _fit(case["titel"])) for case in event["casussen"])
        )
    if "oplossing" in pattern:
        solution = pattern["oplossing"]
        yield _entry(pattern, "oplossing", solution["per"], _word("oplossing"), solution["wat"])


def _of_proposal(proposal: Tree) -> Iterator[Entry]:
    for number, step in enumerate(proposal["stappen"], 1):
        what = step["stap"]["naam"]
        yield _entry(proposal, f"stap-{number}", step["datum"], what, step.get("antwoord", what))
    if "geschreven" in proposal:
        written = proposal["geschreven"]
        yield _entry(proposal, "overgenomen", written["datum"], _word("overgenomen"), written["tekst"])


def _entry(about: Tree, part: str, day: str, what: str, said: str) -> Entry:
    return Entry(
        key=f"{about['adres']}#{part}",
        day=day,
        address=_address(about["adres"]),
        number=about["id"],
        title=_fit(_word("kop").format(naam=about["naam"], wat=what.lower())),
        summary=_fit(said),
    )


def _address(address: str) -> str:
    return address if "://" in address else f"../{address}"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _word(name: str) -> str:
    words: Mapping[str, str] = texts()["feed"]
    return words[name]


def _fit(text: str) -> str:
    return _UNFIT.sub("", " ".join(text.split()))


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("generator", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
