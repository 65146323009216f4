"""The directive that offers the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sphinx_folio.directives import WORDS, FolioDirective, Option
from sphinx_folio.exports.nodes import folio_downloads
from sphinx_folio.exports.settings import LABELS
from sphinx_folio.warnings import Subtype

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes


class DownloadsDirective(FolioDirective):
    """Offer the résumé's other forms, all or some of them: links; for the PDF, with size and date."""

    known_options: ClassVar[Mapping[str, Option]] = {"files": WORDS}

    def run(self) -> list[nodes.Node]:
        """Return the place that is filled once the files are made."""
        asked = self.read_options().get("files", ())
        files = [kind for kind in asked if self.one_of(Subtype.INVALID_OPTION, "files", kind, LABELS)]
        node = folio_downloads(files=files)
        self.set_source_info(node)
        return [node]
