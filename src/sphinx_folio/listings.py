"""Listings: the places that a page keeps for the whole portfolio, filled with nodes that every builder can write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_folio.collect import query_of
from sphinx_folio.i18n import DateFormatter, _
from sphinx_folio.nodes import (
    cross_reference,
    folio_listing,
    folio_period,
    folio_steps,
    inline,
    joined,
    passage_reference,
)
from sphinx_folio.queries import Query, answer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sphinx import addnodes

    from sphinx_folio.domain import FolioDomain
    from sphinx_folio.queries import CategoryRow, PageUsages, ProjectRow, SkillRow, Target, Usage


class FillListings(SphinxPostTransform):
    """Put the rows of the portfolio where a page asked for them.

    At priority 5: the references made here are resolved by Sphinx at 10.
    """

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Fill the periods and the listings of the page at hand."""
        domain = cast("FolioDomain", self.env.domains["folio"])
        portfolio = domain.portfolio()
        self.dates = DateFormatter(self.config.language, self.config.folio_date_formats)
        self.levels = len(portfolio.levels)
        for period in list(self.document.findall(folio_period)):
            months = answer(portfolio, Query(kind="period", period=period["period"]))
            text = self.dates.period(period["period"]) if period["show"] == "dates" else self.dates.duration(months)
            period.replace_self(inline(text, f"folio-{period['show']}"))
        write: dict[str, Callable[[Any], list[nodes.Node]]] = {
            "usages": self.usages,
            "skill-index": self.skill_index,
            "project-cards": self.project_cards,
        }
        for listing in list(self.document.findall(folio_listing)):
            rows = answer(portfolio, query_of(listing))
            listing.replace_self(write[listing["kind"]](rows))

    def link(self, target: Target, *, tag: bool = False) -> addnodes.pending_xref:
        """Return a link to an object."""
        return cross_reference(self.env.current_document.docname, target.objtype, target.key, tag=tag)

    def place(self, docname: str, node_id: str, text: str) -> addnodes.pending_xref:
        """Return a link to a passage."""
        return passage_reference(self.env.current_document.docname, docname, node_id, text)

    def usages(self, pages: Sequence[PageUsages]) -> list[nodes.Node]:
        """Write where a skill is shown or named, by page."""
        items = [
            nodes.list_item(
                "",
                nodes.paragraph("", "", self.place(page.docname, "", page.title)),
                nodes.bullet_list("", *(self.usage(usage) for usage in page.usages)),
            )
            for page in pages
        ]
        label = nodes.paragraph("", str(_("Used in")), classes=["folio-label"])
        if not items:
            return [nodes.container("", label, nodes.paragraph("", str(_("nowhere yet"))), classes=["folio-usages"])]
        return [nodes.container("", label, nodes.bullet_list("", *items), classes=["folio-usages"])]

    def usage(self, usage: Usage) -> nodes.list_item:
        """Write one such place: what it is, and its title as a link."""
        kinds = {
            "project": _("Project"),
            "position": _("Position"),
            "highlight": _("Highlight"),
            "mention": _("Mentioned in"),
        }
        kind = inline(str(kinds[usage.objtype]), "folio-kind")
        place = self.place(usage.docname, usage.node_id, usage.title)
        return nodes.list_item("", nodes.paragraph("", "", kind, nodes.Text(" "), place))

    def skill_index(self, rows: Sequence[CategoryRow]) -> list[nodes.Node]:
        """Write the skills by category, each a tag with its level."""
        items = []
        for row in rows:
            label: nodes.Node = self.place(row.docname, "", row.label) if row.docname else nodes.Text(row.label)
            line = nodes.paragraph(
                "", "", *joined((self.leveled(skill) for skill in row.skills), str(_(", "))), classes=["folio-tags"]
            )
            items.append(nodes.definition_list_item("", nodes.term("", "", label), nodes.definition("", line)))
        return [nodes.definition_list("", *items, classes=["folio-skill-index"])] if items else []

    def leveled(self, row: SkillRow) -> nodes.Node:
        """Write a skill's tag and, behind it, its level as a word and as steps."""
        piece = nodes.inline("", "", self.link(row.target, tag=True), classes=["folio-leveled"])
        if row.step:
            steps = folio_steps("", "●" * row.step + "○" * (self.levels - row.step))
            piece += [nodes.Text(" "), inline(row.level_label, "folio-level"), nodes.Text(" "), steps]
        return piece

    def project_cards(self, rows: Sequence[ProjectRow]) -> list[nodes.Node]:
        """Write the projects as a list of cards."""
        items = []
        for row in rows:
            card = nodes.list_item("", nodes.paragraph("", "", self.link(row.target), classes=["folio-card-title"]))
            facts: list[nodes.Node] = [self.link(row.position)] if row.position else []
            if row.period:
                facts.append(inline(self.dates.period(row.period), "folio-dates"))
            if facts:
                card += nodes.paragraph("", "", *joined(facts, " | "), classes=["folio-line"])
            card += [nodes.paragraph("", text) for text in row.summary.split("\n\n") if text]
            if row.skills:
                tags = joined((self.link(skill, tag=True) for skill in row.skills), str(_(", ")))
                card += nodes.paragraph("", "", *tags, classes=["folio-tags"])
            items.append(card)
        return [nodes.bullet_list("", *items, classes=["folio-cards"])] if items else []
