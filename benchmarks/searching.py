"""What a search costs on a slow phone: bytes, and milliseconds from the last key to results that stay.

Needs Playwright and a Chromium. A person types five questions, letter by letter; each is the first question of one
fresh profile and the next question of another. Then a facet is chosen. The site is served as in `lighthouse.py`.
    python -m benchmarks.searching site
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.lighthouse import FLAGS, served

QUESTIONS = ("briefadres dakloos", "huurachterstand ontruiming", "kostendelersnorm", "pgb geweigerd", "schoolbus")
"""What is typed."""
KEY = 120
"""Milliseconds from key to key."""
FINDING = 1000
"""Milliseconds that a person takes from an open page to the first key."""
QUIET = 1500
"""Milliseconds without a change after which results are called stable, and the longest that a wait may take."""
LONGEST = 30_000
SLOWER, LATENCY, BITS = 4, 150, 1_600_000
"""How much slower the processor is, milliseconds of delay, bits a second."""
SCREEN = {"width": 360, "height": 780}
PARTS = ("top", "results", "said", "network", "wasm", "program", "ours", "native", "layout")
LINE = "| {:6} | {:27} |" + " {:>7} |" * (len(PARTS) + 1)
OURS = ("javascripts/zoek", "javascripts/begrippen", "/pagefind/")
"""Addresses whose bytes a search costs."""

WATCH = """(() => {
    const seen = { key: 0, top: 0, list: 0, said: 0, ready: 0 };
    window.zoekmeting = seen;
    const note = (event) => { seen.key = event.timeStamp; };
    addEventListener("keydown", note, true);
    addEventListener("click", note, true);
    addEventListener("DOMContentLoaded", () => {
        const list = document.querySelector("[data-zoekresultaten]");
        const said = document.querySelector("[data-zoekstand]");
        const refine = document.querySelector("[data-zoekverfijn]");
        const shown = {};
        const watch = (name, node, read) => {
            shown[name] = read();
            new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => {
                const text = read();
                if (text !== shown[name]) seen[name] = performance.now();
                shown[name] = text;
            }))).observe(node, { childList: true, subtree: true, characterData: true, attributes: true });
        };
        watch("top", list, () => [...list.children].slice(0, 3).map((row) => row.textContent).join());
        watch("list", list, () => list.textContent);
        watch("said", said, () => said.textContent);
        watch("ready", refine, () => String(refine.hidden));
    });
})()"""

IS_QUIET = """(quiet) => {
    const { key, list, said } = zoekmeting;
    const busy = document.querySelector("[data-zoektekst]").dataset.bezig;
    const text = document.querySelector("[data-zoekstand]").textContent;
    return text !== "" && text !== busy && performance.now() - Math.max(key, list, said) > quiet;
}"""
READ = """() => {
    const { key, top, list, said } = zoekmeting;
    const ends = performance.getEntriesByType("resource").map((one) => one.responseEnd);
    const since = (time) => Math.max(0, time - key);
    const network = since(Math.max(0, ...ends.filter((end) => end < list)));
    return { top: since(top), list: since(list), said: since(said), network };
}"""


@dataclass
class Traffic:
    """What a page asked for, by request."""

    addresses: dict[str, str] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)

    def follow(self, session: CDPSession) -> None:
        """Count from now on."""
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)

    def total(self) -> int:
        """Bytes so far of the search."""
        return sum(size for key, size in self.bytes.items() if any(part in self.addresses[key] for part in OURS))

    def _sent(self, event: Mapping[str, Any]) -> None:
        self.addresses[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: Mapping[str, Any]) -> None:
        if event["requestId"] in self.addresses:
            self.bytes[event["requestId"]] = int(event["encodedDataLength"])


@dataclass(frozen=True)
class Search:
    """One search. Times are in milliseconds since the last key, or how long something took since then."""

    top: float
    """When the first three results stand there, which is more than a screen shows."""
    results: float
    """When all ten do."""
    said: float
    """When a screen reader may tell how many there are."""
    bytes: int
    network: float
    """From the last key to the last answer of the server that came before the results."""
    wasm: float
    program: float
    ours: float
    native: float
    """The browser's own work: unpacking, reading of JSON, garbage."""
    layout: float


@contextmanager
def slow_page(browser: Browser) -> Iterator[tuple[Page, CDPSession, Traffic]]:
    """A tab of a fresh profile, slowed down."""
    context = browser.new_context(viewport=SCREEN, is_mobile=True, has_touch=True, service_workers="block")  # type: ignore[arg-type] # a dict of the right shape
    context.set_default_timeout(LONGEST)
    page = context.new_page()
    page.add_init_script(WATCH)
    session, traffic = context.new_cdp_session(page), Traffic()
    session.send("Network.enable")
    session.send("Performance.enable")
    session.send("Profiler.enable")
    rate = BITS / 8
    conditions = {"offline": False, "latency": LATENCY, "downloadThroughput": rate, "uploadThroughput": rate}
    session.send("Network.emulateNetworkConditions", conditions)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    traffic.follow(session)
    yield page, session, traffic
    context.close()


def open_page(page: Page, address: str) -> float:
    """Open the search page as a person does; when it was ready for a question (milliseconds since the address)."""
    page.goto(f"{address}zoeken/", wait_until="load")
    page.wait_for_timeout(FINDING)
    return float(page.evaluate("zoekmeting.ready"))


def type_question(page: Page, session: CDPSession, traffic: Traffic, question: str) -> Search:
    """Type a question over what stands in the field and wait for results that stay."""
    page.evaluate("document.querySelector('[data-zoeken] [name=q]').select()")
    field = page.locator("[data-zoeken] [name=q]")
    field.focus()
    start, begun = traffic.total(), monotonic()
    for place, letter in enumerate(question[:-1], 1):
        page.keyboard.type(letter)
        page.wait_for_timeout(max(0, KEY * place - (monotonic() - begun) * 1000))
    return _measured(page, session, traffic, start, lambda: page.keyboard.type(question[-1]))


def choose_facet(page: Page, session: CDPSession, traffic: Traffic) -> Search:
    """Choose cases alone."""
    for part in ("[data-zoekverfijnen]", "details.atlas-kenmerk >> nth=0"):
        page.locator(part).locator("summary").first.click()
    box = page.get_by_role("checkbox", name="Casus").first
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(QUIET)
    return _measured(page, session, traffic, traffic.total(), lambda: box.evaluate("box => box.click()"))


def _measured(page: Page, session: CDPSession, traffic: Traffic, start: int, act: Callable[[], object]) -> Search:
    before = _metrics(session)
    session.send("Profiler.start")
    act()
    page.wait_for_timeout(QUIET)
    while not page.evaluate(IS_QUIET, QUIET):
        page.wait_for_timeout(QUIET / 10)
    spent = _by_part(session.send("Profiler.stop")["profile"])
    after = _metrics(session)
    seen = page.evaluate(READ)
    layout = sum(after[name] - before[name] for name in ("LayoutDuration", "RecalcStyleDuration")) * 1000
    return Search(seen["top"], seen["list"], seen["said"], traffic.total() - start, seen["network"], *spent, layout)


def _metrics(session: CDPSession) -> dict[str, float]:
    return {entry["name"]: entry["value"] for entry in session.send("Performance.getMetrics")["metrics"]}


def _by_part(profile: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """Milliseconds in WebAssembly, in the search program around it, in our scripts, and in the browser itself."""
    parts = {node["id"]: _part(node["callFrame"]) for node in profile["nodes"]}
    spent = dict.fromkeys(("wasm", "program", "ours", "native", ""), 0.0)
    for sample, microseconds in zip(profile["samples"], profile["timeDeltas"], strict=True):
        spent[parts[sample]] += microseconds / 1000
    return spent["wasm"], spent["program"], spent["ours"], spent["native"]


def _part(frame: Mapping[str, Any]) -> str:
    address = frame["url"]
    if address.startswith("wasm:"):
        return "wasm"
    if "/pagefind/" in address:
        return "program"
    if address:
        return "ours"
    return "" if frame["functionName"] in {"(idle)", "(root)"} else "native"


def _row(name: str, question: str, searches: Sequence[Search], size: int | None = None) -> str:
    def middle(part: str) -> str:
        return f"{statistics.median(getattr(search, part) for search in searches):.0f}"

    kilobytes = size if size is not None else statistics.median(search.bytes for search in searches)
    return LINE.format(name, question, f"{kilobytes / 1000:.0f}", *map(middle, PARTS))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 2 if there is no Chromium."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--times", type=int, default=3, help="how often each question is asked; medians are printed")
    parser.add_argument("--questions", nargs="*", default=QUESTIONS)
    options = parser.parse_args(arguments)
    chromium = os.environ.get("CHROME_PATH") or shutil.which("chromium")
    if not chromium:
        print("Chromium is not there: name it in CHROME_PATH.", file=sys.stderr)
        return 2
    print(f"load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    print(LINE.format("search", "question", "KB", *PARTS))
    print(LINE.format("---", "---", *["--:"] * (len(PARTS) + 1)))
    flags = [flag for flag in FLAGS.split() if "headless" not in flag]
    firsts: dict[str, list[Search]] = {}
    nexts: dict[str, list[Search]] = {}
    facets: dict[str, list[Search]] = {}
    sizes: dict[str, list[int]] = {}
    ready: list[float] = []
    with served(options.site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for _ in range(options.times):
            for place, question in enumerate(options.questions):
                other = options.questions[(place + 1) % len(options.questions)]
                with slow_page(browser) as (page, session, traffic):
                    ready.append(open_page(page, address))
                    firsts.setdefault(question, []).append(type_question(page, session, traffic, question))
                    sizes.setdefault(question, []).append(traffic.total())
                    nexts.setdefault(other, []).append(type_question(page, session, traffic, other))
                    facets.setdefault(other, []).append(choose_facet(page, session, traffic))
        browser.close()
    for question, searches in firsts.items():
        print(_row("first", question, searches, round(statistics.median(sizes[question]))))
    for name, group in (("next", nexts), ("facet", facets)):
        for question, searches in group.items():
            print(_row(name, question, searches))
    print(
        f"\nready for a question after {statistics.median(ready):.0f} ms (0: not within {FINDING} ms of the open page)"
    )
    print(f"load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
