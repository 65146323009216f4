"""A portfolio as JSON Resume: the content of ``resume.json``.

The schema (https://jsonresume.org/schema, version 1.0.0) allows additional keys in every object. Data that has no key
in the schema is in the object ``x-folio``:

- in every skill, position, project and education: its ``key``;
- in a skill: ``category``, ``summary`` and the keys of its ``evidence``;
- in a position or project: the keys of the ``skills`` that it shows, and ``highlights``, in the same order as the list
  of texts of that name in the schema, each with ``key``, ``skills`` and ``evidence``;
- in a project, also: ``languages``, ``position``, ``evidence`` and ``links`` (type → address);
- in a position without a text of its own: ``summary-of``, the keys of the projects whose descriptions are repeated as
  its summary, and ``project`` in those of its ``highlights`` that repeat a project's, so that readers who know only the
  schema do not find an empty job;
- in the basics: ``key`` and ``birth``;
- at the top level: ``private``, which is true if the file contains private facts; ``categories``, the key and the label
  of each category of skills; ``levels``, the levels of the skills, lowest first; ``sections``, the ``title`` and the
  ``text`` of each section of the page that has no entries, such as one about teaching, or a career break; and
  ``evidence``, each with key, title, kind, url, date, revision, ``by`` (own or team) and the keys of the ``skills``,
  ``highlights`` and ``projects`` that it supports.
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
"""The sections of the schema, in the order of the schema."""
ON_PAGE = "on-page"
"""In the file of ``folio_json_resume_extra``: the fields of an object that a page has only as text."""


def json_resume(
    portfolio: Portfolio,
    parts: Iterable[Part],
    *,
    url: str = "",
    date: str = "",
    private: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return a portfolio as JSON Resume, in the language of the build.

    Args:
        portfolio: The records.
        parts: The functions that return the sections of each type of entry.
        url: The URL of the file; empty if it is unknown.
        date: The date of the content (ISO 8601); by default today.
        private: The private facts ``phone``, ``address`` (postal) and ``birth``; none in public files.
    """
    sections: dict[str, Any] = {}
    extension: dict[str, Any] = {"private": bool(private) or ""}  # an empty text is removed
    for part in parts:
        for name, content in part(portfolio, private or {}).items():
            if name == X_FOLIO:
                extension |= content
            elif name in SECTIONS:
                sections[name] = content
            else:
                extension[name] = content
    day = date or str(portfolio.today or "")
    meta = {"canonical": url, "version": "v1.0.0"}
    meta["lastModified"] = day and f"{day}T00:00:00Z"
    ordered = {name: sections[name] for name in SECTIONS if name in sections}
    found = without_empty({"$schema": SCHEMA, **ordered, "meta": meta, X_FOLIO: extension})
    if "basics" in found:  # themes such as elegant read both without a check
        found["basics"].setdefault("location", {})
        found["basics"].setdefault("profiles", [])
    return found


def without_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return data without empty texts, lists and objects, at any depth."""
    inner = {key: _value_without_empty(value) for key, value in data.items()}
    return {key: value for key, value in inner.items() if value not in ("", [], {})}


def _value_without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return without_empty(value)
    return [_value_without_empty(part) for part in value] if isinstance(value, list) else value
