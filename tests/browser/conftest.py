"""A real Chromium: found, or installed; never skipped."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, Page, Request, Response

SHELL = "chromium-headless-shell"
"""A Chromium without windows, which takes a quarter less time; Debian has it as a package of its own."""
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONTS = ("fonts-noto-cjk", "libatomic1")
"""What Chromium does not bring along."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def find_chromium() -> str | None:
    """Return where a Chromium is: named by CHROMIUM_PATH, on PATH, or Playwright's own."""
    named = os.environ.get("CHROMIUM_PATH")
    if named:
        return named
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    if on_path:
        return on_path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


@pytest.fixture(scope="session")
def chromium(installer: Callable[[Callable[[], list[str]]], list[str]], make_once: Callable[..., Path]) -> str:
    """Return the path of a Chromium; a machine without one fails the test instead of skipping it."""
    if not os.environ.get("CHROMIUM_PATH"):
        make_once("chromium", lambda _folder: install_chromium(installer))
    path = find_chromium()
    if not path:
        pytest.fail("no Chromium: install one (on Debian: apt install chromium fonts-noto-cjk) or set CHROMIUM_PATH")
    return path


def install_chromium(installer: Callable[[Callable[[], list[str]]], list[str]]) -> None:
    """Install the one without windows, or any if that cannot be had and there is none."""
    installer(lambda: [] if shutil.which(SHELL) else [f"{SHELL}{same_version()}", *FONTS])
    if not find_chromium():
        installer(lambda: [] if find_chromium() else ["chromium", *FONTS])
    if not find_chromium():  # where there is no apt, Playwright may have one
        command = [sys.executable, "-m", "playwright", "install", "--with-deps", "--only-shell", "chromium"]
        subprocess.run(command, capture_output=True, timeout=600, check=False)


def same_version() -> str:
    """Return the version of Debian's Chromium, if that is installed: a newer shell would upgrade it with what it shares."""
    if not shutil.which("dpkg-query"):
        return ""
    command = ["dpkg-query", "--show", "--showformat", "=${Version}", "chromium-common"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    return asked.stdout if asked.returncode == 0 and asked.stdout != "=" else ""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium: str) -> dict[str, Any]:
    """Start that Chromium, quietly."""
    return {**browser_type_launch_args, "executable_path": chromium, "args": FLAGS}


class QuietHandler(SimpleHTTPRequestHandler):
    """A file server that keeps its log to itself."""

    def __init__(self, *arguments: Any, policy: str = "", **named: Any) -> None:
        """Answer a request, with this Content-Security-Policy."""
        self.policy = policy
        super().__init__(*arguments, **named)

    def end_headers(self) -> None:
        """Add the policy, and let the browser keep what pages share, as hosts do."""
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        if "/_static/" in self.path:
            self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer as hosts do: with the site's own page for what is not there."""
        own = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not own.is_file():
            super().send_error(code, message, explain)
            return
        content = own.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  the base class fixes the name
        """Say nothing."""


@pytest.fixture(scope="session", name="quiet_handler")
def quiet_handler_fixture() -> type[QuietHandler]:
    """Return the class that answers requests."""
    return QuietHandler


@contextmanager
def served(folder: Path, policy: str = "") -> Iterator[str]:
    """Serve a folder while it is looked at, and say where."""
    handler = functools.partial(QuietHandler, directory=str(folder), policy=policy)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session", name="serve")
def serve_fixture() -> Callable[..., AbstractContextManager[str]]:
    """Return the context in which a folder is served."""
    return served


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the site below a path, as many hosts do, and return its address."""
    with served(site.parent) as root:
        yield f"{root}{site.name}/"


@pytest.fixture(scope="session")
def root_address(site: Path) -> Iterator[str]:
    """Serve the site at the root of a host, and return its address."""
    with served(site) as root:
        yield root


@pytest.fixture(scope="session")
def policy(site: Path) -> str:
    """Return the Content-Security-Policy that the site recommends."""
    return (site / "content-security-policy.txt").read_text("utf-8").strip()


@pytest.fixture(scope="session")
def strict_address(site: Path, policy: str) -> Iterator[str]:
    """Serve the site at the root of a host that sends the policy with every answer, and return its address."""
    with served(site, policy) as root:
        yield root


@pytest.fixture(scope="session")
def strict_path(site: Path, policy: str) -> Iterator[str]:
    """Serve the site so below a path, and return its address."""
    with served(site.parent, policy) as root:
        yield f"{root}{site.name}/"


TOO_WIDE = """() => Math.max(...[document.documentElement, ...document.querySelectorAll(".content")]
  .filter((e) => !e.matches(".content") || getComputedStyle(e).overflowX === "auto")
  .map((e) => e.scrollWidth - e.clientWidth))"""
"""On a phone, furo's content scrolls, not the page: what is too wide for it does not widen the page."""


@pytest.fixture(scope="session")
def too_wide() -> str:
    """Return a script that measures by how many pixels a page is wider than the window."""
    return TOO_WIDE


class Watch:
    """What a page says and asks for while it is read."""

    def __init__(self, page: Page, allowed: str) -> None:
        """Listen to a page; requests are allowed below an address."""
        self.console: list[str] = []
        self.failed: list[str] = []
        self.foreign: list[str] = []
        self.allowed = allowed
        page.on("console", lambda message: self.console.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.console.append(f"error: {error}"))
        page.on("request", self.note_request)
        page.on("requestfailed", self.note_failure)
        page.on("response", self.note_response)

    def note_request(self, request: Request) -> None:
        """Note a request that leaves the site."""
        if not request.url.startswith(self.allowed):
            self.foreign.append(f"asked of another: {request.url}")

    def note_failure(self, request: Request) -> None:
        """Note a request that failed, not one that the next page cut short."""
        if request.failure != "net::ERR_ABORTED":
            self.failed.append(f"{request.failure} {request.url}")

    def note_response(self, response: Response) -> None:
        """Note a request that the site cannot serve."""
        if response.status >= 400:
            self.failed.append(f"{response.status} {response.url}")

    def take(self, where: str) -> list[str]:
        """Return what has been noted since the last time."""
        found = [f"{where}: {note}" for notes in (self.console, self.failed, self.foreign) for note in notes]
        for notes in (self.console, self.failed, self.foreign):
            notes.clear()
        return found

    def assert_quiet(self) -> None:
        """Fail if anything was said on the console, failed, or left the site."""
        assert (self.console, self.failed, self.foreign) == ([], [], [])


@pytest.fixture(scope="session", name="watch_page")
def watch_page_fixture() -> type[Watch]:
    """Return the class that watches a page."""
    return Watch


@pytest.fixture
def calm(browser: Browser) -> Iterator[Page]:
    """A page without movement, so that what is measured has come to rest."""
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def watch(page: Page, address: str) -> Iterator[Watch]:
    """Watch the page of a test, and fail the test for what the page should not have done."""
    watching = Watch(page, address)
    yield watching
    watching.assert_quiet()
