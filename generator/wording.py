"""Wording: reasons and names in Dutch, from `text/redenen.toml` and the labels of the vocabulary."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

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
        labels = vocabulary.labels.get(_LISTS.get(reason.kind, ""), {})
        words = [labels.get(value, value) for value in reason.values]
    return _texts()["redenen"][reason.kind].format(waarden=", ".join(words))


def render_article(key: str, vocabulary: Vocabulary) -> str:
    """`pw:22a` as readers see it."""
    law, _, number = key.partition(":")
    return _texts()["namen"]["artikel"].format(wet=vocabulary.labels["wetten"].get(law, law), nummer=number)


def render_name(kind: str, rule: str, words: tuple[str, ...]) -> str:
    """The name of a candidate: rule or practice first, then the words that its cases share."""
    texts = _texts()["namen"]
    if not words:
        return texts["zonder_woorden"].format(soort=kind)
    return texts["met_regel" if rule else "zonder_regel"].format(soort=kind, regel=rule, woorden=", ".join(words))


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    table: Mapping[str, Mapping[str, str]] = tomllib.loads(
        files("generator").joinpath("text/redenen.toml").read_text("utf-8")
    )
    return table
