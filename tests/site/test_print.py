"""A case on paper: the whole story fits on A4, without the frame of the site, on white."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.site, pytest.mark.browser]

TEXT_WIDTH = 672
"""What is left of A4 between the margins, in CSS pixels: 210 mm less twice 16 mm."""
ONLY_ON_SCREEN = (".md-header", ".md-tabs", ".md-footer", ".atlas-voet", ".atlas-kruimels", ".atlas-wegwijzer")
MOST_PAGES = 8


@pytest.fixture
def case_on_paper(page: Page, address: str, built_site: Path) -> Page:
    """The longest case, as it is printed by a reader whose screen is dark."""
    longest = max(built_site.glob("casussen/*/index.html"), key=lambda path: (path.stat().st_size, path))
    page.set_viewport_size({"width": TEXT_WIDTH, "height": 900})
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{address}casussen/{longest.parent.name}/")
    return page


def test_the_story_is_printed_without_the_frame(case_on_paper: Page) -> None:
    for part in ONLY_ON_SCREEN:
        for found in case_on_paper.locator(part).all():
            expect(found).to_be_hidden()
    for part in ("h1", "#mag-dit", "#situatie", "#knelpunt", "#doorbraak", "#resultaat", "#bron"):
        expect(case_on_paper.locator(part)).to_be_visible()


def test_nothing_falls_off_the_paper(case_on_paper: Page) -> None:
    too_wide = """width => [...document.querySelectorAll("article *")]
        .filter((part) => part.getBoundingClientRect().right > width + 1)
        .filter((part) => getComputedStyle(part).position !== "absolute")
        .map((part) => `${part.tagName}.${part.className}`)"""
    assert case_on_paper.evaluate(too_wide, TEXT_WIDTH) == []


def test_the_paper_is_white_and_there_are_few_sheets(case_on_paper: Page) -> None:
    ink = case_on_paper.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert max(int(part) for part in re.findall(r"\d+", ink)[:3]) < 100
    pdf = case_on_paper.pdf(format="A4", prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) <= MOST_PAGES
