"""Listings: the places that a page keeps for the whole portfolio, filled with nodes that every builder can write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_folio.collect import query_of
from sphinx_folio.i18n import DateFormatter, _
from sphinx_folio.lines import sketch_parts
from sphinx_folio.listings.base import Writer
from sphinx_folio.listings.evidence import (
    in_sight,
    write_coverage,
    write_evidence_table,
    write_further_evidence,
    write_project_evidence,
    write_tally,
)
from sphinx_folio.listings.places import write_usages
from sphinx_folio.listings.skills import write_skill_facts, write_skill_index, write_skill_matrix
from sphinx_folio.listings.work import write_highlights, write_project_cards, write_timeline
from sphinx_folio.nodes import folio_fact, folio_listing, folio_period, folio_sketch, inline
from sphinx_folio.queries import Query, answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_folio.domain import FolioDomain

WRITERS: dict[str, Callable[[Writer, Any], list[nodes.Node]]] = {
    "usages": write_usages,
    "skill-facts": write_skill_facts,
    "skill-tags": Writer.tags,
    "skill-index": write_skill_index,
    "skill-matrix": write_skill_matrix,
    "project-cards": write_project_cards,
    "project-evidence": write_project_evidence,
    "timeline": write_timeline,
    "highlight-list": write_highlights,
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
        for period in list(self.document.findall(folio_period)):
            months = answer(portfolio, Query(kind="period", period=period["period"]))
            text = dates.period(period["period"]) if period["show"] == "dates" else dates.duration(months)
            period.replace_self(inline(text, f"folio-{period['show']}"))
        for node in self.document.findall(lambda node: isinstance(node, folio_fact | folio_sketch)):
            if isinstance(node, folio_sketch):
                node[:] = sketch_parts(node.astext())
            elif isinstance(node, folio_fact) and node["fact"] == "keywords":  # each language has its own sign
                node[:] = [nodes.Text(node.astext().replace(", ", str(_(", "))))]
        for listing in list(self.document.findall(folio_listing)):
            query = query_of(listing)
            for objtype, key in (("project", query.project), ("skill", query.skill)):
                if key and not portfolio.find(objtype, key):
                    domain.warn_unknown(objtype, key, listing)
            rows = answer(portfolio, query)
            if query.kind == "further-evidence":  # what stands beside the entry is counted, not listed again
                counted = query.objtype != "project"
                listing.replace_self(write_further_evidence(writer, rows, in_sight(listing), counted=counted))
            else:
                listing.replace_self(WRITERS[query.kind](writer, rows))
