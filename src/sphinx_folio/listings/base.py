"""What all listings are written with: links, tags, levels, dates and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio.i18n import _
from sphinx_folio.lines import date_text, level_steps
from sphinx_folio.nodes import cross_reference, folio_steps, folio_time, inline, joined, passage_reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx import addnodes

    from sphinx_folio.dates import PartialDate
    from sphinx_folio.i18n import DateFormatter
    from sphinx_folio.queries import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """The page that is written to, how dates are written, and how many levels there are."""

    docname: str
    dates: DateFormatter
    levels: int

    def link(self, target: Target, *, tag: bool = False, says_level: bool = False) -> addnodes.pending_xref:
        """Return a link to an object."""
        return cross_reference(self.docname, target.objtype, target.key, tag=tag, says_level=says_level)

    def place(self, docname: str, node_id: str, text: str) -> addnodes.pending_xref:
        """Return a link to a passage, or to a page."""
        return passage_reference(self.docname, docname, node_id, text)

    def tags(self, skills: Iterable[Target]) -> list[nodes.Node]:
        """Return a line of skills as tags, or nothing if there are none."""
        links = [self.link(skill, tag=True, says_level=True) for skill in skills]
        return [nodes.paragraph("", "", *joined(links, str(_(", "))), classes=["folio-tags"])] if links else []

    def date(self, date: PartialDate) -> folio_time:
        """Return a date."""
        return date_text(date, self.dates)

    def duration(self, months: int) -> folio_time:
        """Return a number of months as years and months."""
        iso = f"P{months // 12}Y{months % 12}M"
        return folio_time("", self.dates.duration(months), datetime=iso, classes=["folio-duration"])

    def steps(self, step: int) -> folio_steps:
        """Return a level as filled and empty steps."""
        return level_steps(step, self.levels)

    def level(self, label: str, step: int) -> list[nodes.Node]:
        """Return a level as its word and as steps, or nothing if there is none."""
        if not step:
            return []
        return [inline(label, "folio-level"), nodes.Text(" "), self.steps(step)]
