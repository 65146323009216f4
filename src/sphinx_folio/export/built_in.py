"""The exports that come with the package, except those that are made of pages while these are written."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from sphinx_folio import __version__
from sphinx_folio._common import caches
from sphinx_folio._common.i18n import _
from sphinx_folio._common.output_pages import address_of_site
from sphinx_folio._common.site_languages import is_translated
from sphinx_folio._common.typesetting import missing_libraries
from sphinx_folio._common.write_log import cache_path, fingerprint
from sphinx_folio.export.formats.json_resume import json_resume
from sphinx_folio.export.formats.json_resume_merging import with_extra
from sphinx_folio.export.formats.llms import LinkSection, SiteLink, llms_txt
from sphinx_folio.export.formats.plain_text import plain_text, text_of_blocks
from sphinx_folio.export.formats.rendercv import Words, page_of, rendercv
from sphinx_folio.export.formats.vcard import vcard
from sphinx_folio.export.markdown_pages import FULL_TEXT_FILE, twin_of
from sphinx_folio.export.resume_pdf import resume_pdf
from sphinx_folio.export.settings import FULL_TEXT, PAPERS, date_of_resume, extra_fields, title_of_site
from sphinx_folio.portfolio.queries.work import current_title, newest_first
from sphinx_folio.portfolio.records import Person, Project, Skill
from sphinx_folio.registry import Export

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.export.context import ExportContext

SECTION_TITLES: Mapping[str, Any] = {
    "summary": _("Profile"),
    "skills": _("Skills"),
    "work": _("Work experience"),
    "projects": _("Projects"),
    "volunteer": _("Volunteer work"),
    "education": _("Education"),
    "courses": _("Courses"),
    "publications": _("Publications"),
    "talks": _("Talks"),
    "awards": _("Awards"),
    "certificates": _("Certificates"),
    "languages": _("Languages"),
    "interests": _("Interests"),
    "references": _("References"),
}
"""Section of JSON Resume → its title in exports whose sections have titles."""


def _pdf(context: ExportContext) -> bytes:
    return _pdf_on(context, paper=context.resume.paper, name=context.filename(PDF))


def _pdf_on(context: ExportContext, *, paper: str, name: str) -> bytes:
    resume = replace(context.resume, paper=paper)
    return resume_pdf(context.app, resume, context.source, name, context.missing_glyphs)


def _word(context: ExportContext) -> bytes:
    """Return the Word document, from a cache if nothing in it has changed; a private one is never cached."""
    resume = context.resume
    cache = cache_path(context.app, context.filename(WORD))
    rules = fingerprint([resume, __version__, version("python-docx")])
    data = None if resume.is_private else caches.read(cache, rules)
    if data is None:
        from sphinx_folio.export.formats.word import word_document  # noqa: PLC0415  an extra

        data = word_document(resume)
        if not resume.is_private:
            caches.write(cache, rules, data)
    return data


def _open_document(context: ExportContext) -> bytes:
    from sphinx_folio.export.formats.odt import open_document  # noqa: PLC0415  a check does without it

    return open_document(context.resume)


def _text(context: ExportContext) -> bytes:
    return plain_text(context.resume).encode()


def _json_resume(context: ExportContext) -> dict[str, Any]:
    url, private, date = context.address_of_file(JSON), context.private, date_of_resume(context.app)
    sections = [{"title": found.title, "text": text_of_blocks(found.blocks)} for found in context.resume.sections]
    parts = [*context.json_resume_parts, lambda _portfolio, _private: {"sections": sections}]
    return json_resume(context.portfolio, parts, url=url, date=date, private=private)


def _json(context: ExportContext) -> bytes:
    data = _json_resume(context)
    if context.source.view is None:
        extra = extra_fields(context.app)
        text = plain_text(context.resume, addresses=False) if extra else ""
        data = with_extra(data, extra, text, is_translation=is_translated(context.app.config))
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _rendercv(context: ExportContext) -> bytes:
    words = Words(
        language=context.resume.language,
        titles={section: str(title) for section, title in SECTION_TITLES.items()},
        categories=context.portfolio.categories,
        comma=str(_(", ")),
        aside=str(_("%(answer)s (%(reason)s)")),
        labeled=str(_("%(label)s: %(text)s")),
        score=str(_("Score")),
        courses=str(_("Courses")),
        page=page_of(context.resume.blocks, address_of_site(context.app)),
    )
    return rendercv(_json_resume(context), words, context.resume.paper).encode()


def _vcard(context: ExportContext) -> bytes:
    portfolio = context.portfolio
    return vcard(portfolio.all(Person)[0], context.private, title=current_title(portfolio)).encode()


def _llms(context: ExportContext) -> bytes:
    """Return the content of ``llms.txt``, the index of the site for language models.

    It links to the Markdown of pages, if there is any. The format defines the meaning of the heading "Optional".
    """
    portfolio, titles, page = context.portfolio, context.app.env.titles, context.source.docname
    site = address_of_site(context.app)
    resumes = [SiteLink(name=titles[page].astext(), url=_address(context, page))]
    resumes += [
        SiteLink(name=str(export.label), url=site + export.filename) for export in context.exports if export.label
    ]
    projects = [
        SiteLink(name=entry.name, url=_address(context, entry.docname), about=entry.summary)
        for entry in newest_first(portfolio, Project)
    ]
    names: dict[str, list[str]] = {}
    for skill in portfolio.all(Skill):
        names.setdefault(skill.docname, []).append(skill.name)
    skills = [
        SiteLink(name=titles[docname].astext(), url=_address(context, docname), about=", ".join(names[docname]))
        for docname in names
    ]
    listed = {page, context.app.config.root_doc, *(project.docname for project in portfolio.all(Project)), *names}
    others = [
        SiteLink(name=found.title, url=_address(context, found.docname))
        for found in portfolio.pages
        if found.docname not in listed and "orphan" not in context.app.env.metadata[found.docname]
    ]
    is_full = FULL_TEXT in context.app.config.folio_exports
    full = [SiteLink(name=str(_("All pages as one text")), url=site + FULL_TEXT_FILE)] if is_full else []
    sections = (
        LinkSection(heading=str(_("Résumé")), links=tuple(resumes)),
        LinkSection(heading=str(_("Projects")), links=tuple(projects)),
        LinkSection(heading=str(_("Skills")), links=tuple(skills)),
        LinkSection(heading=str(_("Further pages")), links=tuple(others)),
        LinkSection(heading="Optional", links=tuple(full)),
    )
    return llms_txt(*title_of_site(context.app, portfolio), sections).encode()


def _address(context: ExportContext, docname: str) -> str:
    """Return the address of a page's Markdown, or of the page."""
    twin = twin_of(context.app, docname)
    return context.address_of(twin) if twin else context.address_of_page(docname)


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
WORD = Export(
    name="docx",
    filename="resume.docx",
    make=_word,
    label=_("Résumé as Word document"),
    per_view=True,
    missing=lambda: [] if find_spec("docx") else ["docx"],
    extra="docx",
)
OPEN_DOCUMENT = Export(
    name="odt", filename="resume.odt", make=_open_document, label=_("Résumé as OpenDocument text"), per_view=True
)
TEXT = Export(name="txt", filename="resume.txt", make=_text, label=_("Plain text"))
JSON = Export(name="json", filename="resume.json", make=_json, label=_("JSON Resume"), per_view=True)
RENDERCV = Export(name="rendercv", filename="resume-rendercv.yaml", make=_rendercv, label=_("RenderCV"), per_view=True)
VCARD = Export(name="vcard", filename="contact.vcf", make=_vcard, label=_("vCard"))
LLMS = Export(name="llms", filename="llms.txt", make=_llms)
BUILT_IN = (PDF, A4, LETTER, WORD, OPEN_DOCUMENT, TEXT, JSON, RENDERCV, VCARD, LLMS)
