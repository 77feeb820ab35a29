"""Rendering alone, as a process to be timed: from a book and unfilled shells to written pages.

It imports no more than rendering needs. Stages are told on stderr as our command line does: what was done, and between
brackets the seconds.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from benchmarks.folders import Folders
from generator import files
from generator.pages import render_blocks, render_pages
from generator.pipeline import Prepared, check_records
from generator.settings import Settings
from generator.shells import fill_shells
from generator.vocabulary import load_vocabulary


def render(root: Path, site: Path, read: bool) -> None:
    """From book and shells to written pages; with `read` the records are read and checked as well."""
    folders = Folders(root)
    with _stage("book unpickled"):
        found: tuple[Prepared, Settings] = pickle.loads(folders.prepared.read_bytes())
        prepared, settings = found
    if read:
        with _stage("records read and checked"):
            check_records(settings, load_vocabulary())
    with _stage("pages rendered"):
        pages = list(render_pages(prepared.book, prepared.changes, settings.edit_address))
        blocks = list(render_blocks(prepared.book))
    with _stage("shells read and filled"):
        filled = fill_shells(files.read_site(folders.shells, ".html"), pages, blocks)
    with _stage("pages written"):
        files.write_pages(site, {name: text.encode() for name, text in filled.items()})


@contextmanager
def _stage(name: str) -> Iterator[None]:
    started = perf_counter()
    yield
    print(f"{name} ({perf_counter() - started:.2f} s)", file=sys.stderr)


if __name__ == "__main__":
    render(Path(sys.argv[1]), Path(sys.argv[2]), "--read" in sys.argv[3:])
