"""The shelf: what this program keeps for one user from run to run, outside every project. Nothing depends on it."""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import platformdirs

from generator import files


def cache_folder() -> Path:
    """The user's own folder for what can be made again."""
    return Path(platformdirs.user_cache_path("maatwerkatlas", appauthor=False))


def read(path: Path) -> bytes:
    """What was kept under this name; nothing if nothing was, or if it cannot be read."""
    try:
        return path.read_bytes() if path.is_absolute() else b""
    except OSError:
        return b""


def write(path: Path, data: bytes) -> None:
    """Keep this, for this user alone. What cannot be kept is not: nothing depends on it.

    Neither is it where the user has no folder: a path that is not absolute would lead into the project.
    """
    if not path.is_absolute():
        return
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.write_changed(path, data)


def map_numbers(path: Path) -> bytes | mmap.mmap:
    """A file that was kept, as memory that only what is asked of it is read into; nothing if it cannot be read."""
    with suppress(OSError, ValueError), path.open("rb") as stream:
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    return b""


def write_numbers(path: Path, parts: Iterable[memoryview]) -> tuple[int, int, int] | None:
    """Keep this for this user alone, whole or not at all; its state, none if it could not be kept.

    The state is of what was written here: if another run lays down something in its place, that has another one.
    """
    if not path.is_absolute():
        return None
    fresh = path.with_name(f".{path.name}.nieuw")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        with fresh.open("xb") as stream:
            stream.writelines(parts)
            stream.flush()
            state = os.fstat(stream.fileno())
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        return None
    return state.st_size, state.st_mtime_ns, state.st_ino
