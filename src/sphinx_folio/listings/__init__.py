"""Listings: the places that a page keeps for the whole portfolio, filled with nodes that every builder can write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_folio.collect import query_of
from sphinx_folio.i18n import DateFormatter
from sphinx_folio.listings.base import Writer
from sphinx_folio.listings.evidence import write_coverage, write_evidence, write_evidence_table, write_tally
from sphinx_folio.listings.places import write_usages
from sphinx_folio.listings.skills import write_skill_facts, write_skill_index, write_skill_matrix
from sphinx_folio.listings.work import write_highlights, write_project_cards, write_timeline
from sphinx_folio.nodes import folio_listing, folio_period, inline
from sphinx_folio.queries import Query, answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes

    from sphinx_folio.domain import FolioDomain
    from sphinx_folio.model import Portfolio

WRITERS: dict[str, Callable[[Writer, Any], list[nodes.Node]]] = {
    "usages": write_usages,
    "skill-facts": write_skill_facts,
    "tags": Writer.tags,
    "skill-tags": Writer.tags,
    "skill-index": write_skill_index,
    "skill-matrix": write_skill_matrix,
    "project-cards": write_project_cards,
    "timeline": write_timeline,
    "highlight-list": write_highlights,
    "further-evidence": write_evidence,
    "evidence-table": write_evidence_table,
    "evidence-coverage": write_coverage,
    "tally": write_tally,
}


class FillListings(SphinxPostTransform):
    """Put the rows of the portfolio where a page asked for them.

    At priority 5, before Sphinx resolves what authors wrote (10) and themes change tables.
    """

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Fill the periods and the listings of the page at hand."""
        domain = cast("FolioDomain", self.env.domains["folio"])
        portfolio = domain.portfolio()
        dates = DateFormatter(self.config.language, self.config.folio_date_formats)
        docname, levels = self.env.current_document.docname, len(portfolio.levels)
        writer = Writer(docname=docname, builder=domain.builder, dates=dates, levels=levels)
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
        months = answer(portfolio, Query(kind="period", period=period["period"]))
        dates = writer.dates
        text = dates.period(period["period"]) if period["show"] == "dates" else dates.duration(months)
        period.replace_self(inline(text, f"folio-{period['show']}"))
    for listing in list(document.findall(folio_listing)):
        query = query_of(listing)
        for objtype, key in (("project", query.project), ("skill", query.skill)):
            if key and not portfolio.find(objtype, key):
                warn_unknown(objtype, key, listing)
        for key in query.keys:
            if portfolio.find_renamed("skill", key):
                warn_unknown("skill", key, listing)
        written = WRITERS[query.kind](writer, answer(portfolio, query))
        for node in written if query.keys else ():
            for reference in node.findall(addnodes.pending_xref):  # to what no page holds; Sphinx says so
                reference.source, reference.line = listing.source, listing.line
        listing.replace_self(written)
