"""A résumé as input for RenderCV 2 (https://docs.rendercv.com/user_guide/yaml_input_structure/), made of JSON Resume.

Every text is in double quotes, which YAML and JSON have in common; RenderCV reads texts as Markdown.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

LOCALES: Mapping[str, str] = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "es": "spanish",
    "fa": "persian",
    "fr": "french",
    "he": "hebrew",
    "hi": "hindi",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "ja": "japanese",
    "ko": "korean",
    "nl": "dutch",
    "pt": "portuguese",
    "ru": "russian",
    "tr": "turkish",
    "vi": "vietnamese",
    "zh": "mandarin_chinese",
}
"""Language code → RenderCV's name of the locale; any other language gets the English one."""
NETWORKS: Mapping[str, tuple[str, ...]] = {
    "GitHub": ("github.com",),
    "GitLab": ("gitlab.com",),
    "Instagram": ("instagram.com",),
    "LinkedIn": ("linkedin.com",),
    "Telegram": ("t.me", "telegram.me"),
    "X": ("x.com", "twitter.com"),
}
"""Networks whose address RenderCV makes from a user name → their hosts."""
DATES: Mapping[str, str] = {
    "hu": "YEAR. MONTH_ABBREVIATION",
    "ja": "YEAR年MONTH月",
    "ko": "YEAR년 MONTH월",
    "zh": "YEAR年MONTH月",
}
"""Language code → RenderCV's template for a date, where the year is first; RenderCV itself writes the month first."""
TEMPLATES: Mapping[str, Any] = {
    "education_entry": {
        "main_column": "**INSTITUTION**, DEGREE_WITH_AREA -- LOCATION\nSUMMARY\nHIGHLIGHTS",
        "degree_column": None,
        "date_and_location_column": "DATE",
    },
    "normal_entry": {
        "main_column": "**NAME** -- LOCATION\nSUMMARY\nHIGHLIGHTS",
        "date_and_location_column": "DATE",
    },
}
"""RenderCV's templates for entries. Its classic theme has columns for degrees of 1 cm and for names of cities; the full
name of a degree covers the institution there, and that of a company is hyphenated.
"""
WORD_JOINER = "\u2060"
_MARKDOWN = re.compile(r"([\\`*_\[\]])")
_TYPST = re.compile(r"^(?=(?:[-+=]|\d+\.|!!!) )|(?<= )(?=- )|(?<=#)(?=[A-Za-z])|(?<=<)(?=[\w/!?])")
"""Where RenderCV 2.8 leaves syntax of Typst or HTML in a text, and has no escape: a list, a command, or a tag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words and punctuation in the language of the résumé."""

    language: str
    """Its tag."""
    titles: Mapping[str, str]
    """Section of JSON Resume, or ``summary`` → title; sections without a title are left out."""
    categories: Mapping[str, str]
    """Key → label of the categories of skills."""
    comma: str = ", "
    """What separates the parts of a list."""
    aside: str = "%(answer)s (%(reason)s)"
    """A text and another one in parentheses."""


def rendercv(resume: Mapping[str, Any], words: Words, paper: str = "a4") -> str:
    """Return a JSON Resume as a RenderCV file.

    Args:
        resume: The JSON Resume.
        words: The words of its language.
        paper: The paper: ``a4`` or ``us-letter``.
    """
    sections: dict[str, list[Any]] = {}
    for name, title in words.titles.items():
        entries: list[Any]
        if name == "summary":
            entries = [_text(part) for part in resume.get("basics", {}).get("summary", "").split("\n\n") if part]
        elif name == "skills":
            entries = list(_skills(resume.get("skills", []), words))
        else:
            items = resume.get(name) or resume.get(X_FOLIO, {}).get(name, [])
            entries = [_filled(ENTRIES[name](item, resume, words)) for item in items]
        if entries:
            sections[title] = entries
    code = words.language.partition("-")[0]
    dates = {"single_date": DATES[code]} if code in DATES else {}
    data = {
        "cv": _filled({**_head(resume), "sections": sections}),
        "design": {"theme": "classic", "page": {"size": paper}, "templates": {**dates, **TEMPLATES}},
        "locale": {"language": LOCALES.get(code, "english")},
    }
    return "\n".join(_lines(data)) + "\n"


def _head(resume: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts about the person."""
    basics = resume.get("basics", {})
    place = basics.get("location", {})
    networks, others = [], []
    for profile in basics.get("profiles", []):
        network = _network(profile)
        if network and profile.get("username"):
            networks.append({"network": network, "username": profile["username"]})
        elif profile.get("url"):
            label = profile.get("network") or profile["url"]
            others.append({"fontawesome_icon": "link", "placeholder": label, "url": profile["url"]})
    return {
        "name": re.sub('"(.*?)"', "“\\1”", basics.get("name", "")),  # RenderCV 2.8 cannot typeset straight quotes
        "headline": basics.get("label", ""),
        "location": place.get("address") or place.get("city", ""),
        "email": basics.get("email", ""),
        "phone": basics.get("phone", ""),
        "website": basics.get("url", ""),
        "social_networks": networks,
        "custom_connections": others,
    }


def _network(profile: Mapping[str, str]) -> str:
    """Return RenderCV's name of a profile's network; empty for another one, such as a GitLab on a host of its own."""
    name, host = profile.get("network", "").lower(), urlsplit(profile.get("url", "")).hostname or ""
    for network, hosts in NETWORKS.items():
        if name == network.lower() and (not host or any(f".{host}".endswith(f".{known}") for known in hosts)):
            return network
    return ""


def _work(item: Mapping[str, Any], resume: Mapping[str, Any], words: Words) -> dict[str, Any]:
    return {
        "company": _text(item.get("name") or item.get("organization", "")),
        "position": _text(item.get("position", "")),
        **_period(item),
        "location": _text(item.get("location", "")),
        **_prose(_without_projects(item, resume, words)),
    }


def _without_projects(item: Mapping[str, Any], resume: Mapping[str, Any], words: Words) -> Mapping[str, Any]:
    """Return a position without the texts that it repeats of projects, for which there is a section."""
    projects = {project.get(X_FOLIO, {}).get("key"): project["name"] for project in resume.get("projects", ())}
    own, texts = item.get(X_FOLIO, {}), item.get("highlights", ())
    repeated = [projects[key] for key in own.get("summary-of", ()) if key in projects]
    marks = own.get("highlights") or [{}] * len(texts)
    return {
        "summary": words.comma.join(repeated) or item.get("summary", ""),
        "highlights": [
            text for text, mark in zip(texts, marks, strict=True) if mark.get("project", "") not in projects
        ],
    }


def _education(item: Mapping[str, Any], resume: Mapping[str, Any], words: Words) -> dict[str, Any]:
    details = [*item.get("courses", ()), item.get("score", "")]
    return {
        "institution": _text(item["institution"]),
        "area": _text(item.get("area") or item.get("studyType") or "–"),
        "degree": _text(item.get("studyType", "")) if item.get("area") else "",
        **_period(item),
        "summary": _text(item.get(X_FOLIO, {}).get("summary", "")),
        "highlights": [_text(detail) for detail in details if detail],
    }


def _project(item: Mapping[str, Any], resume: Mapping[str, Any], words: Words) -> dict[str, Any]:
    return {
        "name": _linked(item.get("name", ""), item),
        **_period(item),
        "location": _text(item.get("entity", "")),
        **_prose(item, "description"),
    }


def _publication(item: Mapping[str, Any], resume: Mapping[str, Any], words: Words) -> dict[str, Any]:
    own = item.get(X_FOLIO, {})
    return {
        "title": _text(item.get("name", "")),
        "authors": [*map(_text, item.get("authors") or [resume.get("basics", {}).get("name", "")])],
        "journal": _text(", ".join(filter(None, (item.get("publisher"), own.get("details"), own.get("status"))))),
        "url": item.get("url", ""),
        "date": _date(item.get("releaseDate", "")),
        "summary": _text(item.get("summary", "")),
    }


def _dated(name: str, other: str) -> Callable[[Mapping[str, Any], Mapping[str, Any], Words], dict[str, Any]]:
    """Return a function for entries with a name, a date and one other fact."""

    def entry(item: Mapping[str, Any], resume: Mapping[str, Any], words: Words) -> dict[str, Any]:
        return {
            "name": _linked(item.get(name, ""), item),
            "location": _text(item.get(other, "")),
            "date": _date(item.get("date", "")),
            **_prose(item),
        }

    return entry


def _reference(item: Mapping[str, Any], resume: Mapping[str, Any], words: Words) -> dict[str, Any]:
    name, position = _text(item.get("name", "")), _text(item.get("position", ""))
    return {"name": name, "location": position, **_prose(item, "reference")}


def _skills(skills: Sequence[Mapping[str, Any]], words: Words) -> Iterator[dict[str, str]]:
    """Yield a line for each category, with its skills and their levels."""
    groups: dict[str, list[str]] = {}
    for skill in skills:
        name, level = skill["name"], skill.get("level")
        text = words.aside % {"answer": name, "reason": level} if level else name
        category = skill.get(X_FOLIO, {}).get("category", "")
        groups.setdefault(words.categories.get(category, category), []).append(_text(text))
    for label, found in groups.items():
        yield {"label": _text(label) or "–", "details": words.comma.join(found)}


def _line(name: str, detail: str) -> Callable[[Mapping[str, Any], Mapping[str, Any], Words], dict[str, Any]]:
    """Return a function for entries on one line: a label and a text or a list."""

    def entry(item: Mapping[str, Any], resume: Mapping[str, Any], words: Words) -> dict[str, Any]:
        found = item.get(detail, "")
        text = words.comma.join(found) if isinstance(found, list) else found
        return {"label": _text(item.get(name, "")), "details": _text(text) or "–"}

    return entry


ENTRIES: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any], Words], dict[str, Any]]] = {
    "work": _work,
    "volunteer": _work,
    "education": _education,
    "projects": _project,
    "publications": _publication,
    "talks": _dated("name", "event"),
    "awards": _dated("title", "awarder"),
    "certificates": _dated("name", "issuer"),
    "courses": _dated("name", "provider"),
    "languages": _line("language", "fluency"),
    "interests": _line("name", "keywords"),
    "references": _reference,
}
"""Section of JSON Resume, or of its ``x-folio`` → what makes an entry of RenderCV of an item."""


def _period(item: Mapping[str, Any]) -> dict[str, str | int]:
    start, end = item.get("startDate", ""), item.get("endDate", "")
    return {"start_date": _date(start), "end_date": _date(end) or ("present" if start else "")}


def _date(text: str) -> str | int:
    """Return a year as a number: RenderCV takes a text for the first month of that year."""
    return int(text) if text.isdecimal() else text


def _prose(item: Mapping[str, Any], name: str = "summary") -> dict[str, Any]:
    highlights = [_text(text) for text in item.get("highlights", ())]
    return {"summary": _text(item.get(name, "")), "highlights": highlights}


def _linked(name: str, item: Mapping[str, Any]) -> str:
    return f"[{_text(name)}]({item['url']})" if item.get("url") else _text(name)


def _text(text: str) -> str:
    """Return a text on one line whose Markdown is escaped; an invisible character breaks up other syntax."""
    return _MARKDOWN.sub(r"\\\1", _TYPST.sub(WORD_JOINER, " ".join(text.split())))


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """Return data without empty values."""
    return {name: value for name, value in data.items() if value not in ("", [], {})}


def _lines(value: Any, indent: str = "") -> Iterator[str]:
    """Yield a value as YAML, in block style."""
    if isinstance(value, dict):
        for name, part in value.items():
            key = name if re.fullmatch("[a-z_]+", name) else json.dumps(name, ensure_ascii=False)
            if isinstance(part, dict | list):
                yield f"{indent}{key}:"
                yield from _lines(part, f"{indent}  ")
            else:
                yield f"{indent}{key}: {json.dumps(part, ensure_ascii=False)}"
        return
    for part in value:
        first, *rest = (
            _lines(part, f"{indent}  ") if isinstance(part, dict | list) else [json.dumps(part, ensure_ascii=False)]
        )
        yield f"{indent}- {first.strip() if isinstance(part, dict | list) else first}"
        yield from rest
