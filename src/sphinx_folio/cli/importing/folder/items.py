"""Convert front matter, and entries of data files, to items of JSON Resume."""

from __future__ import annotations

import re
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from sphinx_folio.cli.importing.folder.front_matter import paragraphs
from sphinx_folio.cli.importing.folder.sections import COMMON, PRESENTATION, SECTIONS, SKILLS, TEXTS
from sphinx_folio.cli.importing.items import has_content
from sphinx_folio.cli.importing.markdown import unmarked
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_folio.cli.importing.folder.sections import Section

NAMES = ("name", "label", "title")
"""The keys of an object that may have its name."""
REST = "front-matter"
"""The field of an item for the keys without a counterpart, until the report names them."""
DISTINCT = ("area", "date", "startDate")
"""The fields by which items differ only if both have them, such as two periods at one employer."""


def item_of(section: str, fields: Mapping[str, Any], text: str = "") -> dict[str, Any]:
    """Return an item; keys without a counterpart go to ``front-matter``.

    Args:
        section: The section of JSON Resume.
        fields: The front matter, or an entry of a data file.
        text: The paragraphs of the page, in Markdown.
    """
    kind = SECTIONS[section]
    item, rest = _mapped(kind, fields)
    texts = {name: value for name, value in rest.items() if _spelled(name) in TEXTS and isinstance(value, str)}
    chosen = next((name for known in TEXTS for name in texts if _spelled(name) == known and texts[name].strip()), "")
    item[kind.text] = "\n".join(filter(None, (paragraphs(rest.pop(chosen, "")), text)))
    if repository := item.pop("repository", ""):
        item[X_FOLIO] = {"links": {"repository": repository}}
    if item.get("doi") and not item.get("url"):
        item["url"] = f"https://doi.org/{item['doi']}"
    if item.get("publisher"):
        item["publisher"] = unmarked(item["publisher"])
    item[REST] = {name: value for name, value in rest.items() if has_content(value)}
    return {name: value for name, value in item.items() if has_content(value)}


def _mapped(kind: Section, fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields of an item, and the keys without a counterpart."""
    item: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    for name, value in fields.items():
        spelled = _spelled(name)
        target = kind.keys.get(spelled) or COMMON.get(spelled, "")
        if spelled == "date" and isinstance(value, str):
            item = {**dict.fromkeys(kind.date, value), **item}
        elif target in kind.lists and (words := words_of(value)):
            item[target] = [*dict.fromkeys([*item.get(target, []), *words])]
        elif target and isinstance(value, str) and (not item.get(target) or target in kind.date):
            item[target] = value
        elif spelled not in PRESENTATION:
            rest[name] = value
    return item, rest


def _spelled(name: str) -> str:
    return name.lower().replace("-", "_")


def skills_of(fields: Mapping[str, Any]) -> list[str]:
    """Return the names of the skills that a page shows."""
    return [word for name, value in fields.items() if _spelled(name) in SKILLS for word in words_of(value)]


def words_of(value: Any) -> list[str]:
    """Return a list of words: of a text with commas, or of a list of texts or of objects with a name."""
    if isinstance(value, str):
        return [word for part in re.split(r"[,，、;]", value) if (word := part.strip())]
    parts = value if isinstance(value, list) else []
    named = (next(filter(None, map(part.get, NAMES)), "") if isinstance(part, dict) else part for part in parts)
    return [part.strip() for part in named if isinstance(part, str) and part.strip()]


def merge(items: list[Any], new: dict[str, Any], identity: Sequence[str]) -> int:
    """Add an item to a section, or merge it into the same item of another file, and return its index.

    Fields that differ are kept under ``front-matter``.

    Args:
        items: The section, which is changed.
        new: The item.
        identity: The fields by which two items are the same, see :class:`Section`.
    """
    for number, known in enumerate(items):
        if isinstance(known, dict) and _is_same(known, new, identity):
            differing = {name: value for name, value in new.items() if name in known and known[name] != value}
            rest = {**differing.pop(REST, {}), **differing}
            known |= {name: value for name, value in new.items() if name not in known}
            keep_rest(known, rest)
            return number
    items.append(new)
    return len(items) - 1


def keep_rest(item: dict[str, Any], rest: Mapping[str, Any]) -> None:
    """Keep values under ``front-matter``; where another one has the same name, the name gets a number."""
    kept = item.setdefault(REST, {}) if rest else {}
    if not isinstance(kept, dict):  # a field of a résumé file that happens to have this name
        kept = item[REST] = {REST: kept}
    for name, value in rest.items():
        names = chain([name], (f"{name}-{number}" for number in count(2)))
        kept.setdefault(next(free for free in names if kept.get(free, value) == value), value)


def _is_same(known: Mapping[str, Any], new: Mapping[str, Any], identity: Sequence[str]) -> bool:
    """Return whether two items are the same: they have a name, the same one, and no other fact differs."""
    (name, *others), (first, *facts) = (_facts(item, identity) for item in (known, new))
    return bool(name) and name == first and all(map(_agree, identity[1:], others, facts))


def _facts(item: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    return [str(item.get(name) or "").strip().casefold() for name in names]


def _agree(field: str, one: str, other: str) -> bool:
    """Return whether two values of a field are the same; a distinct one may be missing, and a date less precise."""
    return one == other or (field in DISTINCT and (one.startswith(other) or other.startswith(one)))
