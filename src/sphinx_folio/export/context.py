"""The input of an export: the portfolio, the résumé and addresses."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from sphinx.util.osutil import relative_uri

from sphinx_folio._common.output_pages import address_of_site
from sphinx_folio.export.private import private_facts
from sphinx_folio.export.resume_page import resume_document_of
from sphinx_folio.portfolio.views import filtered_by_view
from sphinx_folio.registry import registry_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sphinx.application import Sphinx

    from sphinx_folio.export.formats.resume_document import ResumeDocument
    from sphinx_folio.export.resolved_page import Source
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.registry import Export


class ExportContext:
    """The portfolio, the résumé and the addresses for the exports of the whole portfolio, or of one view."""

    def __init__(self, app: Sphinx, portfolio: Portfolio, source: Source, exports: Sequence[Export]) -> None:
        """Set the portfolio to export, or the part of it that a view includes.

        Args:
            app: The application, for its builder and its settings.
            portfolio: The records of all pages.
            source: The page of the résumé, and the view if there is one.
            exports: All exports of this build.
        """
        self.app = app
        self.exports = exports
        self.source = source
        self._unfiltered = portfolio
        self.portfolio = filtered_by_view(portfolio, source.view) if source.view else portfolio
        """The records; for a view, only those that it includes."""
        self.private: Mapping[str, str] = private_facts(app)
        """Phone, postal address and date of birth in a private build; otherwise empty."""
        self.missing_glyphs: set[str] = set()
        """Characters without a glyph that have already been reported for the page of the résumé."""

    @cached_property
    def resume(self) -> ResumeDocument:
        """Return the résumé as headings, facts, paragraphs and lists, as its page shows it."""
        return resume_document_of(self.app, self._unfiltered, self.source)

    @property
    def json_resume_parts(self) -> list[Callable[[Portfolio, Mapping[str, str]], Mapping[str, Any]]]:
        """Return the functions that return the parts of a JSON Resume, one for each type of entry that has one."""
        types = registry_of(self.app).types.values()
        parts = (kind.resume_section.export if kind.resume_section else kind.json_resume for kind in types)
        return [part for part in parts if part]

    def filename(self, export: Export) -> str:
        """Return the file name of an export, which contains the name of the view, if any."""
        return export.filename_for(self.source.view.name if self.source.view else "")

    def address_of_file(self, export: Export) -> str:
        """Return the absolute address of an export's file; empty if the address of the site is unknown."""
        site = address_of_site(self.app)
        return site and site + self.filename(export)

    def address_of_page(self, docname: str) -> str:
        """Return the address of a page, see :meth:`address_of`."""
        return self.address_of(self.app.builder.get_target_uri(docname))

    def address_of(self, uri: str) -> str:
        """Return an address: absolute if that of the site is known, otherwise relative to the home page."""
        site, home = address_of_site(self.app), self.app.builder.get_target_uri(self.app.config.root_doc)
        return site + uri if site else relative_uri(home, uri)
