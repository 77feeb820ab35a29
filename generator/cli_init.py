"""The command that starts a site for another municipality."""

from __future__ import annotations

from pathlib import Path

import click

from generator import files, swaps
from generator.colours import ENOUGH, WHITE, contrast, read_colour
from generator.installed import installed_from, is_local, read_origin
from generator.newsite import LONGEST_NAME, NewSite, is_name, render_site
from generator.privacy.output import may_be_called
from generator.vocabulary import load_vocabulary

COLOUR = "#1d4f8c"
"""A blue that fits no municipality in particular."""
SITE_NAME = "Maatwerk in onze gemeente"


@click.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", default=SITE_NAME, show_default=True, help="What the site is called.")
@click.option("--colour", default=COLOUR, show_default=True, help="Its colour, as #rrggbb; white text must show on it.")
@click.option(
    "--from", "origin", metavar="ADDRESS", help="Where pip finds the generator.  [default: where this one came from]"
)
def init(target: Path, name: str, colour: str, origin: str | None) -> None:
    """Start a site for another municipality in the new or empty folder DIR; all of it or nothing."""
    place = Path(target).absolute()
    _refuse(place)
    site = NewSite(_checked_name(name), _checked_colour(colour), _checked_origin(origin))
    pages = render_site(site, load_vocabulary())
    try:
        with swaps.replaced_folder(place) as fresh:
            files.write_pages(fresh, pages)
    except OSError as error:
        raise click.UsageError(
            f"Er is niets geschreven: {target} kan niet worden gemaakt ({error.strerror})."
        ) from error
    click.echo(f"geschreven: {len(pages)} bestanden in {target}", err=True)
    if is_local(site.origin):
        click.echo(
            "Let op: alleen deze computer kent het adres van de generator. Noem met --from een adres dat GitHub of"
            " GitLab ook kent, of pas requirements.txt aan.",
            err=True,
        )
    click.echo("Ga naar die map en typ: make site", err=True)


def _refuse(place: Path) -> None:
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise click.UsageError(f"{place} is geen map. Kies een nieuwe of lege map.")
    if files.list_names(place):
        raise click.UsageError(f"{place} is niet leeg. Kies een nieuwe of lege map.")
    if place.resolve() == Path.cwd().resolve():
        raise click.UsageError("U staat zelf in deze map. Ga een map hoger staan en noem de map.")


def _checked_name(text: str) -> str:
    name = " ".join(text.split())
    if not is_name(name):
        raise click.BadParameter(
            f"zo kan een site niet heten. Gebruik letters, cijfers en spaties, hooguit {LONGEST_NAME} tekens.",
            param_hint="--name",
        )
    if not may_be_called(name):
        raise click.BadParameter(
            "de privacytoets ziet in deze naam een mens, een adres of een nummer. Kies een andere naam.",
            param_hint="--name",
        )
    return name


def _checked_colour(text: str) -> tuple[int, int, int]:
    colour = read_colour(text)
    if colour is None:
        raise click.BadParameter("schrijf een kleur als #1d4f8c.", param_hint="--colour")
    reached = contrast(colour, WHITE)
    if reached < ENOUGH:
        said = f"{int(reached * 10) / 10}".replace(".", ",")
        raise click.BadParameter(
            f"witte letters zijn op deze kleur niet goed te lezen. Het contrast is {said} en moet minstens 4,5 zijn."
            " Kies een donkerder kleur.",
            param_hint="--colour",
        )
    return colour


def _checked_origin(text: str | None) -> str:
    if text is None:
        found = installed_from()
        if not found:
            raise click.UsageError("De generator is hier niet geïnstalleerd. Noem met --from waar pip hem vindt.")
        return found
    origin = read_origin(text)
    if origin is None:
        raise click.BadParameter(
            "hier kan pip de generator niet ophalen. Noem een adres dat begint met git+https:// of https://, zonder"
            " naam en wachtwoord erin.",
            param_hint="--from",
        )
    return origin
