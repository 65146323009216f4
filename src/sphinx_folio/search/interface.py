"""What readers see of search: its words in the language of the build, and the search page."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.jinja2glue import SphinxFileSystemLoader

from sphinx_folio._common.i18n import _
from sphinx_folio.search.scripts import static_files

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

HERE = Path(__file__).parent


def words() -> dict[str, str]:
    """Return the words of the interface."""
    said = {
        "search": _("Search"),
        "placeholder": _("Search skills, projects and pages"),
        "close": _("Close search"),
        "results": _("Search results"),
        "none": _("Nothing found for %s."),
        "tried": _("Looked for: %s"),
        "nearest": _("Skills close to it:"),
        "one": _("1 result"),
        "many": _("%d results"),
        "loading": _("Loading the index…"),
        "failed": _("The search index could not be loaded."),
        "kind": _("Kind"),
        "skill": _("Skill"),
        "period": _("Period"),
        "all": _("all"),
        "all_results": _("All results on the search page"),
        "hint": _("“quotes” keep words together, -word leaves results out"),
        "choose": _("choose"),
        "open": _("open"),
        "marked": _("Marked: %s"),
        "unmark": _("Remove the marks"),
        "noscript": _("Search needs JavaScript; without it, the navigation leads to every page."),
    }
    return {key: str(text) for key, text in said.items()}


def write_static_files(app: Sphinx) -> None:
    """Put scripts and style where Sphinx's own lie, before the first page asks for their checksums."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir, "_static")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in static_files(words()).items():
        (folder / name).write_text(content, encoding="utf-8")


def add_template_folder(app: Sphinx) -> None:
    """Let the search page's template be found, after all others; not in the settings, where its path would show."""
    templates: Any = getattr(app.builder, "templates", None)
    if templates is not None and hasattr(templates, "loaders"):
        templates.loaders.append(SphinxFileSystemLoader(str(HERE / "templates")))


def is_page_ours(app: Sphinx) -> bool:
    """Tell whether search.html is ours: with furo, and wherever ``folio_search_page`` says so."""
    wanted: bool | None = app.config.folio_search_page
    return app.config.html_theme == "furo" if wanted is None else wanted


def search_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> str | None:
    """Make search.html ours where it is to be."""
    if pagename != "search" or not is_page_ours(app):
        return None
    context["folio_search_words"] = said = words()
    about = str(_("%(label)s: %(text)s")) % {"label": app.config.html_title, "text": said["placeholder"]}
    described = f'<meta name="description" content="{html.escape(about)}">'
    context["metatags"] = "\n".join(filter(None, [context.get("metatags"), described]))
    return "folio-search-furo.html" if app.config.html_theme == "furo" else "folio-search.html"
