"""Where a skill is shown and named, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio.portfolio.queries.base import shortened, title_of
from sphinx_folio.portfolio.records import Evidence

if TYPE_CHECKING:
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.queries.base import Query
    from sphinx_folio.portfolio.records import Entry


class Usage(NamedTuple):
    """A place that shows or names a skill; the object type says which, ``mention`` stands for prose.

    ``named`` tells that the title is a name of its own, which says enough.
    """

    objtype: str
    title: str
    named: bool
    text: str
    docname: str
    node_id: str


class PageUsages(NamedTuple):
    """The places of one page."""

    docname: str
    title: str
    usages: tuple[Usage, ...]


def usages(portfolio: Portfolio, query: Query) -> tuple[PageUsages, ...]:
    """Return the places that show or name a skill, by page; a place that shows it is not listed as naming it too.

    Evidence is left out: a skill's entry lists it by itself.
    """
    places: dict[tuple[str, str], Usage] = {}
    for entry in portfolio.showing(query.key):
        if not isinstance(entry, Evidence):
            places[entry.docname, entry.node_id] = _usage(entry)
    for mention in portfolio.mentions_of(query.key):
        named = Usage(
            objtype="mention",
            title=mention.heading,
            named=False,
            text=shortened(mention.text),
            docname=mention.docname,
            node_id=mention.node_id,
        )
        places.setdefault((mention.docname, mention.node_id), named)
    by_page: dict[str, list[Usage]] = {}
    for usage in places.values():
        by_page.setdefault(usage.docname, []).append(usage)
    pages = sorted((portfolio.page(docname) for docname in by_page), key=lambda found: found[0])
    return tuple(
        PageUsages(docname=page.docname, title=page.title, usages=tuple(by_page[page.docname]))
        for _place, page in pages
    )


def _usage(entry: Entry) -> Usage:
    named = entry.name != entry.summary  # a highlight may have no name of its own
    return Usage(
        objtype=entry.objtype,
        title=title_of(entry) if named else shortened(entry.summary),
        named=named,
        text="",
        docname=entry.docname,
        node_id=entry.node_id,
    )
