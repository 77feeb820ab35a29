"""Ages inside a sentence: «moeder van 37», «zij is 29», «toen hij 16 was», «met zeventien ging hij uit huis»."""

from __future__ import annotations

from generator.privacy.language.ages import Age, Around, durable
from generator.privacy.language.context import (
    ADULTS,
    FOLLOWERS,
    MODALS,
    PERSONS,
    SUBJECTS,
    has_household,
    is_people,
    is_person,
    is_rule,
)

_ADVERBS = frozenset(
    """
    nu net pas al inmiddels dan nog maar bijna ook destijds toen binnenkort morgen vandaag zelf precies intussen
    ondertussen alweer slechts amper zojuist vorige vorig afgelopen laatst onlangs gisteren eindelijk ruim krap
    hooguit respectievelijk resp volgende
    volgend komende komend dit deze maand week jaar in mei juni juli januari februari maart april augustus september
    oktober november december zomer najaar voorjaar herfst winter over weken maanden weer immers namelijk zaterdag
    zondag ongeveer circa plusminus rond nauwelijks geworden een twee drie paar dagen op dat moment
    """.split()
)
FILLERS = frozenset("net nog pas bijna inmiddels toen nu amper ruim destijds respectievelijk resp krap circa .".split())
"""May stand between «van» or a bracket and the age."""
_ONE = frozenset("is was werd wordt ben word bent".split())
_MANY = frozenset("zijn waren werden worden".split())
_OWNERS = frozenset("haar de hun mijn ons onze".split())
_NOBODY = frozenset("het er dat dit je jij wie iedereen men u".split())
_GROUPS = frozenset(
    "kinderen jongeren jongens meisjes ouders pubers tieners peuters kleuters baby's ouderen mensen".split()
)
_OWN = frozenset("haar zijn hun mijn onze de twee drie vier vijf zes beide hebben heeft met diens".split())
_ANYBODY = frozenset(
    "kind jongere persoon leerling student werknemer tiener scholier baby peuter kleuter inwoner".split()
)
_CONJUNCTIONS = frozenset("toen omdat nu als zodra wanneer voordat nadat totdat terwijl dat hoewel want sinds".split())

BEFORE_AGES = (
    _ADVERBS | FILLERS | _ONE | _MANY | SUBJECTS | _OWNERS | frozenset("van met op leeftijd leeftijden m v die".split())
)
"""Words directly before a bare age."""


def ends(around: Around) -> bool:
    """Nothing follows that could be counted: the sentence halts or goes on with a small word."""
    return not around.right or not around.next(0)[0].isalnum() or around.next(0) in FOLLOWERS


def is_phrase(row: tuple[Age, ...], around: Around) -> bool:
    """Whether the sentence says of somebody that this is the age."""
    return (
        _after_van(row, around)
        or _after_copula(row, around)
        or _before_copula(around, row[-1].unit)
        or _with_age(row, around)
    )


def _after_van(row: tuple[Age, ...], around: Around) -> bool:
    """«Moeder van 37», «kinderen van 3, 5 en 9», «vrouw uit Zwolle van 60», «Ali van 9»."""
    left, unit, alone = around.left, row[-1].unit, len(row) == 1
    place = next((index for index, word in enumerate(left) if word not in FILLERS), len(left))
    if around.near(place) != "van":
        return False
    place += 2 if around.near(place + 1) == "," else 1
    word, before = around.near(place), around.near(place + 1)
    if not (is_person(word) or is_people(word) or word in _GROUPS):
        return around.is_name(place) and _is_named(around, place, unit)
    if alone and not unit and row[0].value < 14 and word in ADULTS | {"ouders"}:
        return False
    if (unit and around.next(0) == "geleden") or (word in _GROUPS and around.next(0) in MODALS):
        return False
    if alone and word in _GROUPS and before not in _OWN and not before.isdigit():
        return False
    if before == "een" and around.next(0) in MODALS | {"is"} and not has_household(around.after):
        return around.next(0) == "is" and not {"leerplichtig", "volgens", "wettelijk"} & set(around.right)
    return not (word in _ANYBODY and is_rule(around.sentence) and "een" in left[place + 1 : place + 3])


def _is_named(around: Around, place: int, unit: str) -> bool:
    """A name before «van»: of somebody, or of the place that somebody comes from; not «Woonduureis van vier jaar»."""
    if any(is_person(other) for other in around.left[place + 1 : place + 4]):
        return True
    opens = around.near(place + 1) in {"", ":"}
    return (
        around.near(place + 1) not in {"wet", "besluit", "in", "regeling", "bij", "de", "het"}
        and (bool(unit) or ends(around))
        and not (opens and (durable(around.near(place)) or around.near(0) == "een"))
    )


def _after_copula(row: tuple[Age, ...], around: Around) -> bool:
    """«Zij is nu 29», «in mei wordt hij 18», «de kinderen zijn 4 en 7»."""
    place = _copula(around)
    if place is None:
        return False
    many, unit = around.left[place] in _MANY, row[-1].unit
    inner, outer = around.left[:place], around.left[place + 1 : place + 7]
    first = next((word for word in (*inner, *outer) if word not in _ADVERBS or word in SUBJECTS), "")
    if inner[:2] == ("de", "in") or first in _NOBODY or {"wie", "iedereen", "er"} & set(outer[:3]):
        return False
    near = (*inner, *outer[:4])
    found = [word for word in near if is_person(word) or word in SUBJECTS or (many and is_people(word))]
    if not found and not (outer and around.is_name(place + 1)):
        return around.left[place] == "wordt" and ends(around) and has_household(around.sentence) and row[0].value >= 10
    if many and len(row) == 1 and unit not in {"jaar", "jr", "maanden"}:
        return False
    if ("al" in inner and unit and around.next(0) != "oud") or ("een" in outer[:3] and is_rule(around.sentence)):
        return False
    if unit in {"jaar", "jr"}:
        return not around.is_duration
    if not unit:
        return ends(around)
    return around.next(0) in {"", "oud", ",", ".", ";", "en", "toen", "als"} and bool(PERSONS & set(found))


def _copula(around: Around) -> int | None:
    """How far back «is», «wordt» or «zijn» stands, if only adverbs and its subject come after it."""
    for place, word in enumerate(around.left[:7]):
        if word in _ONE or word in _MANY:
            return place
        known = word in _ADVERBS or word in SUBJECTS or word in _OWNERS or is_person(word) or is_people(word)
        if not (known or around.is_name(place) or word.isdigit()):
            return None
    return None


def _before_copula(around: Around, unit: str) -> bool:
    """«Toen zij 16 was», «haar zoon die 12 is», «nu hij 18 is geworden», «net 18 geworden»."""
    verb = around.next(0)
    if verb not in _ONE | {"geworden"} or around.near(0) == "er" or unit not in {"", "jaar", "jr"}:
        return False
    places = [place for place, word in enumerate(around.left[:8]) if word not in _ADVERBS]
    words = [around.left[place] for place in places]
    if not words or words[0] in _NOBODY:
        return not words and around.near(0) in {"net", "pas", "inmiddels"}
    if words[0] == "die":
        return len(words) > 1 and is_person(words[1]) and "een" not in words[2:4]
    if is_person(words[0]) and words[1:2] == ["een"]:
        return verb != "wordt" and not is_rule(around.sentence)
    if verb == "geworden":
        return has_household(around.sentence) or around.near(0) in {"net", "pas"}
    named = around.is_name(places[0]) and words[1:2] != [] and words[1] in _CONJUNCTIONS
    return words[0] in SUBJECTS or is_person(words[0]) or named


def _with_age(row: tuple[Age, ...], around: Around) -> bool:
    """«Met zeventien ging hij uit huis», «met haar 82 jaar»."""
    if around.left[:2] in {("haar", "met"), ("zijn", "met")} and row[0].unit == "jaar":
        return True
    opens = len(around.left) == 1 and around.near(0) in {"met", "op"}
    acts = around.next(1) in {"hij", "zij", "ze"} and around.next(0).isalpha()
    return opens and acts and len(row) == 1 and row[0].unit in {"", "jaar"}
