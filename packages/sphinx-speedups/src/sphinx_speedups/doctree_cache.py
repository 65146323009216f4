"""Less memory: drop the doctrees that Sphinx keeps of all pages it has read; it loads them from disk when needed.

Upstream: Sphinx could keep doctrees only of builds that are small, or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CACHES = ("_write_doc_doctree_cache", "_pickled_doctree_cache")
"""Attributes of the environment that Sphinx fills again by itself; without them, there is nothing to drop."""


def drop_cached_doctrees(app: Sphinx, *_: object) -> None:
    """Empty the environment's caches of doctrees."""
    if "doctree_cache" in app.config.speedups:
        for name in CACHES:
            cache = getattr(app.env, name, None)
            if isinstance(cache, dict):
                cache.clear()
