"""The ladder: what must hold of a proposal in a pattern file, of its steps from signal to rule, and of a solution."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from generator.problems import Place, Problem
from generator.registry import PatternFile, Registry
from generator.source import place_of
from generator.structure import Path, words_of
from generator.validation import rule_faults
from generator.vocabulary import Vocabulary

RUNGS = {
    "signaal": 0,
    "in_onderzoek": 1,
    "aangeboden": 2,
    "beantwoord": 3,
    "overgenomen": 4,
    "afgewezen": 4,
    "ingevoerd": 5,
    "ingehaald": 5,
}
"""The words of the list `voorstelstappen`, each with its height. After a refusal a proposal may begin again."""
ADDRESSED = frozenset({"aangeboden", "beantwoord", "overgenomen", "afgewezen"})
"""Steps that name somebody on the other side."""
ANSWERED = frozenset({"beantwoord", "overgenomen", "afgewezen"})
"""Steps that hold an answer."""
GONE = frozenset({"samengevoegd", "vervallen"})


def check_proposals(registry: Registry, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Everything that is wrong with what people wrote about proposals, by file."""
    for file in registry.files:
        yield from _check_words(file, vocabulary)
        yield from _check_proposal(file, vocabulary)
        yield from _check_steps(file)
        yield from _check_solution(file, vocabulary)


def _check_words(file: PatternFile, vocabulary: Vocabulary) -> Iterator[Problem]:
    pattern = file.pattern
    parts = [(("voorstel",), pattern.voorstel)] if pattern.voorstel else []
    steps = [(("stappen", index), step) for index, step in enumerate(pattern.stappen)]
    for start, part in (*parts, *steps):
        for path, word, name in words_of(part, start):
            known = vocabulary.labels[name]
            near = get_close_matches(word, known, n=1, cutoff=0.6)
            if word not in known and near:
                yield _problem(file, path, "WOORD-ONBEKEND-LIJKT", lijst=name, lijkt_op=near[0])
            elif word not in known:
                yield _problem(file, path, "WOORD-ONBEKEND", lijst=name, keuzes=", ".join(known))


def _check_proposal(file: PatternFile, vocabulary: Vocabulary) -> Iterator[Problem]:
    written = file.pattern.voorstel
    if file.pattern.state in GONE and (written or file.pattern.stappen):
        yield _problem(file, ("voorstel",) if written else ("stappen",), "VOORSTEL-PATROON-WEG")
    if written is None:
        return
    kinds = {kind.id: [level.niveau for level in kind.niveaus] for kind in vocabulary.wijzigingssoorten}
    levels = kinds.get(written.soort, [])
    if levels and written.niveau in vocabulary.labels["niveaus"] and written.niveau not in levels:
        path = ("voorstel", "niveau")
        yield _problem(file, path, "WIJZIGING-NIVEAU", niveau=written.niveau, keuzes=", ".join(levels))
    if written.te_wijzigen is not None:
        for inner, code, values in rule_faults(written.te_wijzigen, vocabulary):
            yield _problem(file, ("voorstel", "te_wijzigen", *inner), code, **values)


def _check_steps(file: PatternFile) -> Iterator[Problem]:
    steps = file.pattern.stappen
    for index, step in enumerate(steps):
        where = ("stappen", index)
        if step.stap in ADDRESSED and not step.aan:
            yield _problem(file, where, "STAP-ZONDER-ADRES", stap=step.stap)
        if step.stap in ANSWERED and not step.antwoord:
            yield _problem(file, where, "STAP-ZONDER-ANTWOORD", stap=step.stap)
        before = steps[index - 1] if index else None
        if before is None or step.stap not in RUNGS or before.stap not in RUNGS:
            continue
        if step.datum < before.datum:
            yield _problem(file, (*where, "datum"), "STAP-DATUM-VOLGORDE")
        if RUNGS[step.stap] < RUNGS[before.stap] and before.stap != "afgewezen":
            yield _problem(file, (*where, "stap"), "STAP-VOLGORDE", stap=step.stap, vorige=before.stap)


def _check_solution(file: PatternFile, vocabulary: Vocabulary) -> Iterator[Problem]:
    solution = file.pattern.oplossing
    if solution is None:
        return
    if file.pattern.state != "opgelost":
        yield _problem(file, ("oplossing",), "OPLOSSING-NIET-OPGELOST")
    known = [reform.id for reform in vocabulary.hervormingen]
    if solution.hervorming is not None and solution.hervorming not in known:
        yield _problem(file, ("oplossing", "hervorming"), "HERVORMING-ONBEKEND", keuzes=", ".join(known))


def _problem(file: PatternFile, path: Path, code: str, **values: str) -> Problem:
    place = place_of(file.root, path) if file.root is not None else Place()
    return Problem(file.file, place, code, values)
