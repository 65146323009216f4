"""Ask once for the translation of the alternative text of an image in a line: ``![alternative text](image.png)``.

The text around it already contains it, or consists of it; Sphinx would extract it a second time, by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_folio._common.trees import ancestors

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_HIDDEN = "folio-alt"
"""The attribute with the alternative text of an image while Sphinx extracts and translates messages."""


class HideRepeatedTexts(SphinxTransform):
    """Hide the alternative texts that are in the text around the image.

    Priority 5: Sphinx extracts messages from 10 on.
    """

    default_priority = 5

    def apply(self, **kwargs: Any) -> None:
        """Process the images of a page."""
        for image in self.document.findall(nodes.image):
            if image.get("alt") and f"![{image['alt']}]" in _text_around(image):
                image[_HIDDEN] = image.attributes.pop("alt")


def restore_texts(app: Sphinx, document: nodes.document) -> None:
    """Restore what is hidden, except for the builder of catalogs, which extracts messages once pages are read."""
    if app.builder.name != "gettext":
        for image in document.findall(nodes.image):
            if _HIDDEN in image:
                image["alt"] = image.attributes.pop(_HIDDEN)


def _text_around(image: nodes.image) -> str:
    """Return the source of the block that contains an image."""
    within = (nodes.reference, nodes.inline, nodes.emphasis, nodes.strong)
    block = next((parent for parent in ancestors(image) if not isinstance(parent, within)), None)
    return block.rawsource if isinstance(block, nodes.TextElement) else ""
