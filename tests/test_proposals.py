"""Proposals: from evidence to what should change. What an editor wrote stands; the rest is marked as the computer's."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.blocks import Paragraph, parse_body
from generator.blocks import texts_of as texts_of_blocks
from generator.book import Book
from generator.changes import Changes
from generator.levels import lowest_that_works
from generator.pages import render_pages
from generator.proposals import HEADINGS, LAST_RESORT, OPTIONS, Proposal, propose_changes
from generator.ranking import PARTS
from generator.registry import Registry
from generator.rendering import Page
from generator.vocabulary import load_vocabulary
from tests.factories import (
    A_PROPOSAL,
    REAL,
    a_book,
    a_case,
    a_pattern,
    a_proposal,
    a_proposal_book,
    a_record,
    a_registry,
    an_entry,
    money_of,
    some_changes,
)

VOCABULARY = load_vocabulary()
SETS = Path(__file__).parent / "golden/voorstellen"
NAMES = sorted(path.stem for path in SETS.glob("*.yaml"))
LEVELS = [level.id for level in VOCABULARY.niveaus]
BY_PRACTICE = {**REAL, "knelpunt__oorzaak": "uitvoering"}
BY_LAW = {**REAL, "knelpunt__oorzaak": "wet"}


def page_of(book: Book, address: str = "voorstellen/P-0001/") -> Page:
    pages = render_pages(book, Changes("", (), (), (), (), ()))
    return next(page for page in pages if page.address == address)


def parts_of(page: Page) -> dict[str, str]:
    """The words of a page under each of its second headings; what comes before them is under nothing."""
    found: dict[str, list[str]] = {"": []}
    for block in parse_body(page.body):
        if isinstance(block, Paragraph) and block.kind == "heading" and block.level == 2:
            found[block.text] = []
        else:
            found[list(found)[-1]] += texts_of_blocks([block])
    return {heading: "\n".join(texts) for heading, texts in found.items()}


def of_computer(page: Page) -> set[int]:
    """The numbers of the headings that are marked as the computer's."""
    return {int(heading.partition(".")[0]) for heading in parts_of(page) if heading.endswith("van de computer")}


def dump_proposal(proposal: Proposal) -> str:
    """What the page is made of, in lines that a person can check by hand."""
    found = proposal.evidence
    sums = [
        f"  {name}: bekend {total.known.euros} ({total.known.cases}), geschat {total.estimated.euros} "
        f"({total.estimated.cases}), mist {total.missing}, zwijgt {total.silent}"
        for name, total in found.money.scenarios.items()
    ]
    lines = [
        "punten: "
        + " + ".join(f"{part} {getattr(proposal.score, part)}" for part in PARTS)
        + f" = {proposal.score.total}",
        f"verzonnen: {', '.join(found.invented) or '-'}",
        f"jaren: {', '.join(f'{year} ({count})' for year, count in found.years) or '-'}; zonder: {found.undated}",
        f"geld: {found.priced} van {len(found.real)}",
        *sums,
        "hefboom: " + ("; ".join(f"{way.case} {way.level} ({way.ground})" for way in proposal.lifts) or "-"),
        "helpt: " + ", ".join(f"{step.level} {len(step.cases)}/{step.known}" for step in proposal.steps),
        "opties: " + ", ".join(f"{option.name} {option.verdict}" for option in proposal.options),
        f"gekozen: {proposal.kind.id} op {proposal.level.id} (berekend: {proposal.computed_level or '-'})",
        f"verteld: {', '.join(case.id for case in proposal.shown)}",
        f"stand: {proposal.status}",
    ]
    return "\n".join(lines)


@pytest.mark.parametrize("name", NAMES)
def test_a_small_set_gives_this_proposal(name, golden):
    given_set = yaml.load((SETS / f"{name}.yaml").read_text("utf-8"), yaml.BaseLoader)
    cases = [{key: None if value == "~" else value for key, value in c.items()} for c in given_set["casussen"]]
    pattern = {key: value for key, value in given_set["patroon"].items() if value}
    book = a_proposal_book(*cases, **{"naam": None, **pattern})
    parts = [f"## {heading}\n{text}".rstrip() for heading, text in parts_of(page_of(book)).items()]
    told = [dump_proposal(book.proposal_by_pattern["P-0001"]), *parts]
    golden(f"voorstellen/{name}.txt", "\n\n".join(told).removeprefix("\n") + "\n")


class TestPage:
    def test_it_has_the_ten_headings_in_their_order_and_then_the_evidence(self):
        for changes in ({}, {"voorstel": A_PROPOSAL}):
            headings = [heading for heading in parts_of(page_of(a_proposal_book(REAL, REAL, **changes))) if heading]
            assert [heading.partition(".")[0] for heading in headings[:10]] == [str(n) for n in range(1, 11)]
            assert len(headings) == len(HEADINGS) + 1
            assert headings[10].startswith("Bijlage")

    def test_without_an_editor_the_whole_page_is_marked_as_the_computer_s_and_no_heading_is(self):
        page = page_of(a_proposal_book(REAL))
        assert "Samengesteld door de computer" in parts_of(page)[""]
        assert of_computer(page) == set()

    @pytest.mark.parametrize(
        ("key", "value", "number", "says"),
        [
            ("signaal", "Een eigen signaal.", 1, "Een eigen signaal."),
            ("regel", "Een eigen regel.", 2, "Een eigen regel."),
            ("gevolgen", "Een eigen gevolg.", 4, "Een eigen gevolg."),
            ("ruimte", "Een eigen ruimte.", 5, "Een eigen ruimte."),
            ("opties", {"landelijke_regel": "Een eigen afweging."}, 6, "Een eigen afweging."),
            ("effecten", ["Een eigen effect."], 8, "Een eigen effect."),
            ("tegenargumenten", [{"bezwaar": "Een eigen bezwaar."}], 8, "Een eigen bezwaar."),
            ("veranderingen", "Een eigen verandering.", 9, "Een eigen verandering."),
        ],
    )
    def test_a_heading_that_an_editor_wrote_stands_and_the_others_stay_marked(self, key, value, number, says):
        page = page_of(a_proposal_book(REAL, voorstel={**A_PROPOSAL, key: value}))
        assert of_computer(page) == {1, 2, 4, 5, 6, 8, 9} - {number}
        (part,) = [text for heading, text in parts_of(page).items() if heading.startswith(f"{number}.")]
        assert says in part

    def test_what_an_editor_proposes_stands_whatever_the_computer_finds(self):
        changes = {"voorstel": A_PROPOSAL}
        book = a_proposal_book(BY_PRACTICE, BY_PRACTICE, **changes)
        proposal = book.proposal_by_pattern["P-0001"]
        assert (proposal.kind.id, proposal.level.id) == (A_PROPOSAL["soort"], A_PROPOSAL["niveau"])
        assert proposal.computed_level == "werkproces"
        words = "\n".join(parts_of(page_of(book)).values())
        assert A_PROPOSAL["tekst"] in words
        assert A_PROPOSAL["waarom_dit_niveau"] in words
        assert proposal.kind.omschrijving not in words

    def test_a_draft_wording_is_never_shown_without_saying_that_nobody_tested_it(self):
        draft = {"nu": "Elke gast telt mee.", "voorstel": "Een gast telt niet mee."}
        (part,) = [
            text
            for heading, text in parts_of(
                page_of(a_proposal_book(REAL, voorstel={**A_PROPOSAL, "concepttekst": draft}))
            ).items()
            if heading.startswith("7.")
        ]
        assert "niet juridisch getoetst: Een gast telt niet mee." in part
        assert "juridisch getoetst" not in "\n".join(parts_of(page_of(a_proposal_book(REAL))).values())

    def test_a_wish_of_a_team_is_named_with_its_case(self):
        wish = {"soort": "mandaat-verleggen", "niveau": "werkproces", "voorstel": "Laat het team beslissen."}
        page = page_of(a_proposal_book({**REAL, "titel": "Een kamer", "wijziging": [wish]}, REAL))
        (part,) = [text for heading, text in parts_of(page).items() if heading.startswith("7.")]
        assert "Het team van Een kamer stelt voor: Laat het team beslissen." in part
        assert 'href="../../casussen/casus-1/"' in page.body

    def test_what_is_solved_stands_on_the_page_of_solved_patterns_and_no_longer_among_the_open_ones(self):
        solution = {"per": "2023-01-01", "wat": "De regel veranderde."}
        book = a_proposal_book(REAL, status="opgelost", oplossing=solution)
        assert book.proposal_by_pattern["P-0001"].solved
        assert "De regel veranderde." in "\n".join(parts_of(page_of(book, "voorstellen/opgelost/")).values())
        assert "Een regel die knelt" not in page_of(book, "voorstellen/").body
        assert "Een regel die knelt" in page_of(a_proposal_book(REAL), "voorstellen/").body
        assert "Een regel die knelt" not in page_of(a_proposal_book(REAL), "voorstellen/opgelost/").body

    def test_a_pattern_with_one_case_is_called_a_signal(self):
        assert "Signaal: te weinig" in parts_of(page_of(a_proposal_book(REAL)))[""]
        three = [{**REAL, "gemeente": place} for place in ("Utrecht", "Breda", "Almere")]
        assert "Signaal: te weinig" not in parts_of(page_of(a_proposal_book(*three)))[""]

    def test_its_sum_of_points_can_be_done_again(self):
        words = parts_of(page_of(a_proposal_book(REAL, REAL)))["Bijlage: het bewijs"]
        assert "2 + 1 + 0 + 0 + 2 = 5. Dat zijn:" in words


class TestChoice:
    def test_the_level_is_the_lowest_that_works(self):
        proposal = a_proposal(BY_LAW, BY_PRACTICE, BY_PRACTICE)
        assert proposal.level.id == proposal.computed_level == "werkproces"
        assert a_proposal(BY_LAW, BY_LAW, BY_PRACTICE).level.id == "rijk-wet"

    def test_a_change_can_always_be_made_at_its_level(self):
        for kind in VOCABULARY.knelpuntsoorten:
            for changes in (BY_PRACTICE, BY_LAW, {**REAL, "knelpunt__oorzaak": "lokaal_beleid"}, REAL):
                proposal = a_proposal({**changes, "knelpunt__soort": kind.id})
                assert proposal.level.id in {way.niveau for way in proposal.kind.niveaus}, kind.id

    def test_one_more_exception_comes_last(self):
        council = {**REAL, "knelpunt__regels": [{"lokaal": "Verordening bijstand", "rol": "blokkeert"}]}
        (clause,) = [kind for kind in VOCABULARY.wijzigingssoorten if kind.id == LAST_RESORT]
        for soort in clause.knelpuntsoorten:
            assert a_proposal({**council, "knelpunt__soort": soort}).kind.id != LAST_RESORT, soort

    def test_unless_the_teams_themselves_ask_for_it(self):
        wish = {"soort": LAST_RESORT, "niveau": "gemeente-verordening", "voorstel": "Laat afwijken toe."}
        council = {**REAL, "knelpunt__regels": [{"lokaal": "Verordening bijstand", "rol": "blokkeert"}]}
        assert a_proposal({**council, "wijziging": [wish]}, council).kind.id == LAST_RESORT

    def test_what_most_teams_ask_for_goes_before_what_suits_the_obstacle(self):
        wish = {"soort": "mandaat-verleggen", "niveau": "werkproces", "voorstel": "Geef mandaat."}
        plain = {**BY_PRACTICE, "knelpunt__soort": "bewijs-en-aanvraaglast"}
        assert a_proposal(plain, plain).kind.id != "mandaat-verleggen"
        assert a_proposal(plain, {**plain, "wijziging": [wish]}).kind.id == "mandaat-verleggen"

    def test_of_nothing_it_still_says_something_and_no_level_that_was_found(self):
        proposal = a_proposal(REAL)
        assert proposal.computed_level is None
        assert {option.verdict for option in proposal.options} == {"onbekend"}
        assert proposal.level.id == proposal.kind.laagste_niveau

    def test_invented_cases_choose_a_level_only_if_there_are_no_others(self):
        invented = {"knelpunt__oorzaak": "wet"}
        assert a_proposal(invented, invented).computed_level == "rijk-wet"
        assert a_proposal(invented, invented, BY_PRACTICE).computed_level == "werkproces"


class TestOptions:
    def test_every_way_helps_those_of_the_way_before_it_too(self):
        room = {**REAL, "doorbraak__juridisch": "mag"}
        council = {**REAL, "knelpunt__regels": [{"lokaal": "Verordening bijstand", "rol": "blokkeert"}]}
        proposal = a_proposal(room, BY_PRACTICE, council, BY_LAW, REAL)
        assert [(option.name, len(option.cases), option.known) for option in proposal.options] == [
            ("niets_doen", 0, 4), ("bestaande_ruimte", 1, 4), ("lokale_regel", 3, 4), ("landelijke_regel", 4, 4)
        ]  # fmt: skip
        assert [option.verdict for option in proposal.options] == ["niet", "deels", "deels", "werkt"]


class TestTold:
    def test_two_cases_are_told_the_surest_real_one_and_one_that_ended_another_way(self):
        failed = {**REAL, "resultaat__status": "niet_gelukt"}
        assert [case.id for case in a_proposal({}, REAL, REAL, failed).shown] == ["casus-2", "casus-4"]
        assert [case.id for case in a_proposal({}, REAL, REAL).shown] == ["casus-2", "casus-3"]
        assert [case.id for case in a_proposal({}).shown] == ["casus-1"]

    def test_the_rule_in_the_way_of_most_cases_comes_first(self):
        article = {"wet": "pw", "artikel": "35", "rol": "blokkeert"}
        bus = {"lokaal": "Verordening vervoer", "rol": "blokkeert"}
        proposal = a_proposal(
            {**REAL, "knelpunt__regels": [{**article, "lid": "1"}, {**article, "lid": "2"}]},
            {**REAL, "knelpunt__regels": [bus]},
            {**REAL, "knelpunt__regels": [bus], "doorbraak__grondslag": [{**article, "rol": "ruimte"}]},
        )
        assert [(rule.rule.lokaal or rule.rule.artikel, rule.blocks, rule.gives) for rule in proposal.rules] == [
            ("Verordening vervoer", 2, 0), ("35", 1, 1)
        ]  # fmt: skip

    def test_an_invented_case_adds_to_no_count_beside_a_real_one(self):
        bus = {"lokaal": "Verordening vervoer", "rol": "blokkeert"}
        book = a_proposal_book({"knelpunt__regels": [bus]}, {**REAL, "knelpunt__regels": [bus]})
        (rule,) = book.proposal_by_pattern["P-0001"].rules
        assert (rule.blocks, rule.gives) == (1, 0)
        parts = parts_of(page_of(book))
        assert parts["1. Signaal"].startswith("1 casus liep vast")
        assert "Verordening vervoer in de weg in 1 van 1" in parts["2. De regel"]

    def test_of_invented_cases_alone_nothing_is_said_as_if_it_happened(self):
        invented = {"doorbraak__juridisch": "mag", "knelpunt__regels": [{"wet": "pw", "artikel": "35"}]}
        parts = parts_of(page_of(a_proposal_book(invented, invented)))
        words = "\n".join(text for heading, text in parts.items() if heading[:1].isdigit())
        assert "2 verzonnen voorbeelden liepen vast" in words
        assert "In 2 van 2 verzonnen voorbeelden mocht het al." in words
        assert not re.search("[1-9][0-9]* casus", words)


class TestStatus:
    def test_it_is_that_of_the_last_step(self):
        steps = [
            {"stap": "aangeboden", "datum": "2026-01-02", "aan": "het college"},
            {"stap": "afgewezen", "datum": "2026-02-02", "aan": "het college", "antwoord": "Nee."},
            {"stap": "in_onderzoek", "datum": "2026-03-02"},
        ]
        assert [a_proposal(REAL, stappen=steps[:count]).status for count in range(4)] == [
            "signaal", "aangeboden", "afgewezen", "in_onderzoek"
        ]  # fmt: skip

    @pytest.mark.parametrize("state", ["samengevoegd", "vervallen"])
    def test_a_pattern_that_is_gone_has_no_proposal(self, state):
        file = a_pattern("P-0001", ["casus-1"], stand=state, naar="P-0002" if state == "samengevoegd" else None)
        registry = a_registry(file, a_pattern("P-0002", ["casus-2"]))
        records = [a_record(**REAL, id=f"casus-{number}") for number in (1, 2)]
        assert "P-0001" not in a_book(*records, registry=registry).proposal_by_pattern

    def test_a_pattern_without_a_case_that_is_shown_has_no_proposal(self):
        registry = a_registry(a_pattern("P-0001", ["weg"]))
        assert a_book(a_record(**REAL), registry=registry).proposal_by_pattern.get("P-0001") is None


changes = st.fixed_dictionaries({
    "herkomst": st.sampled_from(["openbare_bron", "fictief"]),
    "gemeente": st.sampled_from(["Utrecht", "Breda"]),
    "periode": st.sampled_from(["onbekend", "2019"]),
    "knelpunt__soort": st.sampled_from(["leefvorm-huishouden", "financieringsschot", "strikte-lokale-regel"]),
    "knelpunt__oorzaak": st.sampled_from([None, "wet", "uitvoering", "lokaal_beleid"]),
    "knelpunt__regels": st.lists(
        st.sampled_from([
            {"wet": "pw", "artikel": "22a", "rol": "blokkeert"}, {"wet": "pw", "artikel": "35", "rol": "beide"},
            {"lokaal": "Verordening bijstand", "rol": "blokkeert"},
        ]),
        max_size=2,
    ),
    "resultaat__status": st.sampled_from(["geslaagd", "niet_gelukt", "onbekend"]),
    "wijziging": st.sampled_from([
        [], [{"soort": LAST_RESORT, "niveau": "rijk-wet", "voorstel": "Wijk af."}],
        [{"soort": "termijn-aanpassen", "niveau": "rijk-wet", "voorstel": "Wacht korter."}],
    ]),
})  # fmt: skip
stories = st.lists(changes, min_size=1, max_size=6).map(
    lambda found: [a_case(**{**change, "id": f"casus-{number}"}) for number, change in enumerate(found)]
)


@given(stories, st.randoms())
def test_the_order_of_records_patterns_and_members_does_not_matter(cases, random):
    def proposed(members: list[Any], records: list[Any], *, last_first: bool) -> tuple[Proposal, ...]:
        entries = [an_entry(*members), an_entry(*members[:1], id="P-0002", members=an_entry(cases[0]).members)]
        by_id = {case.id: case for case in records}
        order = entries[::-1] if last_first else entries
        return propose_changes(order, by_id, money_of(*records), Registry(), VOCABULARY)

    members, records = (random.sample(cases, len(cases)) for _ in range(2))
    one, other = proposed(cases, cases, last_first=False), proposed(members, records, last_first=True)
    for before, after in zip(one, other, strict=True):
        assert before.pattern.id == after.pattern.id
        for part in ("evidence", "score", "lifts", "steps", "options", "kind", "level", "shown", "rules", "under_way"):
            assert getattr(after, part) == getattr(before, part), part


@given(stories)
def test_every_proposal_weighs_four_ways_and_chooses_one_level(cases):
    (proposal,) = propose_changes(
        [an_entry(*cases)], {case.id: case for case in cases}, money_of(*cases), Registry(), VOCABULARY
    )
    assert tuple(option.name for option in proposal.options) == OPTIONS
    helped = [set(option.cases) for option in proposal.options]
    assert all(less <= more for less, more in pairwise(helped))
    assert proposal.computed_level == lowest_that_works(proposal.steps)
    assert proposal.level.id == (proposal.computed_level or proposal.level.id)
    assert len(proposal.shown) == min(len(cases), 2)


@settings(max_examples=6)
@given(st.permutations(range(6)))
def test_the_order_of_files_does_not_matter_for_the_pages(order):
    records = [a_record(**{**change, **REAL}) for change in some_changes(6)]
    registry = a_registry(a_pattern("P-0001", [records[row].case.id for row in (0, 3)], naam="Zoon trekt in"))
    assert page_of(a_book(*[records[row] for row in order], registry=registry)) == page_of(
        a_book(*records, registry=registry)
    )
