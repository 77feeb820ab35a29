"""The search index, made by Pagefind from index documents. Its output is not the same from run to run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from generator import files, swaps
from generator.findhead import number_pages, page_numbers
from generator.findtable import Lists, read_entry, render_tables

FOLDER = "pagefind"
"""Where the index stands in the site."""
TABLE = f"{FOLDER}/tabel.pf_tabel"
"""The table beside it that every search needs."""
FACETS = f"{FOLDER}/kenmerken.pf_tabel"
"""The table beside it for who narrows the results."""
PROGRAM = (f"{FOLDER}/pagefind.js", f"{FOLDER}/wasm.nl.pagefind")
"""The search program."""
SECONDS = 600
"""How long indexing may take before the build gives up."""
_UNUSED = (
    *(
        f"pagefind-{part}.{ending}"
        for part in ("component-ui", "modular-ui", "ui", "highlight")
        for ending in ("js", "css")
    ),
    "wasm.unknown.pagefind",
)
"""Parts of the search program that our own search page does without."""


class SearchError(Exception):
    """The index could not be made; the message is Pagefind's own."""


class Indexing:
    """Pagefind at work on the index of a site; it does not end with the index unless `finish` is called."""

    def __init__(self, process: subprocess.Popen[str], index: Path) -> None:
        """The process writes into `index`."""
        self._process = process
        self._index = index

    def finish(self, lists: Lists) -> None:
        """Wait for the index, and put our tables beside it. Raises `SearchError`."""
        try:
            said, faults = self._process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            raise SearchError(str(error)) from error
        if self._process.returncode != 0:
            raise SearchError((faults or said).strip())
        for name in _UNUSED:
            files.remove(self._index / name)
        try:
            _number(self._index, lists)
        except ValueError as error:
            raise SearchError(str(error)) from error


@contextmanager
def indexing(site: Path, documents: Mapping[str, str]) -> Iterator[Indexing]:
    """Let Pagefind make the index of `documents` (HTML by the file name of the page they stand for) in the site's
    `pagefind/` while the block does something else; it never outlives the block. Raises `SearchError`.
    """
    files.remove(site / FOLDER)
    target = site / FOLDER
    with files.scratch_folder() as scratch:
        files.write_pages(scratch, {name: text.encode() for name, text in documents.items()})
        command = [sys.executable, "-m", "pagefind", "--site", str(scratch), "--output-path", str(target.absolute())]
        command += ["--force-language", "nl", "--quiet"]
        try:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        except OSError as error:
            raise SearchError(str(error)) from error
        with process:
            try:
                yield Indexing(process, target)
            finally:
                process.kill()


def _number(index: Path, lists: Lists) -> None:
    """Put the tables beside the index, and call pages what the tables call them."""
    fragments = files.Folder(index / "fragment")
    tables = render_tables([read_entry(name, data) for name, data in fragments.items()], lists)
    numbers = page_numbers(tables.order)
    swaps.rename_all(index / "fragment", {name: f"{numbers[name.partition('.')[0]]}.pf_fragment" for name in fragments})
    files.remove(index / "filter")
    written: dict[str, bytes] = {}
    held = files.Folder(index)
    for name in held:
        if name.endswith(".pf_meta"):
            written[name] = number_pages(held[name], numbers)
        elif name == "pagefind-entry.json":
            written[name] = json.dumps({**json.loads(held[name]), "tabel": tables.version}).encode()
    files.write_pages(index, written)
    files.write_pages(index.parent, {TABLE: tables.first, FACETS: tables.facets})
