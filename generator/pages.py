"""Pages: which there are, at which addresses, and what each is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TypeVar

from markupsafe import Markup

from generator.book import Book
from generator.changes import Changes
from generator.chart import Spot, render_map, spot_rows
from generator.exports.schema import explained
from generator.kit import FOLDER, make_kits
from generator.lessons import index_lessons
from generator.nearness import NEIGHBOUR_FLOOR
from generator.overviews import MOST_SOUGHT, index_domains, index_places, new_cases, new_patterns, sought
from generator.parallel import spread
from generator.problems import Problem
from generator.rendering import Block, Page, Renderer, read_templates
from generator.vocabulary import Vocabulary, article_slug

DOMAIN_CARDS = 60
"""Cards under one heading of a life domain; search shows the others."""
PLACE_ROWS = 10
"""Cases named under one place; search shows the others."""
USERS = ("professional", "trainer", "beleid")
"""For whom there is a start page; its template and its address are called so."""
BATCH = 25
"""Pages that a process makes at a time."""
MANY = 200
"""From so many they are made on every processor."""
COMPOSER = f"{FOLDER}bijeenkomst/samenstellen/"
"""Where one puts a session together; deeper than the kit of any case, so that no id can take its place."""
LIKENESS = "gelijkenis.json"
"""The file at the root of the site with which a browser compares a text with the cases."""
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Job:
    """One page that is still to be made. It depends on its template, these values, and what it looks up in the book."""

    address: str
    template: str
    values: Mapping[str, object]
    make: Callable[[], Page]


def render_pages(book: Book, changes: Changes, edit_address: str = "", site_address: str = "") -> Iterator[Page]:
    """Every page made from records."""
    jobs = list_jobs(Renderer(book, edit_address, site_address), book, changes)
    yield from make_pages(jobs, lambda made: [page for _, page in made])


def make_pages(
    jobs: Sequence[Job], finish: Callable[[Sequence[tuple[Job, Page]]], Sequence[_Result]]
) -> Iterator[_Result]:
    """What `finish` makes of the pages, batch by batch and perhaps in other processes, such as writing them."""

    def pages(start: int) -> Sequence[_Result]:
        return finish([(job, job.make()) for job in jobs[start : start + BATCH]])

    starts = range(0, len(jobs), BATCH)
    if len(jobs) < MANY:
        yield from chain.from_iterable(map(pages, starts))
        return
    read_templates()
    yield from chain.from_iterable(spread(pages, starts))


def list_jobs(renderer: Renderer, book: Book, changes: Changes) -> tuple[Job, ...]:
    """What is to be made, in the order of the site."""
    return tuple(_list_pages(renderer, book, changes))


def _list_pages(renderer: Renderer, book: Book, changes: Changes) -> Iterator[Job]:
    yield _later(renderer, "casussen.html", "casussen/")
    for entry in book.cases:
        yield Job(f"casussen/{entry.case.id}/", "casus.html", {"entry": entry}, partial(renderer.of_case, entry))
    for case in book.withdrawn:
        yield _later(renderer, "ingetrokken.html", f"casussen/{case}/")
    drawn = {"casussen": book.cases, "patronen": book.patterns}
    yield Job("patronen/", "patronen.html", drawn, partial(_render_patterns, renderer, book))
    for pattern in book.patterns:
        make = partial(renderer.of_pattern, pattern)
        yield Job(f"patronen/{pattern.id}/", "patroon.html", {"patroon": pattern}, make)
    yield _later(renderer, "voorstellen.html", "voorstellen/")
    yield _later(renderer, "opgelost.html", "voorstellen/opgelost/")
    for proposal in book.proposals:
        make = partial(renderer.of_proposal, proposal)
        yield Job(f"voorstellen/{proposal.pattern.id}/", "voorstel.html", {"voorstel": proposal}, make)
    laws = sorted(book.laws, key=lambda entry: (-len(entry.cases), entry.law.citeertitel))
    yield _later(renderer, "wetten.html", "wetten/", wetten=laws)
    yield _later(renderer, "lokaal.html", "wetten/lokaal/")
    yield _later(renderer, "hervormingen.html", "wetten/hervormingen/")
    for law in book.laws:
        yield _later(renderer, "wet.html", f"wetten/{law.law.id}/", entry=law)
        for article in law.articles:
            address = f"wetten/{law.law.id}/{article_slug(article.number)}/"
            yield _later(renderer, "artikel.html", address, entry=article)
    yield _later(renderer, "methoden.html", "methode/")
    for method in book.methods:
        yield _later(renderer, "methode.html", f"methode/{method.method.adres}/", entry=method)
    yield from _list_overviews(renderer, book, changes)
    yield from _list_lessons(renderer, book)
    yield from _list_kits(renderer, book)
    yield _later(renderer, "zoeken.html", "zoeken/")
    yield _later(renderer, "ernaast.html", "lijkt-op/", indexbestand=LIKENESS, ondergrens=NEIGHBOUR_FLOOR)
    yield _later(renderer, "wijzigingen.html", "wijzigingen/", wijzigingen=changes)
    yield _later(renderer, "gegevens.html", "gegevens/", **explained(book.vocabulary))


def _later(renderer: Renderer, template: str, address: str, **values: object) -> Job:
    return Job(address, template, values, partial(renderer.page, template, address, **values))


def _render_patterns(renderer: Renderer, book: Book) -> Page:
    """The patterns with their map."""
    spots = map_spots(book)
    rows, columns = map_axes(book.vocabulary)
    drawing = Markup(render_map(spots, rows, columns))  # noqa: S704 - chart.py escapes every word
    return renderer.page("patronen.html", "patronen/", kaart=drawing, kaartrijen=spot_rows(spots, rows, columns))


def _list_overviews(renderer: Renderer, book: Book, changes: Changes) -> Iterator[Job]:
    """The cases by life domain and by place, and where each kind of reader can start."""
    domains = index_domains(book)
    yield _later(renderer, "leefgebieden.html", "leefgebied/", leefgebieden=domains)
    for domain in domains:
        address = f"leefgebied/{domain.term.id}/"
        yield _later(renderer, "leefgebied.html", address, entry=domain, meeste=DOMAIN_CARDS)
    yield _later(renderer, "plaatsen.html", "plaats/", plaatsen=index_places(book), meeste=PLACE_ROWS)
    yield _later(renderer, "voor.html", "voor/")
    shown = {
        "wijzigingen": changes,
        "nieuwe_casussen": new_cases(changes),
        "nieuwe_patronen": new_patterns(book, changes),
        "gezochte_patronen": sought(book),
        "meeste": MOST_SOUGHT,
    }
    for user in USERS:
        yield _later(renderer, f"voor_{user}.html", f"voor/{user}/", **shown)


def _list_kits(renderer: Renderer, book: Book) -> Iterator[Job]:
    """The training kits: the trainer's page, the sheets to hand out, and the cards."""
    kits = tuple(make_kits(book))
    of_patterns = [kit for kit in kits if kit.pattern]
    of_cases = [kit for kit in kits if not kit.pattern]
    yield _later(renderer, "leren.html", FOLDER, patroonpakketten=of_patterns, casuspakketten=of_cases)
    yield _later(renderer, "samenstellen.html", COMPOSER, casuspakketten=of_cases)
    yield from (_later(renderer, "lespakket.html", kit.address, pakket=kit) for kit in kits)
    yield from (_later(renderer, "werkblad.html", kit.handout_address, pakket=kit) for kit in kits)
    yield from (_later(renderer, "kaarten.html", kit.cards_address, pakket=kit) for kit in of_patterns)


def render_lessons(renderer: Renderer, book: Book) -> Iterator[Page]:
    """The learning line: its overview, then every lesson."""
    yield from (job.make() for job in _list_lessons(renderer, book))


def _list_lessons(renderer: Renderer, book: Book) -> Iterator[Job]:
    lessons = index_lessons(book)
    yield _later(renderer, "leerlijn.html", "leerlijn/", lessen=lessons)
    for lesson in lessons:
        values = {"entry": lesson, "les": lesson.lesson, "lessen": lessons}
        yield _later(renderer, "les.html", f"leerlijn/{lesson.number}/", **values)


def map_spots(book: Book) -> tuple[Spot, ...]:
    """The patterns that stand on the map: those that still take cases, where most of their cases are."""
    spots = []
    for pattern in book.patterns:
        if pattern.state not in {"kandidaat", "vastgesteld"} or not pattern.members:
            continue
        domains = Counter(book.case_by_id[member.case].leefgebieden[0] for member in pattern.members)
        spots.append(
            Spot(
                id=pattern.id,
                name=pattern.name,
                address=f"{pattern.id}/",
                row=pattern.kind,
                column=min(domains, key=lambda domain: (-domains[domain], domain)),
                cases=len(pattern.members),
                places=len(pattern.places),
                registered=pattern.registered,
                strong=pattern.strong,
            )
        )
    return tuple(spots)


def map_axes(vocabulary: Vocabulary) -> tuple[list[tuple[str, str, str]], list[tuple[str, str]]]:
    """The rows (obstacle kinds under their dimension) and columns (life domains) of the map, in vocabulary order."""
    order = list(vocabulary.dimensies)
    kinds = sorted(vocabulary.knelpuntsoorten, key=lambda kind: order.index(kind.dimensie))
    rows = [(vocabulary.dimensies[kind.dimensie], kind.id, kind.label) for kind in kinds]
    return rows, [(term.id, term.label) for term in vocabulary.terms["leefgebieden"]]


def render_blocks(book: Book) -> Iterator[Block]:
    """The pieces for pages that people wrote."""
    yield Block("", "maatwerkatlas:home", Renderer(book).body("home.html", ""))


def render_problem_page(book: Book, problems: tuple[Problem, ...]) -> Page:
    """The page on which the live server shows what is wrong in the records."""
    return Renderer(book).page("problemen.html", "problemen/", problemen=problems)
