"""Write diagrams to pages: as SVG, as source for a script, or as text, depending on the renderer and the builder."""

from __future__ import annotations

from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import ConfigError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.mermaid import mermaid

from sphinx_folio._common.advice import how_to_install
from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.output_pages import is_for_browsers
from sphinx_folio._common.settings import Setting, setting_error, unknown_word
from sphinx_folio._common.static_files import copy_static, need
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.diagrams.drawing import can_draw, draw

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

RENDERERS = ("auto", "drawn", "script")
STATIC = Path(__file__).parent / "static"


def _check_renderer(value: Any) -> str:
    return "" if value in RENDERERS else str(__("unknown renderer %s")) % unknown_word(value, RENDERERS)


SETTINGS = (
    Setting(
        name="folio_diagram_renderer",
        default="auto",
        rebuild="env",
        types=(str,),
        description=mark("How diagrams are rendered: drawn (during the build), script (in the browser) or auto."),
        example='"auto"',
        check=_check_renderer,
    ),
)


def choose_renderer(app: Sphinx, config: Config) -> None:
    """Replace ``auto`` by ``drawn`` if Merman is installed, otherwise by ``script``.

    Raises:
        ConfigError: The library that the renderer needs is not installed.
    """
    if config.folio_diagram_renderer == "auto":
        config.folio_diagram_renderer = "drawn" if can_draw() else "script"
    if config.folio_diagram_renderer == "drawn" and not can_draw():
        problem = str(__("'drawn' needs merman; %s")) % how_to_install("diagrams")
        raise setting_error(config, "folio_diagram_renderer", problem)
    if config.folio_diagram_renderer == "script" and find_spec("mermaidx") is None:
        raise ConfigError(str(__("diagrams need merman or mermaidx; %s")) % how_to_install("diagrams"))


def visit_diagram_html(self: HTML5Translator, node: nodes.Element) -> None:
    """Write a diagram as SVG; write its source if a script renders it or if it is invalid."""
    alt_text = node.get("alt", "")
    if self.config.folio_diagram_renderer == "script":
        attributes: dict[str, Any] = {"role": "img", "aria-label": alt_text} if alt_text else {}
        self.body.append(self.starttag(node, "pre", "", CLASS="mermaid folio-diagram-source", **attributes))
        self.body.append(f"{self.encode(node['code'])}</pre>\n")
        raise nodes.SkipNode
    try:
        svg = draw(node["code"], _next_id_prefix(self), alt_text)
    except ValueError as error:
        if not node.get("broken"):  # the directive has not reported it yet
            warn(Subtype.INVALID_DIAGRAM, __("invalid diagram: %s"), str(error), location=node)
        self.body.append(f'<pre class="folio-diagram-source">{self.encode(node["code"])}</pre>\n')
        raise nodes.SkipNode from error
    self.body.append(self.starttag(node, "div", "", CLASS="folio-diagram-box"))
    self.body.append(f"{svg}</div>\n")
    raise nodes.SkipNode


class ReplaceDiagramsWithText(SphinxPostTransform):
    """Replace diagrams by their alternative text in formats without SVG, or by their source if they have none."""

    formats = ("latex", "text", "man", "texinfo")
    default_priority = 50

    def run(self, **kwargs: Any) -> None:
        """Replace all diagrams of the page."""
        for node in list(self.document.findall(mermaid)):
            alt_text, source = node.get("alt", ""), node["code"]
            text = nodes.paragraph(alt_text, alt_text) if alt_text else nodes.literal_block(source, source)
            node.replace_self(text)


def _next_id_prefix(translator: HTML5Translator) -> str:
    """Return a prefix for ids that is unique on the page and the same in every language."""
    count = getattr(translator, "folio_diagrams", 0) + 1
    translator.folio_diagrams = count  # type: ignore[attr-defined]  # there is one translator per page
    return f"drawn-{count}"


def copy_static_files(app: Sphinx) -> None:
    """Copy the style sheet and, if diagrams are rendered in the browser, the scripts to ``_static``."""
    if app.builder.format != "html":
        return
    copy_static(app, STATIC / "folio-diagrams.css")
    if is_for_browsers(app.builder) and app.config.folio_diagram_renderer == "script":
        copy_static(app, STATIC / "folio-diagrams.js")
        script = files("mermaidx") / "assets" / "mermaid.js"
        Path(app.outdir, "_static", "mermaid.js").write_bytes(script.read_bytes())
        need(app, "mermaid.js")


def add_scripts_if_needed(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the scripts to a page with diagrams that are rendered in the browser."""
    if not is_for_browsers(app.builder):
        return
    if app.config.folio_diagram_renderer == "script" and doctree and next(doctree.findall(mermaid), None):
        app.add_js_file("mermaid.js", loading_method="defer")
        app.add_js_file("folio-diagrams.js", loading_method="defer")
