"""The shelf: what is kept for one user, outside every project."""

from __future__ import annotations

from pathlib import Path

from generator.shelf import read, write


def test_what_is_kept_comes_back_and_never_stands_in_the_project(tmp_path, monkeypatch):
    place = tmp_path / "diep/bewaard"
    assert read(place) == b""
    write(place, b"een")
    write(place, b"twee")
    assert read(place) == b"twee"
    assert place.parent.stat().st_mode & 0o077 == 0
    write(place / "een-bestand-is-geen-map", b"drie")
    monkeypatch.chdir(tmp_path)
    write(Path("~/bewaard"), b"een")
    assert read(Path("diep/bewaard")) == b""
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["diep", "diep/bewaard"]
