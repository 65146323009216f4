"""A builder that writes nothing, and that resolves only the pages that have changed; ``dummy`` resolves all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.builders.dummy import DummyBuilder

from sphinx_folio import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class EditorBuilder(DummyBuilder):
    """The builder of the process that checks a portfolio for an editor."""

    name = "folio-editor"

    def get_outdated_docs(self) -> set[str]:
        """Return no pages; Sphinx adds those that it has read again, and extensions those that depend on them."""
        return set()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the builder."""
    app.add_builder(EditorBuilder)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
