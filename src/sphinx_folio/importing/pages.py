"""From a résumé to the pages of a portfolio, and the list of what has no place in it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinx_folio import options
from sphinx_folio.dates import Period
from sphinx_folio.exporters.json_resume import PREFERRED_LINKS, profile
from sphinx_folio.importing.headings import ENGLISH
from sphinx_folio.importing.reading import OTHER_SECTIONS, refuse
from sphinx_folio.importing.telling import named_texts, told
from sphinx_folio.importing.writing import directive, heading, items, prose
from sphinx_folio.model import KEY_FORM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sphinx_folio.importing.reading import Item

PAGES = ("resume", "projects", "skills", "evidence")
PRIVATE = {"phone", "location"}
"""Facts of the basics that are told in private copies only."""


@dataclass(slots=True)
class Imported:
    """The person's name, pages by name, the settings that conf.py needs, and what has no place, each with its path."""

    name: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def import_resume(resume: Item, headings: Mapping[str, str] = ENGLISH) -> Imported:
    """Return the pages of a résumé.

    Args:
        resume: The résumé.
        headings: What its sections are called on the pages.

    Raises:
        UnreadableResumeError: A field holds what it cannot, or a key is claimed twice.
    """
    return _Import(resume, headings).run()


class _Import:
    """One import: keys given so far, skills by their names and keywords, and what is left over."""

    def __init__(self, resume: Item, headings: Mapping[str, str]) -> None:
        self._resume = resume
        self._headings = headings
        self._keys: dict[tuple[str, str], str] = {}
        self._skills: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._positions: list[tuple[str, str, str]] = []
        self._levels: list[str] = []
        self._categories: dict[str, str] = {}
        self._left: list[str] = []

    def run(self) -> Imported:
        """Return all pages; skills come first, for the others name them."""
        resume = self._resume
        resume.text("$schema")
        resume.item("meta")
        whole = resume.extension()
        whole.asked.add("private")
        skills = "".join(self._skill(item) for item in resume.items("skills"))
        work = "".join(self._work(item) for item in resume.items("work"))
        projects = "".join(self._project(item) for item in resume.items("projects"))
        education = "".join(self._education(item) for item in resume.items("education"))
        evidence = "".join(self._proof(item) for item in whole.items("evidence"))
        basics = resume.item("basics")
        parts = [self._person(basics)]
        lives = (("work", work), ("education", education))
        parts += [heading(2, self._headings[name]) + "\n" + text for name, text in lives if text]
        parts += [self._other(name) for name in OTHER_SECTIONS]
        self._leave(resume.unasked())
        self._leave(whole.unasked())
        pages = {"resume": heading(1, self._headings["resume"]) + "\n" + "\n".join(part for part in parts if part)}
        for name, text in (("projects", projects), ("skills", skills), ("evidence", evidence)):
            if text:
                pages[name] = heading(1, self._headings[name]) + "\n" + text
        toctree = "```{toctree}\n\n" + "\n".join(name for name in PAGES if name in pages) + "\n```\n"
        pages["index"] = heading(1, basics.line("name") or "Portfolio") + "\n" + toctree
        settings = {
            "extensions": ["myst_parser", "sphinx_folio", "sphinx_folio.exports"],
            "primary_domain": "folio",
            "smartquotes": False,
            "folio_levels": self._levels,
            "folio_categories": self._categories,
        }
        named = {f"{name}.md": text for name, text in pages.items()}
        return Imported(name=basics.line("name") or "Portfolio", pages=named, settings=settings, left=self._left)

    # Objects

    def _person(self, item: Item) -> str:
        more = item.extension()
        name = item.line("name") or "Anonymous"
        known = []
        for found in item.items("profiles"):
            written = f"{found.line('network')} <{found.line('url')}>"
            try:
                (link,) = options.links(written)
            except ValueError as error:
                found.asked.add("username")
                self._leave([found.path], str(error))
                continue
            known.append(written)
            if found.line("username") not in ("", profile(link).get("username", "")):
                self._leave([f"{found.path}.username"])
            self._leave(found.unasked())
        facts = {
            "name": name,
            "label": item.line("label"),
            "email": self._converted(item, "email", options.email),
            "url": self._converted(item, "url", options.url),
            "profiles": ", ".join(known),
            "birth": self._converted(more, "birth", options.date),
        }
        key = self._key("person", more, name)
        summary = prose(item.text("summary"))
        for private in sorted(PRIVATE & item.data.keys()):
            if item.data[private]:
                item.asked.add(private)
                self._leave([f"{item.path}.{private}"], "it is private; a private copy takes it from FOLIO_PRIVATE")
        self._leave(item.unasked())
        return directive("person", key, facts, summary)

    def _skill(self, item: Item) -> str:
        name, more = item.line("name"), item.extension()
        if not name:
            self._leave([item.path], "a skill needs a name")
            return ""
        category = more.line("category")
        if not KEY_FORM.fullmatch(category):
            category = "skills"
        self._categories.setdefault(category, category.replace("-", " ").capitalize())
        level = item.line("level")
        if level and level not in self._levels:
            self._levels.append(level)
        words = item.texts("keywords")
        for number, word in enumerate(words):
            if options.words(word) != (word,):
                self._leave([f"{item.path}.keywords[{number}]"], "a keyword has no comma in it")
        keywords = [word for word in words if options.words(word) == (word,)]
        key = self._key("skill", more, name)
        self._names[key] = name
        for word in (name, *keywords):
            self._skills.setdefault(word.casefold(), key)
        more.asked.add("evidence")
        facts = {"category": category, "level": level, "keywords": ", ".join(keywords)}
        text = heading(2, name) + "\n" + directive("skill", key, facts, prose(more.text("summary"))) + "\n"
        self._leave([*item.unasked(), *more.unasked()])
        return text

    def _work(self, item: Item) -> str:
        entity, title, more = item.line("name"), item.line("position"), item.extension()
        start, end = self._dates(item)
        summary = prose(item.text("summary"))
        item.texts("highlights")  # of the right type, wherever they will stand
        if not (entity and title and start):
            self._leave([item.path], "a position needs a name, a position and a startDate; it is kept as prose")
            item.asked |= item.data.keys()
            return self._as_prose(item, entity or title or "Work") + "\n"
        key = self._key("position", more, entity)
        self._positions.append((entity, title, key))
        facts = {"title": title, "start": start, "end": end, "skills": self._known_skills(more)}
        text = heading(3, entity) + "\n" + directive("position", key, facts, summary) + "\n"
        text += self._highlights(item, more, {"position": key})
        self._leave([*item.unasked(), *more.unasked()])
        return text

    def _project(self, item: Item) -> str:
        name, more = item.line("name"), item.extension()
        if not name:
            self._leave([item.path], "a project needs a name")
            return ""
        key = self._key("project", more, name)
        start, end = self._dates(item)
        facts = {
            "position": self._position_of(item, more),
            "languages": self._known_skills(more, "languages"),
            "skills": self._known_skills(more),
            "start": start,
            "end": end,
            **self._links(item, more),
        }
        tied = {*options.words(facts["languages"]), *options.words(facts["skills"])}
        for number, word in enumerate(item.texts("keywords")):
            found = self._skills.get(word.casefold())
            if found is None:
                self._leave([f"{item.path}.keywords[{number}]"], "no skill has this name")
                continue
            if word != self._names[found]:
                self._leave([f"{item.path}.keywords[{number}]"], f"it is told as the skill {self._names[found]!r}")
            if found not in tied:
                tied.add(found)
                facts["skills"] = ", ".join(filter(None, (facts["skills"], found)))
        text = heading(2, name) + "\n" + directive("project", key, facts, prose(item.text("description"))) + "\n"
        text += self._highlights(item, more, {"project": key})
        more.asked.add("evidence")
        self._leave([*item.unasked(), *more.unasked()])
        return text

    def _education(self, item: Item) -> str:
        name, more = item.line("institution"), item.extension()
        if not name:
            self._leave([item.path], "studies need an institution")
            return ""
        start, end = self._dates(item)
        facts = {"area": item.line("area"), "study-type": item.line("studyType"), "start": start, "end": end}
        key = self._key("education", more, name)
        text = heading(3, name) + "\n" + directive("education", key, facts, prose(more.text("summary"))) + "\n"
        self._leave([*item.unasked(), *more.unasked()])
        return text

    def _highlights(self, item: Item, more: Item, owner: dict[str, str]) -> str:
        texts, ties = item.texts("highlights"), more.items("highlights")
        (owner_key,) = owner.values()
        written = []
        for number, text in enumerate(texts):
            if not text:
                continue
            tie = ties[number] if len(ties) == len(texts) else None
            key = self._key("highlight", tie or more, f"{owner_key} {number + 1}", own=tie is not None)
            facts = {"name": tie.line("name"), "skills": self._known_skills(tie)} if tie else {}
            if tie:
                tie.asked.add("evidence")
                self._leave(tie.unasked())
            written.append(directive("highlight", key, {**facts, **owner}, prose(text)) + "\n")
        return "".join(written)

    def _proof(self, item: Item) -> str:
        facts = {name: item.line(name) for name in ("title", "kind", "url", "by", "revision")}
        facts["date"] = self._converted(item, "date", options.date)
        for objtype, name in (("skill", "skills"), ("highlight", "highlights"), ("project", "projects")):
            keys = item.texts(name)
            for key in keys:
                if (objtype, key) not in self._keys:
                    refuse(f"{item.path}.{name}", f"there is no {objtype} {key!r}")
            facts[name] = ", ".join(keys)
        if not (facts["title"] and self._converted(item, "url", options.url) and item.data.get("key")):
            self._leave([item.path], "evidence needs a key, a title and an address")
            return ""
        key = self._key("evidence", item, facts["title"])
        text = directive("evidence", key, facts, prose(item.text("summary"))) + "\n"
        self._leave(item.unasked())
        return text

    def _other(self, name: str) -> str:
        """Keep a section that has no objects as prose, and say so."""
        found = self._resume.items(name)
        if not found:
            return ""
        self._leave([name], "there are no objects for it; it is kept as prose")
        return heading(2, self._headings[name]) + "\n" + "".join(told(name, item.data) for item in found)

    def _as_prose(self, item: Item, title: str) -> str:
        return heading(3, title) + "\n" + items(list(named_texts(item.data)))

    # Fields

    def _key(self, objtype: str, item: Item, name: str, *, own: bool = True) -> str:
        """Return the key that an item has, or one like its name; refuse one that another has."""
        given = item.line("key") if own else ""
        if given:
            if not KEY_FORM.fullmatch(given):
                refuse(f"{item.path}.key", f"{given!r} is no key")
            if (objtype, given) in self._keys:
                refuse(f"{item.path}.key", f"{given!r} is taken by {self._keys[objtype, given]}")
            self._keys[objtype, given] = item.path
            return given
        base, number = _key_like(name) or objtype, 1
        key = base
        while (objtype, key) in self._keys:
            number += 1
            key = f"{base}-{number}"
        self._keys[objtype, key] = item.path
        return key

    def _dates(self, item: Item) -> tuple[str, str]:
        start, end = (self._converted(item, name, options.date) for name in ("startDate", "endDate"))
        if end and not start:
            self._leave([f"{item.path}.endDate"], "it has no startDate")
            return "", ""
        try:
            return (
                (str(Period(options.date(start), options.date(end) if end else None).start), end) if start else ("", "")
            )
        except ValueError as error:
            self._leave([f"{item.path}.endDate"], str(error))
            return start, ""

    def _converted(self, item: Item, name: str, convert: Callable[[str], object]) -> str:
        """Return a field's text if it can be what it should; else say why not."""
        text = item.line(name)
        try:
            return str(convert(text)) if text else ""
        except ValueError as error:
            self._leave([f"{item.path}.{name}"], str(error))
            return ""

    def _known_skills(self, item: Item, name: str = "skills") -> str:
        keys = item.texts(name)
        for number, key in enumerate(keys):
            if ("skill", key) not in self._keys:
                refuse(f"{item.path}.{name}[{number}]", f"there is no skill {key!r}")
        return ", ".join(keys)

    def _position_of(self, item: Item, more: Item) -> str:
        """Return the key of the position that a project belongs to: the one that it names, or the one it must mean."""
        entity, roles, key = item.line("entity"), item.texts("roles"), more.line("position")
        if key and ("position", key) not in self._keys:
            refuse(f"{more.path}.position", f"there is no position {key!r}")
        meant = [found for named, _title, found in self._positions if named == entity]
        if not key and len(meant) == 1:
            (key,) = meant
        titles = [title for _entity, title, found in self._positions if found == key]
        if entity and not key:
            self._leave([f"{item.path}.entity"], "no position has this name, or several have")
        if any(role not in titles for role in roles):
            self._leave([f"{item.path}.roles"])
        return key

    def _links(self, item: Item, more: Item) -> dict[str, str]:
        found = more.item("links")
        links = {name: self._converted(found, name, options.url) for name in PREFERRED_LINKS if name in found.data}
        url = self._converted(item, "url", options.url)
        if url and url not in links.values():
            links["homepage"] = url
        self._leave(found.unasked())
        return links

    def _leave(self, paths: Sequence[str] | Iterator[str], why: str = "there is no place for it") -> None:
        self._left += [f"{path}: {why}" for path in paths]


def _key_like(name: str) -> str:
    """Return a key that resembles a name: its letters and digits in ASCII, at most 40 of them."""
    spelled = name.lower().replace("+", "p").replace("#", "-sharp")
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain))[:40].strip("-")
