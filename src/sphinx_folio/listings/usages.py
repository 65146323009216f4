"""Render the usages of a skill as a list grouped by page."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio._common.i18n import _
from sphinx_folio.doctree.pieces import PageGroup, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_folio.doctree.pieces import Line
    from sphinx_folio.listings.base import ListingRenderer
    from sphinx_folio.portfolio.queries.usages import PageUsages, Usage

VISIBLE_LINES = 3
"""The number of lines of a page that are visible; more are collapsed, unless it is only one more."""


def render_usages(renderer: ListingRenderer, pages: Sequence[PageUsages]) -> list[nodes.Node]:
    """Return the usages grouped by page."""
    if not pages:
        return []
    label = nodes.paragraph("", str(_("Used in")), classes=["folio-label"])
    groups = renderer.page_groups(_page_group(renderer, page) for page in pages)
    return [nodes.container("", label, groups, classes=["folio-usages"])]


def sources_label() -> nodes.paragraph:
    """Return the label between the usages of a skill and the evidence that its directive contains."""
    return nodes.paragraph("", str(_("Sources")), classes=["folio-label"])


def _page_group(renderer: ListingRenderer, page: PageUsages) -> PageGroup:
    """Return the lines of the usages on one page; the page is the link to a mention outside of its sections."""
    groups = groupby(page.usages, key=_shared_objtype)
    lines = tuple(line for objtype, usages in groups for line in _lines(renderer, page.title, objtype, [*usages]))
    visible = len(lines) if len(lines) <= VISIBLE_LINES + 1 else VISIBLE_LINES
    more_label = str(_("%d more")) % (len(lines) - visible) if lines[visible:] else ""
    node_id = next((usage.node_id for usage in page.usages if _is_page(usage, page.title)), "")
    return PageGroup(renderer.link_piece(page.docname, node_id, page.title, page.marked), lines, visible, more_label)


def _is_page(usage: Usage, page: str) -> bool:
    """Return whether a usage is a mention outside of the sections of a page with this title."""
    return usage.objtype == "mention" and usage.title in {"", page}


def _shared_objtype(usage: Usage) -> str:
    """Return the type of a named usage, which shares a line with others of its type; empty for other usages."""
    return usage.objtype if usage.has_name else ""


def _lines(renderer: ListingRenderer, page: str, objtype: str, usages: Sequence[Usage]) -> list[Line]:
    """Return one line for named usages of a type; with an empty type, one line for each usage.

    The one that has the title of the page is not named again: an entry has its type, a mention no line.
    """
    usages = [usage for usage in usages if not _is_page(usage, page)]
    if not objtype:
        return [_line(renderer, usage.objtype, usage) for usage in usages]
    if len(usages) == 1 and usages[0].title == page:
        return [(Piece(renderer.label(objtype), "folio-kind"),)]
    return [_line(renderer, objtype, *usages)] if usages else []


def _line(renderer: ListingRenderer, objtype: str, *usages: Usage) -> Line:
    """Return a line with usages of a type: the type, and their titles as links."""
    links = (renderer.link_piece(usage.docname, usage.node_id, usage.title, usage.marked) for usage in usages)
    return (Piece(renderer.label(objtype), "folio-kind"), Piece(" "), *renderer.separated(links))
