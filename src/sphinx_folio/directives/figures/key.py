"""A key figure: a total, or in how many lines a column is best; computed from a CSV file or the portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.directives import options as convert
from sphinx_folio.directives.figures.data import FiguresDirective, number, number_text
from sphinx_folio.directives.figures.table import BEST
from sphinx_folio.directives.option_types import Option, choice_option
from sphinx_folio.doctree.lines import tally_line
from sphinx_folio.doctree.nodes import folio_listing
from sphinx_folio.portfolio.queries.evidence import TALLIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.directives.figures.data import CsvRow


MARKS = ("bars", "none")


class KeyFigureDirective(FiguresDirective):
    """Show one large figure above the text that describes it.

    The argument is a CSV file or a figure of the portfolio (a key of ``TALLIES``). For a file, the figure is the total
    of the column ``value``. With ``first``, it is the number of lines, identified by the columns ``rows``, in which the
    figure for this value of ``columns`` is the ``best``: the least by default, or the greatest.
    """

    has_content = True
    summary = mark("One large figure with a bar for each counted item; the content says what is counted.")
    argument_help = mark("A CSV file, or a figure of the portfolio: own-evidence, proven-skills or proven-highlights.")
    known_options: ClassVar[Mapping[str, Option]] = {
        **FiguresDirective.known_options,
        "rows": Option(help=mark("With first: the columns that identify a line."), convert=convert.words, is_list=True),
        "columns": Option(help=mark("With first: the column whose values are compared.")),
        "value": Option(help=mark("The column whose figures are added up or compared.")),
        "first": Option(help=mark("Counts the lines in which this value of columns is the best.")),
        "best": choice_option(mark("Which figure is the best: least or greatest."), BEST),
        "marks": choice_option(mark("What is drawn next to the figure: bars or none."), MARKS),
    }

    def run(self) -> list[nodes.Node]:
        """Return the figure and the text; if there is no data, warn and return an empty list."""
        values = self.read_options()
        if not self.has_argument():
            return []
        if not self.content:
            message = __("%s has no text; write what is counted into the directive's content")
            warn(Subtype.MISSING_OPTION, message, self.title, location=self.location_of())
        has_bars = values.get("marks") != "none"
        if self.arguments[0] in TALLIES:
            counted: list[nodes.Node] = [folio_listing(kind="tally", key=self.arguments[0], has_bars=has_bars)]
            self.set_source_info(counted[0])
            checks: list[nodes.Node] = []
        else:
            counted = self.count(values, has_bars=has_bars)
            checks = [self.count_check()]
        words = self.parse_content_to_nodes()
        return [nodes.container("", *counted, *words, *checks, classes=["folio-key-figure"])] if counted else []

    def count(self, values: dict[str, Any], *, has_bars: bool) -> list[nodes.Node]:
        """Return the figure of a file."""
        needed = ("value", "rows", "columns") if "first" in values else ("value",)
        for name in needed:
            if name not in values:
                message = __("%s lacks the required option %r")
                warn(Subtype.MISSING_OPTION, message, self.title, name, location=self.location_of())
                return []
        csv_rows = self.read_rows(values)
        if not csv_rows:
            return []
        if "first" in values:
            won = self.wins(csv_rows, values)
            figure, whole, bars = str(sum(won)), str(len(won)), [(100, is_first) for is_first in won]
        else:
            figures = [number(csv_row[values["value"]]) or 0 for csv_row in csv_rows]
            greatest = max(0, *figures) or 1
            heights = (round(max(one, 0) * 100 / greatest) for one in figures)
            figure, whole, bars = number_text(sum(figures)), "", [(height, True) for height in heights]
        return [tally_line(figure, whole, bars=bars if has_bars else ())] if bars else []

    def wins(self, csv_rows: list[CsvRow], values: dict[str, Any]) -> list[bool]:
        """Return for each line whether the column ``first`` is the best in it; warn if there is no such column."""
        lines: dict[tuple[str, ...], dict[str, float]] = {}
        across = values["columns"]
        for csv_row in csv_rows:
            line = lines.setdefault(tuple(csv_row[name] for name in values["rows"]), {})
            figure = number(csv_row[values["value"]])
            if figure is not None:
                line[csv_row[across]] = figure
        name = self.one_of_columns("first", values, list(dict.fromkeys(csv_row[across] for csv_row in csv_rows)))
        if not name:
            return []
        best = BEST[values.get("best", "least")]
        return [name in line and line[name] == best(line.values()) for line in lines.values()]
