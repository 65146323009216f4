"""The colophon's figures come from a command, and the page shows them all."""

from __future__ import annotations

import csv
import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "manual" / "colophon.md"


def benchmark(name: str) -> ModuleType:
    """Return a module of benchmarks/."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def figures() -> ModuleType:
    """Return the module benchmarks/figures.py."""
    return benchmark("figures")


def rows() -> list[dict[str, str]]:
    with (ROOT / "manual" / "colophon-figures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_file_is_what_the_command_writes(figures: ModuleType) -> None:
    found = rows()
    assert tuple(found[0]) == figures.Row._fields
    assert {row["table"] for row in found} == set(figures.TABLES)
    assert {row["row"] for row in found if row["table"] == "measured"} == {
        "date",
        "commit",
        "machine",
        "software",
        "scores",
    }
    for row in found:
        if row["table"] != "measured":
            assert float(row["figure"]) > 0
            assert row["shown"].split()[0] in {
                f"{float(row['figure']) / by:{form}}" for by in (1, 1000) for form in (".1f", ".0f")
            }
    scored = {(row["row"], row["column"]) for row in found if row["table"] == "lighthouse"}
    assert {column for _row, column in scored} == {"performance", "accessibility", "best-practices", "seo"}


@pytest.mark.parametrize("folder", ["sphinx-folio", "sphinx-folio/zh"])
def test_the_page_shows_every_figure(folder: str, site: Path) -> None:
    page = BeautifulSoup((site / folder / "colophon.html").read_text(encoding="utf-8"), "html.parser")
    cells = [cell.get_text() for cell in page.select("td")]
    assert [row for row in rows() if not any(row["shown"] in cell for cell in cells)] == []
    tables: Any = page.select("table.folio-figures")
    assert len(tables) == 4


def test_no_figure_is_typed() -> None:
    prose = re.sub(r"```.*?```", "", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"\d+", prose) == ["100"]  # out of how many Lighthouse gives


def test_scores_are_read_as_lighthouse_prints_them(figures: ModuleType) -> None:
    output = (
        "nox > something\n"
        "index.html                  performance 99  accessibility 100  best-practices 100  seo 91 (Links say nothing)\n"
        "index.html                  first paint on slow 3G: 1800 (1790–1810) ms\n"
        "en/index.html: performance: 98, seo: 100\n"
        "All is well.\n"
    )
    assert [(row.row, row.column, row.figure) for row in figures.score_rows(output)] == [
        ("index.html", "performance", "99"),
        ("index.html", "accessibility", "100"),
        ("index.html", "best-practices", "100"),
        ("index.html", "seo", "91"),
        ("en/index.html", "performance", "98"),
        ("en/index.html", "seo", "100"),
    ]
    assert figures.score_rows("Lighthouse needs Node and a Chromium\n") == []


def test_every_page_that_may_be_listed_is_looked_at(site: Path) -> None:
    pages = benchmark("lighthouse").listed_pages(site)
    assert {"index.html", "en/resume.html", "sphinx-folio/zh/tutorial.html"} <= {*pages}
    assert not {"404.html", "colophon.html"} & {*pages}  # an error and a redirect
    assert not any("/gallery/" in page for page in pages)


def test_what_lowers_a_score_is_named() -> None:
    found: dict[str, Any] = {
        "categories": {
            "seo": {"score": 0.92, "auditRefs": [{"id": "a", "weight": 1}, {"id": "b", "weight": 0}]},
            "accessibility": {"score": 1, "auditRefs": [{"id": "c", "weight": 3}, {"id": "d", "weight": 1}]},
        },
        "audits": {
            "a": {"score": 0, "title": "Links say nothing", "details": {"items": [{"text": "Go"}, {"text": "here"}]}},
            "b": {"score": 0, "title": "Counts for nothing"},
            "c": {"score": 1, "title": "Good"},
            "d": {"score": None, "title": "Not applicable"},
        },
    }
    perfect = (100, "")
    assert benchmark("lighthouse").scores(found) == {"seo": (92, "Links say nothing"), "accessibility": perfect}
    del found["audits"]["a"]["details"]["items"][1]
    assert benchmark("lighthouse").scores(found) == {"seo": perfect, "accessibility": perfect}


def test_weights_are_measured_of_the_built_site(figures: ModuleType, site: Path) -> None:
    found = figures.weight_rows(site)
    assert {row.row for row in found} == {*figures.PAGES, "heaviest"}
    home = next(row for row in found if row.row == "index.html" and row.column == "zh_CN")
    assert int(home.figure) > len((site / "index.html").read_bytes()) // 10
    assert max(int(row.figure) for row in found) == max(int(row.figure) for row in found if row.row == "heaviest")
