"""Serve a built site to the browsers of this machine, with a script that reloads a page when it has changed.

The script is added to pages as they are served; the files stay as they were built. Server-sent events tell it what
has changed: ``reload`` for its own page, ``report`` for warnings.
"""

from __future__ import annotations

import json
import mimetypes
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote, urlsplit

from sphinx_folio.cli.live.running import OWN, PATIENCE

if TYPE_CHECKING:
    from sphinx_folio.cli.live.state import State

HOST = "127.0.0.1"
SCRIPT = Path(__file__).with_name("client.js")
HEARTBEAT = 10.0
"""Seconds after which an idle connection gets an empty line; so the server notices that the browser has gone."""
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".vcf": "text/vcard; charset=utf-8",
    ".xml": "application/xml",
}
"""Types that the tables of some systems lack, or have wrong."""


class Server(ThreadingHTTPServer):
    """Serves a folder on this machine alone."""

    daemon_threads = True

    def __init__(self, folder: Path, state: State, port: int) -> None:
        """Listen on a port; 0 means any that is free.

        Raises:
            OSError: The port is in use.
        """
        super().__init__((HOST, port), partial(Handler, folder.resolve(), state))

    @property
    def address(self) -> str:
        """Return the address of the home page."""
        return f"http://{HOST}:{self.server_address[1]}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore browsers that close a connection early."""


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    server: Server

    def __init__(self, folder: Path, state: State, *args: object) -> None:
        """Serve a folder."""
        self._folder = folder
        self._state = state
        super().__init__(*args)  # type: ignore[arg-type]  # request, address and server

    def do_HEAD(self) -> None:
        """Answer as to GET, without the content."""
        self.do_GET()

    def do_GET(self) -> None:
        """Send a file of the site, or what belongs to this server."""
        if not self._is_local():  # a page of another site whose name leads to this machine
            self._send(HTTPStatus.FORBIDDEN, "text/plain", b"This server answers to 127.0.0.1 and localhost alone.\n")
            return
        parts = urlsplit(self.path)
        path = unquote(parts.path, errors="replace")
        if path == f"{OWN}events":
            query = parse_qs(parts.query)
            page = query.get("page", [""])[0]
            with self._state.viewing(page):
                self._send_events(page, _number(query.get("number", [""])[0]))
        elif path == f"{OWN}result":
            self._send(HTTPStatus.OK, TYPES[".json"], json.dumps(self._state.ask(PATIENCE)).encode())
        elif path == f"{OWN}live.js":
            self._send(HTTPStatus.OK, TYPES[".js"], SCRIPT.read_bytes())
        else:
            self._send_file(path, parts.query)

    def _is_local(self) -> bool:
        name = self.headers.get("Host", "").partition(":")[0]
        return name in {HOST, "localhost"}

    def _send_file(self, path: str, query: str) -> None:
        file = self._file(path)
        if file is not None and file.is_dir():
            if not path.endswith("/"):
                self.send_response(HTTPStatus.FOUND)
                self.send_header("Location", f"{quote(path)}/" + (f"?{query}" if query else ""))
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            file /= "index.html"
        number = self._state.number  # before the page is read, which may be replaced in the meantime
        try:
            content = file.read_bytes() if file is not None else b""
        except OSError:
            file = None
        if file is None:
            self._send_not_found(path, number)
        elif file.suffix == ".html":
            self._send(HTTPStatus.OK, TYPES[".html"], with_script(content, page_address(path), number))
        else:
            kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            self._send(HTTPStatus.OK, kind, content)

    def _file(self, path: str) -> Path | None:
        """Return the file or folder of an address; None if it does not exist, or is not in the site."""
        if "\0" in path or "\\" in path:
            return None
        file = self._folder / path.lstrip("/")
        try:
            file = file.resolve(strict=True)
        except OSError:
            return None
        return file if file.is_relative_to(self._folder) else None

    def _send_not_found(self, path: str, number: int) -> None:
        """Send the nearest page 404.html, which is in the language of the address."""
        folder = path.rpartition("/")[0]
        while True:
            page = self._file(f"{folder}/404.html")
            if page is not None and page.is_file():
                content = page.read_bytes()
                break
            if not folder:
                content = b"<!doctype html><title>404</title><body>404 Not Found</body>"
                break
            folder = folder.rpartition("/")[0]
        self._send(HTTPStatus.NOT_FOUND, TYPES[".html"], with_script(content, page_address(path), number))

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _send_events(self, page: str, number: int) -> None:
        """Send events to a page until its browser closes the connection."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if self.command == "HEAD":
            return
        sent = None
        try:
            while True:
                current = self._state.number
                if self._state.has_changed(page, number):
                    self._write_event("reload", current)
                report = self._state.current_report()
                if report != sent:
                    self._write_event("report", report)
                    sent = report
                number = current
                if self._state.wait(current, HEARTBEAT) == current:
                    self.wfile.write(b":\n\n")
        except OSError:  # the browser has gone
            return

    def _write_event(self, name: str, data: object) -> None:
        self.wfile.write(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name in the base class
        """Print no line for a request."""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def page_address(path: str) -> str:
    """Return the address of a page, with its file name."""
    return f"{path}index.html" if path.endswith("/") else path


def with_script(content: bytes, page: str, number: int) -> bytes:
    """Return a page with the script that reloads it when a later change than the given one concerns it."""
    address = f"{OWN}events?page={quote(page)}&amp;number={number}"
    script = f'<script src="{OWN}live.js" data-events="{address}"></script>'.encode()
    start, end, rest = content.rpartition(b"</body>")
    return start + script + end + rest if end else content + script
