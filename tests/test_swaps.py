"""Swaps: a folder takes the place of another whole, or the other stays as it was."""

from __future__ import annotations

import pytest

from generator.files import Folder, remove, write_pages
from generator.swaps import rename_all, replaced_folder
from tests.test_files import names


def test_files_get_new_names_all_at_once(tmp_path):
    write_pages(tmp_path, {"map/a": b"een", "map/b": b"twee", "map/c": b"drie", "d": b"vier"})
    rename_all(tmp_path / "map", {"a": "b", "b": "a"})
    assert dict(Folder(tmp_path)) == {"d": b"vier", "map/a": b"twee", "map/b": b"een"}


def test_a_finished_folder_takes_the_place_of_the_old_one(tmp_path):
    site = tmp_path / "site"
    write_pages(site, {"oud.html": b"oud"})
    with replaced_folder(site) as fresh:
        assert fresh.parent == tmp_path
        assert (site / "oud.html").exists()
        write_pages(fresh, {"nieuw.html": b"nieuw"})
    assert names(tmp_path) == ["site", "site/nieuw.html"]
    assert site.stat().st_mode & 0o777 == 0o755


def test_a_folder_that_was_not_there_is_made(tmp_path):
    with replaced_folder(tmp_path / "diep/site") as fresh:
        write_pages(fresh, {"a": b"1"})
    assert names(tmp_path) == ["diep", "diep/site", "diep/site/a"]


def build_and_fail(site, fault):
    with replaced_folder(site) as fresh:
        write_pages(fresh, {"half.html": b"half"})
        raise fault


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_fault_leaves_the_old_folder_as_it_was(tmp_path, fault):
    site = tmp_path / "site"
    write_pages(site, {"oud.html": b"oud"})
    with pytest.raises(fault):
        build_and_fail(site, fault)
    assert names(tmp_path) == ["site", "site/oud.html"]
    assert (site / "oud.html").read_bytes() == b"oud"


def test_a_fault_while_the_folders_change_places_leaves_the_old_one(tmp_path):
    site = tmp_path / "site"
    write_pages(site, {"oud.html": b"oud"})
    with pytest.raises(FileNotFoundError), replaced_folder(site) as fresh:
        remove(fresh)
    assert names(tmp_path) == ["site", "site/oud.html"]
