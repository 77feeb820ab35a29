"""Every rule against the examples of its own docstring, and against text that is meant to make it slow."""

from __future__ import annotations

import re
import time
from importlib import import_module

import pytest

from generator.privacy.finding import Weight
from generator.privacy.rules import RULES
from generator.privacy.text import read_text
from generator.problems import messages

MODULES = {rule.code: import_module(rule.find.__module__) for rule in RULES}
MARK = re.compile("«([^»]*)»|‹([^›]*)›")
HOSTILE = {
    "letters": "A" * 200 + " ",
    "capitals": "Aaaa ",
    "digits": "1 ",
    "long digits": "12345678 ",
    "dots": "1.",
    "dashes": "-",
    "ats": "a@",
    "brackets": "((",
    "number words": "één ",
    "mobile": "06 ",
    "dates": "1-1-",
    "months": "1 mei ",
    "particles": "Van de ",
    "titles": "mevrouw ",
    "relations": "zoon, ",
    "initials": "A.",
    "streets": "straat 1 ",
    "school": "school De ",
    "works": "werkt bij ",
    "ages": "van 3, ",
    "spaced": "a b ",
    "stars": "a*b",
    "hidden": "a\u200bb",
    "lookalike": "а",
    "urls": "http://",
    "slashes": "a/",
    "iban": "NL91 ABNA ",
    "plates": "12-AB-",
    "degrees": "52°22'",
    "labels": "zaaknummer ",
    "entities": "&#",
    "newlines": "\n",
    "quotes": "'",
    "compounds": "straatstraatstraat ",
}


def examples(code: str, heading: str) -> list[str]:
    """The lines below a heading of a rule's docstring."""
    lines = (MODULES[code].__doc__ or "").split("\n")
    start = lines.index(f"{heading}:") + 1
    block = []
    for line in lines[start:]:
        if not line.startswith("    "):
            break
        block.append(line.strip())
    return block


def marked(line: str) -> tuple[str, list[tuple[str, bool]]]:
    """The bare sentence, and what is marked in it with whether it blocks."""
    return MARK.sub(lambda m: m.group(1) or m.group(2), line), [(a or b, bool(a)) for a, b in MARK.findall(line)]


FOUND = [(rule.code, line) for rule in RULES for line in examples(rule.code, "Found")]
LEFT = [(rule.code, line) for rule in RULES for line in examples(rule.code, "Left alone")]


@pytest.mark.parametrize(("code", "line"), FOUND)
def test_what_the_manual_says_is_found_is_found(code, line):
    sentence, expected = marked(line)
    text = read_text(sentence)
    hits = sorted(set(MODULES[code].RULE.find(text)))
    found = [(sentence[slice(*text.source_span(span))], weight > Weight.WARNING) for span, weight in hits]
    assert [hit for hit in expected if hit not in found] == []
    assert all(any(value in marks for marks, _ in expected) for value, _ in found)


@pytest.mark.parametrize(("code", "line"), LEFT)
def test_what_the_manual_says_is_left_alone_is_left_alone(code, line):
    assert list(MODULES[code].RULE.find(read_text(line))) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_manual_and_a_message(rule):
    assert len(examples(rule.code, "Found")) >= 6
    assert len(examples(rule.code, "Left alone")) >= 6
    assert rule.code in messages()
    assert {"{tekst}", "{veld}"} <= set(re.findall(r"\{\w+\}", messages()[rule.code]["melding"]))


HOSTILE_SECONDS = 10
"""No figure but a fence: text that grows out of hand takes hours. The figure is measured by `benchmarks.privacy`."""


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_no_text_takes_a_rule_long(piece):
    text = read_text((piece * (50_000 // len(piece)))[:50_000])
    for rule in RULES:
        started = time.process_time()
        list(rule.find(text))
        assert time.process_time() - started < HOSTILE_SECONDS, rule.code
