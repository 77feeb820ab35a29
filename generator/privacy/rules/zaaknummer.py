r"""Case numbers: what is given after «dossier», «cliëntnummer» and the like, and the numbers of courts.

Found:
    Zie zaaknummer «Z-2023-004512» voor de beschikking.
    Cliëntnummer «448812» is overgedragen aan het wijkteam.
    Dossier «2021/1187» is gesloten.
    Uw kenmerk: «BZ/21/33411».
    De boete met CJIB-nummer «1234 5678 9012 3456» werd verhoogd.
    Het verzoek kreeg nummer «C/13/678901 / FA RK 21-1234».
    Het klantnr. van de moeder is «0098811».
    Parketnummer «13/123456-21» is geseponeerd.
    De rechtbank, zaak «AWB 21/1234», gaf hem gelijk.
    Bekend onder «Z23-004512» bij de gemeente.
    De polis #«887766» liep door; debiteurennummers «10234» en «10235» niet.
    Hij staat met «448812» als cliëntnummer in het systeem.
Left alone:
    Formulier 4021 wordt gebruikt voor de aanvraag.
    De Centrale Raad oordeelde hierover in ECLI:NL:CRVB:2018:819.
    Kamerstukken II 2013/14, 33 841, nr. 3 licht dit toe.
    Het besluit (Stcrt. 2019, nr. 70012) wijzigde de normen.
    Route 3 van de werkwijze is de doorbraakroute.
    Het dossier 2021 is dik; de zaak liep van 2019-2021.
    De aanvraag van 12 maart 2021 kostte 1250 euro.
    Er waren 120 dossiers en 1400 klanten in 2022.
    Het Hof van Justitie, zaak C-413/23, besliste anders.
    Verordening (EU) nr. 2016/679 beschermt persoonsgegevens.
    De factuur van 312,45 euro bleef liggen; de klant betaalde 12 keer.
    De code SZW-2023-01 verwijst naar de regeling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.finding import Hit, Rule, Weight, WordClue
from generator.privacy.language.clues import DIGIT, RUN, every, holds, with_digits, with_piece
from generator.privacy.language.numbers import spelled_runs
from generator.privacy.language.values import (
    YEAR,
    after_when,
    digit_count,
    is_date,
    is_sum,
    is_years,
    merged,
    values_after,
)
from generator.privacy.text import Span, Text

CODE = "PRIV-ZAAKNUMMER"

_STEMS = "|".join(
    """aanslag aanvraag beschikking abonnee abonnements acceptgiro account aangifte aansluit beroeps
        beschikkings bestel betalings bewind bewoners bezwaar bkr bm boete bon budgethouder burger burgerzaken
        bvh case casus cjib claim client cliënt contract correspondentie crediteuren debiteuren debiteur
        declaratie deelnemers deelnemer detentie deurwaarders dossier ean factuur gebruikers gezins ggz
        huurcontract huurders huurder incasso incident indicatie insolventie inschrijvings inschrijf intake
        inwoners inwoner kaart kadaster kandidaat kenmerk klant kredietbank leden leerlingen leerling
        lidmaatschaps lid machtigings medewerkers meldings melding meter onderwijs order ov-chipkaart parket pas
        patiënten patiënt patient persoons personeels personeel pgb polis proces-verbaal pv referentie
        registratie rekest relatie rol schade schuldenaars sia skn stadsbank stadspas stam studenten student
        ticket toeslag toewijzings traject uitkerings uitkering verzekerden verzekerde verzekerings volmacht
        vonnis werknemers wmo woningzoekenden wsnp zaak zorgkantoor zorgtoewijzings zorg""".split()
)
_BARE = "|".join(
    """aangifte aanslag beschikking case cjib client cliënt contract dossier factuur kenmerk melding parket
        patiënt polis procedure proces-verbaal pv referentie ref rekest rolnr ticket zaak
        (?:betalings|machtigings|zaaks?|dossier)-?kenmerk""".split()
)
_WEAK = (
    "(?:[a-zë]{2,14}-)?(?:aanvraag|registratie|boete|indicatie|toewijzing|bezwaar|order|intake|besluit|schade|claim)"
)
_STEM = re.compile(f"{_STEMS}|{_BARE}|{_WEAK}|ref")
_NUMBER = r"(?:[ \-]?(?:/ ?rol)?(?:nummers?|nrs?|num|no|id|ids|code)(?![^\W\d_])\.?|[ ]?#)"
_LABEL = re.compile(
    rf"(?<![^\W_])(?:(?:[a-zë]{{2,14}}-?)?(?:{_STEMS})-?(?P<number>{_NUMBER})"
    rf"|(?:[a-zë]{{2,14}}-?)?(?:{_BARE})(?![^\W_])|(?P<weak>{_WEAK})(?![^\W_])|(?:(?:uw|onze) ref\.?)(?![^\W_]))"
)
_STEM_CLUE = WordClue(lambda word: _STEM.search(word.lower))
_may_label = holds(_STEM_CLUE)
_ANY_NUMBER = re.compile(r"(?<![^\W_])(?P<kind>[a-zë\-]{0,24}?)(?:nummers?|nr)(?![^\W_])\.?")
_OTHER = re.compile(
    "|".join(
        """telefo mobiel huis rekening giro bank burgerservice sofi artikel kamerstuk formulier pagina blad
            versie rang route lijn bus nood alarm meld service isbn issn kvk post antwoord thema jaargang kamer
            woning appartement perron project publicatie product wet btw rsin vestigings document paspoort ^v-
            vreemdelingen bsn fax 06 tel volg perceel lot agb big doos kaft stap""".split()
    )
)
_LAW = re.compile(
    r"\b(?:stb|stcrt|trb|kamerst|handelingen|verordening|richtlijn|pbeu|pb l|ecli|ljn|wetsvoorstel|evrm|ehrm|hvj"
    r"|artikel|besluit|cao"
    r"|nen|iso|regeling|formulier|tweede kamer|staatsblad|staatscourant|nieuwsbrief|factsheet|jaargang|zie nr)\w*"
)
_COURT = "AWB|BRE|ROT|AMS|SGR|NHO|HAA|UTR|LEE|GRO|ZWO|ARN|ALK|DOR|MID|SHE|ROE|MAA|ALM|OBR|GEL|LIM|ZWB|NNE|MNE|OVE"
_ROLL = r"(?:[A-Z]{2,4} (?:[A-Z]{1,4} )?\d{2}[\-/ ]\d{1,6})"
_COURTS = re.compile(
    r"(?<![\w/])(?:"
    rf"[CF]/\d{{2}}/\d{{5,6}}(?: ?[/,|] ?{_ROLL})?"
    r"|(?:\d{6,8} (?:[/\\] )?)?(?:FA|JE|KG|HA|FT|EJ|CV|VV|BM|EB|OV|HR|RK|PR|AZ) (?:RK|ZA|VERZ|EXPL|EA|VZ|BM|BEW"
    r"|MB|CB|TOEZ) \d{2}[\-/ ]\d{1,6}"
    r"|\d{2}[/.\-]\d{6}[\-/.]\d{2}(?!\d)"
    r"|[FRS]\.\d{2}/\d{2}/\d{1,4}"
    r"|200[.]\d{3}[.]\d{3}/\d{2}"
    rf"|(?:{_COURT}) \d{{2}}/\d{{2,6}}"
    r"(?: [A-Z]{2,5}\d{0,2}(?![a-z]))?"
    r"|Z[\-/. ]?\d{2,4}[\-/.]\d{3,}(?:[\-/]\d+)*+"
    r")(?![\w/]|-\d)"
)
_LEAST_ALONE = 10
_CAPITAL = re.compile(r"\d(?:(?<=[A-Z]\d)|(?<=[A-Z][/.\- ]\d))\d")
_SIXTEEN = re.compile(r"(?<![\w.\-/=])\d{4}(?P<sep>[ .\-]?)\d{4}(?P=sep)\d{4}(?P=sep)\d{4}(?![\w\-]|[. ]\d)")
_SERVICE = re.compile(r"14 ?0\d{2,3}")
"""Public numbers of municipalities."""
_PARLIAMENT = re.compile(r"(?:Tweede|Eerste) Kamer")
_EUROPEAN = re.compile(r"[CT][\-‑]\d{1,4}/\d{2}(?!\d)")
_STRASBOURG = re.compile(r"EHRM|EVRM|Straatsburg|Europees Hof|Hof van Justitie|HvJ|ECHR")
_VALUE_BEFORE = re.compile(
    r"(?<![\w.,/\-])(?P<value>(?=[A-Za-z\-/.]{0,8}\d)[\w./\-]{4,24})"
    r"(?: ?\(| als | is (?:het|haar|zijn|hun|een|mijn) )(?:het |haar |zijn |hun )?$"
)
_MIXED = re.compile(r"[A-Za-z]|\d[/\-.]\d")


def find(text: Text) -> Iterator[Hit]:
    """Every number under which somebody is known to an organisation or a court."""
    for span in merged(_spans(text)):
        yield span, Weight.HARD


def _spans(text: Text) -> Iterator[Span]:
    plain, lower = text.plain, text.lower
    if _may_be_of_court(text):
        yield from _of_court(plain)
    may_label = (text.has_digit or "nummer" in lower) and any(map(_may_label, text.written))
    labels = list(_LABEL.finditer(lower)) if may_label else []
    for label in labels:
        for span in values_after(plain, label.end()):
            if _is_number(plain, span, label["number"]) and not (label["weak"] and _is_plain(plain[slice(*span)])):
                yield span
        before = _VALUE_BEFORE.search(plain, max(0, label.start() - 45), label.start()) if label["number"] else None
        if before is not None and digit_count(before["value"]) > 3 and not is_date(plain, before.span("value")):
            yield before.span("value")
    ends = [label.end() for label in labels]
    for run in spelled_runs(lower) if ends else ():
        if run.words > 3 and any(0 <= run.start - end < 20 for end in ends):
            yield run.start, run.end
    for label in _ANY_NUMBER.finditer(lower) if "nummer" in lower or "nr" in lower else ():
        if _OTHER.search(label["kind"]) or _LAW.search(lower, max(0, label.start() - 70), label.start()):
            continue
        for span in values_after(plain, label.end()):
            if digit_count(plain[slice(*span)]) > 4 and _is_number(plain, span, None):
                yield span


def _of_court(plain: str) -> Iterator[Span]:
    """Numbers that need no word beside them."""
    yield from (match.span() for match in _COURTS.finditer(plain) if not is_date(plain, match.span()))
    for match in _SIXTEEN.finditer(plain):
        if not re.fullmatch(rf"(?:{YEAR}\D?)+", match.group()):
            yield match.span()


def _may_be_of_court(text: Text) -> bool:
    """Whether a capital stands before two digits, or there are as many digits as a number without letters has."""
    return text.figures >= _LEAST_ALONE or _CAPITAL.search(text.plain) is not None


def _is_plain(value: str) -> bool:
    """No letters, or no number but a year, as in «aanvraag WMO-2015»."""
    digits = "".join(character for character in value if character.isdigit())
    return value[0].isdigit() or len(digits) < 4 or re.fullmatch(YEAR, digits) is not None


def _is_number(plain: str, span: Span, number: str | None) -> bool:
    """Long enough, and no date, sum, year or European case."""
    value = plain[slice(*span)]
    digits = digit_count(value)
    if _SERVICE.fullmatch(value) or _PARLIAMENT.search(plain, span[1], span[1] + 80):
        return False
    strasbourg = _STRASBOURG.search(plain, max(0, span[0] - 60), span[1] + 40) is not None
    if strasbourg or is_sum(plain, span) or _EUROPEAN.match(value) or value.startswith(("ECLI", "LJN")):
        return False
    if number is not None:
        return digits >= (2 if "nummer" in number else 3) and not (digits < 5 and after_when(plain, span[0]))
    if is_years(plain, span) or is_date(plain, span) or (after_when(plain, span[0]) and not _MIXED.search(value)):
        return False
    return digits >= 4 or (digits >= 3 and _MIXED.search(value) is not None)


RULE = Rule(
    CODE,
    find,
    (
        (with_digits(_may_be_of_court),),
        (DIGIT, with_piece("nummer", "nr")),
        (DIGIT, _STEM_CLUE),
        *every(RUN, with_piece("nummer")),
    ),
)
