"""The type ``volunteer``: volunteer work at an organization.

Its record is defined here, since nothing else in the package needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx_folio._common.i18n import _, mark
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import DATES, END, FORMERLY, SKILLS, START, Option, name_option, url_option
from sphinx_folio.portfolio.dates import start_and_end
from sphinx_folio.portfolio.queries.work import newest_first
from sphinx_folio.portfolio.records import Entry
from sphinx_folio.portfolio.resume_section import ResumeSection
from sphinx_folio.registry import EntryType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.portfolio.dates import Period
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.registry import AddressOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer(Entry):
    """Volunteer work; its name is that of the organization."""

    objtype: ClassVar[str] = "volunteer"
    always_in_views: ClassVar[bool] = True

    title: str = ""
    period: Period | None = None
    url: str = ""
    skills: tuple[str, ...] = ()

    def distinguishing_values(self) -> tuple[object, ...]:
        """Return title and period: a person may have several roles at an organization."""
        return self.title.casefold(), self.period

    def timeline_details(self) -> tuple[str, ...]:
        """Return the title."""
        return (self.title,)


class VolunteerDirective(EntryDirective):
    """Describe volunteer work; by default the title of the section is the organization."""

    objtype = "volunteer"
    example_key = "code-club"
    summary = mark("Volunteer work at an organization.")
    heading_fact = "organization"
    name_in_line = True
    value_options = ("period", "url", "skills")
    facts_line = ("title", "dates", "duration", "url")
    role_fact = "title"
    known_options: ClassVar[Mapping[str, Option]] = {
        "organization": name_option(
            mark("The organization; by default the title of the section that the entry opens.")
        ),
        "title": Option(help=mark("The title of the role.")),
        "start": START,
        "end": END,
        "dates": DATES,
        "url": url_option(mark("The address.")),
        "skills": SKILLS,
        "formerly": FORMERLY,
    }


SECTION = ResumeSection(
    record=Volunteer, name="volunteer", title="organization", fields={"position": "title", "url": "url"}
)


def _schema_org_person(portfolio: Portfolio, address_of: AddressOf) -> dict[str, Any]:
    return {
        "memberOf": [
            {
                "@type": "OrganizationRole",
                "roleName": entry.title,
                **start_and_end(entry.period),
                "memberOf": {"@type": "Organization", "name": entry.name, "url": entry.url},
            }
            for entry in newest_first(portfolio, Volunteer)
        ]
    }


VOLUNTEER = EntryType(
    record=Volunteer,
    directive=VolunteerDirective,
    label=_("Volunteer work"),
    noun=_("volunteer work"),
    resume_section=SECTION,
    schema_org_person=_schema_org_person,
)
