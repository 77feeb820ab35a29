"""Whether our pages would also build with Zensical, beside MkDocs with Material: `python -m benchmarks.zensical`.

The pages that people wrote and the shells are built by both. Both are then filled with the same bodies, and compared by
pages, markers, links, words and what else was written. Zensical gets an environment of its own in a temporary folder,
with the exact versions of `zensical.txt`. Differences are told and are no fault: exit code 1 only says that Zensical's
shells cannot be filled. Where it cannot be installed, or takes too long, that is told instead, with exit code 0.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from time import monotonic
from typing import Any

import click
import yaml

from benchmarks.folders import Folders
from benchmarks.part import CONFIG, build_shells
from generator import files
from generator.exports.bundle import FOLDER as DATA_FOLDER
from generator.exports.bundle import render_exports
from generator.links import check_links
from generator.pages import LIKENESS, render_blocks, render_pages
from generator.pipeline import Prepared
from generator.rendering import DOCUMENT, Block, Page
from generator.search import PROGRAM, TABLE
from generator.shells import (
    BEGIN,
    DESCRIPTION,
    END,
    SHELL,
    TITLE,
    ShellError,
    file_of,
    fill_shells,
    shell_addresses,
    shell_markdown,
)

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = Path(__file__).with_suffix(".txt")
"""The exact versions of Zensical and of what it needs."""
LIMIT = 45
"""Seconds in which Zensical must be installed and have built."""
OURS = ('class="atlas-sprong"', 'class="atlas-kopzoek"', 'class="atlas-voet"', "assets/stylesheets/atlas.css")
"""What our overrides put on every page: skip link, search box (search page apart), footer, stylesheet."""
SHOWN = 20
"""How many names of one kind are told."""
_EXPECTED = {".html", ".css", ".js", ".map", ".svg", ".png"}
_ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>|\s")
_OTHER_HOST = re.compile(r"""<(?:script|link|img|iframe|source)\b[^<>]*\s(?:href|src)=["']?(?:https?:)?//""")


class NotHere(Exception):
    """Zensical cannot be tried on this machine at this moment; the message says why."""


class NotBuilt(Exception):
    """Zensical was tried and gave no site; the message is what it said."""


@dataclass(frozen=True)
class Outcome:
    """What came out of one builder, after filling. Pages and files go by their name in the site."""

    built: int
    """Pages that the builder itself made, shells included."""
    shells: tuple[str, ...]
    """Shells that hold all four markers."""
    pages: Mapping[str, str]
    """The whole site, shells left out."""
    broken: tuple[tuple[str, str], ...]
    """Links that lead nowhere, as (page, link)."""
    beside: frozenset[str]
    """Files that are no page, style, script or picture."""


@click.command()
@click.option("--site", type=click.Path(path_type=Path), help="New folder for the filled site, to look at.")
def main(site: Path | None) -> None:
    """Build with both, print what differs; exit code 1 if Zensical's shells cannot be filled."""
    os.chdir(ROOT)
    with files.scratch_folder() as root:
        try:
            name, theirs = build_with_zensical(root)
        except NotHere as fault:
            click.echo(f"Skipped: {fault}")
            return
        except NotBuilt as fault:
            click.echo(f"Zensical built nothing, so no shell can be filled.\n{fault}")
            sys.exit(1)
        folders = Folders(root)
        shutil.copytree("cases", folders.cases)
        prepared, settings = build_shells(folders)
        pages = list(render_pages(prepared.book, prepared.changes, settings.edit_address))
        blocks = list(render_blocks(prepared.book))
        others = written_besides(prepared, pages)
        ours = finish(files.read_site(folders.shells, ".html"), files.list_site(folders.shells), pages, blocks, others)
        try:
            moved = finish(files.read_site(theirs, ".html"), files.list_site(theirs), pages, blocks, others)
        except ShellError as fault:
            click.echo(f"{name} built, but this shell cannot be filled: {fault}")
            sys.exit(1)
        if site:
            shutil.copytree(theirs, site)
            files.write_pages(site, {page: text.encode() for page, text in moved.pages.items()})
    click.echo(
        render_report(f"mkdocs {version('mkdocs')}, mkdocs-material {version('mkdocs-material')}", name, ours, moved)
    )


def build_with_zensical(root: Path) -> tuple[str, Path]:
    """Install and run Zensical below `root`: its name with version, and the folder of its site.

    Raises `NotHere` if it cannot be installed or takes too long, `NotBuilt` if it fails.
    """
    until = monotonic() + LIMIT
    python = root / "environment" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--retries", "1"]
    install += ["--timeout", "10", "--only-binary", ":all:", "--constraint", str(VERSIONS), "zensical"]
    for command in ([sys.executable, "-m", "venv", str(root / "environment")], [str(python), *install]):
        done = _run(command, root, until)
        if done.returncode:
            raise NotHere(f"Zensical cannot be installed. {_reason(done.stderr)}")
    told = _run([str(python), "-m", "zensical", "--version"], root, until)
    if told.returncode:
        raise NotHere(f"Zensical does not start. {_reason(told.stderr)}")
    project = root / "zensical"
    own = yaml.safe_load(files.read_text(CONFIG))
    files.write_pages(
        project,
        {
            **{f"docs/{name}": data for name, data in files.read_all(Path(own["docs_dir"]))},
            **{f"overrides/{name}": data for name, data in files.read_all(Path(own["theme"]["custom_dir"]))},
            **{f"docs/{address}index.md": shell_markdown().encode() for address in shell_addresses()},
            "mkdocs.yml": yaml.safe_dump(zensical_settings(own), allow_unicode=True, sort_keys=False).encode(),
        },
    )
    done = _run([str(python), "-m", "zensical", "build", "--clean"], project, until)
    if done.returncode:
        raise NotBuilt(f"{done.stdout}{done.stderr}".strip())
    return f"zensical {told.stdout.strip().split()[-1]}", project / "site"


def zensical_settings(own: Mapping[str, Any]) -> dict[str, Any]:
    """Our `mkdocs.yml` as Zensical takes it: without our plugin, in the look that our stylesheet was made for."""
    theme = {**own["theme"], "custom_dir": "overrides", "variant": "classic"}
    return {**own, "docs_dir": "docs", "site_dir": "site", "theme": theme, "plugins": []}


def written_besides(prepared: Prepared, pages: Iterable[Page]) -> frozenset[str]:
    """The files that our own build adds to any builder's site and that pages link to."""
    papers = {page.address + DOCUMENT for page in pages if page.document}
    data = {f"{DATA_FOLDER}/{name}" for name in render_exports(prepared.book, "")}
    return frozenset({LIKENESS, *PROGRAM, TABLE, *papers, *data})


def finish(
    built: Mapping[str, str],
    written: frozenset[str],
    pages: Sequence[Page],
    blocks: Sequence[Block],
    others: frozenset[str],
) -> Outcome:
    """Fill what a builder built; `written` names all its files, `others` what our build adds. Raises `ShellError`."""
    filled = fill_shells(built, pages, blocks)
    whole = {
        name: text for name, text in {**built, **filled}.items() if SHELL not in name and name != file_of("problemen/")
    }
    markers = (TITLE, DESCRIPTION, BEGIN, END)
    return Outcome(
        built=len(built),
        shells=tuple(
            name for name in map(file_of, shell_addresses()) if all(marker in built[name] for marker in markers)
        ),
        pages=whole,
        broken=tuple(sorted(check_links(whole.items(), written | others | set(whole)))),
        beside=frozenset(name for name in written if PurePosixPath(name).suffix not in _EXPECTED),
    )


def words_differ(one: Outcome, other: Outcome) -> tuple[str, ...]:
    """The pages that both have, and whose article says something else; spaces do not count."""
    both = sorted(one.pages.keys() & other.pages.keys())
    return tuple(name for name in both if _said(one.pages[name]) != _said(other.pages[name]))


def _said(page: str) -> str:
    return _TAG.sub("", unescape(_TAG.sub("", " ".join(_ARTICLE.findall(page)))))


def render_report(name: str, moved_name: str, ours: Outcome, moved: Outcome) -> str:
    """The figures as a Markdown table, and below it what differs by name."""
    both = (ours, moved)
    shells = len(shell_addresses())
    rows = {
        "pages from the builder, shells included": [f"{site.built}" for site in both],
        "shells with all markers": [f"{len(site.shells)} of {shells}" for site in both],
        "pages after filling": [f"{len(site.pages)}" for site in both],
        "broken links": [f"{len(site.broken)}" for site in both],
        **{f"pages with `{part}`": [f"{_count(site, part)}" for site in both] for part in OURS},
        "pages that ask another host": [
            f"{sum(bool(_OTHER_HOST.search(page)) for page in site.pages.values())}" for site in both
        ],
        "other files": [f"{len(site.beside)}" for site in both],
    }
    lines = [f"| | {name} | {moved_name} |", "|---|---|---|"]
    lines += [f"| {what} | {one} | {other} |" for what, (one, other) in rows.items()]
    told = {
        f"Pages only with {name}": sorted(ours.pages.keys() - moved.pages.keys()),
        f"Pages only with {moved_name}": sorted(moved.pages.keys() - ours.pages.keys()),
        "Pages that say something else": words_differ(ours, moved),
        f"Links broken only with {name}": _links(set(ours.broken) - set(moved.broken)),
        f"Links broken only with {moved_name}": _links(set(moved.broken) - set(ours.broken)),
        f"Other files only with {name}": sorted(ours.beside - moved.beside),
        f"Other files only with {moved_name}": sorted(moved.beside - ours.beside),
    }
    for what, names in told.items():
        lines += ["", f"{what}: {len(names)}", *(f"- {name}" for name in names[:SHOWN])] if names else []
        lines += [f"- and {len(names) - SHOWN} more"] if len(names) > SHOWN else []
    if not any(told.values()):
        lines += ["", "Nothing differs."]
    return "\n".join(lines)


def _count(site: Outcome, part: str) -> int:
    return sum(part in page for page in site.pages.values())


def _links(found: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{page}: {link}" for page, link in sorted(found)]


def _reason(text: str) -> str:
    """Why a command failed, of all that it said: the first error that it names, else its last line."""
    lines = text.strip().splitlines() or ["It said nothing."]
    return next((line for line in lines if line.startswith("ERROR:")), lines[-1])


def _run(command: Sequence[str], folder: Path, until: float) -> subprocess.CompletedProcess[str]:
    """Run a command outside the project's own environment. Raises `NotHere` if the time is up."""
    environment = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env={**environment, "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            timeout=max(until - monotonic(), 1),
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise NotHere(f"installing Zensical and building with it took more than {LIMIT} seconds.") from fault


if __name__ == "__main__":
    main()
