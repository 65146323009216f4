"""Style sheets have logical sides, start and end, so that they are right in both directions of writing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PHYSICAL = re.compile(
    r"(?:^|[;{\s])(?:[\w-]+-)?(?:left|right)(?:-[\w-]+)?\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
    r"|(?:margin|padding|inset)\s*:\s*(?:[^\s;()]+\s+){3}[^\s;()]+\s*[;}]"
    r"|\b(?:left|right) [\d.]+s\b"
)
ALL = [*sorted((ROOT / "src").rglob("*.css")), *sorted((ROOT / "docs" / "_static").glob("*.css"))]
FOR_ONE_DIRECTION = {"folio-rtl.css", "folio-rtl-furo.css", "folio-rtl-sphinx_rtd_theme.css"}
"""Style sheets of pages that are written from right to left."""


@pytest.mark.parametrize(
    "path", [path for path in ALL if path.name not in FOR_ONE_DIRECTION], ids=lambda path: path.name
)
def test_a_style_sheet_has_no_physical_sides(path: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert [match[0].strip() for match in PHYSICAL.finditer(css)] == []


@pytest.mark.parametrize(
    "css",
    [
        "a { left: 0; }",
        "a {margin-left:1em}",
        "a { border-right-color: red; }",
        "a { padding: 1px 2px 3px 4px; }",
        "a { float: right }",
    ],
)
def test_such_sides_are_found(css: str) -> None:
    assert PHYSICAL.search(css)


def test_there_are_style_sheets() -> None:
    assert {path.name for path in ALL} > {"folio.css", "folio-search.css", "site.css", *FOR_ONE_DIRECTION}


@pytest.mark.parametrize("name", ["folio.css", "folio-diagrams.css", "folio-search.css"])
def test_colors_are_those_of_furo_or_of_pydata(name: str) -> None:
    """Without the second, gray text had a contrast of 2.3 in the dark scheme of pydata-sphinx-theme."""
    [path] = [path for path in ALL if path.name == name]
    found = re.findall(r"--[\w-]+: var\(--color-[\w-]+, ([\w-]+)", path.read_text(encoding="utf-8"))
    assert len(found) >= 5
    assert {*found} == {"var"}
