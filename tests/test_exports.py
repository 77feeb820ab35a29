"""Exports: one canonical value, every file a function of it, and nothing in them that the pages do not show."""

from __future__ import annotations

import csv
import json
import re
import uuid
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pydantic import BaseModel
from pyld import jsonld as processor

from generator.book import Book, make_book
from generator.changes import Changes
from generator.exports.atom import BEFORE_ALL
from generator.exports.bundle import (
    EXPORT_NAMES,
    FEED,
    FIXED_WORDS,
    LINKED,
    derive,
    part_of,
    render_exports,
)
from generator.exports.canonical import canonical
from generator.exports.jsonld import CONTEXT
from generator.exports.layout import render_json
from generator.exports.model import LISTS, NOUNS, Collection, ExportedCase
from generator.exports.schema import key_rows, render_schema
from generator.exports.tables import columns, render_header, render_rows, shield, unshield
from generator.exports.walk import Tree, fields_of, texts
from generator.model import Case, RuleReference
from generator.pages import render_pages
from generator.pipeline import prepare
from generator.rendering import render_euro
from generator.settings import Settings
from generator.vocabulary import load_vocabulary
from tests.factories import (
    A_PROPOSAL,
    a_book,
    a_pattern,
    a_record,
    a_registry,
    a_smuggled_book,
    cleared,
    some_changes,
    some_records,
)
from tests.test_pages import EVIL, everywhere

ROOT = Path(__file__).parents[1]
SITE = "https://atlas.invalid/"
ATOM = "{http://www.w3.org/2005/Atom}"
NOTHING_NEW = Changes("", (), (), (), (), ())
MONEY = {
    "maatwerk": {
        "verloop": "Hij rijdt op tijd naar zijn werk.",
        "kosten": [
            {"wat": "fiets", "bedrag": "349.95", "per": "eenmalig", "budget": "handgeld", "zekerheid": "bekend"},
            {"wat": "onderhoud", "bedrag": "10", "per": "maand", "budget": "handgeld", "zekerheid": "geschat"},
            {"wat": "regenkleding", "zekerheid": "onbekend"},
        ],
    }
}
STEPS = [
    {"stap": "in_onderzoek", "datum": "2026-02-01"},
    {"stap": "aangeboden", "datum": "2026-03-01", "aan": "de gemeenteraad"},
    {
        "stap": "beantwoord",
        "datum": "2026-04-01",
        "aan": "de gemeenteraad",
        "antwoord": "De raad wil eerst de kosten weten.",
    },
]
SOLUTION = {
    "per": "2026-06-01",
    "wat": "Een gast telt niet meer mee.",
    "weg": [{"wanneer": "2025", "wat": "De raad vroeg erom.", "bronnen": ["https://voorbeeld.invalid/besluit"]}],
}


def a_small_book(**pattern: Any) -> Book:
    """Three cases of one story, one other case, and a pattern that an editor judged."""
    same = [number for number in range(9) if number % 3 == 0]
    records = [a_record(**some_changes(9)[number]) for number in same]
    records.append(a_record(scenarios=MONEY, methode=["teambudget"]))
    said = {
        "naam": "Een gast kost bijstand",
        "omschrijving": "Wie een gast heeft, krijgt minder bijstand.",
        "status": "vastgesteld",
        "voorstel": A_PROPOSAL,
        "stappen": STEPS,
        "oplossing": SOLUTION,
        **pattern,
    }
    said = {key: what for key, what in said.items() if what}
    members = [f"verzonnen-casus-{number:02}" for number in same]
    return a_book(*records, registry=a_registry(a_pattern(members=members, **said)))


@pytest.fixture(scope="module")
def value() -> Tree:
    return canonical(a_small_book())


@pytest.fixture(scope="module")
def real() -> Book:
    """The book of our own records."""
    return prepare(Settings(root=ROOT, cases=ROOT / "cases", patterns=ROOT / "patterns")).book


@pytest.fixture(scope="module")
def schema() -> Tree:
    return render_schema(load_vocabulary())


def leaves(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every value that is no list and no object, with the keys above it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    else:
        yield path, value


class TestCanonical:
    def test_a_small_set_as_a_whole(self, value, golden):
        without_laws = {**value, "artikelen": [entry for entry in value["artikelen"] if entry["casussen"]]}
        golden("gegevens.json", render_json(without_laws))

    def test_the_order_of_records_changes_nothing(self):
        records = some_records(9)
        assert render_exports(a_book(*records)) == render_exports(a_book(*reversed(records)))

    def test_an_empty_collection_is_whole_too(self, schema):
        files = render_exports(a_book())
        assert set(files) == EXPORT_NAMES
        jsonschema.validate(json.loads(files["maatwerkatlas.json"]), schema)

    def test_a_case_has_the_fields_of_its_record_but_for_what_no_page_shows(self):
        names = [field.name for field in fields_of(ExportedCase)]
        assert [name for name in Case.model_fields if name not in names] == ["status", "privacy"]
        assert "nagekeken" not in {field.name for field in fields_of(RuleReference)}

    def test_a_word_never_stands_without_its_name(self, value, vocabulary):
        case = next(case for case in value["casussen"] if case["id"] == "fiets-voor-de-bakker")
        assert case["methode"] == [{"id": "teambudget", "naam": vocabulary.labels["methoden"]["teambudget"]}]
        kind = "hoogte-en-vorm-voorziening"
        assert case["knelpunt"]["soort"] == {"id": kind, "naam": vocabulary.labels["knelpuntsoorten"][kind]}

    def test_known_estimated_and_missing_money_stand_apart_and_exact(self, value):
        case = next(case for case in value["casussen"] if case["id"] == "fiets-voor-de-bakker")
        assert case["geld"] == {
            "horizon_maanden": 12,
            "maatwerk": {"bekend": "349.95", "geschat": "120.00", "zonder_bedrag": 1},
        }
        assert case["scenarios"]["maatwerk"]["kosten"][1]["bedrag"] == "10.00"

    def test_a_proposal_tells_who_wrote_it_and_its_score_with_all_parts(self, value):
        (proposal,) = value["voorstellen"]
        assert proposal["geschreven_door"]["id"] == "redacteur"
        assert proposal["status"]["id"] == "beantwoord"
        score = dict(proposal["score"])
        assert score.pop("totaal") == sum(score.values())
        unwritten = canonical(a_small_book(voorstel=None))["voorstellen"][0]
        assert unwritten["geschreven_door"]["id"] == "computer"
        assert "geschreven" not in unwritten

    def test_proposals_stand_in_the_order_of_the_book(self, real):
        assert [p["id"] for p in canonical(real)["voorstellen"]] == [p.pattern.id for p in real.proposals]

    def test_an_article_has_its_identifier_link_and_cases(self, value):
        article = next(article for article in value["artikelen"] if article["id"] == "pw:22a")
        assert article["jci"] == "jci1.3:c:BWBR0015703&artikel=22a"
        assert article["link"] == "https://wetten.overheid.nl/jci1.3:c:BWBR0015703&artikel=22a"
        assert [entry["rol"]["id"] for entry in article["casussen"]] == ["blokkeert"] * 3
        assert [pattern["id"] for pattern in article["patronen"]] == ["P-0001"]

    def test_with_an_address_every_address_is_whole(self, real):
        value = canonical(real, SITE)
        own = [found for path, found in leaves(value) if path[-1] == "adres" or path[-2:] == ("patronen", "voorstel")]
        assert own
        assert all(str(address).startswith(SITE) for address in own)

    def test_without_an_address_none_is_made_up(self, value):
        assert "adres" not in value
        assert not [found for path, found in leaves(value) if path[-1] == "adres" and "://" in str(found)]


HELD_WORDS = ("zilverreiger", "kwartelkoning", "roerdomp", "wielewaal")


@pytest.mark.parametrize("status", ["ingetrokken", "concept", "in_beoordeling"])
def test_what_is_not_published_appears_in_no_file(status):
    hidden = {
        **some_changes(1)[0],
        "id": "de-zilverreiger",
        "titel": "Een zilverreiger in de tuin",
        "situatie": "De kwartelkoning zat vast.",
        "knelpunt__tekst": "De roerdomp mocht niet.",
        "doorbraak__tekst": "Een wielewaal hielp.",
        "status": status,
    }
    records = [*some_records(7), a_record(**hidden)]
    shown = [record for record in records if record.case.published]
    registry = a_registry(
        a_pattern(members=["de-zilverreiger", "verzonnen-casus-00", "verzonnen-casus-03", "verzonnen-casus-06"])
    )
    withdrawn = [record.case.id for record in records if record.case.withdrawn]
    book = make_book(cleared(*shown), load_vocabulary(), registry, withdrawn)
    for name, data in render_exports(book).items():
        assert not [word for word in HELD_WORDS if word in data.decode().lower()], name
    event = canonical(book)["patronen"][0]["geschiedenis"][0]
    assert (event["aantal"], len(event["casussen"])) == (4, 3)


class TestShownOnPages:
    """Exports carry nothing that the pages do not."""

    NOT_TEXT = frozenset({"id", "adres", "link", "jci", "bwb", "url", "bron", "schema_versie", "bronnen"})
    """Ids and addresses."""

    def test_every_text_stands_on_a_page(self, real):
        pages = list(render_pages(real, NOTHING_NEW))
        shown = "\n".join(text for page in pages for text in read(page.title, page.description, page.body))
        proposals_have_pages = any(page.address.startswith("voorstellen/") for page in pages)
        missing = {}
        for path, text in leaves(canonical(real)):
            if not isinstance(text, str) or path[-1] in self.NOT_TEXT or path == ("patronen", "voorstel"):
                continue
            if path[0] == "voorstellen" and not proposals_have_pages:
                continue
            for form in forms(path[-1], text):
                if form not in shown:
                    missing[path] = text
        assert missing == {}

    def test_the_story_of_a_case_stands_on_its_own_page(self, real):
        pages = {page.address: "\n".join(read(page.body)) for page in render_pages(real, NOTHING_NEW)}
        stories = ("titel", "situatie", "vraag", "knelpunt", "doorbraak", "onderbouwing", "afspraken", "betrokkenen",
                   "werkwijze", "bronnen", "lijkt_op")  # fmt: skip
        missing = [
            (case["id"], path)
            for case in canonical(real)["casussen"]
            for path, text in leaves({key: case[key] for key in stories if key in case})
            if isinstance(text, str)
            and path[-1] not in {*self.NOT_TEXT, "naam"}
            and text != "onbekend"
            and not all(form in pages[case["adres"]] for form in forms(path[-1], text))
        ]
        assert missing == []


def read(*parts: str) -> Iterator[str]:
    """What a reader sees of HTML: words of neighbouring elements apart, and then together."""
    for part in parts:
        for between in (" ", ""):
            yield " ".join(unescape(re.sub(r"<[^>]*>", between, part)).split()).casefold()


MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()


def forms(key: str, text: str) -> Iterator[str]:
    """A text as pages write it: by paragraph, amounts and days the Dutch way, addresses as links."""
    if key in {"bedrag", "bekend", "geschat"}:
        if Decimal(text):
            yield " ".join(render_euro(Decimal(text)).split())
        return
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        year, month, day = text.split("-")
        yield f"{int(day)} {MONTHS[int(month) - 1]} {year}"
        return
    for paragraph in re.split(r"\n\s*\n", text):
        for piece in re.split(r"https://\S*[^\s.,;:)]", paragraph):
            yield " ".join(piece.split()).casefold()


class TestSchema:
    def test_it_is_a_schema_and_our_records_keep_to_it(self, schema, real):
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(canonical(real, SITE), schema)

    def test_the_small_set_keeps_to_it(self, schema, value):
        jsonschema.validate(value, schema)

    @pytest.mark.parametrize("name", sorted(LISTS))
    def test_each_file_has_its_own(self, schema, value, name):
        own = {"$ref": f"#/$defs/{name}.json", "$defs": schema["$defs"]}
        jsonschema.validate(part_of(value, name), own)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(value, own)

    def test_it_refuses_unknown_keys_and_wrong_names(self, schema, value):
        for spoil in (
            lambda tree: tree.update(extra="x"),
            lambda tree: tree["casussen"][0].update(privacy={}),
            lambda tree: tree["casussen"][0]["leefgebieden"][0].update(naam="Iets anders"),
            lambda tree: tree["casussen"][0].pop("situatie"),
            lambda tree: tree["patronen"][0]["leden"][0].update(sterkte="0.9"),
        ):
            copy = json.loads(render_json(value))
            spoil(copy)
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate(copy, schema)

    def test_every_key_is_explained(self):
        for model in LISTS.values():
            for row in key_rows(model):
                assert row.title, row.key
                assert row.meaning, row.key

    def test_nothing_is_explained_that_does_not_exist(self):
        own = {noun: {field.name for field in fields_of(model)} for model, noun in NOUNS.items()}
        for noun, rows in texts()["noun"].items():
            assert set(rows) - {"uitleg"} <= own[noun], noun
        assert set(LISTS) < {field.name for field in fields_of(Collection)}


class TestDerived:
    def test_every_file_follows_from_the_canonical_one(self, vocabulary):
        book = a_small_book()
        files = render_exports(book, SITE)
        value = json.loads(files["maatwerkatlas.json"])
        assert derive(value, vocabulary) == files

    def test_a_part_is_the_same_list(self, value):
        assert json.loads(render_exports(a_small_book())["casussen.json"])["casussen"] == value["casussen"]

    def test_no_file_begins_with_a_mark_or_holds_a_carriage_return_outside_tables(self):
        for name, data in render_exports(a_small_book()).items():
            assert not data.startswith(b"\xef\xbb\xbf"), name
            assert b"\r" not in data or name.endswith(".csv"), name


HOSTILE_CELLS = (
    "=1+1",
    "@SUM(A1)",
    "+31",
    "-1+1",
    "\t=1",
    "een\ntwee",
    'zij zei "nee"',
    "a;b,c",
    "<script>x</script>",
    "'=1",
    "'s morgens",
    "－2",
)


def a_table(rows: list[Tree], model: type[BaseModel]) -> str:
    return render_header(model) + render_rows(rows, model)


def feed_of(value: Tree) -> bytes:
    return derive(value, load_vocabulary())[FEED]


def linked_of(value: Tree) -> Tree:
    return json.loads(derive(value, load_vocabulary())[LINKED])


class TestTables:
    def rows(self, text: str) -> list[dict[str, str]]:
        return list(csv.DictReader(StringIO(text, newline=""), strict=True))

    @pytest.mark.parametrize("cell", HOSTILE_CELLS)
    def test_a_hostile_cell_comes_back_whole_and_computes_nothing(self, cell):
        text = a_table([{"id": "a", "titel": cell}], ExportedCase)
        (row,) = self.rows(text)
        assert unshield(row["titel"]) == cell
        assert row["titel"][0] not in "=+-@\t\r\n－"

    @given(st.text())
    def test_shielding_is_undone(self, cell):
        assert unshield(shield(cell)) == cell

    def test_a_number_below_zero_stays_a_number(self):
        assert shield("-120.00") == "-120.00"

    def test_lines_end_as_the_standard_says(self, value):
        text = a_table(value["casussen"], ExportedCase)
        assert text.endswith("\r\n")
        assert len(self.rows(text)) == len(value["casussen"])

    def test_the_header_is_the_same_whatever_is_filled(self, value):
        empty, full = (a_table(rows, ExportedCase).partition("\r\n")[0] for rows in ([], value["casussen"]))
        assert empty == full == ",".join(".".join(path) for path in columns(ExportedCase))
        assert "knelpunt.soort.id,knelpunt.soort.naam" in full

    def test_entries_of_one_list_stay_beside_each_other(self):
        rules = [{"wet": {"id": "pw", "naam": "Pw"}, "artikel": "35"}, {"lokaal": "Een regel"}]
        (row,) = self.rows(a_table([{"knelpunt": {"regels": rules}}], ExportedCase))
        assert row["knelpunt.regels.wet.naam"] == "Pw | "
        assert row["knelpunt.regels.lokaal"] == " | Een regel"
        assert row["knelpunt.regels.rol.naam"] == ""

    def test_a_list_in_a_list_has_another_sign(self, value):
        (row,) = self.rows(a_table(value["voorstellen"], LISTS["voorstellen"]))
        assert row["niveaus.niveau.id"].count(" | ") == 5
        assert " ; " in row["niveaus.geholpen.id"]

    @pytest.mark.parametrize("name", sorted(LISTS))
    def test_every_text_of_the_canonical_file_is_in_its_table(self, value, name):
        cells = " | ".join(cell for row in self.rows(a_table(value[name], LISTS[name])) for cell in row.values())
        assert [text for _, text in leaves(value[name]) if isinstance(text, str) and text not in cells] == []


class TestFeed:
    GRAMMAR = etree.RelaxNG(etree.parse(ROOT / "tests/data/atom.rng"))

    def entries(self, value: Tree) -> list[etree._Element]:
        return etree.fromstring(feed_of(value)).findall(f"{ATOM}entry")

    @pytest.mark.parametrize("site", ["", SITE])
    def test_it_keeps_to_the_grammar_and_to_what_no_grammar_says(self, real, site):
        for book in (real, a_small_book(), a_book()):
            feed = etree.fromstring(feed_of(canonical(book, site)))
            self.GRAMMAR.assertValid(feed)
            ids = [found.text for found in feed.iter(f"{ATOM}id")]
            assert len(set(ids)) == len(ids)
            assert all(uuid.UUID(found.removeprefix("urn:uuid:")).version == 5 for found in ids)
            days = [found.text for found in feed.findall(f"{ATOM}entry/{ATOM}updated")]
            assert days == sorted(days, reverse=True)
            assert feed.findtext(f"{ATOM}updated") == max(days, default=f"{BEFORE_ALL}T00:00:00Z")
            assert all(date.fromisoformat(day.removesuffix("T00:00:00Z")) for day in days)
            assert feed.find(f"{ATOM}author/{ATOM}name") is not None
            for links in (feed, *feed.findall(f"{ATOM}entry")):
                assert len(links.findall(f"{ATOM}link[@rel='alternate']")) == 1

    def test_the_grammar_refuses_what_is_wrong(self, value):
        feed = etree.fromstring(feed_of(value))
        feed.remove(feed.find(f"{ATOM}updated"))
        assert not self.GRAMMAR.validate(feed)

    def test_it_tells_history_steps_taking_over_and_solution(self, value):
        days = [entry.findtext(f"{ATOM}updated")[:10] for entry in self.entries(value)]
        assert days == ["2026-06-01", "2026-04-01", "2026-03-01", "2026-02-01", "2026-01-02", "2026-01-01"]
        summaries = [entry.findtext(f"{ATOM}summary") for entry in self.entries(value)]
        assert SOLUTION["wat"] in summaries
        assert STEPS[2]["antwoord"] in summaries
        assert "3 casussen" in summaries

    def test_a_new_step_changes_no_id_of_what_was(self):
        before = {
            entry.findtext(f"{ATOM}id") for entry in self.entries(canonical(a_small_book(stappen=STEPS[:2]), SITE))
        }
        after = {entry.findtext(f"{ATOM}id") for entry in self.entries(canonical(a_small_book(), SITE))}
        assert before < after

    def test_two_sites_share_no_id(self):
        one, other = (
            {entry.findtext(f"{ATOM}id") for entry in self.entries(canonical(a_small_book(), site))}
            for site in (SITE, "https://elders.invalid/")
        )
        assert not one & other

    def test_links_lead_to_pages_from_where_the_file_stands(self, value):
        pages = {SITE + page.address for page in render_pages(a_small_book(), NOTHING_NEW)}
        links = [link.get("href") for entry in self.entries(value) for link in entry.findall(f"{ATOM}link")]
        found = {urljoin(f"{SITE}gegevens/wijzigingen.atom", link) for link in links}
        assert {link for link in found if "/voorstellen/" not in link} <= pages

    @pytest.mark.parametrize("day", ["onbekend", "2026-13-01", "vandaag"])
    def test_an_event_without_a_day_is_left_out(self, day):
        told = [{"datum": day, "wat": "ontstaan", "casussen": ["verzonnen-casus-00"]}]
        book = a_small_book(geschiedenis=told, voorstel=None, stappen=[], oplossing=None)
        assert self.entries(canonical(book)) == []

    def test_what_xml_cannot_hold_is_left_out(self):
        answer = [{"stap": "aangeboden", "datum": "2026-02-01", "antwoord": "Niet\x00 &\x1f <b>"}]
        value = canonical(a_small_book())
        value["voorstellen"][0]["stappen"] = [{**answer[0], "stap": {"id": "aangeboden", "naam": "Aangeboden"}}]
        assert "Niet & <b>" in [entry.findtext(f"{ATOM}summary") for entry in self.entries(value)]


@pytest.fixture(scope="module")
def graph(real) -> list[dict[str, Any]]:
    """The whole graph as a processor reads it, without reaching for any other file."""
    tree = json.loads(render_exports(real)["maatwerkatlas.jsonld"])

    def refuse(address: str, _options: object) -> object:
        raise AssertionError(address)

    options = {"base": f"{SITE}gegevens/maatwerkatlas.jsonld", "documentLoader": refuse}
    nodes: list[dict[str, Any]] = processor.expand(tree, options)
    return nodes


class TestLinkedData:
    def test_every_article_with_a_number_of_the_law_has_its_identifier(self, graph, real):
        found = {
            node["https://schema.org/legislationIdentifier"][0]["@value"]
            for node in graph
            if "https://schema.org/legislationIdentifier" in node
        }
        wanted = {
            f"jci1.3:c:{law.law.bwb}&artikel={a.number}" for law in real.laws for a in law.articles if law.law.bwb
        }
        assert wanted <= found
        assert wanted

    def test_no_term_is_dropped(self, graph, real):
        written = linked_of(canonical(real))["@graph"]
        for before, after in zip(written, graph, strict=True):
            terms = {key if key.startswith("@") else f"https://schema.org/{key}" for key in before}
            assert set(after) == terms, before["@id"]

    def test_every_reference_leads_to_a_node_of_the_graph_or_to_another_site(self, graph):
        nodes = {node["@id"] for node in graph}
        assert len(nodes) == len(graph)
        for node in graph:
            for key in ("about", "hasPart", "inDefinedTermSet", "isPartOf", "subjectOf"):
                for target in node.get(f"https://schema.org/{key}", []):
                    assert target["@id"] in nodes, (node["@id"], key)

    def test_every_node_is_a_page_of_the_site(self, graph, real):
        pages = {SITE + page.address for page in render_pages(real, NOTHING_NEW)}
        assert {node["@id"] for node in graph} <= pages

    def test_an_address_of_the_site_makes_the_same_graph_absolute(self, real, graph):
        tree = linked_of(canonical(real, SITE))
        assert [node["@id"] for node in tree["@graph"]] == [node["@id"] for node in graph]

    def test_the_words_that_the_gate_need_not_read_are_those_that_are_used(self, real):
        def words(value: object) -> Iterator[str]:
            if isinstance(value, dict):
                for key, inner in value.items():
                    yield key
                    yield from [inner] if key == "@type" and inner != "@id" else words(inner)
            elif isinstance(value, list):
                for inner in value:
                    yield from words(inner)

        assert set(words(json.loads(render_exports(real)["maatwerkatlas.jsonld"]))) <= FIXED_WORDS
        assert set(CONTEXT) <= FIXED_WORDS


@pytest.mark.parametrize("evil", EVIL)
def test_hostile_text_stays_text_in_every_file(evil, schema):
    changes = [{**everywhere(evil), "id": f"kwaad-{number}"} for number in range(2)]
    book = a_smuggled_book(*[a_record(**change) for change in changes])
    files = render_exports(book)
    value = json.loads(files["maatwerkatlas.json"])
    jsonschema.validate(value, schema)
    assert value["casussen"][0]["situatie"] == evil
    rows = list(csv.DictReader(StringIO(files["casussen.csv"].decode(), newline=""), strict=True))
    assert [unshield(row["situatie"]) for row in rows] == [evil, evil]
    etree.fromstring(files["wijzigingen.atom"])


@given(
    st.dictionaries(
        st.text(max_size=5),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        ),
        max_size=4,
    )
)
def test_json_is_as_the_standard_library_writes_it(value):
    assert render_json(value) == json.dumps(value, ensure_ascii=False, indent=1) + "\n"
