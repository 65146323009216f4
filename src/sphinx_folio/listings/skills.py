"""What is known of skills, written as facts, as an index by category, and as a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio._common.i18n import _
from sphinx_folio.doctree.elements import (
    cell,
    field,
    field_list,
    inline,
    joined,
    wide_table,
)
from sphinx_folio.doctree.nodes import folio_bar
from sphinx_folio.listings.evidence import proof_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_folio.listings.base import Writer
    from sphinx_folio.portfolio.queries.skills import CategoryRow, Matrix, SkillFacts


def write_skill_facts(writer: Writer, facts: SkillFacts | None) -> list[nodes.Node]:
    """Return how long and how lately a skill was used and what proves it, as far as the portfolio knows."""
    if facts is None:
        return []
    fields = []
    if facts.months:
        duration = writer.duration(facts.months, ongoing=facts.ongoing)
        fields.append(field(_("Time in related work"), nodes.paragraph("", "", duration)))
        fields.append(field(_("Last used"), nodes.paragraph("", "", _last_used(writer, facts))))
    fields.append(field(_("Evidence"), nodes.paragraph("", proof_words(facts.own_evidence, facts.team_evidence))))
    return field_list(fields)


def _last_used(writer: Writer, facts: SkillFacts) -> nodes.Node:
    return writer.date(facts.last_used) if facts.last_used else nodes.Text(str(_("present")))


def write_skill_index(writer: Writer, rows: Sequence[CategoryRow]) -> list[nodes.Node]:
    """Return the skills by category, each a tag with its level."""
    items = []
    for row in rows:
        label: nodes.Node = writer.place(row.docname, "", row.label) if row.docname else nodes.Text(row.label)
        skills = joined((_leveled(writer, facts) for facts in row.skills), str(_(", ")))
        line = nodes.paragraph("", "", *skills, classes=["folio-tags"])
        items.append(nodes.definition_list_item("", nodes.term("", "", label), nodes.definition("", line)))
    return [nodes.definition_list("", *items, classes=["folio-skill-index"])] if items else []


def _leveled(writer: Writer, facts: SkillFacts) -> nodes.Node:
    level = writer.level(facts.level_label, facts.step)
    rank = [nodes.Text(" "), nodes.inline("", "", *level, classes=["folio-rank"])] if level else []
    return nodes.inline("", "", writer.link(facts.target, tag=True), *rank, classes=["folio-leveled"])


def write_skill_matrix(writer: Writer, matrix: Matrix) -> list[nodes.Node]:
    """Return skills against the projects and positions that show them, with years, recency and evidence."""
    if not matrix.rows:
        return []
    header = [
        cell(str(_("Skill"))),
        cell(str(_("Level"))),
        *(cell(writer.link(column)) for column in matrix.columns),
        cell(str(_("Time in related work"))),
        cell(str(_("Last used"))),
        cell(str(_("Evidence"))),
    ]
    rows = []
    most = max(facts.evidence for facts, _cells in matrix.rows) or 1
    for facts, cells in matrix.rows:
        rows.append(
            [
                cell(writer.link(facts.target)),
                cell(*writer.level(facts.level_label, facts.step)),
                *(cell(inline("✓", "folio-mark")) if shown else cell() for shown in cells),
                cell(writer.duration(facts.months, ongoing=facts.ongoing) if facts.months else "–"),
                cell(_last_used(writer, facts) if facts.months else "–"),
                cell(inline(str(facts.evidence), "folio-figure"), folio_bar(share=facts.evidence * 100 // most)),
            ]
        )
    return [wide_table(header, rows, "folio-matrix", "folio-sortable")]
