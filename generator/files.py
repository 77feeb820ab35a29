"""The only module that touches the disk (package data apart). Folders come out as values, values go in as files."""

from __future__ import annotations

import ctypes
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from stat import S_ISDIR

import platformdirs

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

from generator.problems import Place, Problem
from generator.source import MAX_BYTES

RECORD_SUFFIX = ".yaml"
HERE, EXCHANGE = -100, 2
"""What Linux calls the folder of this process, and a renaming in which two names change places."""


def read_folder(folder: Path, root: Path) -> tuple[list[tuple[str, bytes]], list[Problem]]:
    """Every record file below `folder` as (name relative to `root`, bytes), sorted by name.

    Links are not followed: each is a problem, as are files that cannot be opened and records with another ending.
    A file over the size limit comes out as its first bytes, one too many, so that reading reports it.
    """
    if not folder.is_dir():
        return [], [Problem(relative_name(folder, root), Place(), "BEST-MAP-ONTBREEKT")]
    return _read(sorted(_walk(folder)), root)


def read_files(paths: list[Path], root: Path) -> tuple[list[tuple[str, bytes]], list[Problem]]:
    """Named files and folders as `read_folder` gives them."""
    named = [inner for path in paths for inner in (_walk(path) if path.is_dir() else [path])]
    return _read(sorted(set(named)), root)


def _read(paths: list[Path], root: Path) -> tuple[list[tuple[str, bytes]], list[Problem]]:
    files: list[tuple[str, bytes]] = []
    problems: list[Problem] = []
    for path in paths:
        name = relative_name(path, root)
        if path.is_symlink():
            problems.append(Problem(name, Place(), "BEST-KOPPELING"))
        elif path.suffix in {".yml", ".YAML", ".YML"}:
            problems.append(Problem(name, Place(), "BEST-EXTENSIE"))
        elif path.suffix == RECORD_SUFFIX or not path.exists():
            try:
                with path.open("rb") as stream:
                    files.append((name, stream.read(MAX_BYTES + 1)))
            except OSError:
                problems.append(Problem(name, Place(), "BEST-ONLEESBAAR"))
    return files, problems


def last_release(root: Path) -> str:
    """The newest tag from which the checkout in `root` was made; empty without git or tags."""
    return _git(root, "describe", "--tags", "--abbrev=0").decode("utf-8", "replace").strip()


def read_revision(root: Path, revision: str, folder: Path) -> list[tuple[str, bytes]]:
    """The record files of a folder as they were in a git revision, by name relative to `root`; empty if unknown."""
    place = relative_name(folder, root)
    rows = _git(root, "ls-tree", "-r", "-z", revision, "--", f"{place}/").split(b"\0")
    listed = [row.partition(b"\t") for row in rows if row.endswith(RECORD_SUFFIX.encode())]
    keys = {name.decode("utf-8", "replace"): state.split()[2] for state, _, name in listed}
    held = _read_objects(root, keys.values())
    return [(name, held.get(keys[name], b"")) for name in sorted(keys)]


def _read_objects(root: Path, keys: Iterable[bytes]) -> dict[bytes, bytes]:
    """What git holds under these keys, all in one run of it; what it does not know is left out."""
    told = _git(root, "cat-file", "--batch", given=b"".join(key + b"\n" for key in keys))
    found: dict[bytes, bytes] = {}
    place = 0
    while place < len(told):
        start = told.index(b"\n", place) + 1
        key, kind, *size = told[place:start].split()
        place = start + int(size[0]) + 1 if size else start
        if kind == b"blob":
            found[key] = told[start : place - 1]
    return found


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git prints in `root` when it is `given` this; nothing if it fails or is not there."""
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""


def touch(path: Path) -> None:
    """Make an empty file, or say that it changed."""
    path.touch()


def stamp_files(places: Iterable[Path]) -> dict[str, tuple[int, int]]:
    """Of every file in these places, by its path: when it last changed (nanoseconds), and its size."""
    paths = (path for place in places for path in (place.rglob("*") if place.is_dir() else (place,)))
    found: dict[str, tuple[int, int]] = {}
    for path in paths:
        with suppress(OSError):
            state = path.stat()
            if not S_ISDIR(state.st_mode):
                found[str(path)] = (state.st_mtime_ns, state.st_size)
    return found


def read_bytes(path: Path) -> bytes:
    """The bytes of one file."""
    return path.read_bytes()


def read_text(path: Path) -> str:
    """The text of one UTF-8 file."""
    return path.read_text("utf-8")


def read_installed(package: str, name: str) -> tuple[str, str]:
    """The version of an installed package, and a file of what pip wrote down of it; empty where there is none."""
    try:
        found = distribution(package)
    except PackageNotFoundError:
        return "", ""
    return found.version, found.read_text(name) or ""


def write_changed(path: Path, data: bytes) -> bool:
    """Write a file only if its bytes change, through a temporary file beside it; whether it was written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
    fresh = Path(name)
    fresh.chmod(0o644)
    fresh.replace(path)
    return True


def link_pages(source: Path, target: Path, names: Iterable[str]) -> None:
    """Put files that stand below one folder below another as well, as the same files where the system can."""
    made: set[str] = set()
    for name in names:
        path = f"{target}/{name}"
        folder = path.rpartition("/")[0]
        if folder not in made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - a third of the time of a path
            made.add(folder)
        with suppress(FileNotFoundError):
            os.unlink(path)  # noqa: PTH108 - idem
        try:
            os.link(f"{source}/{name}", path)
        except OSError:
            shutil.copyfile(f"{source}/{name}", path)


def states(folder: Path, names: Iterable[str]) -> dict[str, tuple[int, int, int]]:
    """Of files below a folder: size, time of the last change (nanoseconds) and number in the file system.

    What is no plain file, or not there, is left out.
    """
    found: dict[str, tuple[int, int, int]] = {}
    for name in names:
        with suppress(OSError):
            state = os.lstat(f"{folder}/{name}")
            if stat.S_ISREG(state.st_mode):
                found[name] = (state.st_size, state.st_mtime_ns, state.st_ino)
    return found


def cache_folder() -> Path:
    """The user's own folder for what can be made again."""
    return Path(platformdirs.user_cache_path("maatwerkatlas", appauthor=False))


def read_shelf(path: Path) -> bytes:
    """What was kept under this name; nothing if nothing was, or if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def write_shelf(path: Path, data: bytes) -> None:
    """Keep this, for this user alone. What cannot be kept is not: nothing depends on it."""
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).replace(path)


def write_pages(folder: Path, pages: Mapping[str, bytes]) -> None:
    """Write every page at its address (relative file name) below `folder`."""
    for name in sorted(pages):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pages[name])


def read_site(folder: Path, suffix: str) -> dict[str, str]:
    """Every file below `folder` with that ending, by relative name, sorted."""
    return dict(read_each(folder, suffix))


def read_each(folder: Path, suffix: str) -> Iterator[tuple[str, str]]:
    """The same, one at a time."""
    for path in sorted(folder.rglob(f"*{suffix}")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_text("utf-8")


def read_all(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below `folder` by relative name, sorted, one at a time."""
    yield from Folder(folder).items()


class Folder(Mapping[str, bytes]):
    """Every file below a folder by relative name, sorted as it was when this was made; read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = dict.fromkeys(_names_below(str(folder)))

    def beside(self, apart: str) -> Folder:
        """The same without what stands below one folder in it."""
        other = Folder.__new__(Folder)
        other._folder = self._folder
        other._names = {name: None for name in self._names if not name.startswith(f"{apart}/")}
        return other

    def __getitem__(self, name: str) -> bytes:
        if name not in self._names:
            raise KeyError(name)
        with open(f"{self._folder}/{name}", "rb", buffering=0) as stream:  # noqa: PTH123 - half the time of a path
            return stream.read()

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _names_below(folder: str) -> Iterator[str]:
    """The names of all files below a folder, part by part in order. What cannot be read holds none."""
    waiting = [("", True)]
    while waiting:
        name, is_folder = waiting.pop()
        if not is_folder:
            yield name
            continue
        inner = f"{name}/" if name else ""
        with suppress(OSError), os.scandir(f"{folder}/{name}") as entries:
            found = sorted(((entry.name, _is_folder(entry)) for entry in entries), reverse=True)
            # a linked folder is neither a file nor gone into
            waiting += [(f"{inner}{name}", is_folder) for name, is_folder in found if is_folder is not None]


def _is_folder(entry: os.DirEntry[str]) -> bool | None:
    """Whether it is a folder; `None` for a link to one."""
    try:
        return (None if entry.is_symlink() else True) if entry.is_dir() else False
    except OSError:  # such as a link to itself
        return False


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A new folder that is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="maatwerkatlas-") as name:
        yield Path(name)


def list_site(folder: Path) -> frozenset[str]:
    """The relative names of all files below `folder`."""
    return frozenset(_names_below(str(folder)))


def list_names(folder: Path) -> frozenset[str]:
    """The names of all that stands right in `folder`, hidden or not; none if there is no such folder."""
    return frozenset(path.name for path in folder.iterdir()) if folder.is_dir() else frozenset()


def remove(path: Path) -> None:
    """Remove a file or folder if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


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


def list_plain(folder: Path, most: int) -> list[tuple[str, Path, int | None]]:
    """All that stands below `folder`, by relative name, with its size; `None` for a link, a pipe and the like.

    Nothing is followed and hidden folders are passed over. With more than `most`, only so many and one. Raises
    `OSError` if the folder cannot be read.
    """
    found: list[tuple[str, Path, int | None]] = []
    for base, folders, names in os.walk(folder, onerror=_raise):
        here = Path(base)
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in [*(name for name in folders if (here / name).is_symlink()), *names]:
            state = (here / name).lstat()
            size = state.st_size if stat.S_ISREG(state.st_mode) else None
            found.append(((here / name).relative_to(folder).as_posix(), here / name, size))
            if len(found) > most:
                return found
    return sorted(found)


def _raise(fault: OSError) -> None:
    raise fault


def read_plain(path: Path, most: int) -> bytes:
    """The first `most` bytes of a plain file, never through a link. Raises `OSError`."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as stream:
        return stream.read(most)


def same_folder(one: Path, other: Path) -> bool:
    """Whether two paths lead to one place, or one of them into the other."""
    a, b = one.resolve(), other.resolve()
    return a.is_relative_to(b) or b.is_relative_to(a)


def folder_size(folder: Path) -> int:
    """The bytes of all files below a folder; what goes away meanwhile is not counted."""
    total = 0
    for base, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += (Path(base) / name).lstat().st_size
    return total


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
            write_pages(home / swap.folder, swap.pages)
            _settle(home / swap.folder)
        write_changed(pointer, swap.text)
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
    for name in sorted(list_names(folder) - names):
        remove(folder / name)


def _settle(folder: Path) -> None:
    """Let the system write what it still holds of the files below a folder."""
    for path in [folder, *folder.rglob("*")]:
        with suppress(OSError):  # a system that cannot do this for a folder
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _walk(folder: Path) -> Iterator[Path]:
    """Files and links below a folder, hidden ones left out, never through a linked folder."""
    for base, folders, names in os.walk(folder):
        here = Path(base)
        yield from (here / name for name in folders if (here / name).is_symlink())
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (here / name for name in names if not name.startswith("."))


def relative_name(path: Path, root: Path) -> str:
    """A path as problems name it: relative to `root`, with slashes."""
    return Path(os.path.relpath(path, root)).as_posix()
