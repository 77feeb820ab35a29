"""The finders that are measured: the gate of this project, and deduce. Each is a module with one function `load`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True)
class Found:
    """A stretch of a text that a finder reports."""

    start: int
    end: int
    label: str
    """The finder's own name for it: the code of a problem, or a tag."""
    blocks: bool
    """More than a warning."""


Find = Callable[[str], tuple[Found, ...]]


@dataclass(frozen=True)
class Finder:
    """A way to find personal data, by the name of its module."""

    name: str
    package: str
    """What must be installed."""
    warns: bool
    """Whether it has findings that are only a warning."""
    kinds: Mapping[str, frozenset[str]] = field(repr=False)
    """Label → the kinds of the labelled sentences that it stands for."""

    @property
    def installed(self) -> bool:
        """Whether it can be measured here."""
        return find_spec(self.package) is not None

    def kinds_of(self, label: str) -> frozenset[str]:
        """The kinds that a label stands for; none if it only says that something is odd."""
        return self.kinds.get(label.removesuffix("-ZWAK"), frozenset())


def load_finder(name: str, scratch: Path) -> Find:
    """Import the finder and read its lists; what it must keep for a next process goes into `scratch`."""
    find: Find = import_module(f"benchmarks.privacy.{name}").load(scratch)
    return find


def _kinds(text: str) -> dict[str, frozenset[str]]:
    """Lines of a label and its kinds."""
    rows = (line.split() for line in text.strip().split("\n"))
    return {row[0]: frozenset(row[1:]) for row in rows}


OURS = Finder(
    "ours",
    "generator",
    True,
    _kinds("""
        PRIV-NAAM PERSON
        PRIV-BSN BSN
        PRIV-REKENING IBAN
        PRIV-TELEFOON PHONE
        PRIV-EMAIL EMAIL
        PRIV-POSTCODE POSTCODE
        PRIV-ADRES ADDRESS
        PRIV-KENTEKEN KENTEKEN
        PRIV-GEBOORTEDATUM DOB
        PRIV-DATUM DATE
        PRIV-LEEFTIJD AGE
        PRIV-SCHOOL SCHOOL
        PRIV-WERKGEVER EMPLOYER
        PRIV-ZAAKNUMMER CASE_ID
        PRIV-PROFIEL SOCIAL
        PRIV-PLAATSBEPALING GPS
        PRIV-DOCUMENTNUMMER ID_DOC
    """),
)
DEDUCE = Finder(
    "deduced",
    "deduce",
    False,
    _kinds("""
        persoon PERSON
        patient PERSON
        bsn BSN
        id BSN IBAN CASE_ID ID_DOC
        telefoonnummer PHONE
        emailadres EMAIL
        locatie ADDRESS POSTCODE
        datum DATE DOB
        leeftijd AGE
        url SOCIAL GPS
    """),
)
"""Hospitals and care institutions have tags of their own, and no kind of ours."""
FINDERS = {finder.name: finder for finder in (OURS, DEDUCE)}
