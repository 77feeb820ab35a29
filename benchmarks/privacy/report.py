"""Figures to Markdown: kinds, origins, codes, alarms and costs, ours and beside it deduce where that was measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from benchmarks.privacy import scores
from benchmarks.privacy.finders import Finder
from benchmarks.privacy.hostile import PLAIN
from benchmarks.privacy.labelled import Mark, Sentence
from benchmarks.privacy.part import Cost
from benchmarks.privacy.scores import HARD, HOME, PERSON, Read, Recall

PACKAGES = ("maatwerkatlas", "phonenumberslite", "python-stdnum", "deduce")
SLOWEST = 5
"""Hostile texts that are shown beside those that were given up."""
Wanted = Callable[[Sentence, Mark], bool]


@dataclass(frozen=True)
class Result:
    """All that was measured of one finder."""

    finder: Finder
    read: Read
    cost: Cost
    hostile: Mapping[str, float | None]
    """Processor seconds by name of the text; none for a text that was given up."""


def render_report(results: Sequence[Result], bare: float, seconds: float) -> str:
    """The whole report; the first result is ours. `bare` is the start of Python alone, `seconds` the limit."""
    ours = results[0]
    sentences = [sentence for sentence, _ in ours.read]
    clean = sum(not sentence.marks for sentence in sentences)
    marks = sum(len(sentence.marks) for sentence in sentences)
    return "\n".join([
        f"{date.today().isoformat()}; {', '.join(f'{name} {number}' for name, number in versions())}; "
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores. "
        f"{len(sentences)} sentences: {marks} spans in {len(sentences) - clean}, {clean} clean.",
        *_section("Files", _file_rows(results, sentences)),
        *_section("Kinds", _kind_rows(results, sentences)),
        *_section("Origins of names", _origin_rows(results, sentences)),
        *_section("Codes", _code_rows(ours)),
        *_section("Alarms on clean sentences", _alarm_rows(results, sentences)),
        *_section("Costs", _cost_rows(results, bare, seconds)),
        *_section(f"Slowest of {len(ours.hostile) - 1} hostile texts", _hostile_rows(ours)),
        "", *_faults(ours),
    ])  # fmt: skip


def versions() -> Iterator[tuple[str, str]]:
    """The versions of what took part, as far as installed."""
    for name in PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue


def _file_rows(results: Sequence[Result], sentences: Sequence[Sentence]) -> Iterator[Sequence[str]]:
    heads = [f"{result.finder.package}: " if result is not results[0] else "" for result in results]
    yield [
        "file",
        "spans, hard",
        "clean",
        *(f"{head}{what}" for head in heads for what in ("found", "hard found", "alarms")),
    ]
    for file in sorted({sentence.file for sentence in sentences}):
        cells: list[str] = []
        for result in results:
            every = scores.recall(result.read, result.finder, _in_file(file, scores.kinds_in(sentences)))
            hard = scores.recall(result.read, result.finder, _in_file(file, HARD))
            alarms = scores.alarms(result.read, file=file)
            cells = cells or [f"{every.marks}, {hard.marks}", str(alarms.sentences)]
            cells += [_part(every.found, every.marks), _part(hard.found, hard.marks)]
            cells += [_part(alarms.alarmed, alarms.sentences)]
        yield [file, *cells]


def _in_file(file: str, kinds: Sequence[str]) -> Wanted:
    return lambda sentence, mark: sentence.file == file and mark.kind in kinds


def _kind_rows(results: Sequence[Result], sentences: Sequence[Sentence]) -> Iterator[Sequence[str]]:
    yield ["kind", "spans", *_recall_heads(results)]
    kinds = scores.kinds_in(sentences)
    hard = [kind for kind in kinds if kind in HARD]
    others = [kind for kind in kinds if kind not in HARD]
    for title, group in (("the hard kinds", hard), ("the other kinds", others)):
        yield from (_recall_row(kind, results, _of_kind(kind)) for kind in group)
        if group:
            yield _recall_row(f"**{title}**", results, _of_kind(*group))
    yield _recall_row("**all**", results, _of_kind(*kinds))


def _of_kind(*kinds: str) -> Wanted:
    return lambda _, mark: mark.kind in kinds


def _recall_heads(results: Sequence[Result]) -> Iterator[str]:
    for result in results:
        prefix = f"{result.finder.package}: " if result is not results[0] else ""
        yield f"{prefix}found"
        if result.finder.warns:
            yield f"{prefix}blocked"
        yield f"{prefix}named"


def _recall_row(title: str, results: Sequence[Result], wanted: Wanted) -> Sequence[str]:
    figures = [scores.recall(result.read, result.finder, wanted) for result in results]
    cells = [cell for result, each in zip(results, figures, strict=True) for cell in _recall_cells(result, each)]
    return [title, str(figures[0].marks), *cells]


def _recall_cells(result: Result, figures: Recall) -> Iterator[str]:
    yield _part(figures.found, figures.marks)
    if result.finder.warns:
        yield _part(figures.blocked, figures.marks)
    yield _part(figures.named, figures.marks)


def _origin_rows(results: Sequence[Result], sentences: Sequence[Sentence]) -> Iterator[Sequence[str]]:
    heads = [f"{result.finder.package}: " if result is not results[0] else "" for result in results]
    yield ["origin", "spans", *(f"{head}{what}" for head in heads for what in ("found", f"÷ {HOME}"))]
    tags = scores.origins_in(sentences)
    others = [tag for tag in tags if tag != HOME]
    for tag in tags:
        yield _origin_row(tag, results, (tag,))
    if others:
        yield _origin_row(f"**all but {HOME}**", results, others)
    for tag in scores.writings_in(sentences):
        yield _origin_row(f"({tag})", results, (tag,))


def _origin_row(title: str, results: Sequence[Result], tags: Sequence[str]) -> Sequence[str]:
    cells: list[str] = []
    spans = 0
    for result in results:
        home = scores.recall(result.read, result.finder, _named(HOME))
        here = scores.recall(result.read, result.finder, _named(*tags))
        spans = here.marks
        cells += [_part(here.found, here.marks), _ratio(here.share(here.found), home.share(home.found))]
    return [title, str(spans), *cells]


def _named(*tags: str) -> Wanted:
    return lambda sentence, mark: mark.kind == PERSON and sentence.tag in tags


def _code_rows(ours: Result) -> Iterator[Sequence[str]]:
    yield ["code", "findings", "right", "of its kind", "in clean sentences"]
    for label, row in scores.precisions(ours.read, ours.finder).items():
        named = _part(row.named, row.findings) if ours.finder.kinds_of(label) else "–"
        yield [label, str(row.findings), _part(row.right, row.findings), named, str(row.clean)]


def _alarm_rows(results: Sequence[Result], sentences: Sequence[Sentence]) -> Iterator[Sequence[str]]:
    heads = [f"{result.finder.package}: alarms" for result in results[1:]]
    yield ["tag", "sentences", "alarms", "blocked", *heads]
    for tag in [*scores.clean_tags(sentences), None]:
        figures = [scores.alarms(result.read, tag) for result in results]
        if tag is None or any(each.alarmed for each in figures):
            ours = figures[0]
            cells = [_part(each.alarmed, each.sentences) for each in figures]
            yield [
                tag or "**all clean**",
                str(ours.sentences),
                cells[0],
                _part(ours.blocked, ours.sentences),
                *cells[1:],
            ]


def _cost_rows(results: Sequence[Result], bare: float, seconds: float) -> Iterator[Sequence[str]]:
    ratios = [f"ours ÷ {result.finder.package}" for result in results[1:]]
    yield ["", *(_title(result) for result in results), *ratios, "held against", "ours ÷ that"]
    costs = [result.cost for result in results]
    ours = costs[0]
    size = f"a document of {ours.words:.0f} words"
    counting = f"counting its words, {ours.count * 1000:.3f} ms"
    yield _cost_row(f"ms {size}, first sight", [c.first * 1000 for c in costs], counting, ours.count * 1000)
    yield _cost_row(f"ms {size}, words seen before", [c.again * 1000 for c in costs], counting, ours.count * 1000)
    yield _cost_row("s to start: import and lists", [c.start for c in costs], f"starting Python, {bare:.3f} s", bare)
    yield _cost_row("MB peak after the start", [c.start_megabytes for c in costs])
    yield _cost_row("MB peak at the end", [c.megabytes for c in costs])
    yield _worst_row(results, seconds)


def _cost_row(title: str, values: Sequence[float], name: str = "–", other: float = 0.0) -> Sequence[str]:
    ratios = (_ratio(values[0], value) for value in values[1:])
    return [title, *map(_figure, values), *ratios, name, _ratio(values[0], other)]


def _worst_row(results: Sequence[Result], seconds: float) -> Sequence[str]:
    """A text that was given up takes longer than the limit: of a ratio only a bound is known, or nothing."""
    slowest = [worst(result) for result in results]
    written = [f"more than {seconds:.0f}" if taken is None else _figure(taken) for taken in slowest]
    plain = results[0].hostile[PLAIN]
    ours = slowest[0]
    ratios = [_bounded_ratio(ours, taken, seconds) for taken in slowest[1:]]
    name = f"{PLAIN} of that length, {plain:.2f} s" if plain else "–"
    return ["s for the worst hostile text", *written, *ratios, name, _bounded_ratio(ours, plain, seconds)]


def _bounded_ratio(value: float | None, other: float | None, seconds: float) -> str:
    if value is None:
        return f"above {_ratio(seconds, other)}" if other else "–"
    return f"below {_ratio(value, seconds)}" if other is None else _ratio(value, other)


def worst(result: Result) -> float | None:
    """The longest time for a hostile text; none if one was given up."""
    times = [taken for name, taken in result.hostile.items() if name != PLAIN]
    return None if None in times else max(taken for taken in times if taken is not None)


def _hostile_rows(ours: Result) -> Iterator[Sequence[str]]:
    """The slowest, and every one that was given up."""
    yield ["text", "s", f"÷ {PLAIN}"]
    plain = ours.hostile[PLAIN]
    order = sorted(ours.hostile.items(), key=lambda item: (item[1] is not None, -(item[1] or 0.0), item[0]))
    lost = sum(taken is None for taken in ours.hostile.values())
    for name, taken in order[: lost + SLOWEST]:
        shown = f"`` {name} ``" if name.startswith(("'", '"')) else name
        yield [shown, "given up" if taken is None else f"{taken:.2f}", _ratio(taken, plain) if taken and plain else "–"]


def _faults(ours: Result) -> Iterator[str]:
    rows: dict[str, list[str]] = {}
    for sentence, mark in scores.missed(ours.read):
        rows.setdefault(mark.kind, []).append(sentence.id)
    found = "; ".join(f"{kind} {', '.join(ids)}" for kind, ids in sorted(rows.items()))
    yield f"- Not found: {found or 'nothing'}."
    soft = [
        f"{sentence.id} ({mark.kind})"
        for sentence, findings in ours.read
        for mark in sentence.marks
        if mark.kind in HARD and not any(f.blocks for f in findings if scores.touches(f, mark))
    ]
    yield f"- Of a hard kind and not blocked: {', '.join(soft) or 'nothing'}."
    wrong = [sentence.id for sentence, findings in ours.read if findings and not sentence.marks]
    yield f"- False alarms: {', '.join(wrong) or 'none'}."


def _title(result: Result) -> str:
    return result.finder.name if result.finder.package == "generator" else result.finder.package


def _section(title: str, rows: Iterable[Sequence[str]]) -> Iterator[str]:
    head, *body = rows
    yield from ("", f"### {title}", "", _row(head), f"|{'---|' * len(head)}", *map(_row, body))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _part(count: int, whole: int) -> str:
    return f"{count} ({100 * count / whole:.1f} %)" if whole else "–"


def _ratio(value: float, other: float) -> str:
    return f"{value / other:.2f}" if other else "–"


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}"
