"""Keep navigation up to date in incremental builds: ``extensions = ["sphinx_folio.navigation"]``.

The sidebar of a theme and the links to the next and previous page show titles of other pages. When a title or the order
of pages changes, Sphinx writes only the changed page and its parent again; all other pages show stale titles. This
extension writes exactly the affected pages again, so that the result equals that of a clean build.

It also removes long tables of contents from the sidebar, except that of the home page: a list of hundreds of pages is
not usable there, and as the sidebar is on every page, the build time would grow quadratically. Sidebars that show
titles only are computed without the sections of all pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx import addnodes

from sphinx_folio import __version__
from sphinx_folio._common.i18n import mark
from sphinx_folio._common.output_pages import expire_source_pages
from sphinx_folio._common.settings import Setting, check_not_negative, declare
from sphinx_folio._common.trees import set_parents
from sphinx_folio._common.write_log import WriteLog, build_fingerprint
from sphinx_folio.navigation.sidebar import Sidebar
from sphinx_folio.navigation.titles import navigation_fingerprints

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

AFTER_COLLECTORS = 900
"""A priority after that of Sphinx's collectors (500), which collect the tables of contents of a page."""
BEFORE_THEMES = 400
"""A priority before that of themes (500), which call the ``toctree`` function of a page's template."""


SETTINGS = (
    Setting(
        name="folio_navigation_most",
        default=50,
        rebuild="env",
        types=(int,),
        description=mark(
            "A table of contents with more entries than this is left out of the sidebar; 0 means no limit."
        ),
        example="50",
        check=check_not_negative,
    ),
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the setting and the event handlers."""
    declare(app, SETTINGS)
    app.connect("doctree-read", remove_long_tables, priority=AFTER_COLLECTORS)
    write_stale_pages(app)
    sidebar = Sidebar()
    app.connect("env-updated", sidebar.reset)
    app.connect("html-page-context", sidebar.replace_toctree, priority=BEFORE_THEMES)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def write_stale_pages(app: Sphinx) -> None:
    """Write pages again when their navigation has changed; nothing else about the site changes."""
    write_log = WriteLog("navigation")
    app.connect("env-updated", lambda app, env: stale_pages(app, env, write_log))
    write_log.connect(app)


def remove_long_tables(app: Sphinx, doctree: nodes.document) -> None:
    """Remove long tables of contents of a page from the environment's data for the sidebar.

    The page itself still shows them, and the links to next and previous pages do not change. Numbered tables are not
    removed because Sphinx numbers sections with them.
    """
    limit: int = app.config.folio_navigation_most
    docname = app.env.docname
    toc = getattr(app.env, "tocs", {}).get(docname)
    if toc is None or not limit or docname == app.config.root_doc:
        return
    set_parents(toc)
    for table in list(toc.findall(addnodes.toctree)):
        if len(table["entries"]) > limit and not table.get("numbered"):
            parent = table.parent
            parent.remove(table)
            if not parent.children and parent.parent:
                parent.parent.remove(parent)


def stale_pages(app: Sphinx, env: BuildEnvironment, write_log: WriteLog) -> list[str]:
    """Return the pages whose navigation has changed since they were last written."""
    state = build_fingerprint(env, app.config.root_doc)
    stale = write_log.stale_since(app, state, lambda: navigation_fingerprints(env))
    expire_source_pages(app, stale)
    return stale
