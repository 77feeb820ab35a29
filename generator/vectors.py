"""Vectors: what similarity reads of cases, and each case as rows of numbers. Rows are ordered by id.

What is rare among these cases counts more. The same cases give the same vectors, whatever their order, and a row
changes only if its own case does or if something that it holds passes a step of rarity.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from generator.concepts import Matcher
from generator.model import Case
from generator.tfidf import (
    Counts,
    by_name,
    collect,
    count_names,
    grid_rows,
    in_steps,
    on_grid,
    rarity,
    unit_sparse,
    weigh,
)
from generator.words import folded_name, letter_groups, words

Matrix = NDArray[np.float32]

WORD, CONCEPT = "woord:", "begrip:"
"""What the names of columns begin with."""
CONCEPT_SHARE = 0.3
"""What concepts count for in the terms, beside the words (1.0)."""
BROADER = 0.5
"""A concept also counts as half a mention of the one it falls under."""
IMPLIED_LAW = 0.5
"""A law that a concept belongs to, against one that the writer named (1.0)."""
SECOND_KIND = 0.6
"""An obstacle kind under 'ook', against the main one (1.0)."""
LETTER_DIGITS = 3
"""Rarity of letter groups goes in larger steps, since one sentence holds hundreds: to 8, then 10, 12, 14, 16, 20."""
FEW = 2.0
"""Added to each count of a kind, so that kinds seen once or twice are not taken for kin."""


@dataclass(frozen=True)
class Traits:
    """What similarity reads of a case, or of plain text (then only the text)."""

    id: str
    text: str
    kinds: tuple[str, ...] = ()
    """Obstacle kinds, the main one first."""
    domains: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    local: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vectors:
    """Each case as rows of numbers, one matrix for each kind of likeness."""

    cases: tuple[Traits, ...]
    terms: csr_matrix
    """Words and concepts; rows have length one."""
    term_names: tuple[str, ...]
    """Column names of `terms`: 'woord:postadres', 'begrip:briefadres'."""
    letters: csr_matrix
    kinds: Matrix
    laws: Matrix
    own_laws: Matrix
    domains: Matrix
    articles: Matrix
    local_rules: Matrix
    names: Mapping[str, tuple[str, ...]]
    """Column names of the matrices from `kinds` on, by their name."""


def traits_of(case: Case) -> Traits:
    """What similarity reads of a case."""
    rules = case.rules
    return Traits(
        id=case.id,
        text=" ".join((case.titel, case.situatie, case.knelpunt.tekst, case.doorbraak.tekst)),
        kinds=tuple(dict.fromkeys((case.knelpunt.soort, *case.knelpunt.ook))),
        domains=tuple(dict.fromkeys(case.leefgebieden)),
        laws=tuple(dict.fromkeys(rule.wet for rule in rules if rule.wet)),
        articles=tuple(dict.fromkeys(f"{rule.wet}:{rule.artikel}" for rule in rules if rule.wet and rule.artikel)),
        local=tuple(dict.fromkeys(folded_name(rule.lokaal) for rule in rules if rule.lokaal)),
    )


def traits_of_text(name: str, text: str) -> Traits:
    """Plain text as if it were a case of which only the story is known."""
    return Traits(id=name, text=text)


def vectorise(cases: Sequence[Traits], concepts: Matcher) -> Vectors:
    """Each case as vectors; what is rare among these cases counts more."""
    ordered = tuple(sorted(cases, key=lambda case: case.id))
    texts = [case.text for case in ordered]
    concepts.learn(texts)
    named = [concepts.count(text) for text in texts]
    spelled = by_name(count_names(words(text) for text in texts))
    spread = [with_broader(counts, concepts.broader) for counts in named]
    meant = by_name(collect(spread))
    terms = csr_matrix(hstack((weigh(spelled), weigh(meant) * CONCEPT_SHARE**0.5)))
    sets: dict[str, Sequence[Sequence[str]]] = {
        "kinds": [case.kinds for case in ordered],
        "own_laws": [case.laws for case in ordered],
        "domains": [case.domains for case in ordered],
        "articles": shared_names([case.articles for case in ordered]),
        "local_rules": shared_names([case.local for case in ordered]),
    }
    laws = [law_counts(case.laws, counts, concepts.laws) for case, counts in zip(ordered, named, strict=True)]
    return Vectors(
        cases=ordered,
        terms=grid_rows(unit_sparse(terms)),
        term_names=(*(WORD + name for name in spelled.names), *(CONCEPT + name for name in meant.names)),
        letters=grid_rows(weigh(letters_of(spelled), LETTER_DIGITS)),
        kinds=kind_rows(sets["kinds"]),
        laws=unit_rows(laws),
        own_laws=flags(sets["own_laws"]),
        domains=domain_rows(sets["domains"]),
        articles=rare_rows(sets["articles"]),
        local_rules=rare_rows(sets["local_rules"]),
        names={
            "laws": column_names([tuple(counts) for counts in laws]),
            **{layer: column_names(names) for layer, names in sets.items()},
        },
    )


def letters_of(spelled: Counts) -> Counts:
    """How often each letter group is in each text, from how often its words are: what a word holds is cut up once."""
    groups = by_name(count_names(map(letter_groups, spelled.names)))
    # multiplied lying on its side: set upright again, the columns of each row are in order
    found = csr_matrix(groups.rows.T) @ csr_matrix(spelled.rows.T)
    return Counts(csr_matrix(found.T), groups.names)


def with_broader(counts: Mapping[str, int], broader: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    """Concept counts with, for a concept that is not named itself, half a mention from a narrower one."""
    found = {concept: float(count) for concept, count in counts.items()}
    for concept in counts:
        for wider in broader.get(concept, ())[:1]:
            found.setdefault(wider, BROADER)
    return found


def law_counts(own: Sequence[str], named: Mapping[str, int], laws: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    """The laws of a case: those the writer named, and a share of those its concepts belong to."""
    found = dict.fromkeys(own, 1.0)
    for concept in sorted(named):
        for law in laws.get(concept, ()):
            found[law] = found.get(law, 0.0) + IMPLIED_LAW / len(laws[concept])
    return found


def kind_rows(kinds: Sequence[Sequence[str]]) -> Matrix:
    """Obstacle kinds as rows of length one; kinds that writers often name together are kin."""
    named = flags(kinds)
    counts = named.sum(axis=0)
    together = in_steps(named.T @ named)
    np.fill_diagonal(together, 0.0)
    many = in_steps(counts) + FEW
    kin = np.eye(len(counts)) + together / np.sqrt(np.outer(many, many))
    names = column_names(kinds)
    main = np.array([[float(row[:1] == (name,)) for name in names] for row in kinds], np.float32).reshape(named.shape)
    weighted = (SECOND_KIND * named + (1.0 - SECOND_KIND) * main) * (rarity(counts, len(kinds)) + 1.0)
    rows = np.zeros(named.shape)
    for column, beside in zip(weighted.T, kin, strict=True):  # one after another: added up in one order only
        rows += np.outer(column, beside)
    return unit(rows)


def flags(sets: Sequence[Sequence[str]]) -> Matrix:
    """One row a set, one column a name in the order of the names, 1 where the set has it."""
    names = column_names(sets)
    place = {name: column for column, name in enumerate(names)}
    table = np.zeros((len(sets), len(names)), np.float32)
    for row, members in enumerate(sets):
        table[row, [place[name] for name in members]] = 1.0
    return table


def column_names(sets: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Every name once, sorted."""
    return tuple(sorted({name for members in sets for name in members}))


def unit_rows(counts: Sequence[Mapping[str, float]]) -> Matrix:
    """Counted names as rows of length one; a row without names stays empty."""
    return unit(by_name(collect(counts)).rows)


def unit(rows: NDArray[np.float64] | csr_matrix) -> Matrix:
    """Rows made length one, on the grid; an empty row stays empty."""
    return np.asarray(grid_rows(unit_sparse(csr_matrix(rows))).toarray(), np.float32)


def domain_rows(sets: Sequence[Sequence[str]]) -> Matrix:
    """Life domains as rows; even one that every case has counts a little."""
    named = flags(sets)
    return on_grid(named * (rarity(named.sum(axis=0), len(sets)) + 1.0))


def rare_rows(sets: Sequence[Sequence[str]]) -> Matrix:
    """Names as rows of rarity: 1 for what two cases share and no third has, towards 0 for what all have.

    A name that one case has alone has no column: nothing can share it.
    """
    named = flags(shared_names(sets))
    if len(sets) < 3:
        return np.zeros_like(named)
    share = rarity(named.sum(axis=0), len(sets)) / rarity(np.array(2.0), len(sets))
    return np.asarray(named * np.minimum(share, 1.0), np.float32)


def shared_names(sets: Sequence[Sequence[str]]) -> list[list[str]]:
    """Of every set the names that another set has as well."""
    seen = Counter(name for members in sets for name in set(members))
    return [[name for name in members if seen[name] > 1] for members in sets]
