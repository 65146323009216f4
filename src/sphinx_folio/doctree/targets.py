"""Targets of links in LaTeX and Texinfo, whose writers ignore the ids of most nodes."""

from __future__ import annotations

from typing import Any, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_folio.doctree.nodes import folio_entry

BLOCKS = (
    folio_entry,
    nodes.container,
    nodes.definition_list_item,
    nodes.entry,
    nodes.list_item,
    nodes.paragraph,
    nodes.row,
)
"""The nodes with ids of entries and mentions, except those whose ids both writers write."""


class AddTargets(SphinxPostTransform):
    """Add target nodes for these ids, which contain an underscore, unlike those of docutils."""

    default_priority = 20  # after listings are filled
    formats = ("latex", "texinfo")

    def run(self, **kwargs: Any) -> None:
        """Add the targets of the current page."""
        for block in [node for node in self.document.findall(nodes.Element) if isinstance(node, BLOCKS)]:
            ids = [name for name in block["ids"] if "_" in name]
            if ids:  # a row and an item of a definition list contain no other nodes than their parts
                has_parts = isinstance(block, nodes.definition_list_item | nodes.row)
                holder = cast("nodes.Element", block[-1]) if has_parts else block
                holder.insert(0, nodes.target("", "", ids=ids))
