"""Evidence and its coverage, written as lines and as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio._common.i18n import _
from sphinx_folio.doctree.elements import (
    cell,
    external_link,
    field,
    inline,
    joined,
    wide_table,
)
from sphinx_folio.doctree.labels import EVIDENCE_BY, EVIDENCE_KINDS
from sphinx_folio.doctree.lines import evidence_pieces, tally_line
from sphinx_folio.doctree.nodes import (
    folio_bar,
    folio_disclosure,
    folio_disclosure_label,
    folio_entry,
)
from sphinx_folio.doctree.pieces import Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_folio.doctree.nodes import folio_listing
    from sphinx_folio.doctree.pieces import Line
    from sphinx_folio.listings.base import Writer
    from sphinx_folio.portfolio.queries import Target
    from sphinx_folio.portfolio.queries.evidence import Coverage, EvidenceRow, Proof, Tally


def proof_line(writer: Writer, row: EvidenceRow) -> Line:
    """Return a piece of evidence in a line, its title a link to the source."""
    if row.url:
        title = Piece(row.target.title, address=row.url, external=True)
    else:
        title = writer.piece(row.target.docname, row.target.node_id, row.target.title)
    return evidence_pieces(title, writer.dates, kind=row.kind, date=row.date, by=row.by, revision=row.revision)


def proof_words(own: int, team: int) -> str:
    """Return how much proves something, in words."""
    if not own + team:
        return str(_("self-reported"))
    if not team:
        return str(_("%d, all own work")) % own
    if not own:
        return str(_("%d, all team work")) % team
    return str(_("%(all)d, %(own)d of them own work")) % {"all": own + team, "own": own}


def proof_count(writer: Writer, first: Target | None, own: int, team: int) -> nodes.Node:
    """Return how much proves something, as a link to the first of it."""
    words = proof_words(own, team)
    return writer.place(first.docname, first.node_id, words) if first else nodes.Text(words)


def count_line(writer: Writer, first: Target | None, own: int, team: int) -> nodes.paragraph:
    """Return the same as a line."""
    label = inline(str(_("Evidence")), "folio-kind")
    count = proof_count(writer, first, own, team)
    return nodes.paragraph("", "", label, nodes.Text(" "), count, classes=["folio-line", "folio-count"])


def write_project_evidence(writer: Writer, proof: Proof | None) -> list[nodes.Node]:
    """Return how much proves a project, as a fact in its head."""
    if proof is None:
        return []
    return [field(str(_("Evidence")), cell(proof_count(writer, proof.first, proof.own, proof.team)))]


def in_sight(listing: folio_listing) -> list[str]:
    """Return the keys of the evidence beside an entry: on the page of a project, else in the section of the entry."""
    around: nodes.Element = listing
    while around.parent is not None and (listing["objtype"] == "project" or not isinstance(around, nodes.section)):
        around = around.parent
    found = around.findall(folio_entry) if listing["objtype"] == "project" else around.children
    return [node["key"] for node in found if isinstance(node, folio_entry) and node["objtype"] == "evidence"]


def write_further_evidence(
    writer: Writer, rows: Sequence[EvidenceRow], seen: Sequence[str], *, counted: bool
) -> list[nodes.Node]:
    """Return what proves an object: what is in sight as a count that leads there, all else in a list."""
    near = sorted((row for row in rows if row.target.key in seen), key=lambda row: seen.index(row.target.key))
    lines: list[nodes.Node] = []
    if near and counted:
        own = sum(row.by == "own" for row in near)
        lines.append(count_line(writer, near[0].target, own, len(near) - own))
    return [*lines, *write_evidence(writer, [row for row in rows if row not in near])]


def write_evidence(writer: Writer, rows: Sequence[EvidenceRow]) -> list[nodes.Node]:
    """Return what proves an object, behind a label that opens in place; nothing if there is none."""
    if not rows:
        return []
    lines = writer.lines((proof_line(writer, row) for row in rows), "folio-proofs", line_class="folio-line")
    label = folio_disclosure_label("", str(_("Evidence (%d)")) % len(rows))
    return [folio_disclosure("", label, lines)]


def write_evidence_table(writer: Writer, rows: Sequence[EvidenceRow]) -> list[nodes.Node]:
    """Return all evidence in a table: what, when, whose, and what it proves."""
    if not rows:
        return []
    header = [cell(str(label)) for label in (_("Evidence"), _("Kind"), _("Date"), _("Whose work"), _("Supports"))]
    body = [
        [
            cell(external_link(row.target.title, row.url) if row.url else writer.link(row.target)),
            cell(inline(str(EVIDENCE_KINDS[row.kind]) if row.kind else "", "folio-kind")),
            cell(writer.date(row.date)) if row.date else cell(),
            cell(inline(str(EVIDENCE_BY[row.by]) if row.by else "", "folio-by")),
            cell(*joined((writer.link(proven) for proven in row.proves), str(_(", ")))),
        ]
        for row in rows
    ]
    return [wide_table(header, body, "folio-proof-table", "folio-sortable")]


def write_coverage(writer: Writer, coverage: Coverage) -> list[nodes.Node]:
    """Return the shares of skills and highlights that have evidence, and what rests on the author's word."""
    labels = (_("Group"), _("Total"), _("With evidence"), _("Share"), _("Self-reported"))
    groups = [(share.label, share, True) for share in coverage.categories]
    groups.append((str(_("All skills")), coverage.skills, not coverage.categories))
    groups.append((str(_("All highlights")), coverage.highlights, True))
    body = [
        [
            cell(label),
            cell(str(share.total)),
            cell(str(share.proven)),
            cell(inline(f"{share.percent}%", "folio-figure"), folio_bar(share=share.percent)),
            cell(*joined((writer.link(lacking) for lacking in share.lacking if named), str(_(", ")))),
        ]
        for label, share, named in groups
        if share.total
    ]
    header = [cell(str(label)) for label in labels]
    return [wide_table(header, body, "folio-coverage")] if body else []


def write_tally(writer: Writer, tally: Tally) -> list[nodes.Node]:
    """Return how many there are, of how many."""
    bars = [(100, counted) for counted in tally.counted]
    return [tally_line(str(sum(tally.counted)), str(len(tally.counted)), bars=bars)]
