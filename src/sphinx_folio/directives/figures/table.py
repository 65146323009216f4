"""Figures from a file, as a table that is a chart as well: each cell has its figure and a bar of its length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from sphinx_folio._common.i18n import mark
from sphinx_folio._common.warnings import Subtype
from sphinx_folio.directives.base import Option
from sphinx_folio.directives.figures.data import FiguresDirective, number
from sphinx_folio.doctree.elements import (
    cell,
    inline,
    table,
)
from sphinx_folio.doctree.nodes import (
    STACKED,
    folio_bar,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinx_folio.directives.figures.data import Record

BEST: Mapping[str, Callable[[Iterable[float]], float]] = {"least": min, "greatest": max}


class FigureTableDirective(FiguresDirective):
    """Show the figures of a CSV file, one column of it down and, if asked for, one across.

    A value that is no number, such as ``failed``, is shown as it is, without a bar. Of figures side by side the
    least stands out, unless ``best`` says otherwise; ``relative-to`` names the one that the others are multiples of.
    """

    has_content = True  # it may have none; without this, docutils would drop the table
    summary = mark("Figures of a CSV file as a table with a bar in each cell, so that none is typed into a page.")
    known_options: ClassVar[Mapping[str, Option]] = {
        **FiguresDirective.known_options,
        "rows": Option(help=mark("The column whose values go down."), required=True),
        "columns": Option(help=mark("The column whose values go across; without it, there is one column of figures.")),
        "best": Option(help=mark("Which figure of a row stands out: least, greatest or none.")),
        "relative-to": Option(help=mark("The value across of which the others are shown as multiples.")),
    }

    def run(self) -> list[nodes.Node]:
        """Return the table; a warning and nothing if there is nothing to show."""
        values = self.read_options()
        if not self.has_argument():
            return []
        self.warn_of_content()
        if "best" in values and not self.one_of(Subtype.INVALID_OPTION, "best", values["best"], [*BEST, "none"]):
            del values["best"]
        if any(name not in values for name in ("rows", "value")):
            return []
        records = self.read_records(values)
        return [nodes.container("", self.table(records, values), classes=["folio-scroll"])] if records else []

    def table(self, records: list[Record], values: dict[str, Any]) -> nodes.table:
        """Return the table of the rows that are left."""
        down, across, value = values["rows"], values.get("columns"), values["value"]
        columns = list(dict.fromkeys(record[across] for record in records)) if across else [value]
        cells = {(record[down], record[across] if across else value): record for record in records}
        best = BEST.get(values.get("best", "least" if across else "none"))
        compared_with = self.one_of_columns("relative-to", values, columns)
        longest = max((number(record[value]) or 0 for record in records), default=0)
        rows = []
        for name in dict.fromkeys(record[down] for record in records):
            found = {column: number(cells[name, column][value]) for column in columns if (name, column) in cells}
            numbers = [figure for figure in found.values() if figure is not None]
            row: list[nodes.Node] = [self.label(name, values)]
            for column in columns:
                record = cells.get((name, column))
                figure = found.get(column)
                if record is None:
                    row.append(cell("–"))
                elif figure is None:
                    row.append(self.label(record[values.get("text", value)] or record[value], values))
                else:
                    stands_out = best and figure == best(numbers)
                    base = found.get(compared_with) if column != compared_with else None
                    row.append(
                        cell(
                            (nodes.strong if stands_out else nodes.inline)(
                                "", record[values.get("text", value)], classes=["folio-figure"]
                            ),
                            *([inline(f" {figure / base:.1f}×", "folio-ratio")] if base else []),
                            folio_bar(share=round(figure * 100 / longest, 1) if longest else 0),
                        )
                    )
            rows.append(row)
        heads = [self.label(down, values), *(self.label(column, values) for column in columns)]
        return table(heads, rows, "folio-figures", STACKED if across else "folio-figures-single")
