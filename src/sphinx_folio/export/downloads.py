"""The directive ``downloads``, which links to the exported files."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.site_languages import is_translated
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.directives.base import FolioDirective
from sphinx_folio.directives.option_types import Option, list_option
from sphinx_folio.domain import domain_of
from sphinx_folio.export.files import is_chosen
from sphinx_folio.export.nodes import folio_downloads
from sphinx_folio.export.settings import PAPERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes


class DownloadsDirective(FolioDirective):
    """Link to exported files and to the pages of views; the link to the PDF shows its size."""

    has_content = True  # content causes a warning; with False, docutils would drop the links
    summary = mark("Links to the résumé's other forms; it comes with sphinx_folio.export.")
    known_options: ClassVar[Mapping[str, Option]] = {
        "files": list_option(
            mark("Which of pdf, docx, odt, txt, json, rendercv and vcard; by default all that the build makes.")
        ),
        "views": list_option(mark("Keys of folio_views whose pages are linked, too.")),
    }

    def run(self) -> list[nodes.Node]:
        """Return a placeholder that is filled once the files are written."""
        values = self.read_options()
        self.warn_about_content()
        registry = domain_of(self.env).registry
        labeled = [export.name for export in registry.exports.values() if export.label]
        known = [("files", labeled, ""), ("views", self.config.folio_views, "folio_views")]
        node = folio_downloads()
        for option, names, setting in known:
            chosen = values.get(option, ())
            node[option] = [
                name for name in chosen if self.one_of(Subtype.INVALID_OPTION, option, name, names, setting)
            ]
        for name in node["files"]:
            self._check_chosen(name)
        self.set_source_info(node)
        return [node]

    def _check_chosen(self, name: str) -> None:
        """Warn about a file that ``folio_exports`` excludes.

        Languages may differ: another one than that of the pages may exclude a file, and papers are chosen for each.
        """
        if not is_translated(self.config) and name not in PAPERS.values() and not is_chosen(self.config, name):
            message = __("the file %r is not made; add it to folio_exports in conf.py, or remove it here")
            warn(Subtype.INVALID_OPTION, message, name, location=self.location_of("files"))
