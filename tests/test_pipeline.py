"""The pipeline: records to a whole site, with shells made by hand in place of the builder."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest

from generator import inspection, pages, parallel, publishing
from generator.book import Book
from generator.exports import pieces
from generator.exports.bundle import EXPORT_NAMES, render_exports
from generator.files import TextError, list_site, read_all, read_site, write_pages
from generator.pipeline import BuildError, check_records, prepare
from generator.progress import Talk
from generator.publishing import publish
from generator.settings import Settings
from generator.shells import SHELL
from tests.factories import a_file, some_files
from tests.test_shells import built_site

ROOT = Path(__file__).resolve().parents[1]
ASSETS = ROOT / "generator/overrides"
HAND_WRITTEN = {
    **{f"{path.stem}/index.html": "<head></head>" for path in (ROOT / "docs").glob("*.md") if path.stem != "index"},
    "verantwoording/index.html": (
        '<head></head><h2 id="hoe-patronen-worden-gemaakt">x</h2><h2 id="herkent-u-uzelf-of-iemand-anders">y</h2>'
    ),
    **{path.relative_to(ASSETS).as_posix(): "" for path in (ASSETS / "assets").rglob("*.js")},
    **{path.relative_to(ASSETS).as_posix(): "" for path in (ASSETS / "assets").rglob("*.css")},
    "assets/a.css": "",
    "sitemap.xml.gz": "van de bouwer",
    "sitemap.xml": "van de bouwer",
}


@pytest.fixture
def settings(tmp_path) -> Settings:
    write_pages(tmp_path, dict(some_files(7)))
    return Settings(root=tmp_path, cases=tmp_path / "cases", patterns=tmp_path / "patterns")


@pytest.fixture
def site(tmp_path, monkeypatch) -> Path:
    """A freshly built site; indexing is left out."""
    monkeypatch.setattr(publishing, "indexing", lambda site, documents: nullcontext(Mock()))
    folder = tmp_path / "site"
    write_pages(folder, {name: text.encode() for name, text in {**built_site(), **HAND_WRITTEN}.items()})
    return folder


def spoil(settings: Settings) -> None:
    write_pages(settings.root, dict([a_file(periode="gisteren"), a_file(id="dubieus", methode=["teambudget"])]))


def test_records_become_a_book(settings):
    prepared = prepare(settings)
    assert len(prepared.book.cases) == 7
    assert prepared.problems == ()


def test_named_paths_are_checked_alone(settings, vocabulary):
    spoil(settings)
    assert check_records(settings, vocabulary, [settings.cases / "verzonnen-casus-00.yaml"]).problems == ()
    assert check_records(settings, vocabulary).problems != ()


def test_a_fault_stops_the_build_and_says_where(settings):
    spoil(settings)
    with pytest.raises(BuildError, match=r"cases/fiets-voor-de-bakker.yaml:6:10: fout PERIODE-VORM"):
        prepare(settings)


def test_while_editing_a_faulty_record_is_left_out_and_told(settings):
    spoil(settings)
    prepared = prepare(replace(settings, strict=False))
    assert len(prepared.book.cases) == 7
    assert {problem.code for problem in prepared.problems} == {"PERIODE-VORM", "METHODE-VELD"}


def test_a_remark_stops_nothing(settings):
    write_pages(settings.root, dict([a_file(situatie="Een <b>fiets</b>.")]))
    assert len(prepare(settings).book.cases) == 8


def test_on_two_processors_the_same_site_is_made(settings, site, tmp_path, monkeypatch):
    other = tmp_path / "other"
    write_pages(other, dict(read_all(site)))
    prepared = prepare(settings)
    publish(prepared, settings, site)
    for module, name in (
        (pages, "MANY"),
        (pages, "BATCH"),
        (inspection, "BATCH"),
        (pieces, "MANY"),
        (publishing, "MANY"),
    ):
        monkeypatch.setattr(module, name, 2)
    monkeypatch.setattr(inspection, "MANY", 1)
    monkeypatch.setattr(parallel, "processors", lambda: 2)
    monkeypatch.setattr(parallel.threading, "active_count", lambda: 1)
    publish(prepared, settings, other)
    assert dict(read_all(other)) == dict(read_all(site))


def test_every_stage_tells_what_it_did_and_how_long_it_took(settings, site):
    told: list[tuple[str, float]] = []
    talk = Talk(lambda stage, seconds: told.append((stage, seconds)))
    publish(prepare(settings, talk), settings, site, talk=talk)
    assert len(told) == 9
    assert told[0][0].startswith("records gelezen en gecontroleerd: 7")
    assert all(seconds >= 0 for _, seconds in told)


def test_shells_become_pages_and_leave_nothing_behind(settings, site):
    publish(prepare(settings), settings, site)
    names = list_site(site)
    assert "casussen/verzonnen-casus-06/index.html" in names
    assert not [name for name in names if SHELL in name or name.startswith(("sitemap", "problemen"))]
    assert "maatwerkatlas:home" not in (site / "index.html").read_text("utf-8")
    assert SHELL not in "".join(read_site(site, ".html").values())


def test_with_an_address_there_is_a_sitemap_without_dates(settings, site):
    publish(prepare(settings), settings, site, "https://atlas.invalid/")
    text = (site / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://atlas.invalid/</loc>" in text
    assert "<loc>https://atlas.invalid/casussen/verzonnen-casus-00/</loc>" in text
    assert "lastmod" not in text
    assert SHELL not in text


def test_the_site_holds_the_exports_of_its_book(settings, site):
    prepared = prepare(settings)
    publish(prepared, settings, site, "https://atlas.invalid/")
    written = {name: (site / "gegevens" / name).read_bytes() for name in EXPORT_NAMES}
    assert written == render_exports(prepared.book, "https://atlas.invalid/")


@pytest.mark.parametrize("name", sorted(EXPORT_NAMES))
def test_a_leak_in_any_export_stops_the_build(settings, site, monkeypatch, name):
    def leak(book: Book, address: str = "") -> dict[str, bytes]:
        exports = render_exports(book, address)
        data, last = exports[name], max(exports[name].rfind(b"casus"), 0)
        return {**exports, name: data[:last] + b"Toen belde Merel de huisarts. " + data[last:]}

    monkeypatch.setattr(publishing, "render_exports", leak)
    with pytest.raises(BuildError, match=rf"gegevens/{name}:1:1: .*PRIV-NAAM"):
        publish(prepare(settings), settings, site)


def test_a_page_that_is_no_text_stops_the_build_and_is_named(settings, site):
    (site / "oud").mkdir()
    (site / "oud/pagina.html").write_bytes("<head></head><p>Café</p>".encode("latin-1"))
    with pytest.raises(TextError, match=r"oud/pagina\.html. Sla het op als UTF-8"):
        publish(prepare(settings), settings, site)


def test_a_broken_link_stops_the_build_and_is_named(settings, site):
    (site / "verantwoording/index.html").write_text('<head></head><a href="../weg/">x</a>', "utf-8")
    with pytest.raises(BuildError, match=r"verantwoording/index.html: ../weg/"):
        publish(prepare(settings), settings, site)


def test_while_editing_a_broken_link_stops_nothing_and_problems_have_a_page(settings, site):
    (site / "verantwoording/index.html").write_text('<head></head><a href="../weg/">x</a>', "utf-8")
    spoil(settings)
    editing = replace(settings, strict=False)
    publish(prepare(editing), editing, site)
    assert "PERIODE-VORM" in (site / "problemen/index.html").read_text("utf-8")


def test_the_same_records_give_the_same_bytes(settings, site, tmp_path):
    again = tmp_path / "nog-eens"
    write_pages(again, {name: (site / name).read_bytes() for name in list_site(site)})
    for folder in (site, again):
        publish(prepare(settings), settings, folder, "https://atlas.invalid/")
    assert list_site(site) == list_site(again)
    assert all((site / name).read_bytes() == (again / name).read_bytes() for name in list_site(site))
