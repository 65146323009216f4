"""Render the results of the command ``verify``: at each piece of evidence, and as a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio._common.i18n import _
from sphinx_folio.doctree.check_labels import NOTES, REASONS, RESULTS, RUNG_MEANINGS, check_text, rung_text
from sphinx_folio.doctree.elements import cell, external_link, inline, wide_table
from sphinx_folio.doctree.nodes import folio_disclosure, folio_disclosure_label
from sphinx_folio.doctree.pieces import Piece, line_node, list_node
from sphinx_folio.portfolio.verification import Verification
from sphinx_folio.verification.swhid import archive_address

if TYPE_CHECKING:
    from sphinx_folio.doctree.pieces import Line
    from sphinx_folio.listings.base import ListingRenderer
    from sphinx_folio.portfolio.queries.evidence import EvidenceRow
    from sphinx_folio.portfolio.queries.verification import CheckReport, DatedCheck, DatedCount
    from sphinx_folio.portfolio.verification import Check, Count

COUNT_LABELS = {
    "yes": _("✓ recounted on %s"),
    "no": _("✗ recounted on %s: different"),
    "unknown": _("○ could not be recounted on %s"),
}
"""Result of counting figures again → label."""
COMMAND = "sphinx-folio verify"
SILENT = {"title"}
"""Questions that are shown only if the answer is no: titles are the owner’s words."""
REPORT = "evidence-checks"
"""The listing with all results."""


def rung_pieces(renderer: ListingRenderer, row: EvidenceRow) -> Line:
    """Return the end of a line for a piece of evidence: its result as a link to the details; empty if not checked."""
    if row.verification is None:
        return ()
    address = renderer.address(row.target.docname, row.target.node_id)
    return Piece(" | ", "folio-separator"), Piece(rung_text(row.verification), _style(row.verification), address)


def _style(verification: Verification) -> str:
    return f"folio-rung folio-rung-{verification.rung}"


def _rung(verification: Verification) -> nodes.inline:
    """Return a result as its mark and words."""
    return inline(rung_text(verification), *_style(verification).split())


def render_evidence_check(renderer: ListingRenderer, check: DatedCheck | None) -> list[nodes.Node]:
    """Return the result for a piece of evidence, with its details collapsed, and the link to its archived copy."""
    if check is None:
        return []
    copy = (Piece(str(_("archived copy")), "", check.archived, external=True),) if check.archived else ()
    found = check.verification
    if found is None:
        return [line_node(copy, "folio-line")]
    lines: list[Line] = [(Piece(check_text(name, answer)),) for name, answer in _shown(found)]
    if found.swhid:
        core = found.swhid.partition(";")[0]
        archive = Piece(core, "", archive_address(found.swhid), external=True)
        lines.append((Piece("Software Heritage (SWHID) "), archive))
    if copy:
        lines.append(copy)
    if check.date:
        command = (Piece(str(_("Checked on %s with %s")) % (renderer.dates.date(check.date), COMMAND)),)
        report = renderer.address(renderer.report_page, "") if renderer.report_page else ""
        link = (Piece(" "), Piece(str(_("How this was checked")), "", report)) if report else ()
        lines.append((*command, *link))
    label = folio_disclosure_label("", "", _rung(found))
    return [folio_disclosure("", label, list_node(lines), classes=["folio-check"])]


def render_count_check(renderer: ListingRenderer, check: DatedCount | None) -> list[nodes.Node]:
    """Return a line that says whether figures were counted again; it links to the report."""
    if check is None:
        return []
    text = str(COUNT_LABELS[check.found.result]) % (renderer.dates.date(check.date) if check.date else "–")
    piece = renderer.link_piece(renderer.report_page, "", text) if renderer.report_page else Piece(text)
    return [line_node((piece._replace(style="folio-rung"),), "folio-line", "folio-recount")]


def render_check_report(renderer: ListingRenderer, report: CheckReport | None) -> list[nodes.Node]:
    """Return all results: their limits, what was checked against what, what the marks mean, exceptions first."""
    if report is None:
        return []
    parts: list[nodes.Node] = [
        nodes.paragraph(
            "",
            str(
                _(
                    "This does not prove who did the work: anyone can write author fields and dates, and a key is not a"
                    " person. Titles are the owner’s words, and only the listed repositories were read."
                )
            ),
        )
    ]
    if report.date:
        text = str(_("Checked on %s with %s")) % (renderer.dates.date(report.date), COMMAND)
        words = str(_("Anyone can repeat it with a clone:"))
        address = report.sources[0][0] if report.sources else "URL"
        command = f"{COMMAND} --repository {address}=CLONE"
        parts += [nodes.paragraph("", text), nodes.paragraph("", words)]
        parts.append(nodes.literal_block(command, command, language="text", classes=["folio-check-command"]))
    if report.sources:
        header = [cell(str(_("Repository"))), cell(str(_("Newest commit")))]
        rows = [
            [cell(external_link(address, address)), cell(inline(source.head[:10], "folio-revision"))]
            for address, source in report.sources
        ]
        if any(source.notes for _address, source in report.sources):
            header.append(cell(str(_("Remarks"))))
            for row, (_address, source) in zip(rows, report.sources, strict=True):
                row.append(cell(str(_(", ")).join(str(NOTES.get(note, note)) for note in source.notes)))
        parts.append(wide_table(header, rows, "folio-check-sources"))
    header = [cell(str(_("Result"))), cell(str(_("Meaning"))), cell(str(_("Number")))]
    rungs = [item.verification.rung for item in report.evidence]
    rows = [
        [
            cell(_rung(Verification(rung=rung))),
            cell(str(meaning)),
            cell(inline(str(rungs.count(rung)), "folio-figure")),
        ]
        for rung, meaning in RUNG_MEANINGS.items()
        if rung in rungs or (rungs and Verification(rung=rung).is_verified)
    ]
    if rows:
        parts.append(wide_table(header, rows, "folio-check-rungs"))
    parts += _result_tables(renderer, report)
    if report.counts:
        header = [cell(str(_("File"))), cell(str(_("Recount matches"))), cell(str(_("Revision")))]
        rows = [[cell(name), cell(_count_text(count)), cell(_revision(count))] for name, count in report.counts]
        parts.append(wide_table(header, rows, "folio-check-counts"))
    return parts


def _result_tables(renderer: ListingRenderer, report: CheckReport) -> list[nodes.Node]:
    """Return a table of evidence not verified or with an answer other than yes, and a collapsed one of the rest."""
    exceptions, others = [], []
    for target, found in report.evidence:
        row = [cell(renderer.link(target)), cell(_rung(found))]
        answers = [check_text(name, check) for name, check in _shown(found) if check.result != "yes"]
        if answers or not found.is_verified:
            exceptions.append([*row, cell(str(_("; ")).join(answers))])
        else:
            others.append(row)
    labels = [str(label) for label in (_("Source"), _("Result"), _("Details"))]
    tables: list[nodes.Node] = []
    if exceptions:
        tables.append(wide_table([cell(label) for label in labels], exceptions, "folio-check-table"))
    if others:
        table = wide_table([cell(label) for label in labels[:2]], others, "folio-check-table")
        label = folio_disclosure_label("", str(_("Passed (%d)")) % len(others))
        tables.append(folio_disclosure("", label, table))
    return tables


def _shown(found: Verification) -> list[tuple[str, Check]]:
    """Return the questions and answers for readers."""
    return [(name, check) for name, check in found.checks if name not in SILENT or check.result == "no"]


def _count_text(count: Count) -> str:
    reason = str(REASONS.get(count.reason, count.reason))
    answer = str(RESULTS[count.result])
    return str(_("%(answer)s (%(reason)s)")) % {"answer": answer, "reason": reason} if reason else answer


def _revision(count: Count) -> nodes.Node:
    revisions = [str(count.question.get("revision", ""))]
    for names in dict(count.question.get("packages", {})).values():
        revisions += map(str, names)
    return inline(str(_(", ")).join(dict.fromkeys(name[:10] for name in revisions if name)), "folio-revision")
