"""Lines that look the same in an entry and in a listing: levels, dates, evidence, sketches and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio._common.i18n import _
from sphinx_folio.doctree.elements import LITERAL, inline, joined
from sphinx_folio.doctree.labels import EVIDENCE_BY, EVIDENCE_KINDS
from sphinx_folio.doctree.nodes import folio_bars, folio_steps, folio_time
from sphinx_folio.doctree.pieces import Line, Piece, piece_node, separated
from sphinx_folio.portfolio.records import SKETCH_ARROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_folio._common.i18n import DateFormatter
    from sphinx_folio.portfolio.dates import PartialDate


def level_steps(number: int, levels: int) -> folio_steps:
    """Return a level as circles: the first ``number`` of ``levels`` are filled."""
    return folio_steps("", "●" * number + "○" * (levels - number))


def spoken_level(label: str) -> str:
    """Return a level as text for screen readers, which follows the name of the skill."""
    return str(_(", %s")) % label


def date_text(date: PartialDate, dates: DateFormatter) -> folio_time:
    """Return a date in the format of the language."""
    return folio_time("", dates.date(date), datetime=str(date), classes=["folio-dates"])


def evidence_line(
    title: nodes.Node | None, dates: DateFormatter, *, kind: str, date: PartialDate | None, by: str, revision: str
) -> nodes.paragraph:
    """Return a line for a piece of evidence: kind, title, date, whose work it is, and revision; without empty values.

    Args:
        title: The title, as a node.
        dates: Formats the date.
        kind: A key of ``EVIDENCE_KINDS``.
        date: The date of publication.
        by: A key of ``EVIDENCE_BY``.
        revision: A tag or commit; only its first 10 characters are shown.
    """
    placeholder = Piece("") if title is not None else None
    label = str(EVIDENCE_KINDS[kind]) if kind else ""
    pieces = evidence_pieces(placeholder, dates, kind=label, date=date, by=by, revision=revision)
    parts = [title if piece is placeholder and title is not None else piece_node(piece) for piece in pieces]
    return nodes.paragraph("", "", *parts, classes=["folio-line"], **LITERAL)


def evidence_pieces(
    title: Piece | None, dates: DateFormatter, *, kind: str, date: PartialDate | None, by: str, revision: str
) -> Line:
    """Return the same line as pieces, see :func:`evidence_line`; ``kind`` is the label."""
    facts: list[Piece] = [title] if title is not None else []
    if date:
        facts.append(Piece(dates.date(date), "folio-dates", datetime=str(date)))
    if by:
        facts.append(Piece(str(EVIDENCE_BY[by]), "folio-by"))
    if revision:
        facts.append(Piece(revision[:10], "folio-revision"))
    label = (Piece(kind, "folio-kind"), Piece(" ")) if kind else ()
    return (*label, *separated(facts, " | "))


def sketch_parts(text: str) -> list[nodes.Node]:
    """Return the nodes of a project's sketch: a box for each item, stacked within a step, arrows between steps.

    An arrow and its step are one node, so that no line of a narrow sketch ends with an arrow.
    """
    steps = []
    for step in text.split(SKETCH_ARROW):
        boxes = (inline(box.strip(), "folio-box") for box in step.split("|"))
        steps.append(nodes.inline("", "", *joined(boxes, str(_(", "))), classes=["folio-step"]))
    following = (
        nodes.inline("", "", inline(f" {SKETCH_ARROW} ", "folio-arrow"), step, classes=["folio-next-step"])
        for step in steps[1:]
    )
    return [*steps[:1], *following]


def tally_line(figure: str, total: str, *, bars: Sequence[tuple[int, bool]]) -> nodes.paragraph:
    """Return a line with a large figure, the total that it is a part of, and a small bar chart.

    Args:
        figure: The figure.
        total: The total; empty if the figure is not a part of one.
        bars: The height of each bar in percent, and whether it is highlighted. One bar compares nothing: no chart.
    """
    line = nodes.paragraph("", "", inline(figure, "folio-key-value"), classes=["folio-key-line"])
    if total:
        line += [nodes.Text(" "), inline(f"/ {total}", "folio-key-whole")]
    if len(bars) > 1:
        line += folio_bars(bars=list(bars))
    return line
