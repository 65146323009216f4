"""Requests of web addresses: what a server answers, and what happens without one."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from sphinx_folio.verification.links import check_links

if TYPE_CHECKING:
    from collections.abc import Iterator


class Server(BaseHTTPRequestHandler):
    """A server that knows no HEAD for one of its pages."""

    def do_HEAD(self) -> None:
        self.answer(405 if self.path == "/old" else 200 if self.path in {"/page", "/%E7%BD%91%20x"} else 404)

    def do_GET(self) -> None:
        self.answer(200 if self.path == "/old" else 404)

    def answer(self, code: int) -> None:
        self.send_response(code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the base class fixes the name
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_each_web_address_is_asked_once_without_its_fragment(site: str) -> None:
    addresses = [
        f"{site}/page#one",
        f"{site}/page#two",
        f"{site}/old",
        f"{site}/gone",
        f"{site}/网 x",
        "mailto:me@example.org",
    ]
    assert {address: answer.code for address, answer in check_links(addresses, "2026-11-28").items()} == {
        f"{site}/page": "200",
        f"{site}/old": "200",
        f"{site}/gone": "404",
        f"{site}/网 x": "200",
    }


def test_where_nobody_answers_it_is_unreachable() -> None:
    found = check_links(["http://127.0.0.1:9/", "http://[host]/"], "2026-11-28")
    assert [(answer.code, answer.date) for answer in found.values()] == [("unreachable", "2026-11-28")] * 2
