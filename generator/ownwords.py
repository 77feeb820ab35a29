"""The site's own words: concepts, synonyms, budgets and local rules that a municipality adds to the package's lists.

They add and never change: an entry that meets one of ours is a `Problem`, and is left out. Text in them is data, read
as strictly as a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from generator.fields import field_problems
from generator.model import CaseId, Line, Link, Text
from generator.problems import Problem, has_errors
from generator.source import Mapping as Tree
from generator.source import Source, parse_source, place_of, plain_value
from generator.structure import Path
from generator.vocabulary import Concept, OwnRule, Term, Vocabulary, read_moment
from generator.words import folded_name, folded_words

SHORTEST_STEM = 5
"""Letters of the shortest stem or part of a word: shorter ones are in too many words."""
LISTS = ("begrippen", "synoniemen", "budgetten", "lokaal")
"""What a site may add to. Other lists mean something to the checks, so they stay ours."""


def _since(value: str) -> str:
    try:
        return read_moment(value)
    except ValueError as error:
        raise PydanticCustomError("EIGEN-SINDS-VORM", "not a moment") from error


Since = Annotated[str, AfterValidator(_since)]
"""A day, a month or a year that exists."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Budget(_Part):
    id: CaseId
    label: Line
    omschrijving: Line


class _Concept(_Part):
    id: CaseId
    label: Line
    woorden: Annotated[tuple[Line, ...], Field(min_length=1)]
    stammen: tuple[Line, ...] = ()
    samenstelling: tuple[Line, ...] = ()
    artikelen: tuple[Line, ...] = ()
    wetten: tuple[Line, ...] = ()
    ruimer: Line | None = None


class _Synonyms(_Part):
    begrip: Line
    woorden: Annotated[tuple[Line, ...], Field(min_length=1)]


class _Rule(_Part):
    naam: Line
    kern: Text
    sinds: Since | None = None
    link: Link | None = None


class _File(_Part):
    begrippen: tuple[_Concept, ...] = ()
    synoniemen: tuple[_Synonyms, ...] = ()
    budgetten: tuple[_Budget, ...] = ()
    lokaal: tuple[_Rule, ...] = ()


def extend_vocabulary(
    vocabulary: Vocabulary, raw: Iterable[tuple[str, bytes]]
) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """The lists with what files (name and bytes) add to them, and everything that is wrong with the files.

    The order of the files does not matter: they are read by name. A file with a fault in a field adds nothing.
    """
    growing = _Growing(vocabulary)
    problems: list[Problem] = []
    read: list[tuple[Source, _File]] = []
    for file, data in sorted(raw):
        source = parse_source(file, data)
        faults = [*source.problems, *_unknown_lists(source)]
        if source.root is not None and not has_errors(faults):
            try:
                read.append((source, _File.model_validate(plain_value(source.root))))
            except ValidationError as error:
                faults += field_problems(_File, file, source.root, error)
        problems += faults
    for add in (_add_budgets, _add_concepts, _add_synonyms, _add_rules, _check_broader):
        for source, part in read:
            problems += add(growing, source, part)
    return growing.whole(), tuple(problems)


@dataclass
class _Growing:
    """The lists while entries are added."""

    vocabulary: Vocabulary
    budgets: list[Term] = field(default_factory=list)
    concepts: dict[str, Concept] = field(init=False)
    words: dict[tuple[str, ...], str] = field(init=False)
    """A word or phrase, folded, and the label of the concept that it names."""
    rules: dict[str, OwnRule] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.concepts = {concept.id: concept for concept in self.vocabulary.concepts}
        self.words = {
            folded_words(word): concept.label for concept in self.vocabulary.concepts for word in concept.woorden
        }

    def whole(self) -> Vocabulary:
        """All lists, ours first."""
        terms: Mapping[str, tuple[Term, ...]] = self.vocabulary.terms
        grown = {**terms, "budgetten": (*terms["budgetten"], *self.budgets)}
        changed = {
            "terms": grown,
            "concepts": tuple(self.concepts.values()),
            "eigen_regels": tuple(self.rules[name] for name in sorted(self.rules)),
        }
        kept = {name: getattr(self.vocabulary, name) for name in Vocabulary.model_fields}
        return Vocabulary.model_construct(**kept | changed)

    def claim(self, words: Iterable[str], label: str) -> None:
        """From now on these words name the concept."""
        self.words |= {folded_words(word): label for word in words}


_Add = Callable[[_Growing, Source, _File], Iterator[Problem]]


def _unknown_lists(source: Source) -> Iterator[Problem]:
    for entry in source.root.entries if source.root is not None else ():
        if entry.key.text not in LISTS:
            yield Problem(source.file, entry.key.place, "EIGEN-LIJST", {"keuzes": ", ".join(LISTS)})


def _add_budgets(growing: _Growing, source: Source, part: _File) -> Iterator[Problem]:
    known = list(growing.vocabulary.terms["budgetten"])
    for number, budget in enumerate(part.budgetten):
        taken = _taken(source, ("budgetten", number), budget, [(t.id, t.label) for t in (*known, *growing.budgets)])
        yield from taken
        if not taken:
            growing.budgets.append(Term(**budget.model_dump()))


def _add_concepts(growing: _Growing, source: Source, part: _File) -> Iterator[Problem]:
    articles = {article.id for article in growing.vocabulary.artikelen}
    for number, concept in enumerate(part.begrippen):
        path: Path = ("begrippen", number)
        faults = _taken(source, path, concept, [(c.id, c.label) for c in growing.concepts.values()])
        faults += _taken_words(growing, source, path, concept.woorden, concept.label)
        faults += _strange(source, (*path, "artikelen"), concept.artikelen, articles, "artikelen")
        faults += _strange(source, (*path, "wetten"), concept.wetten, growing.vocabulary.law_by_id, "wetten")
        for key, stems in (("stammen", concept.stammen), ("samenstelling", concept.samenstelling)):
            short = [place for place, stem in enumerate(stems) if len("".join(folded_words(stem))) < SHORTEST_STEM]
            faults += [_at(source, (*path, key, place), "EIGEN-STAM-KORT", grens=str(SHORTEST_STEM)) for place in short]
        yield from faults
        if not faults:
            growing.concepts[concept.id] = Concept(**concept.model_dump())
            growing.claim(concept.woorden, concept.label)


def _add_synonyms(growing: _Growing, source: Source, part: _File) -> Iterator[Problem]:
    for number, added in enumerate(part.synoniemen):
        path: Path = ("synoniemen", number)
        concept = growing.concepts.get(added.begrip)
        if concept is None:
            yield _at(source, (*path, "begrip"), "EIGEN-VERWIJZING", lijst="begrippen")
            continue
        faults = _taken_words(growing, source, path, added.woorden, concept.label)
        yield from faults
        if not faults:
            words = tuple(dict.fromkeys((*concept.woorden, *added.woorden)))
            growing.concepts[concept.id] = concept.model_copy(update={"woorden": words})
            growing.claim(added.woorden, concept.label)


def _add_rules(growing: _Growing, source: Source, part: _File) -> Iterator[Problem]:
    for number, rule in enumerate(part.lokaal):
        name = folded_name(rule.naam)
        if name in growing.rules:
            yield _at(source, ("lokaal", number, "naam"), "EIGEN-REGEL-BESTAAT")
        else:
            growing.rules[name] = OwnRule(**rule.model_dump())


def _check_broader(growing: _Growing, source: Source, part: _File) -> Iterator[Problem]:
    """Read last: a concept may fall under one of a later file. One that falls under nothing known stands by itself."""
    for number, concept in enumerate(part.begrippen):
        ours = growing.concepts.get(concept.id)
        if concept.ruimer is not None and concept.ruimer not in growing.concepts:
            yield _at(source, ("begrippen", number, "ruimer"), "EIGEN-VERWIJZING", lijst="begrippen")
            if ours is not None:
                growing.concepts[concept.id] = ours.model_copy(update={"ruimer": None})


def _taken(source: Source, path: Path, entry: _Budget | _Concept, known: Iterable[tuple[str, str]]) -> list[Problem]:
    """An id or a label that another entry has."""
    names = list(known)
    faults = []
    if entry.id in {name for name, _ in names}:
        faults.append(_at(source, (*path, "id"), "EIGEN-ID-BESTAAT"))
    if entry.label.casefold() in {label.casefold() for _, label in names}:
        faults.append(_at(source, (*path, "label"), "EIGEN-LABEL-BESTAAT"))
    return faults


def _taken_words(growing: _Growing, source: Source, path: Path, words: tuple[str, ...], label: str) -> list[Problem]:
    """Words without a letter, and words that name another concept already."""
    faults = []
    for place, word in enumerate(words):
        other = growing.words.get(folded_words(word), label)
        where = (*path, "woorden", place)
        if not folded_words(word):
            faults.append(_at(source, where, "EIGEN-WOORD-LEEG"))
        elif other != label:
            faults.append(_at(source, where, "EIGEN-WOORD-BESTAAT", begrip=other))
    return faults


def _strange(source: Source, path: Path, words: tuple[str, ...], known: Iterable[str], name: str) -> list[Problem]:
    there = set(known)
    return [
        _at(source, (*path, place), "EIGEN-VERWIJZING", lijst=name)
        for place, word in enumerate(words)
        if word not in there
    ]


def _at(source: Source, path: Path, code: str, **values: str) -> Problem:
    assert isinstance(source.root, Tree)
    return Problem(source.file, place_of(source.root, path), code, values)
