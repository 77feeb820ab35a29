"""A rule is asleep only where it would find nothing, and most texts wake few rules."""

from __future__ import annotations

import re
from importlib import import_module
from random import Random

import pytest

from generator.privacy.rules import RULES
from generator.privacy.text import read_text
from generator.privacy.waking import waking

STRANGE = "0123456789 .,-/@()[]:;'\"’–\u00a0\u200b\n_*~`&;€°+<>#½²ªİıſKßéëĳаеΣ①٣\u0301\u2800"
PIECES = (
    "een één zes nul mei naam heer mw. V. X bsn 06 De Het 't zit B.V. &nbsp; &#1633; jaar haar 12 nr. auto id at punt"
)


def manual_lines() -> list[str]:
    """Every example of every rule, without its marks."""
    pages = (import_module(rule.find.__module__).__doc__ or "" for rule in RULES)
    return [
        re.sub("[«»‹›]", "", line.strip()) for page in pages for line in page.split("\n") if line.startswith("    ")
    ]


def damage(line: str, chance: Random) -> str:
    """The line with strange signs and words put in, letters left out, capitals made small and small ones capitals."""
    for _ in range(chance.randrange(6)):
        place = chance.randrange(len(line) + 1)
        put_in = chance.choice((chance.choice(STRANGE), f" {chance.choice(PIECES.split())} ", ""))
        rest = line[place + 1 :] if chance.random() < 0.3 else line[place:].swapcase() if not put_in else line[place:]
        line = line[:place] + put_in + rest
    return line


@pytest.mark.parametrize("seed", range(4))
def test_a_rule_that_sleeps_would_have_found_nothing(seed):
    """So what the gate finds is what all rules find together."""
    chance = Random(seed)
    for line in manual_lines():
        text = read_text(damage(line, chance))
        awake = waking().awake(text)
        for rule in RULES:
            assert rule in awake or not [*rule.find(text)], (rule.code, text.raw)


@pytest.mark.parametrize("line", ["Zij huren een kamer in de stad.", "schulden en huur", "/casussen/"])
def test_ordinary_words_wake_nobody(line):
    """Nothing in them is a name, a number or a word before one."""
    assert waking().awake(read_text(line)) == ()
