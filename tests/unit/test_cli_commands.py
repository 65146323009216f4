"""The command line as a whole: help, errors in one line, exit codes, colors, completion."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
import tomllib
from errno import EACCES
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sphinx.locale import translators

from sphinx_folio._common.i18n import CATALOG
from sphinx_folio.cli import completion
from sphinx_folio.cli.commands import COMMANDS, main
from sphinx_folio.cli.examples import EXAMPLES
from sphinx_folio.cli.exit_codes import MEANINGS, ExitCode
from sphinx_folio.cli.missing_packages import EXTRAS
from sphinx_folio.cli.paths import problem_with
from sphinx_folio.cli.sphinx_output import by_line
from sphinx_folio.cli.terminal import is_colored, progress, styled

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "C")
    yield
    translators.pop(("console", CATALOG), None)


def run(*words: str) -> int:
    """Return the exit code of a command, also of one that argparse ends."""
    try:
        return main(words)
    except SystemExit as left:
        return int(left.code or 0)


@pytest.mark.parametrize(
    "words",
    [
        ["match", "PATH"],
        ["match", "-", "--portfolio", "PATH"],
        ["search-check", "PATH"],
        ["search-check", "conf.py", "--site", "PATH"],
        ["import", "PATH", "new"],
        ["init", "new", "--from", "PATH"],
        ["live", "--also", "PATH=x"],
        ["languages", "list", "PATH"],
        ["languages", "add", "ja", "PATH"],
        *([name, "PATH"] for name in ("build", "check", "live", "messages", "verify", "doctor", "update")),
        *([name, "--pages", "PATH"] for name in ("build", "check", "live", "match", "verify", "doctor", "export")),
    ],
    ids=" ".join,
)
def test_a_path_that_does_not_exist_is_one_line_with_the_nearest(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("conf.py").write_text("", encoding="utf-8")
    Path("posts").mkdir()
    Path("posts", "first.txt").write_text("", encoding="utf-8")
    more = ["x"] if words[:2] == ["match", "--pages"] else []
    assert run(*(word.replace("PATH", "psots/first.txt") for word in [*words, *more])) == ExitCode.NOT_RUN
    near = "; did you mean 'posts/first.txt'?"
    assert capsys.readouterr() == ("", f"there is no file or folder psots/first.txt{near}\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["conf.py", "posts"]


def test_ctrl_c_while_a_command_is_loaded_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sphinx_folio.cli.commands.load", interrupt)
    assert run("build") == ExitCode.INTERRUPTED
    assert capsys.readouterr() == ("", "Interrupted.\n")


def test_a_folder_or_a_link_that_leads_nowhere_is_not_called_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("link").symlink_to("nowhere")
    for name in ("folder", "link"):
        with pytest.raises(FileExistsError) as caught:
            Path(name).mkdir()
        assert problem_with(caught.value) == f"{name}: File exists"


@pytest.mark.parametrize("option", ["build --output", "build --doctrees", "check --cache", "live --output"])
def test_a_folder_that_is_read_only_is_one_line(
    option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("conf.py").write_text("", encoding="utf-8")
    monkeypatch.setattr("sphinx_folio.cli.paths.os.access", lambda path, _mode: path.name != "mine")
    assert run(*option.split(), "mine") == ExitCode.NOT_RUN
    assert capsys.readouterr() == ("", "mine: Permission denied\n")


@pytest.mark.parametrize("command", ["build", "check", "live", "messages", "languages", "verify", "update", "doctor"])
def test_settings_that_cannot_be_read_are_one_line(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("conf.py").write_text("", encoding="utf-8")

    def refuse(path: Path, *_arguments: object, **_options: object) -> None:
        raise PermissionError(EACCES, "Permission denied", str(path))

    monkeypatch.setattr("sphinx_folio.cli.portfolio_folder.Path.open", refuse)
    assert run(command) == ExitCode.NOT_RUN
    assert capsys.readouterr() == ("", "conf.py: Permission denied\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        *((command, "plain is a file; choose a folder") for command in ("build plain", "doctor plain", "update plain")),
        *((f"{command} --pages plain", "plain is a file; choose a folder") for command in ("build", "check", "live")),
        ("languages list plain", "plain is a file; choose a folder"),
        ("match plain --portfolio plain", "plain is a file; choose a folder"),
        ("match empty", "empty: it has no text"),
        ("import empty pages", "empty: the file is empty"),
        ("update", ".sphinx-folio.json: not UTF-8: invalid start byte at byte 1; save the file as UTF-8"),
    ],
)
def test_files_in_the_wrong_place_are_one_line(
    words: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, data in {"plain": b"text", "empty": b" ", ".sphinx-folio.json": b"{\xff", "conf.py": b""}.items():
        Path(name).write_bytes(data)
    assert run(*words.split()) == ExitCode.NOT_RUN
    assert capsys.readouterr() == ("", f"{message}\n")


def test_no_portfolio_is_made_below_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plain").write_bytes(b"text")
    assert run("init", "plain/below") == ExitCode.NOT_RUN
    assert capsys.readouterr() == ("", "nothing was written: plain is a file; choose a folder\n")


@pytest.mark.parametrize("words", ["init", "build", "build --output", "export --output", "import", "doctor --pages"])
def test_an_empty_path_is_not_the_current_folder(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is that of an unset variable in a script."""
    assert run(*words.split(), "") == ExitCode.USAGE
    assert ": the path is empty; see “" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["build --output", "build --doctrees", "check --cache", "live --output"])
def test_a_folder_that_cannot_be_made_is_one_line(
    option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("conf.py").write_text("", encoding="utf-8")
    assert run(*option.split(), "conf.py") == ExitCode.NOT_RUN
    assert capsys.readouterr() == ("", "conf.py is a file; choose a folder\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["biuld"], "python -m sphinx_folio: unknown command 'biuld'; did you mean 'build'?"),
        (["qqqq"], "python -m sphinx_folio: unknown command 'qqqq'; see “python -m sphinx_folio --help”"),
        (["--verison"], "python -m sphinx_folio: unknown option '--verison'; did you mean '--version'?"),
        (["build", "--outptu=x"], "python -m sphinx_folio build: unknown option '--outptu'; did you mean '--output'?"),
        (["build", "--langauge", "de"], "python -m sphinx_folio build: unknown option '--langauge'"),
        (["build", "--verb"], "python -m sphinx_folio build: unknown option '--verb'; did you mean '--verbose'?"),
        (["build", ".", "b"], "python -m sphinx_folio build: unexpected argument 'b'; see “"),
        (["init"], "python -m sphinx_folio init: the following arguments are required: folder; see “"),
        (["init", "x", "--language", "xx"], "python -m sphinx_folio init: argument --language: unknown language 'xx'"),
        (["init", "x", "--second", "en"], "python -m sphinx_folio init: both languages are en"),
        (
            ["live", "--port", "65536"],
            "python -m sphinx_folio live: argument --port: choose a port from 0 to 65535; see",
        ),
        (["completion", "csh"], "python -m sphinx_folio completion: argument SHELL: invalid choice: 'csh'"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_typo_gets_one_line_with_the_nearest_word(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == ExitCode.USAGE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(message)
    assert printed.err.count("\n") == 1


def test_without_a_command_the_help_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == ExitCode.USAGE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert all(re.search(rf"^ +{name}\b", printed.err, re.MULTILINE) for name in COMMANDS)


def test_a_command_loads_only_what_it_needs() -> None:
    code = "import sys; from sphinx_folio.cli import commands; commands.load('check'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "src", capture_output=True, text=True, check=True)
    loaded = {*done.stdout.split()}
    assert "sphinx_folio.cli.check" in loaded
    assert not {"sphinx.application", "sphinx_folio.extension", "sphinx_folio.cli.doctor"} & loaded


@pytest.mark.parametrize(("words", "start"), [(["help"], ""), (["help", "build"], " build")])
def test_help_is_a_command_too(words: list[str], start: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words) == 0
    assert capsys.readouterr().out.startswith(f"usage: python -m sphinx_folio{start} [-h]")


@pytest.mark.parametrize("name", [name for name in COMMANDS if name in EXAMPLES])
def test_help_ends_with_examples(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["/usr/bin/sphinx-folio"])
    assert run(name, "--help") == 0
    text = capsys.readouterr().out
    assert text.startswith(f"usage: sphinx-folio {name} ")
    assert text.endswith("".join(["\nexamples:\n", *(f"  {line}\n" for line in EXAMPLES[name])]))
    assert all(shlex.split(line)[:2] == ["sphinx-folio", name] for line in EXAMPLES[name])


def test_every_exit_code_is_documented() -> None:
    assert [*MEANINGS] == [*ExitCode]
    assert len({*ExitCode}) == 8


@pytest.mark.parametrize(
    ("variables", "is_terminal", "expected"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"TERM": "dumb"}, True, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
    ],
)
def test_colors_obey_the_environment(
    variables: dict[str, str], is_terminal: bool, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: is_terminal)
    assert is_colored(stream) is expected
    assert styled("x", "red", stream) == ("\x1b[31mx\x1b[0m" if expected else "x")


@pytest.mark.parametrize("is_terminal", [False, True])
def test_progress_is_shown_on_terminals_only_and_erased(is_terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: is_terminal)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    with progress("Building …"):
        pass
    assert stream.getvalue() == ("Building …\r\x1b[2K\r" if is_terminal else "")


@pytest.mark.parametrize(("shell", "word"), [("bash", "complete "), ("zsh", "compdef"), ("fish", "complete ")])
def test_the_script_of_completion_names_the_program(shell: str, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("completion", shell) == 0
    script = capsys.readouterr().out
    assert word in script
    assert "sphinx-folio" in script
    if shell == "zsh":
        lines = script.splitlines()
        assert lines[0] == "#compdef sphinx-folio"  # as in a folder of functions
        assert "compinit" in lines[1]


def test_completion_names_its_extra(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completion, "find_spec", lambda _name: None)
    assert run("completion", "bash") == ExitCode.NOT_RUN
    assert 'pip install "sphinx-folio[completion]"' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sphinx-folio do", {"doctor"}),
        ("sphinx-folio export p", {"pdf"}),
        ("sphinx-folio update --dr", {"--dry-run"}),
        ("sphinx-folio completion z", {"zsh"}),
    ],
)
def test_a_shell_gets_completions(line: str, expected: set[str], tmp_path: Path) -> None:
    """As argcomplete's script asks: by environment variables; the answer is in a file."""
    answer = tmp_path / "answer"
    asked = {"COMP_LINE": line, "COMP_POINT": str(len(line)), "COMP_TYPE": "9", "_ARGCOMPLETE": "1"}
    files = {"_ARGCOMPLETE_STDOUT_FILENAME": str(answer), "PYTHONPATH": str(ROOT / "src"), "IFS": "\n"}
    environment = {**os.environ, **asked, **files}
    subprocess.run([sys.executable, "-m", "sphinx_folio"], env=environment, cwd=tmp_path, check=True)
    assert {word.strip() for word in re.split(r"[\n\v]", answer.read_text("utf-8")) if word.strip()} == expected


def test_doctor_knows_the_extras_of_the_package() -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert data["project"]["optional-dependencies"].keys() <= EXTRAS.keys()


def test_a_reader_that_leaves_ends_the_command_quietly() -> None:
    command = f"{shlex.quote(sys.executable)} -m sphinx_folio completion fish | true"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(["/bin/sh", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_characters_that_an_encoding_lacks_are_escaped() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "ascii", "LANGUAGE": "zh_CN"}
    command = [sys.executable, "-m", "sphinx_folio", "--help"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u7b80\\u5386" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_disk_is_one_line() -> None:
    command = f"{shlex.quote(sys.executable)} -m sphinx_folio completion fish > /dev/full"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(["/bin/sh", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (ExitCode.NOT_RUN, "No space left on device\n")


def test_warnings_of_a_file_are_together_in_the_order_of_its_lines_and_missing_translations_last() -> None:
    missing = "a.md:1: WARNING: no translation of 'Hi' in de/LC_MESSAGES/a.po [folio.untranslated]"
    warnings = [missing, "a.md:6: WARNING: x", "WARNING: odd", "b.md:2: WARNING: y", "a.md:10: WARNING: z"]
    warnings.append("a.md:4: WARNING: w")
    assert by_line(warnings) == [warnings[number] for number in (5, 1, 4, 2, 3, 0)]
