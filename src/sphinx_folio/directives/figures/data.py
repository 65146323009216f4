"""The base class of the directives for figures: it reads and filters the rows of a CSV file, and translates labels."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.suggestions import nearest
from sphinx_folio._common.warnings import Subtype, did_you_mean, warn
from sphinx_folio.directives import options as convert
from sphinx_folio.directives.base import FolioDirective
from sphinx_folio.directives.option_types import Option
from sphinx_folio.doctree.elements import cell, inline
from sphinx_folio.doctree.nodes import folio_fact, folio_listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes


CsvRow: TypeAlias = dict[str, str]
"""A row of a CSV file: column → value."""


class FiguresDirective(FolioDirective):
    """The base class of the directives for figures, with options for the columns, the filter and the labels."""

    optional_arguments = 1  # the file is required, but only an optional argument lets us warn with our own subtype
    final_argument_whitespace = True
    argument_help = mark("A CSV file, relative to the page.")
    column_options: ClassVar[tuple[str, ...]] = ("rows", "columns", "value", "text")
    """The options whose values are columns of the file."""
    known_options: ClassVar[Mapping[str, Option]] = {
        "rows": Option(required=True, convert=convert.words, is_list=True),
        "columns": Option(),
        "value": Option(help=mark("The column that holds the figures."), required=True),
        "text": Option(help=mark("The column with the text to show in place of a figure.")),
        "where": Option(help=mark("Which rows to use: stack = IPv4, …"), convert=convert.pairs, is_list=True),
        "labels": Option(
            help=mark("Labels for the names in the file, which can be translated: create = Creation, …"),
            convert=convert.pairs,
            is_list=True,
        ),
    }

    def count_check(self) -> folio_listing:
        """Return a placeholder for whether the command ``verify`` has counted the figures of the file again."""
        relative, _path = self.env.relfn2path(self.arguments[0])
        return folio_listing(kind="count-check", key=Path(relative).as_posix())

    def has_argument(self) -> bool:
        """Return whether the directive has its argument; warn if not."""
        if self.arguments:
            return True
        message = __("%s has no file; write the path of a CSV file after its name")
        warn(Subtype.MISSING_KEY, message, self.title, location=self.location_of())
        return False

    def read_rows(self, values: dict[str, Any]) -> list[CsvRow]:
        """Return the matching rows; warn and return an empty list if the file, a column or a match is missing."""
        csv_rows = self._read_file()
        if csv_rows is None:
            return []
        used = [(option, values[option]) for option in self.column_options if option in values]
        used += [("where", name) for name in values.get("where", {})]
        names = [(option, name) for option, name in used if isinstance(name, str)]
        names += [(option, name) for option, several in used if not isinstance(several, str) for name in several]
        if not all(self._has_column(csv_rows, option, name) for option, name in names):
            return []
        where: dict[str, str] = values.get("where", {})
        csv_rows = [csv_row for csv_row in csv_rows if all(csv_row[name] == wanted for name, wanted in where.items())]
        if not csv_rows:
            warn(
                Subtype.UNREADABLE_DATA, __("no row matches the option %r"), "where", location=self.location_of("where")
            )
        return csv_rows

    def _read_file(self) -> list[CsvRow] | None:
        """Return the rows of the file; warn and return None if it is unreadable. If it changes, the page is stale."""
        relative, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(relative)
        try:
            with Path(path).open(encoding="utf-8-sig", newline="") as file:  # spreadsheets begin it with a mark
                rows = csv.DictReader(file, restkey="", restval="")  # rows may be shorter or longer than the header
                return list(rows)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            reason = getattr(error, "strerror", None) or str(error)
            warn(Subtype.UNREADABLE_DATA, __("%s cannot be read: %s"), relative, reason, location=self.location_of())
            return None

    def _has_column(self, csv_rows: list[CsvRow], option: str, name: str) -> bool:
        """Return whether the file has a column; warn if not."""
        known = list(csv_rows[0]) if csv_rows else []
        if name in known:
            return True
        hint = did_you_mean(nearest(name, known))
        message = __("%s has no column %r%s")
        warn(Subtype.UNREADABLE_DATA, message, self.arguments[0], name, hint, location=self.location_of(option))
        return False

    def one_of_columns(self, option: str, values: dict[str, Any], known: list[str]) -> str:
        """Return the value of an option if it is a known column; otherwise warn and return an empty string."""
        name: str = values.get(option, "")
        if not name or name in known:
            return name
        message = __("%s has no figures for %r%s")
        hint = did_you_mean(nearest(name, known))
        warn(Subtype.UNREADABLE_DATA, message, self.arguments[0], name, hint, location=self.location_of(option))
        return ""

    def label(self, name: str, values: dict[str, Any]) -> nodes.Element:
        """Return the label of a name from the option ``labels``, which is translatable, or the name itself."""
        labels: dict[str, str] = values.get("labels", {})
        if name not in labels:
            return cell(inline(name))
        return self.text_node(folio_fact(), labels[name], "labels")


def number(text: str) -> float | None:
    """Return the number in a cell, or None if the cell is not a finite number."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def number_text(figure: float) -> str:
    """Return a computed number as text, without an exponent and without the inaccuracy of sums."""
    return f"{figure:.12g}"
