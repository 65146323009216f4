"""Write the exported files, link to them, and rewrite the pages that show their size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.osutil import relative_uri

from sphinx_folio._common import caches
from sphinx_folio._common.i18n import _
from sphinx_folio._common.output_pages import file_of_page
from sphinx_folio._common.output_record import OutputRecord
from sphinx_folio._common.write_log import WriteLog, fingerprint
from sphinx_folio.doctree.elements import joined
from sphinx_folio.export.files import made_files, portfolio_of
from sphinx_folio.export.linked_data import linked_data
from sphinx_folio.export.nodes import folio_downloads
from sphinx_folio.export.settings import resume_page
from sphinx_folio.export.view_pages import view_page_names
from sphinx_folio.registry import registry_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

HAS_DOWNLOADS = "folio_downloads"
"""The key in a page's metadata of pages with the directive ``downloads``."""


class ExportHooks:
    """The event handlers of the exports: files are written after all pages are read and before the first is written."""

    def __init__(self) -> None:
        """Start without files."""
        self._write_log = WriteLog("exports")
        self._sizes: dict[str, int] = {}
        self._linked: dict[str, str] = {}

    def connect(self, app: Sphinx) -> None:
        """Connect the handlers."""
        app.connect("doctree-read", self._note_offer)
        app.connect("env-updated", self._write)
        app.connect("doctree-resolved", self._offer)
        app.connect("html-page-context", self._link)
        self._write_log.connect(app)

    def _note_offer(self, app: Sphinx, doctree: nodes.document) -> None:
        """Record that a page links to the files; metadata is purged and merged by Sphinx."""
        if next(doctree.findall(folio_downloads), None) is not None:
            app.env.metadata[app.env.current_document.docname][HAS_DOWNLOADS] = "yes"

    def _write(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Write the files, remove those that are no longer made, and return the pages that are stale now."""
        if app.builder.name not in {"html", "dirhtml"}:
            return []
        portfolio = portfolio_of(env)
        made = dict(made_files(app, portfolio))
        filenames = [export.filename for export in registry_of(app).exports.values()]
        views = (file_of_page(app, name) for name in view_page_names(app, portfolio))
        others = (file_of_page(app, docname) for docname in env.all_docs)
        OutputRecord(app.outdir, "exports").remove_stale([*made, *views], keep=others, known=filenames)
        for name, data in made.items():
            caches.write_if_changed(Path(app.outdir, name), data)
        self._sizes = {name: len(data) for name, data in made.items()}
        self._linked = dict(linked_data(app, portfolio))
        shown = {docname: [text] for docname, text in self._linked.items()}
        for docname in env.all_docs:
            if HAS_DOWNLOADS in env.metadata[docname]:
                shown.setdefault(docname, []).append(str(self._sizes))
        return self._write_log.stale(app, {docname: fingerprint(texts) for docname, texts in shown.items()})

    def _offer(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Fill ``downloads`` with links; builders without files leave it empty."""
        for place in list(doctree.findall(folio_downloads)):
            offers = joined(self._offers(app, docname, place), " | ")
            place.replace_self([nodes.paragraph("", "", *offers, classes=["folio-downloads"])] if offers else [])

    def _offers(self, app: Sphinx, docname: str, place: folio_downloads) -> Iterator[nodes.Node]:
        here = app.builder.get_target_uri(docname)
        for export in registry_of(app).exports.values():
            is_wanted = export.label and (not place["files"] or export.name in place["files"])
            if not is_wanted or export.filename not in self._sizes:
                continue
            offer = nodes.inline("", "", classes=["folio-download"])
            offer += nodes.reference("", str(export.label), refuri=relative_uri(here, export.filename), internal=True)
            if export.name == "pdf":
                size = max(1, round(self._sizes[export.filename] / 1000))
                offer += nodes.inline("", str(_(" (%d KB)")) % size, classes=["folio-size"])
            yield offer
        for name in place["views"] if self._sizes else []:
            page = resume_page(app, portfolio_of(app.env))
            title = f"{app.env.titles[page].astext()} · {app.config.folio_views[name]['title']}"
            uri = app.builder.get_relative_uri(docname, f"{page}-{name}")
            yield nodes.reference("", title, refuri=uri, internal=True)

    def _link(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Add the linked data of a page to its head."""
        if pagename in self._linked:
            context["metatags"] = context.get("metatags", "") + self._linked[pagename]
