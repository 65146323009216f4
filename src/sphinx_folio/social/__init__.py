"""Link previews and metadata for search engines: add ``sphinx_folio.social`` to ``extensions`` of any site.

Every page gets a description and Open Graph data. The build also writes a web manifest with icons and ``robots.txt``.
If ``html_baseurl`` is set, it renders a social card for every page, which is an image with the title, and writes
``sitemap.xml`` with the pages in every language of ``folio_languages``. The links of a page named ``404`` work at any
address. With ``folio_noindex``, search engines are asked to ignore all pages, and there is no sitemap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio import __version__
from sphinx_folio._common.settings import declare
from sphinx_folio.social.files import log_missing_libraries, remove_stale_icons, write_files
from sphinx_folio.social.head import add_to_head, check_icon
from sphinx_folio.social.not_found import add_base, copy_page
from sphinx_folio.social.settings import SETTINGS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

AFTER_LANGUAGES = 800
"""After ``sphinx_folio.languages`` has added the links to other languages."""
LAST = 950
"""After ``sphinx_folio.csp`` has added the policy to pages."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the settings and the event handlers."""
    declare(app, SETTINGS)
    app.connect("builder-inited", log_missing_libraries)
    app.connect("builder-inited", check_icon)
    app.connect("builder-inited", remove_stale_icons)
    app.connect("html-page-context", add_to_head, priority=AFTER_LANGUAGES)
    app.connect("html-page-context", add_base, priority=AFTER_LANGUAGES + 1)
    app.connect("build-finished", write_files)
    app.connect("build-finished", copy_page, priority=LAST)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
