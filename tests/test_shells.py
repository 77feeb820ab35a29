"""Shells: one for each depth of address; filling them keeps the theme's page around our own body."""

from __future__ import annotations

import pytest

from generator.rendering import Block, Page
from generator.shells import (
    BEGIN,
    DEPTHS,
    DESCRIPTION,
    END,
    SECTIONS,
    SHELL,
    TITLE,
    ShellError,
    file_of,
    fill_shells,
    shell_addresses,
    shell_markdown,
    shell_of,
)


def built_site() -> dict[str, str]:
    """What the builder would make of the shells, and a page that people wrote."""
    shell = (
        '<html><head><title>{title}</title><meta name="description" content="{description}">'
        '<link href="{ups}assets/a.css"><link rel="canonical" href="https://atlas.invalid/{address}"></head>'
        "<body>{begin}<h1>weg</h1>{end}<footer>{address}</footer></body></html>"
    )
    pages = {
        file_of(address): shell.format(
            title=TITLE, description=DESCRIPTION, begin=BEGIN, end=END, address=address, ups="../" * address.count("/")
        )
        for address in shell_addresses()
    }
    return {**pages, "index.html": "<head></head><main><!-- maatwerkatlas:home --></main>"}


def page(address: str, **changes: str) -> Page:
    return Page(**{"address": address, "title": "Titel", "description": "Kort", "body": "<p>inhoud</p>", **changes})


def test_each_section_has_a_shell_for_every_depth():
    assert shell_addresses().count(f"wetten/{SHELL}/{SHELL}/") == 1
    assert len(set(shell_addresses())) == sum(DEPTHS[section] for section in SECTIONS)


@pytest.mark.parametrize(
    ("address", "shell"),
    [
        ("casussen/", "casussen/"),
        ("casussen/een-fiets/", f"casussen/{SHELL}/"),
        ("wetten/pw/artikel-35/", f"wetten/{SHELL}/{SHELL}/"),
    ],
)
def test_a_page_has_the_shell_of_its_section_and_depth(address, shell):
    assert shell_of(address) == shell
    assert shell in shell_addresses()


def test_the_markdown_of_a_shell_holds_the_markers():
    assert all(marker in shell_markdown() for marker in (TITLE, DESCRIPTION, BEGIN, END))


def test_filling_puts_title_description_body_and_address_in_place():
    filled = fill_shells(built_site(), [page("wetten/pw/artikel-35/")], [])
    assert filled == {
        "wetten/pw/artikel-35/index.html": (
            '<html><head><title>Titel</title><meta name="description" content="Kort">'
            '<link href="../../../assets/a.css"><link rel="canonical" href="https://atlas.invalid/wetten/pw/artikel-35/">'
            "</head><body><p>inhoud</p><footer>wetten/pw/artikel-35/</footer></body></html>"
        )
    }


def test_a_body_that_speaks_of_markers_is_kept():
    body = f"<p>{TITLE} {DESCRIPTION} {BEGIN} {END} casussen/{SHELL}/ \\1 \\g<0></p>"
    (whole,) = fill_shells(built_site(), [page("casussen/a/", body=body)], []).values()
    assert body in whole


def test_a_title_with_backslashes_is_kept():
    (whole,) = fill_shells(built_site(), [page("casussen/a/", title=r"\1 \g<0> \n")], []).values()
    assert r"<title>\1 \g<0> \n</title>" in whole


def test_a_block_takes_the_place_of_its_comment():
    filled = fill_shells(built_site(), [], [Block("", "maatwerkatlas:home", "<p>home</p>")])
    assert filled == {"index.html": "<head></head><main><p>home</p></main>"}


def test_a_block_never_takes_the_place_of_what_a_record_says():
    said = page("casussen/a/", body="<!-- maatwerkatlas:home -->")
    filled = fill_shells(built_site(), [said], [Block("", "maatwerkatlas:home", "<p>home</p>")])
    assert "<!-- maatwerkatlas:home -->" in filled["casussen/a/index.html"]
    with pytest.raises(ShellError, match="casussen/a/"):
        fill_shells(built_site(), [said], [Block("casussen/a/", "maatwerkatlas:home", "x")])


def test_a_title_that_speaks_of_markers_is_kept():
    said = f"{DESCRIPTION} {TITLE} casussen/{SHELL}/ {BEGIN}"
    (whole,) = fill_shells(built_site(), [page("casussen/a/", title=said)], []).values()
    assert f"<title>{said}</title>" in whole


def test_a_shell_without_markers_stops_everything():
    for gone in (BEGIN, END):
        built = {name: text.replace(gone, "") for name, text in built_site().items()}
        with pytest.raises(ShellError, match=r"casussen/index\.html"):
            fill_shells(built, [], [])


def test_a_missing_shell_stops_everything():
    built = built_site()
    del built[f"wetten/{SHELL}/{SHELL}/index.html"]
    with pytest.raises(ShellError, match="wetten"):
        fill_shells(built, [], [])


def test_a_missing_comment_stops_everything():
    with pytest.raises(ShellError, match="elders"):
        fill_shells(built_site(), [], [Block("", "elders", "x")])
