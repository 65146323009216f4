"""The node of the directive ``downloads``."""

from __future__ import annotations

import json

from docutils import nodes

from sphinx_folio._common.searchable import FilledNode

HAS_DOWNLOADS = "folio_downloads"
"""The key that marks pages with the directive ``downloads`` in their metadata."""


class folio_downloads(FilledNode, nodes.General, nodes.Element):
    """A placeholder for links to the exported files."""

    domain = "folio"
    is_about_page = True

    def search_request(self) -> str:
        """Return the options of the directive."""
        return json.dumps({"kind": "downloads", "files": self["files"], "views": self["views"]})
