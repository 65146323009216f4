"""Formulas as MathML, converted during the build: add ``sphinx_folio.formulas`` to ``extensions`` of any Sphinx site.

Browsers show MathML without a script or a font of their own. The converter is that of docutils. The source of a formula
that it cannot convert is shown as code, with a warning.
"""

from __future__ import annotations

import re
from functools import cache
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import _ as of_sphinx
from sphinx.util.fileutil import copy_asset
from sphinx.util.math import get_node_equation_number

from sphinx_folio import __version__
from sphinx_folio._common.i18n import __
from sphinx_folio._common.settings import declare
from sphinx_folio._common.warnings import Subtype, warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

NAME = "folio"
"""The name of the renderer, for the setting ``html_math_renderer``."""
STYLES = "folio-formulas.css"
STATIC = Path(__file__).parent / "static"
_NUMBERED = re.compile(r"\s*\\begin\{((?:align|equation|gather|multline)\*?)\}(.*)\\end\{\1\}\s*", re.DOTALL)
"""An environment of LaTeX for a formula of its own, as the MyST extension ``amsmath`` reads it."""
_UNUSED = re.compile(r"\\label\{[^}]*\}|\\(?:nonumber|notag)\b")
"""Commands about numbers of equations, which Sphinx gives."""
_SPLIT = re.compile(r"\\(begin|end)\{split\}")
_SPACE = re.compile(r"\\\\\*?[ \t]*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]")
"""The end of a row with additional space below it, which the converter does not know."""
_DOTS = re.compile(r"\\dots[co]?(?![A-Za-z])")
"""Low dots of amsmath, which the converter knows by another name."""
_INDENTATION = re.compile(r">\n\s*<")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the renderer, which Sphinx prefers to its own one for MathJax."""
    declare(app, ())
    app.add_html_math_renderer(NAME, (_visit_inline, None), (_visit_block, None))
    app.connect("builder-inited", _copy_styles)
    app.connect("html-page-context", _add_styles)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


class FormulaError(ValueError):
    """A formula cannot be converted; the message gives the reason."""


@cache
def to_mathml(source: str, *, is_block: bool) -> str:
    """Return a formula as MathML.

    Args:
        source: The formula in LaTeX; in a block, an empty line begins another row.
        is_block: Whether the formula stands in a block of its own.

    Raises:
        FormulaError: The converter does not know a command, or the syntax is wrong.
    """
    from docutils.utils.math.latex2mathml import tex2mathml  # noqa: PLC0415  pages without formulas do without it

    if is_block:
        enclosed = _NUMBERED.fullmatch(source)
        source = _UNUSED.sub("", enclosed[2] if enclosed else source)
        source = r" \\ ".join(filter(str.strip, source.split("\n\n")))
    # Before docutils 0.22, the parameter has another name.
    kind = {"as_block": is_block} if "as_block" in signature(tex2mathml).parameters else {"inline": not is_block}
    source = _DOTS.sub(r"\\ldots ", source)
    source = _SPACE.sub(r"\\\\", _SPLIT.sub(r"\\\1{aligned}", source))
    try:
        markup = str(tex2mathml(source, **kind))
    except (SyntaxError, ValueError) as error:
        raise FormulaError(str(error).rstrip(".!")) from error
    except Exception as error:  # for wrong input, the converter also raises IndexError, AttributeError and others
        raise FormulaError(str(__("check its braces, “&”, “_” and “^”"))) from error
    return _INDENTATION.sub("><", markup).replace("&ApplyFunction;", "\u2061")  # XML, such as EPUB, has no such name


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
        copy_asset(STATIC / STYLES, Path(app.outdir, "_static"), force=True)


def _add_styles(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link the style sheet from a page with formulas."""
    if context.get("has_maths_elements"):
        app.add_css_file(STYLES)
