"""Two commands of the command line: the machine-readable files alone, and the proposals in their order."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator import files, swaps
from generator.command import KEPT, collection_of, folder, own_words, prepared_of, site_address
from generator.exports.bundle import EXPORT_NAMES, WHOLE, part_of
from generator.exports.canonical import canonical
from generator.exports.layout import render_json
from generator.exports.walk import Tree
from generator.pipeline import BuildError
from generator.publishing import export as write_exports
from generator.ranking import PARTS
from generator.settings import Settings

PROPOSALS = "voorstellen"
"""The list of the canonical value that holds them."""


@click.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@site_address("Address of the site; without it links are relative.")
@folder("cases")
@folder("patterns")
@own_words
@click.pass_context
def export(context: click.Context, target: Path, address: str, cases: Path, patterns: Path, words: Path | None) -> None:
    """Write cases, patterns, proposals and articles as JSON, CSV, JSON-LD and Atom into DIR; all of it or nothing.

    DIR may be new, empty, or hold an earlier export. Records in another folder than the site's go without our registry,
    unless --patterns names one.
    """
    settings = collection_of(context, cases, patterns, words)
    place = Path(target).absolute()
    _refuse(place, settings)
    prepared = prepared_of(settings)
    try:
        with swaps.replaced_folder(place) as fresh:
            written = write_exports(prepared, fresh, address)
    except BuildError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except OSError as error:
        raise click.UsageError(
            f"Er is niets geschreven: {target} kan niet worden gemaakt ({error.strerror})."
        ) from error
    click.echo(f"geschreven: {len(written)} bestanden in {target}", err=True)


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print."
)
@folder("cases")
@folder("patterns")
@own_words
@click.pass_context
def proposals(context: click.Context, form: str, cases: Path, patterns: Path, words: Path | None) -> None:
    """Print the proposals, those with the most evidence first, with every part of their score.

    JSON is what `voorstellen.json` of an export holds.
    """
    value = canonical(prepared_of(collection_of(context, cases, patterns, words)).book)
    if form == "json":
        click.echo(render_json(part_of(value, PROPOSALS)), nl=False)
        return
    for proposal in value[PROPOSALS]:
        for line in _lines(proposal):
            click.echo(line)


def _lines(proposal: Tree) -> tuple[str, str, str]:
    score = proposal["score"]
    parts = ", ".join(f"{part} {score[part]}" for part in PARTS)
    return (
        f"{proposal['id']} {proposal['naam']}",
        f"  {proposal['status']['naam']}; {proposal['soort']['naam']}; {proposal['niveau']['naam']}",
        f"  bewijspunten {score['totaal']} ({parts}); {proposal['geschreven_door']['naam'].lower()}",
    )


def _refuse(place: Path, settings: Settings) -> None:
    """Wrong use if writing to `place` would take away something that is not an export of ours."""
    real = place.resolve()
    kept = [settings.cases, settings.patterns, *(settings.root / name for name in KEPT)]
    if settings.root.resolve().is_relative_to(real) or any(_overlap(real, folder.resolve()) for folder in kept):
        raise click.UsageError(f"{place} hoort bij de site zelf. Kies een eigen map voor de gegevens.")
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise click.UsageError(f"{place} is geen map. Kies een nieuwe of lege map.")
    there = files.list_names(place)
    if there and not (WHOLE in there and there <= EXPORT_NAMES):
        raise click.UsageError(
            f"In {place} staan bestanden die niet uit een eerdere uitvoer komen. Kies een nieuwe of lege map."
        )


def _overlap(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)
