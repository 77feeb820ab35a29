"""Publishing: from a book to a whole site, stage by stage. What was written is read again before it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import unescape
from itertools import chain
from pathlib import Path

from generator import files
from generator.collection_pages import render_collection_pages
from generator.exports.bundle import FIXED_WORDS, render_exports
from generator.exports.bundle import FOLDER as DATA_FOLDER
from generator.findable import FACETS, find_pages, kind_weights, render_findable, search_words
from generator.findtable import Lists
from generator.kit import Kit
from generator.kitfiles import Format, render_kit
from generator.likeness_index import render_likeness
from generator.links import find_broken, make_link_reader
from generator.office import render_document
from generator.pages import LIKENESS, render_blocks, render_pages, render_problem_page
from generator.parallel import spread_batches
from generator.pipeline import SILENT, BuildError, Prepared
from generator.policy import add_policies
from generator.privacy.output import Known, check_output, held_texts, known_texts, may_be_called
from generator.problems import Problem, render_text, sort_problems
from generator.progress import Talk, Track, staged
from generator.rendering import DOCUMENT, Page
from generator.search import FOLDER, PROGRAM, TABLE, indexing
from generator.settings import Settings
from generator.shells import SHELL, cut_shells, file_of, fill_blocks, fill_page
from generator.structure import texts_of
from generator.wording import row_labels
from generator.worker import ASSETS, FILE, PAGE, asset_stamps, fill_worker, loaded_by, site_version, stamp_assets

BATCH = 50
"""Pages of which a process reads the links at a time."""
MANY = 10
"""From so many batches they go over the processors."""


def publish(prepared: Prepared, settings: Settings, site: Path, site_address: str = "", talk: Talk = SILENT) -> None:
    """Turn the shells in a freshly built `site` into the whole site. Raises `BuildError` on a broken link."""
    with staged(talk.report) as tell:
        pages = _write_pages(prepared, settings, site, site_address, talk.track)
        tell(f"pagina's gemaakt: {len(pages)}")
    with staged(talk.report) as tell:
        _tidy(site, site_address, settings)
        documents = _make_findable(prepared, site, pages)
        tell(f"pagina's om te doorzoeken: {len(documents)}")
    with indexing(site, documents) as index:
        _finish_data(prepared, settings, site, site_address, talk)
        with staged(talk.report) as tell:
            index.finish(
                Lists(FACETS, kind_weights(), prepared.book.vocabulary.concepts, prepared.book.vocabulary.wetten)
            )
            tell(f"zoekindex gemaakt van pagina's: {len(documents)}")
    _number_worker(site, settings)
    with staged(talk.report) as tell:
        leaks = review_site(prepared, site)
        tell("site door de privacytoets")
    if leaks:
        for name in files.list_site(site):
            files.remove(site / name)
        raise BuildError(f"De site is niet gebouwd: de privacytoets vond dit in wat is gemaakt.\n{render_text(leaks)}")


def _finish_data(prepared: Prepared, settings: Settings, site: Path, site_address: str, talk: Talk) -> None:
    """What does not wait for the search index: the files of data, and the links of all pages."""
    with staged(talk.report) as tell:
        files.write_pages(site, {LIKENESS: render_likeness(prepared.book)})
        tell(f"bestanden met gegevens gemaakt: {_write_exports(prepared, site, site_address)}")
    with staged(talk.report) as tell:
        names = frozenset(name for name in files.list_site(site) if not name.startswith(f"{FOLDER}/"))
        broken = _broken_links(site, names)
        tell(f"pagina's met nagekeken links: {sum(name.endswith('.html') for name in names)}")
    if broken and settings.strict:
        raise BuildError(
            "De site is niet gebouwd: deze links lopen dood.\n" + "".join(f"{page}: {link}\n" for page, link in broken)
        )


def _write_pages(prepared: Prepared, settings: Settings, site: Path, site_address: str, track: Track) -> list[Page]:
    """Write all pages and their Word documents; which there are, without their bodies."""
    built = files.read_site(site, ".html")
    if settings.strict:  # the live server lays scripts of its own into every page it sends
        built = add_policies(built)
    stamps = asset_stamps(files.read_all(site / ASSETS))
    built = {name: stamp_assets(text, stamps) for name, text in built.items()}
    shells = cut_shells(built, joined=prepared.book.joined is not None)
    home = [replace(block, body=stamp_assets(block.body, stamps)) for block in render_blocks(prepared.book)]

    def write(pages: Sequence[Page]) -> list[Page]:
        papers = _render_documents(pages, site_address, prepared.book.name)
        stamped = (replace(page, body=stamp_assets(page.body, stamps)) for page in pages)
        texts = {file_of(page.address): fill_page(shells, page).encode() for page in stamped}
        files.write_pages(site, texts | papers)
        return [replace(page, body="", document="") for page in pages]

    files.write_pages(site, {name: text.encode() for name, text in (built | fill_blocks(built, home)).items()})
    made = track(
        "pagina's",
        render_pages(prepared.book, prepared.changes, settings.edit_address, site_address, write),
        prepared.book.size,
    )
    others = (write([page])[0] for page in render_collection_pages(prepared.book, site_address))
    pages = [*made, *others]
    return pages if settings.strict else [*pages, *write([render_problem_page(prepared.book, prepared.problems)])]


def _render_documents(pages: Iterable[Page], site_address: str, author: str) -> dict[str, bytes]:
    return {
        page.address + DOCUMENT: render_document(
            page.document, unescape(page.title), site_address + page.address, author
        )
        for page in pages
        if page.document
    }


def _write_exports(prepared: Prepared, site: Path, site_address: str) -> int:
    """Write the machine-readable files; how many."""
    exports = render_exports(prepared.book, site_address)
    files.write_pages(site / DATA_FOLDER, exports)
    return len(exports)


def _broken_links(site: Path, names: frozenset[str]) -> list[tuple[str, str]]:
    """The links of a finished site that lead nowhere, by page; the index may still be made."""
    there = names | {*PROGRAM, TABLE}
    pages = sorted(name for name in names if name.endswith(".html"))
    written = files.Folder(site)
    read_page = make_link_reader(there)
    read_pages = spread_batches(lambda name: read_page(name, written[name]), pages, BATCH, MANY)
    return sorted(find_broken(read_pages))


def _make_findable(prepared: Prepared, site: Path, pages: Sequence[Page]) -> dict[str, str]:
    """What can be searched for, as index documents: of the pages made from records and of those that people wrote."""
    made = {file_of(page.address) for page in pages}
    others = {name for name in files.list_site(site) if name.endswith(".html")} - made
    written = {name: files.read_text(site / name) for name in sorted(others)}
    found = find_pages(prepared.book, pages, written)
    return {file_of(entry.address): render_findable(entry) for entry in found}


def export(prepared: Prepared, folder: Path, site_address: str = "") -> tuple[str, ...]:
    """Write the machine-readable files alone into an empty `folder`; their names.

    Raises `BuildError` if the privacy gate finds something in them; then the folder must not be kept.
    """
    return _write_reviewed(prepared, folder, render_exports(prepared.book, site_address))


def write_kit(prepared: Prepared, kit: Kit, form: Format, folder: Path, site_address: str = "") -> tuple[str, ...]:
    """Write the files of a training kit into an empty `folder`; their names. Raises `BuildError` as `export` does."""
    return _write_reviewed(prepared, folder, render_kit(prepared.book, kit, form, site_address))


def _write_reviewed(prepared: Prepared, folder: Path, contents: Mapping[str, bytes]) -> tuple[str, ...]:
    files.write_pages(folder, contents)
    found = review_site(prepared, folder)
    if found:
        raise BuildError(f"Er is niets geschreven: de privacytoets vond dit in wat is gemaakt.\n{render_text(found)}")
    return tuple(contents)


def review_site(prepared: Prepared, site: Path) -> tuple[Problem, ...]:
    """What points at a person in anything that a build wrote, and text of records that are not in the book; sorted."""
    return sort_problems(check_output(files.Folder(site), known_to_gate(prepared)))


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


def _number_worker(site: Path, settings: Settings) -> None:
    """Give the service worker the version of this site; with the live server it keeps nothing."""
    if FILE not in files.list_names(site):
        return  # another theme may do without
    version = site_version(files.Folder(site), FOLDER) if settings.strict else ""
    core = loaded_by(files.read_text(site / PAGE / "index.html"), PAGE)
    files.write_pages(site, {FILE: fill_worker(files.read_text(site / FILE), version, core).encode()})


def _tidy(site: Path, site_address: str, settings: Settings) -> None:
    """Take away what only the builder needed, and write the sitemap: same pages, same bytes, no dates."""
    names = files.list_site(site)
    for name in sorted(names):
        if f"/{SHELL}/" in f"/{name}" or name.startswith("sitemap.xml"):
            files.remove(site / name)
    for folder in {name.partition(f"/{SHELL}/")[0] for name in names if f"/{SHELL}/" in name}:
        files.remove(site / folder / SHELL)
    if settings.strict:
        files.remove(site / "problemen")
    if site_address:
        pages = sorted(name.removesuffix("index.html") for name in files.list_site(site) if name.endswith("index.html"))
        rows = "".join(f"<url><loc>{site_address}{page}</loc></url>\n" for page in pages)
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
        files.write_pages(site, {"sitemap.xml": text.encode()})
