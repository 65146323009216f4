"""Formulas as MathML, converted during the build: add ``sphinx_folio.formulas`` to ``extensions`` of any Sphinx site.

Browsers show MathML without a script or a font of their own. The converter is that of docutils. The source of a formula
that it cannot convert is shown as code, with a warning.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import _ as of_sphinx
from sphinx.util.math import get_node_equation_number

from sphinx_folio import __version__
from sphinx_folio._common.i18n import __
from sphinx_folio._common.mathml import FormulaError, to_mathml
from sphinx_folio._common.settings import declare
from sphinx_folio._common.static_files import copy_static
from sphinx_folio._common.warnings import Subtype, warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

NAME = "folio"
"""The name of the renderer, for the setting ``html_math_renderer``."""
STYLES = "folio-formulas.css"
STATIC = Path(__file__).parent / "static"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the renderer, which Sphinx prefers to its own one for MathJax."""
    declare(app, ())
    app.setup_extension("sphinx_folio._common.unique_ids")
    app.setup_extension("sphinx_folio._common.epub")
    app.setup_extension("sphinx_folio._common.static_files")
    app.add_html_math_renderer(NAME, (_visit_inline, None), (_visit_block, None))
    app.connect("builder-inited", _copy_styles)
    app.connect("html-page-context", _add_styles)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def _mathml(node: nodes.math | nodes.math_block) -> str:
    """Return the MathML of a formula; an empty string, with a warning, if it cannot be converted."""
    try:
        return to_mathml(node.astext(), is_block=isinstance(node, nodes.math_block))
    except FormulaError as error:
        message = __("the formula cannot be converted to MathML: %s; the page shows its source")
        warn(Subtype.INVALID_FORMULA, message, str(error), location=node)
        return ""


def _visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula within a line."""
    markup = _mathml(node)
    tag = "span" if markup else "code"
    self.body.append(self.starttag(node, tag, "", CLASS="math notranslate"))
    self.body.append(f"{markup or self.encode(node.astext())}</{tag}>")
    raise nodes.SkipNode


def _visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula of its own, with its number if it has a label."""
    markup = _mathml(node) or f"<pre>{self.encode(node.astext())}</pre>"
    self.body.append(self.starttag(node, "div", "", CLASS="math folio-formula notranslate"))
    self.body.append(f'<div class="folio-scroll">{markup}</div>')
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, of_sphinx("Link to this equation"))
        self.body.append("</span>")
    self.body.append("</div>\n")
    raise nodes.SkipNode


def _copy_styles(app: Sphinx) -> None:
    if app.builder.format == "html":
        copy_static(app, STATIC / STYLES)


def _add_styles(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link the style sheet from a page with formulas."""
    if context.get("has_maths_elements"):
        app.add_css_file(STYLES)
