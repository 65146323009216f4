"""What a page is about, in a sentence or two of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio._common.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 155
"""How many characters search engines show of a description; a Han character counts for two."""
SHORTEST = 24
"""Below this, a paragraph is a label rather than a sentence."""
MOST_LINKED = 0.7
"""The share of a paragraph that may be links; above, it is an address with its label."""
ELSEWHERE = (nodes.table, nodes.figure, nodes.field_list, nodes.footnote, nodes.topic, nodes.sidebar, nodes.raw)
LISTS = {"folio-usages", "folio-disclosure", "folio-evidence", "folio-key-figure"}
"""What the portfolio adds to a page by itself."""
_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def description_of(document: nodes.document) -> str:
    """Return the first sentences of a page's prose, as many as are shown; without prose, the titles of its sections."""
    for paragraph in document.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if _is_prose(paragraph) and _width(text) >= SHORTEST:
            return shortened(text)
    return shortened(str(_(", ")).join(dict.fromkeys(_headings(document))))


def _is_prose(paragraph: nodes.paragraph) -> bool:
    """Tell whether a paragraph is one that somebody wrote, not a line of facts or of links."""
    if any(name.startswith("folio-") for name in paragraph["classes"]):
        return False
    parent = paragraph.parent
    while parent is not None:
        if isinstance(parent, ELSEWHERE) or LISTS & set(parent.get("classes", ())):
            return False
        parent = parent.parent
    linked = sum(len(reference.astext()) for reference in paragraph.findall(nodes.reference))
    return linked < len(paragraph.astext()) * MOST_LINKED


def _headings(document: nodes.document) -> Iterator[str]:
    for title in document.findall(nodes.title):
        yield " ".join(title.astext().split())


def shortened(text: str) -> str:
    """Return the whole sentences of a text that are shown; if not even one is, as much of it as is."""
    kept = ""
    for sentence in _END.split(text):
        space = " " if kept and not _HAN.match(kept[-1]) else ""
        if _width(kept + space + sentence) > LONGEST:
            break
        kept += space + sentence
    if kept:
        return kept
    while _width(text) >= LONGEST:
        text = text.rpartition(" ")[0] if " " in text[-20:] else text[:-1]
    return text.rstrip(" ，,、；;：:") + "…"


def _width(text: str) -> int:
    return len(text) + len(_HAN.findall(text))
