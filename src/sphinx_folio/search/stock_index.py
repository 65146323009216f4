"""Sphinx's own index, left out where nobody would ask it: making it is a third of a build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_folio.search.interface import is_page_ours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

UNUSED = ("searchindex.js", "_static/searchtools.js", "_static/language_data.js")
"""What Sphinx's own search page loads; without its index, the last would be written in halves."""


def leave_out_stock_index(app: Sphinx) -> None:
    """Tell the builder to make neither index nor search page, if the page is ours and nobody asked for the index."""
    builder: Any = app.builder
    if builder.name not in {"html", "dirhtml"} or not is_page_ours(app):
        return
    if not getattr(builder, "search", False):  # Sphinx makes no index, or has another switch for it: it makes its own
        return
    if app.config.folio_search_stock_index or app.config.html_use_opensearch:
        return
    builder.search = False
    app.connect("html-collect-pages", _collect_search_page)
    app.connect("html-page-context", _know_search_page)
    app.connect("build-finished", _remove_unused)


def _collect_search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    yield "search", {}, "search.html"


def _know_search_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let templates know that there is a search page: Sphinx answers for its own only."""
    known: Callable[[str], bool] = context["hasdoc"]
    context["hasdoc"] = lambda name: name == "search" or known(name)


def _remove_unused(app: Sphinx, exception: Exception | None) -> None:
    """Remove what the theme, or an earlier build, has put there for Sphinx's own search page."""
    for name in UNUSED:
        Path(app.outdir, name).unlink(missing_ok=True)
