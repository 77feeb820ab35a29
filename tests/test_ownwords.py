"""The site's own words: they add and never change, every fault has its place, and pages show them where ours stand."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator.changes import Changes
from generator.cli import main
from generator.concepts import concept_matcher
from generator.findable import find_pages
from generator.ownwords import LISTS, extend_vocabulary
from generator.pages import render_pages
from generator.problems import messages
from generator.vocabulary import Vocabulary, load_vocabulary
from tests.factories import PLAIN, a_book, a_file, a_record, dump

BAD = Path(__file__).parent / "golden/bad_words"
OURS = load_vocabulary()
GOOD: dict[str, Any] = {
    "budgetten": [{"id": "wijkfonds", "label": "Wijkfonds", "omschrijving": "Geld van de wijk."}],
    "begrippen": [{"id": "deelfiets", "label": "Deelfiets", "woorden": ["deelfiets"], "ruimer": "vervoersvoorziening"}],
    "synoniemen": [{"begrip": "briefadres", "woorden": ["adres voor de post"]}],
    "lokaal": [
        {"naam": "Regeling deelfietsen", "kern": "Een bedachte regel.", "sinds": "2024-07"},
        {"naam": "Regeling zonder casus", "kern": "Nog een.", "link": "https://voorbeeld.example/regeling"},
    ],
}
"""One entry for each list that a site can add to."""


def extended(**lists: Any) -> Vocabulary:
    """Our lists with these, that must be right."""
    vocabulary, problems = extend_vocabulary(OURS, [("woordenlijst/a.yaml", dump(lists).encode())])
    assert problems == ()
    return vocabulary


def codes(*files: dict[str, Any]) -> list[str]:
    """The codes of what is wrong with these files."""
    raw = [(f"woordenlijst/{number}.yaml", dump(lists).encode()) for number, lists in enumerate(files)]
    return [problem.code for problem in extend_vocabulary(OURS, raw)[1]]


@pytest.fixture
def run(monkeypatch, tmp_path) -> Callable[..., Result]:
    """Run a command beside one good record."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / a_file()[0]
    path.parent.mkdir()
    path.write_bytes(a_file()[1])

    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(main, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


class TestBadWords:
    def test_every_fault_is_told_with_its_place_and_what_to_do(self, run, tmp_path, golden):
        shutil.copytree(BAD, tmp_path / "woordenlijst")
        (tmp_path / "woordenlijst/koppeling.yaml").symlink_to(tmp_path / "cases")
        result = run("check")
        assert result.exit_code == 1
        golden("bad_words.txt", result.stdout)

    def test_every_code_of_own_words_is_shown(self):
        told = (BAD.parent / "bad_words.txt").read_text("utf-8")
        assert [code for code in messages() if code.startswith("EIGEN-") and f" {code} " not in told] == []

    def test_a_person_is_masked_and_adds_nothing(self, run, tmp_path):
        (tmp_path / "woordenlijst").mkdir()
        shutil.copy(BAD / "persoon.yaml", tmp_path / "woordenlijst")
        result = run("check")
        assert "PRIV-" in result.stdout
        assert "Merel" not in result.output

    @pytest.mark.parametrize("command", [["check"], ["patterns"], ["schema"], ["new", "een-casus"]])
    def test_a_doubt_about_a_name_ends_every_command(self, run, tmp_path, command):
        (tmp_path / "woordenlijst").mkdir()
        rule = {"naam": "Regeling deelfietsen", "kern": "Toen belde Merel de huisarts."}
        (tmp_path / "woordenlijst/regels.yaml").write_text(dump({"lokaal": [rule]}), "utf-8")
        result = run(*command)
        assert result.exit_code == 1
        assert "woordenlijst/regels.yaml:3:" in result.output
        assert "PRIV-NAAM-ZWAK" in result.output
        assert "Merel" not in result.output
        assert not (tmp_path / "schema").exists()

    def test_a_build_with_a_fault_in_them_leaves_the_site_as_it_was(self, run, tmp_path):
        (tmp_path / "woordenlijst").mkdir()
        shutil.copy(BAD / "bestaat.yaml", tmp_path / "woordenlijst")
        (tmp_path / "mkdocs.yml").write_text("site_name: Proef\nplugins: [maatwerkatlas]\n", "utf-8")
        (tmp_path / "docs").mkdir()
        (tmp_path / "site").mkdir()
        (tmp_path / "site/oud.html").write_text("oud", "utf-8")
        result = run("build")
        assert (result.exit_code, "EIGEN-ID-BESTAAT" in result.output) == (1, True)
        assert [path.name for path in (tmp_path / "site").iterdir()] == ["oud.html"]


class TestExtending:
    def test_nothing_of_ours_changes(self):
        grown = extended(**GOOD)
        assert set(OURS.terms["budgetten"]) < set(grown.terms["budgetten"])
        by_id = {concept.id: concept for concept in grown.concepts}
        for concept in OURS.concepts:
            assert set(concept.woorden) <= set(by_id[concept.id].woorden)
            assert concept.model_copy(update={"woorden": ()}) == by_id[concept.id].model_copy(update={"woorden": ()})
        untouched = set(Vocabulary.model_fields) - {"terms", "concepts", "eigen_regels"}
        assert all(getattr(grown, name) == getattr(OURS, name) for name in untouched)

    def test_without_files_the_lists_are_ours(self):
        assert extend_vocabulary(OURS, []) == (OURS, ())

    def test_a_concept_and_a_synonym_are_found_in_a_text(self):
        text, added = "Een deelfiets, en een adres voor de post", {"deelfiets", "briefadres"}
        assert added <= set(concept_matcher(extended(**GOOD).concepts).count(text))
        assert not added & set(concept_matcher().count(text))

    def test_a_concept_may_fall_under_one_of_a_later_file(self):
        one = {"begrippen": [{"id": "a", "label": "Deelfiets", "woorden": ["deelfiets"], "ruimer": "b"}]}
        other = {"begrippen": [{"id": "b", "label": "Deelvoertuig", "woorden": ["deelvoertuig"]}]}
        assert codes(one, other) == []

    @pytest.mark.parametrize("name", sorted(set(OURS.labels) - set(LISTS)))
    def test_other_lists_stay_ours(self, name):
        assert codes({name: []}) == ["EIGEN-LIJST"]

    @given(st.permutations([{name: GOOD[name]} for name in GOOD]))
    def test_the_order_of_files_does_not_matter(self, parts):
        raw = [(f"{next(iter(part))}.yaml", dump(part).encode()) for part in parts]
        assert extend_vocabulary(OURS, raw) == extend_vocabulary(OURS, sorted(raw))


class TestShown:
    def test_the_schema_and_a_record_know_an_own_budget(self, run, tmp_path):
        (tmp_path / "woordenlijst").mkdir()
        (tmp_path / "woordenlijst/geld.yaml").write_text(dump({"budgetten": GOOD["budgetten"]}), "utf-8")
        paid = {"financiering": [{"budget": "wijkfonds", "bedrag": "100"}]}
        (tmp_path / a_file()[0]).write_text(dump({**PLAIN, **paid}), "utf-8")
        assert run("check").exit_code == 0
        assert run("check", "--vocabulary", "er-is-geen").exit_code == 1
        assert run("schema").exit_code == 0
        assert "wijkfonds" in json.dumps(json.loads((tmp_path / "schema/case.schema.json").read_text("utf-8")))
        assert run("schema", "--check").exit_code == 0
        (tmp_path / "woordenlijst").rename(tmp_path / "woorden")
        assert run("check").exit_code == 1
        told = "site_name: !ENV X\nplugins:\n  - search\n  - maatwerkatlas:\n      vocabulary: woorden/\n"
        (tmp_path / "mkdocs.yml").write_text(told, "utf-8")
        assert run("check").exit_code == 0

    def test_the_page_of_local_rules_tells_them_once_and_escaped(self):
        story = {"naam": "Regeling deelfietsen", "kern": "Wie <b>fietst</b>, mag mee.", "link": "https://a.example/x"}
        grown = extended(lokaal=[story, GOOD["lokaal"][1]])
        rules = [{"lokaal": "regeling  Deelfietsen", "rol": "blokkeert"}]
        record = a_record(knelpunt={"tekst": "Iets.", "soort": "strikte-lokale-regel", "regels": rules})
        book = a_book(record, vocabulary=grown)
        pages = {page.address: page for page in render_pages(book, Changes("", (), (), (), (), ()))}
        page = pages["wetten/lokaal/"].body
        assert "Wie &lt;b&gt;fietst&lt;/b&gt;, mag mee." in page
        assert page.count('href="https://a.example/x"') == 1
        assert page.count("<h2") == 2
        assert "Nog geen casus noemt deze regel." in page
        found = {entry.address: entry for entry in find_pages(book, list(pages.values()), {})}
        assert "Regeling zonder casus" in str(found["wetten/lokaal/"].words)
