"""What the gate reads of a record: every value, every key, every comment and the name of the file, each with its place.

Values that are words of a list and keys that the model knows are left out: they are the vocabulary's own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from generator.lexicon import dutch_words, person_names
from generator.model import Case
from generator.privacy.lists import fold
from generator.problems import Place
from generator.source import Mapping, Node, Scalar, Source
from generator.structure import Path, keys_at, part_model, word_list
from generator.vocabulary import Vocabulary

FOLDER = "cases"
"""Where records stand if nothing else is said."""
COMMENT = "#"
"""Stands on a path for a comment."""
KEY = "<sleutel>"
"""Stands on a path for a key that the model does not know."""
FILE_NAME = "<bestandsnaam>"
"""Stands on a path for the name of the file."""

_COMMENT = re.compile(r"#+\s?([^\n]*)")
_HEADER = re.compile(r"[|>][^\n]*\n?")
_KNOWN_COMMENT = re.compile(r"yaml-language-server: \$schema=[./\w-]*case\.schema\.json")
_DAY = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d")
_MACHINE = re.compile(rf"[0-9a-f]{{12}}|PRIV-[A-Z-]+|{_DAY.pattern}")
_ARTICLE = re.compile(r"\d{1,4}[a-z]{0,3}(?:[.:]\d{1,3}[a-z]{0,3}){0,4}")
_EXCEPTION_KEYS = frozenset({"regel", "sleutel", "datum", "per"})
_DECIDED = frozenset({"privacy", "geschiedenis", "reacties", "voorstel", "stappen", "oplossing"})
"""Blocks with codes, keys and days of reviewers and of the registry: none tells when something happened to anyone."""
_RULES = (("knelpunt", "regels"), ("doorbraak", "grondslag"), ("wijziging", "regel"))


@dataclass(frozen=True)
class Segment:
    """One stretch of text to read, where it belongs in the record, and where it stands in the file."""

    path: Path
    text: str
    offset: int = 0
    """Where it begins in the text of the file."""
    fixed: Place | None = None
    """The one place to report, where the text is not in the file as it reads (escapes, the file's name)."""


@dataclass(frozen=True)
class Lines:
    """Where the lines of a text begin."""

    starts: tuple[int, ...]

    def place(self, index: int) -> Place:
        """The line and column of a character."""
        line = bisect_right(self.starts, index) - 1
        return Place(line + 1, index - self.starts[line] + 1)


def lines_of(text: str) -> Lines:
    """The lines of a text."""
    return Lines((0, *(match.end() for match in re.finditer("\n", text))))


def read_segments(source: Source, vocabulary: Vocabulary, folder: str = FOLDER) -> Iterator[Segment]:
    """Every segment of a file, its name first; a file that is no record is read line by line."""
    yield from name_segments(source.file, folder)
    root = source.root
    if root is None:
        offset = 0
        for line in source.text.splitlines(keepends=True):
            yield Segment((), line.rstrip("\n"), offset)
            offset += len(line)
        return
    spans: list[tuple[int, int]] = []
    for path, scalar, is_key in _walk(root, ()):
        start, end = scalar.span
        spans.append((start, end))
        header = _HEADER.match(source.text, start, end) if source.text[start : start + 1] in {"|", ">"} else None
        if header:
            spans[-1] = (header.end(), end)
        if not is_key and not _is_settled(path, scalar.text, vocabulary):
            yield from _value_segments(source.text, path, scalar, header.end() if header else start)
        elif is_key and isinstance(path[-1], str) and path[-1] not in keys_at(Case, path[:-1]):
            yield from _value_segments(source.text, (*path[:-1], KEY), scalar, start)
    yield from _comments(source.text, spans)


def own_parts(file: str, folder: str = FOLDER) -> tuple[str, ...]:
    """The parts of a file's name that are its own: below the folder of records, else the last. Where somebody keeps
    a checkout is no part of a record.
    """
    path = PurePosixPath(file)
    return path.relative_to(folder).parts if path.is_relative_to(folder) else path.parts[-1:]


def may_tell(folder: str) -> bool:
    """Whether the name of a folder may tell something: it holds a digit or a name of a person."""
    words = folder.lower().replace("_", "-").split("-")
    return any(character.isdigit() for character in folder) or any(
        fold(word) in person_names() and word not in dutch_words() for word in words
    )


def name_segments(file: str, folder: str = FOLDER) -> Iterator[Segment]:
    """The own parts of a file's name, with hyphens read as spaces and as they stand.

    A folder's name is not published and often not Dutch: it is read if it holds a digit or a name of a person.
    """
    *above, last = own_parts(file, folder) or ("",)
    for part in (*filter(may_tell, above), last):
        stem = PurePosixPath(part).stem if part.endswith((".yaml", ".yml")) else part
        for text in dict.fromkeys((stem.replace("-", " ").replace("_", " "), stem)):
            yield Segment((FILE_NAME,), text, fixed=Place())


def _walk(root: Mapping, path: Path) -> Iterator[tuple[Path, Scalar, bool]]:
    """Every scalar with its path, keys before values, in writing order."""
    stack: list[tuple[Path, Node, bool]] = [(path, root, False)]
    while stack:
        here, node, is_key = stack.pop()
        if isinstance(node, Scalar):
            yield here, node, is_key
        elif isinstance(node, Mapping):
            for entry in reversed(node.entries):
                inner = (*here, entry.key.text)
                stack += [(inner, entry.value, False), (inner, entry.key, True)]
        else:
            stack.extend(((*here, i), item, False) for i, item in reversed(list(enumerate(node.items))))


def _value_segments(text: str, path: Path, scalar: Scalar, start: int) -> Iterator[Segment]:
    end = scalar.span[1]
    written = text[start:end]
    if written[:1] in {'"', "'"} and not scalar.plain:
        written, start = written[1:-1], start + 1
    if "".join(written.split()) == "".join(scalar.text.split()):
        yield Segment(path, written, start)
    else:
        yield Segment(path, scalar.text, fixed=scalar.place)


def _comments(text: str, spans: list[tuple[int, int]]) -> Iterator[Segment]:
    place = 0
    for start, end in [*spans, (len(text), len(text))]:
        for match in _COMMENT.finditer(text, place, start) if text.find("#", place, start) >= 0 else ():
            if not _KNOWN_COMMENT.fullmatch(match.group(1)):
                yield Segment((COMMENT,), match.group(1), match.start(1))
        place = max(place, end)


def _is_settled(path: Path, text: str, vocabulary: Vocabulary) -> bool:
    """Whether a value is a word of its list, or what a reviewer or the registry put there: a code, a key, a day."""
    if path[-1:] == ("artikel",) and _ARTICLE.fullmatch(text):
        return True
    if path[:1] and path[0] in _DECIDED and path[-1] in _EXCEPTION_KEYS:
        return _MACHINE.fullmatch(text) is not None
    keys = tuple(step for step in path if isinstance(step, str))
    if keys[-1:] == ("nagekeken",) and keys[:-1] in _RULES:
        return _DAY.fullmatch(text) is not None
    name = _list_at(keys)
    return name is not None and text in vocabulary.labels[name]


@cache
def _list_at(keys: tuple[str, ...]) -> str | None:
    """The vocabulary list of the field at these keys."""
    model = Case
    for key in keys[:-1]:
        field = model.model_fields.get(key)
        part = part_model(field.annotation) if field else None
        if part is None:
            return None
        model = part  # type: ignore[assignment]  # a part is a model like the case
    field = model.model_fields.get(keys[-1]) if keys else None
    return word_list(field.annotation, tuple(field.metadata)) if field else None
