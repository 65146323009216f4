"""What all listings are written with: links, tags, levels, dates and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import NoUri

from sphinx_folio._common.i18n import _
from sphinx_folio.doctree.elements import (
    cross_reference,
    inline,
    joined,
)
from sphinx_folio.doctree.labels import MENTION
from sphinx_folio.doctree.lines import date_text, level_said, level_steps
from sphinx_folio.doctree.nodes import (
    folio_steps,
    folio_time,
)
from sphinx_folio.doctree.pieces import (
    Piece,
    folio_line,
    folio_lines,
    folio_places,
    line_of,
    list_of,
    places_of,
    separated,
    text_of,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.builders import Builder

    from sphinx_folio._common.i18n import DateFormatter
    from sphinx_folio.doctree.pieces import (
        Line,
        Places,
    )
    from sphinx_folio.portfolio.dates import PartialDate
    from sphinx_folio.portfolio.queries import Target
    from sphinx_folio.registry import Registry


LINE_BUILDERS = ("html", "dirhtml")
"""Builders that write a line in one node; others that make HTML look for the references in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """The page that is written to, and by which builder; how dates are written, and how many levels there are."""

    docname: str
    builder: Builder
    dates: DateFormatter
    levels: int
    plain: bool
    """Whether lines are made of docutils' own nodes."""
    registry: Registry
    """The types of entries, which have labels, and the listings."""
    addresses: dict[str, str] = field(default_factory=dict)
    """Of other pages, as they are from this one, filled as they are asked for."""

    def address(self, docname: str, node_id: str) -> str:
        """Return where a link to a passage, or to a page, leads; nothing where a builder leaves the page out."""
        if docname == self.docname and node_id:
            return f"#{node_id}"
        if docname not in self.addresses:
            try:
                self.addresses[docname] = self.builder.get_relative_uri(self.docname, docname)
            except NoUri:
                self.addresses[docname] = ""
        page = self.addresses[docname]
        return f"{page}#{node_id}" if page and node_id else page

    def line(self, pieces: Iterable[Piece], *classes: str) -> nodes.paragraph:
        """Return a line of pieces."""
        if self.plain:
            return line_of(tuple(pieces), *classes)
        kept = tuple(pieces)
        return folio_line("", "".join(piece.text for piece in kept), pieces=kept, classes=list(classes))

    def lines(self, lines: Iterable[Line], *classes: str, line_class: str = "") -> nodes.Element:
        """Return a list of lines."""
        if self.plain:
            return list_of(lines, *classes, line_class=line_class)
        kept = tuple(lines)
        return folio_lines("", text_of(kept), **{"lines": kept, "classes": list(classes), "line-class": line_class})

    def places(self, pages: Iterable[Places]) -> nodes.Element:
        """Return places by page."""
        if self.plain:
            return places_of(pages)
        kept = tuple(pages)
        return folio_places(
            "", text_of(line for places in kept for line in ((places.page,), *places.lines)), places=kept
        )

    def label(self, objtype: str) -> str:
        """Return what readers see before an entry of a type, or before a mention."""
        return str(MENTION if objtype == "mention" else self.registry.types[objtype].label)

    def piece(self, docname: str, node_id: str, text: str) -> Piece:
        """Return a link to a passage, or to a page, as a piece of a line."""
        return Piece(text, address=self.address(docname, node_id))

    def link(self, target: Target, *, tag: bool = False) -> nodes.Element:
        """Return a link to an object; as a tag, it looks like one.

        What a listing shows is there, so that nothing has to be resolved: Sphinx's way, by a pending reference that is
        looked up later, costs large listings more than all else. For an object that no page holds, it is such a
        reference: Sphinx looks it up in other projects, or in vain.
        """
        if not target.docname:
            return cross_reference(self.docname, target.objtype, target.key, tag=tag)
        address = self.address(target.docname, target.node_id)
        return words_of(Piece(target.title, "folio-tag" if tag else "", address))

    def place(self, docname: str, node_id: str, text: str) -> nodes.Element:
        """Return a link to a passage, or to a page."""
        return words_of(self.piece(docname, node_id, text))

    def tags(self, skills: Iterable[Target]) -> list[nodes.Node]:
        """Return a line of skills as tags that say their level to those who hear them; nothing if there are none."""
        shown = tuple(skills)
        if not shown:
            return []
        if not all(skill.docname for skill in shown):
            links = (self.link(skill, tag=True) for skill in shown)
            return [nodes.paragraph("", "", *joined(links, _separator()), classes=["folio-tags"])]
        return [self.line(self.separated(map(self._tag, shown)), "folio-tags")]

    def _tag(self, skill: Target) -> Piece:
        said = level_said(skill.level) if skill.level else ""
        return Piece(skill.title, "folio-tag", self.address(skill.docname, skill.node_id), said)

    def separated(self, pieces: Iterable[Piece]) -> list[Piece]:
        """Return pieces of a line with the language's separators between them."""
        return separated(pieces, _separator())

    def date(self, date: PartialDate) -> folio_time:
        """Return a date."""
        return date_text(date, self.dates)

    def duration(self, months: int, *, ongoing: bool) -> folio_time:
        """Return a number of months as years and months; of what is ongoing, the number that it has reached."""
        years, rest = divmod(months, 12)
        iso = f"P{years}Y{0 if ongoing and years else rest}M"
        text = self.dates.duration(months, ongoing=ongoing)
        return folio_time("", text, datetime=iso, classes=["folio-duration"])

    def steps(self, step: int) -> folio_steps:
        """Return a level as filled and empty steps."""
        return level_steps(step, self.levels)

    def level(self, label: str, step: int) -> list[nodes.Node]:
        """Return a level as its word and as steps, or nothing if there is none."""
        if not step:
            return []
        return [inline(label, "folio-level"), nodes.Text(" "), self.steps(step)]


def _separator() -> str:
    return str(_(", "))
