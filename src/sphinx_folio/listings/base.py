"""The renderer that listings use to create links, tags, levels, dates and lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import NoUri

from sphinx_folio._common.i18n import _
from sphinx_folio.doctree.elements import cross_reference, inline, joined
from sphinx_folio.doctree.labels import EVIDENCE_KINDS, MENTION
from sphinx_folio.doctree.lines import date_text, level_steps, spoken_level
from sphinx_folio.doctree.nodes import folio_level, folio_time
from sphinx_folio.doctree.pieces import (
    Piece,
    folio_line,
    folio_lines,
    folio_places,
    inline_node,
    line_node,
    lines_text,
    list_node,
    page_groups_node,
    separated,
)
from sphinx_folio.portfolio.dates import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.builders import Builder

    from sphinx_folio._common.i18n import DateFormatter
    from sphinx_folio.doctree.pieces import Line, PageGroup
    from sphinx_folio.portfolio.dates import Duration, PartialDate, Period
    from sphinx_folio.portfolio.queries import Target
    from sphinx_folio.portfolio.records import MarkedText
    from sphinx_folio.registry import Registry


LINE_BUILDERS = ("html", "dirhtml")
"""Builders that support lines in one node, see ``doctree.pieces``.

Other HTML builders, such as ``singlehtml``, have to find the references in a line.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRenderer:
    """Creates the nodes of listings on one page, for one builder."""

    docname: str
    """The page that contains the listings; links are relative to it."""
    builder: Builder
    dates: DateFormatter
    """Formats dates and periods in the language of the build."""
    levels: int
    """The number of steps of the level scale; 0 if levels are shown only as words."""
    plain: bool
    """Whether to use only standard docutils nodes, see ``doctree.pieces``."""
    registry: Registry
    """The registered types of entries and listings."""
    report_page: str = ""
    """The page with the results of the command ``verify``; empty if there is none."""
    page_addresses: dict[str, str] = field(default_factory=dict)
    """Cache: page name → relative address."""

    def address(self, docname: str, node_id: str) -> str:
        """Return the relative address of an anchor, or of a page if ``node_id`` is empty.

        Returns:
            The address; an empty string if the builder does not write the page.
        """
        if docname not in self.page_addresses:
            try:
                self.page_addresses[docname] = self.builder.get_relative_uri(self.docname, docname)
            except NoUri:
                self.page_addresses[docname] = ""
        page = self.page_addresses[docname]
        return f"{page}#{node_id}" if node_id and (page or docname == self.docname) else page

    def line(self, pieces: Iterable[Piece], *classes: str) -> nodes.paragraph:
        """Return a line of pieces as a paragraph with CSS classes."""
        line = tuple(pieces)
        if self.plain:
            return line_node(line, *classes)
        return folio_line("", "".join(piece.text for piece in line), pieces=line, classes=list(classes))

    def lines(self, lines: Iterable[Line], *classes: str, line_class: str = "") -> nodes.Element:
        """Return a list of lines; ``line_class`` is the CSS class of each line."""
        stored = tuple(lines)
        if self.plain:
            return list_node(stored, *classes, line_class=line_class)
        return folio_lines(
            "", lines_text(stored), **{"lines": stored, "classes": list(classes), "line-class": line_class}
        )

    def page_groups(self, groups: Iterable[PageGroup]) -> nodes.Element:
        """Return a list of lines grouped by page."""
        stored = tuple(groups)
        if self.plain:
            return page_groups_node(stored)
        text = lines_text(line for group in stored for line in ((group.page,), *group.lines))
        return folio_places("", text, places=stored)

    def label(self, objtype: str) -> str:
        """Return the label of a type of entry, or of mentions."""
        return str(MENTION if objtype == "mention" else self.registry.types[objtype].label)

    def evidence_label(self, kind: str) -> str:
        """Return the label of a kind of evidence: that of the type if an entry is evidence; empty for no kind."""
        return str(EVIDENCE_KINDS[kind]) if kind in EVIDENCE_KINDS else self.label(kind) if kind else ""

    def link_piece(self, docname: str, node_id: str, text: str, marked: MarkedText | None = None) -> Piece:
        """Return a link to an anchor, or to a page if ``node_id`` is empty, as a piece of a line."""
        return Piece(text, address=self.address(docname, node_id), marked=marked)

    def link(self, target: Target, *, tag: bool = False) -> nodes.Element:
        """Return a link to an object; as a tag, it has the CSS class of tags.

        The link is resolved immediately, because unresolved references are slow in large listings. Only for an object
        that does not exist, an unresolved reference is returned, so that Sphinx looks it up in other projects
        (intersphinx) or warns.
        """
        if not target.docname:
            return cross_reference(self.docname, target.objtype, target.key, tag=tag)
        address = self.address(target.docname, target.node_id)
        return inline_node(Piece(target.title, "folio-tag" if tag else "", address, marked=target.marked))

    def link_to(self, docname: str, node_id: str, text: str, marked: MarkedText | None = None) -> nodes.Element:
        """Return a link to an anchor, or to a page if ``node_id`` is empty."""
        return inline_node(self.link_piece(docname, node_id, text, marked))

    def tags(self, skills: Iterable[Target]) -> list[nodes.Node]:
        """Return a line of skills as tags, with their levels as text for screen readers; no nodes without skills."""
        shown = tuple(skills)
        if not shown:
            return []
        if not all(skill.docname for skill in shown):
            links = (self.link(skill, tag=True) for skill in shown)
            return [nodes.paragraph("", "", *joined(links, _separator()), classes=["folio-tags"])]
        return [self.line(self.separated(map(self._tag, shown)), "folio-tags")]

    def _tag(self, skill: Target) -> Piece:
        spoken_text = spoken_level(skill.level) if skill.level else ""
        address = self.address(skill.docname, skill.node_id)
        return Piece(skill.title, "folio-tag", address, spoken_text, marked=skill.marked)

    def separated(self, pieces: Iterable[Piece]) -> list[Piece]:
        """Return pieces with the list separator of the language between them."""
        return separated(pieces, _separator())

    def date(self, date: PartialDate) -> folio_time:
        """Return a date in the format of the language."""
        return date_text(date, self.dates)

    def validity(self, period: Period, *, is_over: bool) -> list[nodes.Node]:
        """Return the date of issue of something, and until when it is valid or when it has expired."""
        issued = inline(self.dates.date(period.start), "folio-dates")
        if not period.end:
            return [issued]
        date = self.dates.date(period.end)
        if is_over:
            return [issued, inline(str(_("expired %s")) % date, "folio-expired")]
        return [issued, inline(str(_("valid until %s")) % date, "folio-dates")]

    def duration(self, duration: Duration) -> folio_time:
        """Return a duration as years and months; one that is a minimum as at least so many years."""
        years, rest = divmod(duration.months, MONTHS_PER_YEAR)
        iso = f"P{years}Y{0 if duration.is_minimum and years else rest}M"
        text = self.dates.duration(duration.months, at_least=duration.is_minimum)
        return folio_time("", text, datetime=iso, classes=["folio-duration"])

    def level(self, label: str, number: int) -> list[nodes.Node]:
        """Return a level as text and, with a scale, as circles; no nodes if the number is 0."""
        if not number:
            return []
        steps = [nodes.Text(" "), level_steps(number, self.levels)] if self.levels else []
        return [folio_level("", label, number=number, classes=["folio-level"]), *steps]


def _separator() -> str:
    return str(_(", "))
