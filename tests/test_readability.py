"""Our own Dutch reads at B1 level: every page and message file, by Flesch-Douma, and no sentence too long.

No table turns a score into a level; "normal" (60 to 70, what Douma gave the last years of primary school) is what is
commonly held against B1. Texts of records, quotations, tables and lists of words are not ours and not measured.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.readability import (
    VALUE,
    count_syllables,
    measure,
    sentences_of,
    texts_of_markdown,
    texts_of_template,
    texts_of_toml,
    texts_of_yaml,
    words_of,
)

ROOT = Path(__file__).parents[1]
EASE = 60
"""From here Douma calls a text normal."""
LONGEST = 25
"""Words of the longest sentence."""
FEWEST = 30
"""Words of the shortest text whose score means anything."""
READERS: Mapping[str, Callable[[str], list[str]]] = {
    ".html": texts_of_template,
    ".md": texts_of_markdown,
    ".toml": texts_of_toml,
    ".yaml": texts_of_yaml,
}
TEXTS = sorted(
    [
        *(ROOT / "generator" / "templates").glob("*.html"),
        *(ROOT / "generator" / "overrides").rglob("*.html"),
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / "generator" / "text").glob("*.toml"),
        ROOT / "generator" / "vocabulary" / "lessen.yaml",
    ]
)

every_text = pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)


def read(path: Path) -> list[str]:
    return READERS[path.suffix](path.read_text("utf-8"))


@every_text
def test_a_text_is_normal_to_read(path):
    score = measure(read(path))
    if score and score.words >= FEWEST:
        assert score.ease >= EASE, f"{score.ease:.1f}"


@every_text
def test_no_sentence_is_long(path):
    long = [s for text in read(path) for s in sentences_of(text) if len(words_of(s)) > LONGEST]
    assert long == []


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "huis ik geen nieuw leeuw kou thuis eeuw mooi wmo"),
        (2, "wonen kosten uitkomst schrijven naaien nieuwe zoiets gooien bijeen hotel"),
        (3, "gemeente casussen voorstellen beoordeel uitkering huishoudens geopend budgetten BSN UWV"),
        (4, "beïnvloeden situatie ideeënbus gemeentehuis bijeenkomsten medewerker huurachterstand"),
        (5, "uitzonderingen verordeningen herindicatie herbeoordeling"),
        (6, "participatiewet geïnteresseerde"),
        (7, "verantwoordelijkheden kostendelersnormering"),
    ],
)
def test_syllables_of_known_words(count, words):
    assert {word: count_syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_the_formula_is_that_of_douma():
    score = measure(["De kat zit op de mat. De hond blaft."])
    assert (score.words, score.syllables, score.sentences) == (9, 9, 2)
    assert score.ease == pytest.approx(206.84 - 0.77 * 100 - 0.93 * 4.5)
    assert measure([]) is None


def test_long_words_and_long_sentences_make_a_text_harder():
    easy = measure(["Wij kijken mee. U kiest zelf."])
    long_sentence = measure(["Wij kijken mee en u kiest zelf."])
    long_words = measure(["Wij inventariseren. U prioriteert zelfstandig."])
    assert easy.ease > long_sentence.ease > long_words.ease


def test_of_a_template_only_sentences_are_read_and_every_way_of_a_choice():
    source = (
        "{# Weg. #}<h2>Kop</h2>"
        "<p>Er {% if een %}is een casus{% else %}zijn {{ getal }} casussen.{% endif %}. Klaar.</p>"
        "{{ taak('adres/', 'Naam', 'Dit is een hele zin.') }}"
        "<table><tr><td>Niet dit.</td></tr></table><button>Ga</button>"
    )
    assert texts_of_template(source) == [f"zijn {VALUE} casussen.", "Er is een casus. Klaar.", "Dit is een hele zin."]


def test_of_a_page_code_tables_and_quotations_are_left_out():
    source = (
        "---\nhide: x.\n---\n# Kop.\n\nEen [zin](weg.md) met `code`.\nNog **een** zin.\n\n- Punt een.\n- Los\n\n"
        "```\ncode hier.\n```\n\n| a. | b. |\n\n> Een citaat.\n\n<!-- weg. -->\n"
    )
    assert texts_of_markdown(source) == [f"Een zin met {VALUE}. Nog een zin.", "Punt een."]


def test_of_messages_every_sentence_is_read():
    assert texts_of_toml('[A]\nmelding = "In {bestand} staat iets."\nlijst = ["Nog een zin.", "los"]\n') == [
        f"In {VALUE} staat iets.",
        "Nog een zin.",
    ]


def test_of_a_list_every_sentence_is_read():
    assert texts_of_yaml("lijst:\n  - kop: los\n    tekst: [Een zin., Nog een zin.]\n") == ["Een zin.", "Nog een zin."]


def test_a_sentence_ends_at_a_mark_before_a_capital_or_a_number():
    found = sentences_of('Zie art. 3 van de wet. "Mag dit?" Ja: dat mag. 3 keer.')
    assert [len(words_of(sentence)) for sentence in found] == [5, 2, 3, 1]
