"""The search index, made by Pagefind from index documents. Its output is not the same from run to run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from generator import files
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
_UNUSED = ("component-ui", "modular-ui", "ui", "highlight")
"""Parts of the search program that our own search page does without."""


class SearchError(Exception):
    """The index could not be made; the message is Pagefind's own."""


def index_site(site: Path, documents: Mapping[str, str], lists: Lists) -> None:
    """Make the index of `documents` (HTML by the file name of the page they stand for) in the site's `pagefind/`.

    Raises `SearchError`.
    """
    files.remove(site / FOLDER)
    with files.scratch_folder() as scratch:
        files.write_pages(scratch, {name: text.encode() for name, text in documents.items()})
        _run(scratch, site / FOLDER)
    for part in _UNUSED:
        for ending in ("js", "css"):
            files.remove(site / FOLDER / f"pagefind-{part}.{ending}")
    files.remove(site / FOLDER / "wasm.unknown.pagefind")
    try:
        _number(site / FOLDER, lists)
    except ValueError as error:
        raise SearchError(str(error)) from error


def _number(index: Path, lists: Lists) -> None:
    """Put the tables beside the index, and call pages what the tables call them."""
    fragments = {name.partition(".")[0]: data for name, data in files.read_all(index / "fragment")}
    tables = render_tables([read_entry(name, data) for name, data in fragments.items()], lists)
    numbers = page_numbers(tables.order)
    written = {f"fragment/{numbers[name]}.pf_fragment": data for name, data in fragments.items()}
    for folder in ("fragment", "filter"):
        files.remove(index / folder)
    for name, data in files.read_all(index):
        if name.endswith(".pf_meta"):
            written[name] = number_pages(data, numbers)
        elif name == "pagefind-entry.json":
            written[name] = json.dumps({**json.loads(data), "tabel": tables.version}).encode()
    files.write_pages(index, written)
    files.write_pages(index.parent, {TABLE: tables.first, FACETS: tables.facets})


def _run(folder: Path, target: Path) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(folder), "--output-path", str(target.absolute())]
    command += ["--force-language", "nl"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SearchError(str(error)) from error
    if done.returncode != 0:
        raise SearchError((done.stderr or done.stdout).strip())
