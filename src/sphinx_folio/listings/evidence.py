"""Render evidence and coverage as lines, lists and tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio._common.i18n import _, labeled_text
from sphinx_folio.doctree.elements import (
    cell,
    external_link,
    field,
    group_row,
    inline,
    is_entry,
    joined,
    table_row,
    wide_table,
)
from sphinx_folio.doctree.labels import EVIDENCE_BY
from sphinx_folio.doctree.lines import evidence_pieces, tally_line
from sphinx_folio.doctree.nodes import folio_bar, folio_disclosure, folio_disclosure_label, folio_entry, folio_said
from sphinx_folio.doctree.pieces import Piece, piece_node
from sphinx_folio.listings.verification import rung_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_folio.doctree.nodes import folio_listing
    from sphinx_folio.doctree.pieces import Line
    from sphinx_folio.listings.base import ListingRenderer
    from sphinx_folio.portfolio.queries import Target
    from sphinx_folio.portfolio.queries.evidence import Coverage, EvidenceCount, EvidenceRow, EvidenceTable, Tally


def evidence_row_line(renderer: ListingRenderer, row: EvidenceRow) -> Line:
    """Return a line for a piece of evidence; its title links to the evidence, or to its entry if it has no URL."""
    if row.url:
        title = Piece(row.target.title, address=row.url, external=True, marked=row.target.marked)
    else:
        title = renderer.link_piece(row.target.docname, row.target.node_id, row.target.title, row.target.marked)
    kind = renderer.evidence_label(row.kind)
    line = evidence_pieces(title, renderer.dates, kind=kind, date=row.date, by=row.by, revision=row.revision)
    return (*line, *rung_pieces(renderer, row))


def evidence_count_text(own: int, team: int) -> str:
    """Return the number of pieces of evidence as text, with the kind of work.

    Args:
        own: The number of those that show own work.
        team: The number of those that show team work; with the other one, at least 1.
    """
    if not team:
        return str(_("%d (all mine)")) % own
    if not own:
        return str(_("%d (all by the team)")) % team
    return str(_("%(all)d (%(own)d mine)")) % {"all": own + team, "own": own}


def evidence_count_line(renderer: ListingRenderer, first: Target, own: int, team: int) -> nodes.paragraph:
    """Return the number of pieces of evidence as a line with a label; the number is a link to the first one."""
    label = inline(str(_("Sources")), "folio-kind")
    count = renderer.link_to(first.docname, first.node_id, evidence_count_text(own, team))
    return nodes.paragraph("", "", label, nodes.Text(" "), count, classes=["folio-line", "folio-count"])


def render_project_evidence(renderer: ListingRenderer, count: EvidenceCount | None) -> list[nodes.Node]:
    """Return the number of pieces of evidence for a project, as one of its facts; no nodes without evidence."""
    if count is None:
        return []
    text = evidence_count_text(count.own, count.team)
    return [field(str(_("Sources")), cell(renderer.link_to(count.first.docname, count.first.node_id, text)))]


def nearby_evidence(listing: folio_listing) -> list[str]:
    """Return the keys of the evidence near an entry: on the page of a project, or in the section of another entry."""
    scope: nodes.Element = listing
    while scope.parent is not None and (listing["objtype"] == "project" or not isinstance(scope, nodes.section)):
        scope = scope.parent
    found = scope.findall(folio_entry) if listing["objtype"] == "project" else scope.children
    return [node["key"] for node in found if is_entry(node, "evidence")]


def render_further_evidence(
    renderer: ListingRenderer, rows: Sequence[EvidenceRow], nearby: Sequence[str], *, counted: bool, more: bool
) -> list[nodes.Node]:
    """Return the evidence for an object that its directive does not contain.

    Args:
        renderer: Creates the nodes.
        rows: The evidence.
        nearby: The keys of the evidence near the entry, which is not listed again.
        counted: Whether the number of those is shown, with a link to the first one.
        more: Whether there is also evidence inside the directive.

    The label of the list says that there is more if some evidence is inside the directive or near it.
    """
    near = sorted((row for row in rows if row.target.key in nearby), key=lambda row: nearby.index(row.target.key))
    lines: list[nodes.Node] = []
    if near and counted:
        own = sum(row.by == "own" for row in near)
        lines.append(evidence_count_line(renderer, near[0].target, own, len(near) - own))
    rest = [row for row in rows if row not in near]
    return [*lines, *_collapsible(renderer, rest, more=more or bool(near))]


def _collapsible(renderer: ListingRenderer, rows: Sequence[EvidenceRow], *, more: bool) -> list[nodes.Node]:
    """Return a collapsible list of evidence; no nodes without evidence."""
    if not rows:
        return []
    lines = renderer.lines((evidence_row_line(renderer, row) for row in rows), "folio-proofs", line_class="folio-line")
    label = folio_disclosure_label("", str(_("More sources (%d)") if more else _("Sources (%d)")) % len(rows))
    return [folio_disclosure("", label, lines)]


MANY_ROWS = 12
"""The number of rows from which on a table of evidence has groups: fewer are seen at once."""
ROWS_PER_GROUP = 2
"""The number of rows that a group has on average, at least: with fewer, the titles would only make the table longer."""


def render_evidence_table(renderer: ListingRenderer, evidence: EvidenceTable) -> list[nodes.Node]:
    """Return a table of evidence; a long one has groups by what the evidence supports, except in manual pages.

    The writer of manual pages does not support cells that span columns, which the titles of groups are.
    """
    rows, groups = evidence
    if not rows:
        return []
    labels = [_("Source"), _("Type"), _("Date"), _("Whose work"), _("Supports")]
    header = [cell(str(label)) for label in labels]
    classes = ("folio-proof-table", "folio-sortable")
    if len(rows) < max(MANY_ROWS, ROWS_PER_GROUP * len(groups)) or renderer.builder.format == "man":
        return [wide_table(header, ([*_cells(renderer, row), _supports(renderer, row)] for row in rows), *classes)]
    table = wide_table(header[:-1], (), *classes)
    body = next(table.findall(nodes.tbody))
    supports = labeled_text(labels[-1], "")
    for supported, members in groups:
        title = [folio_said(words=supports), renderer.link(supported)] if supported else []
        body += group_row(cell(*title), len(header) - 1)
        body += [table_row(_cells(renderer, row)) for row in members]
    return [table]


def _cells(renderer: ListingRenderer, row: EvidenceRow) -> list[nodes.Node]:
    """Return the cells of a piece of evidence, without what it supports."""
    return [
        cell(
            external_link(row.target.title, row.url, row.target.marked) if row.url else renderer.link(row.target),
            *map(piece_node, rung_pieces(renderer, row)),
        ),
        cell(inline(renderer.evidence_label(row.kind), "folio-kind")),
        cell(*([renderer.date(row.date)] if row.date else []), *_release(row)),
        cell(inline(str(EVIDENCE_BY[row.by]) if row.by else "", "folio-by")),
    ]


def _release(row: EvidenceRow) -> list[nodes.Node]:
    """Return the revision of a piece of evidence if it is a name, such as that of a release, not a commit."""
    is_name = row.revision and not re.fullmatch("[0-9a-f]{7,64}", row.revision)
    return [nodes.Text(" "), inline(row.revision, "folio-revision")] if is_name else []


def _supports(renderer: ListingRenderer, row: EvidenceRow) -> nodes.paragraph:
    return cell(*joined((renderer.link(proven) for proven in row.proves), str(_(", "))))


def render_coverage(renderer: ListingRenderer, coverage: Coverage) -> list[nodes.Node]:
    """Return a table of the coverage by category, with the skills and highlights that have no evidence."""
    labels = (_("Category"), _("Total"), _("With a source"), _("Share"), _("No public source"))
    is_checked = coverage.skills.verified is not None
    groups = [(share.label, share, True) for share in coverage.categories]
    groups.append((str(_("All skills")), coverage.skills, not coverage.categories))
    groups.append((str(_("All highlights")), coverage.highlights, True))
    body = [
        [
            cell(label),
            cell(str(share.total)),
            cell(str(share.proven)),
            cell(
                inline(renderer.dates.percent(share.percent), "folio-figure"),
                *([folio_bar(share=share.percent)] if share.proven else []),
            ),
            cell(*joined((_part(renderer, target) for target in share.without_evidence if listed), str(_(", ")))),
            *([cell(str(share.verified))] if is_checked else []),
        ]
        for label, share, listed in groups
        if share.total
    ]
    header = [cell(str(label)) for label in labels]
    header += [cell(str(_("Verified")))] if is_checked else []
    return [wide_table(header, body, "folio-coverage")] if body else []


def _part(renderer: ListingRenderer, target: Target) -> nodes.Node:
    """Return a link to a target within a sentence: a claim without its full stop."""
    return renderer.link(target._replace(title=target.title.removesuffix("。").removesuffix(".")))


def render_tally(tally: Tally, *, has_bars: bool) -> list[nodes.Node]:
    """Return the number of matches, the total, and a bar for each object; the bars of matches are highlighted."""
    bars = [(100, is_match) for is_match in tally.matches] if has_bars else []
    return [tally_line(str(sum(tally.matches)), str(len(tally.matches)), bars=bars)]
