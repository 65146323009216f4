"""Less memory, and less of the garbage collector."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

PATIENCE = 30_000
"""How many new objects the collector waits for (Python's 700 are about forty nodes of a page): a page or two."""
FULL = 2
"""After how many of the middle collections a full one follows, which sees little, since most has been set apart."""


class Memory:
    """What one build keeps in memory."""

    _left_apart = False
    """Whether what an earlier build of this process set apart is so still."""

    def __init__(self) -> None:
        """Begin with nothing changed."""
        self._thresholds: tuple[int, int, int] | None = None

    def begin(self) -> None:
        """Set apart what has been imported; make the collector patient, unless it is switched off or already so."""
        if not gc.isenabled() or self._thresholds:
            return
        if Memory._left_apart:
            Memory._left_apart = False
            gc.unfreeze()
            gc.collect()
        self._thresholds = gc.get_threshold()
        gc.set_threshold(max(PATIENCE, self._thresholds[0]), self._thresholds[1], FULL)
        gc.freeze()

    def forget_doctrees(self, app: Sphinx, *page: object) -> None:
        """Drop the trees that Sphinx keeps of pages read, and their pickles; it reads them from disk when asked.

        Both are caches of the environment that it fills by itself; a Sphinx without them has nothing to drop.
        """
        if self._thresholds:
            for cache in ("_write_doc_doctree_cache", "_pickled_doctree_cache"):
                getattr(app.env, cache, {}).clear()

    def set_apart(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Set apart, all pages read, what stays until the end. Processes that write pages share it, too."""
        if self._thresholds:
            self.forget_doctrees(app)
            gc.collect()  # what is garbage must not be set apart
            gc.freeze()
        return []

    def end(self, app: Sphinx, exception: Exception | None) -> None:
        """Leave the collector as it was found, and all that there is apart until another build begins in the process.

        Most processes end here. Python would take everything to pieces first, object by object; what the system takes
        back with the process need not be.
        """
        if self._thresholds:
            gc.set_threshold(*self._thresholds)
            self._thresholds = None
            gc.freeze()
            Memory._left_apart = True
