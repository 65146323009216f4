"""Render furo's sidebar once instead of once per page; the output is byte-identical.

For each page, furo renders the table of contents of the whole site and parses it with Beautiful Soup. The time grows
with the square of the number of pages. This speedup renders the tree once, for a page that is not in it. For each page,
it adds the marks of the current page by string operations. If the version of Sphinx or furo is unknown, furo renders
the sidebar.

Upstream: https://github.com/pradyunsg/furo/pull/939 has the same goal.
"""

from __future__ import annotations

import inspect
from html import escape
from typing import TYPE_CHECKING, Any

from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from sphinx_speedups.fingerprints import fingerprint
from sphinx_speedups.furo_sidebar.tree import Tree
from sphinx_speedups.patches import find

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

logger = logging.getLogger(__name__)

KNOWN = {
    "furo.navigation": frozenset({"3c52be3caac57943"}),  # furo 2025.9-2025.12
    "sphinx.environment.adapters.toctree": frozenset(
        {"3561b009ab63a5a2", "d88855b3d5f295a8", "5c40d50c82addc99"}
    ),  # Sphinx 9.0-9.2
}
"""Module that renders furo's tree → fingerprints of the sources for which the output is known to be identical."""
NO_PAGE = "-"
"""A name that no page has: in its tree, no entry is marked as current."""
FURO_ARGUMENTS: dict[str, Any] = {"collapse": False, "titles_only": True, "maxdepth": -1, "includehidden": True}
"""The arguments of furo's call of ``toctree``."""
CALLS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "sphinx.environment.adapters.toctree:global_toctree_for_doc": (
        ("env", NO_PAGE, "builder"),
        {"tags": "tags", **FURO_ARGUMENTS},
    ),
    "furo.navigation:get_navigation_tree": (("markup",), {}),
}
"""Function → the positional and named arguments of our call of it."""


class FuroSidebar:
    """The tree of a build, and the event handlers that insert it into pages."""

    def __init__(self) -> None:
        """Do nothing until :meth:`begin` is called."""
        self._active = False
        self._tree: Tree | None = None
        self._by_folder: dict[str, Tree] = {}

    def begin(self, app: Sphinx) -> None:
        """Drop trees of earlier builds; become active if the theme is furo and the versions are known."""
        self._tree, self._by_folder = None, {}
        self._active = app.builder.format == "html" and app.config.html_theme == "furo" and _is_known()

    def prepare_tree(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Render the tree before the first page is written, so that forked worker processes inherit it."""
        if self._active and self._tree is None:
            self._tree = _render_tree(app)

    def hide_toctree(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Replace ``toctree`` so that it returns an empty string for furo's call; other calls are unchanged."""
        if self._active and "toctree" in context:
            original: Callable[..., str] = context["toctree"]
            context["speedups_toctree"] = original
            context["toctree"] = lambda **options: "" if options == FURO_ARGUMENTS else original(**options)

    def set_navigation_tree(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Restore ``toctree``, and set the tree for the page."""
        original = context.pop("speedups_toctree", None)
        if original is None:
            return
        context["toctree"] = original
        if self._tree is None:
            self._tree = _render_tree(app)
        target = app.builder.get_target_uri(pagename)
        context["furo_navigation_tree"] = self._tree_for(self._tree, target).render(target)

    def _tree_for(self, tree: Tree, target: str) -> Tree:
        """Return the tree with URLs relative to a page; pages in the same folder share it."""
        folder = target.rpartition("/")[0]
        if folder not in self._by_folder:
            here = f"{folder}/{NO_PAGE}" if folder else NO_PAGE
            self._by_folder[folder] = tree.with_urls(lambda url: escape(_relative(here, url)))
        return self._by_folder[folder]


def _is_known() -> bool:
    """Return whether the functions in ``CALLS`` have a known source and accept the arguments; log if not."""
    for path, (positional, named) in CALLS.items():
        function, module = find(path), path.partition(":")[0]
        if fingerprint(find(module)) not in KNOWN[module] or not _accepts(function, positional, named):
            logger.verbose("sphinx_speedups: unknown version of %s; furo renders the sidebar", module)
            return False
    return True


def _accepts(function: Any, positional: tuple[str, ...], named: dict[str, Any]) -> bool:
    try:
        inspect.signature(function).bind(*positional, **named)
    except (TypeError, ValueError):
        return False
    return True


def _render_tree(app: Sphinx) -> Tree:
    """Return furo's tree with URLs relative to the root of the site, without a current page."""
    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
    toctree, furo = map(find, CALLS)
    node = toctree(app.env, NO_PAGE, builder, tags=app.tags, **FURO_ARGUMENTS)
    markup = getattr(furo, "__wrapped__", furo)(builder.render_partial(node)["fragment"])
    to_root = "../" * builder.get_target_uri(NO_PAGE).count("/")  # ``dirhtml`` writes each page to a folder
    return Tree.parse(markup, to_root)


def _relative(here: str, url: str) -> str:
    path, separator, fragment = url.partition("#")
    return relative_uri(here, path) + separator + fragment
