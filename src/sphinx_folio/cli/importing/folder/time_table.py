"""Convert the ``_data/cv.yml`` of older versions of al-folio, a list of sections: its types are those of al-folio."""

from __future__ import annotations

import re
from typing import Any

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.folder.front_matter import without_tags
from sphinx_folio.cli.importing.items import UnreadableResumeError
from sphinx_folio.cli.importing.sources import rendercv
from sphinx_folio.cli.importing.sources.converted import ConvertedResume, MarkdownResume

_RANGE = re.compile(r"\s*(.+?)\s*(?:-|–|—|\bto\b)\s*(\D.*|\d{4}.*)")
_PRIVATE = re.compile("birth|born|nationality|gender|marital", re.IGNORECASE)
FACTS = {"full name": "name", "name": "name", "email": "email", "phone": "phone", "address": "location"}
"""Name of a fact, in lower case → field of RenderCV."""
_KINDS = {"experience": "company", "work": "company", "employ": "company", "education": "institution"}
"""Part of a title, in lower case → the field of RenderCV for the institution."""


def read_time_table(sections: list[Any]) -> ConvertedResume:
    """Return the sections as a résumé; facts that are private are left out."""
    person: dict[str, Any] = {}
    private: list[str] = []
    found: dict[str, list[Any]] = {}
    for section in sections:
        if not isinstance(section, dict) or not isinstance(section.get("contents"), list):
            raise UnreadableResumeError(__("not a list of sections with a title and contents"))
        title = str(section.get("title") or "")
        for item in section["contents"]:
            if section.get("type") != "map" or not isinstance(item, dict):
                found.setdefault(title, []).extend(_entries(title, item))
            elif _PRIVATE.search(str(item.get("name"))):
                private.append(f"{title}.{item['name']}: " + __("private"))
            else:
                name = str(item.get("name") or "")
                person[FACTS.get(name.lower(), name)] = item.get("value")
    resume = MarkdownResume(rendercv.to_json_resume({"cv": {**person, "sections": found}}))
    resume.skipped = private
    return resume


def _entries(title: str, item: Any) -> list[Any]:
    if not isinstance(item, dict):
        return [without_tags(item) if isinstance(item, str) else item]
    fields = dict(item)
    items, year, heading = fields.pop("items", None), fields.pop("year", None), fields.pop("title", None)
    if heading is None and isinstance(items, list):  # awards of a year
        return [{"name": text, "date": year, **fields} for text in items]
    if isinstance(items, list) and all(isinstance(text, str) for text in items):
        return [{"label": heading, "details": ", ".join(items), **fields}]
    dates = _RANGE.fullmatch(year) if isinstance(year, str) else None
    entry = {"start_date": dates[1], "end_date": dates[2]} if dates else {"date": year}
    description = fields.pop("description", None)
    entry |= {"highlights": description} if isinstance(description, list) else {"summary": description}
    institution = next((name for part, name in _KINDS.items() if part in title.lower()), "")
    if institution and "institution" in fields:
        role = "position" if institution == "company" else "degree"
        return [{institution: fields.pop("institution"), role: heading, **entry, **fields}]
    return [{"name": heading, **entry, **fields}]
