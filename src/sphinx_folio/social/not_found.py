"""Make the links of the page ``404`` work at any address, since hosts show it in place of any page that is missing."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_folio._common import caches
from sphinx_folio._common.output_pages import NO_INDEX, SITE_BUILDERS, address_of_site, extra_files, output_path
from sphinx_folio._common.site_languages import languages_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

NAME = "404"
NOT_FOUND_FILE = f"{NAME}.html"
"""The file that hosts look for, in the folder of the site and of each language."""
FIND_ROOT, KEEP_ANCHORS = (
    Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("not_found.js", "not_found_anchors.js")
)
"""Scripts: where the root of the site is unknown, and for links within the page, which would start at the base."""


def add_base(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put the base of relative links before all links of the page, and hide the page from search engines.

    Without html_baseurl, the base is the root of the host; a script corrects it if the site is below a path.
    """
    if app.builder.name not in SITE_BUILDERS or pagename != NAME:
        return
    folder = languages_of(app.config).get(app.config.language, "")
    root = address_of_site(app) or (f"/{folder}/" if folder else "/")
    if app.builder.name == "dirhtml":
        root += f"{NAME}/"  # the links are relative to the folder of the page
    lines = [f'<base href="{html.escape(root)}">', *([] if app.config.folio_noindex else [NO_INDEX])]
    scripts = [KEEP_ANCHORS] if app.config.html_baseurl else [FIND_ROOT, KEEP_ANCHORS]
    lines[1:1] = [f"<script>\n{script}</script>" for script in scripts]
    context["metatags"] = "\n".join([*lines, context.get("metatags") or ""]).strip()


def is_copied(app: Sphinx) -> bool:
    """Return whether hosts need a copy of the page: with the builder ``dirhtml``, it is in a folder of its own."""
    return app.builder.name == "dirhtml" and _has_page(app) and not any(extra_files(app, NOT_FOUND_FILE))


def is_foreign(app: Sphinx) -> bool:
    """Return whether the file that hosts look for is not a copy: it is the page itself, or a file of the site."""
    return (app.builder.name == "html" and _has_page(app)) or any(extra_files(app, NOT_FOUND_FILE))


def _has_page(app: Sphinx) -> bool:
    return NAME in app.env.all_docs or NAME in app.config.html_additional_pages


def copy_page(app: Sphinx, exception: Exception | None) -> None:
    """Copy the page to where hosts look for it, after all other extensions have changed it."""
    if exception is None and is_copied(app):
        content = caches.content_or_none(output_path(app, NAME))
        if content is not None:
            caches.write_if_changed(Path(app.outdir, NOT_FOUND_FILE), content)
