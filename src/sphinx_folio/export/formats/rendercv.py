"""A résumé as input for RenderCV 2 (https://docs.rendercv.com/user_guide/yaml_input_structure/), made of JSON Resume.

Every text is in double quotes, which YAML and JSON have in common; RenderCV reads texts as Markdown.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_folio.export.formats.resume_document import ItemList, Paragraph, text_of
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from sphinx_folio.export.formats.resume_document import Block, Line, Run

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
    "nb": "norwegian_bokmål",
    "nl": "dutch",
    "nn": "norwegian_nynorsk",
    "no": "norwegian_bokmål",
    "pt": "portuguese",
    "ru": "russian",
    "tr": "turkish",
    "vi": "vietnamese",
    "zh": "mandarin_chinese",
}
"""Language code → RenderCV's name of the locale; any other language gets the English one."""
NETWORKS: Mapping[str, tuple[str, ...]] = {
    "Bluesky": ("https://bsky.app/profile/{}",),
    "GitHub": ("https://github.com/{}",),
    "GitLab": ("https://gitlab.com/{}",),
    "Google Scholar": ("https://scholar.google.com/citations?user={}",),
    "Instagram": ("https://instagram.com/{}",),
    "LinkedIn": ("https://www.linkedin.com/in/{}",),
    "ORCID": ("https://orcid.org/{}",),
    "ResearchGate": ("https://www.researchgate.net/profile/{}",),
    "StackOverflow": ("https://stackoverflow.com/users/{}",),
    "Telegram": ("https://t.me/{}", "https://telegram.me/{}"),
    "X": ("https://x.com/{}", "https://twitter.com/{}"),
    "YouTube": ("https://www.youtube.com/@{}",),
}
"""Networks whose address RenderCV makes from a user name → the addresses of a user."""
USERS: Mapping[str, str] = {
    "Bluesky": r"(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+",
    "ORCID": r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]",
    "StackOverflow": r"\d+/[^/]+",
}
"""Network → the pattern of its user names, if RenderCV checks it."""
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
COMMAS: Mapping[str, str] = {"ja": "、", "zh": "，"}
"""Language code → the comma between the name of a company or a school and what follows, if it is not the Latin one."""
NOTHING = "–"
"""The text of a required field without a value."""
DOI = "https://doi.org/"
SUB_ITEM = " - "
"""What RenderCV takes for the start of an item below a highlight."""
WORD_JOINER = "\u2060"
"""The invisible character that breaks up syntax; an import leaves it out."""
_ITEM = re.compile(r"(\s*)(?:-|\d+\.)\s+")
_MARKDOWN = re.compile(r"([\\`*_\[\]])")
_TYPST = re.compile(r"^(?=(?:[-+=]|\d+\.|!!!) )|(?<= )(?=- )|(?<=#)(?=[A-Za-z])|(?<=<)(?=[\w/!?])")
"""Where RenderCV 2.8 leaves syntax of Typst or HTML in a text, and has no escape: a list, a command, or a tag."""


class Page(NamedTuple):
    """What the page of the résumé shows of the texts, which the records do not say."""

    formatted: Mapping[str, str] = {}
    """Paragraph → the same with emphasis, code and links as Markdown."""
    lines: Collection[str] = ()
    """The paragraphs, also those in lists."""


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
    labeled: str = "%(label)s: %(text)s"
    score: str = "Score"
    courses: str = "Courses"
    page: Page = field(default_factory=Page)
    """What the page of the résumé shows."""


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
            entries = [*_about(resume.get("basics", {}).get("summary", ""), words)]
        elif name == "skills":
            entries = list(_skills(resume.get("skills", []), words))
        else:
            items = resume.get(name) or resume.get(X_FOLIO, {}).get(name, [])
            entries = [_filled(ENTRIES[name](item, resume, words)) for item in items]
        if entries:
            sections[title] = entries
    for section in resume.get(X_FOLIO, {}).get("sections", []):
        title = section["title"] if section["title"] not in sections else section["title"] + WORD_JOINER
        sections.setdefault(title, []).extend(_about(section["text"], words))
    code = words.language.partition("-")[0]
    data = {
        "cv": _filled({**_head(resume), "sections": sections}),
        "design": {"theme": "classic", "page": {"size": paper}, "templates": _templates(code, words)},
        "locale": {"language": LOCALES.get(code, "english")},
    }
    return "\n".join(_lines(data)) + "\n"


def _templates(code: str, words: Words) -> dict[str, Any]:
    """Return RenderCV's templates for a language."""
    dates = {"single_date": DATES[code]} if code in DATES else {}
    if code not in COMMAS:
        return {**dates, **TEMPLATES}
    work = "**COMPANY**, POSITION\nSUMMARY\nHIGHLIGHTS"
    texts = {"experience_entry": work, "education_entry": TEMPLATES["education_entry"]["main_column"]}
    columns = {name: {"main_column": text.replace(", ", COMMAS[code])} for name, text in texts.items()}
    label = words.labeled % {"label": "**LABEL**", "text": "DETAILS"}
    merged = {name: {**TEMPLATES.get(name, {}), **column} for name, column in columns.items()}
    return {**dates, **TEMPLATES, **merged, "one_line_entry": {"main_column": label}}


def _head(resume: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts about the person."""
    basics = resume.get("basics", {})
    place = basics.get("location", {})
    networks, others = [], []
    for profile in basics.get("profiles", []):
        network, user = _network(profile)
        if network:
            networks.append({"network": network, "username": user})
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


def _network(profile: Mapping[str, str]) -> tuple[str, str]:
    """Return RenderCV's name of a profile's network, and the user; empty for another one, as on a host of its own."""
    name, url = profile.get("network", "").replace(" ", "").lower(), profile.get("url", "")
    network = next((known for known in NETWORKS if known.replace(" ", "").lower() == name), "")
    patterns = (re.escape(address).replace(r"\{\}", "([^?&#]+?)") for address in NETWORKS.get(network, ()))
    bare = url.replace("://www.", "://")
    found = (re.fullmatch(pattern.replace(r"://www\.", "://") + "/?", bare) for pattern in patterns)
    user = next((match[1] for match in found if match), "") if url else profile.get("username", "")
    is_valid = user and re.fullmatch(USERS.get(network, "[^/]+"), user)
    return (network, user) if is_valid else ("", "")


def page_of(blocks: Iterable[Block], site: str = "") -> Page:
    """Return the paragraphs of a résumé.

    Args:
        blocks: The content of the résumé.
        site: The address of the site, whose own links are left out.
    """
    formatted: dict[str, str] = {}
    lines: list[str] = []
    for line in _paragraphs(blocks):
        text = " ".join(text_of(line).split())
        lines.append(text)
        written = "".join(_marked(run, site) for run in line)
        if written != _text(text):
            formatted.setdefault(text, written)
    return Page(formatted, lines)


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.line
        elif isinstance(block, ItemList):
            for item in block.items:
                yield from _paragraphs(item)


def _marked(run: Run, site: str) -> str:
    """Return a text with its formatting as Markdown; white space stays outside of the marks."""
    inner = run.text.strip()
    text = _text(inner)
    if not inner:
        return run.text
    if run.code and "`" not in inner:
        text = f"`{inner}`"
    text = f"*{text}*" if run.emphasis else text
    text = f"**{text}**" if run.strong else text
    is_own = not run.href.startswith(("http", "mailto:")) or (site and run.href.startswith(site))
    if not (is_own or set(run.href) & set(' ()<>\\"')):
        text = f"[{text}]({run.href})"
    start, end = run.text.index(inner), run.text.index(inner) + len(inner)
    return f"{run.text[:start]}{text}{run.text[end:]}"


def _work(item: Mapping[str, Any], resume: Mapping[str, Any], words: Words) -> dict[str, Any]:
    return {
        "company": _linked(item.get("name") or item.get("organization", ""), item),
        "position": _text(item.get("position", "")),
        **_period(item),
        "location": _text(item.get("location", "")),
        **_prose(_without_projects(item, resume, words), words),
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
    own = item.get(X_FOLIO, {})
    labeled = (
        (words.score, item.get("score", "")),
        (words.courses, words.comma.join(item.get("courses", ()))),
    )
    facts = [words.labeled % {"label": label, "text": text} for label, text in labeled if text]
    prose = _prose({"summary": own.get("summary", "")}, words)
    return {
        "institution": _linked(item["institution"], item),
        "area": _text(item.get("area") or item.get("studyType") or NOTHING),
        "degree": _text(item.get("studyType", "")) if item.get("area") else "",
        **_period(item),
        "location": _text(own.get("location", "")),
        **prose,
        "highlights": [*prose["highlights"], *map(_text, facts)],
    }


def _project(item: Mapping[str, Any], resume: Mapping[str, Any], words: Words) -> dict[str, Any]:
    return {
        "name": _linked(item.get("name", ""), item),
        **_period(item),
        "location": _text(item.get("entity", "")),
        **_prose(item, words, "description"),
    }


def _publication(item: Mapping[str, Any], resume: Mapping[str, Any], words: Words) -> dict[str, Any]:
    own, url = item.get(X_FOLIO, {}), item.get("url", "")
    doi = url.removeprefix(DOI) if url.startswith(f"{DOI}10.") else ""
    return {
        "title": _text(item.get("name", "")),
        "authors": [*map(_text, item.get("authors") or [resume.get("basics", {}).get("name", "")])],
        "journal": _text(", ".join(filter(None, (item.get("publisher"), own.get("details"), own.get("status"))))),
        "doi": doi,
        "url": "" if doi else url,
        "date": _date(item.get("releaseDate", "")),
        "summary": _lines_of(item.get("summary", ""), words),
    }


def _dated(name: str, other: str) -> Callable[[Mapping[str, Any], Mapping[str, Any], Words], dict[str, Any]]:
    """Return a function for entries with a name, a date and one other fact.

    That fact is the location, which RenderCV shows. It is also a field of its own name, which an import reads.
    """

    def entry(item: Mapping[str, Any], resume: Mapping[str, Any], words: Words) -> dict[str, Any]:
        expires = item.get(X_FOLIO, {}).get("expires", "")
        dates = {"startDate": item.get("date", ""), "endDate": expires}
        return {
            "name": _linked(item.get(name, ""), item),
            "location": _text(words.comma.join(filter(None, (item.get(other), item.get("location"))))),
            **(_period(dates) if expires and item.get("date") else {"date": _date(item.get("date", ""))}),
            **_prose(item, words),
            other: _text(item.get(other, "")),
        }

    return entry


def _reference(item: Mapping[str, Any], resume: Mapping[str, Any], words: Words) -> dict[str, Any]:
    name, position = _text(item.get("name", "")), _text(item.get("position", ""))
    return {"name": name, "location": position, **_prose(item, words, "reference")}


def _skills(skills: Sequence[Mapping[str, Any]], words: Words) -> Iterator[dict[str, str]]:
    """Yield a line for each skill whose keywords the page lists, then one for each category, with skills and levels."""
    groups: dict[str, list[str]] = {}
    for skill in skills:
        name, level, keywords = skill["name"], skill.get("level"), skill.get("keywords", [])
        text = words.aside % {"answer": name, "reason": level} if level else name
        if _lists(words.page.lines, name, keywords):
            yield {"label": _text(text), "details": _text(words.comma.join(keywords))}
            continue
        category = skill.get(X_FOLIO, {}).get("category", "")
        groups.setdefault(words.categories.get(category, category), []).append(_text(text))
    for label, found in groups.items():
        yield {"label": _text(label) or NOTHING, "details": words.comma.join(found)}


def _lists(lines: Iterable[str], name: str, keywords: Sequence[str]) -> bool:
    """Return whether a line begins with the name of a skill and has its keywords, which are more than other names."""
    own = re.compile(rf"{re.escape(name)}(?!\w)")
    return bool(keywords) and any(own.match(line) and all(word in line for word in keywords) for line in lines)


def _line(name: str, detail: str) -> Callable[[Mapping[str, Any], Mapping[str, Any], Words], dict[str, Any]]:
    """Return a function for entries on one line: a label and a text or a list."""

    def entry(item: Mapping[str, Any], resume: Mapping[str, Any], words: Words) -> dict[str, Any]:
        found = item.get(detail, "")
        text = words.comma.join(found) if isinstance(found, list) else found
        return {"label": _text(item.get(name, "")), "details": _text(text) or NOTHING}

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


def _prose(item: Mapping[str, Any], words: Words, name: str = "summary") -> dict[str, Any]:
    """Return the text and the highlights of an item; lists in the text become highlights: RenderCV has no others."""
    paragraphs, items = _divided(item.get(name, ""))
    highlights = [_highlight(text, words) for text in item.get("highlights", ())]
    return {
        "summary": "\n".join(_formatted(text, words) for text in paragraphs),
        "highlights": [*(SUB_ITEM.join(_formatted(part, words) for part in found) for found in items), *highlights],
    }


def _highlight(text: str, words: Words) -> str:
    """Return a highlight; the items of lists in it are those below its own, as RenderCV writes them."""
    paragraphs, items = _divided(text)
    if not paragraphs:
        return _formatted(text, words)
    parts = [" ".join(_formatted(part, words) for part in paragraphs)]
    parts += [_formatted(part, words) for found in items for part in found]
    return SUB_ITEM.join(filter(None, parts))


def _about(text: str, words: Words) -> Iterator[str]:
    """Yield the paragraphs of the summary of the person; the items of lists keep their dashes."""
    for block in text.split("\n\n"):
        paragraphs, items = _divided(block)
        yield from (_formatted(part, words) for part in paragraphs)
        yield from (f"- {_formatted(part, words)}" for found in items for part in found)


def _lines_of(text: str, words: Words) -> str:
    """Return a text of several paragraphs, which are the lines of a summary."""
    return "\n".join(_formatted(line, words) for line in text.splitlines() if line.strip())


def _divided(text: str) -> tuple[list[str], list[list[str]]]:
    """Return the paragraphs of a text outside of lists, and the items of its lists, each with those below it."""
    paragraphs: list[str] = []
    items: list[list[str]] = []
    for block in text.split("\n\n"):
        lines = block.splitlines()
        bullets = [_ITEM.match(line) for line in lines]
        is_list = bool(bullets and bullets[0]) and (lines[0].startswith("-") or sum(map(bool, bullets)) > 1)
        if not is_list:
            paragraphs += [block] if block.strip() else []
            continue
        for line, bullet in zip(lines, bullets, strict=True):
            if bullet and not bullet[1]:
                items.append([line[bullet.end() :]])
            elif bullet:
                items[-1].append(line[bullet.end() :])
            else:
                items[-1][-1] += f" {line.strip()}"
    return paragraphs, items


def _formatted(text: str, words: Words) -> str:
    """Return a paragraph with the emphasis, code and links that the page has."""
    plain = " ".join(text.split())
    return words.page.formatted.get(plain) or _text(plain)


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
