"""What a build wrote: every kind of file is read, each text once, and what cannot be read is not published."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterable
from io import BytesIO

import pytest

from generator import parallel
from generator.exports.layout import render_json
from generator.privacy import output
from generator.privacy.contents import read_texts
from generator.privacy.data import cut_json, texts_of_json
from generator.privacy.output import Known, check_output, held_texts, known_texts
from generator.problems import Problem, render_text

NAME = "Toen het misging, belde Merel de huisarts."


def archive(name: str, text: str) -> bytes:
    """A Word or PowerPoint file with one part."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as files:
        files.writestr(name, text)
    return stream.getvalue()


def fragment(url: str, content: str, **more: object) -> bytes:
    """An entry of the search index."""
    entry = {"url": url, "content": content, "word_count": 3, "filters": {}, "meta": {}, "anchors": [], **more}
    return gzip.compress(b"pagefind_dcd" + json.dumps(entry).encode())


def check(files: Iterable[tuple[str, bytes]], known: Known) -> list[Problem]:
    """What the gate says of files."""
    return list(check_output(dict(files), known))


LEAKS = {
    "text": ("casussen/een/index.html", f"<p>{NAME}</p>".encode()),
    "split by a tag inside": ("index.html", b"<p>Toen belde <b>Merel</b> de huisarts.</p>"),
    "title": ("index.html", f"<title>{NAME}</title>".encode()),
    "description": ("index.html", f'<meta name="description" content="{NAME}">'.encode()),
    "alternative text": ("index.html", f"<img src=x.png alt='{NAME}'>".encode()),
    "data attribute": ("index.html", f'<p data-pagefind-meta="titel:{NAME}">'.encode()),
    "address": ("index.html", b'<a href="https://www.facebook.com/merel.jansen.71">bron</a>'),
    "comment": ("index.html", f"<!-- {NAME} -->".encode()),
    "data in a script": ("index.html", f'<script type="application/json">["{NAME}"]</script>'.encode()),
    "entities": ("index.html", b"<p>Toen belde M&#101;rel de huisarts.</p>"),
    "picture": ("assets/kaart.svg", f"<svg><text>{NAME}</text></svg>".encode()),
    "feed": ("feed.xml", f"<feed><title>{NAME}</title></feed>".encode()),
    "data": ("gegevens/casussen.json", json.dumps({"a": [{"b": NAME}]}).encode()),
    "key in data": ("gegevens/casussen.json", json.dumps({NAME: 1}).encode()),
    "table": ("gegevens/casussen.csv", f"id;titel\nx;{NAME}\n".encode()),
    "sitemap": ("sitemap.xml", b"<url><loc>https://example.org/casussen/merel-jansen/</loc></url>"),
    "packed": ("sitemap.xml.gz", gzip.compress(f"<a>{NAME}</a>".encode())),
    "document": ("voorstel.docx", archive("word/document.xml", "<w:p><w:t>Toen belde </w:t><w:t>Merel</w:t></w:p>")),
    "notes of a slide": ("les.pptx", archive("ppt/notesSlides/notesSlide1.xml", f"<a:p><a:t>{NAME}</a:t></a:p>")),
    "properties of a document": ("voorstel.docx", archive("docProps/core.xml", f"<dc:creator>{NAME}</dc:creator>")),
    "link of a document": (
        "voorstel.docx",
        archive("word/_rels/document.xml.rels", '<x Target="https://www.facebook.com/merel.jansen.71" Id="1"/>'),
    ),
    "lines of a document": (
        "voorstel.docx",
        archive("word/document.xml", "<w:p><w:t>Toen belde</w:t><w:br/><w:t>Merel</w:t><w:br/><w:t>ons</w:t></w:p>"),
    ),
    "picture with text in it": ("foto.png", b"\x89PNG....tEXtAuthor\x00Merel"),
    "photo with a place in it": ("foto.jpg", b"\xff\xd8\xff\xe1Exif\x00\x00"),
    "no data after all": ("gegevens/casussen.json", b"{geen json"),
    "half a surrogate beside a name": ("gegevens/casussen.json", rb'["Toen belde Merel de huisarts \ud83d."]'),
    "half a surrogate in a word": ("gegevens/casussen.json", rb'["Mail \ud83dmerel@voorbeeld.invalid maar."]'),
    "no text after all": ("index.html", b"\xff\xfe\x00"),
    "no archive after all": ("voorstel.docx", b"PK geen zip"),
    "nothing packed": ("sitemap.xml.gz", b"\x1f\x8b kapot"),
    "unknown kind": ("casussen.sqlite", b"SQLite"),
    "entry with a word of its own": ("pagefind/fragment/a.pf_fragment", fragment("/", "Merel")),
    "entry without a page": ("pagefind/fragment/a.pf_fragment", fragment("/weg/", "iets")),
}
CLEAN = {
    "page": ("index.html", b"<title>Casussen</title><p>Een moeder vroeg hulp.</p><style>.Merel{}</style>"),
    "theme": ("assets/javascripts/bundle.js", b"var Merel=1"),
    "entry of its page": ("pagefind/fragment/a.pf_fragment", fragment("/", "Een moeder vroeghulp.")),
    "entry with a word of our lists": ("pagefind/fragment/a.pf_fragment", fragment("/", "Een qb1q moeder.")),
    "picture": ("kaart.png", b"\x89PNG....IDAT"),
    "text without an ending": ("CNAME", b"maatwerk.voorbeeld.nl\n"),
    "foreign words of the theme": ("404.html", b'<p lang="en">search results navigation</p>'),
}


@pytest.mark.parametrize(("name", "data"), LEAKS.values(), ids=LEAKS)
def test_a_leak_is_found_wherever_it_stands(name, data):
    page = ("index.html", b"<p>Een moeder vroeg hulp.</p>")
    files = [(name, data)] if name == "index.html" else [page, (name, data)]
    found = check(files, Known())
    assert found
    assert all("erel" not in problem.message for problem in found)
    assert render_text(found).encode()


@pytest.mark.parametrize(("name", "data"), CLEAN.values(), ids=CLEAN)
def test_what_is_clean_passes(name, data):
    page = ("index.html", CLEAN["page"][1])
    known = Known(search=frozenset({"qb1q"}))
    assert list(check([page, (name, data)] if name != "index.html" else [page], known)) == []


@pytest.mark.parametrize("word", ["qb11q", "qb", "Qb1qMerel", "1q"])
def test_an_entry_holds_no_word_but_those_of_its_page_and_exactly_those_of_our_lists(word):
    page = ("index.html", b"<p>Een moeder vroeg hulp.</p>")
    known = Known(search=frozenset({"qb1q"}))
    for entry in (fragment("/", word), fragment("/", "", filters={"wet": [word]}), fragment("/", "", meta={"a": word})):
        found = list(check([page, ("pagefind/fragment/a.pf_fragment", entry)], known))
        assert [problem.code for problem in found] == ["PRIV-UITVOER-INDEX"]


def test_each_text_is_told_once():
    pages = [(f"casussen/{n}/index.html", f"<p>{NAME}</p>".encode()) for n in range(5)]
    assert len(list(check(pages, Known()))) == 1


def test_on_two_processors_the_same_is_told_of_the_same_files(monkeypatch):
    names = ["Merel Terpstra", "Joost Hoekstra", "Merel Terpstra", "Anne Wiersma"]
    files = [(f"casussen/{n}/index.html", f"<p>{names[n % 4]} belde.</p><p>Zin {n}.</p>".encode()) for n in range(40)]
    files += [("beeld.exe", b"x"), ("pagefind/fragment/a.pf_fragment", fragment("/casussen/3/", "zin verhuizing"))]
    alone = check(files, Known())
    monkeypatch.setattr(output, "BATCH", 3)
    monkeypatch.setattr(output, "MANY", 2)
    monkeypatch.setattr(parallel, "processors", lambda: 2)
    monkeypatch.setattr(parallel.threading, "active_count", lambda: 1)
    assert check(files, Known()) == alone
    assert [problem.file for problem in alone] == [
        *(f"casussen/{n}/index.html" for n in (0, 1, 3)),
        "beeld.exe",
        "pagefind/fragment/a.pf_fragment",
    ]


@pytest.mark.parametrize("cores", [1, 2])
def test_data_is_read_first_and_a_text_still_counts_where_it_stands_first(monkeypatch, cores):
    names = ["Merel Terpstra", "Joost Hoekstra", "Anne Wiersma"]
    files = [(f"casussen/{n}/index.html", f"<p>{names[n % 2]} belde.</p>".encode()) for n in range(8)]
    files += [("gegevens/a.json", json.dumps([f"{name} belde." for name in names]).encode())]
    files += [(f"wetten/{n}/index.html", f"<p>{names[2]} belde.</p>".encode()) for n in range(8)]
    monkeypatch.setattr(output, "BATCH", 3)
    monkeypatch.setattr(output, "MANY", 2)
    monkeypatch.setattr(parallel, "processors", lambda: cores)
    monkeypatch.setattr(parallel.threading, "active_count", lambda: 1)
    found = [problem.file for problem in check(files, Known())]
    assert list(dict.fromkeys(found)) == ["casussen/0/index.html", "casussen/1/index.html", "gegevens/a.json"]


def test_the_texts_of_data_are_its_keys_and_values_each_once():
    data = {"a": ["b", {"c": "d", "e": [["f"], {}, 1, None]}], "g": "b"}
    assert sorted(read_texts("a.json", json.dumps(data).encode()) or []) == sorted("aegcbdf")
    assert read_texts("a.json", b'"alleen"') == ["alleen"]
    assert sorted(read_texts("a.json", b'{"a": "eerst", "a": "dan"}') or []) == ["a", "dan", "eerst"]
    assert read_texts("a.json", b'["\\u004derel \\"belt\\""]') == ['Merel "belt"']


def test_what_a_reviewer_let_stand_passes_in_any_sentence():
    page = ("index.html", b"<title>Merel belt | Site</title><p>Toen belde Merel de huisarts.</p>")
    assert list(check([page], Known()))
    assert list(check([page], Known(excused=frozenset({("PRIV-NAAM-ZWAK", "merel")})))) == []


ROW = (
    "zelfde onderwerp: werken met behoud van uitkering, Bindingseis bij een woning, Woonplaatsbeginsel jeugd, Schulden"
)
TERMS = frozenset(
    {"Bindingseis bij een woning", "Woonplaatsbeginsel jeugd", "Beslistermijn en lange procedure", "Wi2021"}
)


@pytest.mark.parametrize("text", [ROW, "Beslistermijn en lange procedure (Wi2021): meedoen"])
def test_a_label_in_a_row_is_not_taken_for_what_the_label_before_it_asks_for(text):
    page = ("index.html", f"<p>{text}</p>".encode())
    assert list(check([page], Known()))
    assert list(check([page], Known(terms=TERMS))) == []


@pytest.mark.parametrize(
    "text",
    [
        ROW.replace("Woonplaatsbeginsel jeugd", "Woonplaatsbeginsel De Vries"),
        ROW.replace("Woonplaatsbeginsel jeugd", "Bakkerij Woonplaatsbeginsel jeugd"),
        "Zij werkt met veel plezier bij Woonplaatsbeginsel jeugdzaken, al twee jaar.",
        "Beslistermijn en lange procedure (Wi2021-4471): meedoen",
        "zelfde onderwerp: Woonplaatsbeginsel jeugd, Merel Terpstra",
    ],
)
def test_what_only_looks_like_a_label_is_found(text):
    known = Known(terms=TERMS)
    page = ("index.html", f"<p>{text}</p>".encode())
    assert [p.code for p in check([page], known)] == [p.code for p in check([page], Known())] != []


def test_text_of_a_record_that_is_held_back_stands_nowhere():
    held = held_texts(["Een gezin kreeg een andere woning.", "kort"])
    page = ("index.html", b"<p>Een gezin kreeg\n een andere woning.</p><p>kort</p>")
    assert [p.code for p in check([page], Known(held=held))] == ["PRIV-UITVOER-AANGEHOUDEN"]


def test_known_texts_are_paragraphs_with_single_spaces():
    assert {"een twee", "drie"} <= known_texts(["een\n  twee\n\ndrie"])


ITEM = "\n  {\n   %s\n  }"
"""As an item of a list of our exports stands there."""


class TestStretches:
    """Data is cut into stretches, and what several files hold is read once."""

    def test_each_is_json_by_itself_and_together_they_say_what_the_file_says(self):
        items = [{"a": "een", "b": ["twee\n  {\n", {"c": "drie"}]}, {"a": "{", "d": []}, "los", [], {}]
        data = render_json({"hoofd": {"e": "vier"}, "lijst": items, "leeg": [], "nog een": items}).encode()
        stretches = cut_json(data)
        assert len(stretches) == 5
        assert set(texts_of_json(stretches)) == set(texts_of_json([data]))

    @pytest.mark.parametrize(
        "text",
        [
            ITEM % '"a": 1' + "5",
            ITEM % '"a": 1' + "." + "5",
            "-" + ITEM % '"a": 1',
            '["a' + ITEM % "b" + '"]',
            "{" + ITEM % '"a": 1' + ": 2}",
            "[" + ITEM % '"a": 1' + ITEM % '"a": 1' + "]",
            "[" + ITEM % '"a" 1' + "]",
            "[" + ITEM % '"a": 1' + ",]",
            "[" + ITEM % '"a": "\xff"' + "]",
        ],
    )
    def test_no_data_is_no_data_cut_or_whole(self, text):
        data = text.encode("latin-1")
        for stretches in ([data], cut_json(data)):
            with pytest.raises(ValueError):  # noqa: PT011 - whatever the parser says
                texts_of_json(stretches)
        found = check([("b.json", data), ("a.json", b'["iets"]')], Known())
        assert [(problem.file, problem.code) for problem in found] == [("b.json", "PRIV-UITVOER-ONBEKEND")]

    def test_what_is_cut_too_soon_is_read_whole(self):
        data = b'[\n  {\n"a":\n  {\n"b": "Merel Terpstra belde."\n  }\n  }]'
        with pytest.raises(ValueError):  # noqa: PT011
            texts_of_json(cut_json(data))
        (problem,) = check([("a.json", data)], Known())
        assert problem.code == "PRIV-NAAM-ZWAK"

    @pytest.mark.parametrize("cores", [1, 2])
    def test_what_two_files_hold_counts_in_the_first(self, monkeypatch, cores):
        items = [{"tekst": f"{name} belde."} for name in ("Merel Terpstra", "Joost Hoekstra", "Anne Wiersma")]
        files = [
            ("a.json", render_json({"a": items[:1]}).encode()),
            ("b.csv", b'"Anne Wiersma belde."\r\n'),
            ("c.json", render_json({"a": items}).encode()),
        ]
        monkeypatch.setattr(output, "BATCH", 1)
        monkeypatch.setattr(output, "MANY", 2)
        monkeypatch.setattr(parallel, "processors", lambda: cores)
        monkeypatch.setattr(parallel.threading, "active_count", lambda: 1)
        assert [problem.file for problem in check(files, Known())] == ["a.json", "b.csv", "c.json"]

    def test_a_text_in_pieces_is_read_whole(self):
        data = json.dumps({"a": "Toen het misging belde \0Merel\0 Terpstra."}).encode()
        assert check([("a.json", data)], Known())


class TestTables:
    def test_a_cell_is_read_by_itself_and_a_list_entry_by_entry(self):
        table = b'titel,redenen\r\n"Een tekst, met een komma","een reden | nog een ; en een"\r\n'
        assert read_texts("a.csv", table) == [
            "titel", "redenen", "Een tekst, met een komma", "een reden", "nog een", "en een"
        ]  # fmt: skip

    def test_a_cell_that_was_cleared_needs_no_second_reading(self):
        cell = f"Eerste regel.\n{NAME}"
        table = f'id,situatie\r\na,"{cell}"\r\n'.encode()
        assert list(check([("a.csv", table)], Known()))
        assert not list(check([("a.csv", table)], Known(known_texts([cell]))))

    def test_a_table_that_is_broken_is_not_published(self):
        (problem,) = check([("a.csv", b'id\r\n"open')], Known())
        assert problem.code == "PRIV-UITVOER-ONBEKEND"


def paragraph(*pieces: str) -> bytes:
    """A Word file with one paragraph in pieces."""
    return archive("word/document.xml", "<w:p>" + "".join(f"<w:t>{piece}</w:t>" for piece in pieces) + "</w:p>")


def test_a_document_may_put_in_one_paragraph_what_a_page_holds_in_several_elements():
    document = ("een.docx", paragraph("Toen het misging", ": ", "belde Merel de huisarts."))
    page = ("index.html", b"<dt>Toen het misging</dt><dd>belde Merel de huisarts.</dd>")
    of_page = list(check([page], Known()))
    assert list(check([document, page], Known())) == of_page
    assert [problem.file for problem in check([document], Known())] == ["een.docx"]


def test_text_of_a_record_that_is_held_back_is_found_as_a_piece_of_a_paragraph():
    held = held_texts(["Een gezin kreeg een andere woning."])
    document = ("een.docx", paragraph("Afloop", ": ", "Een gezin kreeg een andere woning."))
    assert [p.code for p in check([document], Known(held=held))] == ["PRIV-UITVOER-AANGEHOUDEN"]
