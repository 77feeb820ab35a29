"""The site in a real browser: the way through it, search, hostile text, other hosts, accessibility, narrow screens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.book import Book
from generator.vocabulary import article_slug
from tests.site.kinds import KINDS, WORD

pytestmark = [pytest.mark.site, pytest.mark.browser]

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""The rules that axe tests: WCAG 2.2 up to AA, and what its makers hold to be good practice."""
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
"""The rules whose outcome depends on light or dark."""
FEWER_TWINS = """
    const seen = new Map();
    for (const item of document.querySelectorAll("article li")) {
        const make = [item, ...item.querySelectorAll("*")].map((part) => `${part.tagName}.${part.className}`).join();
        seen.set(make, (seen.get(make) ?? 0) + 1);
        if (seen.get(make) > 2) item.remove();
    }
"""
"""Leaves two list items of each make: axe says the same of all their twins, and takes seconds over a long list."""
TELL_VIOLATIONS = """
    document.addEventListener("securitypolicyviolation", (event) => {
        console.error("policy", event.violatedDirective, event.blockedURI);
    });
"""
"""What a page does against its Content-Security-Policy becomes an error on the console."""
SCHEMES = {"light": "default", "dark": "slate"}
"""What the theme calls light and dark."""


@dataclass(frozen=True)
class Way:
    """A way through the site: a case, one like it, the pattern of that one, and an article that the pattern shares."""

    case: str
    neighbour: str
    pattern: str
    article: str


@pytest.fixture(scope="module")
def way(book: Book) -> Way:
    """The first way through the site that goes all the way to an article."""
    return next(ways(book))


def ways(book: Book) -> Iterator[Way]:
    """Every way through the site."""
    patterns = {entry.case.id: entry.patterns for entry in book.cases}
    for entry in book.cases:
        for neighbour in entry.neighbours:
            for pattern in patterns[neighbour.case.id]:
                for rule in pattern.rules:
                    if rule.kind == "artikel":
                        law, number = rule.value.split(":", 1)
                        article = f"wetten/{law}/{article_slug(number)}/"
                        yield Way(entry.case.id, neighbour.case.id, pattern.id, article)


def open_page(page: Page, address: str) -> None:
    """Open a page and wait until it is whole; for the search page: until it has answered."""
    page.goto(address, wait_until="load")
    if "zoeken/?q=" in address:
        expect(page.locator("[data-zoekstand]")).to_have_text(re.compile(r"resulta|Niets gevonden"))


def hosts(requests: Iterable[str]) -> set[str]:
    """The hosts that were asked; data and blobs come from the page itself."""
    return {parts.netloc for url in requests if (parts := urlsplit(url)).scheme not in {"data", "blob"}}


@pytest.fixture
def requests(context: BrowserContext) -> list[str]:
    """Every address that the browser asks for, in any tab."""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    return asked


class TestWay:
    def test_from_home_to_an_article_by_clicks(self, page: Page, address: str, way: Way, book: Book) -> None:
        heading = page.get_by_role("heading", level=1)
        page.goto(address)
        page.get_by_role("link", name="Ik zoek een voorbeeld").click()
        expect(page).to_have_url(f"{address}voor/professional/")
        page.get_by_role("link", name="Alle casussen").click()
        for place, target, below in (
            ("casussen/", f"casussen/{way.case}/", "article"),
            (f"casussen/{way.case}/", f"casussen/{way.neighbour}/", "#vergelijkbaar + ul"),
            (f"casussen/{way.neighbour}/", f"patronen/{way.pattern}/", "#patroon + ul"),
            (f"patronen/{way.pattern}/", way.article, "#regel + ul"),
        ):
            expect(page).to_have_url(address + place)
            page.locator(f"{below} a[href$='{target}']").first.click()
        expect(page).to_have_url(address + way.article)
        expect(heading).to_contain_text("artikel")
        expect(page.locator("article").get_by_role("link", name=book.case_by_id[way.neighbour].titel)).to_be_visible()

    def test_a_phone_can_reach_every_part(self, browser: Browser, address: str) -> None:
        context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
        page = context.new_page()
        page.goto(address)
        for name, place in (
            ("Casussen", "casussen/"),
            ("Patronen", "patronen/"),
            ("Wetten en regels", "wetten/"),
            ("Werkwijzen", "methode/"),
            ("Leefgebieden", "leefgebied/"),
            ("Plaatsen", "plaats/"),
            ("Voor wie", "voor/"),
            ("Zoeken", "zoeken/"),
            ("Home", ""),
        ):
            page.get_by_role("navigation", name="Alle onderdelen van de site").get_by_role(
                "link", name=name, exact=True
            ).click()
            expect(page).to_have_url(address + place)
        context.close()


class TestSearch:
    def test_a_word_finds_a_case_and_stands_in_the_address(self, page: Page, address: str) -> None:
        page.goto(f"{address}zoeken/")
        field = page.get_by_role("searchbox")
        field.fill(WORD)
        field.press("Enter")
        found = page.locator("[data-zoekresultaten] a")
        expect(found.first).to_be_visible()
        expect(page).to_have_url(f"{address}zoeken/?q={WORD}")
        assert any("/casussen/" in found.nth(row).get_attribute("href") for row in range(found.count()))

        field.fill("kinderopvang")
        field.press("Enter")
        expect(page).to_have_url(f"{address}zoeken/?q=kinderopvang")
        page.go_back()
        expect(field).to_have_value(WORD)
        expect(found.first).to_be_visible()
        page.go_back()
        expect(page).to_have_url(f"{address}zoeken/")
        expect(field).to_have_value("")
        expect(found).to_have_count(0)

    def test_a_result_leads_to_its_case_and_back_keeps_the_results(self, page: Page, address: str) -> None:
        open_page(page, f"{address}zoeken/?q={WORD}")
        first = page.locator("[data-zoekresultaten] a[href*='/casussen/']").first
        title = first.inner_text()
        first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        page.go_back()
        expect(page.get_by_role("searchbox")).to_have_value(WORD)
        expect(page.locator("[data-zoekresultaten] a").first).to_be_visible()

    def test_the_search_box_of_home_leads_to_the_results(self, page: Page, address: str) -> None:
        page.goto(address)
        field = page.locator("article").get_by_role("searchbox")
        field.fill(f"{WORD} & bijstand?")
        field.press("Enter")
        expect(page).to_have_url(re.compile(re.escape(f"{address}zoeken/?q={WORD}")))
        expect(page.get_by_role("searchbox")).to_have_value(f"{WORD} & bijstand?")
        expect(page.locator("[data-zoekstand]")).to_have_text(re.compile(r"resulta|Niets gevonden"))

    def test_nothing_found_is_said(self, page: Page, address: str) -> None:
        open_page(page, f"{address}zoeken/?q=qqqqzzzz")
        expect(page.locator("[data-zoekstand]")).to_contain_text("Niets gevonden")


def test_no_page_asks_another_host_or_in_vain(
    page: Page, address: str, addresses: Mapping[str, str], requests: list[str]
) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("response", lambda response: faults.append(response.url) if response.status >= 400 else None)
    page.add_init_script(TELL_VIOLATIONS)
    for kind in KINDS:
        open_page(page, address + addresses[kind])
    assert len(requests) > len(KINDS)
    assert hosts(requests) == {urlsplit(address).netloc}
    assert faults == []


class TestHostileRecord:
    def test_no_script_of_a_record_runs(
        self, page: Page, small_address: str, small_site: Path, hostile_records: list[dict], requests: list[str]
    ) -> None:
        opened: list[str] = []
        page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
        patterns = [f"patronen/{path.name}/" for path in small_site.glob("patronen/k-*")]
        places = ["", "casussen/", "wetten/pw/", "wetten/pw/artikel-40/", "methode/teambudget/", "patronen/"]
        places += [*patterns, "zoeken/?q=uitgedaagd", "zoeken/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"]
        places += [f"casussen/{record['id']}/" for record in hostile_records]
        for place in places:
            open_page(page, small_address + place)
            text = page.locator("article").inner_text()
            shown = [record["titel"] for record in hostile_records if record["titel"] in " ".join(text.split())]
            assert shown or place.startswith(("zoeken/?q=%3C", "patronen/")), place
            assert page.locator("[onload], [onerror], [onmouseover], [srcdoc], a[href^='javascript' i]").count() == 0
            page.locator("article").hover()
        assert opened == []
        assert hosts(requests) == {urlsplit(small_address).netloc}

    def test_search_shows_hostile_titles_as_text(
        self, page: Page, small_address: str, hostile_records: list[dict]
    ) -> None:
        open_page(page, f"{small_address}zoeken/?q=uitgedaagd")
        titles = page.locator("[data-zoekresultaten] a").all_inner_texts()
        assert {record["titel"] for record in hostile_records} <= set(titles)


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_fault(kind: str, page: Page, address: str, addresses: Mapping[str, str]) -> None:
    """On a phone and a desktop, light and dark. All rules run once for each width, those on colour on every screen."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    open_page(page, address + addresses[kind])
    page.evaluate(FEWER_TWINS)
    faults = []
    for width, scheme, rules in (
        (1280, "light", STANDARDS),
        (360, "light", COLOUR_RULES),
        (360, "dark", STANDARDS),
        (1280, "dark", COLOUR_RULES),
    ):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", SCHEMES[scheme])
        found = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": rules}).response["violations"]
        faults += [
            (width, scheme, fault["id"], node["html"][:160], node["failureSummary"])
            for fault in found
            for node in fault["nodes"][:5]
        ]
    assert faults == []


def test_no_page_scrolls_sideways(
    browser: Browser, address: str, addresses: Mapping[str, str], small_address: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    page = context.new_page()
    wide = []
    for place in [*(address + addresses[kind] for kind in KINDS), f"{small_address}casussen/kwaad-1/"]:
        open_page(page, place)
        for width in (360, 320):
            page.set_viewport_size({"width": width, "height": 780})
            room = page.evaluate(
                "Math.max(document.scrollingElement.scrollWidth, document.body.scrollWidth, innerWidth)"
            )
            if room > width:
                wide.append((place, width, room))
        page.set_viewport_size({"width": 360, "height": 780})
    context.close()
    assert wide == []
