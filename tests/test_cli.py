"""The command line: results on stdout, talk on stderr; 0 is good, 1 means faults in the data, 2 wrong use."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import __main__ as door
from generator.answers import SIMILAR
from generator.cli import main
from generator.schema import render_schema
from generator.source import parse_source
from generator.validation import check_files
from tests.factories import a_file, some_files, yaml_text

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch, tmp_path) -> Run:
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str, text: str | None = None) -> Result:
        result = CliRunner().invoke(main, arguments, input=text)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return invoke


@pytest.fixture
def with_records(tmp_path) -> Callable[[int], None]:
    """Put a number of good records in the folder `cases`."""

    def put(count: int) -> None:
        (tmp_path / "cases").mkdir()
        write(tmp_path, some_files(count))

    return put


def write(root: Path, files: list[tuple[str, bytes]]) -> None:
    for name, data in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


class TestCheck:
    def test_good_records_say_nothing_on_stdout(self, run, with_records):
        with_records(3)
        result = run("check")
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr.splitlines()[0] == "3 records, 0 problemen"

    def test_a_fault_is_told_with_its_place(self, run, tmp_path):
        write(tmp_path, [a_file(periode="gisteren")])
        result = run("check")
        assert result.exit_code == 1
        assert result.stdout.startswith("cases/fiets-voor-de-bakker.yaml:6:10: fout PERIODE-VORM Een periode is")

    def test_a_remark_is_no_fault(self, run, tmp_path):
        write(tmp_path, [a_file(situatie="Een <b>fiets</b>.")])
        result = run("check")
        assert result.exit_code == 0
        assert "waarschuwing TEKST-OPMAAK" in result.stdout

    def test_json_has_the_same_keys_for_every_problem(self, run, tmp_path):
        write(tmp_path, [a_file(periode="gisteren", status="af")])
        result = run("check", "--format", "json")
        assert result.exit_code == 1
        rows = json.loads(result.stdout)
        assert {tuple(row) for row in rows} == {("bestand", "regel", "kolom", "ernst", "code", "melding")}
        assert [(row["regel"], row["code"]) for row in rows] == [(3, "WOORD-ONBEKEND"), (6, "PERIODE-VORM")]

    def test_without_problems_json_is_an_empty_list(self, run, with_records):
        with_records(1)
        assert json.loads(run("check", "--format", "json").stdout) == []

    def test_ci_annotations(self, run, tmp_path):
        write(tmp_path, [a_file(periode="gisteren")])
        assert run("check", "--format", "github").stdout.startswith("::error file=cases/fiets-voor-de-bakker.yaml,")

    def test_named_files_only(self, run, tmp_path):
        write(tmp_path, [a_file(periode="gisteren"), a_file(id="goed")])
        assert run("check", "cases/goed.yaml").exit_code == 0
        assert run("check", "cases/goed.yaml", "cases").exit_code == 1

    def test_a_file_named_twice_is_one_record(self, run, with_records):
        with_records(1)
        result = run("check", "cases", "cases/verzonnen-casus-00.yaml")
        assert (result.exit_code, result.stderr.splitlines()[0]) == (0, "1 records, 0 problemen")

    def test_another_folder(self, run, tmp_path):
        write(tmp_path, [a_file("elders")])
        assert run("check", "--cases", "elders").exit_code == 0

    def test_a_missing_folder_or_file_is_told(self, run):
        assert "BEST-MAP-ONTBREEKT" in run("check").stdout
        result = run("check", "weg.yaml")
        assert result.exit_code == 1
        assert "BEST-ONLEESBAAR" in result.stdout


class TestDue:
    """What is due is talk: it stands on stderr, changes no exit code and no problem output."""

    COUNT = "1 regel of artikel na te kijken"
    LINE = "cases/verzonnen-casus-00.yaml:15:5: controleer: Pw artikel 22a, gewijzigd per 1 januari 2023"

    def test_a_count_always_and_the_list_when_asked(self, run, with_records):
        with_records(3)
        counted, listed = (run("check", "--date", "2025-06-01", *more) for more in ((), ("--due",)))
        assert (counted.exit_code, counted.stdout, listed.exit_code, listed.stdout) == (0, "", 0, "")
        assert counted.stderr.splitlines()[1:] == [f"{self.COUNT}; zie --due"]
        assert listed.stderr.splitlines()[1:] == [self.COUNT, self.LINE]

    def test_nothing_due_says_nothing(self, run, with_records):
        with_records(3)
        assert run("check", "--due", "--date", "2022-12-31").stderr == "3 records, 0 problemen\n"

    @pytest.mark.parametrize("form", ["json", "github"])
    def test_other_formats_keep_their_problems_whole(self, run, tmp_path, form):
        write(tmp_path, [*some_files(1), a_file(periode="gisteren")])
        plain, due = (run("check", "--format", form, "--date", "2025-06-01", *more) for more in ((), ("--due",)))
        assert plain.stdout == due.stdout
        assert plain.exit_code == due.exit_code == 1
        assert self.LINE in due.stderr

    def test_planned_changes_of_our_list_are_due_once_their_day_has_come(self, run, with_records):
        with_records(1)
        assert "was gepland per" not in run("check", "--due", "--date", "2026-11-21").stderr
        later = run("check", "--due", "--date", "2099-01-01")
        assert "generator/vocabulary/artikelen.yaml: controleer: pw-36, was gepland per" in later.stderr
        assert later.exit_code == 0

    def test_the_name_of_a_file_that_may_point_at_somebody_is_masked(self, run, tmp_path):
        changes = {"id": "fatima-vraagt-hulp", "periode": "2020",
                   "knelpunt__regels": [{"wet": "pw", "artikel": "22a", "rol": "blokkeert"}]}  # fmt: skip
        write(tmp_path, [a_file(**changes)])
        result = run("check", "--due", "--date", "2025-06-01")
        assert "controleer: Pw artikel 22a" in result.stderr
        assert "fatima" not in result.stderr + result.stdout

    def test_a_day_that_is_none_is_wrong_use(self, run, with_records):
        with_records(1)
        assert run("check", "--date", "2026-02-31").exit_code == 2


@pytest.mark.parametrize(
    "arguments", [["bestaat-niet"], ["check", "--kleur", "rood"], ["check", "--format", "xml"], ["similar"], ["new"]]
)
def test_wrong_use_is_two(run, arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage:" in result.stderr


class TestPatterns:
    @pytest.mark.parametrize(("count", "groups", "loose"), [(0, 0, 0), (1, 0, 1), (2, 0, 2), (15, 3, 0)])
    def test_any_number_of_records(self, run, with_records, count, groups, loose):
        with_records(count)
        result = run("patterns", "--format", "json")
        assert result.exit_code == 0
        found = json.loads(result.stdout)
        assert (len(found["patronen"]), len(found["los"])) == (groups, loose)

    def test_every_membership_has_its_strength_and_reasons(self, run, with_records):
        with_records(15)
        found = json.loads(run("patterns", "--format", "json").stdout)
        for pattern in found["patronen"]:
            assert {"id", "naam", "leden"} <= set(pattern)
            for member in pattern["leden"]:
                assert {"casus", "sterkte", "redenen"} <= set(member)
                assert 0 <= member["sterkte"] <= 1
                assert member["redenen"]
        placed = [member["casus"] for pattern in found["patronen"] for member in pattern["leden"]]
        assert sorted([*placed, *found["los"]]) == [f"verzonnen-casus-{number:02}" for number in range(15)]

    def test_text_names_every_pattern_and_member(self, run, with_records):
        with_records(15)
        text = run("patterns").stdout
        assert text.count("\n  ") == 15
        assert "zelfde artikel: Pw artikel 22a" in text

    def test_the_same_records_print_the_same(self, run, with_records):
        with_records(15)
        assert run("patterns", "--format", "json").stdout == run("patterns", "--format", "json").stdout

    def test_a_withdrawn_case_takes_no_part(self, run, with_records, tmp_path):
        with_records(4)
        text = (tmp_path / "cases/verzonnen-casus-03.yaml").read_text("utf-8")
        (tmp_path / "cases/verzonnen-casus-03.yaml").write_text(text.replace("gepubliceerd", "ingetrokken"), "utf-8")
        assert "verzonnen-casus-03" not in run("patterns", "--format", "json").stdout

    def test_faults_are_told_on_stderr_and_leave_the_json_whole(self, run, tmp_path):
        write(tmp_path, [*some_files(4), a_file(periode="gisteren")])
        result = run("patterns", "--format", "json")
        assert len(json.loads(result.stdout)["patronen"]) == 1
        assert "PERIODE-VORM" in result.stderr


class TestSimilar:
    @pytest.mark.parametrize("count", [0, 1, 2, 15])
    def test_a_text_with_any_number_of_records(self, run, with_records, count):
        with_records(count)
        result = run("similar", "-", "--format", "json", text="Een briefadres bij het stadhuis, en geen uitkering.")
        assert result.exit_code == 0
        rows = json.loads(result.stdout)["-"]
        assert len(rows) == min(count, SIMILAR)
        assert all(list(row) == ["casus", "sterkte", "redenen"] for row in rows)
        assert [row["sterkte"] for row in rows] == sorted((row["sterkte"] for row in rows), reverse=True)
        if count == 15:
            assert {int(row["casus"][-2:]) % 3 for row in rows[:5]} == {1}

    @pytest.mark.parametrize("count", [1, 2, 15])
    def test_a_record_is_never_its_own_neighbour(self, run, with_records, count):
        with_records(count)
        result = run("similar", "cases/verzonnen-casus-00.yaml", "--format", "json")
        assert result.exit_code == 0
        rows = json.loads(result.stdout)["verzonnen-casus-00"]
        assert "verzonnen-casus-00" not in [row["casus"] for row in rows]
        assert len(rows) == min(count - 1, SIMILAR)

    def test_a_new_record_is_compared_with_those_that_are_there(self, run, with_records, tmp_path):
        with_records(6)
        write(tmp_path, [("nieuw/nieuw.yaml", some_files(1)[0][1].replace(b"verzonnen-casus-00", b"nieuw"))])
        rows = json.loads(run("similar", "nieuw/nieuw.yaml", "--format", "json").stdout)["nieuw"]
        assert rows[0]["casus"] == "verzonnen-casus-00"
        assert "nieuw" not in [row["casus"] for row in rows]

    def test_text_and_records_at_once(self, run, with_records):
        with_records(3)
        found = json.loads(run("similar", "-", "cases", "--format", "json", text="taxi naar school").stdout)
        assert sorted(found) == ["-", *(f"verzonnen-casus-{number:02}" for number in range(3))]
        assert "-" not in [row["casus"] for rows in found.values() for row in rows]

    def test_an_empty_text_is_like_nothing(self, run, with_records):
        with_records(3)
        result = run("similar", "-", "--format", "json", text="")
        assert result.exit_code == 0
        assert {row["sterkte"] for row in json.loads(result.stdout)["-"]} == {0.0}

    def test_patterns_of_a_text_come_with_their_nearest_case(self, run, with_records):
        with_records(15)
        text = "Een briefadres bij het stadhuis, en geen uitkering."
        rows = json.loads(run("similar", "-", "--of", "patterns", "--format", "json", text=text).stdout)["-"]
        cases = json.loads(run("similar", "-", "--format", "json", text=text).stdout)["-"]
        assert rows[0]["casus"] == cases[0]["casus"]
        assert rows[0]["redenen"] == cases[0]["redenen"]
        assert all(list(row) == ["patroon", "naam", "casus", "sterkte", "redenen"] for row in rows)
        line = run("similar", "-", "--of", "patterns", text=text).stdout.splitlines()[1]
        assert rows[0]["naam"] in line

    def test_patterns_are_for_plain_text_alone(self, run, with_records):
        with_records(3)
        result = run("similar", "cases/verzonnen-casus-00.yaml", "--of", "patterns")
        assert result.exit_code == 2
        assert result.stdout == ""

    def test_a_text_is_compared_with_published_cases(self, run, with_records, tmp_path):
        with_records(2)
        name, data = some_files(1)[0]
        write(tmp_path, [(name, data.replace(b"gepubliceerd", b"concept"))])
        rows = json.loads(run("similar", "-", "--format", "json", text="taxi naar school").stdout)["-"]
        assert [row["casus"] for row in rows] == ["verzonnen-casus-01"]

    def test_text_output_names_strength_and_reasons(self, run, with_records):
        with_records(3)
        first, nearest, *_ = run("similar", "cases/verzonnen-casus-00.yaml").stdout.splitlines()
        assert first == "verzonnen-casus-00"
        assert nearest.startswith("  0.")
        assert nearest.endswith(")")

    def test_a_record_that_cannot_be_read_is_a_fault(self, run, with_records, tmp_path):
        with_records(2)
        write(tmp_path, [("kapot.yaml", b"titel: [\n")])
        result = run("similar", "kapot.yaml", "--format", "json")
        assert result.exit_code == 1
        assert result.stdout == ""
        assert "kapot.yaml:2:1: fout YAML-FOUT" in result.stderr


class TestNew:
    def test_only_the_empty_fields_of_a_new_record_are_at_fault(self, run, vocabulary):
        text = run("new", "een-nieuwe-casus").stdout
        source = parse_source("cases/een-nieuwe-casus.yaml", text.encode())
        assert source.root is not None
        assert source.problems == ()
        lines = text.splitlines()
        problems = check_files([(source.file, text.encode())], vocabulary).problems
        empty = {n for n, line in enumerate(lines, 1) if line.endswith(":") and not line.lstrip().startswith("#")}
        parts = {n for n, line in enumerate(lines, 1) if line in {"knelpunt:", "doorbraak:", "resultaat:"}}
        assert {problem.place.line for problem in problems} == empty - parts

    def test_filled_in_it_is_good(self, run, vocabulary):
        text = run("new", "een-nieuwe-casus").stdout
        answers = {"herkomst": "fictief", "periode": "onbekend", "leefgebieden": "[werk]", "status": "geslaagd",
                   "soort": "financieringsschot"}  # fmt: skip
        lines = [
            f"{line} {answers.get(line.strip(' :'), 'Iets verzonnens')}"
            if line.endswith(":") and line.strip() not in {"knelpunt:", "doorbraak:", "resultaat:"} and "#" not in line
            else line
            for line in text.splitlines()
        ]
        assert check_files([("cases/een-nieuwe-casus.yaml", "\n".join(lines).encode())], vocabulary).problems == ()

    def test_it_explains_every_key(self, run):
        lines = run("new", "een-nieuwe-casus").stdout.splitlines()
        assert lines[0].startswith("# yaml-language-server: $schema=")
        assert all(line.lstrip().startswith("#") for line in lines[1::2])
        assert all(len(line) <= 300 for line in lines)

    @pytest.mark.parametrize("name", ["../x", "x/y", "Een", "een_twee", "-een", "", "een--twee", "é"])
    def test_what_cannot_be_an_id_is_wrong_use(self, run, name):
        result = run("new", "--", name)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "kleine letters" in result.stderr


class TestSchema:
    def test_it_is_written_where_it_is_asked(self, run, tmp_path, vocabulary):
        assert run("schema", "schema.json").exit_code == 0
        assert (tmp_path / "schema.json").read_text("utf-8") == render_schema(vocabulary)
        assert run("schema", "--check", "schema.json").exit_code == 0

    def test_a_stale_or_missing_schema_says_what_to_run(self, run, tmp_path):
        (tmp_path / "schema.json").write_text("{}", "utf-8")
        for name in ("schema.json", "weg.json"):
            result = run("schema", "--check", name)
            assert result.exit_code == 1
            assert "run: maatwerkatlas schema" in result.stderr


def in_a_process(folder: Path, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "generator", *arguments]
    return subprocess.run(
        command, cwd=folder, input=text, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_what_the_command_line_imports_is_not_searched_for_garbage(monkeypatch):
    seen = []
    monkeypatch.setattr("generator.cli.main", lambda: seen.append((gc.isenabled(), gc.get_freeze_count() > 0)))
    gc.unfreeze()
    door.main()
    gc.unfreeze()
    assert seen == [(True, True)]


def test_what_takes_long_to_start_waits_until_it_is_needed():
    heavy = {"sklearn", "scipy.stats", "scipy.cluster", "pptx", "mkdocs"}
    code = f"import sys, generator.cli; print(sorted({heavy} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_as_a_process_results_and_talk_are_apart(tmp_path):
    write(tmp_path, [a_file(), ("cases/fout.yaml", yaml_text(id="fout", periode="gisteren").encode())])
    checked = in_a_process(tmp_path, "check", "--format", "json")
    assert (checked.returncode, len(json.loads(checked.stdout))) == (1, 1)
    assert checked.stderr == "1 records, 1 problemen\n"


def test_as_a_process_text_comes_from_stdin(tmp_path):
    write(tmp_path, some_files(3))
    found = in_a_process(
        tmp_path, "similar", "-", "--format", "json", text="Geen briefadres, geen uitkering: één loket"
    )
    assert found.returncode == 0
    assert json.loads(found.stdout)["-"][0]["casus"] == "verzonnen-casus-01"
