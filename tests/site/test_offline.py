"""Below a folder, and without a connection: what was read can be read again, what was taken back cannot."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.worker import FILE
from tests.site.serving import Server, serving

pytestmark = [pytest.mark.site, pytest.mark.browser]

FOLDER = "sub/folder/"
CASE = "casussen/eerste/"
TITLE = "Uitzondering eerste"
LOST = "Lezen zonder internet"
SECONDS = 60
"""How long something may take that a browser does by itself; only a failing test waits so long."""
ALL_KEPT = """async () => {
    const found = [];
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) found.push([request.url, await (await cache.match(request)).text()]);
    }
    return found;
}"""
"""Addresses and texts of all that the browser keeps."""


@pytest.fixture
def server(small_site: Path) -> Iterator[Server]:
    """The small site, below a folder."""
    yield from serving(small_site, FOLDER)


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A new reader, whose browser may have a service worker."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def kept(page: Page) -> dict[str, str]:
    """Addresses and texts of all that the browser keeps."""
    return dict(page.evaluate(ALL_KEPT))


def wait_until(page: Page, true: Callable[[], bool]) -> None:
    """Look until it is so, while the browser goes on."""
    end = monotonic() + SECONDS
    while not true():
        assert monotonic() < end, "it never came about"
        page.wait_for_timeout(50)


def visit(page: Page, address: str) -> None:
    """Read a page, and wait until it is kept."""
    page.goto(address, wait_until="load")
    wait_until(page, lambda: address.partition("?")[0] in kept(page))


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


class TestFolder:
    def test_a_reader_clicks_through_the_site(self, page: Page, context: BrowserContext, server: Server) -> None:
        faults: list[str] = []
        context.on("response", lambda answer: faults.append(answer.url) if answer.status >= 400 else None)
        page.goto(server.address)
        page.get_by_role("link", name="Ik zoek een voorbeeld").click()
        page.locator(f"article a[href$='{CASE.removeprefix('casussen/')}']").first.click()
        expect(page).to_have_url(server.address + CASE)
        assert heading(page) == TITLE
        page.locator("article a[href*='wetten/pw/artikel-']").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("artikel")
        page.locator(".md-tabs").get_by_role("link", name="Zoeken").click()
        page.locator("article").get_by_role("searchbox").fill("briefadres")
        page.locator("article").get_by_role("searchbox").press("Enter")
        page.locator(f"[data-zoekresultaten] a[href$='{CASE}']").click()
        expect(page).to_have_url(server.address + CASE)
        assert faults == []
        assert {path for path in server.asked if not path.startswith(f"/{FOLDER}")} == set()


class TestWithoutConnection:
    def test_what_was_read_can_be_read_again(self, reader: Page, server: Server) -> None:
        visit(reader, server.address)
        home = heading(reader)
        visit(reader, server.address + CASE)
        server.down = True
        reader.goto(server.address + CASE)
        assert heading(reader) == TITLE
        assert reader.evaluate("getComputedStyle(document.querySelector('.atlas-sprong')).position") == "fixed"
        reader.goto(server.address)
        assert heading(reader) == home

    def test_the_first_page_is_kept_as_well_with_all_it_loads(self, reader: Page, server: Server) -> None:
        visit(reader, f"{server.address}patronen/")
        wait_until(reader, lambda: any("sorteren.js?v=" in address for address in kept(reader)))
        server.down = True
        reader.reload()
        assert heading(reader) == "Patronen"
        expect(reader.locator(".atlas-sorteer").first).to_be_attached()

    def test_what_was_not_read_leads_to_a_page_that_says_so(self, reader: Page, server: Server) -> None:
        visit(reader, server.address)
        server.down = True
        reader.goto(server.address + CASE)
        expect(reader).to_have_url(f"{server.address}offline/")
        assert heading(reader) == LOST

    def test_a_search_can_be_done_again(self, reader: Page, server: Server) -> None:
        visit(reader, server.address)
        search = f"{server.address}zoeken/?q=briefadres"
        results = reader.locator("[data-zoekresultaten] a")
        visit(reader, search)
        expect(results.first).to_be_visible()
        found = results.all_inner_texts()
        reader.wait_for_load_state("networkidle")
        server.down = True
        reader.goto(search)
        expect(results.first).to_be_visible()
        assert results.all_inner_texts() == found

    def test_what_was_typed_to_search_is_not_kept(self, reader: Page, server: Server) -> None:
        visit(reader, server.address)
        visit(reader, f"{server.address}zoeken/?q=briefadres")
        expect(reader.locator("[data-zoekresultaten] a").first).to_be_visible()
        addresses = kept(reader)
        assert f"{server.address}zoeken/" in addresses
        assert [address for address in addresses if "briefadres" in address or "q=" in address] == []

    def test_a_page_says_that_there_is_no_connection(self, reader: Page, server: Server) -> None:
        visit(reader, server.address)
        bar = reader.locator("[data-geen-verbinding]")
        expect(bar).to_be_hidden()
        reader.context.set_offline(True)
        expect(bar).to_contain_text("geen internet")
        reader.context.set_offline(False)
        expect(bar).to_be_hidden()

    def test_a_server_that_hangs_is_not_waited_for(self, reader: Page, server: Server) -> None:
        visit(reader, server.address)
        visit(reader, server.address + CASE)
        server.flowing.clear()
        reader.goto(server.address + CASE, wait_until="commit")
        expect(reader.get_by_role("heading", level=1)).to_have_text(TITLE)


class TestTakenBack:
    def test_a_page_that_is_gone_is_forgotten_at_the_next_visit(self, reader: Page, server: Server) -> None:
        visit(reader, server.address)
        visit(reader, server.address + CASE)
        server.gone.add(CASE)
        answer = reader.goto(server.address + CASE)
        assert answer is not None
        assert answer.status == 404
        wait_until(reader, lambda: server.address + CASE not in kept(reader))
        server.down = True
        reader.goto(server.address + CASE)
        assert heading(reader) == LOST

    def test_a_new_version_of_the_site_empties_what_was_kept(
        self, reader: Page, server: Server, small_site: Path, tmp_path: Path
    ) -> None:
        visit(reader, server.address)
        visit(reader, server.address + CASE)
        (old,) = reader.evaluate("caches.keys()")
        assert any(TITLE in text for text in kept(reader).values())

        server.site = tmp_path / "site"
        shutil.copytree(small_site, server.site)
        withdrawn = server.site / CASE / "index.html"
        withdrawn.write_text(withdrawn.read_text("utf-8").replace(TITLE, "Ingetrokken"), "utf-8")
        worker = server.site / FILE
        version = re.search('const VERSION = "([0-9a-f]{16})"', worker.read_text("utf-8"))
        assert version is not None
        worker.write_text(worker.read_text("utf-8").replace(version[1], "0" * 16), "utf-8")

        other = f"{server.address}methode/"
        reader.goto(other, wait_until="load")
        wait_until(reader, lambda: old not in reader.evaluate("caches.keys()"))
        wait_until(reader, lambda: other in kept(reader))
        assert [
            address for address, text in kept(reader).items() if TITLE in text and "casussen/eerste" in address
        ] == []
        server.down = True
        reader.goto(server.address + CASE)
        assert heading(reader) == LOST
        reader.goto(other)
        assert heading(reader) == "Werkwijzen"

    def test_what_was_kept_long_ago_is_not_shown(self, reader: Page, server: Server) -> None:
        visit(reader, server.address)
        server.days_old = 29
        visit(reader, server.address + CASE)
        visit(reader, f"{server.address}casussen/tweede/")
        server.days_old = 31
        reader.reload()
        reader.wait_for_load_state("networkidle")
        server.down = True
        reader.goto(server.address + CASE)
        assert heading(reader) == TITLE
        reader.goto(f"{server.address}casussen/tweede/")
        assert heading(reader) == LOST

    def test_a_reader_can_clear_it(self, reader: Page, server: Server) -> None:
        visit(reader, server.address + CASE)
        visit(reader, f"{server.address}offline/")
        reader.get_by_role("button", name="Wis wat is bewaard").click()
        expect(reader.locator("[data-wissen] [role=status]")).to_contain_text("gewist")
        assert reader.evaluate("caches.keys()") == []

    def test_a_site_beside_it_is_left_alone(self, reader: Page, server: Server, small_site: Path) -> None:
        visit(reader, server.address + CASE)
        server.folder = "ander/"
        visit(reader, server.address.replace(FOLDER, "ander/"))
        names = reader.evaluate("caches.keys()")
        assert len(names) == 2
        assert any(TITLE in text for text in kept(reader).values())
