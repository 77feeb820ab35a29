r"""E-mail addresses, also with the at sign and the dots in words; the mailbox of a role or a team is only a warning.

Found:
    Mail naar «f.elkhatib@gmail.com» bleef onbeantwoord.
    Haar adres is «fatima [at] voorbeeld [punt] nl».
    Schrijf aan «jan punt jansen apenstaartje hotmail punt com» voor de stukken.
    Contact loopt via «s.devries(at)voorbeeld.nl».
    Zijn adres, «kees_71 @ ziggo . nl», werkt niet meer.
    Stuur het naar «sanne84 apenstaart gmail» graag.
    Ze mailt vanaf «noor at outlook dot com» met het wijkteam.
    Het oude adres was «p.smit_at_kpnmail.nl» bij de gemeente.
    Vragen kunnen naar ‹info@voorbeeldgemeente.nl› of ‹wijkteam-noord@voorbeeld.example›.
    Ze schrijft als «noor.k gmail.com» en «noor.katgmail.com».
    De helft van de post ging naar «info.karin@live.nl» toe.
Left alone:
    Het project Taal@Work begeleidt jongeren.
    Op Instagram heet de pagina @wijkkrant.
    De Voedselbank staat op www.voedselbank.example.
    Hij at brood. Punt.
    Zie onder (a) rijksoverheid.nl of https://voorbeeld.nl/a/index.html voor uitleg.
    Leren kan ook met School@home of via gmail.com op een tablet.
    Zij at elke dag in het buurthuis punt uit.
    Een apenstaartje in een naam is niet toegestaan.
    De cursus Werk @ Zuid begint in mei.
    Het gezin at bij de buren. De kinderen ook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.finding import Hit, Rule, Weight
from generator.privacy.language.clues import with_part, with_piece, with_sign
from generator.privacy.text import Span, Text

CODE = "PRIV-EMAIL"

_STRONG = (
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|ziggo|kpn|kpnmail|kpnplanet|hetnet|casema"
    r"|chello|upcmail"
    r"|quicknet|xs4all|tele2|telfort|solcon|zonnet|wanadoo|freeler|caiway|versatel|onsbrabantnet|zeelandnet"
    r"|proton|protonmail|gmx"
    r"|aol|tutanota|telenet|skynet|interia|onet|yandex)"
)
_PROVIDER = rf"(?:{_STRONG}|planet|home|online|me|mac|pm|web|zoho|mail|email|wp|o2|mynet|duck|delta)"
_TLD = (
    r"(?:com|nl|net|org|eu|be|de|fr|pl|tr|ma|uk|co|info|nu|me|io|online|example|test|invalid|email|mail|amsterdam"
    r"|frl|ro|bg|es|it"
    r"|ru|ch|at|se|dk|biz|site|app|dev|gov|edu|tv|cc)(?!\w)"
)
_LEFT, _RIGHT = r" ?[\[({<]{1,2} ?", r" ?[\])}>]{1,2} ?"
_DOT = rf"(?: ?\. ?| (?:punt|dot|stip) |{_LEFT}(?:punt|dot|stip|\.){_RIGHT}|[_\-](?:punt|dot)[_\-])"
_AT = re.compile(
    r" ?(?P<sign>@) ?"
    rf"|(?P<word>(?:{_LEFT}| |(?<=\w)-)(?:aap?enstaartje|ape?n?staart(?:je)?|aapje|a-staartje|at-teken)"
    rf"(?:{_RIGHT}| |-(?=\w)))"
    rf"|(?P<bracket>{_LEFT}(?:at|@){_RIGHT}|(?<=\w)[(\[]a[)\]](?=\w))"
    rf"|(?P<bare> at | ?[_\-] ?at ?[_\-] ?|{_LEFT}a{_RIGHT}(?={_STRONG})|(?<=\w)at(?={_STRONG}\.)"
    rf"| bij (?={_STRONG}(?: punt | dot |\.)))"
)
_LOCAL = re.compile(
    r"(?<![\w.+%\-])[\w+%\-][\w.+%\-]{0,63}+(?:(?: (?:punt|dot|streepje|liggend streepje|underscore|laag streepje"
    r"|plus) "
    rf"|{_LEFT}(?:punt|dot|underscore|\.){_RIGHT}|[_\-](?:punt|dot)[_\-])[\w+%\-][\w.+%\-]{{0,40}}+){{0,5}}+$"
)
_SIMPLE = re.compile(r"(?<![\w.+%\-])[\w+%\-][\w.+%'\-]{0,63}+$")
_DOMAIN = re.compile(
    r"[\w\-]{1,60}(?:\.[\w\-]{1,60}){0,4}\.[^\W\d_]{2,24}(?!\w)"
    rf"|[\w\-]{{1,40}}?(?:{_DOT}[\w\-]{{1,40}}?){{0,2}}{_DOT}{_TLD}"
)
_KNOWN = re.compile(rf"{_STRONG}(?!\w)")
_SURE = re.compile(
    rf"(?:[\w\-]{{2,40}}?(?: (?:punt|dot) |{_LEFT}(?:punt|dot){_RIGHT}|[_\-](?:punt|dot)[_\-]|\.)){{1,3}}{_TLD}"
    rf"|{_STRONG}(?!\w)"
)
_WORD = re.compile(r"[\w\-]{3,40}(?![\w@])")
_CUE = re.compile(r"mail(?:en|t|de|adres)?\b")
_NO_SIGN = re.compile(
    rf"(?<![\w.@/])(?!www\.|mail\.|login\.)[\w+\-]{{1,40}}(?:[._][\w+\-]{{1,40}}){{1,3}}[ .]{_STRONG}\.(?:com|nl)(?!\w)"
)
_ROLE = re.compile(
    r"(?:info|informatie|contact|post|postbus|mail|balie|receptie|secretariaat|administratie|klantenservice"
    r"|klantcontact|service"
    r"|helpdesk|support|redactie|pers|communicatie|privacy|fg|no-?reply|webmaster|bezwaar|bezwaren|klachten"
    r"|meldpunt|aanmeld\w*|inschrijv\w*"
    r"|wmo|jeugd|werk|inkomen|zorg|schulden|hallo|vragen|bestuur|bureau|directie|griffie|gemeente\w*"
    r"|stadhuis|loket[\w\-]*|wijkteam[\w\-]*"
    r"|buurtteam[\w\-]*|sociaal[\w\-]*|jeugdteam[\w\-]*|team[\w\-]*|schuldhulp\w*|toegang\w*|participatie\w*)"
)
_MAYBE = re.compile(
    r"@|\bat\b|\bbij (?:gmail|hotmail|outlook|live|ziggo|kpn|icloud|yahoo)"
    r"|[_\-]at[_\-]|staart|\(a\)|\[a\]|aapje|\Bat(?:gmail|hotm|outl|live|ziggo|icloud|kpnm|yahoo)"
)
_MAYBE_NO_SIGN = re.compile(r"(?:gmail|hotmail|outlook|live|icloud|ziggo|kpnmail|yahoo|hetnet|planet|telfort)\.")
_PROVIDERS = tuple("gmail hotmail outlook live ziggo icloud yahoo".split())
_PRIVATE = re.compile(rf"{_PROVIDER}\W")


def find(text: Text) -> Iterator[Hit]:
    """Every e-mail address."""
    yield from sorted({*_with_sign(text.lower), *_without_sign(text.lower)})


def _with_sign(lower: str) -> Iterator[Hit]:
    last = 0
    if _MAYBE.search(lower) is not None:
        for match in _AT.finditer(lower):
            span = _address(lower, match)
            if span is not None and span[0] >= last:
                last = span[1]
                yield span, _weight(lower, match, span)


def _without_sign(lower: str) -> Iterator[Hit]:
    if _MAYBE_NO_SIGN.search(lower) is not None:
        for match in _NO_SIGN.finditer(lower):
            yield match.span(), Weight.HARD


def _address(lower: str, sign: re.Match[str]) -> Span | None:
    """The address around an at sign or the word for it."""
    domain = _domain(lower, sign)
    if domain is None:
        return None
    reach = max(0, sign.start() - 160)
    pattern = _SIMPLE if sign["sign"] and not _spelled(lower, sign.start()) else _LOCAL
    local = pattern.search(lower[reach : sign.start()])
    if local is None or not any(character.isalnum() for character in local.group()):
        return None
    return reach + local.start(), domain.end()


def _spelled(lower: str, place: int) -> bool:
    """A dot or a stroke in words stands shortly before."""
    return any(word in lower[max(0, place - 90) : place] for word in ("punt", "dot", "streepje", "underscore"))


def _domain(lower: str, sign: re.Match[str]) -> re.Match[str] | None:
    """What stands after the sign, if a mailbox can be kept there."""
    place = sign.end()
    if sign["bare"]:
        return _SURE.match(lower, place)
    found = _DOMAIN.match(lower, place) or _KNOWN.match(lower, place)
    if found is None and sign["sign"] and _CUE.search(lower, max(0, sign.start() - 60), sign.start()):
        return _WORD.match(lower, place)
    return found


def _weight(lower: str, sign: re.Match[str], span: Span) -> Weight:
    """A role's mailbox weighs less, unless it is kept at a provider for private people."""
    local = lower[span[0] : sign.start()].strip()
    private = _PRIVATE.match(lower[sign.end() : span[1]] + " ")
    return Weight.WARNING if _ROLE.fullmatch(local) and not private else Weight.HARD


RULE = Rule(
    CODE,
    find,
    (
        (with_sign("@", "(a)", "[a]", "(A)", "[A]"),),
        (with_part("at".__eq__),),
        (with_piece(*"staart aapje athotm atoutl kpn hetnet planet telfort".split(), *_PROVIDERS),),
    ),
)
