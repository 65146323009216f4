"""Convert what a site says about its author: the page or data of HugoBlox, or the settings and data of Jekyll."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinx_folio.cli.importing.folder.front_matter import paragraphs
from sphinx_folio.cli.importing.folder.items import item_of, words_of
from sphinx_folio.cli.importing.folder.sections import PRESENTATION
from sphinx_folio.cli.importing.items import TITLES, has_content
from sphinx_folio.cli.importing.sources.rendercv import NETWORKS

if TYPE_CHECKING:
    from collections.abc import Mapping

LISTS: Mapping[str, str] = {
    "experience": "work",
    "work": "work",
    "education": "education",
    "awards": "awards",
    "languages": "languages",
    "certificates": "certificates",
    "certifications": "certificates",
    "interests": "interests",
    "skills": "skills",
}
"""Key of an author → section of JSON Resume."""
WORDS = {"interests", "languages", "skills"}
"""The sections whose items may be written as a text with commas."""
USERNAMES: Mapping[str, str] = {
    "github": "GitHub",
    "gitlab": "GitLab",
    "linkedin": "LinkedIn",
    "orcid": "ORCID",
    "scholar": "Google Scholar",
    "googlescholar": "Google Scholar",
    "stackoverflow": "StackOverflow",
    "twitter": "Twitter",
    "x": "X",
}
"""Key of the data of Jekyll, without ``_username``, ``_userid`` or ``_id`` → network."""


SAMPLE = "Einstein"
"""The family name in the settings of a new al-folio site."""


def author_part(fields: Mapping[str, Any], body: str) -> dict[str, Any]:
    """Return the parts of a résumé that the author's front matter or data contains.

    What has no counterpart goes to the field ``author`` of ``basics``, under its own name.
    """
    left = {name: value for name, value in fields.items() if name not in PRESENTATION}
    name, email = _name(left) or _text(left, "title"), _text(left, "email")
    profiles, mail = _links(left, email)
    basics = {
        "name": name,
        "label": _text(left, "role"),
        "email": mail,
        "profiles": profiles,
        "summary": "\n".join(filter(None, (paragraphs(_text(left, "bio")), paragraphs(body)))),
    }
    part: dict[str, Any] = {}
    for name, section in LISTS.items():
        items, left[name] = _skills(left.get(name)) if section == "skills" else _items(section, left.get(name))
        part[section] = part.get(section, []) + items
    return {"basics": _with_content({**basics, "author": _with_content(left)}), **part}


def config_part(fields: Mapping[str, Any], *, is_personal: bool) -> dict[str, Any]:
    """Return the name, the addresses and the profiles in a data file.

    Other values of its author go to the field ``author`` of ``basics``.

    Args:
        fields: The data.
        is_personal: Whether all of it is about the author; otherwise, only the object ``author`` is.
    """
    author = fields.get("author")
    person = dict(author) if isinstance(author, dict) else {}
    known = {name: value for name, value in {**fields, **person}.items() if name != "author"}
    names = (_text(known, "first_name"), _text(known, "middle_name"), _text(known, "last_name"))
    name = " ".join(filter(None, names)) or (author if isinstance(author, str) else "")
    profiles = []
    for key, value in list(known.items()):
        network = USERNAMES.get(re.sub("_(?:username|userid|id)$", "", key))
        if network and isinstance(value, str) and value.strip():
            address = value if "://" in value else NETWORKS[network].format(value.strip().removeprefix("@"))
            profiles.append({"network": network, "url": address})
            del known[key]
    email, url = _text(known, "email"), _text(known, "url")
    own = {key: value for key, value in known.items() if is_personal or key in person}
    own_name = _text(own, "name")
    basics = {
        "name": name or own_name,
        "label": _text(own, "bio"),
        "email": email,
        "url": url,
        "profiles": profiles,
        "author": _with_content(own),
    }
    return {"basics": _with_content(basics)}


def names_in(fields: Mapping[str, Any]) -> list[str]:
    """Return the names of the person in the settings of jekyll-scholar, which marks them in its bibliographies."""
    scholar = fields.get("scholar")
    names = scholar if isinstance(scholar, dict) else {}
    given, family = (_words(names.get(name)) for name in ("first_name", "last_name"))
    return [f"{first} {last}" for last in family for first in given if last != SAMPLE]


def _words(value: Any) -> list[str]:
    parts = value if isinstance(value, list) else [value]
    return [part.strip() for part in parts if isinstance(part, str) and part.strip()]


def _with_content(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if has_content(value)}


def _name(left: dict[str, Any]) -> str:
    """Return the name of an author, and remove it; the other parts of an object, such as pronouns, stay."""
    name = left.get("name")
    if not isinstance(name, dict):
        return _text(left, "name")
    whole = " ".join(filter(None, (_text(name, "given"), _text(name, "family"))))
    return _text(name, "display") or whole


def _text(value: dict[str, Any], name: str) -> str:
    """Return a text of an object, and remove it, so that the rest can be kept; empty if there is none."""
    return str(value.pop(name)).strip() if isinstance(value.get(name), str) else ""


def _links(left: dict[str, Any], mail: str) -> tuple[list[dict[str, str]], str]:
    """Return the profiles and the mail address in the links of an author, and remove them; other links stay.

    The name of an icon such as ``brands/github`` is that of the network.

    Args:
        left: The fields of the author.
        mail: The mail address, if it is known already.
    """
    profiles: list[dict[str, str]] = []
    for name in ("links", "social", "profiles"):
        links = left.get(name)
        if not isinstance(links, list):
            continue
        left[name] = []
        for link in links:
            fields = link if isinstance(link, dict) else {"url": link}
            address = fields.get("url") or fields.get("link")
            address = address if isinstance(address, str) else ""
            if address.startswith("mailto:"):
                mail = mail or address.removeprefix("mailto:")
            if address.startswith(("https://", "http://")):
                icon = str(fields.get("icon") or "").rpartition("/")[2].replace("-", " ").title()
                profiles.append({"network": str(fields.get("label") or icon), "url": address})
            elif address != f"mailto:{mail}":
                left[name].append(link)
    return profiles, mail


def _items(section: str, value: Any) -> tuple[list[dict[str, Any]], Any]:
    """Return the items in a list of an author, and what remains of it; a text is the name of an item.

    Older versions have the list of the education in ``courses``.
    """
    if section == "education" and isinstance(value, dict):
        items, rest = _items(section, value.get("courses"))
        return items, {**value, "courses": rest}
    if isinstance(value, str) and section in WORDS:
        value = words_of(value)
    if not isinstance(value, list):
        return [], value
    items = []
    others = []
    for part in value:
        if isinstance(part, dict):  # of a language, the label says more than the number of its level
            items.append(item_of(section, {"label": part.get("label"), **part}))
        elif isinstance(part, str) and section in TITLES and part.strip():
            items.append({TITLES[section]: part.strip()})
        else:
            others.append(part)
    return items, others


def _skills(value: Any) -> tuple[list[dict[str, Any]], Any]:
    """Return the skills of an author, and what remains of them: most are in groups, in which each has a level."""
    if not isinstance(value, list):
        return _items("skills", value)
    items: list[dict[str, Any]] = []
    others: list[Any] = []
    for group in value:
        is_group = isinstance(group, dict) and isinstance(group.get("items"), list)
        for skill in group["items"] if is_group else [group]:
            fields = {"name": skill} if isinstance(skill, str) else skill
            if not isinstance(fields, dict):
                others.append(skill)
                continue
            name = {} if "name" in fields else {"name": fields.get("label")}
            rest = {key: part for key, part in fields.items() if key != "label" or not name}
            items.append(item_of("skills", {**name, **rest, **({"group": group.get("name")} if is_group else {})}))
        if is_group and len(group.keys() - {"name", "items"}):
            others.append({key: part for key, part in group.items() if key != "items"})
    return items, others
