"""Live: what the live server does with an edit. It is shown ahead if it can be, and the whole site follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Timer

from generator import files
from generator.pipeline import Prepared
from generator.preview import Stamps, Standing, edited, preview
from generator.settings import Settings

QUIET = 10.0
"""Seconds without an edit after which the whole site is built again."""


class Live:
    """The state of a live server between two builds."""

    def __init__(self) -> None:
        """Nothing stands yet, so nothing can be shown ahead."""
        self.standing: Standing | None = None
        self._places: Sequence[Path] = ()
        self._stamps: Stamps = {}
        self._bell: Path | None = None
        self._rest: Timer | None = None

    def begin(self, places: Sequence[Path]) -> None:
        """A whole build begins: from now on an edit in one of these places counts."""
        self.standing = None
        self._places = places
        self._stamps = files.stamp_files(places)

    def show(self, prepared: Prepared, settings: Settings) -> Prepared | None:
        """Write the pages of edited records alone; what the site shows then, or `None` if it must be built whole."""
        stamps = files.stamp_files(self._places)
        paths = edited(self._stamps, stamps, settings.cases)
        if self.standing is None or not paths:
            return None
        shown = preview(prepared, settings, self.standing, paths)
        if shown is not None:
            self._stamps = stamps
        return shown

    def take_turns(self, bell: Path, ahead: Callable[[], bool], whole: Callable[[], None]) -> Callable[[], None]:
        """What to do at every edit: `ahead`, and if that says no `whole`.

        When it stays quiet after the first, `bell` is touched: who watches that file comes here again.
        """
        self._bell = bell
        files.touch(bell)

        def turn() -> None:
            self._stop()
            if not ahead():
                whole()
                return
            self._rest = Timer(QUIET, files.touch, (bell,))
            self._rest.daemon = True
            self._rest.start()

        return turn

    def end(self) -> None:
        """Leave nothing behind."""
        self._stop()
        if self._bell is not None:
            files.remove(self._bell)

    def _stop(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
