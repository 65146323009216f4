"""Convert RenderCV, version 2 (https://docs.rendercv.com/user_guide/yaml_input_structure/).

Its sections have titles that the author chooses; the fields of an entry tell its type. An entry goes to the part of
JSON Resume that its fields make certain, otherwise to the one that the title names. Other entries stay text under their
title.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from sphinx_folio.cli.importing.dates import is_ongoing
from sphinx_folio.cli.importing.headings import CHINESE, LANGUAGES, label_texts, translations_of
from sphinx_folio.cli.importing.items import has_content, leaves
from sphinx_folio.cli.importing.markdown import unmarked
from sphinx_folio.cli.importing.sources.converted import OTHER_SECTIONS, MarkdownResume
from sphinx_folio.export.formats.json_resume import SECTIONS
from sphinx_folio.export.formats.json_resume_values import parse_date
from sphinx_folio.export.formats.rendercv import LOCALES, NOTHING, WORD_JOINER
from sphinx_folio.export.formats.rendercv import NETWORKS as ADDRESSES
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TITLES: Mapping[str, str] = {
    "volunt|志愿": "volunteer",
    "interest|兴趣": "interests",
    "award|honou?r|prize|奖": "awards",
    "certif|证书": "certificates",
    r"publication|\bpapers?\b|\barticles\b|论文": "publications",
    r"\btalks?\b|presentation|keynote|演讲": "talks",
    r"\breferences?\b|推荐": "references",
    r"programming|technolog|\btools?\b": "skills",
    "language|语言": "languages",
    "skill|技能": "skills",
    "educat|academic background|学历|教育": "education",
    r"^work$|experience|work history|employ|\bcareer\b|\bpositions?\b|appointment|工作|职业": "work",
    "project|projekt|projet|proyecto|progett|open.source|项目": "projects",
}
"""Pattern of a title, in lower case → section; of several, the first one that is found counts."""
SUMMARY = re.compile(
    "(?:(?:professional|personal|executive|career|my) )?"
    "(?:summary|profile|objective|statement|introduction|biography|bio|zusammenfassung|kurzprofil|resumen)"
    "|(?:about|welcome|über mich)(?: .*)?|.*(?:简介|概况|总结|关于|自我).*|プロフィール|自己紹介"
)
"""The title of texts that are the summary of the person, in lower case, besides the labels of it."""
CAREER = {"work", "education", "projects"}
"""Sections whose items say what the person was, studied or made; a text cannot be one of them."""
LABELED = {"work", "education", "volunteer"}
"""Sections to which an entry of a label and details does not say enough to become an item."""
FOR_OTHERS = re.compile("teach|supervis|mentor|lehre|betreuung|教学|指导")
"""A part of a title of work for students, which is neither an education nor a project of the person."""
FIELDS: Mapping[str, Mapping[str, str]] = {
    "work": {"company": "name", "position": "position"},
    "volunteer": {"company": "organization", "name": "organization", "position": "position"},
    "education": {"degree": "studyType"},
    "publications": {"title": "name", "label": "name", "journal": "publisher", "details": "publisher"},
    "awards": {"name": "title", "title": "title", "label": "title", "details": "awarder"},
    "certificates": {"label": "name", "details": "issuer"},
    "languages": {"label": "language", "name": "language", "details": "fluency"},
    "references": {"label": "name", "details": "reference", "summary": "reference"},
    "projects": {"label": "name", "summary": "description", "details": "description"},
    "talks": {"title": "name", "label": "name", "details": "event"},
}
"""Section → field of an entry → its name in JSON Resume; other names are the same."""
DATED = {"awards": "date", "certificates": "date", "publications": "releaseDate", "talks": "date"}
"""Sections whose entries have one date → its field."""
OTHER_FACTS: Mapping[str, str] = {
    "awards": "awarder",
    "certificates": "issuer",
    "courses": "provider",
    "talks": "event",
}
"""Section → the fact that is the location of its entries in our own exports."""
LISTS = {"skills", "interests"}
"""Sections whose details are a list of keywords."""
NETWORKS: Mapping[str, str] = {
    **{network: addresses[0] for network, addresses in ADDRESSES.items()},
    "Twitter": "https://twitter.com/{}",
}
"""Network → the address of a user."""
PROSE = {"summary", "highlights", "url", "doi"}
"""The fields of an entry whose marks of Markdown are left, or that have none; the others become plain text."""
_LINK = re.compile(r"\]\((https?://[^\s()]+)\)")
_SUB_ITEM = re.compile(r"\s+- (?=\S)")
"""What begins an item below a highlight; a dash between two numbers, such as years, does not."""
_BETWEEN_NUMBERS = re.compile(r"(?<=\d) - (?=\d)")
_RANGE = re.compile(r"(?P<start>.+?)(?: ?[–—] ?| - | to | until )(?P<end>.+)")
_BULLETS = ("bullet", "number", "reversed_number")


def to_json_resume(found: dict[str, Any]) -> MarkdownResume:
    """Return the content of a RenderCV file as JSON Resume; its design is left out."""
    resume = MarkdownResume(_content(found))
    locale = found.get("locale")
    name = str(locale.get("language") or "") if isinstance(locale, dict) else ""
    resume.language = next((code for code, language in LOCALES.items() if language == name.lower()), "")
    resume.order = resume.pop("order", [])
    return resume


def _content(found: dict[str, Any]) -> dict[str, Any]:
    person = dict(_without_joiners(found["cv"]))
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
    order: list[str] = []
    for title, entries in sections.items():
        _add_section(resume, str(title), entries if isinstance(entries, list) else [entries])
        order += [name for name in _names_of_sections(resume) if name not in order]
    resume["order"] = order
    companies = [item.get("name") for item in resume.get("work", []) if isinstance(item, dict)]
    for project in resume.get("projects", []):  # without the company, RenderCV has only the place for it
        if isinstance(project, dict) and project.get("location") and project["location"] in companies:
            project["entity"] = project.pop("location")
    return resume


def _names_of_sections(resume: dict[str, Any]) -> Iterator[str]:
    """Yield the names of the sections of a résumé; those without entries have a number."""
    yield from (name for name in resume if name in SECTIONS)
    yield from resume.get(X_FOLIO, ())
    yield from (f"{OTHER_SECTIONS}[{number}]" for number in range(len(resume.get(OTHER_SECTIONS, ()))))


def _add_section(resume: dict[str, Any], title: str, entries: list[Any]) -> None:
    named = section_named(title)
    is_summary = named in {"", "work"} and _is_summary(title.lower().replace("_", " ").strip())
    others: list[Any] = []
    for entry in filter(has_content, entries):
        text = _as_text(entry)
        section = _section_of(entry, title, named) if isinstance(entry, dict) and not text else named
        if text and is_summary:
            basics = resume["basics"]
            basics["summary"] = "\n\n".join(filter(None, (basics.get("summary"), text)))
        elif text and section not in {"", "volunteer", *CAREER}:
            first = next(iter(_item(section, {"label": text})), "name")
            _items(resume, section).append({first: _plain(text)})
        elif section and not text:
            _items(resume, section).append(_item(section, entry) if isinstance(entry, dict) else entry)
        elif text:
            others.append(text if isinstance(entry, str) else f"• {' '.join(text.split())}")
        else:
            others.append(_item("", entry) if isinstance(entry, dict) else ", ".join(leaves(entry)))
    if others:
        resume.setdefault(OTHER_SECTIONS, []).append({"title": _words(title), "entries": others})


def _items(resume: dict[str, Any], section: str) -> list[Any]:
    """Return the items of a section, which may be one of our own."""
    target = resume if section in SECTIONS else resume.setdefault(X_FOLIO, {})
    items: list[Any] = target.setdefault(section, [])
    return items


def section_named(title: str) -> str:
    """Return the section of JSON Resume, or our own, that a title names; empty if it names none for certain."""
    lower = title.lower().replace("_", " ").strip()
    found = next((section for pattern, section in TITLES.items() if re.search(pattern, lower)), "")
    found = _sections_by_label().get(lower, found)
    return "" if found in CAREER and FOR_OTHERS.search(lower) else found


def _is_summary(title: str) -> bool:
    labels = (translations_of(language).gettext("Profile").lower() for language in LANGUAGES)
    return bool(SUMMARY.fullmatch(title)) or title in labels


@cache
def _sections_by_label() -> Mapping[str, str]:
    """Return the heading of each section in each language, in lower case → section."""
    headings = (CHINESE, *map(label_texts, LANGUAGES))
    known = {*TITLES.values()}
    return {text.lower(): name for found in headings for name, text in found.items() if name in known}


def _section_of(entry: dict[str, Any], title: str, named: str) -> str:
    """Return the section of JSON Resume for an entry; empty if it is not certain."""
    if FOR_OTHERS.search(title.lower()):
        return named
    if "company" in entry and "position" in entry:
        return "volunteer" if named == "volunteer" else "work"
    if "institution" in entry and ("degree" in entry or (named == "education" and "area" in entry)):
        return "education"
    if named in LABELED and entry.keys() <= {"label", "details"}:
        return ""
    return "publications" if "authors" in entry else named


def _item(section: str, entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry with the names of JSON Resume."""
    prose = {*PROSE, "details"} if section == "references" else PROSE
    links = [link for name, value in entry.items() if name not in prose for link in _LINK.findall(str(value))]
    entry = {name: value if name in prose else _plain(value) for name, value in entry.items() if value != NOTHING}
    entry = _with_facts(section, entry)
    if section not in DATED and (period := _period_in(entry.get("date"))):
        del entry["date"]
        entry |= period
    item: dict[str, Any] = {} if entry.get("url") or not links else {"url": links.pop(0)}
    item |= {"links": links} if links else {}
    if section in DATED:
        item[DATED[section]] = entry.get("date") or entry.get("start_date") or entry.get("end_date")
    else:
        item["startDate"] = entry.get("start_date") or entry.get("date")
        item["endDate"] = entry.get("end_date") or entry.get("date")
    dates = [item.get(name) for name in ("startDate", "endDate", DATED.get(section, ""))]
    if section == "certificates" and entry.get("end_date"):
        item[X_FOLIO] = {"expires": entry["end_date"]}
        dates.append(entry["end_date"])
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


def _period_in(date: Any) -> dict[str, str]:
    """Return the start and the end that one text has, such as ``Fall 2016 – Spring 2020``; empty if it has none."""
    found = _RANGE.fullmatch(date.strip()) if isinstance(date, str) else None
    if not found or not parse_date(found["start"]):
        return {}
    is_end = is_ongoing(found["end"]) or parse_date(found["end"])
    return {"start_date": found["start"], "end_date": found["end"]} if is_end else {}


def _with_facts(section: str, entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry with the facts that RenderCV shows elsewhere, as the export ``rendercv`` writes them.

    In a degree, the score and the courses are highlights that begin with their label; the location of an entry such as
    a certificate is its issuer.
    """
    found, highlights = dict(entry), entry.get("highlights")
    if section == "education" and isinstance(highlights, list):
        others = []
        for text in highlights:
            match = re.fullmatch(r"([^:：]+?)\s*[:：]\s*(.+)", text) if isinstance(text, str) else None
            name = _labels_of_facts().get(match[1].lower(), "") if match else ""
            if match and name and not found.get(name):
                found[name] = re.split(r"\s*[,，、;]\s*", match[2]) if name == "courses" else match[2]
            else:
                others.append(text)
        found["highlights"] = others
    place, other = entry.get("location"), entry.get(OTHER_FACTS.get(section, ""))
    if isinstance(place, str) and isinstance(other, str):
        found["location"] = place.removeprefix(other).lstrip(",，、 ") or None
    return found


@cache
def _labels_of_facts() -> Mapping[str, str]:
    """Return the labels of the facts of a degree in each language, in lower case → field."""
    found = (CHINESE, *map(label_texts, LANGUAGES))
    return {texts[name].lower(): name for texts in found for name in ("score", "courses") if name in texts}


def _without_joiners(value: Any) -> Any:
    """Return a value without the invisible characters of the export, and with items below highlights on own lines."""
    if isinstance(value, dict):
        return {
            name: [*map(_with_sub_items, part)]
            if name == "highlights" and isinstance(part, list)
            else _without_joiners(part)
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [*map(_without_joiners, value)]
    return value.replace(WORD_JOINER, "") if isinstance(value, str) else value


def _with_sub_items(text: Any) -> Any:
    if not isinstance(text, str):
        return _without_joiners(text)
    kept = _BETWEEN_NUMBERS.sub(f" {WORD_JOINER}- ", text)
    return _SUB_ITEM.sub("\n- ", kept).replace(WORD_JOINER, "")


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
    if isinstance(entry, dict) and ("number" not in entry or len(entry) == 1):  # that of a journal is a detail
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
