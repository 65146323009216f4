"""Render entries of any type as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio.doctree.elements import author_nodes, external_link, identifier_links, inline, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_folio.listings.base import ListingRenderer
    from sphinx_folio.portfolio.queries.entries import EntryRow


def render_entries(renderer: ListingRenderer, rows: Sequence[EntryRow]) -> list[nodes.Node]:
    """Return the entries as a list; the name of each leads to its address, or to the entry if it has none."""
    items = []
    for row in rows:
        title = external_link(row.target.title, row.url, row.target.marked) if row.url else renderer.link(row.target)
        parts: list[nodes.Node] = [nodes.strong("", "", title)]
        if row.authors:
            parts.append(nodes.inline("", "", *author_nodes(row.authors)))
        parts += [inline(detail) for detail in row.details]
        if row.date:
            parts.append(renderer.date(row.date))
        elif row.validity:
            parts += renderer.validity(row.validity, is_over=row.has_expired)
        elif row.period:
            parts.append(inline(renderer.dates.period(row.period), "folio-dates"))
        parts += identifier_links(row.url)
        line = nodes.paragraph("", "", *joined(parts, " | "), classes=["folio-line", "folio-named"])
        items.append(nodes.list_item("", line))
    return [nodes.bullet_list("", *items, classes=["folio-entries"])] if items else []
