"""One measurement, as a process of its own, so that its peak memory is its own: figures on the last line of stdout."""

from __future__ import annotations

import argparse
import resource
from importlib import import_module
from statistics import fmean
from time import perf_counter, process_time

from benchmarks.patterns.corpora import Corpus, load_corpus
from benchmarks.patterns.figures import Figures, Quality, dump_figures
from benchmarks.patterns.measures import mean_scores, recall_of_similar, score
from benchmarks.patterns.methods import Method, method_by_name
from benchmarks.patterns.stability import Stability, matched_stability, registry_stability

MOST_SEEDED = 2000
"""Up to so many cases the figures are means over the seeds of the method."""
OTHER_ROUNDS = 5
"""Rounds of stability for other methods on more than `FEW_CASES`; ours gets all that are asked for."""
FEW_CASES = 200
MEGABYTE = 1024 * 1024


def measure_quality(method: Method, corpus: Corpus, seed: int) -> Quality:
    """Run the method, and hold its groups and rankings against the known ones."""
    seeds = range(seed, seed + (method.seeds if len(corpus.cases) <= MOST_SEEDED else 1))
    rows, similar, groups, wall, cpu = [], [], [], [], []
    megabytes = 0.0
    for each in seeds:
        clock, processor = perf_counter(), process_time()
        found = method.run(corpus.cases, each)
        wall.append(perf_counter() - clock)
        cpu.append(process_time() - processor)
        megabytes = megabytes or peak_megabytes()
        rows += [score(corpus.ids, gold, found.groups) for gold in corpus.golds]
        similar += [recall_of_similar(corpus.ids, gold, found.ranking) for gold in corpus.golds]
        groups.append(len(set(found.groups.values())))
    return Quality(mean_scores(rows), fmean(similar), round(fmean(groups)), fmean(wall), fmean(cpu), megabytes)


def measure_stability(method: Method, corpus: Corpus, rounds: int, seed: int) -> Stability:
    """Add a tenth of the cases, many times."""
    if method.name == "registry":
        return registry_stability(corpus.cases, rounds, seed)
    some = rounds if len(corpus.cases) <= FEW_CASES else min(rounds, OTHER_ROUNDS)
    return matched_stability(lambda cases: method.run(cases, seed).groups, corpus.cases, some, seed)


def peak_megabytes() -> float:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("quality", "stability"))
    parser.add_argument("method")
    parser.add_argument("corpus")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--memory", type=int, required=True, help="Megabytes that the process may take.")
    asked = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (asked.memory * MEGABYTE,) * 2)
    print(dump_figures(measure(asked)))


def measure(asked: argparse.Namespace) -> Figures:
    """The figures, or why there are none."""
    method = method_by_name(asked.method)
    try:
        for module in method.needs:
            import_module(module)
    except ImportError:
        return Figures(missing="extra ontbreekt")
    try:
        corpus = load_corpus(asked.corpus, asked.seed)
        if asked.what == "quality":
            return Figures(quality=measure_quality(method, corpus, asked.seed))
        return Figures(stability=measure_stability(method, corpus, asked.rounds, asked.seed))
    except MemoryError:
        return Figures(missing=f"meer dan {asked.memory} MB nodig")


if __name__ == "__main__":
    main()
