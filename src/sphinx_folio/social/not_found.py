"""Make the links of the page ``404`` work at any address, since hosts show it in place of any page that is missing."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.output_pages import address_of_site
from sphinx_folio.social.head import NO_INDEX
from sphinx_folio.social.settings import languages_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

NAME = "404"
SCRIPT = Path(__file__).with_name("not_found.js").read_text(encoding="utf-8")


def add_base(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put the base of relative links before all links of the page, and hide the page from search engines.

    Without html_baseurl, the base is the root of the host; a script corrects it if the site is below a path.
    """
    if app.builder.name != "html" or pagename != NAME:
        return
    folder = languages_of(app.config).get(app.config.language, "")
    root = address_of_site(app) or (f"/{folder}/" if folder else "/")
    lines = [f'<base href="{html.escape(root)}">', *([] if app.config.folio_noindex else [NO_INDEX])]
    if not app.config.html_baseurl:
        lines.insert(1, f"<script>\n{SCRIPT}</script>")
    context["metatags"] = "\n".join([*lines, context.get("metatags") or ""]).strip()
