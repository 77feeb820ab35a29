"""Publishing: from a book to a whole site, stage by stage. What was written is read again before it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from html import unescape
from pathlib import Path

from generator import files
from generator.book import Book
from generator.digest import Digests
from generator.exports.bundle import FOLDER as DATA_FOLDER
from generator.exports.bundle import Bundle, files_of, render_exports, renew_exports
from generator.exports.pieces import Piece, Standing
from generator.findable import FACETS, kind_weights, render_found
from generator.findtable import Lists
from generator.heap import unsearched
from generator.inspection import broken_links, index_entries, review_changed, review_site
from generator.keeping import Before
from generator.kept import NOTHING, Kept, KeptFile, KeptPage, NounPlaces
from generator.kit import Kit
from generator.kitfiles import Format, render_kit
from generator.likeness_index import render_likeness
from generator.pages import LIKENESS
from generator.parallel import beside
from generator.pipeline import SILENT, BuildError, Prepared
from generator.problems import render_text
from generator.progress import Talk, staged
from generator.rendering import Page
from generator.search import FOLDER, indexing
from generator.settings import Settings
from generator.shells import SHELL, file_of
from generator.sitefiles import write_site
from generator.worker import FILE, PAGE, fill_worker, hash_files, loaded_by, site_version

MANY = 500
"""From so many cases the likeness index is made beside the other files of data."""


@unsearched()
def publish(  # noqa: PLR0913 - what a site is made of, and where
    prepared: Prepared,
    settings: Settings,
    site: Path,
    site_address: str = "",
    talk: Talk = SILENT,
    *,
    built: Path | None = None,
) -> Kept:
    """Make the whole site of the shells that the builder made, in `site` itself or in a folder `built` beside it.
    Raises `BuildError` on a broken link.

    What would come out the same as in the build before is taken over from there; what is to be kept for the next.
    """
    with staged(talk.report) as tell:
        made = write_site(prepared, settings, site, site_address, talk.track, built=built or site)
        taken = f", daarvan overgenomen: {len(made.standing)}" if made.standing else ""
        tell(f"pagina's gemaakt: {len(made.pages)}{taken}")
    with staged(talk.report) as tell:
        _tidy(site, site_address, settings)
        documents = _make_findable(prepared, site, made.pages)
        tell(f"pagina's om te doorzoeken: {len(documents)}")
    found = Digests(()).of(documents)
    with _index_of(site, documents, found, prepared.before) as finish:
        with staged(talk.report) as tell:
            with _likeness_beside(prepared.book, site):
                exports = _make_exports(prepared, site_address)
                files.write_pages(site / DATA_FOLDER, exports)
            tell(f"bestanden met gegevens gemaakt: {len(exports)}")
        with staged(talk.report) as tell:
            hashes = hash_files(files.Folder(site).beside(FOLDER), made.hashes) if settings.strict else {}
            tell(f"pagina's met nagekeken links: {_check_links(prepared, settings, site, hashes)}")
        with staged(talk.report) as tell:
            finish(Lists(FACETS, kind_weights(), prepared.book.vocabulary.concepts, prepared.book.vocabulary.wetten))
            tell(f"zoekindex gemaakt van pagina's: {len(documents)}")
    _number_worker(site, settings, hashes)
    with staged(talk.report) as tell:
        index = _hash_index(site) if prepared.before else {}
        reviewed = review_changed(prepared, settings, site, _same(hashes, prepared.before), index)
        tell("site door de privacytoets")
    if reviewed.problems:
        for name in files.list_site(site):
            files.remove(site / name)
        raise BuildError(
            f"De site is niet gebouwd: de privacytoets vond dit in wat is gemaakt.\n{render_text(reviewed.problems)}"
        )
    if prepared.before is None or not settings.strict:
        return NOTHING
    left = _left(site, hashes, index, prepared.before)
    nouns = exports.places if isinstance(exports, Bundle) else {}
    return replace(
        left,
        records=prepared.sound,
        pages=_kept_pages(prepared, made.pages),
        documents=found,
        nouns=nouns,
        gate=reviewed.state,
        likelihoods=prepared.likelihoods,
    )


def _check_links(prepared: Prepared, settings: Settings, site: Path, hashes: Mapping[str, str]) -> int:
    """Look where the links of all pages lead; how many pages there are. Raises `BuildError`."""
    names = frozenset(files.Folder(site).beside(FOLDER))
    broken = broken_links(site, names, _same(hashes, prepared.before), prepared.before)
    if broken and settings.strict:
        raise BuildError(
            "De site is niet gebouwd: deze links lopen dood.\n" + "".join(f"{page}: {link}\n" for page, link in broken)
        )
    return sum(name.endswith(".html") for name in names)


def _same(hashes: Mapping[str, str], before: Before | None) -> frozenset[str]:
    """The files that are as they were in a site that passed."""
    old = before.kept.files if before else {}
    return frozenset(name for name, found in hashes.items() if name in old and old[name].digest == found)


def _hash_index(site: Path) -> dict[str, str]:
    """SHA-256 of the files of the search index, by name."""
    return {f"{FOLDER}/{name}": found for name, found in hash_files(files.Folder(site / FOLDER), {}).items()}


def _kept_pages(prepared: Prepared, made: Sequence[KeptPage]) -> dict[str, KeptPage]:
    """By address the pages that a next build may take over: what a reviewer let stand is in no title that is kept."""
    excused = {value for _, value in prepared.clearance.excused}
    titles = ((page, unescape(f"{page.title} {page.description}").lower()) for page in made)
    return {page.address: page for page, said in titles if not any(value in said for value in excused)}


def _left(site: Path, hashes: dict[str, str], index: dict[str, str], before: Before) -> Kept:
    """What the next build has to know of the files of a site, those of its search index apart."""
    states = files.states(site, [*hashes, *index])
    return Kept(
        stamp=before.stamp,
        files={name: KeptFile(states[name], found) for name, found in hashes.items() if name != FILE},
        index={name: KeptFile(states[name], found) for name, found in index.items()},
        entries=index_entries(site, index, before.kept.entries),
    )


@contextmanager
def _index_of(
    site: Path, documents: Mapping[str, str], digest: str, before: Before | None
) -> Iterator[Callable[[Lists], None]]:
    """The search index, which is ready when what this gives is called; that of before if it was made of the same."""
    kept = before.kept if before else NOTHING
    if before and kept.documents == digest and before.intact(kept.index.items()) == kept.index.keys():
        for name in files.list_site(site / FOLDER) - {name.removeprefix(f"{FOLDER}/") for name in kept.index}:
            files.remove(site / FOLDER / name)
        files.link_pages(before.site, site, kept.index)
        yield lambda _: None
        return
    with indexing(site, documents) as index:
        yield index.finish


@contextmanager
def _likeness_beside(book: Book, site: Path) -> Iterator[None]:
    """Write the likeness index; of many cases it is made while the block works."""

    def write() -> None:
        files.write_pages(site, {LIKENESS: render_likeness(book)})

    if len(book.cases) >= MANY:
        with beside(write):
            yield
    else:
        write()
        yield


def _make_exports(prepared: Prepared, site_address: str) -> Mapping[str, bytes]:
    """The machine-readable files; with a build before this one, what stands in those of before is taken over."""
    before = prepared.before
    if before is None:
        return render_exports(prepared.book, site_address)
    known = {f"{DATA_FOLDER}/{file}" for name in before.kept.nouns for file in files_of(name)}
    intact = before.intact((file, before.kept.files[file]) for file in known & before.kept.files.keys())
    standing = {
        name: places
        for name, places in before.kept.nouns.items()
        if intact.issuperset(f"{DATA_FOLDER}/{file}" for file in files_of(name))
    }
    shown = [record for record in prepared.records if record.case.id in prepared.book.case_by_id]
    apart = frozenset(record.case.id for record in shown if record.file not in prepared.sound)
    return renew_exports(prepared.book, site_address, Standing(standing, _reading(before.site), apart))


def _reading(site: Path) -> Callable[[str, Sequence[NounPlaces]], Iterator[Piece]]:
    """What reads nouns of a list in the data files of a site."""

    def read(name: str, places: Sequence[NounPlaces]) -> Iterator[Piece]:
        paths = [site / DATA_FOLDER / file for file in files_of(name)]
        spans = [[place[start : start + 2] for place in places] for start in (0, 2, 4)]
        return map(Piece, *map(files.read_parts, paths, spans))

    return read


def _make_findable(prepared: Prepared, site: Path, made: Sequence[KeptPage]) -> dict[str, str]:
    """What can be searched for, as index documents: of the pages made from records and of those that people wrote."""
    pages = [Page(page.address, page.title, page.description, "") for page in made]
    others = {name for name in files.list_site(site) if name.endswith(".html")} - {file_of(p.address) for p in pages}
    written = {name: files.read_text(site / name) for name in sorted(others)}
    return {file_of(address): text for address, text in render_found(prepared.book, pages, written)}


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


def _number_worker(site: Path, settings: Settings, hashes: Mapping[str, str]) -> None:
    """Give the service worker the version of this site; with the live server it keeps nothing."""
    if FILE not in files.list_names(site):
        return  # another theme may do without
    version = site_version(hashes) if settings.strict else ""
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
