"""A server on loopback that does what happens between a site and a reader: it goes away, hangs, forgets a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread


@dataclass
class Server:
    """A site on loopback. What it does can be changed while it runs."""

    site: Path
    folder: str = ""
    """Below which the site stands, ending in a slash; empty for the root."""
    address: str = ""
    down: bool = False
    """Whether it drops every connection."""
    gone: set[str] = field(default_factory=set)
    """Addresses (below the folder) that are not there any more."""
    days_old: int = 0
    """How old every answer says it is."""
    flowing: Event = field(default_factory=Event)
    """Until it is set, answers wait."""
    asked: list[str] = field(default_factory=list)
    """Paths that were asked for."""


def serving(site: Path, folder: str = "") -> Iterator[Server]:
    """One server, for as long as the loop over it takes."""
    server = Server(site, folder)
    server.flowing.set()

    class Handler(SimpleHTTPRequestHandler):
        def handle(self) -> None:
            if not server.down:
                super().handle()

        def send_head(self):
            server.asked.append(self.path)
            server.flowing.wait(60)
            path = self.path.partition("?")[0].removeprefix("/")
            inside = path.removeprefix(server.folder)
            if not path.startswith(server.folder) or inside in server.gone or ".." in path:
                self.send_error(404)
                return None
            self.path = f"/{inside}"
            self.directory = str(server.site)
            return super().send_head()

        def date_time_string(self, timestamp: float | None = None) -> str:
            if timestamp is not None:
                return super().date_time_string(timestamp)
            return format_datetime(datetime.now(UTC) - timedelta(days=server.days_old), usegmt=True)

        def log_message(self, format: str, *args: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    server.address = f"http://127.0.0.1:{http.server_port}/{folder}"
    yield server
    server.flowing.set()
    http.shutdown()
    thread.join()
    http.server_close()
