"""The page of the résumé with listings filled and references resolved, for the screen or for paper."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.util.logging import suppress_logging
from sphinx.util.nodes import process_only_nodes
from sphinx.util.tags import Tags

from sphinx_folio._common.i18n import _, labeled_text
from sphinx_folio._common.trees import set_parents
from sphinx_folio.doctree.elements import external_link, has_class, joined, remove_fact, short_address
from sphinx_folio.doctree.labels import LINK_TYPES
from sphinx_folio.doctree.nodes import folio_entry, folio_listing, folio_period, folio_summary
from sphinx_folio.doctree.references import resolve_references
from sphinx_folio.domain import domain_of
from sphinx_folio.export.filtering import filter_page, remove_empty, sections_with_content
from sphinx_folio.export.nodes import folio_downloads
from sphinx_folio.listings import fill_listings, renderer_for
from sphinx_folio.portfolio.records import Project, Skill
from sphinx_folio.portfolio.views import filtered_by_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.views import View

OMITTED_LISTINGS = {
    *("count-check", "evidence-check", "further-evidence", "project-evidence", "usages", "skill-facts"),
    *("evidence-checks", "evidence-coverage", "evidence-table", "skill-matrix"),
}
"""The kinds of listings that a printed résumé omits: they help to navigate the site, or are tables as wide as it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a resume document is made from: the page of the résumé, and the view, if any.

    ``pagename`` and ``title`` are those of the page of the view, or of the résumé. Links are relative to that page.
    """

    docname: str
    pagename: str
    title: str
    view: View | None = None


def resolved_page(app: Sphinx, portfolio: Portfolio, source: Source, *, printed: bool) -> nodes.document:
    """Return the doctree of a page with listings filled and references resolved.

    Parts that a view does not include are removed, and sections that have only their title left. Warnings are
    suppressed, because Sphinx logs the same ones when it writes the page.

    Args:
        app: The application.
        portfolio: The records of all pages.
        source: The page, and the view if there is one.
        printed: Whether the result is for paper: without what helps to navigate a site or becomes outdated, and with
            levels as words.
    """
    doctree = app.env.get_doctree(source.docname)
    set_parents(doctree)
    sections = sections_with_content(doctree)
    _mark_text(doctree, portfolio)
    if source.view:
        filter_page(doctree, portfolio, source.view)
        portfolio = filtered_by_view(portfolio, source.view)
    for reference in doctree.findall(addnodes.pending_xref):
        reference["refdoc"] = source.pagename
    for node in list(doctree.findall(folio_downloads)):
        node.parent.remove(node)
    if printed:
        _remove_unprinted(doctree)
    domain = domain_of(app.env)
    with suppress_logging():
        process_only_nodes(doctree, _tags_on_paper(app) if printed else app.tags)
        renderer = renderer_for(domain, source.pagename, plain=printed)
        fill_listings(doctree, portfolio, renderer, domain.warn_unknown)
    resolve_references(app, app.env, doctree, source.pagename)
    if printed:
        _remove_repeated(doctree)
    remove_empty(sections)
    if printed:
        _write_levels(doctree)
        _write_links(doctree, portfolio)
    return doctree


def _tags_on_paper(app: Sphinx) -> Tags:
    """Return the tags of the build without those of its builder: what is only for HTML is not for paper."""
    builder = app.builder
    names = {builder.format, builder.name, f"format_{builder.format}", f"builder_{builder.name}"}
    return Tags([tag for tag in app.tags if tag not in names])


def _mark_text(doctree: nodes.document, portfolio: Portfolio) -> None:
    """Mark the sections that have text of no entry, and no listings, except the list of the skills in prose.

    That list names more than half of all skills, and a skill in each of its paragraphs.
    """
    for section in doctree.findall(nodes.section):
        rows = (node for node in section.findall(folio_listing) if node["kind"] != "skill-tags")
        entries = (entry for entry in section.findall(folio_entry) if entry["objtype"] != "evidence")
        if any(rows) or any(entries) or section.next_node(folio_summary):
            continue
        named = [{*_skills_in(paragraph)} for paragraph in section.findall(nodes.paragraph)]
        is_list = all(named) and 2 * len(set().union(*named)) > len(portfolio.all(Skill))
        section["folio-text"] = bool(named) and not is_list


def _skills_in(node: nodes.Element) -> Iterator[str]:
    """Yield the keys of the skills that a node names."""
    for reference in node.findall(addnodes.pending_xref):
        if (reference.get("refdomain"), reference["reftype"]) == ("folio", "skill"):
            yield reference["reftarget"]


def _remove_unprinted(doctree: nodes.document) -> None:
    """Remove the listings that a printed résumé omits, and durations, which would become outdated on paper."""
    has_positions = any(entry["objtype"] == "position" for entry in doctree.findall(folio_entry))
    for listing in list(doctree.findall(folio_listing)):
        is_repeated = listing["kind"] == "timeline" and has_positions  # the entries say the same
        if is_repeated or listing["kind"] in OMITTED_LISTINGS:
            listing.parent.remove(listing)
    for node in list(doctree.findall(folio_period)):
        if node["show"] == "duration":
            remove_fact(node)


def _remove_repeated(doctree: nodes.document) -> None:
    """Remove the cards of projects that the page describes itself, and evidence in a list of highlights."""
    own = {entry["key"] for entry in doctree.findall(folio_entry) if entry["objtype"] == "project"}
    for node in list(doctree.findall(nodes.bullet_list)):
        if has_class(node, "folio-cards"):
            node[:] = [card for card in node.children if cast("nodes.Element", card).get("key") not in own]
        if not node.children or has_class(node, "folio-proofs"):
            node.parent.remove(node)


def _write_levels(doctree: nodes.document) -> None:
    """Show levels as words in lists of skills: "Languages (expert): Go, C", or "Go, C (expert); Java" if they differ.

    If one of the names itself ends with parentheses, dashes are used for all. In Chinese and Japanese, each name has
    its level: "Go（精通）、C（精通）、Java（熟练）".
    """
    is_each = not str(_(", ")).endswith(" ")
    named: list[tuple[nodes.Element, str]] = []
    for index in (node for node in doctree.findall(nodes.Element) if has_class(node, "folio-tags")):
        skills = [skill for skill in index.children if has_class(skill, "folio-leveled")]
        groups = [(level, list(group)) for level, group in groupby(skills, _level_of)]
        for skill in skills:
            skill[1:] = []
        item = index.parent.parent
        if len(skills) > 1 and len(groups) == 1 and isinstance(item, nodes.definition_list_item):
            named.append((cast("nodes.Element", item[0]), groups[0][0]))
            continue
        if is_each:
            named += [(skill, level) for level, group in groups for skill in group]
            continue
        named += [(group[-1], level) for level, group in groups]
        for _level, group in groups[:-1]:
            index[index.index(group[-1]) + 1] = nodes.Text(str(_("; ")))
    named = [(name, level) for name, level in named if level]
    is_dashed = not is_each and any(name.astext().endswith((")", "）")) for name, _level in named)
    for name, level in named:
        text = f" – {level}" if is_dashed else str(_("%(answer)s (%(reason)s)")) % {"answer": "", "reason": level}
        name.append(nodes.Text(text))


def _write_links(doctree: nodes.document, portfolio: Portfolio) -> None:
    """Add the addresses of projects to their cards, whose page is out of reach on paper; remove their sketches."""
    for cards in doctree.findall(lambda node: has_class(node, "folio-cards")):
        for card in cast("list[nodes.Element]", cards.children):
            project = portfolio.find("project", card.get("key", ""))
            card[:] = [child for child in card.children if not has_class(child, "folio-sketch")]
            if isinstance(project, Project) and project.links:
                links = (external_link(str(LINK_TYPES[link.label]), link.url) for link in project.links)
                line = nodes.paragraph("", "", *joined(links, " | "), classes=["folio-line"])
                write_addresses(line)
                card.insert(2 if len(card) > 1 and has_class(card[1], "folio-line") else 1, line)


def write_addresses(links: nodes.Element) -> None:
    """Show the addresses of links, for paper, after their labels; a repository or a homepage needs none."""
    for link in list(links.findall(nodes.reference)):
        label, address = link.astext(), nodes.Text(short_address(link["refuri"]))
        link[:] = [address]
        if label not in {str(LINK_TYPES["repository"]), str(LINK_TYPES["homepage"])}:
            before = nodes.Text(labeled_text(label, ""))
            link.parent.insert(link.parent.index(link), before)


def _level_of(skill: nodes.Element) -> str:
    return next((node.astext() for node in skill.findall(nodes.inline) if has_class(node, "folio-level")), "")
