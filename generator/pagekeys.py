"""Page keys: of what a page was made. The same key, the same page, since making one depends on nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from generator.book import Book, CaseEntry
from generator.digest import Digests
from generator.grouping import PatternEntry
from generator.kept import Asked
from generator.kit import Kit, Story
from generator.lawindex import ArticleEntry, LawEntry
from generator.lookups import Lookups
from generator.model import Case
from generator.pages import Job
from generator.parallel import spread_batches
from generator.proposals import Proposal

SHARED = (Case, CaseEntry, PatternEntry, Proposal, LawEntry, ArticleEntry, Story, Kit)
"""What many pages are made of."""
BATCH = 100
"""Cases of which a process works out the digests at a time."""
MANY = 10
"""From so many batches they go over the processors."""


class Keys:
    """Of what pages are made: the same key, the same page."""

    def __init__(self, book: Book, lookups: Lookups, frame: object) -> None:
        """`frame` is what goes into every page besides: the shells, addresses, the name of the site.

        The digests of what the book holds are worked out here, so that copies of this process need not do it again.
        """
        self._lookups = lookups
        self._digests = Digests(SHARED)
        self._frame = self._digests.of(frame)
        self._answers: dict[Asked, str] = {}
        for value in (*(entry.case for entry in book.cases), *book.patterns):
            self._digests.of_shared(value)
        made = spread_batches(self._digests.of_shared, book.cases, BATCH, MANY)
        self._digests.learn(zip(book.cases, made, strict=True))

    def of(self, job: Job, asked: Iterable[Asked]) -> str:
        """The key of a page of which the making looks this up in the book."""
        answers = [(lookup, self._answer(lookup)) for lookup in asked]
        return self._digests.of((self._frame, job.address, job.template, dict(job.values), answers))

    def _answer(self, asked: Asked) -> str:
        if asked not in self._answers:
            self._answers[asked] = self._digests.of(self._lookups.answer(asked))
        return self._answers[asked]
