"""Filter the résumé page for a view: remove the list items, entries and sections that it does not include."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_folio._common.i18n import _
from sphinx_folio.doctree.elements import has_class, is_entry
from sphinx_folio.doctree.nodes import folio_entry, folio_fact, folio_listing
from sphinx_folio.portfolio.views import is_included

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.records import Entry
    from sphinx_folio.portfolio.views import View

CHECKED_TYPES = {"skill", "highlight", "project"}
"""The object types that a list item or a section title is checked for in every view."""


def filter_page(parent: nodes.Element, portfolio: Portfolio, view: View) -> None:
    """Remove what a view does not include from a page, or a part of it; call this before references are resolved.

    A list item is removed if it refers to skills, highlights or projects, and the view includes none of them. A section
    is removed if that applies to its title, or if the view does not include the entry that its title names. Parts
    without such references are kept. An entry is removed if the view does not include it. The tags of an entry are
    those of the skills that the view includes. A section that has only its title left is removed. The items of lists
    without numbers, highlights that follow each other, and tags are sorted if the view says which skills come first.
    Other listings are not filled yet: fill them from the part of the portfolio that the view includes.
    """
    has_position = any(is_entry(child, "position") for child in parent.children)
    left_out: list[nodes.title] = []
    for child in list(parent.children):
        if not isinstance(child, nodes.Element):
            continue
        if not _is_kept(child, portfolio, view):
            _remove(child)
            left_out += [*child.findall(nodes.title)][:1] if isinstance(child, nodes.section) else []
            continue
        if isinstance(child, folio_listing):
            _filter_tags(child, portfolio, view)
            continue
        was_empty = _is_empty(child)
        had_content = isinstance(child, nodes.section) and has_content(child)
        filter_page(child, portfolio, view)
        if isinstance(child, nodes.section) and had_content and not has_content(child):
            parent.remove(child)
            left_out += [*child.findall(nodes.title)][:1]
        are_containers = isinstance(parent, nodes.container) and isinstance(child, nodes.container)
        is_part = are_containers and not child.children  # such as of a tab
        if not was_empty and _is_empty(child) and not is_part:
            _remove_emptied(parent, child)
    if view.first:
        _sort(parent, portfolio, view)
    if has_position and left_out and "project" not in view.without:
        parent += _mention(left_out)


def sections_with_content(document: nodes.document) -> list[nodes.section]:
    """Return the sections of a page that have more than a title, except those around the whole page."""
    return [
        section
        for section in document.findall(nodes.section)
        if section.parent is not document and has_content(section)
    ]


def has_content(section: nodes.section) -> bool:
    """Return whether a section has more than its title."""
    return not all(isinstance(node, nodes.title | nodes.Invisible) or _is_empty(node) for node in section.children)


def _is_empty(node: nodes.Node) -> bool:
    """Return whether a node is a list or a container with nothing in it, such as publications that are left out.

    The title of a container, such as a year, is nothing without the rest.
    """
    is_block = isinstance(node, nodes.bullet_list | nodes.enumerated_list | nodes.container)
    return is_block and all(isinstance(child, nodes.rubric) or _is_empty(child) for child in node.children)


def remove_empty(sections: Iterable[nodes.section]) -> None:
    """Remove those of the sections of a page that have only their title left; given in page order."""
    for section in reversed([*sections]):
        if section in section.parent.children and not has_content(section):
            section.parent.remove(section)


def _filter_tags(listing: folio_listing, portfolio: Portfolio, view: View) -> None:
    """Remove the skills that a view does not include from the tags of an entry; remove tags without skills."""
    keys: tuple[str, ...] = listing.get("keys", ())
    if not keys:
        return
    found = ((key, portfolio.find("skill", key) or portfolio.find_renamed("skill", key)) for key in keys)
    kept = [key for key, skill in found if skill is None or is_included(portfolio, view, skill)]
    listing["keys"] = tuple(sorted(kept, key=lambda key: view.rank((key,))))
    if not kept:
        around = listing.parent.parent if isinstance(listing.parent, nodes.field_body) else listing
        if isinstance(around.parent, nodes.field_list) and len(around.parent) == 1:
            around = around.parent
        around.parent.remove(around)


def _sort(parent: nodes.Element, portfolio: Portfolio, view: View) -> None:
    """Sort the items of a list without numbers, and highlights that follow each other, which are one on paper."""
    if isinstance(parent, nodes.bullet_list):
        parent.children.sort(key=lambda item: view.rank(_skills_of(item, portfolio)))
        return

    def rank(node: nodes.Node) -> int:
        highlight = portfolio.find("highlight", node["key"]) if is_entry(node, "highlight") else None
        return view.rank(highlight.shown_skills() if highlight else ())

    groups = groupby(parent.children, lambda node: is_entry(node, "highlight"))
    parent.children[:] = [node for _are_highlights, group in groups for node in sorted(group, key=rank)]


def _mention(titles: list[nodes.title]) -> nodes.paragraph:
    """Return a line with the titles of the sections below a position that a view leaves out: no job loses its work."""
    between = nodes.Text(str(_(", ")))
    parts = [part for title in titles for part in (between, *(node.deepcopy() for node in title.children))]
    return nodes.paragraph("", "", nodes.Text(str(_("Other work: "))), *parts[1:])


def _is_kept(node: nodes.Element, portfolio: Portfolio, view: View) -> bool:
    match node:
        case nodes.list_item():
            return not _is_excluded(node, portfolio, view)
        case nodes.section():
            title = node.next_node(nodes.title)
            if title is None or title.parent is not node:
                return True
            return not _is_excluded(title, portfolio, view) and not _describes_excluded(node, portfolio, view)
        case folio_entry():
            entry = portfolio.find(node["objtype"], node["key"])
            return entry is None or is_included(portfolio, view, entry)
    return True


def _is_excluded(node: nodes.Element, portfolio: Portfolio, view: View) -> bool:
    """Return whether a node refers to objects of the checked types, and a view includes none of them.

    If the node refers to projects or highlights, its references to skills are ignored. Types that the view leaves out
    are checked, too, except evidence, which proves what the node says.
    """
    checked_types = CHECKED_TYPES | view.without - {"evidence"}
    keys = ((objtype, key) for objtype, key in _references(node) if objtype in checked_types)
    found = [entry for objtype, key in keys if (entry := portfolio.find(objtype, key))]
    checked: list[Entry] = [entry for entry in found if entry.objtype != "skill"] or found
    return bool(checked) and not any(is_included(portfolio, view, entry) for entry in checked)


def _describes_excluded(section: nodes.section, portfolio: Portfolio, view: View) -> bool:
    """Return whether a section is about an entry, which its title names, and a view does not include what is in it."""
    content = (node for node in section.children if not isinstance(node, nodes.title | nodes.Invisible))
    first = next(content, None)
    if not isinstance(first, folio_entry) or any(isinstance(node, folio_fact) for node in first.children):
        return False
    if any(has_class(node, "folio-named") for node in first.children):
        return False
    return not any(_is_kept(entry, portfolio, view) for entry in section.findall(folio_entry))


def _skills_of(node: nodes.Node, portfolio: Portfolio) -> Iterator[str]:
    """Yield the keys of the skills that a node refers to, and of those that the objects show that it refers to."""
    for objtype, key in _references(node):
        entry = portfolio.find(objtype, key)
        yield from (key,) if objtype == "skill" else entry.shown_skills() if entry else ()


def _references(node: nodes.Node) -> Iterator[tuple[str, str]]:
    """Yield the type and the key of each object that a node refers to, in prose or by a tag."""
    for reference in node.findall(addnodes.pending_xref):
        if reference.get("refdomain") == "folio":
            yield reference["reftype"], reference["reftarget"]
    for listing in node.findall(folio_listing):
        keys: tuple[str, ...] = listing.get("keys", ())
        yield from (("skill", key) for key in keys)


def _remove(node: nodes.Element) -> None:
    """Remove a node; with the last of several entries, the line before them too if that ends with a colon."""
    parent, index = node.parent, node.parent.index(node)
    follows = index + 1 < len(parent) and isinstance(parent[index + 1], folio_entry)
    is_announced = isinstance(node, folio_entry) and index > 0 and not follows and _announces(parent[index - 1])
    del parent[index - is_announced : index + 1]


def _announces(node: nodes.Node) -> bool:
    return isinstance(node, nodes.paragraph) and node.astext().rstrip().endswith((":", "："))


def _remove_emptied(parent: nodes.Element, emptied: nodes.Element) -> None:
    """Remove a list or a container that has become empty, and the line before it if that ends with a colon."""
    index = parent.index(emptied)
    has_introduction = index > 0 and _announces(parent[index - 1])
    del parent[index - has_introduction : index + 1]
