"""The type ``reference``: what somebody says about the person.

Its record is defined here, since nothing else in the package needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx_folio._common.i18n import _, mark
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import FORMERLY, SKILLS, Option, name_option, url_option
from sphinx_folio.portfolio.records import Entry, Person
from sphinx_folio.portfolio.resume_section import ResumeSection
from sphinx_folio.registry import EntryType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.registry import AddressOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Entry):
    """What somebody says about the person; its name is that of the somebody."""

    objtype: ClassVar[str] = "reference"

    title: str = ""
    url: str = ""
    skills: tuple[str, ...] = ()


class ReferenceDirective(EntryDirective):
    """Describe a reference; its text is what the referee says."""

    objtype = "reference"
    example_key = "grace-hopper"
    summary = mark("What somebody says about the person; the text is the statement.")
    heading_fact = "name"
    name_in_line = True
    value_options = ("url", "skills")
    facts_line = ("title", "url")
    known_options: ClassVar[Mapping[str, Option]] = {
        "name": name_option(mark("The name of the referee; by default the title of the section that the entry opens.")),
        "title": Option(help=mark("Who the referee is, such as a position.")),
        "url": url_option(mark("The address.")),
        "skills": SKILLS,
        "formerly": FORMERLY,
    }


SECTION = ResumeSection(
    record=Reference, name="references", title="name", text="reference", fields={"position": "title", "url": "url"}
)


def _schema_org_work(portfolio: Portfolio, reference: Reference, address_of: AddressOf) -> dict[str, Any]:
    return {
        "@type": "Review",
        "@id": address_of(reference),
        "author": {"@type": "Person", "name": reference.name, "jobTitle": reference.title, "url": reference.url},
        "itemReviewed": [{"@id": address_of(person)} for person in portfolio.all(Person)[:1]],
        "reviewBody": reference.summary,
    }


REFERENCE = EntryType(
    record=Reference,
    directive=ReferenceDirective,
    label=_("Reference"),
    noun=_("reference"),
    resume_section=SECTION,
    schema_org_work=_schema_org_work,
)
