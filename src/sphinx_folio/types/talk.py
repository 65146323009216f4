"""The type ``talk``: a talk, a lecture or a workshop.

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
class Talk(Entry):
    """A talk; its name is its title."""

    objtype: ClassVar[str] = "talk"
    is_evidence: ClassVar[bool] = True

    event: str = ""
    location: str = ""
    date: PartialDate | None = None
    url: str = ""
    skills: tuple[str, ...] = ()

    def timeline_details(self) -> tuple[str, ...]:
        """Return event and place."""
        return (self.event, self.location)


class TalkDirective(EntryDirective):
    """Describe a talk; its text is the abstract."""

    objtype = "talk"
    example_key = "my-talk"
    summary = mark("A talk, a lecture or a workshop; the text is the abstract.")
    heading_fact = "title"
    name_in_line = True
    value_options = ("date", "url", "skills")
    facts_line = ("event", "location", "date", "url")
    known_options: ClassVar[Mapping[str, Option]] = {
        "title": name_option(mark("The title; by default that of the section that the entry opens.")),
        "event": Option(help=mark("The conference or the meeting.")),
        "location": Option(help=mark("The place.")),
        "date": date_option(mark("Date: 2021, 2021-08 or 2021-08-31.")),
        "url": url_option(mark("The address.")),
        "skills": SKILLS,
        "formerly": FORMERLY,
    }


SECTION = ResumeSection(
    record=Talk,
    name="talks",
    title="name",
    fields={"event": "event", "location": "location", "date": "date", "url": "url"},
)


def _schema_org_person(portfolio: Portfolio, address_of: AddressOf) -> dict[str, Any]:
    return {
        "performerIn": [
            {
                "@type": "Event",
                "name": talk.event or talk.name,
                "startDate": str(talk.date or ""),
                "location": talk.location,
                "workPerformed": {"@type": "CreativeWork", "name": talk.name, "url": talk.url or address_of(talk)},
            }
            for talk in newest_first(portfolio, Talk)
        ]
    }


TALK = EntryType(
    record=Talk,
    directive=TalkDirective,
    label=_("Talk"),
    noun=_("talk"),
    resume_section=SECTION,
    schema_org_person=_schema_org_person,
)
