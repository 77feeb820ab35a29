"""One measurement of one finder, as a process of its own: JSON on the last line of stdout."""

from __future__ import annotations

import argparse
import json
import re
import resource
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.privacy.finders import FINDERS, Find, Found, load_finder
from benchmarks.privacy.hostile import hostile_texts
from benchmarks.privacy.labelled import Sentence, join_documents, load_sentences

COUNTS = 200
"""Times that the words of the documents are counted, so that it takes long enough to time."""


@dataclass(frozen=True)
class Cost:
    """What a fresh process spends."""

    start: float
    """Seconds to import the finder and read its lists."""
    first: float
    """Processor seconds a document, each sentence seen for the first time."""
    again: float
    """The same, when all words have been seen before."""
    count: float
    """Processor seconds that one regular expression takes for the words of a document: a measure of the machine."""
    start_megabytes: float
    megabytes: float
    """Peak memory, after the start and at the end."""
    words: float
    """Mean length of a document."""


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("read", "cost", "hostile"))
    parser.add_argument("finder", choices=sorted(FINDERS))
    parser.add_argument("labelled", type=Path, nargs="+")
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True, help="After this a hostile text is given up.")
    asked = parser.parse_args()
    if asked.what == "cost":
        print(json.dumps(asdict(measure_cost(asked.finder, asked.scratch, asked.labelled, asked.seed))))
        return
    find = load_finder(asked.finder, asked.scratch)
    sentences = load_sentences(asked.labelled)
    if asked.what == "read":
        print(json.dumps([[asdict(found) for found in find(sentence.text)] for sentence in sentences]))
    else:
        print(json.dumps(dict(measure_hostile(find, sentences, asked.seconds))))


def measure_cost(name: str, scratch: Path, files: Sequence[Path], seed: int) -> Cost:
    """Start the finder, and read the documents twice."""
    clock = perf_counter()
    find = load_finder(name, scratch)
    start, start_megabytes = perf_counter() - clock, peak_megabytes()
    documents = join_documents(load_sentences(files), seed)
    first, again = measure_pass(find, documents), measure_pass(find, documents)
    words = re.compile(r"\w+")
    processor = process_time()
    for _ in range(COUNTS):
        for document in documents:
            words.findall(document)
    count = (process_time() - processor) / COUNTS / len(documents)
    mean = sum(len(document.split()) for document in documents) / len(documents)
    return Cost(start, first, again, count, start_megabytes, peak_megabytes(), mean)


def measure_pass(find: Find, documents: Sequence[str]) -> float:
    """Processor seconds a document."""
    processor = process_time()
    for document in documents:
        find(document)
    return (process_time() - processor) / len(documents)


def measure_hostile(find: Find, sentences: Sequence[Sentence], seconds: float) -> Iterator[tuple[str, float | None]]:
    """Processor seconds for every hostile text; none if it was given up."""
    plain = " ".join(sentence.text for sentence in sentences if not sentence.marks)
    for name, text in hostile_texts(plain):
        yield name, time_limited(find, text, seconds)


def time_limited(find: Find, text: str, seconds: float) -> float | None:
    """Processor seconds for a text, in a process that is ended when it takes too long."""
    context = get_context("fork")  # the lists need not be read again
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_time_one, args=(find, text, sender))
    process.start()
    taken = float(receiver.recv()) if receiver.poll(seconds) else None
    process.terminate()
    process.join()
    return taken


def _time_one(find: Find, text: str, sender: Connection) -> None:
    processor = process_time()
    find(text)
    sender.send(process_time() - processor)


def peak_megabytes() -> float:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def parse_found(line: str) -> tuple[tuple[Found, ...], ...]:
    """The findings of every sentence, from the line that `read` prints."""
    return tuple(tuple(Found(**row) for row in rows) for rows in json.loads(line))


if __name__ == "__main__":
    main()
