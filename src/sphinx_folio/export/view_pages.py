"""The pages of views, which are extracts of the résumé; they have the metadata ``noindex`` for search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.util.nodes import process_only_nodes
from sphinx.util.osutil import relative_uri

from sphinx_folio._common.i18n import _, __
from sphinx_folio._common.output_pages import NO_INDEX, is_for_browsers
from sphinx_folio._common.settings import setting_location
from sphinx_folio._common.site_languages import is_translated, source_language
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.doctree.elements import joined
from sphinx_folio.doctree.line_breaks import mark_breakable
from sphinx_folio.domain import portfolio_of
from sphinx_folio.export.resolved_page import Source, resolved_page
from sphinx_folio.export.settings import VIEW_LISTS, resume_page
from sphinx_folio.portfolio.records import Person
from sphinx_folio.portfolio.views import View, make_view
from sphinx_folio.registry import registry_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.config import Config

    from sphinx_folio.portfolio.model import Portfolio


class ViewTitles:
    """The titles of views in the language of the build; those that have no translation are reported."""

    def connect(self, app: Sphinx) -> None:
        """Connect the handlers: one before functions in conf.py that may translate settings, and one after them."""
        app.connect("config-inited", self._note, priority=1)
        app.connect("config-inited", self._choose, priority=700)

    def _note(self, app: Sphinx, config: Config) -> None:
        views = config.folio_views if isinstance(config.folio_views, dict) else {}
        self._in_conf = {name: view.get("title") for name, view in views.items() if isinstance(view, dict)}

    def _choose(self, app: Sphinx, config: Config) -> None:
        """Choose from titles by language; a text that no function in conf.py has changed is not translated."""
        translated = is_translated(config)
        chosen = {}
        for name, view in config.folio_views.items():
            title = view["title"]
            by_language = title if isinstance(title, dict) else {}
            text = by_language.get(config.language) or next(iter(by_language.values()), title)
            is_missing = config.language not in by_language and (by_language or self._in_conf.get(name) == title)
            if translated and is_missing:
                message = __('no translation of %r, the title of the view %r, in %s; write "title": {%r: %r, %r: …}')
                words = text, name, config.language, source_language(config), text, config.language
                warn(Subtype.UNTRANSLATED, message, *words, location=setting_location(app.config, "folio_views", text))
            chosen[name] = {**view, "title": text}
        config.folio_views = chosen


def views_of(app: Sphinx, portfolio: Portfolio) -> list[View]:
    """Return the views in the setting ``folio_views``."""
    found = []
    for name, view in app.config.folio_views.items():
        lists = {key: view.get(key, []) for key in VIEW_LISTS}
        found.append(make_view(portfolio, name, view["title"], **lists))
    return found


def source_of(app: Sphinx, docname: str, view: View) -> Source:
    """Return the source of the page of a view, which is in the same folder as the page of the résumé."""
    title = f"{app.env.titles[docname].astext()} · {view.title}"
    return Source(docname=docname, pagename=f"{docname}-{view.name}", title=title, view=view)


def view_page_names(app: Sphinx, portfolio: Portfolio) -> list[str]:
    """Return the names of the pages of views."""
    docname = resume_page(app, portfolio)
    return [source_of(app, docname, view).pagename for view in views_of(app, portfolio)] if docname else []


def view_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the name, the context and the template of the page of each view, for the event ``html-collect-pages``."""
    portfolio = portfolio_of(app.env)
    docname = resume_page(app, portfolio)
    builder = cast("StandaloneHTMLBuilder", app.builder)
    for view in views_of(app, portfolio) if docname else []:
        source = source_of(app, docname, view)
        document = resolved_page(app, portfolio, source, printed=False)
        process_only_nodes(document, app.tags)
        title = document.next_node(nodes.title)
        if title is None:
            title = nodes.title("", portfolio.all(Person)[0].name)
            document.insert(0, nodes.section("", title, ids=["view"]))
        title += nodes.Text(f" · {view.title}")
        title.parent.insert(title.parent.index(title) + 1, _note(app, source, view))
        mark_breakable(document)
        body = "".join(builder.render_partial(block)["fragment"] for block in document.children)
        tags = NO_INDEX if is_for_browsers(builder) else ""
        yield source.pagename, {"title": source.title, "body": body, "metatags": tags}, "page.html"


def _note(app: Sphinx, source: Source, view: View) -> nodes.paragraph:
    """Return the note at the top of a view: that it is a selection, with links to the complete résumé and to files."""
    here = app.builder.get_target_uri(source.pagename)
    resume = app.builder.get_relative_uri(source.pagename, source.docname)
    links = {str(_("Complete résumé")): resume}
    for export in registry_of(app).exports.values():
        filename = export.filename_for(view.name)
        if export.per_view and export.label and (app.outdir / filename).exists():
            links[str(export.label)] = relative_uri(here, filename)
    text = str(_("This page shows selected parts of the résumé."))
    references = [nodes.reference("", label, refuri=uri, internal=True) for label, uri in links.items()]
    parts = joined([nodes.inline("", text), *references], " | ")
    return nodes.paragraph("", "", *parts, classes=["folio-downloads"])
