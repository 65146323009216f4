"""Furo's sidebar, made once for all pages instead of once for each, byte for byte the same.

For each page, furo asks Sphinx for the whole tree of the site and parses it with Beautiful Soup: the time grows with
the square of the number of pages. Here the tree is made once, as it is for a page outside of it; for each page, the
marks of the current page are set in strings. If Sphinx or furo is not a known version, furo makes the sidebar.

Upstream: https://github.com/pradyunsg/furo/pull/939 has the same aim.
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
"""The modules that make furo's tree, and digests of the sources for which the result is known to be the same."""
OUTSIDE = "-"
"""The name of no page: for it, nothing is marked."""
ASKED_BY_FURO: dict[str, Any] = {"collapse": False, "titles_only": True, "maxdepth": -1, "includehidden": True}
"""The arguments with which furo calls ``toctree``."""
CALLED: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "sphinx.environment.adapters.toctree:global_toctree_for_doc": (
        ("env", OUTSIDE, "builder"),
        {"tags": "tags", **ASKED_BY_FURO},
    ),
    "furo.navigation:get_navigation_tree": (("markup",), {}),
}
"""The functions that are called, and the arguments that they get."""


class FuroSidebar:
    """The sidebar of one build."""

    def __init__(self) -> None:
        """Begin inactive."""
        self._active = False
        self._tree: Tree | None = None
        self._by_folder: dict[str, Tree] = {}

    def begin(self, app: Sphinx) -> None:
        """Forget earlier trees; become active if the theme is a furo that is known."""
        self._tree, self._by_folder = None, {}
        self._active = app.builder.format == "html" and app.config.html_theme == "furo" and _is_known()

    def prepare(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Make the tree before the first page is written, in the process from which the writers are forked."""
        if self._active and self._tree is None:
            self._tree = _make_tree(app)

    def hide_toctree_from_furo(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Answer furo's question for the tree with nothing, so that it has nothing to parse; answer all others."""
        if self._active and "toctree" in context:
            original: Callable[..., str] = context["toctree"]
            context["speedups_toctree"] = original
            context["toctree"] = lambda **asked: "" if asked == ASKED_BY_FURO else original(**asked)

    def fill_in(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Give a page its tree."""
        original = context.pop("speedups_toctree", None)
        if original is None:
            return
        context["toctree"] = original
        if self._tree is None:
            self._tree = _make_tree(app)
        target = app.builder.get_target_uri(pagename)
        context["furo_navigation_tree"] = self._tree_for(self._tree, target).at(target)

    def _tree_for(self, tree: Tree, target: str) -> Tree:
        """Return the tree with the addresses for a page: the same for all pages of a folder."""
        folder = target.rpartition("/")[0]
        if folder not in self._by_folder:
            here = f"{folder}/{OUTSIDE}" if folder else OUTSIDE
            self._by_folder[folder] = tree.relinked(lambda address: escape(_relative(here, address)))
        return self._by_folder[folder]


def _is_known() -> bool:
    """Tell whether the functions that are called exist, take these arguments and have a known source; log if not."""
    for place, (positional, named) in CALLED.items():
        function, module = find(place), place.partition(":")[0]
        if fingerprint(find(module)) not in KNOWN[module] or not _takes(function, positional, named):
            logger.verbose("sphinx_speedups: unknown version of %s; furo makes the sidebar", module)
            return False
    return True


def _takes(function: Any, positional: tuple[str, ...], named: dict[str, Any]) -> bool:
    try:
        inspect.signature(function).bind(*positional, **named)
    except (TypeError, ValueError):
        return False
    return True


def _make_tree(app: Sphinx) -> Tree:
    """Return furo's tree for a page outside of it."""
    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
    toctree, furo = map(find, CALLED)
    found = toctree(app.env, OUTSIDE, builder, tags=app.tags, **ASKED_BY_FURO)
    markup = getattr(furo, "__wrapped__", furo)(builder.render_partial(found)["fragment"])
    to_root = "../" * builder.get_target_uri(OUTSIDE).count("/")  # some builders give every page a folder
    return Tree.parse(markup, to_root)


def _relative(here: str, address: str) -> str:
    path, sign, fragment = address.partition("#")
    return relative_uri(here, path) + sign + fragment
