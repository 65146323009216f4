"""Figures of a CSV file as a dot chart: each line shows the figures to compare as marks on a common axis."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from docutils import nodes
from sphinx import addnodes

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.directives import options as convert
from sphinx_folio.directives.figures.data import FiguresDirective, number, number_text
from sphinx_folio.directives.option_types import Option, choice_option
from sphinx_folio.doctree.elements import LITERAL
from sphinx_folio.doctree.nodes import folio_axis, folio_dots, folio_fact, folio_plot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.directives.figures.data import CsvRow

MAX_TICKS = 6
PLOT = 92.0
"""The width of the axis, in percent of the chart's width."""
WITHOUT_FIGURE = 97.0
"""The position of marks without a figure, in percent; it is to the right of the axis."""
Mark: TypeAlias = tuple[int, float, tuple[str, ...]]


class FigureChartDirective(FiguresDirective):
    """Show the figures of a CSV file as marks: a group for each value of the first column of ``rows``, and lines in it.

    The content is the caption, which also describes the chart for screen readers; put the figures themselves into a
    ``figure-table`` nearby. Builders other than HTML show only the caption.
    """

    has_content = True
    summary = mark("Figures of a CSV file as marks on an axis, in HTML only; the content is the caption.")
    known_options: ClassVar[Mapping[str, Option]] = {
        **FiguresDirective.known_options,
        "rows": Option(
            help=mark("One or two columns: the first forms the groups, the second the lines within a group."),
            required=True,
            convert=convert.words,
            is_list=True,
        ),
        "columns": Option(help=mark("The column whose values are the marks on a line."), required=True),
        "emphasize": Option(help=mark("The series to emphasize.")),
        "unit": Option(help=mark("The number of the file's units in one unit of the axis."), convert=convert.positive),
        "axis": Option(help=mark("The label of the axis: quantity and unit."), required=True),
        "scale": choice_option(mark("linear or logarithmic."), ["linear", "logarithmic"]),
    }

    def run(self) -> list[nodes.Node]:
        """Return the chart; if there is no data, warn and return an empty list."""
        values = self.read_options()
        if not self.has_argument():
            return []
        if not self.content:
            message = __("%s has no caption; describe the chart in the directive's content")
            warn(Subtype.MISSING_OPTION, message, self.title, location=self.location_of())
        if any(name not in values for name in ("rows", "columns", "value", "axis")):
            return []
        csv_rows = self.read_rows(values)
        if not csv_rows:
            return []
        plot = addnodes.only("", self.plot(csv_rows, values), expr="html")
        figure = nodes.figure("", plot, classes=["folio-chart"])
        for paragraph in self.parse_content_to_nodes():
            if isinstance(paragraph, nodes.paragraph):
                caption = nodes.caption(paragraph.rawsource, "", *paragraph.children)
                caption.source, caption.line = paragraph.source, paragraph.line
                figure += caption
            else:
                figure += nodes.legend("", paragraph)
        self.set_source_info(figure)
        # The same in every language; with an underscore, no title can have it.
        figure["ids"].append(f"chart_{self.env.new_serialno('folio-chart') + 1}")
        return [figure]

    def plot(self, csv_rows: list[CsvRow], values: dict[str, Any]) -> folio_plot:
        """Return the legend, the lines and the axis."""
        series = self.series(csv_rows, values)
        unit: float = values.get("unit", 1)
        figures = [figure for csv_row in csv_rows if (figure := number(csv_row[values["value"]])) is not None]
        axis = self.axis([figure / unit for figure in figures], values)
        positions = [axis.position(tick) for tick in axis.ticks]
        plot = folio_plot("", self.legend(series, csv_rows, values), **LITERAL)
        first, *rest = values["rows"]
        for group in dict.fromkeys(csv_row[first] for csv_row in csv_rows):
            members = [csv_row for csv_row in csv_rows if csv_row[first] == group]
            plot += nodes.container("", self.label(group, values), classes=["folio-plot-group"])
            for key in dict.fromkeys(tuple(csv_row[name] for name in rest) for csv_row in members):
                line = [csv_row for csv_row in members if tuple(csv_row[name] for name in rest) == key]
                marks = [self.mark(csv_row, values, series, axis) for csv_row in line]
                labels = [self.label(part, values) for part in key]
                plot += nodes.container("", *labels, classes=["folio-plot-label"])
                plot += folio_dots(marks=sorted(marks, reverse=True), ticks=positions)  # the first series is drawn last
        axis_label = self.text_node(folio_fact(), values["axis"], "axis")
        plot += nodes.container("", axis_label, classes=["folio-plot-label"])
        plot += folio_axis(
            ticks=[(position, number_text(tick)) for position, tick in zip(positions, axis.ticks, strict=True)]
        )
        return plot

    def axis(self, figures: list[float], values: dict[str, Any]) -> Axis:
        """Return the axis for all figures; if a logarithmic one is impossible, warn and return a linear one."""
        if values.get("scale") != "logarithmic":
            return Axis.linear(figures)
        if figures and min(figures) > 0:
            return Axis.by_factors(figures)
        message = __("a logarithmic scale needs figures above 0")
        warn(Subtype.UNREADABLE_DATA, message, location=self.location_of("scale"))
        return Axis.linear(figures)

    def series(self, csv_rows: list[CsvRow], values: dict[str, Any]) -> list[str]:
        """Return the names of the compared series, the emphasized one first."""
        names = list(dict.fromkeys(csv_row[values["columns"]] for csv_row in csv_rows))
        emphasized = self.one_of_columns("emphasize", values, names)
        return sorted(names, key=lambda name: name != emphasized)

    def legend(self, series: list[str], csv_rows: list[CsvRow], values: dict[str, Any]) -> nodes.container:
        """Return the legend: the name of each series, and the texts of cells without a figure."""
        legend = nodes.container(classes=["folio-plot-legend"])
        for index, name in enumerate(series):
            legend += self.legend_entry(index, name, values)
        text = values.get("text", values["value"])
        without = dict.fromkeys(csv_row[text] for csv_row in csv_rows if number(csv_row[values["value"]]) is None)
        for words in without:
            legend += self.legend_entry(-1, words, values)
        return legend

    def legend_entry(self, index: int, name: str, values: dict[str, Any]) -> nodes.container:
        """Return a mark with its label; the attribute ``name`` is the name in the file, for the tooltips of marks."""
        marks = folio_dots(marks=[(index, 50.0, ())], ticks=[])
        return nodes.container("", marks, self.label(name, values), name=name)

    def mark(self, csv_row: CsvRow, values: dict[str, Any], series: list[str], axis: Axis) -> Mark:
        """Return a mark: the index of its series (-1 without a figure), its position in percent, and its names."""
        name = csv_row[values["columns"]]
        names = (name, csv_row[values.get("text", values["value"])])
        figure = number(csv_row[values["value"]])
        if figure is None:
            return -1, WITHOUT_FIGURE, names
        return series.index(name), axis.position(figure / values.get("unit", 1)), names


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from ``start`` to ``end`` with ``ticks`` at round figures."""

    start: float
    end: float
    ticks: tuple[float, ...]
    logarithmic: bool = False

    @classmethod
    def linear(cls, figures: list[float]) -> Axis:
        """Return an axis between round figures that includes 0."""
        least, greatest = min([0, *figures]), max([0, *figures])
        length = (greatest - least) or 1
        power = 10.0 ** math.floor(math.log10(length / MAX_TICKS))
        step = next(power * factor for factor in (1, 2, 5, 10, 20) if length / (power * factor) <= MAX_TICKS)
        counts = range(math.floor(least / step), math.ceil((least + length) / step) + 1)
        ticks = tuple(round(step * count, 10) for count in counts)
        return cls(start=ticks[0], end=ticks[-1], ticks=ticks)

    @classmethod
    def by_factors(cls, figures: list[float]) -> Axis:
        """Return a logarithmic axis, which shows equal ratios as equal distances; all figures must be above 0."""
        least, greatest = min(figures), max(figures)
        powers = range(math.floor(math.log10(least)), math.ceil(math.log10(greatest)) + 1)
        ticks = [round(factor * 10.0**power, 10) for power in powers for factor in (1, 2, 5)]
        start = max(tick for tick in ticks if tick <= least)
        end = max(greatest, min(tick for tick in ticks if tick > start))
        ticks = [tick for tick in ticks if start <= tick <= end]
        return cls(start=start, end=end, ticks=tuple(ticks), logarithmic=True)

    def position(self, figure: float) -> float:
        """Return the position of a figure in percent of the chart's width."""
        start, end, at = (
            (math.log(value) for value in (self.start, self.end, figure))
            if self.logarithmic
            else (self.start, self.end, figure)
        )
        return round((at - start) / (end - start) * PLOT, 2)
