"""Where lines break in HTML: between parts of long names, not before separators, not in quantities or versions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_folio._common.cjk import HAN_CHARACTERS
from sphinx_folio._common.trees import set_parents
from sphinx_folio.doctree.nodes import folio_breakable

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator

_NAME = r"[!-;=?-~]{16,}"
"""A run of ASCII characters that may be wider than a table cell or a phone."""
_BETWEEN_PARTS = re.compile(r"(?<=\w[/_.-])(?=[A-Za-z])|(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])")
_QUANTITY = rf"(?<![A-Za-z0-9.#])(?:\d[\d.,]* ?(?:个月|小时|分钟|(?!第)[{HAN_CHARACTERS}%]))+"
"""Numbers and their units or counters; in Chinese, mostly the character after it. A no-break space needs no help."""
_VERSION = r"\bv?\d+(?:\.\d+)+-[A-Za-z]\w*|\b\d{4}-\d\d-\d\d\b"
"""The version of a pre-release or a date in figures, which have hyphens."""
_SPACE = " (?=[·|] )"
"""The space before a separator."""
_TEXT = re.compile(f"{_NAME}|{_QUANTITY}|{_VERSION}|{_SPACE}")
_MARKUP = re.compile(f"<[^>]*>|(?P<name>{_NAME})|(?P<quantity>{_QUANTITY}|{_VERSION})|(?P<space>{_SPACE})")


def set_line_breaks(markup: str, opportunity: str = "<wbr/>") -> str:
    """Return HTML with an opportunity for a line break between the parts of names, and none elsewhere in them."""

    def replace(match: re.Match[str]) -> str:
        if match["name"]:
            return _BETWEEN_PARTS.sub(opportunity, match["name"])
        if match["quantity"]:
            return f'<span class="folio-quantity">{match[0]}</span>'
        return "\u00a0" if match["space"] else match[0]

    return _MARKUP.sub(replace, markup)


def visit_folio_breakable_html(self: HTML5Translator, node: folio_breakable) -> None:
    """Write the text. In literals, Sphinx writes each word as a ``span`` that cannot be broken."""
    start = len(self.body)
    self.visit_Text(nodes.Text(node.astext()))
    opportunity = '</span><wbr/><span class="pre">' if self.protect_literal_text else "<wbr/>"
    self.body[start:] = [set_line_breaks("".join(self.body[start:]), opportunity)]
    raise nodes.SkipNode


def mark_breakable(tree: nodes.Element) -> None:
    """Mark the texts in which line breaks have to be set, except preformatted text."""
    set_parents(tree)
    for text in list(tree.findall(nodes.Text)):
        parent = text.parent
        if _TEXT.search(text) and not isinstance(parent, nodes.FixedTextElement | nodes.raw | nodes.math):
            parent.replace(text, folio_breakable("", "", nodes.Text(text)))


class MarkBreakable(SphinxPostTransform):
    """Mark these texts of a page."""

    default_priority = 900  # after listings are filled and references resolved
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Mark the texts of the current page."""
        mark_breakable(self.document)
