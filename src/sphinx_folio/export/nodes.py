"""The node of the directive ``downloads``."""

from __future__ import annotations

from docutils import nodes


class folio_downloads(nodes.General, nodes.Element):
    """A placeholder for links to the exported files."""
