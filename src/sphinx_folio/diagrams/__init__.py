"""Mermaid diagrams drawn while building, on any Sphinx site: add ``sphinx_folio.diagrams`` to ``extensions``.

The sources stay in the pages, in the directive of sphinxcontrib-mermaid. What a reader gets is an inline SVG without a
script: it takes the colours of the page, light, dark or printed, and its words can be read, searched and translated.
Where the drawing library cannot be had, a script that is served with the site draws instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxcontrib.mermaid import mermaid

from sphinx_folio import __version__
from sphinx_folio._common.settings import declare
from sphinx_folio.diagrams.directive import MermaidDirective
from sphinx_folio.diagrams.writing import (
    SETTINGS,
    DescribeDiagrams,
    add_script_where_needed,
    choose_renderer,
    copy_static_files,
    visit_diagram_html,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

DRAWING_VERSION = 1
"""Part of the environment's version: pages drawn in another way are written again."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put drawing in the place of sphinxcontrib-mermaid's way to show diagrams; the rest of it stays."""
    app.setup_extension("sphinxcontrib.mermaid")
    app.config.mermaid_output_format = "svg"  # keeps its scripts, which would come from elsewhere, off every page
    declare(app, SETTINGS)
    app.connect("config-inited", choose_renderer)
    app.add_directive("mermaid", MermaidDirective, override=True)
    app.add_post_transform(DescribeDiagrams)
    app.add_node(mermaid, override=True, html=(visit_diagram_html, None))
    app.connect("builder-inited", copy_static_files)
    app.connect("html-page-context", add_script_where_needed)
    app.add_css_file("folio-diagrams.css")
    return {
        "version": __version__,
        "env_version": DRAWING_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
