"""What stands where in the scratch folder of a measurement."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Folders:
    """The parts of the scratch folder `root`."""

    root: Path

    @property
    def cases(self) -> Path:
        """Generated records, and a copy of the project's own."""
        return self.root / "cases"

    @property
    def shells(self) -> Path:
        """The pages that MkDocs makes, before they are filled."""
        return self.root / "shells"

    @property
    def plain(self) -> Path:
        """The plain site: `mkdocs.yml` and `docs/`."""
        return self.root / "plain"

    @property
    def prepared(self) -> Path:
        """The book, as rendering gets it."""
        return self.root / "prepared.pickle"
