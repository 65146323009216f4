"""What readers and machines take along: add ``sphinx_folio.exports`` to ``extensions``.

Every file is made of the portfolio in the language of the build, while the pages are: nothing can drift.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio import __version__
from sphinx_folio.exports.files import write_files
from sphinx_folio.exports.settings import check_settings, declare_settings

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the files."""
    app.setup_extension("sphinx_folio")
    declare_settings(app)
    app.connect("config-inited", check_settings)
    app.connect("env-updated", write_files)
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
