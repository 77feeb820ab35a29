"""Search on the site of the real records, in a browser: what professionals ask, facets, the address, keyboard, help."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from generator.codes import article_code, concept_codes, law_code, number_code
from generator.concepts import concept_matcher
from generator.findable import FACETS, find_pages
from generator.pages import render_pages
from generator.pipeline import Prepared, prepare
from generator.settings import Settings
from generator.vocabulary import load_concepts
from generator.words import folded_words

pytestmark = [pytest.mark.site, pytest.mark.browser]

QUESTIONS: Mapping[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "data/zoekvragen.yaml").read_text("utf-8")
)
FIRST = 5
"""Among so many results an expected case must stand."""
DONE = re.compile(r"resulta|Niets gevonden|Geen pagina")
RESULTS = "[data-zoekresultaten] h3 a"
FACET = "details.atlas-kenmerk"
IN_BROWSER = """async ([texts, module, table]) => {
    const { analyse, Lexicon, conceptCode, lawCode, articleCode, numberCode } = await import(module);
    const packed = (await fetch(table)).body.pipeThrough(new DecompressionStream("gzip"));
    const lexicon = new Lexicon(await new Response(packed).json());
    const named = texts.map((row) => [...new Set(row.flatMap((word) => lexicon.conceptsAt([word], 0).places))]);
    return {
        named,
        codes: [conceptCode(3), lawCode("ub-wmo2015"), articleCode("pw", "22a"), numberCode("3:46")],
        nearest: lexicon.nearest("kostendelersnrom"),
        units: analyse("Art. 22a, lid 2, Participatiewet: kostendelers norm", lexicon).map((unit) => unit.codes),
    };
}"""


@pytest.fixture(scope="module")
def prepared(project: Path) -> Prepared:
    """What the site of the real records is made of."""
    return prepare(Settings(root=project, cases=project / "cases", patterns=project / "patterns"))


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A tab on a phone."""
    context = browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def ask(page: Page, address: str, question: str, **chosen: str) -> list[str]:
    """The addresses of the results for a question."""
    more = "".join(f"&{name}={quote(value)}" for name, value in chosen.items())
    page.goto(f"{address}zoeken/?q={quote(question)}{more}")
    return answers(page)


def answers(page: Page) -> list[str]:
    """The addresses of the results that stand there once the search is done, relative to the site."""
    expect(page.locator("[data-zoekstand]")).to_have_text(DONE)
    found = page.locator(RESULTS).evaluate_all("links => links.map((link) => link.pathname.slice(1))")
    return [str(link) for link in found]


def counted(page: Page) -> int:
    """How many results the page says there are."""
    text = page.locator("[data-zoekstand]").inner_text()
    return int(found[0]) if (found := re.findall(r"^\d+", text)) else 0


def box(page: Page, facet: str, value: str) -> Any:
    """The checkbox of a value of a facet, whose group is opened."""
    group = page.locator(FACET, has=page.locator("summary", has_text=facet))
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    return group.get_by_role("checkbox", name=re.compile(rf"^{re.escape(value)} ?\d+$"))


def number_beside(checkbox: Any) -> int:
    return int(checkbox.locator("xpath=..").locator(".atlas-kenmerk__aantal").inner_text())


def test_the_questions_name_cases_that_exist(prepared: Prepared) -> None:
    asked = [*QUESTIONS["vragen"], *QUESTIONS["toets"]]
    assert len(QUESTIONS["vragen"]) == 20
    assert {case for question in asked for case in question["casussen"]} <= set(prepared.book.case_by_id)


@pytest.mark.parametrize(("name", "least"), [("vragen", 18), ("toets", 9)])
def test_professionals_find_a_case_that_answers_them(phone: Page, address: str, name: str, least: int) -> None:
    missed = []
    for question in QUESTIONS[name]:
        found = ask(phone, address, question["zoek"])[:FIRST]
        if not {f"casussen/{case}/" for case in question["casussen"]} & set(found):
            missed.append((question["zoek"], found))
    assert len(QUESTIONS[name]) - len(missed) >= least, missed


class TestFacets:
    def test_counts_without_a_question_are_those_of_the_collection(
        self, page: Page, address: str, prepared: Prepared
    ) -> None:
        page.goto(f"{address}zoeken/")
        pages = list(render_pages(prepared.book, prepared.changes))
        every = list(find_pages(prepared.book, pages, {}))
        domain = "Jeugd en gezin"
        expected = sum(("leefgebied", domain) in entry.facets for entry in every)
        chosen = box(page, "Leefgebied", domain)
        expect(chosen).to_be_visible()
        assert number_beside(chosen) == expected > 0
        chosen.check()
        expect(page.locator("[data-zoekstand]")).to_have_text(f"{expected} resultaten.")

    def test_values_of_one_facet_add_up_and_facets_narrow(self, page: Page, address: str) -> None:
        ask(page, address, "bijstand")
        whole = counted(page)
        kinds = {kind: number_beside(box(page, "Soort pagina", kind)) for kind in ("Casus", "Artikel")}
        box(page, "Soort pagina", "Casus").check()
        expect(page.locator("[data-zoekstand]")).to_have_text(f"{kinds['Casus']} resultaten.")
        box(page, "Soort pagina", "Artikel").check()
        expect(page.locator("[data-zoekstand]")).to_have_text(f"{sum(kinds.values())} resultaten.")
        assert sum(kinds.values()) < whole
        assert {kind: number_beside(box(page, "Soort pagina", kind)) for kind in kinds} == kinds
        both = number_beside(box(page, "Hoe liep het af", "Geslaagd"))
        assert 0 < both < kinds["Casus"]
        box(page, "Hoe liep het af", "Geslaagd").check()
        expect(page.locator("[data-zoekstand]")).to_have_text(f"{both} resultaten.")
        assert all(link.startswith("casussen/") for link in answers(page))

    def test_a_choice_can_be_taken_back_by_its_chip(self, page: Page, address: str) -> None:
        ask(page, address, "bijstand", soort="Casus", afloop="Geslaagd")
        expect(page.get_by_role("button", name="Haal weg: Soort pagina: Casus")).to_be_visible()
        page.get_by_role("button", name="Haal weg: Soort pagina: Casus").press("Enter")
        expect(page).to_have_url(f"{address}zoeken/?q=bijstand&afloop=Geslaagd")
        expect(page.get_by_role("button", name="Haal weg: Hoe liep het af: Geslaagd")).to_be_focused()
        expect(box(page, "Soort pagina", "Casus")).not_to_be_checked()

    def test_more_results_are_shown_on_demand(self, page: Page, address: str) -> None:
        assert len(ask(page, address, "bijstand")) == 10
        whole = counted(page)
        page.get_by_role("button", name="Toon er nog").click()
        expect(page.locator(RESULTS)).to_have_count(min(40, whole))
        expect(page.locator(RESULTS).nth(10)).to_be_focused()


class TestOrder:
    def test_the_newest_come_first_and_the_unknown_last(self, page: Page, address: str) -> None:
        ask(page, address, "bijstand", soort="Casus", volgorde="nieuwste")
        shown = page.locator(".atlas-vondst__soort").all_inner_texts()
        years = [max(map(int, re.findall(r"\b20\d\d", text)), default=0) for text in shown]
        assert years == sorted(years, reverse=True)
        assert years[0] > 2020

    def test_titles_can_be_sorted(self, page: Page, address: str) -> None:
        ask(page, address, "bijstand", soort="Casus")
        page.get_by_label("Volgorde").select_option("Titel")
        expect(page).to_have_url(f"{address}zoeken/?q=bijstand&soort=Casus&volgorde=titel")
        titles = page.locator(RESULTS)
        answers(page)
        assert titles.all_inner_texts() == sorted(titles.all_inner_texts(), key=str.casefold)


class TestAddress:
    SHARED = "zoeken/?q=kostendelersnorm&soort=Casus&afloop=Geslaagd&volgorde=titel"

    def test_a_shared_address_gives_the_same_search(self, page: Page, phone: Page, address: str) -> None:
        found = []
        for tab in (page, phone):
            tab.goto(address + self.SHARED)
            found.append(answers(tab))
            expect(tab.get_by_role("searchbox")).to_have_value("kostendelersnorm")
            expect(tab.get_by_role("button", name="Haal weg: Hoe liep het af: Geslaagd")).to_be_visible()
            expect(tab.get_by_label("Volgorde")).to_have_value("titel")
        assert found[0] == found[1] != []

    def test_the_back_button_takes_back_one_choice_at_a_time(self, page: Page, address: str) -> None:
        page.goto(f"{address}zoeken/")
        field = page.get_by_role("searchbox")
        field.press_sequentially("kostendelersnorm", delay=30)
        expect(page).to_have_url(f"{address}zoeken/?q=kostendelersnorm")
        first = answers(page)
        box(page, "Soort pagina", "Patroon").check()
        expect(page).to_have_url(f"{address}zoeken/?q=kostendelersnorm&soort=Patroon")
        page.go_back()
        expect(page).to_have_url(f"{address}zoeken/?q=kostendelersnorm")
        expect(box(page, "Soort pagina", "Patroon")).not_to_be_checked()
        assert answers(page) == first
        page.go_back()
        expect(page).to_have_url(f"{address}zoeken/")
        expect(field).to_have_value("")
        expect(page.locator(RESULTS)).to_have_count(0)
        page.go_forward()
        expect(field).to_have_value("kostendelersnorm")
        assert answers(page) == first

    def test_a_value_that_does_not_exist_gives_nothing_and_a_way_out(self, page: Page, address: str) -> None:
        assert ask(page, address, "bijstand", wet="<b>Geen wet</b>") == []
        page.get_by_role("button", name="Zonder Wet: <b>Geen wet</b> (").click()
        assert answers(page) != []


class TestHelp:
    def test_a_typing_error_is_mended_and_said(self, page: Page, address: str) -> None:
        assert ask(page, address, "huishoudlijke hulp") != []
        expect(page.locator("[data-zoekstand]")).to_contain_text("Gezocht is op “huishoudelijke”")
        page.get_by_role("button", name="Bedoelde u “huishoudelijke”?").click()
        expect(page).to_have_url(f"{address}zoeken/?q=huishoudelijke+hulp")

    def test_with_nothing_found_choices_can_be_dropped(self, page: Page, address: str) -> None:
        assert ask(page, address, "kostendelersnorm", soort="Werkwijze") == []
        page.get_by_role("button", name=re.compile("^Zonder Soort pagina: Werkwijze")).click()
        assert answers(page) != []

    def test_with_nothing_found_the_nearest_concept_is_named(self, page: Page, address: str) -> None:
        assert ask(page, address, "kostendelaars", soort="Werkwijze") == []
        page.get_by_role("button", name=re.compile("^Zoek op ")).first.click()
        assert urlsplit(page.url).query != ""

    def test_without_scripts_the_overviews_are_named(self, browser: Browser, address: str) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}zoeken/?q=bijstand")
        expect(page.locator("noscript .atlas-melding")).to_be_visible()
        expect(page.locator("article").get_by_role("link", name="Casussen per leefgebied")).to_be_visible()
        context.close()


class TestReach:
    def test_every_page_has_the_search_box_in_its_header(self, page: Page, address: str, built_site: Path) -> None:
        for name, file in (("case", "casussen/*/"), ("written", "privacy/"), ("article", "wetten/*/artikel-*/")):
            place = sorted(built_site.glob(f"{file}index.html"))[0].parent.relative_to(built_site).as_posix()
            page.goto(f"{address}{place}/")
            field = page.get_by_role("search", name="Zoeken op de hele site").get_by_role("searchbox")
            field.fill("pw 22a")
            field.press("Enter")
            expect(page).to_have_url(f"{address}zoeken/?q=pw+22a")
            assert answers(page), name

    def test_a_phone_has_a_link_in_the_header(self, phone: Page, address: str) -> None:
        phone.goto(f"{address}casussen/")
        phone.locator("header").get_by_role("link", name="Zoeken", exact=True).click()
        expect(phone).to_have_url(f"{address}zoeken/")

    def test_the_keyboard_is_enough(self, page: Page, address: str) -> None:
        page.goto(f"{address}zoeken/")
        page.get_by_role("searchbox").focus()
        page.keyboard.type("bijstand")
        page.keyboard.press("Enter")
        whole = len(answers(page))
        seen = []
        for _ in range(12):
            page.keyboard.press("Tab")
            seen.append(page.evaluate("document.activeElement.textContent.trim()"))
            if seen[-1].startswith("Soort pagina"):
                break
        assert seen[0] == "Zoeken"
        assert "Verfijnen" in seen
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        expect(page).to_have_url(re.compile("soort="))
        checked = page.evaluate("document.activeElement.checked")
        assert checked is True
        assert len(answers(page)) <= whole
        expect(page.locator("[data-zoekstand]")).to_have_attribute("aria-live", "polite")

    @pytest.mark.parametrize("question", ["q=bijstand&soort=Casus", "q=kostendelersnorm&soort=Werkwijze"])
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_no_fault(self, page: Page, address: str, question: str, scheme: Any) -> None:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{address}zoeken/?{question}")
            answers(page)
            page.evaluate("document.querySelectorAll('.atlas-zoek details').forEach((part) => { part.open = true; })")
            found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
            assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width

    def test_what_is_typed_before_the_script_is_there_is_searched(self, page: Page, address: str) -> None:
        held: list[Route] = []
        page.route("**/zoeken.js*", lambda route: held.append(route))  # noqa: PLW0108 - a bound method will not do
        page.goto(f"{address}zoeken/", wait_until="commit")
        page.locator("article").get_by_role("searchbox").fill("briefadres")
        held[0].continue_()
        expect(page.locator("[data-zoekresultaten] > li").first).to_be_visible()
        expect(page.locator("article").get_by_role("searchbox")).to_have_value("briefadres")

    def test_browsing_by_facets_alone_loads_no_index_of_words(self, page: Page, address: str) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        assert ask(page, address, "", soort="Casus")
        assert not [url for url in asked if "pf_index" in url]

    def test_searching_asks_no_other_host(self, page: Page, address: str) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        ask(page, address, "woningaanpasing", soort="Casus")
        assert any("pf_index" in url for url in asked)
        parts = [urlsplit(url) for url in asked]
        assert {part.netloc for part in parts if part.scheme not in {"data", "blob"}} == {urlsplit(address).netloc}


class TestAhead:
    """What is fetched before a question is whole."""

    THRIFTY = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"

    def parts(self, page: Page, address: str, typed: str) -> list[str]:
        """Parts of the index and entries that are asked for before the page shows that it searches."""
        asked: list[str] = []
        page.goto(f"{address}zoeken/")
        expect(page.get_by_role("group", name="Verfijnen")).to_be_visible()
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        page.evaluate("window.setTimeout = () => 0")  # nothing comes of the key but what is done at once
        page.locator("article").get_by_role("searchbox").fill(typed)
        page.wait_for_load_state("networkidle")
        assert page.locator(RESULTS).count() == 0
        return [path for path in asked if "/pagefind/" in path]

    def test_a_word_that_is_being_typed_is_searched_as_it_will_likely_end(self, page: Page, address: str) -> None:
        found = self.parts(page, address, "kostendelersn")
        assert any(path.endswith(".pf_index") for path in found)
        assert 1 <= sum(path.endswith(".pf_fragment") for path in found) <= FIRST

    def test_a_word_that_may_become_a_word_of_a_concept_is_ready_for_it(self, page: Page, address: str) -> None:
        ahead, needed = (self.parts(page, address, typed) for typed in ("brief", "briefadres"))
        assert {path for path in needed if path.endswith(".pf_index")} <= set(ahead)

    @pytest.mark.parametrize("typed", ["k", "ko", "xqxqx"])
    def test_a_few_letters_and_unknown_words_are_waited_with(self, page: Page, address: str, typed: str) -> None:
        assert self.parts(page, address, typed) == []

    def test_who_saves_data_fetches_nothing_ahead(self, page: Page, address: str) -> None:
        page.add_init_script(self.THRIFTY)
        assert self.parts(page, address, "kostendelersn") == []

    def test_who_saves_data_can_search(self, page: Page, address: str) -> None:
        page.add_init_script(self.THRIFTY)
        page.goto(f"{address}zoeken/")
        page.get_by_role("searchbox").press_sequentially("kostendelersnorm", delay=30)
        assert answers(page)

    def test_what_the_page_asks_for_first_is_asked_for_once(self, page: Page, address: str) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        assert ask(page, address, "bijstand")
        named = page.locator("link[rel=modulepreload], link[rel=preload]").evaluate_all(
            "links => links.map((l) => new URL(l.href).pathname)"
        )
        assert len(named) == 6
        assert [asked.count(path) for path in named] == [1] * 6

    def test_a_phone_fetches_facets_when_they_are_looked_at(self, phone: Page, address: str) -> None:
        asked: list[str] = []
        phone.on("request", lambda request: asked.append(request.url))
        assert ask(phone, address, "bijstand")
        assert not [url for url in asked if "kenmerken.pf_tabel" in url]
        phone.locator("summary", has_text="Verfijnen").click()
        chosen = box(phone, "Soort pagina", "Casus")
        expect(chosen).to_be_visible()
        chosen.check()
        expect(phone).to_have_url(f"{address}zoeken/?q=bijstand&soort=Casus")

    def test_facets_that_could_not_be_fetched_come_once_there_is_a_connection(self, page: Page, address: str) -> None:
        page.set_viewport_size({"width": 360, "height": 780})
        page.route("**/kenmerken.pf_tabel*", lambda route: route.abort())
        assert ask(page, address, "bijstand")
        refine = page.locator("summary", has_text="Verfijnen")
        with page.expect_event("requestfailed"):
            refine.click()
        page.unroute("**/kenmerken.pf_tabel*")
        refine.click()
        refine.click()
        expect(box(page, "Soort pagina", "Casus")).to_be_visible()

    def test_a_table_of_an_older_site_is_fetched_anew(self, page: Page, address: str, built_site: Path) -> None:
        table = json.loads(gzip.decompress((built_site / "pagefind/tabel.pf_tabel").read_bytes()))
        old = [gzip.compress(json.dumps({**table, "versie": "oud"}).encode())]
        page.route("**/tabel.pf_tabel", lambda route: route.fulfill(body=old.pop()) if old else route.continue_())
        assert ask(page, address, "bijstand")
        assert old == []

    def test_nothing_is_said_of_letters_that_others_follow(self, page: Page, address: str) -> None:
        page.goto(f"{address}zoeken/")
        expect(page.get_by_role("group", name="Verfijnen")).to_be_visible()
        page.evaluate("""() => {
            window.gezegd = [];
            const status = document.querySelector("[data-zoekstand]");
            new MutationObserver(() => window.gezegd.push(status.textContent)).observe(status, { childList: true });
        }""")
        page.get_by_role("searchbox").press_sequentially("kostendelersnorm", delay=20)
        answers(page)
        said = page.evaluate("window.gezegd.filter((text) => text.includes('resulta'))")
        assert said == [page.locator("[data-zoekstand]").inner_text()]


def test_hostile_titles_and_questions_are_text(page: Page, small_address: str, hostile_records: list[dict]) -> None:
    opened: list[str] = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    evil = "<img src=x onerror=alert(1)>"
    ask(page, small_address, "uitgedaagd")
    assert {record["titel"] for record in hostile_records} <= set(page.locator(RESULTS).all_inner_texts())
    ask(page, small_address, f"{evil} uitgedaagd")
    expect(page.get_by_role("searchbox")).to_have_value(f"{evil} uitgedaagd")
    ask(page, small_address, "uitgedaagd", plaats=evil)
    assert parse_qs(urlsplit(page.url).query)["plaats"] == [evil]
    expect(page.get_by_role("button", name=f"Haal weg: Gemeente of provincie: {evil}")).to_be_visible()
    assert page.locator("article img, article script[src^='x'], [onerror], [onload]").count() == 0
    assert opened == []


def test_the_browser_knows_the_same_concepts_and_codes(
    page: Page, address: str, built_site: Path, prepared: Prepared
) -> None:
    texts = [list(folded_words(entry.case.titel)) for entry in prepared.book.cases]
    page.goto(f"{address}zoeken/")
    base = [f"{address}assets/javascripts/zoekwoorden.js", f"{address}pagefind/tabel.pf_tabel"]
    said = page.evaluate(IN_BROWSER, [texts, *base])
    codes = concept_codes(load_concepts())
    ids = list(codes)
    count: Callable[[str], Mapping[str, int]] = concept_matcher().count
    for row, places in zip(texts, said["named"], strict=True):
        assert {ids[place] for place in places} == {concept for word in row for concept in count(word)}, row
    third = list(codes.values())[3]
    assert said["codes"] == [third, law_code("ub-wmo2015"), article_code("pw", "22a"), number_code("3:46")]
    assert said["nearest"] == "kostendelersnorm"
    assert said["units"] == [[article_code("pw", "22a")], [codes["kostendelersnorm"]]]


def test_the_search_page_knows_the_name_of_every_facet(built_site: Path) -> None:
    page = (built_site / "zoeken/index.html").read_text("utf-8")
    assert f'data-kenmerken="{" ".join(FACETS)}"' in page
    assert all(f'data-kenmerk-{name}="' in page for name in FACETS)
