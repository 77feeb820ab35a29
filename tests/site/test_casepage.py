"""The page of a case in a real browser: its first screen, texts to copy, accessibility, narrow screens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

pytestmark = [pytest.mark.site, pytest.mark.browser]

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
SCREENS_OF_A_PHONE = 1.5
ROOM = "Math.max(document.scrollingElement.scrollWidth, document.body.scrollWidth)"


@pytest.fixture(scope="module")
def by_length(built_site: Path) -> list[str]:
    """The addresses of all cases, the shortest page first."""
    pages = sorted(built_site.glob("casussen/*/index.html"), key=lambda path: (path.stat().st_size, path))
    return [f"casussen/{path.parent.name}/" for path in pages]


@pytest.fixture(scope="module")
def some_cases(by_length: list[str]) -> list[str]:
    """Ten cases of different length, the longest among them."""
    return by_length[-1::-10][:10]


@pytest.fixture
def longest(page: Page, context: BrowserContext, address: str, by_length: list[str]) -> Page:
    """The longest case, in a browser that lets pages write to the clipboard."""
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
    page.goto(address + by_length[-1])
    return page


def clipboard(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def texts_in(block: Locator) -> list[str]:
    """The heading of a block and the texts below it, as a reader sees them."""
    found = block.locator("h3, [data-kopieertekst='']").all_inner_texts()
    return [" ".join(text.split()) for text in found]


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_first_screen_holds_the_four_answers(
    screen: dict[str, int], browser: Browser, address: str, some_cases: list[str]
) -> None:
    page = browser.new_page(viewport=screen)
    screens = SCREENS_OF_A_PHONE if screen is PHONE else 1
    for place in some_cases:
        page.goto(address + place)
        answers = page.locator(".atlas-eerst")
        for heading in ("Wat zat vast", "Wat is gedaan", "Mag dit?", "Hoe liep het af"):
            expect(answers.get_by_role("heading", name=heading)).to_be_visible()
        box = answers.bounding_box()
        assert box
        assert box["y"] + box["height"] <= screens * screen["height"], place
    page.close()


class TestCopying:
    def test_a_block_is_copied_with_its_source_by_keyboard(self, longest: Page) -> None:
        block = longest.locator("[data-kopieerblok]").first
        longest.get_by_role("button", name="Kopieer: feiten").focus()
        longest.keyboard.press("Enter")
        expect(longest.get_by_role("status")).to_have_text("Gekopieerd: feiten.")
        *texts, source = clipboard(longest).split("\n\n")
        assert texts == texts_in(block)
        assert len(texts) > 2
        assert source == f'Bron: Maatwerkatlas, casus "{longest.locator("h1").inner_text()}", {longest.url}'

    def test_all_blocks_are_copied_at_once(self, longest: Page) -> None:
        longest.get_by_role("button", name="Kopieer alle blokken").click()
        expect(longest.get_by_role("status")).to_have_text("Alle blokken zijn gekopieerd.")
        copied = clipboard(longest)
        lines = copied.split("\n\n")
        for block in longest.locator("[data-kopieerblok]").all():
            assert set(texts_in(block)) <= set(lines)
        assert [name for name in lines if name in {"Feiten", "Belangen", "Gelijke behandeling", "Grondslag"}] == [
            "Feiten", "Belangen", "Gelijke behandeling", "Grondslag",
        ]  # fmt: skip
        assert copied.count("Bron: Maatwerkatlas") == 1
        assert "<" not in copied

    def test_what_is_missing_stands_in_brackets_and_an_empty_block_has_no_button(
        self, page: Page, context: BrowserContext, small_address: str
    ) -> None:
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=small_address.rstrip("/"))
        page.goto(f"{small_address}casussen/eerste/")
        empty = page.locator("[data-kopieerblok]", has_text="Gelijke behandeling")
        expect(empty.get_by_role("button")).to_have_count(0)
        page.get_by_role("button", name="Kopieer alle blokken").click()
        expect(page.get_by_role("status")).to_have_text("Alle blokken zijn gekopieerd.")
        assert re.search(r"\[Niet in deze casus: .*Leg dit in uw eigen casus zelf uit\.\]", clipboard(page))

    def test_a_browser_that_refuses_selects_the_text(self, longest: Page) -> None:
        longest.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
        longest.get_by_role("button", name="Kopieer: feiten").click()
        expect(longest.get_by_role("status")).to_contain_text("Kopiëren lukte niet")
        assert "Situatie:" in longest.evaluate("getSelection().toString()")

    def test_without_script_there_are_texts_and_no_buttons(
        self, browser: Browser, address: str, by_length: list[str]
    ) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(address + by_length[-1])
        expect(page.locator("[data-kopieerblok]")).to_have_count(4)
        expect(page.locator("[data-kopieerblok]").first).to_contain_text("Voorbeeld: pas aan op uw eigen casus")
        expect(page.locator(".atlas-motivering button")).to_have_count(0)
        context.close()


def test_axe_finds_nothing_on_cases_of_three_lengths(page: Page, address: str, by_length: list[str]) -> None:
    """Every rule, light and dark, on a phone and a desktop."""
    faults = []
    for place in (by_length[0], by_length[len(by_length) // 2], by_length[-1]):
        page.goto(address + place)
        for scheme, theme in (("light", "default"), ("dark", "slate")):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", theme)
            for screen in (PHONE, DESKTOP):
                page.set_viewport_size(screen)
                found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
                faults += [
                    (place, scheme, screen["width"], fault["id"], node["html"][:160])
                    for fault in found
                    for node in fault["nodes"][:5]
                ]
    assert faults == []


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A narrow screen."""
    context = browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def test_no_case_scrolls_sideways(phone: Page, address: str, some_cases: list[str], small_address: str) -> None:
    wide = []
    for place in [*(address + case for case in some_cases), f"{small_address}casussen/kwaad-1/"]:
        phone.set_viewport_size({"width": 360, "height": 780})
        phone.goto(place)
        for width in (360, 320):
            phone.set_viewport_size({"width": width, "height": 780})
            if (room := phone.evaluate(ROOM)) > width:
                wide.append((place, width, room))
    assert wide == []
