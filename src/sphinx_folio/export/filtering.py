"""The résumé page as a view tells it: items, entries and sections that show none of its skills are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_folio.doctree.nodes import folio_entry, folio_listing
from sphinx_folio.portfolio.views import is_kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.records import Entry
    from sphinx_folio.portfolio.views import View

TELLING = {"skill", "highlight", "project"}
"""The objects whose names decide whether the item or the section that names them is told."""


def filter_page(document: nodes.document, portfolio: Portfolio, view: View) -> None:
    """Take out of a page, whose references are not resolved yet, what a view does not tell.

    An item of a list, or a section by its title, is left out if it names skills, highlights or projects and the view
    has none of them. What names none of them is told.
    """
    _narrow(document, portfolio, view)


def _narrow(parent: nodes.Element, portfolio: Portfolio, view: View) -> None:
    for child in list(parent.children):
        if not isinstance(child, nodes.Element):
            continue
        if not _is_told(child, portfolio, view):
            parent.remove(child)
            continue
        _narrow(child, portfolio, view)
        if isinstance(child, nodes.bullet_list | nodes.enumerated_list) and not child.children:
            _remove_list(parent, child)


def _is_told(node: nodes.Element, portfolio: Portfolio, view: View) -> bool:
    match node:
        case nodes.list_item():
            return _names_some(node, portfolio, view)
        case nodes.section():
            title = node.next_node(nodes.title)
            return title is None or title.parent is not node or _names_some(title, portfolio, view)
        case folio_entry():
            entry = portfolio.find(node["objtype"], node["key"])
            return entry is None or is_kept(portfolio, view, entry)
    return True


def _names_some(node: nodes.Element, portfolio: Portfolio, view: View) -> bool:
    """Tell whether a node names an object that a view keeps, or none at all.

    Where it names a project or a highlight, that decides; skills beside it only say more about it.
    """
    named = [entry for objtype, key in _names(node) if objtype in TELLING and (entry := portfolio.find(objtype, key))]
    deciding: list[Entry] = [entry for entry in named if entry.objtype != "skill"] or named
    return not deciding or any(is_kept(portfolio, view, entry) for entry in deciding)


def _names(node: nodes.Element) -> Iterator[tuple[str, str]]:
    """Yield types and keys of the objects that a node names, in prose and by tags."""
    for reference in node.findall(addnodes.pending_xref):
        if reference.get("refdomain") == "folio":
            yield reference["reftype"], reference["reftarget"]
    for listing in node.findall(folio_listing):
        keys: tuple[str, ...] = listing.get("keys", ())
        yield from (("skill", key) for key in keys)


def _remove_list(parent: nodes.Element, emptied: nodes.Element) -> None:
    """Take out a list of which nothing is left, with the line that announces it."""
    place = parent.index(emptied)
    before = parent[place - 1] if place else None
    announced = isinstance(before, nodes.paragraph) and before.astext().rstrip().endswith((":", "："))
    del parent[place - announced : place + 1]
