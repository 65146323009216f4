"""Reduce the size of the doctrees of translated pages.

Sphinx parses each translated message as a separate document, and the nodes of the message still refer to it. All these
documents, with their settings, are pickled with the page.

Upstream: Sphinx could set the attribute ``document`` of the nodes when it inserts a translation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def set_document(app: Sphinx, doctree: nodes.document) -> None:
    """Set the attribute ``document`` of all nodes of a translated page to the page."""
    progress: dict[str, int] = doctree.get("translation_progress") or {}
    if "translations" in app.config.speedups and progress.get("translated"):
        for node in doctree.findall():
            if node.document is not doctree:
                node.document = doctree
