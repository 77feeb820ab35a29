"""A case on paper: the story fits on one sheet of A4, without the frame of the site, on white."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.site, pytest.mark.browser]

TEXT_WIDTH = 703
"""What is left of A4 between the margins, in CSS pixels: 210 mm less twice 12 mm."""
ONLY_ON_SCREEN = (
    ".md-header",
    ".md-tabs",
    ".md-footer",
    ".atlas-voet",
    ".atlas-kruimels",
    ".atlas-wegwijzer",
    "#motivering",
    "#anders-besloten",
    "#vergelijkbaar",
    "#patroon",
)
ON_PAPER = ("h1", "#mag-dit", "#situatie", "#knelpunt", "#doorbraak", "#resultaat", "#bron", ".atlas-verwijzing")


@pytest.fixture(scope="module")
def by_length(built_site: Path) -> list[str]:
    """The addresses of all cases, the longest page first."""
    pages = sorted(built_site.glob("casussen/*/index.html"), key=lambda path: (-path.stat().st_size, path))
    return [f"casussen/{path.parent.name}/" for path in pages]


@pytest.fixture
def paper(page: Page) -> Page:
    """A page as it is printed by a reader whose screen is dark."""
    page.set_viewport_size({"width": TEXT_WIDTH, "height": 900})
    page.emulate_media(media="print", color_scheme="dark")
    return page


@pytest.fixture
def case_on_paper(paper: Page, address: str, by_length: list[str]) -> Page:
    """The longest case."""
    paper.goto(address + by_length[0])
    return paper


def sheets(page: Page) -> int:
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_the_story_is_printed_without_the_frame_and_what_leads_elsewhere(case_on_paper: Page) -> None:
    for part in ONLY_ON_SCREEN:
        for found in case_on_paper.locator(part).all():
            expect(found).to_be_hidden()
    for part in ON_PAPER:
        expect(case_on_paper.locator(part)).to_be_visible()


def test_nothing_falls_off_the_paper(case_on_paper: Page) -> None:
    too_wide = """width => [...document.querySelectorAll("article *")]
        .filter((part) => part.getBoundingClientRect().right > width + 1)
        .filter((part) => getComputedStyle(part).position !== "absolute")
        .map((part) => `${part.tagName}.${part.className}`)"""
    assert case_on_paper.evaluate(too_wide, TEXT_WIDTH) == []


def test_the_paper_is_white(case_on_paper: Page) -> None:
    ink = case_on_paper.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert max(int(part) for part in re.findall(r"\d+", ink)[:3]) < 100


def test_ten_cases_of_different_length_fit_on_one_sheet(paper: Page, address: str, by_length: list[str]) -> None:
    counted = {}
    for place in by_length[::10]:
        paper.goto(address + place)
        counted[place] = sheets(paper)
    assert len(counted) == 10
    assert {place: count for place, count in counted.items() if count != 1} == {}
