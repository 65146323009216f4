"""A portfolio as JSON Resume: the content of ``resume.json``.

The schema (https://jsonresume.org/schema, version 1.0.0) lets every object carry further keys. What the schema has no
name for is under one such key, ``x-folio``:

- on every skill, position, project and education: its ``key``;
- on a skill: ``category`` and the keys of its ``evidence``;
- on a position and a project: the keys of the ``skills`` that it shows, and ``highlights``, in the order of the
  schema's own list of texts, each with ``key``, ``skills`` and ``evidence``;
- on a project: ``languages``, ``position``, ``evidence`` and ``links`` (type to address), too;
- on a position without a text of its own: ``summary-of``, the keys of the projects whose descriptions are repeated as
  its summary, and ``project`` on those of its ``highlights`` that repeat a project's, so that readers who know only
  the schema do not find an empty job;
- on the basics: ``key`` and ``birth``;
- on the whole: ``private``, true if there are facts that no public file has, and ``evidence``, each with key, title,
  kind, url, date, revision, ``by`` (own, team) and the keys of the ``skills``, ``highlights`` and ``projects`` that it
  names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinx_folio.portfolio.model import Portfolio

Part: TypeAlias = "Callable[[Portfolio, Mapping[str, str]], Mapping[str, Any]]"
"""Returns the top-level keys that come from a type of entry, for a portfolio and the private facts."""

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
SECTIONS = (
    *("basics", "work", "volunteer", "education", "awards", "certificates", "publications"),
    *("skills", "languages", "interests", "references", "projects"),
)
"""The sections of the schema, in its order."""


def json_resume(
    portfolio: Portfolio,
    parts: Iterable[Part],
    *,
    address: str = "",
    date: str = "",
    private: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return a portfolio as JSON Resume, in the language of its records.

    Args:
        portfolio: The records.
        parts: What each type of entry contributes.
        address: The address of the file, if that is known.
        date: The date of the content (ISO 8601), by default today.
        private: ``phone``, ``address`` and ``birth``, which a public file does not have.
    """
    sections: dict[str, Any] = {}
    extension: dict[str, Any] = {"private": bool(private) or ""}
    for part in parts:
        for name, content in part(portfolio, private or {}).items():
            if name == X_FOLIO:
                extension |= content
            else:
                sections[name] = content
    meta = {"canonical": address, "version": "v1.0.0"}
    day = date or str(portfolio.today or "")
    meta["lastModified"] = day and f"{day}T00:00:00Z"
    ordered = {name: sections[name] for name in SECTIONS if name in sections}
    return filled({"$schema": SCHEMA, **ordered, "meta": meta, X_FOLIO: extension})


def filled(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return data without empty texts, lists and objects, at any depth."""
    inner = {key: _filled_value(value) for key, value in data.items()}
    return {key: value for key, value in inner.items() if value not in ("", [], {})}


def _filled_value(value: Any) -> Any:
    if isinstance(value, dict):
        return filled(value)
    return [_filled_value(part) for part in value] if isinstance(value, list) else value
