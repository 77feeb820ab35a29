"""A second build: the same bytes as a first one, whatever was edited in between, with most of it taken over.

Shells made by hand stand in place of the builder, and the search index is left out; `tests/site` has both.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from unittest.mock import Mock

import pytest

from generator import files, grounds, inspection, publishing, shelf, sitefiles
from generator.exports.bundle import EXPORT_NAMES, Bundle
from generator.grounds import ground_beside
from generator.keeping import Before, find_before, forget, keep
from generator.kept import NOTHING, Kept, render_kept
from generator.pipeline import BuildError, Prepared, prepare
from generator.publishing import publish
from generator.settings import Settings
from tests.factories import a_file, excused, some_files
from tests.test_pipeline import HAND_WRITTEN
from tests.test_shells import built_site


@dataclass
class Bench:
    """A collection that is built time after time, each site taking the place of the one before."""

    root: Path

    @property
    def settings(self) -> Settings:
        return Settings(root=self.root, cases=self.root / "cases", patterns=self.root / "patterns")

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def double(self) -> Path:
        return self.root / ".site-dubbel"

    def shells(self, folder: Path, **more: str) -> Path:
        pages = {**built_site(), **HAND_WRITTEN, **more}
        files.write_pages(folder, {name: text.encode() for name, text in pages.items()})
        return folder

    def write(self, *records: tuple[str, bytes]) -> None:
        files.write_pages(self.root, dict(records))

    def build(self, **more: str) -> tuple[Prepared, Kept]:
        """Build, and let it take the place of the site that stands."""
        prepared = prepare(self.settings, before=find_before(self.site, self.settings))
        with ground_beside(self.site) as ground:
            built = self.shells(ground.built, **more)
            left = publish(prepared, self.settings, ground.site, "https://atlas.invalid/", built=built)
            keep(self.site, left)
        return prepared, left

    def anew(self, **more: str) -> dict[str, bytes]:
        """What a first build of the same would give."""
        folder = self.shells(self.root / "nieuw", **more)
        publish(prepare(self.settings), self.settings, folder, "https://atlas.invalid/")
        made = dict(files.read_all(folder))
        files.remove(folder)
        return made

    def stands(self) -> dict[str, bytes]:
        return dict(files.read_all(self.site))

    def numbers(self) -> dict[str, int]:
        return {name: state[2] for name, state in files.states(self.site, files.list_site(self.site)).items()}


@pytest.fixture
def bench(tmp_path, monkeypatch) -> Bench:
    monkeypatch.setattr(publishing, "indexing", lambda site, documents: nullcontext(Mock()))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "bewaard"))
    made = Bench(tmp_path)
    made.write(*some_files(12))
    return made


def sentence(bench: Bench, number: int, old: bytes, new: bytes) -> None:
    """Change a sentence in one of the invented records."""
    path = sorted(bench.settings.cases.rglob("*.yaml"))[number]
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


def same(bench: Bench, **more: str) -> bool:
    """Whether what stands is what a first build gives."""
    expected, found = bench.anew(**more), bench.stands()
    assert found.keys() == expected.keys()
    return [name for name in expected if found[name] != expected[name]] == []


class TestSameBytes:
    def test_without_an_edit_every_page_is_taken_over(self, bench):
        bench.build()
        before = bench.numbers()
        bench.build()
        pages = [name for name in before if name.startswith(("casussen/", "patronen/", "leren/", "wetten/"))]
        assert len(pages) > 40
        assert {name: bench.numbers()[name] for name in pages} == {name: before[name] for name in pages}
        assert same(bench)

    def test_after_each_of_many_edits(self, bench):
        bench.build()
        sentence(bench, 3, b"situatie: ", b"situatie: Er kwam een brief van de gemeente. ")
        bench.build()
        assert same(bench)
        sentence(bench, 5, b"titel: ", b"titel: Toch ")
        bench.build()
        assert same(bench)
        sentence(bench, 2, b"status: gepubliceerd", b"status: concept")
        bench.build()
        assert same(bench)
        (sorted(bench.settings.cases.rglob("*.yaml"))[7]).unlink()
        bench.build()
        assert same(bench)
        bench.write(a_file())
        bench.build()
        assert same(bench)
        sentence(bench, 3, b"status: concept", b"status: gepubliceerd")
        bench.build()
        assert same(bench)

    def test_a_record_with_something_excused_is_read_each_time(self, bench):
        name, data = a_file(**excused(situatie="Toen belde Merel de huisarts."))
        bench.write((name, data))
        _, left = bench.build()
        assert name not in left.records
        assert "casussen/fiets-voor-de-bakker/" in left.pages
        prepared, _ = bench.build()
        assert prepared.clearance.excused
        assert same(bench)

    def test_of_a_record_with_something_excused_no_noun_is_kept(self, bench):
        bench.write(a_file(**excused(situatie="Toen belde Merel de huisarts.")))
        _, left = bench.build()
        assert len(left.nouns["casussen"]) < len(left.records)
        assert b"Merel" not in render_kept(left)
        bench.build()
        assert same(bench)

    def test_no_title_with_something_excused_is_kept(self, bench):
        bench.write(a_file(**excused(titel="Merel belde de huisarts & kreeg een fiets")))
        prepared, left = bench.build()
        assert "Merel" in bench.stands()["casussen/fiets-voor-de-bakker/index.html"].decode()
        assert prepared.clearance.excused
        assert b"merel" not in render_kept(left).lower()
        bench.build()
        assert same(bench)

    def test_other_shells_make_every_page_anew(self, bench):
        bench.build()
        before = bench.numbers()
        changed = built_site()["casussen/_schil/index.html"].replace("<footer>", "<footer>Nieuw ")
        bench.build(**{"casussen/_schil/index.html": changed})
        name = "casussen/verzonnen-casus-03/index.html"
        assert b"<footer>Nieuw" in bench.stands()[name]
        assert bench.numbers()[name] != before[name]
        assert same(bench, **{"casussen/_schil/index.html": changed})

    def test_own_words_make_every_page_anew(self, bench):
        bench.build()
        assert find_before(bench.site, bench.settings).kept != NOTHING
        words = replace(bench.settings, words=bench.root / "woordenlijst")
        assert find_before(bench.site, words).kept == NOTHING

    def test_over_two_processes_the_same_is_taken_over(self, bench, monkeypatch):
        for module in (sitefiles, inspection):
            monkeypatch.setattr(module, "BATCH", 5)
            monkeypatch.setattr(module, "MANY", 1)
        bench.build()
        sentence(bench, 3, b"situatie: ", b"situatie: Er kwam een brief van de gemeente. ")
        bench.build()
        assert same(bench)


class TestTrust:
    def test_a_page_that_somebody_changed_is_made_anew(self, bench):
        bench.build()
        page = bench.site / "casussen/verzonnen-casus-03/index.html"
        page.write_text("<p>Merel woont in de Dorpsstraat 3.</p>", "utf-8")
        bench.build()
        assert same(bench)

    def test_a_page_that_is_gone_is_made_anew(self, bench):
        bench.build()
        (bench.site / "casussen/verzonnen-casus-03/index.html").unlink()
        bench.build()
        assert same(bench)

    def test_a_link_in_place_of_a_page_is_not_followed(self, bench, tmp_path):
        bench.build()
        page = bench.site / "casussen/verzonnen-casus-03/index.html"
        (tmp_path / "elders").write_bytes(page.read_bytes())
        page.unlink()
        page.symlink_to(tmp_path / "elders")
        bench.build()
        assert not page.is_symlink()
        assert same(bench)

    def test_of_data_files_that_somebody_changed_nothing_is_taken_over(self, bench):
        bench.build()
        for name in ("casussen.csv", "maatwerkatlas.jsonld"):
            data = (bench.site / "gegevens" / name).read_bytes()
            (bench.site / "gegevens" / name).write_bytes(data.replace(b"a", b"e"))
        bench.build()
        assert same(bench)

    def test_without_the_site_nothing_is_taken_over(self, bench):
        bench.build()
        files.remove(bench.site)
        bench.build()
        assert same(bench)

    def test_what_was_forgotten_is_made_anew(self, bench):
        bench.build()
        forget(bench.site)
        assert find_before(bench.site, bench.settings) == Before(
            bench.site, NOTHING, find_before(bench.site, bench.settings).stamp
        )
        assert not [*shelf.cache_folder().glob("*/*")]

    def test_likelihoods_that_another_build_left_are_not_used(self, bench):
        bench.build()
        (table,) = shelf.cache_folder().glob("*/kansen.bin")
        shelf.write_numbers(table, [memoryview(table.read_bytes()[::-1])])
        sentence(bench, 3, b"status: gepubliceerd", b"status: concept")
        bench.build()
        assert same(bench)

    def test_a_site_with_collections_of_others_keeps_nothing(self, bench):
        assert find_before(bench.site, replace(bench.settings, config=bench.root / "mkdocs.yml")) is None

    def test_what_is_kept_is_for_this_user_alone(self, bench):
        bench.build()
        (place,) = shelf.cache_folder().glob("*/bouw.json")
        assert place.parent.stat().st_mode & 0o077 == 0


class TestDouble:
    """From the third build on a site is made in the double of the one that stands."""

    @pytest.fixture(autouse=True)
    def twice(self, bench):
        bench.build()
        bench.build()
        assert files.list_site(bench.double) == files.list_site(bench.site)

    def test_three_builds_in_a_row_are_one_from_the_start(self, bench):
        before = bench.numbers()
        sentence(bench, 3, b"situatie: ", b"situatie: Er kwam een brief van de gemeente. ")
        bench.build()
        pages = [name for name in before if name.startswith("casussen/verzonnen-")]
        assert [name for name in pages if bench.numbers()[name] == before[name]]
        assert same(bench)
        (sorted(bench.settings.cases.rglob("*.yaml"))[7]).unlink()
        bench.build()
        assert same(bench)
        assert {path.name for path in bench.site.rglob("*") if path.is_dir() and not any(path.iterdir())} == set()

    def test_what_stood_in_a_page_that_is_gone_is_in_neither_folder(self, bench):
        sentence(bench, 3, b"situatie: ", b"situatie: Er kwam een oranje brief van de gemeente. ")
        bench.build()
        sentence(bench, 3, b"Er kwam een oranje brief van de gemeente. ", b"")
        bench.build()
        for folder in (bench.site, bench.double):
            assert [name for name, data in files.read_all(folder) if b"oranje brief" in data] == []
        assert same(bench)

    def test_a_page_that_somebody_changed_or_replaced_in_either_is_made_anew(self, bench):
        pages = [f"casussen/verzonnen-casus-0{number}/index.html" for number in (3, 4, 5, 6)]
        for folder, (changed, replaced) in ((bench.site, pages[:2]), (bench.double, pages[2:])):
            (folder / replaced).unlink()
            for name in (changed, replaced):
                (folder / name).write_text("<p>Merel woont in de Dorpsstraat 3.</p>", "utf-8")
        bench.build()
        assert same(bench)

    def test_what_nobody_knows_is_taken_out(self, bench):
        files.write_pages(bench.double, {"casussen/onbekend/index.html": b"x", "gegevens/los.csv": b"x", ".los": b"x"})
        bench.build()
        assert same(bench)

    def test_a_build_that_fails_writes_into_no_file_of_the_site(self, bench):
        numbers, bytes_before = bench.numbers(), bench.stands()
        sentence(bench, 3, b"titel: ", b"titel: Toch ")
        with pytest.raises(BuildError, match="PRIV-NAAM"):
            bench.build(**{"uitleg/index.html": "<head></head><p>Toen belde Merel de huisarts.</p>"})
        assert (bench.numbers(), bench.stands()) == (numbers, bytes_before)
        assert [name for name, data in files.read_all(bench.double) if data != bytes_before[name]] == []
        bench.build()
        assert same(bench)

    def test_a_build_that_is_killed_anywhere_leaves_the_site(self, bench, monkeypatch):
        """It ends at a step of writing, and what would tidy up after it is left out too."""
        sentence(bench, 3, b"titel: ", b"titel: Toch ")
        numbers, bytes_before = bench.numbers(), bench.stands()
        for moment in (0, 1, 5, 20, 40):
            with monkeypatch.context() as patched:
                end_at(patched, moment)
                with pytest.raises(Killed):
                    bench.build()
            assert (bench.numbers(), bench.stands()) == (numbers, bytes_before)
        bench.build()
        assert same(bench)

    def test_a_fresh_build_takes_nothing_over(self, bench):
        before = bench.numbers()
        forget(bench.site)
        bench.build()
        assert [name for name in before if bench.numbers()[name] == before[name]] == []
        assert same(bench)


class Killed(BaseException):
    """Stands for the end of the process."""


def end_at(patched: pytest.MonkeyPatch, moment: int) -> None:
    """Let the process end just before its n-th page is written."""
    real, steps = Path.write_bytes, iter(range(10**6))

    def write(path: Path, data: bytes) -> int:
        if next(steps) >= moment:
            raise Killed
        return real(path, data)

    patched.setattr(Path, "write_bytes", write)
    patched.setattr(grounds, "_renew", lambda *arguments: None)


class TestChecks:
    def test_a_link_from_a_page_that_is_the_same_to_what_is_gone_is_found(self, bench):
        bench.build(**{"uitleg/index.html": '<head></head><a href="../casussen/verzonnen-casus-03/">x</a>'})
        sentence(bench, 3, b"status: gepubliceerd", b"status: concept")
        with pytest.raises(BuildError, match=r"uitleg/index.html: ../casussen/verzonnen-casus-03/"):
            bench.build(**{"uitleg/index.html": '<head></head><a href="../casussen/verzonnen-casus-03/">x</a>'})

    def test_a_link_from_a_page_that_is_the_same_to_a_heading_that_is_gone_is_found(self, bench):
        pages = {
            "een/index.html": '<head></head><a href="../twee/#kop">x</a>',
            "twee/index.html": '<head></head><h2 id="kop">x</h2>',
        }
        bench.build(**pages)
        with pytest.raises(BuildError, match=r"een/index.html: ../twee/#kop"):
            bench.build(**pages | {"twee/index.html": "<head></head><h2>x</h2>"})

    def test_a_link_from_a_changed_page_to_a_heading_of_one_that_is_the_same_is_looked_up(self, bench):
        pages = {"een/index.html": "<head></head>x", "twee/index.html": '<head></head><h2 id="kop">x</h2>'}
        bench.build(**pages)
        bench.build(**pages | {"een/index.html": '<head></head><a href="../twee/#kop">x</a>'})
        with pytest.raises(BuildError, match=r"een/index.html: ../twee/#kap"):
            bench.build(**pages | {"een/index.html": '<head></head><a href="../twee/#kap">x</a>'})

    def test_a_name_in_a_page_that_changed_stops_the_build(self, bench):
        bench.build()
        with pytest.raises(BuildError, match=r"uitleg/index.html.*PRIV-NAAM"):
            bench.build(**{"uitleg/index.html": "<head></head><p>Toen belde Merel de huisarts.</p>"})

    def test_a_name_in_any_file_of_data_stops_the_build(self, bench, monkeypatch):
        bench.build()
        sentence(bench, 3, b"situatie: ", b"situatie: Er kwam een brief van de gemeente. ")
        whole = publishing.renew_exports

        def leak(name, book, address, standing):
            made = whole(book, address, standing)
            data, last = made[name], max(made[name].rfind(b"casus"), 0)
            damaged = data[:last] + b"Toen belde Merel de huisarts. " + data[last:]
            return Bundle({**made.pieces, name: (damaged,)}, made.places)

        for name in sorted(EXPORT_NAMES):
            monkeypatch.setattr(publishing, "renew_exports", partial(leak, name))
            with pytest.raises(BuildError, match=rf"gegevens/{name}:1:1: .*PRIV-NAAM"):
                bench.build()

    def test_of_data_only_what_is_new_is_read_again(self, bench, monkeypatch):
        bench.build()
        read: dict[str, bytes] = {}
        monkeypatch.setattr(inspection, "check_output", lambda written, _: read.update(written) or iter(()))
        sentence(bench, 3, b"situatie: ", b"situatie: Er kwam een brief van de gemeente. ")
        bench.build()
        for name in ("casussen.json", "casussen.csv", "maatwerkatlas.json"):
            assert b"brief van de gemeente" in read[f"gegevens/{name}"]
            assert len(read[f"gegevens/{name}"]) < len(bench.stands()[f"gegevens/{name}"]) / 2

    def test_of_data_that_somebody_changed_all_is_read_again(self, bench, monkeypatch):
        bench.build()
        (bench.site / "gegevens/casussen.csv").touch()
        read: dict[str, bytes] = {}
        monkeypatch.setattr(inspection, "check_output", lambda written, _: read.update(written) or iter(()))
        sentence(bench, 3, b"situatie: ", b"situatie: Er kwam een brief van de gemeente. ")
        bench.build()
        assert read["gegevens/casussen.csv"] == bench.stands()["gegevens/casussen.csv"]

    def test_after_a_build_that_failed_the_next_one_is_whole(self, bench):
        bench.build()
        with pytest.raises(BuildError):
            bench.build(**{"uitleg/index.html": "<head></head><p>Toen belde Merel de huisarts.</p>"})
        bench.build()
        assert same(bench)

    def test_text_of_a_record_that_is_held_back_from_now_on_is_found_in_a_page_that_is_the_same(self, bench):
        said = "De buurvrouw nam elke dinsdag de was mee en bracht die schoon terug."
        bench.write(a_file(situatie=said))
        page = {"uitleg/index.html": f"<head></head><p>{said}</p>"}
        bench.build(**page)
        sentence(bench, 0, b"titel: ", b"titel: Merel krijgt ")
        with pytest.raises(BuildError, match=r"uitleg/index.html.*PRIV-UITVOER-AANGEHOUDEN"):
            bench.build(**page)

    def test_only_what_changed_is_read_again(self, bench, monkeypatch):
        bench.build()
        read: list[str] = []
        whole = inspection.check_output

        def listen(written, known):
            read.extend(written)
            return whole(written, known)

        monkeypatch.setattr(inspection, "check_output", listen)
        sentence(bench, 3, b"situatie: ", b"situatie: Er kwam een brief van de gemeente. ")
        bench.build()
        assert "casussen/verzonnen-casus-03/index.html" in read
        assert len(read) < len(bench.stands()) / 2
