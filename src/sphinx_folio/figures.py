"""Figures from a file, as a table that is a chart as well: each cell has its figure and a bar of its length."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from sphinx_folio import options as convert
from sphinx_folio.directives import FolioDirective, Option
from sphinx_folio.i18n import __
from sphinx_folio.model import nearest
from sphinx_folio.nodes import cell, folio_bar, folio_fact, inline, table
from sphinx_folio.warnings import Subtype, did_you_mean, warn

if TYPE_CHECKING:
    from collections.abc import Mapping

PAIRS = Option(convert=convert.pairs)


class FigureTableDirective(FolioDirective):
    """Show the figures of a CSV file, one column of it down, one across; no figure is typed into the page.

    A value that is no number, such as ``failed``, is shown as it is, without a bar; the least of a row stands out.
    """

    required_arguments = 1
    known_options: ClassVar[Mapping[str, Option]] = {
        "rows": Option(required=True),
        "columns": Option(required=True),
        "value": Option(required=True),
        "text": Option(),
        "where": PAIRS,
        "labels": PAIRS,
    }

    def run(self) -> list[nodes.Node]:
        """Return the table; a warning and nothing if the file, a column of it or every row is missing."""
        values = self.read_options()
        records = self.read_file()
        if records is None or any(name not in values for name in ("rows", "columns", "value")):
            return []
        where: dict[str, str] = values.get("where", {})
        asked_for = {name: values[name] for name in ("rows", "columns", "value", "text") if name in values}
        if not all(self.has_column(records, option, name) for option, name in asked_for.items()):
            return []
        if not all(self.has_column(records, "where", name) for name in where):
            return []
        records = [record for record in records if all(record[name] == wanted for name, wanted in where.items())]
        if not records:
            warn(Subtype.UNREADABLE_DATA, __("no row is left by %r"), "where", location=self.place_of("where"))
            return []
        return [nodes.container("", self.table(records, values), classes=["folio-scroll"])]

    def read_file(self) -> list[dict[str, str]] | None:
        """Return the rows of the file, and have the page read again when it changes."""
        relative, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(relative)
        try:
            with Path(path).open(encoding="utf-8", newline="") as file:
                rows = csv.DictReader(file, restkey="", restval="")  # a row may be shorter or longer than the head
                return list(rows)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            reason = getattr(error, "strerror", None) or str(error)
            warn(Subtype.UNREADABLE_DATA, __("%s cannot be read: %s"), relative, reason, location=self.place_of())
            return None

    def has_column(self, records: list[dict[str, str]], option: str, name: str) -> bool:
        """Tell whether the file has a column; warn if not."""
        known = list(records[0]) if records else []
        if name in known:
            return True
        hint = did_you_mean(nearest(name, known))
        message = __("%s has no column %r%s")
        warn(Subtype.UNREADABLE_DATA, message, self.arguments[0], name, hint, location=self.place_of(option))
        return False

    def table(self, records: list[dict[str, str]], values: dict[str, Any]) -> nodes.table:
        """Return the table for the rows that are left."""
        down, across, value = values["rows"], values["columns"], values["value"]
        shown = values.get("text", value)
        columns = list(dict.fromkeys(record[across] for record in records))
        cells = {(record[down], record[across]): record for record in records}
        longest = max((_number(record[value]) or 0 for record in records), default=0)
        rows = []
        for name in dict.fromkeys(record[down] for record in records):
            found = {column: _number(cells[name, column][value]) for column in columns if (name, column) in cells}
            least = min((number for number in found.values() if number is not None), default=None)
            row: list[nodes.Node] = [self.label(name, values)]
            for column in columns:
                record = cells.get((name, column))
                number = found.get(column)
                if record is None:
                    row.append(cell("–"))
                elif number is None:
                    row.append(self.label(record[shown] or record[value], values))
                else:
                    figure = nodes.strong if number == least else nodes.inline
                    bar = folio_bar(share=round(number * 100 / longest, 1) if longest else 0)
                    row.append(cell(figure("", record[shown], classes=["folio-figure"]), bar))
            rows.append(row)
        return table(
            [self.label(down, values), *(self.label(column, values) for column in columns)], rows, "folio-figures"
        )

    def label(self, name: str, values: dict[str, Any]) -> nodes.Node:
        """Return a heading: its own word in the page's language, for translators too, or as the file has it."""
        labels: dict[str, str] = values.get("labels", {})
        if name not in labels:
            return cell(inline(name))
        return self.text_node(folio_fact(), labels[name], "labels")


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
