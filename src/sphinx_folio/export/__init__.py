"""Export the portfolio to files such as PDF and JSON Resume: add ``sphinx_folio.export`` to ``extensions``.

Each build writes the files together with the pages, in its language. So files and pages have the same content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio import __version__
from sphinx_folio._common.settings import declare
from sphinx_folio.export.built_in import BUILT_IN
from sphinx_folio.export.checks import (
    check_downloads,
    check_exports,
    check_extra_fields,
    check_font_families,
    check_fonts,
    check_libraries,
    check_pages,
    check_photo,
    check_resume,
    check_template,
    check_views,
)
from sphinx_folio.export.downloads import DownloadsDirective
from sphinx_folio.export.files import FilesBuilder
from sphinx_folio.export.hooks import ExportHooks
from sphinx_folio.export.markdown_pages import MarkdownPages
from sphinx_folio.export.nodes import folio_downloads
from sphinx_folio.export.private import check_privacy, mark_pages, stale_pages
from sphinx_folio.export.settings import SETTINGS
from sphinx_folio.export.view_pages import ViewTitles, view_pages
from sphinx_folio.registry import add_export

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the settings, the built-in exports, the directive ``downloads`` and the event handlers."""
    app.setup_extension("sphinx_folio")
    declare(app, SETTINGS)
    for export in BUILT_IN:
        add_export(app, export)
    app.add_builder(FilesBuilder)
    app.connect("config-inited", check_exports)
    app.connect("config-inited", check_template)
    app.connect("config-inited", check_fonts)
    app.connect("config-inited", check_font_families)
    app.connect("config-inited", check_photo)
    app.connect("config-inited", check_extra_fields)
    app.connect("config-inited", check_views)
    app.connect("config-inited", check_privacy)
    ViewTitles().connect(app)
    app.connect("env-before-read-docs", check_libraries)
    app.connect("env-before-read-docs", check_resume)
    app.connect("env-updated", check_pages)
    app.connect("env-updated", check_downloads)
    written: set[str] = set()
    app.connect("doctree-resolved", lambda app, doctree, docname: written.add(docname))
    app.connect(
        "html-collect-pages", lambda app: view_pages(app) if written else ()
    )  # without changed pages, keep them
    app.connect("env-updated", stale_pages)
    app.connect("html-page-context", mark_pages)
    app.add_node(folio_downloads)
    app.add_directive_to_domain("folio", "downloads", DownloadsDirective)
    ExportHooks().connect(app)
    MarkdownPages().connect(app)
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
