"""Preview: the page of a case that is edited is made anew at once; the rest of the site follows when it is quiet.

Only an edit in the text of published records is shown this way. Anything else, such as a new record, a fault or a
finding of the privacy gate, needs the whole build, which says what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator import files
from generator.book import CaseEntry
from generator.inspection import known_to_gate
from generator.money import tabulate
from generator.pipeline import Prepared
from generator.privacy.clearance import Clearance, clear_records
from generator.privacy.output import check_output
from generator.rendering import Renderer
from generator.settings import Settings
from generator.shells import file_of, fill_shell, shell_of
from generator.validation import Checked, Record, check_files
from generator.worker import ASSETS, asset_stamps, stamp_assets

Stamps = Mapping[str, tuple[int, int]]
"""Files by their path, each with the time of its last change (nanoseconds) and its size."""

MOST = 5
"""More records than this are not shown ahead."""


def edited(before: Stamps, after: Stamps, folder: Path) -> tuple[Path, ...] | None:
    """The records in `folder` that are all that changed; `None` if anything else did, or nothing."""
    if before.keys() != after.keys():
        return None
    changed = tuple(Path(name) for name in sorted(after) if after[name] != before[name])
    records = all(path.suffix == files.RECORD_SUFFIX and path.is_relative_to(folder) for path in changed)
    return changed if changed and records and len(changed) <= MOST else None


@dataclass(frozen=True)
class Standing:
    """The site as the live server shows it."""

    site: Path
    shell: str
    """The shell of case pages, as the builder made it."""
    address: str = ""


def find_standing(site: Path, address: str = "") -> Standing | None:
    """A site of which the builder just made the shells; `None` if that of case pages is missing."""
    try:
        return Standing(site, files.read_text(site / file_of(shell_of("casussen/x/"))), address)
    except OSError:
        return None


def preview(prepared: Prepared, settings: Settings, standing: Standing, paths: Sequence[Path]) -> Prepared | None:
    """Write the pages of edited records into a site that stands.

    What the site shows then, or `None` if nothing was written and the whole site must be built. Patterns, neighbours
    and lists stay as they were.
    """
    raw, faults = files.read_files(list(paths), settings.root)
    vocabulary = prepared.book.vocabulary
    checked = check_files(raw, vocabulary)
    records = {record.file: record for record in checked.records}
    old = {record.file: record for record in prepared.records}
    same = all(name in old and old[name].case.id == record.case.id for name, record in records.items())
    told = {problem.file for problem in prepared.problems}
    if faults or checked.problems or not same or len(records) != len(raw) or told & records.keys():
        return None
    every = tuple(records.get(record.file, record) for record in prepared.records)
    folder = files.relative_name(settings.cases, settings.root)
    clearance = clear_records(Checked(every, (), checked.sources), vocabulary, folder=folder)
    if set(clearance.held) - set(prepared.clearance.held) or not records.keys() <= {
        cleared.record.file for cleared in clearance.cleared
    }:
        return None
    shown = _renewed(prepared, records, every, clearance)
    if shown is None:
        return None
    renderer = Renderer(shown.book, settings.edit_address, standing.address)
    pages = [renderer.of_case(entry) for entry in shown.book.cases if entry.file in records]
    stamps = asset_stamps(files.read_all(standing.site / ASSETS))
    written = {file_of(page.address): stamp_assets(fill_shell(standing.shell, page), stamps).encode() for page in pages}
    if any(check_output(written, known_to_gate(shown))):
        return None
    files.write_pages(standing.site, written)
    return shown


def _renewed(
    prepared: Prepared, records: Mapping[str, Record], every: tuple[Record, ...], clearance: Clearance
) -> Prepared | None:
    """The same with other records; `None` if one of them has no page or should have none."""
    book = prepared.book
    entries = {entry.file: entry for entry in book.cases}
    if not all(name in entries and record.case.published for name, record in records.items()):
        return None
    times = {entry.id: entry.per_jaar for entry in book.vocabulary.perioden}

    def renew(entry: CaseEntry) -> CaseEntry:
        case = records[entry.file].case if entry.file in records else None
        return replace(entry, case=case, money=tabulate(case, times)) if case else entry

    excused = replace(prepared.clearance, excused=prepared.clearance.excused | clearance.excused)
    renewed = replace(book, cases=tuple(renew(entry) for entry in book.cases))
    return replace(prepared, book=renewed, records=every, clearance=excused)
