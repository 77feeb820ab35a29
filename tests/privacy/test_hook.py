"""The pre-commit hook: a staged record with a finding is not committed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.factories import yaml_text

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(sysconfig.get_path("scripts"))


@pytest.fixture
def checkout(tmp_path):
    """A new repository with our hooks and this environment, and a way to run a command in it."""
    shutil.copy(ROOT / ".pre-commit-config.yaml", tmp_path)
    shutil.copy(ROOT / ".yamllint", tmp_path)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/bin").symlink_to(SCRIPTS)
    (tmp_path / "cases").mkdir()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment["PRE_COMMIT_HOME"] = str(tmp_path / ".cache")

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    run("git", "init", "-q")
    run("git", "config", "user.email", "redactie@voorbeeld.example")
    run("git", "config", "user.name", "redactie")
    installed = run(str(SCRIPTS / "pre-commit"), "install")
    assert installed.returncode == 0, installed.stderr
    return tmp_path, run


def test_a_staged_record_with_a_finding_is_not_committed(checkout):
    folder, run = checkout
    record = folder / "cases/een-fiets.yaml"
    record.write_text("---\n" + yaml_text(id="een-fiets", situatie="Toen belde Merel de huisarts."), "utf-8")
    run("git", "add", "-A")
    refused = run("git", "commit", "-m", "Een casus erbij")
    assert refused.returncode != 0
    assert "PRIV-NAAM-ZWAK" in refused.stdout + refused.stderr
    assert "Merel" not in refused.stdout + refused.stderr
    record.write_text("---\n" + yaml_text(id="een-fiets", situatie="Toen belde de moeder de huisarts."), "utf-8")
    run("git", "add", "-A")
    accepted = run("git", "commit", "-m", "Een casus erbij")
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
