"""What the privacy gate finds and what that costs: `python -m benchmarks.privacy`, Markdown tables on stdout.

Every finder is measured in processes of its own. The tables may be put in `README.md` beside this file.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.privacy.finders import DEDUCE, OURS, Finder
from benchmarks.privacy.labelled import default_files, load_sentences
from benchmarks.privacy.part import Cost, parse_found
from benchmarks.privacy.report import Result, render_report

ROOT = Path(__file__).parents[2]
README = Path(__file__).with_name("README.md")
START, END = "<!-- table -->", "<!-- end of table -->"


def main() -> None:
    """Measure and print."""
    asked = arguments()
    finders = [OURS]
    if asked.deduce and DEDUCE.installed:
        finders.append(DEDUCE)
    with TemporaryDirectory() as scratch:
        results = measure(finders, asked, Path(scratch))
    report = render_report(results, median(start_python() for _ in range(asked.repeat)), asked.seconds)
    if asked.deduce and not DEDUCE.installed:
        report += "\n- deduce is not installed and was not measured: `pip install -e '.[audit]'`."
    print(report)
    if asked.write:
        write_table(report)


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.privacy", description=__doc__)
    parser.add_argument(
        "--labelled", type=Path, nargs="+", default=default_files(), help="Files of labelled sentences."
    )
    parser.add_argument("--deduce", action="store_true", help="Measure deduce too, if it is installed.")
    parser.add_argument("--repeat", type=int, default=5, help="Fresh processes that costs are the median of.")
    parser.add_argument("--seconds", type=float, default=5.0, help="After this a hostile text is given up.")
    parser.add_argument("--seed", type=int, default=1, help="Of the documents.")
    parser.add_argument("--write", action="store_true", help="Put the tables in README.md.")
    return parser.parse_args()


def measure(finders: Sequence[Finder], asked: argparse.Namespace, scratch: Path) -> list[Result]:
    """Everything of every finder. Reading comes first: it makes ready what later processes need."""
    sentences = load_sentences(asked.labelled)
    found = [parse_found(run_part("read", finder, asked, scratch)) for finder in finders]
    # They take turns, so that a busy moment falls on all of them.
    rounds = [[Cost(**json.loads(run_part("cost", f, asked, scratch))) for f in finders] for _ in range(asked.repeat)]
    hostile = [json.loads(run_part("hostile", finder, asked, scratch)) for finder in finders]
    costs = [middle(each) for each in zip(*rounds, strict=True)]
    reads = [tuple(zip(sentences, each, strict=True)) for each in found]
    return [Result(*each) for each in zip(finders, reads, costs, hostile, strict=True)]


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of every figure."""
    return Cost(**{field.name: median(getattr(cost, field.name) for cost in costs) for field in fields(Cost)})


def run_part(what: str, finder: Finder, asked: argparse.Namespace, scratch: Path) -> str:
    """The last line of one measurement, in a process of its own."""
    print(f"{finder.package}: {what}", file=sys.stderr)
    command = [sys.executable, "-m", "benchmarks.privacy.part", what, finder.name, *map(str, asked.labelled)]
    command += [f"--scratch={scratch}", f"--seed={asked.seed}", f"--seconds={asked.seconds}"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()[-1]


def start_python() -> float:
    """Seconds to start Python and end it."""
    clock = perf_counter()
    subprocess.run([sys.executable, "-c", ""], check=True)
    return perf_counter() - clock


def write_table(report: str) -> None:
    """Put the report between the marks in the README."""
    before, _, rest = README.read_text("utf-8").partition(START)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{START}\n\n{report}\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
