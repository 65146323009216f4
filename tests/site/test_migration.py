"""The outputs on the manual's page about migration are those of the commands."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_folio.cli.commands import main

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = Path(__file__).parents[2] / "manual" / "migration.md"
INPUTS = Path(__file__).parent / "data" / "migration"
EXAMPLES: Iterable[tuple[str, str]] = re.findall(
    r"```console\n\$ sphinx-folio (.+)\n((?s:.+?))```", PAGE.read_text(encoding="utf-8")
)


def test_there_is_an_example_for_each_tool() -> None:
    assert {command.split()[1] for command, _output in EXAMPLES} == {path.name for path in INPUTS.iterdir()}


@pytest.mark.parametrize(("command", "output"), EXAMPLES)
def test_outputs(
    command: str, output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(INPUTS, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    assert main(command.split()) == 0
    assert capsys.readouterr().out.replace("\\", "/") == output
