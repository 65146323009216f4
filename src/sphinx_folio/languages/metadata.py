"""Exclude page metadata, such as ``orphan: true``, from translation; by default, Sphinx extracts it as messages."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform


class ExcludeMetadata(SphinxTransform):
    """Mark the fields at the start of a page as not translatable. Priority 5: Sphinx extracts messages from 10 on."""

    default_priority = 5

    def apply(self, **kwargs: Any) -> None:
        """Mark the fields before the first visible node."""
        for child in self.document.children:
            if isinstance(child, nodes.field_list | nodes.docinfo):
                for node in child.findall(nodes.TextElement):
                    node["translatable"] = False
            elif not isinstance(child, nodes.Invisible):
                return
