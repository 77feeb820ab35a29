"""Answers: what the command line prints of likeness, as rows for JSON and as lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, TypedDict

from generator.grouping import Grouping, PatternEntry
from generator.plaintext import Match, rank_patterns
from generator.similarity import Reason, Similarity
from generator.vocabulary import Vocabulary
from generator.wording import render_reason

SIMILAR = 10
"""Neighbours that `similar` names for each record or text."""


class Row(TypedDict):
    """A case in the JSON output, with its nearness and the reasons.

    For a pattern `casus` is its nearest case, which gives the reasons.
    """

    patroon: NotRequired[str]
    naam: NotRequired[str]
    casus: str
    sterkte: float
    redenen: list[str]


def registered_row(entry: PatternEntry) -> dict[str, object]:
    """A pattern with all its members."""
    members = [
        Row(casus=member.case, sterkte=member.strength, redenen=list(member.reasons)) for member in entry.members
    ]
    return {"id": entry.id, "naam": entry.name, "status": entry.state, "leden": members}


def neighbour_rows(found: Similarity, case: str, vocabulary: Vocabulary) -> list[Row]:
    """The records nearest to a record."""
    row = found.ids.index(case)
    return [
        _member_row(found.ids[other], strength, found.reasons(row, other), vocabulary)
        for other, strength in found.nearest(row, SIMILAR)
    ]


def match_rows(matches: Sequence[Match], vocabulary: Vocabulary) -> list[Row]:
    """The cases nearest to a text."""
    return [_member_row(match.id, match.strength, match.reasons, vocabulary) for match in matches[:SIMILAR]]


def pattern_rows(matches: Sequence[Match], grouping: Grouping, vocabulary: Vocabulary) -> list[Row]:
    """The standing patterns nearest to a text."""
    standing = {entry.id: entry for entry in grouping.patterns if entry.stands}
    members = {pattern: [member.case for member in entry.members] for pattern, entry in standing.items()}
    rows = []
    for match in rank_patterns(matches, members)[:SIMILAR]:
        row = _member_row(match.nearest.id, match.strength, match.nearest.reasons, vocabulary)
        rows.append(Row(patroon=match.id, naam=standing[match.id].name, **row))
    return rows


def render_row(row: Row) -> str:
    """A row as one line."""
    name = f"{row['patroon']} {row['naam']}" if "patroon" in row else row["casus"]
    return f"{row['sterkte']:.2f} {name} ({'; '.join(row['redenen'])})"


def _member_row(case: str, strength: float, reasons: Sequence[Reason], vocabulary: Vocabulary) -> Row:
    said = [render_reason(reason, vocabulary) for reason in reasons]
    return {"casus": case, "sterkte": round(strength, 3), "redenen": said}
