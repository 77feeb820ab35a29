"""Validation: every fault of every record in one run, with its place; nothing raises, and order does not matter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator import parallel, validation
from generator.cli import main
from generator.model import Case
from generator.problems import Severity, messages, render_github, render_json, render_text
from generator.source import parse_source
from generator.structure import part_model
from generator.validation import RULES, check_files
from generator.vocabulary import load_vocabulary
from tests.factories import PLAIN, a_file, dump, raw, some_files, yaml_text

BAD = Path(__file__).parent / "golden/bad"
VOCABULARY = load_vocabulary()
NOT_IN_BAD = {"BEST-MAP-ONTBREEKT", "BEST-ONLEESBAAR", "PATROON-VORM", "VELD-FOUT"}
"""Codes of records that no file in `golden/bad` shows; the first two are of a folder and of a closed file."""


def faults(text: str, file: str = f"cases/{PLAIN['id']}.yaml") -> list[tuple[int, int, str]]:
    """Place and code of every problem of one file."""
    checked = check_files([(file, text.encode())], VOCABULARY)
    return [(problem.place.line, problem.place.column, problem.code) for problem in checked.problems]


def codes(**changes: Any) -> list[str]:
    """The codes of the problems of a changed record."""
    return [code for _, _, code in faults(yaml_text(**changes))]


def bad_folder(root: Path) -> None:
    """The committed bad records, and those that cannot be committed, below `root/cases`."""
    for source in BAD.rglob("*.*"):
        target = root / "cases" / source.relative_to(BAD)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    (root / "elders").mkdir()
    (root / "elders/geheim.yaml").write_text(yaml_text(id="geheim"), "utf-8")
    cases = root / "cases"
    (cases / "koppeling.yaml").symlink_to(root / "elders/geheim.yaml")
    (cases / "gekoppelde-map").symlink_to(root / "elders")
    (cases / "latin-1.yaml").write_bytes("titel: Café om de hoek\n".encode("latin-1"))
    (cases / "nul-teken.yaml").write_bytes(b"titel: Een fiets\x00voor de bakker\n")
    (cases / "te-groot.yaml").write_bytes(b"titel: " + b"x" * 300 * 1024)
    (cases / "te-diep.yaml").write_bytes(b"titel: " + b"[" * 10_000 + b"]" * 10_000)
    mirrored = yaml_text(id="rechts-naar-links", titel="Een fiets \u202evoor\u202c de \u2067bakker\u2069")
    (cases / "rechts-naar-links.yaml").write_text(mirrored, "utf-8")


def test_one_run_reports_every_fault_of_every_bad_record(golden, monkeypatch, tmp_path):
    bad_folder(tmp_path)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1
    golden("bad.txt", result.stdout)


def test_every_bad_record_is_reported():
    told = (BAD.parent / "bad.txt").read_text("utf-8")
    for source in BAD.rglob("*.*"):
        assert f"cases/{source.relative_to(BAD).as_posix()}:" in told or source.parent.name == "een"


def test_every_code_of_a_record_has_a_bad_record_that_shows_it():
    told = (BAD.parent / "bad.txt").read_text("utf-8")
    of_records = ("source.py", "model.py", "fields.py", "validation.py", "files.py")
    code = "".join((Path(__file__).parents[1] / "generator" / name).read_text("utf-8") for name in of_records)
    wanted = {name for name in messages() if f'"{name}"' in code} - NOT_IN_BAD
    assert {name for name in wanted if f" {name} " not in told} == set()


def test_a_good_record_has_no_problems():
    assert codes() == []


def test_several_faults_in_one_record_are_all_reported_in_one_run():
    text = (BAD / "veel-fouten.yaml").read_text("utf-8")
    found = faults(text, "cases/veel-fouten.yaml")
    assert [line for line, _, _ in found] == [2, 2, 3, 5, 6, 11, 13, 14, 15, 15, 16, 20, 22, 24]


def test_faults_of_the_fields_do_not_hide_those_of_the_rules():
    assert set(codes(periode="gisteren", methode=["teambudget"], besluit={"akkoord": "2"}, status="af")) == {
        "PERIODE-VORM", "METHODE-VELD", "TEAMBUDGET-AKKOORD", "WOORD-ONBEKEND"
    }  # fmt: skip


def test_a_fault_in_one_cost_line_does_not_hide_a_fault_in_another():
    lines = [
        {"wat": "taxi", "bedrag": "-5", "per": "maand", "budget": "wmo", "zekerheid": "bekend"},
        {"wat": "fiets", "bedrag": "5", "per": "eenmalig", "zekerheid": "bekend"},
    ]
    assert codes(scenarios__maatwerk__kosten=lines) == ["BEDRAG-NEGATIEF", "KOST-ZONDER-BUDGET"]


def test_a_fault_in_a_field_does_not_hide_a_shared_id():
    files = [a_file("cases/a"), a_file("cases/b", periode="gisteren")]
    assert {problem.code for problem in check_files(files, VOCABULARY).problems} == {"ID-DUBBEL", "PERIODE-VORM"}


def test_a_missing_field_is_reported_once():
    assert codes(id=None) == ["VELD-VERPLICHT"]
    assert codes(status=None) == ["VELD-VERPLICHT"]
    assert codes(leefgebieden=None) == ["VELD-VERPLICHT"]
    assert codes(knelpunt=None) == ["VELD-VERPLICHT"]


def test_the_file_is_called_after_the_id():
    assert faults(yaml_text(), "cases/werk/anders.yaml") == [(1, 5, "BEST-NAAM")]
    assert faults(yaml_text(), f"cases/werk/{PLAIN['id']}.yaml") == []


@pytest.mark.parametrize(
    "day", ["2026-02-30", "2026-11-20T10:00", "20261120", "2026-W47-5", "26-11-20", "gisteren", "1826-11-20"]
)
def test_a_rule_is_looked_at_on_a_day_that_exists(day):
    assert codes(knelpunt__regels=[{"wet": "pw", "artikel": "35", "nagekeken": day}]) == ["DATUM-VORM"]
    assert codes(knelpunt__regels=[{"wet": "pw", "artikel": "35", "nagekeken": "2024-02-29"}]) == []


def test_a_law_without_a_link_is_a_remark_in_rules_and_wishes():
    wish = {
        "soort": VOCABULARY.wijzigingssoorten[0].id,
        "niveau": VOCABULARY.wijzigingssoorten[0].niveaus[0].niveau,
        "voorstel": "Voeg samen.",
        "regel": {"wet": "avg"},
    }
    for changes in ({"knelpunt__regels": [{"wet": "avg"}]}, {"wijziging": [wish]}):
        checked = check_files([a_file(**changes)], VOCABULARY)
        assert [(p.code, p.severity) for p in checked.problems] == [("WET-ZONDER-LINK", Severity.WARNING)]
        assert len(checked.records) == 1
    assert codes(knelpunt__regels=[{"wet": "pw"}]) == []


@pytest.mark.parametrize("agreed", ["3", "12", "onbekend"])
def test_three_colleagues_are_enough(agreed):
    assert "TEAMBUDGET-AKKOORD" not in codes(methode=["teambudget"], besluit={"akkoord": agreed})


def test_two_colleagues_are_enough_for_another_way_of_working():
    assert codes(methode=["omgekeerde_toets"], besluit={"akkoord": "2"}) == []


@pytest.mark.parametrize("method", VOCABULARY.methoden, ids=lambda method: method.id)
def test_a_way_of_working_asks_for_its_fields_and_unknown_is_an_answer(method):
    changes: dict[str, Any] = {"methode": [method.id]}
    assert codes(**changes) == ["METHODE-VELD"] * len(method.verplicht)
    for path in method.verplicht:
        changes[path.replace(".", "__")] = answer_for(path)
    assert codes(**changes) == []


def answer_for(path: str) -> Any:
    """`onbekend` in the shape that the field has."""
    special = {"financiering": [{"budget": "onbekend"}]}
    if path.endswith(".kosten"):
        return [{"wat": "kamer", "budget": "onbekend", "zekerheid": "onbekend"}]
    field = Case.model_fields[path.split(".")[0]]
    for step in path.split(".")[1:]:
        part = part_model(field.annotation)
        assert part is not None
        field = part.model_fields[step]
    return special.get(path, ["onbekend"] if "tuple" in str(field.annotation) else "onbekend")


@pytest.mark.parametrize(
    ("horizon", "per", "aantal", "found"),
    [
        (None, "maand", "12", []),
        (None, "maand", "13", ["KOST-LANGER-DAN-HORIZON"]),
        (None, "week", "52", []),
        (None, "week", "53", ["KOST-LANGER-DAN-HORIZON"]),
        (None, "dag", "365", []),
        ("24", "maand", "24", []),
        ("6", "kwartaal", "3", ["KOST-LANGER-DAN-HORIZON"]),
        ("0", "jaar", "9", ["HORIZON-GRENS"]),
        ("1201", "jaar", "9", ["HORIZON-GRENS"]),
        ("1200", "jaar", "100", []),
    ],
)
def test_costs_last_no_longer_than_the_horizon(horizon, per, aantal, found):
    line = {"wat": "kamer", "bedrag": "5", "per": per, "aantal": aantal, "budget": "wmo", "zekerheid": "bekend"}
    scenarios = {"maatwerk": {"kosten": [line]}, **({"horizon_maanden": horizon} if horizon else {})}
    assert codes(scenarios=scenarios) == found


def test_only_advanced_money_is_covered_afterwards_by_somebody_else():
    def found(**changes: str) -> list[str]:
        return codes(financiering=[{"budget": "handgeld", "later_gedekt_door": "bijstand", **changes}])

    assert found() == found(voorgeschoten="ja") == found(voorgeschoten="nee", later_gedekt_door="onbekend") == []
    assert found(voorgeschoten="nee") == ["FINANCIERING-NIET-VOORGESCHOTEN"]
    assert found(voorgeschoten="ja", later_gedekt_door="handgeld") == ["FINANCIERING-ZELFDE-BUDGET"]
    assert found(budget="onbekend", later_gedekt_door="onbekend") == []


def test_a_cost_line_without_a_sum_says_that_it_is_unknown():
    line = {"wat": "kamer", "budget": "bijstand", "zekerheid": "onbekend"}
    assert codes(scenarios__regulier__kosten=[line]) == []
    assert codes(scenarios__regulier__kosten=[{**line, "zekerheid": "geschat"}]) == ["KOST-ZONDER-BEDRAG"]


def test_who_does_not_know_the_return_need_not_answer_the_three_questions():
    assert codes(onderbouwing={"rendement": "onbekend"}) == []
    assert codes(onderbouwing={"rendement": "Veel"}) == ["SCENARIO-ONVOLLEDIG"] * 3
    told = {name: {"verloop": "onbekend"} for name in ("niets_doen", "regulier", "maatwerk")}
    assert codes(onderbouwing={"rendement": "Veel"}, scenarios=told) == []


def test_a_wish_on_an_unusual_level_is_a_remark():
    kind = next(kind for kind in VOCABULARY.wijzigingssoorten if len(kind.niveaus) < len(VOCABULARY.niveaus))
    usual = kind.niveaus[0].niveau
    odd = next(level.id for level in VOCABULARY.niveaus if level.id not in {n.niveau for n in kind.niveaus})
    wish = {"soort": kind.id, "voorstel": "Voeg samen."}
    assert codes(wijziging=[{**wish, "niveau": usual}]) == []
    assert codes(wijziging=[{**wish, "niveau": odd}]) == ["WIJZIGING-NIVEAU"]


def test_own_practice_needs_a_reader_from_outside():
    own = {"herkomst": "eigen_praktijk", "privacy": {"toestemming": "ja", "buitenlezer": "ja", "samengesteld": "nee"}}
    assert codes(**own) == []
    assert codes(**{**own, "privacy": None}) == ["TOESTEMMING-ONTBREEKT"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Een <b>fiets</b>", "TEKST-OPMAAK"),
        ("<!-- weg -->", "TEKST-OPMAAK"),
        ("Een &nbsp; fiets", "TEKST-OPMAAK"),
        ("<img src=x onerror=alert(1)", "TEKST-OPMAAK"),
        ("{{ 7*7 }}", "TEKST-SJABLOON"),
        ("{% raw %}", "TEKST-SJABLOON"),
        ("[klik](https://voorbeeld.invalid)", "TEKST-LINK"),
        ("Typ JavaScript:alert(1)", "TEKST-LINK"),
    ],
)
def test_markup_is_a_remark_and_no_fault(text, code):
    assert codes(situatie=text) == [code]
    assert messages()[code]["ernst"] == Severity.WARNING.value


@pytest.mark.parametrize(
    "text",
    ["minder dan 3 < 5 en 5 > 3", "inkomen <€ 1.000", "A & B", "de 'buurvrouw' zegt: \"nee\"", "{1, 2}", "50% [sic]",
     "een ; en & los", "zie artikel 3 (nieuw)"],
)  # fmt: skip
def test_ordinary_signs_are_no_markup(text):
    assert codes(situatie=text) == []


def test_an_unknown_word_is_answered_with_the_nearest_or_with_the_list():
    def answer(word: str) -> str:
        text = yaml_text(knelpunt__regels=[{"wet": word}])
        return check_files([(f"cases/{PLAIN['id']}.yaml", text.encode())], VOCABULARY).problems[0].message

    assert answer("jeugwet").endswith("Bedoelt u `jeugdwet`?")
    assert "Bedoelt u" not in answer("zzz")
    assert answer("zzz").endswith(", ".join(VOCABULARY.labels["wetten"]) + ".")


def test_two_records_with_one_id_are_reported_at_the_second_only():
    files = [("cases/b/fiets-voor-de-bakker.yaml", yaml_text().encode()), a_file("cases/a")]
    problems = check_files(files, VOCABULARY).problems
    assert [(problem.file, problem.code) for problem in problems] == [(files[0][0], "ID-DUBBEL")]


@pytest.mark.parametrize(
    "written", ["no", "0612345670", "12:30", "1.10", "null", "~", "true", "1e309", "2019-01-01", "0x1F", "1_000"]
)
def test_texts_survive_as_they_were_written(written):
    text = yaml_text(afspraken=None, titel=None) + f"titel: {written}\nafspraken: [{written}]\n"
    checked = check_files([(f"cases/{PLAIN['id']}.yaml", text.encode())], VOCABULARY)
    assert checked.problems == ()
    assert checked.records[0].case.titel == written
    assert checked.records[0].case.afspraken == (written,)


MARK = "Zilverreiger"
"""Stands for what a writer wrote; invented."""


def marked(value: Any) -> list[Any]:
    """What a writer could put at a wrong place."""
    return [MARK, [MARK], {MARK: MARK}, f"-{MARK}", f"<{MARK}> {{{{{MARK}", [[MARK]], [{MARK: value}], {"wet": MARK}]


@pytest.mark.parametrize("key", list(Case.model_fields))
def test_a_message_never_repeats_what_the_writer_wrote(key):
    for wrong in marked(PLAIN.get(key)):
        text = yaml_text(**{key: wrong}) + f"{MARK}: {MARK}\n"
        problems = check_files([("cases/a.yaml", text.encode())], VOCABULARY).problems
        assert problems
        assert MARK not in render_text(problems)


all_keys = sorted(
    {name for model in [Case, *filter(None, (part_model(f.annotation) for f in Case.model_fields.values()))]
     for name in model.model_fields}
)  # fmt: skip
words = st.sampled_from(["pw", "35", "maand", "-1", "onbekend", "ja", "werk", "wmo", "2019", "", "<b>", "x\ny", "🦊"])
values = st.recursive(
    words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(all_keys) | words, inner, max_size=4),
    max_leaves=8,
)
records = st.dictionaries(st.sampled_from(list(Case.model_fields)), values).map(lambda change: {**raw(), **change})
yamlish = st.lists(
    st.sampled_from(
        ["id: a", "titel: x", "  - y", "knelpunt:", "  soort: x", "\t- z", "---", "&a", "*a", "!!set", "|", "'", '"',
         "{", "}", "[", "]", ": ", "? ", "# uitleg", "é😀", "\u202e", "\r", "<<: x", "%TAG"]
    ), max_size=12,
).map("\n".join)  # fmt: skip


@given(st.binary(max_size=200) | yamlish.map(str.encode))
def test_no_bytes_make_the_check_raise(data):
    checked = check_files([("cases/a.yaml", data)], VOCABULARY)
    assert checked.records or checked.problems


@given(records)
def test_no_shape_of_a_record_makes_the_check_raise(record):
    text = dump(record)
    checked = check_files([("cases/fiets-voor-de-bakker.yaml", text.encode())], VOCABULARY)
    for problem in checked.problems:
        assert 1 <= problem.place.line <= text.count("\n") + 1
        assert problem.place.column >= 1
    assert len(json.loads(render_json(checked.problems))) == len(checked.problems)
    assert render_github(checked.problems).count("\n") == len(checked.problems)


@given(
    st.permutations([*some_files(6), *[(f"cases/{path.name}", path.read_bytes()) for path in BAD.glob("[a-m]*.yaml")]])
)
def test_the_order_of_files_does_not_matter(files):
    expected = check_files(sorted(files), VOCABULARY)
    found = check_files(files, VOCABULARY)
    assert render_text(found.problems) == render_text(expected.problems)
    assert found.records == expected.records


def test_every_rule_says_in_one_sentence_what_it_holds():
    for rule in RULES:
        assert rule.__doc__
        assert rule.__doc__.strip().endswith(".")
        assert "\n" not in rule.__doc__


@pytest.mark.parametrize("cores", [1, 2])
def test_a_check_on_any_number_of_processors_is_the_check_of_one(cores, monkeypatch):
    files = [*some_files(6), *[(f"cases/{path.name}", path.read_bytes()) for path in sorted(BAD.glob("*.yaml"))]]
    expected = check_files(files, VOCABULARY)
    monkeypatch.setattr(parallel, "processors", lambda: cores)
    monkeypatch.setattr(parallel.threading, "active_count", lambda: 1)  # who runs the tests may have a thread
    monkeypatch.setattr(validation, "BATCH", 3)
    monkeypatch.setattr(validation, "MANY", 2)
    assert check_files(iter(files), VOCABULARY) == expected


def test_what_stays_of_a_file_has_no_tree_and_the_same_places():
    checked = check_files(some_files(3), VOCABULARY)
    for record, source in zip(checked.records, checked.sources, strict=True):
        assert record.source.tree is source.tree is None
        assert record.root == parse_source(record.file, source.text.encode()).root


@pytest.mark.parametrize("written", ['"\\x3cb>Een fiets"', '"\\x7b\\x7b Een fiets"', '"Een fiets]\\\n  (voor hem"'])
def test_markup_is_seen_behind_an_escape(written):
    text = yaml_text().replace(PLAIN["titel"], written)
    assert any(code.startswith("TEKST-") for _, _, code in faults(text))
