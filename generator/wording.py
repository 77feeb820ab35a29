"""Wording: reasons and names in Dutch, from `text/redenen.toml` and the labels of the vocabulary."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from generator.reconcile import Change
from generator.similarity import Reason
from generator.vocabulary import Vocabulary

_LISTS = {
    "wet": "wetten",
    "knelpuntsoort": "knelpuntsoorten",
    "knelpuntsoorten": "knelpuntsoorten",
    "leefgebied": "leefgebieden",
}
"""The list in which the values of a kind of reason are looked up; other values are words already."""


def render_reason(reason: Reason, vocabulary: Vocabulary) -> str:
    """One reason as a Dutch phrase."""
    if reason.kind == "artikel":
        words = [render_article(value, vocabulary) for value in reason.values]
    else:
        names = vocabulary.labels.get(_LISTS.get(reason.kind, ""), {})
        labels = vocabulary.concept_labels if reason.kind == "begrip" else names
        words = [labels.get(value, value) for value in reason.values]
    return _texts()["redenen"][reason.kind].format(waarden=", ".join(words))


def reason_forms() -> Mapping[str, str]:
    """How each kind of reason is worded; `{waarden}` stands for its values."""
    return _texts()["redenen"]


def row_labels(vocabulary: Vocabulary) -> frozenset[str]:
    """Every label that stands in a reason or in a name that we put together."""
    lists = (*vocabulary.labels.values(), vocabulary.concept_labels)
    return frozenset(label for words in lists for label in words.values()) | {
        law.citeertitel for law in vocabulary.wetten
    }


def render_article(key: str, vocabulary: Vocabulary) -> str:
    """`pw:22a` as readers see it."""
    law, _, number = key.partition(":")
    return _texts()["namen"]["artikel"].format(wet=vocabulary.labels["wetten"].get(law, law), nummer=number)


def render_name(practice: str, rule: str, who: str) -> str:
    """The name of a pattern that nobody named: rule or practice first, then whom it hits."""
    form = _texts()["namen"]["met_regel" if rule else "zonder_regel"]
    return form.format(gewoonte=practice, regel=rule, wie=who.lower())


def render_change(change: Change, names: Mapping[str, str]) -> str:
    """A proposed change of the registry as a line; `names` maps numbers to the patterns' names."""
    texts = _texts()["voorstellen"]
    name = names.get(change.pattern) or texts["naamloos"]
    return texts[change.kind].format(patroon=change.pattern, anderen=", ".join(change.others), naam=name)


def render_no_changes() -> str:
    """What is said when the model would change nothing."""
    return _texts()["voorstellen"]["geen"]


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    table: Mapping[str, Mapping[str, str]] = tomllib.loads(
        files("generator").joinpath("text/redenen.toml").read_text("utf-8")
    )
    return table
