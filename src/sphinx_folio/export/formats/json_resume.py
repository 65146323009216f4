"""A portfolio as JSON Resume: the content of ``resume.json``.

The schema (https://jsonresume.org/schema, version 1.0.0) lets every object carry further keys. What it has no word for
stands under one, ``x-folio``:

- on every skill, position, project and education: its ``key``;
- on a skill: ``category`` and the keys of its ``evidence``;
- on a position and a project: the keys of the ``skills`` that it shows, and ``highlights``, in the order of the
  schema's own list of texts, each with ``key``, ``skills`` and ``evidence``;
- on a project: ``languages``, ``position``, ``evidence`` and ``links`` (type to address), too;
- on the basics: ``key`` and ``birth``;
- on the whole: ``private``, true if there are facts that no public file has, and ``evidence``, each with key, title,
  kind, url, date, revision, ``by`` (own, team) and the keys of the ``skills``, ``highlights`` and ``projects`` that it
  names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sphinx_folio.portfolio.model import Education, Evidence, Highlight, Person, Position, Project, Skill
from sphinx_folio.portfolio.queries.evidence import evidence_for_skill
from sphinx_folio.portfolio.queries.work import latest_first

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.portfolio.dates import Period
    from sphinx_folio.portfolio.model import Link, Portfolio

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
EXTENSION = "x-folio"
PREFERRED_LINKS = ("homepage", "repository", "documentation", "package", "landscape", "report")
"""Which of a project's links is its address, the first that there is."""


def json_resume(portfolio: Portfolio, *, address: str = "", private: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return a portfolio as JSON Resume, in the language of its records.

    Args:
        portfolio: What is told.
        address: Where the file will stand, if that is known.
        private: ``phone``, ``address`` and ``birth``, of which a public file has none.
    """
    people = portfolio.all(Person)
    meta = {"canonical": address, "version": "v1.0.0"}
    meta["lastModified"] = f"{portfolio.today}T00:00:00Z" if portfolio.today else ""
    return filled(
        {
            "$schema": SCHEMA,
            "basics": _basics(people[0], private or {}) if people else {},
            "work": [_work(portfolio, position) for position in in_time(portfolio, Position)],
            "education": [_education(studies) for studies in in_time(portfolio, Education)],
            "skills": [_skill(portfolio, skill) for skill in portfolio.all(Skill)],
            "projects": [_project(portfolio, project) for project in in_time(portfolio, Project)],
            "meta": meta,
            EXTENSION: {
                "private": bool(private) or "",
                "evidence": [_evidence(proof) for proof in portfolio.all(Evidence)],
            },
        }
    )


def in_time(portfolio: Portfolio, kind: type[Any]) -> list[Any]:
    """Return the objects of a type, the latest first; what has no date comes last, in page order."""
    return sorted(portfolio.all(kind), key=lambda entry: latest_first(portfolio.period_of(entry)))


def address_of(project: Project) -> str:
    """Return the one address that stands for a project, or nothing."""
    links = {link.label: link.url for link in project.links}
    return next((links[label] for label in PREFERRED_LINKS if label in links), "")


def profile(link: Link) -> dict[str, str]:
    """Return a profile with the name by which its network knows the person, if the address ends in one."""
    parts = urlsplit(link.url).path.strip("/").split("/")
    return filled({"network": link.label, "username": parts[-1].removeprefix("@"), "url": link.url})


def _basics(person: Person, private: Mapping[str, str]) -> dict[str, Any]:
    birth = private.get("birth") or (str(person.birth) if person.birth else "")
    return {
        "name": person.name,
        "label": person.label,
        "email": person.email,
        "phone": private.get("phone", ""),
        "url": person.url,
        "summary": person.summary,
        "location": {"address": private.get("address", "")},
        "profiles": [profile(link) for link in person.profiles],
        EXTENSION: {"key": person.key, "birth": birth},
    }


def _work(portfolio: Portfolio, position: Position) -> dict[str, Any]:
    own = [item for item in portfolio.highlights_of("position", position.key) if not item.project]
    return {
        "name": position.entity,
        "position": position.name,
        **_dates(position.period),
        "summary": position.summary,
        "highlights": [item.summary or item.name for item in own],
        EXTENSION: {
            "key": position.key,
            "skills": list(position.skills),
            "highlights": [_highlight(portfolio, item) for item in own],
        },
    }


def _project(portfolio: Portfolio, project: Project) -> dict[str, Any]:
    position = portfolio.find("position", project.position)
    highlights = portfolio.highlights_of("project", project.key)
    shown = (portfolio.find("skill", key) for key in portfolio.skills_of(project))
    return {
        "name": project.name,
        "description": project.summary,
        "highlights": [item.summary or item.name for item in highlights],
        "keywords": [skill.name for skill in shown if skill],
        **_dates(project.period),
        "url": address_of(project),
        "roles": [position.name] if isinstance(position, Position) else [],
        "entity": position.entity if isinstance(position, Position) else "",
        EXTENSION: {
            "key": project.key,
            "position": project.position,
            "languages": list(project.languages),
            "skills": list(project.skills),
            "links": {link.label: link.url for link in project.links},
            "evidence": [proof.key for proof in portfolio.evidence_for("project", project.key)],
            "highlights": [_highlight(portfolio, item) for item in highlights],
        },
    }


def _highlight(portfolio: Portfolio, highlight: Highlight) -> dict[str, Any]:
    return {
        "key": highlight.key,
        "name": highlight.name if highlight.name != highlight.summary else "",
        "skills": list(highlight.skills),
        "evidence": [proof.key for proof in portfolio.evidence_for("highlight", highlight.key)],
    }


def _skill(portfolio: Portfolio, skill: Skill) -> dict[str, Any]:
    proofs = [proof.key for proof in evidence_for_skill(portfolio, skill.key)]
    return {
        "name": skill.name,
        "level": skill.level_label,
        "keywords": list(skill.keywords),
        EXTENSION: {"key": skill.key, "category": skill.category, "summary": skill.summary, "evidence": proofs},
    }


def _education(studies: Education) -> dict[str, Any]:
    return {
        "institution": studies.name,
        "area": studies.area,
        "studyType": studies.study_type,
        **_dates(studies.period),
        EXTENSION: {"key": studies.key, "summary": studies.summary},
    }


def _evidence(proof: Evidence) -> dict[str, Any]:
    return {
        "key": proof.key,
        "title": proof.name,
        "kind": proof.kind,
        "url": proof.url,
        "date": str(proof.date) if proof.date else "",
        "revision": proof.revision,
        "by": proof.by,
        "summary": proof.summary,
        "skills": list(proof.skills),
        "highlights": list(proof.highlights),
        "projects": list(proof.projects),
    }


def _dates(period: Period | None) -> dict[str, str]:
    if not period:
        return {}
    return {"startDate": str(period.start), "endDate": str(period.end) if period.end else ""}


def filled(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return data without what is not known: empty texts, lists and objects, at any depth."""
    kept = {key: _filled_value(value) for key, value in data.items()}
    return {key: value for key, value in kept.items() if value not in ("", [], {})}


def _filled_value(value: Any) -> Any:
    if isinstance(value, dict):
        return filled(value)
    return [_filled_value(part) for part in value] if isinstance(value, list) else value
