"""Lighthouse over kinds of page, with mobile settings, on a local server that compresses as web servers do.

Needs Node.js, `lighthouse` from npm (on the path, or named by `--lighthouse`) and a Chromium. Prints a table.
    python -m benchmarks.lighthouse site --lighthouse node_modules/.bin/lighthouse
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

GOALS: Mapping[str, int] = {"performance": 95, "accessibility": 100, "best-practices": 95, "seo": 95}
"""What each category must reach, of 100."""
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml")
TABLE = "| {:28} | {:>11} | {:>13} | {:>14} | {:>3} | {:>5} |"


class Compressing(SimpleHTTPRequestHandler):
    """Serves files of a folder, text compressed, and says nothing."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> BytesIO | None:
        """Answer with headers; the body to send, if there is one."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return None
        body = path.read_bytes()
        self.send_response(200)
        kind = self.guess_type(str(path))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if path.suffix in COMPRESSED else kind)
        if path.suffix in COMPRESSED:
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a folder while it is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressing, directory=str(site)))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def pages_of(site: Path) -> Iterator[str]:
    """One address of each kind: home, the longest case and pattern, the first proposal, search."""
    yield ""
    for section in ("casussen", "patronen"):
        pages = site.glob(f"{section}/*/index.html")
        yield f"{max(pages, key=lambda path: (path.stat().st_size, path)).parent.relative_to(site).as_posix()}/"
    yield f"{min(site.glob('voorstellen/P-*/index.html')).parent.relative_to(site).as_posix()}/"
    yield "zoeken/"


def measure(command: str, address: str) -> Mapping[str, object]:
    """What Lighthouse reports of one page. Raises `CalledProcessError` if it fails."""
    arguments = [command, address, "--output=json", "--quiet", "--form-factor=mobile", f"--chrome-flags={FLAGS}"]
    arguments.append(f"--only-categories={','.join(GOALS)}")
    chromium = os.environ.get("CHROME_PATH") or shutil.which("chromium") or ""
    done = subprocess.run(
        arguments, capture_output=True, text=True, check=True, env={**os.environ, "CHROME_PATH": chromium}
    )
    report: Mapping[str, object] = json.loads(done.stdout)
    return report


def scores(report: Mapping[str, object]) -> dict[str, int]:
    """The score of each category, of 100."""
    categories = report["categories"]
    assert isinstance(categories, dict)
    return {name: round(100 * (categories[name]["score"] or 0)) for name in GOALS}


def missed(report: Mapping[str, object]) -> Iterator[str]:
    """The audits that took points, with what they say."""
    categories, audits = report["categories"], report["audits"]
    assert isinstance(categories, dict)
    assert isinstance(audits, dict)
    weighed = {row["id"] for name in GOALS for row in categories[name]["auditRefs"] if row["weight"]}
    for name in sorted(weighed):
        if audits[name]["score"] is not None and audits[name]["score"] < 0.9:
            yield f"{name}: {audits[name].get('displayValue') or audits[name]['title']}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 if a page misses a goal, 2 if Lighthouse is not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("pages", nargs="*", help="addresses below the site; without: five kinds of page")
    parser.add_argument("--lighthouse", default=shutil.which("lighthouse") or "", help="the command")
    options = parser.parse_args(arguments)
    if not options.lighthouse or not shutil.which(options.lighthouse):
        print("Lighthouse is not there: npm install lighthouse, and name it with --lighthouse.", file=sys.stderr)
        return 2
    print(TABLE.format("page", *GOALS, "CLS"))
    print(TABLE.format("---", "--:", "--:", "--:", "--:", "--:"))
    good = True
    remarks = []
    with served(options.site) as address:
        for page in options.pages or pages_of(options.site):
            report = measure(options.lighthouse, address + page)
            found, audits = scores(report), report["audits"]
            assert isinstance(audits, dict)
            shift = round(audits["cumulative-layout-shift"]["numericValue"], 3)
            print(TABLE.format(page[:28] or "home", *found.values(), shift), flush=True)
            good = good and all(found[name] >= goal for name, goal in GOALS.items())
            remarks += [f"{page or 'home'}: {line}" for line in missed(report)]
    print("", *remarks, sep="\n")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
