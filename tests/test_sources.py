"""Collections of others: what the settings may name, what is taken in, and that nothing ever undoes what was accepted.

Every repository here is a real one, made by the test.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator import acceptance, accepted, fetching, files, swaps
from generator.acceptance import Manner, Outcome, update
from generator.accepted import kept_files, named_sources, read_accepted
from generator.changes import Changes
from generator.cli import main
from generator.collection_pages import find_risky
from generator.crossing import join
from generator.fetching import Limits
from generator.intake import Intake, hold_back, take_in
from generator.pipeline import BuildError, Prepared, prepare, prepare_joined
from generator.privacy import gate
from generator.privacy.clearance import Clearance
from generator.privacy.finding import Finding, Weight
from generator.problems import messages, render_text
from generator.rendering import lead
from generator.settings import Settings
from tests.collections import a_repository, a_source, commit, git, settings_text
from tests.factories import a_book, a_file, a_pattern, a_record, a_registry, registry_files, some_changes, some_files

BAD = Path(__file__).parent / "golden/bad_sources"
SECRET = "Sesam123"
SILENT = {"situatie": "onbekend", "knelpunt__tekst": "onbekend", "doorbraak__tekst": "onbekend"}
CALL = "Bel haar op 06-12345678 na vijf uur."


@dataclass
class Site:
    """A site that takes in one collection, and the repository where that stands."""

    home: Path
    theirs: Path
    vocabulary: Any

    @property
    def config(self) -> Path:
        return self.home / "mkdocs.yml"

    def name(self, **changes: Any) -> None:
        """Let the settings name the collection."""
        self.config.write_text(settings_text(a_source(**changes)), "utf-8")

    def update(self, **manner: Any) -> Outcome:
        (wanted,), faults = named_sources(self.config)
        assert not faults
        return update(self.config, wanted, self.vocabulary, Manner(**manner))

    def take(self, *named: tuple[str, bytes]) -> Outcome:
        """Commit these files there, name that commit here, and take it in."""
        self.name(git=str(self.theirs), commit=commit(self.theirs, named))
        return self.update()

    def intake(self) -> Intake:
        return take_in(self.config, self.vocabulary)

    def kept(self) -> dict[str, bytes]:
        """What is accepted, as a build reads it; nothing if nothing is."""
        (wanted,), _ = named_sources(self.config)
        stand = read_accepted(self.config, wanted)
        parts = (accepted.CASES, accepted.PATTERNS)
        return {n: d for part in parts if stand for n, d in kept_files(self.config, wanted, stand, part)}


@pytest.fixture
def site(tmp_path, vocabulary) -> Site:
    """Nothing accepted yet; three records and a pattern there."""
    made = Site(tmp_path / "wij", tmp_path / "zij", vocabulary)
    made.home.mkdir()
    registry = registry_files(
        a_registry(a_pattern("P-0003", members=["verzonnen-casus-00"], naam="Een regel die knelt"))
    )
    made.name(git=str(made.theirs), commit=a_repository(made.theirs, [*some_files(3), *registry]))
    return made


@pytest.fixture
def taken(site) -> Site:
    """The same, accepted."""
    assert site.update().changed
    return site


def codes(outcome: Outcome) -> list[str]:
    return [problem.code for problem in outcome.problems]


def run(folder: Path, *arguments: str) -> Result:
    before = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner().invoke(main, ["sources", *arguments])
    finally:
        os.chdir(before)


class TestSettings:
    def test_every_fault_is_told_with_its_place_and_no_secret_is(self, golden):
        told = []
        for path in sorted(BAD.glob("*.yml")):
            result = run(BAD, "--config", path.name, "--update")
            assert result.exit_code == 1, path.name
            told.append(result.output)
        assert SECRET not in "".join(told)
        golden("bad_sources.txt", "".join(told))

    def test_every_code_of_the_settings_has_a_file_that_shows_it(self):
        told = (BAD.parent / "bad_sources.txt").read_text("utf-8")
        source = Path(fetching.__file__).with_name("collection.py").read_text("utf-8")
        wanted = {code for code in messages() if code.startswith("BRON-") and f'"{code}"' in source}
        assert {code for code in wanted if f" {code} " not in told} == set()

    def test_a_wrong_setting_stops_the_build_before_anything_is_fetched(self, taken):
        taken.config.write_text((BAD / "adres-met-wachtwoord.yml").read_text("utf-8"), "utf-8")
        settings = Settings(taken.home, taken.home / "cases", taken.home / "patterns", config=taken.config)
        with pytest.raises(BuildError, match=r"mkdocs.yml:7:\d+: fout BRON-ADRES-GEHEIM") as caught:
            prepare(replace(settings, cases=taken.theirs / "cases"))
        assert SECRET not in str(caught.value)

    @pytest.mark.parametrize(
        "address", ["https://example.org/a.git", "ssh://git@example.org/a.git", "file:///a/b", "../b"]
    )
    def test_plain_addresses_are_taken(self, site, address):
        site.name(git=address, commit="0" * 40)
        assert named_sources(site.config)[1] == ()

    def test_a_site_without_sources_has_none(self, tmp_path, vocabulary):
        (tmp_path / "mkdocs.yml").write_text("plugins:\n  - maatwerkatlas\n", "utf-8")
        assert take_in(tmp_path / "mkdocs.yml", vocabulary) == Intake()
        assert run(tmp_path).exit_code == 0


class TestTakingIn:
    def test_a_commit_is_taken_in_with_its_numbers(self, site):
        assert codes(site.update()) == []
        (collection,) = site.intake().collections
        assert [case.id for case in collection.cases] == [f"hil.verzonnen-casus-0{n}" for n in range(3)]
        assert [(pattern.id, pattern.cases) for pattern in collection.patterns] == [("P-0003", ("verzonnen-casus-00",))]
        assert not collection.behind

    def test_what_is_accepted_is_asked_for_no_more(self, taken):
        shutil.rmtree(taken.theirs)
        outcome = taken.update()
        assert (outcome.changed, codes(outcome)) == (False, [])
        assert taken.intake().problems == ()

    def test_another_name_or_licence_needs_no_fetching(self, taken):
        (wanted,), _ = named_sources(taken.config)
        shutil.rmtree(taken.theirs)
        taken.name(
            git=str(taken.theirs), commit=wanted.setting.commit, licentie="CC0 1.0", site="https://example.org/a"
        )
        assert taken.update().changed
        (collection,) = taken.intake().collections
        assert (collection.licence, collection.site, len(collection.cases)) == ("CC0 1.0", "https://example.org/a/", 3)

    def test_a_folder_is_taken_in_and_again_when_it_changed(self, site):
        site.name(map=str(site.theirs))
        assert site.update().changed
        assert not site.update().changed
        files.write_pages(site.theirs, dict(some_files(4)))
        assert site.intake().collections[0].behind
        assert site.update().changed
        assert len(site.kept()) == 5

    def test_what_is_gone_or_taken_back_there_is_so_here(self, taken):
        (taken.theirs / "cases/verzonnen-casus-02.yaml").unlink()
        assert codes(taken.take(a_file(id="verzonnen-casus-01", status="ingetrokken", **SILENT))) == []
        (collection,) = taken.intake().collections
        assert [case.case.id for case in collection.cases] == ["verzonnen-casus-00"]
        assert collection.withdrawn == ("verzonnen-casus-01",)

    def test_concepts_of_theirs_stay_there(self, taken):
        assert codes(taken.take(a_file(id="proef", status="concept"))) == []
        assert "hil/cases/proef.yaml" not in taken.kept()

    def test_a_case_that_we_do_not_want_is_left_out_at_once(self, taken):
        (wanted,), _ = named_sources(taken.config)
        zonder = ["verzonnen-casus-00"]
        taken.name(git=str(taken.theirs), commit=wanted.setting.commit, zonder=zonder)
        (collection,) = taken.intake().collections
        assert [case.case.id for case in collection.cases] == ["verzonnen-casus-01", "verzonnen-casus-02"]
        assert collection.patterns == ()

    def test_a_dry_run_writes_nothing(self, site):
        result = run(site.home, "--update", "--dry-run")
        assert result.exit_code == 0
        assert "in orde; niets geschreven" in result.output
        assert not (site.home / "bronnen").exists()

    def test_settings_of_git_around_us_have_no_say(self, site, monkeypatch):
        monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
        monkeypatch.setenv("GIT_CONFIG_KEY_0", "url.file:///weg.insteadOf")
        monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(site.theirs))
        monkeypatch.setenv("GIT_DIR", "/weg")
        assert codes(site.update()) == []


def remove_there(site: Site) -> None:
    shutil.rmtree(site.theirs)


def rewrite_history(site: Site) -> None:
    git(site.theirs, "commit", "--quiet", "--amend", "--message", "anders")
    git(site.theirs, "reflog", "expire", "--expire=now", "--all")
    git(site.theirs, "gc", "--quiet", "--prune=now")


def link_there(site: Site) -> None:
    (site.theirs / "cases/geheim.yaml").symlink_to("/etc/hostname")


def submodule_there(site: Site) -> None:
    a_repository(site.theirs / "cases/ander", [a_file(id="elders")])


def in_file(name: str, data: bytes) -> Callable[[Site], None]:
    return lambda site: files.write_pages(site.theirs, {name: data})


def empty_there(site: Site) -> None:
    shutil.rmtree(site.theirs / "cases")


PATTERN_WITH_NUMBER = registry_files(
    a_registry(a_pattern("P-0003", members=["verzonnen-casus-00"], naam="Bel 06-12345678"))
)[0][1]
FAULTS: dict[str, Callable[[Site], None]] = {
    "koppeling": link_there,
    "submodule": submodule_there,
    "leeg": empty_there,
    "fout-record": in_file(*a_file(id="fout", periode="gisteren")),
    "nieuwer-schema": in_file("cases/nieuw.yaml", a_file(id="nieuw")[1] + b"toekomst: ja\n"),
    "onbekend-woord": in_file(*a_file(id="woord", leefgebieden=["ruimtevaart"])),
    "dubbele-id": in_file("cases/twee/verzonnen-casus-00.yaml", some_files(1)[0][1]),
    "andere-uitgang": in_file("cases/fout.yml", b"a: b"),
    "patroon-met-nummer": in_file("patterns/P-0003.yaml", PATTERN_WITH_NUMBER),
    "vreemde-naam": in_file("cases/a\nb\x1b[31m.yaml", b"a: b"),
    "groot-bestand": in_file("cases/groot.yaml", b"a" * 300_000),
}
"""What can be wrong with a new commit."""


class TestFailing:
    @pytest.mark.parametrize("fault", FAULTS)
    def test_a_new_state_with_a_fault_leaves_the_old_one(self, taken, fault):
        before = taken.kept()
        FAULTS[fault](taken)
        taken.name(git=f"file://{taken.theirs}", commit=commit(taken.theirs))
        outcome = taken.update()
        assert not outcome.changed
        assert outcome.problems
        assert "\x1b" not in render_text(outcome.problems)
        assert taken.kept() == before
        intake = taken.intake()
        assert [problem.code for problem in intake.problems] == ["BRON-OUDE-STAND"]
        assert (len(intake.cases), intake.collections[0].behind) == (3, True)

    @pytest.mark.parametrize("fault", [name for name in FAULTS if name not in {"submodule", "groot-bestand"}])
    def test_a_folder_with_a_fault_leaves_the_old_state(self, site, fault):
        site.name(map=str(site.theirs))
        assert site.update().changed
        before = site.kept()
        FAULTS[fault](site)
        assert not site.update().changed
        assert site.kept() == before

    def test_everything_that_can_go_wrong_says_what_to_do(self, site, golden, tmp_path, monkeypatch):
        told = [render_text(take_in(site.config, site.vocabulary).problems)]
        assert site.update().changed
        start = git(site.theirs, "rev-parse", "HEAD")
        for fault, spoil in FAULTS.items():
            git(site.theirs, "reset", "--quiet", "--hard", start)
            git(site.theirs, "clean", "--quiet", "-ffdx")
            spoil(site)
            told += [f"# {fault}\n", render_text(site.take().problems)]
        git(site.theirs, "reset", "--quiet", "--hard", start)
        for name, limits in LIMITS.items():
            site.name(git=str(site.theirs), commit=commit(site.theirs))
            told += [f"# {name}\n", render_text(site.update(limits=limits).problems)]
        told += ["# persoonsgegeven\n", render_text(site.take(a_file(id="stil", situatie=CALL)).problems)]
        told += ["# bij de bouw\n", render_text(take_in(site.config, site.vocabulary).problems)]
        kept = next((site.home / "bronnen/hil").glob("*/cases/verzonnen-casus-00.yaml"))
        kept.write_text(kept.read_text("utf-8").replace("wonen", "ruimtevaart"), "utf-8")
        site.name(git=str(site.theirs), commit="0" * 40)
        told += ["# ouder geworden\n", render_text(take_in(site.config, site.vocabulary).problems)]
        told += ["# commit weg\n", render_text(site.update().problems)]
        monkeypatch.setattr(acceptance, "keep", raise_full)
        told += ["# geen plaats\n", render_text(site.take(a_file(id="nog-een")).problems)]
        monkeypatch.setenv("PATH", str(tmp_path / "leeg"))
        told += ["# geen git\n", render_text(site.update().problems)]
        monkeypatch.undo()
        remove_there(site)
        told += ["# weg\n", render_text(site.update().problems)]
        site.config.write_text("INHERIT: elders.yml\n", "utf-8")
        with pytest.raises(BuildError) as caught:
            prepare_joined(a_prepared(), site.config)
        told += ["# elders\n", str(caught.value)]
        golden("bad_collections.txt", "".join(told))

    def test_every_code_is_shown(self):
        golden = "".join((BAD.parent / name).read_text("utf-8") for name in ("bad_sources.txt", "bad_collections.txt"))
        elsewhere = {"BRON-ONTBREEKT"}  # of records
        assert {c for c in messages() if c.startswith("BRON-") and f" {c} " not in golden} == elsewhere

    def test_history_that_was_rewritten_leaves_the_old_state(self, taken):
        before = taken.kept()
        gone = commit(taken.theirs, [a_file(id="nog-een")])
        rewrite_history(taken)
        taken.name(git=f"file://{taken.theirs}", commit=gone)
        assert codes(taken.update()) == ["BRON-COMMIT-WEG"]
        assert taken.kept() == before

    def test_nothing_that_git_says_is_repeated(self, taken):
        taken.name(git="file:///nergens/verborgen-plek", commit="0" * 40)
        result = run(taken.home, "--update")
        assert result.exit_code == 1
        assert "verborgen-plek" not in result.output
        assert "niet overgenomen; de vorige stand blijft" in result.output

    def test_a_record_with_personal_data_is_held_back_and_never_written(self, taken):
        outcome = taken.take(a_file(id="stil", situatie=CALL))
        assert outcome.changed
        assert {"PRIV-TELEFOON", "BRON-AANGEHOUDEN"} <= set(codes(outcome))
        assert "06-12345678" not in render_text(outcome.problems)
        assert not [path for path in taken.home.rglob("*.yaml") if b"12345678" in path.read_bytes()]
        assert taken.intake().collections[0].held == 1

    def test_a_broken_pointer_is_no_state_and_no_fault(self, taken):
        (taken.home / "bronnen/hil/stand.yaml").write_text("<<<<<<< HEAD\n", "utf-8")
        assert [problem.code for problem in taken.intake().problems] == ["BRON-GEEN-STAND"]
        assert taken.update().changed
        assert len(taken.kept()) == 4


def a_prepared() -> Prepared:
    """What a build has of its own records."""
    nothing = Changes("", (), (), (), (), ())
    return Prepared(a_book(a_record()), (), nothing, Clearance((), (), (), (), frozenset(), 0), ())


LIMITS = {
    "te-veel-bestanden": Limits(files=3),
    "te-groot": Limits(total_bytes=1000),
    "te-grote-download": Limits(download_bytes=1),
    "te-lang": Limits(seconds=0),
}


def raise_full(*arguments: object) -> None:
    raise OSError


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
def kill_at(monkeypatch) -> Callable[[int], None]:
    """Let the process end just before its n-th step on disk."""

    def arm(moment: int) -> None:
        steps = [0]

        def counted(real: Callable[..., Any]) -> Callable[..., Any]:
            def step(*arguments: Any, **named: Any) -> Any:
                if steps[0] == moment:
                    raise Killed
                steps[0] += 1
                return real(*arguments, **named)

            return step

        for owner, names in ((Path, ("mkdir", "write_bytes", "replace", "unlink", "chmod")), (os, ("fsync",)),
                             (shutil, ("rmtree",)), (tempfile, ("mkstemp",))):  # fmt: skip
            for name in names:
                monkeypatch.setattr(owner, name, counted(getattr(owner, name)))

    return arm


class TestKilling:
    def test_at_every_step_the_old_state_or_the_new_one_can_be_read(self, site, vocabulary, kill_at, monkeypatch):
        assert site.update().changed
        pristine = site.home.with_name("begin")
        shutil.copytree(site.home, pristine)
        old = site.kept()
        (site.theirs / "cases/verzonnen-casus-00.yaml").unlink()
        site.name(git=str(site.theirs), commit=commit(site.theirs, some_files(6)[3:]))
        named = site.config.read_bytes()
        (wanted,), _ = named_sources(site.config)
        verdict = acceptance.check_snapshot(wanted, fetching.fetch(wanted.setting, site.home), vocabulary)
        assert verdict.stand
        new = {f"hil/{name}": data for name, data in verdict.kept.items()}
        seen = []
        for moment in range(1000):
            shutil.rmtree(site.home)
            shutil.copytree(pristine, site.home)
            site.config.write_bytes(named)
            kill_at(moment)
            try:
                accepted.keep(site.config, wanted, verdict.stand, verdict.kept)
                ended = True
            except Killed:
                ended = False
            monkeypatch.undo()
            seen.append(site.kept())
            assert seen[-1] in (old, new), moment
            accepted.keep(site.config, wanted, verdict.stand, verdict.kept)
            assert site.kept() == new
            assert {path.name for path in (site.home / "bronnen/hil").iterdir()} == {"stand.yaml", verdict.stand.folder}
            if ended:
                break
        assert ended
        assert seen.count(old) > 5
        assert seen.count(new) > 1

    def test_a_real_kill_at_any_moment_leaves_a_whole_state(self, tmp_path):
        script = (
            "import sys\nfrom pathlib import Path\nfrom generator.swaps import Swap, swap_folder\n"
            "print('go', flush=True)\n"
            "for turn in range(10**6):\n"
            "    name = 'ab'[turn % 2]\n"
            "    pages = {f'{row}.yaml': name.encode() * 5000 for row in range(40)}\n"
            "    swap_folder(Path(sys.argv[1]), Swap(name, pages, 'stand.yaml', name.encode()), bytes.decode)\n"
        )
        home = tmp_path / "hil"
        chance = random.Random(7)
        for _ in range(6):
            with subprocess.Popen([sys.executable, "-c", script, str(home)], stdout=subprocess.PIPE) as process:
                assert process.stdout is not None
                process.stdout.readline()
                sleep(chance.random() / 5)
                process.send_signal(signal.SIGKILL)
            if (home / "stand.yaml").exists():
                name = (home / "stand.yaml").read_text("utf-8")
                assert {path.read_text("utf-8") for path in (home / name).iterdir()} == {name * 5000}
                assert len(list((home / name).iterdir())) == 40

    def test_a_build_that_is_killed_leaves_a_whole_site(self, tmp_path):
        one, other = tmp_path / "een", tmp_path / "ander"
        for folder in (one, other):
            folder.mkdir()
        if not swaps._change_places(one, other):
            pytest.skip("This system cannot let two folders change places.")
        script = (
            "import sys\nfrom pathlib import Path\nfrom generator.files import write_pages\n"
            "from generator.swaps import replaced_folder\n"
            "print('go', flush=True)\n"
            "for turn in range(10**6):\n"
            "    with replaced_folder(Path(sys.argv[1])) as fresh:\n"
            "        write_pages(fresh, {f'{row}.html': str(turn).encode() for row in range(20)})\n"
            "    if not turn:\n"
            "        print('made', flush=True)\n"
        )
        site = tmp_path / "site"
        chance = random.Random(8)
        for _ in range(4):
            with subprocess.Popen([sys.executable, "-c", script, str(site)], stdout=subprocess.PIPE) as process:
                assert process.stdout is not None
                assert process.stdout.readline()
                assert process.stdout.readline()
                sleep(chance.random() / 5)
                process.send_signal(signal.SIGKILL)
            texts = {path.read_bytes() for path in site.iterdir()}
            assert (len(list(site.iterdir())), len(texts)) == (20, 1)

    def test_two_runs_at_once_do_not_meet(self, taken):
        with swaps._alone(taken.home / "bronnen/hil"):
            outcome = taken.take(a_file(id="nog-een"))
        assert codes(outcome) == ["BRON-SCHRIJVEN"]
        assert len(taken.kept()) == 4
        assert taken.update().changed


def test_two_sites_that_were_just_started_federate_into_a_third(tmp_path):
    """All three hold the same two examples under the same ids; through repositories, as `init` leaves them."""
    origin = "git+https://example.org/generator.git@" + "0" * 40
    for name in ("wij", "hil", "lei"):
        result = CliRunner().invoke(main, ["init", str(tmp_path / name), "--from", origin])
        assert result.exit_code == 0, result.output
    sources = [
        a_source(prefix=name, naam=place, git=f"file://{tmp_path / name}", commit=a_repository(tmp_path / name, []))
        for name, place in (("hil", "Hillegom"), ("lei", "Leiden"))
    ]
    home = tmp_path / "wij"
    (home / "mkdocs.yml").write_text(settings_text(*sources), "utf-8")
    assert run(home, "--update").exit_code == 0
    settings = Settings(home, home / "cases", home / "patterns", config=home / "mkdocs.yml")
    joined = prepare(settings).book.joined
    assert joined is not None
    ours = {path.stem for path in (home / "cases").rglob("*.yaml")}
    assert len(ours) == 2
    assert [{theirs.case.id for theirs in collection.cases} for collection in joined.collections] == [ours, ours]
    together = [(group.ours, {sighting.theirs.prefix for sighting in group.seen}) for group in joined.shared]
    seen = [{sighting.theirs.prefix for sighting in found} for found in joined.seen.values()]
    assert {"hil", "lei"} in [*seen, *(prefixes for own, prefixes in together if own)]


class TestHoldingBack:
    def test_a_case_that_reads_like_more_when_cut_short_is_left_out(self, taken, monkeypatch):
        intake = taken.intake()
        cut = lead(intake.cases[0].knelpunt.tekst, 150)
        real = gate.find
        risk = Finding(0, 3, "PRIV-NAAM", Weight.BLOCK)
        monkeypatch.setattr(gate, "find", lambda text: (risk,) if text == cut else real(text))
        risky = frozenset(find_risky(intake.collections, frozenset()))
        assert risky == {"hil.verzonnen-casus-00"}
        assert not frozenset(find_risky(intake.collections, {("PRIV-NAAM", cut[:3].lower())}))
        (collection,) = hold_back(intake, risky).collections
        assert [theirs.id for theirs in collection.cases] == ["hil.verzonnen-casus-01", "hil.verzonnen-casus-02"]
        assert (collection.held, collection.patterns) == (1, ())
        assert [case.id for case in hold_back(intake, risky).held] == ["verzonnen-casus-00"]


class TestCrossing:
    def test_the_order_of_what_is_given_does_not_matter(self, taken, vocabulary):
        records = [a_record(**changes) for changes in some_changes(9)]
        members = ["verzonnen-casus-00", "verzonnen-casus-03", "verzonnen-casus-06"]
        book = a_book(*records, registry=a_registry(a_pattern(members=members, naam="Een regel die knelt")))
        cases = [entry.case for entry in book.cases]
        (hil,) = taken.intake().collections
        lei = replace(hil, prefix="lei", cases=tuple(replace(case, prefix="lei") for case in hil.cases))
        joined = join(book.patterns, cases, [hil, lei], vocabulary)
        assert join(book.patterns[::-1], cases[::-1], [lei, hil], vocabulary) == joined
        assert [sighting.theirs.id for sighting in joined.seen["P-0001"]] == [
            "hil.verzonnen-casus-00",
            "lei.verzonnen-casus-00",
        ]
        assert all(sighting.reasons for seen in joined.seen.values() for sighting in seen)
        assert len(joined.seen) == 3

    def test_what_only_shows_together_is_a_group_without_a_number(self, taken, vocabulary):
        (hil,) = taken.intake().collections
        lei = replace(hil, prefix="lei", cases=tuple(replace(case, prefix="lei") for case in hil.cases))
        joined = join((), [], [hil, lei], vocabulary)
        assert joined.seen == {}
        assert [[sighting.theirs.prefix for sighting in group.seen] for group in joined.shared] == [["hil", "lei"]] * 3

    def test_one_collection_alone_crosses_nothing(self, taken, vocabulary):
        joined = join((), [], taken.intake().collections, vocabulary)
        assert (joined.seen, joined.shared) == ({}, ())
