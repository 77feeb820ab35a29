"""Reading YAML: text stays as it was written, every value knows its place, what is not plain YAML is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Place
from generator.source import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_PROBLEMS,
    Mapping,
    Scalar,
    Source,
    node_at,
    parse_source,
    place_of,
    plain_value,
    walk_scalars,
)

WRITTEN = (
    "no", "yes", "on", "off", "true", "ja", "null", "~", "0612345670", "007", "12:30", "1.10", "1_000", "0x1F", "0o17",
    "1e309", ".inf", "-.inf", ".nan", "2019-01-01", "2019-K2", "+31", "<<", "=", "é", "日本", "😀",
)  # fmt: skip
"""Scalars that YAML readers like to turn into something else."""


def read(text: str | bytes) -> Source:
    return parse_source("a.yaml", text if isinstance(text, bytes) else text.encode())


def root_of(text: str) -> Mapping:
    source = read(text)
    assert source.root is not None, source.problems
    return source.root


def faults(text: str | bytes) -> list[tuple[int, int, str]]:
    return [(problem.place.line, problem.place.column, problem.code) for problem in read(text).problems]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_plain_scalar_stays_the_text_that_was_written(written):
    assert plain_value(root_of(f"sleutel: {written}\n")) == {"sleutel": written}


@pytest.mark.parametrize("written", WRITTEN)
def test_a_key_stays_the_text_that_was_written(written):
    assert plain_value(root_of(f"{written}: waarde\n")) == {written: "waarde"}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co", "Zl", "Zp"]), max_size=80))
def test_any_quoted_text_survives(text):
    assert plain_value(root_of(f"sleutel: {json.dumps(text, ensure_ascii=False)}\n")) == {"sleutel": text}


def test_a_block_keeps_its_line_breaks():
    assert plain_value(root_of("a: |\n  een\n\n  twee\nb: >\n  drie\n  vier\n")) == {
        "a": "een\n\ntwee\n",
        "b": "drie vier\n",
    }


def test_places_count_lines_and_columns_from_one_in_characters():
    root = root_of("é: 😀 b\nlijst: [a, {c: d}]\n")
    assert place_of(root, ("é",)) == Place(1, 4)
    assert place_of(root, ("lijst", 1, "c")) == Place(2, 16)
    assert place_of(root, ("lijst", 1, "c"), key=True) == Place(2, 13)


def test_the_place_of_something_missing_is_that_of_its_nearest_parent():
    root = root_of("a:\n  b: c\n")
    assert place_of(root, ("a", "x", "y")) == Place(2, 3)
    assert place_of(root, ("a", "b", 3)) == Place(2, 6)
    assert place_of(root, ("x",)) == Place(1, 1)
    node, entry = node_at(root, ("a", "b"))
    assert isinstance(node, Scalar)
    assert entry is not None
    assert entry.key.text == "b"


def test_scalars_come_in_writing_order_with_keys_among_them():
    assert [scalar.text for scalar in walk_scalars(root_of("a: [b, {c: d}]\ne: f\n"))] == list("abcdef")


def test_a_byte_order_mark_is_no_text():
    source = read("\ufeffa: b\n")
    assert source.problems == ()
    assert plain_value(source.root) == {"a": "b"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, 1, "YAML-LEEG")]),
        ("# alleen uitleg\n", [(1, 1, "YAML-LEEG")]),
        ("---\n...\n", [(1, 1, "YAML-LEEG")]),
        ("gewone tekst", [(1, 1, "YAML-GEEN-SLEUTELS")]),
        ("- a\n- b\n", [(1, 1, "YAML-GEEN-SLEUTELS")]),
        ("a: b\n---\nc: d\n", [(2, 1, "YAML-TWEEDE-DOCUMENT")]),
        ("a: &x b\n", [(1, 4, "YAML-ANKER")]),
        ("a: *x\n", [(1, 4, "YAML-VERWIJZING")]),
        ("*x", [(1, 1, "YAML-VERWIJZING")]),
        ("a: !!python/object:os.system [ls]\n", [(1, 4, "YAML-TAG")]),
        ("a: !!str 1\n", [(1, 4, "YAML-TAG")]),
        ("! a: b\n", [(1, 1, "YAML-TAG")]),
        ("a: b\na: c\n", [(2, 1, "YAML-DUBBELE-SLEUTEL")]),
        ("? [a]\n: b\n", [(1, 3, "YAML-SLEUTEL-GEEN-TEKST")]),
        ("a:\n\tb: c\n", [(2, 1, "YAML-TAB")]),
        ("a: [b\nc: d\n", [(2, 2, "YAML-FOUT")]),
        ("a: 'b\n", [(2, 1, "YAML-FOUT")]),
        (b"a: caf\xe9\n", [(1, 7, "BEST-GEEN-UTF8")]),
        (b"a: \xed\xa0\x80\n", [(1, 4, "BEST-GEEN-UTF8")]),
        ("a: b\nc: d\0e\n", [(2, 5, "BEST-STUURTEKEN")]),
        ("a: \x1b[31mrood\n", [(1, 4, "BEST-STUURTEKEN")]),
        ("a: een\u200btwee \u202e\n", [(1, 7, "TEKST-VERBORGEN-TEKEN"), (1, 13, "TEKST-VERBORGEN-TEKEN")]),
        (b"#" * (MAX_BYTES + 1), [(1, 1, "BEST-TE-GROOT")]),
        ("a: " + "[" * 10_000 + "]" * 10_000, [(1, MAX_DEPTH + 3, "YAML-TE-DIEP")]),
        ("[" * 10_000, [(1, MAX_DEPTH + 1, "YAML-TE-DIEP")]),
    ],
)
def test_what_is_refused_is_named_with_its_place(text, expected):
    assert faults(text) == expected


def test_a_file_of_exactly_the_size_limit_is_read():
    assert faults(b"a: b #" + b"x" * (MAX_BYTES - 6)) == []


def test_nesting_up_to_the_limit_is_read():
    depth = MAX_DEPTH - 1
    assert faults("a: " + "[" * depth + "]" * depth) == []


def test_a_doubled_key_leaves_the_rest_readable():
    source = read("a: b\nc: d\na: e\n")
    assert plain_value(source.root) == {"a": "b", "c": "d"}


def test_a_bomb_of_aliases_is_refused_without_unfolding_it():
    layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    source = read("\n".join(layers))
    assert source.root is None
    assert len(source.problems) == MAX_PROBLEMS
    assert {problem.code for problem in source.problems} == {"YAML-ANKER", "YAML-VERWIJZING"}


@pytest.mark.parametrize("written", ["\\u202e", "\\u200b", "\\0", "\\e", "\\uFEFF"])
def test_an_escape_in_quotes_cannot_bring_in_a_hidden_character(written):
    assert read(f'a: "een{written}twee"\n').problems


def test_a_line_that_is_no_yaml_does_not_hide_what_stands_before_it():
    assert [code for _, _, code in faults("a: &x b\nc: [\n")] == ["YAML-ANKER", "YAML-FOUT"]


def test_hidden_characters_are_reported_up_to_a_limit():
    assert len(read("a: " + "\u200b" * 500).problems) == MAX_PROBLEMS


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused_and_never_raise(data):
    source = parse_source("a.yaml", data)
    assert source.root is not None or source.problems
    assert all(problem.place.line > 0 and problem.place.column > 0 for problem in source.problems)


@given(st.text(st.sampled_from(list("ab: -[]{}&*!|>'\"\n\t#?%@,~<é\u0085\u2028\r")), max_size=60))
def test_any_yamlish_text_is_read_or_refused_and_never_raises(text):
    source = read(text)
    assert source.root is not None or source.problems
