"""One command of the command line: the collections of others, their state, and taking in a new one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.acceptance import Manner, Outcome, update
from generator.accepted import named_sources, read_accepted
from generator.collection import Stand, Wanted
from generator.command import config_file, own_words, settings_of, words_of
from generator.pipeline import read_vocabulary
from generator.problems import has_errors, render_text
from generator.settings import Settings


@click.command()
@config_file
@click.option("--update", "take", is_flag=True, help="Fetch, check and accept what the settings name.")
@click.option("--dry-run", is_flag=True, help="With --update: fetch and check, and write nothing.")
@own_words
def sources(config: Path, take: bool, dry_run: bool, words: Path) -> None:
    """List the collections of others with the state that was accepted; with --update take in a new one.

    A new state that has a fault, or cannot be had, leaves the accepted one as it was and ends with 1.
    """
    if dry_run and not take:
        raise click.UsageError("--dry-run hoort bij --update.")
    if not config.is_file():
        raise click.UsageError(f"{config} bestaat niet.")
    wanted, faults = named_sources(config)
    click.echo(render_text(faults), nl=False)
    if faults:
        sys.exit(1)
    if not wanted:
        click.echo("In de instellingen staan geen andere verzamelingen.", err=True)
    vocabulary = words_of(settings_of(Path("cases"), Path("patterns"), words))
    failed = False
    for one in wanted:
        if take:
            outcome = update(config, one, vocabulary, Manner(again=True, write=not dry_run))
            click.echo(render_text(outcome.problems), nl=False)
            failed = failed or has_errors(outcome.problems)
            click.echo(_line(one, outcome.stand, _said(outcome, dry_run=dry_run)))
        else:
            click.echo(_line(one, read_accepted(config, one), ""))
    sys.exit(1 if failed else 0)


def refresh(config: Path, settings: Settings) -> None:
    """What `build` does first: take in what the settings name and is not accepted yet; tell it, stop for nothing."""
    wanted, faults = named_sources(config)
    if faults or not wanted:
        return  # the build itself tells the faults
    vocabulary, _ = read_vocabulary(settings)
    for one in wanted:
        outcome = update(config, one, vocabulary)
        click.echo(render_text(outcome.problems), nl=False, err=True)
        if outcome.changed or outcome.problems:
            click.echo(_line(one, outcome.stand, _said(outcome)), err=True)


def _said(outcome: Outcome, *, dry_run: bool = False) -> str:
    if has_errors(outcome.problems):
        return "niet overgenomen; de vorige stand blijft" if outcome.stand else "niet overgenomen"
    if not outcome.changed:
        return "niets nieuws"
    return "in orde; niets geschreven" if dry_run else "overgenomen"


def _line(wanted: Wanted, stand: Stand | None, said: str) -> str:
    state = "nog niets overgenomen"
    if stand:
        state = f"commit {stand.commit}" if stand.commit else f"inhoud {stand.inhoud[:16]}"
        state += f", {stand.aangehouden} aangehouden" if stand.aangehouden else ""
    licence = (stand or wanted.setting).licentie
    return f"{wanted.setting.prefix}: {wanted.setting.naam} ({licence}), {state}" + (f": {said}" if said else "")
