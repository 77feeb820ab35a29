"""Collections of others for tests: real repositories of git on disk, and the settings that name them. Invented only."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.files import write_pages
from tests.factories import dump

NOBODY = {
    "GIT_AUTHOR_NAME": "redactie", "GIT_AUTHOR_EMAIL": "redactie@example.org", "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_COMMITTER_NAME": "redactie", "GIT_COMMITTER_EMAIL": "redactie@example.org", "GIT_CONFIG_NOSYSTEM": "1",
}  # fmt: skip


def git(folder: Path, *arguments: str) -> str:
    """What git says in a folder; a fault ends the test."""
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        env={**os.environ, **NOBODY},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.strip()


def a_repository(folder: Path, named: Iterable[tuple[str, bytes]]) -> str:
    """A new repository with these files in one commit; the commit."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet")
    return commit(folder, named)


def commit(folder: Path, named: Iterable[tuple[str, bytes]] = ()) -> str:
    """One more commit with these files and whatever else changed; the commit."""
    write_pages(folder, dict(named))
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "een stand")
    return git(folder, "rev-parse", "HEAD")


def a_source(**changes: Any) -> dict[str, Any]:
    """One entry of `sources`; `None` takes a key away."""
    plain: dict[str, Any] = {"prefix": "hil", "naam": "Hillegom", "licentie": "CC BY 4.0"}
    return {key: value for key, value in {**plain, **changes}.items() if value is not None}


def settings_text(*sources: Any) -> str:
    """A `mkdocs.yml` that names these collections."""
    return dump({"site_name": "Proef", "plugins": ["search", {"maatwerkatlas": {"sources": list(sources)}}]})
