"""The learning line: six lessons in their order, each with the case that shows it best, and none that tells a case."""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import course, lessons
from generator.book import Book
from generator.course import Choice, Example, Lesson, Question, Section, load_course
from generator.lessons import QUALITIES, find_example, index_lessons, list_examples
from generator.pages import render_lessons
from generator.pipeline import prepare
from generator.rendering import Page, Renderer
from generator.settings import Settings
from generator.structure import texts_of
from tests.factories import REAL, a_book, a_pattern, a_record, a_registry
from tests.readability import measure, sentences_of, words_of

ROOT = Path(__file__).parents[1]
COURSE = load_course()
by_lesson = pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.id)

COST = {"wat": "rit", "per": "maand", "zekerheid": "bekend"}
THREE_WAYS = {
    way: {"verloop": f"Het loopt {way}.", "kosten": [{**COST, "bedrag": euros}]}
    for way, euros in (("niets_doen", "30"), ("regulier", "20"), ("maatwerk", "10"))
}
FITTING = {
    "doorbraak": {"resultaat": {"status": "geslaagd"}},
    "kosten": {"scenarios": THREE_WAYS},
    "waarden": {"onderbouwing": {"rechtmatigheid": "De regeling laat dit toe.", "rendement": "Het spaart geld uit."}},
    "uitleg": {"onderbouwing": {"uitleg": "De bus rijdt niet, een fiets kost minder."}},
}
"""What makes an invented case fit a lesson that seeks this; patterns need more than a case."""
MISSING = {
    "doorbraak": {"resultaat": {"status": "niet_gelukt"}},
    "kosten": {"scenarios": {**THREE_WAYS, "regulier": {"verloop": "Het loopt.", "kosten": [{"wat": "rit"}]}}},
    "waarden": {"onderbouwing": {"rechtmatigheid": "onbekend", "rendement": "Het spaart geld uit."}},
    "uitleg": {"onderbouwing": {"uitleg": "onbekend"}},
}
"""What just misses it."""
by_quality = pytest.mark.parametrize("quality", sorted(FITTING))


@pytest.fixture(scope="module")
def real_book() -> Book:
    """Our own collection."""
    return prepare(Settings(root=ROOT, cases=ROOT / "cases", patterns=ROOT / "patterns")).book


def a_lesson(seeks: str = "doorbraak", named: tuple[str, ...] = (), shows: tuple[str, ...] = ("situatie",)) -> Lesson:
    choices = (
        Choice(tekst="Ja.", oordeel="goed", uitleg="Dat klopt."),
        Choice(tekst="Nee.", oordeel="niet", uitleg="Dat klopt niet."),
    )
    return Lesson(
        id="proef",
        titel="Een proef",
        doel="U leert iets.",
        delen=(Section(kop="Kop", tekst=("Een zin.",)),),
        voorbeeld=Example(casussen=named, zoekt=seeks, toont=shows, kijk=("Kijk goed.",)),
        controle=(Question(vraag="Wat nu?", keuzes=choices),),
        meenemen=("Neem dit mee.",),
        bronnen=("Onze eigen lijst",),
    )


def found(lesson: Lesson, book: Book) -> str | None:
    example = find_example(lesson, list_examples(book))
    return example.entry.case.id if example else None


def pages_of(book: Book) -> dict[str, Page]:
    return {page.address: page for page in render_lessons(Renderer(book), book)}


def words_at(page: Page) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page.body)).split())


def a_pattern_book(count: int, **pattern: object) -> Book:
    """So many real cases in one registered pattern."""
    ids = [f"casus-{number}" for number in range(count)]
    records = [a_record(id=case, titel=f"Een fiets ({case})", **REAL) for case in ids]
    file = a_pattern(members=ids, naam="Geen fiets", **pattern)
    return a_book(*records, registry=a_registry(file))


class TestCourse:
    """What people wrote."""

    def test_six_lessons_in_the_order_in_which_one_learns(self):
        assert [lesson.id for lesson in COURSE] == [
            "wat-is-een-uitzondering", "de-drie-vragen", "de-vier-waarden", "uitleggen",
            "van-uitzondering-naar-patroon", "van-patroon-naar-voorstel",
        ]  # fmt: skip
        assert [entry.number for entry in index_lessons(a_book())] == [1, 2, 3, 4, 5, 6]

    @pytest.mark.parametrize("module", [course, lessons], ids=lambda module: module.__name__)
    def test_what_readers_see_stands_in_the_list_and_not_in_python(self, module):
        tree = ast.parse(inspect.getsource(module))
        said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        values = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in said]
        assert [node.value for node in values if " " in str(node.value)] == []

    @by_lesson
    def test_a_lesson_reads_at_b1(self, lesson):
        texts = [text for text in texts_of(lesson) if text[-1] in ".?!:"]
        assert measure(texts).ease >= 70
        assert [s for text in texts for s in sentences_of(text) if len(words_of(s)) > 25] == []

    @by_lesson
    def test_of_every_question_one_answer_is_best_and_each_says_why(self, lesson):
        assert 2 <= len(lesson.controle) <= 3
        for question in lesson.controle:
            assert len(question.keuzes) >= 3
            assert [choice.oordeel for choice in question.keuzes].count("goed") == 1
            assert all(len(words_of(choice.uitleg)) >= 8 for choice in question.keuzes)

    def test_the_best_answer_is_told_neither_by_its_place_nor_by_its_length(self):
        questions = [question for lesson in COURSE for question in lesson.controle]
        for lesson in COURSE:
            at = [[choice.oordeel for choice in question.keuzes].index("goed") for question in lesson.controle]
            assert len(set(at)) > 1, lesson.id
        longest = [max(question.keuzes, key=lambda choice: len(choice.tekst)).oordeel for question in questions]
        assert longest.count("goed") <= len(questions) / 3

    @by_lesson
    def test_the_named_cases_exist_and_fit_what_the_lesson_seeks(self, lesson, real_book):
        assert lesson.voorbeeld.casussen
        for case in lesson.voorbeeld.casussen:
            alone = replace(real_book, cases=tuple(entry for entry in real_book.cases if entry.case.id == case))
            assert found(lesson, alone) == case

    @by_lesson
    def test_a_lesson_tells_no_case_of_its_own(self, lesson, real_book):
        """A case that is withdrawn must take its story along: no run of six words of a record stands in a lesson."""
        ours = words_of(" ".join(texts_of(lesson)).lower())
        runs = {tuple(ours[at : at + 6]) for at in range(len(ours) - 5)}
        for case in lesson.voorbeeld.casussen:
            record = real_book.case_by_id[case]
            for text in (record.titel, record.situatie, record.knelpunt.tekst, record.doorbraak.tekst):
                theirs = words_of(text.lower())
                assert not runs & {tuple(theirs[at : at + 6]) for at in range(len(theirs) - 5)}, case


class TestChoice:
    """Which case goes with a lesson."""

    def test_every_quality_that_a_lesson_may_seek_is_known(self):
        assert set(QUALITIES) == set(Example.model_fields["zoekt"].annotation.__args__)

    @by_quality
    def test_a_case_that_holds_it_is_found_and_one_that_misses_it_is_not(self, quality):
        assert found(a_lesson(quality), a_book(a_record(id="past", **FITTING[quality]))) == "past"
        assert found(a_lesson(quality), a_book(a_record(id="past-net-niet", **MISSING[quality]))) is None

    def test_a_named_case_goes_first_and_in_the_order_of_the_lesson(self):
        book = a_book(*(a_record(id=case, **REAL) for case in ("a", "b", "c")))
        assert found(a_lesson(named=("c", "b")), book) == "c"
        assert found(a_lesson(named=("weg", "b")), book) == "b"
        assert found(a_lesson(), book) == "a"

    def test_a_named_case_that_no_longer_fits_makes_way(self):
        book = a_book(a_record(id="a", **MISSING["uitleg"]), a_record(id="b", **FITTING["uitleg"]))
        assert found(a_lesson("uitleg", ("a",)), book) == "b"

    def test_a_named_case_that_was_withdrawn_makes_way_and_leaves_no_word(self):
        gone = a_record(id="a", status="ingetrokken", titel="Een lama op het balkon")
        book = a_book(gone, a_record(id="b", titel="Een fiets voor de bakker"))
        lesson = a_lesson(named=("a",))
        assert found(lesson, book) == "b"
        assert found(lesson, a_book(gone)) is None
        assert not any("lama" in page.body for page in pages_of(book).values())

    def test_a_real_case_goes_before_a_made_up_one_and_one_that_was_read_whole_before_others(self):
        book = a_book(
            a_record(id="a", herkomst="fictief", verificatie="redactie"),
            a_record(id="b", **REAL, verificatie="uittreksel"),
            a_record(id="c", **REAL, verificatie="bron_gelezen"),
        )
        assert found(a_lesson(), book) == "c"

    @given(st.permutations(["a", "b", "c", "d"]))
    def test_the_order_of_the_records_does_not_matter(self, order):
        book = BOOK_OF_FOUR
        shuffled = replace(book, cases=tuple(book.cases["abcd".index(case)] for case in order))
        assert found(a_lesson(), shuffled) == found(a_lesson(), book)

    def test_a_pattern_needs_enough_cases_and_a_proposal_needs_a_rule_that_still_stands(self):
        assert found(a_lesson("patroon"), a_pattern_book(3)) == "casus-0"
        assert found(a_lesson("patroon"), a_pattern_book(2)) is None
        assert found(a_lesson("voorstel"), a_pattern_book(3)) == "casus-0"
        assert found(a_lesson("voorstel"), a_pattern_book(3, status="vervallen")) is None


BOOK_OF_FOUR = a_book(*(a_record(id=case, **REAL) for case in "abcd"))


class TestPages:
    """What readers see."""

    def test_a_collection_without_cases_still_has_its_lessons(self):
        pages = pages_of(a_book())
        assert sorted(pages) == ["leerlijn/", *(f"leerlijn/{number}/" for number in range(1, 7))]
        for address, page in pages.items():
            if address != "leerlijn/":
                assert "Op deze site staat nog geen casus die bij deze les past." in words_at(page)

    def test_the_overview_leads_to_each_and_each_to_the_next(self):
        pages = pages_of(a_book())
        for number in range(1, 7):
            assert f'href="../leerlijn/{number}/"' in pages["leerlijn/"].body
            body = pages[f"leerlijn/{number}/"].body
            assert ('rel="prev"' in body) == (number > 1)
            assert ('rel="next"' in body) == (number < 6)
            assert (f'href="../../leerlijn/{number + 1}/"' in body) == (number < 6)

    def test_a_lesson_shows_what_its_record_says_and_leads_on(self):
        book = a_book(a_record(situatie="De bakker wil een zebra.", scenarios=THREE_WAYS))
        pages = pages_of(book)
        first, second = (words_at(pages[f"leerlijn/{number}/"]) for number in (1, 2))
        assert "De bakker wil een zebra." in first
        assert "Fictief" in first
        assert "€ 360 in 12 maanden" in second.replace("\u00a0", " ")
        assert 'href="../../casussen/fiets-voor-de-bakker/"' in pages["leerlijn/1/"].body

    def test_a_rule_that_changed_after_the_case_is_told(self):
        rule = {"wet": "pw", "artikel": "22a", "rol": "blokkeert"}
        book = a_book(a_record(periode="2018", knelpunt__regels=[rule]))
        assert "Controleer: regel gewijzigd per" in words_at(pages_of(book)["leerlijn/1/"])
        assert "Controleer" not in words_at(pages_of(a_book(a_record()))["leerlijn/1/"])

    def test_pattern_and_proposal_stand_with_the_case_that_belongs_to_them(self):
        pages = pages_of(a_pattern_book(3))
        fifth, sixth = pages["leerlijn/5/"], pages["leerlijn/6/"]
        assert "Geen fiets" in words_at(fifth)
        assert 'href="../../casussen/casus-1/"' in fifth.body
        assert 'href="../../voorstellen/P-0001/"' in sixth.body
        assert "Een redacteur nam het nog niet over." in words_at(sixth)

    def test_every_answer_opens_by_itself_and_says_in_words_how_good_it_is(self):
        body = pages_of(a_book())["leerlijn/1/"].body
        questions = COURSE[0].controle
        choices = [choice for question in questions for choice in question.keuzes]
        assert body.count("<details") == len(choices)
        assert len(re.findall(r"<summary>.+?</summary>", body)) == len(choices)
        for name in re.findall(r'aria-labelledby="([^"]+)"', body):
            assert all(f'id="{part}"' in body for part in name.split())
        assert {"Goed", "Deels goed", "Niet goed"} >= set(re.findall(r'atlas-label--\w+">([^<]+)<', body))
        assert "<script" not in body

    def test_text_of_a_record_is_data(self):
        book = a_book(a_record(situatie="Een fiets < 5 euro & klaar."))
        assert "Een fiets &lt; 5 euro &amp; klaar." in pages_of(book)["leerlijn/1/"].body
