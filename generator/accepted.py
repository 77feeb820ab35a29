"""Accepted states: what we took in of other collections, in `bronnen/<prefix>/`, with a pointer to what counts.

What no pointer names is never read. A new state takes the place of the old one whole, or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator import files, swaps
from generator.collection import Stand, Wanted, read_sources, read_stand, render_stand
from generator.problems import Problem
from generator.source import MAX_BYTES

HOME = "bronnen"
"""Folder of the site that holds the accepted states, one folder for each prefix."""
POINTER = "stand.yaml"
"""Says which folder beside it counts."""
CASES, PATTERNS = "cases", "patterns"
"""Folders of an accepted state, whatever they are called there."""
MOST_FILES = 20_000
"""Files that an accepted state has at most."""

Named = tuple[str, bytes]
"""A file: its name as problems say it, and its bytes."""


def named_sources(config: Path | None) -> tuple[tuple[Wanted, ...], tuple[Problem, ...]]:
    """The collections that a `mkdocs.yml` names, and what is wrong with that."""
    if config is None or not config.is_file():
        return (), ()
    return read_sources(config.name, files.read_text(config).encode())


def read_accepted(config: Path, wanted: Wanted) -> Stand | None:
    """The state of a collection that was accepted last; `None` if there is none that can be read."""
    home = _home(config, wanted)
    try:
        stand = read_stand(POINTER, files.read_plain(home / POINTER, MAX_BYTES + 1))
    except OSError:
        return None
    return stand if stand and (home / stand.folder).is_dir() else None


def kept_files(config: Path, wanted: Wanted, stand: Stand, part: str) -> list[Named]:
    """The files of one part of an accepted state, named by prefix; what is no plain file is not read."""
    folder = _home(config, wanted) / stand.folder / part
    try:
        listed = files.list_plain(folder, MOST_FILES) if folder.is_dir() else []
        return [
            (f"{wanted.setting.prefix}/{part}/{inner}", files.read_plain(path, MAX_BYTES + 1))
            for inner, path, size in listed
            if size is not None and inner.endswith(".yaml")
        ]
    except OSError:
        return []


def keep(config: Path, wanted: Wanted, stand: Stand, kept: Mapping[str, bytes]) -> None:
    """Let a state with its files take the place of the accepted one. Raises `OSError`; then the old one counts."""
    swap = swaps.Swap(stand.folder, kept, POINTER, render_stand(stand).encode())
    swaps.swap_folder(_home(config, wanted), swap, _folder_named)


def _home(config: Path, wanted: Wanted) -> Path:
    return config.parent / HOME / wanted.setting.prefix


def _folder_named(pointer: bytes) -> str | None:
    stand = read_stand(POINTER, pointer)
    return stand.folder if stand else None
