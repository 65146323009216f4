"""Exclude page metadata, such as ``orphan: true``, and formulas from translation; Sphinx extracts them as messages."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

_WORDS = re.compile(r"\\(?:text|mbox)[a-z]*\s*\{")
"""Commands of LaTeX for words within a formula."""


class ExcludeMetadata(SphinxTransform):
    """Mark the fields at the start of a page, and formulas, as not translatable.

    Priority 5: Sphinx extracts messages from 10 on.
    """

    default_priority = 5

    def apply(self, **kwargs: Any) -> None:
        """Mark the fields before the first visible node, and the blocks with a formula.

        Formulas with words remain in reStructuredText; in Markdown, Sphinx cannot apply translations of such blocks.
        """
        is_restructuredtext = (self.document.get("source") or "").endswith(".rst")
        for formula in self.document.findall(nodes.math_block):
            if not (is_restructuredtext and has_words(formula)):
                formula["translatable"] = False
        for child in self.document.children:
            if isinstance(child, nodes.field_list | nodes.docinfo):
                for node in child.findall(nodes.TextElement):
                    node["translatable"] = False
            elif not isinstance(child, nodes.Invisible):
                return


def has_words(formula: nodes.math | nodes.math_block) -> bool:
    """Return whether a formula contains text, which translators translate."""
    return _WORDS.search(formula.astext()) is not None
