"""Collections of others, as the settings name them (`sources:` in `mkdocs.yml`) and as we accepted them (`stand.yaml`).

No address with a password or token in it becomes a value here, and no fault repeats what was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated
from urllib.parse import urlsplit

import yaml
from pydantic import AfterValidator, Field, ValidationError
from pydantic_core import PydanticCustomError

from generator.fields import field_problems
from generator.model import CaseId, Line, Part, WholeNumber
from generator.problems import Place, Problem
from generator.source import Entry, Mapping, Node, Scalar, Sequence, parse_source, place_of, plain_value

PLUGIN = "maatwerkatlas"
"""The plugin under which `sources` stands."""
MAX_DEPTH = 6
"""Deepest nesting of what stands under `sources`; an alias that goes round is cut there."""
_TOKEN = re.compile(r"gh[opsur]_|github_pat_|glpat-|glptt-|x-access-token|oauth2|access_token|private_token", re.I)
_PASSWORD = re.compile(r"^(?:https?|file)://[^/]*@|^[a-z][a-z0-9+.-]*://[^/@]*:[^/@]*@|[?#]", re.I)
_REMOTE = re.compile(r"https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[\w.~%+-]+)+/?|ssh://(?:[a-z0-9_.-]+@)?[A-Za-z0-9.-]+"
                     r"(?::[0-9]{1,5})?(?:/[\w.~%+-]+)+/?|file:///[^\s<>\"'?#]+", re.A)  # fmt: skip
_FOLDER = re.compile(r"(?![a-z][a-z0-9+.-]*:)(?!-)[^\s<>\"'?#\\:@][^<>\"'?#\\:@\n]*", re.I)


def _secret(value: str) -> None:
    if _PASSWORD.search(value) or _TOKEN.search(value):
        raise PydanticCustomError("BRON-ADRES-GEHEIM", "a password or token in an address")


def _git_address(value: str) -> str:
    _secret(value)
    if not (_REMOTE.fullmatch(value) or _FOLDER.fullmatch(value)):
        raise PydanticCustomError("BRON-ADRES", "not an address that git may read")
    return value


def _site_address(value: str) -> str:
    _secret(value)
    try:
        known = value.startswith("https://") and bool(urlsplit(value).hostname) and re.fullmatch(r"[^\s<>\"']+", value)
    except ValueError:
        known = False
    if not known:
        raise PydanticCustomError("BRON-SITE", "not the address of a site")
    return f"{value.rstrip('/')}/"


def _folder(value: str) -> str:
    _secret(value)
    if not _FOLDER.fullmatch(value):
        raise PydanticCustomError("BRON-MAP", "not a folder")
    return value


def _inside(value: str) -> str:
    path = PurePosixPath(value)
    if not _FOLDER.fullmatch(value) or path.is_absolute() or ".." in path.parts or not path.parts:
        raise PydanticCustomError("BRON-MAP-BINNEN", "not a folder of the collection")
    return str(path)


def _matches(code: str, pattern: str) -> Callable[[str], str]:
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise PydanticCustomError(code, "pattern")
        return value

    return check


Prefix = Annotated[str, AfterValidator(_matches("BRON-PREFIX", r"[a-z][a-z0-9]{1,11}"))]
Commit = Annotated[str, AfterValidator(_matches("BRON-COMMIT", r"[0-9a-f]{40}"))]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class SourceSetting(Part):
    """One collection of others, by a folder (`map`) or by a git address with a commit."""

    prefix: Prefix
    """Stands before the ids and in the addresses of what comes from there."""
    naam: Annotated[Line, Field(max_length=80)]
    licentie: Annotated[Line, Field(max_length=80)]
    """The licence of their texts, as readers see it."""
    map: Annotated[Line, AfterValidator(_folder)] | None = None
    git: Annotated[Line, AfterValidator(_git_address)] | None = None
    commit: Commit | None = None
    site: Annotated[Line, AfterValidator(_site_address)] | None = None
    """Where their own site stands, ending in a slash; for links back."""
    casussen: Annotated[Line, AfterValidator(_inside)] = "cases"
    patronen: Annotated[Line, AfterValidator(_inside)] = "patterns"
    zonder: tuple[CaseId, ...] = ()
    """Cases of theirs that this site never shows."""

    @property
    def content(self) -> tuple[str | None, ...]:
        """What says which files are meant; the digest of a folder is not known here."""
        return (self.map, self.git, self.commit, self.casussen, self.patronen)


class Stand(Part):
    """The state of a collection that was accepted last: `bronnen/<prefix>/stand.yaml`."""

    naam: Line
    licentie: Line
    site: Line | None = None
    map: Line | None = None
    git: Line | None = None
    commit: Commit | None = None
    casussen: Line
    patronen: Line
    inhoud: Digest
    """A digest of all files that were read there."""
    bewaard: Digest
    """A digest of the files that were kept here."""
    aangehouden: WholeNumber = 0
    """Cases that the privacy gate held back; nothing of them is kept."""
    ingetrokken: tuple[CaseId, ...] = ()
    """Ids of the cases that were taken back there."""

    @property
    def content(self) -> tuple[str | None, ...]:
        """As `SourceSetting.content`."""
        return (self.map, self.git, self.commit, self.casussen, self.patronen)

    @property
    def folder(self) -> str:
        """The folder beside `stand.yaml` that holds the files of this state."""
        return self.bewaard[:16]


@dataclass(frozen=True)
class Wanted:
    """A collection that the settings name, and where they do."""

    setting: SourceSetting
    file: str
    place: Place

    def problem(self, code: str, **values: str) -> Problem:
        """A fault about this collection, at its place in the settings."""
        return Problem(self.file, self.place, code, {"prefix": self.setting.prefix, **values})


class _Sources(Part):
    sources: tuple[SourceSetting, ...]


def read_sources(file: str, data: bytes) -> tuple[tuple[Wanted, ...], tuple[Problem, ...]]:
    """The collections that the text of a `mkdocs.yml` names, and every fault; none of the first with a fault."""
    try:
        node = yaml.compose(data.decode("utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError):
        return (), (Problem(file, Place(), "YAML-FOUT"),)
    found = _sources_node(node)
    if found is None:
        return (), ()
    key, value = found
    place = _place(key)
    doubled = tuple(Problem(file, *fault) for fault in _doubled(value, 0))
    if doubled:
        return (), doubled
    root = Mapping((Entry(Scalar("sources", place, plain=True), _tree(value, 0)),), place)
    try:
        sources = _Sources.model_validate(plain_value(root)).sources
    except ValidationError as error:
        return (), tuple(field_problems(_Sources, file, root, error))
    faults = tuple(_check_sources(file, root, sources))
    if faults:
        return (), faults
    return tuple(
        Wanted(setting, file, place_of(root, ("sources", number))) for number, setting in enumerate(sources)
    ), ()


def _check_sources(file: str, root: Mapping, sources: tuple[SourceSetting, ...]) -> Iterator[Problem]:
    """Each collection has a prefix of its own, and is either a folder or an address with a commit."""
    seen: set[str] = set()
    for number, source in enumerate(sources):
        if source.prefix in seen:
            yield Problem(file, place_of(root, ("sources", number, "prefix")), "BRON-PREFIX-DUBBEL")
        seen.add(source.prefix)
        if (source.map is None) == (source.git is None):
            yield Problem(file, place_of(root, ("sources", number)), "BRON-MAP-OF-GIT")
        elif (source.commit is None) != (source.git is None):
            yield Problem(file, place_of(root, ("sources", number)), "BRON-GIT-COMMIT")


def _sources_node(node: yaml.Node | None) -> tuple[yaml.Node, yaml.Node] | None:
    """The key and value of `sources` under our plugin."""
    plugins = _value(node, "plugins")
    options: yaml.Node | None = None
    if plugins is not None and isinstance(plugins[1], yaml.SequenceNode):
        for item in plugins[1].value:
            found = _value(item, PLUGIN)
            options = found[1] if found else options
    elif plugins is not None:
        found = _value(plugins[1], PLUGIN)
        options = found[1] if found else None
    return _value(options, "sources")


def _value(node: yaml.Node | None, name: str) -> tuple[yaml.Node, yaml.Node] | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next(((key, value) for key, value in node.value if key.value == name), None)


def _tree(node: yaml.Node, depth: int) -> Node:
    """The node as a tree of text with places; what is nested too deeply is left out."""
    if isinstance(node, yaml.ScalarNode):
        return Scalar(node.value, _place(node), plain=not node.style)
    if depth > MAX_DEPTH:
        return Scalar("", _place(node), plain=True)
    if isinstance(node, yaml.SequenceNode):
        return Sequence(tuple(_tree(item, depth + 1) for item in node.value), _place(node))
    entries = (
        Entry(Scalar(str(key.value), _place(key), plain=True), _tree(value, depth + 1)) for key, value in node.value
    )
    return Mapping(tuple(entries), _place(node))


def _doubled(node: yaml.Node, depth: int) -> Iterator[tuple[Place, str, dict[str, str]]]:
    """Keys that stand twice in one mapping, as place, code and values."""
    if isinstance(node, yaml.ScalarNode) or depth > MAX_DEPTH:
        return
    seen: dict[str, str] = {}
    for item in node.value:
        key, value = item if isinstance(node, yaml.MappingNode) else (None, item)
        if key is not None:
            first = seen.setdefault(str(key.value), str(_place(key).line))
            if first != str(_place(key).line):
                yield _place(key), "YAML-DUBBELE-SLEUTEL", {"eerste": first}
        yield from _doubled(value, depth + 1)


def _place(node: yaml.Node) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)


def read_stand(file: str, data: bytes) -> Stand | None:
    """The accepted state that a `stand.yaml` names; `None` if it is not one."""
    source = parse_source(file, data)
    if source.root is None:
        return None
    try:
        return Stand.model_validate(plain_value(source.root))
    except ValidationError:
        return None


def render_stand(stand: Stand) -> str:
    """The text of `stand.yaml`."""
    value = {key: value for key, value in stand.model_dump(mode="json").items() if value not in (None, [], ())}
    body = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000)
    return f"# Gemaakt door `maatwerkatlas sources --update`. Wijzig dit niet met de hand.\n{body}"
