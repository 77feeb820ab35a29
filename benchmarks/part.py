"""What is done before and after the timed builds, each as a process of its own: `prepare` and `compare`."""

from __future__ import annotations

import os
import pickle
import re
import shutil
from pathlib import Path

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

import click
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from benchmarks.corpus import make_records
from benchmarks.folders import Folders
from benchmarks.plain import count_same, fill_markdown, plain_settings, render_markdown_pages, words_shown
from generator import files
from generator.mkdocs_plugin import MaatwerkatlasPlugin
from generator.pages import render_blocks, render_pages
from generator.pipeline import Prepared
from generator.settings import Settings
from generator.vocabulary import load_vocabulary

CONFIG = Path("mkdocs.yml")
"""The site's own settings; the measurement runs in the folder of the project."""


@click.group()
def main() -> None:
    """Before and after a measurement."""


@main.command()
@click.argument("root", type=click.Path(path_type=Path))
@click.option("--cases", type=int, required=True)
@click.option("--seed", type=int, required=True)
@click.option("--records-only", is_flag=True, help="Write the records and nothing else.")
def prepare(root: Path, cases: int, seed: int, *, records_only: bool) -> None:
    """Write the records, the unfilled shells, the book, and the same pages as Markdown."""
    folders = Folders(root)
    own = yaml.safe_load(files.read_text(CONFIG))
    # The pages that people wrote may link to the project's own records, so these come along.
    shutil.copytree("cases", folders.cases / "own")
    records = make_records(cases, seed, load_vocabulary())
    files.write_pages(folders.cases, {name: text.encode() for name, text in records})
    if records_only:
        return
    prepared, settings = build_shells(folders)
    folders.prepared.write_bytes(pickle.dumps((prepared, settings)))

    docs = folders.plain / "docs"
    shutil.copytree(own.get("docs_dir", "docs"), docs)
    blocks = list(render_blocks(prepared.book))
    written = {path.relative_to(docs).as_posix(): files.read_text(path) for path in docs.rglob("*.md")}
    pages = {name: fill_markdown(name, text, blocks) for name, text in written.items()}
    pages |= render_markdown_pages(render_pages(prepared.book, prepared.changes, settings.edit_address))
    files.write_pages(docs, {name: text.encode() for name, text in pages.items()})
    plain = yaml.safe_dump(plain_settings(own, pages), allow_unicode=True, sort_keys=False)
    (folders.plain / "mkdocs.yml").write_text(plain, "utf-8")


def build_shells(folders: Folders) -> tuple[Prepared, Settings]:
    """Build the site up to the point at which the shells are filled."""
    config = load_config(str(CONFIG), site_dir=str(folders.shells))
    plugin = config.plugins["maatwerkatlas"]
    assert isinstance(plugin, MaatwerkatlasPlugin)
    plugin.config.update({"cases": str(folders.cases)})
    config.plugins.events["post_build"].remove(plugin.on_post_build)
    config.plugins.run_event("startup", command="build", dirty=False)
    build(config)
    return plugin.prepared, plugin.settings


@main.command()
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
def compare(ours: Path, theirs: Path) -> None:
    """Say on how many pages both sites show the same words, and how long a case page is."""
    built, plain = files.read_site(ours, ".html"), files.read_site(theirs, ".html")
    both, same = count_same(built, plain)
    lengths: dict[bool, list[int]] = {True: [], False: []}
    for name, text in built.items():
        page = re.fullmatch(r"casussen/[^/]+?(-\d{5})?/index\.html", name)
        if page:
            lengths[bool(page[1])].append(len(words_shown(text)))
    generated, own = (sum(found) / max(len(found), 1) for found in (lengths[True], lengths[False]))
    click.echo(
        f"{len(built)} pages in our site, {len(plain)} in the plain one; "
        f"{same} of the {both} that both have show the same words; "
        f"{generated:.0f} words a generated case page, {own:.0f} on one of the project's own"
    )


if __name__ == "__main__":
    main()
