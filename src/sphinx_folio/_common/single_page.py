"""Make the links of the builder ``singlehtml`` point to sections and entries.

Sphinx writes ``#document-page#anchor``, which no browser follows: https://github.com/sphinx-doc/sphinx/issues/14221.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_TWO_ANCHORS = re.compile(r'(?<=href=")#document-[^"#]*(?=#[^"#]+")')


def repair_links(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Remove the page from links to its anchors, in the texts of the page and in its navigation."""
    if app.builder.name != "singlehtml":
        return
    for name, value in [*context.items()]:
        if isinstance(value, str):
            context[name] = repaired(value)
    toctree = context.get("toctree")
    if callable(toctree):
        context["toctree"] = lambda *arguments, **options: repaired(toctree(*arguments, **options))


def repaired(html: str) -> str:
    """Return HTML in which each link within the page has one anchor."""
    return _TWO_ANCHORS.sub("", html)
