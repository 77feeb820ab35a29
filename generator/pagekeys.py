"""Page keys: of what a page was made. The same key, the same page, since making one depends on nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from generator.book import CaseEntry
from generator.digest import Digests
from generator.grouping import PatternEntry
from generator.kept import Asked
from generator.kit import Kit, Story
from generator.lawindex import ArticleEntry, LawEntry
from generator.lookups import Lookups
from generator.model import Case
from generator.pages import Job
from generator.proposals import Proposal

SHARED = (Case, CaseEntry, PatternEntry, Proposal, LawEntry, ArticleEntry, Story, Kit)
"""What many pages are made of."""


class Keys:
    """Of what pages are made: the same key, the same page."""

    def __init__(self, lookups: Lookups, frame: object) -> None:
        """`frame` is what goes into every page besides: the shells, addresses, the name of the site."""
        self._lookups = lookups
        self._digests = Digests(SHARED)
        self._frame = self._digests.of(frame)
        self._answers: dict[Asked, str] = {}

    def of(self, job: Job, asked: Iterable[Asked]) -> str:
        """The key of a page of which the making looks this up in the book."""
        answers = [(lookup, self._answer(lookup)) for lookup in asked]
        return self._digests.of((self._frame, job.address, job.template, dict(job.values), answers))

    def _answer(self, asked: Asked) -> str:
        if asked not in self._answers:
            self._answers[asked] = self._digests.of(self._lookups.answer(asked))
        return self._answers[asked]
