"""Save memory: clear Sphinx's caches of doctrees; Sphinx loads doctrees from disk when needed.

Upstream: Sphinx could disable these caches, or limit their size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CACHES = ("_write_doc_doctree_cache", "_pickled_doctree_cache")
"""Attributes of the environment. Sphinx refills these caches; versions without them are supported."""


def clear_doctree_caches(app: Sphinx, *_: object) -> None:
    """Clear the caches of the environment; called again and again while pages are read and written."""
    if "doctree_cache" in app.config.speedups:
        for name in CACHES:
            cache = getattr(app.env, name, None)
            if isinstance(cache, dict):
                cache.clear()
