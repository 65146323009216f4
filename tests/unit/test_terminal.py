"""JSON for other programs, in any encoding of the standard output."""

from __future__ import annotations

import json
import sys
from io import BytesIO, TextIOWrapper
from typing import Any

import pytest

from sphinx_folio.cli.terminal import json_text

DATA = {"name": "Résumé …", "names": ["作品集"]}


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "cp1252", "cp936", "utf-16"])
def test_json_can_be_read_as_utf_8(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(BytesIO(), encoding=encoding))
    text = json_text(DATA)
    assert json.loads(text) == DATA
    assert text.isascii() == (encoding.casefold() not in {"utf-8", "utf8"})


def test_json_is_readable_without_an_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    output: Any = type("Output", (), {"encoding": None})()
    monkeypatch.setattr(sys, "stdout", output)
    assert "作品集" in json_text(DATA)
