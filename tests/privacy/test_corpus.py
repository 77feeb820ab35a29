"""Re-identification over the collection: the counts against brute force, and each default on both sides of its edge."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import UNKNOWN, Case
from generator.privacy.collection.combinations import count_sets, find_rare_after, find_rare_sets
from generator.privacy.collection.corpus import RULES, Level, Risk, assess, find_newly_unique
from generator.privacy.collection.facts import Facts, band_children, find_events, is_household, load_events, read_facts
from generator.privacy.collection.generalise import STEPS, find_steps, generalise
from generator.privacy.collection.population import estimate_households, load_population
from generator.vocabulary import Vocabulary, load_vocabulary
from tests.factories import a_case

EVENTS, POPULATION = load_events(), load_population()
VOCABULARY = load_vocabulary()


def a_real_case(**changes: object) -> Case:
    """A case behind which a household stands, in a large place and with little to tell."""
    plain = {"herkomst": "openbare_bron", "gemeente": "Amsterdam", "leefgebieden": ["werk"]}
    return a_case(**{**plain, **changes})


def codes(vocabulary: Vocabulary, *cases: Case) -> list[str]:
    """The codes of what is found, without what is only a matter of a small collection."""
    return [risk.code for risk in assess(cases, vocabulary) if risk.code != "PRIV-UNIEK"]


def one(risks: tuple[Risk, ...], code: str) -> Risk:
    (found,) = [risk for risk in risks if risk.code == code]
    return found


# Facts


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"herkomst": "openbare_bron"}, True),
        ({"herkomst": "eigen_praktijk"}, True),
        ({"herkomst": "fictief"}, False),
        ({"herkomst": "samengesteld"}, False),
        ({"herkomst": "eigen_praktijk", "privacy": {"toestemming": "ja", "samengesteld": "ja"}}, False),
        ({"herkomst": "eigen_praktijk", "privacy": {"toestemming": "ja", "samengesteld": "nee"}}, True),
        ({"herkomst": "openbare_bron", "huishouden": {"type": "groep_inwoners"}}, False),
        ({"herkomst": "openbare_bron", "huishouden": {"type": "eenoudergezin"}}, True),
        ({"herkomst": "openbare_bron", "status": "ingetrokken"}, False),
    ],
)
def test_only_records_of_one_real_household_are_judged(changes, expected, vocabulary):
    case = a_case(gemeente="Urk", situatie="De kinderen zijn uit huis geplaatst.", **changes)
    assert is_household(case) == expected
    assert bool(assess([case], vocabulary)) == expected


@pytest.mark.parametrize(
    ("count", "band"),
    [(None, UNKNOWN), (UNKNOWN, UNKNOWN), (0, "0"), (2, "2"), (3, "3-4"), (4, "3-4"), (5, "5-meer"), (11, "5-meer")],
)
def test_children_are_banded(count, band):
    assert band_children(count) == band


def test_what_is_unknown_is_a_level_of_its_own():
    silent, _ = read_facts(a_case(gemeente=None, periode=UNKNOWN), EVENTS)
    said, _ = read_facts(a_case(gemeente=None, periode=UNKNOWN, huishouden={"type": UNKNOWN}), EVENTS)
    assert silent == said
    for name in ("provincie", "periode", "type", "leeftijd", "kinderen"):
        assert (name, UNKNOWN) in silent.items


@pytest.mark.parametrize(
    ("gemeente", "provincie", "item"),
    [
        ("Almere", None, ("gemeente", "Almere")),
        ("[afgeschermd]", "Utrecht", ("provincie", "Utrecht")),
        ("[afgeschermd]", None, ("provincie", UNKNOWN)),
        (None, "Zeeland", ("provincie", "Zeeland")),
    ],
)
def test_a_shielded_municipality_is_none(gemeente, provincie, item):
    facts, _ = read_facts(a_case(gemeente=gemeente, provincie=provincie), EVENTS)
    assert item in facts.items


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Na een woningbrand slapen zij bij vrienden.", {"brand"}),
        ("De brandweer gaf voorlichting over brandbaar materiaal.", set()),
        ("De kinderen zijn uit huis geplaatst.", {"uithuisplaatsing"}),
        ("Er was geen uithuisplaatsing.", set()),
        ("Geen ondertoezichtstelling of uithuisplaatsing.", set()),
        ("Zij vreest een mogelijke uithuisplaatsing.", set()),
        ("Er is geen hulp. Uithuisplaatsing volgt.", {"uithuisplaatsing"}),
        ("Eerst geen uithuisplaatsing, later wel een uithuisplaatsing.", {"uithuisplaatsing"}),
        ("De uithuisplaatsing ging niet door.", {"uithuisplaatsing"}),
        ("Hij zat vast en komt uit de gevangenis.", {"detentie"}),
        ("De afspraken liggen vast.", set()),
        ("Zij heeft een zeldzame aandoening.", {"zeldzame_ziekte"}),
        ("Dat is een zeldzame regeling.", set()),
        ("De tweeling gaat naar school.", {"meerling"}),
        ("Haar man is overleden.", {"overlijden"}),
        ("Vader heeft longkanker.", {"ernstige_ziekte"}),
        ("Het gezin komt uit Syrië.", {"afkomst"}),
        ("Zij is gevlucht uit haar land.", {"afkomst"}),
        ("Zij is voor haar partner naar familie gevlucht.", set()),
        ("Pas na aandacht in de media ging het goed.", {"mediaaandacht"}),
        ("De rechtbank vond het besluit slordig.", {"rechtszaak"}),
        ("Zij heeft er recht op.", set()),
        ("", set()),
    ],
)
def test_events_are_read_from_the_text_and_denials_are_not(text, found):
    assert find_events(text, EVENTS) == found


def test_what_would_have_happened_did_not_happen():
    told = {
        "niets_doen": {"verloop": "Dan volgt detentie."},
        "regulier": {"verloop": "Dan volgt een uithuisplaatsing."},
    }
    assert not read_facts(a_case(scenarios=told), EVENTS)[1]
    assert read_facts(a_case(scenarios={"maatwerk": {"verloop": "Na de brand."}}), EVENTS)[1] == {
        "brand": ("scenarios", "maatwerk", "verloop")
    }


def test_the_words_of_an_event_are_in_no_risk(vocabulary):
    case = a_real_case(situatie="Het ging mis na de brandstichting in de Verzonnenstraat.", gemeente="Nergenshuizen")
    for risk in assess([case], vocabulary):
        said = " ".join((*risk.values.values(), risk.advice))
        assert "Verzonnenstraat" not in said
        assert "brandstichting" not in said
        assert "Nergenshuizen" not in said


# Rare combinations


ROWS = st.lists(
    st.sets(st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz")), min_size=1, max_size=6).map(
        lambda items: tuple(sorted(items))
    ),
    min_size=1,
    max_size=12,
)


def rare_by_hand(row, rows, k, m):
    """Every subset of at most m facts that fewer than k rows hold, without those that hold a smaller one."""
    subsets = [set(part) for size in range(1, m + 1) for part in combinations(row, size)]
    failing = [part for part in subsets if sum(part <= set(other) for other in rows) < k]
    return {frozenset(part) for part in failing if not any(less < part for less in failing)}


@given(ROWS, st.integers(2, 4), st.integers(1, 3))
def test_minimal_failing_sets_are_those_that_trying_all_sets_finds(rows, k, m):
    counts = count_sets(rows, m)
    for row in rows:
        assert {frozenset(part) for part in find_rare_sets(row, counts, k, m)} == rare_by_hand(row, rows, k, m)


@given(ROWS, st.data())
def test_a_changed_row_is_judged_as_if_it_stood_in_its_place(rows, data):
    place = data.draw(st.integers(0, len(rows) - 1))
    changed = data.draw(ROWS)[0]
    others = [*rows[:place], changed, *rows[place + 1 :]]
    found = find_rare_after(rows[place], changed, count_sets(rows))
    assert {frozenset(part) for part in found} == rare_by_hand(changed, others, 2, 2)


@given(ROWS, st.randoms())
def test_the_order_of_rows_does_not_matter(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert count_sets(rows) == count_sets(shuffled)


# The defaults


def test_a_plain_case_in_a_large_place_is_no_risk(vocabulary):
    assert codes(vocabulary, a_real_case()) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"gemeente": "Urk", "huishouden": {"type": "eenoudergezin", "leeftijd": "18-20"}}, "PRIV-HUISHOUDENS"),
        ({"gemeente": "Urk", "huishouden": {"leeftijd": "18-20"}}, None),
        ({"gemeente": "Urk", "huishouden": {"leeftijd": "16-17"}}, "PRIV-HUISHOUDENS-WEINIG"),
        ({"huishouden": {"type": "eenoudergezin", "leeftijd": "18-20"}}, None),
    ],
)
def test_few_households_warn_and_very_few_block(changes, expected, vocabulary):
    case = a_real_case(**changes)
    number = estimate_households(read_facts(case, EVENTS)[0]).number
    found = [code for code in codes(vocabulary, case) if code.startswith("PRIV-HUISHOUDENS")]
    assert found == ([expected] if expected else [])
    assert {"PRIV-HUISHOUDENS": number < 20, "PRIV-HUISHOUDENS-WEINIG": 20 <= number <= 200, None: number > 200}[
        expected
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"situatie": "Na de brand sliepen zij op straat."}, True),
        ({"situatie": "Na de brand sliepen zij op straat.", "gemeente": None, "provincie": "Utrecht"}, False),
        ({"situatie": "Na het overlijden van haar man is zij alleen."}, False),
        ({"situatie": "Zij sliepen op straat."}, False),
    ],
)
def test_a_rare_event_beside_a_municipality_blocks(changes, expected, vocabulary):
    risks = assess([a_real_case(**changes)], vocabulary)
    assert ("PRIV-GEBEURTENIS-PLAATS" in {risk.code for risk in risks}) == expected
    if expected:
        risk = one(risks, "PRIV-GEBEURTENIS-PLAATS")
        assert (risk.level, risk.path, risk.advice) == (Level.BLOCK, ("situatie",), "gebeurtenis-weg")
        assert risk.values["gebeurtenis"] == "brand"


@pytest.mark.parametrize(
    ("gemeente", "inwoners"),
    [("Heusden", "46026"), ("Middelburg", None), ("Verzonnen aan de Vaart", UNKNOWN), ("Den Haag", None), (None, None)],
)
def test_a_small_or_unknown_municipality_becomes_a_province(gemeente, inwoners, vocabulary):
    risks = [
        risk for risk in assess([a_real_case(gemeente=gemeente)], vocabulary) if risk.code == "PRIV-KLEINE-GEMEENTE"
    ]
    assert [(risk.values["inwoners"], risk.advice, risk.level) for risk in risks] == (
        [(inwoners, "provincie", Level.WARNING)] if inwoners else []
    )


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"huishouden": {"type": "meerdere_generaties"}}, ("huishouden", "type")),
        ({"huishouden": {"type": "anders"}}, ("huishouden", "type")),
        ({"huishouden": {"type": "jongere_alleen"}}, None),
        ({"huishouden": {"type": "eenoudergezin"}}, None),
        ({"huishouden": {"type": UNKNOWN}}, None),
        ({"huishouden": {"kinderen": 5}}, ("huishouden", "kinderen")),
        ({"huishouden": {"kinderen": 4}}, None),
        ({"vraag": "De tweeling wil bij elkaar blijven."}, ("vraag",)),
    ],
)
@pytest.mark.parametrize("place", [{"gemeente": "Amsterdam"}, {"gemeente": None}])
def test_an_uncommon_household_is_made_more_general(changes, path, place, vocabulary):
    risks = [r for r in assess([a_real_case(**changes, **place)], vocabulary) if r.code == "PRIV-ZELDZAAM-HUISHOUDEN"]
    level = Level.WARNING if place["gemeente"] else Level.NOTICE
    assert [(risk.path, risk.level) for risk in risks] == ([(path, level)] if path else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De vluchteling heeft kanker.", "2"),
        ("De vluchteling heeft kanker en was gedetineerd.", "3"),
        ("De vluchteling komt uit Eritrea.", None),
        ("Zij heeft kanker en epilepsie.", None),
        ("Zij heeft kanker en haar man is overleden.", None),
    ],
)
def test_beside_a_municipality_stands_one_sensitive_fact_at_most(text, expected, vocabulary):
    risks = assess([a_real_case(situatie=text)], vocabulary)
    found = [(risk.values["aantal"], risk.path) for risk in risks if risk.code == "PRIV-GEVOELIG-STAPEL"]
    assert found == ([(expected, ("gemeente",))] if expected else [])
    elsewhere = assess([a_real_case(situatie=text, gemeente=None)], vocabulary)
    assert "PRIV-GEVOELIG-STAPEL" not in {risk.code for risk in elsewhere}


@pytest.mark.parametrize(("size", "level"), [(99, Level.NOTICE), (100, Level.WARNING)])
def test_unique_on_one_fact_is_told_and_weighs_more_from_a_hundred_records(size, level, vocabulary):
    alike = [a_real_case(id=f"zelfde-{number}") for number in range(size - 1)]
    odd = a_real_case(id="anders", huishouden={"leeftijd": "21-26"})
    (risk,) = assess([*alike, odd], vocabulary)
    assert (risk.case, risk.code, risk.level) == ("anders", "PRIV-UNIEK", level)
    assert risk.path == ("huishouden", "leeftijd")
    assert risk.advice == "geen"  # "volwassen" would be unique as well
    assert risk.values["casussen"] == str(size)


def test_records_that_are_no_household_do_not_hide_one(vocabulary):
    real = a_real_case(id="echt", huishouden={"leeftijd": "21-26"})
    twin = a_real_case(id="bedacht", huishouden={"leeftijd": "21-26"}, herkomst="fictief")
    other = [a_real_case(id=f"zelfde-{number}") for number in range(3)]
    assert {risk.case for risk in assess([real, twin, *other], vocabulary)} == {"echt"}


def test_den_haag_and_s_gravenhage_are_one_place(vocabulary):
    cases = [a_real_case(id="een", gemeente="Den Haag"), a_real_case(id="twee", gemeente="'s-Gravenhage")]
    assert assess(cases, vocabulary) == ()


# Generalising


def some_facts(**changes: object) -> Facts:
    return read_facts(a_real_case(**changes), EVENTS)[0]


def test_steps_are_tried_from_the_smallest_loss_and_only_if_they_change_something():
    facts = some_facts(gemeente="Urk", huishouden={"leeftijd": "18-20"}, situatie="Na de brand.")
    assert find_steps(facts, POPULATION, EVENTS, lambda _: True) == ("gebeurtenis-weg",)
    assert find_steps(facts, POPULATION, EVENTS, lambda f: not f.gemeente) == ("provincie",)
    assert find_steps(facts, POPULATION, EVENTS, lambda f: not f.gemeente and f.leeftijd == "volwassen") == (
        "provincie",
        "leeftijd-breder",
    )
    assert find_steps(facts, POPULATION, EVENTS, lambda _: False) == ()
    plain = some_facts(gemeente=None, periode=UNKNOWN)
    assert find_steps(plain, POPULATION, EVENTS, lambda _: True) == ()


@pytest.mark.parametrize(
    ("period", "wider"),
    [("2019", "2019-2021"), ("2021-K4", "2019-2021"), ("2022", "2022-2024"), (UNKNOWN, UNKNOWN)],
)
def test_years_fall_together_in_threes(period, wider):
    assert generalise(some_facts(periode=period), "periode-drie-jaar", POPULATION, EVENTS).periode == wider


def test_every_step_can_be_taken_twice_without_a_second_effect():
    facts = some_facts(gemeente="Urk", huishouden={"leeftijd": "67-plus"}, situatie="Na de brand.")
    for step in (step for step in STEPS if step != "leeftijd-breder"):
        once = generalise(facts, step, POPULATION, EVENTS)
        assert once != facts
        assert generalise(once, step, POPULATION, EVENTS) == once


def test_the_advice_helps(vocabulary):
    case = a_real_case(gemeente="Urk", huishouden={"type": "eenoudergezin", "leeftijd": "18-20"})
    risk = one(assess([case], vocabulary), "PRIV-HUISHOUDENS")
    assert risk.advice == "provincie"
    better = a_real_case(
        gemeente=None, provincie="Flevoland", huishouden={"type": "eenoudergezin", "leeftijd": "18-20"}
    )
    assert codes(vocabulary, better) == []


def test_every_advice_is_said_in_words(vocabulary):
    texts = ("Na de brand.", "De vluchteling heeft kanker.", "Gewoon een dag.")
    cases = [
        a_real_case(
            id=f"casus-{place.lower()}-{number}", gemeente=place, situatie=text, huishouden={"kinderen": number}
        )
        for place in ("Urk", "Almere", "Nergenshuizen")
        for number, text in enumerate(texts, start=3)
    ]
    for risk in assess(cases, vocabulary):
        assert risk.values["stap"] == " en ".join(EVENTS.steps[step] for step in risk.advice.split("+"))


# The collection as a whole


CASES = [
    a_real_case(
        id=f"casus-{number}",
        gemeente=("Amsterdam", "Utrecht", "Almere")[number % 3],
        periode=str(2019 + number % 2),
        leefgebieden=[("werk", "wonen", "zorg")[number // 2 % 3]],
        situatie=("Gewoon een dag.", "Na de brand.")[number % 5 == 0],
        huishouden={"type": ("eenoudergezin", "alleenstaande")[number // 4 % 2]},
    )
    for number in range(14)
]


@given(st.permutations(CASES))
def test_the_order_of_cases_does_not_matter(cases):
    found = assess(cases, VOCABULARY)
    assert found == assess(CASES, VOCABULARY)
    assert [risk.case for risk in found] == sorted(risk.case for risk in found)
    assert find_newly_unique(cases, cases[1:], VOCABULARY) == find_newly_unique(CASES, cases[:0:-1], VOCABULARY)


def test_an_empty_collection_has_no_risks(vocabulary):
    assert assess([], vocabulary) == ()
    assert find_newly_unique([], CASES, vocabulary) == ()


def alike(*ids: str, **changes: object) -> list[Case]:
    return [a_real_case(id=name, **changes) for name in ids]


def test_a_deletion_makes_another_unique(vocabulary):
    before = alike("een", "twee", gemeente="Utrecht") + alike("drie", "vier")
    gone = [case for case in before if case.id != "twee"]
    (risk,) = find_newly_unique(before, gone, vocabulary)
    assert (risk.case, risk.code, risk.level, risk.path) == ("een", "PRIV-UNIEK-GEWORDEN", Level.NOTICE, ("gemeente",))
    assert find_newly_unique(gone, before, vocabulary) == ()
    assert find_newly_unique(before, before, vocabulary) == ()


@pytest.mark.parametrize(
    "change", [{"status": "ingetrokken"}, {"herkomst": "fictief"}, {"gemeente": "Almere"}, {"periode": "2001"}]
)
def test_so_does_an_edit_or_a_withdrawal(change, vocabulary):
    before = alike("een", "twee", gemeente="Utrecht") + alike("drie", "vier", gemeente="Almere")
    after = [a_real_case(id="twee", **{"gemeente": "Utrecht", **change}) if c.id == "twee" else c for c in before]
    assert [risk.case for risk in find_newly_unique(before, after, vocabulary)] == ["een"]


def test_who_was_unique_before_or_changed_itself_is_not_newly_unique(vocabulary):
    before = [*alike("een", gemeente="Utrecht"), *alike("drie", "vier")]
    changed = [*alike("een", gemeente="Almere"), *alike("drie", "vier")]
    assert find_newly_unique(before, changed, vocabulary) == ()
    assert find_newly_unique(before, [*before, *alike("vijf", gemeente="Zwolle")], vocabulary) == ()


def test_every_rule_says_what_it_promises_and_every_code_has_one_rule():
    assert all(rule.__doc__ for rule in RULES)
    assert len(set(RULES)) == len(RULES)
