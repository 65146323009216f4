"""The command ``check``: the warnings of a strict build, in lines or as JSON, and its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from sphinx_folio.cli.check import Outcome, as_object, check
from sphinx_folio.cli.live.command import Live
from sphinx_folio.cli.live.running import announced, ask
from sphinx_folio.cli.live.server import Server

ROOT = Path(__file__).resolve().parents[2]
CONF = """\
extensions = ["sphinx_folio", "sphinx_folio.languages", "sphinx_folio.search"]
language = "en"
primary_domain = "folio"
folio_languages = {"en": "", "zh_CN": "zh"}
folio_levels = ["working", "expert"]
folio_categories = {"languages": "Languages"}
exclude_patterns = ["build"]
locale_dirs = ["locales"]
"""
PAGE = "Home\n====\n\n.. skill:: go\n   :name: Go\n   :category: languages\n   :level: expert\n"
CATALOG = 'msgid "Home"\nmsgstr "首页"\n\nmsgid "Go"\nmsgstr "Go"\n\nmsgid "expert"\nmsgstr "精通"\n\nmsgid "Languages"\nmsgstr "语言"\n'


def run(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "LANG": "C.UTF-8", **variables}
    command = [sys.executable, "-m", "sphinx_folio", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_check_says_what_a_strict_build_says(tmp_path: Path) -> None:
    write(tmp_path, "conf.py", CONF)
    write(tmp_path, "index.rst", PAGE)
    write(tmp_path, "locales/zh_CN/LC_MESSAGES/index.po", CATALOG)
    done = run(tmp_path, "check")
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "No warnings\n")
    assert [path.name for path in (tmp_path / "build").iterdir()] == ["check"]
    assert list(tmp_path.glob("build/check/**/index.html"))
    assert not list(tmp_path.glob("build/check/**/folio-search"))  # it causes no warnings

    write(tmp_path, "index.rst", f"{PAGE}\n:skill:`goo`\n:ref:`nowhere`\n\n.. code-block:: json\n\n   {{]\n")
    built = run(tmp_path, "build", "--output", str(tmp_path / "build" / "html"))
    expected = [line for line in built.stderr.splitlines() if ": WARNING: " in line]
    done = run(tmp_path, "check")
    assert done.returncode == 1
    assert [line for line in done.stderr.splitlines() if ": WARNING: " in line] == [
        line.removeprefix(f"{tmp_path}{os.sep}") for line in expected
    ]
    again = run(tmp_path, "check", "--json")  # from the cache
    found = json.loads(again.stdout)
    assert (again.returncode, again.stderr) == (1, "")
    assert len(found) == len(expected)
    assert found[0].keys() == {"file", "line", "message", "type"}
    message = "unknown skill 'goo'; did you mean 'go'?"
    assert {"file": "index.rst", "line": 9, "message": message, "type": "folio.unknown_key"} in found

    write(tmp_path, "conf.py", CONF + "folio_levels = 7\n")
    done = run(tmp_path, "check")
    assert done.returncode == 3
    assert "folio_levels" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_mistake_in_a_translated_string_is_reported_once(tmp_path: Path) -> None:
    write(tmp_path, "conf.py", CONF)
    write(tmp_path, "index.rst", PAGE + "\nSee :skill:`goo`.\n")
    write(
        tmp_path,
        "locales/zh_CN/LC_MESSAGES/index.po",
        CATALOG + '\nmsgid "See :skill:`goo`."\nmsgstr "见 :skill:`goo`。"\n',
    )
    for command in ("check", "build"):
        lines = run(tmp_path, command).stderr.splitlines()
        assert [line.rpartition("/")[2] for line in lines if "unknown skill" in line] == [
            "index.rst:9: WARNING: unknown skill 'goo'; did you mean 'go'? [folio.unknown_key]"
        ]


def test_errors_are_counted_as_such(tmp_path: Path) -> None:
    write(tmp_path, "conf.py", CONF.replace(', "zh_CN": "zh"', ""))
    write(tmp_path, "index.rst", PAGE + "\n.. nothing::\n")
    assert run(tmp_path, "check").stderr.splitlines()[-1] == "1 error"
    assert "The build failed with 1 error, at " in run(tmp_path, "build").stderr
    write(tmp_path, "index.rst", PAGE + "\n.. nothing::\n\n:skill:`goo`\n")
    assert run(tmp_path, "check").stderr.splitlines()[-1] == "2 errors and warnings"
    assert "The build failed with 2 errors and warnings, the first at " in run(tmp_path, "build").stderr


def test_a_check_reports_a_missing_library_like_a_build_except_in_a_hook(tmp_path: Path) -> None:
    conf = CONF.replace(', "zh_CN": "zh"', "") + 'extensions += ["sphinx_folio.export"]\nfolio_exports = ["pdf"]\n'
    conf += "from sphinx_folio._common import typesetting\ntypesetting.LIBRARIES = ('no_such_library',)\n"
    write(tmp_path, "conf.py", conf)
    write(tmp_path, "index.rst", "Home\n====\n\n.. person:: ada\n   :name: Ada\n")
    done = run(tmp_path, "check")
    assert done.returncode == 1
    warning, _number = done.stderr.splitlines()
    assert "resume.pdf is not made: no_such_library not installed" in warning
    assert warning in run(tmp_path, "build").stderr
    write(tmp_path, "conf.py", conf + "import sys\nsys.prefix = '/cache/py_env-python3.11'\n")
    done = run(tmp_path, "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "No warnings\n", "")


def test_pages_may_have_the_longer_suffix_of_markdown(tmp_path: Path) -> None:
    conf = (
        CONF.replace("[", '["myst_parser", ', 1) + 'source_suffix = {".markdown": "markdown"}\nfolio_languages = {}\n'
    )
    write(tmp_path, "conf.py", conf)
    write(tmp_path, "docs/index.markdown", "# Home\n\nUses :skill:`go` well.\n")
    [line, _number] = run(tmp_path, "check").stderr.splitlines()
    assert line.startswith("docs/index.markdown:3: WARNING: this is text, not the role 'skill'; write {skill}`…`, ")


def test_a_mistyped_extension_is_corrected(tmp_path: Path) -> None:
    write(tmp_path, "conf.py", CONF + 'extensions += ["sphinx_folio.exports"]\n')
    write(tmp_path, "index.rst", PAGE)
    done = run(tmp_path, "check")
    assert done.returncode == 3
    assert "write 'sphinx_folio.export' in conf.py instead of 'sphinx_folio.exports'" in done.stderr
    assert "traceback" not in done.stderr


def test_all_paths_in_a_message_can_be_opened_from_the_current_folder(tmp_path: Path) -> None:
    write(tmp_path, "docs/conf.py", CONF.replace(', "zh_CN": "zh"', ""))
    write(tmp_path, "docs/index.rst", PAGE + "\n.. toctree::\n\n   people/mia\n")
    write(tmp_path, "docs/people/mia.rst", PAGE.replace("Home\n====", "Mia\n==="))
    place = "docs/people/mia.rst:4: WARNING: duplicate skill key 'go'; it was first given in docs/index.rst:4 ["
    assert place in run(tmp_path, "check").stderr
    [found] = json.loads(run(tmp_path, "check", "--json").stdout)
    assert found["message"].endswith(" docs/index.rst:4")


def test_what_has_not_changed_is_not_built_again(tmp_path: Path) -> None:
    write(tmp_path, "conf.py", CONF)
    write(tmp_path, "index.rst", PAGE)
    write(tmp_path, "locales/zh_CN/LC_MESSAGES/index.po", CATALOG)
    assert run(tmp_path, "check").returncode == 0
    again = run(tmp_path, "check", PYTHONPROFILEIMPORTTIME="1")
    assert (again.returncode, again.stdout) == (0, "No warnings\n")
    imported = {line.rpartition("|")[2].strip() for line in again.stderr.splitlines()}
    assert not imported & {"docutils", "babel", "sphinx.config", "http"}
    write(tmp_path, "conf.py", CONF + "folio_levels = ['working']\n")
    assert run(tmp_path, "check").returncode == 1


def test_a_warning_that_is_about_no_file_is_not_repeated_without_a_look(tmp_path: Path) -> None:
    inventory = tmp_path / "elsewhere" / "objects.inv"
    mapping = {"other": ("https://other.example.org/", str(inventory))}
    site = tmp_path / "site"
    write(site, "conf.py", f'extensions = ["sphinx.ext.intersphinx"]\nintersphinx_mapping = {mapping}\n')
    write(site, "index.rst", "Home\n====\n")
    for _ in range(2):
        found = run(site, "check")
        assert found.returncode == 1
        assert "failed to reach any of the inventories" in found.stderr
    write(inventory.parent, "objects.inv", "# Sphinx inventory version 1\n# Project: other\n# Version: 1\n")
    assert run(site, "check").stdout == "No warnings\n"


def test_what_is_saved_during_a_check_is_seen_by_the_next_one(tmp_path: Path) -> None:
    saves = "\nfrom pathlib import Path\ndef setup(app):\n    app.connect('env-updated', save)\n"
    saves += (
        "def save(*_):\n    page = Path('index.rst')\n    page.write_text(page.read_text().replace('`go`', '`goo`'))\n"
    )
    write(tmp_path, "conf.py", CONF.replace(', "zh_CN": "zh"', "") + saves)
    write(tmp_path, "index.rst", f"{PAGE}\n:skill:`go`\n")
    assert run(tmp_path, "check").returncode == 0
    assert "'goo'" in run(tmp_path, "check").stderr


def test_a_check_depends_on_variables_that_conf_py_names(tmp_path: Path) -> None:
    reads = "import os\nif os.environ.get('BAD'):\n    folio_levels = ['working']\n"
    write(tmp_path, "conf.py", CONF.replace(', "zh_CN": "zh"', "") + reads)
    write(tmp_path, "index.rst", PAGE)
    assert [run(tmp_path, "check", BAD=value).returncode for value in ("", "1", "")] == [0, 1, 0]


def test_json_says_that_conf_py_is_wrong(tmp_path: Path) -> None:
    write(tmp_path, "conf.py", "x = (\n")
    write(tmp_path, "index.rst", PAGE)
    done = run(tmp_path, "check", "--json")
    [found] = json.loads(done.stdout)
    assert (done.returncode, done.stderr, found["type"]) == (3, "", "error")
    assert (found["file"], found["line"], found["message"]) == ("conf.py", 1, "SyntaxError: '(' was never closed")


@pytest.mark.parametrize(
    "words", ["check --json", "doctor --json", "match posting.txt --json", "export json --output -"]
)
def test_what_conf_py_prints_is_not_part_of_the_result(words: str, tmp_path: Path) -> None:
    person = ".. person:: ada\n   :name: Ada\n"
    write(tmp_path, "conf.py", f"print('printed')\n{CONF}extensions += ['sphinx_folio.export']\n")
    write(tmp_path, "index.rst", f"{PAGE}\n{person}")
    write(tmp_path, "posting.txt", "We use Go.\n")
    done = run(tmp_path, *words.split())
    assert json.loads(done.stdout)
    assert "printed\n" in done.stderr


def test_conf_py_may_use_a_library_with_threads_that_python_does_not_know(tmp_path: Path) -> None:
    run(tmp_path, "init", "portfolio")
    conf = tmp_path / "portfolio" / "docs" / "conf.py"
    text = conf.read_text(encoding="utf-8")
    conf.write_text(f'{text}\nimport typst\n\ntypst.compile(b"Logo", format="pdf")\n', encoding="utf-8")
    done = run(tmp_path / "portfolio", "check")  # its résumé is a PDF
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "No warnings\n")


def test_a_process_that_ends_without_a_result(tmp_path: Path) -> None:
    ends = "import os\ndef setup(app):\n    app.connect('env-updated', end)\ndef end(*_):\n    os.write(2, b'gone\\n')\n    os._exit(1)\n"
    write(tmp_path, "conf.py", CONF + ends)
    write(tmp_path, "index.rst", PAGE)
    done = run(tmp_path, "check")
    assert done.returncode == 3
    assert done.stderr == "gone\ngone\ngone\nThe check could not be completed.\n"  # from both languages


BROKEN = """
from sphinx.transforms.post_transforms import SphinxPostTransform

class Broken(SphinxPostTransform):
    default_priority = 500

    def run(self, **kwargs):
        if self.env.docname == "people/mia":
            None.replace()

def setup(app):
    app.add_post_transform(Broken)
"""
BROKEN_HANDLER = """
def broken(app, doctree):
    if app.env.docname == "people/mia":
        None.replace()

def setup(app):
    app.connect("doctree-read", broken)
"""


@pytest.mark.parametrize("broken", [BROKEN, BROKEN_HANDLER], ids=["transform", "handler"])
def test_a_mistake_in_an_extension_is_reported_once_with_the_page(broken: str, tmp_path: Path) -> None:
    write(tmp_path, "conf.py", CONF + broken)
    write(tmp_path, "index.rst", PAGE + "\n.. toctree::\n\n   people/mia\n")
    write(tmp_path, "people/mia.rst", "Mia\n===\n")
    done = run(tmp_path, "check")
    log = Path("build", "check", "output-en.txt")
    error = "the build stopped with AttributeError: 'NoneType' object has no attribute 'replace'"
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        f"people/mia.rst: {error}; the full traceback is in {log}",
        "The check could not be completed.",
    ]
    assert "in run" in (tmp_path / log).read_text("utf-8") or "in broken" in (tmp_path / log).read_text("utf-8")


def test_a_conflict_in_a_file_of_the_template_is_reported_by_check_and_build(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "mine").returncode == 0
    mine = tmp_path / "mine"
    conflict = "<<<<<<< yours\na {}\n=======\nb {}\n>>>>>>> sphinx-folio 0.2.0\n"
    write(mine, "docs/_static/site.css", f"a {{}}\n{conflict}b {{}}\n")
    write(mine, "requirements.txt", (mine / "requirements.txt").read_text("utf-8") + ">>>>>>> half of a conflict\n")
    says = (
        "WARNING: unresolved conflict: keep what you want, and delete the lines with <<<<<<<, |||||||, ======= and"
        " >>>>>>>"
    )
    checked = run(mine, "check")
    places = [line.partition(": WARNING")[0] for line in checked.stderr.splitlines() if line.endswith(says)]
    last = len((mine / "requirements.txt").read_text("utf-8").splitlines())
    assert places == [f"{Path('docs', '_static', 'site.css')}:2", f"requirements.txt:{last}"]
    assert (checked.returncode, checked.stderr.splitlines()[-1]) == (1, "2 warnings")
    built = run(mine, "build")
    assert built.returncode == 1
    assert f"{Path('docs', '_static', 'site.css')}:2: {says}\n" in built.stderr
    assert f"2 warnings, the first at {Path('docs', '_static', 'site.css')}:2." in built.stderr
    write(mine, "docs/_static/site.css", "a {}\n")
    write(mine, "requirements.txt", "")
    assert run(mine, "check").stdout == "No warnings\n"


def test_a_running_server_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    write(tmp_path, "conf.py", CONF)
    write(tmp_path, "index.rst", PAGE)
    write(tmp_path, "old.rst", ":orphan:\n\n:skill:`gone`\n")
    write(tmp_path, "locales/zh_CN/LC_MESSAGES/index.po", CATALOG)
    output, cache = tmp_path / "build" / "live", tmp_path / "build" / "check"
    live = Live(output)
    live.add(tmp_path, tmp_path, "")
    server = Server(output / "html", live.state, 0)
    threads = [threading.Thread(target=server.serve_forever), threading.Thread(target=live.run)]
    for thread in threads:
        thread.start()
    try:
        with announced(output, server.address):
            assert "unknown skill 'gone'" in check(tmp_path, tmp_path, cache, output).warnings[0]
            (tmp_path / "old.rst").unlink()
            assert check(tmp_path, tmp_path, cache, output) == Outcome([], [])
            write(tmp_path, "index.rst", f"{PAGE}\n:skill:`goo`\n")
            [warning, *_others] = check(tmp_path, tmp_path, cache, output).warnings
            assert "unknown skill 'goo'" in warning
            write(tmp_path, "conf.py", CONF + "folio_levels = 7\n")
            warnings, [error] = check(tmp_path, tmp_path, cache, output)
            assert warnings == []
            assert "folio_levels" in error
            write(tmp_path, "conf.py", CONF)
            assert ask(output, tmp_path, tmp_path / "other") == []
            assert ask(output, tmp_path, tmp_path, "dirhtml") == []
        assert ask(output, tmp_path, tmp_path) == []
        assert not cache.exists()  # nothing was built for it
    finally:
        live.is_running = False
        threads[1].join()
        live.stop()
        server.shutdown()
        threads[0].join()
        server.server_close()


def test_in_a_hook_a_running_server_may_lack_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "conf.py", CONF.replace(', "zh_CN": "zh"', ""))
    missing = "conf.py:9: WARNING: resume.pdf is not made: typst not installed [folio.missing_library]"
    other = "index.rst:9: WARNING: unknown skill 'goo' [folio.unknown_key]"
    result = {"language": "en", "warnings": [missing, other], "failure": ""}
    monkeypatch.setattr("sphinx_folio.cli.check.ask", lambda *_about: [result])
    assert check(tmp_path, tmp_path, tmp_path / "check", tmp_path / "live") == Outcome([missing, other], [])
    monkeypatch.setattr("sys.prefix", "/cache/py_env-python3.11")
    assert check(tmp_path, tmp_path, tmp_path / "check", tmp_path / "live") == Outcome([other], [])


@pytest.mark.parametrize("answer", [b'{"detail": "Not Found"}', b"[1]", b"<html>"])
def test_another_server_at_the_address_of_one_that_was_killed(answer: bytes, tmp_path: Path) -> None:
    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(404)
            self.end_headers()
            self.wfile.write(answer)

    with HTTPServer(("127.0.0.1", 0), Other) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        with announced(tmp_path, f"http://127.0.0.1:{server.server_port}/"):
            assert ask(tmp_path, tmp_path, tmp_path) == []


@pytest.mark.parametrize(
    ("line", "file", "number", "message", "kind"),
    [
        ("a.md:3: WARNING: is wrong [folio.key]", "a.md", 3, "is wrong", "folio.key"),
        ("C:\\a.md:3: WARNING: is wrong [a.b]", "C:\\a.md", 3, "is wrong", "a.b"),
        ("a.md: WARNING: x: y", "a.md", None, "x: y", None),
        ("WARNING: one\ntwo [a.b]", None, None, "one\ntwo", "a.b"),
        ("a.md:1: ERROR: one\n\n.. two [docutils]", "a.md", 1, "one\n\n.. two", "docutils"),
        ("a.rst:6:<translated>:1: WARNING: is wrong [docutils]", "a.rst", 6, "is wrong", "docutils"),
        ("division by zero", None, None, "division by zero", "error"),
    ],
)
def test_a_warning_as_an_object(line: str, file: str, number: int, message: str, kind: str) -> None:
    assert as_object(line) == {"file": file, "line": number, "message": message, "type": kind}


def test_there_has_to_be_a_portfolio(tmp_path: Path) -> None:
    done = run(tmp_path, "check")
    assert done.returncode == 3
    assert "no conf.py" in done.stderr
