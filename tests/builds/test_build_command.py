"""The command that builds a portfolio: what it prints when a build fails, and its exit code."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_folio.cli.commands import main
from sphinx_folio.cli.signals import EndedError

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return new portfolios, in one language and in two."""
    folder = tmp_path_factory.mktemp("samples")
    for name, words in (("one", ()), ("two", ("--second", "zh_CN"))):
        assert main(["init", str(folder / name), *words]) == 0
    return {name: folder / name for name in ("one", "two")}


@pytest.fixture(params=["one"])
def mine(request: pytest.FixtureRequest, samples: dict[str, Path], tmp_path: Path) -> Path:
    """Return a portfolio that a test may change."""
    return Path(shutil.copytree(samples[request.param], tmp_path / "mine"))


in_two_languages = pytest.mark.parametrize("mine", ["two"], indirect=True)


@pytest.fixture
def run(mine: Path, run_command: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command of the package in the portfolio."""
    monkeypatch.chdir(mine)
    return run_command


def test_a_slip_stops_the_build_at_its_line(run: Run, mine: Path) -> None:
    page = mine / "docs" / "projects" / "lantern.md"
    text = page.read_text(encoding="utf-8").replace(":skills: kubernetes, tracing", ":skills: kubernets, tracing")
    page.write_text(text, encoding="utf-8")
    built = run("build")
    assert built.returncode == 1
    assert "lantern.md:6: WARNING: unknown skill 'kubernets'; did you mean 'kubernetes'?" in built.stderr
    where = Path("docs", "projects", "lantern.md")
    site = mine / "build" / "html"
    closing = f"The build failed with 1 warning, at {where}:6. Do not publish {site}."
    assert (built.stderr.splitlines()[-1], built.stdout) == (closing, "")


def test_a_site_is_not_written_over_its_pages(run: Run, mine: Path) -> None:
    built = run("build", "--output", "docs")
    assert built.returncode == 3
    assert built.stderr == "docs is the folder of the pages; choose another one with --output\n"


def test_doctrees_are_in_the_folder_build_or_where_they_are_asked_for(run: Run, mine: Path) -> None:
    assert run("build", "--output", "site/manual", "--doctrees", "cache").returncode == 0
    assert (mine / "cache" / "doctrees-en" / "environment.pickle").is_file()
    assert [path.name for path in (mine / "site").iterdir()] == ["manual"]
    assert run("build", "--output", "public/html").returncode == 0
    assert [path.name for path in (mine / "public").iterdir()] == ["html"]
    assert (mine / "build" / "html-doctrees" / "doctrees-en" / "environment.pickle").is_file()
    assert run("build").returncode == 0
    assert (mine / "build" / "doctrees-en" / "environment.pickle").is_file()


FLAT = """\
project = "Notes"
extensions = ["myst_parser", "sphinx_folio", "sphinx_folio.export", "sphinx_folio.languages"]
exclude_patterns = ["_build", "Thumbs.db", ".DS_Store"]
html_theme = "alabaster"
html_baseurl = "https://example.org/"
folio_languages = {"en": "", "de": "de"}
folio_exports = ["markdown", "llms", "json"]
suppress_warnings = ["folio.untranslated"]
"""


def test_no_build_reads_what_another_has_written_beside_the_pages(
    run_command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = tmp_path
    monkeypatch.chdir(pages)
    (pages / "conf.py").write_text(FLAT, encoding="utf-8")
    (pages / "index.md").write_text("# Home\n\n```{folio:person} a\n:name: Ada\n```\n", encoding="utf-8")
    assert run_command("export", "json", "-o", "build/files/index.md").returncode == 0
    for words in (("build",), ("check",), ("build", "--output", "site"), ("build", "--output", "site")):
        built = run_command(*words)
        assert (built.stderr, built.returncode) == ("", 0), words
    assert (pages / "build" / "html" / "de" / "index.md").is_file()
    assert {path.name for path in (pages / "site").iterdir()} & {"build", "site"} == set()


def test_pages_may_be_in_docs_below_conf_py(run_command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "conf.py").write_text(FLAT, encoding="utf-8")
    (tmp_path / "README.md").write_text("# Not a page\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n\n```{folio:person} a\n:name: Ada\n```\n", encoding="utf-8")
    for words in (("build",), ("check",), ("messages",), ("languages",), ("export", "json")):
        done = run_command(*words)
        assert (done.stderr, done.returncode) == ("", 0), words
    assert (tmp_path / "build" / "html" / "de" / "index.html").is_file()
    assert not (tmp_path / "build" / "html" / "README.html").exists()
    assert (tmp_path / "docs" / "locales" / "de" / "LC_MESSAGES" / "index.po").is_file()


def test_paths_in_settings_start_from_the_folder_of_conf_py(
    run_command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = {"folio_json_resume_extra": "docs/more.json", "folio_resume_photo": "docs/photo.svg"}
    lines = [f"{name} = {value!r}\n" for name, value in settings.items()]
    (tmp_path / "conf.py").write_text(FLAT + "".join(lines), encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n\n```{folio:person} a\n:name: Ada\n```\n", encoding="utf-8")
    (tmp_path / "docs" / "more.json").write_text('{"basics": {"x": 1}}', encoding="utf-8")
    shutil.copy(ROOT / "tests" / "data" / "careers" / "photo.svg", tmp_path / "docs")
    done = run_command("export", "json", "pdf", "--output", "files")
    assert (done.stderr, done.returncode) == ("", 0)
    assert '"x": 1' in (tmp_path / "files" / "resume.json").read_text(encoding="utf-8")


@in_two_languages
def test_warnings_of_two_languages_are_printed_and_counted_once(run: Run, mine: Path) -> None:
    pages = mine / "docs"
    with (pages / "index.md").open("a", encoding="utf-8") as file:
        file.write("\nUses {skill}`kubernets`.\n")
    built = run("build")
    assert built.returncode == 1
    assert built.stderr.count("unknown skill 'kubernets'") == 1
    assert built.stderr.count("no translation of") == 1
    line = len((pages / "index.md").read_text(encoding="utf-8").splitlines())
    assert f"The build failed with 2 warnings, the first at {Path('docs', 'index.md')}:{line}." in built.stderr


@in_two_languages
@pytest.mark.parametrize(
    ("command", "conf", "error"),
    [
        ("build", "folio_levels = 3", ": folio_levels: 3 is of type int"),
        ("build", "html_theme = 'fuor'", "no theme named 'fuor' found"),
        ("build", "extensions += ['sphinx_desing']", "Could not import extension sphinx_desing"),
        ("build", "needs_sphinx = '99'", "This project needs at least Sphinx v99"),
        ("build", "raise ValueError('sic')", ": ValueError: sic"),
        ("build", "a = (", ": SyntaxError: '(' was never closed"),
        ("build", "import sys; sys.exit()", ": The configuration file (or one of the modules it imports) called sys"),
        ("messages", "folio_levels = 3", ": folio_levels: 3 is of type int"),
        ("messages", "raise ValueError('sic')", ": ValueError: sic"),
    ],
)
def test_an_error_of_the_settings_is_told_by_its_text(
    command: str, conf: str, error: str, run: Run, mine: Path
) -> None:
    with (mine / "docs" / "conf.py").open("a", encoding="utf-8") as file:
        file.write(f"{conf}\n")
    done = run(command)
    assert done.returncode == 3
    assert done.stderr.startswith(error) or re.match(rf"docs/conf\.py:\d+{re.escape(error)}", done.stderr)
    assert done.stderr.count(error) == 1  # not once a language
    assert "github.com" not in done.stderr
    assert "Versions" not in done.stderr


def test_an_error_of_a_template_is_told_with_its_line(run: Run, mine: Path) -> None:
    with (mine / "docs" / "conf.py").open("a", encoding="utf-8") as file:
        file.write('folio_resume_template = "own.typ"\n')
    (mine / "docs" / "own.typ").write_text(
        '#import "sphinx-folio.typ": *\n#(1, 2).at(5)\n#setup(3)\n', encoding="utf-8"
    )
    done = run("build")
    assert done.returncode == 3
    assert re.match(r"docs/own\.typ:2: the template is invalid: array index out of bounds", done.stderr)
    assert done.stderr.count("own.typ") == 1
    assert "github.com" not in done.stderr


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_page_that_is_not_utf_8_is_told_with_its_line(command: str, run: Run, mine: Path) -> None:
    (mine / "docs" / "latin.md").write_bytes(b"# One\n\nCaf\xe9\n")
    done = run(command)
    assert done.returncode == 3
    message = "not UTF-8: invalid continuation byte at byte 10; save the file as UTF-8"
    assert done.stderr.splitlines()[0] == f"docs/latin.md:3: {message}"
    assert "Traceback" not in done.stderr
    if command == "check":
        [found] = json.loads(run("check", "--json").stdout)
        assert (found["file"], found["line"], found["message"]) == ("docs/latin.md", 3, message)


@pytest.mark.parametrize("command", ["build", "check", "export txt", "doctor"])
def test_a_name_that_is_not_utf_8_is_one_line(command: str, run: Run, mine: Path) -> None:
    name = os.fsdecode(b"docs/sk\xff.md")
    try:
        (mine / name).write_text("# One\n", encoding="utf-8")
    except OSError:
        pytest.skip("the file system refuses such names")
    done = run(*command.split())
    assert done.returncode == (1 if command == "doctor" else 3)
    lines = (done.stdout if command == "doctor" else done.stderr).splitlines()
    assert sum("docs/sk\\xff.md:1: the name is not UTF-8; rename it" in line for line in lines) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("helper", "error"),
    [
        ("import os\nimport nosuchmodule\n", "ModuleNotFoundError: No module named 'nosuchmodule' (docs/helper.py:2)"),
        ("1 / 0\n", "ZeroDivisionError: division by zero (docs/helper.py:1)"),
        ("a = (\n", "SyntaxError: '(' was never closed (docs/helper.py:1)"),
    ],
)
def test_an_error_of_a_module_that_conf_py_imports_has_both_places(
    helper: str, error: str, run: Run, mine: Path
) -> None:
    (mine / "docs" / "helper.py").write_text(helper, encoding="utf-8")
    conf = mine / "docs" / "conf.py"
    lines = conf.read_text(encoding="utf-8").splitlines()
    added = ["import sys", f"sys.path.insert(0, {str(mine / 'docs')!r})", "import helper", ""]
    conf.write_text("\n".join([*lines, *added]), encoding="utf-8")
    said = run("build").stderr
    assert said.splitlines()[0] == f"docs/conf.py:{len(lines) + 3}: {error}"
    assert "in conf.py instead" not in said
    assert "Traceback" in run("build", "--verbose").stderr


def test_an_error_of_the_settings_has_its_traceback_on_demand(run: Run, mine: Path) -> None:
    with (mine / "docs" / "conf.py").open("a", encoding="utf-8") as file:
        file.write("folio_levels = 3\n")
    done = run("build", "--verbose")
    assert "Traceback (most recent call last):" in done.stderr
    assert re.search(r"sphinx\.errors\.ConfigError: /.*conf\.py:\d+: folio_levels: 3 is of type int", done.stderr)


def test_what_is_not_the_owners_error_keeps_its_report(run: Run, mine: Path) -> None:
    with (mine / "docs" / "conf.py").open("a", encoding="utf-8") as file:
        file.write("def setup(app):\n    import zlib\n    app.connect('config-inited', zlib.crc32)\n")
    done = run("build")
    assert "Traceback" in done.stderr
    assert "crc32" in done.stderr
    assert done.stderr.endswith("The build failed.\n")


def started(folder: Path, *command: str) -> subprocess.Popen[str]:
    """Start a command in a folder, in a process group of its own that Ctrl-C can be sent to."""
    return subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


@pytest.mark.usefixtures("interruptible")
def test_an_interrupted_build_says_so_in_a_line(mine: Path) -> None:
    with (mine / "docs" / "conf.py").open("a", encoding="utf-8") as file:
        file.write("def setup(app):\n    import pathlib, time\n    pathlib.Path('begun').touch()\n    time.sleep(60)\n")
    command = [sys.executable, "-m", "sphinx_folio", "build"]
    with started(mine, *command) as building:
        while not (mine / "begun").exists() and building.poll() is None:
            time.sleep(0.05)
        os.killpg(building.pid, signal.SIGINT)  # as Ctrl-C in a terminal: to the command and to the Sphinx it runs
        output, _nothing = building.communicate()
    assert (output, building.returncode) == ("Interrupted.\n", 130)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_live_in_a_line_with_all_that_it_has_started(run: Run, mine: Path) -> None:
    with started(mine, sys.executable, "-m", "sphinx_folio", "live", "--port", "0") as live:
        assert live.stdout is not None
        serving, built = live.stdout.readline(), live.stdout.readline()
        assert "pages written" in built
        os.killpg(live.pid, signal.SIGINT)
        output, _nothing = live.communicate()
    assert (output, live.returncode) == ("Interrupted.\n", 130)
    with pytest.raises(ProcessLookupError):
        os.killpg(live.pid, 0)
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", int(re.findall(r":(\d+)/", serving)[0])))
    assert run("build").returncode == 0


def is_running(group: int) -> bool:
    """Return whether a process of a group runs."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_live_that_is_ended_from_outside_leaves_nothing_behind(mine: Path, sent: signal.Signals) -> None:
    with started(mine, sys.executable, "-m", "sphinx_folio", "live", "--port", "0") as live:
        assert live.stdout is not None
        live.stdout.readline()
        assert list((mine / "build" / "live").glob("*.json"))
        live.send_signal(sent)
        output, _nothing = live.communicate()
    assert ("Traceback" in output, live.returncode) == (False, 128 + sent)
    assert not list((mine / "build" / "live").glob("*.json"))
    limit = time.monotonic() + 60
    while is_running(live.pid):  # those that read pages end with the pages that they have
        assert time.monotonic() < limit
        time.sleep(0.05)


@pytest.mark.parametrize("number", [1, 2], ids=["server", "reader"])
def test_live_that_is_ended_while_it_starts_ends_its_threads(
    run: Run, mine: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    threads: list[threading.Thread] = []
    raised: list[object] = []
    start = threading.Thread.start

    def start_and_end(thread: threading.Thread) -> None:
        threads.append(thread)
        start(thread)
        if len(threads) == number:
            raise EndedError(signal.SIGTERM)

    monkeypatch.setattr(threading.Thread, "start", start_and_end)
    monkeypatch.setattr(threading, "excepthook", raised.append)
    ended = run("live", "--port", "0")
    for thread in threads:
        thread.join(60)
    assert (ended.returncode, ended.stderr, len(threads)) == (128 + signal.SIGTERM, "", number)
    assert not any(thread.is_alive() for thread in threads)
    assert not raised


@pytest.mark.parametrize(
    "words", [["--help"], ["build", "--help"], ["doctor", "."], ["completion", "bash"]], ids=" ".join
)
def test_a_reader_that_ends_first_is_reported_by_the_exit_code_alone(mine: Path, words: list[str]) -> None:
    """As programs do that the signal SIGPIPE ends."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "sphinx_folio", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": ""}
    done = subprocess.run(command, cwd=mine, env=environment, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.stderr, done.returncode) == (b"", 141)


@in_two_languages
def test_strings_without_a_translation_are_counted_at_the_end(run: Run, mine: Path) -> None:
    pages = mine / "docs"
    for name in ("evidence.md", "skills.md"):
        with (pages / name).open("a", encoding="utf-8") as file:
            file.write("\nTo be continued.\n\nTo be continued.\n\nSoon.\n")
    built = run("build")
    assert built.returncode == 1
    assert "no translation of 'To be continued.' in zh_CN/LC_MESSAGES/evidence.po" in built.stderr
    *_others, summary, closing = built.stderr.splitlines()
    assert (
        summary
        == "4 strings have no translation in zh_CN: run “python -m sphinx_folio messages” to update the catalogs and list these strings, then translate them."
    )
    assert closing.startswith("The build failed with 6 warnings, the first at ")


def test_a_site_may_be_built_with_dirhtml(run: Run, mine: Path) -> None:
    assert run("build", "--builder", "dirhtml").returncode == 0
    assert (mine / "build" / "dirhtml" / "skills" / "index.html").is_file()
    assert not (mine / "build" / "html").exists()


def test_a_warning_without_a_place_gets_none_at_the_end(run: Run, mine: Path) -> None:
    with (mine / "docs" / "conf.py").open("a", encoding="utf-8") as file:
        file.write("html_static_path = [*html_static_path, 'nowhere']\n")
    built = run("build")
    assert built.returncode == 1
    assert "html_static_path entry 'nowhere' does not exist" in built.stderr
    assert built.stderr.splitlines()[-1].startswith("The build failed: 1 warning. Do not publish ")
