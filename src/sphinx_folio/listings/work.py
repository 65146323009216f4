"""Projects as cards, the career as a timeline, highlights as a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio._common.i18n import _
from sphinx_folio.doctree.elements import (
    inline,
    joined,
)
from sphinx_folio.doctree.lines import sketch_parts
from sphinx_folio.doctree.nodes import (
    folio_axis,
    folio_bars,
    folio_span,
)
from sphinx_folio.listings.evidence import count_line, proof_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_folio.listings.base import Writer
    from sphinx_folio.portfolio.queries.evidence import Proof
    from sphinx_folio.portfolio.queries.work import HighlightRow, ProjectRow, TimelineRow


def write_project_cards(writer: Writer, rows: Sequence[ProjectRow]) -> list[nodes.Node]:
    """Return the projects as a list of cards."""
    items = []
    for row in rows:
        card = nodes.list_item("", nodes.paragraph("", "", writer.link(row.target), classes=["folio-card-title"]))
        facts: list[nodes.Node] = [writer.link(row.position)] if row.position else []
        if row.period:
            facts.append(inline(writer.dates.period(row.period), "folio-dates"))
        if facts:
            card += nodes.paragraph("", "", *joined(facts, " | "), classes=["folio-line"])
        card += [nodes.paragraph("", text) for text in row.summary.split("\n\n") if text]
        if row.sketch:
            card += nodes.paragraph("", "", *sketch_parts(row.sketch), classes=["folio-sketch"])
        card += writer.tags(row.skills)
        if row.proof:
            card += _proof_line(writer, row.proof)
        items.append(card)
    return [nodes.bullet_list("", *items, classes=["folio-cards"])] if items else []


def _proof_line(writer: Writer, proof: Proof) -> nodes.paragraph:
    """Return how much proves a project, with a bar for each piece: own work stands out."""
    line = count_line(writer, proof.first, proof.own, proof.team)
    if proof.first:
        line += folio_bars(bars=[(100, own) for own in (*[True] * proof.own, *[False] * proof.team)])
    return line


YEAR = 12
MOST_YEARS = 8
"""Into how many steps an axis is divided at most."""


def write_timeline(writer: Writer, rows: Sequence[TimelineRow]) -> list[nodes.Node]:
    """Return the stations of a career, the latest first, with the projects of each, on one line of time."""
    items = []
    time = _Time.around([span for row in rows for span in row.spans])
    for row in rows:
        when: list[nodes.Node] = []
        if row.period:
            when.append(inline(writer.dates.period(row.period), "folio-dates"))
            when.append(writer.duration(row.months, ongoing=row.period.end is None))
        title: list[nodes.Node] = [
            inline(writer.label(row.target.objtype), "folio-kind"),
            nodes.Text(" "),
            writer.link(row.target),
        ]
        if row.detail:
            title += [inline(" | ", "folio-separator"), inline(row.detail)]
        item = nodes.list_item("", nodes.paragraph("", "", *joined(when, " | "), classes=["folio-line"]))
        item += nodes.paragraph("", "", *title, classes=["folio-title"])
        if row.projects:
            made = joined((writer.link(project) for project in row.projects), str(_(", ")))
            item += nodes.paragraph("", "", *made, classes=["folio-made"])
        if time:
            segments = [time.segment(span) for span in row.spans]
            ticks = [place for place, _year in time.years()]
            item += nodes.paragraph("", "", folio_span(segments=segments, ticks=ticks), classes=["folio-spans"])
        items.append(item)
    if not items:
        return []
    axis = [nodes.paragraph("", "", folio_axis(ticks=time.years()), classes=["folio-years"])] if time else []
    stations = nodes.bullet_list("", *items, classes=["folio-timeline"])
    return [nodes.container("", stations, *axis, classes=["folio-career"])]


@dataclass(frozen=True, slots=True)
class _Time:
    """A line of time in months, from the start of a year to the end of one."""

    start: int
    end: int

    @classmethod
    def around(cls, spans: Sequence[tuple[int, int]]) -> _Time | None:
        """Return the years that hold all spans, or nothing if there are none."""
        if not spans:
            return None
        first, last = min(start for start, _end in spans), max(end for _start, end in spans)
        return cls(first - first % YEAR, last + -last % YEAR)

    def place(self, month: int) -> float:
        """Return where a month begins, in hundredths of the line."""
        return round((month - self.start) * 100 / (self.end - self.start), 2)

    def segment(self, span: tuple[int, int]) -> tuple[float, float]:
        """Return where a span begins and how long it is."""
        begin = self.place(span[0])
        return begin, round(self.place(span[1]) - begin, 2)

    def years(self) -> list[tuple[float, str]]:
        """Return the years that the axis names, at the place where each begins."""
        step = -(-(self.end - self.start) // (YEAR * MOST_YEARS))
        return [(self.place(month), str(month // YEAR)) for month in range(self.start, self.end + 1, YEAR * step)]


def write_highlights(writer: Writer, rows: Sequence[HighlightRow]) -> list[nodes.Node]:
    """Return claims, each with its project, its skills and what proves it."""
    items = []
    for row in rows:
        link = writer.place(row.target.docname, row.target.node_id, row.target.title)
        title: list[nodes.Node] = [link]
        if row.project:
            title += [inline(" | ", "folio-separator"), writer.link(row.project)]
        item = nodes.list_item("", nodes.paragraph("", "", *title))
        if row.text != row.target.title:
            item += [nodes.paragraph("", text) for text in row.text.split("\n\n") if text]
        item += writer.tags(row.skills)
        if row.evidence:
            proofs = (proof_line(writer, proof) for proof in row.evidence)
            item += writer.lines(proofs, "folio-proofs", line_class="folio-line")
        items.append(item)
    return [nodes.bullet_list("", *items, classes=["folio-highlights"])] if items else []
