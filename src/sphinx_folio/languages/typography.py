"""Remove line breaks between Han characters, which browsers would show as spaces."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_folio._common.cjk import FULL_WIDTH, HAN_CHARACTERS
from sphinx_folio._common.trees import set_parents

_WIDE = f"{HAN_CHARACTERS}{FULL_WIDTH}"
_WIDE_OR_QUOTE = f"{_WIDE}\u2014\u2018\u2019\u201c\u201d\u2026"
"""Also dashes, quotation marks and ellipses, which are full-width next to Han characters but not in English text."""

_WRAPPED = re.compile(
    rf"(?<=[{_WIDE}])[ \t]*\n[ \t]*(?=[{_WIDE_OR_QUOTE}])|(?<=[{_WIDE_OR_QUOTE}])[ \t]*\n[ \t]*(?=[{_WIDE}])"
)


class JoinWrappedLines(SphinxTransform):
    """Remove line breaks of the source between two Han characters or full-width punctuation.

    Priority 30: after Sphinx has applied translations (20).
    """

    default_priority = 30

    def apply(self, **kwargs: Any) -> None:
        """Process the blocks of a page, except literal blocks."""
        set_parents(self.document)
        for block in list(self.document.findall(nodes.TextElement)):
            if isinstance(block, nodes.Inline | nodes.FixedTextElement):
                continue
            leaves = [leaf for leaf in block.findall(nodes.Text) if not isinstance(leaf.parent, nodes.literal)]
            joined = "".join(map(str, leaves))
            breaks = {index for match in _WRAPPED.finditer(joined) for index in range(match.start(), match.end())}
            if breaks:
                _drop(leaves, breaks)


def _drop(leaves: list[nodes.Text], breaks: set[int]) -> None:
    """Remove characters from a block; ``breaks`` are their positions in the joined text of the leaves."""
    start = 0
    for leaf in leaves:
        text = str(leaf)
        kept = "".join(character for index, character in enumerate(text, start) if index not in breaks)
        start += len(text)
        if kept != text:
            leaf.parent.replace(leaf, nodes.Text(kept) if kept else [])
