"""Track which pages are stale: a fingerprint of the data of other pages that each page showed when last written.

The log is a cache file next to the doctrees. It is updated after a successful build, for the pages that were written.
So pages stay stale if a build fails or writes only some pages. Sphinx's environment could not store this: Sphinx saves
it before the first page is written. Other caches use ``cache_path`` and ``fingerprint``, too.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio import __version__
from sphinx_folio._common import caches

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


STATE = "/"
"""The key of the build state in which all pages were up to date; it cannot be the name of a page."""


class WriteLog:
    """The log of one Sphinx application for one reason to write pages again, such as the navigation."""

    def __init__(self, reason: str) -> None:
        """Set the reason, which is part of the file name."""
        self._reason = reason
        self._fingerprints: Mapping[str, str] = {}
        self._state = ""
        self._written: set[str] = set()

    def connect(self, app: Sphinx) -> None:
        """Record pages as they are written, and save the log at the end of the build."""
        app.connect("doctree-resolved", self._note_written)
        app.connect("build-finished", self._save)

    def stale(self, app: Sphinx, fingerprints: Mapping[str, str]) -> list[str]:
        """Return the pages whose fingerprint has changed since they were last written.

        Args:
            app: The application.
            fingerprints: Page name → fingerprint of the data that the page shows of other pages.
        """
        self._fingerprints = fingerprints
        logged = self._load(app)
        return sorted(docname for docname, current in fingerprints.items() if logged.get(docname) != current)

    def stale_since(self, app: Sphinx, state: str, fingerprints: Callable[[], Mapping[str, str]]) -> list[str]:
        """Return the stale pages like :meth:`stale`; skip computing fingerprints if the state has not changed.

        Args:
            app: The application.
            state: A digest of all data that the fingerprints depend on, see :func:`build_fingerprint`.
            fingerprints: A function that returns the fingerprint of each page.
        """
        self._state = state
        logged = self._load(app)
        if logged.get(STATE) == state:
            self._fingerprints = {docname: value for docname, value in logged.items() if docname != STATE}
            return []
        return self.stale(app, fingerprints())

    def _load(self, app: Sphinx) -> dict[str, str]:
        logged: dict[str, str] | None = caches.read_json(cache_path(app, self._reason), __version__)
        return logged or {}  # without a log, every page is stale

    def _note_written(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Record a page; Sphinx resolves a page only to write it, and always in the main process."""
        self._written.add(docname)

    def _save(self, app: Sphinx, exception: Exception | None) -> None:
        """Update the log after a successful build."""
        if exception:
            return
        logged = self._load(app)
        updated = {
            docname: current if docname in self._written else logged.get(docname, "")
            for docname, current in sorted(self._fingerprints.items())
        }
        if self._state and updated == self._fingerprints:
            updated = {STATE: self._state, **updated}
        if updated != logged:
            caches.write_json(cache_path(app, self._reason), __version__, updated)


def cache_path(app: Sphinx, reason: str, suffix: str = ".cache") -> Path:
    """Return the path of a cache in the doctree folder; its name differs for each builder and output folder."""
    output = hashlib.sha256(f"{app.builder.name} {app.outdir}".encode()).hexdigest()[:16]
    return Path(app.doctreedir, f"folio-{reason}-{output}{suffix}")


def build_fingerprint(env: BuildEnvironment, *settings: object) -> str:
    """Return a fingerprint of the times at which pages were read, and of settings.

    As long as it stays the same, all data that depends only on the pages and these settings stays the same.
    """
    return fingerprint([__version__, sorted(env.all_docs.items()), *settings])


def fingerprint(rows: object) -> str:
    """Return a digest of plain records, such as tuples of strings, whose ``repr`` is complete and deterministic."""
    return hashlib.sha256(repr(rows).encode()).hexdigest()
