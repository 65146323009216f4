"""Render projects as cards, the career as a timeline, and highlights as a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils import column_width

from sphinx_folio._common.i18n import _, labeled_text
from sphinx_folio.doctree.elements import inline, joined
from sphinx_folio.doctree.labels import COMMITS, INTERNAL
from sphinx_folio.doctree.lines import sketch_parts
from sphinx_folio.doctree.nodes import folio_axis, folio_bars, folio_span
from sphinx_folio.listings.evidence import evidence_count_line, evidence_row_line
from sphinx_folio.portfolio.dates import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_folio.listings.base import ListingRenderer
    from sphinx_folio.portfolio.dates import Period
    from sphinx_folio.portfolio.queries.evidence import EvidenceCount
    from sphinx_folio.portfolio.queries.work import HighlightRow, ProjectRow, TimelineProject, TimelineRow


def render_project_cards(renderer: ListingRenderer, rows: Sequence[ProjectRow]) -> list[nodes.Node]:
    """Return the projects as a list of cards."""
    items = []
    for row in rows:
        title = nodes.paragraph("", "", renderer.link(row.target), classes=["folio-card-title"])
        card = nodes.list_item("", title, key=row.target.key)
        facts: list[nodes.Node] = [renderer.link(row.position)] if row.position else []
        if row.period:
            facts.append(_project_dates(renderer, row.period, from_commits=row.from_commits))
        if facts:
            card += nodes.paragraph("", "", *joined(facts, " | "), classes=["folio-line"])
        card += [nodes.paragraph("", text) for text in row.summary.split("\n\n") if text]
        if row.sketch:
            card += nodes.paragraph("", "", *sketch_parts(row.sketch), classes=["folio-sketch"])
        card += renderer.tags(row.skills)
        if row.is_internal:
            card += nodes.paragraph("", str(INTERNAL), classes=["folio-line"])
        if row.evidence:
            card += _evidence_line(renderer, row.evidence)
        items.append(card)
    return [nodes.bullet_list("", *items, classes=["folio-cards"])] if items else []


def _project_dates(renderer: ListingRenderer, period: Period, *, from_commits: bool) -> nodes.inline:
    """Return the dates of a project, with a label if they are those of its public commits."""
    dates = renderer.dates.period(period)
    text = labeled_text(COMMITS, dates) if from_commits else dates
    return inline(text, "folio-dates")


def _evidence_line(renderer: ListingRenderer, count: EvidenceCount) -> nodes.paragraph:
    """Return the number of pieces of evidence, with a bar for each of several; the bars of own work are highlighted."""
    line = evidence_count_line(renderer, count.first, count.own, count.team)
    if count.own + count.team > 1:
        line += folio_bars(bars=[(100, is_own) for is_own in (*[True] * count.own, *[False] * count.team)])
    return line


LONG_WORD = 10
"""The width from which a word in a label needs a wider column; a letter is 1 wide, a Chinese character 2."""
MAX_TICKS = 8
"""The maximum number of intervals between the year labels of the axis."""


def render_timeline(renderer: ListingRenderer, rows: Sequence[TimelineRow]) -> list[nodes.Node]:
    """Return the positions, projects and education of a career, newest first, each with a bar on a common time axis."""
    axis = _TimeAxis.covering([span for row in rows for span in row.spans])
    items = _timeline_items(renderer, rows, axis)
    if not items:
        return []
    years = [nodes.paragraph("", "", folio_axis(ticks=axis.years()), classes=["folio-years"])] if axis else []
    entries = nodes.bullet_list("", *items, classes=["folio-timeline"])
    words = [word for row in rows for word in renderer.label(row.target.objtype).split()]
    is_long = any(column_width(word) >= LONG_WORD for word in words)
    return [nodes.container("", entries, *years, classes=["folio-career", *(["folio-long-labels"] if is_long else [])])]


def _timeline_items(
    renderer: ListingRenderer, rows: Sequence[TimelineRow], axis: _TimeAxis | None, *, are_roles: bool = False
) -> list[nodes.list_item]:
    """Return the items of a timeline; roles, which are inside the item of their entity, have no label."""
    items = []
    for row in rows:
        when: list[nodes.Node] = []
        if row.period:
            when.append(inline(renderer.dates.period(row.period), "folio-dates"))
        if row.duration:
            when.append(renderer.duration(row.duration))
        label = [] if are_roles else [inline(renderer.label(row.target.objtype), "folio-kind"), nodes.Text(" ")]
        title: list[nodes.Node] = [*label, renderer.link(row.target)]
        if row.detail:
            title += [inline(" | ", "folio-separator"), inline(row.detail)]
        item = nodes.list_item("", nodes.paragraph("", "", *joined(when, " | "), classes=["folio-line"]))
        item += nodes.paragraph("", "", *title, classes=["folio-title"])
        if row.projects:
            projects = joined((_timeline_project(renderer, project) for project in row.projects), str(_(", ")))
            item += nodes.paragraph("", "", *projects, classes=["folio-made"])
        if row.roles:
            roles = _timeline_items(renderer, row.roles, axis, are_roles=True)
            item += nodes.bullet_list("", *roles, classes=["folio-timeline"])
        elif axis:
            segments = [axis.segment(span) for span in row.spans]
            ticks = [offset for offset, _year in axis.years()]
            item += nodes.paragraph("", "", folio_span(segments=segments, ticks=ticks), classes=["folio-spans"])
        items.append(item)
    return items


def _timeline_project(renderer: ListingRenderer, project: TimelineProject) -> nodes.Element:
    """Return a link to a project with its dates, which say what its bar shows."""
    link = renderer.link(project.target)
    if not project.period:
        return link
    dates = _project_dates(renderer, project.period, from_commits=project.from_commits)
    return nodes.inline("", "", link, nodes.Text(" "), dates)


@dataclass(frozen=True, slots=True)
class _TimeAxis:
    """A time axis of whole years. Months are counted since year 0; offsets are in percent of the axis."""

    start: int
    """The first month."""
    end: int
    """The month after the last."""

    @classmethod
    def covering(cls, spans: Sequence[tuple[int, int]]) -> _TimeAxis | None:
        """Return the shortest axis of whole years that covers all spans, or None without spans.

        Args:
            spans: Pairs of first month and month after the last.
        """
        if not spans:
            return None
        first, last = min(start for start, _end in spans), max(end for _start, end in spans)
        return cls(first - first % MONTHS_PER_YEAR, last + -last % MONTHS_PER_YEAR)

    def offset(self, month: int) -> float:
        """Return the offset of the start of a month."""
        return round((month - self.start) * 100 / (self.end - self.start), 2)

    def segment(self, span: tuple[int, int]) -> tuple[float, float]:
        """Return the offset and the length of a span."""
        begin = self.offset(span[0])
        return begin, round(self.offset(span[1]) - begin, 2)

    def years(self) -> list[tuple[float, str]]:
        """Return offset and text of the year labels."""
        step = MONTHS_PER_YEAR * -(-(self.end - self.start) // (MONTHS_PER_YEAR * MAX_TICKS))
        return [(self.offset(month), str(month // MONTHS_PER_YEAR)) for month in range(self.start, self.end + 1, step)]


def render_highlights(renderer: ListingRenderer, rows: Sequence[HighlightRow]) -> list[nodes.Node]:
    """Return a list of highlights, each with its project, its skills and its evidence."""
    items = []
    for row in rows:
        link = renderer.link(row.target)
        title: list[nodes.Node] = [link]
        if row.project:
            title += [inline(" | ", "folio-separator"), renderer.link(row.project)]
        item = nodes.list_item("", nodes.paragraph("", "", *title))
        if row.text != row.target.title:
            item += [nodes.paragraph("", text) for text in row.text.split("\n\n") if text]
        item += renderer.tags(row.skills)
        if row.evidence:
            proofs = (evidence_row_line(renderer, proof) for proof in row.evidence)
            item += renderer.lines(proofs, "folio-proofs", line_class="folio-line")
        items.append(item)
    return [nodes.bullet_list("", *items, classes=["folio-highlights"])] if items else []
