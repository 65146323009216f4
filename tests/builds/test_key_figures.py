"""Key figures are counted from a file or from the portfolio; errors are reported."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it

MONTHS = "month,commits\n2022-04,4\n2022-05,6\n"
RACES = "case,tool,seconds\na,Pool,10\na,Other,20\nb,Pool,30\nb,Other,20\nc,Pool,5\nc,Other,failed\nd,Pool,failed\nd,Other,9\n"
TOTAL = ".. key-figure:: months.csv\n   :value: commits\n\n   commits on main\n"
FIRST = ".. key-figure:: races.csv\n   :rows: case\n   :columns: tool\n   :value: seconds\n   :first: Pool\n\n   cases won\n"


def page(text: str) -> dict[str, str]:
    return {"index.rst": f"Home\n====\n\n{text}", "months.csv": MONTHS, "races.csv": RACES}


def figure(app: Any, name: str = "index.html") -> Any:
    soup = BeautifulSoup((app.outdir / name).read_text("utf-8"), "html.parser")
    [found] = soup.select(".folio-key-figure")
    return found


def heights(found: Any) -> list[tuple[str, bool]]:
    return [
        (bar["height"], "folio-pale" not in (bar.get("class") or [])) for bar in found.select("svg.folio-bars rect")
    ]


def test_a_total_is_added_up_and_its_parts_are_drawn(build: Any) -> None:
    app = build(page(TOTAL))
    assert app.warning.getvalue() == ""
    found = figure(app)
    assert found.select_one(".folio-key-value").get_text() == "10"
    assert "commits on main" in found.get_text()
    assert heights(found) == [("67", True), ("100", True)]
    assert found.select_one("svg.folio-bars")["width"] == "2.5em"  # two bars are no blocks


@pytest.mark.parametrize(
    ("data", "total", "bars"),
    [
        ("month,commits\na,1234567\nb,0\n", "1234567", ["100", "0"]),
        ("month,commits\na,0.1\nb,0.2\n", "0.3", ["50", "100"]),
        ("month,commits\na,NaN\nb,inf\nc,-2\nd,4\n", "2", ["0", "0", "0", "100"]),
        ("\ufeffcommits,month\n3,a\n", "3", []),  # one bar would compare nothing
    ],
)
def test_odd_figures_are_added_up(build: Any, data: str, total: str, bars: list[str]) -> None:
    app = build({**page(TOTAL), "months.csv": data})
    assert app.warning.getvalue() == ""
    assert figure(app).select_one(".folio-key-value").get_text() == total
    assert heights(figure(app)) == [(height, True) for height in bars]


def test_a_changed_cell_changes_the_total(build: Any) -> None:
    build(page(TOTAL))
    app = build({"months.csv": MONTHS.replace("6", "8")})
    assert figure(app).select_one(".folio-key-value").get_text() == "12"


@pytest.mark.parametrize(
    ("best", "won", "bars"),
    [("", "2", [True, False, True, False]), ("   :best: greatest\n", "2", [False, True, True, False])],
)
def test_lines_in_which_one_comes_first_are_counted_and_what_has_no_figure_does_not(
    build: Any, best: str, won: str, bars: list[bool]
) -> None:
    app = build(page(FIRST.replace("   :first:", f"{best}   :first:")))
    assert app.warning.getvalue() == ""
    found = figure(app)
    assert found.select_one(".folio-key-line").get_text(" ", strip=True) == f"{won} / 4"
    assert heights(found) == [("100", strong) for strong in bars]


@pytest.mark.parametrize("text", [TOTAL, FIRST, ".. key-figure:: own-evidence\n\n   own\n"])
def test_a_figure_may_have_no_bars(build: Any, restructuredtext: dict[str, str], text: str) -> None:
    pages = {**restructuredtext, **page("")}
    with_bars = figure(build({**pages, "index.rst": restructuredtext["index.rst"] + f"\n{text}"}))
    before, after = text.split("\n", 1)
    bare = f"{before}\n   :marks: none\n{after}"
    app = build({"index.rst": restructuredtext["index.rst"] + f"\n{bare}"})
    assert app.warning.getvalue() == ""
    found = figure(app)
    assert (with_bars.svg is None, found.svg is None) == (False, True)
    assert found.get_text().split() == with_bars.get_text().split()


def test_the_portfolio_counts_its_own(build: Any, restructuredtext: dict[str, str]) -> None:
    home = restructuredtext["home.rst"] + "\n.. key-figure:: own-evidence\n\n   own\n"
    app = build({**restructuredtext, "home.rst": home})
    assert app.warning.getvalue() == ""
    assert figure(app, "home.html").select_one(".folio-key-line").get_text(" ", strip=True) == "1 / 2"


def test_a_page_is_written_again_when_a_tally_changes(build: Any, restructuredtext: dict[str, str]) -> None:
    home = restructuredtext["home.rst"] + "\n.. key-figure:: proven-skills\n\n   proven\n"
    before = figure(build({**restructuredtext, "home.rst": home}), "home.html").get_text()
    app = build({"proof.rst": None, "index.rst": restructuredtext["index.rst"].replace("   proof\n", "")})
    assert figure(app, "home.html").get_text() != before


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("months.csv", "month.csv", "month.csv cannot be read: No such file or directory [folio.unreadable_data]"),
        ("   :value: commits\n", "", "key-figure lacks the required option 'value' [folio.missing_option]"),
        (
            ":value: commits",
            ":value: commit",
            "months.csv has no column 'commit'; did you mean 'commits'? [folio.unreadable_data]",
        ),
        (
            "\n   commits on main\n",
            "",
            "key-figure has no text; write what is counted into the directive's content [folio.missing_option]",
        ),
    ],
)
def test_what_cannot_be_counted_is_reported(build: Any, before: str, after: str, says: str) -> None:
    app = build(page(TOTAL.replace(before, after)))
    [told] = strip_escape_sequences(app.warning.getvalue()).splitlines()
    assert says in told


@pytest.mark.parametrize("builder", ["text", "latex", "man", "epub", "texinfo", "gettext"])
def test_other_builders_show_the_figure(build: Any, builder: str) -> None:
    settings = {"version": "1", "copyright": "Ada", "project": "Portfolio"}
    app = build(page(TOTAL + "\n" + FIRST), builder=builder, settings=settings)
    assert app.warning.getvalue() == ""


def test_the_timeline_is_drawn_on_one_axis(build: Any, restructuredtext: dict[str, str]) -> None:
    home = restructuredtext["home.rst"] + "\n.. timeline::\n"
    app = build({**restructuredtext, "home.rst": home})
    soup = BeautifulSoup((app.outdir / "home.html").read_text("utf-8"), "html.parser")
    years = [year.get_text() for year in soup.select(".folio-axis text")]
    [axis] = soup.select(".folio-axis")
    assert axis.get_text().split() == years  # not run together in the excerpts of Sphinx's search
    assert years[0] == "2010"
    spans = [[rect["x"] for rect in line.select("rect")] for line in soup.select("svg.folio-span")]
    assert len(spans) == len(soup.select("ul.folio-timeline > li"))
    assert spans[-1] == ["0.0%"]  # education, from the first month of the first year
