"""The text of nodes as records keep it: what is shown, in one piece, with marks for names that other pages hold."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx import addnodes

from sphinx_folio.doctree.nodes import folio_entry, folio_fact, folio_listing, folio_sketch
from sphinx_folio.portfolio.model import reference_mark

_HERE = "\ue002"
_EMPTY_BRACKETS = re.compile(r"\s*[(（]\s*[)）]")
_SENTENCE_END = re.compile(r"(?<=[。！？；!?])|(?<=[.;])\s+|\n\n")

UNSEEN = (
    nodes.raw,
    nodes.Invisible,
    nodes.system_message,
    addnodes.only,
    addnodes.index,
    folio_entry,
    folio_fact,
    folio_listing,
    folio_sketch,
)
OWN_CLASSES = {"folio-line", "folio-facts", "folio-tags"}
"""What an entry adds to the text that its author wrote."""


def text_of(node: nodes.Element, here: addnodes.pending_xref | None = None) -> str:
    """Return the text of a node, with marks for the names of objects, and one before a reference if asked for."""
    return "" if _is_unseen(node) else _text_of(node, here)


def _text_of(node: nodes.Node, here: addnodes.pending_xref | None) -> str:
    """Return what ``astext`` would, without copying the node first: pages have many."""
    if isinstance(node, nodes.Text):
        return node.astext()
    if not isinstance(node, nodes.Element) or isinstance(node, nodes.image):
        return ""
    prefix = _HERE if node is here else ""
    if isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "folio" and not node.get("refexplicit"):
        return prefix + reference_mark(node["reftype"], node["reftarget"])
    seen = (child for child in node.children if not _is_unseen(child))
    return prefix + node.child_text_separator.join(_text_of(child, here) for child in seen)


def _is_unseen(node: nodes.Node) -> bool:
    """Tell whether a node is no part of the text around it: not shown, not in every builder, or an entry of its own."""
    if isinstance(node, nodes.Element) and OWN_CLASSES & set(node.get("classes", ())):
        return True
    return isinstance(node, UNSEEN)


def sentence_of(block: nodes.Element, reference: addnodes.pending_xref) -> str:
    """Return the sentence of a block in which a reference stands."""
    for sentence in _SENTENCE_END.split(text_of(block, reference)):
        if sentence and _HERE in sentence:
            return " ".join(sentence.replace(_HERE, "").split()).rstrip("；;")
    return ""


def title_of_section(section: nodes.section) -> str:
    """Return a section's title, without what is marked as another language: the same name once more, in brackets."""
    title = section.next_node(nodes.title)
    if title is None:
        return ""
    copy = title.deepcopy()
    for aside in list(copy.findall(_is_aside)):
        aside.parent.remove(aside)
    return _EMPTY_BRACKETS.sub("", text_of(copy)).strip()


def _is_aside(node: nodes.Node) -> bool:
    return isinstance(node, nodes.inline) and any(name.startswith("language-") for name in node["classes"])
