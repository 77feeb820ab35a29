"""The live server: an edit in a record shows in the browser, a fault shows on a page, one edit is one rebuild."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.site

START_SECONDS = 60
"""Longest wait for the first build."""
EDIT_SECONDS = 120
"""Longest wait for an edit on a machine with much else to do; how long it takes is no matter of a test."""
LOOP_SECONDS = 3
"""A loop would have started its next round by then: the server looks at its files twice a second."""
PUBLISHED = "\nstatus: gepubliceerd\n"
REBUILD = "Detected file changes"
"""What MkDocs says when it starts to build again."""


@dataclass(frozen=True)
class LiveServer:
    """A running `maatwerkatlas serve` on a copy of the real records."""

    project: Path
    address: str
    log: Path

    @property
    def said(self) -> str:
        """All that the server has told so far."""
        return self.log.read_text("utf-8")

    @property
    def rebuilds(self) -> int:
        """How many rebuilds have started."""
        return self.said.count(REBUILD)

    def record(self, number: int) -> Path:
        """One of the published records; each test edits one of its own."""
        records = sorted((self.project / "cases").rglob("*.yaml"))
        return [path for path in records if PUBLISHED in path.read_text("utf-8")][number]

    def wait_for_rebuild(self, after: int) -> None:
        """Wait until more than `after` rebuilds have ended."""
        wait_until(lambda: self.said.count("Reloading browsers") > after, START_SECONDS)


def wait_until(true: Callable[[], bool], seconds: float) -> None:
    """Look ten times a second; fails after `seconds`."""
    end = monotonic() + seconds
    while not true():
        assert monotonic() < end, f"not within {seconds} s"
        sleep(0.1)


def answers(address: str) -> bool:
    """Whether something answers there."""
    try:
        with urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def live(make_project: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """One live server for the tests of this module."""
    project = make_project()
    log = tmp_path_factory.mktemp("serve") / "log.txt"
    place = f"127.0.0.1:{free_port()}"
    command = [str(Path(sysconfig.get_path("scripts")) / "maatwerkatlas"), "serve", "--address", place]
    with (
        log.open("wb") as stream,
        subprocess.Popen(
            command, cwd=project, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, stdout=stream, stderr=stream
        ) as process,
    ):
        server = LiveServer(project, f"http://{place}/", log)
        try:
            wait_until(lambda: process.poll() is not None or "Serving on" in server.said, START_SECONDS)
            assert process.poll() is None, server.said
            wait_until(lambda: answers(server.address), START_SECONDS)
            yield server
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def retitle(record: Path, title: str) -> None:
    """Give a record another title, as an editor does."""
    lines = record.read_text("utf-8").splitlines(keepends=True)
    lines[:] = [f"titel: {title}\n" if line.startswith("titel:") else line for line in lines]
    save(record, "".join(lines))


def save(record: Path, text: str) -> None:
    """Save in one move, so that the server never sees half a file."""
    fresh = record.parents[2] / "fresh.txt"
    fresh.write_text(text, "utf-8")
    fresh.replace(record)


@pytest.mark.browser
def test_an_edit_shows_in_the_open_browser(live: LiveServer, page: Page) -> None:
    record = live.record(10)
    page.goto(f"{live.address}casussen/{record.stem}/")
    before = live.said.count("Reloading browsers")
    for number in range(2):
        title = f"Nieuwe titel {number}"
        retitle(record, title)
        expect(page.get_by_role("heading", level=1)).to_have_text(title, timeout=EDIT_SECONDS * 1000)
        live.wait_for_rebuild(before + number)


def test_a_fault_shows_on_a_page_and_every_edit_is_one_rebuild(live: LiveServer) -> None:
    record = live.record(30)
    good = record.read_text("utf-8")
    address = f"{live.address}casussen/{record.stem}/"
    problems = f"{live.address}problemen/"
    assert "Alle records kloppen." in read(problems)
    assert answers(address)

    before = live.rebuilds
    save(record, good.replace(PUBLISHED, "\nstatus: prachtig\n"))
    live.wait_for_rebuild(before)
    name = record.relative_to(live.project).as_posix()
    line = good.partition(PUBLISHED)[0].count("\n") + 2
    assert f"{name}:{line}:" in read(problems)
    assert not answers(address)
    assert answers(live.address)

    save(record, good)
    live.wait_for_rebuild(before + 1)
    assert "Alle records kloppen." in read(problems)
    assert answers(address)

    sleep(LOOP_SECONDS)
    assert live.rebuilds == before + 2


def read(address: str) -> str:
    """The page at an address."""
    with urlopen(address, timeout=30) as answer:
        return answer.read().decode("utf-8")
