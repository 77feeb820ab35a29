"""What can be found: one small document a page, with words of the page and codes of our own lists."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import findable, parallel
from generator.codes import article_code, concept_codes, law_code, number_code
from generator.findable import (
    FACETS,
    Findable,
    find_pages,
    kind_labels,
    kind_weights,
    render_findable,
    render_found,
    search_words,
)
from generator.findhead import number_pages, page_numbers
from generator.findtable import MOST_WORDS, IndexEntry, Lists, read_entry, render_tables
from generator.pages import render_pages
from generator.vocabulary import article_slug, load_concepts
from tests.factories import a_book, a_record, some_records
from tests.test_pages import NOTHING_NEW

BUS = a_record(
    id="bus",
    titel="Busje naar school",
    situatie="Een leerling reist ver.",
    knelpunt__tekst="De schoolbus rijdt niet meer.",
    knelpunt__regels=[
        {"wet": "pw", "artikel": "22a", "rol": "blokkeert"},
        {"lokaal": "Verordening leerlingenvervoer", "rol": "blokkeert"},
    ],
    periode="2018-2020",
)


class Words(HTMLParser):
    """The text of a document."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def words(html: str) -> set[str]:
    return set(re.findall(r"\w+", " ".join(Words(html).texts).lower()))


def entries_of(book, written=None) -> dict[str, Findable]:
    return {entry.address: entry for entry in find_pages(book, render_pages(book, NOTHING_NEW), written or {})}


def row(title: str, name: str = "nl_1", text: str = "", **facets: list[str]) -> IndexEntry:
    return IndexEntry(name, title, text, facets)


def tables(entries, vocabulary, concepts=()):
    return render_tables(entries, Lists(FACETS, {"Casus": 0.5}, concepts, vocabulary.wetten))


def unpack(entries, vocabulary, concepts=()):
    return json.loads(gzip.decompress(tables(entries, vocabulary, concepts).first))


def head(*pages: bytes, rest: bytes = b"") -> bytes:
    """A head of an index as the search program packs it: names with their length before them, and numbers of words."""
    return gzip.compress(b"pagefind_dcd\x86\x651.5.2" + b"".join(pages) + rest)


def test_every_page_can_be_found_but_the_search_page_itself():
    book = a_book(*some_records(5))
    addresses = {page.address for page in render_pages(book, NOTHING_NEW)}
    kits = {address for address in addresses if re.match("leren/.", address)}
    assert set(entries_of(book)) == addresses - kits - {"zoeken/"}


def test_a_withdrawn_case_cannot_be_found():
    book = a_book(BUS)
    object.__setattr__(book, "withdrawn", ("weg",))
    assert "casussen/weg/" in {page.address for page in render_pages(book, NOTHING_NEW)}
    assert "casussen/weg/" not in entries_of(book)


def test_a_document_holds_words_of_its_page_and_of_our_lists_alone():
    book = a_book(*some_records(6), BUS)
    pages = {
        page.address: words(f"{page.title} {page.description} {page.body}") for page in render_pages(book, NOTHING_NEW)
    }
    for entry in entries_of(book).values():
        extra = words(render_findable(entry)) - pages[entry.address] - search_words(book) - {"x"}
        assert extra == set(), entry.address


def test_our_own_words_hold_nothing_of_a_record():
    mine = search_words(
        a_book(a_record(id="een", titel="Vogels in de tuin", knelpunt__regels=[{"lokaal": "Regels over bomen"}]))
    )
    assert not {"vogels", "tuin", "bomen", "utrecht"} & mine
    assert {"casus", "participatiewet", *concept_codes(load_concepts()).values()} <= mine


def test_a_case_is_found_by_what_it_means():
    code = concept_codes(load_concepts())["leerlingenvervoer"]
    entry = entries_of(a_book(BUS))["casussen/bus/"]
    said = {text for weight, text in entry.words if code in text.split() for weight in [weight] if weight >= 3}
    assert said


def test_a_case_is_found_by_article_in_any_way_of_writing():
    text = render_findable(entries_of(a_book(BUS))["casussen/bus/"])
    assert {law_code("pw"), article_code("pw", "22a"), number_code("22A")} <= words(text)


def test_of_a_rule_a_result_tells_only_what_was_checked(vocabulary):
    book = a_book(BUS)
    told = entries_of(book)
    checked = {
        f"wetten/{law.law.id}/{article_slug(article.number)}/": article.parts[0].geverifieerd
        for law in book.laws
        for article in law.articles
        if article.parts
    }
    assert {True, False} == set(checked.values())
    assert {address: bool(told[address].gist) for address in checked} == checked
    laws = {f"wetten/{law.id}/": "doel" not in law.niet_geverifieerd for law in vocabulary.wetten}
    assert {address: bool(told[address].gist) for address in laws if address in told} == {
        address: said for address, said in laws.items() if address in told
    }


def test_facets_have_one_element_for_each_value_and_show_what_the_page_shows():
    text = render_findable(entries_of(a_book(BUS))["casussen/bus/"])
    found = re.findall(r'data-pagefind-filter="(\w+)">([^<]*)<', text)
    assert ("periode", "2018") in found
    assert ("periode", "2020") in found
    assert ("plaats", "Utrecht") in found
    assert ("wet", "Pw") in found
    assert {name for name, _ in found} <= {*FACETS, "plek", "kern", "vastgelopen", "gedaan"}


def test_a_place_that_is_shielded_is_no_facet():
    entry = entries_of(a_book(a_record(id="een", gemeente="[afgeschermd]", provincie="Utrecht")))["casussen/een/"]
    assert "plaats" not in dict(entry.facets)
    assert "Utrecht" not in render_findable(entry)


def test_a_page_that_people_wrote_is_found_by_its_headings():
    html = '<h1 id="a">Privacy<a class="headerlink" href="#a">¶</a></h1><p>Lang.</p><h2>Weghalen &amp; klagen</h2>'
    written = {"privacy/index.html": html, "index.html": html, "404.html": html, "leeg/index.html": "<p>niets</p>"}
    found = entries_of(a_book(), written)
    assert found["privacy/"].title == "Privacy"
    assert any("Weghalen & klagen" in text for _, text in found["privacy/"].words)
    assert not {"", "404.html", "leeg/"} & set(found)


@given(st.text(max_size=40))
def test_any_title_is_text_in_its_document(text):
    document = render_findable(
        Findable("a/", "casus", f"<script>{text}</script>", obstacle=text, facets=(("wet", text),))
    )
    assert "<script" not in document


def test_every_kind_has_a_word_and_a_weight():
    assert set(kind_weights()) == set(kind_labels().values())
    assert all(0 < weight <= 1 for weight in kind_weights().values())


def test_no_code_is_the_beginning_of_another():
    codes = sorted(
        {*concept_codes(load_concepts()).values(), article_code("pw", "2"), article_code("pw", "22"), law_code("pw")}
    )
    assert not [one for one, other in pairwise(codes) if other.startswith(one)]
    assert all(code.isalnum() and code == code.lower() for code in codes)


def test_the_tables_give_pages_in_the_order_of_their_titles(vocabulary):
    made = tables([row("Zon", "nl_a"), row("appel", "nl_b", wet=["Pw"])], vocabulary)
    assert made.order == ("nl_b", "nl_a")
    law = next(column for column in json.loads(gzip.decompress(made.facets)) if column["naam"] == "wet")
    assert law == {"naam": "wet", "waarden": ["Pw"], "rijen": "0,"}


def test_the_first_table_has_the_kind_and_the_other_table_the_other_facets(vocabulary):
    made = tables([row("a", soort=["Casus"])], vocabulary)
    kind = json.loads(gzip.decompress(made.first))["soort"]["naam"]
    assert (kind, *(column["naam"] for column in json.loads(gzip.decompress(made.facets)))) == FACETS


def test_the_tables_have_another_version_if_anything_in_them_changed(vocabulary):
    entries = [row("a", "nl_1", "een huis", wet=["Pw"]), row("b", "nl_2")]
    others = [
        [row("a", "nl_3", "een huis", wet=["Pw"]), row("b", "nl_2")],
        [row("a", "nl_1", "een boom", wet=["Pw"]), row("b", "nl_2")],
        [row("a", "nl_1", "een huis", wet=["Wmo"]), row("b", "nl_2")],
        entries[:1],
    ]
    versions = [tables(rows, vocabulary).version for rows in (entries, entries[::-1], *others)]
    assert versions[0] == versions[1]
    assert len(set(versions)) == 5
    assert json.loads(gzip.decompress(tables(entries, vocabulary).first))["versie"] == versions[0]


def test_pages_are_numbered_with_letters_of_one_case():
    numbers = page_numbers([f"nl_{place:07x}" for place in range(2000)])
    assert [int(number, 36) for number in numbers.values()] == list(range(2000))
    assert "".join(numbers.values()).islower()


def test_the_head_names_pages_by_number_and_leaves_the_rest():
    rest = b"\x92\x63abc\x6anl_1234567\x18\xff"
    found = number_pages(
        head(b"\x82\x6anl_89abcde\x18\x62", b"\x82\x6bnl_12345678\x03", rest=rest),
        {"nl_89abcde": "0", "nl_12345678": "z1"},
    )
    assert gzip.decompress(found) == gzip.decompress(head(b"\x82\x610\x18\x62", b"\x82\x62z1\x03", rest=rest))


@pytest.mark.parametrize("names", [("nl_89abcde",), ("nl_89abcde", "nl_0000000"), ()])
def test_a_head_of_another_index_is_refused(names):
    with pytest.raises(ValueError, match="pages"):
        number_pages(head(b"\x82\x6anl_89abcdf\x03"), page_numbers(names or ("nl_1", "nl_2")))


def test_values_that_most_pages_have_come_first(vocabulary):
    entries = [row("a", soort=["Wet"]), row("b", soort=["Casus"]), row("c", soort=["Casus"])]
    table = unpack(entries, vocabulary)
    assert table["soort"] == {"naam": "soort", "waarden": ["Casus", "Wet"], "rijen": "1,0,0"}
    assert table["gewichten"] == [0.5, 1.0]


def test_words_for_spelling_are_the_words_of_entries_without_codes(vocabulary):
    code = concept_codes(load_concepts())["kostendelersnorm"]
    table = unpack([row("a", text=f"De schoolbus, één keer {code} 2024")], vocabulary, load_concepts())
    assert table["woorden"].split() == ["keer", "schoolbus"]
    many = row(
        "b", text=" ".join(f"woord{chr(97 + n // 676)}{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}" for n in range(6000))
    )
    assert len(unpack([many], vocabulary)["woorden"].split()) == MOST_WORDS


def test_a_law_is_known_by_every_name_people_use(vocabulary):
    names = {law: names for law, *names in unpack([], vocabulary)["wetten"]}
    assert {"wmo", "wmo 2015", "wet maatschappelijke ondersteuning"} <= set(names["wmo2015"])


def test_the_same_entries_give_the_same_bytes_in_any_order(vocabulary):
    entries = [row("a", "nl_1", "een huis"), row("a", "nl_2", "een boom"), row("b", "nl_3")]
    assert tables(entries, vocabulary, load_concepts()) == tables(entries[::-1], vocabulary, load_concepts())


def test_an_entry_is_read_as_the_search_program_wrote_it():
    kept = {"url": "/", "content": "een huis", "filters": {"wet": ["Pw"]}, "meta": {"title": "Huis"}}
    entry = read_entry("nl_12.pf_fragment", gzip.compress(b"pagefind_dcd" + json.dumps(kept).encode()))
    assert entry == IndexEntry("nl_12", "Huis", "een huis", {"wet": ["Pw"]})


def test_on_two_processors_the_same_is_found_in_the_same_order(monkeypatch):
    book = a_book(*some_records(12))
    pages = list(render_pages(book, NOTHING_NEW))
    alone = list(find_pages(book, pages, {}))
    documents = [(entry.address, render_findable(entry)) for entry in alone]
    monkeypatch.setattr(findable, "BATCH", 2)
    monkeypatch.setattr(findable, "MANY", 2)
    monkeypatch.setattr(parallel, "processors", lambda: 2)
    monkeypatch.setattr(parallel.threading, "active_count", lambda: 1)
    assert list(find_pages(book, pages, {})) == alone
    assert list(render_found(book, pages, {})) == documents
