"""Record source: YAML text as a tree of nodes in which every scalar is the text that was written, with its place.

Nothing is turned into a number, date or boolean here. Anchors, aliases, tags, duplicate keys, a second document and
deep nesting are refused. The tree is built from libyaml's events on a stack of our own, so no input can exhaust the
recursion limit, and a bomb of aliases is refused at its first alias.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import yaml

from generator.problems import Place, Problem

MAX_BYTES = 256 * 1024
"""Larger files are refused unread; a long record has some 10 KB."""
MAX_DEPTH = 24
"""Deepest nesting of lists and mappings; the record's own schema needs 6."""
MAX_PROBLEMS = 50
"""Structural faults reported for one file; beyond that the file as a whole is wrong."""

_READABLE = frozenset({"YAML-DUBBELE-SLEUTEL", "TEKST-VERBORGEN-TEKEN", "BEST-STUURTEKEN"})
"""Structural faults that leave a tree in which the rest can be checked."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


@dataclass(frozen=True)
class Scalar:
    """One value as it was written, block scalars with their line breaks."""

    text: str
    place: Place
    plain: bool
    """Written without quotes or block sign: an empty plain scalar is a value left out."""
    span: tuple[int, int] = (0, 0)
    """Where it stands in the text of the file, quotes and block sign included, as Python slices count."""


@dataclass(frozen=True)
class Sequence:
    """A list, in its order."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True)
class Entry:
    """One key with its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True)
class Mapping:
    """Keys and values in their order; keys are unique scalars."""

    entries: tuple[Entry, ...]
    place: Place

    def get(self, key: str) -> Entry | None:
        """The entry of a key, if it is there."""
        return next((entry for entry in self.entries if entry.key.text == key), None)


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True)
class Source:
    """One file as read: its text, its tree if the text is well-formed, and what is wrong with it."""

    file: str
    readable: bool
    """Whether there is a tree."""
    problems: tuple[Problem, ...] = ()
    text: str = ""
    """The whole file as text, comments and all; empty if it is no text."""
    tree: Mapping | None = field(default=None, compare=False, repr=False)
    """The tree, while it is at hand: it takes forty times the memory of the text, from which it can be made again."""

    @property
    def root(self) -> Mapping | None:
        """The tree of a readable text, made anew where it is not at hand."""
        return self.with_tree().tree

    def with_tree(self) -> Source:
        """The same, its tree at hand if there is one."""
        if self.tree is not None or not self.readable:
            return self
        root, _ = _build(self.file, self.text)
        assert isinstance(root, Mapping)
        return replace(self, tree=root)

    def without_tree(self) -> Source:
        """The same to be kept for long, or to travel: the text alone."""
        return replace(self, tree=None) if self.tree is not None else self


def parse_source(file: str, data: bytes) -> Source:
    """One YAML file with its tree at hand; not readable unless the text is that of a mapping."""
    text, problems = _decode(file, data)
    if text is None:
        return Source(file, readable=False, problems=tuple(problems))
    root, structural = _build(file, text)
    problems += structural
    if root is None:
        problems += [] if structural else [Problem(file, Place(), "YAML-LEEG")]
        return Source(file, readable=False, problems=tuple(problems), text=text)
    if not isinstance(root, Mapping):
        problems.append(Problem(file, root.place, "YAML-GEEN-SLEUTELS"))
        return Source(file, readable=False, problems=tuple(problems), text=text)
    readable = all(problem.code in _READABLE for problem in structural)
    return Source(file, readable, tuple(problems), text, root if readable else None)


def node_at(root: Mapping, path: tuple[str | int, ...]) -> tuple[Node, Entry | None]:
    """The deepest node on `path` that exists, and its entry if it is the value of a key."""
    node: Node = root
    entry: Entry | None = None
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            found = node.get(step)
            if found is None:
                break
            node, entry = found.value, found
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node, entry = node.items[step], None
        else:
            break
    return node, entry


def place_of(root: Mapping, path: tuple[str | int, ...], *, key: bool = False) -> Place:
    """Where the value (or with `key` its key) on `path` stands; the nearest parent if it is missing."""
    node, entry = node_at(root, path)
    return entry.key.place if key and entry is not None else node.place


def walk_scalars(node: Node) -> Iterator[Scalar]:
    """Every scalar of the tree, keys included, in writing order."""
    stack: list[Node] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, Scalar):
            yield current
        elif isinstance(current, Sequence):
            stack.extend(reversed(current.items))
        else:
            for entry in reversed(current.entries):
                stack += [entry.value, entry.key]


def plain_value(node: Node) -> object:
    """The tree as dicts, lists and text, for a validator."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain_value(item) for item in node.items]
    return {entry.key.text: plain_value(entry.value) for entry in node.entries}


def _decode(file: str, data: bytes) -> tuple[str | None, list[Problem]]:
    if len(data) > MAX_BYTES:
        return None, [Problem(file, Place(), "BEST-TE-GROOT", {"grens": str(MAX_BYTES // 1024)})]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [Problem(file, _place_in(data[: error.start].decode("utf-8")), "BEST-GEEN-UTF8")]
    text = text.removeprefix("\ufeff")
    control = _CONTROL.search(text)
    if control:
        place = _place_in(text[: control.start()])
        return None, [Problem(file, place, "BEST-STUURTEKEN", {"teken": f"U+{ord(control.group()):04X}"})]
    hidden = [
        Problem(
            file, _place_in(text[: match.start()]), "TEKST-VERBORGEN-TEKEN", {"teken": f"U+{ord(match.group()):04X}"}
        )
        for match in _HIDDEN.finditer(text)
    ]
    return text, hidden[:MAX_PROBLEMS]


def _place_in(before: str) -> Place:
    return Place(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1) if mark else Place()


def _span(event: yaml.Event) -> tuple[int, int]:
    start, end = event.start_mark, event.end_mark
    return (start.index, end.index) if start and end else (0, 0)


@dataclass
class _Open:
    """A list or mapping that is not closed yet."""

    mapping: bool
    place: Place
    items: list[Node]


def _build(file: str, text: str) -> tuple[Node | None, list[Problem]]:
    tree = _Tree(file)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            tree.add(event)
            if tree.stopped or len(tree.problems) >= MAX_PROBLEMS:
                break
    except yaml.YAMLError as error:
        return None, [*tree.problems, _syntax_problem(file, text, error)]
    root = tree.root
    empty = isinstance(root, Scalar) and root.plain and not root.text
    return None if empty else root, tree.problems


class _Tree:
    """Puts events together on a stack; `root` is the finished document."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.stopped = False
        self._stack: list[_Open] = []
        self._documents = 0

    def add(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            if event.anchor is not None or event.tag is not None:
                self.problems += _forbidden(self.file, event)
            if event.style == '"':
                self.problems += _escaped(self.file, event)
            self._place_node(Scalar(event.value, _place(event), not event.style, _span(event)))
        elif isinstance(event, yaml.CollectionStartEvent):
            self.problems += _forbidden(self.file, event)
            self._stack.append(_Open(isinstance(event, yaml.MappingStartEvent), _place(event), []))
            if len(self._stack) > MAX_DEPTH:
                self._stop(event, "YAML-TE-DIEP", grens=str(MAX_DEPTH))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._place_node(_close(self.file, self._stack.pop(), self.problems))
        elif isinstance(event, yaml.AliasEvent):
            self.problems += _forbidden(self.file, event)
            self._place_node(Scalar("", _place(event), plain=True))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(event, "YAML-TWEEDE-DOCUMENT")

    def _place_node(self, node: Node) -> None:
        if self._stack:
            self._stack[-1].items.append(node)
        else:
            self.root = node

    def _stop(self, event: yaml.Event, code: str, **values: str) -> None:
        self.stopped = True
        self.problems.append(Problem(self.file, _place(event), code, values))


def _forbidden(file: str, event: yaml.NodeEvent) -> Iterator[Problem]:
    if isinstance(event, yaml.AliasEvent):
        yield Problem(file, _place(event), "YAML-VERWIJZING")
    elif event.anchor is not None:
        yield Problem(file, _place(event), "YAML-ANKER")
    if getattr(event, "tag", None) is not None:
        yield Problem(file, _place(event), "YAML-TAG")


def _escaped(file: str, event: yaml.ScalarEvent) -> Iterator[Problem]:
    """Characters that double quotes can bring in by an escape, which the check of the raw text cannot see."""
    for code, pattern in (("BEST-STUURTEKEN", _CONTROL), ("TEKST-VERBORGEN-TEKEN", _HIDDEN)):
        found = pattern.search(event.value)
        if found:
            yield Problem(file, _place(event), code, {"teken": f"U+{ord(found.group()):04X}"})


def _close(file: str, opened: _Open, problems: list[Problem]) -> Node:
    if not opened.mapping:
        return Sequence(tuple(opened.items), opened.place)
    entries: dict[str, Entry] = {}
    for key, value in zip(opened.items[::2], opened.items[1::2], strict=True):
        if not isinstance(key, Scalar):
            problems.append(Problem(file, key.place, "YAML-SLEUTEL-GEEN-TEKST"))
        elif key.text in entries:
            first = str(entries[key.text].key.place.line)
            problems.append(Problem(file, key.place, "YAML-DUBBELE-SLEUTEL", {"eerste": first}))
        else:
            entries[key.text] = Entry(key, value)
    return Mapping(tuple(entries.values()), opened.place)


def _syntax_problem(file: str, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = Place(mark.line + 1, mark.column + 1) if mark else Place()
    lines = text.split("\n")
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return Problem(file, Place(place.line, line.index("\t") + 1), "YAML-TAB")
    return Problem(file, place, "YAML-FOUT")
