"""The search index, made by Pagefind from the finished pages. Its output is not the same from run to run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = "pagefind"
"""Where the index stands in the site."""
SECONDS = 600
"""How long indexing may take before the build gives up."""


class SearchError(Exception):
    """The index could not be made; the message is Pagefind's own."""


def index_site(site: Path) -> None:
    """Index every page of a finished site that has a `data-pagefind-body`, into its folder `pagefind/`."""
    command = [
        sys.executable,
        "-m",
        "pagefind",
        "--site",
        str(site),
        "--output-subdir",
        FOLDER,
        "--force-language",
        "nl",
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SearchError(str(error)) from error
    if done.returncode != 0:
        raise SearchError((done.stderr or done.stdout).strip())
