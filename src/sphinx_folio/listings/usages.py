"""Where a skill is shown and named, written as a list by page."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio._common.i18n import _
from sphinx_folio.doctree.pieces import (
    Piece,
    Places,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_folio.doctree.pieces import Line
    from sphinx_folio.listings.base import Writer
    from sphinx_folio.portfolio.queries.usages import PageUsages, Usage

IN_SIGHT = 3
"""How many lines of a page are in sight; the others open in place, unless it is only one."""


def write_usages(writer: Writer, pages: Sequence[PageUsages]) -> list[nodes.Node]:
    """Return the places by page; a sentence if there are none."""
    label = nodes.paragraph("", str(_("Used in")), classes=["folio-label"])
    if not pages:
        nowhere = nodes.paragraph("", str(_("nowhere yet")))
        return [nodes.container("", label, nowhere, classes=["folio-usages"])]
    places = writer.places(_places(writer, page) for page in pages)
    return [nodes.container("", label, places, classes=["folio-usages"])]


def _places(writer: Writer, page: PageUsages) -> Places:
    """Return the places of a page, the first lines in sight."""
    groups = groupby(page.usages, key=_together)
    lines = tuple(line for said, usages in groups for line in _lines(writer, said, [*usages]))
    shown = len(lines) if len(lines) <= IN_SIGHT + 1 else IN_SIGHT
    more = str(_("%d more")) % (len(lines) - shown) if lines[shown:] else ""
    return Places(writer.piece(page.docname, "", page.title), lines, shown, more)


def _together(usage: Usage) -> str:
    """Return what kind of places stand in one line: those that a name of their own tells apart."""
    return usage.objtype if usage.named else ""


def _lines(writer: Writer, objtype: str, usages: Sequence[Usage]) -> list[Line]:
    """Return a line for named places of a kind, or for each of other places."""
    if not objtype:
        return [_place(writer, usage) for usage in usages]
    links = (writer.piece(usage.docname, usage.node_id, usage.title) for usage in usages)
    return [_line(writer, objtype, *writer.separated(links))]


def _place(writer: Writer, usage: Usage) -> Line:
    """Return one place: what it is, its title as a link, and its text in short."""
    pieces = [writer.piece(usage.docname, usage.node_id, usage.title)]
    if usage.text:
        pieces += [Piece(" "), Piece(usage.text, "folio-excerpt")]
    return _line(writer, usage.objtype, *pieces)


def _line(writer: Writer, objtype: str, *pieces: Piece) -> Line:
    return (Piece(writer.label(objtype), "folio-kind"), Piece(" "), *pieces)
