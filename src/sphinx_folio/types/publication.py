"""The type ``publication``: a paper, an article or a book.

Its record is defined here, since nothing else in the package needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from sphinx_folio._common.i18n import _, mark
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import (
    FORMERLY,
    SKILLS,
    Option,
    choice_option,
    date_option,
    list_option,
    name_option,
    url_option,
)
from sphinx_folio.doctree.labels import EVIDENCE_BY
from sphinx_folio.portfolio.person_names import ET_AL, own_names
from sphinx_folio.portfolio.records import Entry, Person
from sphinx_folio.portfolio.resume_section import ResumeSection
from sphinx_folio.registry import EntryType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_folio.portfolio.dates import PartialDate
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.registry import AddressOf

SCHEMA_ORG: Mapping[str, str] = {
    "article": "Article",
    "book": "Book",
    "chapter": "Chapter",
    "paper": "ScholarlyArticle",
    "preprint": "ScholarlyArticle",
    "report": "Report",
    "thesis": "Thesis",
}
"""Value of the option ``type`` → type of schema.org; an article with a DOI is a ``ScholarlyArticle``."""
VENUES: Mapping[str, str] = {"article": "Periodical", "chapter": "Book", "paper": "PublicationVolume"}
"""Value of the option ``type`` → type, in schema.org, of what the publication is a part of: a journal, a book."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Entry):
    """A paper, an article or a book; its name is its title."""

    objtype: ClassVar[str] = "publication"
    is_evidence: ClassVar[bool] = True

    authors: tuple[str, ...] = ()
    publisher: str = ""
    details: str = ""
    """What follows the publisher in a citation, such as ``12(3), 45–67``."""
    status: str = ""
    """Such as ``In press``; empty for a published one."""
    selected: str = ""
    """``true`` if lists of selected publications contain it."""
    date: PartialDate | None = None
    url: str = ""
    type: str = ""
    """A key of ``SCHEMA_ORG``, such as ``article``."""
    by: str = ""
    """Whose work it is as evidence, ``own`` or ``team``; empty for the default."""
    skills: tuple[str, ...] = ()

    def timeline_details(self) -> tuple[str, ...]:
        """Return where it was published, and its status."""
        return ", ".join(filter(None, (self.publisher, self.details))), self.status

    def index_names(self) -> tuple[str, ...]:
        """Return its title."""
        return (self.name,)


class PublicationDirective(EntryDirective):
    """Describe a publication; its text is the abstract."""

    objtype = "publication"
    example_key = "my-paper"
    summary = mark("A paper, an article or a book; the text is the abstract.")
    heading_fact = "title"
    name_in_line = True
    value_options = ("date", "url", "type", "by", "selected", "skills")
    facts_line = ("authors", "publisher", "details", "status", "date", "url")
    known_options: ClassVar[Mapping[str, Option]] = {
        "title": name_option(mark("The title; by default that of the section that the entry opens.")),
        "authors": list_option(mark("The authors, separated by commas; the person's name is emphasized.")),
        "publisher": Option(help=mark("The journal, the conference or the publisher.")),
        "details": Option(
            help=mark("What follows the publisher in a citation, such as volume, issue and pages: 12(3), 45–67.")
        ),
        "selected": choice_option(
            mark("true: marks one of your selected publications; entry-list can show only these."), ["true"]
        ),
        "status": Option(
            help=mark("The status of a work that is not published yet, such as “In preparation” or “In press”.")
        ),
        "date": date_option(mark("Publication date: 2021, 2021-08 or 2021-08-31.")),
        "url": url_option(mark("The address.")),
        "type": choice_option(
            mark("For search engines: one of article, book, chapter, paper, preprint, report and thesis."), SCHEMA_ORG
        ),
        "by": choice_option(
            mark("Whose work it shows as evidence, own or team; by default team if it has several authors."),
            EVIDENCE_BY,
        ),
        "skills": SKILLS,
        "formerly": FORMERLY,
    }

    def fact(self, values: dict[str, Any], name: str) -> Iterator[nodes.Node]:
        """Yield the nodes of a fact; the details are a part of that of the publisher."""
        if name == "publisher" and "details" in values:
            yield nodes.inline("", "", self.term(values, name), nodes.Text(", "), self.term(values, "details"))
        elif name != "details" or "publisher" not in values:
            yield from super().fact(values, name)


SECTION = ResumeSection(
    record=Publication,
    name="publications",
    title="name",
    fields={"authors": "authors", "publisher": "publisher", "releaseDate": "date", "url": "url"},
    own_fields=("type", "by", "details", "status", "selected"),
)


def _schema_org_work(portfolio: Portfolio, publication: Publication, address_of: AddressOf) -> dict[str, Any]:
    shown = [portfolio.find("skill", key) for key in publication.skills]
    is_scholarly = publication.type == "article" and publication.url.startswith("https://doi.org/")
    venue = VENUES.get(publication.type)
    publisher = {"@type": venue or "Organization", "name": publication.publisher} if publication.publisher else {}
    return {
        "@type": "ScholarlyArticle" if is_scholarly else SCHEMA_ORG.get(publication.type, "CreativeWork"),
        "@id": address_of(publication),
        "name": publication.name,
        "abstract": publication.summary,
        "creativeWorkStatus": publication.status,
        "datePublished": str(publication.date or ""),
        "isPartOf" if venue else "publisher": publisher,
        "url": publication.url,
        "keywords": [skill.name for skill in shown if skill],
        "author": [*_authors(portfolio, publication, address_of)],
    }


def _authors(portfolio: Portfolio, publication: Publication, address_of: AddressOf) -> Iterator[dict[str, Any]]:
    """Yield the authors; the person of the portfolio by address, also if the authors are unknown."""
    people = portfolio.all(Person)[:1]
    own = own_names(publication.authors, [name for person in people for name in person.names()])
    if not publication.authors:
        yield from ({"@id": address_of(person)} for person in people)
    for name in (author for author in publication.authors if author != ET_AL):
        yield {"@id": address_of(people[0])} if name in own else {"@type": "Person", "name": name}


PUBLICATION = EntryType(
    record=Publication,
    directive=PublicationDirective,
    label=_("Publication"),
    noun=_("publication"),
    resume_section=SECTION,
    schema_org_work=_schema_org_work,
)
