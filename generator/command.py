"""What commands share: the door that they are behind, the folders that they take, and how stages are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from generator.lexicon import ListError
from generator.settings import Settings

NO_REGISTRY = Path(os.devnull)
"""The folder of the registry where there is none."""

Options = Callable[[Callable[..., Any]], Callable[..., Any]]


class Door(click.Group):
    """Every command: without its lists the privacy gate cannot work, and nothing is told, compared or built."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a missing list ends it with 2."""
        try:
            return super().invoke(ctx)
        except ListError as error:
            click.echo(str(error), err=True)
            sys.exit(2)


def folder(name: str) -> Options:
    """The option `--NAME DIR` for a folder of the site."""
    return click.option(
        f"--{name}",
        type=click.Path(path_type=Path),
        default=Path(name),
        show_default=True,
        help=f"Folder of the {name}.",
    )


def own_registry(context: click.Context) -> bool:
    """Whether the registry goes with the records: both folders are the site's, or one was named."""
    default = click.core.ParameterSource.DEFAULT
    return context.get_parameter_source("cases") is default or context.get_parameter_source("patterns") is not default


def settings_of(cases: Path, patterns: Path = Path("patterns")) -> Settings:
    """The settings of a command that runs in the folder of the site."""
    root = Path.cwd()
    return Settings(root=root, cases=root / cases, patterns=root / patterns)


def tell_stage(stage: str, seconds: float) -> None:
    """Tell a stage on standard error."""
    click.echo(f"{stage} ({seconds:.2f} s)", err=True)
