"""Run fewer garbage collections during a build: ``extensions = ["sphinx_folio.garbage_collection"]``.

Python's garbage collector scans all objects repeatedly as their number grows, but most objects of a build live until
its end. So this extension raises the thresholds of the collector while the environment of the last build is loaded and
while pages are read and written, and freezes all objects (``gc.freeze``) once all pages are read. It restores the
settings afterwards, because they apply to the whole process. It also skips the collection at the exit of the process,
because the system frees the memory anyway.

Sphinx caches the doctree of each page between reading and writing. Frozen doctrees would never be freed, and they need
half of the memory of a large build, so the cache is cleared; loading a doctree from disk takes half a millisecond.
"""

from __future__ import annotations

import atexit
import gc
import sys
from types import ModuleType
from typing import TYPE_CHECKING

from sphinx_folio import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

NEW_OBJECTS = 30_000
"""The threshold of the youngest generation: the objects of a few pages. Python's default is less than one page."""
FULL_COLLECTIONS = 1_000
"""The threshold of the oldest generation; so high that there is no full collection."""
FIRST, LAST = 1, 999
DOCTREE_CACHES = ("_write_doc_doctree_cache", "_pickled_doctree_cache")
"""Attributes of Sphinx's environment, which may be missing in other versions."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the event handlers."""
    collector = Collector()
    app.connect("config-inited", collector.relax, priority=FIRST)  # Sphinx loads the environment next
    app.connect("builder-inited", collector.restore, priority=LAST)
    app.connect("env-before-read-docs", collector.relax, priority=FIRST)
    app.connect("source-read", clear_doctree_caches)
    app.connect("env-updated", collector.freeze, priority=LAST)
    app.connect("html-page-context", clear_doctree_caches)
    app.connect("build-finished", collector.restore, priority=LAST)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


class Collector:
    """Changes the settings of the garbage collector during a build."""

    def __init__(self) -> None:
        """Start with unchanged settings."""
        self._original: tuple[int, int, int] | None = None

    def relax(self, *_: object) -> None:
        """Raise the thresholds, unless the collector is disabled or other code has frozen objects."""
        if self._original is None and gc.isenabled() and not gc.get_freeze_count():
            self._original = first, second, _full = gc.get_threshold()
            gc.set_threshold(max(NEW_OBJECTS, first), second, FULL_COLLECTIONS)

    def freeze(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Freeze all objects once all pages are read; worker processes that are forked later inherit this."""
        clear_doctree_caches(app)
        if self._original is not None:
            gc.freeze()
        return []

    def restore(self, *_: object) -> None:
        """Restore the original settings."""
        if self._original is not None:
            gc.unfreeze()
            gc.set_threshold(*self._original)
            self._original = None
            atexit.unregister(freeze_at_exit)  # avoid registering it twice
            atexit.register(freeze_at_exit)


def clear_doctree_caches(app: Sphinx, *_: object) -> None:
    """Clear the caches of doctrees; Sphinx loads from disk what is missing."""
    for name in DOCTREE_CACHES:
        cache = getattr(app.env, name, None)
        if isinstance(cache, dict):
            cache.clear()


def freeze_at_exit() -> None:
    """Prevent the garbage collection at exit, unless a library would report the objects as leaks."""
    if not _are_leaks_reported():
        gc.freeze()


def _are_leaks_reported() -> bool:
    """Return whether a loaded module uses nanobind, which reports objects that are not collected at exit as leaks.

    Source: "Why am I getting errors about leaked functions and types?" in nanobind's documentation.
    """
    modules = [module for module in [*sys.modules.values()] if type(module) is ModuleType]  # skip lazy modules
    return any(
        getattr(type(value), "__module__", "") == "nanobind" for module in modules for value in [*vars(module).values()]
    )
