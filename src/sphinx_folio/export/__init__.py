"""Export the portfolio to files such as PDF and JSON Resume: add ``sphinx_folio.export`` to ``extensions``.

Each build writes the files together with the pages, in its language. So files and pages have the same content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension; Sphinx calls this function."""
    from sphinx_folio.export import extension  # noqa: PLC0415  every site loads modules of this package, few load all

    return extension.setup(app)
