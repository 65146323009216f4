"""Convert what a site says of its author: the author page or data of HugoBlox, and the settings of Jekyll."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_folio.cli.importing.folder.front_matter import paragraphs
from sphinx_folio.cli.importing.folder.items import item_of
from sphinx_folio.cli.importing.folder.sections import PRESENTATION
from sphinx_folio.cli.importing.items import has_content
from sphinx_folio.cli.importing.sources.rendercv import NETWORKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LISTS: Mapping[str, str] = {
    "experience": "work",
    "work": "work",
    "education": "education",
    "awards": "awards",
    "languages": "languages",
    "certificates": "certificates",
    "certifications": "certificates",
}
"""Key of an author → section of JSON Resume."""
USERNAMES: Mapping[str, str] = {
    "github": "GitHub",
    "gitlab": "GitLab",
    "linkedin": "LinkedIn",
    "orcid": "ORCID",
    "scholar": "Google Scholar",
    "stackoverflow": "StackOverflow",
    "twitter": "Twitter",
    "x": "X",
}
"""Key of the settings of Jekyll, without ``_username``, ``_userid`` or ``_id`` → network."""


def author_part(fields: Mapping[str, Any], body: str) -> dict[str, Any]:
    """Return the parts of a résumé that the author's front matter or data contains."""
    left = {name: value for name, value in fields.items() if name not in PRESENTATION}
    links = [*_links(left.pop("links", None)), *_links(left.pop("social", None)), *_links(left.pop("profiles", None))]
    mails = [link["url"].removeprefix("mailto:") for link in links if link["url"].startswith("mailto:")]
    basics: dict[str, Any] = {
        "name": _name(left),
        "label": _text(left, "role"),
        "email": _text(left, "email") or next(iter(mails), ""),
        "profiles": [link for link in links if link["url"].startswith(("https://", "http://"))],
        "summary": "\n".join(filter(None, (paragraphs(_text(left, "bio")), paragraphs(body)))),
    }
    part: dict[str, Any] = {
        "interests": [{"name": name} for name in _texts(left.pop("interests", None))],
        "skills": [*_skills(left.pop("skills", None))],
    }
    for name, section in LISTS.items():
        found = left.pop(name, None)
        if isinstance(found, dict):  # education: {courses: […]} of older versions
            found = found.get("courses")
        items = [  # of a language, the label says more than the number of its level
            item_of(section, {"label": item.get("label"), **item}) for item in found or [] if isinstance(item, dict)
        ]
        part[section] = part.get(section, []) + items
    basics["author"] = {name: value for name, value in left.items() if has_content(value)}
    return {"basics": {name: value for name, value in basics.items() if has_content(value)}, **part}


def config_part(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the name, the addresses and the profiles in the settings of a site."""
    author = fields.get("author")
    known = {**fields, **author} if isinstance(author, dict) else dict(fields)
    names = (_text(known, "first_name"), _text(known, "middle_name"), _text(known, "last_name"))
    name = " ".join(filter(None, names)) or _text(author, "name") or (author if isinstance(author, str) else "")
    profiles = []
    for key, value in known.items():
        for suffix in ("_username", "_userid", "_id"):
            key = key.removesuffix(suffix)  # noqa: PLW2901
        network = USERNAMES.get(key)
        if network and isinstance(value, str) and value.strip():
            address = value if "://" in value else NETWORKS[network].format(value.strip().removeprefix("@"))
            profiles.append({"network": network, "url": address})
    basics = {
        "name": name,
        "label": _text(author, "bio"),
        "email": _text(known, "email"),
        "url": _text(known, "url"),
        "profiles": profiles,
    }
    return {"basics": {field: value for field, value in basics.items() if has_content(value)}}


def _name(left: dict[str, Any]) -> str:
    name = left.pop("name", None)
    if isinstance(name, dict):
        return _text(name, "display") or " ".join(filter(None, (_text(name, "given"), _text(name, "family"))))
    return name if isinstance(name, str) and name else _text(left, "title")


def _text(value: Any, name: str) -> str:
    """Return a text of an object, and remove it; empty if there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return str(value.pop(name)).strip() if isinstance(found, str) else ""


def _texts(value: Any) -> list[str]:
    return [text for text in value if isinstance(text, str) and text] if isinstance(value, list) else []


def _links(value: Any) -> Iterator[dict[str, str]]:
    """Yield the links of an author; the name of an icon such as ``brands/github`` is that of the network."""
    for link in value if isinstance(value, list) else []:
        address = (link.get("url") or link.get("link")) if isinstance(link, dict) else None
        if isinstance(address, str) and address:
            label = link.get("label") or str(link.get("icon") or "").rpartition("/")[2].replace("-", " ").title()
            yield {"network": str(label), "url": address}


def _skills(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the skills of an author: each has a level in a group of skills."""
    for group in value if isinstance(value, list) else []:
        for skill in group.get("items") or [] if isinstance(group, dict) else []:
            if isinstance(skill, dict):
                fields = {"name": skill.get("label") or skill.get("name"), **skill}
                fields.pop("label", None)
                yield item_of("skills", {**fields, "group": group.get("name")})
