"""The page that lays a text beside the cases: it ranks as the command line does, in the browser alone, and warns."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.book import Book
from generator.cli import main
from generator.nearness import NEIGHBOUR_FLOOR
from generator.pages import LIKENESS
from generator.pipeline import prepare
from generator.plaintext import PlainIndex, index_plain, rank_patterns
from generator.settings import Settings
from generator.vectors import traits_of
from generator.vocabulary import load_concepts
from generator.wording import render_reason

pytestmark = [pytest.mark.site, pytest.mark.browser]

TEXTS = (
    "Een zoon woont tijdelijk in bij zijn moeder. Door de kostendelersnorm (artikel 22a Participatiewet) gaat de "
    "bijstand omlaag.",
    "Geen briefadres, dus geen inschrijving en geen uitkering. Hij slaapt bij vrienden op de bank.",
    "De school is te ver voor de fiets en het leerlingenvervoer is afgewezen.",
    "schulden, afsluiting van gas en licht, deurwaarder",
    "ÉÉN OUDERGEZIN zonder Wmo-voorziening – art. 2.3.5",
    "qqqq zzzz",
    "",
)
RULES = ("bsn", "rekening", "telefoon", "email", "postcode", "kenteken", "geboortedatum", "naam")
"""Rules of the privacy gate whose examples the page warns of."""
NOT_SEEN = {"2015 EN", "Mariam Haile"}
"""What takes the gate's lists or the words around it."""
MARK = re.compile("«([^»]*)»|‹([^›]*)›")
PRIVATE = "Mevrouw Terpstra belt op 06-12345678 en heeft bsn 111222333."
OPEN = (
    "async ([base, texts]) => { const own = await import(new URL('assets/javascripts/lijken.js', base).href);"
    "window.atlasTest ??= own.open(await (await fetch(new URL('" + LIKENESS + "', base))).json());"
    "const book = window.atlasTest; return texts.map((text) => {"
)
"""Opens the index once in a page; what follows says what is done with each text."""
READ = (
    OPEN
    + "const told = own.read(book, text); return {words: own.foldedWords(text), concepts: [...told.concepts],"
    + " starts: [...told.starts], laws: [...told.laws], articles: [...told.articles]}; }); }"
)
RANK = (
    OPEN
    + "const ranked = own.rank(book, text);"
    + "const said = (match) => match.reasons.map((reason) => own.word(book, reason));"
    + "return {casussen: ranked.map((match) => [book.index.casussen[match.row].id, match.strength, said(match)]),"
    + " patronen: own.rankPatterns(book, ranked).map(({row, strength, nearest}) =>"
    + " [book.index.patronen[row].id, strength, book.index.casussen[nearest.row].id, said(nearest)])}; }); }"
)
TERMS = sorted({text for concept in load_concepts() for text in (*concept.woorden, *concept.samenstelling)})
pieces = st.one_of(
    st.sampled_from(TERMS),
    st.sampled_from("Participatiewet Wmo artikel art 22a 35 2.3.5 zelfs éénoudergezin - van de".split()),
    st.text(max_size=8),
)
made_texts = st.lists(
    st.lists(pieces, max_size=8).flatmap(lambda row: st.sampled_from(["", " "]).map(lambda glue: glue.join(row))),
    min_size=1,
    max_size=20,
)


@pytest.fixture(scope="module")
def book(project: Path) -> Book:
    """What the site of the real records shows."""
    return prepare(Settings(root=project, cases=project / "cases", patterns=project / "patterns")).book


@pytest.fixture(scope="module")
def plain(book: Book) -> PlainIndex:
    """The measure as Python has it."""
    return index_plain((traits_of(entry.case) for entry in book.cases), book.vocabulary.wetten)


@pytest.fixture(scope="module")
def tab(browser: Browser, address: str) -> Iterator[Page]:
    """One tab on the page for all tests that call its script."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}lijkt-op/")
    yield page
    context.close()


@pytest.fixture
def opened(page: Page, address: str) -> Page:
    """The page, ready to type in."""
    page.goto(f"{address}lijkt-op/", wait_until="load")
    expect(field(page)).to_be_visible()
    return page


def field(page: Page) -> object:
    return page.get_by_label("Wat loopt er vast?")


def type_text(page: Page, text: str) -> None:
    """Type a text and wait until the page has answered."""
    page.get_by_label("Wat loopt er vast?").fill(text)
    expect(page.locator("[data-ernaaststand]")).to_have_text(re.compile("lijkt op uw tekst|niets dat hier genoeg"))


def cards(page: Page, part: str) -> list[tuple[str, str]]:
    """Address and whole text of every card in a part of the page."""
    found = page.locator(f"[data-{part}] .atlas-kaart")
    return [
        (found.nth(row).locator("a").get_attribute("href") or "", " ".join(found.nth(row).inner_text().split()))
        for row in range(found.count())
    ]


class TestSameAsPython:
    def test_every_text_is_read_alike(self, tab: Page, address: str, plain: PlainIndex, book: Book) -> None:
        texts = [entry.case.situatie for entry in book.cases] + [entry.case.knelpunt.tekst for entry in book.cases]
        self.check_reading(tab, address, plain, [*texts, *TEXTS, *TERMS])

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(made=made_texts)
    def test_whatever_is_typed_is_read_alike(self, tab: Page, address: str, plain: PlainIndex, made: list[str]) -> None:
        self.check_reading(tab, address, plain, made)

    def check_reading(self, tab: Page, address: str, plain: PlainIndex, texts: list[str]) -> None:
        concepts = sorted(concept.id for concept in load_concepts())
        starts, articles = list(plain.start_rarity), list(plain.article_rarity)
        laws = sorted(
            {law for row in plain.rows for law in row.laws}
            | {law for implied in plain.matcher.laws.values() for law in implied}
            | set(plain.citations.laws.values())
        )
        for text, read in zip(texts, tab.evaluate(READ, [address, texts]), strict=True):
            told = plain.read(text)
            assert {concepts[place]: count for place, count in read["concepts"]} == told.concepts, text
            assert {starts[place] for place in read["starts"]} == told.starts, text
            assert {laws[place] for place in read["laws"]} == told.laws, text
            assert {articles[place] for place in read["articles"]} == told.articles, text

    def test_every_situation_is_ranked_alike(self, tab: Page, address: str, plain: PlainIndex, book: Book) -> None:
        members = {
            pattern.id: [member.case for member in pattern.members] for pattern in book.patterns if pattern.stands
        }
        texts = [f"{entry.case.situatie} {entry.case.knelpunt.tekst}" for entry in book.cases]
        for text, found in zip(texts, tab.evaluate(RANK, [address, texts]), strict=True):
            wanted = plain.rank(text)

            def said(match: object) -> list[str]:
                return [render_reason(reason, book.vocabulary) for reason in match.reasons]

            assert found["casussen"] == [[match.id, match.strength, said(match)] for match in wanted]
            assert found["patronen"] == [
                [match.id, match.strength, match.nearest.id, said(match.nearest)]
                for match in rank_patterns(wanted, members)
            ]

    @pytest.mark.parametrize("text", TEXTS)
    def test_the_command_line_says_the_same(
        self, text: str, tab: Page, address: str, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(project)
        [found] = tab.evaluate(RANK, [address, [text]])
        for what, name in (("cases", "casussen"), ("patterns", "patronen")):
            answer = CliRunner().invoke(main, ["similar", "-", "--format", "json", "--of", what], input=text)
            rows = json.loads(answer.stdout)["-"]
            wanted = [list(row.values()) for row in rows]
            if what == "cases":
                assert [row[:3] for row in found[name][:10]] == wanted
            else:
                assert [[row[0], row[2], row[1], row[3]] for row in found[name][:10]] == [
                    [row["patroon"], row["casus"], row["sterkte"], row["redenen"]] for row in rows
                ]


class TestPage:
    def test_it_shows_what_the_command_line_prints(
        self, opened: Page, project: Path, book: Book, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(project)
        type_text(opened, TEXTS[0])
        answer = CliRunner().invoke(main, ["similar", "-", "--format", "json"], input=TEXTS[0])
        rows = [row for row in json.loads(answer.stdout)["-"] if row["sterkte"] >= NEIGHBOUR_FLOOR]
        shown = cards(opened, "casussen")
        assert [href for href, _ in shown] == [f"../casussen/{row['casus']}/" for row in rows]
        for row, (_, text) in zip(rows, shown, strict=True):
            assert book.case_by_id[row["casus"]].titel in text
            assert all(reason.lower() in text.lower() for reason in row["redenen"])
        assert cards(opened, "patronen")
        assert len(rows) > 1
        assert f"{len(rows)} casussen" in opened.locator("[data-ernaaststand]").inner_text()

    def test_nothing_leaves_and_nothing_stays(self, opened: Page, context: BrowserContext, address: str) -> None:
        kept = (
            "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.length, location.href])"
        )
        before = opened.evaluate(kept)
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        context.set_offline(True)
        type_text(opened, f"{PRIVATE} {TEXTS[1]}")
        expect(opened.locator("[data-vondsten] li")).to_have_count(3)
        assert cards(opened, "casussen")
        context.set_offline(False)
        assert asked == []
        assert opened.evaluate(kept) == before
        opened.reload()
        expect(field(opened)).to_have_value("")

    def test_a_text_is_never_code(self, opened: Page) -> None:
        dialogs: list[str] = []
        opened.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        evil = "Mevrouw Terpstra <img src=x onerror=alert(1)> </mark><script>alert(2)</script> 06-12345678 bijstand"
        type_text(opened, evil)
        expect(opened.locator("[data-vondsten] li")).to_have_count(2)
        assert "<img src=x" in opened.locator("[data-vondsten] li").first.inner_text()
        assert opened.locator("[data-ernaast] :is(img, script, [onerror])").count() == 0
        assert dialogs == []

    def test_it_warns_and_leads_to_the_place(self, opened: Page) -> None:
        type_text(opened, f"Bijstand. {PRIVATE}")
        found = opened.locator("[data-vondsten] li")
        expect(found).to_have_count(3)
        assert [mark.inner_text() for mark in found.locator("mark").all()] == ["Terpstra", "06-12345678", "111222333"]
        expect(opened.locator("[data-letopstand]")).to_contain_text("3 plekken")
        found.nth(1).get_by_role("button").click()
        expect(field(opened)).to_be_focused()
        chosen = opened.evaluate(
            "(({value, selectionStart: from, selectionEnd: to}) => value.slice(from, to))(document.activeElement)"
        )
        assert chosen == "06-12345678"
        type_text(opened, "Een moeder met bijstand.")
        expect(opened.locator("[data-let-op]")).to_be_hidden()
        expect(opened.locator("[data-letopstand]")).to_contain_text("geen persoonsgegeven meer")

    def test_by_keyboard_alone(self, opened: Page) -> None:
        field(opened).focus()
        opened.keyboard.type("Geen briefadres en geen uitkering")
        expect(opened.locator("[data-casussen] a").first).to_be_visible()
        opened.keyboard.press("Tab")
        expect(opened.get_by_role("button", name="Wis de tekst")).to_be_focused()
        opened.keyboard.press("Tab")
        expect(opened.locator("[data-patronen] a, [data-casussen] a").first).to_be_focused()
        opened.keyboard.press("Shift+Tab")
        opened.keyboard.press("Enter")
        expect(field(opened)).to_have_value("")
        expect(field(opened)).to_be_focused()
        expect(opened.locator("[data-casussen] a")).to_have_count(0)

    def test_without_script_it_says_so(self, browser: Browser, address: str) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}lijkt-op/")
        expect(page.locator("noscript .atlas-melding")).to_be_visible()
        expect(page.locator("noscript .atlas-melding")).to_contain_text("alleen met JavaScript")
        expect(page.locator("textarea#eigen-casus")).to_be_hidden()
        context.close()

    def test_an_index_that_does_not_come_is_told(self, page: Page, address: str) -> None:
        page.route(f"**/{LIKENESS}", lambda route: route.abort())
        page.goto(f"{address}lijkt-op/")
        expect(page.get_by_text("Vergelijken lukt nu niet")).to_be_visible()
        expect(page.locator("textarea#eigen-casus")).to_be_hidden()

    @pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
    def test_axe_and_narrow_screens(self, width: int, scheme: str, page: Page, address: str, book: Book) -> None:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(f"{address}lijkt-op/?casus={entry_with_neighbours(book)}")
        type_text(page, f"{PRIVATE} {TEXTS[0]} {'W' * 80}")
        expect(page.locator("[data-vondsten] li")).to_have_count(3)
        faults = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in faults] == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def entry_with_neighbours(book: Book) -> str:
    """A case that is in a pattern and has cases like it."""
    return next(entry.case.id for entry in book.cases if len(entry.neighbours) > 2 and entry.patterns)


class TestLinks:
    def test_from_a_case(self, page: Page, address: str, book: Book) -> None:
        own = next(entry for entry in book.cases if entry.case.id == entry_with_neighbours(book))
        page.goto(f"{address}casussen/{own.case.id}/")
        page.get_by_role("link", name="Lijkt dit op uw casus?").click()
        expect(page).to_have_url(f"{address}lijkt-op/?casus={own.case.id}")
        expect(page.get_by_role("heading", name="Wat lijkt op deze casus?")).to_be_visible()
        expect(page.locator("[data-vanlink]")).to_have_text(own.case.titel)
        wanted = [f"../casussen/{neighbour.case.id}/" for neighbour in own.neighbours]
        assert [href for href, _ in cards(page, "vancasussen")] == wanted
        type_text(page, own.case.situatie)
        expect(page.get_by_role("heading", name="Uw tekst naast deze casus")).to_be_visible()
        expect(page.locator("[data-zelf]")).to_contain_text("Hoort dit bij elkaar?")

    def test_from_a_pattern(self, page: Page, address: str, book: Book) -> None:
        pattern = next(entry for entry in book.patterns if entry.stands and len(entry.members) > 2)
        page.goto(f"{address}patronen/{pattern.id}/")
        page.get_by_role("link", name="Lijkt dit op uw casus?").click()
        expect(page).to_have_url(f"{address}lijkt-op/?patroon={pattern.id}")
        expect(page.locator("[data-vanlink]")).to_have_text(pattern.name)
        shown = [href for href, _ in cards(page, "vancasussen")]
        assert [f"../casussen/{member.case}/" for member in pattern.members] == shown[: len(pattern.members)]
        type_text(page, book.case_by_id[pattern.members[0].case].situatie)
        expect(page.get_by_role("heading", name="Uw tekst naast dit patroon")).to_be_visible()

    def test_every_case_and_standing_pattern_has_its_link(self, built_site: Path, book: Book) -> None:
        for entry in book.cases:
            text = (built_site / f"casussen/{entry.case.id}/index.html").read_text("utf-8")
            assert f'href="../../lijkt-op/?casus={entry.case.id}"' in text
        for pattern in book.patterns:
            text = (built_site / f"patronen/{pattern.id}/index.html").read_text("utf-8")
            linked = f'href="../../lijkt-op/?patroon={pattern.id}"' in text
            assert linked == (pattern.stands and bool(pattern.members))

    @pytest.mark.parametrize("query", ["casus=bestaat-niet", "patroon=P-9999", "casus=<img src=x onerror=alert(1)>"])
    def test_an_unknown_one_is_told(self, query: str, page: Page, address: str) -> None:
        page.goto(f"{address}lijkt-op/?{query}")
        expect(page.locator("[data-vanlink]")).to_contain_text("kennen wij niet")
        assert page.locator("[data-ernaast] img").count() == 0


class TestWarnings:
    def test_the_hard_examples_of_the_privacy_rules_are_warned_of(self, tab: Page, address: str) -> None:
        missed = set()
        for rule in RULES:
            for line in examples(rule, "Found"):
                found = self.find(tab, address, MARK.sub(lambda match: match[1] or match[2], line))
                for start, end, value in marked(line):
                    if not any(one["start"] < end and start < one["end"] for one in found):
                        missed.add(value)
        assert missed == NOT_SEEN

    def test_most_of_what_the_rules_leave_alone_is_left_alone(self, tab: Page, address: str) -> None:
        lines = [line for rule in RULES for line in examples(rule, "Left alone")]
        warned = [line for line in lines if self.find(tab, address, line)]
        assert len(warned) <= len(lines) / 4, warned

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("bsn 999990019", "bsn"),
            ("NL91ABNA0417164300", "rekening"),
            ("Bel 06-12345678", "telefoon"),
            ("mail naar jan@voorbeeld.nl", "email"),
            ("Zij woont aan de Beukenlaan 14, 3512 AB Utrecht", "postcode"),
            ("auto met kenteken 12-ABC-3", "kenteken"),
            ("geboren op 4 juni 1971", "geboortedatum"),
            ("op 9 maart 2021 kwam de brief", "datum"),
            ("Meneer van der Zwaag belde", "naam"),
            ("de heer Haddou", "naam"),
        ],
    )
    def test_each_kind_has_its_name(self, text: str, kind: str, tab: Page, address: str) -> None:
        assert kind in {one["kind"] for one in self.find(tab, address, text)}
        assert tab.locator("[data-ernaasttekst]").get_attribute(f"data-{kind}")

    @pytest.mark.parametrize("text", [text for text in TEXTS if text])
    def test_an_ordinary_situation_is_left_alone(self, text: str, tab: Page, address: str) -> None:
        assert self.find(tab, address, text) == []

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(text=st.text(max_size=300))
    def test_findings_lie_inside_the_text_and_apart(self, text: str, tab: Page, address: str) -> None:
        found = self.find(tab, address, text)
        length = len(text.encode("utf-16-le", "surrogatepass")) // 2
        assert all(0 <= one["start"] < one["end"] <= length for one in found)
        assert all(one["end"] <= other["start"] for one, other in pairwise(found))

    def find(self, tab: Page, address: str, text: str) -> list[Mapping[str, int]]:
        script = "assets/javascripts/persoonsgegevens.js"
        return tab.evaluate("async ([script, text]) => (await import(script)).find(text)", [f"{address}{script}", text])


def examples(rule: str, heading: str) -> list[str]:
    """The lines below a heading of a rule's docstring."""
    lines = (import_module(f"generator.privacy.rules.{rule}").__doc__ or "").split("\n")
    start = lines.index(f"{heading}:") + 1
    end = next(row for row in range(start, len(lines)) if not lines[row].startswith("    "))
    return [line.strip() for line in lines[start:end]]


def marked(line: str) -> list[tuple[int, int, str]]:
    """Start, end and text of what a line marks, in the line without marks."""
    found = []
    for order, match in enumerate(MARK.finditer(line)):
        value = match[1] or match[2]
        start = match.start() - 2 * order
        found.append((start, start + len(value), value))
    return found
