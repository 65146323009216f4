"""No log records that no handler would show: Sphinx makes one for every event, some with a node written out as XML.

Upstream: Sphinx could set the level of its logger to that of its handlers, and format nodes lazily.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from sphinx_speedups.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes


class LogLevel:
    """The level of Sphinx's loggers during one build."""

    def __init__(self) -> None:
        """Begin with nothing changed."""
        self._found: int | None = None

    def raise_to_shown(self) -> None:
        """Drop records below the lowest level that one of Sphinx's handlers shows."""
        logger = logging.getLogger("sphinx")
        if self._found is None and logger.handlers:
            self._found = logger.level
            logger.setLevel(max(logger.level, min(handler.level for handler in logger.handlers)))

    def restore(self) -> None:
        """Set the level that was found."""
        if self._found is not None:
            logging.getLogger("sphinx").setLevel(self._found)
            self._found = None


def format_only_for_debug(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``repr_domxml`` that formats a node only if debug records are shown; Sphinx logs translatable nodes."""
    logger = logging.getLogger("sphinx.sphinx.util.nodes")

    def repr_domxml(node: nodes.Node, length: int = 80) -> str:
        return str(original(node, length)) if logger.isEnabledFor(logging.DEBUG) else ""

    return repr_domxml


PATCHES = (
    Patch(
        owner="sphinx.util.nodes",
        name="repr_domxml",
        known=frozenset({"1c86152ee4c2deb5"}),  # Sphinx 9.0-9.2
        make=format_only_for_debug,
    ),
)
