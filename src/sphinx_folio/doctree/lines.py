"""Lines that an entry shows of itself and a listing of it: they look the same in both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio._common.i18n import _
from sphinx_folio.doctree.elements import (
    inline,
    joined,
)
from sphinx_folio.doctree.labels import EVIDENCE_BY, EVIDENCE_KINDS
from sphinx_folio.doctree.nodes import (
    folio_bars,
    folio_steps,
    folio_time,
)
from sphinx_folio.doctree.pieces import (
    Line,
    Piece,
    node_of,
    separated,
)
from sphinx_folio.portfolio.records import SKETCH_ARROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_folio._common.i18n import DateFormatter
    from sphinx_folio.portfolio.dates import PartialDate


def level_steps(step: int, levels: int) -> folio_steps:
    """Return a level as filled and empty steps."""
    return folio_steps("", "●" * step + "○" * (levels - step))


def level_said(label: str) -> str:
    """Return a level as words for those who hear the name before it."""
    return str(_(", %s")) % label


def date_text(date: PartialDate, dates: DateFormatter) -> folio_time:
    """Return a date as the language writes it."""
    return folio_time("", dates.date(date), datetime=str(date), classes=["folio-dates"])


def evidence_line(
    title: nodes.Node | None, dates: DateFormatter, *, kind: str, date: PartialDate | None, by: str, revision: str
) -> nodes.paragraph:
    """Return a piece of evidence in a line: kind, title, date, whose work, revision; without what is not known."""
    marked = Piece("") if title is not None else None
    pieces = evidence_pieces(marked, dates, kind=kind, date=date, by=by, revision=revision)
    written = [title if piece is marked and title is not None else node_of(piece) for piece in pieces]
    return nodes.paragraph("", "", *written, classes=["folio-line"])


def evidence_pieces(
    title: Piece | None, dates: DateFormatter, *, kind: str, date: PartialDate | None, by: str, revision: str
) -> Line:
    """Return the pieces of such a line."""
    facts: list[Piece] = [title] if title is not None else []
    if date:
        facts.append(Piece(dates.date(date), "folio-dates", datetime=str(date)))
    if by:
        facts.append(Piece(str(EVIDENCE_BY[by]), "folio-by"))
    if revision:
        facts.append(Piece(revision[:10], "folio-revision"))
    label = (Piece(str(EVIDENCE_KINDS[kind]), "folio-kind"), Piece(" ")) if kind else ()
    return (*label, *separated(facts, " | "))


def sketch_parts(text: str) -> list[nodes.Node]:
    """Return what a sketch is drawn with: the boxes of each step together, and an arrow to the next step."""
    steps = []
    for step in text.split(SKETCH_ARROW):
        boxes = (inline(box.strip(), "folio-box") for box in step.split("|"))
        steps.append(nodes.inline("", "", *joined(boxes, str(_(", "))), classes=["folio-step"]))
    parts: list[nodes.Node] = [part for step in steps for part in (inline(f" {SKETCH_ARROW} ", "folio-arrow"), step)]
    return parts[1:]


def tally_line(figure: str, whole: str = "", *, bars: Sequence[tuple[int, bool]]) -> nodes.paragraph:
    """Return a large figure, of how many it is, and the bars of what was counted: height and whether it stands out."""
    line = nodes.paragraph("", "", inline(figure, "folio-key-value"), classes=["folio-key-line"])
    if whole:
        line += [nodes.Text(" "), inline(f"/ {whole}", "folio-key-whole")]
    line += folio_bars(bars=list(bars))
    return line
