"""The type ``interest``: something that the person is interested in.

Its record is defined here, since nothing else in the package needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx_folio._common.i18n import _, mark
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import FORMERLY, SKILLS, Option, list_option, name_option
from sphinx_folio.portfolio.records import Entry
from sphinx_folio.portfolio.resume_section import ResumeSection
from sphinx_folio.registry import EntryType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.registry import AddressOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest(Entry):
    """Something that the person is interested in."""

    objtype: ClassVar[str] = "interest"

    keywords: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()


class InterestDirective(EntryDirective):
    """Describe an interest."""

    objtype = "interest"
    example_key = "hiking"
    summary = mark("Something that the person is interested in.")
    heading_fact = "name"
    name_in_line = True
    value_options = ("skills",)
    facts_line = ("keywords",)
    known_options: ClassVar[Mapping[str, Option]] = {
        "name": name_option(),
        "keywords": list_option(mark("Details, separated by commas.")),
        "skills": SKILLS,
        "formerly": FORMERLY,
    }


SECTION = ResumeSection(record=Interest, name="interests", title="name", fields={"keywords": "keywords"})


def _schema_org_person(portfolio: Portfolio, address_of: AddressOf) -> dict[str, Any]:
    return {"knowsAbout": [entry.name for entry in portfolio.all(Interest)]}


INTEREST = EntryType(
    record=Interest,
    directive=InterestDirective,
    label=_("Interest"),
    noun=_("interest"),
    resume_section=SECTION,
    schema_org_person=_schema_org_person,
)
