"""Convert the blocks of a page of HugoBlox, and the widgets of its older versions, to items of a résumé."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinx_folio.cli.importing.folder.items import item_of
from sphinx_folio.cli.importing.items import has_content

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PAGES = re.compile(r"content/(?:home/)?[^/]+\.md")
"""The pages that have blocks."""
SECTIONS: Mapping[str, str] = {
    "experience": "work",
    "accomplishments": "certificates",
    "awards": "awards",
    "features": "skills",
    "featurette": "skills",
    "skills": "skills",
    "languages": "languages",
}
"""Block, without ``resume-``, or widget → section of JSON Resume."""
ITEMS = ("items", "item", "experience", "feature")
"""The keys with the items of a block."""
MAX_WORD = 40
"""In characters; a longer part of a description is not the name of a skill."""
_SHARE = re.compile(r"\d+\s*%")


def parts_of(fields: Mapping[str, Any]) -> tuple[list[tuple[str, dict[str, Any]]], list[str]]:
    """Return the items in the blocks of a page, each with its section, and the names of blocks with other text."""
    found: list[tuple[str, dict[str, Any]]] = []
    others: list[str] = []
    for kind, content in _blocks(fields):
        section = SECTIONS.get(kind.removeprefix("resume-"))
        lists = (content[name] for name in ITEMS if isinstance(content.get(name), list))
        objects = [item for item in next(lists, []) if isinstance(item, dict)]
        if section and objects:
            found += [(section, item_of(section, _skill(item) if section == "skills" else item)) for item in objects]
        elif objects or has_content(content.get("text")):
            others.append(kind)
    return found, others


def _blocks(fields: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name and the content of each block that is shown."""
    if isinstance(fields.get("widget"), str) and fields.get("active") != "false":
        yield fields["widget"], dict(fields)
    sections = fields.get("sections")
    for block in sections if isinstance(sections, list) else []:
        if isinstance(block, dict) and isinstance(block.get("content"), dict):
            yield str(block.get("block")), block["content"]


def _skill(item: dict[str, Any]) -> dict[str, Any]:
    """Return a skill whose description is a level or other words, if it reads like them."""
    text = item.get("description")
    if not isinstance(text, str):
        return item
    is_list = "," in text and all(len(word) <= MAX_WORD for word in text.split(","))
    name = "level" if _SHARE.fullmatch(text.strip()) else "keywords" if is_list else "description"
    return {key: value for key, value in item.items() if key != "description"} | {name: text}
