"""The comparison with Zensical: what it counts and what it tells, on sites small enough to read."""

from __future__ import annotations

import pytest

from benchmarks.zensical import Outcome, finish, render_report, words_differ, zensical_settings
from generator.rendering import Page
from generator.shells import ShellError, file_of, shell_addresses, shell_markdown

EMPTY = Outcome(built=0, shells=(), pages={}, broken=(), beside=frozenset())
CASE = Page(address="casussen/a/", title="Titel", description="Kort", body='<a href="../../wetten/">wetten</a>')


def built_site(**changes: str) -> dict[str, str]:
    """Shells as a builder would leave them, and a page that people wrote."""
    shells = {file_of(address): f"<article>{shell_markdown()}</article>" for address in shell_addresses()}
    return {**shells, "index.html": "<article>Welkom</article>", **changes}


def finished(built: dict[str, str], *more: str) -> Outcome:
    return finish(built, frozenset({*built, *more}), [CASE], [], frozenset())


def outcome(**pages: str) -> Outcome:
    return Outcome(built=1, shells=(), pages=pages, broken=(), beside=frozenset())


def test_shells_are_counted_and_left_out_of_the_pages():
    site = finished(built_site())
    assert len(site.shells) == len(shell_addresses())
    assert site.built == len(shell_addresses()) + 1
    assert {"index.html", "casussen/a/index.html"} <= site.pages.keys()
    assert not [name for name in site.pages if "_schil" in name or name.startswith("problemen/")]
    assert site.broken == ()


def test_a_shell_without_its_title_is_not_counted():
    site = finished(built_site(**{"zoeken/index.html": "<!--atlas-schil-begin--><!--atlas-schil-eind-->"}))
    assert "zoeken/index.html" not in site.shells
    assert len(site.shells) == len(shell_addresses()) - 1


def test_a_shell_that_is_not_there_cannot_be_filled():
    built = built_site()
    del built["casussen/_schil/index.html"]
    with pytest.raises(ShellError, match="casussen"):
        finished(built)


def test_a_link_that_leads_nowhere_is_told_by_page():
    site = finished(built_site(**{"index.html": '<article><a href="weg/">weg</a></article>'}))
    assert site.broken == (("index.html", "weg/"),)
    report = render_report("een", "ander", finished(built_site()), site)
    assert "| broken links | 0 | 1 |" in report
    assert "Links broken only with ander: 1\n- index.html: weg/" in report
    assert "only with een" not in report


def test_files_that_are_no_page_style_script_or_picture_are_told():
    site = finished(built_site(), "search.json", "assets/a.css", "assets/LICENSE")
    assert site.beside == {"search.json", "assets/LICENSE"}
    assert "Other files only with ander: 2" in render_report("een", "ander", EMPTY, site)


def test_only_what_an_article_says_counts_and_spaces_do_not():
    one = outcome(a="<nav>x</nav><article><b>id</b>: één</article>", b="<article>twee</article>", c="alleen hier")
    other = outcome(a="<nav>y</nav><article><i>id</i> : &eacute;&eacute;n\n</article>", b="<article>drie</article>")
    assert words_differ(one, other) == ("b",)


def test_equal_sites_differ_in_nothing():
    site = finished(built_site())
    assert render_report("een", "ander", site, site).endswith("Nothing differs.")


def test_a_page_that_asks_another_host_is_counted_and_a_link_to_one_is_not():
    asks = outcome(a='<script async src="https://elders.invalid/a.js">', b='<a href="https://elders.invalid/">b</a>')
    assert "| pages that ask another host | 0 | 1 |" in render_report("een", "ander", EMPTY, asks)


def test_our_plugin_stays_behind_and_the_rest_of_the_settings_comes_along():
    own = {"site_name": "Atlas", "plugins": ["maatwerkatlas"], "theme": {"name": "material", "custom_dir": "elders"}}
    settings = zensical_settings(own)
    assert settings["plugins"] == []
    assert settings["site_name"] == "Atlas"
    assert settings["theme"] == {"name": "material", "custom_dir": "overrides", "variant": "classic"}
