"""Collect the mentions of a page: the blocks of prose that name skills, and sections tagged with skills.

Other modules use :func:`enclosing_entry` and :func:`only_conditions`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_folio._common.trees import ancestors
from sphinx_folio.doctree.elements import is_entry
from sphinx_folio.doctree.nodes import folio_entry, folio_listing
from sphinx_folio.doctree.text import marked_title, section_title
from sphinx_folio.portfolio.records import KEY_PATTERN, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_folio.portfolio.records import MarkedText

BLOCKS = (nodes.list_item, nodes.paragraph, nodes.entry, nodes.definition_list_item, nodes.title, nodes.rubric)
"""The types of nodes that can be the block of a mention."""
_INDEX_ANCHOR = re.compile(r"index-\d+")
"""An anchor of an index entry above a block; its number changes when an entry is added before it."""


def collect_mentions(docname: str, document: nodes.document) -> list[Mention]:
    """Return the mentions of a page, except mentions of a skill in its own entry; add ids to the blocks.

    Args:
        docname: The name of the page.
        document: The page, which is modified.
    """
    found: dict[tuple[str, str], Mention] = {}
    for reference in document.findall(addnodes.pending_xref):
        if not _is_mention(reference) or isinstance(reference.parent, nodes.substitution_definition):
            continue
        owner = enclosing_entry(reference)
        key = reference["reftarget"]
        if owner is not None and (owner["objtype"], owner["key"]) == ("skill", key):
            continue
        node_id, heading, marked = _locate(document, reference)
        only = only_conditions(reference)
        mention = Mention(skill=key, docname=docname, node_id=node_id, heading=heading, marked=marked, only=only)
        found.setdefault((key, node_id), mention)
    for listing in document.findall(folio_listing):
        for mention in _tags_of_section(docname, listing) if listing["kind"] == "skill-tags" else ():
            found.setdefault((mention.skill, mention.node_id), mention)
    return list(found.values())


def _tags_of_section(docname: str, tags: folio_listing) -> Iterator[Mention]:
    """Yield a mention for each skill with which an author has tagged a section, or the page if it has none."""
    section = next((parent for parent in ancestors(tags) if isinstance(parent, nodes.section)), None)
    is_page = section is None or isinstance(section.parent, nodes.document)
    node_id = "" if section is None or is_page else _own_id(section)
    heading = section_title(section) if section is not None else ""
    marked = marked_title(section) if section is not None else None
    keys: tuple[str, ...] = tags.get("keys", ())
    for key in keys:
        only = only_conditions(tags)
        yield Mention(skill=key, docname=docname, node_id=node_id, heading=heading, marked=marked, only=only)


def _own_id(block: nodes.Element) -> str:
    """Return the first id of a block that does not belong to an index entry above it, or an empty string."""
    return next((str(name) for name in block["ids"] if not _INDEX_ANCHOR.fullmatch(name)), "")


def _is_mention(reference: addnodes.pending_xref) -> bool:
    """Return whether a reference is a role for a skill in prose, not a tag."""
    return reference.get("refdomain") == "folio" and reference["reftype"] == "skill" and not reference.get("tag")


def _locate(document: nodes.document, node: addnodes.pending_xref) -> tuple[str, str, MarkedText | None]:
    """Return the anchor of the block around a reference, the title of the section, and what is marked in it.

    In the description of a function, a class or a command, its name is the title.

    The block is the innermost node in ``BLOCKS``, with these exceptions: for a paragraph in a list item or table cell,
    it is the item or cell; for a title, the section; inside a highlight, the highlight. An id is added to a block that
    has none of its own.
    """
    block: nodes.Element | None = None
    heading, marked = "", None
    for parent in ancestors(node):
        if is_entry(parent, "highlight"):
            block = parent
        elif block is None and isinstance(parent, BLOCKS):
            block = parent.parent if isinstance(parent, nodes.title) else parent
        elif isinstance(block, nodes.paragraph) and isinstance(parent, nodes.list_item | nodes.entry):
            block = parent
        if not heading:
            heading = _title_of(parent)
            marked = marked_title(parent) if heading and isinstance(parent, nodes.section) else None
    if block is None:
        return "", heading, marked
    if isinstance(block, folio_entry):  # its id may be on the section, see collect.records
        return str(block["node_id"]), heading, marked
    node_id = _own_id(block)
    if not node_id:
        # If the block names several skills, the alphabetically first key is used, because the order of the skills in
        # the sentence differs between languages.
        keys = (reference["reftarget"] for reference in block.findall(addnodes.pending_xref) if _is_mention(reference))
        key = min(filter(KEY_PATTERN.fullmatch, keys), default="unknown")
        number = 1
        while (node_id := f"mention_{key}" + (f"-{number}" if number > 1 else "")) in document.ids:
            number += 1
        block["ids"].insert(0, node_id)
        document.set_id(block)
    return node_id, heading, marked


def _title_of(element: nodes.Element) -> str:
    """Return the title of a section, or the name of what is described, such as ``Ship.dock``; empty for others."""
    if isinstance(element, nodes.section):
        return section_title(element)
    signature = element.next_node(addnodes.desc_signature) if isinstance(element, addnodes.desc) else None
    if signature is None:
        return ""
    name = signature.next_node(addnodes.desc_name)
    return str(signature.get("fullname") or (name.astext() if name else ""))


def enclosing_entry(node: nodes.Node) -> folio_entry | None:
    """Return the innermost entry around a node, or None."""
    return next((parent for parent in ancestors(node) if isinstance(parent, folio_entry)), None)


def only_conditions(node: nodes.Node) -> tuple[str, ...]:
    """Return the expressions of the ``only`` directives around a node."""
    return tuple(str(parent["expr"]) for parent in ancestors(node) if isinstance(parent, addnodes.only))
