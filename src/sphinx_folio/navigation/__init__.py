"""Navigation that is never stale, for any Sphinx site: ``extensions = ["sphinx_folio.navigation"]``.

A theme's sidebar and its links to the next and the previous page show titles of other pages. When a title or the order
of pages changes, Sphinx writes only the changed page and its table of contents again, and all others keep the old
titles. Here the pages that show it are written again then, and only those, so that an incremental build equals a clean
one.

A long table of contents, other than the home page's, is left out of the sidebar, which is on every page: a list of
hundreds of pages helps nobody there, and the time that a build takes would grow with the square of their number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx import addnodes

from sphinx_folio import __version__
from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.settings import Setting, declare
from sphinx_folio._common.write_log import WriteLog, build_fingerprint
from sphinx_folio.navigation.titles import digests

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

AFTER_COLLECTORS = 900
"""After Sphinx has collected a page's tables of contents, with its default priority of 500."""


def _check_most(value: Any) -> str:
    return "" if value >= 0 else str(__("%r is below 0")) % value


SETTINGS = (
    Setting(
        name="folio_navigation_most",
        default=50,
        rebuild="env",
        types=(int,),
        description=mark(
            "The most pages that a table of contents may list to be in the sidebar of every page; 0: any number."
        ),
        example="50",
        check=_check_most,
    ),
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write pages again whose navigation changed; leave long tables of contents out of the sidebar."""
    declare(app, SETTINGS)
    app.connect("doctree-read", leave_out_long_tables, priority=AFTER_COLLECTORS)
    write_log = WriteLog("navigation")
    app.connect("env-updated", lambda app, env: stale_pages(app, env, write_log))
    write_log.connect(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def leave_out_long_tables(app: Sphinx, doctree: nodes.document) -> None:
    """Take a page's long tables of contents out of what the environment keeps for the sidebar.

    The page itself shows them, and next and previous pages stay the same. Numbered ones stay: Sphinx numbers sections
    by them.
    """
    most: int = app.config.folio_navigation_most
    docname = app.env.docname
    toc = getattr(app.env, "tocs", {}).get(docname)
    if toc is None or not most or docname == app.config.root_doc:  # the theme takes the home page's from the page
        return
    for table in list(toc.findall(addnodes.toctree)):
        if len(table["entries"]) > most and not table.get("numbered"):
            around = table.parent
            around.remove(table)
            if not around.children and around.parent:
                around.parent.remove(around)


def stale_pages(app: Sphinx, env: BuildEnvironment, write_log: WriteLog) -> list[str]:
    """Return the pages to write again."""
    return write_log.stale_since(app, build_fingerprint(env, app.config.root_doc), lambda: digests(env))
