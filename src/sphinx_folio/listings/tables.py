"""Tables on narrow screens: the cells of a row are stacked, and each shows the header of its column."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_folio.doctree.nodes import STACKED, folio_cell


class LabelCells(SphinxPostTransform):
    """Add the header of the column to each cell of a stacked table, where the style sheet can show it.

    The priority is above 10, at which Sphinx resolves references, because a header may contain references.
    """

    default_priority = 20
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Label the cells of the current page."""
        for table in self.document.findall(nodes.table):
            if STACKED in table["classes"]:
                headers = [header.astext() for header in next(table.findall(nodes.thead)).findall(nodes.entry)]
                for row in next(table.findall(nodes.tbody)).findall(nodes.row):
                    if len(row) > 1:  # else it is the title of a group
                        _label_row(row, headers)


def _label_row(row: nodes.row, headers: list[str]) -> None:
    """Label the paragraph of each cell; that of the first cell, which names the row, only if it is a number."""
    for column, (entry, header) in enumerate(zip(list(row.findall(nodes.entry)), headers, strict=True)):
        content = entry[0]
        if isinstance(content, nodes.paragraph) and (column or re.fullmatch(r"[\d.,]+", content.astext())):
            entry[0] = folio_cell("", "", *content.children, label=header)
