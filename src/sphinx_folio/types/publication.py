"""The type ``publication``: a paper, an article or a book.

Its record is defined here, since nothing else in the package needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx_folio._common.i18n import _, mark
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import (
    FORMERLY,
    SKILLS,
    Option,
    date_option,
    list_option,
    name_option,
    url_option,
)
from sphinx_folio.portfolio.records import Entry, Person
from sphinx_folio.portfolio.resume_section import ResumeSection
from sphinx_folio.registry import EntryType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.portfolio.dates import PartialDate
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.registry import AddressOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Entry):
    """A paper, an article or a book; its name is its title."""

    objtype: ClassVar[str] = "publication"
    is_evidence: ClassVar[bool] = True

    authors: tuple[str, ...] = ()
    publisher: str = ""
    date: PartialDate | None = None
    url: str = ""
    skills: tuple[str, ...] = ()


class PublicationDirective(EntryDirective):
    """Describe a publication; its text is the abstract."""

    objtype = "publication"
    example_key = "my-paper"
    summary = mark("A paper, an article or a book; the text is the abstract.")
    heading_fact = "title"
    name_in_line = True
    plain_facts = ("date", "url", "skills")
    facts_line = ("authors", "publisher", "date", "url")
    known_options: ClassVar[Mapping[str, Option]] = {
        "title": name_option(mark("The title; by default that of the section that the entry opens.")),
        "authors": list_option(mark("The authors, separated by commas.")),
        "publisher": Option(help=mark("The journal, the conference or the publisher.")),
        "date": date_option(mark("Publication date: 2021, 2021-08 or 2021-08-31.")),
        "url": url_option(mark("The address.")),
        "skills": SKILLS,
        "formerly": FORMERLY,
    }


SECTION = ResumeSection(
    record=Publication,
    name="publications",
    title="name",
    fields={"authors": "authors", "publisher": "publisher", "releaseDate": "date", "url": "url"},
)


def _schema_org_work(portfolio: Portfolio, publication: Publication, address_of: AddressOf) -> dict[str, Any]:
    shown = [portfolio.find("skill", key) for key in publication.skills]
    return {
        "@type": "CreativeWork",
        "@id": address_of(publication),
        "name": publication.name,
        "abstract": publication.summary,
        "datePublished": str(publication.date or ""),
        "publisher": {"@type": "Organization", "name": publication.publisher} if publication.publisher else {},
        "url": publication.url,
        "keywords": [skill.name for skill in shown if skill],
        "author": [{"@id": address_of(person)} for person in portfolio.all(Person)[:1]],
    }


PUBLICATION = EntryType(
    record=Publication,
    directive=PublicationDirective,
    label=_("Publication"),
    noun=_("publication"),
    resume_section=SECTION,
    schema_org_work=_schema_org_work,
)
