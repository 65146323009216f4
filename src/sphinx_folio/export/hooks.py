"""Write the exported files, link to them, and rewrite the pages that show their size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.osutil import relative_uri

from sphinx_folio import __version__
from sphinx_folio._common import caches
from sphinx_folio._common.draft import postpone
from sphinx_folio._common.i18n import _
from sphinx_folio._common.output_pages import SITE_BUILDERS, file_of_page
from sphinx_folio._common.output_record import OutputRecord
from sphinx_folio._common.write_log import WriteLog, cache_path, fingerprint
from sphinx_folio.doctree.elements import joined
from sphinx_folio.doctree.line_breaks import mark_breakable
from sphinx_folio.domain import portfolio_of
from sphinx_folio.export.files import generate_files
from sphinx_folio.export.linked_data import linked_data
from sphinx_folio.export.nodes import HAS_DOWNLOADS, folio_downloads
from sphinx_folio.export.settings import PAPER_NAMES, resume_page
from sphinx_folio.export.view_pages import view_page_names
from sphinx_folio.registry import registry_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_folio.portfolio.model import Portfolio


class ExportHooks:
    """The event handlers of the exports. They write the files after all pages are read, before pages are written."""

    def __init__(self) -> None:
        """Start without files."""
        self._write_log = WriteLog("exports")
        self._sizes: dict[str, int] = {}
        self._linked_data: dict[str, str] = {}

    def connect(self, app: Sphinx) -> None:
        """Connect the handlers."""
        registry_of(app).fillers["downloads"] = lambda _domain, docname, options: [
            nodes.paragraph("", "", *joined(self._download_links(app, docname, options), " | "))
        ]
        app.connect("doctree-read", self._record_downloads)
        app.connect("env-updated", self._write_files)
        app.connect("doctree-resolved", self._fill_downloads)
        app.connect("html-page-context", self._add_linked_data)
        self._write_log.connect(app)

    def _record_downloads(self, app: Sphinx, doctree: nodes.document) -> None:
        """Record that a page links to the files, in its metadata, which Sphinx purges and merges."""
        if next(doctree.findall(folio_downloads), None) is not None:
            app.env.metadata[app.env.current_document.docname][HAS_DOWNLOADS] = "yes"

    def _write_files(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Write the files, remove stale files, and return the pages that are stale now."""
        if app.builder.name not in SITE_BUILDERS:
            return []
        portfolio = portfolio_of(env)
        sizes = cache_path(app, "export-sizes")
        earlier = caches.read_json(sizes, __version__)
        if earlier is not None and postpone(app):
            self._sizes = earlier
        else:
            self._sizes = self._write_all(app, portfolio)
            if self._sizes != earlier:
                caches.write_json(sizes, __version__, self._sizes)
        registry_of(app).written = tuple(self._sizes)
        self._linked_data = dict(linked_data(app, portfolio))
        shown = {docname: [text] for docname, text in self._linked_data.items()}
        for docname in env.all_docs:
            if HAS_DOWNLOADS in env.metadata[docname]:
                shown.setdefault(docname, []).append(str(self._sizes))
        return self._write_log.stale(app, {docname: fingerprint(texts) for docname, texts in shown.items()})

    def _write_all(self, app: Sphinx, portfolio: Portfolio) -> dict[str, int]:
        """Write the files, and remove stale files; return file name → size."""
        written = dict(generate_files(app, portfolio))
        filenames = [export.filename for export in registry_of(app).exports.values()]
        views = (file_of_page(app, name) for name in view_page_names(app, portfolio))
        others = (file_of_page(app, docname) for docname in app.env.all_docs)
        OutputRecord(app.outdir, "exports").remove_stale([*written, *views], keep=others, known=filenames)
        for name, data in written.items():
            caches.write_if_changed(Path(app.outdir, name), data)
        return {name: len(data) for name, data in written.items()}

    def _fill_downloads(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Replace the directive ``downloads`` by links; remove it if the builder writes no files."""
        for placeholder in list(doctree.findall(folio_downloads)):
            links = joined(self._download_links(app, docname, placeholder.attributes), " | ")
            line = nodes.paragraph("", "", *links, classes=["folio-downloads"])
            mark_breakable(line)
            placeholder.replace_self([line] if links else [])

    def _download_links(self, app: Sphinx, docname: str, options: Mapping[str, Any]) -> Iterator[nodes.Node]:
        here = app.builder.get_target_uri(docname)
        for export in registry_of(app).exports.values():
            is_wanted = export.label and (not options["files"] or export.name in options["files"])
            if not is_wanted or export.filename not in self._sizes:
                continue
            link = nodes.inline("", "", classes=["folio-download"])
            link += nodes.reference("", str(export.label), refuri=relative_uri(here, export.filename), internal=True)
            if export.name == "pdf":
                size = max(1, round(self._sizes[export.filename] / 1000))
                paper, *others = app.config.folio_resume_paper
                text = _(" (%(paper)s, %(size)d KB)") if others else _(" (%(size)d KB)")
                facts = str(text) % {"paper": PAPER_NAMES[paper], "size": size}
                link += nodes.inline("", facts, classes=["folio-size"])
            yield link
        for name in options["views"] if self._sizes else []:
            page = resume_page(app, portfolio_of(app.env))
            title = f"{app.env.titles[page].astext()} · {app.config.folio_views[name]['title']}"
            uri = app.builder.get_relative_uri(docname, f"{page}-{name}")
            yield nodes.reference("", title, refuri=uri, internal=True)

    def _add_linked_data(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Add the JSON-LD of a page to its head."""
        if pagename in self._linked_data:
            context["metatags"] = context.get("metatags", "") + self._linked_data[pagename]
