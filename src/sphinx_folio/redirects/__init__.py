"""Redirect the old addresses of moved pages and anchors: add ``sphinx_folio.redirects`` to ``extensions``.

The setting ``folio_redirects`` maps old places to new ones, with page names as in Sphinx::

    folio_redirects = {
        "work": "projects/index",               # a page
        "work#pool": "projects/pool",           # an anchor of a page that has moved
        "skills#skill_go": "languages#skill_go", # an anchor of a page that still exists
        "manual": "./manual/index.html",        # a file of another project in the same site
        "c%23": "languages",                    # the page "c#"
    }

A moved page is replaced by a small page that redirects readers with a script, which respects the anchor of the request,
or with ``<meta http-equiv="refresh">`` if scripts are disabled. On a page that still exists, a "Moved" line at the old
anchor links to the new place; it is visible only to readers who open that anchor. Links are relative, so the site works
from local files and below any path. There are no inline scripts, so it works with a strict Content-Security-Policy.
Broken redirects cause warnings.

Alternatives: sphinx-reredirects and sphinxext-rediraffe use inline scripts and do not support anchors.
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
    """Add the setting and the event handlers."""
    declare(app, SETTINGS)
    app.setup_extension("sphinx_folio._common.static_files")
    Redirects().connect(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
