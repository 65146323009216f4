"""Navigation that is never stale, on any Sphinx site: add ``sphinx_folio.navigation`` to ``extensions``.

A theme's sidebar and its links to the next and the previous page show titles of other pages. When a title or the order
of pages changes, Sphinx writes only the changed page and its table of contents again, and all others keep the old
titles. Here every page is written again then, and only then, so that an incremental build equals a clean one.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sphinx.domains import Domain

from sphinx_folio import __version__

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from typing import Any

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


class NavigationDomain(Domain):
    """It holds, by folder of output, the digest of what the navigation shows: Sphinx keeps it between builds."""

    name = "folio-navigation"
    label = "Navigation"
    data_version = 2

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take nothing over: the digest is made once all pages are read."""


def pages_to_rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return all pages if titles or tables of contents changed since they were written, else none."""
    titles = repr(
        [(docname, env.titles[docname].astext(), env.toctree_includes.get(docname)) for docname in sorted(env.titles)]
    )
    digest = hashlib.sha256(titles.encode()).hexdigest()
    shown = env.domains["folio-navigation"].data.setdefault("shown", {})
    if shown.get(str(app.outdir)) == digest:
        return []
    shown[str(app.outdir)] = digest
    return sorted(env.all_docs)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Watch the navigation."""
    app.add_domain(NavigationDomain)
    app.connect("env-updated", pages_to_rewrite)
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
