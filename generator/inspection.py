"""Inspection: a written site held against what must be true of it: links lead somewhere, and nobody is named.

What is the same, byte for byte, as in a site that passed is not read again, as long as nothing else changed by which it
was judged. Where that is in doubt, everything is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from generator import files
from generator.digest import Digests
from generator.exports.bundle import EXPORT_NAMES, FIXED_WORDS, FOLDER
from generator.findable import search_words
from generator.keeping import Before
from generator.links import PageLinks, find_broken, make_link_reader
from generator.pages import LIKENESS
from generator.parallel import spread_batches
from generator.pipeline import Prepared
from generator.privacy import entries
from generator.privacy.contents import is_data, is_json
from generator.privacy.data import unread_json, unread_table
from generator.privacy.output import Known, check_output, held_texts, is_clear, known_texts, may_be_called
from generator.problems import Problem, sort_problems
from generator.recall import recalled_case
from generator.rendering import DOCUMENT
from generator.search import PROGRAM, TABLE
from generator.settings import Settings
from generator.structure import texts_of
from generator.wording import row_labels

BATCH = 50
"""Pages of which a process reads the links at a time."""
MANY = 10
"""From so many batches they go over the processors."""
LARGE = 10_000_000
"""From so many bytes files of data are compared on every processor."""
DATA = frozenset({LIKENESS, *(f"{FOLDER}/{name}" for name in EXPORT_NAMES if is_data(name))})
"""The files of data that we write: what stands between the borders of an item or a row is whole by itself."""


def broken_links(
    site: Path, names: frozenset[str], same: frozenset[str] = frozenset(), before: Before | None = None
) -> list[tuple[str, str]]:
    """The links of a finished site that lead nowhere, by page; the index may still be made.

    `names` are its files, `same` those that are as they were in the site `before`, in which no link was broken.
    """
    written = files.Folder(site)
    read_page = make_link_reader(names | {*PROGRAM, TABLE})
    pages = sorted(name for name in names if name.endswith(".html"))

    def read(chosen: Iterable[str]) -> list[PageLinks]:
        return list(spread_batches(lambda name: read_page(name, written[name]), sorted(chosen), BATCH, MANY))

    changed = [name for name in pages if name not in same]
    if before is None or not same or before.kept.files.keys() - names:
        return sorted(find_broken(read(pages)))
    found = read(changed)
    old = [name for name in changed if name in before.kept.files]
    if before.intact((name, before.kept.files[name]) for name in old) != frozenset(old):
        return sorted(find_broken(read(pages)))
    ids = {page.page: page.ids for page in found}
    if any(read_page(name, files.read_bytes(before.site / name)).ids - ids[name] for name in old):
        return sorted(find_broken(read(pages)))  # a page that is the same may have led to what is gone
    asked = {target for page in found for _, target, _ in page.asked} - ids.keys()
    return sorted(find_broken([*found, *read(asked & set(pages))]))


def review_site(prepared: Prepared, site: Path) -> tuple[Problem, ...]:
    """What points at a person in anything that a build wrote, and text of records that are not in the book; sorted."""
    return sort_problems(check_output(files.Folder(site), known_to_gate(prepared)))


@dataclass(frozen=True)
class Reviewed:
    """What the gate says of a site."""

    problems: tuple[Problem, ...]
    state: str
    """Digest of what it held the site against; empty where nothing is kept."""


def review_changed(
    prepared: Prepared, settings: Settings, site: Path, same: frozenset[str], index: Mapping[str, str]
) -> Reviewed:
    """The same, of a site in which some files are as they were when the gate let the site before it through.

    `index` is SHA-256 of the files of the search index, by name; of none where nothing is kept.
    """
    known = known_to_gate(prepared)
    state = gate_state(prepared, settings, known) if prepared.before else ""
    if prepared.before and state == prepared.before.kept.gate and _were_clear(prepared, prepared.before, known):
        written = files.Folder(site)
        changed = _changed(written, same, _digests(index), prepared.before.kept.entries)
        parts = _unread(written, changed, prepared.before)
        unread = {name: parts[name] if name in parts else written[name] for name in changed}
        if next(iter(check_output(unread, known)), None) is None:
            return Reviewed((), state)
    return Reviewed(sort_problems(check_output(files.Folder(site), known)), state)


def _changed(
    written: Mapping[str, bytes], same: frozenset[str], digests: Mapping[str, str], known: Mapping[str, str]
) -> list[str]:
    """What the gate has to read where some files are the `same`, and of the index entries some digests are `known`."""
    pages = {name: known.get(found) or _file_of_entry(written[name]) for name, found in digests.items()}
    new = {name for name, found in digests.items() if found not in known}
    unsettled = {name for name in written if name not in same and name not in pages} | new
    unsettled |= {pages[name] for name in new}
    unsettled |= {name for name, page in pages.items() if page in unsettled or page not in written}
    unsettled |= {name for name in same if name.endswith(DOCUMENT) and _page_beside(name) in unsettled}
    return [name for name in written if name in unsettled]


def _unread(written: Mapping[str, bytes], names: Sequence[str], before: Before) -> dict[str, bytes]:
    """What the gate has to read of files of data: not what those of before hold as well, which passed."""
    kept = before.kept.files
    found = [name for name in names if name in DATA and name in kept]
    intact = before.intact((name, kept[name]) for name in found)
    data = [name for name in found if name in intact]

    def unread(name: str) -> bytes:
        cut = unread_json if is_json(name) else unread_table
        return cut(written[name], files.read_bytes(before.site / name))

    large = sum(kept[name].state[0] for name in data) >= LARGE
    return dict(zip(data, spread_batches(unread, data, 1, 1 if large else len(data) + 1), strict=True))


def _digests(index: Mapping[str, str]) -> dict[str, str]:
    """Of the files of the search index only the entries."""
    return {name: found for name, found in index.items() if name.endswith(entries.ENDING)}


def _page_beside(document: str) -> str:
    return document.rpartition("/")[0] + "/index.html"


def _file_of_entry(entry: bytes) -> str:
    return f"{entries.page_of(entry).removeprefix('/')}index.html"


def index_entries(site: Path, index: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """The digest of every entry in the search index of a site, with the file of its page; of some it is `known`."""
    written = files.Folder(site)
    return {found: known.get(found) or _file_of_entry(written[name]) for name, found in _digests(index).items()}


def _were_clear(prepared: Prepared, before: Before, known: Known) -> bool:
    """Whether nothing is in the texts of changed records, as they were, that the gate would stop at on a page.

    They need not be read on pages as long as a record holds them; a page that is the same may hold them as well.
    """
    now = prepared.sound
    old = (record for file, record in before.kept.records.items() if file not in now or now[file].text != record.text)
    lost = known_texts(chain.from_iterable(texts_of(recalled_case(record)) for record in old)) - known.texts
    return all(is_clear(text, known) for text in lost)


def gate_state(prepared: Prepared, settings: Settings, known: Known) -> str:
    """Digest of what the gate holds a site against, beside the texts of records in which nothing was found.

    Of every other record counts which file it is, as the file system knows it: nothing that was found is hashed.
    """
    shown = prepared.book.case_by_id.keys()
    sound = {record.file for record in prepared.records if record.case.id in shown} & prepared.sound.keys()
    others = [record.file for record in prepared.records if record.file not in sound]
    state = sorted(files.states(settings.root, others).values())
    return Digests(()).of((known.name, sorted(known.terms), sorted(known.search), state, len(others)))


def known_to_gate(prepared: Prepared) -> Known:
    """What the privacy gate need not read again in the pages, and what may stand nowhere in them."""
    book = prepared.book
    shown = known_texts(chain.from_iterable(texts_of(entry.case) for entry in book.cases))
    words = known_texts(texts_of(book.vocabulary)) | FIXED_WORDS
    others = [record.case for record in prepared.records if record.case.id not in book.case_by_id]
    others += prepared.intake.held
    shown |= known_texts(prepared.intake.texts)
    excused = prepared.clearance.excused | prepared.intake.excused
    held = held_texts(chain.from_iterable(texts_of(case) for case in others)) - shown - words
    name = book.name if may_be_called(book.name) else ""
    return Known(shown | words, held, excused, name, row_labels(book.vocabulary), search_words(book))
