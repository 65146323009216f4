"""Diagrams in the pages: drawn, or left to a script where they cannot be."""

from __future__ import annotations

from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import ConfigError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.fileutil import copy_asset
from sphinxcontrib.mermaid import mermaid

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.settings import Setting, unknown_word
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
        description=mark("Where diagrams are drawn: auto, drawn or script."),
        example='"auto"',
        check=_check_renderer,
    ),
)


def choose_renderer(app: Sphinx, config: Config) -> None:
    """Settle how diagrams are shown: drawn while building if that can be, else by a script in the page.

    Raises:
        ConfigError: What the setting asks for is not installed.
    """
    if config.folio_diagram_renderer == "auto":
        config.folio_diagram_renderer = "drawn" if can_draw() else "script"
    if config.folio_diagram_renderer == "drawn" and not can_draw():
        raise ConfigError(str(__("diagrams are drawn by merman; install it with sphinx-folio[diagrams]")))
    if config.folio_diagram_renderer == "script" and find_spec("mermaidx") is None:
        raise ConfigError(str(__("diagrams need merman or mermaidx; install them with sphinx-folio[diagrams]")))


def visit_diagram_html(self: HTML5Translator, node: nodes.Element) -> None:
    """Write the picture; the source instead where it has been reported as wrong."""
    alternative = node.get("alt", "")
    if self.config.folio_diagram_renderer == "script":
        attributes: dict[str, Any] = {"role": "img", "aria-label": alternative} if alternative else {}
        self.body.append(self.starttag(node, "pre", "", CLASS="mermaid folio-diagram-source", **attributes))
        self.body.append(f"{self.encode(node['code'])}</pre>\n")
        raise nodes.SkipNode
    try:
        picture = draw(node["code"], _next_identifier(self), alternative)
    except ValueError as error:
        if not node.get("broken"):
            warn(Subtype.INVALID_DIAGRAM, __("a diagram cannot be drawn: %s"), str(error), location=node)
        self.body.append(f'<pre class="folio-diagram-source">{self.encode(node["code"])}</pre>\n')
        raise nodes.SkipNode from error
    self.body.append(self.starttag(node, "div", "", CLASS="folio-diagram-box"))
    self.body.append(f"{picture}</div>\n")
    raise nodes.SkipNode


class DescribeDiagrams(SphinxPostTransform):
    """Say in words what a diagram shows where no picture is written, and give its source where nothing says it."""

    formats = ("latex", "text", "man", "texinfo")
    default_priority = 50

    def run(self, **kwargs: Any) -> None:
        """Put the description in the place of each diagram."""
        for node in list(self.document.findall(mermaid)):
            words, source = node.get("alt", ""), node["code"]
            description = nodes.paragraph(words, words) if words else nodes.literal_block(source, source)
            node.replace_self(description)


def _next_identifier(translator: HTML5Translator) -> str:
    """Return what no other diagram of a written page begins its ids with; the same in every language."""
    count = getattr(translator, "folio_diagrams", 0) + 1
    translator.folio_diagrams = count  # type: ignore[attr-defined]  # a translator lives as long as its page
    return f"drawn-{count}"


def copy_static_files(app: Sphinx) -> None:
    """Put the style sheet, and the scripts if they are needed, where Sphinx's own lie."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir, "_static")
    copy_asset(STATIC / "folio-diagrams.css", folder, force=True)
    if app.config.folio_diagram_renderer == "script":
        copy_asset(STATIC / "folio-diagrams.js", folder, force=True)
        script = files("mermaidx") / "assets" / "mermaid.js"
        (folder / "mermaid.js").write_bytes(script.read_bytes())


def add_script_where_needed(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the scripts to pages with a diagram that is not drawn yet."""
    if app.config.folio_diagram_renderer == "script" and doctree and next(doctree.findall(mermaid), None):
        app.add_js_file("mermaid.js", loading_method="defer")
        app.add_js_file("folio-diagrams.js", loading_method="defer")
