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


def test_names_in_the_file_are_shown_as_they_are(build: Any) -> None:
    data = DATA.replace("Pool", "--race").replace("1m4s", "1'4")
    app = build({"index.rst": page(TABLE + "\n" + CHART), "data.csv": data})
    assert rows(app)[:2] == [["Phase", "--race", "Other"], ["Creation", "1'4", "2m8s"]]
    soup = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
    assert "--race" in [line.get_text(strip=True) for line in soup.select(".folio-plot-legend > div")]


def test_a_figure_below_zero_has_no_bar(build: Any) -> None:
    app = build({"index.rst": page(TABLE), "data.csv": DATA.replace("64,1m4s", "-64,-1m4s")})
    soup = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
    assert [bar["width"] for bar in soup.select("svg.folio-bar rect")] == ["0.0", "100.0"]


def test_figures_that_are_all_equal_have_no_bars(build: Any) -> None:
    app = build({"index.rst": page(TABLE), "data.csv": DATA.replace("128,2m8s", "64,1m4s")})
    assert "folio-bar" not in (app.outdir / "index.html").read_text("utf-8")


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
        (":where: stack = v4", ":where: stack = v5", 9, "no row matches the option 'where'"),
    ],
)
def test_what_cannot_be_read_is_reported(before: str, after: str, line: int, says: str, build: Any) -> None:
    app = build({"index.rst": page(TABLE.replace(before, after)), "data.csv": DATA})
    [told] = strip_escape_sequences(app.warning.getvalue()).splitlines()
    assert f"index.rst:{line}: WARNING: {says} [folio.unreadable_data]" in told


def test_a_table_of_one_column_needs_no_other(build: Any) -> None:
    text = ".. figure-table:: data.csv\n   :rows: tool\n   :value: seconds\n   :where: phase = create, stack = v4\n"
    app = build({"index.rst": page(text), "data.csv": DATA})
    assert app.warning.getvalue() == ""
    assert rows(app) == [["tool", "seconds"], ["Pool", "64"], ["Other", "128"]]
    soup = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
    assert not soup.select("table.folio-figures strong")


@pytest.mark.parametrize(("best", "strong"), [("least", ["1m4s"]), ("greatest", ["2m8s"]), ("none", [])])
def test_what_stands_out_is_chosen(best: str, strong: list[str], build: Any) -> None:
    app = build({"index.rst": page(f"{TABLE}   :best: {best}\n"), "data.csv": DATA})
    soup = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
    assert [figure.get_text() for figure in soup.select("table.folio-figures strong")] == strong


def test_multiples_are_worked_out_from_the_file(build: Any) -> None:
    text = f"{TABLE}   :relative-to: Pool\n"
    app = build({"index.rst": page(text), "data.csv": DATA})
    assert rows(app)[1:] == [["Creation", "1m4s", "2m8s 2.0×"], ["delete", "did not finish", "–"]]
    app = build({"data.csv": DATA.replace("128,2m8s", "96,1m36s")})
    assert rows(app)[1] == ["Creation", "1m4s", "1m36s 1.5×"]


def test_the_unit_of_several_columns_is_shown_if_it_has_a_label(build: Any) -> None:
    text = TABLE.replace("phase = Phase", "phase = Phase, seconds = In seconds")
    app = build({"index.rst": page(text), "data.csv": DATA})
    assert app.warning.getvalue() == ""
    soup = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
    assert [label.get_text() for label in soup.select(".folio-scroll > .folio-label")] == ["In seconds"]


def test_on_a_narrow_screen_a_row_named_by_a_number_has_the_label_of_its_column(build: Any) -> None:
    app = build({"index.rst": page(TABLE), "data.csv": DATA.replace("create", "10")})
    soup = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
    names = soup.select(".folio-figures tbody th p")
    assert [(name.get_text(), name.get("data-label")) for name in names] == [("10", "Phase"), ("delete", None)]


HEAT_MAP = TABLE.replace("   :text: text\n", "") + "   :marks: shades\n"


@pytest.mark.parametrize("parallel", [1, 2])
def test_a_heat_map_shades_each_figure_by_its_size(parallel: int, build: Any) -> None:
    data = DATA.replace("delete,Pool,v4,failed,failure", "delete,Pool,v4,0,\ndelete,Other,v4,26,\nwait,Pool,v4,failed,")
    app = build({"index.rst": page(HEAT_MAP), "data.csv": data}, parallel=parallel)
    assert app.warning.getvalue() == ""
    soup = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
    [table] = soup.select("table.folio-heat-map")
    cells = [[cell.get_text().strip() for cell in row.select("th, td")] for row in table.select("tr")]
    assert cells == [
        ["Phase", "Pool", "Other"],
        ["Creation", "64", "128"],
        ["delete", "", "26"],
        ["wait", "failed", "–"],
    ]
    shades = [(figure.get_text(), figure["class"][1:]) for figure in table.select(".folio-figure")]
    assert shades == [
        ("64", ["folio-shade-3"]),
        ("128", ["folio-shade-5"]),
        ("26", ["folio-shade-2"]),
    ]
    assert not table.select("svg, strong")


def test_marks_that_do_not_exist_are_reported(build: Any) -> None:
    app = build({"index.rst": page(f"{TABLE}   :marks: shade\n"), "data.csv": DATA})
    [told] = strip_escape_sequences(app.warning.getvalue()).splitlines()
    assert "index.rst:11: WARNING: unknown marks 'shade'" in told
    assert rows(app)[1] == ["Creation", "1m4s", "2m8s"]


CHART = (
    ".. figure-chart:: data.csv\n   :rows: phase, stack\n   :columns: tool\n   :value: seconds\n   :text: text\n"
    "   :unit: 60\n   :axis: minutes\n   :emphasize: Other\n   :labels: create = Creation, failure = did not finish\n"
    "\n   Pool is faster.\n"
)


def places(app: Any) -> list[tuple[str, str, str]]:
    soup = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
    marks = soup.select(".folio-plot > .folio-dots svg")
    return [(mark["class"][0], str(mark["x"]), mark.get_text()) for mark in marks]


@pytest.mark.parametrize("parallel", [1, 2])
def test_a_chart_puts_each_figure_where_it_belongs(build: Any, parallel: int) -> None:
    app = build({"index.rst": page(CHART), "data.csv": DATA}, parallel=parallel)
    assert app.warning.getvalue() == ""
    assert places(app) == [
        ("folio-series-1", "39.25%", "Pool 1m4s"),
        ("folio-series-0", "78.51%", "Other 2m8s"),
        ("folio-series-1", "0.61%", "Pool 1s"),
        ("folio-series-none", "97.0%", "Pool did not finish"),
    ]
    soup = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
    assert [line.get_text(" ", strip=True) for line in soup.select(".folio-plot-legend > div")] == [
        "Other",
        "Pool",
        "did not finish",
    ]
    assert [text.get_text() for text in soup.select(".folio-axis text")] == ["0", "0.5", "1", "1.5", "2", "2.5"]
    caption = soup.select_one("figure.folio-chart figcaption")
    assert caption is not None
    assert caption.get_text(strip=True).startswith("Pool is faster.")
    app = build({"data.csv": DATA.replace("64,1m4s", "96,1m36s")}, parallel=parallel)
    assert places(app)[0] == ("folio-series-1", "58.88%", "Pool 1m36s")


def test_the_anchor_of_a_chart_is_that_of_no_title(build: Any) -> None:
    app = build({"index.rst": page(f"Chart 1\n-------\n\n{CHART}"), "data.csv": DATA})
    soup = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
    ids = [str(node["id"]) for node in soup.select("[id]")]
    assert len(ids) == len(set(ids))


def test_a_logarithmic_chart_shows_equal_ratios_as_equal_distances(build: Any) -> None:
    data = "phase,stack,tool,seconds\na,x,Pool,1\na,x,Other,4\na,y,Pool,5\na,y,Other,20\n"
    text = CHART.replace("   :text: text\n", "").replace("unit: 60", "scale: logarithmic")
    app = build({"index.rst": page(text), "data.csv": data})
    assert app.warning.getvalue() == ""
    one, four, five, twenty = sorted(float(place.rstrip("%")) for _series, place, _words in places(app))
    assert one == 0
    assert four - one == pytest.approx(twenty - five, abs=0.02)


@pytest.mark.parametrize("builder", ["text", "latex", "man", "epub", "texinfo", "gettext"])
def test_other_builders_show_only_the_caption_of_a_chart(build: Any, builder: str) -> None:
    settings = {"version": "1", "copyright": "Ada", "project": "Portfolio"}
    app = build({"index.rst": page(CHART), "data.csv": DATA}, builder=builder, settings=settings)
    assert app.warning.getvalue() == ""
    suffixes = {".txt", ".tex", ".1", ".xhtml", ".texi", ".pot"}
    files = [path.read_text("utf-8") for path in app.outdir.iterdir() if path.suffix in suffixes]
    assert sum(text.count("Pool is faster.") for text in files) == 1
    assert builder in {"epub", "gettext"} or not any("Creation" in text for text in files)


def test_a_chart_in_plain_text_reads_well(build: Any) -> None:
    app = build({"index.rst": page(f"Before.\n\n{CHART}\nAfter.\n"), "data.csv": DATA}, builder="text")
    assert (app.outdir / "index.txt").read_text("utf-8").endswith("Before.\n\n   Pool is faster.\n\nAfter.\n")


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (":emphasize: Other", ":emphasize: Othr", "data.csv has no figures for 'Othr'; did you mean 'Other'?"),
        (":unit: 60", ":unit: 0", "unit: not a number above 0: '0'"),
        (":unit: 60", ":unit: sixty", "unit: not a number above 0: 'sixty'"),
        (":unit: 60", ":scale: log", "unknown scale 'log'; did you mean 'logarithmic'?"),
        (":rows: phase, stack", ":rows: phase, stacks", "data.csv has no column 'stacks'; did you mean 'stack'?"),
        ("   :axis: minutes\n", "", "figure-chart lacks the required option 'axis'"),
        ("\n   Pool is faster.\n", "", "figure-chart has no caption; describe the chart in the directive's content"),
    ],
)
def test_what_a_chart_lacks_is_reported(before: str, after: str, says: str, build: Any) -> None:
    app = build({"index.rst": page(CHART.replace(before, after)), "data.csv": DATA})
    assert f"WARNING: {says}" in strip_escape_sequences(app.warning.getvalue())


def test_a_logarithmic_chart_of_nothing_is_reported(build: Any) -> None:
    text = CHART.replace(":unit: 60", ":scale: logarithmic")
    app = build({"index.rst": page(text), "data.csv": DATA.replace("64,", "0,")})
    assert "a logarithmic scale needs figures above 0 [folio.unreadable_data]" in strip_escape_sequences(
        app.warning.getvalue()
    )


def test_a_best_that_is_none_is_reported(build: Any) -> None:
    app = build({"index.rst": page(f"{TABLE}   :best: lest\n"), "data.csv": DATA})
    assert "unknown best 'lest'; did you mean 'least'? [folio.invalid_option]" in strip_escape_sequences(
        app.warning.getvalue()
    )


def test_rows_of_another_length_than_the_head_are_taken_as_they_are(build: Any) -> None:
    app = build({"index.rst": page(TABLE), "data.csv": f"{DATA}delete,Other,v4\ncreate,Third,v4,32,32s,too much\n"})
    assert app.warning.getvalue() == ""
    assert rows(app)[1:] == [["Creation", "1m4s", "2m8s", "32s"], ["delete", "did not finish", "", "–"]]


def test_a_pair_that_is_none_is_reported(build: Any) -> None:
    app = build({"index.rst": page(TABLE.replace("stack = v4", "stack")), "data.csv": DATA})
    assert "where: not a pair: 'stack'; write name = text [folio.invalid_option]" in strip_escape_sequences(
        app.warning.getvalue()
    )
