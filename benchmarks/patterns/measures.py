"""How well found groups agree with known ones. A case in no group is a group of its own, in both.

Groups are given as case id to group; an id that is absent stands alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, fields
from math import comb
from statistics import fmean

from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

Groups = Mapping[str, Hashable]
Ranking = Callable[[str, int], Sequence[str]]
"""The so many cases most like a case, nearest first, itself not among them."""

DEPTH = 5
"""How many similar cases a reader sees."""
MOST_QUERIES = 500
"""Cases for which the ranking is looked at; with more cases, these are spread evenly over them."""


@dataclass(frozen=True)
class Scores:
    """Agreement of found groups with known ones: 1 is the same, 0 is chance (AMI, ARI) or nothing."""

    ami: float
    ari: float
    bcubed_precision: float
    bcubed_recall: float
    bcubed: float
    pair_precision: float
    pair_recall: float


def score(ids: Sequence[str], gold: Groups, found: Groups) -> Scores:
    """All figures for the cases `ids`."""
    wanted, got = labels(ids, gold), labels(ids, found)
    precision, recall = bcubed(wanted, got)
    pair_precision, pair_recall = pairs(wanted, got)
    return Scores(
        ami=float(adjusted_mutual_info_score(wanted, got)),
        ari=float(adjusted_rand_score(wanted, got)),
        bcubed_precision=precision,
        bcubed_recall=recall,
        bcubed=2 * precision * recall / (precision + recall),
        pair_precision=pair_precision,
        pair_recall=pair_recall,
    )


def mean_scores(scores: Sequence[Scores]) -> Scores:
    """The mean of each figure, as over several annotators."""
    return Scores(*(fmean(getattr(one, part.name) for one in scores) for part in fields(Scores)))


def labels(ids: Sequence[str], groups: Groups) -> list[int]:
    """A number for the group of each case; a case that stands alone has a number that no other has."""
    numbers: dict[Hashable, int] = {}
    keys = (("in", groups[case]) if case in groups else ("alone", case) for case in ids)
    return [numbers.setdefault(key, len(numbers)) for key in keys]


def bcubed(gold: Sequence[int], found: Sequence[int]) -> tuple[float, float]:
    """Mean over the cases of how pure, and how complete, the found group of each is."""
    in_gold, in_found, both = Counter(gold), Counter(found), Counter(zip(gold, found, strict=True))
    precision = sum(shared * shared / in_found[f] for (_, f), shared in both.items()) / len(gold)
    recall = sum(shared * shared / in_gold[g] for (g, _), shared in both.items()) / len(gold)
    return precision, recall


def pairs(gold: Sequence[int], found: Sequence[int]) -> tuple[float, float]:
    """The part of the pairs put together that belong together, and the part of those that belong that are found."""
    wanted, got, right = (
        sum(comb(times, 2) for times in Counter(rows).values()) for rows in (gold, found, zip(gold, found, strict=True))
    )
    return right / got if got else 0.0, right / wanted if wanted else 0.0


def recall_of_similar(ids: Sequence[str], gold: Groups, ranking: Ranking) -> float:
    """Of the cases of the same group, the part among the first `DEPTH` similar ones; mean over cases that have any."""
    members: dict[Hashable, set[str]] = {}
    for case in ids:
        if case in gold:
            members.setdefault(gold[case], set()).add(case)
    asked = [case for case in sorted(ids) if case in gold and len(members[gold[case]]) > 1]
    asked = asked[:: -(-len(asked) // MOST_QUERIES)] if asked else []
    found = []
    for case in asked:
        same = members[gold[case]] - {case}
        found.append(len(same.intersection(ranking(case, DEPTH))) / min(DEPTH, len(same)))
    return fmean(found) if found else 0.0
