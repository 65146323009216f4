"""Fewer garbage collections during a build, for any Sphinx site: ``extensions = ["sphinx_folio.garbage_collection"]``.

Python's garbage collector looks through all objects again and again as their number grows, and most of what a build
makes stays until its end. From reading to the end of the build the collector waits for more new objects, and does not
look again at what is there when all pages are read. Then all is as it was: the setting concerns the whole process.
When the process ends, the collector does not take everything to pieces first: the system takes the memory back anyway.
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
"""How many new objects the collector waits for: those of a few pages; Python's default is a part of one page."""
FULL_COLLECTIONS = 1_000
"""How many collections of the middle generation come before a full one: in effect, there is none."""
FIRST, LAST = 1, 999


def setup(app: Sphinx) -> ExtensionMetadata:
    """Change the collector's settings for the time of each build."""
    collector = Collector()
    app.connect("env-before-read-docs", collector.relax, priority=FIRST)
    app.connect("env-updated", collector.freeze, priority=LAST)
    app.connect("build-finished", collector.restore, priority=LAST)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


class Collector:
    """The garbage collector of the process during one build."""

    def __init__(self) -> None:
        """Begin with nothing changed."""
        self._found: tuple[int, int, int] | None = None

    def relax(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Let the collector wait for more objects, unless it is off or someone else has frozen objects."""
        if self._found is None and gc.isenabled() and not gc.get_freeze_count():
            self._found = first, second, _full = gc.get_threshold()
            gc.set_threshold(max(NEW_OBJECTS, first), second, FULL_COLLECTIONS)

    def freeze(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Freeze all objects once all pages are read; processes that write pages are forked with them."""
        if self._found is not None:
            gc.freeze()
        return []

    def restore(self, app: Sphinx, exception: Exception | None) -> None:
        """Restore the settings that were found."""
        if self._found is not None:
            gc.unfreeze()
            gc.set_threshold(*self._found)
            self._found = None
            atexit.unregister(freeze_at_exit)  # once is enough
            atexit.register(freeze_at_exit)


def freeze_at_exit() -> None:
    """Keep Python from collecting all objects when it ends, unless a library would report them as leaks."""
    if not _are_leaks_reported():
        gc.freeze()


def _are_leaks_reported() -> bool:
    """Tell whether a module is made with nanobind, which reports objects that Python has not collected at its end.

    Source: "Why am I getting errors about leaked functions and types?" in nanobind's documentation.
    """
    modules = [module for module in [*sys.modules.values()] if type(module) is ModuleType]  # none that loads lazily
    return any(
        getattr(type(value), "__module__", "") == "nanobind" for module in modules for value in [*vars(module).values()]
    )
