"""A page's metadata, such as ``orphan: true``, is for Sphinx; Sphinx would hand it to translators all the same."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform


class KeepMetadata(SphinxTransform):
    """Keep the fields at the head of a page from translators. At priority 5: Sphinx asks for messages from 10 on."""

    default_priority = 5

    def apply(self, **kwargs: Any) -> None:
        """Mark the fields that stand before anything else."""
        for child in self.document.children:
            if isinstance(child, nodes.field_list | nodes.docinfo):
                for node in child.findall(nodes.TextElement):
                    node["translatable"] = False
            elif not isinstance(child, nodes.Invisible):
                return
