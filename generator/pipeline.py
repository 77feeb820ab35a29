"""The pipeline: from files to a book, in the order of things. What comes after it stands in `publishing`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from generator import files
from generator.book import Book, make_book
from generator.changes import Changes, find_changes
from generator.collection_pages import find_risky
from generator.crossing import join
from generator.dating import DueRule, due_articles, due_rules
from generator.heap import made_to_stay
from generator.intake import Intake, hold_back, take_in
from generator.keeping import Before
from generator.kept import NO_TABLE, KeptRecord, KeptTable
from generator.ladder import check_proposals
from generator.model import Case
from generator.ownwords import extend_vocabulary
from generator.privacy.clearance import Clearance, clear_records
from generator.privacy.finding import mask
from generator.privacy.review import Show, mask_names, review_source, shown_name
from generator.problems import Place, Problem, has_errors, render_text, sort_problems
from generator.progress import Talk, Track, staged, untracked
from generator.recall import keep_records, recall_from
from generator.registry import ISSUED_FILE, Registry, check_registry, read_registry, render_issued, render_pattern_file
from generator.settings import Settings
from generator.source import parse_source
from generator.validation import Checked, Record, check_files
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
    clearance: Clearance
    records: tuple[Record, ...]
    """Every record that was read, shown or not."""
    intake: Intake = field(default_factory=Intake)
    """What came of collections of others."""
    before: Before | None = None
    """What was found of the build before this one; none where nothing is to be taken over and nothing to be kept."""
    likelihoods: KeptTable = NO_TABLE
    """What was kept of how likely cases are to belong together, for the next build."""

    @cached_property
    def sound(self) -> Mapping[str, KeptRecord]:
        """The records in which nothing was found at all, to be kept for the next run; by file."""
        told = {problem.file for problem in self.problems}
        return keep_records(self.records, self.clearance.untouched - told)


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
    settings: Settings,
    vocabulary: Vocabulary,
    paths: Sequence[Path] = (),
    track: Track = untracked,
    before: Before | None = None,
) -> Checked:
    """Read and check the records of the site, or of `paths` alone; those that were kept are as they were `before`."""
    if paths:
        raw, faults = files.read_files(list(paths), settings.root)
    else:
        raw, faults = files.read_folder(settings.cases, settings.root)
    checked = check_files(raw, vocabulary, track, recall_from(before.kept.records if before else {}))
    return replace(
        checked,
        problems=sort_problems(mask_names([*faults, *checked.problems], _named(settings, settings.cases))),
    )


def review_records(
    settings: Settings,
    vocabulary: Vocabulary,
    checked: Checked,
    earlier: Sequence[Case],
    show: Show = mask,
) -> Clearance:
    """Put records through the privacy gate, each by itself and all together, beside the last release, `earlier`."""
    return clear_records(checked, vocabulary, show, earlier, folder=_named(settings, settings.cases))


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
def prepare(settings: Settings, talk: Talk = SILENT, before: Before | None = None) -> Prepared:
    """From files to a book. Raises `BuildError` if `settings.strict` and a record has a fault.

    What a build `before` this one found in records that are the same is not looked for again.
    """
    with staged(talk.report) as tell:
        vocabulary, in_words = read_vocabulary(settings)
        checked = check_records(settings, vocabulary, track=talk.track, before=before)
        registry, faults = load_registry(settings, vocabulary, [record.case for record in checked.records])
        problems = sort_problems([*in_words, *checked.problems, *faults])
        tell(f"records gelezen en gecontroleerd: {len(checked.records)}, problemen: {len(problems)}")
    with staged(talk.report) as tell:
        earlier = read_release(settings, vocabulary)
        folder = _named(settings, settings.cases)
        clearance = clear_records(checked, vocabulary, mask, earlier, talk.track, folder, checked.recalled)
        in_patterns = review_registry(settings, vocabulary)
        tell(f"records door de privacytoets: {len(checked.sources)}, aangehouden: {len(clearance.held)}")
    if settings.strict and (has_errors(problems) or in_words or in_patterns):
        faults_of_all = render_text(sort_problems([*problems, *in_patterns]))
        raise BuildError(f"De site is niet gebouwd: er zijn fouten in de records.\n{faults_of_all}")
    faulty = {problem.file for problem in problems if has_errors([problem])}
    sound = [cleared for cleared in clearance.cleared if cleared.record.file not in faulty]
    usable = not has_errors(faults) and not in_patterns
    told = sort_problems([*problems, *in_patterns, *clearance.problems])
    clean = clearance.untouched - {problem.file for problem in told}
    may = frozenset(cleared.record.case.id for cleared in sound if cleared.record.file in clean)
    likelihoods = before.likelihoods(may) if before else None
    with staged(talk.report) as tell:
        book = make_book(
            sound, vocabulary, registry if usable else Registry(), clearance.withdrawn, settings.name, likelihoods
        )
        shown = [cleared.record.case for cleared in sound]
        changes = compare_with_release(settings, earlier, shown, registry if usable else Registry())
        tell(f"casussen vergeleken: {len(book.cases)}, patronen: {len(book.patterns)}")
    table = likelihoods.kept if likelihoods else NO_TABLE
    prepared = Prepared(book, told, changes, clearance, checked.records, before=before, likelihoods=table)
    return prepare_joined(prepared, settings.config, talk) if settings.config else prepared


def prepare_joined(prepared: Prepared, config: Path, talk: Talk = SILENT) -> Prepared:
    """The same with the accepted states of other collections. Raises `BuildError` if the settings name them wrongly."""
    book = prepared.book
    with staged(talk.report) as tell:
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
    settings: Settings, earlier: Sequence[Case], cases: Sequence[Case], registry: Registry
) -> Changes:
    """What changed since the revision of the settings, else since the newest tag, else since the beginning.

    `earlier` are the cases as they were then.
    """
    since = settings.since or files.last_release(settings.root)
    old_cases = {case.id: case for case in earlier}
    old, _ = read_registry(files.read_revision(settings.root, since, settings.patterns)) if since else (Registry(), ())
    return find_changes(since, old_cases, cases, old, registry)


def read_release(settings: Settings, vocabulary: Vocabulary) -> list[Case]:
    """The cases as they were at the revision that the site is compared with; none without one."""
    since = settings.since or files.last_release(settings.root)
    if not since:
        return []
    checked = check_files(files.read_revision(settings.root, since, settings.cases), vocabulary)
    return [record.case for record in checked.records]


def _named(settings: Settings, folder: Path) -> str:
    """A folder as problems name it."""
    return files.relative_name(folder, settings.root)
