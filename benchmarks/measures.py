"""Measures of a grouping against a reader's: AMI, ARI, B-cubed, pairs; and of a ranking: recall among the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score


def group_figures(wanted: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """All figures of `found` against `wanted`, both a label for each case; a case alone has a label of its own."""
    precision, recall = b_cubed(wanted, found)
    right, got = pairs(wanted), pairs(found)
    return {
        "AMI": float(adjusted_mutual_info_score(wanted, found)),
        "ARI": float(adjusted_rand_score(wanted, found)),
        "B3 P": precision,
        "B3 R": recall,
        "B3 F1": 2 * precision * recall / (precision + recall),
        "pair P": len(right & got) / len(got) if got else 0.0,
        "pair R": len(right & got) / len(right) if right else 0.0,
    }


def b_cubed(wanted: Sequence[str], found: Sequence[str]) -> tuple[float, float]:
    """B-cubed precision and recall (Bagga and Baldwin 1998): the mean over cases of the share of right company."""
    by_wanted: dict[str, set[int]] = {}
    by_found: dict[str, set[int]] = {}
    for row, (one, other) in enumerate(zip(wanted, found, strict=True)):
        by_wanted.setdefault(one, set()).add(row)
        by_found.setdefault(other, set()).add(row)
    shared = [len(by_wanted[w] & by_found[f]) for w, f in zip(wanted, found, strict=True)]
    precision = sum(n / len(by_found[f]) for n, f in zip(shared, found, strict=True)) / len(wanted)
    recall = sum(n / len(by_wanted[w]) for n, w in zip(shared, wanted, strict=True)) / len(wanted)
    return precision, recall


def pairs(labels: Sequence[str]) -> set[tuple[int, int]]:
    """The pairs of rows with the same label."""
    return {(one, other) for one, other in combinations(range(len(labels)), 2) if labels[one] == labels[other]}


def recall_at(depth: int, wanted: Sequence[str | None], ranked: Mapping[int, Sequence[int]]) -> float:
    """Of the cases that a reader put with others: the share of those others among the first `depth`, on average."""
    shares = []
    for row, label in enumerate(wanted):
        same = {other for other, name in enumerate(wanted) if label is not None and name == label} - {row}
        if same:
            shares.append(len(set(ranked[row][:depth]) & same) / min(depth, len(same)))
    return sum(shares) / len(shares) if shares else 0.0


def own_labels(labels: Sequence[str | None]) -> list[str]:
    """Labels in which a case without a group stands alone."""
    return [label if label is not None else f"alleen-{row}" for row, label in enumerate(labels)]
