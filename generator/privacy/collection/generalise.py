"""Generalising: what an editor can do to make a household less recognisable, from the smallest loss to the largest.

A step works on the facts, not on the record: it answers what would be true if the editor took it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import chain, combinations, pairwise

from generator.model import UNKNOWN
from generator.privacy.collection.facts import Events, Facts
from generator.privacy.collection.population import Population

DROP, PERIOD, PROVINCE, AGE = "gebeurtenis-weg", "periode-drie-jaar", "provincie", "leeftijd-breder"
STEPS = (DROP, PERIOD, PROVINCE, AGE)
"""The steps in the order in which they are tried, by their id in `lists/gebeurtenissen.yaml`."""
SPAN = 3
"""Years of the wider period; it starts in a year that divides by this, so that records fall together."""
WIDER_AGE: Mapping[str, str] = {
    "0-3": UNKNOWN,
    "4-11": UNKNOWN,
    "12-17": UNKNOWN,
    "16-17": "12-17",
    "18-20": "volwassen",
    "21-26": "volwassen",
    "27-39": "volwassen",
    "40-66": "volwassen",
    "67-plus": "volwassen",
    "volwassen": UNKNOWN,
}
"""The next wider age band; the bands of children have none but unknown."""


def find_steps(facts: Facts, figures: Population, events: Events, helps: Callable[[Facts], bool]) -> tuple[str, ...]:
    """The first of the steps, then of the pairs of steps, after which the facts pass; none if none does."""
    for steps in chain(combinations(STEPS, 1), combinations(STEPS, 2)):
        after = [facts]
        after += (generalise(after[-1], step, figures, events) for step in steps)
        if all(one != other for one, other in pairwise(after)) and helps(after[-1]):
            return steps
    return ()


def generalise(facts: Facts, step: str, figures: Population, events: Events) -> Facts:
    """The facts after one step; the same if the step has nothing to do."""
    if step == DROP:
        kept = tuple(name for name in facts.gebeurtenissen if not events.by_id[name].zeldzaam)
        return replace(facts, gebeurtenissen=kept)
    if step == PERIOD and facts.years is not None and facts.years < SPAN:
        first = int(facts.periode[:4]) // SPAN * SPAN
        return replace(facts, periode=f"{first}-{first + SPAN - 1}")
    if step == PROVINCE and facts.gemeente:
        area = figures.municipality(facts.gemeente)
        return replace(facts, gemeente=None, provincie=area.provincie if area else None)
    if step == AGE:
        return replace(facts, leeftijd=WIDER_AGE.get(facts.leeftijd, facts.leeftijd))
    return facts
