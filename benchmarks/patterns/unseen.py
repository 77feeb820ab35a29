"""Our similarity of labelled cases by weights that have not seen the source of either case.

The weights that ship were learned from the labelled cases themselves, so only this figure may stand beside others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.fit_weights import LEARNED, SET_BY_HAND, cross_fit, likelihood_of, read_labels, same_group, source_of
from generator.concepts import concept_matcher
from generator.model import Case
from generator.similarity import Similarity, parts
from generator.vectors import traits_of, vectorise


def unseen_similarity(cases: Sequence[Case], seed: int) -> Similarity:
    """As `compare` gives it, each pair weighed by a fit that left out the sources of both cases."""
    ordered = sorted(cases, key=lambda case: case.id)
    labels = read_labels()
    vectors = vectorise([traits_of(case) for case in ordered], concept_matcher())
    found = dict(parts(vectors))
    table = np.stack([found[name] for name in LEARNED], axis=-1).astype(np.float64)
    readers = [same_group([labels[case.id][reader] for case in ordered]) for reader in (0, 1)]
    total = cross_fit(table, readers, [source_of(case) for case in ordered], seed)
    total += sum(weight * found[name] for name, weight in SET_BY_HAND.items())
    return Similarity(vectors, likelihood_of(total).astype(np.float32))
