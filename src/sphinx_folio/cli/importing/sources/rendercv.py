"""Convert RenderCV, version 2 (https://docs.rendercv.com/user_guide/yaml_input_structure/).

Its sections have titles that the author chooses; the fields of an entry tell its type. A section goes to the part of
JSON Resume that its title names, otherwise to the one that its type of entry suggests.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLES: Mapping[str, str] = {
    "award": "awards",
    "certif": "certificates",
    "honor": "awards",
    "interest": "interests",
    "language": "languages",
    "publication": "publications",
    "reference": "references",
    "skill": "skills",
    "technolog": "skills",
    "volunt": "volunteer",
    "奖": "awards",
    "证书": "certificates",
    "兴趣": "interests",
    "语言": "languages",
    "推荐": "references",
    "技能": "skills",
    "志愿": "volunteer",
}
"""Part of a title, in lower case → section of JSON Resume."""
FIELDS: Mapping[str, Mapping[str, str]] = {
    "work": {"company": "name", "position": "position"},
    "volunteer": {"company": "organization", "name": "organization", "position": "position"},
    "education": {"degree": "studyType"},
    "publications": {"title": "name", "journal": "publisher", "date": "releaseDate"},
    "awards": {"name": "title", "title": "title", "label": "title", "details": "awarder"},
    "certificates": {"label": "name", "details": "issuer"},
    "languages": {"label": "language", "name": "language", "details": "fluency"},
    "references": {"label": "name", "details": "reference", "summary": "reference"},
    "projects": {"summary": "description"},
}
"""Section → field of an entry → its name in JSON Resume; other names are the same."""
LISTS = {"skills", "interests"}
"""Sections whose details are a list of keywords."""
NETWORKS: Mapping[str, str] = {
    "GitHub": "https://github.com/{}",
    "GitLab": "https://gitlab.com/{}",
    "LinkedIn": "https://www.linkedin.com/in/{}",
    "ORCID": "https://orcid.org/{}",
    "Google Scholar": "https://scholar.google.com/citations?user={}",
    "ResearchGate": "https://www.researchgate.net/profile/{}",
    "StackOverflow": "https://stackoverflow.com/users/{}",
    "Twitter": "https://twitter.com/{}",
    "X": "https://x.com/{}",
    "YouTube": "https://www.youtube.com/@{}",
    "Instagram": "https://instagram.com/{}",
    "Telegram": "https://t.me/{}",
    "Bluesky": "https://bsky.app/profile/{}",
}
"""Network → the address of a user."""
_BULLETS = ("bullet", "number", "reversed_number")


def to_json_resume(found: dict[str, Any]) -> dict[str, Any]:
    """Return the content of a RenderCV file as JSON Resume; its design is left out."""
    person = dict(found["cv"])
    sections = person.pop("sections", None) or {}
    basics: dict[str, Any] = {
        "name": person.pop("name", None),
        "label": person.pop("headline", None) or person.pop("label", None),
        "email": _first(person.pop("email", None)),
        "phone": _first(person.pop("phone", None)),
        "url": _first(person.pop("website", None)),
        "image": person.pop("photo", None),
        "location": {"city": person.pop("location", None)},
        "profiles": [_profile(profile) for profile in person.pop("social_networks", None) or []],
        **person,
    }
    resume: dict[str, Any] = {"basics": basics}
    for title, entries in sections.items() if isinstance(sections, dict) else []:
        _add_section(resume, str(title), entries if isinstance(entries, list) else [entries])
    return resume


def _add_section(resume: dict[str, Any], title: str, entries: list[Any]) -> None:
    texts = [text for entry in entries if (text := _as_text(entry))]
    named = next((section for part, section in TITLES.items() if part in title.lower()), "")
    if texts and not named:
        summary = resume["basics"].get("summary")
        heading = [] if not summary else [_words(title)]
        resume["basics"]["summary"] = "\n\n".join(filter(None, (summary, *heading, *texts)))
    for entry in entries:
        text = _as_text(entry)
        if text and named:
            first = next(iter(_item(named, {"label": text})), "name")
            resume.setdefault(named, []).append({first: text})
        elif isinstance(entry, dict) and not text:
            section = _section_of(entry, named, title)
            resume.setdefault(section, []).append(_item(section, entry))


def _section_of(entry: dict[str, Any], named: str, title: str) -> str:
    """Return the section of JSON Resume for an entry."""
    if "institution" in entry:
        return "education"
    if "company" in entry:
        return "volunteer" if named == "volunteer" else "work"
    if "authors" in entry:
        return "publications"
    if named:
        return named
    return "skills" if "label" in entry else "projects"


def _item(section: str, entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry with the names of JSON Resume."""
    item: dict[str, Any] = {}
    dates = {name: entry.get(name) for name in ("start_date", "end_date", "date")}
    if section in {"awards", "certificates"}:
        item["date"] = dates["date"] or dates["end_date"] or dates["start_date"]
    elif section == "publications":
        item["releaseDate"] = dates["date"]
        if entry.get("doi") and not entry.get("url"):
            item["url"] = f"https://doi.org/{entry['doi']}"
    else:
        item["startDate"] = dates["start_date"] or dates["date"]
        item["endDate"] = dates["end_date"] or dates["date"]
    names = FIELDS.get(section, {})
    for name, value in entry.items():
        if name in dates:
            continue
        if section in LISTS and name in {"details", "label"}:
            is_list = name == "details" and isinstance(value, str)
            item["keywords" if name == "details" else "name"] = re.split(r"\s*[,，、;]\s*", value) if is_list else value
        else:
            item[names.get(name, name)] = value
    return {name: value for name, value in item.items() if value is not None}


def _profile(profile: Any) -> Any:
    if not isinstance(profile, dict):
        return profile
    network, username = str(profile.get("network") or ""), str(profile.get("username") or "")
    address = NETWORKS.get(network)
    url = address.format(username.removeprefix("@")) if address else profile.get("url")
    if network == "Mastodon" and username.count("@") > 1:
        _start, name, host = username.rsplit("@", 2)
        url = f"https://{host}/@{name}"
    return profile | {"url": url} if url else profile


def _as_text(entry: Any) -> str:
    """Return the text of an entry that is only text; empty for all others."""
    if isinstance(entry, str):
        return entry.strip()
    if isinstance(entry, dict):
        return next((str(entry[name]) for name in _BULLETS if entry.get(name)), "")
    return ""


def _first(value: Any) -> Any:
    """Return the first of several addresses."""
    return value[0] if isinstance(value, list) and value else value


def _words(title: str) -> str:
    """Return a title as RenderCV shows it."""
    return title.replace("_", " ").capitalize() if title.islower() else title
