"""Disable Sphinx's own search index when nothing uses it; building it takes a third of the build time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_folio.search.interface import replaces_search_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

UNUSED_FILES = ("searchindex.js", "_static/searchtools.js", "_static/language_data.js")
"""Files of Sphinx's own search page; without its index, Sphinx would write the last one incompletely."""


def disable_stock_index(app: Sphinx) -> None:
    """Disable the index if our search page replaces the theme's and no setting asks for the index."""
    builder: Any = app.builder
    if builder.name not in {"html", "dirhtml"} or not replaces_search_page(app):
        return
    if not getattr(builder, "search", False):  # no index, or a version of Sphinx that controls it in another way
        return
    if app.config.folio_search_stock_index or app.config.html_use_opensearch:
        return
    builder.search = False
    # Sphinx now writes no search page either, so it is added as a page of ours.
    app.connect("html-collect-pages", _collect_search_page)
    app.connect("html-page-context", _declare_search_page)
    app.connect("build-finished", _remove_unused_files)


def _collect_search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    yield "search", {}, "search.html"


def _declare_search_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Make ``hasdoc("search")`` true in templates, as it is with Sphinx's own search page."""
    hasdoc: Callable[[str], bool] = context["hasdoc"]
    context["hasdoc"] = lambda name: name == "search" or hasdoc(name)


def _remove_unused_files(app: Sphinx, exception: Exception | None) -> None:
    """Remove the files of Sphinx's own search page that the theme or an earlier build has written."""
    for name in UNUSED_FILES:
        Path(app.outdir, name).unlink(missing_ok=True)
