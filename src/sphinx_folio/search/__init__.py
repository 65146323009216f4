"""Search Chinese, English and mixed text: add ``sphinx_folio.search`` to ``extensions``.

Readers search in a dialog on every page and on the search page. Results are pages, sections and the objects of every
domain (functions, options, glossary terms, and the entries of a portfolio if there is one).

How data flows:

1. ``records``: when Sphinx has read a page, its doctree becomes a list of records, one for each possible result. They
   are stored in the environment.
2. ``page_index``: when all pages are read, the records of a page become its page index: one row for each result, with
   the names of objects filled in (``objects``), and the terms of its text (``tokenizer``). ``cache`` keeps page
   indexes between builds and rebuilds only stale ones, as described at
   :class:`~sphinx_folio.search.page_index.PageIndex`.
3. ``index``: when the site is written, all page indexes become the index files in ``_static/folio-search/``, which the
   browser loads; its docstring documents their format. ``shards`` splits a large index, ``synonyms``, ``variants`` and
   ``catalogs`` add synonyms, Traditional characters and translated titles.
4. ``scripts``: the search engine in the browser, written in ``script/*.js`` and served as three minified files. The
   tokenizers in ``tokenizer.py`` and ``script/tokenizer.js`` must return the same terms; a test compares them.

``interface`` adds the search page and the texts that readers see. Themes with their own search page keep it:
``splitter`` makes Sphinx's own index work for Chinese, and ``stock_index`` disables that index where nothing uses it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio import __version__
from sphinx_folio._common.draft import is_check
from sphinx_folio._common.settings import declare
from sphinx_folio.search.interface import add_template_folder, use_search_template, write_static_files
from sphinx_folio.search.records import merge_records, remove_records, store_records
from sphinx_folio.search.settings import SETTINGS, check_vocabulary
from sphinx_folio.search.splitter import ChineseSearch, EnglishSearch
from sphinx_folio.search.stock_index import disable_stock_index

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["ChineseSearch", "EnglishSearch", "setup"]

RECORDS_VERSION = 25
"""Increase it when records or terms change: Sphinx then discards the environments of older builds."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the index, the dialog, the search page and the search languages."""
    declare(app, SETTINGS)
    app.setup_extension("sphinx_folio._common.static_files")
    app.add_search_language(ChineseSearch)
    app.add_search_language(EnglishSearch)
    app.connect("config-inited", check_vocabulary)
    app.connect("doctree-read", store_records)
    app.connect("env-purge-doc", remove_records)
    app.connect("env-merge-info", merge_records)
    app.connect("builder-inited", write_static_files)
    app.connect("builder-inited", add_template_folder)
    app.connect("builder-inited", disable_stock_index)
    app.connect("html-page-context", use_search_template)
    app.connect("build-finished", finish)
    return {
        "version": __version__,
        "env_version": RECORDS_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Write the index at the end of a successful build; it causes no warnings, so that a check skips it."""
    if exception is None and not is_check(app):
        from sphinx_folio.search.index import write_index  # noqa: PLC0415  it needs the vocabulary and other tables

        write_index(app)
