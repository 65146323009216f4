"""The built-in listings, and the transform that replaces placeholders for rows of the portfolio by nodes.

Directives create the placeholders while pages are read, when the portfolio is still incomplete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_folio._common.i18n import DateFormatter, _, mark
from sphinx_folio._common.trees import nodes_in
from sphinx_folio.collect.records import listing_query, split_list
from sphinx_folio.doctree.elements import author_nodes, inline, is_authors, joined, remove_fact
from sphinx_folio.doctree.lines import sketch_parts
from sphinx_folio.doctree.nodes import (
    folio_entry,
    folio_fact,
    folio_listing,
    folio_period,
    folio_sketch,
    folio_skill_table,
    folio_term,
)
from sphinx_folio.domain import domain_of
from sphinx_folio.listings.base import LINE_BUILDERS, ListingRenderer
from sphinx_folio.listings.entries import render_entries
from sphinx_folio.listings.evidence import (
    nearby_evidence,
    render_coverage,
    render_evidence_table,
    render_further_evidence,
    render_project_evidence,
    render_tally,
)
from sphinx_folio.listings.skills import render_skill_facts, render_skill_index, render_skill_matrix, render_skill_table
from sphinx_folio.listings.usages import render_usages, sources_label
from sphinx_folio.listings.verification import REPORT, render_check_report, render_count_check, render_evidence_check
from sphinx_folio.listings.work import render_highlights, render_project_cards, render_timeline
from sphinx_folio.portfolio.dates import PartialDate
from sphinx_folio.portfolio.person_names import own_names
from sphinx_folio.portfolio.queries import Query, run_query
from sphinx_folio.portfolio.queries.entries import entries
from sphinx_folio.portfolio.queries.evidence import coverage, evidence_table
from sphinx_folio.portfolio.queries.skills import skill_index, skill_matrix, skill_tags
from sphinx_folio.portfolio.queries.verification import check_report
from sphinx_folio.portfolio.queries.work import highlights, projects, timeline
from sphinx_folio.registry import Listing

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from sphinx_folio.domain import FolioDomain
    from sphinx_folio.portfolio.model import Portfolio

LISTINGS = (
    Listing(
        name="skill-tags",
        query=skill_tags,
        render=ListingRenderer.tags,
        filters=("skills", "category", "level", "project"),
        summary=mark("Skills as linked tags."),
    ),
    Listing(
        name="skill-index",
        query=skill_index,
        render=render_skill_index,
        filters=("category", "level", "project", "since"),
        summary=mark("Skills by category, with their levels."),
    ),
    Listing(
        name="skill-matrix",
        query=skill_matrix,
        render=render_skill_matrix,
        filters=("category", "level", "project", "since"),
        summary=mark(
            "A table of skills and the projects and positions that show them, with years, last use and evidence."
        ),
    ),
    Listing(
        name="project-cards",
        query=projects,
        render=render_project_cards,
        filters=("skill", "since"),
        summary=mark(
            "Projects as cards with their tags: ongoing ones first, then by end date, latest first. A project without"
            " dates is sorted by those of its position."
        ),
    ),
    Listing(
        name="timeline",
        query=timeline,
        render=render_timeline,
        filters=("since",),
        summary=mark("Positions with their projects, and education, on one time axis."),
    ),
    Listing(
        name="highlight-list",
        query=highlights,
        render=render_highlights,
        filters=("project", "skill", "since"),
        summary=mark("Highlights with their evidence."),
    ),
    Listing(
        name="entry-list",
        query=entries,
        render=render_entries,
        filters=("types", "skill", "selected", "since"),
        summary=mark(
            "Publications, talks, certificates, awards and courses, newest first; with the option types, entries of any"
            " types."
        ),
    ),
    Listing(
        name="evidence-table",
        query=evidence_table,
        render=render_evidence_table,
        filters=("project", "skill", "since"),
        summary=mark("All evidence, newest first; a long table is grouped by what the evidence supports."),
    ),
    Listing(
        name="evidence-coverage",
        query=coverage,
        render=render_coverage,
        filters=("category", "level"),
        summary=mark(
            "The share of skills and highlights that have evidence, by category, and those that have none. Shares are"
            " rounded; 100% means all of them."
        ),
    ),
    Listing(
        name=REPORT,
        query=check_report,
        render=render_check_report,
        summary=mark("What the command verify checked, against which repositories and when, and what it found."),
    ),
)
"""The built-in listings; each is a directive."""
LISTS = {"courses", "keywords", "roles"}
"""Facts that are lists of words, whose separator depends on the language."""
RENDERERS: Mapping[str, Callable[[ListingRenderer, Any], list[nodes.Node]]] = {
    "usages": render_usages,
    "skill-facts": render_skill_facts,
    "tags": ListingRenderer.tags,
    "project-evidence": render_project_evidence,
    "evidence-check": render_evidence_check,
    "count-check": render_count_check,
}
"""Kind of query → function that renders its rows, for the placeholders inside entries."""


def listing_for_search(domain: FolioDomain, docname: str, options: Mapping[str, str]) -> list[nodes.Node]:
    """Return the content of a listing on a page, from its kind and its filters."""
    since = PartialDate.parse(options["since"]) if "since" in options else None
    query = Query(
        kind=options["kind"], category=options.get("category", ""), level=options.get("level", ""), since=since
    )
    rows = run_query(domain.portfolio(), query)
    return domain.registry.listings[query.kind].render(renderer_for(domain, docname, plain=True), rows)


def renderer_for(domain: FolioDomain, docname: str, *, plain: bool = False) -> ListingRenderer:
    """Return a renderer for a page.

    Args:
        domain: The domain, which has the builder and the settings.
        docname: The page.
        plain: Whether to use only standard docutils nodes, even if the builder supports lines in one node.
    """
    config = domain.env.config
    return ListingRenderer(
        docname=docname,
        builder=domain.builder,
        dates=DateFormatter.of(config),
        levels=len(domain.portfolio().levels) if config.folio_level_scale else 0,
        plain=plain or domain.builder.name not in LINE_BUILDERS,
        registry=domain.registry,
        report_page=domain.page_showing(REPORT),
    )


class FillListings(SphinxPostTransform):
    """Replace the placeholders of a page by rows of the portfolio.

    The priority is below 10, at which Sphinx resolves references, because rows may contain references. It is also below
    those of themes that modify tables.
    """

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Fill the placeholders of the current page."""
        domain = domain_of(self.env)
        remove_excluded(self.document, domain.is_true)
        renderer = renderer_for(domain, self.env.current_document.docname)
        own = {*self.document.findall(nodes.reference)} if renderer.builder.name == "linkcheck" else None
        fill_listings(self.document, domain.portfolio(), renderer, domain.warn_unknown)
        if own is not None:
            self.remove_addresses(own, {getattr(entry, "url", "") for entry in domain.portfolio().entries()})

    def remove_addresses(self, own: Container[nodes.reference], of_entries: Container[str]) -> None:
        """Remove addresses of entries from listings: Sphinx's linkcheck reports an address only where it is first.

        Args:
            own: The links of the page itself.
            of_entries: The addresses that entries have, where they are checked.
        """
        for link in self.document.findall(nodes.reference):
            if link not in own and link.get("refuri") in of_entries:
                del link["refuri"]


def remove_excluded(document: nodes.document, is_true: Callable[[str], bool]) -> None:
    """Remove references and listings from ``only`` directives that a build excludes, whose objects it lacks too.

    Sphinx removes the directives themselves, but after it has resolved references.
    """
    for only in document.findall(addnodes.only):
        if not is_true(only["expr"]):
            for node in list(only.findall(nodes.Element)):
                if isinstance(node, folio_listing) or node.get("refdomain") == "folio":
                    node.parent.remove(node)


def fill_listings(
    document: nodes.document,
    portfolio: Portfolio,
    renderer: ListingRenderer,
    warn_unknown: Callable[[str, str, nodes.Node], None],
) -> None:
    """Replace the placeholders of a page: periods, sketches, tables of skills and listings.

    Args:
        document: The page, which is modified.
        portfolio: The portfolio that is queried.
        renderer: Creates the nodes.
        warn_unknown: Called with type, key and location if a listing refers to an object that does not exist.
    """
    extracts_messages = renderer.builder.name == "gettext"  # from the entries; the table of skills has no messages
    tables = []
    for node in list(nodes_in(document)):
        if isinstance(node, folio_period):
            if shown := _period_nodes(node, portfolio, renderer):
                node.replace_self(shown)
            else:
                remove_fact(node)
        elif isinstance(node, folio_sketch):
            node[:] = sketch_parts(node.astext())
        elif is_authors(node):
            _emphasize_own(cast("nodes.TextElement", node), run_query(portfolio, Query(kind="people")))
        elif isinstance(node, folio_fact | folio_term) and node["fact"] in LISTS:
            node[:] = [nodes.Text(node.astext().replace(", ", str(_(", "))))]
        elif isinstance(node, folio_skill_table) and not extracts_messages:
            tables.append(node)
    for table in tables:
        table.replace_self(render_skill_table(renderer, portfolio, list(table.findall(folio_entry))))
    for listing in list(document.findall(folio_listing)):
        _fill_listing(listing, portfolio, renderer, warn_unknown)


def _fill_listing(
    listing: folio_listing,
    portfolio: Portfolio,
    renderer: ListingRenderer,
    warn_unknown: Callable[[str, str, nodes.Node], None],
) -> None:
    """Replace a listing by its rows; remove the list of facts around it if it has none."""
    query = listing_query(listing)
    for objtype, key in _unknown_keys(portfolio, query):
        warn_unknown(objtype, key, listing)
    facts = listing.parent
    listing.replace_self(_listing_nodes(listing, query, run_query(portfolio, query), renderer))
    if isinstance(facts, nodes.field_list) and not facts.children:
        facts.parent.remove(facts)


def _emphasize_own(authors: nodes.TextElement, people: Sequence[str]) -> None:
    """Emphasize the authors who are one of the people."""
    names = split_list(authors.astext())
    own = own_names(names, people)
    authors.children = []
    authors.extend(author_nodes((name, name in own) for name in names))


def _period_nodes(period: folio_period, portfolio: Portfolio, renderer: ListingRenderer) -> list[nodes.Node]:
    """Return the dates, the duration or the validity of a period; no nodes if the duration is unknown."""
    if period["show"] == "dates":
        return [inline(renderer.dates.period(period["period"]), "folio-dates")]
    if period["show"] == "validity":
        is_over = run_query(portfolio, Query(kind="is-over", period=period["period"]))
        return joined(renderer.validity(period["period"], is_over=is_over), " | ")
    duration = run_query(portfolio, Query(kind="period", period=period["period"]))
    if not duration:
        return []
    return [inline(renderer.dates.duration(duration.months, at_least=duration.is_minimum), "folio-duration")]


def _unknown_keys(portfolio: Portfolio, query: Query) -> Iterator[tuple[str, str]]:
    """Yield type and key of filters that refer to no object, and of tags that use a former key.

    Other unknown tags become references, for which Sphinx emits the warning.
    """
    for objtype, key in (("project", query.project), ("skill", query.skill)):
        if key and not portfolio.find(objtype, key):
            yield objtype, key
    yield from (("skill", key) for key in query.keys if portfolio.find_renamed("skill", key))


def _listing_nodes(listing: folio_listing, query: Query, rows: Any, renderer: ListingRenderer) -> list[nodes.Node]:
    """Return the nodes that replace a listing; unresolved references keep the listing's source location."""
    if query.kind == "further-evidence":  # evidence next to the entry is counted, not listed again
        has_own = _has_evidence(listing.parent)  # before the listing
        is_counted = query.objtype != "project"
        return render_further_evidence(renderer, rows, nearby_evidence(listing), counted=is_counted, more=has_own)
    if query.kind == "tally":
        return render_tally(rows, has_bars=listing["has_bars"])
    registered = renderer.registry.listings.get(query.kind)
    replacement = registered.render(renderer, rows) if registered else RENDERERS[query.kind](renderer, rows)
    if query.kind == "usages" and _has_evidence(listing.parent):  # follows this listing, and would look like usages
        replacement = [*replacement, sources_label()]
    for node in replacement if query.keys else ():
        for reference in node.findall(addnodes.pending_xref):
            reference.source, reference.line = listing.source, listing.line
    return replacement


def _has_evidence(entry: nodes.Element) -> bool:
    """Return whether an entry contains evidence."""
    return isinstance(entry, folio_entry) and any(isinstance(node, folio_entry) for node in entry.children)
