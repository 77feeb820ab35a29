"""Ours beside other methods: `python -m benchmarks.patterns`, one Markdown table on stdout.

Every method runs on every corpus in a process of its own. The table may be put in `README.md` beside this file.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.patterns.corpora import LABELLED, ROOT
from benchmarks.patterns.figures import Figures, parse_figures
from benchmarks.patterns.methods import METHODS, Method
from benchmarks.patterns.report import Results, demands, render_report

README = Path(__file__).with_name("README.md")
START, END = "<!-- tabel -->", "<!-- einde tabel -->"
QUICK_SIZES, SIZES = (150,), (150, 1500)
MOST_OTHERS = 2000
"""Other methods are tried on corpora of up to so many cases, unless they are asked for by name."""
MOST_STEADY = 2000
"""Stability is measured on corpora of up to so many cases."""
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


def main() -> int:
    """Measure, print, and say by the exit code whether all that is asked was met."""
    asked = arguments()
    corpora = [LABELLED, *map(str, QUICK_SIZES if asked.quick else asked.sizes)]
    results: dict[tuple[str, str], Figures] = {}
    for corpus in corpora:
        for method in METHODS:
            if takes_part(method, corpus, asked.methods):
                print(f"{corpus}: {method.name}", file=sys.stderr)
                results[corpus, method.name] = measure(method, corpus, asked)
    report = render_report(results, asked.seed, asked.cores)
    print(report)
    if asked.write:
        write_table(report)
    return 0 if enough(results) else 1


def takes_part(method: Method, corpus: str, chosen: list[str] | None) -> bool:
    """Whether a method is tried on a corpus: the chosen ones, else all, but on large corpora only ours."""
    if method.only not in {"", corpus}:
        return False
    if chosen:
        return method.name in chosen
    return method.ours or corpus == LABELLED or int(corpus) <= MOST_OTHERS


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.patterns", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Only the labelled cases and 150 planted ones.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="Numbers of planted cases.")
    parser.add_argument("--methods", nargs="+", choices=[m.name for m in METHODS], help="Only these methods.")
    parser.add_argument("--rounds", type=int, default=20, help="Times that a tenth of the cases is added.")
    parser.add_argument("--seed", type=int, default=1, help="Of the planted cases, the orders, and the methods.")
    parser.add_argument("--cores", type=int, default=1, help="Threads that a method may use.")
    parser.add_argument("--seconds", type=int, default=1800, help="After this a measurement is given up.")
    parser.add_argument("--memory", type=int, default=12000, help="Megabytes beyond which a measurement is given up.")
    parser.add_argument("--write", action="store_true", help="Put the table in README.md.")
    return parser.parse_args()


def measure(method: Method, corpus: str, asked: argparse.Namespace) -> Figures:
    """Quality, and stability where it is asked for."""
    quality = run_part("quality", method, corpus, asked)
    small = corpus == LABELLED or int(corpus) <= MOST_STEADY
    if quality.quality is None or not small or method.only or not asked.rounds:
        return quality
    steady = run_part("stability", method, corpus, asked)
    if steady.missing:
        print(f"stability of {method.name} on {corpus}: {steady.missing}", file=sys.stderr)
    return Figures(quality.quality, steady.stability)


def run_part(what: str, method: Method, corpus: str, asked: argparse.Namespace) -> Figures:
    """One measurement in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.patterns.part", what, method.name, corpus]
    command += [f"--seed={asked.seed}", f"--rounds={asked.rounds}", f"--memory={asked.memory}"]
    threads = dict.fromkeys(THREADS, str(asked.cores))
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **threads},
            capture_output=True,
            text=True,
            timeout=asked.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Figures(missing=f"meer dan {asked.seconds} s nodig")
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return Figures(missing=f"gestopt met code {done.returncode}")
    return parse_figures(done.stdout.splitlines()[-1])


def enough(results: Results) -> bool:
    """Whether everything that is asked, and was measured, was met."""
    return all(demand.met for demand in demands(results))


def write_table(report: str) -> None:
    """Put the report between the marks in the README."""
    before, _, rest = README.read_text("utf-8").partition(START)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{START}\n\n{report}\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
