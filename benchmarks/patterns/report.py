"""Figures to Markdown: one table, and what was asked beside what was measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from math import log

from benchmarks.patterns.corpora import LABELLED, labelled
from benchmarks.patterns.figures import Figures
from benchmarks.patterns.measures import Scores, score
from benchmarks.patterns.methods import method_by_name
from benchmarks.patterns.planted import pattern_count
from benchmarks.patterns.stability import Stability

PACKAGES = ("maatwerkatlas", "scikit-learn", "scipy", "numpy", "bertopic", "umap-learn", "hdbscan")
HEAD = (
    "casussen", "methode", "AMI", "ARI", "B³ P", "B³ R", "B³ F1", "paar P", "paar R", "lijkt-op@5", "groepen",
    "oud blijft (ARI)", "verhuist %", "vertrekt %", "s", "s processor", "MB", "groei",
)  # fmt: skip
SMALL, LARGE = 1500, 15000
"""Numbers of planted cases between which growth is asked for."""
MOST_SECONDS, MOST_MEGABYTES, MOST_GROWTH = 30.0, 1024.0, 1.3
MOST_MOVED, MOST_LEFT = 0.0, 0.02

Results = Mapping[tuple[str, str], Figures]
"""Figures by corpus and method, in the order of the table."""


@dataclass(frozen=True)
class Demand:
    """Something that is asked, what came of it, and whether that is enough."""

    asked: str
    measured: str
    met: bool


def render_report(results: Results, seed: int, cores: int) -> str:
    """The whole report."""
    found = ", ".join(f"{name} {number}" for name, number in versions())
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    lines = [
        f"Gemeten op {date.today().isoformat()} met {found}; {machine}, {cores} van {os.cpu_count()} kernen; "
        f"zaad {seed}.",
        "",
        f"| {' | '.join(HEAD)} |",
        f"|{'---|' * len(HEAD)}",
    ]
    lines += render_rows(results)
    wanted = list(demands(results))
    if wanted:
        lines += ["", *(f"- {d.asked}: {d.measured}, {'gehaald' if d.met else '**niet gehaald**'}." for d in wanted)]
    return "\n".join(lines)


def versions() -> Iterator[tuple[str, str]]:
    """The versions of what took part, as far as installed."""
    for name in PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue


def render_rows(results: Results) -> Iterator[str]:
    """The rows of the table; those of the labelled cases begin with how far the two annotators agree."""
    if any(corpus == LABELLED for corpus, _ in results):
        corpus = labelled()
        one, other = corpus.golds
        yield _row([corpus_label(LABELLED), "de twee beoordelaars onderling", *_scores(score(corpus.ids, one, other))])
    for (name, method), figures in results.items():
        yield _row([corpus_label(name), method_by_name(method).label, *_cells(figures, growth(results, name, method))])


def corpus_label(name: str) -> str:
    """What the reader sees of a corpus."""
    if name == LABELLED:
        return f"{len(labelled().cases)} gelabeld"
    return f"{name} verzonnen, {pattern_count(int(name))} patronen"


def growth(results: Results, corpus: str, method: str) -> float | None:
    """The exponent of processor time from `SMALL` to this number of cases."""
    base, figures = results.get((str(SMALL), method)), results.get((corpus, method))
    if corpus == LABELLED or int(corpus) <= SMALL or not (base and base.quality and figures and figures.quality):
        return None
    return log(figures.quality.cpu / base.quality.cpu) / log(int(corpus) / SMALL)


def demands(results: Results) -> Iterator[Demand]:
    """What is asked of our own method, as far as it was measured."""
    for (corpus, method), figures in results.items():
        if method != "registry":
            continue
        if figures.stability:
            yield from stability_demands(corpus_label(corpus), figures.stability)
        if figures.quality and corpus == str(SMALL):
            measured = f"{_number(figures.quality.wall, 1)} s en {figures.quality.megabytes:.0f} MB"
            met = figures.quality.wall < MOST_SECONDS and figures.quality.megabytes < MOST_MEGABYTES
            yield Demand(f"{SMALL} casussen binnen {MOST_SECONDS:.0f} s en {MOST_MEGABYTES:.0f} MB", measured, met)
        exponent = growth(results, corpus, method)
        if exponent is not None and corpus == str(LARGE):
            asked = f"Groei van {SMALL} naar {LARGE} onder {_number(MOST_GROWTH, 1)}"
            yield Demand(asked, _number(exponent, 2), exponent < MOST_GROWTH)


def stability_demands(corpus: str, found: Stability) -> Iterator[Demand]:
    """Nobody moves, hardly anybody leaves; the worst round counts."""
    every = f"{found.rounds} keer een tiende erbij, {corpus}"
    yield Demand(
        f"Geen casus verhuist naar een ander patroon ({every})",
        f"hoogstens {_percent(found.most_moved)} %",
        found.most_moved <= MOST_MOVED,
    )
    yield Demand(
        f"Hoogstens {_percent(MOST_LEFT)} % vertrekt ({every})",
        f"hoogstens {_percent(found.most_left)} %",
        found.most_left <= MOST_LEFT,
    )


def _cells(figures: Figures, exponent: float | None) -> Iterator[str]:
    quality, stability = figures.quality, figures.stability
    if quality is None:
        yield f"niet gemeten: {figures.missing}"
        return
    yield from _scores(quality.scores)
    yield _number(quality.similar, 2)
    yield str(quality.groups)
    if stability is None:
        yield from ("–",) * 3
    else:
        yield _number(stability.ari, 2)
        yield _percent(stability.moved)
        yield _percent(stability.left)
    yield _number(quality.wall, 1)
    yield _number(quality.cpu, 1)
    yield f"{quality.megabytes:.0f}"
    yield "–" if exponent is None else _number(exponent, 2)


def _scores(scores: Scores) -> list[str]:
    values = (
        scores.ami, scores.ari, scores.bcubed_precision, scores.bcubed_recall, scores.bcubed,
        scores.pair_precision, scores.pair_recall,
    )  # fmt: skip
    return [_number(value, 2) for value in values]


def _row(cells: Iterable[str]) -> str:
    """A row of the table; cells that lack are a dash."""
    written = list(cells)
    return f"| {' | '.join([*written, *['–'] * (len(HEAD) - len(written))])} |"


def _number(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".replace(".", ",")


def _percent(share: float) -> str:
    return _number(100 * share, 1)
