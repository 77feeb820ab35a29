"""Two collections in repositories of git, federated into a third: its whole site, built once."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.collections import a_repository, a_source
from tests.factories import a_pattern, a_registry, dump, registry_files
from tests.site.conftest import HOSTILE_TEXT, SCRIPTS, Record, a_record, as_yaml, excuse, hostile_records

PROJECT = "joined"
SITE = "https://hil.example/atlas/"
THEIRS = {"titel": "Briefadres na een scheiding", "gemeente": "Lisse", "periode": "2021"}


def files_of(*records: Record) -> list[tuple[str, bytes]]:
    return [(f"cases/{record['id']}.yaml", as_yaml(record).encode()) for record in records]


@pytest.fixture(scope="module")
def project(make_project: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three records of our own in one pattern; `hil` by git with the same ids and hostile text; `lei` by folder."""
    others = tmp_path_factory.mktemp("anderen")
    ours = [a_record("eerste"), a_record("tweede", gemeente="Assen"), a_record("derde", gemeente="Zwolle")]
    registry = registry_files(a_registry(a_pattern("P-0003", members=["eerste"], naam="Zonder adres geen geld")))
    hostile = map(excuse, hostile_records())
    withdrawn = a_record("weg", status="ingetrokken", titel="Zilverreiger zonder nest", situatie="onbekend")
    withdrawn |= {
        "knelpunt": {"tekst": "onbekend", "soort": "adres-en-inschrijving"},
        "doorbraak": {"tekst": "onbekend"},
    }
    secret = a_record("stil", situatie="Een steenuil belde met 06-12345678 naar het wijkteam.")
    theirs = files_of(a_record("eerste", **THEIRS), *hostile, withdrawn, secret)
    commit = a_repository(others / "hil", [*theirs, *registry])
    lei = [a_record("kamer", gemeente="Leiden", titel="Een kamer zonder inschrijving")]
    for name, data in files_of(*lei):
        path = others / "lei" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    folder = make_project(ours)
    own = a_registry(a_pattern("P-0001", members=["derde", "eerste", "tweede"], naam="Zonder briefadres geen bijstand"))
    for name, data in registry_files(own):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    sources = [
        a_source(naam="Hillegom, Lisse en Teylingen", git=f"file://{others}/hil", commit=commit, site=SITE),
        a_source(prefix="lei", naam="Leiden", licentie="CC0 1.0", map=str(others / "lei")),
    ]
    plugin = dump([{"maatwerkatlas": {"sources": sources}}]).replace("\n", "\n  ")
    text = (folder / "mkdocs.yml").read_text("utf-8").replace("  - maatwerkatlas\n", f"  {plugin.rstrip()}\n")
    text = text.replace("  - Voorstellen: voor", "  - Verzamelingen: verzamelingen/index.md\n  - Voorstellen: voor")
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def site(project, run) -> Path:
    done = run("maatwerkatlas", "build", cwd=project)
    assert done.returncode == 0, done.stderr
    assert "PRIV-TELEFOON" in done.stderr
    assert "06-12345678" not in done.stderr
    return project / "site"


@pytest.fixture(scope="module")
def text_at(site, read_html) -> Callable[[str], str]:
    return lambda address: str(read_html(site / address / "index.html").text)


def test_a_case_says_where_it_comes_from_under_which_licence_and_leads_back(site, text_at, read_html):
    address = "verzamelingen/hil/casussen/eerste"
    told = text_at(address)
    assert "Deze casus komt uit Hillegom, Lisse en Teylingen. Licentie: CC BY 4.0." in told
    assert THEIRS["titel"] in told
    assert f"{SITE}casussen/eerste/" in read_html(site / address / "index.html").links
    assert THEIRS["titel"] not in text_at("casussen/eerste")


def test_their_pattern_keeps_its_number_and_leads_back(site, text_at, read_html):
    address = "verzamelingen/hil/patronen/P-0003"
    assert "Patroon van Hillegom, Lisse en Teylingen · P-0003 Zonder adres geen geld" in text_at(address)
    assert f"{SITE}patronen/P-0003/" in read_html(site / address / "index.html").links
    assert not (site / "patronen/P-0003").exists()


def test_our_pattern_shows_where_else_it_was_seen_with_strength_and_reasons(text_at):
    told = text_at("patronen/P-0001")
    assert "Ook gezien bij Hillegom, Lisse en Teylingen; Leiden" in told
    assert "Hoort hierbij: heel zeker" in told.partition("Ook gezien bij")[2]
    assert "Zelfde artikel: Pw artikel 18, Pw artikel 40" in told.partition("Ook gezien bij")[2]


def test_our_own_counts_stay_our_own(text_at, site):
    assert "Casussen 3 Waar Assen, Utrecht, Zwolle" in text_at("patronen/P-0001")
    exported = json.loads((site / "gegevens/maatwerkatlas.json").read_text("utf-8"))
    assert [case["id"] for case in exported["casussen"]] == ["derde", "eerste", "tweede"]
    assert "andere verzamelingen" in text_at("gegevens")


def test_the_overview_lists_state_licence_and_what_crosses(text_at):
    told = text_at("verzamelingen")
    assert "Licentie CC BY 4.0 Stand commit" in told
    assert "Licentie CC0 1.0" in told
    assert "Eén casus staat hier niet: onze privacytoets hield die tegen." in told
    assert "Zonder briefadres geen bijstand 3 casussen bij ons (Assen, Utrecht, Zwolle); 2 casussen elders" in told


def test_what_was_taken_back_there_is_gone_here_and_what_is_held_is_nowhere(site, text_at, site_text, project):
    assert "Deze casus is ingetrokken" in text_at("verzamelingen/hil/casussen/weg")
    everything = site_text(site).lower()
    assert "zilverreiger" not in everything
    assert "steenuil" not in everything
    kept = "".join(path.read_text("utf-8") for path in (project / "bronnen").rglob("*.yaml"))
    assert "steenuil" not in kept.lower()
    assert "zilverreiger" not in kept.lower()


def test_hostile_text_is_text(site, text_at, read_html):
    address = "verzamelingen/hil/casussen/kwaad-1"
    assert " ".join(HOSTILE_TEXT.split()) in text_at(address)
    elements = read_html(site / address / "index.html").elements
    assert not [name for name, found in elements if name in {"iframe", "svg"} and "onload" in found]
    assert not [found for name, found in elements if name == "script" and "alert" in str(found)]
    assert not [key for _, found in elements for key in found if key.startswith("on")]


def test_a_case_of_theirs_can_be_found(site, site_text):
    assert "verzamelingen/hil/casussen/eerste/" in site_text(site / "pagefind")


def test_a_build_that_is_killed_leaves_the_last_good_state(project, site, tmp_path, run, site_bytes):
    """The whole command, killed at moments all over its run, while a source has a new case."""
    home, lei = tmp_path / "project", tmp_path / "lei"
    shutil.copytree(project, home)
    text = (home / "mkdocs.yml").read_text("utf-8")
    told = re.search(r"map: (\S+/anderen\d*/lei)", text)
    assert told
    shutil.copytree(told.group(1), lei)
    (home / "mkdocs.yml").write_text(text.replace(told.group(1), str(lei)), "utf-8")
    before = site_bytes(home / "site")
    ((name, data),) = files_of(a_record("nieuw", gemeente="Leiden", titel="Een nieuwe kamer zonder inschrijving"))
    (lei / name).write_bytes(data)
    seen = []
    for seconds in (1.5, 3, 5, 7):
        with subprocess.Popen([str(SCRIPTS / "maatwerkatlas"), "build"], cwd=home, stderr=subprocess.DEVNULL) as build:
            with suppress(subprocess.TimeoutExpired):
                build.wait(timeout=seconds)
            build.kill()
        seen.append(site_bytes(home / "site"))
    listed = run("maatwerkatlas", "sources", cwd=home)
    assert listed.returncode == 0, listed.stdout + listed.stderr
    assert run("maatwerkatlas", "build", cwd=home).returncode == 0
    new = site_bytes(home / "site")
    assert "verzamelingen/lei/casussen/nieuw/index.html" in new
    assert [moment for moment, site in enumerate(seen) if site not in (before, new)] == []
