"""What a large collection costs: `python -m benchmarks.growth --cases 10000`.

A cold build, a second one after a sentence in one record changed, and, with `--plain`, the same pages built by MkDocs
alone. Seconds belong to a machine that does nothing else; the ratio to the plain build travels.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from benchmarks.folders import Folders
from benchmarks.running import Run, module, run, scratch

COLD = "cold build"
SECOND = "second build after one edit"
PLAIN = "plain `mkdocs build`"


@dataclass(frozen=True)
class Target:
    """At most so many seconds by the clock, megabytes of the largest process, and of the plain build's seconds."""

    seconds: float
    megabytes: float
    ratio: float | None = None


TARGETS: Mapping[str, Target] = {COLD: Target(180, 2048, 0.8), SECOND: Target(20, 2048)}
"""For 10,000 cases on two processors."""


@click.command()
@click.option("--cases", default=10_000, show_default=True, help="How many records to generate.")
@click.option("--seed", default=1, show_default=True, help="Of the generated records.")
@click.option("--plain", is_flag=True, help="Build the same pages with MkDocs alone as well; takes long.")
@click.option(
    "--work", type=click.Path(path_type=Path), help="New folder to work in, which is kept; else a temporary one."
)
def main(cases: int, seed: int, work: Path | None, *, plain: bool) -> None:
    """Measure, print a table as Markdown; exit code 1 if a target is missed."""
    with scratch(work) as root:
        folders = Folders(root)
        click.echo("preparing", err=True)
        wanted = ("prepare",) if plain else ("prepare", "--records-only")
        run(module("benchmarks.part", *wanted, root, f"--cases={cases}", f"--seed={seed}"))
        site = root / "site"
        build = module("generator", "build", "--cases", folders.cases, "--site", site)
        cache = root / "cache"
        runs = {COLD: _told(COLD, [*build, "--fresh"], cache)}
        edit(folders.cases)
        runs[SECOND] = _told(SECOND, build, cache)
        if plain:
            shutil.rmtree(site)
            config = folders.plain / "mkdocs.yml"
            runs[PLAIN] = _told(
                PLAIN, module("mkdocs", "build", "--quiet", "--config-file", config, "--site-dir", root / "site-plain")
            )
    click.echo(render_report(runs, f"{cases} generated records (seed {seed})"))
    sys.exit(0 if all(met(runs, name) for name in TARGETS) else 1)


def edit(cases: Path) -> None:
    """Add a sentence to the situation of the first generated record."""
    record = min(cases.glob("*.yaml"))
    text = record.read_text("utf-8")
    record.write_text(text.replace("situatie: |\n", "situatie: |\n  De gemeente kijkt opnieuw mee.\n", 1), "utf-8")


def _told(name: str, command: list[str], cache: Path | None = None) -> Run:
    done = run(command, together=True, cache=cache)
    click.echo(f"{name}: {done.wall:.0f} s", err=True)
    return done


def met(runs: Mapping[str, Run], name: str) -> bool:
    """Whether a build stays within its target; the ratio counts if the plain build was measured."""
    target, done = TARGETS[name], runs[name]
    plain = runs.get(PLAIN)
    within = target.ratio is None or plain is None or done.wall <= target.ratio * plain.wall
    return done.wall <= target.seconds and done.megabytes <= target.megabytes and within


def render_report(runs: Mapping[str, Run], note: str) -> str:
    """The figures as Markdown: a table of builds, and the stages of ours."""
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    plain = runs.get(PLAIN)
    lines = [
        f"{date.today().isoformat()}; {machine}; {note}.",
        "",
        "| build | wall s | processor s | largest process MB | all together MB | wall ratio | target |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, done in runs.items():
        ratio = f"{done.wall / plain.wall:.2f}" if plain else ""
        target = ("met" if met(runs, name) else "missed") if name in TARGETS else ""
        figures = f"{done.wall:.0f} | {done.cpu:.0f} | {done.megabytes:.0f} | {done.together:.0f}"
        lines.append(f"| {name} | {figures} | {ratio} | {target} |")
    ours = [done for name, done in runs.items() if name != PLAIN]
    lines += ["", f"| stage | {' | '.join(name for name in runs if name != PLAIN)} |", "|---" * (1 + len(ours)) + "|"]
    rows = zip(*(done.stages.items() for done in ours), strict=True)
    lines += [f"| {row[0][0]} | {' | '.join(f'{seconds:.1f}' for _, seconds in row)} |" for row in rows]
    rest = (done.wall - sum(done.stages.values()) for done in ours)
    lines.append(f"| the rest: start of Python, imports, MkDocs | {' | '.join(f'{seconds:.1f}' for seconds in rest)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
