"""Swaps: one folder takes the place of another, whole or not at all, whenever a run is killed."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

from generator import files

HERE, EXCHANGE = -100, 2
"""What Linux calls the folder of this process, and a renaming in which two names change places."""


def rename_all(folder: Path, names: Mapping[str, str]) -> None:
    """Give files right in a folder new names (old to new), which may be old names of others. All else in it goes away;
    what fails halfway loses files.
    """
    with replaced_folder(folder) as fresh:
        for old, new in names.items():
            os.rename(f"{folder}/{old}", f"{fresh}/{new}")  # noqa: PTH104 - a third of the time of paths


@contextmanager
def replaced_folder(target: Path) -> Iterator[Path]:
    """A new folder beside `target` that takes its place when the block ends well; else `target` is as it was."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-nieuw-"))
    old = fresh.with_name(fresh.name.replace("-nieuw-", "-oud-"))
    try:
        fresh.chmod(0o755)
        yield fresh
        if not _change_places(fresh, target):
            if target.exists():
                target.rename(old)
            fresh.rename(target)
    finally:
        if old.exists() and not target.exists():
            old.rename(target)
        for leftover in (fresh, old):
            if leftover.exists():
                shutil.rmtree(leftover)


def _change_places(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, so that neither is ever missing; whether the system could."""
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    rename = getattr(libc, "renameat2", None)
    return rename is not None and rename(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) == 0


@dataclass(frozen=True)
class Swap:
    """What takes the place of something: a folder of files, and the pointer file that says that it counts from now."""

    folder: str
    pages: Mapping[str, bytes]
    pointer: str
    text: bytes


def swap_folder(home: Path, swap: Swap, named: Callable[[bytes], str | None]) -> None:
    """Put `swap` into `home` in place of the folder that the pointer there names by now, as `named` reads it.

    A run that is killed at any moment leaves the old pointer with the old folder, or the new one with the new. What no
    pointer names, as such a run leaves, is taken away. Raises `OSError`, also if another run is at it.
    """
    home.mkdir(parents=True, exist_ok=True)
    with _alone(home):
        pointer = home / swap.pointer
        old = named(pointer.read_bytes()) if pointer.is_file() else None
        if swap.folder != old or not (home / swap.folder).is_dir():
            _keep_only(home, {swap.pointer, old or swap.pointer})
            files.write_pages(home / swap.folder, swap.pages)
            _settle(home / swap.folder)
        files.write_changed(pointer, swap.text)
        _settle(home)
        _keep_only(home, {swap.pointer, swap.folder})


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a folder for this process alone, where the system can; it lets go by itself when the process ends."""
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _keep_only(folder: Path, names: set[str]) -> None:
    for name in sorted(files.list_names(folder) - names):
        files.remove(folder / name)


def _settle(folder: Path) -> None:
    """Let the system write what it still holds of the files below a folder."""
    for path in [folder, *folder.rglob("*")]:
        with suppress(OSError):  # a system that cannot do this for a folder
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
