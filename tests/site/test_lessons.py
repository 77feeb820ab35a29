"""A trainer in a browser: from home to a printed session, and a session of chosen cases."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from generator.book import Book
from generator.kit import ending_texts

pytestmark = [pytest.mark.site, pytest.mark.browser]

COUNT_PRINTS = "window.print = () => { window.printed = (window.printed ?? 0) + 1; };"


def test_a_trainer_prints_a_session_on_a_pattern_in_five_clicks(page: Page, address: str, book: Book) -> None:
    page.add_init_script(COUNT_PRINTS)
    page.goto(address)
    name = next(pattern.name for pattern in book.patterns if pattern.id == "P-0001")
    for link in ("Ik geef training", "Print een bijeenkomst", name, "Print het werkblad"):
        page.locator("article").get_by_role("link", name=link).first.click()
    page.get_by_role("button", name="Print het werkblad").click()
    assert page.evaluate("window.printed") == 1
    said = page.locator("html").inner_text()
    for member in next(pattern.members for pattern in book.patterns if pattern.id == "P-0001"):
        assert book.case_by_id[member.case].doorbraak.tekst[:40] not in said


def test_the_ending_opens_step_by_step_and_is_printed_whole(page: Page, address: str, book: Book) -> None:
    case = book.case_by_id["kamer-in-plaats-van-instelling"]
    page.goto(f"{address}leren/{case.id}/")
    text = page.locator("article details").get_by_text(case.doorbraak.tekst.split("\n")[0])
    expect(text).to_be_hidden()
    page.get_by_text("Wat is er gedaan?").click()
    expect(text).to_be_visible()
    expect(page.locator("article").get_by_text("Hoe het daarna met het meisje ging").first).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".les details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".les details[open]").count() == 1


def test_a_session_is_put_together_ordered_and_shared(page: Page, address: str, book: Book) -> None:
    chosen = ["kamer-in-plaats-van-instelling", "verhoogde-bloembakken-als-dagbesteding"]
    titles = [book.case_by_id[case].titel for case in chosen]
    page.goto(f"{address}leren/bijeenkomst/samenstellen/")
    for title in reversed(titles):
        page.get_by_role("button", name=f"Voeg toe: {title}").click()
    page.get_by_role("button", name=f"Omhoog: {titles[0]}").press("Enter")
    expect(page.locator("[data-les-stand]")).to_have_text(f"{titles[0]} staat nu op plaats 1 van 2.")
    sheets = page.locator("[data-les-blad]")
    expect(sheets.get_by_role("heading", name=re.compile("^Casus [12]: "))).to_have_count(2)
    assert "?c=" + ",".join(chosen) in page.url
    handed = " ".join(str(sheets.text_content()).split())
    for case in chosen:
        for text in ending_texts(book.case_by_id[case]):
            assert " ".join(text.split())[:60] not in handed
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert "?" not in page.url
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.get_by_label("Wat wilt u printen?").select_option("kaarten")
    expect(sheets.locator(".les-vel")).to_have_count(2)
    page.goto(page.url)
    expect(page.locator("[data-les-gekozen] li")).to_have_count(2)
    expect(page.locator("[data-les-blad] .les-vel--achter h3").first).to_contain_text(titles[0])
