"""Less memory, and less of the garbage collector."""

from __future__ import annotations

import gc
import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

PATIENCE = 30_000
"""How many new objects the collector waits for (Python's 700 are about forty nodes of a page): a few pages."""
SIDE_BY_SIDE = 300_000
"""The same where pages wait in memory for the processes that write them, and would be looked through in vain."""
FULL = 2
"""After how many of the middle collections a full one follows, which sees little, since most has been set apart."""
FEW = 100
"""Up to how many pages what reading them has left is not worth looking for."""
NATIVE = tuple(EXTENSION_SUFFIXES)


class Memory:
    """What one build keeps in memory."""

    _left_apart = False
    """Whether what an earlier build of this process set apart is so still."""
    _found: tuple[int, int, int] | None = None
    """The collector's thresholds as they were found, by the first application of those that have not built yet."""

    def __init__(self) -> None:
        """Begin with nothing changed."""
        self._begun = False
        self._read = 0

    def begin(self, app: Sphinx, config: Config) -> None:
        """Set apart what has been imported; make the collector patient, unless it is switched off."""
        if self._begun or "memory" not in config.folio_thrift or not gc.isenabled():
            return
        self._begun = True
        if Memory._left_apart:
            Memory._left_apart = False
            gc.unfreeze()
            gc.collect()
        if Memory._found is None:
            Memory._found = first, second, _full = gc.get_threshold()
            gc.set_threshold(max(SIDE_BY_SIDE if app.parallel > 1 else PATIENCE, first), second, FULL)
        gc.freeze()

    def forget_doctrees(self, app: Sphinx, *page: object) -> None:
        """Drop the trees that Sphinx keeps of pages read, and their pickles; it reads them from disk when asked.

        Both are caches of the environment that it fills by itself; a Sphinx without them has nothing to drop.
        """
        if self._begun:
            for cache in ("_write_doc_doctree_cache", "_pickled_doctree_cache"):
                getattr(app.env, cache, {}).clear()

    def note_read(self, app: Sphinx, docname: str, source: list[str]) -> None:
        """Count a page that is read."""
        self._read += 1
        self.forget_doctrees(app)

    def set_apart(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Set apart, all pages read, what stays until the end. Processes that write pages share it, too."""
        if self._begun:
            self.forget_doctrees(app)
            if self._read > FEW or app.parallel > 1:  # pages are read elsewhere then
                gc.collect()  # much garbage must not be set apart
            gc.freeze()
        return []

    def set_rest_apart(self, app: Sphinx, exception: Exception | None) -> None:
        """Set apart what there is once the last page is written: what follows looks through its own only."""
        if self._begun:
            gc.freeze()

    def end(self, app: Sphinx, exception: Exception | None) -> None:
        """Leave the collector's thresholds as they were found, and all that there is apart until another build begins.

        Most processes end here. Python would take everything to pieces first, object by object; what the system takes
        back with the process need not be, unless a library counts what is left of it and complains.
        """
        if not self._begun:
            return
        self._begun, self._read = False, 0
        if Memory._found is not None:
            gc.set_threshold(*Memory._found)
            Memory._found = None
        if _are_leaks_counted():
            gc.unfreeze()
        else:
            gc.freeze()
            Memory._left_apart = True


def _set_inheritance_apart() -> None:
    """Set apart, in a process that reads or writes pages, all that it has from the first: it is not its to collect."""
    if Memory._found is not None:  # noqa: SLF001  while a build runs
        gc.freeze()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_set_inheritance_apart)


def _are_leaks_counted() -> bool:
    """Tell whether a module is bound by nanobind, which says at exit what Python did not take to pieces.

    Source: “Why am I getting errors about leaked functions and types?” in nanobind's documentation.
    """
    modules = [module for module in [*sys.modules.values()] if type(module) is ModuleType]  # none that loads when asked
    native = (held for held in map(vars, modules) if str(held.get("__file__")).endswith(NATIVE))
    return any(getattr(type(value), "__module__", "") == "nanobind" for held in native for value in [*held.values()])
