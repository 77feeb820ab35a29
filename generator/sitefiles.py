"""Site files: the pages of a book as files of a site, in the shells that the builder made. What a build before it made
of the same is not made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from html import unescape
from pathlib import Path

from generator import files
from generator.collection_pages import render_collection_pages
from generator.grounds import move_files, thin
from generator.keeping import Before
from generator.kept import KeptPage
from generator.office import render_document
from generator.pagekeys import Keys
from generator.pages import Job, list_jobs, make_pages, render_blocks, render_problem_page
from generator.parallel import spread_batches
from generator.pipeline import Prepared
from generator.policy import add_policies
from generator.progress import Track
from generator.rendering import DOCUMENT, Page, Renderer
from generator.settings import Settings
from generator.shells import Shell, cut_shells, file_of, fill_blocks, fill_page
from generator.worker import ASSETS, asset_stamps, stamp_assets

BATCH = 200
"""Pages of which a process says at a time whether they stand."""
MANY = 10
"""From so many batches they go over the processors."""


@dataclass(frozen=True)
class Written:
    """The pages made from records, now in the site."""

    pages: tuple[KeptPage, ...]
    standing: frozenset[str] = frozenset()
    """The addresses of those that were taken over from the site before."""

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of their files, by name."""
        return {name: found for page in self.pages for name, found in page.files.items()}


@dataclass(frozen=True)
class _Frames:
    """What every page is laid in: the shells, and the versions of styles and scripts."""

    shells: Mapping[str, Shell]
    stamps: Mapping[str, str]
    address: str
    name: str

    def write(self, site: Path, pages: Sequence[Page]) -> list[dict[str, str]]:
        """Write pages and their documents; the names of the files of each, with their SHA-256."""
        written: list[dict[str, bytes]] = []
        for page in pages:
            stamped = replace(page, body=stamp_assets(page.body, self.stamps))
            written.append({file_of(page.address): fill_page(self.shells, stamped).encode()})
            if page.document:
                address = self.address + page.address
                paper = render_document(page.document, unescape(page.title), address, self.name)
                written[-1][page.address + DOCUMENT] = paper
        for named in written:
            files.write_pages(site, named)
        return [{name: sha256(data).hexdigest() for name, data in named.items()} for named in written]


def write_site(  # noqa: PLR0913 - what a site is made of, and where
    prepared: Prepared, settings: Settings, site: Path, site_address: str, track: Track, *, built: Path
) -> Written:
    """Write all pages and their Word documents into a site, with what the builder made in the folder `built`. If that
    is another, the files of the site before that stand in this one as well may stay.

    With a build before this one, every page has its key, and what stands and would be the same is taken over.
    """
    book, before = prepared.book, prepared.before
    whole = files.read_site(built, ".html")
    if settings.strict:  # the live server lays scripts of its own into every page it sends
        whole = add_policies(whole)
    stamps = asset_stamps(files.read_all(built / ASSETS))
    whole = {name: stamp_assets(text, stamps) for name, text in whole.items()}
    frames = _Frames(cut_shells(whole, joined=book.joined is not None), stamps, site_address, book.name)
    home = [replace(block, body=stamp_assets(block.body, stamps)) for block in render_blocks(book)]
    renderer = Renderer(book, settings.edit_address, site_address)
    jobs = list_jobs(renderer, book, prepared.changes)
    keys = Keys(book, renderer.lookups, (frames, settings.edit_address)) if before else None
    standing = _find_standing(jobs, keys, before) if before and keys else {}
    taken = frozenset(name for page in standing.values() for name in page.files)
    _take_over(before or Before(site), taken, [job.address for job in jobs], site, built)
    filled = whole | fill_blocks(whole, home)
    files.write_pages(site, {name: text.encode() for name, text in filled.items() if name not in taken})

    def write(made: Sequence[tuple[Job, Page]]) -> list[KeptPage]:
        written = frames.write(site, [page for _, page in made])
        return [
            _kept(page, own, keys.of(job, page.asked) if keys else "")
            for (job, page), own in zip(made, written, strict=True)
        ]

    rest = [job for job in jobs if job.address not in standing]
    fresh = track("pagina's", make_pages(rest, write), len(rest))
    pages = [standing.get(job.address) or next(fresh) for job in jobs]
    others = [*render_collection_pages(book, site_address)]
    if not settings.strict:
        others.append(render_problem_page(book, prepared.problems))
    for page in others:
        pages += map(_kept, [page], frames.write(site, [page]))
    return Written(tuple(pages), frozenset(standing))


def _take_over(before: Before, taken: frozenset[str], coming: Iterable[str], site: Path, built: Path) -> None:
    """Bring into a site the files that are taken over, and what the builder made. Of what was in it before, nothing
    stays but these and the search index, where they are the files of the site that stands.
    """
    there: frozenset[str] = frozenset()
    if built != site:
        there = thin(site, before.site, taken.union(before.kept.index), coming)
        move_files(built, site, but=taken)
    files.link_pages(before.site, site, sorted(taken - there))


def _kept(page: Page, hashes: Mapping[str, str], key: str = "") -> KeptPage:
    return KeptPage(page.address, page.title, page.description, hashes, page.asked, key)


def _find_standing(jobs: Sequence[Job], keys: Keys, before: Before) -> dict[str, KeptPage]:
    """The pages that stand in the site before and would be made the same again, by address."""
    kept = before.kept
    if not kept.pages:
        return {}
    named = {name for page in kept.pages.values() for name in page.files}
    intact = before.intact((name, kept.files[name]) for name in named if name in kept.files)

    def stands(job: Job) -> bool:
        page = kept.pages.get(job.address)
        return bool(page and page.key and intact.issuperset(page.files) and keys.of(job, page.asked) == page.key)

    found = zip(jobs, spread_batches(stands, jobs, BATCH, MANY), strict=True)
    return {job.address: kept.pages[job.address] for job, still in found if still}
