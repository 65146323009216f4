"""Replace marks that pdfLaTeX cannot set; Sphinx does so for ✓ and → only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

REPLACEMENTS: Mapping[str, nodes.Node] = {
    "○": nodes.math("", r"\circ"),
    "◔": nodes.Text("¼"),
    "◑": nodes.Text("½"),
    "◕": nodes.Text("¾"),
    "●": nodes.math("", r"\bullet"),
    "✗": nodes.math("", r"\times"),
}
"""Mark → a symbol that every LaTeX has."""
_MARK = re.compile(f"([{''.join(REPLACEMENTS)}])")


class ReplaceMarks(SphinxPostTransform):
    """Replace the marks on a page."""

    default_priority = 900  # after listings are filled and dead links marked
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Replace all marks, except in preformatted text, unless LaTeX has the fonts of the system."""
        if self.config.latex_engine != "pdflatex":
            return
        for text in list(self.document.findall(nodes.Text)):
            if _MARK.search(text) and not isinstance(text.parent, nodes.FixedTextElement | nodes.literal | nodes.raw):
                text.parent.replace(text, list(_replaced(text)))


def _replaced(text: nodes.Text) -> Iterator[nodes.Node]:
    for part in filter(None, _MARK.split(text)):
        yield REPLACEMENTS[part].deepcopy() if part in REPLACEMENTS else nodes.Text(part)
