"""Nodes without a parent: themes and other extensions replace items of ``children`` and do not set it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils import nodes


def set_parents(tree: nodes.Element) -> None:
    """Set the parent of each node in a tree to the element that contains it; call this before parents are used."""
    elements: list[nodes.Node] = [tree]
    while elements:
        element = elements.pop()
        for child in element.children:
            if child.parent is not element:
                child.parent = element
            if child.children:
                elements.append(child)
