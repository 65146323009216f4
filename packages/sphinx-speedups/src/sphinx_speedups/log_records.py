"""Skip log records that no handler would show.

Sphinx creates a debug record for every event, and serializes nodes to XML for some records.

Upstream: Sphinx could set the level of its logger to the lowest level of its handlers, and format nodes lazily.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from sphinx_speedups.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes


class LogLevel:
    """Raises the level of Sphinx's logger during a build."""

    def __init__(self) -> None:
        """Change nothing yet."""
        self._original: int | None = None

    def raise_to_handlers(self) -> None:
        """Set the lowest level that a handler of the logger shows."""
        logger = logging.getLogger("sphinx")
        if self._original is None and logger.handlers:
            self._original = logger.level
            logger.setLevel(max(logger.level, min(handler.level for handler in logger.handlers)))

    def restore(self) -> None:
        """Restore the original level."""
        if self._original is not None:
            logging.getLogger("sphinx").setLevel(self._original)
            self._original = None


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
        make_replacement=format_only_for_debug,
    ),
)
