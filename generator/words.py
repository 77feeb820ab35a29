"""Dutch text to words and letter groups. Pure: the same text always gives the same words."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[a-z0-9]+")
LETTERS = re.compile(r"[a-zà-ÿ]+(?:-[a-zà-ÿ]+)*")

FUNCTION_WORDS = frozenset(
    """
    de het een en van in op te dat die is was aan met voor er ook maar om als dan naar bij uit door over tot niet geen
    wel al nog zo nu toch dus zich ze zij hij haar hem zijn hun hen je u wij we ik mijn jouw uw ons onze dit deze daar
    hier waar wie wat welke welk hoe waarom wanneer terwijl want omdat doordat zodat hoewel toen totdat voordat nadat
    sinds tegen zonder binnen buiten tussen onder boven achter naast rond tijdens volgens vanuit vanaf per heeft hebben
    had hadden gehad wordt worden werd werden geworden waren geweest kan kunnen kon konden moet moeten moest moesten mag
    mogen mocht mochten zal zullen zou zouden wil willen wilde wilden gaat gaan ging gingen gegaan komt komen kwam
    kwamen gekomen krijgt krijgen kreeg kregen gekregen doet doen deed deden gedaan laat laten liet staat staan stond
    zit zitten zat maakt maken maakte gemaakt blijft blijven bleef gebleven geeft geven gaf gegeven meer minder veel
    weinig alle alles iets niets iemand niemand ieder iedere elk elke ander andere anders zelf eigen eerst daarna
    vervolgens alsnog weer meteen steeds vaak soms altijd nooit alleen samen heel erg zeer even pas juist precies
    ongeveer bijna zelfs twee drie vier vijf eerste tweede jaar jaren maand maanden week weken dag dagen tijd daardoor
    daarmee daarvoor daarvan daarop daarom daarbij waardoor waarmee waarvoor waarin waarbij waarop erop ervan ervoor
    erin ermee eruit hierdoor vrouw man
    """.split()
)
"""Words that say nothing about a rule: small words, auxiliaries, numbers, and whether it was a man or a woman."""


def words(text: str) -> list[str]:
    """The words of `text` in order, without function words and words of one or two letters."""
    return [word for word in LETTERS.findall(text.lower()) if len(word) > 2 and word not in FUNCTION_WORDS]


def letter_groups(word: str, shortest: int = 4, longest: int = 6) -> list[str]:
    """Letter groups inside one word, its borders as spaces: 'leerlingenvervoer' shares groups with 'vervoer'."""
    padded = f" {word} "
    return [
        padded[start : start + size] for size in range(shortest, longest + 1) for start in range(len(padded) - size + 1)
    ]


def folded_name(text: str) -> str:
    """A name without the difference between capitals and small letters, and between one space and more."""
    return " ".join(text.casefold().split())


def folded_words(text: str) -> tuple[str, ...]:
    """All words in lower case without accents; a hyphen counts as a space."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode("ascii")
    return tuple(WORD.findall(plain))
