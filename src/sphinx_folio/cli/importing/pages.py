"""Convert a parsed résumé to the pages of a portfolio."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from itertools import chain, count, groupby
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.entries import PRIVATE, EntryWriter
from sphinx_folio.cli.importing.fallback import as_list_item
from sphinx_folio.cli.importing.fields import AS_TEXT, FieldConverter, ImportOptions
from sphinx_folio.cli.importing.headings import OWN_SECTIONS, labels_of
from sphinx_folio.cli.importing.items import Item
from sphinx_folio.cli.importing.kept import kept_fields
from sphinx_folio.cli.importing.markdown import directive, heading, link, prose
from sphinx_folio.cli.importing.skills import Skills
from sphinx_folio.cli.importing.sources.converted import OTHER_SECTIONS
from sphinx_folio.cli.importing.text_language import NAMES, language_of
from sphinx_folio.export.formats.json_resume import SECTIONS as RESUME_SECTIONS
from sphinx_folio.types import BUILT_IN
from sphinx_folio.types.publication import Publication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx_folio.cli.importing.folder.bibliographies import Bibliography
    from sphinx_folio.portfolio.resume_section import ResumeSection
    from sphinx_folio.registry import EntryType

EXTRA_FILE = "json-resume-extra.json"
"""The file for the fields that no page contains; see the setting ``folio_json_resume_extra``."""
META = {"canonical", "version", "lastModified"}
"""The fields about the file itself, which every export sets."""
PAGES = ("resume", "skills", "evidence")


@dataclass(slots=True)
class Imported:
    """The result of an import."""

    name: str = ""
    """The name of the person."""
    lead: str = ""
    """The profession of the person, in Markdown."""
    summary: str = ""
    """The first paragraph of the summary, in Markdown."""
    email: str = ""
    """The address of the person, which becomes public."""
    contact: str = ""
    """Links to the mail and web addresses of the person, in Markdown."""
    pages: dict[str, str] = field(default_factory=dict)
    """File name → Markdown."""
    photo: dict[str, bytes] = field(default_factory=dict)
    """File name → content, if there is a photo of the person."""
    settings: dict[str, Any] = field(default_factory=dict)
    """Settings for conf.py."""
    skipped: list[str] = field(default_factory=list)
    """Fields that were not imported: path and reason."""
    notes: list[str] = field(default_factory=list)
    """Fields that were imported with a change: path and change."""
    kept: list[str] = field(default_factory=list)
    """Fields that no page contains, and that are in a file of their own: path and reason."""
    unordered: tuple[str, ...] = ()
    """Levels missing from ``folio_levels`` because their order is unknown."""
    seems_in: str = ""
    """The language of the texts as far as it is clear, if it is not that of the headings."""
    layout: str = ""
    """The layout of the folder that the résumé comes from."""
    redirects: dict[str, str] = field(default_factory=dict)
    """Former address of a page in the folder → its new place, for ``folio_redirects``."""
    files: list[str] = field(default_factory=list)
    """The files of the folder, each with the part of the résumé that it became."""


def import_resume(resume: Item, options: ImportOptions | None = None) -> Imported:
    """Import a résumé.

    Args:
        resume: The résumé.
        options: The options of the import.

    Raises:
        UnreadableResumeError: Fields have the wrong type, or keys are duplicate, invalid or unknown.
    """
    options = options or ImportOptions()
    found = _Import(resume, FieldConverter(replace(options, markdown=options.markdown or resume.is_markdown))).run()
    resume.log.check()
    return found


class _Import:
    """A single import, which writes the pages section by section."""

    def __init__(self, resume: Item, fields: FieldConverter) -> None:
        self._resume = resume
        self._fields = fields
        self._headings = fields.options.headings
        self._extension = resume.extension()
        self._skills = Skills(resume.items("skills"), fields, self._extension)
        self._bibliographies = named(resume.log.bibliographies)
        self._work = resume.items("work")
        self._entries = EntryWriter(self._skills, fields, self._work, self._extension.items("courses"))

    def run(self) -> Imported:
        """Return all pages; sections that others refer to are imported first."""
        resume, log = self._resume, self._resume.log
        for name in ("$schema", "meta"):
            if resume.value(name):
                log.note(name, __("describes the file, not the person; not needed"))
        meta = resume.item("meta")
        meta.used |= META
        log.keep(meta.unused())
        for file in log.bibliographies:
            self._fields.reserve(Publication.objtype, file.keys.values(), file.name)
        extension, basics = self._extension, resume.item("basics")
        if extension.value("private") and basics.extension().data.pop("birth", ""):
            log.skip(["basics.x-folio.birth"], PRIVATE)
        name = basics.line("name") or "Portfolio"
        person = self._entries.person(basics)
        written = {
            "skills": self._skills.resume_part(),
            "work": "".join(map(self._entries.work, self._work)),
            "projects": self._section("projects", self._entries.project),
            "education": self._section("education", self._entries.education),
        }
        parts = {section: self._with_heading(section, text) for section, text in written.items()}
        for kind in BUILT_IN:
            if kind.resume_section:
                parts[kind.resume_section.name] = self._entries_of(kind, kind.resume_section)
        parts |= {item.path: self._text_section(item) for item in extension.items("sections")}
        if log.is_converted:
            parts |= {item.path: self._other_section(item) for item in resume.items(OTHER_SECTIONS)}
        places = {section: number for number, section in enumerate(log.order)}
        sections = [person, *(parts[name] for name in sorted(parts, key=lambda name: places.get(name, len(places))))]
        evidence = "".join(map(self._entries.evidence, extension.items("evidence")))
        log.keep((*resume.unused(), *extension.unused()))
        title = f"{heading(1, self._headings['resume'])}\n{directive('downloads', '', {})}"
        pages = {"resume": "\n".join(filter(None, (title, *sections)))}
        index = directive("skill-index", "", {}) + "\n"
        for page, text, before in (("skills", self._skills.entries, index), ("evidence", evidence, "")):
            if text:
                pages[page] = heading(1, self._headings[page]) + "\n" + before + text
        toctree = "```{toctree}\n\n" + "\n".join(page for page in PAGES if page in pages) + "\n```\n"
        pages["index"] = heading(1, name) + "\n" + toctree
        files = {name: file.text for name, file in self._bibliographies.items()}
        entries = self._fields.entries_by_path()
        keys = {path: key for path, (_objtype, key) in entries.items()}
        fields_kept = kept_fields(resume.data, log.kept, keys, log.on_page)
        photo = self._entries.photo
        language = self._fields.options.language
        anchors = {path: f"#{objtype}_{key}" for path, (objtype, key) in entries.items()}
        settings = {
            "project": name,
            **({"language": language} if language != "en" else {}),
            "extensions": ["myst_parser", "sphinx_folio", "sphinx_folio.export"],
            "primary_domain": "folio",
            "smartquotes": False,
            "folio_levels": self._skills.levels,
            "folio_categories": self._skills.categories,
            "folio_resume_max_pages": None,  # nobody knows how long it is before the first build
            **({"folio_json_resume_extra": EXTRA_FILE} if fields_kept else {}),
            **({"folio_resume_photo": next(iter(photo))} if photo else {}),
        }
        extra = {EXTRA_FILE: json.dumps(fields_kept, ensure_ascii=False, indent=2) + "\n"} if fields_kept else {}
        paragraphs = (text for text in self._fields.prose(basics, "summary").split("\n\n") if text[:2] != "- ")
        return Imported(
            name=name,
            lead=prose(basics.line("label")),
            summary=next(paragraphs, ""),
            email=basics.line("email"),
            contact=" · ".join(map(as_link, self._entries.addresses)),
            pages={f"{page}.md": re.sub(r"\n{3,}", "\n\n", text) for page, text in pages.items()} | files | extra,
            photo=photo,
            settings=settings,
            skipped=[*map(log.in_words_of_source, log.skipped)],
            notes=list(dict.fromkeys(map(log.in_words_of_source, log.notes))),
            kept=[log.in_words_of_source(f"{path}: {reason}") for path, reason in log.kept.items() if reason],
            unordered=tuple(self._skills.unordered),
            seems_in=_other_language(resume.data, language, log.language),
            layout=log.layout,
            files=log.files,
            redirects={old: f"resume{anchors.get(path, '')}" for old, path in log.moved.items() if old not in pages},
        )

    def _with_heading(self, section: str, text: str) -> str:
        return f"{heading(2, self._headings[section])}\n{text}" if text else ""

    def _other_section(self, section: Item) -> str:
        """Return a section without entries as text under its own heading; without a heading if it has no title."""
        title, log, written = section.line("title"), section.log, ""
        place = section.line("source") or title
        title = self._headings[title] if title in OWN_SECTIONS else title
        value = section.value("entries")
        for kind, entries in groupby(value if isinstance(value, list) else [], key=type):
            if kind is str:
                written += self._fields.markdown(section, title, "\n".join(entries)) + "\n\n"
            elif kind is dict:
                items = (Item(title, entry, log) for entry in entries)
                written += "".join(as_list_item("other", item, self._fields) for item in items) + "\n"
        if not title or not written.strip():
            return written.strip() and written
        log.note(place, AS_TEXT)
        return f"{heading(2, title)}\n{written}"

    def _text_section(self, section: Item) -> str:
        """Return a section without entries, from our own extension."""
        title, text = section.line("title"), self._fields.prose(section, "text")
        section.keep_unused()
        lead = f"{heading(2, title)}\n" if title else ""
        return f"{lead}{text}\n" if text else ""

    def _section(self, name: str, write: Callable[[Item], str]) -> str:
        return "".join(map(write, self._resume.items(name)))

    def _entries_of(self, entry_type: EntryType, section: ResumeSection) -> str:
        """Return the entries of a type, from the section of the schema or, if it has none, from our own extension."""
        source = self._resume if section.name in RESUME_SECTIONS else self._extension
        text = "".join(self._entries.entry(entry_type, item) for item in source.items(section.name))
        if entry_type.record is Publication:
            for name, file in self._bibliographies.items():
                options = {} if file.is_whole else {"keys": ", ".join(file.keys)}
                text += directive("publications", name, options) + "\n"
        return self._with_heading(section.name, text)


def _other_language(resume: dict[str, Any], language: str, named: str) -> str:
    """Return the language that a résumé names or that its texts seem to be in, if it is not a given one."""
    known = next((code for code in NAMES if code.partition("_")[0] == named), "")
    found = language_of(resume) or known
    is_same = found.partition("_")[0] == language.partition("_")[0] and labels_of(language) in {found, ""}
    return "" if is_same else found


def as_link(address: str) -> str:
    """Return a mail or web address as a link that shows it, in Markdown."""
    if "@" in address and ":" not in address:
        return f"<{address}>"
    shown = re.sub(r"^(?:https?://(?:www\.)?|mailto:)", "", address).removesuffix("/")
    return link(prose(shown), address)


def named(bibliographies: Iterable[Bibliography]) -> dict[str, Bibliography]:
    """Return the files by the names that they get next to the pages; these differ also on systems that ignore case."""
    found: dict[str, Bibliography] = {}
    taken = {EXTRA_FILE}
    for file in bibliographies:
        numbered = (f"{number}-{file.name}" for number in count(len(found) + 1))
        name = next(name for name in chain([file.name], numbered) if name.casefold() not in taken)
        taken.add(name.casefold())
        found[name] = file
    return found
