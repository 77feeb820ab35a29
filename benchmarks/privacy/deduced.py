"""deduce as a finder, without its lists of streets and care institutions: with these its first start takes minutes.

The lists lie in a folder of our own, since the package writes a cache beside them and does not notice an edited list.
"""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import deduce

from benchmarks.privacy.finders import Find, Found

LEFT_OUT = ("locations/lst_street", "institutions/lst_healthcare_institution")


def load(scratch: Path) -> Find:
    """deduce, with its lists read; the first time for a `scratch` they are made ready there."""
    quiet()
    lists = scratch / "lookup"
    if not lists.exists():
        copy_lists(lists)
    # Without a cache path of its own it would take the lists of the package after all.
    engine = deduce.Deduce(lookup_data_path=lists, cache_path=lists)

    def find(text: str) -> tuple[Found, ...]:
        marks = engine.deidentify(text).annotations
        return tuple(Found(int(mark.start_char), int(mark.end_char), str(mark.tag), True) for mark in marks)

    return find


def copy_lists(target: Path) -> None:
    """Copy the lists that deduce ships, without a cache that was made of all of them, and empty the two large ones."""
    shutil.copytree(Path(deduce.__file__).parent / "data" / "lookup" / "src", target / "src")
    for folder in LEFT_OUT:
        for file in (target / "src" / folder).glob("*.txt"):
            file.write_text("", "utf-8")


def quiet() -> None:
    """Undo what importing deduce does to the root logger: everything to stdout."""
    root = logging.getLogger()
    root.handlers.clear()
    root.setLevel(logging.WARNING)
