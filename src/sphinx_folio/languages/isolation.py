"""Keep names and numbers whole on pages that are written from right to left: C++, .NET, -5.

A browser orders the marks beside such a text by the direction of the page, and would show ++C.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_folio._common.bidi import WITH_MARKS
from sphinx_folio._common.i18n import direction
from sphinx_folio._common.trees import ancestors, set_parents

CLASS = "folio-ltr"


class IsolateNames(SphinxPostTransform):
    """Isolate such names and numbers from the text around them."""

    default_priority = 890  # before line breaks are set, at 900
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Process the texts of a page, except code."""
        if direction(self.config.language) != "rtl":
            return
        set_parents(self.document)
        for text in list(self.document.findall(nodes.Text)):
            if WITH_MARKS.search(text.astext()) and not _is_verbatim(text):
                text.parent.replace(text, _isolated(text.astext()))


def _is_verbatim(text: nodes.Text) -> bool:
    return any(
        isinstance(parent, nodes.literal | nodes.FixedTextElement | nodes.Invisible) for parent in ancestors(text)
    )


def _isolated(text: str) -> list[nodes.Node]:
    """Return a text as nodes, with its names and numbers in nodes of their own."""
    parts: list[nodes.Node] = []
    end = 0
    for match in WITH_MARKS.finditer(text):
        parts += [nodes.Text(text[end : match.start()]), nodes.inline("", match[0], classes=[CLASS])]
        end = match.end()
    return [part for part in (*parts, nodes.Text(text[end:])) if part.astext()]
