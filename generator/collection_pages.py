"""Pages of other collections: which there are. Each says where it comes from, under which licence, and leads there."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from generator.book import Book
from generator.crossing import FOLDER, Collection, TheirCase
from generator.findable import LINE, SITUATION
from generator.grouping import place_name
from generator.privacy import gate
from generator.rendering import DESCRIPTION_LENGTH, Page, Renderer, lead, shorten

CARD, CRUMB = 150, 40
"""Characters of an obstacle on a card, and of a title in the breadcrumbs, as the templates cut them."""


def render_collection_pages(book: Book, site_address: str = "") -> Iterator[Page]:
    """Every page about collections of others; none if the settings name none."""
    if book.joined is None:
        return
    renderer = Renderer(book, "", site_address)
    yield renderer.page("verzamelingen.html", f"{FOLDER}/", samen=book.joined)
    for collection in book.joined.collections:
        shown = {"samen": book.joined, "verzameling": collection}
        yield renderer.page("verzameling.html", collection.address, **shown)
        for theirs in collection.cases:
            yield renderer.page("verzameling_casus.html", theirs.address, **shown, ander=theirs, casus=theirs.case)
        for case in collection.withdrawn:
            yield renderer.page("ingetrokken.html", f"{collection.address}casussen/{case}/")
        for pattern in collection.patterns:
            yield renderer.page("verzameling_patroon.html", pattern.address, **shown, patroon=pattern)


def find_risky(collections: Iterable[Collection], excused: Container[tuple[str, str]]) -> Iterator[str]:
    """Ids, with prefix, of cases that seem to say more once pages and lists cut them short, as the privacy gate would
    find in the finished site. One case of others must never stop our build.
    """
    for collection in collections:
        for theirs in collection.cases:
            texts = _derived(theirs, collection)
            found = ((finding.code, text[finding.start : finding.end]) for text in texts for finding in gate.find(text))
            if any((code, value.lower()) not in excused for code, value in found):
                yield theirs.id


def _derived(theirs: TheirCase, collection: Collection) -> Iterator[str]:
    """What is shown of a case other than whole paragraphs."""
    case = theirs.case
    yield from (shorten(case.titel, CRUMB), shorten(case.knelpunt.tekst, DESCRIPTION_LENGTH))
    yield from (lead(case.knelpunt.tekst, CARD), lead(case.knelpunt.tekst, LINE), lead(case.doorbraak.tekst, LINE))
    yield lead(case.situatie, SITUATION)
    place = place_name(case)
    yield " · ".join(part for part in (collection.name, place, case.periode) if part)
    yield " · ".join(part for part in ("Casus", place, case.periode) if part)
    yield from (str(law.lokaal) for law in case.rules if law.lokaal)
