"""Whole sites, built once for all tests of this folder, a server on loopback, and a real browser.

Every build runs in a temporary copy of the project, so a test never writes into the checkout and sees no edit made
while it runs. Invented people only.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from generator.book import Book
from generator.pipeline import prepare
from generator.privacy.review import review_source
from generator.settings import Settings
from generator.source import parse_source
from generator.vocabulary import load_vocabulary
from tests.site.kinds import kind_addresses

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(sysconfig.get_path("scripts"))
BROWSERS = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SECONDS = 120
"""A command that takes longer hangs."""

Record = dict[str, object]
Run = Callable[..., "subprocess.CompletedProcess[str]"]

HOSTILE = (
    '<script>alert("title")</script> {{ 7*7 }} {% raw %} &amp;',
    "[x](javascript:alert(1)) \"><img src=x onerror=alert(2)> '",
    "ATLASSCHILTITEL ATLASSCHILOMSCHRIJVING <!-- maatwerkatlas:home --> casussen/_schil/",
)
"""Titles that would become code, or something else than text, in a page that did not treat them as text."""
HOSTILE_TEXT = (
    "Uitgedaagd: </p></article></main><svg onload=alert(3)> ![x](javascript:alert(4)) {{ config.site_name }} "
    "{% include 'home.html' %} <!--atlas-schil-eind--> <!--atlas-schil-begin--> ATLASSCHILTITEL "
    "ATLASSCHILOMSCHRIJVING </textarea></template><iframe srcdoc='<script>alert(5)</script>'>"
)
HOSTILE_RULE = "Beleidsregel \"><script>alert(6)</script> {{ 7*7 }} ' onmouseover=alert(7)"
WITHDRAWN = {
    "titel": "Zilverreiger zonder nest",
    "situatie": "Een huishouden met een kwartelkoning vraagt om een torenhoge vogelkooi.",
    "knelpunt": {"tekst": "De roerdompregel kende geen uitzondering.", "soort": "adres-en-inschrijving"},
    "doorbraak": {"tekst": "Het team kocht een wielewaal."},
}
"""What the withdrawn record says; WITHDRAWN_WORDS stand in it and nowhere else."""
WITHDRAWN_WORDS = ("zilverreiger", "kwartelkoning", "vogelkooi", "roerdomp", "wielewaal")
CONCEPT = "Een steenuil wacht nog op een tweede lezer."
"""Text of a record that is not published yet."""


def a_record(name: str, **changes: object) -> Record:
    """One valid record, varied by keyword."""
    record: Record = {
        "id": name,
        "titel": f"Uitzondering {name}",
        "status": "gepubliceerd",
        "herkomst": "fictief",
        "gemeente": "Utrecht",
        "periode": "2024",
        "leefgebieden": ["wonen"],
        "situatie": "Een alleenstaande vrouw verliest haar kamer en slaapt bij kennissen.",
        "knelpunt": {
            "tekst": "Zonder briefadres kwam er geen inschrijving, en zonder inschrijving geen uitkering.",
            "soort": "adres-en-inschrijving",
            "regels": [{"wet": "pw", "artikel": "40", "rol": "blokkeert"}],
        },
        "doorbraak": {
            "tekst": "Het wijkteam regelde een briefadres bij de gemeente.",
            "grondslag": [{"wet": "pw", "artikel": "18", "rol": "ruimte"}],
        },
        "resultaat": {"status": "geslaagd", "tekst": "Zij kreeg een kamer."},
        "privacy": {"toestemming": "nvt_fictief"},
    }
    return record | changes


def hostile_records() -> list[Record]:
    """Records alike enough to form a pattern, with hostile text wherever a writer can put text."""
    return [
        a_record(
            f"kwaad-{number}",
            titel=title,
            verificatie="bron_gelezen",
            gemeente=f"{place} <script>alert(8)</script>",
            methode=["teambudget"],
            situatie=HOSTILE_TEXT,
            vraag=HOSTILE_TEXT,
            knelpunt={
                "tekst": HOSTILE_TEXT,
                "soort": "adres-en-inschrijving",
                "regels": [
                    {"lokaal": HOSTILE_RULE, "rol": "blokkeert"},
                    {"wet": "pw", "artikel": "40", "lid": "1 <script>alert(9)</script>", "rol": "blokkeert"},
                ],
            },
            doorbraak={"tekst": HOSTILE_TEXT, "grondslag": [{"lokaal": HOSTILE_RULE, "rol": "ruimte"}]},
            scenarios={"maatwerk": {"verloop": HOSTILE_TEXT, "kosten": []}},
            onderbouwing={"gelijkheid": HOSTILE_TEXT},
            besluit={"door": HOSTILE_RULE, "akkoord": "3", "route": [HOSTILE_RULE]},
            financiering=[{"budget": "handgeld", "bedrag": "250"}],
            afspraken=[HOSTILE_RULE],
            betrokkenen=[HOSTILE_RULE],
            werkwijze={"zonder_namen": "ja", "evaluatie": HOSTILE_TEXT, "partners": [HOSTILE_RULE]},
            resultaat={
                "status": "geslaagd",
                "tekst": HOSTILE_TEXT,
                "spijt": "nee",
                "geleerd": HOSTILE_TEXT,
                "niet_gewerkt": HOSTILE_TEXT,
                "stem_inwoner": HOSTILE_TEXT,
            },
            wijziging=[
                {
                    "regel": {"lokaal": HOSTILE_RULE},
                    "soort": "doelgroep-verruimen",
                    "niveau": "college-beleidsregel",
                    "voorstel": HOSTILE_TEXT,
                }
            ],
            bronnen=[
                {"titel": HOSTILE_RULE, "uitgever": HOSTILE_RULE, "url": "https://example.org/?a=1&b=`-alert(10)-`"}
            ],
        )
        for number, (title, place) in enumerate(zip(HOSTILE, ("Zwolle", "Almelo", "Veere"), strict=True), start=1)
    ]


def small_records() -> list[Record]:
    """A few records: three hostile, two plain, one withdrawn, one not published yet."""
    withdrawn = a_record("ingetrokken-casus", status="ingetrokken", **WITHDRAWN)
    plain = [
        a_record("eerste"),
        a_record("tweede", gemeente="Assen", leefgebieden=["vervoer"], situatie="Een jongen reist ver naar school."),
    ]
    concept = a_record("concept-casus", status="concept", titel="Steenuil in de wacht", situatie=CONCEPT)
    return [*map(excuse, hostile_records()), *plain, withdrawn, concept]


def write_record(folder: Path, record: Record) -> Path:
    """Write a record as YAML in which every value is quoted text; its path."""
    path = folder / f"{record['id']}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_yaml(record), "utf-8")
    return path


def as_yaml(record: Record) -> str:
    """The text of a record's file, every value quoted."""
    return str(yaml.safe_dump(record, allow_unicode=True, sort_keys=False, default_style='"'))


def excuse(record: Record) -> Record:
    """The record with a reviewed exception for all that the privacy gate finds: hostile text is no name of anybody."""
    source = parse_source(f"cases/{record['id']}.yaml", as_yaml(record).encode())
    found = review_source(source, None, load_vocabulary()).problems
    exceptions = [
        {"regel": problem.code, "sleutel": problem.values["sleutel"], "reden": "woord", "beoordeeld_door": "redactie"}
        for problem in found
    ]
    unique = {str(sorted(exception.items())): {**exception, "datum": "2026-01-02"} for exception in exceptions}
    return record | {"privacy": {"toestemming": "nvt_fictief", "uitzonderingen": list(unique.values())}}


def copy_project(folder: Path) -> Path:
    """The configuration, the pages that people wrote and the look of the site, without records."""
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copytree(ROOT / "generator/overrides", folder / "overrides")
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    line = "custom_dir: generator/overrides\n"
    assert line in text
    (folder / "mkdocs.yml").write_text(text.replace(line, "custom_dir: overrides\n"), "utf-8")
    return folder


@dataclass(frozen=True)
class Html:
    """A page as an HTML parser reads it."""

    elements: tuple[tuple[str, Mapping[str, str]], ...]
    """Every element: its name and attributes."""
    text: str
    """All text outside scripts and styles, runs of white space made one space."""
    title: str

    @property
    def ids(self) -> frozenset[str]:
        """Every id, and the name of every anchor."""
        return frozenset(value for _, found in self.elements for key in ("id", "name") if (value := found.get(key)))

    @property
    def links(self) -> frozenset[str]:
        """What `href`, `src` and `action` point at."""
        keys = ("href", "src", "action")
        return frozenset(found[key] for _, found in self.elements for key in keys if key in found)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, Mapping[str, str]]] = []
        self.texts: list[str] = []
        self.titles: list[str] = []
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open == "title" and not self.titles:
            self.titles.append(data)
        if self._open not in {"script", "style"}:
            self.texts.append(data)


@cache
def read_html(path: Path) -> Html:
    """A page as an HTML parser reads it; read once, since no test changes a finished site."""
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    return Html(tuple(reader.elements), " ".join("".join(reader.texts).split()), "".join(reader.titles))


@pytest.fixture(scope="session")
def make_project(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A new project: `make_project()` with the real records, `make_project([...])` with the given ones."""

    def make(records: list[Record] | None = None) -> Path:
        folder = copy_project(tmp_path_factory.mktemp("project"))
        for name in ("cases", "patterns") if records is None else ():
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, folder / name)
        for record in records or ():
            write_record(folder / "cases", record)
        return folder

    return make


@pytest.fixture(scope="session")
def run() -> Run:
    """Run a console script in a folder: `run("mkdocs", "build", cwd=folder)`; extra keywords set the environment."""

    def run_script(name: str, *arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(SCRIPTS / name), *arguments],
            cwd=cwd,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    return run_script


@pytest.fixture(scope="session")
def project(make_project: Callable[..., Path]) -> Path:
    """The real records, copied once. No test changes it."""
    return make_project()


@pytest.fixture(scope="session")
def built_site(project: Path, run: Run) -> Path:
    """The site of the real records, built by `maatwerkatlas build`."""
    done = run("maatwerkatlas", "build", cwd=project, PYTHONHASHSEED="1")
    assert done.returncode == 0, done.stderr
    return project / "site"


@pytest.fixture(scope="session")
def book(project: Path) -> Book:
    """What the site of the real records shows."""
    return prepare(Settings(root=project, cases=project / "cases", patterns=project / "patterns")).book


@pytest.fixture(scope="session")
def small_project(make_project: Callable[..., Path]) -> Path:
    """Three hostile records, two plain ones, one withdrawn, one concept. No test changes it."""
    return make_project(small_records())


@pytest.fixture(scope="session")
def small_site(small_project: Path, run: Run) -> Path:
    """The site of the small project."""
    done = run("maatwerkatlas", "build", cwd=small_project)
    assert done.returncode == 0, done.stderr
    return small_project / "site"


@pytest.fixture(scope="session")
def site_bytes() -> Callable[[Path], Mapping[str, bytes]]:
    """What a site holds, by relative name; the search index is left out, since it differs between equal runs."""

    def read(site: Path) -> dict[str, bytes]:
        names = sorted(path for path in site.rglob("*") if path.is_file())
        files = {path.relative_to(site).as_posix(): path.read_bytes() for path in names}
        return {name: data for name, data in files.items() if not name.startswith("pagefind/")}

    return read


@pytest.fixture(scope="session")
def site_text() -> Callable[[Path], str]:
    """Everything that a site holds as one text, with the compressed search index unpacked."""

    def read(site: Path) -> str:
        files = [path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()]
        return "\n".join(
            (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).decode("utf-8", "replace")
            for data in files
        )

    return read


class _QuietHandler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        """Lets the browser keep the theme's files, as web servers do."""
        if self.path.startswith("/assets/"):
            self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def _serve(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(site)))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def address(built_site: Path) -> Iterator[str]:
    """Where the site of the real records is served, ending in a slash."""
    yield from _serve(built_site)


@pytest.fixture(scope="session")
def small_address(small_site: Path) -> Iterator[str]:
    """Where the small site is served, ending in a slash."""
    yield from _serve(small_site)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium. Without one the tests are skipped, or fail if MAATWERKATLAS_BROWSER_REQUIRED is 1."""
    executable = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if executable is None:
        word = f"No browser found: none of {', '.join(BROWSERS)}."
        if os.environ.get("MAATWERKATLAS_BROWSER_REQUIRED") == "1":
            pytest.fail(word)
        pytest.skip(word)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=BROWSER_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile on a desktop screen."""
    fresh = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="nl-NL", service_workers="block"
    )  # the service worker has tests of its own
    fresh.set_default_timeout(15_000)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A new tab."""
    return context.new_page()


@pytest.fixture(scope="session")
def addresses(built_site: Path) -> Mapping[str, str]:
    """One address for every kind of page."""
    return kind_addresses(built_site)


@pytest.fixture(scope="session", name="read_html")
def read_html_function() -> Callable[[Path], Html]:
    """`read_html(path)`: a page as an HTML parser reads it."""
    return read_html


@pytest.fixture(scope="session", name="a_record")
def a_record_function() -> Callable[..., Record]:
    """`a_record(name, **changes)`: one valid record."""
    return a_record


@pytest.fixture(scope="session", name="write_record")
def write_record_function() -> Callable[[Path, Record], Path]:
    """`write_record(folder, record)`: the record as a file in a folder."""
    return write_record


@pytest.fixture(name="hostile_records")
def hostile_records_value() -> list[Record]:
    """The hostile records of the small project."""
    return hostile_records()


@pytest.fixture
def withdrawn_words() -> tuple[str, ...]:
    """Words that stand in the withdrawn record of the small project and nowhere else."""
    return WITHDRAWN_WORDS


@pytest.fixture(scope="session")
def a_plain_record() -> Callable[..., Record]:
    """Make a valid record, varied by keyword."""
    return a_record
