"""Figures come from their file: a changed cell changes the table, and what cannot be read is reported."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it

DATA = "phase,tool,stack,seconds,text\ncreate,Pool,v4,64,1m4s\ncreate,Other,v4,128,2m8s\ndelete,Pool,v4,failed,failure\ncreate,Pool,v6,1,1s\n"
TABLE = ".. figure-table:: data.csv\n   :rows: phase\n   :columns: tool\n   :value: seconds\n   :text: text\n   :where: stack = v4\n   :labels: phase = Phase, create = Creation, failure = did not finish\n"


def page(text: str) -> str:
    return f"Home\n====\n\n{text}"


def rows(app: Any) -> list[list[str]]:
    soup = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
    return [[cell.get_text().strip() for cell in row.select("th, td")] for row in soup.select("table.folio-figures tr")]


def test_a_table_shows_figures_labels_and_gaps(build: Any) -> None:
    app = build({"index.rst": page(TABLE), "data.csv": DATA})
    assert app.warning.getvalue() == ""
    assert rows(app) == [["Phase", "Pool", "Other"], ["Creation", "1m4s", "2m8s"], ["delete", "did not finish", "–"]]


def test_bars_are_as_long_as_their_figures_and_the_least_stands_out(build: Any) -> None:
    app = build({"index.rst": page(TABLE), "data.csv": DATA})
    soup = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
    assert [bar["width"] for bar in soup.select("svg.folio-bar rect")] == ["50.0", "100.0"]
    assert [figure.get_text() for figure in soup.select("table.folio-figures strong")] == ["1m4s"]


@pytest.mark.parametrize("parallel", [1, 2])
def test_a_changed_cell_changes_the_page(build: Any, parallel: int) -> None:
    build({"index.rst": page(TABLE), "data.csv": DATA}, parallel=parallel)
    app = build({"data.csv": DATA.replace("64,1m4s", "65,1m5s")}, parallel=parallel)
    assert rows(app)[1] == ["Creation", "1m5s", "2m8s"]


@pytest.mark.parametrize("builder", ["text", "latex", "man", "epub", "texinfo", "gettext"])
def test_other_builders_show_the_figures(build: Any, builder: str) -> None:
    settings = {"version": "1", "copyright": "Ada", "project": "Portfolio"}
    app = build({"index.rst": page(TABLE), "data.csv": DATA}, builder=builder, settings=settings)
    assert app.warning.getvalue() == ""


@pytest.mark.parametrize(
    ("before", "after", "line", "says"),
    [
        ("data.csv", "date.csv", 4, "date.csv cannot be read: No such file or directory"),
        (":rows: phase", ":rows: phases", 5, "data.csv has no column 'phases'; did you mean 'phase'?"),
        (":where: stack = v4", ":where: stak = v4", 9, "data.csv has no column 'stak'; did you mean 'stack'?"),
        (":where: stack = v4", ":where: stack = v5", 9, "no row is left by 'where'"),
    ],
)
def test_what_cannot_be_read_is_reported(before: str, after: str, line: int, says: str, build: Any) -> None:
    app = build({"index.rst": page(TABLE.replace(before, after)), "data.csv": DATA})
    [told] = strip_escape_sequences(app.warning.getvalue()).splitlines()
    assert f"index.rst:{line}: WARNING: {says} [folio.unreadable_data]" in told


def test_rows_of_another_length_than_the_head_are_taken_as_they_are(build: Any) -> None:
    app = build({"index.rst": page(TABLE), "data.csv": f"{DATA}delete,Other,v4\ncreate,Third,v4,32,32s,too much\n"})
    assert app.warning.getvalue() == ""
    assert rows(app)[1:] == [["Creation", "1m4s", "2m8s", "32s"], ["delete", "did not finish", "", "–"]]


def test_a_pair_that_is_none_is_reported(build: Any) -> None:
    app = build({"index.rst": page(TABLE.replace("stack = v4", "stack")), "data.csv": DATA})
    assert "where: not a pair: 'stack'; write name = text [folio.invalid_option]" in strip_escape_sequences(
        app.warning.getvalue()
    )
