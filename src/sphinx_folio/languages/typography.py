"""Chinese text as it is set: no space where a line of the source was wrapped between Han characters."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_folio._common.cjk import CHARACTERS, FULL_WIDTH

_WIDE = f"{CHARACTERS}{FULL_WIDTH}"
_BESIDE = f"{_WIDE}\u2014\u2018\u2019\u201c\u201d\u2026"
"""Dashes, quotation marks and dots are set wide beside Han characters; alone they may be English."""

_WRAPPED = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n[ \t]*(?=[{_BESIDE}])|(?<=[{_BESIDE}])[ \t]*\n[ \t]*(?=[{_WIDE}])")


class JoinWrappedLines(SphinxTransform):
    """Take out the line break, which a browser shows as a space, between two Han characters or their punctuation.

    At priority 30, after translations are in (20).
    """

    default_priority = 30

    def apply(self, **kwargs: Any) -> None:
        """Look through the blocks of a page, those left out that show a text as it is written."""
        for block in list(self.document.findall(nodes.TextElement)):
            if isinstance(block, nodes.Inline | nodes.FixedTextElement):
                continue
            leaves = [leaf for leaf in block.findall(nodes.Text) if not isinstance(leaf.parent, nodes.literal)]
            whole = "".join(map(str, leaves))
            breaks = {place for match in _WRAPPED.finditer(whole) for place in range(match.start(), match.end())}
            if breaks:
                _drop(leaves, breaks)


def _drop(leaves: list[nodes.Text], breaks: set[int]) -> None:
    """Take characters out of a block, whose text is spread over its leaves; they are counted over all of it."""
    start = 0
    for leaf in leaves:
        text = str(leaf)
        kept = "".join(character for place, character in enumerate(text, start) if place not in breaks)
        start += len(text)
        if kept != text:
            leaf.parent.replace(leaf, nodes.Text(kept) if kept else [])
