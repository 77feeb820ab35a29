"""The door to MkDocs, and the only module that imports it: adds the shells, fills them after the build, watches."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Timer
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

from generator import files
from generator.lexicon import ListError
from generator.pipeline import BuildError, Prepared, prepare, publish
from generator.policy import PolicyError
from generator.preview import Stamps, Standing, edited, preview
from generator.problems import render_lines
from generator.progress import Report, Talk, Track, untracked
from generator.search import SearchError
from generator.settings import Settings, add_look, site_settings, watched
from generator.shells import JOINED, SHELL, ShellError, file_of, shell_addresses, shell_markdown, shell_of

log = get_plugin_logger("maatwerkatlas")
QUIET = 10.0
"""Seconds without an edit after which the live server builds the whole site again."""


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
    talk: Talk
    """Where the stages are told: MkDocs' log, or our own command line."""
    tells_held: bool
    """Whether the caller itself tells which records were held back: to MkDocs a warning would stop the build."""

    def __init__(self) -> None:
        self.talk = Talk(_log_stage)
        self.tells_held = False
        self.shell = ""
        self.stamps: Stamps = {}
        self.serving = False
        self.rest: Timer | None = None
        self.bell: Path | None = None
        self.whole = False
        self.places: list[Path] = []

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
        self.whole = False
        config.watch += watched(self.settings)
        self.places = [Path(place) for place in (config.docs_dir, config.config_file_path, *config.watch)]
        self.stamps = files.stamp_files(self.places)
        try:
            self.prepared = prepare(self.settings, self.talk)
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
        site = Path(config.site_dir)
        with suppress(OSError):  # `publish` says that a shell is missing
            self.shell = files.read_text(site / file_of(shell_of("casussen/x/")))
        try:
            publish(self.prepared, self.settings, site, config.site_url or "", self.talk)
        except (BuildError, ListError, ShellError, PolicyError, SearchError) as error:
            raise PluginError(str(error)) from error
        self.whole = True

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Show an edit in a record before the whole site is built again, which waits until it is quiet."""
        self.bell = bell = Path(f"{config.site_dir}.bel")
        files.touch(bell)

        def build() -> None:
            if self.rest is not None:
                self.rest.cancel()
            if not self._show_ahead(config):
                builder()
                return
            self.rest = Timer(QUIET, files.touch, (bell,))
            self.rest.daemon = True
            self.rest.start()

        server.builder = build
        server.watch(str(bell))
        return server

    def on_shutdown(self) -> None:
        """Leave nothing behind."""
        if self.rest is not None:
            self.rest.cancel()
        if self.bell is not None:
            files.remove(self.bell)

    def _show_ahead(self, config: MkDocsConfig) -> bool:
        """Write the pages of edited records alone; whether that could be done."""
        if not self.whole:
            return False
        stamps = files.stamp_files(self.places)
        paths = edited(self.stamps, stamps, self.settings.cases)
        started = perf_counter()
        standing = Standing(Path(config.site_dir), self.shell, config.site_url or "")
        shown = paths and preview(self.prepared, self.settings, standing, paths)
        if not shown:
            return False
        self.prepared, self.stamps = shown, stamps
        self.talk.report("bewerkte casus alvast getoond; de rest volgt als u even wacht", perf_counter() - started)
        return True


def _log_stage(stage: str, seconds: float) -> None:
    log.info(f"{stage} ({seconds:.2f} s)")


def build_site(
    config_file: Path, site: Path, report: Report, track: Track = untracked, **plugin_options: str
) -> Prepared:
    """Build the whole site into `site`, warnings being faults; what it was made of. Raises `BuildError`."""
    config = load_config(str(config_file), site_dir=str(site), strict=True)
    plugin: Any = config.plugins["maatwerkatlas"]
    plugin.talk = Talk(report, track)
    plugin.tells_held = True
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
    prepared: Prepared = plugin.prepared
    return prepared


def serve_site(config_file: Path, address: str | None = None) -> None:
    """Serve the site with live reload until interrupted, at `address` or where the config says; tells it on stderr."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    serve(str(config_file), dev_addr=address)
