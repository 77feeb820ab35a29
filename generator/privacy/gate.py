"""The gate: every rule over a text. A text that is too long or holds an endless word is refused, never half read."""

from __future__ import annotations

import re

from generator.privacy.finding import Finding, Rule, Weight, binding, settle
from generator.privacy.language.naming import known_of, reading_of
from generator.privacy.lists import load_lists
from generator.privacy.text import Span, Text, read_text
from generator.privacy.waking import waking

MAX_TEXT = 50_000
"""Longest text that is read, in characters; a long field has 3,000."""
MAX_WORD = 200
"""Longest word that is read."""
PUBLIC = frozenset({"PRIV-ADRES-ZWAK", "PRIV-SCHOOL"})
"""Codes that an allowed name takes away: a district that ends like a street, a school for all."""
WEAK = frozenset({"PRIV-ADRES-ZWAK", "PRIV-EMAIL-ZWAK"})
"""Codes for the hits of a rule that only warn, where its other hits block."""
REMEMBERED = 200_000
"""Texts of which the findings are kept in memory; a collection of 1,000 records has some 25,000."""
TOO_LONG = "PRIV-ONLEESBAAR"
"""Code for a text that the rules do not read."""
_ENDLESS = re.compile(rf"\S{{{MAX_WORD + 1}}}")
_remembered: dict[str, tuple[Finding, ...]] = {}


def find(raw: str) -> tuple[Finding, ...]:
    """What `look` says, remembered as long as the program runs: the live server meets most texts again."""
    if raw not in _remembered:
        if len(_remembered) >= REMEMBERED:
            forget()
        _remembered[raw] = look(raw)
    return _remembered[raw]


def forget() -> None:
    """Forget what was read and what is known of words, as after a change of the lists."""
    _remembered.clear()
    known_of.cache_clear()
    waking.cache_clear()


def look(raw: str) -> tuple[Finding, ...]:
    """Everything in a text that may point at a person, sorted by place, the heaviest where several agree.

    Raises `ListError` without the lists, whatever the text: no text is clear by itself.
    """
    load_lists()
    if len(raw) > MAX_WORD and (len(raw) > MAX_TEXT or _ENDLESS.search(raw)):
        return (Finding(0, min(len(raw), MAX_WORD), TOO_LONG, Weight.HARD),)
    text = read_text(raw)
    return settle(
        Finding(*text.source_span(span), code_of(rule, weight), weight, binding(rule.code, text, span))
        for rule in waking().awake(text)
        for span, weight in rule.find(text)
        if not (code_of(rule, weight) in PUBLIC and _is_public(text, span))
    )


def _is_public(text: Text, span: Span) -> bool:
    """Whether all of it is an allowed name, or an ordinary word that only seems one at the start of a sentence."""
    reading = reading_of(text)
    places = list(text.words_in(span))
    if len(places) == 1 and text.words[places[0]].opens and text.words[places[0]].text.lower() in reading.lists.dutch:
        return True
    return bool(places) and reading.covered.issuperset(places)


def code_of(rule: Rule, weight: Weight) -> str:
    """The problem code of a hit: a rule that blocks elsewhere has a second code where it only warns."""
    weak = f"{rule.code}-ZWAK"
    return weak if weight is Weight.WARNING and weak in WEAK else rule.code
