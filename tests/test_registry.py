"""The registry: numbers given out once, a person's part kept to the byte, every fault told with place and advice."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator import files
from generator.cli import main
from generator.problems import Severity, messages
from generator.registry import (
    ISSUED_FILE,
    MACHINE_LINE,
    STATES,
    Pattern,
    Registry,
    check_registry,
    quote,
    read_registry,
    render_issued,
    render_new_person_part,
    render_pattern_file,
)
from generator.source import parse_source, plain_value
from tests.factories import A_PROPOSAL, a_file, a_pattern, a_registry, registry_files, reread, some_files

BAD = Path(__file__).parent / "golden/bad_patterns"
SCENARIOS = sorted(folder.name for folder in BAD.iterdir())
OF_REGISTRY = ("PATR-", "VOORSTEL-", "STAP-", "OPLOSSING-", "HERVORMING-")
MENDED = {"lid-bestaat-niet", "vaste-casus-nog-geen-lid"}
"""What a run puts right by itself, and so only a remark."""
REMARKS = MENDED | {"voorstel-met-onbekend-artikel", "voorstel-op-vreemd-niveau"}
"""What stands in nobody's way; a person should look."""

Run = Callable[..., Result]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder; hidden ones are leftovers of a run that was killed and are never read."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


@pytest.fixture
def run(monkeypatch, tmp_path) -> Run:
    """Run a command beside seven records, of which the last is withdrawn."""
    monkeypatch.chdir(tmp_path)
    silent = {"situatie": "onbekend", "knelpunt__tekst": "onbekend", "doorbraak__tekst": "onbekend"}
    for name, data in [*some_files(6), a_file(id="verzonnen-casus-06", status="ingetrokken", **silent)]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)

    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(main, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


@pytest.fixture
def in_scenario(run, tmp_path) -> Callable[[str], Path]:
    """Put a bad registry beside the records; its folder."""

    def put(scenario: str) -> Path:
        shutil.copytree(BAD / scenario, tmp_path / "patterns")
        return tmp_path / "patterns"

    return put


class TestBadRegistries:
    def test_every_fault_is_told_with_its_place_and_what_to_do(self, run, tmp_path, golden):
        told = []
        for scenario in SCENARIOS:
            shutil.copytree(BAD / scenario, tmp_path / scenario)
            result = run("check", "--patterns", scenario)
            assert result.exit_code == (0 if scenario in REMARKS else 1), scenario
            told.append(result.stdout)
        golden("bad_patterns.txt", "".join(told))

    def test_every_scenario_is_told_in_its_own_file(self):
        told = (BAD.parent / "bad_patterns.txt").read_text("utf-8").splitlines()
        for scenario in SCENARIOS:
            assert any(line.startswith(f"{scenario}/") for line in told), scenario

    def test_every_code_of_the_registry_has_a_scenario_that_shows_it(self):
        told = (BAD.parent / "bad_patterns.txt").read_text("utf-8")
        assert {code for code in messages() if code.startswith(OF_REGISTRY) and f" {code} " not in told} == set()

    @pytest.mark.parametrize("scenario", [name for name in SCENARIOS if name not in REMARKS])
    def test_nothing_is_written_over_a_fault(self, run, in_scenario, scenario):
        folder = in_scenario(scenario)
        before = bytes_of(folder)
        result = run("patterns", "--write", "--date", "2026-02-02")
        assert result.exit_code == 1
        assert "Er is niets geschreven" in result.stderr
        assert " fout " in result.stderr
        assert bytes_of(folder) == before
        assert len(list(folder.iterdir())) == len(before)

    @pytest.mark.parametrize("scenario", sorted(MENDED))
    def test_a_run_mends_what_is_only_a_remark(self, run, in_scenario, scenario):
        in_scenario(scenario)
        assert "waarschuwing PATR-" in run("check").stdout
        assert run("patterns", "--write", "--date", "2026-02-02").exit_code == 0
        assert run("check").stdout == ""

    def test_nothing_is_written_while_a_record_has_a_fault(self, run, tmp_path):
        assert run("patterns", "--write", "--date", "2026-01-01").exit_code == 0
        before = bytes_of(tmp_path / "patterns")
        record = tmp_path / "cases/verzonnen-casus-00.yaml"
        record.write_text(record.read_text("utf-8").replace("periode: ", "periode: gisteren "), "utf-8")
        result = run("patterns", "--write", "--date", "2026-02-02")
        assert result.exit_code == 1
        assert "Er is niets geschreven" in result.stderr
        assert bytes_of(tmp_path / "patterns") == before, "a slip in a record takes no case out of its pattern"


class TestWrite:
    def test_what_is_written_is_read_back_without_a_remark_and_stays(self, run, tmp_path):
        assert run("patterns", "--write", "--date", "2026-01-01").exit_code == 0
        before = bytes_of(tmp_path / "patterns")
        assert set(before) >= {"P-0001.yaml", ISSUED_FILE}
        assert run("check").stdout == ""
        assert "geen wijzigingen" in run("patterns", "--write", "--date", "2026-02-02").stdout
        assert bytes_of(tmp_path / "patterns") == before

    def test_without_records_an_empty_registry_is_written_and_read(self, run, tmp_path):
        shutil.rmtree(tmp_path / "cases")
        (tmp_path / "cases").mkdir()
        assert run("patterns", "--write").exit_code == 0
        assert run("check").stdout == ""

    def test_a_persons_words_survive_a_run_to_the_byte(self, run, tmp_path):
        run("patterns", "--write", "--date", "2026-01-01")
        path = tmp_path / "patterns/P-0001.yaml"
        person, line, machine = path.read_text("utf-8").partition(MACHINE_LINE)
        person += (
            "\r\n\n   # Ünzuiver, met   spaties  \nnaam: 'Een naam: ja'\nvast: [ verzonnen-casus-05 ]   # daarom\n\n\n"
        )
        path.write_bytes((person + line + machine).encode())
        assert run("patterns", "--write", "--date", "2026-02-02").exit_code == 0
        after = path.read_bytes().decode()
        assert after.partition(MACHINE_LINE)[0] == person
        assert "casus: verzonnen-casus-05" in after

    def test_a_deleted_file_leaves_a_gap(self, run, tmp_path):
        run("patterns", "--write", "--date", "2026-01-01")
        known = sorted(name for name in bytes_of(tmp_path / "patterns") if name != ISSUED_FILE)
        (tmp_path / "patterns" / known[-1]).unlink()
        assert run("patterns", "--write", "--date", "2026-02-02").exit_code == 0
        names = sorted(name for name in bytes_of(tmp_path / "patterns") if name != ISSUED_FILE)
        assert names == [*known[:-1], f"P-{len(known) + 1:04}.yaml"]
        assert run("check").stdout == ""

    def test_records_of_elsewhere_are_never_written_over_our_registry(self, run, tmp_path):
        run("patterns", "--write", "--date", "2026-01-01")
        before = bytes_of(tmp_path / "patterns")
        (tmp_path / "elders").mkdir()
        assert run("patterns", "--write", "--cases", "elders").exit_code == 2
        assert bytes_of(tmp_path / "patterns") == before
        assert run("patterns", "--write", "--cases", "elders", "--patterns", "ander").exit_code == 0
        assert bytes_of(tmp_path / "patterns") == before

    @pytest.mark.parametrize("date", ["gisteren", "", "2026-13-01", "1-1-2026"])
    def test_a_date_is_a_day(self, run, tmp_path, date):
        assert run("patterns", "--write", "--date", date).exit_code == 2
        assert not (tmp_path / "patterns").exists()


class Killed(BaseException):
    """Stands for a run that ends in the middle."""


class TestKilled:
    """A run that is killed leaves every file old or new, and the next run ends where it would have ended."""

    @pytest.fixture
    def before(self, run, tmp_path) -> dict[str, bytes]:
        """A registry in which much will happen: one pattern goes up in another, one grows, one is new."""
        known = [
            a_pattern("P-0001", ["verzonnen-casus-00"], naam="Van een mens"),
            a_pattern("P-0002", ["verzonnen-casus-03"]),
            a_pattern("P-0003", ["verzonnen-casus-01", "weg"]),
        ]
        (tmp_path / "patterns").mkdir()
        for name, data in registry_files(a_registry(*known)):
            (tmp_path / name).write_bytes(data)
        return bytes_of(tmp_path / "patterns")

    @pytest.fixture
    def after(self, run, before, tmp_path) -> dict[str, bytes]:
        assert run("patterns", "--write", "--date", "2026-02-02").exit_code == 0
        written = bytes_of(tmp_path / "patterns")
        assert {name for name in written if written[name] != before.get(name)} == {*written}
        assert {*written} == {*before, "P-0004.yaml"}
        return written

    @pytest.mark.parametrize("door", ["write_changed", "replace"])
    @pytest.mark.parametrize("call", range(1, 6))
    def test_every_file_is_old_or_new_and_the_next_run_ends_the_same(
        self, run, before, after, tmp_path, monkeypatch, door, call
    ):
        folder = tmp_path / "patterns"
        for name in after:
            (folder / name).unlink()
        for name, data in before.items():
            (folder / name).write_bytes(data)
        owner, name = (files, "write_changed") if door == "write_changed" else (os, "replace")
        real, calls = getattr(owner, name), []

        def dies(*arguments: Any) -> Any:
            calls.append(arguments)
            if len(calls) == call:
                raise Killed
            return real(*arguments)

        with monkeypatch.context() as patch:
            patch.setattr(owner, name, dies)
            with pytest.raises(Killed):
                CliRunner().invoke(main, ["patterns", "--write", "--date", "2026-02-02"])
        left = bytes_of(folder)
        for path, data in left.items():
            assert data in {before.get(path), after.get(path)}, path
        assert run("patterns", "--write", "--date", "2026-02-02").exit_code == 0
        found = bytes_of(folder)
        assert groups_of(found) == groups_of(after)
        assert {n: data for n, data in found.items() if n in before and n != ISSUED_FILE} == {
            n: data for n, data in after.items() if n in before and n != ISSUED_FILE
        }
        assert run("check").stdout == ""


def groups_of(folder: dict[str, bytes]) -> set[tuple[str, frozenset[str]]]:
    """State and members of every pattern; a number that a killed run gave out stays a gap."""
    registry, problems = read_registry([*folder.items()])
    assert problems == []
    return {(pattern.state, pattern.cases) for pattern in registry.patterns}


class TestReading:
    def test_patterns_come_in_the_order_of_their_numbers_however_the_files_come(self):
        registry = a_registry(*(a_pattern(f"P-{n:04}", [f"casus-{n}"]) for n in (3, 1, 2)))
        raw = registry_files(registry)
        assert [pattern.id for pattern in registry.patterns] == ["P-0001", "P-0002", "P-0003"]
        for mixed in (raw[::-1], raw[1:] + raw[:1]):
            assert read_registry(mixed)[0] == registry

    def test_a_person_comes_before_the_machine(self):
        def state(**changes: str) -> tuple[str, str | None, bool]:
            pattern = a_pattern(**changes).pattern
            return pattern.state, pattern.heir, pattern.active

        assert state() == ("kandidaat", None, True)
        assert state(status="vastgesteld") == ("vastgesteld", None, True)
        assert state(stand="samengevoegd", naar="P-0002") == ("samengevoegd", "P-0002", False)
        assert state(stand="samengevoegd", naar="P-0002", opvolger="P-0003")[1] == "P-0003"
        assert state(stand="samengevoegd", naar="P-0002", status="vastgesteld") == ("vastgesteld", None, True)

    def test_the_heir_of_an_heir_is_found_and_a_loop_ends(self):
        registry = a_registry(
            a_pattern("P-0001", stand="samengevoegd", naar="P-0002"),
            a_pattern("P-0002", stand="samengevoegd", naar="P-0003"),
            a_pattern("P-0003"),
            a_pattern("P-0004", stand="samengevoegd", naar="P-0005"),
            a_pattern("P-0005", stand="samengevoegd", naar="P-0004"),
        )
        assert registry.successor("P-0001") == "P-0003"
        assert registry.successor("P-0003") == "P-0003"
        assert registry.successor("P-0004") in {"P-0004", "P-0005"}
        assert registry.successor("P-9999") == "P-9999"

    def test_the_states_are_those_of_the_vocabulary(self, vocabulary):
        assert set(STATES) == set(vocabulary.labels["patroonstatussen"])

    def test_a_case_may_be_in_two_patterns_if_a_person_put_it_in_one(self):
        one, other = a_pattern("P-0001", ["a", "b"]), a_pattern("P-0002", ["a", "c"], vast=["a"])
        assert list(check_registry(a_registry(one, other), dict.fromkeys("abc", False))) == []

    @pytest.mark.parametrize("state", ["samengevoegd", "vervallen", "opgelost"])
    def test_what_takes_no_new_cases_keeps_its_members_as_a_memory(self, state):
        gone = a_pattern("P-0001", ["a", "weg"], stand=state, naar="P-0002" if state == "samengevoegd" else None)
        registry = a_registry(gone, a_pattern("P-0002", ["a"]))
        assert list(check_registry(registry, {"a": False})) == []

    def test_a_remark_is_told_as_one(self):
        (problem,) = check_registry(a_registry(a_pattern("P-0001", ["a", "weg"])), {"a": False})
        assert (problem.code, problem.severity) == ("PATR-LID-ONBEKEND", Severity.WARNING)


class TestRendering:
    @given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co", "Zl", "Zp"]), min_size=1))
    def test_a_quoted_text_comes_back(self, text):
        root = parse_source("a.yaml", f"a: {quote(text)}\n".encode()).root
        assert root is not None
        assert plain_value(root) == {"a": text}

    def test_a_file_comes_back_as_the_pattern_that_was_written(self):
        full = a_pattern(
            "P-0001", ["a", "b"], naam="Een naam", omschrijving="Een\n\ntekst", status="vastgesteld", vast=["a"],
            uitgesloten=[{"casus": "c", "reden": "Een 'andere': regel"}], apart_van=["P-0002"], voorstel=A_PROPOSAL,
            reacties=["Gezien"], naar="P-0002",
            geschiedenis=[{"datum": "2026-01-01", "wat": "gegroeid", "casussen": ["a"], "patronen": ["P-0002"]},
                          {"datum": "2026-01-01", "wat": "vervallen"}],
        )  # fmt: skip
        for file in (full, a_pattern("P-0002", []), a_pattern("P-0003", ["a"])):
            (again,) = reread(Registry((file,), {})).files
            assert again.pattern == file.pattern
            assert again.person == file.person
            assert render_pattern_file(again.person, again.pattern) == render_pattern_file(file.person, file.pattern)

    def test_a_new_file_says_who_writes_where(self):
        text = render_pattern_file(render_new_person_part("P-0001"), Pattern(id="P-0001"))
        assert text.index("redactie") < text.index("id: P-0001") < text.index(MACHINE_LINE) < text.index("stand:")

    def test_numbers_given_out_come_in_order_and_none_is_still_a_file(self):
        text = render_issued({"P-0002": "b", "P-0001": "a"})
        assert text.index("P-0001: a") < text.index("P-0002: b")
        for issued in ({}, {"P-0001": "a"}):
            found, problems = read_registry([("patterns/uitgegeven.yaml", render_issued(issued).encode())])
            assert (found.issued, problems) == (issued, [])
