"""The type ``award``: an award, a prize or a scholarship.

Its record is defined here, since nothing else in the package needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx_folio._common.i18n import _, mark
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import FORMERLY, SKILLS, Option, date_option, name_option, url_option
from sphinx_folio.portfolio.queries.work import newest_first
from sphinx_folio.portfolio.records import Entry
from sphinx_folio.portfolio.resume_section import ResumeSection
from sphinx_folio.registry import EntryType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.portfolio.dates import PartialDate
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.registry import AddressOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Award(Entry):
    """An award; its name is its title."""

    objtype: ClassVar[str] = "award"
    is_evidence: ClassVar[bool] = True

    awarder: str = ""
    date: PartialDate | None = None
    url: str = ""
    skills: tuple[str, ...] = ()

    def timeline_details(self) -> tuple[str, ...]:
        """Return the awarder."""
        return (self.awarder,)


class AwardDirective(EntryDirective):
    """Describe an award."""

    objtype = "award"
    example_key = "best-paper"
    summary = mark("An award, a prize or a scholarship.")
    heading_fact = "title"
    name_in_line = True
    value_options = ("date", "url", "skills")
    facts_line = ("awarder", "date", "url")
    known_options: ClassVar[Mapping[str, Option]] = {
        "title": name_option(mark("The title; by default that of the section that the entry opens.")),
        "awarder": Option(help=mark("The organization that gave it.")),
        "date": date_option(mark("Date: 2021, 2021-08 or 2021-08-31.")),
        "url": url_option(mark("The address.")),
        "skills": SKILLS,
        "formerly": FORMERLY,
    }


SECTION = ResumeSection(
    record=Award, name="awards", title="title", fields={"date": "date", "awarder": "awarder", "url": "url"}
)


def _schema_org_person(portfolio: Portfolio, address_of: AddressOf) -> dict[str, Any]:
    return {"award": [entry.name for entry in newest_first(portfolio, Award)]}


AWARD = EntryType(
    record=Award,
    directive=AwardDirective,
    label=_("Award"),
    noun=_("award"),
    resume_section=SECTION,
    schema_org_person=_schema_org_person,
)
