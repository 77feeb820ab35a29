"""What is kept: it comes back whole, or not at all. Records in which anything was found are never among it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.digest import digest_text
from generator.kept import NOTHING, Kept, KeptFile, KeptPage, KeptRecord, parse_kept, render_kept
from generator.recall import keep_records, recall_from, recalled_case
from generator.source import parse_source
from generator.validation import check_files
from generator.vocabulary import load_vocabulary
from tests.factories import a_case, a_file, a_record, some_files

VOCABULARY = load_vocabulary()
KEPT = Kept(
    stamp="a1",
    records={"cases/a.yaml": KeptRecord("00", a_case().model_dump_json())},
    pages={
        "casussen/a/": KeptPage("casussen/a/", "Één", "&amp;", {"casussen/a/index.html": "ee"}, (("cases", ""),), "ff")
    },
    files={"casussen/a/index.html": KeptFile((12, 1_700_000_000_000_000_001, 7), "ee")},
    documents="dd",
    index={"pagefind/x": KeptFile((1, 2, 3), "cc")},
    entries={"bb": "casussen/a/index.html"},
    gate="aa",
)


class TestJson:
    def test_it_comes_back_as_it_was(self):
        assert parse_kept(render_kept(KEPT), "a1") == KEPT

    def test_of_another_stamp_nothing_is_used(self):
        assert parse_kept(render_kept(KEPT), "a2") == NOTHING

    @pytest.mark.parametrize("cut", [0, 1, 40, -1])
    def test_what_is_damaged_is_nothing(self, cut):
        assert parse_kept(render_kept(KEPT)[:cut], "a1") == NOTHING

    def test_what_another_version_would_write_is_nothing(self):
        assert parse_kept(b'{"stamp": "a1", "pages": []}', "a1") == NOTHING
        assert parse_kept(b"\xff", "a1") == NOTHING


class TestRecords:
    def test_a_record_comes_back_as_reading_it_would_give_it(self):
        files = some_files(6)
        read = check_files(files, VOCABULARY)
        kept = keep_records(read.records, {name for name, _ in files})
        again = check_files(files, VOCABULARY, recall=recall_from(kept))
        assert replace(again, recalled=frozenset()) == read
        assert again.recalled == {name for name, _ in files}
        assert [source.root for source in again.sources] == [parse_source(*named).root for named in sorted(files)]

    def test_a_letter_more_and_it_is_read(self):
        name, data = a_file()
        kept = keep_records(check_files([(name, data)], VOCABULARY).records, {name})
        checked = check_files([(name, data.replace(b"fiets", b"fietz"))], VOCABULARY, recall=recall_from(kept))
        assert checked.recalled == frozenset()
        assert checked != check_files([(name, data)], VOCABULARY)

    def test_under_another_name_and_in_another_coding_it_is_read(self):
        name, data = a_file()
        recall = recall_from(keep_records(check_files([(name, data)], VOCABULARY).records, {name}))
        assert recall(name, data) is not None
        assert recall("cases/anders.yaml", data) is None
        assert recall(name, data.replace(b"fiets", b"\xff")) is None

    def test_records_that_share_an_id_are_told_also_when_both_are_known(self):
        named = [a_file(), a_file(folder="cases/nog-eens")]
        read = check_files(named, VOCABULARY)
        again = check_files(named, VOCABULARY, recall=recall_from(keep_records(read.records, dict(named).keys())))
        assert again.problems == read.problems
        assert {problem.code for problem in again.problems} == {"ID-DUBBEL"}

    def test_only_what_is_asked_for_is_kept(self):
        record = a_record()
        assert keep_records([record], ()) == {}
        kept = keep_records([record], {record.file})[record.file]
        assert recalled_case(kept) == record.case
        assert kept.text == digest_text(record.source.text)
