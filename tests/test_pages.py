"""Pages: whatever a record holds is shown as text; nothing of it becomes markup, a template or an attribute."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError
from pydantic import ValidationError

from generator.changes import Changes
from generator.pages import render_blocks, render_pages, render_problem_page
from generator.problems import Place, Problem
from generator.rendering import (
    DESCRIPTION_LENGTH,
    Page,
    Renderer,
    lead,
    make_environment,
    paragraphs,
    render_decimal,
    render_euro,
    shorten,
    split_links,
    strength_word,
)
from generator.totals import collect
from generator.vocabulary import load_vocabulary
from tests.factories import A_PROPOSAL, a_case, a_pattern, a_record, a_registry, a_smuggled_book, some_records

VOCABULARY = load_vocabulary()
NOTHING_NEW = Changes("", (), (), (), (), ())

EVIL = (
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "{% include 'home.html' %}",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)",
    "</title></head><body>",
    "[klik](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp; &#60;",
    "<!--atlas-schil-eind-->",
    "${7*7} #{7*7} <%= 7*7 %>",
)


class Reading(HTMLParser):
    """What a browser makes of a piece of HTML: its text, its elements, its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.elements: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.comments = 0
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_comment(self, data: str) -> None:
        self.comments += 1


def everywhere(text: str) -> dict[str, Any]:
    """A record that holds `text` in every field that takes text."""
    line = {"wat": text, "bedrag": "12.50", "per": "maand", "budget": "wmo", "zekerheid": "bekend"}
    return {
        "titel": text,
        "gemeente": text,
        "situatie": text,
        "vraag": text,
        "knelpunt__tekst": text,
        "knelpunt__regels": [{"lokaal": text}, {"wet": "pw", "artikel": "35", "lid": text}],
        "doorbraak__tekst": text,
        "doorbraak__grondslag": [{"lokaal": text}],
        "scenarios": {name: {"verloop": text, "kosten": [line]} for name in ("niets_doen", "regulier", "maatwerk")},
        "onderbouwing": dict.fromkeys(("rechtmatigheid", "rendement", "betrokkenheid", "gelijkheid", "uitleg"), text),
        "besluit": {"door": text, "route": [text]},
        "afspraken": [text],
        "betrokkenen": [text],
        "werkwijze": {"eerste_probleem": text, "partners": [text]},
        "resultaat": {"status": "geslaagd", "tekst": text, "niet_gewerkt": text, "geleerd": text, "stem_inwoner": text},
        "wijziging": [{"soort": "budgetten-ontschotten", "niveau": "werkproces", "voorstel": text,
                       "regel": {"lokaal": text}}],
        "bronnen": [{"titel": text, "uitgever": text, "url": "https://voorbeeld.invalid/?a=1&b='"[:-1]}],
    }  # fmt: skip


def pages_of(*changes: dict[str, Any], edit_address: str = "") -> dict[str, Page]:
    book = a_smuggled_book(*[a_record(**change) for change in changes])
    return {page.address: page for page in render_pages(book, NOTHING_NEW, edit_address)}


def case_page(**changes: Any) -> Page:
    book = a_smuggled_book(a_record(**changes))
    return next(page for page in render_pages(book, NOTHING_NEW) if page.address == "casussen/fiets-voor-de-bakker/")


@pytest.fixture(scope="module")
def plain_elements() -> set[str]:
    """The elements of a case page that holds nothing odd."""
    return Reading(case_page(**everywhere("gewone tekst")).body).elements


@pytest.mark.parametrize("evil", EVIL)
def test_text_of_a_record_is_text_in_the_body(evil, plain_elements):
    found = Reading(case_page(**everywhere(evil)).body)
    assert found.elements == plain_elements
    assert found.comments == 0
    assert found.words.count(evil) > 20
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    assert not [value for _, value in found.attributes if "alert" in value or "javascript:" in value]


@pytest.mark.parametrize("evil", EVIL)
def test_text_of_a_record_is_text_in_the_head(evil):
    page = case_page(**everywhere(evil))
    for said in (page.title, page.description):
        assert Reading(f"<title>{said}</title>").words == evil
        (attribute,) = Reading(f'<meta content="{said}">').attributes
        assert attribute == ("content", evil)


def test_text_of_a_record_is_text_on_every_other_page():
    def pages(text: str) -> dict[str, Page]:
        record = {**everywhere(text), "titel": text[:120]}
        return pages_of(record, {**record, "id": "tweede"})

    plain = pages("gewone tekst")
    for address, page in pages(" ".join(EVIL)).items():
        if not address.startswith("patronen/k-"):
            assert Reading(page.body).elements == Reading(plain[address].body).elements, address
        assert "<script>alert" not in page.body
        assert not [value for _, value in Reading(page.body).attributes if "alert(" in value]


def a_whole_proposal(text: str) -> dict[str, Any]:
    """A proposal and steps that hold `text` wherever a person can write."""
    headings = dict.fromkeys(("tekst", "waarom_dit_niveau", "signaal", "regel", "gevolgen", "ruimte"), text)
    ways = ("niets_doen", "bestaande_ruimte", "lokale_regel", "landelijke_regel")
    return {
        "voorstel": {
            **{**A_PROPOSAL, "door": text, "te_wijzigen": {"lokaal": text}, "veranderingen": text, **headings},
            "opties": dict.fromkeys(ways, text),
            "concepttekst": {"nu": text, "voorstel": text},
            "effecten": [text],
            "tegenargumenten": [{"bezwaar": text, "antwoord": text}],
        },
        "stappen": [
            {"stap": "afgewezen", "datum": "2026-01-02", "aan": text, "antwoord": text, "url": "https://a.invalid/?b&c"}
        ],
    }


def a_solution(text: str) -> dict[str, Any]:
    """How a rule was changed, with `text` wherever a person can write."""
    milestone = {"wanneer": text, "wat": text, "bronnen": ["https://a.invalid/?b&c"]}
    return {"oplossing": {"per": "2026-01-02", "wat": text, "weg": [milestone]}}


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        ("vastgesteld", {"voorstellen/P-0001/": 20, "voorstellen/": 2}),
        ("opgelost", {"voorstellen/P-0001/": 4, "voorstellen/opgelost/": 5}),
    ],
)
def test_what_a_person_writes_of_a_pattern_is_text_on_every_page(status, shown):
    def pages(text: str) -> dict[str, Page]:
        ids = [f"verzonnen-casus-{number:02}" for number in (0, 3, 6)]
        said = {
            "naam": text,
            "omschrijving": text,
            "reacties": [text],
            "status": status,
            **(a_whole_proposal(text) if status == "vastgesteld" else a_solution(text)),
        }
        out = [{"casus": "verzonnen-casus-01", "reden": text}]
        registry = a_registry(a_pattern("P-0001", ids, uitgesloten=out, **said))
        book = a_smuggled_book(*some_records(9), registry=registry)
        return {page.address: page for page in render_pages(book, NOTHING_NEW)}

    evil = " ".join(EVIL)
    plain, found = pages("gewone tekst"), pages(evil)
    assert evil in Reading(found["patronen/P-0001/"].body).words
    assert evil in Reading(found["patronen/"].body).words
    for address, times in shown.items():
        assert Reading(found[address].body).words.count(evil) >= times, address
    document = Reading(found["voorstellen/P-0001/"].document)
    assert document.elements == Reading(plain["voorstellen/P-0001/"].document).elements
    for address, page in found.items():
        reading = Reading(page.body)
        assert reading.elements == Reading(plain[address].body).elements, address
        assert reading.comments == Reading(plain[address].body).comments, address
        assert not [name for name, _ in reading.attributes if name.startswith("on")], address
        links = [value for name, value in reading.attributes if name in {"href", "src", "action"}]
        assert not [link for link in links if "javascript:" in link], address


def test_the_text_of_a_script_is_never_run_by_a_template():
    assert "49" not in case_page(situatie="{{ 7*7 }}").body


@settings(max_examples=10)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=100).filter(str.strip))
def test_any_title_can_be_read_back(plain_elements, text):
    page = case_page(titel=text)
    title = " ".join(text.split())
    assert unescape(page.title) == title
    assert title in " ".join(Reading(page.body).words.split())
    assert Reading(page.body).elements <= plain_elements


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,<script>", 'https://a/"onclick="alert(1)'])
def test_a_link_that_is_no_address_never_reaches_a_page(url):
    with pytest.raises(ValidationError):
        a_case(bronnen=[{"titel": "Een bron", "url": url}])


def test_the_address_of_a_source_is_an_escaped_attribute():
    body = case_page(bronnen=[{"titel": "Een bron", "url": "https://voorbeeld.invalid/?a=1&copy=2"}]).body
    assert ("href", "https://voorbeeld.invalid/?a=1&copy=2") in Reading(body).attributes
    assert "&amp;copy=2" in body


def test_the_edit_link_is_there_only_if_there_is_an_address():
    def links(edit_address: str) -> list[str]:
        page = pages_of({}, edit_address=edit_address)["casussen/fiets-voor-de-bakker/"]
        return [value for name, value in Reading(page.body).attributes if name == "href" and "yaml" in value]

    assert links("") == []
    assert links("https://voorbeeld.invalid/bewerk/") == [
        "https://voorbeeld.invalid/bewerk/cases/fiets-voor-de-bakker.yaml"
    ]


@pytest.mark.parametrize("count", [0, 1, 2, 15])
def test_any_number_of_records_makes_pages(count):
    book = a_smuggled_book(*some_records(count))
    addresses = [page.address for page in render_pages(book, NOTHING_NEW)]
    assert len(addresses) == len(set(addresses))
    assert all(address.endswith("/") and not address.startswith("/") for address in addresses)
    assert {"casussen/", "patronen/", "wetten/", "methode/", "zoeken/"} <= set(addresses)
    assert sum(address.startswith("casussen/") for address in addresses) == count + 1
    assert [block.marker for block in render_blocks(book)] == ["maatwerkatlas:home"]


def test_the_same_records_give_the_same_pages():
    records = some_records(9)
    first = list(render_pages(a_smuggled_book(*records), NOTHING_NEW))
    assert list(render_pages(a_smuggled_book(*records[::-1]), NOTHING_NEW)) == first


def test_every_page_has_a_title_a_description_and_one_heading():
    for page in render_pages(a_smuggled_book(*some_records(15)), NOTHING_NEW):
        assert page.title.strip(), page.address
        assert page.description.strip(), page.address
        assert "\n" not in page.title + page.description
        assert page.body.count("<h1") == 1, page.address


def test_a_withdrawn_case_keeps_its_address_and_loses_its_text():
    page = case_page(status="ingetrokken", **{k: v for k, v in everywhere("Zilverreiger").items() if k != "status"})
    assert page.title == "Ingetrokken casus"
    assert "Zilverreiger" not in page.title + page.description + page.body


def test_a_case_without_anything_optional_has_a_page():
    assert "niet genoemd" in case_page(gemeente=None, periode="onbekend").body


def test_money_is_shown_by_payer_with_what_is_missing():
    known = {"wat": "plek", "bedrag": "3500", "per": "maand", "budget": "jeugdwet", "zekerheid": "bekend"}
    guess = {"wat": "kamer", "bedrag": "500", "per": "maand", "budget": "bijstand", "zekerheid": "geschat"}
    blank = {"wat": "hulp", "budget": "wmo", "zekerheid": "onbekend"}
    words = Reading(case_page(scenarios={"regulier": {"kosten": [known]}, "maatwerk": {"kosten": [guess, blank]}}).body)
    text = " ".join(words.words.split())
    assert "€ 42.000" in text
    assert "€ 6.000 geschat" in text
    assert "1 bedrag onbekend" in text
    assert "minder dan" not in text


THREE_WAYS = {
    name: {"kosten": [{"wat": "plek", "bedrag": bedrag, "per": "maand", "budget": budget, "zekerheid": "bekend"}]}
    for name, bedrag, budget in (
        ("niets_doen", "3500", "jeugdwet"), ("regulier", "2500", "onbekend"), ("maatwerk", "500", "bijstand")
    )
}  # fmt: skip


def test_who_pays_and_who_saves_stands_in_a_picture_and_in_a_table():
    body = case_page(scenarios=THREE_WAYS).body
    reading = Reading(body)
    assert "svg" in reading.elements
    assert ("id", "balans-beeld-titel") in reading.attributes
    outside = " ".join(Reading(re.sub("<svg.*?</svg>", "", body, flags=re.DOTALL)).words.split())
    for said in (
        "Dit maatwerk kost € 36.000 minder dan niets doen, over 12 maanden.",
        "Dit maatwerk kost € 24.000 minder dan de gewone weg, over 12 maanden.",
        "Bijstand (gemeente) betaalt € 6.000 meer betaalt € 6.000 meer",
        "Jeugdwet (gemeente) bespaart € 42.000 –",
        "Niet bekend wie – bespaart € 30.000",
    ):
        assert said in outside
    (picture,) = re.findall("<svg.*?</svg>", body, flags=re.DOTALL)
    assert picture.count("betaalt € 6.000 meer") == 2
    ids = [value for name, value in reading.attributes if name == "id"]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("change", [{"zekerheid": "geschat"}, {"zekerheid": "onbekend", "bedrag": None, "per": None}])
def test_there_is_no_picture_of_what_is_not_completely_known(change):
    line = {key: value for key, value in {**THREE_WAYS["maatwerk"]["kosten"][0], **change}.items() if value}
    body = case_page(scenarios={**THREE_WAYS, "maatwerk": {"kosten": [line]}}).body
    words = " ".join(Reading(body).words.split())
    assert "<svg" not in body
    assert ("naar schatting € 36.000 minder dan niets doen" in words) == ("bedrag" in line)
    assert words.count("bespaart € 42.000 geschat") == ("bedrag" in line)


def test_unknown_payers_are_told_apart():
    known = THREE_WAYS["regulier"]["kosten"][0]
    scenarios = {"regulier": {"kosten": [known]}, "maatwerk": {"kosten": [{**known, "bedrag": "500"}]}}
    words = " ".join(Reading(case_page(scenarios=scenarios).body).words.split())
    assert "bespaart € 30.000, betaalt € 6.000 meer" in words
    assert "trekken wij die bedragen niet van elkaar af" in words


def money_of_cases(*scenarios: dict[str, Any]) -> str:
    """The words of the totals over cases, as pages of patterns and proposals show them."""
    records = [a_record(id=f"casus-{at}", scenarios=found or None) for at, found in enumerate(scenarios)]
    book = a_smuggled_book(*records)
    totals = '{% from "geld.html" import geldtotaal %}{{ geldtotaal(geld) }}'
    money = collect([entry.money for entry in book.cases])
    shown = Renderer(book)._environment(1).from_string(totals).render(geld=money)
    return " ".join(Reading(shown).words.split())


def test_totals_say_of_how_many_cases_they_speak():
    guess = {"wat": "kamer", "bedrag": "100", "per": "maand", "budget": "wmo", "zekerheid": "geschat"}
    blank = {"wat": "hulp", "budget": "wmo", "zekerheid": "onbekend"}
    words = money_of_cases(
        THREE_WAYS,
        {"regulier": {"kosten": [guess]}, "maatwerk": {"kosten": [blank]}},
        {"regulier": {"kosten": [guess]}, "maatwerk": {"kosten": [guess]}},
        {},
    )
    for said in (
        "Niets doen € 42.000 over 1 van 4 casussen – 3 casussen",
        "De gewone weg € 30.000 over 1 van 4 casussen € 2.400 over 2 van 4 casussen 1 casus",
        "Het maatwerk € 6.000 over 1 van 4 casussen € 1.200 over 1 van 4 casussen 2 casussen bij 1 mist een bedrag",
        "Elke som loopt over 12 maanden.",
        "Het maatwerk kost € 36.000 minder dan niets doen, over 1 van 4 casussen.",
        "Bijstand (gemeente) betaalt € 6.000 meer (1 casus); Jeugdwet (gemeente) bespaart € 42.000 (1 casus).",
        "Het maatwerk kost naar schatting evenveel als de gewone weg, over 1 van 4 casussen.",
        "Wmo (gemeente) blijft gelijk (1 casus)",
    ):
        assert said in words


def test_totals_without_figures_say_so():
    assert "Geen van de 2 casussen noemt volledige bedragen." in money_of_cases({}, {})
    assert "De casus noemt geen volledige bedragen." in money_of_cases({})
    alone = money_of_cases({"maatwerk": THREE_WAYS["maatwerk"]})
    assert "Het maatwerk € 6.000 over 1 van 1 casus" in alone
    assert "Daarom staat hier niet wat het oplevert." in alone


def words_of(page: Page) -> str:
    return " ".join(Reading(page.body).words.split())


KOSTENDELER = {"knelpunt__regels": [{"wet": "pw", "artikel": "22a", "rol": "blokkeert"}]}


def test_a_case_says_what_changed_in_its_rules_since():
    page = case_page(periode="2020", **KOSTENDELER)
    assert words_of(page).count("Controleer: regel gewijzigd per 1 januari 2023") == 2
    assert "Eerder was die grens 21 jaar." in words_of(page)
    assert "niet nagekeken" in words_of(page)
    assert ("href", "../../wetten/pw/artikel-22a/") in Reading(page.body).attributes


def test_a_case_without_a_period_says_so_and_a_later_one_says_nothing():
    unknown = words_of(case_page(periode="onbekend", **KOSTENDELER))
    assert "Regel gewijzigd per 1 januari 2023; de periode van de casus is niet bekend" in unknown
    assert "Controleer: regel" not in unknown
    looked = {"knelpunt__regels": [{**KOSTENDELER["knelpunt__regels"][0], "nagekeken": "2026-11-20"}]}
    for changes in ({"periode": "2026-K4", **KOSTENDELER}, {"periode": "2020", **looked}):
        assert "regel gewijzigd per" not in words_of(case_page(**changes)).lower()


def test_what_is_planned_is_not_told_as_done():
    rule = {"wet": "pw", "artikel": "36", "rol": "blokkeert"}
    text = words_of(case_page(periode="2020", knelpunt__regels=[rule]))
    assert "deze regel verandert naar plan per 1 januari 2027" in text
    assert "gewijzigd per" not in text


def test_a_pattern_says_which_cases_a_change_may_concern():
    book = a_smuggled_book(*some_records(9))
    pages = {page.address: page for page in render_pages(book, NOTHING_NEW)}
    pattern = next(p for p in book.patterns if "verzonnen-casus-00" in {member.case for member in p.members})
    text = words_of(pages[f"patronen/{pattern.id}/"])
    assert "Controleer: regel gewijzigd per 1 januari 2023" in text
    assert "Het gaat om alle 3 casussen." in text


def test_an_article_says_what_it_did_and_which_reform_changes_it():
    room = {"doorbraak__grondslag": [{"wet": "pw", "artikel": "22a", "rol": "ruimte"}]}
    pages = pages_of(
        {"id": "een", **KOSTENDELER}, {"id": "twee", **room}, {"id": "drie", **room, "resultaat__status": "loopt"}
    )
    text = words_of(pages["wetten/pw/artikel-22a/"])
    assert "Gaf ruimte in 2 casussen: 1 geslaagd, 1 loopt nog. Stond in de weg in 1 casus." in text
    assert "Hervorming: Kostendelersnorm pas vanaf 27 jaar (35394)" in text
    assert "3 casussen · gaf ruimte in 2 · stond in de weg in 1" in words_of(pages["wetten/pw/"])
    assert words_of(pages["wetten/"]).index("Participatiewet") < words_of(pages["wetten/"]).index("Jeugdwet")


def test_local_rules_and_reforms_have_a_page_and_are_linked():
    pages = pages_of({"knelpunt__regels": [{"lokaal": "Verordening vervoer", "rol": "blokkeert"}]})
    (entry,) = a_smuggled_book(
        a_record(knelpunt__regels=[{"lokaal": "Verordening vervoer", "rol": "blokkeert"}])
    ).local_rules
    assert ("id", entry.anchor) in Reading(pages["wetten/lokaal/"].body).attributes
    case = Reading(pages["casussen/fiets-voor-de-bakker/"].body).attributes
    assert ("href", f"../../wetten/lokaal/#{entry.anchor}") in case
    links = {value for name, value in Reading(pages["wetten/"].body).attributes if name == "href"}
    assert "../wetten/lokaal/" in links
    ids = {value for name, value in Reading(pages["wetten/hervormingen/"].body).attributes if name == "id"}
    assert {reform.id for reform in VOCABULARY.hervormingen} <= ids
    assert {link.partition("#")[2] for link in links if "wetten/hervormingen/#" in link} <= ids


def test_without_local_rules_their_page_says_so():
    assert "Nog geen casus noemt een lokale regel." in words_of(pages_of({})["wetten/lokaal/"])


def test_the_problem_page_names_file_place_and_message():
    problem = Problem("cases/<a>.yaml", Place(3, 4), "YAML-TAB")
    page = render_problem_page(a_smuggled_book(), (problem,))
    assert page.address == "problemen/"
    assert "cases/&lt;a&gt;.yaml:3:4" in page.body
    assert problem.message in Reading(page.body).words
    assert "Alle records kloppen" in render_problem_page(a_smuggled_book(), ()).body


def test_links_climb_to_the_root_from_any_depth():
    for address, page in pages_of({}).items():
        ups = {value[: len("../") * address.count("/")] for name, value in Reading(page.body).attributes
               if name == "href" and value.startswith(".")}  # fmt: skip
        assert ups <= {"../" * address.count("/")}, address


def test_a_missing_value_in_a_template_is_a_fault():
    with pytest.raises(UndefinedError):
        make_environment().from_string("{{ bestaat_niet }}").render()
    assert make_environment().from_string("{{ a }}").render(a="<b>") == "&lt;b&gt;"


def test_a_renderer_makes_one_page_of_one_template():
    page = Renderer(a_smuggled_book()).page("methoden.html", "methode/")
    assert (page.address, page.title) == ("methode/", "Werkwijzen")


@pytest.mark.parametrize(
    ("amount", "text"),
    [("3500", "€\u00a03.500"), ("1972.93", "€\u00a01.972,93"), ("0", "€\u00a00"), ("0.5", "€\u00a00,50"),
     ("-36000", "€\u00a0−36.000"), ("1234567.00", "€\u00a01.234.567")],
)  # fmt: skip
def test_euros_are_written_the_dutch_way(amount, text):
    assert render_euro(Decimal(amount)) == text


def test_paragraphs_are_split_at_empty_lines():
    assert paragraphs("een\ntwee\n\n\ndrie\n") == ["een twee", "drie"]
    assert paragraphs("\n\n") == []


@given(st.text(), st.integers(10, 200))
def test_a_shortened_text_is_the_beginning_of_the_text(text, length):
    short = shorten(text, length)
    assert len(short) <= length + 1
    assert " ".join(text.split()).startswith(short.removesuffix("…"))
    assert shorten("kort", DESCRIPTION_LENGTH) == "kort"


@pytest.mark.parametrize(
    ("text", "length", "beginning"),
    [
        ("Kort. Ook kort. Dit past er niet meer bij.", 20, "Kort. Ook kort."),
        ("Eerste zin.\nTweede zin.", 100, "Eerste zin. Tweede zin."),
        ("Zie art. 3 van de wet. Meer niet.", 25, "Zie art. 3 van de wet."),
        ("Een zin die te lang is om te passen.", 12, "Een zin die…"),
        ("Zonder punt", 40, "Zonder punt"),
    ],
)
def test_a_lead_is_made_of_whole_sentences(text, length, beginning):
    assert lead(text, length) == beginning


@given(st.text(), st.integers(10, 200))
def test_a_lead_is_the_beginning_of_the_text(text, length):
    short = lead(text, length)
    assert len(short) <= length + 1
    assert " ".join(text.split()).startswith(short.removesuffix("…"))


def test_a_certainty_has_a_number_and_the_word_of_that_number():
    assert [render_decimal(number) for number in (0.0, 0.798, 1.0)] == ["0,00", "0,80", "1,00"]
    words = [strength_word(number) for number in (1.0, 0.798, 0.79, 0.5, 0.2, 0.19, 0.0)]
    assert words == ["heel zeker"] * 2 + ["vrij zeker"] * 2 + ["onzeker"] + ["onwaarschijnlijk"] * 2


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        (
            "Zie https://a.invalid/b?c=1&d=2 en (https://e.invalid/f).",
            ["https://a.invalid/b?c=1&d=2", "https://e.invalid/f"],
        ),
        ("javascript:alert(1) http://a.invalid/", []),
        ('https://a.invalid/"onclick="x', ["https://a.invalid/"]),
        ("", []),
    ],
)
def test_only_web_addresses_become_links(text, addresses):
    pieces = split_links(text)
    assert "".join(piece for piece, _ in pieces) == text
    assert [address for _, address in pieces if address] == addresses
