"""The type ``course``: a course that the person attended.

Its record is defined here, since nothing else in the package needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx_folio._common.i18n import _, mark
from sphinx_folio.collect.records import collect_fields, nearest_key
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import FORMERLY, SKILLS, Option, date_option, name_option, url_option
from sphinx_folio.portfolio.queries.work import newest_first
from sphinx_folio.portfolio.records import Entry
from sphinx_folio.portfolio.resume_section import ResumeSection
from sphinx_folio.registry import EntryType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.collect.records import Texts
    from sphinx_folio.doctree.nodes import folio_entry
    from sphinx_folio.portfolio.dates import PartialDate
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.registry import AddressOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Course(Entry):
    """A course that the person attended."""

    objtype: ClassVar[str] = "course"
    is_evidence: ClassVar[bool] = True
    is_qualification: ClassVar[bool] = True

    provider: str = ""
    date: PartialDate | None = None
    url: str = ""
    skills: tuple[str, ...] = ()
    education: str = ""
    """The key of the education that it is part of."""

    def timeline_details(self) -> tuple[str, ...]:
        """Return the provider."""
        return (self.provider,)


class CourseDirective(EntryDirective):
    """Describe a course that the person attended."""

    objtype = "course"
    example_key = "compilers"
    summary = mark("A course that the person attended. By default it belongs to the education of its section.")
    heading_fact = "name"
    name_in_line = True
    value_options = ("date", "url", "skills", "education")
    facts_line = ("provider", "date", "url")
    known_options: ClassVar[Mapping[str, Option]] = {
        "name": name_option(),
        "provider": Option(help=mark("The organization that gave it.")),
        "education": Option(
            help=mark("The key of the education that it is part of; by default that of the section."), names="education"
        ),
        "date": date_option(mark("Date: 2021, 2021-08 or 2021-08-31.")),
        "url": url_option(mark("The address.")),
        "skills": SKILLS,
        "formerly": FORMERLY,
    }


def _collect(record: type[Course], node: folio_entry, texts: Texts, shared: dict[str, Any]) -> Entry:
    node.setdefault("education", nearest_key(node, "education"))
    return collect_fields(record, node, texts, shared)


SECTION = ResumeSection(
    record=Course,
    name="courses",
    title="name",
    fields={"provider": "provider", "education": "education", "date": "date", "url": "url"},
)


def _schema_org_person(portfolio: Portfolio, address_of: AddressOf) -> dict[str, Any]:
    return {
        "knowsAbout": [
            {
                "@type": "Course",
                "name": entry.name,
                "provider": {"@type": "Organization", "name": entry.provider} if entry.provider else {},
                "url": entry.url,
            }
            for entry in newest_first(portfolio, Course)
        ]
    }


COURSE = EntryType(
    record=Course,
    directive=CourseDirective,
    label=_("Course"),
    noun=_("course"),
    allowed_parents=frozenset({"education"}),
    collect=_collect,
    resume_section=SECTION,
    schema_org_person=_schema_org_person,
)
