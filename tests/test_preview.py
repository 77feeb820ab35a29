"""Preview: an edit in the text of a record shows at once, as the whole build would show it; anything else waits."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from unittest.mock import Mock

import pytest

from generator import publishing
from generator.files import read_all, read_text, stamp_files, write_pages
from generator.pipeline import prepare
from generator.preview import MOST, Standing, edited, preview
from generator.publishing import publish
from generator.settings import Settings
from generator.shells import file_of, shell_of
from tests.factories import a_file, some_files
from tests.test_pipeline import HAND_WRITTEN
from tests.test_shells import built_site

ID = "verzonnen-casus-02"
PAGE = f"casussen/{ID}/index.html"
CHANGED = {"titel": "Een heel andere titel"}


@pytest.fixture
def settings(tmp_path) -> Settings:
    write_pages(tmp_path, dict(some_files(7)))
    return Settings(root=tmp_path, cases=tmp_path / "cases", patterns=tmp_path / "patterns", strict=False)


@pytest.fixture
def build(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(publishing, "indexing", lambda site, documents: nullcontext(Mock()))

    def build(name: str):
        site = tmp_path / name
        write_pages(site, {page: text.encode() for page, text in {**built_site(), **HAND_WRITTEN}.items()})
        shell = read_text(site / file_of(shell_of(f"casussen/{ID}/")))
        prepared = prepare(settings)
        publish(prepared, settings, site)
        return prepared, Standing(site, shell)

    return build


def edit(settings: Settings, **changes: object) -> Path:
    """Change one of the records; its path."""
    name, data = next((name, data) for name, data in some_files(7) if ID in name)
    text = data.decode()
    for key, value in changes.items():
        lines = text.splitlines(keepends=True)
        text = "".join(f"{key}: {value}\n" if line.startswith(f"{key}:") else line for line in lines)
    assert text != data.decode()
    write_pages(settings.root, {name: text.encode()})
    return settings.root / name


def test_an_edit_shows_as_the_whole_build_would_show_it(settings, build):
    prepared, standing = build("site")
    before = dict(read_all(standing.site))
    shown = preview(prepared, settings, standing, [edit(settings, **CHANGED)])
    after = dict(read_all(standing.site))
    _, whole = build("whole")
    assert after[PAGE] != before[PAGE]
    assert after[PAGE].decode() == read_text(whole.site / PAGE)
    assert {name for name in after if after[name] != before[name]} == {PAGE}
    assert shown.book.case_by_id[ID].titel == CHANGED["titel"]
    again = preview(shown, settings, standing, [edit(settings, titel="Nog een titel")])
    assert again.book.case_by_id[ID].titel == "Nog een titel"


@pytest.mark.parametrize(
    "changes",
    [
        {"periode": "gisteren"},
        {"status": "concept"},
        {"id": "een-andere-casus"},
        {"titel": "Mevrouw Terpstra woont op Beukenlaan 12"},
    ],
)
def test_what_the_gate_or_the_check_stops_waits_for_the_whole_build(settings, build, changes):
    prepared, standing = build("site")
    before = dict(read_all(standing.site))
    assert preview(prepared, settings, standing, [edit(settings, **changes)]) is None
    assert dict(read_all(standing.site)) == before


def test_a_new_record_waits_for_the_whole_build(settings, build):
    prepared, standing = build("site")
    name, data = a_file(id="nieuw")
    write_pages(settings.root, {name: data})
    assert preview(prepared, settings, standing, [settings.root / name]) is None


def test_only_edits_of_a_few_records_are_shown_ahead(settings):
    before = stamp_files([settings.root])
    assert edited(before, before, settings.cases) is None
    path = edit(settings, **CHANGED)
    after = stamp_files([settings.root])
    assert edited(before, after, settings.cases) == (path,)
    assert edited(before, after, settings.patterns) is None
    many = {name: (0, 0) if number <= MOST else stamp for number, (name, stamp) in enumerate(before.items())}
    assert edited(before, many, settings.cases) is None
    path.unlink()
    assert edited(before, stamp_files([settings.root]), settings.cases) is None
