"""Keeping: what one build of a site leaves for the next, in the user's own folder for such things.

Nothing of it stands in the project, where anybody who sends in a record could lay down something else. It counts for
one version of the generator with one set of lists and settings; with any other a build begins anew.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from sys import version

from generator import files, shelf
from generator.kept import NOTHING, Kept, KeptFile, parse_kept, render_kept
from generator.likelihoods import Likelihoods
from generator.settings import Settings, package_folder

NAME = "bouw.json"
TABLE = "kansen.bin"


@dataclass(frozen=True)
class Before:
    """What a build finds of the one before it."""

    site: Path
    """The site as it stands; it may be gone, or changed by others."""
    kept: Kept = NOTHING
    stamp: str = ""
    """Of this build."""

    def intact(self, known: Iterable[tuple[str, KeptFile]]) -> frozenset[str]:
        """The names of the files that stand there as they were kept."""
        kept = dict(known)
        found = files.states(self.site, kept)
        return frozenset(name for name, state in found.items() if state == kept[name].state)

    def likelihoods(self, may: Container[str]) -> Likelihoods:
        """The likelihoods that were kept; of cases with one of these ids those of this build may be kept as well."""
        return Likelihoods(_shelf(self.site).with_name(TABLE), self.kept.likelihoods, may)


def find_before(site: Path | None, settings: Settings) -> Before | None:
    """What the last build of this site left, if it was made in the same way.

    Without a site nothing is taken over or kept, and neither where the site shows collections of others.
    """
    if site is None or settings.config is not None:
        return None
    stamp = stamp_of(settings)
    return Before(site, parse_kept(shelf.read(_shelf(site)), stamp), stamp)


def keep(site: Path, kept: Kept) -> None:
    """Keep this for the next build of this site, in place of what was kept."""
    shelf.write(_shelf(site), render_kept(kept))


def forget(site: Path) -> None:
    """Keep nothing of this site."""
    for name in (NAME, TABLE):
        files.remove(_shelf(site).with_name(name))


def _shelf(site: Path) -> Path:
    return shelf.cache_folder() / sha256(str(site.absolute()).encode()).hexdigest()[:16] / NAME


def stamp_of(settings: Settings) -> str:
    """Digest of the generator, the packages beside it, the site's own words and the settings."""
    whole = sha256(version.encode())
    for package in _packages():
        whole.update(package.encode() + b"\0")
    for folder in (package_folder(""), settings.words):
        for name, data in files.read_all(folder) if folder and folder.is_dir() else ():
            if not name.endswith(".pyc"):
                whole.update(name.encode() + b"\0" + sha256(data).digest())
    whole.update(repr(settings).encode())
    return whole.hexdigest()


@cache
def _packages() -> tuple[str, ...]:
    """What is installed, with versions; it stays so as long as this program runs."""
    return tuple(sorted({f"{found.name}=={found.version}" for found in distributions()}))
