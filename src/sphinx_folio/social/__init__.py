"""What others see of a site before they open it: add ``sphinx_folio.social`` to ``extensions`` of any site.

Every page gets a description, Open Graph data and, where the site's address is known (``html_baseurl``), a card: a
picture with its title, drawn while building. Beside the pages are written a web manifest with icons, ``robots.txt``
and, again where the address is known, ``sitemap.xml`` with every language of ``folio_languages``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio import __version__
from sphinx_folio._common.settings import declare
from sphinx_folio.social.files import say_what_lacks, write_files
from sphinx_folio.social.head import add_to_head
from sphinx_folio.social.settings import SETTINGS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

AFTER_THE_LANGUAGES = 800


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the settings, what stands in the head of a page, and the files beside the pages."""
    declare(app, SETTINGS)
    app.connect("builder-inited", say_what_lacks)
    app.connect("html-page-context", add_to_head, priority=AFTER_THE_LANGUAGES)
    app.connect("build-finished", write_files)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
