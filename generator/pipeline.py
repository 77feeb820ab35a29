"""The pipeline: the order of things. Reads from top to bottom like the process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from generator import files
from generator.book import Book, make_book
from generator.changes import Changes, find_changes
from generator.links import check_links
from generator.model import Case
from generator.pages import render_blocks, render_pages, render_problem_page
from generator.problems import Problem, has_errors, render_text, sort_problems
from generator.progress import Report, Talk, Track, untracked
from generator.registry import ISSUED_FILE, Registry, check_registry, read_registry, render_issued, render_pattern_file
from generator.search import FOLDER, index_site
from generator.settings import Settings
from generator.shells import SHELL, fill_shells
from generator.validation import Checked, check_files
from generator.vocabulary import Vocabulary, load_vocabulary

SILENT = Talk()


class BuildError(Exception):
    """The site cannot be published; the message says why, in Dutch."""


@dataclass(frozen=True)
class Prepared:
    """Records read, checked and linked: all that a site needs, before any page is made."""

    book: Book
    problems: tuple[Problem, ...]
    changes: Changes


def check_records(
    settings: Settings, vocabulary: Vocabulary, paths: Sequence[Path] = (), track: Track = untracked
) -> Checked:
    """Read and check the records of the site, or of `paths` alone."""
    if paths:
        raw, faults = files.read_files(list(paths), settings.root)
    else:
        raw, faults = files.read_folder(settings.cases, settings.root)
    checked = check_files(track("records", raw, len(raw)), vocabulary)
    return Checked(checked.records, sort_problems([*faults, *checked.problems]))


def load_registry(settings: Settings, cases: Sequence[Case]) -> tuple[Registry, tuple[Problem, ...]]:
    """The registry of the site and everything that is wrong with it; an absent folder is an empty registry."""
    if not settings.patterns.is_dir():
        return Registry(), ()
    raw, faults = files.read_folder(settings.patterns, settings.root)
    registry, more = read_registry(raw)
    together = check_registry(registry, {case.id: case.withdrawn for case in cases})
    return registry, sort_problems([*faults, *more, *together])


def write_registry(settings: Settings, registry: Registry) -> list[str]:
    """Write the registry's files that changed, each whole or not at all; their names.

    Numbers given out are written first: a run that is killed leaves a gap, never a number that is given twice. What
    went up in another comes before that other and before what is new, so that no case is in two of them at any moment.
    """
    texts = {settings.patterns / ISSUED_FILE: render_issued(registry.issued)}
    for file in sorted(registry.files, key=lambda file: (file.root is None, file.pattern.active, file.file)):
        known = file.root is not None
        path = (settings.root if known else settings.patterns) / file.file
        texts[path] = render_pattern_file(file.person, file.pattern)
    return [path.name for path, text in texts.items() if files.write_changed(path, text.encode())]


def prepare(settings: Settings, talk: Talk = SILENT) -> Prepared:
    """From files to a book. Raises `BuildError` if `settings.strict` and a record has a fault."""
    with _stage(talk.report) as tell:
        vocabulary = load_vocabulary()
        checked = check_records(settings, vocabulary, track=talk.track)
        registry, faults = load_registry(settings, [record.case for record in checked.records])
        problems = sort_problems([*checked.problems, *faults])
        tell(f"records gelezen en gecontroleerd: {len(checked.records)}, problemen: {len(problems)}")
    if settings.strict and has_errors(problems):
        raise BuildError(f"De site is niet gebouwd: er zijn fouten in de records.\n{render_text(problems)}")
    faulty = {problem.file for problem in problems if has_errors([problem])}
    sound = [record for record in checked.records if record.file not in faulty]
    with _stage(talk.report) as tell:
        book = make_book(sound, vocabulary, Registry() if has_errors(faults) else registry)
        changes = compare_with_release(settings, vocabulary, [record.case for record in sound], registry)
        tell(f"casussen vergeleken: {len(book.cases)}, patronen: {len(book.patterns)}")
    return Prepared(book, problems, changes)


def compare_with_release(
    settings: Settings, vocabulary: Vocabulary, cases: Sequence[Case], registry: Registry
) -> Changes:
    """What changed since the revision of the settings, else since the newest tag, else since the beginning."""
    since = settings.since or files.last_release(settings.root)
    old_cases: dict[str, Case] = {}
    old = Registry()
    if since:
        checked = check_files(files.read_revision(settings.root, since, settings.cases), vocabulary)
        old_cases = {record.case.id: record.case for record in checked.records}
        old, _ = read_registry(files.read_revision(settings.root, since, settings.patterns))
    return find_changes(since, old_cases, cases, old, registry)


def publish(prepared: Prepared, settings: Settings, site: Path, site_address: str = "", talk: Talk = SILENT) -> None:
    """Turn the shells in a freshly built `site` into the whole site. Raises `BuildError` on a broken link."""
    with _stage(talk.report) as tell:
        rendered = render_pages(prepared.book, prepared.changes, settings.edit_address)
        pages = list(talk.track("pagina's", rendered, prepared.book.size))
        if not settings.strict:
            pages.append(render_problem_page(prepared.book, prepared.problems))
        built = files.read_site(site, ".html")
        filled = fill_shells(built, pages, render_blocks(prepared.book))
        files.write_pages(site, {name: text.encode() for name, text in filled.items()})
        tell(f"pagina's gemaakt: {len(filled)}")
    with _stage(talk.report) as tell:
        _tidy(site, site_address, settings)
        html = files.read_site(site, ".html")
        broken = sorted(check_links(html, files.list_site(site) | {f"{FOLDER}/pagefind.js"}))
        tell(f"pagina's met nagekeken links: {len(html)}")
    if broken and settings.strict:
        raise BuildError(
            "De site is niet gebouwd: deze links lopen dood.\n" + "".join(f"{page}: {link}\n" for page, link in broken)
        )
    with _stage(talk.report) as tell:
        index_site(site)
        tell("zoekindex gemaakt")


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


@contextmanager
def _stage(report: Report) -> Iterator[Callable[[str], None]]:
    started = perf_counter()
    said: list[str] = []
    yield said.append
    for line in said:
        report(line, perf_counter() - started)
