"""The command `kit`: a training kit of cases or of a pattern as files, each part by itself."""

from __future__ import annotations

import re
import sys
from difflib import get_close_matches
from pathlib import Path

import click

from generator import files, swaps
from generator.command import KEPT, collection_of, folder, own_words, prepared_of, site_address
from generator.kit import find_kit, kit_names
from generator.kitfiles import FORMATS, Format
from generator.pipeline import BuildError, Prepared
from generator.publishing import write_kit

_PATTERN = re.compile(r"P-[0-9]{4}|k-[0-9a-f]{8}")


@click.command()
@click.argument("names", metavar="CASE...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    help="New or empty folder to write into.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="html", show_default=True, help="Kind of files.")
@site_address("Address of the site; without it the files hold no links.")
@folder("cases")
@folder("patterns")
@own_words
@click.pass_context
def kit(
    context: click.Context,
    names: tuple[str, ...],
    target: Path,
    form: Format,
    address: str,
    cases: Path,
    patterns: Path,
    words: Path,
) -> None:
    """Write the training kit of cases, in their order, or of one pattern: worksheet, ending, notes and cards.

    CASE is the id of a published case, or one number of a pattern such as P-0001.
    """
    settings = collection_of(context, cases, patterns, words)
    place = target.absolute()
    _refuse_place(place, [settings.cases, settings.patterns, *(settings.root / name for name in KEPT)])
    _refuse_choice(names)
    prepared = prepared_of(settings)
    try:
        _refuse_names(names, prepared)
        chosen = find_kit(prepared.book, names)
        with swaps.replaced_folder(place) as fresh:
            written = write_kit(prepared, chosen, form, fresh, address)
    except BuildError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except OSError as error:
        raise click.UsageError(
            f"Er is niets geschreven: {target} kan niet worden gemaakt ({error.strerror})."
        ) from error
    click.echo(f"geschreven in {target}: {', '.join(sorted(written))}", err=True)
    click.echo("Deel vooraf alleen het werkblad uit: in de andere bestanden staat de afloop.", err=True)


def _refuse_place(place: Path, kept: list[Path]) -> None:
    """Wrong use if something stands at `place` already, or if it is a part of the site."""
    real = place.resolve()
    if any(real.is_relative_to(one.resolve()) for one in kept):
        raise click.UsageError(f"{place} hoort bij de site zelf. Kies een eigen map voor het lespakket.")
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise click.UsageError(f"{place} is geen map. Kies een nieuwe of lege map.")
    if files.list_names(place):
        raise click.UsageError(f"{place} is niet leeg. Kies een nieuwe of lege map.")


def _refuse_choice(names: tuple[str, ...]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise click.UsageError(f"{twice[0]} staat er twee keer. Noem elke casus één keer.")
    if len(names) > 1 and any(_PATTERN.fullmatch(name) for name in names):
        raise click.UsageError("Noem één patroon, of alleen casussen.")


def _refuse_names(names: tuple[str, ...], prepared: Prepared) -> None:
    """Raises `BuildError` for the first name that has no kit, with why and what to do."""
    known = kit_names(prepared.book)
    statuses = {record.case.id: record.case for record in prepared.records}
    for name in names:
        if name in known:
            continue
        case = statuses.get(name)
        if name in prepared.book.withdrawn or (case and case.withdrawn):
            why = f"De casus {name} is ingetrokken. Daar komt geen lespakket van: kies een andere casus."
        elif case and not case.published:
            why = f"De casus {name} is nog niet gepubliceerd. Zet eerst de status in het record op gepubliceerd."
        elif case:
            why = f"De casus {name} is aangehouden. Kijk met `maatwerkatlas check` wat eraan schort."
        elif any(pattern.id == name for pattern in prepared.book.patterns):
            why = f"Het patroon {name} geldt niet meer of heeft geen casussen. Kies een ander patroon."
        else:
            near = get_close_matches(name, sorted(known), n=1)
            hint = f"Bedoelt u {near[0]}?" if near else "Neem de naam van het bestand in cases/, zonder .yaml."
            why = f"{name} is geen casus en geen patroon. {hint}"
        raise BuildError(f"Er is niets geschreven. {why}")
