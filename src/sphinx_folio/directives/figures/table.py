"""Figures of a CSV file as a table: each cell shows a figure, and a bar or a shade in proportion to it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from sphinx_folio._common.i18n import mark
from sphinx_folio.directives.figures.data import FiguresDirective, number
from sphinx_folio.directives.option_types import Option, choice_option
from sphinx_folio.doctree.elements import cell, inline, table
from sphinx_folio.doctree.nodes import STACKED, folio_bar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinx_folio.directives.figures.data import CsvRow

BEST: Mapping[str, Callable[[Iterable[float]], float]] = {"least": min, "greatest": max}
MARKS = ("bars", "shades")
SHADES = 5
"""The number of shades: figures up to a fifth of the greatest get the first one."""


class FigureTableDirective(FiguresDirective):
    """Show the figures of a CSV file; the values of ``rows`` name the rows, those of ``columns`` the columns.

    A value that is not a number, such as ``failed``, is shown as text only. Figures that are all equal have no bars.
    The ``best`` figure of each row is bold: by default the least if there are several columns with bars.
    ``relative-to`` names the column with which others are compared. With shades, the table is a heat map: narrow
    columns, and a background that is stronger for greater figures, while a figure of 0 is left out.
    """

    has_content = True  # content causes a warning; with False, docutils would drop the table
    summary = mark("Figures of a CSV file as a table with a bar in each cell, or as a heat map.")
    known_options: ClassVar[Mapping[str, Option]] = {
        **FiguresDirective.known_options,
        "rows": Option(help=mark("The column whose values name the rows."), required=True),
        "value": Option(
            help=mark(
                "The column that holds the figures; its label, such as the unit, is shown above several columns."
            ),
            required=True,
        ),
        "columns": Option(
            help=mark("The column whose values name the columns; without it, there is one column of figures.")
        ),
        "best": choice_option(mark("The figure to highlight in each row: least, greatest or none."), [*BEST, "none"]),
        "relative-to": Option(help=mark("The column that the others are compared with, as multiples of it.")),
        "marks": choice_option(mark("How figures are drawn: bars, or shades for a heat map."), MARKS),
    }

    def run(self) -> list[nodes.Node]:
        """Return the table; if there is no data, warn and return an empty list."""
        values = self.read_options()
        if not self.has_argument():
            return []
        self.warn_about_content()
        if any(name not in values for name in ("rows", "value")):
            return []
        csv_rows = self.read_rows(values)
        if not csv_rows:
            return []
        scrolled = nodes.container("", *self.unit(values), self.table(csv_rows, values), classes=["folio-scroll"])
        return [scrolled, self.count_check()]

    def unit(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return what the figures of several columns are, if their own column has a label."""
        if "columns" not in values or values["value"] not in values.get("labels", {}):
            return []
        label = self.label(values["value"], values)
        label["classes"] += ["folio-label"]
        return [label]

    def table(self, csv_rows: list[CsvRow], values: dict[str, Any]) -> nodes.table:
        """Return a table with a row for each name in the column ``rows``."""
        down, across, value = values["rows"], values.get("columns"), values["value"]  # columns of the file
        columns = list(dict.fromkeys(csv_row[across] for csv_row in csv_rows)) if across else [value]
        cells = {(csv_row[down], csv_row[across] if across else value): csv_row for csv_row in csv_rows}
        shaded = values.get("marks") == "shades"
        best = BEST.get(values.get("best", "least" if across and not shaded else "none"))
        base_column = self.one_of_columns("relative-to", values, columns)
        figures = {figure for csv_row in csv_rows if (figure := number(csv_row[value])) is not None}
        greatest = max(figures, default=0)
        has_bars = not shaded and len(figures) > 1
        rows = []
        for name in dict.fromkeys(csv_row[down] for csv_row in csv_rows):
            found = {column: number(cells[name, column][value]) for column in columns if (name, column) in cells}
            numbers = [figure for figure in found.values() if figure is not None]
            row: list[nodes.Node] = [self.label(name, values)]
            for column in columns:
                csv_row = cells.get((name, column))
                figure = found.get(column)
                if csv_row is None:
                    row.append(cell("–"))
                elif shaded and figure == 0:
                    row.append(cell(""))
                elif figure is None:
                    row.append(self.label(csv_row[values.get("text", value)] or csv_row[value], values))
                else:
                    is_best = best and figure == best(numbers)
                    base = found.get(base_column) if column != base_column else None
                    share = max(figure, 0) / greatest if greatest > 0 else 0
                    shade = [f"folio-shade-{math.ceil(share * SHADES)}"] if shaded and share > 0 else []
                    row.append(
                        cell(
                            (nodes.strong if is_best else nodes.inline)(
                                "", csv_row[values.get("text", value)], classes=["folio-figure", *shade]
                            ),
                            *([inline(f" {figure / base:.1f}×", "folio-ratio")] if base else []),
                            *([folio_bar(share=round(share * 100, 1))] if has_bars else []),
                        )
                    )
            rows.append(row)
        heads = [self.label(down, values), *(self.label(column, values) for column in columns)]
        if shaded:
            return table(heads, rows, "folio-heat-map")
        return table(heads, rows, "folio-figures", STACKED if across else "folio-figures-single")
