"""HTML visitors of charts: they draw SVG.

Sizes and positions are attributes, not inline styles, which a strict Content-Security-Policy blocks.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_folio._common.trees import ancestors
from sphinx_folio.doctree.nodes import folio_axis, folio_bar, folio_bars, folio_dots, folio_plot, folio_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.writers.html5 import HTML5Translator


def _draw(translator: HTML5Translator, svg: str) -> None:
    """Write an SVG element; the pages of an EPUB are XML, where it needs its namespace."""
    is_xml = translator.builder.name == "epub"
    translator.body.append(svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1) if is_xml else svg)


def visit_folio_bar_html(self: HTML5Translator, node: folio_bar) -> None:
    """Draw a bar."""
    _draw(
        self,
        f'<svg class="folio-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{float(node["share"])}" height="4"/></svg>',
    )
    raise nodes.SkipNode


BAR_WIDTH = 1.25
"""The maximum width of a bar of a small chart with its gap, in em, so that a few bars are not wide blocks."""


def visit_folio_bars_html(self: HTML5Translator, node: folio_bars) -> None:
    """Draw a bar chart that shrinks to any width; screen readers skip it, since the figure is in the text."""
    width = BAR_WIDTH * len(node["bars"])
    step = 100 / len(node["bars"])
    bars = "".join(
        f'<rect{"" if strong else pale} x="{number * step:.2f}" width="{step * 0.72:.2f}" '
        f'y="{100 - height}" height="{height}"/>'
        for pale in [' class="folio-pale"']
        for number, (height, strong) in enumerate(node["bars"])
    )
    _draw(
        self,
        f'<svg class="folio-bars" width="{width:g}em" viewBox="0 0 100 100" preserveAspectRatio="none" '
        f'aria-hidden="true">{bars}</svg>\n',
    )
    raise nodes.SkipNode


def visit_folio_span_html(self: HTML5Translator, node: folio_span) -> None:
    """Draw the grid lines and the periods, one below the other; screen readers skip it and read the dates."""
    height = 0.5 * len(node["segments"])
    rects = "".join(
        f'<rect{"" if number == 0 else pale} x="{start}%" width="{length}%" y="{number * 0.5 + 0.1:.1f}em" '
        f'height=".3em" rx=".15em"/>'
        for pale in [' class="folio-pale"']
        for number, (start, length) in enumerate(node["segments"])
    )
    _draw(self, f'<svg class="folio-span" height="{height}em" aria-hidden="true">{_grid(node)}{rects}</svg>\n')
    raise nodes.SkipNode


def _grid(node: folio_span | folio_dots) -> str:
    """Return the grid lines of a chart."""
    return "".join(f'<line x1="{tick}%" x2="{tick}%" y2="100%"/>' for tick in node["ticks"])


def visit_folio_plot_html(self: HTML5Translator, node: folio_plot) -> None:
    """Open the plot area; screen readers skip it and read the caption."""
    attributes: dict[str, Any] = {"CLASS": "folio-plot", "aria-hidden": "true"}
    self.body.append(self.starttag(node, "div", **attributes))


def depart_folio_plot_html(self: HTML5Translator, node: folio_plot) -> None:
    """Close the plot area."""
    self.body.append("</div>\n")


MARKER_PATHS = {
    -1: "M-4-4 4 4M4-4-4 4",
    0: "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
    1: "M0-5 5 4H-5z",
    2: "M-4-4H4V4H-4z",
    3: "M0-5.5 5.5 0 0 5.5-5.5 0z",
}
"""Series number → SVG path of its marker; -1 marks a missing value.

Series differ in shape as well as in color. From the fifth series on, markers repeat.
"""


WIDE, NARROW = 2.5, 7.0
"""The distance of markers, in percent of the axis, below which they overlap: on a wide screen, and on a phone."""


def lanes(positions: Sequence[float], distance: float) -> list[int]:
    """Return for each marker of a row whether it is drawn above (-1), on (0) or below (1) the middle of the row.

    Markers that are closer to each other than the distance alternate, so that none hides another.
    """
    order = sorted(range(len(positions)), key=lambda index: positions[index])
    groups: list[list[int]] = []
    for index in order:
        if groups and positions[index] - positions[groups[-1][-1]] < distance:
            groups[-1].append(index)
        else:
            groups.append([index])
    found = [0] * len(positions)
    for group in groups:
        pattern = {1: (0,), 2: (-1, 1)}.get(len(group), (-1, 0, 1))
        for number, index in enumerate(group):
            found[index] = pattern[number % len(pattern)]
    return found


LANES = {-1: "above", 1: "below"}


def visit_folio_dots_html(self: HTML5Translator, node: folio_dots) -> None:
    """Draw the grid lines and the markers of a row of a dot chart; the tooltips use the labels of the legend."""
    labels = _labels(node)
    positions = [position for _series, position, _names in node["marks"]]
    classes = [
        "".join(f" folio-{LANES[lane]}{size}" for lane, size in ((wide, ""), (narrow, "-narrow")) if lane)
        for wide, narrow in zip(lanes(positions, WIDE), lanes(positions, NARROW), strict=True)
    ]
    marks = " ".join(  # as the labels of the axis
        f'<svg class="folio-series-{series % 4 if series >= 0 else "none"}{lane}" x="{position}%" y="50%">'
        f'<path d="{MARKER_PATHS[series % 4 if series >= 0 else -1]}">'
        f"<title>{html.escape(' '.join(labels.get(name, name) for name in names))}</title></path></svg>"
        for lane, (series, position, names) in zip(classes, node["marks"], strict=True)
    )
    _draw(self, f'<svg class="folio-dots">{_grid(node)}{marks}</svg>\n')
    raise nodes.SkipNode


def _labels(node: folio_dots) -> dict[str, str]:
    """Return the labels of the legend, which are translated, by the names in the file."""
    plot = next((parent for parent in ancestors(node) if isinstance(parent, folio_plot)), None)
    entries = plot.findall(nodes.container) if plot is not None else ()
    return {entry["name"]: entry[-1].astext() for entry in entries if "name" in entry}


def visit_folio_axis_html(self: HTML5Translator, node: folio_axis) -> None:
    """Draw the labels of an axis; the spaces between them separate words in the excerpts of Sphinx's search."""
    labels = " ".join(f'<text x="{position}%" y="1em">{html.escape(text)}</text>' for position, text in node["ticks"])
    _draw(self, f'<svg class="folio-axis" aria-hidden="true">{labels}</svg>\n')
    raise nodes.SkipNode


CHART_NODES: dict[type[nodes.Element], Any] = {
    folio_axis: (visit_folio_axis_html, None),
    folio_bar: (visit_folio_bar_html, None),
    folio_bars: (visit_folio_bars_html, None),
    folio_dots: (visit_folio_dots_html, None),
    folio_plot: (visit_folio_plot_html, depart_folio_plot_html),
    folio_span: (visit_folio_span_html, None),
}
"""Node class → its visit and depart functions for HTML."""
