"""Navigation that is never stale, on any Sphinx site: add ``sphinx_folio.navigation`` to ``extensions``.

A theme's sidebar and its links to the next and the previous page show titles of other pages. When a title or the order
of pages changes, Sphinx writes only the changed page and its table of contents again, and all others keep the old
titles. Here every page is written again then, and only then, so that an incremental build equals a clean one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio import __version__
from sphinx_folio.ledger import Ledger, digest_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Watch the navigation."""
    ledger = Ledger("navigation")

    def pages_to_rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
        shown = digest_of(
            [
                (docname, title.astext(), env.toctree_includes.get(docname))
                for docname, title in sorted(env.titles.items())
            ]
        )
        return ledger.stale(app, dict.fromkeys(env.all_docs, shown))

    app.connect("env-updated", pages_to_rewrite)
    ledger.connect(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
