"""A portfolio as linked data in the words of https://schema.org/, for JSON-LD in a page's head."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinx_folio.export.formats.json_resume import filled, in_time
from sphinx_folio.portfolio.model import Education, Person, Position, Project, Skill

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_folio.portfolio.dates import Period
    from sphinx_folio.portfolio.model import Entry, Portfolio

    AddressOf = Callable[[Entry], str]
    """Gives the address of an object, absolute or as seen from the page."""

CONTEXT = "https://schema.org"


def profile_page(portfolio: Portfolio, address_of: AddressOf, *, url: str, name: str, language: str) -> dict[str, Any]:
    """Return a page about the portfolio's person: who it is, the roles, the skills and the works.

    Args:
        portfolio: What is told; it has a person.
        address_of: Where an object stands.
        url: Where the page stands; empty if that is not known.
        name: The page's title.
        language: The page's language (BCP 47).
    """
    person = portfolio.all(Person)[0]
    page = {
        "@type": "ProfilePage",
        "name": name,
        "url": url,
        "inLanguage": language,
        "dateModified": str(portfolio.today or ""),
        "mainEntity": {"@id": address_of(person)},
    }
    works = [_work(portfolio, project, address_of) for project in in_time(portfolio, Project)]
    return {"@context": CONTEXT, "@graph": [filled(part) for part in (page, _person(portfolio, address_of), *works)]}


def works(portfolio: Portfolio, projects: list[Project], address_of: AddressOf) -> dict[str, Any]:
    """Return projects that a page is about; each names its person."""
    people = [
        {"@type": "Person", "@id": address_of(person), "name": person.name} for person in portfolio.all(Person)[:1]
    ]
    graph = [*people, *(_work(portfolio, project, address_of) for project in projects)]
    return {"@context": CONTEXT, "@graph": [filled(part) for part in graph]}


def as_script(data: dict[str, Any]) -> str:
    """Return data as a script element; no text in it can end the element or begin another.

    See the HTML Standard, 4.12.1.3, “Restrictions for contents of script elements”.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def _person(portfolio: Portfolio, address_of: AddressOf) -> dict[str, Any]:
    person = portfolio.all(Person)[0]
    positions: list[Position] = in_time(portfolio, Position)
    studies: list[Education] = in_time(portfolio, Education)
    return {
        "@type": "Person",
        "@id": address_of(person),
        "name": person.name,
        "description": person.label,
        "email": person.email and f"mailto:{person.email}",
        "url": person.url,
        "sameAs": [link.url for link in person.profiles],
        "hasOccupation": [
            {"@type": "Role", **_dates(item.period), "hasOccupation": {"@type": "Occupation", "name": item.name}}
            for item in positions
        ],
        "worksFor": [
            {
                "@type": "EmployeeRole",
                "roleName": item.name,
                **_dates(item.period),
                "worksFor": {"@type": "Organization", "name": item.entity},
            }
            for item in positions
        ],
        "alumniOf": [
            {
                "@type": "OrganizationRole",
                **_dates(item.period),
                "alumniOf": {"@type": "EducationalOrganization", "name": item.name},
            }
            for item in studies
        ],
        "knowsAbout": [
            {
                "@type": "DefinedTerm",
                "name": skill.name,
                "alternateName": list(skill.keywords),
                "url": address_of(skill),
            }
            for skill in portfolio.all(Skill)
        ],
    }


def _work(portfolio: Portfolio, project: Project, address_of: AddressOf) -> dict[str, Any]:
    repository = next((link.url for link in project.links if link.label == "repository"), "")
    languages = [portfolio.find("skill", key) for key in project.languages]
    shown = [portfolio.find("skill", key) for key in portfolio.skills_of(project)]
    contributor: dict[str, Any] = {
        "@type": "Role",
        **_dates(portfolio.period_of(project)),
        "contributor": [{"@id": address_of(person)} for person in portfolio.all(Person)[:1]],
    }
    return {
        "@type": "SoftwareSourceCode" if repository else "CreativeWork",
        "@id": address_of(project),
        "name": project.name,
        "description": project.summary,
        "url": address_of(project),
        "codeRepository": repository,
        "programmingLanguage": [skill.name for skill in languages if skill] if repository else [],
        "sameAs": [link.url for link in project.links if link.label != "repository"],
        "keywords": [skill.name for skill in shown if skill],
        "contributor": contributor,
    }


def _dates(period: Period | None) -> dict[str, str]:
    return {"startDate": str(period.start), "endDate": str(period.end or "")} if period else {}
