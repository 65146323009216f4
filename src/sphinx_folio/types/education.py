"""The type ``education``: studies at an institution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sphinx_folio._common.i18n import _, mark
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import END, FORMERLY, START, Option, name_option
from sphinx_folio.portfolio.dates import start_and_end
from sphinx_folio.portfolio.queries.work import newest_first
from sphinx_folio.portfolio.records import (
    X_FOLIO,
    Education,
)
from sphinx_folio.registry import EntryType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.registry import AddressOf


class EducationDirective(EntryDirective):
    """Describe studies at an institution; by default the title of the section is the institution."""

    objtype = "education"
    example_key = "university"
    summary = mark("Studies at an institution.")
    heading_fact = "institution"
    plain_facts = ("period",)
    facts_line = ("dates", "study-type", "area")
    known_options: ClassVar[Mapping[str, Option]] = {
        "institution": name_option(mark("The institution; by default the title of the section that the entry opens.")),
        "area": Option(help=mark("The field of study.")),
        "study-type": Option(help=mark("The degree, such as Bachelor.")),
        "start": START,
        "end": END,
        "formerly": FORMERLY,
    }


def _json_resume(portfolio: Portfolio, private: Mapping[str, str]) -> dict[str, Any]:
    return {
        "education": [
            {
                "institution": entry.name,
                "area": entry.area,
                "studyType": entry.study_type,
                **start_and_end(entry.period),
                X_FOLIO: {"key": entry.key, "summary": entry.summary},
            }
            for entry in newest_first(portfolio, Education)
        ]
    }


def _schema_org_person(portfolio: Portfolio, address_of: AddressOf) -> dict[str, Any]:
    return {
        "alumniOf": [
            {
                "@type": "OrganizationRole",
                **start_and_end(entry.period),
                "alumniOf": {"@type": "EducationalOrganization", "name": entry.name},
            }
            for entry in newest_first(portfolio, Education)
        ]
    }


EDUCATION = EntryType(
    record=Education,
    directive=EducationDirective,
    label=_("Education"),
    noun=_("education"),
    json_resume=_json_resume,
    schema_org_person=_schema_org_person,
)
