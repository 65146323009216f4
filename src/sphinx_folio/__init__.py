"""Portfolios and résumés whose skills are cross-referenced objects, built with Sphinx."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension; Sphinx calls this function."""
    from sphinx_folio import extension  # noqa: PLC0415  so that the version can be imported without Sphinx

    return extension.setup(app)
