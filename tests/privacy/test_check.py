"""`maatwerkatlas check`: every code is told, nothing found is ever printed, and without its lists the gate says no."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import lexicon
from generator.cli import main
from generator.privacy import gate, lists
from generator.problems import messages
from tests.factories import yaml_text

BAD = Path(__file__).parents[1] / "golden/bad_privacy"
LABELLED = Path(__file__).parents[2] / "benchmarks/privacy/labelled"
NOT_OF_A_RECORD = {"PRIV-UNIEK", "PRIV-UNIEK-GEWORDEN"}
"""Codes that take a whole collection to show; `test_clearance.py` shows them."""


def planted(count: int, seed: int) -> list[tuple[str, list[str]]]:
    """Labelled sentences with the values in them that are long enough to be looked for."""
    rows = [
        json.loads(line) for path in sorted(LABELLED.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    found = [(row["text"], [row["text"][s["start"] : s["end"]] for s in row["spans"]]) for row in rows if row["spans"]]
    return random.Random(seed).sample(found, count)


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run a command in an empty folder with a folder `cases`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cases").mkdir()
    return lambda *arguments: CliRunner().invoke(main, arguments)


def test_one_run_tells_everything_in_every_bad_record(monkeypatch, golden):
    monkeypatch.chdir(BAD.parent)
    result = CliRunner().invoke(main, ["check", "--cases", "bad_privacy"])
    assert result.exit_code == 1
    golden("bad_privacy.txt", result.stdout)


def test_every_code_of_the_gate_has_a_bad_record_that_shows_it():
    told = (BAD.parent / "bad_privacy.txt").read_text("utf-8")
    codes = {c for c in messages() if c.startswith("PRIV-") and not c.startswith("PRIV-UITVOER")} - NOT_OF_A_RECORD
    assert {code for code in codes if f" {code} " not in told} == set()


@pytest.mark.parametrize("form", ["text", "json", "github"])
@pytest.mark.parametrize("seed", range(3))
def test_nothing_that_is_found_stands_unmasked_in_what_is_printed(run, tmp_path, form, seed):
    chosen = planted(60, seed)
    for number, (text, _) in enumerate(chosen):
        kind = number % 4
        record = yaml_text(id=f"casus-{number}", **({"situatie": text} if kind == 0 else {}))
        if kind == 1:
            record = f"# {text}\n{record}"
        if kind == 2:
            record += f"{json.dumps(text, ensure_ascii=False)}: ja\n"
        name = text.replace("/", " ").replace("\0", "")[:60] if kind == 3 else f"casus-{number}"
        (tmp_path / "cases" / f"{name}.yaml").write_text(record, "utf-8")
    result = run("check", "--format", form)
    assert result.exit_code == 1
    said = result.output
    common = " ".join(entry["melding"] + entry["advies"] for entry in messages().values())
    for number, (_, values) in enumerate(chosen):
        assert [v for v in values if len(v) > 3 and v in said and v not in common] == [], number


class TestShow:
    def test_it_shows_the_value_at_a_screen_of_ones_own(self, run, tmp_path, monkeypatch):
        (tmp_path / "cases/een.yaml").write_text(yaml_text(id="een", situatie="Toen belde Merel de huisarts."), "utf-8")
        monkeypatch.delenv("CI", raising=False)
        monkeypatch.setattr("generator.cli._at_a_screen", lambda: True)
        assert "Merel" in run("check", "--show").stdout

    @pytest.mark.parametrize("variable", ["CI", "GITHUB_ACTIONS", "GITLAB_CI"])
    def test_it_refuses_in_ci(self, run, monkeypatch, variable):
        monkeypatch.setattr("generator.cli._at_a_screen", lambda: True)
        monkeypatch.setenv(variable, "true")
        assert run("check", "--show").exit_code == 2

    def test_it_refuses_where_output_is_kept(self, run, monkeypatch):
        monkeypatch.delenv("CI", raising=False)
        assert run("check", "--show").exit_code == 2


@pytest.mark.parametrize("command", [["check"], ["build"], ["patterns"], ["similar", "cases/een.yaml"]])
@pytest.mark.parametrize("faulty", [False, True])
def test_without_a_list_nothing_is_cleared(run, tmp_path, monkeypatch, command, faulty):
    (tmp_path / "cases/een.yaml").write_text(yaml_text(id="een", **({"titel": None} if faulty else {})), "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [maatwerkatlas]\n", "utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# x\n", "utf-8")

    def missing(name):
        raise lexicon.ListError(name)

    monkeypatch.setattr(lists, "read_list", missing)
    lists.load_lists.cache_clear()
    gate.forget()
    try:
        result = run(*command)
    finally:
        lists.load_lists.cache_clear()
    assert result.exit_code == (1 if command == ["build"] else 2)
    assert "De privacytoets mist een lijst (toegestaan.yaml)" in result.stderr
    assert isinstance(result.exception, SystemExit)
    assert not (tmp_path / "site").exists()


def test_paths_alone_are_checked_too(run, tmp_path):
    path = tmp_path / "los.yaml"
    path.write_text(yaml_text(id="los", situatie="Toen belde Merel de huisarts."), "utf-8")
    assert "PRIV-NAAM-ZWAK" in run("check", str(path)).stdout


class TestComparing:
    """`patterns` and `similar` publish nothing and take records that are not cleared."""

    TELLING = "Toen belde Merel Terpstra met de kredietbank over het busabonnement."

    def records(self, folder):
        for name in ("een", "twee", "fatima"):
            rule = {"wet": None, "lokaal": "Beleidsregel mevrouw Terpstra 2024", "rol": "blokkeert"}
            text = yaml_text(id=name, situatie=self.TELLING, knelpunt__regels=[{k: v for k, v in rule.items() if v}])
            (folder / f"cases/{name}.yaml").write_text(text, "utf-8")

    @pytest.mark.parametrize(
        "command",
        [
            ["patterns"],
            ["patterns", "--format", "json"],
            ["similar", "cases/een.yaml"],
            ["similar", "cases/fatima.yaml"],
        ],
    )
    def test_reasons_and_ids_tell_no_name(self, run, tmp_path, command):
        self.records(tmp_path)
        said = run(*command).output.lower()
        assert "twee" in said or "fatima" in command[-1]
        assert [name for name in ("merel", "terpstra", "fatima") if name in said] == []

    def test_reasons_hold_ordinary_words(self, run, tmp_path):
        self.records(tmp_path)
        said = run("similar", "cases/een.yaml").stdout
        assert "zelfde lokale regel: beleidsregel mevrouw …" in said
        assert "gedeelde woorden: " in said

    def test_what_is_written_in_the_registry_tells_no_name(self, run, tmp_path):
        self.records(tmp_path)
        run("patterns", "--write", "--date", "2026-01-02")
        written = "".join(path.read_text("utf-8") for path in (tmp_path / "patterns").glob("*.yaml")).lower()
        assert "een" in written
        assert [name for name in ("merel", "terpstra", "fatima") if name in written] == []


@pytest.mark.parametrize("named", [["--cases", "{there}"], ["{there}/een.yaml"], ["{there}"]])
def test_where_a_checkout_stands_is_no_part_of_a_record(run, tmp_path, named):
    """A folder above the records may be called anything; its name is neither read nor masked."""
    there = tmp_path / "home/merel/terpstra-records"
    there.mkdir(parents=True)
    (there / "een.yaml").write_text(yaml_text(id="een"), "utf-8")
    (there / "fatima.yaml").write_text(yaml_text(id="fatima"), "utf-8")
    result = run("check", *[part.format(there=there) for part in named])
    assert "een.yaml" not in result.stdout
    assert "fatima" not in result.stdout
    if not named[-1].endswith("een.yaml"):
        assert "home/merel/terpstra-records/f••••a.yaml:1:1:" in result.stdout
