"""The plain text of nodes for records: the text that the author wrote, with placeholders for names and titles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import clean_astext

from sphinx_folio._common.formula_text import formula_text, is_formula
from sphinx_folio.doctree.elements import LANGUAGE
from sphinx_folio.doctree.nodes import folio_entry, folio_fact, folio_listing, folio_sketch
from sphinx_folio.doctree.references import reference_placeholder, shows_target
from sphinx_folio.portfolio.model import name_placeholder
from sphinx_folio.portfolio.records import MarkedText

if TYPE_CHECKING:
    from collections.abc import Iterator

_EMPTY_BRACKETS = re.compile(r"\s*[(（]\s*[)）]")

SKIPPED_NODES = (
    nodes.raw,
    nodes.Invisible,
    nodes.generated,
    nodes.system_message,
    addnodes.only,
    addnodes.index,
    folio_entry,
    folio_fact,
    folio_listing,
    folio_sketch,
)
"""Nodes whose text is not part of the text around them: invisible, not in all builders, or a separate record field."""
GENERATED_CLASSES = {"folio-line", "folio-facts", "folio-tags"}
"""The CSS classes of nodes that directives generate."""


def text_of(node: nodes.Element) -> str:
    """Return the text of a node, with placeholders for the names of objects."""
    return "" if _is_skipped(node) else _text_of(node)


def _text_of(node: nodes.Node) -> str:  # noqa: PLR0911  one for each kind
    """Return the text like ``astext``, but without the skipped nodes and the marks of notes.

    Copying the node to remove them would be slow.
    """
    if isinstance(node, nodes.Text):  # outside of code, the author has only wrapped the line
        text = node.astext()
        return text if isinstance(node.parent, nodes.FixedTextElement) else text.replace("\n", " ")
    if is_formula(node):
        return formula_text(node.astext())
    if is_line_break(node):
        return "\n"
    if not isinstance(node, nodes.Element) or isinstance(node, nodes.image):
        return ""
    if isinstance(node, addnodes.pending_xref) and (placeholder := _placeholder(node)):
        return placeholder
    texts: list[str] = []
    for child in node.children:
        if isinstance(child, nodes.footnote_reference) or _is_citation(child):
            texts[-1:] = [text.rstrip() for text in texts[-1:]]
        elif not _is_skipped(child):
            texts.append(_text_of(child))
    if isinstance(node, nodes.bullet_list | nodes.enumerated_list):
        return "\n".join(_with_marks(node, texts))
    return node.child_text_separator.join(texts)


def _placeholder(reference: addnodes.pending_xref) -> str:
    """Return the placeholder for what a reference shows; empty if that is its own text."""
    if reference.get("refdomain") == "folio" and not reference.get("refexplicit"):
        return name_placeholder(reference["reftype"], reference["reftarget"])
    return reference_placeholder(reference) if shows_target(reference) else ""


def _with_marks(items: nodes.bullet_list | nodes.enumerated_list, texts: list[str]) -> Iterator[str]:
    """Yield the texts of the items of a list with their marks: a dash or a number; further lines are indented."""
    start = items.get("start", 1) if isinstance(items, nodes.enumerated_list) else None
    for number, text in enumerate(texts, start or 0):
        mark = "- " if start is None else f"{number}. "
        yield mark + re.sub(r"\n+", "\n" + " " * len(mark), text)


def _is_citation(node: nodes.Node) -> bool:
    return isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "citation"


def _is_skipped(node: nodes.Node) -> bool:
    """Return whether the text of a node is not part of the text around it."""
    if isinstance(node, nodes.Element) and GENERATED_CLASSES & set(node.get("classes", ())):
        return True
    return isinstance(node, SKIPPED_NODES) and not is_line_break(node)


def is_line_break(node: nodes.Node) -> bool:
    """Return whether a node is a line break within a paragraph; MyST has no other node for it than HTML."""
    return isinstance(node, nodes.raw) and isinstance(node.parent, nodes.TextElement) and node.astext()[:3] == "<br"


def section_title(section: nodes.section) -> str:
    """Return the title of a section, without text that is marked as another language unless that is the whole title.

    Such text repeats the name in brackets, as in ``大学 ([University]{.language-en})``.
    """
    title = section.next_node(nodes.title)
    if title is None:
        return ""
    copy = title.deepcopy()
    for foreign in list(copy.findall(_is_foreign)):
        foreign.parent.remove(foreign)
    return _EMPTY_BRACKETS.sub("", text_of(copy)).strip() or text_of(title).strip()


def marked_title(section: nodes.section) -> MarkedText | None:
    """Return the text in the title of a section that is marked as another language, or None."""
    title = section.next_node(nodes.title)
    return marked_text(title) if title is not None else None


def marked_text(node: nodes.Element) -> MarkedText | None:
    """Return the first text in a node that is marked as another language, or None; a marked picture has no text."""
    for inner in node.findall(nodes.inline):
        for name in inner["classes"]:
            if name.startswith(LANGUAGE) and (text := clean_astext(inner)):
                return MarkedText(text, name.removeprefix(LANGUAGE))
    return None


def _is_foreign(node: nodes.Node) -> bool:
    """Return whether a node has a class such as ``language-en``."""
    return isinstance(node, nodes.inline) and any(name.startswith(LANGUAGE) for name in node["classes"])
