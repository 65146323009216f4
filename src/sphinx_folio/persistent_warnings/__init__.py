"""Repeat warnings in incremental builds: ``extensions = ["sphinx_folio.persistent_warnings"]``.

Sphinx logs a warning only when it reads or writes the page that causes it. The next build does not process that page,
so ``sphinx-build -W`` fails once, then succeeds and publishes the mistake. This extension repeats a warning in every
build until its page is processed again. So every build has the warnings and the exit code of a clean build.

``collector``
    A handler on Sphinx's logger receives every warning before it is suppressed, and determines the page that causes it.
``warning_records``
    Warnings as records that can be stored and logged again.
``repeater``
    Two caches next to the doctrees store the warnings between builds. The read cache belongs to the environment:
    warnings from reading pages, each with the time at which Sphinx read the page, and from consistency checks. The
    write cache belongs to a builder and its output folder: warnings from writing pages. A page is read again if its
    entry is missing or has a different time; without a write cache, all pages are written again. At the end of a
    build, the warnings of the pages that were not processed are logged again with Sphinx's logger, so that ``-W``,
    ``-w``, ``suppress_warnings`` and colors apply to them.
``links``
    A page can become invalid without an edit, when the target of a link disappears. Such pages are written again.

There are no settings. In a build without changes, this extension causes no page to be read or written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio import __version__
from sphinx_folio.persistent_warnings.repeater import Repeater

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Collect the warnings of this build and repeat those of earlier ones."""
    Repeater(app).connect()
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
