"""The canonical value: from the book to one JSON object. Nothing but the book goes in, so nothing else comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.book import Book, CaseEntry
from generator.evidence import Counts
from generator.exports.model import (
    SCHEMA_VERSION,
    ArticleCase,
    ArticleChange,
    ArticlePart,
    CaseLink,
    CaseMoney,
    Collection,
    Event,
    ExportedArticle,
    ExportedCase,
    ExportedPattern,
    ExportedProposal,
    ExportedScore,
    ExportedSolution,
    LawFacts,
    LevelCount,
    Member,
    MoneySum,
    OutcomeCount,
    PatternEvidence,
    PatternLink,
    RuleUse,
    SharedRule,
    SimilarCase,
    WeighedOption,
    YearCount,
)
from generator.exports.nouns import Nouns
from generator.exports.walk import Tree, labels_of, plain, texts
from generator.grouping import PatternEntry
from generator.grouping import SharedRule as GroupedRule
from generator.lawindex import ArticleEntry
from generator.model import UNKNOWN, RuleReference
from generator.money import MoneyTable, Sum
from generator.proposals import Proposal
from generator.ranking import PARTS
from generator.registry import HistoryLine
from generator.vocabulary import Law, article_link, article_slug
from generator.wording import render_article, render_reason

JCI = "jci1.3:c:"
"""The start of the identifier of a law or article in the juridical link scheme of the Dutch government."""


def canonical(book: Book, site_address: str = "") -> Tree:
    """All that the exports tell. `site_address` ends in a slash; without it addresses are relative to the site."""
    value = unmade(book, site_address)
    return {key: [*part] if isinstance(part, Nouns) else part for key, part in value.items()}


def unmade(book: Book, site_address: str = "") -> Tree:
    """The same, its lists as `Nouns`."""
    scribe = _Scribe(book, site_address, {pattern.id: pattern.name for pattern in book.patterns})
    labels = labels_of(book.vocabulary)
    head = Collection(
        schema_versie=SCHEMA_VERSION,
        adres=site_address or None,
        verantwoording=texts()["zinnen"]["verantwoording"],
        casussen=(),
        patronen=(),
        voorstellen=(),
        artikelen=(),
    )
    articles = [entry for law in book.laws for entry in law.articles]
    return {
        **plain(head, labels),
        "casussen": Nouns(book.cases, scribe.case, scribe.place_of_case, labels),
        "patronen": Nouns(book.patterns, scribe.pattern, scribe.place_of_pattern, labels),
        "voorstellen": Nouns(book.proposals, scribe.proposal, scribe.place_of_proposal, labels),
        "artikelen": Nouns(articles, scribe.article, scribe.place_of_article, labels),
    }


@dataclass(frozen=True)
class _Scribe:
    """Makes the nouns of one book."""

    book: Book
    site: str
    names: Mapping[str, str]

    def place_of_case(self, entry: CaseEntry) -> tuple[str, str]:
        """The id of a noun, and its address; so too of the others."""
        return entry.case.id, f"{self.site}casussen/{entry.case.id}/"

    def place_of_pattern(self, entry: PatternEntry) -> tuple[str, str]:
        return entry.id, f"{self.site}patronen/{entry.id}/"

    def place_of_proposal(self, proposal: Proposal) -> tuple[str, str]:
        return proposal.pattern.id, f"{self.site}voorstellen/{proposal.pattern.id}/"

    def place_of_article(self, entry: ArticleEntry) -> tuple[str, str]:
        return f"{entry.law.id}:{entry.number}", f"{self.site}wetten/{entry.law.id}/{article_slug(entry.number)}/"

    def case(self, entry: CaseEntry) -> ExportedCase:
        return ExportedCase(
            **dict(entry.case),
            adres=self.place_of_case(entry)[1],
            patronen=tuple(self._pattern_link(pattern.id) for pattern in entry.patterns),
            lijkt_op=tuple(
                SimilarCase(
                    casus=CaseLink(id=near.case.id, titel=near.case.titel),
                    sterkte=round(near.strength, 2),
                    redenen=tuple(render_reason(reason, self.book.vocabulary) for reason in near.reasons),
                )
                for near in entry.neighbours
            ),
            geld=_money(entry.money),
        )

    def pattern(self, entry: PatternEntry) -> ExportedPattern:
        proposal = self.book.proposal_by_pattern.get(entry.id)
        return ExportedPattern(
            id=entry.id,
            naam=entry.name or entry.id,
            adres=self.place_of_pattern(entry)[1],
            omschrijving=entry.description,
            status=entry.state,
            geregistreerd=entry.registered,
            sterk=entry.strong,
            opvolger=self._pattern_link(entry.heir) if entry.heir else None,
            soort=entry.kind or None,
            regels=tuple(SharedRule(regel=_reference(rule), casussen=rule.count) for rule in entry.rules),
            leden=tuple(
                Member(
                    casus=self._case_link(member.case),
                    sterkte=round(member.strength, 2),
                    redenen=member.reasons,
                    bevestigd=member.pinned,
                    voorgesteld=member.proposed,
                )
                for member in entry.members
            ),
            bewijs=_evidence(proposal) if proposal else None,
            geschiedenis=tuple(self._event(line) for line in entry.history),
            oplossing=ExportedSolution(**dict(proposal.solution)) if proposal and proposal.solution else None,
            reacties=proposal.answers if proposal else (),
            voorstel=self.place_of_proposal(proposal)[1] if proposal else None,
        )

    def proposal(self, proposal: Proposal) -> ExportedProposal:
        parts = {part: getattr(proposal.score, part) for part in PARTS}
        deciders = {way.niveau: way.wie for way in proposal.kind.niveaus}
        return ExportedProposal(
            id=proposal.pattern.id,
            naam=proposal.pattern.name or proposal.pattern.id,
            adres=self.place_of_proposal(proposal)[1],
            status=proposal.status,
            opgelost=proposal.solved,
            geschreven_door="redacteur" if proposal.written else "computer",
            score=ExportedScore(**parts, totaal=proposal.score.total),
            soort=proposal.kind.id,
            niveau=proposal.level.id,
            niveau_berekend=proposal.computed_level,
            wie_besluit=deciders.get(proposal.level.id, proposal.level.wie),
            opties=tuple(
                WeighedOption(
                    optie=way.name, oordeel=way.verdict, geholpen=self._case_links(way.cases), bekend=way.known
                )
                for way in proposal.options
            ),
            niveaus=tuple(
                LevelCount(
                    niveau=step.level, geholpen=self._case_links(step.cases), bekend=step.known, werkt=step.works
                )
                for step in proposal.steps
            ),
            regels=tuple(
                RuleUse(regel=rule.rule, in_de_weg=rule.blocks, gaf_ruimte=rule.gives) for rule in proposal.rules
            ),
            geschreven=proposal.written,
            stappen=proposal.history,
        )

    def article(self, entry: ArticleEntry) -> ExportedArticle:
        key, address = self.place_of_article(entry)
        return ExportedArticle(
            id=key,
            naam=render_article(key, self.book.vocabulary),
            adres=address,
            wet=_law(entry.law),
            nummer=entry.number,
            jci=f"{JCI}{entry.law.bwb}&artikel={entry.number}" if entry.law.bwb else None,
            link=article_link(entry.law, entry.number),
            onderdelen=tuple(
                ArticlePart(
                    id=part.id,
                    aanduiding=part.aanduiding,
                    rol=part.rol,
                    strekking=part.strekking,
                    sinds=part.sinds,
                    tekst_gelezen=part.tekst_gelezen,
                    nagekeken=part.geverifieerd,
                    soorten=part.knelpuntsoorten,
                    wijzigingen=tuple(
                        ArticleChange(datum=change.datum, wat=change.wat, nagekeken=change.geverifieerd)
                        for change in part.wijzigingen
                    ),
                    opmerking=part.opmerking,
                )
                for part in entry.parts
            ),
            casussen=tuple(
                ArticleCase(casus=CaseLink(id=case.id, titel=case.titel), rol=role if role != UNKNOWN else None)
                for case, role in entry.cases
            ),
            gaf_ruimte=len(entry.gave_room),
            uitkomsten=_outcomes(entry.outcomes),
            in_de_weg=len(entry.in_the_way),
            patronen=tuple(self._pattern_link(pattern) for pattern in entry.patterns),
        )

    def _event(self, line: HistoryLine) -> Event:
        """A case that is no longer shown is counted and not named."""
        return Event(
            datum=line.datum,
            wat=line.wat,
            aantal=len(line.casussen),
            casussen=self._case_links(case for case in line.casussen if case in self.book.case_by_id),
            patronen=tuple(self._pattern_link(number) for number in line.patronen),
        )

    def _case_links(self, cases: Iterable[str]) -> tuple[CaseLink, ...]:
        return tuple(self._case_link(case) for case in cases)

    def _case_link(self, case: str) -> CaseLink:
        return CaseLink(id=case, titel=self.book.case_by_id[case].titel)

    def _pattern_link(self, number: str) -> PatternLink:
        return PatternLink(id=number, naam=self.names.get(number) or number)


def _money(table: MoneyTable | None) -> CaseMoney | None:
    if table is None:
        return None
    return CaseMoney(horizon_maanden=table.horizon, **{name: _sum(total) for name, total in table.totals.items()})


def _sum(total: Sum) -> MoneySum:
    return MoneySum(bekend=total.known, geschat=total.estimated, zonder_bedrag=total.missing)


def _evidence(proposal: Proposal) -> PatternEvidence:
    evidence = proposal.evidence
    regret = dict(evidence.regret)
    return PatternEvidence(
        casussen=len(evidence.real),
        verzonnen=len(evidence.invented),
        gelezen=evidence.read,
        plaatsen=evidence.places,
        jaren=tuple(YearCount(jaar=year, casussen=count) for year, count in evidence.years),
        zonder_periode=evidence.undated,
        uitkomsten=_outcomes(evidence.outcomes),
        spijt=regret.get("ja", 0),
        geen_spijt=regret.get("nee", 0),
        doorlooptijd_bekend=len(evidence.days),
        doorlooptijd_middelste=evidence.middle_days,
        met_bedrag=evidence.priced,
    )


def _outcomes(counts: Counts) -> tuple[OutcomeCount, ...]:
    return tuple(OutcomeCount(uitkomst=word, casussen=count) for word, count in counts)


def _reference(rule: GroupedRule) -> RuleReference:
    if rule.kind == "lokaal":
        return RuleReference(lokaal=rule.value)
    law, _, number = rule.value.partition(":")
    return RuleReference(wet=law, artikel=number or None)


def _law(law: Law) -> LawFacts:
    return LawFacts(
        id=law.id,
        naam=law.label,
        citeertitel=law.citeertitel,
        niveau=law.niveau,
        bwb=law.bwb,
        link=law.link,
        nagekeken="bwb" not in law.niet_geverifieerd,
    )
