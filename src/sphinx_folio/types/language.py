"""The type ``language``: a human language that the person speaks.

Its record is defined here, since nothing else in the package needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx_folio._common.i18n import _, mark
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import FORMERLY, SKILLS, Option, name_option
from sphinx_folio.portfolio.records import Entry
from sphinx_folio.portfolio.resume_section import ResumeSection
from sphinx_folio.registry import EntryType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.registry import AddressOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Language(Entry):
    """A human language."""

    objtype: ClassVar[str] = "language"
    always_in_views: ClassVar[bool] = True

    fluency: str = ""
    skills: tuple[str, ...] = ()


class LanguageDirective(EntryDirective):
    """Describe a human language that the person speaks."""

    objtype = "language"
    example_key = "english"
    summary = mark("A human language that the person speaks.")
    heading_fact = "name"
    name_in_line = True
    value_options = ("skills",)
    facts_line = ("fluency",)
    known_options: ClassVar[Mapping[str, Option]] = {
        "name": name_option(),
        "fluency": Option(help=mark("How well, in a few words.")),
        "skills": SKILLS,
        "formerly": FORMERLY,
    }


SECTION = ResumeSection(record=Language, name="languages", title="language", fields={"fluency": "fluency"})


def _schema_org_person(portfolio: Portfolio, address_of: AddressOf) -> dict[str, Any]:
    return {"knowsLanguage": [{"@type": "Language", "name": entry.name} for entry in portfolio.all(Language)]}


LANGUAGE = EntryType(
    record=Language,
    directive=LanguageDirective,
    label=_("Language"),
    noun=_("language"),
    resume_section=SECTION,
    schema_org_person=_schema_org_person,
)
