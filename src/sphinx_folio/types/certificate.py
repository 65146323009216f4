"""The type ``certificate``: a certificate or a license.

Its record is defined here, since nothing else in the package needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx_folio._common.i18n import _, __, mark
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import FORMERLY, SKILLS, Option, date_option, name_option, url_option
from sphinx_folio.doctree.nodes import folio_period
from sphinx_folio.portfolio.dates import Period
from sphinx_folio.portfolio.queries.work import newest_first
from sphinx_folio.portfolio.records import Entry
from sphinx_folio.portfolio.resume_section import ResumeSection
from sphinx_folio.registry import EntryType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes

    from sphinx_folio.portfolio.dates import PartialDate
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.registry import AddressOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate(Entry):
    """A certificate or a license."""

    objtype: ClassVar[str] = "certificate"
    is_evidence: ClassVar[bool] = True
    is_qualification: ClassVar[bool] = True

    issuer: str = ""
    date: PartialDate | None = None
    expires: PartialDate | None = None
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
    value_options = ("date", "expires", "url", "skills")
    facts_line = ("issuer", "date", "dates", "url")
    known_options: ClassVar[Mapping[str, Option]] = {
        "name": name_option(),
        "issuer": Option(help=mark("The organization that issued it.")),
        "date": date_option(mark("Date of issue: 2021, 2021-08 or 2021-08-31.")),
        "expires": date_option(
            mark("Expiry date, if it has one. After it, the certificate is shown as expired and proves nothing.")
        ),
        "url": url_option(mark("The address.")),
        "skills": SKILLS,
        "formerly": FORMERLY,
    }

    def check(self, values: dict[str, Any]) -> None:
        """Set the value ``period``, the validity, for the line of facts; warn about an expiry that does not fit."""
        super().check(values)
        if "expires" not in values:
            return
        if "date" not in values:
            message = __("%s has a date of expiry but no date of issue; add the option %r")
            warn(Subtype.MISSING_OPTION, message, self.title, "date", location=self.location_of("expires"))
            return
        try:
            values["period"] = Period(values["date"], values["expires"])
        except ValueError:
            message = __("the end, %s, is before the start, %s")
            dates = (values["expires"], values["date"])
            warn(Subtype.REVERSED_PERIOD, message, *dates, location=self.location_of("expires"))

    def nodes_before_text(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the line of facts; the period in which it is valid replaces the date of issue."""
        hidden = "date" if "period" in values else ""
        found = super().nodes_before_text({name: value for name, value in values.items() if name != hidden})
        for period in (period for node in found for period in node.findall(folio_period)):
            period["show"] = "validity"
        return found


SECTION = ResumeSection(
    record=Certificate,
    name="certificates",
    title="name",
    fields={"date": "date", "issuer": "issuer", "url": "url"},
    own_fields=("expires",),
)


def _schema_org_person(portfolio: Portfolio, address_of: AddressOf) -> dict[str, Any]:
    return {
        "hasCredential": [
            {
                "@type": "EducationalOccupationalCredential",
                "name": entry.name,
                "dateCreated": str(entry.date or ""),
                "expires": str(entry.expires or ""),
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
