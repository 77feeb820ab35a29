"""Figures and the estimate: every figure says where it comes from; the estimate only shrinks by what is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from generator.model import UNKNOWN
from generator.privacy.collection.facts import Facts, PopulationError, load_events, read_list
from generator.privacy.collection.population import (
    Estimate,
    Factor,
    Figure,
    Population,
    estimate_households,
    load_population,
)
from generator.vocabulary import load_vocabulary

POPULATION = load_population()
LABELS = load_vocabulary().labels
SILENT = Facts(None, None, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, ("wonen",), ())
"""A record that says nothing but that it is about housing."""


def figures() -> list[tuple[str, Figure]]:
    own = [("periode_onbekend", POPULATION.periode_onbekend), ("kleine_gemeente", POPULATION.kleine_gemeente)]
    return own + [(f"{share.soort}/{share.type}/{share.id}", share) for share in POPULATION.aandelen]


# The figures


def test_every_source_has_a_title_a_publisher_a_year_and_an_address():
    for source in POPULATION.bronnen:
        assert source.titel
        assert source.uitgever
        assert 1990 < source.jaar < 2100
        assert (source.adres or "").startswith("https://") or source.id == "redactie"


@pytest.mark.parametrize(("name", "figure"), figures(), ids=[name for name, _ in figures()])
def test_every_figure_has_a_source_and_a_unit_and_an_estimate_says_why(name, figure):
    assert figure.bron in {source.id for source in POPULATION.bronnen}
    assert figure.eenheid in {"huishoudens", "personen", "jaren", "inwoners"}
    assert figure.schatting == bool(figure.waarom)
    assert figure.schatting or figure.bron != "redactie"


def test_an_estimate_without_a_reason_is_refused():
    with pytest.raises(ValidationError, match="says why"):
        Figure.model_validate({"aantal": "1", "eenheid": "jaren", "bron": "redactie", "schatting": "ja"})


def test_every_table_of_places_has_a_source():
    known = {source.id for source in POPULATION.bronnen}
    assert {table.bron for table in (POPULATION.gemeenten, POPULATION.provincies, POPULATION.land)} <= known


def test_municipalities_add_up_to_provinces_and_provinces_to_the_country():
    country = POPULATION.land.rijen[0]
    assert len(POPULATION.gemeenten.rijen) == 342
    for province in POPULATION.provincies.rijen:
        parts = [area for area in POPULATION.gemeenten.rijen if area.provincie == province.naam]
        assert sum(area.inwoners for area in parts) == province.inwoners
        assert sum(area.huishoudens for area in parts) == province.huishoudens
    assert sum(area.inwoners for area in POPULATION.provincies.rijen) == country.inwoners
    assert sum(area.huishoudens for area in POPULATION.provincies.rijen) == country.huishoudens


def test_the_lists_hold_every_province_household_type_age_band_and_event():
    assert set(POPULATION.provinces) == set(LABELS["provincies"])
    ids = {kind: {s.id for s in POPULATION.aandelen if s.soort == kind} for kind in ("type", "leeftijd", "gebeurtenis")}
    assert ids["type"] == set(LABELS["huishoudtypen"]) - {"groep_inwoners", UNKNOWN}
    assert ids["leeftijd"] == set(LABELS["leeftijdsbanden"]) - {UNKNOWN}
    assert ids["gebeurtenis"] == set(load_events().by_id) | {"volgende"}


def test_shares_lie_between_nothing_and_everything():
    assert all(0 < share.value < 1 for share in POPULATION.aandelen)


def test_types_that_cbs_counts_make_up_all_households():
    counted = ("alleenstaande", "paar_zonder_kinderen", "paar_met_kinderen", "eenoudergezin", "anders")
    parts = [POPULATION.shares["type", None, name] for name in counted]
    assert sum(part.aantal for part in parts) == POPULATION.land.rijen[0].huishoudens


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Amsterdam", "Amsterdam"),
        ("Den Haag", "'s-Gravenhage"),
        ("'s-gravenhage", "'s-Gravenhage"),
        ("Hengelo", "Hengelo (O.)"),
        ("Bergen", None),
        ("Bergen (NH.)", "Bergen (NH.)"),
        ("Verzonnen aan de Vaart", None),
    ],
)
def test_a_municipality_goes_by_every_name_that_only_it_has(name, found):
    area = POPULATION.municipality(name)
    assert (area.naam if area else None) == found


def test_a_list_that_is_missing_stops_everything():
    with pytest.raises(PopulationError, match="missing"):
        read_list(Population, "verzonnen")
    with pytest.raises(PopulationError, match="gebeurtenissen"):
        read_list(Population, "gebeurtenissen")


# The estimate


def test_a_record_that_is_silent_fits_every_household():
    assert estimate_households(SILENT).number == POPULATION.land.rijen[0].huishoudens
    assert estimate_households(SILENT).guesses == ()


def test_the_number_is_the_product_of_its_factors():
    facts = replace(SILENT, gemeente="Almere", type="eenoudergezin", kinderen="2", leefgebieden=("werk", "wonen"))
    estimate = estimate_households(facts)
    assert [factor.fact for factor in estimate.factors] == ["plaats", "type", "kinderen", "leefgebieden"]
    expected = 96667 * 618056 / 8374404 * 176748 / 610633 * 0.3
    assert estimate.number == pytest.approx(expected)
    assert [factor.fact for factor in estimate.guesses] == ["leefgebieden"]


def test_no_factors_are_one():
    assert Estimate(()).number == 1
    assert Estimate((Factor("plaats", "x", 3.0, "kwb2024", False),)).number == 3


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"provincie": "Utrecht"}, 641377),
        ({"gemeente": "Utrecht"}, POPULATION.municipalities["utrecht"].huishoudens),
        ({"gemeente": "Verzonnen aan de Vaart"}, POPULATION.smallest.huishoudens),
        ({"leefgebieden": ("a", "b")}, 8374404 * 0.3),
        ({"leefgebieden": ("a", "b", "c", "d")}, 8374404 * 0.1),
        ({"kinderen": "0"}, 8374404 * 5624975 / 8270244),
        ({"kinderen": "0", "type": "alleenstaande"}, 3340560),
        ({"type": "iets nieuws"}, 8374404),
        ({"periode": "2020"}, 8374404),
    ],
)
def test_each_fact_narrows_by_its_own_figure(changes, expected):
    assert estimate_households(replace(SILENT, **changes)).number == pytest.approx(expected)


def test_an_unknown_municipality_counts_as_the_smallest_and_says_it_is_a_guess():
    estimate = estimate_households(replace(SILENT, gemeente="Verzonnen aan de Vaart"))
    assert [factor.fact for factor in estimate.guesses] == ["plaats"]


def test_an_age_within_a_type_that_is_an_age_group_is_not_counted_twice():
    young = replace(SILENT, type="jongere_alleen")
    parts = [estimate_households(replace(young, leeftijd=band)).number for band in ("18-20", "21-26")]
    assert sum(parts) == pytest.approx(estimate_households(young).number)
    assert estimate_households(replace(young, leeftijd="16-17")).number < parts[0]


def test_what_happens_in_a_year_happens_to_more_households_in_more_years():
    facts = replace(SILENT, gebeurtenissen=("brand",))
    numbers = [
        estimate_households(replace(facts, periode=period)).number
        for period in ("2019-K2", "2019", "2019-2021", UNKNOWN)
    ]
    one = numbers[1]
    assert numbers == pytest.approx([one / 4, one, one * 3, one * 10])


def test_the_rarest_event_counts_in_full_and_the_next_ones_by_a_fixed_factor():
    one = estimate_households(replace(SILENT, gebeurtenissen=("uithuisplaatsing",))).number
    both = estimate_households(replace(SILENT, gebeurtenissen=("rechtszaak", "uithuisplaatsing"))).number
    assert both == pytest.approx(one * 0.3)


LEVELS = {
    "gemeente": st.sampled_from([None, "Amsterdam", "Almere", "Urk", "Verzonnen aan de Vaart"]),
    "periode": st.sampled_from([UNKNOWN, "2019", "2020-K1", "2019-2021"]),
    "type": st.sampled_from(sorted(LABELS["huishoudtypen"])),
    "leeftijd": st.sampled_from(sorted(LABELS["leeftijdsbanden"])),
    "kinderen": st.sampled_from([UNKNOWN, "0", "1", "2", "3-4", "5-meer"]),
    "leefgebieden": st.sets(st.sampled_from(sorted(LABELS["leefgebieden"])), min_size=1).map(
        lambda s: tuple(sorted(s))
    ),
    "gebeurtenissen": st.sets(st.sampled_from(sorted(load_events().by_id))).map(lambda s: tuple(sorted(s))),
}


@given(st.fixed_dictionaries(LEVELS), st.sampled_from(["type", "leeftijd", "kinderen"]))
def test_saying_less_never_makes_the_number_smaller(levels, name):
    facts = replace(SILENT, **levels)
    if name == "type" and (facts.kinderen != UNKNOWN or facts.type == "jongere_alleen"):
        return  # the share of children or of an age is another one within another type
    less = estimate_households(replace(facts, **{name: UNKNOWN})).number
    assert less >= estimate_households(facts).number > 0
