"""Mermaid diagrams as inline SVG, rendered during the build: add ``sphinx_folio.diagrams`` to ``extensions``.

The extension works on any Sphinx site. It replaces the directive ``mermaid`` and the HTML output of
sphinxcontrib-mermaid. Pages contain an inline SVG instead of a script. It follows the color scheme of the page, also in
print, and its text can be searched and translated. If Merman, the library that renders diagrams, is not installed,
pages contain the source instead, and a script that is served with the site renders it in the browser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio._common.advice import how_to_install

try:
    from sphinxcontrib.mermaid import mermaid
except ModuleNotFoundError as error:
    message = f"{error}; {how_to_install('diagrams')}"
    raise ModuleNotFoundError(message, name=error.name) from None

from sphinx_folio import __version__
from sphinx_folio._common.settings import declare
from sphinx_folio.diagrams.directive import MermaidDirective
from sphinx_folio.diagrams.output import (
    SETTINGS,
    ReplaceDiagramsWithText,
    add_scripts_if_needed,
    choose_renderer,
    copy_static_files,
    visit_diagram_html,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

ENV_VERSION = 1
"""Increase it when the doctrees of diagrams change: Sphinx then reads all pages again."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load sphinxcontrib-mermaid and replace its directive and its HTML output."""
    app.setup_extension("sphinxcontrib.mermaid")
    app.setup_extension("sphinx_folio._common.epub")
    app.setup_extension("sphinx_folio._common.static_files")
    app.config.mermaid_output_format = "svg"  # with the default, "raw", it loads Mermaid from a CDN on every page
    declare(app, SETTINGS)
    app.connect("config-inited", choose_renderer)
    app.add_directive("mermaid", MermaidDirective, override=True)
    app.add_post_transform(ReplaceDiagramsWithText)
    app.add_node(mermaid, override=True, html=(visit_diagram_html, None))
    app.connect("builder-inited", copy_static_files)
    app.connect("html-page-context", add_scripts_if_needed)
    app.add_css_file("folio-diagrams.css")
    return {
        "version": __version__,
        "env_version": ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
