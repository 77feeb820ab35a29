"""The link check: what leads to nothing is named with its page; what leads out of the site is left alone."""

from __future__ import annotations

import pytest

from generator.links import check_links

FILES = frozenset(
    {"index.html", "404.html", "a/index.html", "a/b/index.html", "assets/stijl.css", "a/foto 1.png", "feed.xml"}
)


def broken(html: str, page: str = "a/b/index.html") -> list[str]:
    pages = {"index.html": '<h1 id="top">x</h1>', "a/index.html": "<h2 id='één'>x</h2><a name=naam></a>", page: html}
    return [link for name, link in check_links(pages.items(), FILES) if name == page]


@pytest.mark.parametrize(
    "link",
    ["../../", "../", "./", "", "#", "../../assets/stijl.css", "../foto%201.png", "../../a/b/", "../../a/b",
     "../b/index.html", "../../#top", "../#%C3%A9%C3%A9n", "../#één", "../#naam", "../../feed.xml#x", "?q=1",
     "#__tabs", "../../?a=b#top", "https://voorbeeld.invalid/niets", "http://voorbeeld.invalid",
     "mailto:redactie@voorbeeld.invalid", "tel:0000", "data:image/png;base64,AAAA"],
)  # fmt: skip
def test_links_that_lead_somewhere(link):
    assert broken(f'<a href="{link}">x</a>') == []


@pytest.mark.parametrize(
    "link",
    ["weg/", "../weg/", "../../weg.css", "../../../", "../../../../etc/passwd", "/a/", "//elders.invalid/x", "#weg",
     "../#weg", "javascript:alert(1)", "ftp://voorbeeld.invalid", "http://[half", "../foto%202.png", "../../A/"],
)  # fmt: skip
def test_links_that_lead_nowhere(link):
    assert broken(f'<a href="{link}">x</a>') == [link]


@pytest.mark.parametrize(
    "html",
    ["<img src='weg/'>", "<script src=weg/></script>", '<LINK REL="x" HREF="weg/">', '<a\n  class="x"\n  href="weg/">',
     '<a title="een &gt; twee" href="weg/">'],
)  # fmt: skip
def test_links_are_found_however_they_are_written(html):
    assert broken(html) == ["weg/"]


def test_escaped_addresses_are_read_as_a_browser_does():
    assert broken('<a href="../../?a=1&amp;b=2#top">x</a>') == []


def test_each_broken_link_is_named_once_with_its_page():
    html = '<a href="weg/">x</a><a href="weg/">y</a><a href="#z">z</a>'
    found = check_links({"index.html": html}.items(), FILES)
    assert sorted(found) == [("index.html", "#z"), ("index.html", "weg/")]


def test_the_page_for_missing_pages_may_point_from_the_root():
    assert list(check_links({"404.html": '<a href="/a/">x</a>'}.items(), FILES)) == []
    assert list(check_links({"404.html": '<a href="//elders.invalid/">x</a>'}.items(), FILES)) != []


def test_text_that_looks_like_a_link_is_no_link():
    assert broken("<p>href=weg/ en &lt;a href=weg/&gt;</p>") == []


@pytest.mark.parametrize("tag", ["<a href='weg/'>", "<A HREF=weg/>", "<img SRC=weg/>", "<img \u017frc='weg/'>"])
def test_a_link_is_read_however_it_is_written(tag):
    assert list(check_links([("index.html", f"<p>\n{tag}\n</div>\n")], frozenset({"index.html"}))) == [
        ("index.html", "weg/")
    ]


@pytest.mark.parametrize("tag", ["<p id='er'>", "<p ID=er>", "<a name='er'>", "<a NAME=er>", "<p \u0131d=er>"])
def test_an_id_is_read_however_it_is_written(tag):
    page = f"<a href='#er'>\n</div>\n{tag}\n</div>\n"
    assert list(check_links([("index.html", page)], frozenset({"index.html"}))) == []


@pytest.mark.parametrize("mark", ["'", '"'])
def test_a_value_that_goes_on_in_the_next_stretch_is_one_link(mark):
    page = f"<p title={mark}a{mark}>\n<a href={mark}b>\n</div>\nc{mark}>\n</div>\n"
    assert list(check_links([("index.html", page)], frozenset({"index.html"}))) == [("index.html", "b>\n</div>\nc")]
