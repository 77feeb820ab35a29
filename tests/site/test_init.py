"""A new site, built: its pages stand, in its own name and colour, with nothing of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.site

NAME = "Maatwerk Veerdam"
COLOUR = "#7a1f5c"


@pytest.fixture(scope="module")
def new_site(tmp_path_factory, run) -> Path:
    """The folder that `init` made, with the site that `build` made in it."""
    folder = tmp_path_factory.mktemp("gemeente")
    origin = "git+https://voorbeeld.example/atlas.git@0123456789abcdef"
    made = run("maatwerkatlas", "init", "nieuw", "--name", NAME, "--colour", COLOUR, "--from", origin, cwd=folder)
    assert made.returncode == 0, made.stderr
    built = run("maatwerkatlas", "build", cwd=folder / "nieuw")
    assert built.returncode == 0, built.stderr
    return folder / "nieuw"


def test_every_page_stands_under_its_own_name(new_site):
    site = new_site / "site"
    pages = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
    assert {"index.html", "beheer/index.html", "casussen/pontkaart-voor-een-nieuwe-baan/index.html"} <= set(pages)
    assert {"patronen/index.html", "wetten/lokaal/index.html", "offline/index.html"} <= set(pages)
    assert [name for name, text in pages.items() if "Maatwerkatlas" in text] == []
    assert [name for name, text in pages.items() if name != "404.html" and f"{NAME}, " not in text] == []


def test_no_other_file_names_us_either(new_site):
    told = [path for path in (new_site / "site").rglob("*") if path.suffix in {".json", ".jsonld", ".csv", ".atom"}]
    assert len(told) > 8
    assert [path.name for path in told if "Maatwerkatlas" in path.read_text("utf-8")] == []
    assert NAME in (new_site / "site/gegevens/maatwerkatlas.jsonld").read_text("utf-8")


def test_look_and_colour_are_there_and_in_that_order(new_site):
    home = (new_site / "site/index.html").read_text("utf-8")
    assert 0 < home.index("assets/stylesheets/atlas.css") < home.index("assets/kleuren.css")
    assert COLOUR in (new_site / "site/assets/kleuren.css").read_text("utf-8")
    assert 'src="assets/merk.svg' in home


def test_own_words_stand_where_ours_stand(new_site):
    page = (new_site / "site/wetten/lokaal/index.html").read_text("utf-8")
    assert "Dit is een bedacht voorbeeld." in page
    assert "Stond in de weg in 1 casus." in page
