"""The commands `export` and `proposals`: the files of the site alone, all or none, never over anything else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import publishing
from generator.cli import main
from generator.exports.bundle import EXPORT_NAMES, render_exports
from generator.files import list_names, write_pages
from generator.pipeline import prepare
from generator.ranking import PARTS
from generator.settings import Settings
from tests.factories import a_file, a_pattern, a_registry, registry_files, some_files
from tests.test_exports import STEPS

Run = Callable[..., Result]
MEMBERS = [f"verzonnen-casus-{number:02}" for number in (0, 3, 6)]


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    """A folder with records and a registry, where commands run."""
    folder = tmp_path / "atlas"
    registry = a_registry(a_pattern(members=MEMBERS, naam="Een gast kost bijstand", stappen=STEPS))
    write_pages(folder, dict([*some_files(7), *registry_files(registry)]))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run(root) -> Run:
    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(main, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return invoke


def book_of(root: Path):
    return prepare(Settings(root=root, cases=root / "cases", patterns=root / "patterns")).book


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class TestExport:
    def test_it_writes_the_files_of_the_site(self, run, root):
        result = run("export", "uit")
        assert (result.exit_code, result.stdout) == (0, ""), result.stderr
        assert contents(root / "uit") == render_exports(book_of(root))
        assert f"{len(EXPORT_NAMES)} bestanden" in result.stderr

    @pytest.mark.parametrize("address", ["https://atlas.invalid", "https://atlas.invalid/"])
    def test_an_address_makes_links_whole(self, run, root, address):
        assert run("export", "uit", "--address", address).exit_code == 0
        assert contents(root / "uit") == render_exports(book_of(root), "https://atlas.invalid/")

    @pytest.mark.parametrize(
        "address", ["atlas.invalid", "javascript:alert(1)", "https://a b", 'https://a"b', "https://a/?b"]
    )
    def test_what_is_no_address_is_wrong_use(self, run, root, address):
        assert run("export", "uit", "--address", address).exit_code == 2
        assert not (root / "uit").exists()

    def test_an_earlier_export_is_replaced_whole(self, run, root):
        assert run("export", "uit").exit_code == 0
        (root / "cases/verzonnen-casus-05.yaml").unlink()
        (root / "uit/casussen.csv").unlink()
        assert run("export", "uit").exit_code == 0
        assert contents(root / "uit") == render_exports(book_of(root))
        assert b"verzonnen-casus-05" not in (root / "uit/maatwerkatlas.json").read_bytes()

    def test_an_empty_folder_is_filled(self, run, root):
        (root / "uit").mkdir()
        assert run("export", "uit").exit_code == 0
        assert list_names(root / "uit") == EXPORT_NAMES

    @pytest.mark.parametrize("strange", ["brief.docx", ".git", "voorstellen.json"])
    def test_a_folder_with_something_else_is_refused(self, run, root, strange):
        write_pages(root, {f"uit/{strange}": b"van een ander"})
        result = run("export", "uit")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "lege map" in result.stderr
        assert contents(root / "uit") == {strange: b"van een ander"}

    def test_an_export_with_something_beside_it_is_refused(self, run, root):
        assert run("export", "uit").exit_code == 0
        (root / "uit/eigen.csv").write_bytes(b"1")
        before = contents(root / "uit")
        assert run("export", "uit").exit_code == 2
        assert contents(root / "uit") == before

    @pytest.mark.parametrize(
        "place",
        [".", "..", "/", "cases", "patterns", "docs", "cases/uit", "generator/text", "uit/../cases", "koppeling"],
    )
    def test_the_folders_of_the_site_are_refused(self, run, root, place):
        (root / "koppeling").symlink_to(root / "cases")
        before = contents(root / "cases")
        result = run("export", place)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "Kies" in result.stderr
        assert contents(root / "cases") == before

    def test_a_file_or_a_link_is_refused(self, run, root):
        (root / "bestand").write_bytes(b"x")
        (root / "elders").mkdir()
        (root / "verwijzing").symlink_to(root / "elders")
        for place in ("bestand", "verwijzing", "bestand/uit"):
            result = run("export", place)
            assert result.exit_code == 2, place
            assert "Kies" in result.stderr or "kan niet worden gemaakt" in result.stderr
        assert (root / "bestand").read_bytes() == b"x"
        assert list_names(root / "elders") == frozenset()

    def test_a_fault_in_a_record_leaves_everything_as_it_was(self, run, root):
        assert run("export", "uit").exit_code == 0
        before = contents(root / "uit")
        write_pages(root, dict([a_file(periode="gisteren")]))
        result = run("export", "uit")
        assert result.exit_code == 1
        assert "PERIODE-VORM" in result.stderr
        assert contents(root / "uit") == before

    def test_a_finding_of_the_gate_leaves_nothing_behind(self, run, root, monkeypatch):
        def leak(book, address=""):
            return {**render_exports(book, address), "casussen.csv": b"titel\r\nToen belde Merel de huisarts.\r\n"}

        monkeypatch.setattr(publishing, "render_exports", leak)
        result = run("export", "uit")
        assert result.exit_code == 1
        assert "casussen.csv:1:1" in result.stderr
        assert "Merel" not in result.output
        assert list_names(root) == {"cases", "patterns"}

    def test_a_record_that_is_held_back_is_in_no_file_and_told(self, run, root):
        write_pages(root, dict([a_file(situatie="Toen het misging, belde Merel de huisarts om een afspraak.")]))
        result = run("export", "uit")
        assert result.exit_code == 0
        assert "Aangehouden door de privacytoets: 1" in result.stderr
        assert all(b"fiets-voor-de-bakker" not in data for data in contents(root / "uit").values())

    def test_other_records_go_without_our_registry(self, run, root):
        write_pages(root, dict([a_file("elders")]))
        assert run("export", "uit", "--cases", "elders").exit_code == 0
        value = json.loads((root / "uit/maatwerkatlas.json").read_bytes())
        assert [case["id"] for case in value["casussen"]] == ["fiets-voor-de-bakker"]
        assert value["patronen"] == []


class TestProposals:
    def test_json_is_what_the_file_holds(self, run, root):
        assert run("export", "uit").exit_code == 0
        assert run("proposals", "--format", "json").stdout == (root / "uit/voorstellen.json").read_text("utf-8")

    def test_text_names_number_status_level_kind_and_every_part_of_the_score(self, run, root):
        result = run("proposals")
        found = json.loads(run("proposals", "--format", "json").stdout)["voorstellen"]
        assert result.exit_code == 0
        lines = result.stdout.splitlines()
        assert lines[::3] == [f"{proposal['id']} {proposal['naam']}" for proposal in found]
        assert lines[0] == "P-0001 Een gast kost bijstand"
        for proposal, choice, score in zip(found, lines[1::3], lines[2::3], strict=True):
            assert choice == "  " + "; ".join(proposal[key]["naam"] for key in ("status", "soort", "niveau"))
            assert score.startswith(f"  bewijspunten {proposal['score']['totaal']} (")
            assert all(f"{part} {proposal['score'][part]}" in score for part in PARTS)

    def test_without_patterns_there_are_none(self, run, root):
        result = run("proposals", "--cases", "leeg")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "BEST-MAP-ONTBREEKT" in result.stderr
        write_pages(root, dict([a_file("elders")]))
        assert run("proposals", "--cases", "elders").stdout == ""
