"""Which pages carry linked data, and what it says there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio.export.formats.schema_org import as_script, profile_page, works
from sphinx_folio.export.settings import address_of_site, resume_page
from sphinx_folio.portfolio.model import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx

    from sphinx_folio.portfolio.model import Entry, Portfolio


def linked_data(app: Sphinx, portfolio: Portfolio) -> Iterator[tuple[str, str]]:
    """Yield page and script: who it is on the home and the résumé page, what was made on a page of projects."""
    resume = resume_page(app, portfolio)
    if "json-ld" not in app.config.folio_exports or not resume:
        return
    about_person = dict.fromkeys((app.config.root_doc, resume))
    language = app.config.language.replace("_", "-")
    site = address_of_site(app)
    for docname in about_person:
        url = site + app.builder.get_target_uri(docname) if site else ""
        title = app.env.titles[docname].astext()
        data = profile_page(portfolio, _addresses(app, docname), url=url, name=title, language=language)
        yield docname, as_script(data)
    projects: dict[str, list[Project]] = {}
    for project in portfolio.all(Project):
        projects.setdefault(project.docname, []).append(project)
    for docname, made in projects.items():
        if docname not in about_person:
            yield docname, as_script(works(portfolio, made, _addresses(app, docname)))


def _addresses(app: Sphinx, docname: str) -> Callable[[Entry], str]:
    """Return the function that says where an object stands: absolute where the site's address is known."""
    site = address_of_site(app)

    def address_of(entry: Entry) -> str:
        if site:
            uri = site + app.builder.get_target_uri(entry.docname)
        else:
            uri = app.builder.get_relative_uri(docname, entry.docname)
        return f"{uri}#{entry.node_id}"

    return address_of
