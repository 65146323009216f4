"""The directive ``downloads``, which links to the exported files."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from sphinx_folio._common.i18n import mark
from sphinx_folio._common.warnings import Subtype
from sphinx_folio.directives.base import FolioDirective
from sphinx_folio.directives.option_types import Option, list_option
from sphinx_folio.export.nodes import folio_downloads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes

    from sphinx_folio.domain import FolioDomain


class DownloadsDirective(FolioDirective):
    """Link to the exported files, all or some of them, and to views; the PDF with its size."""

    has_content = True  # content is a mistake that we report; without this, docutils would drop the directive
    summary = mark("Links to the résumé's other forms; it comes with sphinx_folio.export.")
    known_options: ClassVar[Mapping[str, Option]] = {
        "files": list_option(mark("Which of pdf, txt, json and vcard; all of them by default.")),
        "views": list_option(mark("Keys of folio_views whose pages are linked, too.")),
    }

    def run(self) -> list[nodes.Node]:
        """Return the placeholder that is filled once the files are made."""
        asked = self.read_options()
        self.warn_of_content()
        registry = cast("FolioDomain", self.env.domains["folio"]).registry
        labeled = [export.name for export in registry.exports.values() if export.label]
        known = {"files": labeled, "views": self.config.folio_views}
        node = folio_downloads()
        for option, words in known.items():
            chosen = asked.get(option, ())
            node[option] = [word for word in chosen if self.one_of(Subtype.INVALID_OPTION, option, word, words)]
        self.set_source_info(node)
        return [node]
