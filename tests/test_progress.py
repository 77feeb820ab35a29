"""A bar appears only on a terminal and only when a stage takes long; the items always come through whole."""

from __future__ import annotations

import io

import pytest

from generator import progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("track", [progress.untracked, progress.tracked])
def test_items_come_through_in_order(track, monkeypatch):
    """Whatever is shown, the work gets every item once."""
    monkeypatch.setattr("sys.stderr", Terminal())
    monkeypatch.setattr(progress, "PATIENCE", -1.0)

    assert list(track("records", range(7), 7)) == list(range(7))


def test_a_long_stage_shows_a_bar_on_a_terminal(monkeypatch):
    """The label stands on standard error."""
    shown = Terminal()
    monkeypatch.setattr("sys.stderr", shown)
    monkeypatch.setattr(progress, "PATIENCE", -1.0)

    list(progress.tracked("records", range(5), 5))

    assert "records" in shown.getvalue()


@pytest.mark.parametrize(("stream", "patience"), [(Terminal(), 60.0), (io.StringIO(), -1.0)])
def test_a_short_stage_or_a_file_shows_nothing(stream, patience, monkeypatch):
    """A log of CI and a quick stage stay clean."""
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "PATIENCE", patience)

    list(progress.tracked("records", range(5), 5))

    assert stream.getvalue() == ""
