"""Problems: sorted, each once, said in Dutch with what to do, in three forms."""

from __future__ import annotations

import json
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import (
    Place,
    Problem,
    Severity,
    has_errors,
    messages,
    render_github,
    render_json,
    render_text,
    sort_problems,
)

FAULT = Problem("cases/a.yaml", Place(3, 5), "WOORD-ONBEKEND-LIJKT", {"lijst": "leefgebieden", "lijkt_op": "wonen"})
REMARK = Problem("cases/a.yaml", Place(2, 1), "TEKST-OPMAAK")

some_problems = st.lists(
    st.builds(
        Problem,
        st.sampled_from(["a.yaml", "b.yaml"]),
        st.builds(Place, st.integers(1, 3), st.integers(1, 3)),
        st.sampled_from(["YAML-FOUT", "TEKST-OPMAAK", "ID-VORM"]),
    )
)


def test_a_message_says_what_is_wrong_and_what_to_do():
    assert FAULT.message == "Dit woord staat niet in de lijst `leefgebieden`. Bedoelt u `wonen`?"


def test_a_value_with_braces_is_no_template():
    assert "{lijst}" in Problem("a", Place(), "WOORD-ONBEKEND-LIJKT", {"lijst": "{lijst}", "lijkt_op": "{0}"}).message


def test_the_weight_follows_from_the_code():
    assert (FAULT.severity, REMARK.severity) == (Severity.ERROR, Severity.WARNING)
    assert has_errors([REMARK, FAULT])
    assert not has_errors([REMARK])
    assert not has_errors([])


def test_text_names_file_line_column_weight_and_code():
    assert render_text([REMARK]).startswith("cases/a.yaml:2:1: waarschuwing TEKST-OPMAAK Hier staat iets")
    assert render_text([]) == ""


def test_json_has_one_object_a_problem():
    assert json.loads(render_json([FAULT])) == [
        {
            "bestand": "cases/a.yaml",
            "regel": 3,
            "kolom": 5,
            "ernst": "fout",
            "code": "WOORD-ONBEKEND-LIJKT",
            "melding": FAULT.message,
        }
    ]
    assert json.loads(render_json([])) == []


def test_a_ci_annotation_cannot_be_broken_by_a_file_name():
    odd = Problem("a:b,c%\n::error::x.yaml", Place(1, 2), "YAML-LEEG")
    lines = render_github([odd, REMARK]).splitlines()
    assert lines[0].startswith("::error file=a%3Ab%2Cc%25%0A%3A%3Aerror%3A%3Ax.yaml,line=1,col=2,title=YAML-LEEG::Dit")
    assert lines[1].startswith("::warning file=cases/a.yaml,line=2,col=1,")
    assert len(lines) == 2


@given(some_problems, st.randoms())
def test_sorting_forgets_the_order_and_the_doubles(problems, random):
    shuffled = [*problems, *problems[:2]]
    random.shuffle(shuffled)
    assert sort_problems(shuffled) == sort_problems(problems)
    keys = [problem.sort_key for problem in sort_problems(problems)]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("code", sorted(messages()))
def test_every_message_is_a_dutch_sentence_with_advice(code):
    entry = messages()[code]
    assert set(entry) <= {"melding", "advies", "ernst"}
    assert entry["melding"].strip()[-1] in ".?"
    assert entry["advies"].strip()[-1] in ".?"
    assert Severity(entry.get("ernst", "fout"))
    assert len(entry["melding"]) + len(entry["advies"]) < 300


@pytest.mark.parametrize("code", sorted(messages()))
def test_every_message_names_its_holes(code):
    entry = messages()[code]
    holes = [name for _, name, _, _ in Formatter().parse(entry["melding"] + entry["advies"]) if name is not None]
    assert all(name.isidentifier() for name in holes)
