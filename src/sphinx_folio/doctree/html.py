"""How HTML writes the nodes that it writes in its own way; other builders fall back to the docutils base class."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_folio.doctree.nodes import (
    folio_axis,
    folio_bar,
    folio_bars,
    folio_cell,
    folio_disclosure,
    folio_disclosure_label,
    folio_dots,
    folio_entry,
    folio_fact,
    folio_listing,
    folio_period,
    folio_plot,
    folio_said,
    folio_sketch,
    folio_span,
    folio_steps,
    folio_summary,
    folio_term,
    folio_time,
)
from sphinx_folio.doctree.pieces import folio_line, folio_lines, folio_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_folio.doctree.pieces import Line


def visit_folio_said_html(self: HTML5Translator, node: folio_said) -> None:
    """Write the words; the style sheet keeps them out of sight."""
    self.body.append(f'<span class="folio-said">{html.escape(node["words"])}</span>')
    raise nodes.SkipNode


def visit_folio_time_html(self: HTML5Translator, node: folio_time) -> None:
    """Open a time element, or for years and months, which that cannot hold, a data element (HTML Standard, 4.5)."""
    if node["datetime"].startswith("P"):
        self.body.append(self.starttag(node, "data", "", value=node["datetime"]))
    else:
        self.body.append(self.starttag(node, "time", "", datetime=node["datetime"]))


def depart_folio_time_html(self: HTML5Translator, node: folio_time) -> None:
    """Close the element."""
    self.body.append("</data>" if node["datetime"].startswith("P") else "</time>")


def visit_folio_line_html(self: HTML5Translator, node: folio_line) -> None:
    """Write a line as the nodes of :func:`line_of` would be written."""
    ends_item = isinstance(node.parent, nodes.list_item | nodes.entry) and node is node.parent[-1]
    self.body += [self.starttag(node, "p", ""), *_written(self, node["pieces"]), "</p>" if ends_item else "</p>\n"]
    raise nodes.SkipNode


def _written(translator: HTML5Translator, line: Line) -> Iterator[str]:
    """Yield the markup of the pieces of a line."""
    for text, style, address, said, datetime, external in line:
        words: str = translator.encode(text)
        if said:
            words += f'<span class="folio-said">{html.escape(said)}</span>'
        if external:
            words = f'<a class="reference external" href="{translator.attval(address)}">{words}</a>'
        elif datetime:
            words = f'<time class="{style}" datetime="{datetime}">{words}</time>'
        elif style or address:
            words = f'<span class="{style}">{words}</span>' if style else f"<span>{words}</span>"
        if address and not external:
            words = f'<a class="reference internal" href="{translator.attval(address)}">{words}</a>'
        yield words


def visit_folio_lines_html(self: HTML5Translator, node: folio_lines) -> None:
    """Write a list of lines as the nodes of :func:`list_of` would be written."""
    self.body += _list_written(self, node["lines"], " ".join([*node["classes"], "simple"]), node["line-class"])
    raise nodes.SkipNode


def _list_written(
    translator: HTML5Translator, lines: Iterable[Line], classes: str, line_class: str = ""
) -> Iterator[str]:
    opened = f'<li><p class="{line_class}">' if line_class else "<li><p>"
    yield f'<ul class="{classes}">\n'
    for line in lines:
        yield opened
        yield from _written(translator, line)
        yield "</p></li>\n"
    yield "</ul>\n"


def visit_folio_places_html(self: HTML5Translator, node: folio_places) -> None:
    """Write places as the nodes of :func:`places_of` would be written."""
    self.body.append("<ul>\n")
    for page, lines, shown, more in node["places"]:
        self.body += ["<li><p>", *_written(self, (page,)), '</p>\n<div class="docutils container">\n']
        self.body += _list_written(self, lines[:shown], "simple")
        if more:
            self.body.append(f'<details class="folio-disclosure">\n<summary>{self.encode(more)}</summary>\n')
            self.body += [*_list_written(self, lines[shown:], "simple"), "</details>\n"]
        self.body.append("</div>\n</li>\n")
    self.body.append("</ul>\n")
    raise nodes.SkipNode


def visit_folio_disclosure_html(self: HTML5Translator, node: folio_disclosure) -> None:
    """Open what can be opened."""
    self.body.append(self.starttag(node, "details", CLASS="folio-disclosure"))


def depart_folio_disclosure_html(self: HTML5Translator, node: folio_disclosure) -> None:
    """Close what can be opened."""
    self.body.append("</details>\n")


def visit_folio_disclosure_label_html(self: HTML5Translator, node: folio_disclosure_label) -> None:
    """Open the label."""
    self.body.append(self.starttag(node, "summary", ""))


def depart_folio_disclosure_label_html(self: HTML5Translator, node: folio_disclosure_label) -> None:
    """Close the label."""
    self.body.append("</summary>\n")


def visit_folio_cell_html(self: HTML5Translator, node: folio_cell) -> None:
    """Open the paragraph, with the name as data."""
    attributes: dict[str, Any] = {"data-label": node["label"]}
    self.body.append(self.starttag(node, "p", "", **attributes))


def depart_folio_cell_html(self: HTML5Translator, node: folio_cell) -> None:
    """Close the paragraph."""
    self.body.append("</p>\n")


def visit_folio_bar_html(self: HTML5Translator, node: folio_bar) -> None:
    """Draw the bar; without a style attribute, so that it shows under a strict policy too."""
    self.body.append(
        f'<svg class="folio-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{float(node["share"])}" height="4"/></svg>'
    )
    raise nodes.SkipNode


def visit_folio_bars_html(self: HTML5Translator, node: folio_bars) -> None:
    """Draw the bars at any width, without a style attribute; what they show stands beside them in words."""
    step = 100 / len(node["bars"]) if node["bars"] else 0
    bars = "".join(
        f'<rect{"" if strong else pale} x="{number * step:.2f}" width="{step * 0.72:.2f}" '
        f'y="{100 - height}" height="{height}"/>'
        for pale in [' class="folio-pale"']
        for number, (height, strong) in enumerate(node["bars"])
    )
    self.body.append(
        f'<svg class="folio-bars" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">{bars}</svg>\n'
    )
    raise nodes.SkipNode


def visit_folio_span_html(self: HTML5Translator, node: folio_span) -> None:
    """Draw the line and its segments, each below the one before; the dates stand beside it in words."""
    height = 0.5 * len(node["segments"])
    lines = "".join(f'<line x1="{tick}%" x2="{tick}%" y2="100%"/>' for tick in node["ticks"])
    rects = "".join(
        f'<rect{"" if number == 0 else pale} x="{start}%" width="{length}%" y="{number * 0.5 + 0.1:.1f}em" '
        f'height=".3em" rx=".15em"/>'
        for pale in [' class="folio-pale"']
        for number, (start, length) in enumerate(node["segments"])
    )
    self.body.append(f'<svg class="folio-span" height="{height}em" aria-hidden="true">{lines}{rects}</svg>\n')
    raise nodes.SkipNode


def visit_folio_plot_html(self: HTML5Translator, node: folio_plot) -> None:
    """Open the chart's grid."""
    attributes: dict[str, Any] = {"CLASS": "folio-plot", "aria-hidden": "true"}
    self.body.append(self.starttag(node, "div", **attributes))


def depart_folio_plot_html(self: HTML5Translator, node: folio_plot) -> None:
    """Close the chart's grid."""
    self.body.append("</div>\n")


MARKS = {
    -1: "M-4-4 4 4M4-4-4 4",
    0: "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
    1: "M0-5 5 4H-5z",
    2: "M-4-4H4V4H-4z",
    3: "M0-5.5 5.5 0 0 5.5-5.5 0z",
}
"""The shape of each series, so that it is told by more than its colour; further ones begin again."""


def visit_folio_dots_html(self: HTML5Translator, node: folio_dots) -> None:
    """Draw marks where they belong at any width, without a style attribute."""
    lines = "".join(f'<line x1="{tick}%" x2="{tick}%" y2="100%"/>' for tick in node["ticks"])
    marks = "".join(
        f'<svg class="folio-series-{series % 4 if series >= 0 else "none"}" x="{place}%" y="50%">'
        f'<path d="{MARKS[series % 4 if series >= 0 else -1]}"><title>{html.escape(words)}</title></path></svg>'
        for series, place, words in node["marks"]
    )
    self.body.append(f'<svg class="folio-dots">{lines}{marks}</svg>\n')
    raise nodes.SkipNode


def visit_folio_axis_html(self: HTML5Translator, node: folio_axis) -> None:
    """Write each figure under its line."""
    words = "".join(f'<text x="{place}%" y="1em">{html.escape(figure)}</text>' for place, figure in node["ticks"])
    self.body.append(f'<svg class="folio-axis" aria-hidden="true">{words}</svg>\n')
    raise nodes.SkipNode


def visit_folio_steps_html(self: HTML5Translator, node: folio_steps) -> None:
    """Open the steps and hide them from screen readers, to whom the level is said in a word."""
    attributes: dict[str, Any] = {"CLASS": "folio-steps", "aria-hidden": "true"}
    self.body.append(self.starttag(node, "span", "", **attributes))


def depart_folio_steps_html(self: HTML5Translator, node: folio_steps) -> None:
    """Close the steps."""
    self.body.append("</span>")


PLAIN_NODES: tuple[type[nodes.Element], ...] = (
    folio_entry,
    folio_fact,
    folio_listing,
    folio_period,
    folio_sketch,
    folio_summary,
    folio_term,
)
HTML_NODES: dict[type[nodes.Element], Any] = {
    folio_axis: (visit_folio_axis_html, None),
    folio_bar: (visit_folio_bar_html, None),
    folio_bars: (visit_folio_bars_html, None),
    folio_cell: (visit_folio_cell_html, depart_folio_cell_html),
    folio_disclosure: (visit_folio_disclosure_html, depart_folio_disclosure_html),
    folio_disclosure_label: (visit_folio_disclosure_label_html, depart_folio_disclosure_label_html),
    folio_dots: (visit_folio_dots_html, None),
    folio_line: (visit_folio_line_html, None),
    folio_lines: (visit_folio_lines_html, None),
    folio_places: (visit_folio_places_html, None),
    folio_plot: (visit_folio_plot_html, depart_folio_plot_html),
    folio_said: (visit_folio_said_html, None),
    folio_span: (visit_folio_span_html, None),
    folio_steps: (visit_folio_steps_html, depart_folio_steps_html),
    folio_time: (visit_folio_time_html, depart_folio_time_html),
}
"""Nodes that HTML writes in its own way; every other builder, and every other node, falls back to the parent class."""


def add_nodes(app: Sphinx) -> None:
    """Add all nodes to Sphinx, with the visitors of those that HTML writes in its own way."""
    for node in PLAIN_NODES:
        app.add_node(node)
    for node, visitors in HTML_NODES.items():
        app.add_node(node, html=visitors)
