"""The site by keyboard alone: the way to the content, order and sight of the focus, and all that can be worked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.site, pytest.mark.browser]

STOPS = 40
"""How many stops of a page are looked at."""
STOP = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return null;
    const shown = here.matches(".md-option") ? here.nextElementSibling : here;
    const style = getComputedStyle(shown);
    const drawn = here.namespaceURI.endsWith("svg") ? here.querySelector("circle, rect, path") : null;
    const box = shown.getBoundingClientRect();
    const before = self.vorige;
    self.vorige = here;
    return {
        name: (here.getAttribute("aria-label") ?? here.textContent).trim().slice(0, 60) || here.id,
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        drawn: drawn ? parseFloat(getComputedStyle(drawn).strokeWidth) >= 2 : false,
        visible: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
            && box.right > 0 && box.left < innerWidth,
        behind: Boolean(before?.isConnected
            && here.compareDocumentPosition(before) & Node.DOCUMENT_POSITION_FOLLOWING),
    };
}"""
"""What has the focus: its name, whether one sees it, and whether it stands before the stop of before."""
WALKS = ("home", "case", "patterns", "pattern", "proposal", "laws", "search", "manual", "decision")


def stops(page: Page, most: int = STOPS) -> Iterator[Mapping[str, object]]:
    """Where Tab leads, from the top of a page until its end."""
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return
        yield stop


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A narrow screen with a keyboard."""
    context = browser.new_context(viewport={"width": 360, "height": 780}, locale="nl-NL", service_workers="block")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", WALKS)
def test_every_stop_is_seen_and_in_order(
    kind: str, width: int, page: Page, address: str, addresses: Mapping[str, str]
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + addresses[kind], wait_until="load")
    if kind == "search":
        # results put what stands below them elsewhere, under a reader who is already there
        expect(page.locator("[data-zoekresultaten] > li").first).to_be_visible()
    found = list(stops(page))
    assert found[0]["name"] == "Ga naar de inhoud"
    assert len(found) >= 10
    assert [stop["name"] for stop in found if not (stop["outlined"] or stop["drawn"])] == []
    assert [stop["name"] for stop in found if not stop["visible"]] == []
    assert [stop["name"] for stop in found if stop["behind"]] == []
    assert [stop for stop in found if not stop["name"]] == []


def test_the_first_stop_leads_past_the_menu(page: Page, address: str, addresses: Mapping[str, str]) -> None:
    page.goto(address + addresses["case"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ga naar de inhoud")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


class TestMenu:
    def test_it_opens_leads_and_closes(self, phone: Page, address: str) -> None:
        phone.goto(address)
        menu = phone.locator("[data-menu] summary")
        patterns = phone.locator("[data-menu]").get_by_role("link", name="Patronen", exact=True)
        expect(patterns).to_be_hidden()
        while not menu.evaluate("(part) => part === document.activeElement"):
            phone.keyboard.press("Tab")
        phone.keyboard.press("Enter")
        expect(patterns).to_be_visible()
        phone.keyboard.press("Escape")
        expect(patterns).to_be_hidden()
        expect(menu).to_be_focused()
        phone.keyboard.press("Space")
        expect(patterns).to_be_visible()
        while not patterns.evaluate("(part) => part === document.activeElement"):
            phone.keyboard.press("Tab")
            assert phone.evaluate("document.activeElement.closest('[data-menu]') !== null")
        phone.keyboard.press("Enter")
        expect(phone).to_have_url(f"{address}patronen/")

    def test_it_closes_when_the_focus_goes_on(self, phone: Page, address: str) -> None:
        phone.goto(address)
        menu = phone.locator("[data-menu]")
        menu.locator("summary").press("Enter")
        expect(menu).to_have_attribute("open", "")
        menu.get_by_role("link").last.focus()
        phone.keyboard.press("Tab")
        expect(menu).not_to_have_attribute("open", "")

    def test_it_holds_every_part_of_the_site_also_without_scripts(self, browser: Browser, address: str) -> None:
        context = browser.new_context(viewport={"width": 360, "height": 780}, java_script_enabled=False)
        page = context.new_page()
        page.goto(address)
        page.locator("[data-menu] summary").press("Enter")
        inside = page.locator("[data-menu]")
        for name in ("Casussen", "Voorstellen", "Privacy en weghalen", "Toegankelijkheid", "Begrippen", "Schillen"):
            expect(inside.get_by_role("link", name=name, exact=True)).to_be_visible()
        context.close()

    def test_the_page_that_is_open_is_said(self, phone: Page, address: str) -> None:
        phone.goto(f"{address}begrippen/")
        phone.locator("[data-menu] summary").press("Enter")
        expect(phone.locator("[data-menu] [aria-current=page]")).to_have_text("Begrippen")


def test_colours_are_chosen_with_arrows(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(address)
    body = page.locator("body")
    group = page.get_by_role("radiogroup", name="Kleuren")
    group.get_by_role("radio", name="Kleuren volgen het apparaat").focus()
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.keyboard.press("ArrowRight")
    expect(group.get_by_role("radio", name="Lichte kleuren")).to_be_checked()
    page.keyboard.press("ArrowRight")
    expect(group.get_by_role("radio", name="Donkere kleuren")).to_be_checked()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.reload()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


def test_a_table_is_sorted(page: Page, address: str) -> None:
    page.goto(f"{address}patronen/")
    head = page.locator("table[data-sorteer] thead th").first
    cells = page.locator("table[data-sorteer] tbody tr > :first-child")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    down = cells.all_inner_texts()
    page.keyboard.press("Enter")
    up = cells.all_inner_texts()
    assert sorted(up) == sorted(down)
    assert up != down
    assert head.get_attribute("aria-sort") in {"ascending", "descending"}
    expect(head.get_by_role("button")).to_be_focused()


def test_the_map_leads_to_a_pattern(page: Page, address: str) -> None:
    page.goto(f"{address}patronen/")
    spot = page.locator("svg a").first
    spot.focus()
    named = spot.get_attribute("aria-label") or spot.text_content() or ""
    number = re.search(r"P-\d{4}", named)
    assert number is not None, named
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}patronen/{number[0]}/")


def test_a_search_is_asked_and_a_result_opened(page: Page, address: str) -> None:
    page.goto(f"{address}zoeken/")
    page.locator("article").get_by_role("searchbox").focus()
    page.keyboard.type("briefadres")
    page.keyboard.press("Enter")
    first = page.locator("[data-zoekresultaten] a").first
    expect(first).to_be_visible()
    target = first.evaluate("(link) => link.href")
    while not first.evaluate("(link) => link === document.activeElement"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement !== document.body")
    page.keyboard.press("Enter")
    expect(page).to_have_url(target)


def test_what_scrolls_can_be_reached(phone: Page, address: str, addresses: Mapping[str, str]) -> None:
    scrolling = 0
    for kind in ("pattern", "proposal", "certainty"):
        phone.goto(address + addresses[kind], wait_until="load")
        boxes = phone.locator(":is(.md-typeset__scrollwrap, .atlas-tabel)")
        for number in range(boxes.count()):
            box = boxes.nth(number)
            if box.evaluate("(box) => box.scrollWidth > box.clientWidth + 1"):
                expect(box).to_have_attribute("tabindex", "0")
                expect(box).to_have_attribute("aria-label", re.compile(r"\w"))
                scrolling += 1
    assert scrolling > 0


def test_nothing_moves_for_who_asks_for_rest(page: Page, address: str, addresses: Mapping[str, str]) -> None:
    page.emulate_media(reduced_motion="reduce")
    for kind in ("home", "patterns"):
        page.goto(address + addresses[kind])
        slowest = page.evaluate(
            """() => Math.max(...[...document.querySelectorAll("*")].flatMap((part) => {
                const style = getComputedStyle(part);
                return [style.transitionDuration, style.animationDuration].flatMap((value) => value.split(", "));
            }).map((value) => parseFloat(value) * (value.endsWith("ms") ? 1 : 1000)))"""
        )
        assert slowest <= 1
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
