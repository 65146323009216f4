"""Generate the files of the exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from sphinx_folio._common.advice import how_to_install
from sphinx_folio._common.draft import is_check
from sphinx_folio._common.i18n import __, mark
from sphinx_folio.export.context import ExportContext
from sphinx_folio.export.resolved_page import Source
from sphinx_folio.export.settings import EXPORTS, PAPERS, resume_page
from sphinx_folio.export.view_pages import source_of, views_of
from sphinx_folio.registry import registry_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.views import View
    from sphinx_folio.registry import Export


class FilesBuilder(StandaloneHTMLBuilder):
    """The builder of the command ``export``: it reads pages for single files; the build itself writes none of them.

    It is an HTML builder, so that files refer to pages by the addresses that they have on the site.
    """

    name = "folio-files"


_logger = logging.getLogger(__name__)

SILENT = frozenset({"docx", "llms", "odt", "rendercv", "txt", "vcard"})
"""The exports that cause no warnings, so that a check skips them."""
NOT_MADE = mark("%s is not made: %s not installed; %s")


def exports_of(app: Sphinx) -> list[Export]:
    """Return the exports of a build, in the order of their registration; log those without a required library.

    The default of ``folio_exports`` includes the exports of other extensions. Any other value must list them.
    """
    wanted = []
    for export in registry_of(app).exports.values():
        if not is_chosen(app.config, export.name):
            continue
        missing = export.missing()
        if missing:
            _logger.info(__(NOT_MADE), export.filename, ", ".join(missing), how_to_install(export.extra))
        else:
            wanted.append(export)
    return wanted


def is_chosen(config: Config, name: str) -> bool:
    """Return whether the settings ask for an export."""
    chosen = config.folio_exports
    if name in PAPERS.values():
        return "pdf" in chosen and name in {PAPERS[paper] for paper in config.folio_resume_paper[1:]}
    return name in chosen or (name not in EXPORTS and list(chosen) == list(EXPORTS))


def generate_files(app: Sphinx, portfolio: Portfolio) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file: first for the whole portfolio, then for each view."""
    page = resume_page(app, portfolio)
    if not page:
        return
    exports = [export for export in exports_of(app) if not (is_check(app) and export.name in SILENT)]
    whole = ExportContext(app, portfolio, _source(app, page), exports)
    for export in exports:
        yield export.filename, export.make(whole)
    for view in views_of(app, portfolio):
        context = ExportContext(app, portfolio, _source(app, page, view), exports)
        context.missing_glyphs = whole.missing_glyphs
        for export in exports:
            if export.per_view:
                yield context.filename(export), export.make(context)


def make_file(app: Sphinx, portfolio: Portfolio, export: Export, view: str) -> tuple[str, bytes] | None:
    """Return the name and the content of one file; None if there is no person.

    Args:
        app: The application.
        portfolio: The records of all pages.
        export: The export, whether or not the build makes it.
        view: The name of a view, or an empty string for the whole portfolio.
    """
    page = resume_page(app, portfolio)
    if not page:
        return None
    chosen = next((found for found in views_of(app, portfolio) if found.name == view), None)
    context = ExportContext(app, portfolio, _source(app, page, chosen), exports_of(app))
    return context.filename(export), export.make(context)


def _source(app: Sphinx, page: str, view: View | None = None) -> Source:
    if view:
        return source_of(app, page, view)
    return Source(docname=page, pagename=page, title=app.env.titles[page].astext())
