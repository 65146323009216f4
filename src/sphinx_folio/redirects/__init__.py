"""Addresses that lead on when pages move, for any site: add ``sphinx_folio.redirects`` to ``extensions``.

The setting ``folio_redirects`` says what moved where, page names as Sphinx knows them::

    folio_redirects = {
        "work": "projects/index",               # a page
        "work#pool": "projects/pool",           # a part of a page that moved
        "skills#skill_go": "languages#skill_go", # a part of a page that is still there
    }

Where a page was, a small page sends readers on: by ``<meta http-equiv="refresh">`` without a script, and with one to
the very place that they asked for. Where a page is still there, the old anchor shows a line that says where its text
went, to those who follow it alone. Links are relative, so a site works from a file and below any path;
nothing is inline, so it works under a strict Content-Security-Policy. A redirect that leads nowhere is a warning.

sphinx-reredirects and sphinxext-rediraffe, which move pages too, write inline scripts and know no parts of pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio import __version__
from sphinx_folio._common.settings import declare
from sphinx_folio.redirects.pages import Redirects
from sphinx_folio.redirects.settings import SETTINGS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the setting and what acts on it."""
    declare(app, SETTINGS)
    Redirects().connect(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
