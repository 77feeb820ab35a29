"""The command `kit`: files of a training kit, all or none, for published cases and standing patterns only."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.files import write_pages
from tests.factories import a_file, a_pattern, a_registry, registry_files, some_files

MEMBERS = [f"verzonnen-casus-{number:02}" for number in (0, 3, 6)]
FIRST, SECOND = MEMBERS[:2]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """Records and a registry; no test changes them."""
    folder = tmp_path_factory.mktemp("atlas")
    gone = a_pattern("P-0002", members=[], status="vervallen", naam="Weg")
    registry = a_registry(a_pattern(members=MEMBERS, naam="Een gast kost bijstand"), gone)
    others = [a_file(id="terug", status="ingetrokken"), a_file(id="bijna", status="concept")]
    write_pages(folder, dict([*some_files(7), *others, *registry_files(registry)]))
    return folder


@pytest.fixture
def root(site, monkeypatch) -> Path:
    monkeypatch.chdir(site)
    return site


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["kit", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("html", {"werkblad.html", "afloop.html", "handleiding.html", "kaarten.html", "lespakket.css"}),
        ("docx", {"werkblad.docx", "afloop.docx", "handleiding.docx", "kaarten.docx"}),
        ("pptx", {"werkblad.pptx", "presentatie.pptx"}),
    ],
)
def test_every_part_is_a_file_of_its_own(root, tmp_path, form, names):
    chosen = ("P-0001",) if form == "html" else (SECOND, FIRST)
    result = run(*chosen, "-o", str(tmp_path / "les"), "--format", form)
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    assert {path.name for path in (tmp_path / "les").iterdir()} == names
    assert "alleen het werkblad" in result.stderr


@pytest.mark.parametrize(
    ("names", "code", "said"),
    [
        (("terug",), 1, "ingetrokken"),
        (("bijna",), 1, "nog niet gepubliceerd"),
        (("verzonnen-casus-99",), 1, "Bedoelt u verzonnen-casus-"),
        (("P-0002",), 1, "geldt niet meer"),
        (("../terug",), 1, "geen casus"),
        ((FIRST, "nergens-te-vinden"), 1, "geen casus"),
        ((FIRST, FIRST), 2, "twee keer"),
        (("P-0001", FIRST), 2, "één patroon"),
        ((), 2, "CASE"),
    ],
)
def test_what_has_no_kit_is_refused_and_nothing_is_written(root, tmp_path, names, code, said):
    result = run(*names, "-o", str(tmp_path / "les"))
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert not (tmp_path / "les").exists()


def test_a_folder_that_is_not_empty_a_file_and_the_site_are_refused(root, tmp_path):
    write_pages(tmp_path, {"vol/brief.txt": b"van een ander", "bestand": b"x"})
    places = {str(tmp_path / "vol"): "niet leeg", str(tmp_path / "bestand"): "geen map", "cases/les": "van de site"}
    for place, said in places.items():
        result = run(FIRST, "-o", place)
        assert result.exit_code == 2, place
        assert said.replace("van de site", "hoort bij de site") in result.stderr
    assert (tmp_path / "vol/brief.txt").read_bytes() == b"van een ander"
    assert not (root / "cases/les").exists()


def test_what_the_privacy_gate_refuses_is_not_written(root, tmp_path, monkeypatch):
    leak = "Bel 06-12345678 van Willem de Vries."
    monkeypatch.setattr("generator.publishing.render_kit", lambda *_: {"werkblad.html": f"<p>{leak}</p>".encode()})
    result = run(FIRST, "-o", str(tmp_path / "les"))
    assert result.exit_code == 1
    assert "privacytoets" in result.stderr
    assert "12345678" not in result.stderr
    assert not (tmp_path / "les").exists()


def test_other_records_that_are_held_back_are_told(tmp_path, monkeypatch):
    held = a_file(id="aangehouden", situatie="Toen het misging, belde Merel de huisarts om een afspraak.")
    write_pages(tmp_path, dict([*some_files(3), held]))
    monkeypatch.chdir(tmp_path)
    result = run(FIRST, "-o", "les")
    assert result.exit_code == 0, result.stderr
    assert "Aangehouden door de privacytoets: 1" in result.stderr
    assert "Merel" not in result.output
