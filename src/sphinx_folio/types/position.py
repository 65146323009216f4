"""Position: a role at an entity, such as a company."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sphinx_folio._common.i18n import _, mark
from sphinx_folio.collect.records import name_of
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import END, FORMERLY, SKILLS, START_HELP, Option, date_option, name_option
from sphinx_folio.portfolio.dates import start_and_end
from sphinx_folio.portfolio.queries.work import in_time
from sphinx_folio.portfolio.records import (
    X_FOLIO,
    Position,
)
from sphinx_folio.registry import EntryType
from sphinx_folio.types.highlight import as_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.collect.records import Texts
    from sphinx_folio.doctree.nodes import folio_entry
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.registry import AddressOf


class PositionDirective(EntryDirective):
    """Describe a role at an entity, which the section's title names."""

    objtype = "position"
    example_key = "engineer"
    summary = mark("A role at an entity. Several roles in one section share the entity that is its title.")
    heading_fact = "entity"
    plain_facts = ("period", "skills")
    facts_line = ("dates", "title", "duration")
    known_options: ClassVar[Mapping[str, Option]] = {
        "entity": name_option(mark("The company or institution; by default the title of the section.")),
        "title": Option(help=mark("What the role is called."), required=True),
        "start": date_option(START_HELP, required=True),
        "end": END,
        "skills": SKILLS,
        "formerly": FORMERLY,
    }


def _collect(record: type[Position], node: folio_entry, texts: Texts, shared: dict[str, Any]) -> Position:
    kept = {fact: node[fact] for fact in ("period", "skills") if fact in node}
    title = texts.get("title") or str(node["key"])  # a missing title has been reported while reading
    return record(name=title, entity=name_of(node, texts.get("entity", "")), **kept, **shared)


def _json_resume(portfolio: Portfolio, private: Mapping[str, str]) -> dict[str, Any]:
    return {"work": [_as_json(portfolio, position) for position in in_time(portfolio, Position)]}


def _as_json(portfolio: Portfolio, position: Position) -> dict[str, Any]:
    own = [item for item in portfolio.highlights_of("position", position.key) if not item.project]
    return {
        "name": position.entity,
        "position": position.name,
        **start_and_end(position.period),
        "summary": position.summary,
        "highlights": [item.summary or item.name for item in own],
        X_FOLIO: {
            "key": position.key,
            "skills": list(position.skills),
            "highlights": [as_json(portfolio, item) for item in own],
        },
    }


def _person_properties(portfolio: Portfolio, address_of: AddressOf) -> dict[str, Any]:
    positions: list[Position] = in_time(portfolio, Position)
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
    name=_("position"),
    collect=_collect,
    json_resume=_json_resume,
    person_properties=_person_properties,
)
