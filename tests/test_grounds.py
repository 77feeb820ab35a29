"""Grounds: a site and its double are the same files, and a build in the double leaves the site as it was."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

from generator import swaps
from generator.files import Folder, link_pages, list_site, read_all, remove, states, write_pages
from generator.grounds import Ground, ground_beside, move_files, thin
from tests.test_files import names


@pytest.fixture
def site(tmp_path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def double(site) -> Path:
    return site.with_name(".site-dubbel")


def build(site: Path, *taken: str, **made: str) -> Ground:
    """Build a site that takes over some files and makes others."""
    with ground_beside(site) as ground:
        if ground.site != ground.built:
            thin(ground.site, site, taken)
        link_pages(site, ground.site, taken)
        write_pages(ground.site, {f"{name}/index.html": text.encode() for name, text in made.items()})
    return ground


def numbers(folder: Path) -> dict[str, int]:
    return {name: state[2] for name, state in states(folder, list_site(folder)).items()}


def fail(site: Path, fault: BaseException) -> None:
    with ground_beside(site) as ground:
        thin(ground.site, site, ["b/index.html"])
        write_pages(ground.site, {"a/index.html": b"half", "c/index.html": b"half", "b/d.html": b"half"})
        raise fault


class TestTurns:
    def test_the_first_build_leaves_a_site_alone(self, tmp_path, site):
        ground = build(site, a="1", b="2")
        assert ground.site == ground.built
        assert names(tmp_path) == ["site", "site/a", "site/a/index.html", "site/b", "site/b/index.html"]
        assert site.stat().st_mode & 0o777 == 0o755

    def test_from_the_second_on_a_site_has_a_double_of_the_same_files(self, site, double):
        build(site, a="1", b="2", c="3")
        ground = build(site, "a/index.html", b="2")
        assert ground.site == ground.built
        assert numbers(double) == numbers(site)
        assert not (double / "c").exists()

    def test_the_third_is_made_in_the_double(self, tmp_path, site, double):
        build(site, a="1", b="2", c="3")
        build(site, "a/index.html", "b/index.html", c="3")
        before = numbers(site)
        ground = build(site, "a/index.html", b="4")
        assert ground.site == double
        assert dict(read_all(site)) == {"a/index.html": b"1", "b/index.html": b"4"}
        assert numbers(double) == numbers(site)
        assert numbers(site)["a/index.html"] == before["a/index.html"]
        assert not [path for folder in (site, double) for path in folder.rglob("*") if path.name == "c"]
        assert names(tmp_path)[0] == ".site-dubbel"
        assert {name.partition("/")[0] for name in names(tmp_path)} == {".site-dubbel", "site"}

    def test_without_links_there_is_no_double(self, tmp_path, site, monkeypatch):
        build(site, a="1")

        def refuse(*arguments: object) -> None:
            raise PermissionError

        monkeypatch.setattr(os, "link", refuse)
        build(site, "a/index.html", b="2")
        assert dict(read_all(site)) == {"a/index.html": b"1", "b/index.html": b"2"}
        assert {name.partition("/")[0] for name in names(tmp_path)} == {"site"}

    def test_where_folders_cannot_change_places_it_is_done_in_two_steps(self, tmp_path, site, double, monkeypatch):
        monkeypatch.setattr(swaps, "_change_places", lambda one, other: False)
        for text in "123":
            build(site, a=text)
        assert dict(read_all(site)) == {"a/index.html": b"3"}
        assert numbers(double) == numbers(site)
        assert {name.partition("/")[0] for name in names(tmp_path)} == {".site-dubbel", "site"}

    def test_where_nothing_can_be_held_there_is_no_double(self, tmp_path, site, monkeypatch):
        monkeypatch.setattr(swaps, "fcntl", None)
        for text in "123":
            build(site, a=text)
        assert names(tmp_path) == ["site", "site/a", "site/a/index.html"]

    def test_a_second_build_at_the_same_time_leaves_the_double_alone(self, tmp_path, site, double):
        for text in "12":
            build(site, a=text)
        with ground_beside(site) as ground:
            assert ground.site == double
            thin(double, site, [])
            assert build(site, a="3").site != double
            write_pages(double, {"a/index.html": b"4"})
        assert dict(read_all(site)) == {"a/index.html": b"4"}
        assert numbers(double) == numbers(site)
        assert {name.partition("/")[0] for name in names(tmp_path)} == {".site-dubbel", "site"}


class TestTrust:
    @pytest.fixture(autouse=True)
    def turns(self, site):
        build(site, a="1", b="2")
        build(site, a="1", b="2")

    def test_only_the_very_files_of_the_site_stay(self, tmp_path, site, double):
        elsewhere = tmp_path / "elders"
        write_pages(elsewhere, {"x": b"x"})
        remove(double / "a/index.html")
        write_pages(double, {"a/index.html": b"1", "vreemd/x": b"x", ".verborgen": b"x"})
        (double / "b/koppeling").symlink_to(elsewhere)
        (double / "c").symlink_to(elsewhere)
        assert thin(double, site, ["a/index.html", "b/index.html", "vreemd/x", "c/x"]) == {"b/index.html"}
        assert names(double) == ["b", "b/index.html"]
        assert dict(Folder(elsewhere)) == {"x": b"x"}

    def test_a_link_is_not_the_file_of_the_site(self, tmp_path, site, double):
        remove(double / "a/index.html")
        (double / "a/index.html").symlink_to(site / "a/index.html")
        assert thin(double, site, ["a/index.html"]) == frozenset()

    def test_a_folder_in_which_something_comes_stays(self, site, double):
        folder = (double / "a").stat().st_ino
        thin(double, site, [], ["a/"])
        assert names(double) == ["a"]
        assert (double / "a").stat().st_ino == folder

    def test_a_double_that_leads_elsewhere_is_not_used(self, tmp_path, site, double):
        remove(double)
        write_pages(tmp_path / "elders", {"x": b"x"})
        double.symlink_to(tmp_path / "elders")
        build(site, a="5")
        assert dict(Folder(tmp_path / "elders")) == {"x": b"x"}
        assert not double.is_symlink()

    @pytest.mark.parametrize("fault", [ValueError(), KeyboardInterrupt()])
    def test_a_fault_leaves_site_and_double_as_they_were(self, tmp_path, site, double, fault):
        before, held = numbers(site), dict(read_all(site))
        with pytest.raises(type(fault)):
            fail(site, fault)
        assert numbers(site) == numbers(double) == before
        assert dict(read_all(site)) == held
        assert {name.partition("/")[0] for name in names(tmp_path)} == {".site-dubbel", "site"}

    def test_what_a_page_is_written_over_stays_whole_where_it_is_linked(self, site, double):
        write_pages(double, {"a/index.html": b"anders"})
        write_pages(double / "los", {"b": b"b"})
        move_files(double / "los", double / "b", but={"x"})
        (double / "b/b").replace(double / "b/index.html")
        assert dict(read_all(site)) == {"a/index.html": b"1", "b/index.html": b"2"}


class TestKilled:
    def leave(self, site: Path, age: float) -> Path:
        left = site.with_name(".site-nieuw-x")
        write_pages(left, {"half.html": b"half"})
        os.utime(left, (left.stat().st_atime, left.stat().st_mtime - age))
        return left

    def test_what_it_left_becomes_the_double(self, tmp_path, site, double):
        build(site, a="1")
        self.leave(site, 3600)
        assert build(site, a="2").site == double
        assert numbers(double) == numbers(site)
        assert {name.partition("/")[0] for name in names(tmp_path)} == {".site-dubbel", "site"}

    def test_what_it_left_beside_a_double_is_taken_away(self, tmp_path, site):
        build(site, a="1")
        build(site, a="1")
        self.leave(site, 3600)
        build(site, a="2")
        assert {name.partition("/")[0] for name in names(tmp_path)} == {".site-dubbel", "site"}

    @pytest.mark.parametrize(("age", "held"), [(0.0, False), (3600.0, True)])
    def test_what_may_be_alive_is_left_alone(self, site, age, held):
        left = self.leave(site, age)
        with swaps.hold(left) if held else swaps.hold(site.parent):
            build(site, a="1")
        assert names(left) == ["half.html"]

    def test_a_real_kill_at_any_moment_leaves_a_whole_site(self, tmp_path, site, double):
        script = (
            "import sys\nfrom pathlib import Path\nfrom generator.files import write_pages\n"
            "from generator.grounds import ground_beside, thin\n"
            "site = Path(sys.argv[1])\n"
            "for turn in range(10**6):\n"
            "    with ground_beside(site) as ground:\n"
            "        if ground.site != ground.built:\n"
            "            thin(ground.site, site, [f'vast/{row}.html' for row in range(20)] if turn % 3 else [])\n"
            "        for row in range(20):\n"
            "            if not (ground.site / f'vast/{row}.html').exists():\n"
            "                write_pages(ground.site, {f'vast/{row}.html': b'vast'})\n"
            "        write_pages(ground.site, {f'{row}.html': str(turn).encode() for row in range(20)})\n"
            "    if turn == 2:\n"
            "        print('made', flush=True)\n"
        )
        if not swaps._change_places(*(made(tmp_path / name) for name in ("een", "ander"))):
            pytest.skip("This system cannot let two folders change places.")
        chance = random.Random(9)
        for _ in range(6):
            with subprocess.Popen([sys.executable, "-c", script, str(site)], stdout=subprocess.PIPE) as process:
                assert process.stdout is not None
                assert process.stdout.readline()
                sleep(chance.random() / 5)
                process.send_signal(signal.SIGKILL)
            found = dict(read_all(site))
            assert len(found) == 40
            assert {data for name, data in found.items() if name.startswith("vast/")} == {b"vast"}
            assert len({data for name, data in found.items() if not name.startswith("vast/")}) == 1
        assert build(site, a="1").site == double
        assert dict(read_all(site)) == dict(read_all(double)) == {"a/index.html": b"1"}


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_copy_of_this_process_holds_nothing_once_it_is_killed(tmp_path):
    """Else a build that was killed would keep the double from all that follow."""
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom generator.parallel import spread\n"
        "from generator.swaps import hold\n"
        "with hold(Path(sys.argv[1])):\n"
        "    for _ in spread(lambda item: print('go', flush=True) or time.sleep(60), range(4)):\n"
        "        pass\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
        for _ in range(50):
            with swaps.hold(tmp_path) as held:
                if held:
                    break
            sleep(0.1)
    assert held
