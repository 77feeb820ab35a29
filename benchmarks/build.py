"""What our build costs beside a plain MkDocs build of the same pages: `python -m benchmarks.build`.

Ratios are what counts: seconds depend on the machine, ratios hardly. Each build is a whole process; the builds take
turns, so that a busy moment of the machine hits them alike, and a ratio is the median over the rounds. This process
stays small: its children's peak memory cannot be less than its own.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median

import click

from benchmarks.running import ROOT, Run, module, run, scratch

PLAIN = "plain `mkdocs build`"
FULL = "(a) whole `maatwerkatlas build`"
RENDER = "(b) rendering alone"
READ = "rendering, and reading the YAML"
TARGETS: Mapping[str, float] = {FULL: 0.5, RENDER: 0.2}
"""Highest ratio to the plain build, in wall time and in processor time."""


Rounds = Mapping[str, Sequence[Run]]
"""The runs of each build, one a round."""


@click.command()
@click.option("--cases", default=1000, show_default=True, help="How many records to generate.")
@click.option("--repeat", default=3, show_default=True, help="Rounds.")
@click.option("--seed", default=1, show_default=True, help="Of the generated records.")
@click.option(
    "--work", type=click.Path(path_type=Path), help="New folder to work in, which is kept; else a temporary one."
)
def main(cases: int, repeat: int, seed: int, work: Path | None) -> None:
    """Measure, print the ratios as Markdown; exit code 1 if a target is missed."""
    with scratch(work) as root:
        click.echo("preparing", err=True)
        run(module("benchmarks.part", "prepare", root, f"--cases={cases}", f"--seed={seed}"))
        rounds = measure(root, repeat)
        sites = module("benchmarks.part", "compare", root / "site-full", root / "site-plain")
        said = subprocess.run(sites, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
    click.echo(render_report(rounds, [f"{cases} generated records (seed {seed}), {repeat} rounds", said]))
    sys.exit(0 if all(met(rounds, name) for name in TARGETS) else 1)


def measure(root: Path, repeat: int) -> Rounds:
    """Run every build once a round, in turns."""
    sites = {
        name: root / f"site-{word}" for name, word in ((PLAIN, "plain"), (FULL, "full"), (RENDER, "b"), (READ, "r"))
    }
    commands = {
        PLAIN: module(
            "mkdocs", "build", "--quiet", "--config-file", root / "plain/mkdocs.yml", "--site-dir", sites[PLAIN]
        ),
        FULL: module("generator", "build", "--fresh", "--cases", root / "cases", "--site", sites[FULL]),
        RENDER: module("benchmarks.render", root, sites[RENDER]),
        READ: module("benchmarks.render", root, sites[READ], "--read"),
    }
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(repeat):
        for name, command in commands.items():
            shutil.rmtree(sites[name], ignore_errors=True)
            runs[name].append(run(command, cache=root / "cache"))
            click.echo(f"round {number + 1}: {name} {runs[name][-1].wall:.1f} s", err=True)
    return runs


def ratio(rounds: Rounds, name: str, what: str) -> float:
    """Median over the rounds of a build's `wall` or `cpu` beside that of the plain build in the same round."""
    pairs = zip(rounds[name], rounds[PLAIN], strict=True)
    return float(median(getattr(run, what) / getattr(plain, what) for run, plain in pairs))


def met(rounds: Rounds, name: str) -> bool:
    """Whether a build stays within its target both ways."""
    return all(ratio(rounds, name, what) <= TARGETS[name] for what in ("wall", "cpu"))


def render_report(rounds: Rounds, notes: Sequence[str]) -> str:
    """The figures as Markdown: a table of ratios, and the stages of each build."""
    names = ("mkdocs", "mkdocs-material", "pagefind", "scipy")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    lines = [f"{date.today().isoformat()}; {versions}; {machine}.", ""]
    lines += [f"{note}." for note in notes]
    lines += [
        "",
        "| build | wall ratio | processor ratio | target | wall s | processor s | peak MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, runs in rounds.items():
        ratios = f"{ratio(rounds, name, 'wall'):.2f} | {ratio(rounds, name, 'cpu'):.2f}"
        target = f"<= {TARGETS[name]}: {'met' if met(rounds, name) else 'missed'}" if name in TARGETS else ""
        wall, cpu = (median(getattr(run, what) for run in runs) for what in ("wall", "cpu"))
        lines.append(
            f"| {name} | {ratios} | {target} | {wall:.1f} | {cpu:.1f} | {max(r.megabytes for r in runs):.0f} |"
        )
    lines += ["", "| build | stage | s |", "|---|---|---|"]
    for name, runs in rounds.items():
        if runs[0].stages:
            lines += [f"| {name} | {stage} | {seconds:.2f} |" for stage, seconds in _stages(runs)]
    return "\n".join(lines)


def _stages(runs: Sequence[Run]) -> Iterator[tuple[str, float]]:
    for stage in runs[0].stages:
        yield stage, median(run.stages[stage] for run in runs)
    yield "the rest: start of Python, imports, MkDocs", median(run.wall - sum(run.stages.values()) for run in runs)


if __name__ == "__main__":
    main()
