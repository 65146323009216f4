"""An error in a function of conf.py is reported with its line, by all commands that run it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

CONF = """\
extensions = ["sphinx_folio", "sphinx_folio.export"]
folio_repositories = {"https://example.org/pool": "pool"}


def set_language(app, config):
    raise ValueError("no such language")


def setup(app):
    app.connect("config-inited", set_language)
"""
MESSAGE = "conf.py:6: ValueError: no such language\n"


@pytest.fixture
def portfolio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    (tmp_path / "index.rst").write_text("Portfolio\n=========\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", [("build",), ("verify",), ("export", "json")], ids=lambda words: words[0])
def test_the_line_of_the_function_is_named(run_command: Run, portfolio: Path, command: tuple[str, ...]) -> None:
    done = run_command(*command)
    assert done.returncode
    assert MESSAGE in done.stderr.splitlines(keepends=True)
    assert "Traceback" not in done.stderr
    assert "Handler" not in done.stderr


def test_check_names_it_and_keeps_the_traceback(run_command: Run, portfolio: Path) -> None:
    done = run_command("check")
    assert "conf.py:6: the build stopped with ValueError: no such language" in done.stderr


def test_an_error_in_another_handler_keeps_the_report(run_command: Run, portfolio: Path) -> None:
    (portfolio / "mine.py").write_text(CONF.split("\n\n\n", 1)[1], encoding="utf-8")
    conf = 'import sys\n\nsys.path.insert(0, ".")\nextensions = ["sphinx_folio", "mine"]\n'
    (portfolio / "conf.py").write_text(conf, encoding="utf-8")
    done = run_command("build")
    assert "Handler <function set_language" in done.stderr
    assert "The full traceback has been saved in:" in done.stderr
