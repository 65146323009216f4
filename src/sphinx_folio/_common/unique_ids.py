"""Keep ids unique on pages of furo, which puts tables and formulas with an id into an element with the same id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio import __version__
from sphinx_folio._common.trees import nodes_in

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

WRAPPERS = {"table-wrapper", "math-wrapper"}
"""The CSS classes of the elements that furo adds."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the handler; Sphinx calls this once, although several of our extensions load this one."""
    app.connect("doctree-resolved", remove_copied_ids)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def remove_copied_ids(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Remove the ids of the elements that furo has added; the tables and the formulas keep theirs."""
    if "furo" not in app.extensions:
        return
    for node in nodes_in(doctree):
        if isinstance(node, nodes.container) and WRAPPERS & {*node["classes"]}:
            node["ids"] = []
