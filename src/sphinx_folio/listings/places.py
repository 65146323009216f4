"""Where a skill is shown and named, written as a list by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio.i18n import _
from sphinx_folio.labels import OBJECTS
from sphinx_folio.nodes import inline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_folio.listings.base import Writer
    from sphinx_folio.queries.places import PageUsages, Usage


def write_usages(writer: Writer, pages: Sequence[PageUsages]) -> list[nodes.Node]:
    """Return the places by page; a sentence if there are none."""
    label = nodes.paragraph("", str(_("Used in")), classes=["folio-label"])
    if not pages:
        nowhere = nodes.paragraph("", str(_("nowhere yet")))
        return [nodes.container("", label, nowhere, classes=["folio-usages"])]
    items = [
        nodes.list_item(
            "",
            nodes.paragraph("", "", writer.place(page.docname, "", page.title)),
            nodes.bullet_list("", *(_item(writer, usage) for usage in page.usages)),
        )
        for page in pages
    ]
    return [nodes.container("", label, nodes.bullet_list("", *items), classes=["folio-usages"])]


def _item(writer: Writer, usage: Usage) -> nodes.list_item:
    """Return one place: what it is, its title as a link, and its text in short."""
    parts: list[nodes.Node] = [
        inline(str(OBJECTS[usage.objtype]), "folio-kind"),
        nodes.Text(" "),
        writer.place(usage.docname, usage.node_id, usage.title),
    ]
    if usage.text:
        parts += [nodes.Text(" "), inline(usage.text, "folio-excerpt")]
    return nodes.list_item("", nodes.paragraph("", "", *parts))
