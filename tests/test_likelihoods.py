"""Likelihoods kept for the next build: the same numbers as worked out anew, and nothing of what may not be kept."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.corpus import make_records
from generator import likelihoods, shelf, similarity
from generator.concepts import build_matcher, concept_matcher
from generator.digest import Digests, digest_text
from generator.kept import NO_TABLE, Kept, KeptTable, parse_kept, render_kept
from generator.likelihoods import Likelihoods, digest_rows
from generator.similarity import Similarity, compare
from generator.validation import Record, check_files
from generator.vectors import Traits, traits_of, vectorise
from generator.vocabulary import load_vocabulary
from tests.factories import a_smuggled_book, some_cases


@dataclass
class Builds:
    """One build after another, each with what the one before kept."""

    path: Path
    kept: KeptTable = NO_TABLE
    done: list[int] = field(default_factory=list)
    """How many rows were taken over, for each build."""

    def compare(self, traits: list[Traits], may: set[str] | None = None) -> Similarity:
        held = Likelihoods(self.path, self.kept, {trait.id for trait in traits} if may is None else may)
        lay = held.lay
        held.lay = lambda *given: self._seen(lay(*given))  # type: ignore[method-assign]
        found = compare(traits, None, held)
        self.kept = held.kept
        return found

    def _seen(self, rows: np.ndarray) -> np.ndarray:
        self.done.append(len(rows))
        return rows


@pytest.fixture
def builds(tmp_path) -> Builds:
    return Builds(tmp_path / "bewaard/kansen.bin")


TRAITS = [traits_of(case) for case in some_cases(40)]
EDITED = [replace(TRAITS[0], text=f"{TRAITS[0].text} Een zilverreiger."), *TRAITS[1:]]


def test_what_did_not_change_is_taken_over_and_nothing_differs(builds):
    builds.compare(TRAITS)
    found = builds.compare(EDITED)
    assert np.array_equal(found.total, compare(EDITED).total)
    assert 20 <= builds.done[1] < 40
    assert np.array_equal(builds.compare(EDITED[::-1]).total, found.total)


@pytest.mark.parametrize("size", [3, 64])
def test_blocks_make_no_difference(builds, monkeypatch, size):
    monkeypatch.setattr(similarity, "BLOCK", size)
    monkeypatch.setattr(likelihoods, "BLOCK", size)
    builds.compare(TRAITS)
    assert np.array_equal(builds.compare(EDITED).total, compare(EDITED).total)
    assert builds.done[1]


def test_cases_that_come_and_go_move_the_others(builds):
    first = [replace(trait, id=f"b{trait.id}") for trait in TRAITS]
    builds.compare(first)
    now = [replace(TRAITS[0], id="a"), *first[3:]]
    assert np.array_equal(builds.compare(now).total, compare(now).total)


def test_equal_cases_are_not_taken_for_one_another(builds):
    first = [replace(trait, kinds=("a",)) for trait in TRAITS]
    builds.compare(first)
    twins = [*first, replace(first[0], id="tweeling")]
    assert np.array_equal(builds.compare(twins).total, compare(twins).total)


def test_of_a_case_that_may_not_be_kept_there_is_no_digest_and_no_number(builds):
    may = {trait.id for trait in TRAITS} - {TRAITS[5].id}
    builds.compare(TRAITS, may)
    assert [row for row, digest in enumerate(builds.kept.rows) if not digest] == [5]
    table = np.frombuffer(builds.path.read_bytes(), np.float32).reshape(40, 40)
    assert not table[5].any()
    assert not table[:, 5].any()
    assert np.array_equal(builds.compare(TRAITS, may).total, compare(TRAITS).total)
    assert builds.done == [0, 39]


@pytest.mark.parametrize("harm", ["gone", "shorter", "another", "written"])
def test_a_table_that_is_not_as_it_was_left_is_not_used(builds, harm):
    expected = builds.compare(TRAITS).total
    numbers = builds.path.read_bytes()
    if harm == "gone":
        builds.path.unlink()
    elif harm == "shorter":
        builds.path.write_bytes(numbers[:-4])
    elif harm == "another":
        shelf.write_numbers(builds.path, [memoryview(bytes(len(numbers)))])
    else:
        builds.path.write_bytes(bytes(len(numbers)))
    assert np.array_equal(builds.compare(TRAITS).total, expected)
    assert builds.done == [0, 0]
    assert builds.compare(TRAITS) is not None
    assert builds.done == [0, 0, 40]  # it was written anew


def test_where_nothing_can_be_kept_all_goes_on(tmp_path):
    (tmp_path / "dicht").write_text("geen map")
    for path in (tmp_path / "dicht/kansen.bin", Path("kansen.bin")):
        builds = Builds(path)
        assert np.array_equal(builds.compare(TRAITS).total, compare(TRAITS).total)
        assert builds.kept == NO_TABLE
    assert not Path("kansen.bin").exists()


def test_a_table_is_kept_of_so_many_cases_and_written_when_it_is_worn(builds, monkeypatch):
    builds.compare(TRAITS)
    state = builds.kept
    monkeypatch.setattr(likelihoods, "WORN", 1.0)
    builds.compare(EDITED)
    assert builds.kept.state == state.state
    assert not builds.kept.rows[0]  # of the case as it was nothing is told any more
    assert set(builds.kept.rows) - {""} < set(state.rows)
    state = builds.kept
    monkeypatch.setattr(likelihoods, "WORN", 0.0)
    builds.compare(EDITED)
    assert builds.kept != state
    assert oct(builds.path.parent.stat().st_mode & 0o777) == "0o700"
    monkeypatch.setattr(likelihoods, "MOST", 39)
    few = Builds(builds.path.with_name("ander.bin"))
    few.compare(TRAITS)
    assert not few.path.exists()


def test_a_digest_is_of_the_case_and_of_how_rare_its_names_are():
    def digests(traits: list[Traits]) -> tuple[str, ...]:
        return digest_rows(vectorise(traits, concept_matcher()))

    assert digests(TRAITS) == digests(TRAITS[::-1])
    assert len(set(digests(TRAITS))) == 40
    assert digests(EDITED)[0] != digests(TRAITS)[0]
    for changed in ("kinds", "domains", "laws", "articles", "local"):
        other = [replace(TRAITS[0], **{changed: ("x",)}), *TRAITS[1:]]
        assert digests(other)[0] != digests(TRAITS)[0], changed
    shared = [replace(TRAITS[0], articles=("a", "b")), replace(TRAITS[1], articles=("a",)), *TRAITS[2:]]
    others = [shared[0], replace(TRAITS[1], articles=("b",)), *TRAITS[2:]]
    assert digests(shared)[0] != digests(others)[0]


def test_concepts_of_a_text_are_counted_once_and_not_kept_of_a_case_that_may_not_be(tmp_path, monkeypatch):
    matcher, texts = concept_matcher(), {"a": "een briefadres en een uitkering", "b": "een postadres"}
    first = Likelihoods(tmp_path / "kansen.bin", NO_TABLE, {"a"})
    assert first.recall_concepts(texts.values()) == {}
    first.keep_concepts((case, text, matcher.count(text)) for case, text in texts.items())
    (kept,) = parse_kept(render_kept(Kept("x", likelihoods=first.kept)), "x").likelihoods.concepts.items()
    assert kept == (digest_text(texts["a"]), matcher.count(texts["a"]))
    again = build_matcher(load_vocabulary().concepts)
    again.remember(first.recall_concepts(texts.values()))
    monkeypatch.setattr(type(again), "_count", lambda self, text: {"geteld": 1})
    assert again.count(texts["a"]) == matcher.count(texts["a"])
    assert again.count(texts["b"]) == {"geteld": 1}


def test_a_book_is_the_same_whether_likelihoods_were_taken_over_or_not(builds):
    rng, vocabulary = random.Random(4), load_vocabulary()
    raw = [(f"cases/{name}", text.encode()) for name, text in make_records(300, 7, vocabulary)]
    records = list(check_files(raw, vocabulary).records)
    kept, standing = NO_TABLE, records[:280]
    for spare in [*records[280:286], None]:
        held = Likelihoods(builds.path, kept, {record.case.id for record in standing[5:]})
        taken, anew = a_smuggled_book(*standing, likelihoods=held), a_smuggled_book(*standing)
        kept = held.kept
        assert taken == anew
        assert Digests(()).of(taken.cases) == Digests(()).of(anew.cases)
        assert Digests(()).of(taken.patterns) == Digests(()).of(anew.patterns)
        for _ in range(rng.randint(1, 3)):
            place, other = rng.randrange(len(standing)), rng.choice(records)
            standing[place] = _with_sentence_of(standing[place], other)
        if spare and rng.random() < 0.5:
            standing[rng.randrange(len(standing))] = spare
    assert len(kept.rows) == 280


def _with_sentence_of(record: Record, other: Record) -> Record:
    text = f"{record.case.situatie} {other.case.situatie.partition('.')[0]}."
    return replace(record, case=record.case.model_copy(update={"situatie": text}))
