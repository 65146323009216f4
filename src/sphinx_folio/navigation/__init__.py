"""Navigation that is never stale and costs little, for any Sphinx site: ``extensions = ["sphinx_folio.navigation"]``.

A theme's sidebar and its links to the next and the previous page show titles of other pages. When a title or the order
of pages changes, Sphinx writes only the changed page and its table of contents again, and all others keep the old
titles. Here the pages that show it are written again then, and only those, so that an incremental build equals a clean
one.

With furo, the sidebar is made once for all pages instead of once for each, which is the larger part of a build from a
hundred pages on; the bytes are the same. A part of the site with very many pages is shown closed: in the sidebar stands
its first page, and on each of its pages that page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_folio import __version__
from sphinx_folio.i18n import __, mark
from sphinx_folio.ledger import Ledger, state_of
from sphinx_folio.navigation.sidebar import FuroSidebar
from sphinx_folio.navigation.titles import digests
from sphinx_folio.settings import Setting, declare

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

BEFORE_FURO, AFTER_FURO = 400, 600
"""Around furo's own handler, which has Sphinx's default priority of 500."""


def _check_most(value: Any) -> str:
    return "" if value > 0 else str(__("%r is not above 0")) % value


SETTINGS = (
    Setting(
        name="folio_navigation_most",
        default=100,
        rebuild="html",
        types=(int,),
        description=mark("Pages of a part that is shown open"),
        example="100",
        check=_check_most,
    ),
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Watch the navigation, and make furo's sidebar."""
    declare(app, SETTINGS)
    ledger = Ledger("navigation")
    app.connect("env-updated", lambda app, env: stale_pages(app, env, ledger))
    ledger.connect(app)

    sidebar = FuroSidebar()
    app.connect("env-updated", sidebar.forget)
    app.connect("doctree-resolved", sidebar.prepare)
    app.connect("html-page-context", sidebar.take_over, priority=BEFORE_FURO)
    app.connect("html-page-context", sidebar.fill_in, priority=AFTER_FURO)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def stale_pages(app: Sphinx, env: BuildEnvironment, ledger: Ledger) -> list[str]:
    """Return the pages to write again."""
    most: int = app.config.folio_navigation_most
    state = state_of(env, app.config.root_doc, most)
    return ledger.stale_since(app, state, lambda: digests(env, most))
