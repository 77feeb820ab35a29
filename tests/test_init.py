"""A site for another municipality: all of it or nothing, explained file by file, and in nobody else's name."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.colours import ENOUGH, WHITE, contrast, read_colour, shades
from generator.installed import read_origin, render_origin, requirement
from generator.newsite import NewSite, adapt_page, is_name, render_site
from generator.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[1]
ORIGIN = "git+https://voorbeeld.example/atlas.git@0123456789abcdef"
COMMAND = ("init", "nieuw", "--name", "Maatwerk Veerdam", "--from", ORIGIN)

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch, tmp_path) -> Run:
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(main, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """The files of a new site."""
    site = NewSite("Maatwerk Veerdam", (0x7A, 0x1F, 0x5C), ORIGIN)
    return {name: data.decode() for name, data in render_site(site, load_vocabulary()).items()}


class TestCommand:
    def test_the_new_site_is_clean_and_stays_what_it_is(self, run, tmp_path, monkeypatch):
        assert run(*COMMAND).exit_code == 0
        monkeypatch.chdir(tmp_path / "nieuw")
        checked = run("check")
        assert (checked.exit_code, checked.stdout) == (0, "")
        assert "2 records" in checked.stderr
        assert run("schema", "--check").exit_code == 0
        assert run("patterns").exit_code == 0
        assert run("new", "een-casus").stdout.startswith("# yaml-language-server: $schema=../schema/case.schema.json\n")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--name", ""], "zo kan een site niet heten"),
            (["--name", "<b>Veerdam</b>"], "zo kan een site niet heten"),
            (["--name", "x" * 61], "zo kan een site niet heten"),
            (["--name", "Atlas van Merel Jansen"], "de privacytoets ziet in deze naam een mens"),
            (["--colour", "paars"], "schrijf een kleur als"),
            (["--colour", "#ff9900"], "contrast is 2,1"),
            (["--from", "http://voorbeeld.example/atlas.git"], "zonder naam en wachtwoord"),
            (["--from", "git+https://iemand:geheim@voorbeeld.example/atlas.git"], "zonder naam en wachtwoord"),
            (["--from", "; rm -rf"], "zonder naam en wachtwoord"),
        ],
    )
    def test_a_choice_that_cannot_be_is_refused_and_nothing_is_written(self, run, tmp_path, arguments, said):
        result = run("init", "nieuw", "--from", ORIGIN, *arguments)
        assert result.exit_code == 2
        assert said in " ".join(result.stderr.split())
        assert "geheim" not in result.output
        assert list(tmp_path.iterdir()) == []

    def test_a_folder_that_is_not_empty_or_no_folder_is_left_alone(self, run, tmp_path):
        (tmp_path / "vol").mkdir()
        (tmp_path / "vol/.verborgen").write_text("van mij", "utf-8")
        (tmp_path / "bestand").write_text("van mij", "utf-8")
        (tmp_path / "koppeling").symlink_to(tmp_path / "nergens")
        for name in ("vol", "bestand", "koppeling", ".", "bestand/onder"):
            result = run("init", name, "--from", ORIGIN)
            assert (result.exit_code, "Traceback" in result.output) == (2, False), name
        assert (tmp_path / "vol/.verborgen").read_text("utf-8") == "van mij"
        assert {path.name for path in tmp_path.iterdir()} == {"vol", "bestand", "koppeling"}

    def test_an_empty_folder_is_filled(self, run, tmp_path):
        (tmp_path / "nieuw").mkdir()
        assert run(*COMMAND).exit_code == 0
        assert (tmp_path / "nieuw/mkdocs.yml").is_file()

    def test_a_write_that_fails_leaves_nothing(self, run, tmp_path, monkeypatch):
        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("generator.files.write_pages", fail)
        assert run(*COMMAND).exit_code == 2
        assert list(tmp_path.iterdir()) == []


class TestFiles:
    def test_every_file_is_explained_in_the_guide_and_no_other(self, files):
        table = (ROOT / "docs/beheer.md").read_text("utf-8").partition("## Elk bestand")[2].partition("\n## ")[0]
        assert set(re.findall(r"^\| `([^`]+)` \|", table, re.M)) == set(files)

    def test_settings_and_ci_are_yaml_and_name_the_site(self, files):
        settings = yaml.safe_load(files["mkdocs.yml"])
        assert settings["site_name"] == "Maatwerk Veerdam"
        assert "custom_dir" not in settings["theme"]
        for name in (".github/workflows/site.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"):
            assert yaml.safe_load(files[name]), name

    def test_the_generator_and_its_versions_are_exact(self, files):
        assert ORIGIN in files["requirements.txt"].splitlines()
        assert files["constraints.txt"] == (ROOT / "constraints.txt").read_text("utf-8")

    def test_the_examples_say_that_they_are_invented(self, files):
        cases = [text for name, text in files.items() if name.startswith("cases/")]
        assert len(cases) == 2
        assert all("herkomst: fictief" in text and "(fictief)" in text for text in cases)

    def test_pages_hold_nothing_of_our_collection(self, files):
        pages = {name: text for name, text in files.items() if name.startswith("docs/")}
        assert len(pages) > 8
        for name, text in pages.items():
            assert "Maatwerkatlas" not in text, name
            assert "generator/" not in text, name
            assert not re.search(r"\b(86|91|96) casussen|P-00(0[2-9]|1)|@@|<!-- /?eigen", text), name

    def test_a_name_with_marks_is_a_name_in_yaml_and_in_html(self):
        site = NewSite("Zorg & Werk, 't Veer", (0, 0, 0), ORIGIN)
        texts = render_site(site, load_vocabulary())
        assert yaml.safe_load(texts["mkdocs.yml"])["site_name"] == "Zorg & Werk, 't Veer"
        assert "Zorg &amp; Werk, 't Veer" in texts["docs/index.md"].decode()

    def test_what_is_ours_alone_is_left_out_or_told_otherwise(self):
        marked = "<!-- eigen --> Weg.<!-- /eigen --> <!-- eigen: Wel. -->Niet.<!-- /eigen -->"
        text = f"De Maatwerkatlas.{marked} [A](a.md#x) [B](b.md)"
        assert adapt_page(text, "Veerdam", frozenset({"b.md"})) == "Veerdam. Wel. A [B](b.md)"

    def test_every_file_of_the_package_goes_along_when_it_is_built(self):
        settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
        kept = settings["tool"]["setuptools"]["package-data"]["generator"]
        package = ROOT / "generator"
        names = [path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()]
        data = [name for name in names if not name.endswith((".py", ".pyc"))]
        assert len(data) > 100
        lost = [n for n in data if not any(fnmatch(n, k.replace("**/", "")) for k in kept) or "/." in f"/{n}"]
        assert lost == []


class TestColours:
    def test_contrast_is_that_of_wcag(self):
        assert contrast((0, 0, 0), WHITE) == pytest.approx(21)
        assert contrast(WHITE, WHITE) == pytest.approx(1)
        assert contrast((0x76, 0x76, 0x76), WHITE) == pytest.approx(4.54, abs=0.01)

    @given(st.tuples(*[st.integers(0, 255)] * 3))
    def test_every_shade_can_be_read_on_its_ground(self, colour):
        made = {name: read_colour(shade) or (0, 0, 0) for name, shade in shades(colour).items()}
        style = (ROOT / "generator/overrides/assets/stylesheets/atlas.css").read_text("utf-8")
        light, dark = (
            [read_colour(c) for c in re.findall(r"--atlas-(?:papier|vlak|vlak-diep): (#\w{6})", part)]
            for part in style.split("slate", 1)
        )
        assert all(contrast(made["merk"], ground) >= ENOUGH - 0.05 for ground in light)
        assert all(contrast(made["donker_merk"], ground) >= ENOUGH - 0.05 for ground in dark)
        assert contrast(made["donker_merk"], made["donker_op_merk"]) >= ENOUGH - 0.05
        if contrast(colour, WHITE) >= ENOUGH:  # no other colour becomes a site's
            assert contrast(made["merk"], made["merk_vlak"]) >= ENOUGH
            assert contrast(made["donker_merk"], made["donker_merk_vlak"]) >= ENOUGH

    @pytest.mark.parametrize("text", ["", "#12", "#gggggg", "rood", "#1234567", "rgb(0,0,0)"])
    def test_what_is_no_colour_is_none(self, text):
        assert read_colour(text) is None


class TestOrigin:
    @pytest.mark.parametrize(
        ("told", "origin"),
        [
            (
                {"url": "https://a.example/b.git", "vcs_info": {"vcs": "git", "commit_id": "0a1b"}},
                "git+https://a.example/b.git@0a1b",
            ),
            ({"url": "file:///srv/atlas", "dir_info": {}}, "file:///srv/atlas"),
            ({"url": "https://a.example/b.whl", "archive_info": {}}, "https://a.example/b.whl"),
        ],
    )
    def test_what_pip_wrote_down_installs_the_same(self, told, origin):
        assert render_origin(json.dumps(told)) == origin
        assert requirement(origin) == origin

    def test_a_version_is_of_the_index(self):
        assert requirement("0.1.0") == "maatwerkatlas==0.1.0"

    def test_an_address_of_git_is_read_as_such(self):
        assert read_origin("https://a.example/b.git") == "git+https://a.example/b.git"

    @given(st.text(max_size=40))
    def test_no_address_can_hold_a_second_line_or_a_password(self, text):
        for address in (text, f"https://{text}", f"git+https://{text}@a.example/b.git"):
            origin = read_origin(address)
            assert origin is None or not re.search(r"\s|//[^/]*:[^/]*@", origin)


@given(st.text(max_size=70))
def test_a_name_is_one_line_without_markup(text):
    assert not is_name(text) or (text.isprintable() and not set(text) & set('<>`*[]{}|#\\"\n'))
