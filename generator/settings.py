"""What a site sets. Frozen; every path is absolute or relative to the folder of `mkdocs.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


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
    strict: bool = True
    """Problems stop the build; off under the live server, where they are shown on a page."""
