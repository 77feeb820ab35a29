"""The only module that touches the disk (package data apart), but for `shelf`, `swaps`
and `grounds`, which stand on it.

Folders come out as values, values go in as files.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from stat import S_ISDIR

from generator.problems import Place, Problem
from generator.source import MAX_BYTES

RECORD_SUFFIX = ".yaml"


class TextError(Exception):
    """A file that must hold text is not UTF-8."""

    def __str__(self) -> str:
        """What a reader is told."""
        return f"De site is niet gebouwd: dit bestand is geen UTF-8-tekst: {self.args[0]}. Sla het op als UTF-8."


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


def read_parts(path: Path, parts: Iterable[tuple[int, ...]]) -> Iterator[bytes]:
    """Parts of one file: what stands at a place, so many bytes long."""
    with path.open("rb", buffering=0) as stream:
        for place, length in parts:
            stream.seek(place)
            yield stream.read(length)


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
        _link(f"{source}/{name}", path)


def _link(source: str, path: str) -> None:
    try:
        os.link(source, path)
    except FileExistsError:
        if not os.path.samestat(os.lstat(source), os.lstat(path)):
            os.unlink(path)  # noqa: PTH108 - a third of the time of a path
            _link(source, path)
    except OSError:  # a system without such links
        with suppress(FileNotFoundError):
            os.unlink(path)  # noqa: PTH108 - idem
        shutil.copyfile(source, path)


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


def write_pages(folder: Path, pages: Mapping[str, bytes]) -> None:
    """Write every page at its address (relative file name) below `folder`, as a new file: what stood there
    may be a file of another folder as well.
    """
    for name in sorted(pages):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(pages[name])


def read_site(folder: Path, suffix: str) -> dict[str, str]:
    """Every file below `folder` with that ending, by relative name, sorted. Raises `TextError`."""
    return dict(read_each(folder, suffix))


def read_each(folder: Path, suffix: str) -> Iterator[tuple[str, str]]:
    """The same, one at a time. Raises `TextError`."""
    for path in sorted(folder.rglob(f"*{suffix}")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            try:
                text = path.read_text("utf-8")
            except UnicodeDecodeError as error:
                raise TextError(name) from error
            yield name, text


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

    def __contains__(self, name: object) -> bool:
        """Without opening the file."""
        return name in self._names

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
