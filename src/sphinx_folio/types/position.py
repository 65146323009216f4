"""The type ``position``: a role at an entity, such as a company."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx_folio._common.i18n import _, labeled_text, mark
from sphinx_folio.collect.records import collect_fields
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import (
    DATES,
    END,
    FORMERLY,
    SKILLS,
    START_HELP,
    Option,
    date_option,
    name_option,
    url_option,
)
from sphinx_folio.portfolio.dates import start_and_end
from sphinx_folio.portfolio.queries.work import newest_first
from sphinx_folio.portfolio.records import X_FOLIO, Position, Project
from sphinx_folio.portfolio.resume_section import highlight_json
from sphinx_folio.registry import EntryType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.collect.records import Texts
    from sphinx_folio.doctree.nodes import folio_entry
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.registry import AddressOf


class PositionDirective(EntryDirective):
    """Describe a role at an entity; by default the title of the section is the entity."""

    objtype = "position"
    example_key = "engineer"
    summary = mark("A role at a company or institution. All positions of a section share its title as their entity.")
    heading_fact = "entity"
    value_options = ("period", "entity-url", "skills")
    facts_line = ("title", "dates", "duration", "work-type", "location", "entity-url", "entity-description")
    role_fact = "title"
    known_options: ClassVar[Mapping[str, Option]] = {
        "entity": name_option(mark("The company or institution; by default the title of the section.")),
        "title": Option(help=mark("The title of the role."), required=True),
        "start": date_option(START_HELP, required=True),
        "end": END,
        "dates": DATES,
        "location": Option(help=mark("The place, such as Berlin or remote.")),
        "work-type": Option(help=mark("Such as full-time, freelance or internship.")),
        "entity-url": url_option(mark("The address of the entity.")),
        "entity-description": Option(help=mark("What the entity is, in a few words.")),
        "skills": SKILLS,
        "formerly": FORMERLY,
    }


def _collect(record: type[Position], node: folio_entry, texts: Texts, shared: dict[str, Any]) -> Position:
    title = texts.get("title") or str(node["key"])  # a missing title has been reported while reading
    position = collect_fields(record, node, texts, shared)
    return replace(position, name=title, entity=position.name)


def _json_resume(portfolio: Portfolio, private: Mapping[str, str]) -> dict[str, Any]:
    return {"work": [_as_json(portfolio, position) for position in newest_first(portfolio, Position)]}


def _as_json(portfolio: Portfolio, position: Position) -> dict[str, Any]:
    own = [item for item in portfolio.highlights_of("position", position.key) if not item.project]
    of_position = [project for project in newest_first(portfolio, Project) if project.position == position.key]
    projects = [] if position.summary else of_position  # whose texts the position repeats
    described = [project for project in projects if project.summary]
    repeated = [item for project in projects for item in portfolio.highlights_of("project", project.key)]
    return {
        "name": position.entity,
        "position": position.name,
        "location": position.location,
        "url": position.entity_url,
        "description": position.entity_description,
        **start_and_end(position.period),
        "summary": position.summary or "\n\n".join(map(_description, described)),
        "highlights": [item.summary or item.name for item in (*own, *repeated)],
        X_FOLIO: {
            "key": position.key,
            "workType": position.work_type,
            "skills": list(position.skills),
            "summary-of": [project.key for project in described],
            "highlights": [
                *(highlight_json(portfolio, item) for item in own),
                *({"key": item.key, "project": item.project} for item in repeated),
            ],
        },
    }


def _description(project: Project) -> str:
    """Return the description of a project, with its name unless it begins with that."""
    if project.summary.startswith(project.name):
        return project.summary
    return labeled_text(project.name, project.summary)


def _schema_org_person(portfolio: Portfolio, address_of: AddressOf) -> dict[str, Any]:
    positions: list[Position] = newest_first(portfolio, Position)
    return {
        "hasOccupation": [
            {
                "@type": "Role",
                **start_and_end(entry.period),
                "hasOccupation": {"@type": "Occupation", "name": entry.name},
            }
            for entry in positions
        ],
        "worksFor": [
            {
                "@type": "EmployeeRole",
                "roleName": entry.name,
                **start_and_end(entry.period),
                "worksFor": {"@type": "Organization", "name": entry.entity},
            }
            for entry in positions
        ],
    }


POSITION = EntryType(
    record=Position,
    directive=PositionDirective,
    label=_("Position"),
    noun=_("position"),
    collect=_collect,
    json_resume=_json_resume,
    schema_org_person=_schema_org_person,
)
