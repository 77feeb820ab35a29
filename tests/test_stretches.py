"""Pages read by stretches: the same as read as a whole, whatever is in them, and a frame is read once."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator import stretches
from generator.links import check_links
from generator.privacy.markup import join_markup, make_reader, read_markup
from generator.stretches import Reader

SNIPPETS = [
    "<p>", "</p>\n", "</p>", "<div>\n", "</div>\n", "</div>\n", "<br>\n", ">\n", "\n", " ", ">", "<", "</", "--", "!--",
    "<!--", "-->", "-->\n", "<!-->\n", "<!--->\n", "<!---->\n", "<script>", "<script>\n", "</script>", "</script>\n",
    '<script id="__config" type="application/json">', '<script id="__config"', "<style>\n", "</STYLE>\n", "<SCRIPT>",
    "<\u017fcript>", "</scr", "ipt>\n", "<scripty>\n", "<b>", "</b>", "</b>\n", "<em>\n", "<<b>\n", "<!-<b>-",
    "een zin", "Twee",
    ".", "&", "amp;", "&#39;", "é", "\0", '{"a": "b>\n"}', '["c"]', "[", '"', "'", ' title="a', ' title="a>\n b"',
    '<a href="', "<a href='x>\n", "<a id='b'>", '<a href="#b">\n', '<a href="weg/">\n', '<img src="a\n', " name=b>\n",
    '<a title="a>b" href="#weg">\n',
]  # fmt: skip
PAGES = st.lists(st.sampled_from(SNIPPETS), max_size=40).map("".join)


def test_what_a_page_says_its_stretches_say_together():
    @given(st.lists(PAGES, min_size=1, max_size=3))
    @example(['<p title="a>\n', '<p title="a>\n</div>\nb">'])
    @example(["<script>\n</div>\n", "<script>\n</div>\n{[</script>\n"])
    @example(["een <b>twee</b>\n</div>\ndrie</p>\n"])
    def check(pages: list[str]) -> None:
        reader = make_reader()
        for page in pages * 2:
            try:
                whole = read_markup(page)
            except ValueError:
                with pytest.raises(ValueError):  # noqa: PT011 - no JSON, whatever it says
                    reader.read(page.encode())
            else:
                assert join_markup(reader.read(page.encode())) == whole

    check()


def test_the_links_of_a_page_are_those_of_its_stretches(monkeypatch):
    @given(PAGES)
    def check(page: str) -> None:
        by_stretches = sorted(check_links([("a/index.html", page)], frozenset({"a/index.html"})))
        with monkeypatch.context() as patch:
            patch.setattr(stretches, "BLOCK", b"\xff")
            patch.setattr(stretches, "LINE", b"\xff")
            assert sorted(check_links([("a/index.html", page)], frozenset({"a/index.html"}))) == by_stretches

    check()


def test_a_stretch_that_was_met_before_is_not_read_again():
    read: list[str] = []

    def note(text: str, whole: bool) -> str:
        read.append(text)
        return text

    reader = Reader(note, "".join)
    frame = "<ul>\n<li>a</li>\n</div>\n"
    for number in range(3):
        page = f"<title>{number}</title>\n{frame}<p>{number}</p>\n{frame}</body>"
        assert "".join(reader.read(page.encode())) == page
    assert sum(text.count("<li>") for text in read) == 1
    assert [text for text in read if "<title>" in text] == [f"<title>{n}</title>\n" for n in range(3)]


def test_however_many_stretches_there_are_few_are_remembered(monkeypatch):
    monkeypatch.setattr(stretches, "REMEMBERED", 100)
    reader = Reader(lambda text, whole: text, "".join)
    pages = ["".join(f"<p>{n % m}</p>\n</div>\n" for n in range(60)) for m in range(1, 9)]
    assert ["".join(reader.read(page.encode())) for page in pages] == pages


def test_a_stretch_that_does_not_stand_by_itself_is_read_with_what_follows():
    def alone(text: str, whole: bool) -> str | None:
        return text if whole or text.count("(") == text.count(")") else None

    reader = Reader(alone, "".join)
    assert reader.read(b"<a>\n(<b>\n</div>\n<c>\n)<d>\n</div>\n<e>\n") == [
        "<a>\n(<b>\n</div>\n<c>\n)<d>\n</div>\n<e>\n"
    ]
    assert reader.read(b"(<b>\n)<c>\n</div>\n<e>\n") == ["(<b>\n)<c>\n</div>\n", "<e>\n"]
