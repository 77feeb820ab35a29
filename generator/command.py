"""What commands share: the door that they are behind, the folders that they take, and how stages are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import yaml

from generator import files
from generator.lexicon import ListError
from generator.pipeline import read_vocabulary
from generator.problems import render_text
from generator.settings import NAME, Settings
from generator.vocabulary import Vocabulary

NO_REGISTRY = Path(os.devnull)
"""The folder of the registry where there is none."""
WORDS = "woordenlijst"
"""The folder of the site's own words, if nothing else is said."""
CONFIG = "mkdocs.yml"
KEPT = ("docs", "generator")
"""Folders of the site, beside those of the records, that nothing is written over."""

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


own_words = click.option(
    "--vocabulary",
    "words",
    type=click.Path(path_type=Path),
    default=Path(WORDS),
    show_default=True,
    help="Folder of the site's own words; may be absent.",
)


def own_registry(context: click.Context) -> bool:
    """Whether the registry goes with the records: both folders are the site's, or one was named."""
    default = click.core.ParameterSource.DEFAULT
    return context.get_parameter_source("cases") is default or context.get_parameter_source("patterns") is not default


def settings_of(cases: Path, patterns: Path, words: Path) -> Settings:
    """The settings of a command that runs in the folder of the site."""
    root = Path.cwd()
    return Settings(
        root=root, cases=root / cases, patterns=root / patterns, words=root / words, name=site_name(root / CONFIG)
    )


def words_of(settings: Settings) -> Vocabulary:
    """The lists with the site's own words; anything wrong with those is told and ends the command with 1."""
    vocabulary, problems = read_vocabulary(settings)
    if problems:
        click.echo(render_text(problems), nl=False, err=True)
        sys.exit(1)
    return vocabulary


def site_name(config: Path) -> str:
    """What the site of this `mkdocs.yml` is called; ours if the file does not say so in plain YAML."""
    try:
        tree = yaml.compose(files.read_text(config), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return NAME
    rows = tree.value if isinstance(tree, yaml.MappingNode) else []
    return next((str(value.value) for key, value in rows if key.value == "site_name"), NAME)


def tell_stage(stage: str, seconds: float) -> None:
    """Tell a stage on standard error."""
    click.echo(f"{stage} ({seconds:.2f} s)", err=True)
