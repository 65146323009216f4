"""Where a skill is shown and named, block by block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_folio.model import Evidence, Project
from sphinx_folio.queries.base import shortened, title_of

if TYPE_CHECKING:
    from sphinx_folio.model import Entry, Portfolio
    from sphinx_folio.queries.base import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """A place that shows or names a skill; the object type says which, ``mention`` stands for prose."""

    objtype: str
    title: str
    text: str
    docname: str
    node_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageUsages:
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
            text=shortened(mention.text),
            docname=mention.docname,
            node_id=mention.node_id,
        )
        places.setdefault((mention.docname, mention.node_id), named)
    by_page: dict[str, list[Usage]] = {}
    for usage in places.values():
        by_page.setdefault(usage.docname, []).append(usage)
    return tuple(
        PageUsages(docname=page.docname, title=page.title, usages=tuple(by_page[page.docname]))
        for page in portfolio.pages
        if page.docname in by_page
    )


def _usage(entry: Entry) -> Usage:
    title, text = title_of(entry), shortened(entry.summary)
    if entry.name == entry.summary:  # a highlight without a name of its own
        title, text = text, ""
    if isinstance(entry, Project):  # its name says enough, and its summary begins with it
        text = ""
    return Usage(objtype=entry.objtype, title=title, text=text, docname=entry.docname, node_id=entry.node_id)
