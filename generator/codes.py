"""Codes: words that stand in the search index for a concept, a law or an article, and that nobody types.

A code is letters and digits alone and ends in a letter that nothing follows, so that no code is the beginning of
another. The search page makes the same codes (`zoekwoorden.js`); a test holds them together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.vocabulary import Concept

_OTHER = re.compile(r"[^0-9a-z]+")


def concept_codes(concepts: Sequence[Concept]) -> dict[str, str]:
    """Concept id → its code: its place in the list, so that a code is short."""
    return {concept.id: f"qb{place}q" for place, concept in enumerate(concepts)}


def law_code(law: str) -> str:
    """The code of a law, by its id."""
    return f"qw{_OTHER.sub('x', law)}q"


def article_code(law: str, number: str) -> str:
    """The code of an article of a law: `pw` and `22a` give `qapwy22aq`."""
    return f"qa{_OTHER.sub('x', law)}y{_OTHER.sub('x', number.lower())}q"


def number_code(number: str) -> str:
    """The code of an article number of whatever law: `3:46` gives `qn3x46q`."""
    return f"qn{_OTHER.sub('x', number.lower())}q"
