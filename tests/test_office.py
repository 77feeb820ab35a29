"""A Word document holds exactly the texts of its page, with real headings, lists, tables and links."""

from __future__ import annotations

import re
from html import escape, unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from generator.blocks import Table, clean, parse_body
from generator.office import document_texts, render_document
from generator.privacy.output import Known, check_output
from tests.documents import opened, paragraphs_of, part_of, texts_in

ADDRESS = "https://maatwerk.voorbeeld.nl/voorstellen/P-0001/"
BODY = """
<header><h1>Voorstel</h1><p class="a">Een <strong>korte</strong>
  inleiding.</p></header>
<h2>Wie betaalt</h2>
<table><caption>Bedragen</caption>
  <thead><tr><th scope="col">Betaler</th><th scope="col">Nu</th></tr></thead>
  <tbody><tr><th scope="row">gemeente</th><td><p>€ 3.500</p><p>geschat</p></td></tr></tbody>
  <tfoot><tr><th scope="row">Samen</th><td>€ 3.500</td></tr></tfoot></table>
<h2>Bronnen</h2>
<ul><li>een</li><li>twee<ol><li>diep</li></ol></li></ul>
<dl><div><dt>Waar</dt> <dd>Ten Boer</dd></div></dl>
<blockquote><p>Een citaat.</p></blockquote>
<details><summary>Hoe is dit geteld?</summary><p>Zo.</p></details>
"""


def styled(body: str, address: str = "") -> list[tuple[str, str]]:
    """Style and text of every paragraph."""
    found = paragraphs_of(render_document(body, "Proef", address))
    return [(paragraph.style.name if paragraph.style else "", paragraph.text) for paragraph in found]


def links_of(body: str, address: str = "") -> list[tuple[str, str]]:
    """Text and address of every link."""
    found = paragraphs_of(render_document(body, "Proef", address))
    return [(link.text, link.url) for paragraph in found for link in paragraph.hyperlinks]


def document_xml(body: str) -> str:
    return part_of(render_document(body, "Proef", ADDRESS), "word/document.xml")


WORDS = st.text(st.characters(exclude_categories=()), max_size=12).map(escape)
INLINE = st.recursive(
    WORDS | st.just("<br>") | st.just(" "),
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(["b", "em", "span", "a", "small"]),
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=6,
)
BLOCKS = st.recursive(
    INLINE,
    lambda inner: st.builds(
        "<{0}{1}>{2}</{0}>".format,
        st.sampled_from(
            "h1 h2 h3 h4 p ul ol li dl dt dd table caption thead tbody tr td th blockquote figure figcaption div"
            " section details summary nav onbekend script".split()
        ),
        st.sampled_from(["", "", " data-nieuwe-pagina", " data-niet-in-document", " colspan=3", " rowspan=2"]),
        st.lists(inner, max_size=4).map(" ".join),
    ),
    max_leaves=25,
)
CELLS = st.builds(
    "<{0} colspan={1} rowspan={2}>{3}</{0}>".format,
    st.sampled_from(["td", "th"]),
    st.integers(0, 4),
    st.integers(0, 4),
    INLINE,
)
TABLES = st.lists(st.lists(CELLS, max_size=4).map(lambda row: f"<tr>{''.join(row)}</tr>"), max_size=5).map(
    lambda rows: f"<table>{''.join(rows)}</table>"
)


class TestText:
    def test_blocks_in_the_order_of_the_page(self):
        assert document_texts(BODY) == (
            "Voorstel", "Een korte inleiding.", "Wie betaalt", "Bedragen", "Betaler", "Nu", "gemeente", "€ 3.500",
            "geschat", "Samen", "€ 3.500", "Bronnen", "een", "twee", "diep", "Waar: Ten Boer", "Een citaat.",
            "Hoe is dit geteld?", "Zo.",
        )  # fmt: skip

    def test_a_document_holds_these_texts(self):
        assert texts_in(render_document(BODY, "Proef", ADDRESS)) == document_texts(BODY)

    @given(BLOCKS | TABLES)
    def test_any_structure_reads_back_as_its_texts(self, body):
        assert texts_in(render_document(body, "Proef", ADDRESS)) == document_texts(body)

    @given(st.text(max_size=60))
    def test_what_is_no_well_formed_body_reads_back_too(self, body):
        assert texts_in(render_document(body, body, body)) == document_texts(body)

    @given(BLOCKS | TABLES)
    def test_nothing_is_lost_and_nothing_made_up(self, body):
        whole = re.sub(r"<script[^>]*>.*?</script>", "", body.replace(" data-niet-in-document", ""), flags=re.S)
        written = unescape(re.sub(r"<[^>]*>", "", whole.replace("<d", "<x").replace("</d", "</x")))
        written = re.sub(r"[ \t\n\r\f]", "", clean(written))
        held = "".join(document_texts(whole.replace("<d", "<x").replace("</d", "</x")))
        # text that stands in a table and in no cell comes before it, as in a browser
        assert sorted(re.sub("[ \n]", "", held)) == sorted(written)

    @pytest.mark.parametrize(
        ("body", "texts"),
        [
            ("<p> a\n\t b </p>", ("a b",)),
            ("<p>a <b> b </b> c</p>", ("a b c",)),
            ("<p>a<span> </span>b</p>", ("a b",)),
            ("<p>a <br> b<br></p>", ("a\nb",)),
            ("<p>€\u00a03</p>", ("€\u00a03",)),
            ("<p> </p><div>los<p>in</p>na</div>", ("los", "in", "na")),
            ("<x-iets>een <p>twee</p></x-iets>", ("een", "twee")),
            ("los", ("los",)),
            ("<p>a &amp; b &lt;b&gt;</p>", ("a & b <b>",)),
            ("<img src='x' alt='een kaart'>", ("een kaart",)),
            ("<dl><dt>Wie?</dt><dd>ik</dd></dl>", ("Wie? ik",)),
            ("<dl><dt>Wat</dt><dd><p>een</p><p>twee</p></dd></dl>", ("Wat: een", "twee")),
            ("<dl><dt>Wat</dt><dd><ul><li>een</li></ul></dd></dl>", ("Wat", "een")),
            ("<dl><dt>A</dt><dt>B</dt><dd>b</dd><dt>C</dt></dl><p>d</p>", ("A", "B: b", "C", "d")),
            ("<dl><dt>A</dt><dd><table><tr><td>x</td></tr></table></dd></dl>", ("A", "x")),
            ("<table><tr><td>a<table><tr><td>b</td></tr></table>c</td></tr></table>", ("a", "b", "c")),
            ("<table>los<tr><td>a</td></tr></table>", ("los", "a")),
            ("<p>een<p>twee", ("een", "twee")),
            ("<![x[ weg ]]>a<![CDATA[ weg ]]>", ("a",)),
        ],
    )
    def test_white_space_and_structure_are_those_of_a_browser(self, body, texts):
        assert document_texts(body) == texts
        assert texts_in(render_document(body, "Proef")) == texts

    @pytest.mark.parametrize(
        "part",
        [
            "<div data-niet-in-document><p>weg</p><table><tr><td>weg</td></tr></table></div>",
            "<script>weg</script>", "<style>weg</style>", "<svg><title>weg</title><g><text>weg</text></g></svg>",
            "<button>weg</button>", "<select><option>weg</option></select>", "<textarea>weg</textarea>",
            "<input value='weg'>", "<template><p>weg</p></template>", "<!-- weg -->",
            "<span data-niet-in-document>weg</span>", "<br data-niet-in-document>",
        ],
    )  # fmt: skip
    def test_what_only_a_page_can_show_is_left_out(self, part):
        assert document_texts(f"<p>voor</p>{part}<p>na</p>") == ("voor", "na")
        assert document_texts(f"<p>voor {part}na</p>")[0].startswith("voor")
        assert "weg" not in "".join(document_texts(f"<p>voor {part}na</p>"))

    def test_a_block_that_is_left_out_still_ends_a_line(self):
        assert document_texts("voor<div data-niet-in-document>weg</div>na") == ("voor", "na")


class TestForm:
    def test_headings_lists_and_more_have_the_styles_of_word(self):
        found = {text: style for style, text in styled(BODY)}
        assert found["Voorstel"] == "Heading 1"
        assert found["Wie betaalt"] == "Heading 2"
        assert found["Bedragen"] == "Caption"
        assert (found["een"], found["diep"]) == ("List Bullet", "List Number 2")
        assert found["Een citaat."] == "Quote"
        assert found["Zo."] == "Normal"

    def test_levels_of_headings_have_no_gaps(self):
        body = "<h1>a</h1><h3>b</h3><h4>c</h4><h3>d</h3><h2>e</h2><h4>f</h4>"
        assert [style[-1] for style, _ in styled(body)] == list("123223")

    def test_an_item_has_one_sign_and_a_fourth_level_is_a_third(self):
        body = "<ul><li>a<p>b</p><ul><li>c<ul><li>d<ul><li>e</li></ul></li></ul></li></ul>f</li></ul>"
        assert styled(body) == [
            ("List Bullet", "a"), ("List Continue", "b"), ("List Bullet 2", "c"), ("List Bullet 3", "d"),
            ("List Bullet 3", "e"), ("List Continue", "f"),
        ]  # fmt: skip

    def test_an_item_that_begins_with_a_heading_is_a_part_and_no_item(self):
        body = "<ul><li><h2>Kaart</h2><p>tekst</p><ul><li>merk</li></ul></li></ul>"
        assert styled(body) == [("Heading 1", "Kaart"), ("Normal", "tekst"), ("List Bullet", "merk")]

    def test_every_numbered_list_begins_anew_or_where_it_says(self):
        data = render_document(
            "<ol><li>a</li><li>b</li></ol><ol start=5><li>c</li></ol><ol start=x><li>d</li></ol>", ""
        )
        numbers = [paragraph._p.pPr.numPr.numId.val for paragraph in paragraphs_of(data)]
        assert numbers == [2, 2, 3, 4]
        starts = re.findall(r'<w:startOverride w:val="(\d+)"/>', part_of(data, "word/numbering.xml"))
        assert starts == ["1", "5", "1"]

    def test_bold_italic_and_language_stay(self):
        data = render_document('<p>a <b>b</b> <em>c</em> <i lang="en">d</i> <i lang="\'x">e</i></p>', "")
        runs = {run.text: run for run in paragraphs_of(data)[0].runs}
        assert runs["b"].bold
        assert runs["c"].italic
        assert not runs["a "].bold
        assert re.findall(r'<w:lang w:val="([^"]*)"/>', part_of(data, "word/document.xml")) == ["en"]

    def test_the_page_is_a4_in_dutch_and_tells_no_day(self):
        data = render_document(BODY, " Een\n titel ", ADDRESS)
        document = opened(data)
        section = document.sections[0]
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        assert round(section.left_margin.mm) == round(section.top_margin.mm) == 20
        assert '<w:lang w:val="nl-NL"' in part_of(data, "word/styles.xml")
        properties = document.core_properties
        assert (properties.title, properties.author, properties.language) == ("Een titel", "Maatwerkatlas", "nl-NL")
        assert "dcterms" not in re.sub(r'xmlns:\w+="[^"]*"', "", part_of(data, "docProps/core.xml"))
        with ZipFile(BytesIO(data)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert not [name for name in archive.namelist() if re.search("thumbnail|customXml|app.xml", name)]

    def test_the_same_page_gives_the_same_bytes(self):
        assert render_document(BODY, "Proef", ADDRESS) == render_document(BODY, "Proef", ADDRESS)
        assert render_document(BODY, "Proef", ADDRESS) != render_document(BODY, "Anders", ADDRESS)

    def test_a_title_of_any_length_fits(self):
        assert len(opened(render_document("", "x" * 999)).core_properties.title) == 255

    def test_every_style_that_is_used_exists(self):
        body = BODY + "".join(f"<h{n}>x</h{n}>" for n in range(1, 7)) + "<ul><li>" * 4 + "x<p>y"
        data = render_document(body + "<ol><li>" * 3 + "x", "", ADDRESS)
        used = set(re.findall(r'w:(?:p|r|tbl)Style w:val="(\w+)"', part_of(data, "word/document.xml")))
        assert used <= set(re.findall(r'w:styleId="(\w+)"', part_of(data, "word/styles.xml")))
        assert {"Heading6", "ListBullet3", "ListContinue3", "ListNumber3", "TableGrid"} <= used


class TestPages:
    def test_an_element_begins_a_page(self):
        body = "<p>a</p><section data-nieuwe-pagina><h2>b</h2><p>c</p></section>"
        breaks = [bool(p.paragraph_format.page_break_before) for p in paragraphs_of(render_document(body, ""))]
        assert breaks == [False, True, False]

    def test_a_table_begins_a_page_too(self):
        before, _, after = document_xml("<p>a</p><table data-nieuwe-pagina><tr><td>b</td></tr></table>").partition(
            "<w:tbl>"
        )
        assert "<w:pageBreakBefore/>" in before
        assert "<w:pageBreakBefore/>" not in after

    def test_the_first_block_and_a_row_begin_none(self):
        body = "<h1 data-nieuwe-pagina>a</h1><table><tr data-nieuwe-pagina><td data-nieuwe-pagina>b</td></tr></table>"
        assert "pageBreakBefore" not in document_xml(body + "<p>c</p>")


class TestTables:
    def test_rows_of_the_head_come_back_on_every_page(self):
        table = opened(render_document(BODY, "")).tables[0]
        assert [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows] == [True, False, False]
        assert [cell.text for cell in table.rows[1].cells] == ["gemeente", "€ 3.500\ngeschat"]
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")

    def test_a_first_row_of_headers_is_a_head(self):
        xml = document_xml("<table><tr><th>a</th></tr><tr><td>b</td></tr></table>")
        assert xml.count("<w:tblHeader/>") == 1
        assert "<w:tblHeader/>" not in document_xml("<table><tr><th>a</th><td>b</td></tr></table>")

    def test_cells_over_columns_and_rows_keep_their_place(self):
        body = """<table><tr><th rowspan="2">a</th><th colspan="2">b</th></tr><tr><th>c</th><th>d</th></tr>
          <tr><td>e</td></tr></table>"""
        table = opened(render_document(body, "")).tables[0]
        assert [[cell.text for cell in row.cells] for row in table.rows] == [
            ["a", "b", "b"], ["a", "c", "d"], ["e", "", ""],
        ]  # fmt: skip

    @given(TABLES)
    def test_all_rows_are_equally_wide(self, body):
        for table in opened(render_document(body, "")).tables:
            assert {len(row.cells) for row in table.rows} == {len(table.columns)}

    def test_a_table_that_word_cannot_open_becomes_paragraphs(self):
        cells = "".join(f"<td>{n}</td>" for n in range(64))
        for body in (f"<table><tr>{cells}</tr></table>", "<table><tr><td colspan=1000>0</td></tr></table>"):
            data = render_document(body, "")
            assert opened(data).tables == []
            assert texts_in(data) == document_texts(body)

    def test_a_row_without_cells_is_none(self):
        [table] = parse_body("<table><thead><tr></tr></thead><tr><td>a</td></tr></table>")
        assert isinstance(table, Table)
        assert len(table.rows) == 1
        assert parse_body("<table><tr></tr></table>") == ()


class TestLinks:
    @pytest.mark.parametrize(
        ("link", "address", "url"),
        [
            ("https://wetten.overheid.nl/x?a=1&amp;b=2#c", "", "https://wetten.overheid.nl/x?a=1&b=2#c"),
            ("../P-0002/", ADDRESS, "https://maatwerk.voorbeeld.nl/voorstellen/P-0002/"),
            ("#deel", ADDRESS, ADDRESS + "#deel"),
            ("/wetten/", ADDRESS, "https://maatwerk.voorbeeld.nl/wetten/"),
            ("https://voorbeeld.nl/een twee&quot;é%20%", "", "https://voorbeeld.nl/een%20twee%22%C3%A9%20%25"),
        ],
    )
    def test_a_link_to_the_web_is_a_link(self, link, address, url):
        body = f'<p>Zie <a href="{link}">de <b>bron</b></a>.</p>'
        assert [(text, at) for text, at in links_of(body, address)] == [("de bron", url)]
        assert document_texts(body) == ("Zie de bron.",)

    @pytest.mark.parametrize(
        ("link", "address"),
        [
            ("../P-0002/", ""), ("../P-0002/", "/voorstellen/P-0001/"), ("../x", "javascript:alert(1)"),
            ("mailto:a@voorbeeld.nl", ADDRESS), ("javascript:alert(1)", ADDRESS), ("file:///etc/passwd", ADDRESS),
            ("http://[", ADDRESS), ("http://a:b/", ADDRESS), ("https://", ""), ("http://vóór.nl/", ""), ("", ADDRESS),
            ("https://voorbeeld.nl/" + "x" * 2000, ""),
        ],
    )  # fmt: skip
    def test_any_other_link_is_text(self, link, address):
        body = f'<p><a href="{link}">bron</a></p>'
        assert links_of(body, address) == []
        assert texts_in(render_document(body, "", address)) == ("bron",)


class TestHostileText:
    @pytest.mark.parametrize(
        "text",
        [
            "<script>alert(1)</script>", "{{ 7*7 }} {% x %}", "مرحبا بالعالم \u202eomgekeerd", "x" * 5000,
            'HYPERLINK "http://kwaad.voorbeeld"', "{ INCLUDETEXT C:\\\\x }", "=cmd|'/c calc'!A1", "]]><w:p/>",
            "&#x41; &amp;lt;", "<w:r><w:instrText>DDE</w:instrText></w:r>", "e\u0301 👩‍👩‍👧 \U0010ffff",
        ],
    )  # fmt: skip
    def test_text_is_text(self, text):
        body = f"<h1>{escape(text)}</h1><table><tr><td>{escape(text)}</td></tr></table>"
        data = render_document(body, text, ADDRESS)
        assert texts_in(data) == document_texts(body) == (text, text)
        assert opened(data).core_properties.title == text[:255]
        xml = part_of(data, "word/document.xml")
        assert set(re.findall(r"<w:(instrText|fldSimple|fldChar|object|altChunk)\b", xml)) == set()

    @pytest.mark.parametrize("character", ["\0", "\x01", "\x0b", "\x1b", "\ufffe", "\uffff", "\ud800"])
    def test_a_character_that_xml_does_not_know_is_replaced(self, character):
        body = f"<p>een{character}twee</p><p><a href='https://voorbeeld.nl/{character}'>x</a></p>"
        data = render_document(body, f"een{character}twee", f"https://voorbeeld.nl/{character}")
        assert texts_in(data) == document_texts(body) == ("een\ufffdtwee", "x")
        assert opened(data).core_properties.title == "een\ufffdtwee"

    def test_no_depth_is_too_deep(self):
        body = "<div>" * 3000 + "<ul><li>" * 50 + "diep"
        assert texts_in(render_document(body, "")) == ("diep",)


class TestPrivacyGate:
    @pytest.mark.parametrize(
        "body",
        [
            "<p>Mail naar jan.jansen@voorbeeld.nl voor meer.</p>",
            "<p>Mail naar jan.<b>jansen</b>@voorbeeld.nl</p>",
            "<table><tr><td>jan.jansen@voorbeeld.nl</td></tr></table>",
            "<p>Regel een<br>jan.jansen@voorbeeld.nl</p>",
            "<dl><dt>Mail</dt><dd>jan.jansen@voorbeeld.nl</dd></dl>",
            "<p><a href='https://voorbeeld.nl/?mail=jan.jansen@voorbeeld.nl'>bron</a></p>",
        ],
    )
    def test_a_mail_address_in_a_body_is_found(self, body):
        files = [("voorstellen/P-0001/voorstel.docx", render_document(body, "Voorstel", ADDRESS))]
        assert "PRIV-EMAIL" in {problem.code for problem in check_output(dict(files), Known())}

    def test_a_mail_address_in_a_title_is_found(self):
        files = [("voorstel.docx", render_document("<p>tekst</p>", "jan.jansen@voorbeeld.nl"))]
        assert "PRIV-EMAIL" in {problem.code for problem in check_output(dict(files), Known())}

    def test_a_plain_document_passes(self):
        assert list(check_output({"voorstel.docx": render_document(BODY, "Voorstel", ADDRESS)}, Known())) == []
