"""The recipe of the weights: pairs of cases that two readers grouped independently, and a logistic regression.

Usage: python -m benchmarks.fit_weights [--write] [--chart docs/beeld/sterkte.svg]

Reads the records in `cases/` and the labels in `tests/data/labels.jsonl`. Every pair counts twice, once a reader.
The figures are of pairs that the fit has not seen: for a pair, all pairs with a case from the source of either one are
left out. `--write` writes the weights that ship with the package; without it they are printed and compared.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlparse

import click
import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.patterns.measures import Groups, Ranking, Scores, mean_scores, recall_of_similar, score
from generator.clustering import CUT, cluster_rows
from generator.concepts import concept_matcher
from generator.model import Case
from generator.pipeline import check_records
from generator.settings import Settings
from generator.similarity import Similarity, parts
from generator.vectors import Vectors, traits_of, vectorise
from generator.vocabulary import load_vocabulary

Array = NDArray[np.float64]

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "generator/vocabulary/gelijkenis.yaml"
HEAD = "# Gewichten van de gelijkenis, geleerd door benchmarks/fit_weights.py; wijzig ze niet met de hand.\n"
CUTS = (0.35, 0.40, 0.50, 0.55, 0.60, 0.62, 0.70)
SEEDS = 8

LEARNED = ("woorden en begrippen", "letters", "knelpuntsoorten", "leefgebieden", "wetten", "andere wetten")
SET_BY_HAND = {"artikelen": 1.0, "lokale regels": 1.0}
"""Too few labelled pairs share these to learn them; more weight cost precision on unseen pairs."""
STRENGTH = 1.0
"""Inverse of the penalty on weights; 0.1 to 3 give the same figures."""
FOLDS = 6


def fit(rows: Array, wanted: NDArray[np.bool_]) -> tuple[Array, float]:
    """Weights and constant on the parts as they are, fitted on parts of equal spread."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit((rows - middle) / spread, wanted)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ middle)


def cross_fit(table: Array, readers: Sequence[NDArray[np.bool_]], sources: Sequence[str], seed: int) -> Array:
    """The weighted sum of each pair by weights fitted without the sources of its two cases."""
    fold = source_folds(sources, seed)
    one, other = np.triu_indices(len(sources), 1)
    total = np.zeros((len(sources), len(sources)))
    for first in range(FOLDS):
        for second in range(first, FOLDS):
            left_out = np.isin(fold[one], (first, second)) | np.isin(fold[other], (first, second))
            now = ((fold[one] == first) & (fold[other] == second)) | ((fold[one] == second) & (fold[other] == first))
            rows = table[one[~left_out], other[~left_out]]
            wanted = [reader[one[~left_out], other[~left_out]] for reader in readers]
            weights, constant = fit(np.vstack([rows] * len(readers)), np.concatenate(wanted))
            total[one[now], other[now]] = table[one[now], other[now]] @ weights + constant
    return total + total.T


def source_folds(sources: Sequence[str], seed: int) -> NDArray[np.int64]:
    """A fold for each case, equal for cases of one source, folds about equally large."""
    size = Counter(sources)
    shuffled = np.random.default_rng(seed).permutation(sorted(size))
    load, fold = [0] * FOLDS, {}
    for source in sorted((str(source) for source in shuffled), key=lambda source: -size[source]):
        fold[source] = int(np.argmin(load))
        load[fold[source]] += size[source]
    return np.array([fold[source] for source in sources])


def same_group(labels: Sequence[str | None]) -> NDArray[np.bool_]:
    """For every pair whether a reader put both in one group."""
    return np.array([[one is not None and one == other for other in labels] for one in labels])


def read_labels() -> dict[str, tuple[str | None, str | None]]:
    """The groups that two readers gave, by case id."""
    lines = (ROOT / "tests/data/labels.jsonl").read_text("utf-8").splitlines()
    return {row["id"]: (row["pattern_a"], row["pattern_b"]) for row in map(json.loads, lines)}


def read_cases(known: Sequence[str]) -> list[Case]:
    """The labelled records of the site, by id."""
    settings = Settings(root=ROOT, cases=ROOT / "cases", patterns=ROOT / "patterns")
    records = check_records(settings, load_vocabulary()).records
    return sorted((r.case for r in records if r.case.id in known), key=lambda case: case.id)


def source_of(case: Case) -> str:
    """What stands for the source of a case: the host of its address, else the publisher, else its title."""
    source = case.bronnen[0] if case.bronnen else None
    if source is None:
        return case.id
    return urlparse(source.url or "").netloc.removeprefix("www.") or source.uitgever or source.titel


def grouped(vectors: Vectors, likelihood: Array, cut: float) -> list[str]:
    """A label for each row from average linkage at `cut`."""
    found = Similarity(vectors, likelihood.astype(np.float32))
    labels = [""] * len(likelihood)
    for number, rows in enumerate(cluster_rows(found, range(len(likelihood)), cut)):
        for row in rows:
            labels[row] = f"groep-{number}"
    return labels


def strengths(
    vectors: Vectors, likelihood: Array, readers: Sequence[NDArray[np.bool_]], cut: float
) -> list[tuple[float, float]]:
    """Of every membership: the strength shown, and the share of its company that the readers agree with."""
    labels = grouped(vectors, likelihood, cut)
    found = []
    for row, label in enumerate(labels):
        others = [other for other, name in enumerate(labels) if name == label and other != row]
        if others:
            right = np.mean([reader[row, others].mean() for reader in readers])
            found.append((float(likelihood[row, others].mean()), float(right)))
    return found


def ranking_of(vectors: Vectors, likelihood: Array) -> Ranking:
    """The nearest cases of a case, by this likelihood."""
    found = Similarity(vectors, likelihood.astype(np.float32))

    def nearest(case: str, count: int) -> list[str]:
        return [found.ids[row] for row, _ in found.nearest(found.ids.index(case), count)]

    return nearest


def likelihood_of(total: Array) -> Array:
    """The logistic, with every case wholly like itself."""
    likelihood: Array = 1.0 / (1.0 + np.exp(-total))
    np.fill_diagonal(likelihood, 1.0)
    return likelihood


def render_weights(weights: Array, constant: float) -> str:
    """The data file that ships with the package."""
    learned = {name: float(value) for name, value in zip(LEARNED, weights, strict=True)} | SET_BY_HAND
    lines = [f"constante: {constant:.2f}", "delen:", *(f"  {name}: {value:.2f}" for name, value in learned.items())]
    return HEAD + "\n".join(lines) + "\n"


@click.command()
@click.option("--write", is_flag=True, help="Write the weights into the package.")
@click.option("--chart", type=click.Path(path_type=Path), help="Draw how well the shown strength holds, as SVG.")
def main(write: bool, chart: Path | None) -> None:
    """Fit on all pairs and print what the fit is worth on pairs it has not seen."""
    labels = read_labels()
    cases = read_cases(list(labels))
    vectors = vectorise([traits_of(case) for case in cases], concept_matcher())
    found = dict(parts(vectors))
    table = np.stack([found[name] for name in LEARNED], axis=-1).astype(np.float64)
    wanted = [[labels[case.id][reader] for case in cases] for reader in (0, 1)]
    readers = [same_group(names) for names in wanted]
    upper = np.triu_indices(len(cases), 1)
    weights, constant = fit(np.vstack([table[upper]] * 2), np.concatenate([reader[upper] for reader in readers]))
    text = render_weights(weights, constant)
    if write:
        WEIGHTS.write_text(text, "utf-8")
    click.echo(text)
    click.echo(f"same as the shipped weights: {'yes' if WEIGHTS.read_text('utf-8') == text else 'no'}\n")

    hand = sum(SET_BY_HAND[name] * found[name].astype(np.float64) for name in SET_BY_HAND)
    unseen = [
        likelihood_of(cross_fit(table, readers, [source_of(case) for case in cases], seed) + hand)
        for seed in range(SEEDS)
    ]
    click.echo(
        f"{len(cases)} cases, {FOLDS} folds by source, {SEEDS} seeds, both readers; pairs unseen by their weights\n"
    )
    ids = [case.id for case in cases]
    gold: list[Groups] = [{case: name for case, name in zip(ids, names, strict=True) if name} for names in wanted]
    rows = {
        cut: mean_scores(
            [score(ids, g, dict(zip(ids, grouped(vectors, s, cut), strict=True))) for s in unseen for g in gold]
        )
        for cut in CUTS
    }
    names = [field.name for field in fields(Scores)]
    click.echo(f"| cut | {' | '.join(names)} |\n|{'---|' * (len(names) + 1)}")
    for cut, row in rows.items():
        mark = " (ours)" if cut == CUT else ""
        click.echo(f"| {cut:.2f}{mark} | {' | '.join(f'{getattr(row, name):.3f}' for name in names)} |")
    recall = [recall_of_similar(ids, g, ranking_of(vectors, s)) for s in unseen for g in gold]
    click.echo(f"\nrecall@5 {np.mean(recall):.3f}")
    held = [pair for s in unseen for pair in strengths(vectors, s, readers, CUTS[0])]
    bands = band_figures(held)
    click.echo("\n| strength shown | memberships | of which hold |\n|---|---|---|")
    for low, high, count, share in bands:
        click.echo(f"| {low:.1f} to {high:.1f} | {count / SEEDS:.1f} | {share:.2f} |")
    if chart:
        draw_chart(bands, chart)


def band_figures(held: Sequence[tuple[float, float]]) -> list[tuple[float, float, int, float]]:
    """For bands of shown strength: from, to, how many memberships, and the share that the readers agree with."""
    edges = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0]
    bands = []
    for low, high in pairwise(edges):
        inside = [right for shown, right in held if low <= shown < high or shown == high == 1.0]
        if inside:
            bands.append((low, high, len(inside), float(np.mean(inside))))
    return bands


def draw_chart(bands: Sequence[tuple[float, float, int, float]], target: Path) -> None:
    """The curve of shown strength against what holds, as SVG of fixed bytes."""
    with mpl.rc_context({"svg.hashsalt": "atlas", "svg.fonttype": "none", "font.family": "sans-serif"}):
        figure = Figure(figsize=(6, 4))
        axes = figure.add_subplot()
        axes.plot([0.3, 1], [0.3, 1], color="#888888", linestyle="--", label="precies zoals getoond")
        middles = [(low + high) / 2 for low, high, _, _ in bands]
        axes.plot(middles, [share for *_, share in bands], color="#0b5563", marker="o", label="gemeten")
        axes.set_xlabel("sterkte die de site toont")
        axes.set_ylabel("deel dat volgens twee lezers klopt")
        axes.set_xlim(0.3, 1)
        axes.set_ylim(0, 1)
        axes.legend(loc="lower right")
        FigureCanvasSVG(figure).print_figure(str(target), format="svg", metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
