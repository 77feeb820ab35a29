"""The rules, one a module. Each module's docstring is its manual page: what is found and what is left alone.

In the examples «» marks what is found, ‹› what is only a warning; the tests read them.
"""

from generator.privacy.rules import (
    adres,
    bsn,
    datum,
    documentnummer,
    email,
    geboortedatum,
    kenteken,
    leeftijd,
    naam,
    naam_zwak,
    plaatsbepaling,
    postcode,
    profiel,
    rekening,
    school,
    telefoon,
    verborgen,
    werkgever,
    zaaknummer,
)

RULES = (
    bsn.RULE,
    rekening.RULE,
    telefoon.RULE,
    email.RULE,
    postcode.RULE,
    adres.RULE,
    kenteken.RULE,
    geboortedatum.RULE,
    zaaknummer.RULE,
    profiel.RULE,
    plaatsbepaling.RULE,
    documentnummer.RULE,
    verborgen.RULE,
    naam.RULE,
    naam_zwak.RULE,
    datum.RULE,
    leeftijd.RULE,
    school.RULE,
    werkgever.RULE,
)
"""Every rule; the order says nothing."""
