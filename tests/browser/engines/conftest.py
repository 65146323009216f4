"""Firefox and WebKit, both driven by selenium's API; installed if they are missing, never skipped."""

from __future__ import annotations

import functools
import http.client
import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from selenium import webdriver
from selenium.webdriver.common.options import ArgOptions
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.options import Options as WebKitOptions
from selenium.webdriver.webkitgtk.service import Service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from selenium.webdriver.remote.webdriver import WebDriver

PROGRAMS = {"firefox-esr": ("firefox-esr", "firefox"), "webkit2gtk-driver": ("WebKitWebDriver",), "xvfb": ("Xvfb",)}
"""Debian packages → names of their programs."""
WATCH = Path(__file__).with_name("watch.js")
BROKEN = """\
<!doctype html><title>Broken</title><script src="watch.js"></script><link rel="icon" href="data:,">
<script src="gone.js"></script><script src="broken.js"></script><article style="left: 0"><pre>{wide}</pre></article>
""".format(wide="wide" * 1000)
SLOW = 120
"""Seconds after which an engine is stuck; on a busy machine, a start takes ten."""


class Marionette(RemoteConnection):
    """Send selenium's commands to Firefox itself. Debian has no geckodriver, whose task is just this translation."""

    COMMANDS = {  # noqa: RUF012  a constant of selenium's class hierarchy
        Command.NEW_SESSION: "NewSession",
        Command.GET: "Navigate",
        Command.GET_CURRENT_URL: "GetCurrentURL",
        Command.GET_TITLE: "GetTitle",
        Command.GO_BACK: "Back",
        Command.FIND_ELEMENT: "FindElement",
        Command.FIND_ELEMENTS: "FindElements",
        Command.CLICK_ELEMENT: "ElementClick",
        Command.SEND_KEYS_TO_ELEMENT: "ElementSendKeys",
        Command.GET_ELEMENT_TEXT: "GetElementText",
        Command.W3C_EXECUTE_SCRIPT: "ExecuteScript",
        Command.W3C_EXECUTE_SCRIPT_ASYNC: "ExecuteAsyncScript",
        Command.W3C_ACTIONS: "PerformActions",
        Command.W3C_CLEAR_ACTIONS: "ReleaseActions",
        Command.SET_TIMEOUTS: "SetTimeouts",
        Command.SET_WINDOW_RECT: "SetWindowRect",
        Command.SWITCH_TO_FRAME: "SwitchToFrame",
        Command.PRINT_PAGE: "Print",
        Command.SCREENSHOT: "TakeScreenshot",
    }

    def __init__(self, port: int) -> None:
        """Connect to a Firefox that was started with ``--marionette``."""
        super().__init__(client_config=ClientConfig(f"http://127.0.0.1:{port}"), ignore_proxy=True)
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=SLOW)
        self.stream = self.connection.makefile("rb")
        self.sent = 0
        self._receive()  # its greeting

    def execute(self, command: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """Send a command; return its answer as geckodriver would."""
        self.sent += 1
        given = {key: value for key, value in params.items() if key != "sessionId"}
        if "capabilities" in given:
            given = given["capabilities"]["alwaysMatch"]
        text = json.dumps([0, self.sent, f"WebDriver:{self.COMMANDS[command]}", given])
        self.connection.sendall(f"{len(text.encode())}:{text}".encode())
        _, _, error, result = self._receive()
        if error:
            return {"status": http.client.INTERNAL_SERVER_ERROR, "value": json.dumps({"value": error})}
        return {"value": result["value"] if isinstance(result, dict) and [*result] == ["value"] else result}

    def _receive(self) -> Any:
        length = b""
        while (character := self.stream.read(1)) != b":":
            assert character, "Firefox has crashed"
            length += character
        return json.loads(self.stream.read(int(length)))

    def close(self) -> None:
        """Close the connection."""
        self.stream.close()
        self.connection.close()


@contextmanager
def running(*command: str | Path, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program, and stop it at the end."""
    program = subprocess.Popen(command, stderr=subprocess.DEVNULL, **{"stdout": subprocess.DEVNULL, **options})
    try:
        yield program
    finally:
        program.terminate()
        try:
            program.wait(timeout=30)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


@contextmanager
def firefox(home: Path) -> Iterator[WebDriver]:
    """Start Firefox without a window."""
    profile = home / "profile"
    profile.mkdir()
    settings = {
        "marionette.port": 0,
        "app.update.disabledForTesting": True,
        "browser.shell.checkDefaultBrowser": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "network.prefetch-next": True,
        "ui.systemUsesDarkTheme": 0,
        "ui.primaryPointerCapabilities": 6,  # a mouse, which a machine without a screen lacks: fine and hovering
        "ui.allPointerCapabilities": 6,
    }
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items()]
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    environment = {**os.environ, "HOME": str(home), "MOZ_CRASHREPORTER_DISABLE": "1"}
    program = next(filter(None, map(shutil.which, PROGRAMS["firefox-esr"])))
    command = (program, "--headless", "--marionette", "--no-remote", "--profile", profile)
    with running(*command, env=environment) as process:
        port = profile / "MarionetteActivePort"
        wait(lambda: port.exists() and port.read_text().strip(), process)
        connection = Marionette(int(port.read_text()))
        yield webdriver.Remote(connection, options=FirefoxOptions())
        connection.close()


class FirefoxOptions(ArgOptions):
    """What Firefox is asked for."""

    @property
    def default_capabilities(self) -> dict[str, Any]:
        return {"unhandledPromptBehavior": "accept"}

    def to_capabilities(self) -> dict[str, Any]:
        return self.default_capabilities


@contextmanager
def webkit(home: Path) -> Iterator[WebDriver]:
    """Start WebKit on a screen in memory."""
    reading, writing = os.pipe()
    screen = ("Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1200x24", "-nolisten", "tcp")
    with running(*screen, pass_fds=[writing]), os.fdopen(reading) as number:
        os.close(writing)
        environment = {
            **os.environ,
            "DISPLAY": f":{number.readline().strip()}",
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home),
            "GTK_A11Y": "none",
            "NO_AT_BRIDGE": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # it refuses to run as root otherwise
        }
        service = Service(shutil.which("WebKitWebDriver"), env=environment, log_output=subprocess.DEVNULL)
        service.start()
        connection = RemoteConnection(client_config=ClientConfig(service.service_url), ignore_proxy=True)
        driver = webdriver.Remote(connection, options=WebKitOptions())
        yield driver
        driver.quit()
        service.stop()


def wait(condition: Callable[[], Any], program: subprocess.Popen[bytes]) -> None:
    """Wait for a program to get ready."""
    end = time.monotonic() + SLOW
    while not condition():
        assert program.poll() is None, f"{program.args!r} ended with {program.returncode}"
        assert time.monotonic() < end, f"{program.args!r} does not get ready"
        time.sleep(0.05)


ENGINES = {"firefox": firefox, "webkit": webkit}


def missing_packages() -> list[str]:
    """Return the packages none of whose programs is on PATH."""
    return [package for package, names in PROGRAMS.items() if not any(map(shutil.which, names))]


@pytest.fixture(scope="session")
def engine_programs(installer: Callable[[Callable[[], list[str]]], list[str]]) -> None:
    """Install the engines; a machine without them fails the test."""
    missing = installer(lambda: ["fonts-noto-cjk", *packages] if (packages := missing_packages()) else [])
    if missing:
        pytest.fail(f"install Firefox and WebKit (on Debian: apt install {' '.join(missing)})")


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest, engine_programs: None) -> Iterator[WebDriver]:
    """Return a running engine."""
    temporary = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)  # not pytest's: sockets want a short path
    with temporary as home, ENGINES[request.param](Path(home)) as driver:
        driver.set_script_timeout(SLOW)
        driver.set_page_load_timeout(SLOW)
        driver.set_window_rect(width=1280, height=900)
        yield driver


@pytest.fixture(scope="session")
def watched(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the site whose pages remember what goes wrong, from disk, too; no engine reads out its console."""
    return copy_watched(site, tmp_path_factory.mktemp("watched") / site.name)


@pytest.fixture(scope="session", name="copy_watched")
def copy_watched_fixture() -> Callable[[Path, Path], Path]:
    """Return the function that copies a site so."""
    return copy_watched


def copy_watched(site: Path, copied: Path) -> Path:
    """Copy a site; its pages remember what goes wrong."""
    shutil.copytree(site, copied, copy_function=os.link)
    for page in (path.relative_to(site) for path in site.rglob("*.html")):
        if "_static" in page.parts:  # of a theme
            continue
        before = "</head>" if page.name == "404.html" else '<meta name="viewport"'  # in 404, after its base
        text = (site / page).read_text(encoding="utf-8")
        assert before in text, page
        root = "" if page.name == "404.html" else "../" * (len(page.parts) - 1)
        (copied / page).unlink()
        watching = f'<script src="{root}{WATCH.name}"></script>'
        (copied / page).write_text(text.replace(before, watching + before, 1), encoding="utf-8")
    for folder in {copied, *(path.parent for path in copied.rglob("404.html"))}:
        shutil.copy(WATCH, folder)
    (copied / "frame.html").write_text('<!doctype html><title>Frame</title><link rel="icon" href="data:,">', "utf-8")
    (copied / "broken.html").write_text(BROKEN, encoding="utf-8")
    (copied / "broken.js").write_text("console.warn('a', 'word'); nowhere();", encoding="utf-8")
    return copied


class Host(NamedTuple):
    """A server that sends the policy of the site with every answer."""

    address: str
    """Of the folder that it serves."""
    complaints: list[str]
    """What could not be served, and what the policy blocked."""


@pytest.fixture(scope="session", name="hosted")
def hosted_fixture(
    quiet_handler: type[SimpleHTTPRequestHandler],
) -> Callable[[Path, str], AbstractContextManager[Host]]:
    """Return the context in which a folder is served with a policy."""
    return functools.partial(hosted, handler=quiet_handler)


@contextmanager
def hosted(folder: Path, policy: str, handler: type[SimpleHTTPRequestHandler]) -> Iterator[Host]:
    """Serve a folder."""
    complaints: list[str] = []
    policy = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")  # the narrow pages stand in a frame

    class Strict(handler):  # type: ignore[misc, valid-type]  # the class comes out of a fixture
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", f"{policy}; report-uri /reports")
            super().end_headers()

        def send_response(self, code: int, message: str | None = None) -> None:
            if code >= http.client.BAD_REQUEST:
                complaints.append(f"{code} {self.command} {self.path}")
            super().send_response(code, message)

        def do_POST(self) -> None:  # noqa: N802  the base class fixes the name
            report = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["csp-report"]
            complaints.append(
                f"{report['document-uri']} blocked {report['blocked-uri']}: {report['violated-directive']}"
            )
            self.send_response(http.client.NO_CONTENT)
            self.end_headers()

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Strict, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        yield Host(f"http://127.0.0.1:{server.server_port}/", complaints)
        server.shutdown()


@pytest.fixture(params=["", "portfolio/"], ids=["root", "path"])
def host(
    request: pytest.FixtureRequest, watched: Path, tmp_path: Path, quiet_handler: type[SimpleHTTPRequestHandler]
) -> Iterator[Host]:
    """Serve the site at the root of a host, and below a path."""
    served, path = watched, request.param
    if path:
        served = tmp_path / "host"
        served.mkdir()
        (served / path).symlink_to(watched, target_is_directory=True)
        (served / "404.html").symlink_to(watched / "404.html")  # a host answers with the page of its root
    policy = (watched / "content-security-policy.txt").read_text("utf-8").strip()
    with hosted(served, policy, quiet_handler) as (address, complaints):
        yield Host(f"{address}{path}", complaints)
