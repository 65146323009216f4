"""The server of ``live`` and the finding of changed files, without Sphinx."""

from __future__ import annotations

import http.client
import json
import os
import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from sphinx_folio.cli.live.running import today
from sphinx_folio.cli.live.server import Server
from sphinx_folio.cli.live.state import State
from sphinx_folio.cli.live.watcher import LOOKS, Watcher
from sphinx_folio.config import day_of_build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def state() -> State:
    return State()


@pytest.fixture
def server(tmp_path: Path, state: State) -> Iterator[Server]:
    site = tmp_path / "site"
    for name, text in {
        "index.html": "<html><body><p>Home</p></body></html>",
        "404.html": "<html><body>Not here</body></html>",
        "en/404.html": "<html><body>Not there</body></html>",
        "en/index.html": "<html><body>English</body></html>",
        "a b.md": "# Text",
        "site.css": "body {}",
        "search.js": "1",
        "me.vcf": "BEGIN:VCARD",
        "objects.inv": "#",
    }.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("classified", encoding="utf-8")
    with Server(site, state, 0) as found:
        threading.Thread(target=found.serve_forever, args=[0.05], daemon=True).start()
        yield found
        found.shutdown()


def ask(server: Server, path: str, method: str = "GET", host: str = "") -> tuple[int, dict[str, str], str]:
    port = server.server_address[1]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, headers={"Host": host or f"127.0.0.1:{port}"})
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, dict(response.getheaders()), text


def test_pages_get_the_script_as_they_are_served(server: Server, tmp_path: Path) -> None:
    status, headers, text = ask(server, "/?x=1")
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "text/html; charset=utf-8", "no-store")
    assert 'src="/.sphinx-folio/live.js" data-events="/.sphinx-folio/events?page=/index.html&amp;number=0"' in text
    assert text.endswith("</script></body></html>")
    assert "script" not in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "EventSource" in ask(server, "/.sphinx-folio/live.js")[2]
    assert ask(server, "/", "HEAD")[2] == ""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/a%20b.md", "text/markdown; charset=utf-8"),
        ("/site.css?v=1", "text/css; charset=utf-8"),
        ("/search.js", "text/javascript; charset=utf-8"),
        ("/me.vcf", "text/vcard; charset=utf-8"),
        ("/objects.inv", "application/octet-stream"),
    ],
)
def test_files_have_their_types(server: Server, path: str, kind: str) -> None:
    status, headers, _text = ask(server, path)
    assert (status, headers["Content-Type"]) == (200, kind)


def test_folders_and_missing_pages(server: Server) -> None:
    status, headers, _text = ask(server, "/en?x=1")
    assert (status, headers["Location"]) == (302, "/en/?x=1")
    assert "English" in ask(server, "/en/")[2]
    assert [ask(server, path)[0] for path in ("/no", "/en/no/where", "/site.css/x", "/%00", f"/{300 * 'a'}")] == [
        404
    ] * 5
    assert "Not here" in ask(server, "/no")[2]
    assert "Not there" in ask(server, "/en/no/where")[2]


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "//../secret.txt", "/en/..%2f..%2fsecret.txt"]
)
def test_files_outside_of_the_site_are_not_served(server: Server, path: str) -> None:
    status, _headers, text = ask(server, path)
    assert status == 404
    assert "classified" not in text


def test_only_this_machine_is_served(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.socket.getsockname()[0] == "127.0.0.1"
    assert ask(server, "/", host="evil.example:80")[0] == 403
    assert ask(server, "/", host=f"localhost:{server.server_address[1]}")[0] == 200
    assert ask(server, "/", host="127.0.0.1")[0] == 200  # at port 80


def test_a_port_in_use_is_an_error(server: Server, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="in use"):
        Server(tmp_path, State(), server.server_address[1])


def test_a_page_is_told_of_its_own_changes_even_if_they_came_before_it_asked(server: Server, state: State) -> None:
    state.note_pages(["/other.html"])
    page = ask(server, "/index.html")[2]
    address = page.partition('data-events="')[2].partition('"')[0].replace("&amp;", "&")
    state.report({"lines": ["a warning"]})
    state.note_pages(["/index.html"])
    connection = socket.create_connection(server.server_address[:2], timeout=60)  # type: ignore[arg-type]
    connection.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{server.server_address[1]}\r\n\r\n".encode())
    with connection, connection.makefile("r", encoding="utf-8") as stream:
        lines = iter(stream.readline, "")
        events = [next(line for line in lines if line.startswith("event: ")) + next(lines) for _number in range(2)]
    report = json.dumps({"lines": ["a warning"]})
    assert events == [f"event: reload\ndata: {state.number}\n", f"event: report\ndata: {report}\n"]


def test_changed_files_are_found(tmp_path: Path) -> None:
    folder, output = tmp_path / "docs", tmp_path / "docs" / "build"
    output.mkdir(parents=True)
    page, gone, single = folder / "a.md", folder / "b.md", tmp_path / "conf.py"
    for path in (page, gone, single):
        path.write_text("1", encoding="utf-8")
    watcher = Watcher([output])
    watcher.watch([folder], [single])
    assert watcher.changes() == set()
    page.write_text("12", encoding="utf-8")
    (folder / "new").mkdir()
    (folder / "new" / "c.md").write_text("1", encoding="utf-8")
    for name in (".hidden.md", "c.md~", "build/d.html", "a.mo"):
        (folder / name).write_text("1", encoding="utf-8")
    assert watcher.changes() == {page, folder / "new" / "c.md"}
    single.write_text("12", encoding="utf-8")
    gone.unlink()
    assert watcher.changes() == {single}
    assert [watcher.changes() for _look in range(LOOKS)] == [set()] * (LOOKS - 2) + [{gone}, set()]
    assert watcher.changes() == set()


def test_a_file_that_an_editor_replaces_counts_as_changed(tmp_path: Path) -> None:
    page, other = tmp_path / "a.md", tmp_path / "z.tmp"
    page.write_text("1", encoding="utf-8")
    stat = page.stat()
    watcher = Watcher([])
    watcher.watch([tmp_path], [])
    page.unlink()
    assert watcher.changes() == set()
    other.write_text("2", encoding="utf-8")
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    other.replace(page)
    page.write_text("22", encoding="utf-8")
    assert watcher.changes() == {page}
    assert watcher.changes() == set()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone cannot be set")
def test_the_day_of_a_stored_check_is_that_of_a_build_in_its_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    days = []
    for zone in ("EAST-14", "WEST12"):  # 26 hours apart
        with monkeypatch.context() as patch:
            patch.setenv("TZ", zone)
            time.tzset()
            days.append(today())
            assert today() == day_of_build()
    time.tzset()
    assert len(set(days)) == len(days)


def test_a_change_before_a_file_was_watched_is_reported_if_it_is_recent(tmp_path: Path) -> None:
    old, new = tmp_path / "old.py", tmp_path / "new.py"
    for second, path in enumerate((old, new), start=1):
        path.write_text("", encoding="utf-8")
        os.utime(path, ns=(second * 10**9, second * 10**9))
    watcher = Watcher([])
    watcher.watch([], [old, new], since=2 * 10**9)
    assert watcher.changes() == {new}
    assert watcher.changes() == set()
