"""Reading ahead: what the gate says of many texts is what it says of each, on any number of processors."""

from __future__ import annotations

import pytest

from generator import parallel
from generator.privacy import gate

TEXTS = [
    *(f"Mevrouw Terpstra belde het wijkteam, voor de {number}e keer." for number in range(40)),
    *(f"Zij wonen aan de Beukenlaan {number} in een kamer." for number in range(1, 40)),
    "x" * (gate.MAX_WORD + 1),
    "x" * gate.MAX_WORD,
    "Het gezin kreeg uitstel.",
]


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(gate, "MANY", 10)
    monkeypatch.setattr(gate, "BATCH", 7)
    gate.forget()
    yield
    gate.forget()


@pytest.mark.parametrize("cores", [1, 2])
def test_what_was_read_ahead_is_what_is_found(cores, monkeypatch):
    monkeypatch.setattr(parallel, "processors", lambda: cores)
    gate.read_ahead([*TEXTS, *TEXTS])
    expected = [gate.look(text) for text in TEXTS]
    monkeypatch.setattr(gate, "look", None)
    assert [gate.find(text) for text in TEXTS] == expected
    assert sum(bool(found) for found in expected) == len(TEXTS) - 1


def test_a_full_memory_is_emptied_and_everything_is_read_again(monkeypatch):
    monkeypatch.setattr(gate, "REMEMBERED", len(TEXTS))
    gate.find("Een tekst van eerder.")
    gate.read_ahead(TEXTS)
    assert [gate.find(text) for text in TEXTS] == [gate.look(text) for text in TEXTS]
    assert gate.find("Een tekst van later, van mevrouw Terpstra.")
    assert gate.find(TEXTS[0])
