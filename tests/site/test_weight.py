"""The first view of every kind of page: how much it weighs, and that nothing moves while it loads."""

from __future__ import annotations

import gzip
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.site.kinds import KINDS

pytestmark = pytest.mark.site

HEAVIEST = 100_000
"""Bytes, compressed, of a page with all that it loads; the search index is loaded later, by who searches."""
MOST_SHIFT = 0.01
"""The sum of layout shifts; from 0.1 on search engines call a page unstable."""
READY = {"search": "networkidle", "beside": "networkidle"}
"""Pages whose scripts fetch more; of all others everything is there when the page is loaded."""
OBSERVE = """
    self.verschoven = [];
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
            const nodes = entry.sources.map((source) => source.node?.outerHTML?.slice(0, 100));
            self.verschoven.push({value: entry.value, nodes});
        }
    }).observe({type: "layout-shift", buffered: true});
"""
_IMPORT = re.compile(r"""(?:^|[;}\s])import\s*(?:[\w{}\s,*]+\sfrom\s*)?["'](\.[^"']+)["']""")
_URL = re.compile(r"""url\(\s*["']?(?!data:)([^"')]+)""")


def loads(site: Path, name: str, read_html: Callable) -> Iterator[str]:
    """What a page loads at once: styles, scripts and pictures that it names, and what those name."""
    here = posixpath.dirname(name)
    for tag, found in read_html(site / name).elements:
        if tag == "link" and found.get("rel") in {"stylesheet", "icon"}:
            yield from with_parts(site, posixpath.join(here, found["href"]))
        elif tag in {"script", "img"} and "src" in found:
            yield from with_parts(site, posixpath.join(here, found["src"]))


def with_parts(site: Path, link: str) -> Iterator[str]:
    """A file and the files that it loads: imports of a script, pictures and fonts of a stylesheet."""
    name = posixpath.normpath(link.partition("?")[0]).lstrip("/")
    yield name
    parts = {".js": _IMPORT, ".css": _URL}.get(posixpath.splitext(name)[1])
    for part in parts.findall((site / name).read_text("utf-8")) if parts else ():
        yield from with_parts(site, posixpath.join(posixpath.dirname(name), part))


def weight(path: Path) -> int:
    """The bytes that a server sends."""
    return len(gzip.compress(path.read_bytes(), mtime=0))


def test_no_kind_of_page_is_heavy(built_site: Path, addresses: Mapping[str, str], read_html: Callable) -> None:
    heavy = {}
    for kind, address in addresses.items():
        page = address.partition("?")[0]
        name = page if page.endswith(".html") else f"{page}index.html"
        files = {name, *loads(built_site, name, read_html)}
        assert {posixpath.splitext(file)[1] for file in files} >= {".html", ".css", ".js", ".svg"}, kind
        total = sum(weight(built_site / file) for file in files)
        if total > HEAVIEST:
            heavy[kind] = total
    assert heavy == {}


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_a_page_loads(
    browser: Browser, address: str, addresses: Mapping[str, str], width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, service_workers="block")
    page = context.new_page()
    page.add_init_script(OBSERVE)
    moved = []
    for kind in KINDS:
        # results of a search come as an answer to a question, below the form: that is no loading
        page.goto(address + addresses[kind].partition("?")[0], wait_until=READY.get(kind, "load"))
        page.evaluate("() => new Promise((done) => requestIdleCallback(() => requestAnimationFrame(done)))")
        shifts = page.evaluate("self.verschoven")
        if sum(shift["value"] for shift in shifts) > MOST_SHIFT:
            moved.append((kind, shifts))
    assert "layout-shift" in page.evaluate("PerformanceObserver.supportedEntryTypes")
    context.close()
    assert moved == []


@pytest.mark.browser
def test_styles_are_there_before_the_first_picture(browser: Browser, address: str) -> None:
    """No script adds a stylesheet and no font comes later: a page never shows itself without its looks."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    late: list[str] = []
    page.on("request", lambda asked: late.append(asked.url) if asked.resource_type == "font" else None)
    page.goto(f"{address}patronen/", wait_until="networkidle")
    blocking = page.evaluate(
        "performance.getEntriesByType('resource').filter((entry) => entry.name.includes('.css'))"
        ".map((entry) => entry.renderBlockingStatus)"
    )
    context.close()
    assert late == []
    assert len(blocking) >= 3
    assert set(blocking) == {"blocking"}
