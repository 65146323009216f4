"""Write a Markdown twin of each page, and all of them as ``llms-full.txt``.

A page is converted whenever its HTML is written, by the process that writes it. The texts are also kept in a cache next
to the doctrees, so that a later build can put together ``llms-full.txt`` without writing all pages. ``llms-full.txt``
leaves out pages marked as orphans. Pages without a source document, such as those of views, have no Markdown.
"""

from __future__ import annotations

import posixpath
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, urljoin

from sphinx.util.osutil import relative_uri

from sphinx_folio import __version__
from sphinx_folio._common import caches
from sphinx_folio._common.draft import is_check, is_draft
from sphinx_folio._common.i18n import _, labeled_text
from sphinx_folio._common.output_pages import OTHERS, SITE_BUILDERS, address_of_site, file_of_page
from sphinx_folio._common.output_record import OutputRecord
from sphinx_folio._common.write_log import cache_path
from sphinx_folio.domain import portfolio_of
from sphinx_folio.export.formats.markdown import escaped, link
from sphinx_folio.export.markdown_text import MarkdownWriter, with_addresses
from sphinx_folio.export.private import notice
from sphinx_folio.export.settings import FULL_TEXT, TWINS, title_of_site

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

FULL_TEXT_FILE = "llms-full.txt"
TYPE = "text/markdown"


def twin_of(app: Sphinx, docname: str) -> str:
    """Return the path of a page's twin relative to the output folder; empty if it has none."""
    wanted = TWINS in app.config.folio_exports and _is_written(app, docname)
    return Path(file_of_page(app, docname)).with_suffix(".md").as_posix() if wanted else ""


class MarkdownPages:
    """The event handlers that write the Markdown of pages."""

    def __init__(self) -> None:
        """Start without pages whose Markdown is postponed."""
        self._postponed: dict[str, nodes.document] = {}

    def connect(self, app: Sphinx) -> None:
        """Connect the handlers."""
        app.connect("env-updated", self._find_missing)
        app.connect("html-page-context", self._write_page)
        app.connect("build-finished", self._write_all)

    def _find_missing(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Remove stale files, and return the pages whose Markdown is missing."""
        if app.builder.name not in SITE_BUILDERS or is_check(app):
            return []
        docnames = _docnames(app)
        twins = {docname: twin_of(app, docname) for docname in docnames}
        full = [FULL_TEXT_FILE] if FULL_TEXT in app.config.folio_exports and docnames else []
        OutputRecord(app.outdir, "markdown").remove_stale([*filter(None, twins.values()), *full])
        return [
            docname
            for docname, twin in twins.items()
            if (twin and not Path(app.outdir, twin).is_file()) or caches.read(_cache(app, docname), __version__) is None
        ]

    def _write_page(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Write the Markdown of a page, and link to its twin in the head."""
        if doctree is None or not _is_written(app, pagename):
            return
        if is_check(app):
            return
        if is_draft(app):  # the author waits for the page
            self._postponed[pagename] = doctree
            caches.remove(_cache(app, pagename))  # so that the next build writes it if this one ends early
        else:
            _write_markdown(app, pagename, doctree)
        twin = twin_of(app, pagename)
        if not twin:
            return
        address = escape(quote(relative_uri(app.builder.get_target_uri(pagename), twin)))
        tag = f'<link rel="alternate" type="{TYPE}" href="{address}">'
        context["metatags"] = context.get("metatags", "") + tag

    def _write_all(self, app: Sphinx, exception: Exception | None) -> None:
        """Write what was postponed, and the whole portfolio as one text: for each page its address and its Markdown."""
        while self._postponed:
            _write_markdown(app, *self._postponed.popitem())
        docnames = [docname for docname in _docnames(app) if "orphan" not in app.env.metadata[docname]]
        if exception or FULL_TEXT not in app.config.folio_exports or not docnames or is_check(app):
            return
        site = address_of_site(app)
        title, summary = title_of_site(app, portfolio_of(app.env))
        parts = [f"# {escaped(title)}\n", *([f"> {escaped(summary)}\n"] if summary else [])]
        for docname in docnames:
            content = caches.read(_cache(app, docname), __version__)
            uri = app.builder.get_target_uri(docname)
            address = f"<{urljoin(site, uri)}>" if site else link(escaped(uri), uri)
            source = labeled_text(_("Page"), address)
            text = with_addresses((content or b"").decode(), lambda uri: urljoin(site, uri))
            parts += [f"---\n\n{source}\n", text]
        caches.write_if_changed(Path(app.outdir, FULL_TEXT_FILE), (_notice(app) + "\n".join(parts)).encode())


def _write_markdown(app: Sphinx, docname: str, doctree: nodes.document) -> None:
    """Write the Markdown of a page to its twin, and to the cache for the whole portfolio."""
    text = MarkdownWriter(cast("StandaloneHTMLBuilder", app.builder), docname).page(doctree)
    caches.write(_cache(app, docname), __version__, text.encode())
    twin = twin_of(app, docname)
    if twin:
        folder = posixpath.dirname(twin)
        text = with_addresses(text, lambda uri: _relative(uri, folder))
        caches.write_if_changed(Path(app.outdir, twin), (_notice(app) + text).encode())


def _is_written(app: Sphinx, docname: str) -> bool:
    """Return whether a page is written as Markdown."""
    is_wanted = app.builder.name in SITE_BUILDERS and {TWINS, FULL_TEXT} & {*app.config.folio_exports}
    return bool(is_wanted) and docname in app.env.all_docs and docname not in OTHERS


def _docnames(app: Sphinx) -> list[str]:
    """Return the pages to write, in the order of the tables of contents."""
    return [page.docname for page in portfolio_of(app.env).pages if _is_written(app, page.docname)]


def _cache(app: Sphinx, docname: str) -> Path:
    return cache_path(app, "markdown", "") / f"{docname}.md"


def _notice(app: Sphinx) -> str:
    """Return the notice of a private build as a paragraph."""
    text = notice(app)
    return f"**{text}**\n\n" if text else ""


def _relative(uri: str, folder: str) -> str:
    """Return an address relative to a folder, both relative to the root of the site."""
    slash = "/" if uri.endswith("/") else ""
    return posixpath.relpath(uri or ".", folder or ".") + slash
