"""A figure that stands for itself: a total, or how often one comes first; counted from a file or from the portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.directives import options as convert
from sphinx_folio.directives.base import Option
from sphinx_folio.directives.figures.data import FiguresDirective, number
from sphinx_folio.directives.figures.table import BEST
from sphinx_folio.doctree.lines import tally_line
from sphinx_folio.doctree.nodes import folio_listing
from sphinx_folio.portfolio.queries.evidence import TALLIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.directives.figures.data import Record


class KeyFigureDirective(FiguresDirective):
    """Show one figure large, above what it says in words.

    The argument is a CSV file or one of the portfolio's own tallies (``TALLIES``). Of a file it is the total of
    ``value``; with ``first``, in how many of the lines that ``rows`` tell apart the figure under that head of
    ``columns`` is the ``best`` of all (least, unless it says greatest). Bars show what was counted.
    """

    has_content = True
    summary = mark("One figure large, with a bar for each thing that was counted; the text says what that is.")
    argument_help = mark("A CSV file, or own-evidence, proven-skills or proven-highlights, counted of the portfolio.")
    known_options: ClassVar[Mapping[str, Option]] = {
        **FiguresDirective.known_options,
        "rows": Option(
            help=mark("With first: the columns that tell the lines apart."), convert=convert.words, is_list=True
        ),
        "columns": Option(help=mark("With first: the column whose values are compared.")),
        "value": Option(help=mark("The column that is added up, or compared.")),
        "first": Option(help=mark("Counts in how many lines this value of columns is the best.")),
        "best": Option(help=mark("What the best is: least or greatest.")),
    }

    def run(self) -> list[nodes.Node]:
        """Return the figure and its words; a warning and nothing if there is nothing to count."""
        values = self.read_options()
        if not self.has_argument():
            return []
        if "best" in values and not self.one_of(Subtype.INVALID_OPTION, "best", values["best"], BEST):
            del values["best"]
        if not self.content:
            message = __("%s lacks its words; say in its content what is counted")
            warn(Subtype.MISSING_OPTION, message, self.title, location=self.place_of())
        if self.arguments[0] in TALLIES:
            counted: list[nodes.Node] = [folio_listing(kind="tally", key=self.arguments[0])]
            self.set_source_info(counted[0])
        else:
            counted = self.count(values)
        words = self.parse_content_to_nodes()
        return [nodes.container("", *counted, *words, classes=["folio-key-figure"])] if counted else []

    def count(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return what a file gives."""
        needed = ("value", "rows", "columns") if "first" in values else ("value",)
        for name in needed:
            if name not in values:
                message = __("%s lacks its option %r")
                warn(Subtype.MISSING_OPTION, message, self.title, name, location=self.place_of())
                return []
        records = self.read_records(values)
        if not records:
            return []
        if "first" in values:
            return self.wins(records, values)
        figures = [number(record[values["value"]]) or 0 for record in records]
        greatest = max(figures, default=0)
        bars = [(round(figure * 100 / greatest) if greatest else 0, True) for figure in figures]
        return [tally_line(f"{sum(figures):g}", bars=bars)]

    def wins(self, records: list[Record], values: dict[str, Any]) -> list[nodes.Node]:
        """Return in how many lines one column comes first, of how many."""
        lines: dict[tuple[str, ...], dict[str, float]] = {}
        across = values["columns"]
        for record in records:
            line = lines.setdefault(tuple(record[name] for name in values["rows"]), {})
            figure = number(record[values["value"]])
            if figure is not None:
                line[record[across]] = figure
        name = self.one_of_columns("first", values, list(dict.fromkeys(record[across] for record in records)))
        if not name:
            return []
        best = BEST[values.get("best", "least")]
        won = [name in line and line[name] == best(line.values()) for line in lines.values()]
        return [tally_line(str(sum(won)), str(len(won)), bars=[(100, first) for first in won])]
