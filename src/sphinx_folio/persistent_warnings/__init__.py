"""Warnings that last, for any Sphinx site: ``extensions = ["sphinx_folio.persistent_warnings"]``.

Sphinx gives a warning when it reads or writes the page that causes it. The next build neither reads nor writes that
page, so it succeeds and publishes the fault: ``sphinx-build -W`` fails once. This extension repeats a warning in every
build until its page is processed again, so that every build has the warnings and the exit code of a clean build.

``collector``
    A handler on Sphinx's logger sees every warning before it is suppressed and finds out which page causes it.
``notes``
    Two notes beside the doctrees hold the warnings between builds. The first belongs to the environment: warnings from
    reading pages, each bound to the time at which Sphinx read the page, and from consistency checks. The second belongs
    to a builder and its output folder: warnings from writing pages. A page whose entry is missing or does not match is
    read again; without a note of the builder, all pages are written again.
``repeater``
    At the end of a build, the warnings of the pages that were not processed go through Sphinx's logger once more. So
    ``-W``, ``-w``, ``suppress_warnings`` and colors apply to them.
``links``
    A page can become wrong without an edit: the heading that it links to is gone. Such pages are written again.

There is nothing to configure. An idle build reads, writes and pickles nothing because of this extension.
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
