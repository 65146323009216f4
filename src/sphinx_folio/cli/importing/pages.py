"""Convert a parsed résumé to the pages of a portfolio."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.fallback import list_item
from sphinx_folio.cli.importing.fields import AS_TEXT, Choices, Fields, bullets
from sphinx_folio.cli.importing.headings import ENGLISH
from sphinx_folio.cli.importing.markdown import directive, heading, prose
from sphinx_folio.cli.importing.positions import Position, position_of
from sphinx_folio.cli.importing.reading import OTHER_SECTIONS
from sphinx_folio.cli.importing.skills import Skills
from sphinx_folio.directives import options as convert
from sphinx_folio.types.project import PREFERRED_LINKS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sphinx_folio.cli.importing.reading import Item
    from sphinx_folio.portfolio.dates import Period

PAGES = ("resume", "skills", "evidence")
PRIVATE = ("phone", "location")
"""Fields of ``basics`` that only a private build contains."""
NEEDED = {
    "work": __("a position needs a name, a position and a startDate"),
    "education": __("an education needs an institution"),
    "projects": __("a project needs a name"),
}
SHORT = 40
"""The maximum length of a course that is listed on one line with others, in characters."""


@dataclass(slots=True)
class Imported:
    """The result of an import."""

    name: str = ""
    """The name of the person."""
    pages: dict[str, str] = field(default_factory=dict)
    """File name → Markdown."""
    settings: dict[str, Any] = field(default_factory=dict)
    """Settings for conf.py."""
    skipped: list[str] = field(default_factory=list)
    """Fields that were not imported: path and reason."""
    notes: list[str] = field(default_factory=list)
    """Fields that were imported with a change: path and change."""
    unordered: tuple[str, ...] = ()
    """Levels missing from ``folio_levels`` because their order is unknown."""


def import_resume(resume: Item, headings: Mapping[str, str] = ENGLISH, choices: Choices | None = None) -> Imported:
    """Import a résumé.

    Args:
        resume: The résumé.
        headings: The headings of sections; ignored if there are ``choices``.
        choices: The options of the import.

    Raises:
        UnreadableResumeError: Fields have the wrong type, or keys are duplicate, invalid or unknown.
    """
    found = _Import(resume, Fields(choices or Choices(headings=headings))).run()
    resume.log.check()
    return found


class _Import:
    """A single import, which writes the pages section by section."""

    def __init__(self, resume: Item, fields: Fields) -> None:
        self._resume = resume
        self._fields = fields
        self._headings = fields.choices.headings
        self._skills = Skills(resume.items("skills"), fields)
        self._positions: list[Position] = []

    def run(self) -> Imported:
        """Return all pages; sections that others refer to are imported first."""
        resume, log = self._resume, self._resume.log
        for name in ("$schema", "meta"):
            if resume.value(name):
                log.note(name, __("describes the file, not the person; not needed"))
        extension = resume.extension()
        extension.used.add("private")
        basics = resume.item("basics")
        name = basics.line("name") or "Portfolio"
        person = self._person(basics)
        written = {
            "skills": self._skills.resume_list(),
            "work": self._section("work", self._work),
            "projects": self._section("projects", self._project),
            "education": self._section("education", self._education),
        }
        sections = [person, *(self._with_heading(section, text) for section, text in written.items())]
        sections += map(self._other, OTHER_SECTIONS)
        evidence = "".join(map(self._evidence, extension.items("evidence")))
        log.skip((*resume.unused(), *extension.unused()))
        pages = {"resume": heading(1, self._headings["resume"]) + "\n" + "\n".join(filter(None, sections))}
        for page, text in (("skills", self._skills.entries), ("evidence", evidence)):
            if text:
                pages[page] = heading(1, self._headings[page]) + "\n" + text
        toctree = "```{toctree}\n\n" + "\n".join(page for page in PAGES if page in pages) + "\n```\n"
        pages["index"] = heading(1, name) + "\n" + toctree
        language = self._fields.choices.language
        settings = {
            "project": name,
            **({"language": language} if language != "en" else {}),
            "extensions": ["myst_parser", "sphinx_folio", "sphinx_folio.export"],
            "primary_domain": "folio",
            "smartquotes": False,
            "folio_levels": self._skills.levels,
            "folio_categories": self._skills.categories,
        }
        return Imported(
            name=name,
            pages={f"{page}.md": re.sub(r"\n{3,}", "\n\n", text) for page, text in pages.items()},
            settings=settings,
            skipped=log.skipped,
            notes=list(dict.fromkeys(log.notes)),
            unordered=tuple(self._skills.unordered),
        )

    def _with_heading(self, section: str, text: str) -> str:
        return f"{heading(2, self._headings[section])}\n{text}" if text else ""

    def _section(self, name: str, write: Callable[[Item], str]) -> str:
        return "".join(map(write, self._resume.items(name)))

    def _other(self, section: str) -> str:
        """Return a section without a type of entry as a list."""
        found = self._resume.items(section)
        for item in found:
            item.log.note(item.path, AS_TEXT)
        return self._with_heading(section, "".join(list_item(section, item, self._fields) for item in found))

    def _as_text(self, section: str, item: Item, title: str) -> str:
        """Return an item without the required fields as text."""
        item.log.note(item.path, f"{NEEDED[section]}; {AS_TEXT}")
        return f"{heading(3, title or self._headings[section])}\n{list_item(section, item, self._fields)}\n"

    # Objects

    def _person(self, item: Item) -> str:
        fields, more = self._fields, item.extension()
        name = item.line("name") or "Anonymous"
        profiles = []
        for found in item.items("profiles"):
            profiles.append(fields.profile(found))
            item.log.skip(found.unused())
        facts = {
            "name": name,
            "label": item.line("label"),
            "email": fields.converted(item, "email", convert.email),
            "url": fields.address(item),
            "profiles": ", ".join(filter(None, profiles)),
            "birth": fields.converted(more, "birth", convert.date),
        }
        key = fields.key("person", more, name)
        text = directive("person", key, facts, fields.prose(item, "summary"))
        degree = fields.prose(item, "degree")
        for private in PRIVATE:
            if item.flat_text(private):
                item.log.skip([item.path_of(private)], __("private; provide it to private builds with FOLIO_PRIVATE"))
        item.log.skip((*item.unused(), *more.unused()))
        return "\n".join(filter(None, (text, degree and f"{degree}\n")))

    def _work(self, item: Item) -> str:
        fields, more = self._fields, item.extension()
        entity, title, period = item.line("name"), item.line("position"), fields.period(item)
        if not (entity and title and period):
            return self._as_text("work", item, entity or title)
        key = fields.key("position", more, entity)
        self._positions.append(Position(key, entity, title, period))
        facts = {"title": title, **_dates(period), "skills": fields.keys(more, "skills")}
        text = heading(3, entity) + "\n" + directive("position", key, facts, fields.prose(item, "summary")) + "\n"
        text += self._remarks(item, ("type", "workType", "employmentType", "location"))
        text += self._highlights(item, more, {"position": key})
        item.log.skip((*item.unused(), *more.unused()))
        return text

    def _project(self, item: Item) -> str:
        fields, more, name = self._fields, item.extension(), item.line("name")
        if not name:
            return self._as_text("projects", item, "")
        key, period = fields.key("project", more, name), fields.period(item)
        position, remarks = self._position_of(item, more, period)
        shown, unknown = self._keywords(item)
        languages, skills = fields.keys(more, "languages"), fields.keys(more, "skills")
        known = {*convert.words(languages), *convert.words(skills)}
        skills = ", ".join(filter(None, (skills, *(skill for skill in shown if skill not in known))))
        facts = {
            "position": position,
            "languages": languages,
            "skills": skills,
            **_dates(period),
            **self._links(item, more),
        }
        text = heading(3, name) + "\n" + directive("project", key, facts, fields.prose(item, "description")) + "\n"
        remarks = [*remarks, fields.joined(unknown), "" if period else prose(fields.period_text(item))]
        text += self._remarks(item, ("type",), remarks, link=False)
        text += self._highlights(item, more, {"project": key})
        more.used.add("evidence")
        item.log.skip((*item.unused(), *more.unused()))
        return text

    def _education(self, item: Item) -> str:
        fields, more, name = self._fields, item.extension(), item.line("institution")
        if not name:
            return self._as_text("education", item, item.line("area") or item.line("studyType"))
        period = fields.period(item)
        facts = {"area": item.line("area"), "study-type": item.line("studyType"), **_dates(period)}
        key = fields.key("education", more, name)
        content = "\n\n".join(filter(None, (fields.prose(more, "summary"), fields.prose(item, "summary"))))
        text = heading(3, name) + "\n" + directive("education", key, facts, content) + "\n"
        score = fields.labelled("score", prose(item.line("score")))
        if score:
            item.log.note(item.path_of("score"), AS_TEXT)
        text += self._remarks(item, ("location",), (score, "" if period else prose(fields.period_text(item))))
        text += self._courses(item)
        item.log.skip((*item.unused(), *more.unused()))
        return text

    def _highlights(self, item: Item, more: Item, owner: dict[str, str]) -> str:
        fields, texts, extensions = self._fields, item.texts("highlights"), more.items("highlights")
        (owner_key,) = owner.values()
        written = []
        for number, (path, text) in enumerate(texts):
            extra = extensions[number] if len(extensions) == len(texts) else None
            key = fields.key("highlight", extra or more, f"{owner_key} {number + 1}", own=extra is not None)
            facts = {"name": extra.line("name"), "skills": fields.keys(extra, "skills")} if extra else {}
            if extra:
                extra.used.add("evidence")
                extra.log.skip(extra.unused())
            written.append(directive("highlight", key, {**facts, **owner}, fields.markdown(item, path, text)) + "\n")
        return "".join(written)

    def _evidence(self, item: Item) -> str:
        fields = self._fields
        facts = {name: item.line(name) for name in ("title", "kind", "by", "revision")}
        facts["url"] = fields.address(item)
        facts["date"] = fields.converted(item, "date", convert.date)
        for objtype in ("skill", "highlight", "project"):
            facts[f"{objtype}s"] = fields.keys(item, f"{objtype}s", objtype)
        if not (facts["title"] and facts["url"] and item.line("key")):
            item.log.skip([item.path], __("evidence needs a key, a title and a url"))
            return ""
        key = fields.key("evidence", item, facts["title"])
        text = directive("evidence", key, facts, fields.prose(item, "summary")) + "\n"
        item.log.skip(item.unused())
        return text

    # Text after an entry

    def _remarks(self, item: Item, names: Sequence[str], texts: Sequence[str] = (), *, link: bool = True) -> str:
        """Return a line with the fields that have no option, then the description of the entity."""
        facts = [self._fields.link(item)] if link else []
        for name in names:
            facts.append(prose(item.flat_text(name)))
            if facts[-1]:
                item.log.note(item.path_of(name), AS_TEXT)
        description = self._fields.prose(item, "description") if link else ""
        if description:
            item.log.note(item.path_of("description"), AS_TEXT)
        blocks = filter(None, (self._fields.facts((*facts, *texts)), description))
        return "".join(f"{block}\n\n" for block in blocks)

    def _courses(self, item: Item) -> str:
        """Return courses on one line if all are short, otherwise as a list."""
        courses = [text for _path, text in item.texts("courses")]
        if courses:
            item.log.note(item.path_of("courses"), AS_TEXT)
        if any(len(course) > SHORT for course in courses):
            return self._fields.labelled("courses", "\n\n" + bullets(map(prose, courses))) + "\n"
        line = self._fields.labelled("courses", self._fields.joined(map(prose, courses)))
        return f"{line}\n\n" if line else ""

    def _keywords(self, item: Item) -> tuple[list[str], list[str]]:
        """Return the keys of the skills among the keywords of a project, and the other keywords."""
        shown: dict[str, None] = {}
        unknown = []
        for path, word in item.texts("keywords"):
            skill = self._skills.find(word)
            if skill is None:
                unknown.append(prose(word))
                item.log.note(path, AS_TEXT)
                continue
            key, name = skill
            shown[key] = None
            if word != name:
                item.log.note(path, __("imported as the skill %s") % name)
        return list(shown), unknown

    def _position_of(self, item: Item, more: Item, period: Period | None) -> tuple[str, list[str]]:
        """Return the key of the position of a project, and the roles and entity that differ from it."""
        entity, key = item.line("entity"), more.line("position")
        roles = [text for _path, text in item.texts("roles")]
        if key:
            position = next((known for known in self._positions if known.key == key), None)
            if position is None:
                item.log.refuse(more.path_of("position"), __("unknown %s %r") % ("position", key))
        else:
            position = position_of(self._positions, entity, roles, period) if entity else None
        others = [role for role in roles if position is None or role != position.title]
        names = ["roles"] if others else []
        if entity and (position is None or entity.casefold() != position.entity.casefold()):
            others.append(entity)
            names.append("entity")
        for name in names:
            item.log.note(item.path_of(name), AS_TEXT)
        return position.key if position else "", list(map(prose, others))

    def _links(self, item: Item, more: Item) -> dict[str, str]:
        found = more.item("links")
        links = {name: self._fields.address(found, name) for name in PREFERRED_LINKS if name in found.data}
        url = self._fields.address(item)
        if url and url not in links.values():
            links["homepage"] = url
        item.log.skip(found.unused())
        return links


def _dates(period: Period | None) -> dict[str, str]:
    if period is None:
        return {}
    return {"start": str(period.start), "end": str(period.end) if period.end else ""}
