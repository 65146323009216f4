"""Set the language of code blocks by visiting only the code blocks; Sphinx visits every node of a page.

Upstream: Sphinx could do the same in ``HighlightLanguageTransform``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from sphinx_speedups.node_search import search_by_type
from sphinx_speedups.patches import Patch, find

if TYPE_CHECKING:
    from collections.abc import Callable

MODULE = "sphinx.transforms.post_transforms.code"


def apply_to_code_blocks(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return a replacement for ``HighlightLanguageTransform.apply``.

    It calls the original for pages with the directive ``highlight`` and for documents composed of several files.
    """
    make_visitor = find(f"{MODULE}:HighlightLanguageVisitor")

    def apply(self: Any, **kwargs: Any) -> None:
        types = (nodes.literal_block, addnodes.highlightlang, addnodes.start_of_file)
        found = list(search_by_type(self.document, types))
        blocks = [node for node in found if isinstance(node, nodes.literal_block)]
        if len(blocks) < len(found):
            original(self, **kwargs)
            return
        visitor = make_visitor(self.document, self.config.highlight_language)
        visitor.visit_document(self.document)
        for block in blocks:
            visitor.visit_literal_block(block)

    return apply


PATCHES = (
    Patch(
        owner=f"{MODULE}:HighlightLanguageTransform",
        name="apply",
        known=frozenset({"25fdd029c36ca592"}),  # Sphinx 9.0-9.2
        make_replacement=apply_to_code_blocks,
        dependencies={f"{MODULE}:HighlightLanguageVisitor": frozenset({"ea34bbe3d8d5535e"})},
    ),
)
