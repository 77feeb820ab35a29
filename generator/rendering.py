"""Rendering: the HTML of a page by Jinja2. Text from a record is data: every value is escaped, none is code.

A page template has three blocks: `titel` and `omschrijving` (one line each, for the head) and `inhoud` (the body).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from html import unescape
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from generator.balance import Bar, Panel, render_balance
from generator.book import Book, CaseEntry
from generator.dating import RuleChange, changed_for, changed_since
from generator.grouping import PatternEntry, place_name
from generator.kept import Asked
from generator.kit import fixed_words
from generator.lawindex import local_anchor
from generator.lookups import Lookups
from generator.model import Case, RuleReference
from generator.money import SCENARIOS
from generator.proposals import Proposal
from generator.similarity import Reason
from generator.structure import field_texts, texts_of
from generator.vocabulary import article_link, article_slug
from generator.wording import render_article, render_reason

DESCRIPTION_LENGTH = 155
"""Characters of a description that search engines and previews show."""
STRENGTHS = {"heel zeker": 0.80, "vrij zeker": 0.50, "onzeker": 0.20, "onwaarschijnlijk": 0.0}
"""From which certainty readers see which word, strongest first."""
PRINT_SIZES = {"lang": 2700, "middel": 1500, "kort": 0}
"""From how many characters in its texts a case is printed in which size of type, so that it fills one sheet and no
more; the most first.
"""
DOCUMENT = "voorstel.docx"
"""The name of the Word document beside its page."""
_ADDRESS = re.compile(r"(https://[^\s<>\"']*[^\s<>\"'.,;:)])")
_SENTENCE_END = re.compile(r"[.?!](?=$|\s+[\"'‘“(]?[A-ZÀ-Ý])")


@dataclass(frozen=True)
class Page:
    """One page of the site. Title, description and body are HTML in which every value from a record is escaped."""

    address: str
    """Relative to the site's root, ending in a slash."""
    title: str
    description: str
    body: str
    document: str = ""
    """What is to be given as a Word document as well: HTML like the body, with the reference to this page below it."""
    asked: tuple[Asked, ...] = ()
    """What was looked up in the book to make it, beside the values that it was made of."""


@dataclass(frozen=True)
class Block:
    """A piece of HTML for a page that people wrote; it takes the place of the comment `marker`."""

    address: str
    marker: str
    body: str


class _Compiled(BytecodeCache):
    """Keeps what was compiled, so that environments with other names need not do it again."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get(bucket.key + bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key + bucket.checksum] = bucket.code


class _Context(Context):
    """Calls what templates call as it is: nothing of ours asks for the context, and this is done for every macro."""

    def call(
        self,
        called: Callable[..., object],
        /,
        *arguments: object,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: object,
    ) -> object:
        """What it gives, whatever blocks and loops know besides."""
        return called(*arguments, **named)


@cache
def make_environment() -> Environment:
    """The templates' environment: everything is escaped, a missing value is a fault. One for all, since it compiles."""
    environment = Environment(
        loader=PackageLoader("generator", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_Compiled(),
    )
    environment.context_class = _Context
    environment.filters["alineas"] = paragraphs
    environment.filters["euro"] = render_euro
    environment.filters["kort"] = shorten
    environment.filters["zinnen"] = lead
    environment.filters["decimaal"] = render_decimal
    environment.filters["sterkte"] = strength_word
    environment.filters["met_links"] = split_links
    environment.filters["artikeladres"] = article_slug
    return environment


def read_templates() -> None:
    """Read all templates now, so that processes that begin as copies of this one need not."""
    environment = make_environment()
    for name in environment.list_templates():
        environment.get_template(name)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text, each on one line."""
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def render_euro(amount: Decimal) -> str:
    """Euros the Dutch way: `€ 3.500`, cents only where there are any."""
    whole = amount == amount.to_integral_value()
    text = f"{amount:,.0f}" if whole else f"{amount:,.2f}"
    return "€\u00a0" + text.translate(str.maketrans(",.", ".,")).replace("-", "−")


def shorten(text: str, length: int = DESCRIPTION_LENGTH) -> str:
    """The beginning of a text on one line, cut between words."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    return flat[:length].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def lead(text: str, length: int = DESCRIPTION_LENGTH) -> str:
    """The first whole sentences that fit in `length`; if none fits, the beginning of the first one."""
    flat = " ".join(text.split())
    ends = [match.end() for match in _SENTENCE_END.finditer(flat) if match.end() <= length]
    return flat[: ends[-1]] if ends else shorten(flat, length)


def render_decimal(number: float) -> str:
    """Two decimals after a comma."""
    return f"{number:.2f}".replace(".", ",")


def strength_word(certainty: float) -> str:
    """How sure a certainty of 0 to 1 is, in a word of `STRENGTHS`; the word of the number that readers see."""
    return next(word for word, least in STRENGTHS.items() if round(certainty, 2) >= least)


def print_size(case: Case) -> str:
    """The size of type, of `PRINT_SIZES`, in which a case fits on one sheet of paper as far as possible."""
    length = sum(map(len, texts_of(case)))
    return next(size for size, least in PRINT_SIZES.items() if length >= least)


def split_links(text: str) -> list[tuple[str, str]]:
    """A plain text in pieces, each with the web address that it is, or with nothing."""
    pieces = _ADDRESS.split(text)
    return [(piece, piece if row % 2 else "") for row, piece in enumerate(pieces) if piece]


class Renderer:
    """Makes pages of one book: holds the environment and what every template may call."""

    def __init__(
        self, book: Book, edit_address: str = "", site_address: str = "", fixed: Mapping[str, object] | None = None
    ) -> None:
        """`edit_address` is the folder of the records on a forge, `site_address` where the site will stand; both end in
        a slash or are empty. `fixed` are names for every template, also instead of our own.
        """
        self._book = book
        self._edit_address = edit_address
        self._site_address = site_address or "/"
        self._fixed = fixed or {}
        self._fields = field_texts()
        self.lookups = Lookups(book)
        self._environments: dict[int, Environment] = {}

    def page(self, template: str, address: str, **values: object) -> Page:
        """The page of one template at `address`."""
        self.lookups.begin()
        title, description, body = self._blocks(template, ("titel", "omschrijving", "inhoud"), address, values)
        return Page(address, " ".join(title.split()), " ".join(description.split()), body, asked=self.lookups.asked)

    def title(self, template: str, **values: object) -> str:
        """The title alone, as plain text."""
        (title,) = self._blocks(template, ("titel",), "", values)
        return " ".join(unescape(title).split())

    def of_case(self, entry: CaseEntry) -> Page:
        """The page of a case."""
        return self.page("casus.html", f"casussen/{entry.case.id}/", entry=entry, casus=entry.case)

    def of_pattern(self, pattern: PatternEntry) -> Page:
        """The page of a pattern."""
        return self.page("patroon.html", f"patronen/{pattern.id}/", patroon=pattern)

    def of_proposal(self, proposal: Proposal) -> Page:
        """The page of a proposal, with its document."""
        address = f"voorstellen/{proposal.pattern.id}/"
        page = self.page("voorstel.html", address, voorstel=proposal, patroon=proposal.pattern)
        reference = self.body("verwijzing.html", address, titel=unescape(page.title))
        return replace(page, document=page.body + reference)

    def body(self, template: str, address: str, **values: object) -> str:
        """The body alone."""
        (body,) = self._blocks(template, ("inhoud",), address, values)
        return body

    def _blocks(
        self, template: str, blocks: Sequence[str], address: str, values: Mapping[str, object]
    ) -> tuple[str, ...]:
        environment = self._environment(address.count("/"))
        loaded = environment.get_template(template)
        names = {**environment.globals, "permalink": self._site_address + address, **values}
        context = environment.context_class(environment, names, template, loaded.blocks)
        return tuple("".join(loaded.blocks[block](context)) for block in blocks)

    def _environment(self, depth: int) -> Environment:
        """The templates with the names for pages so deep: what these share is then read once for all of them."""
        if depth not in self._environments:
            environment = make_environment().overlay()
            environment.globals = {**environment.globals, **self._names(depth), **self._fixed}
            self._environments[depth] = environment
        return self._environments[depth]

    def _names(self, depth: int) -> dict[str, object]:
        """What every template may call, and every piece that it takes from another."""
        up = "../" * depth
        return {
            "link": lambda target: (up + target) or "./",
            "woord": self._word,
            "veld": lambda path: self._fields[path]["titel"],
            "veld_uitleg": lambda path: self._fields[path]["uitleg"],
            "reden": self._reason,
            "regel": self._rule,
            "plaats": place_name,
            "veranderd": self._changed,
            "veranderd_bij": self._changed_for,
            "lokaal_adres": lambda name: f"wetten/lokaal/#{local_anchor(name)}",
            "artikel_link": article_link,
            "artikel_naam": lambda key: render_article(key, self._book.vocabulary),
            "patroon_van": self.lookups.pattern_of.get,
            "patroon_naam": self._pattern_name,
            "patroon_bij": self.lookups.pattern_by_id.get,
            "patronen_bij": self.lookups.patterns_of,
            "drukmaat": print_size,
            "bewerk": self._edit_address,
            "document_naam": DOCUMENT,
            "boek": self.lookups,
            "lijsten": self._book.vocabulary,
            "scenarios": SCENARIOS,
            "sterktes": STRENGTHS,
            "balansbeeld": _picture_balance,
            "woorden": fixed_words(),
        }

    def _word(self, name: str, word: str | None) -> str:
        return self._book.vocabulary.labels[name].get(word or "", word or "")

    def _changed(self, case: Case) -> tuple[RuleChange, ...]:
        return changed_since(case, self._book.vocabulary)

    def _changed_for(self, pattern: PatternEntry) -> tuple[tuple[RuleChange, tuple[Case, ...]], ...]:
        cases = (self.lookups.case_by_id[member.case] for member in pattern.members)
        return changed_for(cases, self._book.vocabulary)

    def _pattern_name(self, number: str) -> str:
        pattern = self.lookups.pattern_by_id.get(number)
        return pattern.name if pattern else number

    def _reason(self, reason: Reason | str) -> str:
        return reason if isinstance(reason, str) else render_reason(reason, self._book.vocabulary)

    def _rule(self, rule: RuleReference) -> str:
        if rule.wet is None:
            return rule.lokaal or ""
        law = self._book.vocabulary.law_by_id.get(rule.wet)
        parts = [law.citeertitel if law else rule.wet]
        parts += [f"artikel {rule.artikel}"] if rule.artikel else []
        parts += [f"lid {rule.lid}"] if rule.lid else []
        return " ".join(parts)


def _picture_balance(panels: Sequence[tuple[str, Sequence[tuple[str, Decimal]]]], name: str) -> Markup:
    """The picture of panels as templates give them: heading, payers with euros."""
    drawn = [Panel(heading, tuple(Bar(*bar) for bar in bars)) for heading, bars in panels]
    return Markup(render_balance(drawn, render_euro, name))  # noqa: S704 - balance.py escapes every word
