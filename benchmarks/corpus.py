"""Case records for measuring: invented, in Dutch, and the same for the same seed.

Record `i` does not depend on how many records there are. All of it is made up from the sentences in `phrases.toml` and
`subjects.toml`; words, laws and articles come from the vocabulary, so the records pass the checks of a real build.
"""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from random import Random
from typing import Any, TypeVar

import yaml

from generator.vocabulary import Vocabulary

WIDTH = 116
"""Characters on a line of a text in a record."""
FIRST_LINE = "# yaml-language-server: $schema=../generator/schema/case.schema.json\n"
COMMON = 1.0
"""How much more often the first subjects occur: the weight of subject n is 1 / (n + 3) ** COMMON."""

Fields = dict[str, Any]
_T = TypeVar("_T")

UNLIKE = 0.4
"""Share of the records that are about something of their own, so that not all of them find a group."""


@dataclass(frozen=True)
class Phrases:
    """The sentences of both files, as they stand there."""

    places: tuple[str, ...]
    households: dict[str, list[str]]
    first_parts: tuple[str, ...]
    last_parts: tuple[str, ...]
    kinds: dict[str, list[str]]
    general: dict[str, list[str]]
    subjects: tuple[Fields, ...]


def load_phrases() -> Phrases:
    """The sentences from the files beside this module."""
    table, subjects = (
        tomllib.loads(files("benchmarks").joinpath(name).read_text("utf-8"))
        for name in ("phrases.toml", "subjects.toml")
    )
    return Phrases(
        places=tuple(table["gemeenten"]),
        households=table["huishoudens"],
        first_parts=tuple(table["woorden"]["voor"].split()),
        last_parts=tuple(table["woorden"]["na"].split()),
        kinds=table["soorten"],
        general=table["algemeen"],
        subjects=tuple(subjects["onderwerpen"]),
    )


def make_records(count: int, seed: int, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """`count` records as (file name, YAML text)."""
    phrases = load_phrases()
    for number in range(count):
        record = _Writer(Random(f"{seed}/{number}"), phrases, vocabulary).record(number)
        yield f"{record['id']}.yaml", FIRST_LINE + dump_record(record)


def dump_record(record: Fields) -> str:
    """A record as YAML text, longer texts as blocks."""
    return yaml.dump(record, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)


class _Dumper(yaml.CSafeDumper):
    """Writes text of more than one line as a block."""


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_text)


class _Writer:
    """Writes one record: holds its random source, its subject and household."""

    def __init__(self, random: Random, phrases: Phrases, vocabulary: Vocabulary) -> None:
        self.random = random
        self.phrases = phrases
        self.vocabulary = vocabulary
        weights = [(number + 3) ** -COMMON for number in range(len(phrases.subjects))]
        self.subject = self.mix() if random.random() < UNLIKE else random.choices(phrases.subjects, weights)[0]
        self.kind = random.choices(self.subject["soorten"], (5, 3, 2))[0]
        self.household = random.choice(sorted(phrases.households))
        self.place = random.choice(phrases.places)
        self.who = random.choice(phrases.households[self.household])

    def record(self, number: int) -> Fields:
        """The whole record."""
        random, subject = self.random, self.subject
        method = random.choices((None, "resultaatvolgend_budget", "teambudget"), (5, 3, 2))[0]
        other_domain = self.pick([term.id for term in self.vocabulary.terms["leefgebieden"]])
        other_kind = self.pick(sorted(self.phrases.kinds))
        record: Fields = {
            "id": f"{subject['id']}-{number:05d}",
            "titel": f"{_capital(subject['zaak'])} voor {self.who}",
            "status": "gepubliceerd",
            "herkomst": "fictief",
            "verificatie": "redactie",
            "gemeente": self.place,
            "periode": f"{random.randint(2015, 2026)}-K{random.randint(1, 4)}",
            "methode": [method] if method else [],
            "leefgebieden": list(dict.fromkeys([subject["gebied"], other_domain])),
            "huishouden": {"type": self.household},
            "situatie": self.text(self.some("achtergrond", 3), self.pick_some(subject["situatie"], 2)),
            "vraag": self.text(self.some("vraag", 1)) if random.random() < 0.5 else "",
            "knelpunt": {
                "tekst": self.text(self.pick_some(self.phrases.kinds[self.kind], 2), self.some("hindernis", 2)),
                "soort": self.kind,
                "ook": [] if other_kind == self.kind else [other_kind],
                "regels": [self.rule("blokkeert")],
            },
            "doorbraak": {
                "tekst": self.text(self.pick_some(subject["doorbraak"], 2), self.some("oplossing", 2)),
                "grondslag": [self.rule("ruimte")] if random.random() < 0.5 else [],
                "juridisch": self.pick([term.id for term in self.vocabulary.terms["juridisch"]]),
            },
            "scenarios": {
                name: {"verloop": self.text(self.some(name, 1)), "kosten": [self.cost(name)]}
                for name in ("niets_doen", "regulier", "maatwerk")
                if method == "resultaatvolgend_budget" or name == "maatwerk"
            },
            "onderbouwing": {
                name: self.text(self.some(name, 1))
                for name in ("rechtmatigheid", "rendement", "betrokkenheid", "uitleg")
                if method == "resultaatvolgend_budget"
            },
            "besluit": {"door": self.pick(self.phrases.general["door"]), "akkoord": str(random.randint(3, 7))},
            "financiering": [{"budget": self.payer(), "bedrag": self.amount()}] if method == "teambudget" else [],
            "afspraken": [self.fill(line) for line in self.pick_some(self.phrases.general["afspraken"], 2)]
            if method == "resultaatvolgend_budget" or random.random() < 0.3
            else [],
            "betrokkenen": self.pick_some(self.phrases.general["betrokkenen"], 3),
            "werkwijze": {"zonder_namen": "ja"} if method == "teambudget" else {},
            "resultaat": {
                "status": random.choices(("geslaagd", "deels_geslaagd", "loopt", "niet_gelukt"), (5, 3, 1, 1))[0],
                "tekst": self.text(self.some("resultaat", 2)),
                **({"spijt": "nee"} if method == "teambudget" else {}),
            },
            "wijziging": self.wishes(),
            "privacy": {"toestemming": "nvt_fictief"},
        }
        return {key: value for key, value in record.items() if value not in ("", [], {})}

    def mix(self) -> Fields:
        """A subject of its own: pieces of all the others."""
        every = self.phrases.subjects
        return {
            "id": "los",
            "zaak": f"een {self.compound()}",
            "gebied": self.pick(every)["gebied"],
            "wet": self.pick(every)["wet"],
            "soorten": self.pick_some(sorted(self.phrases.kinds), 3),
            **{
                part: [
                    sentence for subject in self.pick_some(every, 2) for sentence in self.pick_some(subject[part], 1)
                ]
                for part in ("situatie", "doorbraak")
            },
        }

    def rule(self, role: str) -> Fields:
        """The subject's law, with an article that the vocabulary links to this kind of obstacle where there is one."""
        law = self.subject["wet"]
        known = sorted(
            {
                a.artikel
                for a in self.vocabulary.artikelen
                if a.wet == law and a.artikel and self.kind in a.knelpuntsoorten
            }
        )
        return {"wet": law, **({"artikel": self.pick(known)} if known else {}), "rol": role}

    def wishes(self) -> list[Fields]:
        """One change that fits the kind of obstacle, in some of the records."""
        fitting = [entry for entry in self.vocabulary.wijzigingssoorten if self.kind in entry.knelpuntsoorten]
        if not fitting or self.random.random() < 0.7:
            return []
        change = self.pick(fitting)
        level = self.pick(change.niveaus).niveau
        return [{"soort": change.id, "niveau": level, "voorstel": self.text(self.some("voorstel", 1))}]

    def cost(self, scenario: str) -> Fields:
        """A cost line: once for the exception, by the month for the rest."""
        often = {"per": "eenmalig"} if scenario == "maatwerk" else {"per": "maand", "aantal": "6"}
        sure = self.pick(["bekend", "geschat"])
        what = self.fill(self.pick(self.phrases.general["kosten"]))
        return {"wat": what, "bedrag": self.amount(), **often, "budget": self.payer(), "zekerheid": sure}

    def amount(self) -> str:
        """Euros, mostly small."""
        return str(self.random.randint(2, 40) * self.random.choice((10, 25, 100)))

    def payer(self) -> str:
        """A budget."""
        return self.pick([term.id for term in self.vocabulary.terms["budgetten"]])

    def some(self, name: str, count: int) -> list[str]:
        """Sentences of one list."""
        return self.pick_some(self.phrases.general[name], count)

    def text(self, *parts: Sequence[str]) -> str:
        """Sentences as one paragraph in lines, ending in a line break."""
        sentences = " ".join(self.fill(sentence) for part in parts for sentence in part)
        return textwrap.fill(sentences, WIDTH, break_on_hyphens=False) + "\n"

    def fill(self, phrase: str) -> str:
        """A phrase with its marks filled in."""
        return phrase.format(
            wie=self.who,
            Wie=_capital(self.who),
            zaak=self.subject["zaak"],
            plaats=self.place,
            woord=self.compound(),
            ander=self.compound(),
        )

    def compound(self) -> str:
        """A Dutch compound, so that the vocabulary grows with the number of records as it does in life."""
        parts = self.pick_some(self.phrases.first_parts, self.random.randint(1, 2))
        return "".join(parts) + self.pick(self.phrases.last_parts)

    def pick(self, choices: Sequence[_T]) -> _T:
        """One of them."""
        return self.random.choice(choices)

    def pick_some(self, choices: Sequence[_T], count: int) -> list[_T]:
        """Some of them, each once."""
        return self.random.sample(choices, count)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
