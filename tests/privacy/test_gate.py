"""What the gate says of a text is remembered, and never anything else."""

from __future__ import annotations

import pytest

from generator.privacy import gate

TEXTS = [
    *(f"Mevrouw Terpstra belde het wijkteam, voor de {number}e keer." for number in range(40)),
    *(f"Zij wonen aan de Beukenlaan {number} in een kamer." for number in range(1, 40)),
    "x" * (gate.MAX_WORD + 1),
    "x" * gate.MAX_WORD,
    "Het gezin kreeg uitstel.",
]


@pytest.fixture(autouse=True)
def fresh():
    gate.forget()
    yield
    gate.forget()


def test_what_was_read_is_what_is_found_again(monkeypatch):
    expected = [gate.find(text) for text in TEXTS]
    assert [gate.look(text) for text in TEXTS] == expected
    monkeypatch.setattr(gate, "look", None)
    assert [gate.find(text) for text in TEXTS] == expected
    assert sum(bool(found) for found in expected) == len(TEXTS) - 1


def test_a_full_memory_is_emptied_and_everything_is_read_again(monkeypatch):
    monkeypatch.setattr(gate, "REMEMBERED", len(TEXTS))
    gate.find("Een tekst van eerder.")
    assert [gate.find(text) for text in TEXTS] == [gate.look(text) for text in TEXTS]
    assert gate.find("Een tekst van later, van mevrouw Terpstra.")
    assert gate.find(TEXTS[0])
