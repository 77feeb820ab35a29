"""What changed since an earlier state: cases, patterns, statuses."""

from __future__ import annotations

import subprocess

from generator import files
from generator.changes import find_changes
from generator.registry import HistoryLine, Registry
from tests.factories import A_PROPOSAL, a_case, a_pattern, a_registry


def test_since_the_beginning_everything_published_is_new():
    """Without an earlier state every published case and every pattern is told."""
    cases = [a_case(id="een"), a_case(id="twee", status="concept")]

    found = find_changes("", {}, cases, Registry(), a_registry(a_pattern()))

    assert [case.id for case in found.new_cases] == ["een"]
    assert [change.pattern.id for change in found.patterns] == ["P-0001"]
    assert not found.empty


def test_new_edited_withdrawn_and_removed_cases_are_told_apart():
    """Each published case of before or now stands in at most one list."""
    before = {
        case.id: case for case in (a_case(id="zelfde"), a_case(id="anders"), a_case(id="weg"), a_case(id="terug"))
    }
    now = [
        a_case(id="zelfde"),
        a_case(id="anders", titel="Een andere titel"),
        a_case(id="terug", status="ingetrokken"),
        a_case(id="nieuw"),
    ]

    found = find_changes("v1", before, now, Registry(), Registry())

    assert [case.id for case in found.new_cases] == ["nieuw"]
    assert [case.id for case in found.edited_cases] == ["anders"]
    assert [case.id for case in found.withdrawn_cases] == ["terug"]
    assert found.removed_cases == ("weg",)


def test_a_pattern_is_told_by_its_new_history_and_a_changed_status():
    """Old history lines are not told again."""
    line = HistoryLine(datum="2026-01-01", wat="ontstaan", casussen=("a",))
    grown = HistoryLine(datum="2026-02-01", wat="gegroeid", casussen=("b",))
    old = a_registry(a_pattern(geschiedenis=(line,)))
    new = a_registry(a_pattern(geschiedenis=(line, grown), status="opgelost"))

    (change,) = find_changes("v1", {}, [], old, new).patterns

    assert change.lines == (grown,)
    assert change.status == "opgelost"
    assert find_changes("v1", {}, [], new, new).empty


def test_a_pattern_is_told_by_its_proposal_and_new_steps():
    """A proposal that an editor took over or wrote anew is told once, and so is each step."""
    step = {"stap": "in_onderzoek", "datum": "2026-01-03"}
    offered = {"stap": "aangeboden", "datum": "2026-01-04", "aan": "gemeenteraad"}
    old = a_registry(a_pattern(stappen=[step]))
    new = a_registry(a_pattern(voorstel=A_PROPOSAL, stappen=[step, offered]))

    (change,) = find_changes("v1", {}, [], old, new).patterns

    assert change.taken_over
    assert [taken.stap for taken in change.steps] == ["aangeboden"]
    assert find_changes("v1", {}, [], new, new).empty
    (rewritten,) = find_changes("v1", {}, [], new, a_registry(a_pattern(
        voorstel={**A_PROPOSAL, "tekst": "Tel een gast drie maanden niet mee."}, stappen=[step, offered]
    ))).patterns  # fmt: skip
    assert rewritten.taken_over
    assert rewritten.steps == ()


def test_an_earlier_state_is_read_from_git(tmp_path):
    """Records of the newest tag come back as they were; without git or tag there is nothing."""
    assert files.last_release(tmp_path) == ""
    assert files.read_revision(tmp_path, "v1", tmp_path / "cases") == []

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=Iemand", "-c", "user.email=iemand@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    record = tmp_path / "cases" / "werk" / "een.yaml"
    record.parent.mkdir(parents=True)
    record.write_text("oud", "utf-8")
    others = {"cases/twee.yaml": b"oud", "cases/leeg.yaml": b"", "cases/reëel.yaml": b"a: 1\n\nb: x\n\xff"}
    for name, data in others.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "cases/geen-record.txt").write_text("iets anders", "utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "een")
    git("tag", "v1")
    record.write_text("nieuw", "utf-8")

    assert files.last_release(tmp_path) == "v1"
    assert files.read_revision(tmp_path, "v1", tmp_path / "cases") == sorted(
        [("cases/werk/een.yaml", b"oud"), *others.items()]
    )
