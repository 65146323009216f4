"""The exports that come with the package: PDF, plain text, JSON Resume, vCard and llms.txt."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import _
from sphinx_folio.export.formats.json_resume import json_resume
from sphinx_folio.export.formats.llms import Chapter, Place, llms_txt
from sphinx_folio.export.formats.pdf import missing_libraries
from sphinx_folio.export.formats.plain_text import plain_text
from sphinx_folio.export.formats.vcard import vcard
from sphinx_folio.export.resume_pdf import resume_pdf
from sphinx_folio.export.settings import PAPERS, address_of_site, date_of_resume
from sphinx_folio.portfolio.queries.work import current_title, newest_first
from sphinx_folio.portfolio.records import Person, Project, Skill
from sphinx_folio.registry import Export

if TYPE_CHECKING:
    from sphinx_folio.export.context import ExportContext


def _pdf(context: ExportContext) -> bytes:
    return _pdf_on(context, paper=context.app.config.folio_resume_paper[0], name=context.filename(PDF))


def _pdf_on(context: ExportContext, *, paper: str, name: str) -> bytes:
    resume = replace(context.resume, paper=paper)
    return resume_pdf(context.app, resume, context.source.docname, name, context.missing_glyphs)


def _text(context: ExportContext) -> bytes:
    return plain_text(context.resume).encode()


def _json(context: ExportContext) -> bytes:
    address, private = context.address_of_file(JSON), context.private
    date = date_of_resume(context.app)
    parts = context.json_resume_parts
    data = json_resume(context.portfolio, parts, address=address, date=date, private=private)
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _vcard(context: ExportContext) -> bytes:
    portfolio = context.portfolio
    return vcard(portfolio.all(Person)[0], context.private, title=current_title(portfolio)).encode()


def _llms(context: ExportContext) -> bytes:
    """Return the map of the site for language models."""
    portfolio, titles, page = context.portfolio, context.app.env.titles, context.source.docname
    site = address_of_site(context.app)
    person = portfolio.all(Person)[0]
    forms = [Place(name=titles[page].astext(), url=context.address_of_page(page))]
    forms += [Place(name=str(export.label), url=site + export.filename) for export in context.exports if export.label]
    projects = [
        Place(name=entry.name, url=context.address_of_page(entry.docname), about=entry.summary)
        for entry in newest_first(portfolio, Project)
    ]
    names: dict[str, list[str]] = {}
    for skill in portfolio.all(Skill):
        names.setdefault(skill.docname, []).append(skill.name)
    skills = [
        Place(name=titles[docname].astext(), url=context.address_of_page(docname), about=", ".join(names[docname]))
        for docname in names
    ]
    listed = {page, context.app.config.root_doc, *(project.docname for project in portfolio.all(Project)), *names}
    others = [
        Place(name=found.title, url=context.address_of_page(found.docname))
        for found in portfolio.pages
        if found.docname not in listed and "orphan" not in context.app.env.metadata[found.docname]
    ]
    chapters = (
        Chapter(heading=str(_("Résumé")), places=tuple(forms)),
        Chapter(heading=str(_("Projects")), places=tuple(projects)),
        Chapter(heading=str(_("Skills")), places=tuple(skills)),
        Chapter(heading=str(_("Further pages")), places=tuple(others)),
    )
    return llms_txt(person.name, person.label, chapters).encode()


PDF = Export(
    name="pdf",
    filename="resume.pdf",
    make=_pdf,
    label=_("Résumé as PDF"),
    per_view=True,
    missing=missing_libraries,
    extra="pdf",
)
A4, LETTER = (
    replace(
        PDF,
        name=PAPERS[paper],
        filename=filename,
        make=partial(_pdf_on, paper=paper, name=filename),
        label=label,
        per_view=False,
    )
    for paper, filename, label in (
        ("a4", "resume-a4.pdf", _("PDF on A4")),
        ("us-letter", "resume-letter.pdf", _("PDF on US Letter")),
    )
)
TEXT = Export(name="txt", filename="resume.txt", make=_text, label=_("Plain text"))
JSON = Export(name="json", filename="resume.json", make=_json, label=_("JSON Resume"), per_view=True)
VCARD = Export(name="vcard", filename="contact.vcf", make=_vcard, label=_("vCard"))
LLMS = Export(name="llms", filename="llms.txt", make=_llms)
BUILT_IN = (PDF, A4, LETTER, TEXT, JSON, VCARD, LLMS)
