"""The text of nodes as records keep it: what is shown, in one piece, with marks for names that other pages hold."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import clean_astext

from sphinx_folio.model import reference_mark
from sphinx_folio.nodes import folio_entry, folio_fact, folio_listing

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
)
OWN_CLASSES = {"folio-line", "folio-facts", "folio-tags"}
"""What an entry adds to the text that its author wrote."""


def text_of(node: nodes.Element, here: addnodes.pending_xref | None = None) -> str:
    """Return the text of a node, with marks for the names of objects, and one before a reference if asked for."""
    copy = nodes.container("", node.deepcopy())
    references = list(node.findall(addnodes.pending_xref))
    for reference, copied in zip(references, list(copy.findall(addnodes.pending_xref)), strict=True):
        prefix = _HERE if reference is here else ""
        if copied.get("refdomain") == "folio" and not copied.get("refexplicit"):
            copied.replace_self(nodes.Text(prefix + reference_mark(copied["reftype"], copied["reftarget"])))
        elif prefix:
            copied.insert(0, nodes.Text(prefix))
    for unseen in list(copy.findall(_is_unseen)):
        unseen.parent.remove(unseen)
    return clean_astext(copy)


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
