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
from secrets import token_hex
from time import time

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

from generator import files

HERE, EXCHANGE = -100, 2
"""What Linux calls the folder of this process, and a renaming in which two names change places."""
MOMENT = 60
"""Seconds in which a run has surely come to hold the folder that it made."""


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
    with fresh_folder(target) as fresh:
        yield fresh
        old = take_place(fresh, target)
        if old is not None:
            shutil.rmtree(old)


@contextmanager
def fresh_folder(target: Path) -> Iterator[Path]:
    """A new folder beside `target`, hidden; what stands in its place when the block ends is removed."""
    fresh = Path(tempfile.mkdtemp(dir=target.parent, prefix=_fresh_prefix(target)))
    try:
        with hold(fresh):
            fresh.chmod(0o755)
            yield fresh
    finally:
        if fresh.exists():
            shutil.rmtree(fresh)


def abandoned(target: Path) -> Iterator[Path]:
    """New folders beside `target` that a run left which was killed, each held while it is given: to be taken away."""
    for name in sorted(files.list_names(target.parent)):
        path = target.with_name(name)
        if name.startswith(_fresh_prefix(target)) and path.is_dir() and not path.is_symlink():
            with hold(path) as held:  # a run that is alive holds its own, but for the moment in which it is made
                if held and path.is_dir() and time() - path.stat().st_mtime > MOMENT:
                    yield path


def _fresh_prefix(target: Path) -> str:
    return f".{target.name}-nieuw-"


def take_place(fresh: Path, target: Path) -> Path | None:
    """Let a folder take the place of `target`; where the old one stands now. What fails leaves `target` as it was."""
    if _change_places(fresh, target):
        return fresh
    old = target.with_name(f".{target.name}-oud-{token_hex(4)}")
    try:
        if target.exists():
            target.rename(old)
        fresh.rename(target)
    finally:
        if old.exists() and not target.exists():
            old.rename(target)
    return old if old.exists() else None


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
    """Hold a folder for this process alone, where the system can. Raises `OSError` if another holds it."""
    with hold(folder) as held:
        if fcntl is not None and not held:
            raise BlockingIOError(folder)
        yield


@contextmanager
def hold(folder: Path) -> Iterator[bool]:
    """Hold a folder; whether nobody else does and the system can. It lets go by itself when the process ends."""
    handle = _open(folder) if fcntl is not None else None
    if handle is None:
        yield False
        return
    try:
        yield _lock(handle)
    finally:
        os.close(handle)


def _open(folder: Path) -> int | None:
    try:
        return os.open(folder, os.O_RDONLY)
    except OSError:  # such as one that another run just took away
        return None


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


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
