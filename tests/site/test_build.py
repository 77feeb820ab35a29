"""The whole site, built by the commands that people type: what is on it, always the same, and how it fails."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from generator.grounds import Ground
from generator.links import check_links
from generator.mkdocs_plugin import build_site

pytestmark = pytest.mark.site

PUBLISHED = re.compile("^status: (gepubliceerd|ingetrokken)$", re.MULTILINE)
"""Records that have a page."""
SITE = "http://site.test/"
"""Stands for the root of the site while links are resolved."""


def dead_links(site: Path, read_html: Callable) -> list[tuple[str, str]]:
    """Links that lead nowhere, found by a parser and by joining addresses as browsers do: not the generator's way."""
    pages = {path.relative_to(site).as_posix(): read_html(path) for path in sorted(site.rglob("*.html"))}
    dead = []
    for name, page in pages.items():
        for link in sorted(page.links):
            target = urlsplit(urljoin(SITE + name, link))
            if not target.geturl().startswith(SITE):
                continue
            path = unquote(target.path).removeprefix("/")
            file = f"{path}index.html" if path.endswith("/") or not path else path
            fragment = unquote(target.fragment)
            missing = fragment and file in pages and fragment not in pages[file].ids and not fragment.startswith("__")
            if not (site / file).is_file() or missing:
                dead.append((name, link))
    return dead


class TestContents:
    def test_every_published_record_has_a_page(self, project: Path, built_site: Path) -> None:
        files = (project / "cases").rglob("*.yaml")
        records = {path.stem for path in files if PUBLISHED.search(path.read_text("utf-8"))}
        pages = {path.parent.name for path in built_site.glob("casussen/*/index.html")}
        assert pages == records
        assert len(pages) >= 96

    def test_there_are_candidate_patterns(self, built_site: Path) -> None:
        assert len(list(built_site.glob("patronen/*/index.html"))) >= 10

    def test_every_page_is_filled(self, built_site: Path, read_html: Callable) -> None:
        for path in built_site.rglob("*.html"):
            page, text = read_html(path), path.read_text("utf-8")
            tags = Counter(name for name, _ in page.elements)
            assert tags["h1"] == 1, path
            assert page.title not in {"", "Maatwerkatlas"} or path.parent == built_site, path
            if path.is_relative_to(built_site / "besluiten"):
                continue  # these pages are about shells and may name their parts
            for marker in ("ATLASSCHIL", "_schil", "atlas-schil-", "<!-- maatwerkatlas:", "{{", "{%"):
                assert marker not in text, (path, marker)

    def test_no_shell_and_no_page_of_the_live_server_is_published(self, built_site: Path) -> None:
        assert not list(built_site.rglob("_schil"))
        assert not (built_site / "problemen").exists()

    def test_a_withdrawn_case_keeps_a_page_that_says_so(self, small_site: Path, read_html: Callable) -> None:
        page = read_html(small_site / "casussen/ingetrokken-casus/index.html")
        assert "Deze casus is ingetrokken" in page.text

    def test_the_text_of_a_withdrawn_case_is_nowhere(
        self, small_site: Path, site_text: Callable, withdrawn_words: tuple[str, ...]
    ) -> None:
        text = site_text(small_site).lower()
        assert "alleenstaande vrouw verliest haar kamer" in text
        assert [word for word in withdrawn_words if word in text] == []

    def test_a_record_that_is_not_published_is_nowhere(self, small_site: Path, site_text: Callable) -> None:
        assert not (small_site / "casussen/concept-casus").exists()
        assert "steenuil" not in site_text(small_site).lower()

    def test_a_withdrawn_case_is_not_found(self, small_site: Path, site_text: Callable) -> None:
        index = site_text(small_site / "pagefind")
        assert "casussen/eerste/" in index
        assert "casussen/ingetrokken-casus/" not in index


class TestSameBytes:
    def test_mkdocs_gives_the_same_pages_also_from_a_subfolder(
        self, project: Path, built_site: Path, tmp_path: Path, run: Callable, site_bytes: Callable
    ) -> None:
        options = ["--strict", "--config-file", "../mkdocs.yml", "--site-dir", str(tmp_path / "site")]
        done = run("mkdocs", "build", *options, cwd=project / "docs", PYTHONHASHSEED="2")
        assert done.returncode == 0, done.stderr
        assert_same(site_bytes(tmp_path / "site"), site_bytes(built_site))

    def test_the_order_of_the_files_does_not_matter(
        self, project: Path, built_site: Path, tmp_path: Path, site_bytes: Callable
    ) -> None:
        """Every record moves to a folder named after its hash: another order of reading, in this very process."""
        moved = tmp_path / "project"
        shutil.copytree(project, moved, ignore=shutil.ignore_patterns("cases", "site"))
        for path in sorted((project / "cases").rglob("*.yaml")):
            folder = moved / "cases" / sha256(path.name.encode()).hexdigest()[:1]
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder)
        stages: list[str] = []
        build_site(
            moved / "mkdocs.yml", Ground(moved / "site", moved / "site"), lambda stage, seconds: stages.append(stage)
        )
        assert_same(site_bytes(moved / "site"), site_bytes(built_site))
        assert len(stages) == 9

    def test_our_command_works_from_a_subfolder(
        self, small_project: Path, small_site: Path, tmp_path: Path, run: Callable, site_bytes: Callable
    ) -> None:
        options = ["--config", "../mkdocs.yml", "--cases", "../cases", "--patterns", "../patterns"]
        site = tmp_path / "site"
        done = run("maatwerkatlas", "build", *options, "--site", str(site), cwd=small_project / "docs")
        assert done.returncode == 0, done.stderr
        assert_same(site_bytes(site), site_bytes(small_site))


class TestSecondBuild:
    def test_after_edits_it_is_what_a_first_build_gives(
        self, make_project: Callable, a_record: Callable, run: Callable, site_bytes: Callable
    ) -> None:
        """A record and a page that people wrote are edited, one after the other; then all is made anew."""
        project = make_project([a_record(f"casus-{letter}", titel=f"Een fiets voor {letter}") for letter in "abcde"])
        site = project / "site"

        def build(*options: str) -> str:
            done = run("maatwerkatlas", "build", *options, cwd=project)
            assert done.returncode == 0, done.stderr
            assert "Traceback" not in done.stderr
            return done.stderr

        assert "overgenomen" not in build()
        record = project / "cases/casus-b.yaml"
        record.write_text(record.read_text("utf-8").replace("Een fiets voor b", "Een rollator voor b"), "utf-8")
        pages = [site / f"casussen/casus-{letter}/index.html" for letter in "abcde"]
        before = [page.stat().st_mtime_ns for page in pages]
        assert re.search(r"pagina's gemaakt: \d+, daarvan overgenomen: [1-9]", build())
        assert pages[1].stat().st_mtime_ns != before[1]
        assert "Een rollator voor b" in pages[1].read_text("utf-8")
        with (project / "docs/begrippen.md").open("a", encoding="utf-8") as page:
            page.write("\nNog een zin over woorden.\n")
        build()
        second = site_bytes(site)
        build("--fresh")
        assert_same(second, site_bytes(site))
        assert any(b"Nog een zin over woorden." in data for data in second.values())

    def test_the_search_index_follows_an_edit(
        self, make_project: Callable, a_record: Callable, run: Callable, site_text: Callable
    ) -> None:
        project = make_project([a_record("casus-a"), a_record("casus-b")])
        assert run("maatwerkatlas", "build", cwd=project).returncode == 0
        first = sorted(path.name for path in (project / "site/pagefind").rglob("*"))
        assert run("maatwerkatlas", "build", cwd=project).returncode == 0
        assert sorted(path.name for path in (project / "site/pagefind").rglob("*")) == first
        record = project / "cases/casus-a.yaml"
        text = re.sub("(?m)^titel: .*", "titel: Een aangepaste bakfiets", record.read_text("utf-8"))
        record.write_text(text, "utf-8")
        assert run("maatwerkatlas", "build", cwd=project).returncode == 0
        assert "bakfiets" in site_text(project / "site/pagefind")


class TestFailure:
    @pytest.mark.parametrize("command", ["maatwerkatlas", "mkdocs"])
    def test_a_broken_record_leaves_the_previous_site(
        self, command: str, make_project: Callable, a_record: Callable, run: Callable, site_bytes: Callable
    ) -> None:
        project = make_project([a_record("heel"), a_record("kapot", resultaat={"status": "prachtig"})])
        (project / "cases/open.yaml").write_text("id: open\ntitel: [\n", "utf-8")
        before = previous_site(project, site_bytes)
        done = run(command, "build", cwd=project)
        assert done.returncode == 1
        assert "cases/kapot.yaml:" in done.stderr
        assert "cases/open.yaml:" in done.stderr
        assert "Traceback" not in done.stderr
        assert site_bytes(project) == before

    def test_a_broken_link_leaves_the_previous_site(
        self, make_project: Callable, a_record: Callable, run: Callable, site_bytes: Callable
    ) -> None:
        project = make_project([a_record("heel")])
        with (project / "docs/begrippen.md").open("a", encoding="utf-8") as page:
            page.write('\n<p><a href="../casussen/bestaat-niet/">weg</a> <img src="../plaatje-weg.png" alt=""></p>\n')
        before = previous_site(project, site_bytes)
        done = run("maatwerkatlas", "build", cwd=project)
        assert done.returncode == 1
        assert "begrippen/index.html: ../casussen/bestaat-niet/" in done.stderr
        assert "begrippen/index.html: ../plaatje-weg.png" in done.stderr
        assert "Traceback" not in done.stderr
        assert site_bytes(project) == before


class TestLinks:
    def test_no_link_is_broken(self, built_site: Path, read_html: Callable) -> None:
        assert dead_links(built_site, read_html) == []

    def test_the_generator_s_own_check_agrees(self, built_site: Path) -> None:
        pages = {
            path.relative_to(built_site).as_posix(): path.read_text("utf-8") for path in built_site.rglob("*.html")
        }
        files = frozenset(p.relative_to(built_site).as_posix() for p in built_site.rglob("*") if p.is_file())
        assert list(check_links(pages.items(), files)) == []
        page = max(name for name in pages if name.startswith("casussen/"))
        planted = '<a href="../nergens/">x</a><a href="#geen-kop">x</a><img alt="" src="../../assets/geen.svg">'
        pages[page] = pages[page].replace("</article>", f"{planted}</article>")
        found = {link for name, link in check_links(pages.items(), files) if name == page}
        assert found == {"../nergens/", "#geen-kop", "../../assets/geen.svg"}


class TestHostileRecord:
    def test_its_text_is_shown_as_written(
        self, small_site: Path, read_html: Callable, hostile_records: list[dict]
    ) -> None:
        for record in hostile_records:
            page = read_html(small_site / f"casussen/{record['id']}/index.html")
            for written in texts_of(record, ("titel", "situatie", "vraag", "gemeente", "afspraken", "betrokkenen")):
                assert " ".join(written.split()) in page.text, (record["id"], written)
            for part in ("knelpunt", "doorbraak", "resultaat", "werkwijze", "onderbouwing", "scenarios"):
                for written in texts_of(record[part], ("tekst", "lokaal", "geleerd", "stem_inwoner", "verloop")):
                    assert " ".join(written.split()) in page.text, (record["id"], written)

    def test_it_adds_no_element_that_other_pages_lack(
        self, small_site: Path, read_html: Callable, hostile_records: list[dict]
    ) -> None:
        plain = Counter(name for name, _ in read_html(small_site / "casussen/eerste/index.html").elements)
        for record in hostile_records:
            page = read_html(small_site / f"casussen/{record['id']}/index.html")
            tags = Counter(name for name, _ in page.elements)
            for name in ("script", "img", "iframe", "textarea", "template", "article", "main", "body"):
                assert tags[name] == plain[name], (record["id"], name)

    def test_no_page_of_its_site_holds_code(self, small_site: Path, read_html: Callable) -> None:
        for path in small_site.rglob("*.html"):
            for name, attributes in read_html(path).elements:
                assert not [key for key in attributes if key.startswith("on") or key == "srcdoc"], (path, name)
                links = [attributes.get(key, "").strip().lower() for key in ("href", "src", "action")]
                assert not [link for link in links if link.startswith(("javascript:", "data:text"))], (path, name)

    def test_no_template_is_carried_out(self, small_site: Path, read_html: Callable) -> None:
        text = read_html(small_site / "casussen/kwaad-1/index.html").text
        assert "{{ 7*7 }}" in text
        assert "49" not in text

    @pytest.mark.parametrize("number", [0, 1, 2])
    def test_its_title_stands_in_the_head_as_written(
        self, number: int, small_site: Path, read_html: Callable, hostile_records: list[dict]
    ) -> None:
        record = hostile_records[number]
        page = read_html(small_site / f"casussen/{record['id']}/index.html")
        assert page.title == f"{record['titel']} - Maatwerkatlas"

    def test_it_is_listed_as_written_on_every_kind_of_page(
        self, small_site: Path, read_html: Callable, hostile_records: list[dict]
    ) -> None:
        patterns = " ".join(read_html(path).text for path in small_site.glob("patronen/*/index.html"))
        pages = ["index.html", "casussen/index.html", "wetten/pw/index.html", "wetten/pw/artikel-40/index.html"]
        texts = {name: read_html(small_site / name).text for name in [*pages, "methode/teambudget/index.html"]}
        for name, text in (texts | {"patronen": patterns}).items():
            for record in hostile_records:
                assert record["titel"] in text, (name, record["id"])


def texts_of(value: object, keys: Iterable[str]) -> list[str]:
    """Every text below a value that stands under one of the keys."""
    if isinstance(value, dict):
        below = [text for part in value.values() for text in texts_of(part, keys)]
        here = [value[key] for key in keys if key in value]
        lines = [item for found in here for item in (found if isinstance(found, list) else [found])]
        return [*below, *(line for line in lines if isinstance(line, str))]
    if isinstance(value, list):
        return [text for part in value for text in texts_of(part, keys)]
    return []


def previous_site(project: Path, site_bytes: Callable) -> Mapping[str, bytes]:
    """Publish something, and remember the whole project."""
    for name in ("index.html", "casussen/oud/index.html", "pagefind/pagefind.js"):
        file = project / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("de vorige site", "utf-8")
    return site_bytes(project)


def assert_same(found: Mapping[str, bytes], expected: Mapping[str, bytes]) -> None:
    """Two sites are equal; if not, the names of the files that differ say more than their bytes."""
    assert sorted(found) == sorted(expected)
    assert [name for name in expected if found[name] != expected[name]] == []
