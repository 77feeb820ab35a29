"""The door to MkDocs, and the only module that imports it: adds the shells, fills them after the build, watches."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any, Literal

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import config_options as options
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from generator.files import TextError
from generator.grounds import Ground
from generator.keeping import find_before
from generator.kept import NOTHING, Kept
from generator.lexicon import ListError
from generator.live import Live
from generator.pipeline import BuildError, Prepared, prepare
from generator.policy import PolicyError
from generator.preview import find_standing
from generator.problems import render_lines
from generator.progress import Report, Talk, Track, untracked
from generator.publishing import publish
from generator.search import SearchError
from generator.settings import Settings, add_look, site_settings, watched
from generator.shells import JOINED, SHELL, ShellError, shell_addresses, shell_markdown

log = get_plugin_logger("maatwerkatlas")


class PluginOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """What `mkdocs.yml` may set; folders are relative to it."""

    cases = options.Type(str, default="cases")
    patterns = options.Type(str, default="patterns")
    edit_address = options.Type(str, default="")
    since = options.Type(str, default="")
    vocabulary = options.Type(str, default="woordenlijst")
    sources = options.Type(list, default=[])


class MaatwerkatlasPlugin(BasePlugin[PluginOptions]):  # type: ignore[no-untyped-call]  # idem
    """Builds the site of a collection of case records."""

    settings: Settings
    prepared: Prepared
    ground: Ground | None
    """Where the site is made; `None` for the folder of which MkDocs knows."""
    standing: Path | None
    """The site that this build takes the place of, if the build may take over what is the same there."""
    left: Kept
    """What the last build left for the next."""
    talk: Talk
    """Where the stages are told: MkDocs' log, or our own command line."""
    tells_held: bool
    """Whether the caller itself tells which records were held back: to MkDocs a warning would stop the build."""

    def __init__(self) -> None:
        self.talk = Talk(_log_stage)
        self.tells_held = False
        self.serving = False
        self.ground = None
        self.standing = None
        self.left = NOTHING
        self.live = Live()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002 - MkDocs names it
        """Remember whether faults stop the build or are shown on a page."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read, check and link the records before MkDocs empties the site folder, so a fault leaves it as it was."""
        root = Path(config.config_file_path).parent
        self.settings = site_settings(root, self.config, config.site_name, not self.serving)
        if self.config.sources:
            self.settings = replace(self.settings, config=Path(config.config_file_path))
        add_look(config.theme.dirs)
        config.watch += watched(self.settings)
        self.live.begin([Path(place) for place in (config.docs_dir, config.config_file_path, *config.watch)])
        try:
            self.prepared = prepare(self.settings, self.talk, find_before(self.standing, self.settings))
        except (BuildError, ListError) as error:
            raise PluginError(str(error)) from error
        for line, grave in render_lines(self.prepared.problems):
            (log.warning if grave and not self.tells_held else log.info)(line)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the shells as pages of their own."""
        for address in shell_addresses(joined=self.prepared.book.joined is not None):
            hidden = SHELL in address or address in {"problemen/", f"{JOINED}/"}
            level = InclusionLevel.NOT_IN_NAV if hidden else InclusionLevel.INCLUDED
            files.append(File.generated(config, f"{address}index.md", content=shell_markdown(), inclusion=level))
        return files

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Fill the shells."""
        built, address = Path(config.site_dir), config.site_url or ""
        site = self.ground.site if self.ground else built
        standing = find_standing(built, address)
        try:
            self.left = publish(self.prepared, self.settings, site, address, self.talk, built=built)
        except (BuildError, ListError, ShellError, PolicyError, SearchError, TextError) as error:
            raise PluginError(str(error)) from error
        self.live.standing = standing

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Show an edit in a record before the whole site is built again, which waits until it is quiet."""
        bell = Path(f"{config.site_dir}.bel")
        server.builder = self.live.take_turns(bell, self._show_ahead, builder)
        server.watch(str(bell))
        return server

    def on_shutdown(self) -> None:
        """Leave nothing behind."""
        self.live.end()

    def _show_ahead(self) -> bool:
        started = perf_counter()
        shown = self.live.show(self.prepared, self.settings)
        if shown is not None:
            self.prepared = shown
            self.talk.report("bewerkte casus alvast getoond; de rest volgt als u even wacht", perf_counter() - started)
        return shown is not None


def _log_stage(stage: str, seconds: float) -> None:
    log.info(f"{stage} ({seconds:.2f} s)")


def build_site(
    config_file: Path,
    ground: Ground,
    report: Report,
    track: Track = untracked,
    standing: Path | None = None,
    **plugin_options: str,
) -> tuple[Prepared, Kept]:
    """Build the whole site on its ground, warnings being faults; what it was made of, and what to keep for the next.

    What would come out the same is taken from the `standing` site and what its build left. Raises `BuildError`.
    """
    config = load_config(str(config_file), site_dir=str(ground.built), strict=True)
    plugin: Any = config.plugins["maatwerkatlas"]
    plugin.talk = Talk(report, track)
    plugin.tells_held = True
    plugin.ground = ground
    plugin.standing = standing
    plugin.config.update(plugin_options)
    config.plugins.run_event("startup", command="build", dirty=False)
    faults = logging.StreamHandler(sys.stderr)
    faults.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(faults)
    try:
        build(config)
    except MkDocsException as error:
        raise BuildError(str(error)) from error
    finally:
        logging.getLogger("mkdocs").removeHandler(faults)
    return plugin.prepared, plugin.left


def serve_site(config_file: Path, address: str | None = None) -> None:
    """Serve the site with live reload until interrupted, at `address` or where the config says; tells it on stderr."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    serve(str(config_file), dev_addr=address)
