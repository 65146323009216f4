"""The passages of a page that name skills: the blocks that deep links lead to, and the sentence in each."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from sphinx_folio.doctree.nodes import folio_entry
from sphinx_folio.doctree.text import sentence_of, title_of_section
from sphinx_folio.portfolio.records import (
    KEY_FORM,
    Mention,
)

BLOCKS = (nodes.list_item, nodes.paragraph, nodes.entry, nodes.definition_list_item, nodes.title, nodes.rubric)
"""What a deep link to a passage leads to: the smallest of these around it."""


def mentions_of(docname: str, document: nodes.document) -> list[Mention]:
    """Return the blocks of prose that name skills; within a skill's own entry, the skill is not listed."""
    found: dict[tuple[str, str], Mention] = {}
    for reference in document.findall(addnodes.pending_xref):
        if not _is_mention(reference):
            continue
        owner = owner_of(reference)
        key = reference["reftarget"]
        if owner is not None and (owner["objtype"], owner["key"]) == ("skill", key):
            continue
        place, heading, sentence = _place(document, reference)
        only = conditions_of(reference)
        mention = Mention(skill=key, docname=docname, node_id=place, heading=heading, text=sentence, only=only)
        found.setdefault((key, place), mention)
    return list(found.values())


def _is_mention(reference: addnodes.pending_xref) -> bool:
    """Tell whether a reference names a skill in prose."""
    return reference.get("refdomain") == "folio" and reference["reftype"] == "skill" and not reference.get("tag")


def _place(document: nodes.document, node: addnodes.pending_xref) -> tuple[str, str, str]:
    """Return the id of the block around a reference, made if there is none, its section's title and the sentence."""
    block: nodes.Element | None = None
    heading = ""
    parent: nodes.Element | None = node.parent
    while parent is not None:
        if isinstance(parent, folio_entry) and parent["objtype"] == "highlight":
            block = parent
        elif block is None and isinstance(parent, BLOCKS):
            block = parent.parent if isinstance(parent, nodes.title) else parent
        elif isinstance(block, nodes.paragraph) and isinstance(parent, nodes.list_item | nodes.entry):
            block = parent
        if isinstance(parent, nodes.section) and not heading:
            heading = title_of_section(parent)
        parent = parent.parent
    if block is None:
        return "", heading, ""
    if isinstance(block, folio_entry):  # its id may be on the section that it opens
        return str(block["node_id"]), heading, sentence_of(block, node)
    if not block["ids"]:
        # Of the skills that it names, the first by key: their order in the sentence differs between languages.
        named = (reference["reftarget"] for reference in block.findall(addnodes.pending_xref) if _is_mention(reference))
        key = min(filter(KEY_FORM.fullmatch, named), default="unknown")
        number = 1
        while (node_id := f"mention_{key}" + (f"-{number}" if number > 1 else "")) in document.ids:
            number += 1
        block["ids"].append(node_id)
        document.set_id(block)
    in_title = isinstance(block, nodes.section)
    return str(block["ids"][0]), heading, "" if in_title else sentence_of(block, node)


def owner_of(node: nodes.Node) -> folio_entry | None:
    """Return the entry that a node is part of."""
    parent: nodes.Element | None = node.parent
    while parent is not None and not isinstance(parent, folio_entry):
        parent = parent.parent
    return parent


def conditions_of(node: nodes.Node) -> tuple[str, ...]:
    """Return the conditions around a node (Sphinx's directive ``only``)."""
    found = []
    parent: nodes.Element | None = node.parent
    while parent is not None:
        if isinstance(parent, addnodes.only):
            found.append(str(parent["expr"]))
        parent = parent.parent
    return tuple(found)
