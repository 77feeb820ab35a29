"""Grounds: the folders in which a site is made, and which it holds in turn.

Beside the site stands its double: hidden, with the same files (hard links) in the same folders. The next build makes
its site there and has to write only what changed; then the two change places, and what was the site becomes the double.
Files of a double are never written into, since the site that stands holds them too: what changes is a new file.
What stands in a double counts only if it is the very file of the site; anything else in it goes away.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator import files, swaps


@dataclass(frozen=True)
class Ground:
    """Where a site is made."""

    built: Path
    """An empty folder, for what the builder makes."""
    site: Path
    """Where the site comes: the same folder, or the double."""


@contextmanager
def ground_beside(target: Path) -> Iterator[Ground]:
    """Where a site is made that takes the place of `target` when the block ends well; else `target` is as it was.

    A double is used by one build at a time. Another that comes meanwhile makes its site in a new folder, as does every
    build on a system that lacks what a double needs.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with swaps.hold(target.parent) as alone, swaps.fresh_folder(target) as fresh:
        double = target.with_name(f".{target.name}-dubbel")
        site = double if alone and _find_double(target, double) else fresh
        old = None
        try:
            yield Ground(fresh, site)
            old = swaps.take_place(site, target)
        finally:  # after a fault too: nothing of a site that failed stays behind
            if alone:
                _renew(target, old or double, double)
            elif old is not None:
                files.remove(old)


def _renew(target: Path, old: Path, double: Path) -> None:
    """Make the double of a site from what stood in its place before, if anything did."""
    if old.is_symlink():
        files.remove(old)
    elif old.is_dir():
        _make_double(target, old if old == double else old.rename(double))


def _find_double(target: Path, double: Path) -> bool:
    """Whether there is a double. What builds that were killed left becomes the double, or is taken away."""
    if double.is_symlink() or not double.is_dir():
        files.remove(double)
    for left in swaps.abandoned(target):
        if double.exists():
            files.remove(left)
        else:
            left.rename(double)
    return double.exists()


def _make_double(site: Path, double: Path) -> None:
    """Give a folder the files of a site, as the same files, and nothing else; no double where that cannot be done."""
    try:
        names, folders = _walk(str(site))
        rest = set(names) - thin(double, site, names, folders)
        for name in sorted(files.states(site, rest)):
            os.makedirs(f"{double}/{_folder_of(name)}", exist_ok=True)  # noqa: PTH103 - a third of the time of a path
            os.link(f"{site}/{name}", f"{double}/{name}")
    except OSError:
        files.remove(double)


def thin(folder: Path, site: Path, names: Iterable[str], coming: Iterable[str] = ()) -> frozenset[str]:
    """Take everything out of a folder but those of these files that are the very files of a site; their names.

    A folder in it stays if a file stays there, or if files are `coming` there: making and removing folders is slow.
    """
    wanted = frozenset(names)
    held, folders = _walk(str(folder))
    stays = frozenset(name for name in held if name in wanted and _is_same(f"{folder}/{name}", f"{site}/{name}"))
    for name in held:
        if name not in stays:
            os.unlink(f"{folder}/{name}")  # noqa: PTH108 - a third of the time of a path
    needed = _with_parents({_folder_of(name) for name in stays}.union(coming))
    for inner in reversed(folders):  # what is in a folder comes after it
        if inner not in needed:
            os.rmdir(f"{folder}/{inner}")  # noqa: PTH106 - idem
    return stays


def move_files(source: Path, target: Path, but: Container[str] = ()) -> None:
    """Move what stands below one folder below another, in place of what is there; some files stay."""
    for name in sorted(files.list_site(source)):
        if name not in but:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).replace(target / name)


def _walk(folder: str) -> tuple[list[str], list[str]]:
    """The names of all that stands below a folder: files (and links, which are not followed), and folders."""
    held: list[str] = []
    folders = [""]
    for name in folders:  # it grows on the way
        inner = f"{name}/" if name else ""
        with os.scandir(f"{folder}/{name}") as entries:
            for entry in entries:
                (folders if entry.is_dir(follow_symlinks=False) else held).append(inner + entry.name)
    return held, folders[1:]


def _is_same(one: str, other: str) -> bool:
    """Whether two names are of one plain file."""
    try:
        first, second = os.lstat(one), os.lstat(other)
    except OSError:
        return False
    return stat.S_ISREG(first.st_mode) and (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)


def _folder_of(name: str) -> str:
    return name.rpartition("/")[0]


def _with_parents(folders: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for folder in folders:
        name = folder.strip("/")
        while name and name not in found:
            found.add(name)
            name = _folder_of(name)
    return found
