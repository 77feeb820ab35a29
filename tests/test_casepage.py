"""The page of a case as a worked example: first answers, the order of the story, texts to reuse, counter-examples."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import Any

import pytest

from generator.changes import Changes
from generator.pages import render_pages
from generator.rendering import PRINT_SIZES, Page, print_size
from tests.factories import STORIES, a_case, a_record, a_smuggled_book

NOTHING_NEW = Changes("", (), (), (), (), ())
LINE = {"wat": "kamer", "bedrag": "500", "per": "maand", "budget": "bijstand", "zekerheid": "bekend"}
WHOLE: dict[str, Any] = {
    "vraag": "De bakker wil op tijd zijn.",
    "knelpunt__regels": [{"wet": "pw", "artikel": "7", "rol": "blokkeert"}],
    "doorbraak__grondslag": [{"wet": "pw", "artikel": "18", "rol": "ruimte"}, {"lokaal": "Beleidsregel fiets"}],
    "doorbraak__juridisch": "mag_met_motivering",
    "scenarios": {"regulier": {"kosten": [LINE]}, "maatwerk": {"verloop": "Een fiets.", "kosten": [LINE]}},
    "onderbouwing": {
        "rechtmatigheid": "De wet laat ruimte.\n\nDe raad vindt dat ook.",
        "rendement": "Een baan in plaats van een uitkering.",
        "betrokkenheid": "De bakker staat zelf vroeg op.",
        "gelijkheid": "Er rijdt geen bus.",
        "uitleg": "Een fiets is goedkoper dan een taxi.",
    },
    "besluit": {"door": "consulent", "mandaat": "team"},
    "afspraken": ["na zes maanden terugbetalen"],
    "werkwijze": {"evaluatie": "Het hielp."},
    "resultaat": {"status": "geslaagd", "tekst": "De bakker werkt.", "niet_gewerkt": "De eerste fiets was te klein.",
                  "stem_inwoner": "Ik ben blij.", "geleerd": "Vraag naar de maat.", "spijt": "nee"},
    "wijziging": [{"soort": "doelgroep-verruimen", "niveau": "werkproces", "voorstel": "Geef vaker een fiets."}],
}  # fmt: skip
ORDER = (
    "kort mag-dit situatie vraag knelpunt regels doorbraak drie-vragen geld onderbouwing besluit afspraken werkwijze"
    " resultaat niet_gewerkt stem geleerd wijziging motivering anders-besloten vergelijkbaar patroon bron"
).split()


def pages_of(*changes: dict[str, Any], site: str = "") -> dict[str, Page]:
    book = a_smuggled_book(*[a_record(**change) for change in changes])
    return {page.address: page for page in render_pages(book, NOTHING_NEW, site_address=site)}


def body_of(site: str = "", **changes: Any) -> str:
    return pages_of(changes, site=site)["casussen/fiets-voor-de-bakker/"].body


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def blocks_of(body: str) -> dict[str, str]:
    """The blocks to reuse: the name of the block to what stands in it."""
    parts = re.split(r'<div class="atlas-motivering__blok"', body)[1:]
    return {re.search(r'id="motivering-(\w+)"', part)[1]: part.split("</div>")[0] for part in parts}


def texts_of(block: str) -> list[tuple[str, str]]:
    """What would be copied: the mark of the text and its words."""
    found = re.findall(r'<p[^>]*data-kopieertekst(?:="(\w+)")?>(.*?)</p>', block, re.DOTALL)
    return [(mark, re.sub(r" ([:;.,])", r"\1", words(text))) for mark, text in found]


def test_the_parts_stand_in_the_order_of_the_story():
    ids = re.findall(r'\bid="([^"]+)"', body_of(**WHOLE))
    assert [name for name in ids if name in ORDER] == ORDER


def test_headings_go_down_one_level_at_a_time():
    for changes in ({}, WHOLE):
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", body_of(**changes))]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_first_block_says_what_was_stuck_done_allowed_and_how_it_ended():
    body = body_of(**WHOLE)
    first = words(body[body.index('class="atlas-eerst"') : body.index("</section>")])
    places = [first.index(said) for said in (
        "Wat zat vast De regeling vergoedt een buskaart", "Wat is gedaan De consulent betaalde",
        "Mag dit? Ja, met een goede motivering", "Beleidsregel fiets", "Hoe liep het af Geslaagd De bakker werkt.",
    )]  # fmt: skip
    assert places == sorted(places)


@pytest.mark.parametrize("changes", [{}, WHOLE], ids=["least", "whole"])
def test_the_list_of_parts_names_what_is_there_in_its_order(changes):
    body = body_of(**changes)
    listed = re.findall(r'href="#([^"]+)"', body)
    ids = re.findall(r'\bid="([^"]+)"', body)
    assert len(ids) == len(set(ids))
    places = [ids.index(name) for name in listed]
    assert places == sorted(places)
    headings = re.findall(r'<h2 id="([^"]+)"(?! class="atlas-onzichtbaar")', body)
    assert set(headings) - set(listed) == set()


def test_the_motivation_is_made_of_what_the_record_says():
    found = {name: texts_of(block) for name, block in blocks_of(body_of(**WHOLE)).items()}
    assert found == {
        "feiten": [
            ("", "Situatie: Een bakker begint om vier uur in de nacht. Dan rijdt er nog geen bus."),
            ("", "Knelpunt: De regeling vergoedt een buskaart en geen fiets."),
        ],
        "belangen": [
            ("", "Vraag van het huishouden: De bakker wil op tijd zijn."),
            ("", "Betrokkenheid: De bakker staat zelf vroeg op."),
            ("", "Rendement: Een baan in plaats van een uitkering."),
        ],
        "gelijkheid": [("", "Gelijke behandeling: Er rijdt geen bus.")],
        "grondslag": [
            ("", "Regels die ruimte gaven: Participatiewet artikel 18; Beleidsregel fiets"),
            ("", "Rechtmatigheid: De wet laat ruimte."),
            ("", "De raad vindt dat ook."),
            (
                "",
                "Mag, met motivering: Het mag, als het besluit goed uitlegt waarom het in dit geval nodig is.",
            ),
        ],
    }


@pytest.mark.parametrize("onderbouwing", [None, dict.fromkeys(("rechtmatigheid", "gelijkheid"), "onbekend")])
def test_what_the_record_does_not_say_is_named_and_not_made_up(onderbouwing):
    found = {name: texts_of(block) for name, block in blocks_of(body_of(onderbouwing=onderbouwing)).items()}
    assert found["feiten"][0][0] == ""
    assert found["belangen"] == [
        ("mist", "Niet in deze casus: vraag van het huishouden, betrokkenheid, rendement. "
                 "Schrijf zelf op wat het huishouden wil en doet, en wat het oplevert."),
    ]  # fmt: skip
    assert found["gelijkheid"][0][1].startswith("Niet in deze casus: waarom dit huishouden wel")
    assert found["grondslag"] == [
        ("mist", "Niet in deze casus: een regel die ruimte gaf, rechtmatigheid, of dit mag. "
                 "Zoek zelf op welke regel ruimte geeft."),
    ]  # fmt: skip


def test_every_block_is_marked_as_an_example_and_no_button_stands_in_the_page_itself():
    body = body_of(**WHOLE)
    blocks = blocks_of(body)
    assert len(blocks) == 4
    assert all("Voorbeeld: pas aan op uw eigen casus" in words(block) for block in blocks.values())
    assert "<button" not in body
    assert body.count("assets/javascripts/kopieren.js") == 1


def test_the_source_of_a_copied_text_is_the_address_of_the_page():
    address = 'data-adres="https://atlas.invalid/casussen/fiets-voor-de-bakker/"'
    assert address in body_of(site="https://atlas.invalid/")
    assert 'data-adres="/casussen/fiets-voor-de-bakker/"' in body_of()


@pytest.mark.parametrize(
    ("word", "status", "said"),
    [
        ("mag_niet", "niet_gelukt", "in deze casus mocht het niet"),
        ("omstreden", "geslaagd", "verschillen de meningen"),
        ("mag", "niet_gelukt", "deze casus is niet gelukt"),
        ("mag", "geslaagd", ""),
    ],
)
def test_a_motivation_that_did_not_hold_is_no_example_without_a_warning(word, status, said):
    body = body_of(doorbraak__juridisch=word, resultaat__status=status)
    intro = words(body[body.index('id="motivering"') : body.index('id="motivering-feiten"')])
    assert ("Let op:" in intro) == bool(said)
    assert said in intro


def test_a_counterexample_says_what_went_the_other_way_and_what_differed():
    here = {"id": "goed", "besluit": {"door": "wijkteam"}, "doorbraak__juridisch": "mag"}
    there = {
        "id": "fout",
        "gemeente": "Tilburg",
        "resultaat__status": "niet_gelukt",
        "doorbraak__juridisch": "mag_niet",
        "doorbraak__grondslag": [{"wet": "pw", "artikel": "18"}],
        "besluit": {"door": "rechter"},
    }
    pages = pages_of({**STORIES[0], **here}, {**STORIES[0], **there})
    body = pages["casussen/goed/"].body
    said = re.sub(
        r" ([;.,])", r"\1", words(body[body.index('id="anders-besloten"') : body.index('id="vergelijkbaar"')])
    )
    assert "Anders: afloop: hier geslaagd, daar niet gelukt; mag dit: hier mag, daar mag niet." in said
    assert "plaats: hier Utrecht, daar Tilburg; besloten door: hier wijkteam, daar rechter" in said
    assert "grondslag: hier geen genoemd, daar Participatiewet artikel 18." in said
    assert "Zelfde artikel" in said
    assert 'href="../../casussen/fout/"' in body


def test_without_a_counterexample_the_page_says_so():
    assert "Wij kennen geen casus die hierop lijkt en anders afliep." in words(body_of())


@pytest.mark.parametrize("size", PRINT_SIZES)
def test_the_size_of_type_on_paper_follows_the_length_of_the_case(size):
    case = a_case(situatie="woord " * (PRINT_SIZES[size] // 6 + 1))
    assert print_size(case) == size
    assert f"atlas-casus--{size}" in body_of(situatie=case.situatie)
