"""A built site's folder in, the site served from this machine as a careful host serves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

BROWSER_ARGUMENTS = (
    "--no-sandbox",  # root in a container has no other way
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)

SHARED = ("du-lieu/", "feed.json", "nhung/")
"""What scripts of other sites may read."""


class CarefulHost(SimpleHTTPRequestHandler):
    """Serves one folder below one path, forbids everything that is not the site's own, and answers 404 with its page."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, base: str, **named: object) -> None:
        self.base = base
        super().__init__(*arguments, **named)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """Below the base only; what lies outside does not exist."""
        if not path.startswith(self.base):
            return str(Path(self.directory) / "khong-co")
        return super().translate_path("/" + path.removeprefix(self.base))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for what is not there."""
        if code != 404:
            super().send_error(code, message, explain)
            return
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def end_headers(self) -> None:
        """The policy under which every page must work (DESIGN §4)."""
        self.send_header("Content-Security-Policy", "default-src 'self'")
        if self.path.removeprefix(self.base).startswith(SHARED):
            self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the tests speak."""


class _OnePage(CarefulHost):
    """Another site with one page of its own and no policy."""

    def __init__(self, *arguments: object, page: str, **named: object) -> None:
        self.page = page.encode()
        super().__init__(*arguments, base="/", **named)

    def do_GET(self) -> None:
        """The page, whatever was asked for."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(self.page)))
        BaseHTTPRequestHandler.end_headers(self)
        self.wfile.write(self.page)


@contextmanager
def serve_page(page: str) -> Iterator[str]:
    """Serve one page of another site from this machine; gives its address."""
    with _running(partial(_OnePage, page=page)) as port:
        yield f"http://127.0.0.1:{port}/"


@contextmanager
def serve(site: Path, base: str = "/") -> Iterator[str]:
    """Serve a built site below `base` on a free port; gives the address of its home page."""
    with _running(partial(CarefulHost, directory=str(site), base=base)) as port:
        yield f"http://127.0.0.1:{port}{base}"


@contextmanager
def _running(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
