r"""Document numbers: passport, identity card, driving licence, residence permit, V-number, after the word for it.

Found:
    Paspoort «NWR12P4K8» was verlopen.
    Zijn V-nummer «2711234567» ontbrak.
    Het rijbewijsnummer van vader is «4123456789».
    ID-kaart nr. «SPECI2014» werd niet aanvaard.
    V-nr.: «271.123.4567» staat op de brief van de IND.
    Het vreemdelingennummer «271 123 4567» klopt niet.
    Verblijfsdocument «IR1234567» loopt af.
    Het paspoort (documentnummer «XB12C34D5») lag bij de advocaat.
    Met «2711234567» als v-nummer kwam hij binnen.
    Onderaan de kopie: «P<NLDVOORBEELD<<TEST<<<<<<<<<<».
Left alone:
    Zijn paspoort verliep in 2021 en kostte 75,80 euro.
    Het rijbewijs B is verplicht voor deze baan.
    De ID-kaart is 10 jaar geldig.
    Zonder verblijfsvergunning kan hij sinds 2019 niets aanvragen.
    Een paspoort is op 12 maart 2021 aangevraagd.
    Formulier 4021 hoort bij de aanvraag van een paspoort.
    Het document SZW-2023-01 verwijst naar de regeling.
    Paspoort 2 van de 3 was kwijt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.finding import Hit, Rule, Weight, WordClue
from generator.privacy.language.clues import DIGIT, holds, with_sign
from generator.privacy.language.values import (
    after_when,
    digit_count,
    is_date,
    is_sum,
    is_years,
    merged,
    spaced_after,
    values_after,
)
from generator.privacy.text import Span, Text

CODE = "PRIV-DOCUMENTNUMMER"

_LABEL = re.compile(
    r"(?<![^\W_])(?:(?:reis|vluchtelingen|vreemdelingen|diplomaten|nood|kinder)?paspoort(?:en|s)?(?:nummers?|nr)?"
    r"|(?:nederlandse )?id(?:entiteits)?[ \-]?(?:kaart|bewijs|document|nummer|nr)(?:en)?(?:nummer|nr)?"
    r"|legitimatie(?:bewijs)?(?:nummer)?|rijbewijs(?:nummer|nr)?|reisdocument(?:nummer)?"
    r"|verblijfs?(?:document|vergunning|pas|kaart)(?:nummer)?"
    r"|vreemdelingen ?-?(?:pas|nummer|document|nr)(?:nummer)?|w-?document|v[ .\-]{0,2}(?:nummer|nr|num|no)(?![a-z])"
    r"|ind[ \-]?(?:nummer|nr|dossier)(?:nummer)?|document ?-?(?:nummer|nr)|akte ?-?(?:nummer|nr)|geboorteakte"
    r"|visum(?:nummer)?|pasp\.? ?(?:nr|nummer)|rijb\.? ?(?:nr|nummer)|id\.? ?(?:nr|nummer)"
    r"|coa[ \-]?(?:nummer|nr)|crv[ \-]?(?:nummer|nr)?|asielzoekers?nummer|zeemansboek(?:je)?|inburgeringsnummer"
    r"|naturalisatiedossier"
    r"|(?:kopie |scan )(?:id|paspoort|rijbewijs))(?![^\W_])"
)
_PIECES = tuple(
    """
    paspoort kaart bewijs document nummer nr legitimatie verblijf vreemdeling dossier akte visum pasp rijb crv
    zeemansboek kopie scan
    """.split()
)
"""Pieces of these labels, but for «v.no» and «v-num»."""
_LABEL_CLUE = WordClue(
    lambda word: any(piece in word.lower for piece in _PIECES) or not {"v", "vno", "vnum"}.isdisjoint(word.parts)
)
_may_label = holds(_LABEL_CLUE)
_NEAR = re.compile(r"[^\n]{0,60}?(?<![\w\-])(?P<value>(?=[A-Z\d]{0,8}\d[A-Z\d]{0,7}\d)[A-NP-Z][A-Z\d]{6,8})(?![\w\-])")
_BEFORE = re.compile(
    r"(?<![\w.,/\-])(?P<value>[A-Z]{0,3}\d[A-Z\d. ]{5,12}[A-Z\d])"
    r"(?: ?\(| als | is (?:het|haar|zijn|hun|mijn) )(?:het |haar |zijn |hun )?$"
)
_MACHINE = re.compile(r"(?<!\w)[PIAC][A-Z<][A-Z]{3}[A-Z\d<]{4,40}<[A-Z\d<]{1,60}")


def find(text: Text) -> Iterator[Hit]:
    """Every number of a document that says who somebody is."""
    for span in merged(_spans(text)):
        yield span, Weight.HARD


def _spans(text: Text) -> Iterator[Span]:
    plain = text.plain
    if "<" in plain:
        yield from (match.span() for match in _MACHINE.finditer(plain))
    if not text.has_digit or not any(map(_may_label, text.written)):
        return
    for label in _LABEL.finditer(text.lower):
        yield from spaced_after(plain, label.end())
        named = any(word in label.group() for word in ("nummer", "nr", "num", "no"))
        for span in values_after(plain, label.end()):
            if _is_number(plain, span, named):
                yield span
        near = _NEAR.match(plain, label.end())
        if near is not None:
            yield near.span("value")
        before = _BEFORE.search(plain, max(0, label.start() - 40), label.start())
        if before is not None and not is_date(plain, before.span("value")):
            yield before.span("value")


def _is_number(plain: str, span: Span, named: bool) -> bool:
    """Long enough, and no date, sum or year."""
    value = plain[slice(*span)]
    digits = digit_count(value)
    if is_sum(plain, span) or is_date(plain, span) or is_years(plain, span):
        return False
    least = 4 if named else 5
    mixed = digits >= 3 and len(value) >= 7 and any(character.isalpha() for character in value)
    return (digits >= least or mixed) and not (digits < 7 and not mixed and after_when(plain, span[0]))


RULE = Rule(CODE, find, ((DIGIT, _LABEL_CLUE), (with_sign("<"),)))
