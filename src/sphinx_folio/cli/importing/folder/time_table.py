"""Convert the ``_data/cv.yml`` of older versions of al-folio, a list of sections: its types are those of al-folio."""

from __future__ import annotations

import re
from typing import Any

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.folder.front_matter import without_tags
from sphinx_folio.cli.importing.folder.items import words_of
from sphinx_folio.cli.importing.items import UnreadableResumeError
from sphinx_folio.cli.importing.sources import rendercv
from sphinx_folio.cli.importing.sources.converted import ConvertedResume, MarkdownResume

_RANGE = re.compile(r"\s*(.+?)\s*(?:-{1,3}|–|—|\bto\b)\s*(\D.*|\d{4}.*)")
_PRIVATE = re.compile(
    r"birth|born|nationality|citizenship|gender|marital|passport|\bphones?\b|telephone"
    r"|^(?:mobile|cell|tel|fax)\b\.?(?: (?:number|no\.?))?$|^(?:age|sex)$|^(?!e-?mail|web)(?:\w+ )?address$"
    "|geburt|geboren|nationalität|staatsangehörigkeit|geschlecht|familienstand|telefon|mobilnummer|handy|anschrift"
    "|^adresse$|^alter$|出生|生日|年龄|性别|国籍|民族|婚姻|婚否|身份证|护照|手机|电话|住址|(?<!邮箱)(?<!邮件)地址",
    re.IGNORECASE,
)
FACTS = {
    **dict.fromkeys(("full name", "name", "姓名"), "name"),
    **dict.fromkeys(("email", "e-mail", "email address", "邮箱"), "email"),
}
"""Name of a fact, in lower case → field of RenderCV."""
_GENERAL = re.compile("general|personal|information|contact|about")
"""A part of the title of a section with facts about the person, in lower case."""
_INSTITUTIONS = {"work": "company", "education": "institution"}
"""Section → the field of RenderCV for the institution."""
_ANCHOR = re.compile(r"""\s*<a\b[^<>]*?\bhref\s*=\s*(["'])(?P<url>https?://[^"'<>\s]+)\1[^<>]*>""", re.IGNORECASE)
"""The start of a title that is a link, as that of the projects of al-folio's own sample."""
_LEVEL = re.compile(r"(.+?)\s*[(（](.+)[)）]")


def read_time_table(sections: list[Any]) -> ConvertedResume:
    """Return the sections as a résumé; facts that are private are left out."""
    person: dict[str, Any] = {}
    private: list[str] = []
    found: dict[str, list[Any]] = {}
    for section in sections:
        if not isinstance(section, dict) or not isinstance(section.get("contents"), list):
            raise UnreadableResumeError(__("not a list of sections with a title and contents"))
        title = str(section.get("title") or "")
        is_general = section.get("type") == "map" and _is_general(title, section["contents"])
        for item in section["contents"]:
            name, value = (item.get("name"), item.get("value")) if isinstance(item, dict) else ("", None)
            is_private = (is_general or rendercv.section_named(title) != "skills") and _is_private(name)
            if section.get("type") != "map" or not isinstance(item, dict):
                found.setdefault(title, []).extend(_entries(title, item))
            elif is_private:
                private.append(f"{title}.{name}: " + __("private"))
            elif is_general and rendercv.section_named(str(name)) == "languages" and isinstance(value, str):
                found.setdefault(str(name), []).extend(map(_language, words_of(value)))
            elif is_general:
                name = str(name or "")
                person[FACTS.get(name.strip().lower(), name)] = value
            else:
                found.setdefault(title, []).append({"label": name, "details": value})
    resume = MarkdownResume(rendercv.to_json_resume({"cv": {**person, "sections": found}}))
    resume.skipped = private
    return resume


def _is_general(title: str, contents: list[Any]) -> bool:
    """Return whether a section has facts about the person: its title or the name of one of its facts says so."""
    if _GENERAL.search(title.lower()):
        return True
    names = [item.get("name") for item in contents if isinstance(item, dict)]
    is_fact = any(_is_private(name) or str(name).strip().lower() in FACTS for name in names)
    return is_fact and not rendercv.section_named(title)


def _is_private(name: Any) -> bool:
    return _PRIVATE.search(str(name).strip().rstrip(":：")) is not None


def _language(text: str) -> dict[str, str]:
    level = _LEVEL.fullmatch(text)
    return {"label": level[1], "details": level[2]} if level else {"label": text}


def _entries(title: str, item: Any) -> list[Any]:
    if not isinstance(item, dict):
        return [{"bullet": _flat(item)}]
    fields = dict(item)
    items, year, heading = fields.pop("items", None), fields.pop("year", None), fields.pop("title", None)
    if isinstance(heading, str):
        link, heading = _ANCHOR.match(heading), _flat(heading)
        fields = {"url": link["url"], **fields} if link else fields
    if heading is None and isinstance(items, list):  # awards of a year
        return [{"name": _flat(text), "date": year, **fields} for text in items]
    if isinstance(items, list):
        return [{"label": heading, "details": ", ".join(map(_flat, items)), **fields}]
    dates = _RANGE.fullmatch(year) if isinstance(year, str) else None
    entry = {"start_date": dates[1], "end_date": dates[2]} if dates else {"date": year}
    description = fields.pop("description", None)
    is_list = isinstance(description, list)
    entry |= {"highlights": [*map(_flat, description)]} if is_list else {"summary": description}
    institution = _INSTITUTIONS.get(rendercv.section_named(title), "")
    if institution and "institution" in fields:
        role = "position" if institution == "company" else "degree"
        return [{institution: fields.pop("institution"), role: heading, **entry, **fields}]
    return [{"name": heading, **entry, **fields}]


def _flat(value: Any) -> str:
    """Return a text without HTML tags, or a list or an object with a title and contents as one text."""
    if isinstance(value, dict):
        title = f"{value['title']}: " if isinstance(value.get("title"), str) else ""
        return title + ", ".join(_flat(part) for name, part in value.items() if name != "title")
    if isinstance(value, list):
        return ", ".join(map(_flat, value))
    return without_tags(value) if isinstance(value, str) else ""
