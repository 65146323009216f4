"""Convert YAMLResume (https://yamlresume.dev/docs/compiler/schema), which has the sections of JSON Resume."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_folio.cli.importing.sources.converted import MarkdownResume

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES: Mapping[str, Mapping[str, str]] = {
    "basics": {"headline": "label"},
    "education": {"degree": "studyType"},
    "references": {"summary": "reference"},
    "projects": {"summary": "description"},
}
"""Section → field → its name in JSON Resume."""


def to_json_resume(found: dict[str, Any]) -> MarkdownResume:
    """Return the content of a YAMLResume file as JSON Resume."""
    content = dict(found["content"])
    basics = content.pop("basics", None) or {}
    if isinstance(basics, dict):
        basics = _renamed("basics", basics)
        basics |= {name: content.pop(name) for name in ("location", "profiles") if content.get(name)}
    resume: dict[str, Any] = {"basics": basics}
    for section, value in content.items():
        items = value if isinstance(value, list) else [value]
        resume[section] = [_renamed(section, item) if isinstance(item, dict) else item for item in items if item]
    return MarkdownResume(resume)


def _renamed(section: str, item: dict[str, Any]) -> dict[str, Any]:
    """Return an item with the names of JSON Resume; two texts for one field become paragraphs."""
    renamed: dict[str, Any] = {}
    for name, value in item.items():
        known = NAMES.get(section, {}).get(name, name)
        if known in renamed and isinstance(value, str) and isinstance(renamed[known], str):
            value = f"{renamed[known]}\n\n{value}"  # noqa: PLW2901
        renamed[known] = value
    return renamed
