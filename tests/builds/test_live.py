"""The command ``live``: what browsers learn after an edit, and the site that results."""

from __future__ import annotations

import http.client
import io
import logging
import re
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_folio.cli.live.command import Live
from sphinx_folio.cli.live.options import Options
from sphinx_folio.cli.live.server import HOST, Server
from sphinx_folio.cli.live.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx_folio.cli.live.site import Site

CONF = """\
extensions = [
    "sphinx_folio", "sphinx_folio.export", "sphinx_folio.languages", "sphinx_folio.search", "sphinx_folio.redirects", "own"
]
import sys; sys.path.insert(0, __file__.rpartition("/")[0])
language = "en"
project = "Ada"
primary_domain = "folio"
folio_languages = {"en": "", "zh_CN": "zh"}
folio_levels = ["working", "expert"]
folio_exports = ["json", "txt", "markdown", "llms-full"]
locale_dirs = ["locales"]
html_static_path = ["static"]
html_css_files = ["own.css"]
exclude_patterns = ["static", "build"]
"""
PAGES = {
    ".sphinx-folio.json": '{"files": {"requirements.txt": []}}',
    "requirements.txt": "",
    "conf.py": CONF,
    "own.py": 'def setup(app):\n    return {"version": "1", "parallel_read_safe": True}\n',
    "static/own.css": "p { color: red }\n",
    "index.rst": "Home\n====\n\n.. person:: ada\n   :name: Ada\n\n.. toctree::\n   :glob:\n\n   *\n   */*\n\n.. skill-index::\n",
    "part/usages.rst": "Usages\n======\n\n.. skill-index::\n\n:download:`conf.py </conf.py>`\n",
    "skills.rst": "Skills\n======\n\nGo\n--\n\n.. skill:: go\n   :level: expert\n",
    "work.rst": "Work\n====\n\nPlain words.\n\n:skill:`go`\n\n.. downloads::\n\n:download:`conf.py`\n",
    "locales/zh_CN/LC_MESSAGES/work.po": 'msgid "Plain words."\nmsgstr "简单的话。"\n',
}
PATIENCE = 300
RECORDS = {".buildinfo", ".buildinfo.bak", "searchindex.js"}
"""Sphinx's index depends on the order in which pages were read."""
ROOT = Path(__file__).resolve().parents[2]


class Serving(Live):
    """A server for tests, with what it has printed."""

    def __init__(self, folder: Path, builder: str = "html") -> None:
        super().__init__(folder / "build" / "live", builder)
        self.folder, self.builder = folder, builder
        self.html = folder / "build" / "live" / builder
        self.lines: list[str] = []
        self.written: list[tuple[str, str]] = []
        self.messages: list[tuple[str, str, list[str]]] = []
        """Language, event and pages of what the workers have sent."""
        self.add(folder, folder, "")
        self.server = Server(self.html, self.state, 0)

    def print(self, line: str) -> None:
        self.lines.append(line)

    def _handle(self, site: Site, message: dict[str, Any]) -> None:
        pages = [message["page"]] if message["event"] == "page" else message.get("pages", [])
        self.messages.append((site.language, message["event"], pages))
        self.written += [(site.language, page) for page in pages]
        super()._handle(site, message)

    def report(self) -> dict[str, Any]:
        return self.state.current_report()

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition holds; fail after some minutes."""
        limit = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < limit, (self.report(), self.lines)
            self.state.wait(self.state.number, 0.2)

    def edit(self, name: str, text: str | None) -> None:
        """Write or remove a file, and wait for a complete build."""
        before = self.state.number
        path = self.folder / name
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8")
        self.wait(lambda: self.state.number > before and self.report().get("complete", False) is False)
        self.wait(lambda: bool(self.report().get("complete")))

    def page(self, path: str) -> str:
        return (self.html / path).read_text(encoding="utf-8")

    def clean(self) -> dict[str, bytes]:
        """Return the files of a clean build."""
        output = self.folder.parent / "clean"
        options = ["--builder", self.builder, "--output", str(output / self.builder)]
        command = [sys.executable, "-m", "sphinx_folio", "build", str(self.folder), *options]
        subprocess.run(command, check=False, capture_output=True)
        return files(output / self.builder)


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of a site, without Sphinx's records."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name not in RECORDS)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def is_like(folder: Path, expected: dict[str, bytes]) -> bool:
    """Return whether a site that may be written at the moment has the expected files."""
    try:
        return files(folder) == expected
    except FileNotFoundError:  # moved while it was read
        return False


@pytest.fixture(scope="module")
def source() -> Iterator[None]:
    """Let the processes that the server starts find the package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT / "src"))
        patch.setenv("SOURCE_DATE_EPOCH", "1795996800")
        yield


@contextmanager
def started(folder: Path, builder: str = "html") -> Iterator[Serving]:
    """Serve a new site as long as the context lasts."""
    for name, text in PAGES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = Serving(folder, builder)
    threads = [threading.Thread(target=found.server.serve_forever), threading.Thread(target=found.run)]
    for thread in threads:
        thread.start()
    try:
        found.wait(lambda: bool(found.report().get("complete")))
        yield found
    finally:
        found.is_running = False
        threads[1].join()
        found.stop()
        found.server.shutdown()
        threads[0].join()
        found.server.server_close()


@pytest.fixture(scope="module")
def serving(source: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with started(tmp_path_factory.mktemp("live") / "ada") as found:
        yield found


def events(serving: Serving, page: str) -> Iterator[str]:
    """Yield the names of the events that a page gets."""
    connection = http.client.HTTPConnection(HOST, serving.server.server_address[1], timeout=PATIENCE)
    try:
        connection.request("GET", page)
        html = connection.getresponse().read().decode()
        [address] = re.findall(r'data-events="([^"]+)"', html)
        connection.request("GET", address.replace("&amp;", "&"))
        response = connection.getresponse()
        while line := response.readline().decode():
            if line.startswith("event: "):
                yield line[7:].strip()
    finally:
        connection.close()


def test_an_edit_reaches_the_pages_of_all_languages_and_no_others(serving: Serving) -> None:
    listening = {page: events(serving, page) for page in ("/work.html", "/zh/work.html")}
    assert [next(found) for found in listening.values()] == ["report", "report"]
    serving.written.clear()
    before = serving.state.number
    serving.edit("work.rst", PAGES["work.rst"] + "\nMore words.\n")
    for found in listening.values():
        assert "reload" in found
        found.close()  # type: ignore[attr-defined]  # it is a generator
    assert {("en", "work.html"), ("zh_CN", "work.html")} <= {*serving.written}
    assert not serving.state.has_changed("/skills.html", before), serving.written
    assert "More words." in serving.page("work.html")
    assert files(serving.html) == serving.clean()


def test_the_edited_page_comes_first_and_as_a_clean_build_writes_it(serving: Serving) -> None:
    before = serving.state.number
    serving.messages.clear()
    new = serving.folder / "new.tmp"
    new.write_text(PAGES["work.rst"] + "\nWords, :skill:`go` and more.\n", encoding="utf-8")
    new.replace(serving.folder / "work.rst")  # one change, whenever the watcher looks
    serving.wait(lambda: serving.state.has_changed("/work.html", before))
    first = serving.page("work.html")
    serving.wait(lambda: [event for _language, event, _pages in serving.messages].count("done") == 4)  # two a language
    serving.wait(lambda: bool(serving.report().get("complete")))
    for language in ("en", "zh_CN"):
        own = [(event, pages) for found, event, pages in serving.messages if found == language]
        assert [event for event, _pages in own] == ["page", "pages", "done", "pages", "done"]
        assert own[0][1] == ["work.html"]
        assert "index.html" in own[1][1]  # its parent in the table of contents
        assert "work.html" not in own[1][1]  # browsers load it once
    assert "Words, " in first
    assert first == serving.page("work.html")
    assert files(serving.html) == serving.clean()


def test_edits_in_quick_succession_are_all_built(serving: Serving) -> None:
    for text in ("", PAGES["work.rst"] + "\nOne.\n", PAGES["work.rst"] + "\nTwo.\n"):  # as some editors save
        (serving.folder / "work.rst").write_text(text, encoding="utf-8")
    serving.wait(lambda: "Two." in serving.page("work.html") and "Two." in serving.page("zh/work.html"))
    (serving.folder / "skills.rst").write_text(PAGES["skills.rst"] + "\nThree.\n", encoding="utf-8")
    serving.wait(lambda: "Three." in serving.page("zh/skills.html"))
    clean = serving.clean()
    serving.wait(lambda: is_like(serving.html, clean))  # the rest follows


def test_a_translation_changes_its_language_alone(serving: Serving) -> None:
    serving.written.clear()
    name = "locales/zh_CN/LC_MESSAGES/work.po"
    serving.edit(name, PAGES[name].replace("简单", "平常"))
    assert "平常的话。" in serving.page("zh/work.html")
    assert {language for language, _page in serving.written} == {"zh_CN"}


def test_a_warning_is_shown_until_it_is_corrected(serving: Serving) -> None:
    def warnings() -> list[str]:
        return [line for line in serving.report()["lines"] if "unknown skill" in line]

    assert warnings() == []
    serving.edit("work.rst", PAGES["work.rst"] + "\n:skill:`goo`\n")
    [line] = warnings()
    assert "work.rst:12: WARNING: unknown skill 'goo'; did you mean 'go'? [folio.unknown_key]" in line
    serving.edit("skills.rst", PAGES["skills.rst"] + "\nText.\n")
    assert warnings() == [line]  # of a page that was not read again
    serving.edit("work.rst", PAGES["work.rst"])
    assert warnings() == []


def test_a_conflict_in_a_file_of_the_template_is_shown(serving: Serving) -> None:
    requirements = serving.folder / "requirements.txt"
    requirements.write_text("a\n<<<<<<< yours\n", encoding="utf-8")
    serving.wait(lambda: any("requirements.txt:2: WARNING: unresolved" in line for line in serving.report()["lines"]))
    requirements.write_text("a\n", encoding="utf-8")
    serving.wait(lambda: not any("unresolved" in line for line in serving.report()["lines"]))


def test_pages_are_added_renamed_and_removed(serving: Serving) -> None:
    serving.edit("new.rst", "New\n===\n\nFresh.\n")
    assert ">New<" in serving.page("index.html")
    assert ">New<" in serving.page("zh/work.html")  # in the sidebar, which Sphinx leaves as it is
    shutil.rmtree(serving.folder.parent / "clean", ignore_errors=True)
    assert files(serving.html) == serving.clean()
    serving.edit("skills.rst", PAGES["skills.rst"].replace("Go\n--", "Golang\n------"))
    assert "Golang" in serving.page("zh/work.html")
    assert (serving.html / "zh" / "new.html").is_file()
    serving.edit("new.rst", None)
    assert ">New<" not in serving.page("index.html")
    assert [*serving.html.rglob("new.html")] == []


@pytest.mark.parametrize("event", ["env-before-read-docs", "env-updated", "doctree-resolved"])
def test_files_that_are_removed_during_a_build_are_no_error(serving: Serving, event: str) -> None:
    remove = "def remove(app, *about):\n    app.srcdir.joinpath('short.rst').unlink(missing_ok=True)\n"
    own = remove + PAGES["own.py"].replace("return", f"app.connect('{event}', remove); return")
    serving.edit("own.py", own)
    serving.messages.clear()
    (serving.folder / "short.rst").write_text("Short\n=====\n", encoding="utf-8")
    serving.wait(lambda: not (serving.folder / "short.rst").exists())
    serving.edit("own.py", PAGES["own.py"])
    assert {event for _language, event, _pages in serving.messages} <= {"page", "pages", "done"}
    assert [*serving.html.rglob("short.html")] == []


def test_a_conf_py_that_is_written_again_is_no_error(serving: Serving) -> None:
    conf = serving.folder / "conf.py"
    serving.messages.clear()
    conf.unlink()  # as git does
    (serving.folder / "own.py").write_text(PAGES["own.py"] + "\n", encoding="utf-8")
    serving.wait(lambda: not serving.report()["complete"])
    conf.write_text(CONF, encoding="utf-8")
    serving.wait(lambda: bool(serving.report()["complete"]))
    assert "failed" not in {event for _language, event, _pages in serving.messages}


def test_a_style_sheet_and_an_extension_take_effect(serving: Serving) -> None:
    old = re.findall(r"own\.css\?v=\w+", serving.page("work.html"))
    serving.edit("static/own.css", "p { color: green }\n")
    assert serving.page("_static/own.css") == "p { color: green }\n"
    own = "def note(app, pagename, templatename, context, doctree):\n    context['body'] = context.get('body', '') + '<b>!</b>'\n"
    serving.edit("own.py", own + PAGES["own.py"].replace("return", "app.connect('html-page-context', note); return"))
    serving.edit("work.rst", PAGES["work.rst"] + "\nAgain.\n")
    assert "<b>!</b>" in serving.page("work.html")
    assert re.findall(r"own\.css\?v=\w+", serving.page("work.html")) != old
    serving.edit("own.py", PAGES["own.py"])
    assert "<b>!</b>" not in serving.page("work.html")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (CONF + "folio_levels = 7\n", "folio_levels"),
        (CONF + "1 / 0\n", f"conf.py:{len(CONF.splitlines()) + 1}: ZeroDivisionError: division by zero"),
        (CONF + "x = (\n", f"conf.py:{len(CONF.splitlines()) + 1}: SyntaxError: '(' was never closed"),
        (CONF + "def setup(app): 1 / 0\n", "the build stopped with ZeroDivisionError: division by zero"),
    ],
)
def test_a_wrong_conf_py_is_reported_and_ends_nothing(serving: Serving, wrong: str, message: str) -> None:
    shown = serving.page("work.html")
    (serving.folder / "conf.py").write_text(wrong, encoding="utf-8")
    serving.wait(lambda: bool(serving.report()["failed"]))
    [line] = (line for line in serving.report()["lines"] if message in line)
    assert "\n" not in line
    assert serving.page("work.html") == shown
    (serving.folder / "conf.py").write_text(CONF, encoding="utf-8")
    serving.wait(lambda: not serving.report()["failed"] and bool(serving.report()["complete"]))
    serving.edit("work.rst", PAGES["work.rst"] + f"\nNo {len(message)} words.\n")
    assert f"No {len(message)} words." in serving.page("zh/work.html")
    serving.edit("work.rst", PAGES["work.rst"])


def test_the_last_failure_is_shown(serving: Serving) -> None:
    (serving.folder / "conf.py").write_text(CONF + "folio_levels = 7\n", encoding="utf-8")
    serving.wait(lambda: any("folio_levels" in line for line in serving.report()["lines"]))
    place = f"conf.py:{len(CONF.splitlines()) + 1}: the build stopped with"
    (serving.folder / "conf.py").write_text(CONF + "def setup(app): 1 / 0\n", encoding="utf-8")
    serving.wait(lambda: any(place in line for line in serving.report()["lines"]))
    serving.wait(lambda: "folio_levels" not in "\n".join(serving.report()["lines"]))  # in both languages
    (serving.folder / "conf.py").write_text(CONF, encoding="utf-8")
    (serving.folder / "work.rst").write_bytes(b"Work\n====\n\nCaf\xe9\n")
    serving.wait(lambda: any("work.rst:4: not UTF-8" in line for line in serving.report()["lines"]))
    (serving.folder / "work.rst").write_text(PAGES["work.rst"], encoding="utf-8")
    serving.wait(lambda: not serving.report()["failed"] and bool(serving.report()["complete"]))


def test_languages_are_added_and_removed(serving: Serving) -> None:
    german = CONF.replace('"zh_CN": "zh"}', '"zh_CN": "zh", "de": "de"}')
    serving.edit("conf.py", german)
    assert files(serving.html) == serving.clean()
    assert "de/work.html" in files(serving.html)
    serving.edit("conf.py", CONF)
    shutil.rmtree(serving.folder.parent / "clean")
    assert files(serving.html) == serving.clean()
    assert "de/work.html" not in files(serving.html)


def test_pages_of_dirhtml_have_addresses_without_a_file(source: None, tmp_path: Path) -> None:
    with started(tmp_path / "ada", "dirhtml") as serving:
        serving.edit("404.rst", ":orphan:\n\nNot here\n========\n")
        viewed = "work"
        listening = events(serving, f"/zh/{viewed}/")
        assert next(listening) == "report"
        before = serving.state.number
        serving.messages.clear()
        serving.edit("skills.rst", PAGES["skills.rst"].replace("Go\n--", "Golang\n------"))
        assert "reload" in listening
        listening.close()  # type: ignore[attr-defined]  # it is a generator
        first = [pages for language, event, pages in serving.messages if (language, event) == ("zh_CN", "page")]
        assert sorted(first) == [["skills/index.html"], [f"{viewed}/index.html"]]  # the edited one, and the viewed one
        assert serving.state.has_changed("/skills/index.html", before)
        assert "Golang" in serving.page("work/index.html")
        assert files(serving.html) == serving.clean()


def test_a_worker_leaves_the_log_of_its_process_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text('extensions = ["sphinx_folio"]\n', encoding="utf-8")
    (tmp_path / "index.rst").write_text("Home\n====\n", encoding="utf-8")
    before = logging.root.manager.disable
    worker = Worker(Options.of(tmp_path, tmp_path, tmp_path / "html", tmp_path / "doctrees", "en"), io.StringIO())
    worker.prepare()
    worker.close()
    assert logging.root.manager.disable == before


def test_the_first_second_language_changes_the_templates_of_furo(serving: Serving) -> None:
    two = f'{CONF}html_theme = "furo"\n'
    serving.edit("conf.py", two.replace(', "zh_CN": "zh"}', "}"))
    assert '<aside class="sidebar-drawer">' in serving.page("work.html")
    serving.edit("conf.py", two)
    assert '<aside class="sidebar-drawer" aria-label="Site">' in serving.page("work.html")
    shutil.rmtree(serving.folder.parent / "clean", ignore_errors=True)
    pages, clean = (
        {name: content for name, content in found.items() if name.endswith(".html")}
        for found in (files(serving.html), serving.clean())
    )
    assert pages == clean
