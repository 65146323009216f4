"""The content of every file that is made of the portfolio."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from sphinx_folio._common.i18n import _, __
from sphinx_folio.export.formats.json_resume import json_resume
from sphinx_folio.export.formats.llms import Chapter, Place, llms_txt
from sphinx_folio.export.formats.pdf import missing_libraries
from sphinx_folio.export.formats.plain_text import plain_text
from sphinx_folio.export.formats.vcard import vcard
from sphinx_folio.export.private import private_facts
from sphinx_folio.export.resume_page import Source, resume_document_of
from sphinx_folio.export.resume_pdf import resume_pdf
from sphinx_folio.export.settings import EXPORTS, FILES, LABELS, address_of_site, resume_page
from sphinx_folio.export.view_pages import source_of, view_file, views_of
from sphinx_folio.portfolio.queries.work import in_time
from sphinx_folio.portfolio.records import (
    Person,
    Project,
    Skill,
)
from sphinx_folio.portfolio.views import filtered
from sphinx_folio.registry import registry_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_folio.domain import FolioDomain
    from sphinx_folio.portfolio.model import Portfolio

_logger = logging.getLogger(__name__)


def portfolio_of(env: BuildEnvironment) -> Portfolio:
    """Return the portfolio as of the pages read."""
    return cast("FolioDomain", env.domains["folio"]).portfolio()


def wanted_files(app: Sphinx, page: str) -> list[str]:
    """Return the kinds of files to be made, in the order in which they are offered; none without a résumé page."""
    wanted = [kind for kind in EXPORTS if page and kind in app.config.folio_exports]
    if "pdf" in wanted and missing_libraries():
        _logger.info(__("no PDF: %s not installed; pip install sphinx-folio[pdf]"), ", ".join(missing_libraries()))
        wanted.remove("pdf")
    return wanted


def made_files(app: Sphinx, portfolio: Portfolio) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every file that is to be."""
    page = resume_page(app, portfolio)
    wanted = wanted_files(app, page)
    site = address_of_site(app)
    private = private_facts(app)
    reported: set[str] = set()
    parts = [kind.json_resume for kind in registry_of(app).types.values() if kind.json_resume]
    if {"pdf", "txt"} & {*wanted}:
        source = Source(docname=page, pagename=page, title=app.env.titles[page].astext())
        resume = resume_document_of(app, portfolio, source)
        if "pdf" in wanted:
            yield FILES["pdf"], resume_pdf(app, resume, page, FILES["pdf"], reported)
        if "txt" in wanted:
            yield FILES["txt"], plain_text(resume).encode()
    if "json" in wanted:
        data = json_resume(portfolio, parts, address=site and site + FILES["json"], private=private)
        yield FILES["json"], _as_json(data)
    if "vcard" in wanted:
        yield FILES["vcard"], vcard(portfolio.all(Person)[0], private).encode()
    if "llms" in wanted:
        yield FILES["llms"], _llms(app, portfolio, page, wanted).encode()
    for view in views_of(app, portfolio) if page else []:
        told = filtered(portfolio, view)
        if "pdf" in wanted:
            name = view_file(FILES["pdf"], view)
            yield (
                name,
                resume_pdf(app, resume_document_of(app, portfolio, source_of(app, page, view)), page, name, reported),
            )
        if "json" in wanted:
            name = view_file(FILES["json"], view)
            yield name, _as_json(json_resume(told, parts, address=site and site + name, private=private))


def _as_json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _llms(app: Sphinx, portfolio: Portfolio, page: str, wanted: list[str]) -> str:
    """Return the map of the site for language models; addresses are absolute where the site's is known."""
    site = address_of_site(app)
    here = app.builder.get_target_uri(app.config.root_doc)

    def address(docname: str, node_id: str = "") -> str:
        uri = app.builder.get_target_uri(docname)
        return (site + uri if site else relative_uri(here, uri)) + (f"#{node_id}" if node_id else "")

    person = portfolio.all(Person)[0]
    title = app.env.titles[page].astext()
    forms = [Place(name=title, url=address(page))]
    forms += [Place(name=str(LABELS[kind]), url=site + FILES[kind]) for kind in wanted if kind in LABELS]
    projects = [
        Place(name=entry.name, url=address(entry.docname), about=entry.summary) for entry in in_time(portfolio, Project)
    ]
    skills: dict[str, list[str]] = {}
    for skill in portfolio.all(Skill):
        skills.setdefault(skill.docname, []).append(skill.name)
    titles = {docname: app.env.titles[docname].astext() for docname in skills}
    shown = [Place(name=titles[docname], url=address(docname), about=", ".join(skills[docname])) for docname in skills]
    told = {page, app.config.root_doc, *(place.docname for place in portfolio.all(Project)), *skills}
    others = [
        Place(name=found.title, url=address(found.docname))
        for found in portfolio.pages
        if found.docname not in told and "orphan" not in app.env.metadata[found.docname]
    ]
    chapters = (
        Chapter(heading=str(_("Résumé")), places=tuple(forms)),
        Chapter(heading=str(_("Projects")), places=tuple(projects)),
        Chapter(heading=str(_("Skills")), places=tuple(shown)),
        Chapter(heading=str(_("Further pages")), places=tuple(others)),
    )
    return llms_txt(person.name, person.label, chapters)
