"""What a person wrote in a pattern file: the proposal that an editor took over, its steps, and how a rule was changed.

Frozen parts of `registry.Pattern`; what must hold of them is in `ladder.py`.
"""

from __future__ import annotations

from typing import Annotated

from generator.model import Day, Line, Link, Part, RuleReference, Text, Word


class Draft(Part):
    """How a rule reads now and how it could read. Nobody tested it in law, and every page says so."""

    nu: Text
    voorstel: Text


class Objection(Part):
    """What speaks against the proposal, and what can be said to it."""

    bezwaar: Text
    antwoord: Text | None = None


class WrittenOptions(Part):
    """The four ways that every proposal weighs, from doing nothing to national law."""

    niets_doen: Text | None = None
    bestaande_ruimte: Text | None = None
    lokale_regel: Text | None = None
    landelijke_regel: Text | None = None


class WrittenProposal(Part):
    """The block `voorstel:` of a pattern file. What it says stands; a heading left out stays the computer's."""

    soort: Annotated[str, Word("wijzigingssoorten")]
    niveau: Annotated[str, Word("niveaus")]
    tekst: Text
    waarom_dit_niveau: Text
    door: Line
    datum: Day
    signaal: Text | None = None
    regel: Text | None = None
    te_wijzigen: RuleReference | None = None
    gevolgen: Text | None = None
    ruimte: Text | None = None
    opties: WrittenOptions | None = None
    concepttekst: Draft | None = None
    effecten: tuple[Text, ...] = ()
    tegenargumenten: tuple[Objection, ...] = ()
    veranderingen: Text | None = None


class Step(Part):
    """One step of a proposal on its ladder: when, to whom, and what was answered."""

    stap: Annotated[str, Word("voorstelstappen")]
    datum: Day
    aan: Line | None = None
    antwoord: Text | None = None
    url: Link | None = None


class Milestone(Part):
    """Something that happened on the way to a changed rule, as public sources tell it."""

    wanneer: Line | None = None
    wat: Text
    bronnen: tuple[Link, ...] = ()


class Solution(Part):
    """How the rule under a pattern was changed: since when, by what, and the way to it."""

    per: Day
    wat: Text
    hervorming: Line | None = None
    weg: tuple[Milestone, ...] = ()
