"""The type ``education``: studies at an institution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from sphinx_folio._common.i18n import _, mark
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import (
    DATES,
    END,
    FORMERLY,
    START,
    Option,
    list_option,
    name_option,
    url_option,
)
from sphinx_folio.doctree.elements import field, field_list
from sphinx_folio.doctree.nodes import folio_fact
from sphinx_folio.portfolio.dates import start_and_end
from sphinx_folio.portfolio.queries.work import newest_first
from sphinx_folio.portfolio.records import X_FOLIO, Education
from sphinx_folio.registry import EntryType
from sphinx_folio.types.course import Course

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
    value_options = ("period", "url")
    facts_line = ("study-type", "area", "dates", "location", "url")
    role_fact = "study-type"
    known_options: ClassVar[Mapping[str, Option]] = {
        "institution": name_option(mark("The institution; by default the title of the section that the entry opens.")),
        "area": Option(help=mark("The field of study.")),
        "study-type": Option(help=mark("The degree, such as Bachelor.")),
        "start": START,
        "end": END,
        "dates": DATES,
        "location": Option(help=mark("The place, such as Berlin or remote.")),
        "score": Option(help=mark("The final grade.")),
        "courses": list_option(mark("Names of courses, separated by commas.")),
        "url": url_option(mark("The address of the institution.")),
        "formerly": FORMERLY,
    }

    def nodes_before_text(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the line of facts, then the grade and the courses."""
        labeled = []
        if "score" in values:
            labeled.append(field(_("Score"), nodes.paragraph("", "", self.term(values, "score"))))
        if "courses" in values:
            courses = self.text_node(folio_fact(), ", ".join(values["courses"]), "courses")
            labeled.append(field(_("Courses"), courses))
        return [*super().nodes_before_text(values), *field_list(labeled)]


def _json_resume(portfolio: Portfolio, private: Mapping[str, str]) -> dict[str, Any]:
    return {
        "education": [
            {
                "institution": entry.name,
                "area": entry.area,
                "studyType": entry.study_type,
                **start_and_end(entry.period),
                "score": entry.score,
                "url": entry.url,
                "courses": [*entry.courses, *_courses(portfolio, entry)],
                X_FOLIO: {"key": entry.key, "location": entry.location, "summary": entry.summary},
            }
            for entry in newest_first(portfolio, Education)
        ]
    }


def _courses(portfolio: Portfolio, education: Education) -> list[str]:
    return [course.name for course in portfolio.all(Course) if course.education == education.key]


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
