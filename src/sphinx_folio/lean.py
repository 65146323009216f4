"""Pages that load what they show, and no more: add ``sphinx_folio.lean`` to ``extensions`` of any site with furo.

Extensions put their styles and scripts on every page of a site. Here a page keeps only those that it has a use for: the
colours of code where there is code, sphinx-design's files where there is something of its. Sphinx's own scripts serve
its own search alone; where ``sphinx_folio.search`` takes that over, they are left out. When all pages are written,
style sheets lose their comments and spaces, sphinx-design's the rules for what no page has, and our scripts the lines
that are comments.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_folio import __version__
from sphinx_folio.stylesheets import squeezed, without_unused
from sphinx_folio.written import written_pages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

AFTER_ALL_OTHERS = 950
NEEDED_BY: Mapping[str, re.Pattern[str]] = {
    "pygments.css": re.compile(r'class="(?:[^"]* )?highlight[ "]'),
    "sphinx-design.min.css": re.compile(r'class="[^"]*\bsd-'),
    "folio-diagrams.css": re.compile(r'class="[^"]*\bfolio-diagram|class="mermaid'),
    "design-tabs.js": re.compile(r'class="[^"]*\bsd-tab-'),
}
"""File → what a page that has a use for it holds."""
STOCK_SEARCH = {"documentation_options.js", "doctools.js", "sphinx_highlight.js", "translations.js"}
"""What marks the words of Sphinx's own search on a page, and what that needs."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at the files of every page, once all others have added theirs."""
    app.connect("html-page-context", keep_what_is_used, priority=AFTER_ALL_OTHERS)
    app.connect("build-finished", shrink)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def keep_what_is_used(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Take out of a page's files those that it has no use for."""
    if app.config.html_theme != "furo" or not {"css_files", "script_files"} <= context.keys():
        return
    unused = {name for name, sign in NEEDED_BY.items() if not sign.search(context.get("body") or "")}
    if "sphinx_folio.search" in app.extensions and app.config.folio_search_page is not False:
        unused |= STOCK_SEARCH
    for kind in ("css_files", "script_files"):
        context[kind] = [file for file in context[kind] if _name(file) not in unused]


def _name(file: Any) -> str:
    address = str(getattr(file, "filename", file))
    return address.rpartition("/")[2].partition("?")[0]


DESIGN = "sphinx-design.min.css"
_COMMENTS_AND_MARGIN = re.compile(r"^[ \t]*//.*\n|^[ \t]+", re.MULTILINE)
_CLASSES = re.compile(r'class="([^"]*)"')


def shrink(app: Sphinx, exception: Exception | None) -> None:
    """Make the style sheets and our scripts smaller; what they mean for the pages of the build stays."""
    if exception or app.builder.name not in {"html", "dirhtml"} or app.config.html_theme != "furo":
        return
    used = {
        name
        for page in written_pages(app)
        for names in _CLASSES.findall(page.read_text(encoding="utf-8"))
        for name in names.split()
    }
    for path in sorted(Path(app.outdir, "_static").rglob("*.css")):
        css = squeezed(path.read_text(encoding="utf-8"))
        path.write_text(without_unused(css, used, "sd-") if path.name == DESIGN else css, encoding="utf-8")
    for path in sorted(Path(app.outdir, "_static").glob("folio*.js")):
        script = path.read_text(encoding="utf-8")
        if not any(line.count("`") % 2 for line in script.splitlines()):  # no text that goes on over lines
            path.write_text(_COMMENTS_AND_MARGIN.sub("", script), encoding="utf-8")
