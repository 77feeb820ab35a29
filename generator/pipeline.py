"""The pipeline: the order of things. Reads from top to bottom like the process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from html import unescape
from itertools import chain
from pathlib import Path
from time import perf_counter

from generator import files
from generator.book import Book, make_book
from generator.changes import Changes, find_changes
from generator.collection_pages import find_risky, render_collection_pages
from generator.crossing import join
from generator.dating import DueRule, due_articles, due_rules
from generator.exports.bundle import FIXED_WORDS, render_exports
from generator.exports.bundle import FOLDER as DATA_FOLDER
from generator.findable import FACETS, find_pages, kind_weights, render_findable, search_words
from generator.findtable import Lists
from generator.heap import made_to_stay
from generator.intake import Intake, hold_back, take_in
from generator.kit import Kit
from generator.kitfiles import Format, render_kit
from generator.ladder import check_proposals
from generator.likeness_index import render_likeness
from generator.links import find_broken, make_link_reader
from generator.model import Case
from generator.office import render_document
from generator.ownwords import extend_vocabulary
from generator.pages import LIKENESS, render_blocks, render_pages, render_problem_page
from generator.parallel import spread_batches
from generator.policy import add_policies
from generator.privacy.clearance import Clearance, clear_records
from generator.privacy.finding import mask
from generator.privacy.output import Known, check_output, held_texts, known_texts, may_be_called
from generator.privacy.review import Show, mask_names, review_source, shown_name
from generator.problems import Place, Problem, has_errors, render_text, sort_problems
from generator.progress import Report, Talk, Track, untracked
from generator.registry import ISSUED_FILE, Registry, check_registry, read_registry, render_issued, render_pattern_file
from generator.rendering import DOCUMENT, Page
from generator.search import FOLDER, TABLE, index_site
from generator.settings import Settings
from generator.shells import SHELL, cut_shells, file_of, fill_blocks, fill_page
from generator.source import parse_source
from generator.structure import texts_of
from generator.validation import Checked, Record, check_files
from generator.vocabulary import Vocabulary, load_vocabulary
from generator.wording import row_labels
from generator.worker import ASSETS, FILE, PAGE, asset_stamps, fill_worker, loaded_by, site_version, stamp_assets

SILENT = Talk()
BATCH = 50
"""Pages of which a process reads the links at a time."""
MANY = 10
"""From so many batches they go over the processors."""


class BuildError(Exception):
    """The site cannot be published; the message says why, in Dutch."""


@dataclass(frozen=True)
class Prepared:
    """Records read, checked and linked: all that a site needs, before any page is made."""

    book: Book
    problems: tuple[Problem, ...]
    changes: Changes
    clearance: Clearance
    records: tuple[Record, ...]
    """Every record that was read, shown or not."""
    intake: Intake = field(default_factory=Intake)
    """What came of collections of others."""


def read_vocabulary(settings: Settings, show: Show = mask) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """The lists of the package with the site's own words, and what is wrong with those; nothing is excused."""
    ours = load_vocabulary()
    if settings.words is None or not settings.words.is_dir():
        return ours, ()
    raw, faults = files.read_folder(settings.words, settings.root)
    folder = _named(settings, settings.words)
    vocabulary, more = extend_vocabulary(ours, raw)
    found = [review_source(parse_source(name, data), None, ours, show, folder) for name, data in raw]
    in_words = [problem for review in found for problem in review.problems]
    problems = sort_problems(mask_names([*faults, *more, *in_words], folder))
    return (ours if in_words else vocabulary), problems


def check_records(
    settings: Settings, vocabulary: Vocabulary, paths: Sequence[Path] = (), track: Track = untracked
) -> Checked:
    """Read and check the records of the site, or of `paths` alone."""
    if paths:
        raw, faults = files.read_files(list(paths), settings.root)
    else:
        raw, faults = files.read_folder(settings.cases, settings.root)
    checked = check_files(track("records", raw, len(raw)), vocabulary)
    return replace(
        checked,
        problems=sort_problems(mask_names([*faults, *checked.problems], _named(settings, settings.cases))),
    )


def review_records(
    settings: Settings,
    vocabulary: Vocabulary,
    checked: Checked,
    show: Show = mask,
    track: Track = untracked,
) -> Clearance:
    """Put records through the privacy gate, each by itself and all together, beside the last release."""
    earlier = _released_cases(settings, vocabulary)
    return clear_records(checked, vocabulary, show, earlier, track, _named(settings, settings.cases))


def find_due(settings: Settings, vocabulary: Vocabulary, checked: Checked, day: date) -> tuple[DueRule, ...]:
    """The rules of these records, and then the articles of our list, that somebody should look at on this day.

    The name of a file that may point at a person is masked, as in problems.
    """
    folder = _named(settings, settings.cases)
    in_records = due_rules(checked.records, vocabulary, day)
    return (*(replace(due, file=shown_name(due.file, folder)) for due in in_records), *due_articles(vocabulary, day))


def load_registry(
    settings: Settings, vocabulary: Vocabulary, cases: Sequence[Case]
) -> tuple[Registry, tuple[Problem, ...]]:
    """The registry of the site and everything that is wrong with it; an absent folder is an empty registry."""
    if not settings.patterns.is_dir():
        return Registry(), ()
    raw, faults = files.read_folder(settings.patterns, settings.root)
    registry, more = read_registry(raw)
    together = check_registry(registry, {case.id: case.withdrawn for case in cases})
    proposals = check_proposals(registry, vocabulary)
    return registry, sort_problems(
        mask_names([*faults, *more, *together, *proposals], _named(settings, settings.patterns))
    )


def review_registry(settings: Settings, vocabulary: Vocabulary, show: Show = mask) -> tuple[Problem, ...]:
    """What points at a person in the pattern files; nothing there can be excused."""
    if not settings.patterns.is_dir():
        return ()
    raw, _ = files.read_folder(settings.patterns, settings.root)
    folder = _named(settings, settings.patterns)
    found = (review_source(parse_source(name, data), None, vocabulary, show, folder) for name, data in raw)
    return sort_problems(mask_names((problem for review in found for problem in review.problems), folder))


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


@made_to_stay()
def prepare(settings: Settings, talk: Talk = SILENT) -> Prepared:
    """From files to a book. Raises `BuildError` if `settings.strict` and a record has a fault."""
    with _stage(talk.report) as tell:
        vocabulary, in_words = read_vocabulary(settings)
        checked = check_records(settings, vocabulary, track=talk.track)
        registry, faults = load_registry(settings, vocabulary, [record.case for record in checked.records])
        problems = sort_problems([*in_words, *checked.problems, *faults])
        tell(f"records gelezen en gecontroleerd: {len(checked.records)}, problemen: {len(problems)}")
    with _stage(talk.report) as tell:
        clearance = review_records(settings, vocabulary, checked, track=talk.track)
        in_patterns = review_registry(settings, vocabulary)
        tell(f"records door de privacytoets: {len(checked.sources)}, aangehouden: {len(clearance.held)}")
    if settings.strict and (has_errors(problems) or in_words or in_patterns):
        faults_of_all = render_text(sort_problems([*problems, *in_patterns]))
        raise BuildError(f"De site is niet gebouwd: er zijn fouten in de records.\n{faults_of_all}")
    faulty = {problem.file for problem in problems if has_errors([problem])}
    sound = [cleared for cleared in clearance.cleared if cleared.record.file not in faulty]
    usable = not has_errors(faults) and not in_patterns
    with _stage(talk.report) as tell:
        book = make_book(sound, vocabulary, registry if usable else Registry(), clearance.withdrawn, settings.name)
        shown = [cleared.record.case for cleared in sound]
        changes = compare_with_release(settings, vocabulary, shown, registry if usable else Registry())
        tell(f"casussen vergeleken: {len(book.cases)}, patronen: {len(book.patterns)}")
    told = sort_problems([*problems, *in_patterns, *clearance.problems])
    prepared = Prepared(book, told, changes, clearance, checked.records)
    return prepare_joined(prepared, settings.config, talk) if settings.config else prepared


def prepare_joined(prepared: Prepared, config: Path, talk: Talk = SILENT) -> Prepared:
    """The same with the accepted states of other collections. Raises `BuildError` if the settings name them wrongly."""
    book = prepared.book
    with _stage(talk.report) as tell:
        intake = take_in(config, book.vocabulary)
        faults = intake.faults or (() if intake.collections else (Problem(config.name, Place(), "BRON-PLAATS"),))
        if faults:
            told = render_text(faults)
            raise BuildError(f"De site is niet gebouwd: er zijn fouten in de instellingen.\n{told}")
        intake = hold_back(
            intake, frozenset(find_risky(intake.collections, intake.excused | prepared.clearance.excused))
        )
        joined = join(book.patterns, [entry.case for entry in book.cases], intake.collections, book.vocabulary)
        tell(f"andere verzamelingen: {len(joined.collections)}, casussen daarvan: {len(intake.cases)}")
    problems = sort_problems([*prepared.problems, *intake.problems])
    return replace(prepared, book=replace(book, joined=joined), problems=problems, intake=intake)


def compare_with_release(
    settings: Settings, vocabulary: Vocabulary, cases: Sequence[Case], registry: Registry
) -> Changes:
    """What changed since the revision of the settings, else since the newest tag, else since the beginning."""
    since = settings.since or files.last_release(settings.root)
    old_cases = {case.id: case for case in _released_cases(settings, vocabulary)}
    old, _ = read_registry(files.read_revision(settings.root, since, settings.patterns)) if since else (Registry(), ())
    return find_changes(since, old_cases, cases, old, registry)


def _released_cases(settings: Settings, vocabulary: Vocabulary) -> list[Case]:
    """The cases as they were at the revision that the site is compared with; none without one."""
    since = settings.since or files.last_release(settings.root)
    if not since:
        return []
    checked = check_files(files.read_revision(settings.root, since, settings.cases), vocabulary)
    return [record.case for record in checked.records]


def publish(prepared: Prepared, settings: Settings, site: Path, site_address: str = "", talk: Talk = SILENT) -> None:
    """Turn the shells in a freshly built `site` into the whole site. Raises `BuildError` on a broken link."""
    with _stage(talk.report) as tell:
        known = _write_pages(prepared, settings, site, site_address, talk.track)
        files.write_pages(site, {LIKENESS: render_likeness(prepared.book)})
        tell(f"pagina's gemaakt: {len(known)}")
    with _stage(talk.report) as tell:
        exports = render_exports(prepared.book, site_address)
        files.write_pages(site / DATA_FOLDER, exports)
        tell(f"bestanden met gegevens gemaakt: {len(exports)}")
    with _stage(talk.report) as tell:
        _tidy(site, site_address, settings)
        names = files.list_site(site)
        broken = _broken_links(site, names)
        tell(f"pagina's met nagekeken links: {sum(name.endswith('.html') for name in names)}")
    if broken and settings.strict:
        raise BuildError(
            "De site is niet gebouwd: deze links lopen dood.\n" + "".join(f"{page}: {link}\n" for page, link in broken)
        )
    with _stage(talk.report) as tell:
        made = {file_of(page.address) for page in known}
        written = {name: files.read_text(site / name) for name in names if name.endswith(".html") and name not in made}
        found = find_pages(prepared.book, known, written)
        documents = {file_of(entry.address): render_findable(entry) for entry in found}
        lists = Lists(FACETS, kind_weights(), prepared.book.vocabulary.concepts, prepared.book.vocabulary.wetten)
        index_site(site, documents, lists)
        tell(f"zoekindex gemaakt van pagina's: {len(documents)}")
    _number_worker(site, settings)
    with _stage(talk.report) as tell:
        leaks = review_site(prepared, site)
        tell("site door de privacytoets")
    if leaks:
        for name in files.list_site(site):
            files.remove(site / name)
        raise BuildError(f"De site is niet gebouwd: de privacytoets vond dit in wat is gemaakt.\n{render_text(leaks)}")


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


def _broken_links(site: Path, names: frozenset[str]) -> list[tuple[str, str]]:
    """The links of a finished site that lead nowhere, by page; the index may still be made."""
    there = names | {f"{FOLDER}/pagefind.js", TABLE}
    pages = sorted(name for name in names if name.endswith(".html"))

    written = files.Folder(site)
    read_page = make_link_reader(there)

    read_pages = spread_batches(lambda name: read_page(name, written[name]), pages, BATCH, MANY)
    return sorted(find_broken(read_pages))


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


def _named(settings: Settings, folder: Path) -> str:
    """A folder as problems name it."""
    return files.relative_name(folder, settings.root)


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


@contextmanager
def _stage(report: Report) -> Iterator[Callable[[str], None]]:
    started = perf_counter()
    said: list[str] = []
    yield said.append
    for line in said:
        report(line, perf_counter() - started)
