"""The recipe of the weights for plain text, and what the compact measure costs beside the full one.

Usage: python -m benchmarks.fit_plaintext [--write]

A labelled case is told as plain text in two ways (its situation; situation and obstacle) and compared with the others,
of which the index holds only what a browser gets. Pairs are of text and case; every pair counts once a reader. The
figures are of pairs that the fit has not seen: all pairs with a case from the source of either one are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from benchmarks.fit_weights import (
    FOLDS,
    SEEDS,
    Array,
    fit,
    read_cases,
    read_labels,
    same_group,
    source_folds,
    source_of,
)
from benchmarks.patterns.measures import Groups, Ranking, recall_of_similar
from generator.model import Case
from generator.plaintext import PARTS, index_plain
from generator.similarity import compare
from generator.vectors import traits_of, traits_of_text
from generator.vocabulary import load_vocabulary

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "generator/vocabulary/gelijkenis_tekst.yaml"
HEAD = "# Gewichten voor platte tekst, geleerd door benchmarks/fit_plaintext.py; wijzig ze niet met de hand.\n"
LEARNED = PARTS[:3]
SET_BY_HAND = {"artikelen": 1.0}
"""Hardly any of the labelled texts names an article."""
QUERY = "-"

FORMS: Mapping[str, Callable[[Case], str]] = {
    "situation": lambda case: case.situatie,
    "situation and obstacle": lambda case: f"{case.situatie} {case.knelpunt.tekst}",
}
"""How a case is told as plain text."""


def table_of(cases: Sequence[Case], form: Callable[[Case], str]) -> Array:
    """The learned parts of every text beside every other case, by an index without the text's own case."""
    laws = load_vocabulary().wetten
    table = np.zeros((len(cases), len(cases), len(LEARNED)))
    for row, case in enumerate(cases):
        index = index_plain((traits_of(other) for other in cases if other is not case), laws)
        for column, parts in zip(others(row, len(cases)), index.parts(index.read(form(case))), strict=True):
            table[row, column] = parts[: len(LEARNED)]
    return table


def others(row: int, count: int) -> list[int]:
    """All rows but one, in order."""
    return [other for other in range(count) if other != row]


def cross_fit(
    tables: Sequence[Array], readers: Sequence[NDArray[np.bool_]], sources: Sequence[str], seed: int
) -> list[Array]:
    """For each form the weighted sum of every pair, by weights fitted without the sources of its two cases."""
    fold = source_folds(sources, seed)
    count = len(sources)
    one, other = (part.ravel() for part in np.indices((count, count)))
    apart = one != other
    totals = [np.full((count, count), -np.inf) for _ in tables]
    for first in range(FOLDS):
        for second in range(FOLDS):
            seen = apart & ~(np.isin(fold[one], (first, second)) | np.isin(fold[other], (first, second)))
            now = apart & (fold[one] == first) & (fold[other] == second)
            weights, constant = fit(*stacked(tables, readers, one[seen], other[seen]))
            for table, total in zip(tables, totals, strict=True):
                total[one[now], other[now]] = table[one[now], other[now]] @ weights + constant
    return totals


def stacked(
    tables: Sequence[Array], readers: Sequence[NDArray[np.bool_]], one: NDArray[np.int64], other: NDArray[np.int64]
) -> tuple[Array, NDArray[np.bool_]]:
    """The pairs of all forms, each once a reader."""
    rows = [table[one, other] for table in tables for _ in readers]
    return np.vstack(rows), np.concatenate([reader[one, other] for _ in tables for reader in readers])


def ranking_of(ids: Sequence[str], totals: Array) -> Ranking:
    """The nearest cases of a text, by these sums."""

    def nearest(case: str, count: int) -> list[str]:
        row = ids.index(case)
        order = sorted(others(row, len(ids)), key=lambda column: (-totals[row, column], ids[column]))
        return [ids[column] for column in order[:count]]

    return nearest


def full_measure(cases: Sequence[Case], form: Callable[[Case], str]) -> Array:
    """The likelihoods of the measure of records, which needs all words, for the same texts."""
    totals = np.zeros((len(cases), len(cases)))
    for row, case in enumerate(cases):
        found = compare(
            [traits_of_text(QUERY, form(case)), *(traits_of(other) for other in cases if other is not case)]
        )
        asked = found.ids.index(QUERY)
        near = dict(zip(found.ids, found.total[asked].tolist(), strict=True))
        for column in others(row, len(cases)):
            totals[row, column] = near[cases[column].id]
    return totals


@click.command()
@click.option("--write", is_flag=True, help="Write the weights into the package.")
def main(write: bool) -> None:
    """Fit on all pairs and print what the fit is worth on pairs it has not seen."""
    labels = read_labels()
    cases = read_cases(list(labels))
    ids = [case.id for case in cases]
    wanted = [[labels[case][reader] for case in ids] for reader in (0, 1)]
    readers = [same_group(names) for names in wanted]
    gold: list[Groups] = [{case: name for case, name in zip(ids, names, strict=True) if name} for names in wanted]
    tables = [table_of(cases, form) for form in FORMS.values()]
    one, other = np.where(~np.eye(len(cases), dtype=bool))
    weights, constant = fit(*stacked(tables, readers, one, other))
    learned = {name: float(value) for name, value in zip(LEARNED, weights, strict=True)} | SET_BY_HAND
    lines = [f"constante: {constant:.2f}", "delen:", *(f"  {name}: {value:.2f}" for name, value in learned.items())]
    text = HEAD + "\n".join(lines) + "\n"
    if write:
        WEIGHTS.write_text(text, "utf-8")
    click.echo(text)
    click.echo(f"same as the shipped weights: {'yes' if WEIGHTS.read_text('utf-8') == text else 'no'}\n")
    click.echo(f"{len(cases)} texts; recall@5, mean of both readers\n")
    click.echo("| text | concepts alone | compact measure, unseen pairs | full measure |\n|---|---|---|---|")
    sources = [source_of(case) for case in cases]
    unseen = [cross_fit(tables, readers, sources, seed) for seed in range(SEEDS)]
    for place, (name, form) in enumerate(FORMS.items()):
        rows = ([tables[place][:, :, 0]], [totals[place] for totals in unseen], [full_measure(cases, form)])
        figures = [np.mean([recall_of_similar(ids, g, ranking_of(ids, t)) for t in row for g in gold]) for row in rows]
        click.echo(f"| {name} | {' | '.join(f'{figure:.3f}' for figure in figures)} |")


if __name__ == "__main__":
    main()
