"""The query for the usages of a skill: the places that show or mention it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio.portfolio.queries.base import shortened, title_of
from sphinx_folio.portfolio.records import Evidence

if TYPE_CHECKING:
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.queries.base import Query
    from sphinx_folio.portfolio.records import Entry, MarkedText


class Usage(NamedTuple):
    """A place that shows or mentions a skill."""

    objtype: str
    """The type of the entry that shows the skill, or ``mention`` for a block of prose."""
    title: str
    """The text of the link: the name of the entry, the start of its text, or the title of the section."""
    has_name: bool
    """Whether the title is a name, not the start of a text; if so, several usages fit on one line."""
    docname: str
    node_id: str
    marked: MarkedText | None = None
    """The part of the title that is in another language."""


class PageUsages(NamedTuple):
    """The usages on one page."""

    docname: str
    title: str
    """The title of the page."""
    usages: tuple[Usage, ...]
    marked: MarkedText | None = None
    """The part of the title of the page that is in another language."""


def usages(portfolio: Portfolio, query: Query) -> tuple[PageUsages, ...]:
    """Return the usages of a skill, grouped by page, in page order.

    A place that shows the skill is not listed as a mention as well, and of the mentions in a section, only the first is
    listed. Instead of evidence, which has a list of its own in the entry of the skill, the projects that it proves are
    included.
    """
    places: dict[tuple[str, str], Usage] = {}
    for entry in portfolio.entries_showing(query.key):
        shown_in = (portfolio.find(*parent) for parent in entry.parents()) if isinstance(entry, Evidence) else (entry,)
        for place in filter(None, shown_in):
            places[place.docname, place.node_id] = _usage(place)
    sections: dict[tuple[str, str], Usage] = {}
    for mention in portfolio.mentions_of(query.key):
        usage = Usage(
            objtype="mention",
            title=mention.heading,
            has_name=bool(mention.heading),
            docname=mention.docname,
            node_id=mention.node_id,
            marked=mention.marked,
        )
        if (mention.docname, mention.node_id) not in places:
            sections.setdefault((mention.docname, mention.heading), usage)
    by_page: dict[str, list[Usage]] = {}
    for usage in (*places.values(), *sections.values()):
        by_page.setdefault(usage.docname, []).append(usage)
    pages = map(portfolio.page, sorted(by_page, key=portfolio.order_of))
    return tuple(PageUsages(page.docname, page.title, tuple(by_page[page.docname]), page.marked) for page in pages)


def _usage(entry: Entry) -> Usage:
    has_name = entry.name != entry.summary  # the name of a highlight is its text by default
    return Usage(
        objtype=entry.objtype,
        title=title_of(entry) if has_name else shortened(entry.summary),
        has_name=has_name,
        docname=entry.docname,
        node_id=entry.node_id,
        marked=entry.marked,
    )
