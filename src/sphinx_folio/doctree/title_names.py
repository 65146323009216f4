"""Names of objects in titles: a title that contains a role such as ``{skill}`go``` shows the name of that object.

Sphinx copies titles to ``env.titles`` and to tables of contents while it reads a page, when the name may be unknown. So
the text in a title is marked with type and key of the object, and all copies are updated once all pages are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Callable

NAME_OF = "name-of"
"""The attribute that marks the text: type and key, separated by a colon. Copies of the node keep it."""


def mark_names(document: nodes.document) -> tuple[tuple[str, str], ...]:
    """Mark the names of objects in the titles of a page; return type and key of each object."""
    found: dict[tuple[str, str], None] = {}
    for title in document.findall(nodes.title):
        for reference in title.findall(addnodes.pending_xref):
            if reference.get("refdomain") == "folio" and not reference.get("refexplicit"):
                found[reference["reftype"], reference["reftarget"]] = None
                for text in reference.findall(nodes.inline):
                    text[NAME_OF] = f"{reference['reftype']}:{reference['reftarget']}"
    return tuple(found)


def update_names(tree: nodes.Element, name_of: Callable[[str, str], str]) -> None:
    """Replace the marked text in a title or a table of contents.

    Args:
        tree: The nodes, which are modified.
        name_of: Returns the name of the object with a type and a key.
    """
    for node in tree.findall(nodes.inline):
        if NAME_OF in node:
            node[:] = [nodes.Text(name_of(*node[NAME_OF].split(":", 1)))]
