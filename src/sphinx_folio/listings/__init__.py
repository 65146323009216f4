"""Listings: the places that a page keeps for the whole portfolio, filled with nodes that every builder can write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_folio._common.i18n import DateFormatter, _, mark
from sphinx_folio.collect.records import query_of
from sphinx_folio.doctree.elements import inline
from sphinx_folio.doctree.lines import sketch_parts
from sphinx_folio.doctree.nodes import (
    folio_fact,
    folio_listing,
    folio_period,
    folio_sketch,
)
from sphinx_folio.listings.base import LINE_BUILDERS, Writer
from sphinx_folio.listings.evidence import (
    in_sight,
    write_coverage,
    write_evidence_table,
    write_further_evidence,
    write_project_evidence,
    write_tally,
)
from sphinx_folio.listings.skills import write_skill_facts, write_skill_index, write_skill_matrix
from sphinx_folio.listings.usages import write_usages
from sphinx_folio.listings.work import write_highlights, write_project_cards, write_timeline
from sphinx_folio.portfolio.queries import Query, answer
from sphinx_folio.portfolio.queries.evidence import coverage, evidence_table
from sphinx_folio.portfolio.queries.skills import skill_index, skill_matrix, skill_tags
from sphinx_folio.portfolio.queries.work import highlights, projects, timeline
from sphinx_folio.registry import Listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sphinx_folio.domain import FolioDomain
    from sphinx_folio.portfolio.model import Portfolio

LISTINGS = (
    Listing(
        name="skill-tags",
        query=skill_tags,
        write=Writer.tags,
        options=("category", "level", "project"),
        summary=mark("Skills as linked tags."),
    ),
    Listing(
        name="skill-index",
        query=skill_index,
        write=write_skill_index,
        options=("category", "level", "project", "since"),
        summary=mark("Skills by category, with their levels."),
    ),
    Listing(
        name="skill-matrix",
        query=skill_matrix,
        write=write_skill_matrix,
        options=("category", "level", "project", "since"),
        summary=mark("Skills against projects and positions, with years, last use and evidence."),
    ),
    Listing(
        name="project-cards",
        query=projects,
        write=write_project_cards,
        options=("skill", "since"),
        summary=mark("Projects as cards with their tags, the latest first."),
    ),
    Listing(
        name="timeline",
        query=timeline,
        write=write_timeline,
        options=("since",),
        summary=mark("Positions with their projects, and studies, on one line of time."),
    ),
    Listing(
        name="highlight-list",
        query=highlights,
        write=write_highlights,
        options=("project", "skill", "since"),
        summary=mark("Claims with what proves them."),
    ),
    Listing(
        name="evidence-table",
        query=evidence_table,
        write=write_evidence_table,
        options=("project", "skill", "since"),
        summary=mark("All evidence, the latest first."),
    ),
    Listing(
        name="evidence-coverage",
        query=coverage,
        write=write_coverage,
        options=("category", "level"),
        summary=mark("How much of the portfolio is proven, by category, and what rests on the author's word."),
    ),
)
"""The listings that authors can ask for, each by the directive of its name."""
WRITERS: Mapping[str, Callable[[Writer, Any], list[nodes.Node]]] = {
    "usages": write_usages,
    "skill-facts": write_skill_facts,
    "tags": Writer.tags,
    "project-evidence": write_project_evidence,
    "tally": write_tally,
}
"""What writes the rows that entries show of themselves."""


class FillListings(SphinxPostTransform):
    """Put the rows of the portfolio where a page asked for them.

    At priority 5, before Sphinx resolves what authors wrote (10) and themes change tables.
    """

    default_priority = 5
    plain = False
    """Whether lines are made of docutils' own nodes even where the builder could write them in one."""

    def run(self, **kwargs: Any) -> None:
        """Fill the periods and the listings of the page at hand."""
        domain = cast("FolioDomain", self.env.domains["folio"])
        portfolio = domain.portfolio()
        dates = DateFormatter(self.config.language, self.config.folio_date_formats)
        docname, levels = self.env.current_document.docname, len(portfolio.levels)
        plain = self.plain or domain.builder.name not in LINE_BUILDERS
        writer = Writer(
            docname=docname,
            builder=domain.builder,
            dates=dates,
            levels=levels,
            plain=plain,
            registry=domain.registry,
        )
        fill(self.document, portfolio, writer, domain.warn_unknown)


def fill(
    document: nodes.document,
    portfolio: Portfolio,
    writer: Writer,
    warn_unknown: Callable[[str, str, nodes.Node], None],
) -> None:
    """Fill the periods and the listings of a page from a portfolio.

    Args:
        document: The page.
        portfolio: What is asked.
        writer: Writes the answers.
        warn_unknown: Called with type, key and place of an object that a listing names and the portfolio lacks.
    """
    for period in list(document.findall(folio_period)):
        period.replace_self(inline(_period_text(period, portfolio, writer), f"folio-{period['show']}"))
    for sketch in document.findall(folio_sketch):
        sketch[:] = sketch_parts(sketch.astext())
    for fact in document.findall(folio_fact):
        if fact["fact"] == "keywords":  # each language has its own sign between them
            fact[:] = [nodes.Text(fact.astext().replace(", ", str(_(", "))))]
    for listing in list(document.findall(folio_listing)):
        query = query_of(listing)
        for objtype, key in _missing(portfolio, query):
            warn_unknown(objtype, key, listing)
        listing.replace_self(_written(listing, query, answer(portfolio, query), writer))


def _period_text(period: folio_period, portfolio: Portfolio, writer: Writer) -> str:
    """Return a period's dates, or how long it lasts."""
    if period["show"] == "dates":
        return writer.dates.period(period["period"])
    months = answer(portfolio, Query(kind="period", period=period["period"]))
    return writer.dates.duration(months, ongoing=period["period"].end is None)


def _missing(portfolio: Portfolio, query: Query) -> Iterator[tuple[str, str]]:
    """Yield types and keys of what a listing is narrowed by and nobody holds, and of tags that have another key now.

    A tag that nobody holds at all becomes a reference, which Sphinx looks up and warns of.
    """
    for objtype, key in (("project", query.project), ("skill", query.skill)):
        if key and not portfolio.find(objtype, key):
            yield objtype, key
    yield from (("skill", key) for key in query.keys if portfolio.find_renamed("skill", key))


def _written(listing: folio_listing, query: Query, rows: Any, writer: Writer) -> list[nodes.Node]:
    """Return what stands in the place of a listing; what is still to be looked up knows where that was written."""
    if query.kind == "further-evidence":  # what stands beside the entry is counted, not listed again
        return write_further_evidence(writer, rows, in_sight(listing), counted=query.objtype != "project")
    known = writer.registry.listings.get(query.kind)
    written = known.write(writer, rows) if known else WRITERS[query.kind](writer, rows)
    for node in written if query.keys else ():
        for reference in node.findall(addnodes.pending_xref):
            reference.source, reference.line = listing.source, listing.line
    return written
