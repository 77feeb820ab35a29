"""What commands share: the door that they are behind, the folders that they take, and how stages are told."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import yaml

from generator import files
from generator.lexicon import ListError
from generator.pipeline import BuildError, Prepared, prepare, read_vocabulary
from generator.problems import render_text
from generator.progress import Talk, tracked
from generator.settings import NAME, Settings
from generator.vocabulary import Vocabulary

NO_REGISTRY = Path(os.devnull)
"""The folder of the registry where there is none."""
WORDS = "woordenlijst"
"""The folder of the site's own words, if nothing else is said."""
CONFIG = "mkdocs.yml"
KEPT = ("docs", "generator")
"""Folders of the site, beside those of the records, that nothing is written over."""

_ADDRESS = re.compile(r"https?://[^\s<>\"'?#]+")

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


def _web_address(context: click.Context, parameter: click.Parameter, value: str) -> str:  # noqa: ARG001 - click names them
    if value and not _ADDRESS.fullmatch(value):
        raise click.BadParameter("een webadres dat begint met http:// of https://", param_hint="--address")
    return f"{value.rstrip('/')}/" if value else ""


def site_address(purpose: str) -> Options:
    """The option `--address URL`; what comes of it ends in a slash or is empty."""
    return click.option("--address", metavar="URL", default="", callback=_web_address, help=purpose)


config_file = click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path(CONFIG),
    show_default=True,
    help="The site's mkdocs.yml.",
)
own_words = click.option(
    "--vocabulary",
    "words",
    type=click.Path(path_type=Path),
    help="Folder of the site's own words; may be absent.  [default: vocabulary of mkdocs.yml, or woordenlijst]",
)


def own_registry(context: click.Context) -> bool:
    """Whether the registry goes with the records: both folders are the site's, or one was named."""
    default = click.core.ParameterSource.DEFAULT
    return context.get_parameter_source("cases") is default or context.get_parameter_source("patterns") is not default


def settings_of(cases: Path, patterns: Path, words: Path | None) -> Settings:
    """The settings of a command that runs in the folder of the site."""
    root = Path.cwd()
    name, said = _said(root / CONFIG)
    return Settings(root=root, cases=root / cases, patterns=root / patterns, words=root / (words or said), name=name)


def collection_of(context: click.Context, cases: Path, patterns: Path, words: Path | None) -> Settings:
    """The same for one collection by itself: another's records go without our registry, unless one is named."""
    return settings_of(cases, patterns if own_registry(context) else NO_REGISTRY, words)


def prepared_of(settings: Settings) -> Prepared:
    """The book of cleared records; a fault in them ends the command with 1, what is held back is told."""
    try:
        prepared = prepare(settings, Talk(tell_stage, tracked))
    except BuildError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    tell_held(prepared)
    return prepared


def tell_held(prepared: Prepared) -> None:
    """Tell on standard error which records the privacy gate holds back, and why; nothing if there are none."""
    if prepared.clearance.held:
        click.echo(render_text(prepared.clearance.problems), nl=False, err=True)
        click.echo(f"Aangehouden door de privacytoets: {len(prepared.clearance.held)} casussen.", err=True)


def words_of(settings: Settings) -> Vocabulary:
    """The lists with the site's own words; anything wrong with those is told and ends the command with 1."""
    vocabulary, problems = read_vocabulary(settings)
    if problems:
        click.echo(render_text(problems), nl=False, err=True)
        sys.exit(1)
    return vocabulary


def _said(config: Path) -> tuple[str, str]:
    """The name of the site and the folder of its own words, as this `mkdocs.yml` says them in plain YAML."""
    try:
        tree = yaml.compose(files.read_text(config), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return NAME, WORDS
    plugins = _under(tree, "plugins")
    ours = [_under(entry, "maatwerkatlas") for entry in getattr(plugins, "value", []) if isinstance(entry, yaml.Node)]
    words = [_under(options, "vocabulary") for options in ours]
    texts = [node.value for node in words if isinstance(node, yaml.ScalarNode)]
    name = _under(tree, "site_name")
    return name.value if isinstance(name, yaml.ScalarNode) else NAME, texts[0] if texts else WORDS


def _under(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """What stands under a key of a mapping; nothing if it is none, or has no such key."""
    rows = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for found, value in rows if found.value == key), None)


def tell_stage(stage: str, seconds: float) -> None:
    """Tell a stage on standard error."""
    click.echo(f"{stage} ({seconds:.2f} s)", err=True)
