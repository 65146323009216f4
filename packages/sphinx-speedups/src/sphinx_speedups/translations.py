"""Smaller doctrees of translated pages.

Sphinx parses each translated message as a document of its own, to which its nodes keep referring: all these documents
are saved with the page, settings included.

Upstream: Sphinx could set ``document`` of the nodes when it inserts a translation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def detach_translations(app: Sphinx, doctree: nodes.document) -> None:
    """Make translated nodes refer to the document of their page."""
    progress: dict[str, int] = doctree.get("translation_progress") or {}
    if "translations" in app.config.speedups and progress.get("translated"):
        for node in doctree.findall():
            if node.document is not doctree:
                node.document = doctree
