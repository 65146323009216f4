"""Write the entries of a portfolio: convert objects of a résumé to directives in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.fallback import list_item
from sphinx_folio.cli.importing.fields import AS_TEXT, bullets
from sphinx_folio.cli.importing.markdown import directive, heading, prose
from sphinx_folio.cli.importing.positions import Position, position_of
from sphinx_folio.directives import options as convert
from sphinx_folio.types.project import PREFERRED_LINKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_folio.cli.importing.fields import FieldConverter
    from sphinx_folio.cli.importing.items import Item
    from sphinx_folio.cli.importing.skills import Skills
    from sphinx_folio.portfolio.dates import Period

PRIVATE = ("phone", "location")
"""Fields of ``basics`` that only a private build contains."""
NEEDED = {
    "work": __("a position needs a name, a position and a startDate"),
    "education": __("an education needs an institution"),
    "projects": __("a project needs a name"),
}
SHORT = 40
"""The maximum length of a course that is listed on one line with others, in characters."""


class EntryWriter:
    """Writes entries. Positions must be written before projects, since projects refer to them.

    Each method marks the fields that it uses, and logs fields that it changes or skips. ``extension`` is always the
    extension of the schema that our own exports contain, see :meth:`Item.extension`.
    """

    def __init__(self, skills: Skills, fields: FieldConverter) -> None:
        """Start without positions."""
        self._skills = skills
        self._fields = fields
        self._positions: list[Position] = []

    def person(self, item: Item) -> str:
        """Return the entry of the person, then the degree."""
        fields, extension = self._fields, item.extension()
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
            "birth": fields.converted(extension, "birth", convert.date),
        }
        key = fields.key("person", extension, name)
        text = directive("person", key, facts, fields.prose(item, "summary"))
        degree = fields.prose(item, "degree")
        for private in PRIVATE:
            if item.flat_text(private):
                item.log.skip([item.path_of(private)], __("private; provide it to private builds with FOLIO_PRIVATE"))
        item.log.skip((*item.unused(), *extension.unused()))
        return "\n".join(filter(None, (text, degree and f"{degree}\n")))

    def work(self, item: Item) -> str:
        """Return the entry of a position with its highlights."""
        fields, extension = self._fields, item.extension()
        entity, title, period = item.line("name"), item.line("position"), fields.period(item)
        if not (entity and title and period):
            return self._as_text("work", item, entity or title)
        key = fields.key("position", extension, entity)
        self._positions.append(Position(key, entity, title, period))
        facts = {"title": title, **_dates(period), "skills": fields.keys(extension, "skills")}
        summary = fields.prose(item, "summary")
        if extension.texts("summary-of"):  # it repeats the descriptions of projects
            summary = ""
        text = heading(3, entity) + "\n" + directive("position", key, facts, summary) + "\n"
        text += self._remarks(item, ("type", "workType", "employmentType", "location"))
        text += self._highlights(item, extension, {"position": key})
        item.log.skip((*item.unused(), *extension.unused()))
        return text

    def project(self, item: Item) -> str:
        """Return the entry of a project with its highlights."""
        fields, extension, name = self._fields, item.extension(), item.line("name")
        if not name:
            return self._as_text("projects", item, "")
        key, period = fields.key("project", extension, name), fields.period(item)
        position, remarks = self._position_of(item, extension, period)
        shown, unknown = self._keywords(item)
        languages, skills = fields.keys(extension, "languages"), fields.keys(extension, "skills")
        known = {*convert.words(languages), *convert.words(skills)}
        skills = ", ".join(filter(None, (skills, *(skill for skill in shown if skill not in known))))
        facts = {
            "position": position,
            "languages": languages,
            "skills": skills,
            **_dates(period),
            **self._links(item, extension),
        }
        text = heading(3, name) + "\n" + directive("project", key, facts, fields.prose(item, "description")) + "\n"
        remarks = [*remarks, fields.joined(unknown), "" if period else prose(fields.period_text(item))]
        text += self._remarks(item, ("type",), remarks, link=False)
        text += self._highlights(item, extension, {"project": key})
        extension.used.add("evidence")
        item.log.skip((*item.unused(), *extension.unused()))
        return text

    def education(self, item: Item) -> str:
        """Return the entry of an education with its courses."""
        fields, extension, name = self._fields, item.extension(), item.line("institution")
        if not name:
            return self._as_text("education", item, item.line("area") or item.line("studyType"))
        period = fields.period(item)
        facts = {"area": item.line("area"), "study-type": item.line("studyType"), **_dates(period)}
        key = fields.key("education", extension, name)
        content = "\n\n".join(filter(None, (fields.prose(extension, "summary"), fields.prose(item, "summary"))))
        text = heading(3, name) + "\n" + directive("education", key, facts, content) + "\n"
        score = fields.labeled("score", prose(item.line("score")))
        if score:
            item.log.note(item.path_of("score"), AS_TEXT)
        text += self._remarks(item, ("location",), (score, "" if period else prose(fields.period_text(item))))
        text += self._courses(item)
        item.log.skip((*item.unused(), *extension.unused()))
        return text

    def _highlights(self, item: Item, extension: Item, owner: dict[str, str]) -> str:
        """Return the entries of highlights; ``owner`` is the option that names their position or project."""
        fields, texts, extensions = self._fields, item.texts("highlights"), extension.items("highlights")
        (owner_key,) = owner.values()
        written = []
        for number, (path, text) in enumerate(texts):
            extra = extensions[number] if len(extensions) == len(texts) else None
            if extra and extra.line("project"):  # a position repeats the highlight of a project
                extra.line("key")
                continue
            key = fields.key("highlight", extra or extension, f"{owner_key} {number + 1}", own=extra is not None)
            facts = {"name": extra.line("name"), "skills": fields.keys(extra, "skills")} if extra else {}
            if extra:
                extra.used.add("evidence")
                extra.log.skip(extra.unused())
            written.append(directive("highlight", key, {**facts, **owner}, fields.markdown(item, path, text)) + "\n")
        return "".join(written)

    def evidence(self, item: Item) -> str:
        """Return an entry of evidence; return nothing if required fields are missing."""
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

    def _as_text(self, section: str, item: Item, title: str) -> str:
        """Return an item without the required fields as text."""
        item.log.note(item.path, f"{NEEDED[section]}; {AS_TEXT}")
        return (
            f"{heading(3, title or self._fields.options.headings[section])}\n{list_item(section, item, self._fields)}\n"
        )

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
            return self._fields.labeled("courses", "\n\n" + bullets(map(prose, courses))) + "\n"
        line = self._fields.labeled("courses", self._fields.joined(map(prose, courses)))
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

    def _position_of(self, item: Item, extension: Item, period: Period | None) -> tuple[str, list[str]]:
        """Return the key of the position of a project, and the roles and entity that differ from it."""
        entity, key = item.line("entity"), extension.line("position")
        roles = [text for _path, text in item.texts("roles")]
        if key:
            position = next((known for known in self._positions if known.key == key), None)
            if position is None:
                item.log.error(extension.path_of("position"), __("unknown %s %r") % ("position", key))
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

    def _links(self, item: Item, extension: Item) -> dict[str, str]:
        """Return the options of a project that contain URLs."""
        found = extension.item("links")
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
