"""Tables on narrow screens: a row's cells stand one below the other, each named after its column."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_folio.doctree.nodes import STACKED, folio_cell


class NameCells(SphinxPostTransform):
    """Let the cells of a table know the head of their column, which a style may show beside them.

    After references are resolved (10), since a head may be one.
    """

    default_priority = 20
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Name the cells of the page at hand."""
        for table in self.document.findall(nodes.table):
            if STACKED in table["classes"]:
                heads = [head.astext() for head in next(table.findall(nodes.thead)).findall(nodes.entry)]
                for row in next(table.findall(nodes.tbody)).findall(nodes.row):
                    _name(row, heads)


def _name(row: nodes.row, heads: list[str]) -> None:
    """Put the content of every cell but the first, which names the row, into one that has a name."""
    for entry, head in list(zip(row.findall(nodes.entry), heads, strict=True))[1:]:
        content = entry[0]
        if isinstance(content, nodes.paragraph):
            entry[0] = folio_cell("", "", *content.children, label=head)
