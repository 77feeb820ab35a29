"""Recall: records in which nothing was found, kept from one run to the next.

A record is recalled only while the text of its file is the same to the letter, and by the same version of the lists.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from generator.digest import digest_text
from generator.kept import KeptRecord
from generator.model import Case
from generator.source import Source
from generator.validation import Recall, Record


def recall_from(kept: Mapping[str, KeptRecord]) -> Recall:
    """What looks records up in those that were kept, by their files."""

    def recall(file: str, data: bytes) -> Record | None:
        known = kept.get(file)
        if known is None:
            return None
        text = data.decode("utf-8", "replace").removeprefix("\ufeff")
        if digest_text(text) != known.text:
            return None
        return Record(Source(file, readable=True, text=text), Case.model_validate_json(known.case))

    return recall


def keep_records(records: Iterable[Record], files: Container[str]) -> dict[str, KeptRecord]:
    """What is to be kept of the records in some files, in which nothing at all was found."""
    return {
        record.file: KeptRecord(digest_text(record.source.text), record.case.model_dump_json(exclude_defaults=True))
        for record in records
        if record.file in files
    }


def recalled_case(kept: KeptRecord) -> Case:
    """The case as it was kept."""
    return Case.model_validate_json(kept.case)
