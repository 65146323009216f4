"""The type ``certificate``: a certificate or a license.

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
class Certificate(Entry):
    """A certificate or a license."""

    objtype: ClassVar[str] = "certificate"
    is_evidence: ClassVar[bool] = True

    issuer: str = ""
    date: PartialDate | None = None
    url: str = ""
    skills: tuple[str, ...] = ()

    def timeline_details(self) -> tuple[str, ...]:
        """Return the issuer."""
        return (self.issuer,)


class CertificateDirective(EntryDirective):
    """Describe a certificate."""

    objtype = "certificate"
    example_key = "cka"
    summary = mark("A certificate or a license.")
    heading_fact = "name"
    name_in_line = True
    plain_facts = ("date", "url", "skills")
    facts_line = ("issuer", "date", "url")
    known_options: ClassVar[Mapping[str, Option]] = {
        "name": name_option(),
        "issuer": Option(help=mark("The organization that issued it.")),
        "date": date_option(mark("Date of issue: 2021, 2021-08 or 2021-08-31.")),
        "url": url_option(mark("The address.")),
        "skills": SKILLS,
        "formerly": FORMERLY,
    }


SECTION = ResumeSection(
    record=Certificate, name="certificates", title="name", fields={"date": "date", "issuer": "issuer", "url": "url"}
)


def _schema_org_person(portfolio: Portfolio, address_of: AddressOf) -> dict[str, Any]:
    return {
        "hasCredential": [
            {
                "@type": "EducationalOccupationalCredential",
                "name": entry.name,
                "dateCreated": str(entry.date or ""),
                "recognizedBy": {"@type": "Organization", "name": entry.issuer} if entry.issuer else {},
                "url": entry.url,
            }
            for entry in newest_first(portfolio, Certificate)
        ]
    }


CERTIFICATE = EntryType(
    record=Certificate,
    directive=CertificateDirective,
    label=_("Certificate"),
    noun=_("certificate"),
    resume_section=SECTION,
    schema_org_person=_schema_org_person,
)
