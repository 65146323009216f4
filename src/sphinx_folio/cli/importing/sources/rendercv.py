"""Convert RenderCV, version 2 (https://docs.rendercv.com/user_guide/yaml_input_structure/).

Its sections have titles that the author chooses; the fields of an entry tell its type. A section goes to the part of
JSON Resume that its title names, otherwise to the one that its type of entry suggests.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinx_folio.cli.importing.markdown import unmarked

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
    "publications": {"title": "name", "journal": "publisher"},
    "awards": {"name": "title", "title": "title", "label": "title", "details": "awarder"},
    "certificates": {"label": "name", "details": "issuer"},
    "languages": {"label": "language", "name": "language", "details": "fluency"},
    "references": {"label": "name", "details": "reference", "summary": "reference"},
    "projects": {"summary": "description"},
}
"""Section → field of an entry → its name in JSON Resume; other names are the same."""
DATED = {"awards": "date", "certificates": "date", "publications": "releaseDate"}
"""Sections whose entries have one date → its field."""
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
PROSE = {"summary", "highlights", "url", "doi"}
"""The fields of an entry whose marks of Markdown are left, or that have none; the others become plain text."""
_LINK = re.compile(r"\]\((https?://[^\s()]+)\)")
_BULLETS = ("bullet", "number", "reversed_number")


def to_json_resume(found: dict[str, Any]) -> dict[str, Any]:
    """Return the content of a RenderCV file as JSON Resume; its design is left out."""
    person = dict(found["cv"])
    sections = person.pop("sections") if isinstance(person.get("sections"), dict) else {}
    emails, sites = _listed(person.pop("email", None)), _listed(person.pop("website", None))
    links = [{"url": url} for url in sites[1:]] + [*map(_link, _listed(person.pop("custom_connections", None)))]
    basics: dict[str, Any] = {
        "name": _plain(person.pop("name", None)),
        "label": _plain(person.pop("headline", None) or person.pop("label", None)),
        "email": next(iter(emails), None),
        "phone": next(iter(_listed(person.pop("phone", None))), None),
        "url": next(iter(sites), None),
        "image": person.pop("photo", None),
        "location": {"city": _plain(person.pop("location", None))},
        "profiles": [*map(_profile, _listed(person.pop("social_networks", None))), *links],
        "emails": emails[1:],
        **person,
    }
    resume: dict[str, Any] = {"basics": basics}
    for title, entries in sections.items():
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
            resume.setdefault(named, []).append({first: _plain(text)})
        elif not text:
            section = _section_of(entry, named) if isinstance(entry, dict) else named or "projects"
            resume.setdefault(section, []).append(_item(section, entry) if isinstance(entry, dict) else entry)


def _section_of(entry: dict[str, Any], named: str) -> str:
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
    prose = {*PROSE, "details"} if section == "references" else PROSE
    links = [link for name, value in entry.items() if name not in prose for link in _LINK.findall(str(value))]
    entry = {name: value if name in prose else _plain(value) for name, value in entry.items()}
    item: dict[str, Any] = {} if entry.get("url") or not links else {"url": links.pop(0)}
    item |= {"links": links} if links else {}
    if section in DATED:
        item[DATED[section]] = entry.get("date") or entry.get("start_date") or entry.get("end_date")
    else:
        item["startDate"] = entry.get("start_date") or entry.get("date")
        item["endDate"] = entry.get("end_date") or entry.get("date")
    dates = [item.get(name) for name in ("startDate", "endDate", DATED.get(section, ""))]
    if section == "publications" and entry.get("doi") and not entry.get("url"):
        item["url"] = f"https://doi.org/{entry['doi']}"
    names = FIELDS.get(section, {})
    for name, value in entry.items():
        if name in {"start_date", "end_date", "date"} and value in dates:
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


def _link(connection: Any) -> Any:
    """Return a connection without its icon as a profile."""
    known = isinstance(connection, dict)
    return {"network": connection.get("placeholder"), "url": connection.get("url")} if known else connection


def _plain(value: Any) -> Any:
    """Return a text, or the texts of a list, without the marks of Markdown."""
    if isinstance(value, list):
        return [*map(_plain, value)]
    return unmarked(value) if isinstance(value, str) else value


def _listed(value: Any) -> list[Any]:
    """Return one value, or several, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _words(title: str) -> str:
    """Return a title as RenderCV shows it."""
    return title.replace("_", " ").capitalize() if title.islower() else title
