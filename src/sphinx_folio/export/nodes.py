"""The place on a page where the files are offered."""

from __future__ import annotations

from docutils import nodes


class folio_downloads(nodes.General, nodes.Element):
    """A place that is filled with links to the files and their sizes."""
