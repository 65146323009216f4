"""Search that finds Chinese, English and both at once: add ``sphinx_folio.search`` to ``extensions``, on any site.

A dialog on every page and the search page answer from an index of sections and of the objects of every domain:
functions, options, terms, and the portfolio's own where there is a portfolio. Themes with a search page of their own
keep it, with a splitter that cuts Chinese.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio import __version__
from sphinx_folio._common.settings import declare
from sphinx_folio.search.index import write_index
from sphinx_folio.search.interface import add_template_folder, search_page, write_static_files
from sphinx_folio.search.records import forget_page, merge_pages, note_page
from sphinx_folio.search.settings import SETTINGS
from sphinx_folio.search.splitting import ChineseSearch, EnglishSearch
from sphinx_folio.search.stock_index import leave_out_stock_index

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["ChineseSearch", "EnglishSearch", "setup"]

RECORDS_VERSION = 12
"""Part of the environment's version: records or terms made in another way are never read again."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the index, the dialog, the search page and the search languages."""
    declare(app, SETTINGS)
    app.add_search_language(ChineseSearch)
    app.add_search_language(EnglishSearch)
    app.connect("doctree-read", note_page)
    app.connect("env-purge-doc", forget_page)
    app.connect("env-merge-info", merge_pages)
    app.connect("builder-inited", write_static_files)
    app.connect("builder-inited", add_template_folder)
    app.connect("builder-inited", leave_out_stock_index)
    app.connect("html-page-context", search_page)
    app.connect("build-finished", write_index)
    app.add_css_file("folio-search.css")
    app.add_js_file("folio-search.js", loading_method="defer")
    return {
        "version": __version__,
        "env_version": RECORDS_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
