"""Compose the pages of a portfolio from a résumé."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.fallback import told
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
"""Facts of the basics that only a private copy has."""
NEEDED = {
    "work": __("a position needs a name, a position and a startDate"),
    "education": __("an education needs an institution"),
    "projects": __("a project needs a name"),
}
SHORT = 40
"""How many characters a text has at most that stands in a line with others."""


@dataclass(slots=True)
class Imported:
    """What a résumé becomes."""

    name: str = ""
    """The person's."""
    pages: dict[str, str] = field(default_factory=dict)
    """File name → Markdown."""
    settings: dict[str, Any] = field(default_factory=dict)
    """What conf.py needs."""
    left: list[str] = field(default_factory=list)
    """The fields that are not imported, each with its path and the reason."""
    notes: list[str] = field(default_factory=list)
    """The fields that are imported with a change, each with its path and the change."""
    unordered: tuple[str, ...] = ()
    """The levels that ``folio_levels`` lacks because their order is not known."""


def import_resume(resume: Item, headings: Mapping[str, str] = ENGLISH, choices: Choices | None = None) -> Imported:
    """Return the pages of a résumé.

    Args:
        resume: The résumé.
        headings: What its sections are called, if ``choices`` does not say it.
        choices: What the owner chose.

    Raises:
        UnreadableResumeError: Fields are of a wrong type, or a key is claimed twice.
    """
    found = _Import(resume, Fields(choices or Choices(headings=headings))).run()
    resume.log.check()
    return found


class _Import:
    """One import: its pages, section by section."""

    def __init__(self, resume: Item, fields: Fields) -> None:
        self._resume = resume
        self._fields = fields
        self._headings = fields.choices.headings
        self._skills = Skills(resume.items("skills"), fields)
        self._positions: list[Position] = []

    def run(self) -> Imported:
        """Return all pages; what others refer to comes first."""
        resume, log = self._resume, self._resume.log
        for name in ("$schema", "meta"):
            if resume.value(name):
                log.note(name, __("about the file, not about the person; not needed"))
        whole = resume.extension()
        whole.asked.add("private")
        basics = resume.item("basics")
        name = basics.line("name") or "Portfolio"
        person = self._person(basics)
        lives = {
            "skills": self._skills.on_resume(),
            "work": self._section("work", self._work),
            "projects": self._section("projects", self._project),
            "education": self._section("education", self._education),
        }
        sections = [person, *(self._under(section, text) for section, text in lives.items())]
        sections += map(self._other, OTHER_SECTIONS)
        evidence = "".join(map(self._proof, whole.items("evidence")))
        log.leave((*resume.unasked(), *whole.unasked()))
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
            left=log.left,
            notes=list(dict.fromkeys(log.notes)),
            unordered=tuple(self._skills.unordered),
        )

    def _under(self, section: str, text: str) -> str:
        return f"{heading(2, self._headings[section])}\n{text}" if text else ""

    def _section(self, name: str, write: Callable[[Item], str]) -> str:
        return "".join(map(write, self._resume.items(name)))

    def _other(self, section: str) -> str:
        """Return a section that has no objects as text."""
        found = self._resume.items(section)
        for item in found:
            item.log.note(item.path, AS_TEXT)
        return self._under(section, "".join(told(section, item, self._fields) for item in found))

    def _as_text(self, section: str, item: Item, title: str) -> str:
        """Return an item that lacks what its object needs as text."""
        item.log.note(item.path, f"{NEEDED[section]}; {AS_TEXT}")
        return f"{heading(3, title or self._headings[section])}\n{told(section, item, self._fields)}\n"

    # Objects

    def _person(self, item: Item) -> str:
        fields, more = self._fields, item.extension()
        name = item.line("name") or "Anonymous"
        profiles = []
        for found in item.items("profiles"):
            profiles.append(fields.profile(found))
            item.log.leave(found.unasked())
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
            if item.words(private):
                item.log.leave([item.path_of(private)], __("it is private; a private copy takes it from FOLIO_PRIVATE"))
        item.log.leave((*item.unasked(), *more.unasked()))
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
        item.log.leave((*item.unasked(), *more.unasked()))
        return text

    def _project(self, item: Item) -> str:
        fields, more, name = self._fields, item.extension(), item.line("name")
        if not name:
            return self._as_text("projects", item, "")
        key, period = fields.key("project", more, name), fields.period(item)
        position, remarks = self._position_of(item, more, period)
        shown, unknown = self._keywords(item)
        languages, skills = fields.keys(more, "languages"), fields.keys(more, "skills")
        tied = {*convert.words(languages), *convert.words(skills)}
        skills = ", ".join(filter(None, (skills, *(skill for skill in shown if skill not in tied))))
        facts = {
            "position": position,
            "languages": languages,
            "skills": skills,
            **_dates(period),
            **self._links(item, more),
        }
        text = heading(3, name) + "\n" + directive("project", key, facts, fields.prose(item, "description")) + "\n"
        remarks = [*remarks, fields.words(unknown), "" if period else prose(fields.period_text(item))]
        text += self._remarks(item, ("type",), remarks, link=False)
        text += self._highlights(item, more, {"project": key})
        more.asked.add("evidence")
        item.log.leave((*item.unasked(), *more.unasked()))
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
        item.log.leave((*item.unasked(), *more.unasked()))
        return text

    def _highlights(self, item: Item, more: Item, owner: dict[str, str]) -> str:
        fields, texts, ties = self._fields, item.texts("highlights"), more.items("highlights")
        (owner_key,) = owner.values()
        written = []
        for number, (path, text) in enumerate(texts):
            tie = ties[number] if len(ties) == len(texts) else None
            key = fields.key("highlight", tie or more, f"{owner_key} {number + 1}", own=tie is not None)
            facts = {"name": tie.line("name"), "skills": fields.keys(tie, "skills")} if tie else {}
            if tie:
                tie.asked.add("evidence")
                tie.log.leave(tie.unasked())
            written.append(directive("highlight", key, {**facts, **owner}, fields.markdown(item, path, text)) + "\n")
        return "".join(written)

    def _proof(self, item: Item) -> str:
        fields = self._fields
        facts = {name: item.line(name) for name in ("title", "kind", "by", "revision")}
        facts["url"] = fields.address(item)
        facts["date"] = fields.converted(item, "date", convert.date)
        for objtype in ("skill", "highlight", "project"):
            facts[f"{objtype}s"] = fields.keys(item, f"{objtype}s", objtype)
        if not (facts["title"] and facts["url"] and item.line("key")):
            item.log.leave([item.path], __("evidence needs a key, a title and an address"))
            return ""
        key = fields.key("evidence", item, facts["title"])
        text = directive("evidence", key, facts, fields.prose(item, "summary")) + "\n"
        item.log.leave(item.unasked())
        return text

    # What stands beside an object's entry

    def _remarks(self, item: Item, names: Sequence[str], texts: Sequence[str] = (), *, link: bool = True) -> str:
        """Return a line of facts that have no option, then a description of the entity."""
        facts = [self._fields.link(item)] if link else []
        for name in names:
            facts.append(prose(item.words(name)))
            if facts[-1]:
                item.log.note(item.path_of(name), AS_TEXT)
        description = self._fields.prose(item, "description") if link else ""
        if description:
            item.log.note(item.path_of("description"), AS_TEXT)
        blocks = filter(None, (self._fields.facts((*facts, *texts)), description))
        return "".join(f"{block}\n\n" for block in blocks)

    def _courses(self, item: Item) -> str:
        """Return courses: short ones in a line, others as a list."""
        courses = [text for _path, text in item.texts("courses")]
        if courses:
            item.log.note(item.path_of("courses"), AS_TEXT)
        if any(len(course) > SHORT for course in courses):
            return self._fields.labelled("courses", "\n\n" + bullets(map(prose, courses))) + "\n"
        line = self._fields.labelled("courses", self._fields.words(map(prose, courses)))
        return f"{line}\n\n" if line else ""

    def _keywords(self, item: Item) -> tuple[list[str], list[str]]:
        """Return the skills that the keywords of a project name, and the keywords that name none."""
        shown: dict[str, None] = {}
        unknown = []
        for path, word in item.texts("keywords"):
            skill = self._skills.named(word)
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
        """Return the key of the position that a project belongs to, and what its fields say beyond that."""
        entity, key = item.line("entity"), more.line("position")
        roles = [text for _path, text in item.texts("roles")]
        if key:
            position = next((known for known in self._positions if known.key == key), None)
            if position is None:
                item.log.refuse(more.path_of("position"), __("there is no %s %r") % ("position", key))
        else:
            position = position_of(self._positions, entity, roles, period) if entity else None
        rest = [role for role in roles if position is None or role != position.title]
        names = ["roles"] if rest else []
        if entity and (position is None or entity.casefold() != position.entity.casefold()):
            rest.append(entity)
            names.append("entity")
        for name in names:
            item.log.note(item.path_of(name), AS_TEXT)
        return position.key if position else "", list(map(prose, rest))

    def _links(self, item: Item, more: Item) -> dict[str, str]:
        found = more.item("links")
        links = {name: self._fields.address(found, name) for name in PREFERRED_LINKS if name in found.data}
        url = self._fields.address(item)
        if url and url not in links.values():
            links["homepage"] = url
        item.log.leave(found.unasked())
        return links


def _dates(period: Period | None) -> dict[str, str]:
    if period is None:
        return {}
    return {"start": str(period.start), "end": str(period.end) if period.end else ""}
