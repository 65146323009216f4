"""Which pages to write again: a ledger of what each showed of other pages when it was last written.

It lies beside the doctrees and is brought up to date when a build has ended well, for the pages that were written. So a
build that is cut short, or that writes some pages only, forgets nothing that is still to be done. Sphinx's own record,
the environment, is saved before the first page is written.
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
"""Where the state is kept in which all pages were written; no page has this name."""


class WriteLog:
    """The ledger of one application, for one reason to write pages again."""

    def __init__(self, reason: str) -> None:
        """Open the ledger of a reason; several may lie side by side."""
        self._reason = reason
        self._digests: Mapping[str, str] = {}
        self._state = ""
        self._written: set[str] = set()

    def connect(self, app: Sphinx) -> None:
        """Have pages noted as they are written, and the ledger kept when all went well."""
        app.connect("doctree-resolved", self._note_written)
        app.connect("build-finished", self._keep)

    def stale(self, app: Sphinx, digests: Mapping[str, str]) -> list[str]:
        """Return the pages whose digest, of all that they show of others, is not that of their last writing."""
        self._digests = digests
        kept = self._kept(app)
        return sorted(docname for docname, digest in digests.items() if kept.get(docname) != digest)

    def stale_since(self, app: Sphinx, state: str, digests: Callable[[], Mapping[str, str]]) -> list[str]:
        """Return the same, and do not ask for the digests if all pages were written in the very state.

        Args:
            app: The application.
            state: A digest of all that the digests of pages are made of, see :func:`build_fingerprint`.
            digests: Makes the digests of pages.
        """
        self._state = state
        kept = self._kept(app)
        if kept.get(STATE) == state:
            self._digests = {docname: digest for docname, digest in kept.items() if docname != STATE}
            return []
        return self.stale(app, digests())

    def _kept(self, app: Sphinx) -> dict[str, str]:
        kept: dict[str, str] | None = caches.read_json(cache_path(app, self._reason), __version__)
        return kept or {}  # without a ledger, every page is stale

    def _note_written(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Note a page: Sphinx resolves it, always in the main process, to write it."""
        self._written.add(docname)

    def _keep(self, app: Sphinx, exception: Exception | None) -> None:
        """Bring the ledger up to date after a build that ended well."""
        if exception:
            return
        kept = self._kept(app)
        known = {
            docname: digest if docname in self._written else kept.get(docname, "")
            for docname, digest in sorted(self._digests.items())
        }
        if self._state and known == self._digests:
            known = {STATE: self._state, **known}
        if known != kept:
            caches.write_json(cache_path(app, self._reason), __version__, known)


def cache_path(app: Sphinx, reason: str, suffix: str = ".cache") -> Path:
    """Return where a note for later builds lies: builders and folders of output that share doctrees have their own."""
    output = hashlib.sha256(f"{app.builder.name} {app.outdir}".encode()).hexdigest()[:16]
    return Path(app.doctreedir, f"folio-{reason}-{output}{suffix}")


def build_fingerprint(env: BuildEnvironment, *settings: object) -> str:
    """Return a digest of when each page was read last and of settings: while it stays, so does what both make."""
    return fingerprint([__version__, sorted(env.all_docs.items()), *settings])


def fingerprint(rows: object) -> str:
    """Return the digest of what a page shows; rows are plain records, whose representation says all that they hold."""
    return hashlib.sha256(repr(rows).encode()).hexdigest()
