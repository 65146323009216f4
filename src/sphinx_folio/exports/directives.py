"""The directive that offers the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio.directives import FolioDirective
from sphinx_folio.exports.nodes import folio_downloads

if TYPE_CHECKING:
    from docutils import nodes


class DownloadsDirective(FolioDirective):
    """Offer the résumé's other forms: links with their sizes, and the date of the PDF."""

    def run(self) -> list[nodes.Node]:
        """Return the place that is filled once the files are made."""
        self.read_options()
        node = folio_downloads()
        self.set_source_info(node)
        return [node]
