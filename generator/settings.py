"""What a site sets. Frozen; every path is absolute or relative to the folder of `mkdocs.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

NAME = "Maatwerkatlas"
"""What a site is called that says nothing else."""


@dataclass(frozen=True)
class Settings:
    """Where things are and how they are called."""

    root: Path
    """The folder of `mkdocs.yml`; problems name files relative to it."""
    cases: Path
    """Folder of case records, subfolders included."""
    patterns: Path
    """Folder of the pattern registry; may be absent."""
    edit_address: str = ""
    """Address of the folder that holds the YAML files on a forge, ending in a slash; empty for no edit links."""
    since: str = ""
    """The git revision that `/wijzigingen/` compares with; empty for the newest tag."""
    words: Path | None = None
    """Folder of the site's own words, that go beside the package's lists; may be absent."""
    name: str = NAME
    """What the site is called."""
    strict: bool = True
    """Problems stop the build; off under the live server, where they are shown on a page."""
    config: Path | None = None
    """The `mkdocs.yml`, which names collections of others; none for a command that shows no site."""


def site_settings(root: Path, said: Mapping[str, str], name: str, strict: bool) -> Settings:
    """The settings that `mkdocs.yml` in `root` makes: what it says for the plugin, and the name of the site."""
    return Settings(
        root=root,
        cases=root / said["cases"],
        patterns=root / said["patterns"],
        edit_address=said["edit_address"],
        since=said["since"],
        words=root / said["vocabulary"],
        name=name,
        strict=strict,
    )


def package_folder(name: str) -> Path:
    """A folder of the installed package."""
    return Path(str(files("generator"))) / name


def add_look(theme_folders: list[str]) -> None:
    """Put our look before the theme's own, and behind what the site itself lays over it, so that no site names it."""
    ours = package_folder("overrides")
    if not any(Path(folder).resolve() == ours.resolve() for folder in theme_folders):
        theme_folders.insert(max(len(theme_folders) - 2, 0), str(ours))


def watched(settings: Settings) -> list[str]:
    """The folders in which an edit makes the site anew."""
    own = (settings.cases, settings.patterns, settings.words, package_folder("templates"))
    return [str(path) for path in own if path is not None and path.is_dir()]
