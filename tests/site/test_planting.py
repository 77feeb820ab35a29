"""Whatever points at a person, planted anywhere in a record, keeps that record off everything that a build writes."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

LABELLED = Path(__file__).parents[2] / "benchmarks/privacy/labelled"
PLANTED = 40
"""Records with something planted in one build."""
COST = {"wat": "PLANT", "bedrag": "10", "per": "maand", "budget": "handgeld", "zekerheid": "bekend"}
PLACES: tuple[dict[str, object], ...] = (
    {"titel": "PLANT"},
    {"gemeente": "PLANT"},
    {"situatie": "PLANT"},
    {"situatie": "Er was iets mis.\n\nPLANT Daarna ging het beter."},
    {"vraag": "PLANT"},
    {"knelpunt": {"tekst": "PLANT", "soort": "adres-en-inschrijving"}},
    {
        "knelpunt": {
            "tekst": "De regel kende geen uitzondering.",
            "soort": "adres-en-inschrijving",
            "regels": [{"lokaal": "PLANT", "rol": "blokkeert"}],
        }
    },
    {"doorbraak": {"tekst": "PLANT"}},
    {"scenarios": {"regulier": {"verloop": "PLANT", "kosten": []}}},
    {"scenarios": {"regulier": {"verloop": "Het duurt lang.", "kosten": [COST]}}},
    {"onderbouwing": {"betrokkenheid": "PLANT"}},
    {"besluit": {"door": "PLANT"}},
    {"besluit": {"door": "wijkteam", "route": ["PLANT"]}},
    {"afspraken": ["niets", "PLANT"]},
    {"betrokkenen": ["PLANT"]},
    {"werkwijze": {"eigen_plan": "PLANT"}},
    {"resultaat": {"status": "geslaagd", "stem_inwoner": "PLANT"}},
    {"wijziging": [{"soort": "doelgroep-verruimen", "niveau": "college-beleidsregel", "voorstel": "PLANT"}]},
    {"bronnen": [{"titel": "PLANT"}]},
    {"bronnen": [{"titel": "Een rapport", "uitgever": "PLANT"}]},
    {"privacy": {"toestemming": "nvt_fictief", "uitzonderingen": [], "PLANT": "ja"}},
    {"PLANT": "ja"},
)
"""Where a finding is planted: every kind of text field, and a key."""
FORMS = ("comment", "end", "name", "field", "field", "field", "field", "field")
"""Above the record, behind it, in the name of the file, or in a field; fields most of all."""


def labelled() -> list[tuple[str, list[str]]]:
    """Every labelled sentence with something personal in it, and the values."""
    rows = [
        json.loads(line) for path in sorted(LABELLED.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    return [(row["text"], [row["text"][s["start"] : s["end"]] for s in row["spans"]]) for row in rows if row["spans"]]


SENTENCES = labelled()


def put(value: object, text: str) -> object:
    """The value with the text where it says PLANT."""
    if isinstance(value, str):
        return value.replace("PLANT", text)
    if isinstance(value, list):
        return [put(item, text) for item in value]
    if isinstance(value, dict):
        return {put(key, text): put(item, text) for key, item in value.items()}
    return value


def plant(folder: Path, chance: random.Random, number: int, a_record: Callable[..., dict]) -> tuple[str, list[str]]:
    """Write a record with a labelled sentence in it; its id and the values that may stand nowhere."""
    text, values = chance.choice(SENTENCES)
    form = chance.choice(FORMS)
    name = f"geplant-{number}"
    record = a_record(name, titel=f"Verhaal {number}")
    if form == "field":
        record |= put(chance.choice(PLACES), text)
    written = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=chance.choice([60, 120, 9999]))
    if form == "comment":
        written = f"# {text}\n{written}"
    elif form == "end":
        written += f"# {text}"
    elif form == "name":
        name = text.replace("/", " ").replace("\0", "").encode()[:200].decode("utf-8", "ignore").strip(". ")
        written = written.replace(f"geplant-{number}", chance.choice([f"geplant-{number}", "x"]))
    (folder / f"{name}.yaml").write_text(written, "utf-8")
    return f"geplant-{number}", values


@pytest.fixture(scope="module")
def plain_text(make_project, run, a_plain_record, site_text) -> str:
    """All that a site holds whose records are clean: what stands there by itself is nobody's."""
    project = make_project([a_plain_record("schoon")])
    done = run("maatwerkatlas", "build", cwd=project)
    assert done.returncode == 0, done.stderr
    return site_text(project / "site")


@settings(
    max_examples=4, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32))
def test_what_is_planted_anywhere_is_nowhere(seed, make_project, run, a_plain_record, site_text, plain_text):
    chance = random.Random(seed)
    project = make_project([a_plain_record("schoon")])
    planted = [plant(project / "cases", chance, number, a_plain_record) for number in range(PLANTED)]
    done = run("maatwerkatlas", "build", cwd=project)
    built = (project / "site").is_dir()
    text = site_text(project / "site") if built else ""
    leaks = [
        (case, value)
        for case, values in planted
        for value in values
        if len(value) > 3 and value not in plain_text and (value in text or value in done.stderr + done.stdout)
    ]
    assert leaks == []
    assert [case for case, _ in planted if f"casussen/{case}/" in text] == []
    if built:
        assert "casussen/schoon/" in text


@settings(
    max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32))
def test_the_others_are_published_when_a_record_is_held_back(
    seed, make_project, run, a_plain_record, site_text, plain_text
):
    """In sound records, in texts and comments alone: a finding keeps back its own record and lets the rest be built."""
    chance = random.Random(seed)
    project = make_project([a_plain_record("schoon")])
    held = []
    while len(held) < PLANTED:
        text, values = chance.choice(SENTENCES)
        if any(mark in text for mark in "\u200b\u200d\u00ad\u2060<") or len(text) > 110:
            continue  # these are faults of the text too, and a fault stops the build
        name = f"geplant-{len(held)}"
        place = chance.choice(PLACES[:-2])
        record = a_plain_record(name, titel=f"Verhaal {len(held)}")
        comment = chance.random() < 0.2
        written = yaml.safe_dump(record | ({} if comment else put(place, text)), allow_unicode=True, width=9999)
        (project / f"cases/{name}.yaml").write_text(written + f"# {text}" * comment, "utf-8")
        held.append((name, values))
    done = run("maatwerkatlas", "build", cwd=project)
    assert done.returncode == 0, done.stderr
    text = site_text(project / "site")
    assert "casussen/schoon/" in text
    assert f"Aangehouden door de privacytoets: {PLANTED} casussen." in done.stderr
    assert [case for case, _ in held if f"casussen/{case}/" in text] == []
    said = text + done.stderr
    assert [v for _, vs in held for v in vs if len(v) > 3 and v not in plain_text and v in said] == []
