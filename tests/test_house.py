"""The house held to its own rules: what a test can hold is not left to a reviewer."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from generator.cli import main
from generator.model import Case
from generator.problems import messages
from generator.source import parse_source, plain_value
from generator.structure import field_texts, keys_at
from generator.vocabulary import SMALL_LISTS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator"
MODULES = sorted(PACKAGE.rglob("*.py"))
TEMPLATES = sorted([*(PACKAGE / "templates").rglob("*.html"), *(PACKAGE / "overrides").rglob("*.html")])
RECORDS = sorted((ROOT / "cases").rglob("*.yaml"))
LONGEST = 400

every_module = pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
every_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"), str(module))


def imports_of(module: Path) -> Iterator[str]:
    """The full names of what a module imports."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


class TestModules:
    @every_module
    def test_one_subject_fits_in_few_lines(self, module):
        assert module.read_text("utf-8").count("\n") <= LONGEST

    @every_module
    def test_the_first_line_says_what_it_is(self, module):
        assert ast.get_docstring(tree_of(module))

    @every_module
    def test_everything_public_says_what_it_promises(self, module):
        missing = [name for name, node in public(tree_of(module)) if not ast.get_docstring(node)]
        assert missing == []

    @every_module
    def test_no_fault_is_caught_unnamed(self, module):
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None, node.lineno
                named = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)}
                assert not named & {"Exception", "BaseException"}, node.lineno

    @every_module
    def test_nothing_is_left_to_do_later(self, module):
        assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", module.read_text("utf-8"))

    def test_only_the_door_to_mkdocs_imports_it(self):
        importers = {m.name for m in MODULES for name in imports_of(m) if re.match(r"(mkdocs|material)\b", name)}
        assert importers == {"mkdocs_plugin.py"}

    def test_only_the_search_index_and_git_are_run_as_commands(self):
        runners = {m.name for m in MODULES for name in imports_of(m) if name.startswith("subprocess")}
        assert runners == {"search.py", "files.py", "fetching.py"}

    def test_nothing_reaches_for_the_network(self):
        nets = r"(socket|ssl|http\.client|http\.server|urllib\.request|requests|httpx|aiohttp|ftplib|smtplib)\b"
        assert {m.name for m in MODULES for name in imports_of(m) if re.match(nets, name)} == set()


def public(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    """Public functions and classes with their public methods.

    Parts of the record are left out: their fields are explained in `text/velden.toml`, which has its own test.
    """
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            bases = (
                {base.id for base in node.bases if isinstance(base, ast.Name)}
                if isinstance(node, ast.ClassDef)
                else set()
            )
            if "Part" not in bases:
                yield node.name, node
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if (
                    isinstance(inner, ast.FunctionDef)
                    and not inner.name.startswith("_")
                    and not node.name.startswith("_")
                ):
                    yield f"{node.name}.{inner.name}", inner


DISK_METHODS = {
    "open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "touch", "mkdir", "rmdir", "rmtree",
    "rglob", "glob", "iterdir", "walk", "symlink_to", "hardlink_to", "chmod", "copyfile", "copytree", "makedirs",
    "scandir", "listdir", "remove", "fdopen",
}  # fmt: skip
DISK_MODULES = {"shutil", "tempfile", "glob", "fileinput", "mmap", "sqlite3"}
NO_FILE = {("parallel.py", "mmap")}
"""Memory without a file behind it, in which copies of the process write as well."""


class TestDisk:
    @every_module
    def test_only_four_modules_touch_the_disk(self, module):
        imported = {name for name in imports_of(module) if name.split(".")[0] in DISK_MODULES}
        imported -= {name for place, name in NO_FILE if place == module.name}
        found = [*imported, *disk_calls(tree_of(module))]
        assert bool(found) == (module.name in {"files.py", "shelf.py", "swaps.py", "grounds.py"}), found

    def test_the_rule_sees_what_it_should_see(self):
        def seen(code: str) -> list[str]:
            return [name for name, _ in disk_calls(ast.parse(code))]

        assert seen("open('a')") == ["open"]
        assert seen("path.read_text()") == ["read_text"]
        assert seen("Path('a').open()") == ["open"]
        assert seen("import os\nos.rename(a, b)\nos.environ.get('x')\nos.path.join(a)") == ["os.rename"]
        assert seen("from importlib.resources import files\nfiles('a').joinpath('b').read_text()") == []
        assert seen("from importlib.resources import files\nx = files('a').joinpath('b')\nx.read_bytes()") == []
        assert seen("from generator import files\nfiles.read_text(path)") == []
        assert seen("x = path / 'b'\nx.read_bytes()") == ["read_bytes"]


def disk_calls(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Calls that touch the disk, package data and our own `files` apart."""
    package_data = {"files", *(
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "importlib.resources"
        for alias in node.names
    )}  # fmt: skip
    from_package = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and root_of(node.value) in package_data
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "open":
            yield "open", node.lineno
        elif isinstance(node.func, ast.Attribute):
            root = root_of(node.func.value)
            if root == "os" and isinstance(node.func.value, ast.Name) and node.func.attr not in {"getenv", "fspath"}:
                yield f"os.{node.func.attr}", node.lineno
            elif node.func.attr in DISK_METHODS and root not in package_data | from_package and not in_list(node):
                yield node.func.attr, node.lineno


def root_of(node: ast.expr) -> str:
    """The name at the start of a chain of calls and attributes; empty if there is none."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def in_list(call: ast.Call) -> bool:
    """`remove` and `walk` of a list or of a tree, told by their argument, touch no disk."""
    assert isinstance(call.func, ast.Attribute)
    return call.func.attr in {"remove", "walk"} and root_of(call.func.value) not in {"os", "shutil", "Path"}


def codes_in_code() -> set[str]:
    """Text in the code that has the form of a problem code."""
    shape = re.compile(r"[A-Z]{2,}(-[A-Z0-9]+)+")
    return {
        node.value
        for module in MODULES
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and shape.fullmatch(node.value)
    } - {"UTF-8"}


class TestMessages:
    def test_every_code_has_its_message_and_every_message_its_code(self):
        assert codes_in_code() == set(messages())

    def test_every_message_says_what_is_wrong_and_what_to_do(self):
        for code, entry in messages().items():
            assert entry["melding"].strip(), code
            assert entry["advies"].strip(), code


class TestCommands:
    @pytest.mark.parametrize("name", sorted(main.commands))
    def test_every_command_has_help_and_is_in_the_readme(self, name):
        command = main.commands[name]
        assert command.help, name
        assert f"`maatwerkatlas {name}" in (ROOT / "README.md").read_text("utf-8")
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert parameter.help, parameter.name

    def test_the_readme_names_no_command_that_does_not_exist(self):
        named = set(re.findall(r"`maatwerkatlas ([a-z]+)", (ROOT / "README.md").read_text("utf-8")))
        assert named <= set(main.commands)


DRAWN = {"pages.py": "render_map", "rendering.py": "render_balance"}
"""A drawing each: `chart.py` and `balance.py` make their own markup and escape every word in it."""


class TestTemplates:
    @pytest.mark.parametrize("source", [*TEMPLATES, *(PACKAGE / name for name in DRAWN)], ids=lambda path: path.name)
    def test_nothing_switches_escaping_off(self, source):
        text = source.read_text("utf-8")
        if source.parent.name == "overrides":
            text = re.sub(r"\{\{ super\(\) \}\}", "", text)
        if source.name in DRAWN:
            assert text.count("Markup(") == text.count(f"Markup({DRAWN[source.name]}(") == 1
            text = text.replace("from markupsafe import Markup\n", "").replace("-> Markup:", "")
            text = text.replace(f"Markup({DRAWN[source.name]}(", "")
        assert not re.search(
            r"\|\s*safe\b|autoescape\s+(false|False)|autoescape=(False|select)|\bMarkup\b|\|\s*tojson", text
        )

    @every_template
    def test_no_event_attributes_and_no_inline_scripts(self, template):
        text = template.read_text("utf-8")
        assert not re.search(r"<[a-z][^>]*\son[a-z]+=", text)
        assert not re.search(r"<script(?![^>]*\bsrc=)", text)

    @every_template
    def test_every_field_that_is_named_has_its_title(self, template):
        known = set(field_texts())
        for path, more in re.findall(r"veld(?:_uitleg)?\('([^']+)'\s*(~?)", template.read_text("utf-8")):
            if more:
                assert any(name.startswith(path) for name in known), path
            else:
                assert path in known, path

    @every_template
    def test_every_list_that_is_named_exists(self, template, vocabulary):
        named = re.findall(r"\b(?:woord|label)\('([^']+)'", template.read_text("utf-8"))
        assert set(named) <= set(vocabulary.labels)


class TestVocabulary:
    """Lists point only at what exists."""

    def test_ids_are_unique_in_every_list(self, vocabulary):
        entries = [*(vocabulary.terms[name] for name in SMALL_LISTS), vocabulary.perioden, vocabulary.methoden,
                   vocabulary.uitleg, vocabulary.knelpuntsoorten, vocabulary.wijzigingssoorten, vocabulary.niveaus,
                   vocabulary.wetten, vocabulary.lokale_regels, vocabulary.artikelen,
                   vocabulary.hervormingen]  # fmt: skip
        for rows in entries:
            assert len({row.id for row in rows}) == len(rows) > 0

    def test_obstacle_kinds(self, vocabulary):
        kinds = set(vocabulary.labels["knelpuntsoorten"])
        for kind in vocabulary.knelpuntsoorten:
            assert kind.dimensie in vocabulary.dimensies, kind.id
            assert set(kind.niet_dit) <= kinds - {kind.id}, kind.id

    def test_change_kinds_and_levels(self, vocabulary):
        levels, kinds = set(vocabulary.labels["niveaus"]), set(vocabulary.labels["knelpuntsoorten"])
        for change in vocabulary.wijzigingssoorten:
            assert {level.niveau for level in change.niveaus} <= levels, change.id
            assert change.laagste_niveau in {None, *(level.niveau for level in change.niveaus)}, change.id
            assert set(change.knelpuntsoorten) <= kinds, change.id

    def test_articles_laws_and_reforms(self, vocabulary):
        reforms = {reform.id for reform in vocabulary.hervormingen}
        for article in vocabulary.artikelen:
            assert article.wet in vocabulary.law_by_id, article.id
            assert article.rol in vocabulary.labels["rollen"], article.id
            assert set(article.knelpuntsoorten) <= set(vocabulary.labels["knelpuntsoorten"]), article.id
            assert {change.hervorming for change in article.wijzigingen} <= reforms, article.id

    def test_ways_of_working_ask_for_fields_that_exist_and_have_a_title(self, vocabulary):
        titles = set(field_texts())
        assert {guide.id for guide in vocabulary.uitleg} == {method.id for method in vocabulary.methoden}
        assert len({method.adres for method in vocabulary.methoden}) == len(vocabulary.methoden)
        for method in vocabulary.methoden:
            for path in (*method.verplicht, *method.mogelijk):
                *parents, key = path.split(".")
                assert key in keys_at(Case, tuple(parents)), path
                assert re.sub(r"^scenarios\.(niets_doen|regulier)", "scenarios.maatwerk", path) in titles, path

    def test_what_was_not_checked_is_a_field(self, vocabulary):
        entries: list[BaseModel] = [*vocabulary.wetten, *vocabulary.lokale_regels]
        for entry in entries:
            assert set(getattr(entry, "niet_geverifieerd", ())) <= set(type(entry).model_fields), entry


class TestRecords:
    def test_every_record_is_called_after_its_id_and_stands_with_its_first_life_domain(self, vocabulary):
        for record in RECORDS:
            root = parse_source(record.name, record.read_bytes()).root
            assert root is not None, record
            value = plain_value(root)
            assert isinstance(value, dict)
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value["id"]), record
            assert record.stem == value["id"], record
            assert record.parent.name in {"bron", value["leefgebieden"][0]}, record
            assert record.parent.name in {"bron", *vocabulary.labels["leefgebieden"]}, record

    def test_every_record_names_the_schema_where_it_stands(self):
        for record in RECORDS:
            first = record.read_text("utf-8").partition("\n")[0]
            address = first.removeprefix("# yaml-language-server: $schema=")
            assert (record.parent / address).resolve() == PACKAGE / "schema/case.schema.json", record

    def test_the_test_data_point_at_records(self):
        known = {record.stem for record in RECORDS}
        for source in sorted((ROOT / "tests/data").glob("case_ids_*.json")):
            assert {case for case in json.loads(source.read_text("utf-8")).values() if case} <= known, source.name
        labels = (ROOT / "tests/data/labels.jsonl").read_text("utf-8").splitlines()
        assert {json.loads(line)["id"] for line in labels} <= known
