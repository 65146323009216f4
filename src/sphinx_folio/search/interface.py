"""The texts that readers see, the scripts and styles, and the search page."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.jinja2glue import SphinxFileSystemLoader

from sphinx_folio._common import caches
from sphinx_folio._common.i18n import _, labeled_text
from sphinx_folio._common.output_pages import is_for_browsers
from sphinx_folio._common.static_files import need
from sphinx_folio.search.scripts import static_files

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

HERE = Path(__file__).parent


def interface_texts(*, has_portfolio: bool) -> dict[str, str]:
    """Return the texts of the dialog and the search page in the language of the build, by their keys in scripts."""
    texts = {
        "search": _("Search"),
        "placeholder": _("Search skills and projects") if has_portfolio else _("Search"),
        "close": _("Close search"),
        "results": _("Search results"),
        "none": _("No results for “%s”."),
        "tried": _("Searched for: %s"),
        "nearest": _("Related skills:"),
        "related": _("Closest to it:"),
        "partial": _("Partial matches: %d"),
        "second": _("Other pages"),
        "recent": _("Recent searches"),
        "remember": _("Save them on this device"),
        "forget": _("Clear and stop saving"),
        "suggested": _("On this site"),
        "one": _("1 result"),
        "many": _("%d results"),
        "loading": _("Loading…"),
        "failed": _("Search is currently unavailable."),
        "kind": _("Type"),
        "skill": _("Skill"),
        "period": _("Year"),
        "all": _("All"),
        "all_results": _("See all results"),
        "hint": _("Use “quotes” for a phrase, -word to exclude"),
        "choose": _("choose"),
        "open": _("open"),
        "marked": _("Highlighted: %s"),
        "unmark": _("Clear highlights"),
        "next_mark": _("Next highlight"),
        "previous_mark": _("Previous highlight"),
        "noscript": _("Search requires JavaScript. Every page is also reachable from the navigation."),
    }
    return {key: str(text) for key, text in texts.items()}


def _texts(app: Sphinx) -> dict[str, str]:
    return interface_texts(has_portfolio="sphinx_folio" in app.extensions)


def write_static_files(app: Sphinx) -> None:
    """Write scripts and style sheet into ``_static``, before Sphinx computes their checksums, and link them."""
    if not is_for_browsers(app.builder):
        return
    folder = Path(app.outdir, "_static")
    folder.mkdir(parents=True, exist_ok=True)
    search_page = "" if app.builder.name == "singlehtml" else app.builder.get_target_uri("search")  # which has none
    texts = _texts(app) | {"search_page": search_page}
    files = static_files(texts)
    need(app, "folio-search", *files)
    for name, content in files.items():
        caches.write_if_changed(folder / name, content.encode())
    app.add_css_file("folio-search.css")
    app.add_js_file("folio-search.js", loading_method="defer")


def add_template_folder(app: Sphinx) -> None:
    """Add the folder of our templates, with the lowest priority.

    It is not added to ``templates_path``: Sphinx would then rebuild all pages when the extension is installed
    elsewhere.
    """
    templates: Any = getattr(app.builder, "templates", None)
    if templates is not None and hasattr(templates, "loaders"):
        templates.loaders.append(SphinxFileSystemLoader(str(HERE / "templates")))


def replaces_search_page(app: Sphinx) -> bool:
    """Return whether our search page replaces the theme's: by ``folio_search_page``, or by default with furo only."""
    setting: bool | None = app.config.folio_search_page
    return app.config.html_theme == "furo" if setting is None else setting


def use_search_template(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> str | None:
    """Choose the template of the search page, and add its texts and description, if our page replaces the theme's."""
    if pagename != "search" or not replaces_search_page(app):
        return None
    context["folio_search_texts"] = texts = _texts(app)
    description = labeled_text(app.config.html_title, texts["placeholder"])
    meta = f'<meta name="description" content="{html.escape(description)}">'
    context["metatags"] = "\n".join(filter(None, [context.get("metatags"), meta]))
    return "folio-search-furo.html" if app.config.html_theme == "furo" else "folio-search.html"
