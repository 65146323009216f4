"""Write the entries of a portfolio: convert objects of a résumé to directives in Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sphinx_folio._common.code_hosts import FORGES
from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.fallback import as_list_item
from sphinx_folio.cli.importing.fields import AS_TEXT, period_options
from sphinx_folio.cli.importing.markdown import DASHES, directive, divided, heading, prose, without_bullet
from sphinx_folio.cli.importing.photo import is_address, read_photo
from sphinx_folio.cli.importing.positions import Position, first_positions, positions_of
from sphinx_folio.directives import options as convert
from sphinx_folio.export.formats.json_resume_values import distinct_place, is_part_of_year
from sphinx_folio.types.highlight import OWNERS
from sphinx_folio.types.language import Language
from sphinx_folio.types.project import PREFERRED_LINKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_folio.cli.importing.fields import FieldConverter
    from sphinx_folio.cli.importing.items import Item
    from sphinx_folio.cli.importing.skills import Skills
    from sphinx_folio.directives.option_types import Option
    from sphinx_folio.portfolio.dates import Period
    from sphinx_folio.portfolio.resume_section import ResumeSection
    from sphinx_folio.registry import EntryType

PRIVATE = __("private; provide it to private builds with FOLIO_PRIVATE")
"""Why a field of a résumé is left out."""
PLACE = ("city", "region", "countryCode")
"""The fields of a location that say the place; the others are an address."""
NEEDED = {
    "work": __("a position needs a name, a position and a startDate"),
    "education": __("an education needs an institution"),
    "projects": __("a project needs a name"),
}
POSITION_AS_TEXT = __("the position is written to the page as text")
"""The outcome for a position without a valid period."""
DISTINCT = ("title", "awarder", "issuer", "publisher", "event", "date", "start", "end")
"""The facts that tell apart entries with the same name."""
CAREER_BREAKS = frozenset({
    *("career break", "karrierepause", "berufliche auszeit", "pausa profesional", "pausa laboral"),
    *("pause professionnelle", "pause carrière", "pausa lavorativa", "pausa di carriera", "pausa na carreira"),
    *("pausa profissional", "loopbaanonderbreking", "карьерный перерыв", "перерыв в карьере"),
    *("职业空档期", "职业空窗期", "職涯空窗期", "職業空窗期", "キャリアブレイク", "경력 공백"),
})  # fmt: skip
"""What LinkedIn and others call a time without a position, in lower case."""
WORK_TYPES = ("workType", "employmentType", "type")
"""The fields in which people write that a position is full-time, freelance or an internship."""


class EntryWriter:
    """Writes entries. Positions must be written before projects, since projects refer to them.

    Each method marks the fields that it uses, and logs fields that it changes or skips. ``extension`` is always the
    extension of the schema that our own exports contain, see :meth:`Item.extension`.
    """

    def __init__(self, skills: Skills, fields: FieldConverter, work: list[Item], courses: list[Item]) -> None:
        """Start without positions; ``work`` has all of them, and ``courses`` are those of our own extension."""
        self._skills = skills
        self._fields = fields
        self._positions: list[Position] = []
        self._first_positions = first_positions(work)
        self._entity = ""
        self._courses: list[Item] = courses
        self.addresses: list[str] = []
        """The mail and web addresses of the person."""
        self.photo: dict[str, bytes] = {}
        """File name → content, if there is a photo of the person."""

    def person(self, item: Item) -> str:
        """Return the entry of the person, then the degree."""
        fields, extension = self._fields, item.extension()
        name = item.line("name") or "Anonymous"
        if not item.line("name"):
            item.log.note(item.path_of("name"), __("%s is missing") % "name" + "; " + __("imported as %s") % name)
        place, private = _place_and_address(item)
        profiles = []
        for found in item.items("profiles"):
            profiles.append(fields.profile(found))
            found.keep_unused()
        facts = {
            "name": name,
            "label": item.line("label"),
            "email": fields.converted(item, "email", convert.email),
            "location": place,
            "url": fields.address(item),
            "image": self._image(item),
            "profiles": ", ".join(filter(None, dict.fromkeys(profiles))),
            "birth": fields.converted(extension, "birth", convert.date),
            "other-names": ", ".join(fields.listed(extension, "otherNames")),
        }
        profile_urls = [text.partition(" <")[2].removesuffix(">") for text in dict.fromkeys(profiles)]
        self.addresses = [*dict.fromkeys(filter(None, (facts["email"], facts["url"], *profile_urls)))]
        key = fields.key("person", extension, name)
        text = directive("person", key, facts, fields.prose(item, "summary"))
        degree = fields.prose(item, "degree")
        item.keep_from_page("degree")
        item.log.skip([*([item.path_of("phone")] if item.flat_text("phone") else []), *private], PRIVATE)
        item.keep_unused(extension)
        return "\n".join(filter(None, (text, degree and f"{degree}\n")))

    def _image(self, item: Item) -> str:
        """Return the address of the picture of the person; a file becomes the photo of the PDF instead."""
        image, path, folder = item.line("image"), item.path_of("image"), self._fields.options.folder
        if not image or folder is None or is_address(image):
            address = self._fields.address(item, "image")
            if address:
                message = __(
                    "imported as an address; for the PDF, download the picture and name it in folio_resume_photo"
                )
                item.log.note(path, message)
            return address
        try:
            name, data = read_photo(image, folder)
        except ValueError as error:
            message = __("copy the picture %s yourself; for the PDF, name it in folio_resume_photo")
            item.log.skip([path], f"{message % image} ({error})")
            return ""
        self.photo = {name: data}
        item.log.note(path, __("copied to %s; the PDF shows it (folio_resume_photo)") % name)
        return ""

    def work(self, item: Item) -> str:
        """Return the entry of a position with its highlights."""
        fields, extension = self._fields, item.extension()
        if _is_career_break(item) and not extension.line("key"):
            return self._career_break(item)
        entity, title, period = item.line("name"), item.line("position"), fields.period(item, POSITION_AS_TEXT)
        if not (entity and title and period):
            is_reported = entity and title and any(map(item.flat_text, ("startDate", "endDate")))
            return self._as_text("work", item, entity or title, "" if is_reported else NEEDED["work"])
        if fields.is_repeated(item, "position", entity, title, *period_options(period).values()):
            return self._as_text("work", item, entity)
        details = ("", title, f"{title} {period.start.year}")
        is_first = self._first_positions.get(entity.casefold()) == item.path
        key = fields.key("position", extension, entity, details if is_first else details[1:])
        fields.lift_bullets(item, "summary")
        skills, words = self._skills_and_keywords(item, extension)
        self._positions.append(Position(key, entity, title, period))
        facts = {
            "title": title,
            **period_options(period),
            "dates": fields.own_dates(item),
            "work-type": extension.line("workType") or self._work_type(item),
            "location": self._place(item),
            "entity-url": fields.address(item),
            "entity-description": item.line("description"),
            "skills": skills,
        }
        summary = fields.prose(item, "summary")
        if extension.texts("summary-of"):  # it repeats the descriptions of projects
            summary = ""
        text = "" if self._entity == entity else heading(3, entity) + "\n"  # roles at one entity share a section
        self._entity = entity
        text += directive("position", key, facts, summary) + "\n" + self._remarks([words])
        text += self._highlights(item, extension, {"position": key})
        item.keep_unused(extension)
        return text

    def project(self, item: Item) -> str:
        """Return the entry of a project with its highlights."""
        fields, extension, name = self._fields, item.extension(), item.line("name")
        if not name:
            return self._as_text("projects", item, "", NEEDED["projects"])
        if fields.is_repeated(item, "project", name):
            return self._as_text("projects", item, name)
        key, period = fields.key("project", extension, name), fields.period(item)
        fields.lift_bullets(item, "description")
        commits = fields.period(extension.item("commits"))
        position, entity, roles = self._position_of(item, extension, period)
        languages = fields.keys(extension, "languages")
        skills, words = self._skills_and_keywords(item, extension, convert.words(languages))
        facts = {
            "position": position,
            "entity": entity,
            "type": item.line("type"),
            "roles": ", ".join(roles),
            "languages": languages,
            "skills": skills,
            **period_options(commits or period),
            "dates-from": "commits" if commits else "",
            "source": extension.line("source"),
            **self._links(item, extension),
        }
        text = heading(3, name) + "\n" + directive("project", key, facts, fields.prose(item, "description")) + "\n"
        item.keep_from_page("location")
        place = prose(item.flat_text("location"))
        dates = fields.own_dates(item) if period else fields.period_text(item)
        text += self._remarks([words, place, prose(dates)])
        text += self._highlights(item, extension, {"project": key})
        extension.used.add("evidence")
        item.keep_unused(extension)
        return text

    def education(self, item: Item) -> str:
        """Return the entry of an education with its courses."""
        fields, extension, name = self._fields, item.extension(), item.line("institution")
        if not name:
            return self._as_text("education", item, item.line("area") or item.line("studyType"), NEEDED["education"])
        period = fields.period(item)
        facts_of_degree = (item.line("area"), item.line("studyType"), *period_options(period).values())
        if fields.is_repeated(item, "education", name, *facts_of_degree):
            return self._as_text("education", item, name)
        courses = fields.listed(item, "courses")
        listed = {course.line("name") for course in self._courses if course.line("education") == extension.line("key")}
        facts = {
            "area": item.line("area"),
            "study-type": item.line("studyType"),
            **period_options(period),
            "dates": fields.own_dates(item) if period else "",
            "location": extension.line("location") or self._place(item),
            "score": item.line("score"),
            "courses": ", ".join(course for course in courses if course not in listed),
            "url": fields.address(item),
        }
        key = fields.key("education", extension, name, ("", f"{item.line('studyType')} {item.line('area')}"))
        texts = (fields.prose(extension, "summary"), fields.prose(item, "summary"), fields.bullets(item, "highlights"))
        content = "\n\n".join(_without_repeated(map(str.strip, texts)))
        item.keep_from_page("summary", "highlights", "location")
        text = heading(3, name) + "\n" + directive("education", key, facts, content) + "\n"
        text += self._remarks(["" if period else prose(fields.period_text(item))])
        item.keep_unused(extension)
        return text

    def _highlights(self, item: Item, extension: Item, owner: dict[str, str]) -> str:
        """Return the entries of highlights; ``owner`` is the option that names their position or project."""
        fields, texts, extensions = self._fields, item.texts("highlights"), extension.items("highlights")
        (owner_key,) = owner.values()
        if not extensions:
            texts = [(path, part) for path, text in texts for part in _parts(text)]
        written = []
        for number, (path, text) in enumerate(texts):
            extra = extensions[number] if len(extensions) == len(texts) else None
            if extra and extra.line("project"):  # a position repeats the highlight of a project
                extra.line("key")
                continue
            if not extra and text.casefold() in {known.casefold() for _path, known in texts[:number]}:
                item.log.note(path, __("occurs more than once"), kept=True)
                continue
            key = fields.key("highlight", extra or extension, f"{owner_key} {number + 1}", own=extra is not None)
            facts = {"name": extra.line("name"), "skills": fields.keys(extra, "skills")} if extra else {}
            if extra:
                extra.used.add("evidence")
                extra.keep_unused()
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
        item.keep_unused()
        return text

    def entry(self, entry_type: EntryType, item: Item) -> str:
        """Return the entry for an item of the section of a type; an item without a name becomes text."""
        section, options = entry_type.resume_section, entry_type.directive.known_options
        if section is None:
            raise ValueError(entry_type.objtype)
        fields, extension, name = self._fields, item.extension(), item.line(section.title)
        if not name:
            item.log.note(item.path, __("%s is missing") % section.title + f"; {AS_TEXT}")
            return as_list_item(section.name, item, fields)
        _use_doi(item)
        facts, texts = {entry_type.directive.heading_fact: name}, list[str]()
        for source, field in section.fields.items():
            option = field.replace("_", "-")
            facts[option] = self._option(options[option], item, source)
            texts.append(self._words_of(item, source, facts[option]))
        texts.append(_place_as_text(item, section))
        if entry_type.record is Language:
            facts["fluency"] = fields.level_of_language(item, facts["fluency"])
        facts |= {name: self._option(options[name], extension, name) for name in section.own_fields}
        if "start" in options:
            own_dates, text = self._period(item, has_words="dates" in options)
            facts |= own_dates
            texts.append(text)
        if fields.is_repeated(item, entry_type.objtype, name, *(facts.get(fact, "") for fact in DISTINCT)):
            return "" if fields.is_copy(item) else as_list_item(section.name, item, fields)
        facts["skills"] = fields.keys(extension, "skills")
        details = ("", facts.get("title", "")) if entry_type.objtype in OWNERS else ("",)
        key = fields.key(entry_type.objtype, extension, name, details)
        if entry_type.objtype in OWNERS:
            fields.lift_bullets(item, section.text)
        text = directive(entry_type.objtype, key, facts, fields.prose(item, section.text)) + "\n"
        text += self._remarks(texts)
        if entry_type.objtype in OWNERS:
            text += self._highlights(item, extension, {entry_type.objtype: key})
        item.keep_unused(extension)
        return text

    @staticmethod
    def _words_of(item: Item, source: str, value: str) -> str:
        """Return a field as text if the value of its option does not say all of it; otherwise nothing."""
        text = item.flat_text(source)
        if text and not value:
            item.keep_from_page(source)
        return prose(text) if text and (not value or is_part_of_year(text)) else ""

    def _period(self, item: Item, *, has_words: bool) -> tuple[dict[str, str], str]:
        """Return the options of a period, and what they do not say as text.

        Args:
            item: The item.
            has_words: Whether an option has the dates as they are written.
        """
        fields, period = self._fields, self._fields.period(item)
        dates = fields.own_dates(item) if period else fields.period_text(item)
        if period and has_words:
            return {**period_options(period), "dates": dates}, ""
        return period_options(period), prose(dates)

    def _option(self, option: Option, item: Item, name: str) -> str:
        """Return a field as the value of an option; empty if it is not valid for the option."""
        if option.is_list:
            return ", ".join(self._fields.listed(item, name))
        if option.convert is convert.date:
            return str(self._fields.date(item, name) or "")
        if option.convert is convert.url:
            return self._fields.address(item, name)
        return item.line(name)

    def _as_text(self, section: str, item: Item, title: str, reason: str = "") -> str:
        """Return an item that cannot be an entry as text; empty for a copy. Without ``reason``, it was reported."""
        if self._fields.is_copy(item):
            return ""
        if reason:
            item.log.note(item.path, f"{reason}; {AS_TEXT}")
        self._entity = ""
        lead = heading(3, title or self._fields.options.headings[section])
        return f"{lead}\n{as_list_item(section, item, self._fields, title)}\n"

    def _career_break(self, item: Item) -> str:
        """Return a time without a position as text, so that it does not count as experience."""
        fields, names = self._fields, (item.line("name"), item.line("position"))
        short, long = sorted(names, key=len)
        title = long if short.casefold() in long.casefold() else fields.options.headings["colon"].join(names)
        item.log.note(item.path, __("a career break, not a position") + f"; {AS_TEXT}")
        item.log.keep_from_page([item.path])
        self._entity = ""
        facts = (prose(item.flat_text("location")), prose(fields.period_text(item)))
        texts = (fields.facts(facts), fields.prose(item, "summary"), fields.bullets(item, "highlights").strip())
        item.used |= item.data.keys()
        return "\n\n".join(filter(None, (heading(3, title).strip(), *texts))) + "\n\n"

    # Text after an entry

    def _remarks(self, texts: Sequence[str]) -> str:
        """Return a line with facts that have no option."""
        line = self._fields.facts(texts)
        return f"{line}\n\n" if line else ""

    def _work_type(self, item: Item) -> str:
        """Return the first field with the type of a position that has a text."""
        found = next(filter(item.line, WORK_TYPES), "")
        item.keep_from_page(*filter(None, [found]))
        return item.line(found) if found else ""

    def _place(self, item: Item) -> str:
        """Return the location, which people write as a text or as an object, without a repeated name."""
        place = distinct_place(item.flat_text("location"))
        if place != item.value("location"):
            item.keep_quietly("location")
        return place

    def _skills_and_keywords(self, item: Item, extension: Item, known: Sequence[str] = ()) -> tuple[str, str]:
        """Return the keys of the skills of an item except known ones, and its other keywords as a text."""
        skills = self._fields.keys(extension, "skills")
        shown, words = self._keywords(item)
        others = (skill for skill in shown if skill not in {*known, *convert.words(skills)})
        return ", ".join(filter(None, (skills, *others))), self._fields.labeled("keywords", self._fields.joined(words))

    def _keywords(self, item: Item) -> tuple[list[str], list[str]]:
        """Return the keys of the skills among the keywords of an item, and the other keywords.

        If skills are groups, such as “Backend: Go, gRPC”, a word of a group is among the others, too.
        """
        shown: dict[str, None] = {}
        words = []
        for path, word in item.texts("keywords"):
            skill = self._skills.find(word)
            if skill is None:
                words.append(prose(word))
                item.log.note(path, AS_TEXT)
                item.log.keep_from_page([path])
                continue
            key, name = skill
            shown[key] = None
            if word != name:
                item.log.note(path, __("imported as the skill %s") % name, kept=True)
                words += [prose(word)] if self._skills.has_groups else []
        return list(shown), words

    def _position_of(self, item: Item, extension: Item, period: Period | None) -> tuple[str, str, list[str]]:
        """Return the key of the position of a project, and the entity and the roles if they differ from it."""
        entity, key = item.line("entity"), extension.line("position")
        titles = [text for _path, text in item.texts("roles")]
        if key:
            position = next((known for known in self._positions if known.key == key), None)
            if position is None:
                item.log.error(extension.path_of("position"), __("unknown %s %r") % ("position", key))
        else:
            position = self._guessed_position(item, entity, titles, period) if entity else None
        roles = [] if position and titles == [position.title] else self._fields.listed(item, "roles")
        if position is None:
            return "", entity, roles
        return position.key, "" if entity.casefold() == position.entity.casefold() else entity, roles

    def _guessed_position(
        self, item: Item, entity: str, titles: Sequence[str], period: Period | None
    ) -> Position | None:
        """Return the only position at the entity of a project that contains it, and report a choice between several."""
        at_entity = [known for known in self._positions if known.entity.casefold() == entity.casefold()]
        found = positions_of(at_entity, entity, titles, period)
        if len(found) == 1 and len(at_entity) == 1:
            return found[0]
        if len(found) == 1:
            change = __("assigned to the position %s (%s), which contains its dates") % (found[0].key, found[0].title)
        elif found:
            change = __("imported without a position, since several at %s are possible") % entity
        else:
            change = __("imported without a position, since none at %s contains its dates") % entity
        if at_entity:
            item.log.note(item.path_of("entity"), change)
        return found[0] if len(found) == 1 else None

    def _links(self, item: Item, extension: Item) -> dict[str, str]:
        """Return the options of a project that contain URLs."""
        found = extension.item("links")
        links = {name: self._fields.address(found, name) for name in PREFERRED_LINKS if name in found.data}
        url = self._fields.address(item)
        if url and url not in links.values():
            links["repository" if "repository" not in links and _is_repository(url) else "homepage"] = url
        found.keep_unused()
        return links


def _without_repeated(texts: Iterable[str]) -> Iterator[str]:
    """Yield the texts that are not a part of one before, apart from white space."""
    known = ""
    for text in texts:
        letters = "".join(filter(str.isalnum, text))
        if letters and letters not in known:
            known += f"{letters} "
            yield text


def _parts(text: str) -> list[str]:
    """Return the items of a list that is written on one line, without bullets, or the text itself."""
    if len(text.splitlines()) > 1 or without_bullet(text) == text:
        return [text]
    lines = divided(text).splitlines()
    return [line if line[0] in DASHES and len(lines) == 1 else without_bullet(line) for line in lines]


def _place_as_text(item: Item, section: ResumeSection) -> str:
    """Return the place of an item for the page if its entry has no option for it; RenderCV has it in every entry."""
    if "location" in section.fields:
        return ""
    item.keep_from_page("location")
    return prose(item.flat_text("location"))


def _use_doi(item: Item) -> None:
    """Use the DOI of a publication as its address, unless it has another one."""
    doi = item.line("doi") if item.section == "publications" else ""
    if not doi:
        item.used.discard("doi")
    elif not item.line("url"):
        item.data["url"] = doi if "://" in doi else f"https://doi.org/{doi}"
        item.log.note(item.path_of("doi"), __("imported as %s") % item.data["url"], kept=True)
    else:
        item.log.keep([item.path_of("doi")], "" if doi in item.line("url") else __("not supported"))


def _is_career_break(item: Item) -> bool:
    """Return whether an item of the section of work is a career break, such as “Career break: caring for family”."""
    names = (re.split(r"\s*[:：(（–—-]", item.line(name))[0].casefold() for name in ("name", "position"))
    return any(name in CAREER_BREAKS for name in names)


def _is_repository(url: str) -> bool:
    """Return whether an address is a repository on one of the well-known hosts: owner and name, and nothing more."""
    parts = urlsplit(url)
    return parts.hostname in FORGES and len(parts.path.strip("/").split("/")) == len(("owner", "name"))


def _place_and_address(basics: Item) -> tuple[str, list[str]]:
    """Return the place of a person, and the paths of the fields of their location that are an address, thus private.

    A text is a place unless it has a number, as an address does.
    """
    path = basics.path_of("location")
    if not isinstance(basics.value("location"), dict):
        text = basics.flat_text("location")
        is_place = isinstance(basics.value("location"), str) and not re.search(r"\d", text)
        if is_place and text:
            basics.log.note(path, __("a string, imported as its %s") % "city", kept=True)
        return (distinct_place(text), []) if is_place else ("", [path] if text else [])
    location = basics.item("location")
    parts = [name for name in PLACE if location.line(name)]
    place = distinct_place(", ".join(map(location.line, parts)))
    if len(parts) > 1 or (parts and place != location.line(parts[0])):
        location.keep_quietly(*parts)
    return place, [*location.unused()]
