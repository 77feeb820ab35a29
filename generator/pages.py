"""Pages: which there are, at which addresses, and what each is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from markupsafe import Markup

from generator.book import Book
from generator.changes import Changes
from generator.chart import Spot, render_map, spot_rows
from generator.exports.schema import explained
from generator.kit import FOLDER, make_kits
from generator.lessons import index_lessons
from generator.overviews import MOST_SOUGHT, index_domains, index_places, new_cases, new_patterns, sought
from generator.parallel import spread
from generator.problems import Problem
from generator.rendering import Block, Page, Renderer
from generator.similarity import NEIGHBOUR_FLOOR
from generator.vocabulary import Vocabulary, article_slug

DOMAIN_CARDS = 60
"""Cards under one heading of a life domain; search shows the others."""
PLACE_ROWS = 10
"""Cases named under one place; search shows the others."""
USERS = ("professional", "trainer", "beleid")
"""For whom there is a start page; its template and its address are called so."""
BATCH = 25
"""Cases or patterns of which a process makes the pages at a time."""
MANY = 100
"""From so many of a kind their pages are made on every processor."""
COMPOSER = f"{FOLDER}bijeenkomst/samenstellen/"
"""Where one puts a session together; deeper than the kit of any case, so that no id can take its place."""
LIKENESS = "gelijkenis.json"
"""The file at the root of the site with which a browser compares a text with the cases."""

_Entry = TypeVar("_Entry")
Finish = Callable[[Sequence[Page]], Sequence[Page]]
"""What is done with pages as soon as they are made, such as writing them."""


def render_pages(
    book: Book, changes: Changes, edit_address: str = "", site_address: str = "", finish: Finish = tuple
) -> Iterator[Page]:
    """Every page made from records.

    Those of cases, patterns, proposals and kits went through `finish`, batch by batch and perhaps in other processes.
    """
    renderer = Renderer(book, edit_address, site_address)
    yield renderer.page("casussen.html", "casussen/")
    yield from _spread(renderer.of_case, book.cases, finish)
    for case in book.withdrawn:
        yield renderer.page("ingetrokken.html", f"casussen/{case}/")
    spots = map_spots(book)
    rows, columns = map_axes(book.vocabulary)
    map_values = {"kaart": Markup(render_map(spots, rows, columns)), "kaartrijen": spot_rows(spots, rows, columns)}  # noqa: S704 - chart.py escapes every word
    yield renderer.page("patronen.html", "patronen/", **map_values)
    yield from _spread(renderer.of_pattern, book.patterns, finish)
    yield renderer.page("voorstellen.html", "voorstellen/")
    yield renderer.page("opgelost.html", "voorstellen/opgelost/")
    yield from _spread(renderer.of_proposal, book.proposals, finish)
    laws = sorted(book.laws, key=lambda entry: (-len(entry.cases), entry.law.citeertitel))
    yield renderer.page("wetten.html", "wetten/", wetten=laws)
    yield renderer.page("lokaal.html", "wetten/lokaal/")
    yield renderer.page("hervormingen.html", "wetten/hervormingen/")
    for law in book.laws:
        yield renderer.page("wet.html", f"wetten/{law.law.id}/", entry=law)
        for article in law.articles:
            address = f"wetten/{law.law.id}/{article_slug(article.number)}/"
            yield renderer.page("artikel.html", address, entry=article)
    yield renderer.page("methoden.html", "methode/")
    for method in book.methods:
        yield renderer.page("methode.html", f"methode/{method.method.adres}/", entry=method)
    yield from _overviews(renderer, book, changes)
    yield from render_lessons(renderer, book)
    yield from _kits(renderer, book, finish)
    yield renderer.page("zoeken.html", "zoeken/")
    yield renderer.page("ernaast.html", "lijkt-op/", indexbestand=LIKENESS, ondergrens=NEIGHBOUR_FLOOR)
    yield renderer.page("wijzigingen.html", "wijzigingen/", wijzigingen=changes)
    yield renderer.page("gegevens.html", "gegevens/", **explained(book.vocabulary))


def _overviews(renderer: Renderer, book: Book, changes: Changes) -> Iterator[Page]:
    """The cases by life domain and by place, and where each kind of reader can start."""
    domains = index_domains(book)
    yield renderer.page("leefgebieden.html", "leefgebied/", leefgebieden=domains)
    for domain in domains:
        yield renderer.page("leefgebied.html", f"leefgebied/{domain.term.id}/", entry=domain, meeste=DOMAIN_CARDS)
    yield renderer.page("plaatsen.html", "plaats/", plaatsen=index_places(book), meeste=PLACE_ROWS)
    yield renderer.page("voor.html", "voor/")
    shown = {
        "wijzigingen": changes,
        "nieuwe_casussen": new_cases(changes),
        "nieuwe_patronen": new_patterns(book, changes),
        "gezochte_patronen": sought(book),
        "meeste": MOST_SOUGHT,
    }
    for user in USERS:
        yield renderer.page(f"voor_{user}.html", f"voor/{user}/", **shown)


def _spread(make: Callable[[_Entry], Page], entries: Sequence[_Entry], finish: Finish) -> Iterator[Page]:
    def pages(start: int) -> Sequence[Page]:
        return finish([make(entry) for entry in entries[start : start + BATCH]])

    starts = range(0, len(entries), BATCH)
    yield from chain.from_iterable(spread(pages, starts) if len(entries) >= MANY else map(pages, starts))


def _kits(renderer: Renderer, book: Book, finish: Finish) -> Iterator[Page]:
    """The training kits: the trainer's page, the sheets to hand out, and the cards."""
    kits = tuple(make_kits(book))
    of_patterns = [kit for kit in kits if kit.pattern]
    of_cases = [kit for kit in kits if not kit.pattern]
    yield renderer.page("leren.html", FOLDER, patroonpakketten=of_patterns, casuspakketten=of_cases)
    yield renderer.page("samenstellen.html", COMPOSER, casuspakketten=of_cases)
    yield from _spread(lambda kit: renderer.page("lespakket.html", kit.address, pakket=kit), kits, finish)
    yield from _spread(lambda kit: renderer.page("werkblad.html", kit.handout_address, pakket=kit), kits, finish)
    yield from _spread(lambda kit: renderer.page("kaarten.html", kit.cards_address, pakket=kit), of_patterns, finish)


def render_lessons(renderer: Renderer, book: Book) -> Iterator[Page]:
    """The learning line: its overview, then every lesson."""
    lessons = index_lessons(book)
    yield renderer.page("leerlijn.html", "leerlijn/", lessen=lessons)
    for lesson in lessons:
        yield renderer.page("les.html", f"leerlijn/{lesson.number}/", entry=lesson, les=lesson.lesson, lessen=lessons)


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
