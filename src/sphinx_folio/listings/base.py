"""What all listings are written with: links, tags, levels, dates and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import NoUri
from sphinx.util.nodes import make_refnode

from sphinx_folio.i18n import _
from sphinx_folio.lines import date_text, level_steps
from sphinx_folio.nodes import folio_steps, folio_time, inline, joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.builders import Builder

    from sphinx_folio.dates import PartialDate
    from sphinx_folio.i18n import DateFormatter
    from sphinx_folio.queries import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """The page that is written to, and by which builder; how dates are written, and how many levels there are."""

    docname: str
    builder: Builder
    dates: DateFormatter
    levels: int

    def link(self, target: Target, *, tag: bool = False) -> nodes.Element:
        """Return a link to an object; as a tag, it looks like one."""
        return self._link(target.docname, target.node_id, inline(target.title, *(["folio-tag"] if tag else [])))

    def place(self, docname: str, node_id: str, text: str) -> nodes.Element:
        """Return a link to a passage, or to a page."""
        return self._link(docname, node_id, inline(text))

    def _link(self, docname: str, node_id: str, words: nodes.Element) -> nodes.Element:
        """Return a link; the words alone where a builder leaves the page out.

        What a listing shows is there, so that nothing has to be resolved: Sphinx's way, by a pending reference that is
        looked up later, costs large listings more than all else.
        """
        try:
            return make_refnode(self.builder, self.docname, docname, node_id or None, words)
        except NoUri:
            return words

    def tags(self, skills: Iterable[Target]) -> list[nodes.Node]:
        """Return a line of skills as tags, or nothing if there are none."""
        links = [self.link(skill, tag=True) for skill in skills]
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
