"""Proposals in the built site: on paper, as a Word document, cited, and reached by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from generator.book import Book
from generator.office import document_texts
from generator.vocabulary import article_slug
from tests.documents import texts_in

pytestmark = pytest.mark.site

HEADINGS = tuple(range(1, 11))
ANNEX = "Bijlage: het bewijs"
COUNCIL = "gemeente-verordening"
"""The level on which the municipal council decides."""
MOST_TABS = 400
"""A page on which more are needed to reach something has no keyboard reader."""
FOCUS_SHOWS = """element => {
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const place = element.getBoundingClientRect();
    return element.matches(":focus-visible") && (outlined || style.boxShadow !== "none")
        && place.top < innerHeight && place.bottom > 0;
}"""


@dataclass(frozen=True)
class Way:
    """A way from the overview: a proposal, an article of its rules, and a case that names it."""

    proposal: str
    article: str
    case: str


@pytest.fixture(scope="module")
def way(book: Book) -> Way:
    """The first way that goes all the way to a case of the proposal."""
    for proposal in book.proposals:
        for rule in (found.rule for found in proposal.rules[:3] if not proposal.solved):
            for case in proposal.evidence.cases if rule.artikel else ():
                if any((named.wet, named.artikel) == (rule.wet, rule.artikel) for named in case.rules):
                    article = f"wetten/{rule.wet}/{article_slug(str(rule.artikel))}/"
                    return Way(f"voorstellen/{proposal.pattern.id}/", article, f"casussen/{case.id}/")
    pytest.fail("no proposal names an article of a case")


def proposal_pages(site: Path) -> list[Path]:
    """The built page of every proposal."""
    return [path for path in sorted(site.glob("voorstellen/*/index.html")) if path.parent.name != "opgelost"]


def article_of(path: Path) -> str:
    """What a reader sees of a built page, without the frame of the site."""
    text = path.read_text("utf-8")
    return text[text.index("<article") : text.index("</article>")]


def words_of(text: str) -> str:
    """A text with single spaces, and letters that paper joins taken apart."""
    return " ".join(normalize("NFKC", text).split())


@pytest.mark.browser
def test_every_proposal_fits_on_one_sheet_and_its_evidence_begins_the_next(
    page: Page, address: str, built_site: Path, book: Book
) -> None:
    pages = proposal_pages(built_site)
    assert [path.parent.name for path in pages] == sorted(proposal.pattern.id for proposal in book.proposals)
    for path in pages:
        page.goto(f"{address}voorstellen/{path.parent.name}/")
        headings = [words_of(text) for text in page.locator("article h2").all_text_contents()]
        sheets = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
        size = [round(float(side)) for side in (sheets[0].mediabox.width, sheets[0].mediabox.height)]
        assert size == [596, 843], path.parent.name
        first, second = (words_of(sheet.extract_text()) for sheet in sheets[:2])
        assert [heading for heading in headings[:-1] if heading not in first] == [], path.parent.name
        assert [int(heading.partition(".")[0]) for heading in headings[:-1]] == list(HEADINGS)
        last = words_of(page.locator(".atlas-voorstel > :last-child").inner_text())
        assert first.endswith(last[-25:]), path.parent.name
        assert second.startswith(ANNEX), path.parent.name
        assert ANNEX not in first, path.parent.name


class TestDocument:
    def test_it_says_what_its_page_says_down_to_the_reference(self, built_site: Path) -> None:
        for path in proposal_pages(built_site):
            written = texts_in((path.parent / "voorstel.docx").read_bytes())
            assert written == document_texts(article_of(path)), path.parent.name
            assert written[-1].startswith("Zo verwijst u naar deze pagina"), path.parent.name

    def test_every_proposal_has_one_and_nothing_else_does(self, built_site: Path) -> None:
        found = {path.parent for path in built_site.rglob("*.docx")}
        assert found == {path.parent for path in proposal_pages(built_site)}

    @pytest.mark.browser
    def test_its_page_offers_it(self, page: Page, address: str, way: Way) -> None:
        page.goto(address + way.proposal)
        with page.expect_download() as download:
            page.get_by_role("link", name="Download als Word").click()
        assert download.value.suggested_filename == "voorstel.docx"


def test_every_page_says_how_to_refer_to_it(built_site: Path, read_html: Callable) -> None:
    """Those that people wrote and those made from records; the page of what is not there has no address."""
    paths = sorted(built_site.rglob("index.html"))
    kinds = {path.relative_to(built_site).parts[0] for path in paths}
    assert {"index.html", "begrippen", "verantwoording", "casussen", "patronen", "voorstellen", "wetten"} <= kinds
    for path in paths:
        own = path.parent.relative_to(built_site).as_posix()
        permalink = "/" if own == "." else f"/{own}/"
        (said,) = re.findall('<p class="atlas-verwijzing".*?</p>', path.read_text("utf-8"), flags=re.DOTALL)
        (line,) = document_texts(said)
        assert line.startswith("Zo verwijst u naar deze pagina: Maatwerkatlas, "), path
        title, cited = line.partition("Maatwerkatlas, ")[2].rsplit(", ", 1)
        assert cited == permalink, path
        assert read_html(path).title in {f"{title} - Maatwerkatlas", "Maatwerkatlas"}, path


def column(page: Page, name: str) -> list[int]:
    """The numbers of a column of the overview, from top to bottom."""
    return [int(text) for text in page.locator(f"td[data-kop='{name}']").all_inner_texts()]


@pytest.mark.browser
class TestWay:
    def test_from_the_overview_to_a_case_by_mouse(self, page: Page, address: str, way: Way, book: Book) -> None:
        page.goto(f"{address}voorstellen/")
        table = page.locator("table[data-sorteer]")
        before = column(page, "Plaatsen")
        for direction, ordered in (("descending", sorted(before, reverse=True)), ("ascending", sorted(before))):
            table.get_by_role("button", name="Plaatsen").click()
            expect(table.get_by_role("columnheader", name="Plaatsen")).to_have_attribute("aria-sort", direction)
            assert column(page, "Plaatsen") == ordered
        assert len(before) == sum(not proposal.solved for proposal in book.proposals)
        table.locator(f"a[href$='{way.proposal}']").click()
        expect(page).to_have_url(address + way.proposal)
        page.locator(f"#regel ~ ul a[href$='{way.article}']").first.click()
        expect(page).to_have_url(address + way.article)
        page.locator(f"article a[href$='{way.case}']").first.click()
        expect(page).to_have_url(address + way.case)

    def test_from_the_overview_to_a_case_by_keyboard_with_the_focus_in_sight(
        self, page: Page, address: str, way: Way
    ) -> None:
        page.goto(f"{address}voorstellen/")
        table = page.locator("table[data-sorteer]")
        press_enter_on(page, table.get_by_role("button", name="Casussen"))
        expect(table.get_by_role("columnheader", name="Casussen")).to_have_attribute("aria-sort", "descending")
        found = column(page, "Casussen")
        assert found == sorted(found, reverse=True)
        press_enter_on(page, table.locator(f"a[href$='{way.proposal}']"))
        expect(page).to_have_url(address + way.proposal)
        press_enter_on(page, page.locator(f"#regel ~ ul a[href$='{way.article}']").first)
        expect(page).to_have_url(address + way.article)
        press_enter_on(page, page.locator(f"article a[href$='{way.case}']").first)
        expect(page).to_have_url(address + way.case)

    def test_sorting_keeps_every_row_and_a_second_column_forgets_the_first(self, page: Page, address: str) -> None:
        page.goto(f"{address}voorstellen/")
        table = page.locator("table[data-sorteer]")
        rows = sorted(table.locator("tbody tr").all_inner_texts())
        for name in ("Wie beslist", "Samen"):
            table.get_by_role("button", name=name).click()
        assert table.locator("th[aria-sort]").all_inner_texts() == ["Samen"]
        assert sorted(table.locator("tbody tr").all_inner_texts()) == rows

    def test_the_overview_is_one_click_from_home(self, page: Page, address: str) -> None:
        page.goto(address)
        page.locator("article").get_by_role("link", name="voorstellen", exact=True).click()
        expect(page).to_have_url(f"{address}voorstellen/")

    def test_in_three_clicks_from_home_to_what_the_council_decides_and_on_what_evidence(
        self, page: Page, address: str, book: Book
    ) -> None:
        proposal = next(p for p in book.proposals if p.level.id == COUNCIL and not p.solved)
        page.goto(address)
        page.get_by_role("link", name="Ik zit in de raad of maak beleid").click()
        page.locator(f"#raad + ul a[href$='voorstellen/{proposal.pattern.id}/']").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(proposal.pattern.name)
        expect(page.locator("header .atlas-labels").first).to_contain_text("De gemeenteraad beslist")
        expect(page.get_by_role("heading", name=ANNEX)).to_be_visible()
        case = proposal.evidence.cases[0]
        page.locator("#casussen + .atlas-tabel").get_by_role("link", name=case.titel).click()
        expect(page).to_have_url(f"{address}casussen/{case.id}/")


def press_enter_on(page: Page, target: Locator) -> None:
    """Reach something with Tab alone, see that the focus shows there, and choose it."""
    wanted = target.element_handle()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            assert wanted.evaluate(FOCUS_SHOWS), target
            page.keyboard.press("Enter")
            return
    pytest.fail(f"never reached with Tab: {target}")
