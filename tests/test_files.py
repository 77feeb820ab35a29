"""Files: folders come out as values; what is written is written whole or not at all."""

from __future__ import annotations

import os

from generator.files import (
    Folder,
    link_pages,
    list_site,
    read_files,
    read_folder,
    read_site,
    read_text,
    remove,
    states,
    write_changed,
    write_pages,
)
from generator.source import MAX_BYTES


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_records_are_read_from_all_folders_below_sorted_by_name(tmp_path):
    write_pages(tmp_path / "cases", {"b.yaml": b"1", "a/c.yaml": b"2", "a/.verborgen.yaml": b"3", "lees.md": b"4"})
    write_pages(tmp_path / "cases/.git", {"d.yaml": b"5"})
    files, problems = read_folder(tmp_path / "cases", tmp_path)
    assert files == [("cases/a/c.yaml", b"2"), ("cases/b.yaml", b"1")]
    assert problems == []


def test_what_is_no_plain_record_is_a_problem(tmp_path):
    write_pages(tmp_path, {"elders/geheim.yaml": b"1", "cases/a.yml": b"2", "cases/B.YAML": b"3"})
    (tmp_path / "cases/koppeling.yaml").symlink_to(tmp_path / "elders/geheim.yaml")
    (tmp_path / "cases/map").symlink_to(tmp_path / "elders")
    (tmp_path / "cases/dood.yaml").symlink_to(tmp_path / "bestaat-niet")
    files, problems = read_folder(tmp_path / "cases", tmp_path)
    assert files == []
    assert sorted((problem.file, problem.code) for problem in problems) == [
        ("cases/B.YAML", "BEST-EXTENSIE"),
        ("cases/a.yml", "BEST-EXTENSIE"),
        ("cases/dood.yaml", "BEST-KOPPELING"),
        ("cases/koppeling.yaml", "BEST-KOPPELING"),
        ("cases/map", "BEST-KOPPELING"),
    ]


def test_a_missing_folder_is_a_problem(tmp_path):
    assert [problem.code for problem in read_folder(tmp_path / "weg", tmp_path)[1]] == ["BEST-MAP-ONTBREEKT"]


def test_a_folder_that_is_called_like_a_record_is_a_folder(tmp_path):
    write_pages(tmp_path, {"cases/map.yaml/a.yaml": b"1"})
    assert [name for name, _ in read_folder(tmp_path / "cases", tmp_path)[0]] == ["cases/map.yaml/a.yaml"]


def test_no_more_of_a_file_is_read_than_needed_to_see_that_it_is_too_large(tmp_path):
    write_pages(tmp_path, {"groot.yaml": b"x" * (MAX_BYTES + 500)})
    ((_, data),) = read_folder(tmp_path, tmp_path)[0]
    assert len(data) == MAX_BYTES + 1


def test_named_files_and_folders_are_read_each_file_once(tmp_path):
    write_pages(tmp_path, {"cases/a.yaml": b"1", "b.yaml": b"2"})
    asked = [tmp_path / "b.yaml", tmp_path / "cases", tmp_path / "cases/a.yaml", tmp_path / "weg.yaml"]
    files, problems = read_files(asked, tmp_path)
    assert files == [("b.yaml", b"2"), ("cases/a.yaml", b"1")]
    assert [(problem.file, problem.code) for problem in problems] == [("weg.yaml", "BEST-ONLEESBAAR")]


def test_a_file_elsewhere_is_named_from_the_root(tmp_path):
    write_pages(tmp_path, {"elders/a.yaml": b"1"})
    (tmp_path / "site").mkdir()
    assert read_files([tmp_path / "elders/a.yaml"], tmp_path / "site")[0] == [("../elders/a.yaml", b"1")]


def test_a_file_is_written_only_if_its_bytes_change(tmp_path):
    path = tmp_path / "map/a.json"
    assert write_changed(path, b"een")
    os.utime(path, (1, 1))
    assert not write_changed(path, b"een")
    assert path.stat().st_mtime == 1
    assert write_changed(path, b"twee")
    assert read_text(path) == "twee"
    assert names(tmp_path) == ["map", "map/a.json"]


def test_pages_are_written_at_their_address(tmp_path):
    write_pages(tmp_path, {"a/b/index.html": b"x", "index.html": b"y"})
    assert list_site(tmp_path) == {"a/b/index.html", "index.html"}
    assert read_site(tmp_path, ".html") == {"a/b/index.html": "x", "index.html": "y"}


def test_files_are_listed_part_by_part_in_order_and_no_linked_folder_is_gone_into(tmp_path):
    write_pages(tmp_path, {"site/a/b": b"1", "site/a.b": b"2", "site/a-b/c/d": b"3", "site/é": b"4", "buiten/e": b"5"})
    site = tmp_path / "site"
    (site / "leeg").mkdir()
    (site / "map").symlink_to(tmp_path / "buiten")
    (site / "los").symlink_to(tmp_path / "buiten/e")
    (site / "dood").symlink_to(tmp_path / "weg")
    (site / "kring").symlink_to(site / "kring")
    assert [*Folder(site)] == ["a/b", "a-b/c/d", "a.b", "dood", "kring", "los", "é"]
    assert list_site(site) == {*Folder(site)}
    assert Folder(site)["los"] == b"5"
    assert [*Folder(tmp_path / "weg")] == []
    assert "dood" in Folder(site)  # a link to nothing, that cannot be opened


def test_removing_what_is_not_there_is_no_fault(tmp_path):
    write_pages(tmp_path, {"map/a": b"", "b": b"", "buiten/c": b""})
    (tmp_path / "koppeling").symlink_to(tmp_path / "buiten")
    for name in ("map", "b", "koppeling", "weg"):
        remove(tmp_path / name)
    assert names(tmp_path) == ["buiten", "buiten/c"]


def test_a_file_that_is_linked_is_the_same_file_and_takes_the_place_of_another(tmp_path):
    write_pages(tmp_path, {"oud/a/b.html": b"1", "oud/c": b"2", "nieuw/c": b"3"})
    link_pages(tmp_path / "oud", tmp_path / "nieuw", ["a/b.html", "c"])
    assert dict(Folder(tmp_path / "nieuw")) == {"a/b.html": b"1", "c": b"2"}
    assert states(tmp_path / "oud", ["a/b.html", "c"]) == states(tmp_path / "nieuw", ["a/b.html", "c"])
    remove(tmp_path / "oud")
    assert (tmp_path / "nieuw/c").read_bytes() == b"2"


def test_where_no_file_can_be_linked_it_is_copied(tmp_path, monkeypatch):
    def refuse(source, target):
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    write_pages(tmp_path, {"oud/a/b.html": b"1"})
    link_pages(tmp_path / "oud", tmp_path / "nieuw", ["a/b.html"])
    assert dict(Folder(tmp_path / "nieuw")) == {"a/b.html": b"1"}


def test_the_state_of_a_file_tells_that_it_was_written_again(tmp_path):
    write_pages(tmp_path, {"a": b"1", "map/b": b"2"})
    (tmp_path / "koppeling").symlink_to(tmp_path / "a")
    before = states(tmp_path, ["a", "map", "map/b", "koppeling", "weg"])
    assert before.keys() == {"a", "map/b"}
    (tmp_path / "a").unlink()
    write_pages(tmp_path, {"a": b"2"})
    os.utime(tmp_path / "map/b", ns=(1, 1))
    assert all(state != before[name] for name, state in states(tmp_path, before).items())
