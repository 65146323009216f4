"""Change what man pages cannot show: links to other places of the page, and boxes."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

BOXES = (nodes.container, nodes.compound)
"""Nodes that only group blocks, among them entries; docutils puts no space above the first paragraph in each."""


class Flatten(SphinxPostTransform):
    """Replace internal links and boxes by their contents.

    Sphinx would write ``<>`` or ``<#anchor>`` after the text of such a link.
    """

    default_priority = 950  # after listings are filled and links resolved
    formats = ("man",)

    def run(self, **kwargs: Any) -> None:
        """Replace them on all pages of the man page."""
        for node in list(self.document.findall(nodes.Element)):
            is_link = isinstance(node, nodes.reference) and not node.get("refuri", "#").partition("#")[0]
            if is_link or isinstance(node, BOXES):
                index = node.parent.index(node)
                node.parent[index : index + 1] = node.children
