"""Render skills: computed facts, an index by category, and a matrix of skills and work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio._common.i18n import _
from sphinx_folio.doctree.elements import cell, field, field_list, inline, joined, marked_nodes, wide_table
from sphinx_folio.doctree.labels import MENTION
from sphinx_folio.doctree.nodes import folio_bar
from sphinx_folio.listings.evidence import evidence_count_text
from sphinx_folio.portfolio.queries import Query, run_query
from sphinx_folio.portfolio.queries.base import rank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_folio.doctree.nodes import folio_entry
    from sphinx_folio.listings.base import ListingRenderer
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.queries.skills import CategoryRow, Matrix, SkillFacts
    from sphinx_folio.portfolio.queries.usages import PageUsages
    from sphinx_folio.portfolio.records import MarkedText


def render_skill_facts(renderer: ListingRenderer, facts: SkillFacts | None) -> list[nodes.Node]:
    """Return the computed facts about a skill: experience, last use and number of sources; each only if known."""
    if facts is None:
        return []
    fields = []
    if facts.duration:
        fields.append(field(_("Experience"), nodes.paragraph("", "", renderer.duration(facts.duration))))
    if facts.months:
        fields.append(field(_("Last used"), nodes.paragraph("", "", _last_used(renderer, facts))))
    if facts.evidence:
        count = evidence_count_text(facts.own_evidence, facts.team_evidence)
        fields.append(field(_("Sources"), nodes.paragraph("", count)))
    return field_list(fields)


def _last_used(renderer: ListingRenderer, facts: SkillFacts) -> nodes.Node:
    return renderer.date(facts.last_used) if facts.last_used else nodes.Text(str(_("now")))


def render_skill_index(renderer: ListingRenderer, rows: Sequence[CategoryRow]) -> list[nodes.Node]:
    """Return a list of categories, each with its skills as tags with levels."""
    items = []
    for row in rows:
        label: nodes.Node = renderer.link_to(row.docname, "", row.label) if row.docname else nodes.Text(row.label)
        skills = joined((_tag_with_level(renderer, facts) for facts in row.skills), str(_(", ")))
        line = nodes.paragraph("", "", *skills, classes=["folio-tags"])
        space = nodes.raw("", " ", format="html")  # Sphinx writes none between term and definition; excerpts need one
        term = nodes.term("", "", label, space)
        items.append(nodes.definition_list_item("", term, nodes.definition("", line)))
    return [nodes.definition_list("", *items, classes=["folio-skill-index"])] if items else []


def _tag_with_level(renderer: ListingRenderer, facts: SkillFacts) -> nodes.Node:
    level = renderer.level(facts.level_label, facts.level_number)
    rank = [nodes.Text(" "), nodes.inline("", "", *level, classes=["folio-rank"])] if level else []
    return nodes.inline("", "", renderer.link(facts.target, tag=True), *rank, classes=["folio-leveled"])


def render_skill_matrix(renderer: ListingRenderer, matrix: Matrix) -> list[nodes.Node]:
    """Return a table: a row for each skill, with level and facts, and a column for each project and position."""
    if not matrix.rows:
        return []
    header = [
        cell(str(_("Skill"))),
        cell(str(_("Level"))),
        *(cell(renderer.link(column)) for column in matrix.columns),
        cell(str(_("Experience"))),
        cell(str(_("Last used"))),
        cell(str(_("Sources"))),
    ]
    rows = []
    most = max(facts.evidence for facts, _cells in matrix.rows)
    for facts, cells in matrix.rows:
        rows.append(
            [
                cell(renderer.link(facts.target)),
                cell(*renderer.level(facts.level_label, facts.level_number)),
                *(cell(inline("✓", "folio-mark")) if shown else cell() for shown in cells),
                cell(renderer.duration(facts.duration) if facts.duration else "–"),
                cell(_last_used(renderer, facts) if facts.months else "–"),
                _evidence_cell(facts.evidence, most),
            ]
        )
    return [wide_table(header, rows, "folio-matrix", "folio-sortable")]


def _evidence_cell(number: int, most: int) -> nodes.paragraph:
    """Return a number of pieces of evidence, with a bar if any skill has several; an empty cell for none."""
    if not number:
        return cell()
    bar = [folio_bar(share=number * 100 // most)] if most > 1 else []
    return cell(inline(str(number), "folio-figure"), *bar)


def render_skill_table(
    renderer: ListingRenderer, portfolio: Portfolio, skills: Sequence[folio_entry]
) -> list[nodes.Node]:
    """Return a table of skills with their levels and the pages that show or mention them.

    Args:
        renderer: Creates the nodes.
        portfolio: The portfolio that is queried.
        skills: The entries of the skills, whose ids the rows get.
    """
    found = [(skill, run_query(portfolio, Query(kind="skill-facts", key=skill["key"]))) for skill in skills]
    if portfolio.first_skills:
        levels = [facts.level_number if facts else 0 for _skill, facts in found]
        found.sort(key=lambda row: _place(row[1], levels, portfolio.first_skills))
    rows = []
    label = MENTION
    for skill, facts in found:
        if facts is None:
            continue
        pages: Sequence[PageUsages] = run_query(portfolio, Query(kind="usages", key=skill["key"]))
        showing = [page for page in pages if any(usage.objtype != "mention" for usage in page.usages)]
        label = _("Used in") if showing else label
        links = (
            renderer.link_to(page.docname, node_id, title, marked)
            for page in (*showing, *(page for page in pages if page not in showing))
            for node_id, title, marked in _places(page, renderer.docname)
        )
        level = renderer.level(facts.level_label, facts.level_number)
        rows.append(
            [
                cell(*marked_nodes(facts.target.title, facts.target.marked)),
                cell(*level),
                cell(*joined(links, str(_(", ")))),
            ]
        )
    if not rows:
        return []
    header = [cell(str(name)) for name in (_("Skill"), _("Level"), label)]
    table = wide_table(header, rows, "folio-skill-table")
    shown = [skill for skill, facts in found if facts]
    for row, skill in zip(next(table.findall(nodes.tbody)).findall(nodes.row), shown, strict=True):
        row["ids"] = skill["ids"]
    return [table]


def _place(facts: SkillFacts | None, levels: Sequence[int], first: Sequence[str]) -> tuple[int, int]:
    """Return the place of a skill in a table: skills are sorted by level, and within it by ``first``."""
    return (levels.index(facts.level_number), rank(first, (facts.target.key,))) if facts else (len(levels), 0)


def _places(page: PageUsages, docname: str) -> list[tuple[str, str, MarkedText | None]]:
    """Return the links to the usages on a page: to the page, or from that page itself, to entries and sections.

    A link is an anchor, its text, and the part of the text that is in another language.
    """
    usages = [usage for usage in page.usages if usage.has_name and page.docname == docname]
    named = [(usage.node_id, usage.title, usage.marked) for usage in usages]
    return named or [(page.usages[0].node_id, page.title, page.marked)]
