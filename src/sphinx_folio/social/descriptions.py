"""Choose the description of a page: the first sentences of its prose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio._common.formula_text import with_formulas
from sphinx_folio._common.i18n import _
from sphinx_folio._common.trees import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_WIDTH = 155
"""The width of a description that search engines show, in characters; a CJK character counts as two."""
MIN_WIDTH = 24
"""Narrower paragraphs are labels rather than prose, unless they are sentences."""
MIN_SENTENCE = 12
"""The width of the shortest sentence that describes a page."""
MAX_LINK_SHARE = 0.7
"""Paragraphs with a larger share of characters in links are lists of links rather than prose."""
NON_PROSE = (
    *(nodes.table, nodes.figure, nodes.field_list, nodes.footnote, nodes.topic, nodes.sidebar, nodes.raw),
    nodes.Admonition,
)
GENERATED_CLASSES = {
    *("folio-usages", "folio-disclosure", "folio-evidence", "folio-key-figure"),
    *("folio-cards", "folio-career", "folio-timeline", "folio-entries"),
}
"""The classes of elements that the portfolio generates."""
LEAD = "folio-lead"
"""The class of the headline of a page."""
_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？")
_SENTENCE_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+")
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def description_of(document: nodes.document) -> str:
    """Return the beginning of the first prose paragraph; without prose, the headline, or else the section titles."""
    for paragraph in document.findall(nodes.paragraph):
        text = " ".join(with_formulas(paragraph).split())
        least = MIN_SENTENCE if text.endswith(_SENTENCE_ENDS) else MIN_WIDTH
        if _is_prose(paragraph) and _width(text) >= least:
            return truncate(text)
    for paragraph in document.findall(nodes.paragraph):
        if LEAD in paragraph["classes"]:
            return truncate(" ".join(with_formulas(paragraph).split()))
    return truncate(str(_(", ")).join(dict.fromkeys(_headings(document))))


def _is_prose(paragraph: nodes.paragraph) -> bool:
    """Return whether a paragraph is prose of the author, not facts, links or generated text."""
    if any(name.startswith("folio-") for name in paragraph["classes"]):
        return False
    for parent in ancestors(paragraph):
        if isinstance(parent, NON_PROSE) or GENERATED_CLASSES & set(parent.get("classes", ())):
            return False
    linked = sum(len(reference.astext()) for reference in paragraph.findall(nodes.reference))
    return linked < len(paragraph.astext()) * MAX_LINK_SHARE


def _headings(document: nodes.document) -> Iterator[str]:
    for title in document.findall(nodes.title):
        yield " ".join(with_formulas(title).split())


def truncate(text: str) -> str:
    """Truncate a text to ``MAX_WIDTH``, after a sentence if possible, otherwise after a word."""
    if _width(text) <= MAX_WIDTH:
        return text
    sentences = ""
    for sentence in _SENTENCE_END.split(text):
        space = " " if sentences and not _CJK.match(sentences[-1]) else ""
        if _width(sentences + space + sentence) > MAX_WIDTH:
            break
        sentences += space + sentence
    if _width(sentences) >= MIN_WIDTH:  # not only an abbreviation such as “Dr.”
        return sentences
    while _width(text) >= MAX_WIDTH:
        text = text.rpartition(" ")[0] if " " in text[-20:] else text[:-1]
    return text.rstrip(" ，,、；;：:") + "…"


def _width(text: str) -> int:
    return len(text) + len(_CJK.findall(text))
