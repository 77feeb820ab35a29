"""Text in plain form: what a reader sees is what the rules read, and every stretch finds its way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.privacy.text import read_text

DISGUISED = {
    "zero width": ("Fa\u200btima", "Fatima"),
    "soft hyphen": ("Kha\u00adtib", "Khatib"),
    "joiner": ("Sa\u2060nne", "Sanne"),
    "bidi": ("\u202eenaS", "enaS"),
    "cyrillic": ("Ѕаnnе", "Sanne"),
    "greek": ("Αnna", "Anna"),
    "full width digits": ("１２３", "123"),
    "arabic digits": ("٠٦١٢", "0612"),
    "mathematical": ("𝐉𝐚𝐧", "Jan"),
    "full width at": ("a＠b", "a@b"),
    "marks": ("Wil**lem**ijn", "Willemijn"),
    "entity": ("Jan&shy;sen", "Jansen"),
    "line separator": ("een\u2028twee", "een twee"),
}
HARMLESS = {
    "accents": ("één café", "één café"),
    "Turkish": ("Ayşe Yılmaz", "Ayşe Yılmaz"),
    "decomposed": ("e\u0301e\u0301n", "één"),
    "quotes": ("‘ja’ en “nee”", "'ja' en \"nee\""),
    "dashes": ("06–12—3", "06-12-3"),
    "hard space": ("1\u00a0234", "1 234"),
    "wrapped": ("een\n    twee", "een twee"),
    "paragraphs": ("een\n\n  twee", "een\ntwee"),
    "ampersand": ("zon & zee", "zon & zee"),
    "euro": ("€ 5…", "€ 5…"),
    "emphasis around a word": ("dat is *echt* zo", "dat is *echt* zo"),
}


@pytest.mark.parametrize(("raw", "plain"), DISGUISED.values(), ids=DISGUISED)
def test_a_disguise_is_taken_off_and_remembered(raw, plain):
    text = read_text(raw)
    assert text.plain == plain
    assert text.disguises


@pytest.mark.parametrize(("raw", "plain"), HARMLESS.values(), ids=HARMLESS)
def test_ordinary_signs_are_no_disguise(raw, plain):
    text = read_text(raw)
    assert text.plain == plain
    assert text.disguises == ()


@given(st.text(alphabet=st.sampled_from("ab Één é\u0301\u200b\u00ad*~`&;#Ѕ１–’“\n\t.:06@ş𝐉"), max_size=60))
def test_every_stretch_finds_its_way_back(raw):
    text = read_text(raw)
    ends = [text.source_span((place, place + 1)) for place in range(len(text.plain))]
    assert all(0 <= start < end <= len(raw) for start, end in ends)
    assert ends == sorted(ends)
    for word in text.words:
        start, end = text.source_span((word.start, word.end))
        if raw[start:end].isascii() and raw[start:end].isalpha():
            assert raw[start:end] == word.text


@given(st.text(max_size=200))
def test_the_plain_form_is_its_own_plain_form(raw):
    plain = read_text(raw).plain
    assert [word.text for word in read_text(plain).words] == [word.text for word in read_text(raw).words]


@pytest.mark.parametrize(
    ("raw", "opening"),
    [
        ("De een komt. De ander gaat.", ["De", "De"]),
        ("Adres: Utrecht", ["Adres", "Utrecht"]),
        ("Mevr. Jansen belt.", ["Mevr"]),
        ("J. Jansen belt.", ["J"]),
        ("Een\n\nTwee", ["Een", "Twee"]),
        ("Zij zei: ‘Nee.’ Toen ging ze.", ["Zij", "Nee", "Toen"]),
        ("Zie art. 3 lid 2 onder a.", ["Zie"]),
    ],
)
def test_sentences_open_where_a_reader_sees_them_open(raw, opening):
    assert [word.text for word in read_text(raw).words if word.opens] == opening


def test_a_sentence_holds_its_characters():
    text = read_text("Een zin. En nog een.")
    assert text.plain[slice(*text.sentence(3))].strip() == "Een zin."
    assert text.plain[slice(*text.sentence(12))].strip() == "En nog een."
