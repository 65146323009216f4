"""HTML visitors of the nodes of entries and listings, and the registration of all nodes.

Other builders use the visitor of the docutils base class of each node.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_folio.doctree.html_charts import CHART_NODES
from sphinx_folio.doctree.line_breaks import set_line_breaks, visit_folio_breakable_html
from sphinx_folio.doctree.nodes import (
    folio_breakable,
    folio_cell,
    folio_disclosure,
    folio_disclosure_label,
    folio_entry,
    folio_fact,
    folio_level,
    folio_listing,
    folio_period,
    folio_said,
    folio_sketch,
    folio_skill_table,
    folio_steps,
    folio_summary,
    folio_term,
    folio_time,
    folio_untranslated,
)
from sphinx_folio.doctree.pieces import folio_line, folio_lines, folio_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_folio.doctree.pieces import Line
    from sphinx_folio.portfolio.records import MarkedText


def visit_folio_said_html(self: HTML5Translator, node: folio_said) -> None:
    """Write the text for screen readers; the style sheet hides it visually."""
    self.body.append(f'<span class="folio-said">{html.escape(node["words"])}</span>')
    raise nodes.SkipNode


def visit_folio_time_html(self: HTML5Translator, node: folio_time) -> None:
    """Open a ``time`` element; for a duration in years and months, a ``data`` element.

    The HTML Standard (4.5.14) allows only durations of days or less in a ``time`` element.
    """
    if node["datetime"].startswith("P"):
        self.body.append(self.starttag(node, "data", "", value=node["datetime"]))
    else:
        self.body.append(self.starttag(node, "time", "", datetime=node["datetime"]))


def depart_folio_time_html(self: HTML5Translator, node: folio_time) -> None:
    """Close the element."""
    self.body.append("</data>" if node["datetime"].startswith("P") else "</time>")


def visit_folio_line_html(self: HTML5Translator, node: folio_line) -> None:
    """Write a line; the HTML is the same as that of :func:`sphinx_folio.doctree.pieces.line_node`."""
    ends_item = isinstance(node.parent, nodes.list_item | nodes.entry) and node is node.parent[-1]
    self.body += [self.starttag(node, "p", ""), *_line_html(self, node["pieces"]), "</p>" if ends_item else "</p>\n"]
    raise nodes.SkipNode


def _line_html(translator: HTML5Translator, line: Line) -> Iterator[str]:
    """Yield the HTML of the pieces of a line."""
    for text, style, address, spoken_text, datetime, external, marked in line:
        words = set_line_breaks(translator.encode(text))
        if marked:
            words = _marked_html(translator, text, marked)
        if spoken_text:
            words += f'<span class="folio-said">{html.escape(spoken_text)}</span>'
        if external:
            words = f'<a class="reference external" href="{translator.attval(address)}">{words}</a>'
        elif datetime:
            words = f'<time class="{style}" datetime="{datetime}">{words}</time>'
        elif style or address or marked:
            words = f'<span class="{style}">{words}</span>' if style else f"<span>{words}</span>"
        if address and not external:
            words = f'<a class="reference internal" href="{translator.attval(address)}">{words}</a>'
        yield words


def _marked_html(translator: HTML5Translator, text: str, marked: MarkedText) -> str:
    """Return a text as HTML, with its part that is in another language marked."""
    before, part, after = (set_line_breaks(translator.encode(words)) for words in text.partition(marked.text))
    return f'{before}<span lang="{html.escape(marked.language)}">{part}</span>{after}' if part else before


def visit_folio_lines_html(self: HTML5Translator, node: folio_lines) -> None:
    """Write a list of lines; the HTML is the same as that of :func:`sphinx_folio.doctree.pieces.list_node`."""
    self.body += _list_html(self, node["lines"], " ".join([*node["classes"], "simple"]), node["line-class"])
    raise nodes.SkipNode


def _list_html(translator: HTML5Translator, lines: Iterable[Line], classes: str, line_class: str = "") -> Iterator[str]:
    """Yield the HTML of a list of lines."""
    start_of_item = f'<li><p class="{line_class}">' if line_class else "<li><p>"
    yield f'<ul class="{classes}">\n'
    for line in lines:
        yield start_of_item
        yield from _line_html(translator, line)
        yield "</p></li>\n"
    yield "</ul>\n"


def visit_folio_places_html(self: HTML5Translator, node: folio_places) -> None:
    """Write page groups; the HTML is the same as that of :func:`sphinx_folio.doctree.pieces.page_groups_node`."""
    self.body.append("<ul>\n")
    for page, lines, visible, more_label in node["places"]:
        self.body += ["<li><p>", *_line_html(self, (page,)), "</p>\n"]
        if lines:
            self.body += ['<div class="docutils container">\n', *_list_html(self, lines[:visible], "simple")]
        if more_label:
            self.body.append(f'<details class="folio-disclosure">\n<summary>{self.encode(more_label)}</summary>\n')
            self.body += [*_list_html(self, lines[visible:], "simple"), "</details>\n"]
        self.body.append("</div>\n</li>\n" if lines else "</li>\n")
    self.body.append("</ul>\n")
    raise nodes.SkipNode


def visit_folio_disclosure_html(self: HTML5Translator, node: folio_disclosure) -> None:
    """Open a ``details`` element."""
    self.body.append(self.starttag(node, "details", CLASS="folio-disclosure"))


def depart_folio_disclosure_html(self: HTML5Translator, node: folio_disclosure) -> None:
    """Close the ``details`` element."""
    self.body.append("</details>\n")


def visit_folio_disclosure_label_html(self: HTML5Translator, node: folio_disclosure_label) -> None:
    """Open a ``summary`` element."""
    self.body.append(self.starttag(node, "summary", ""))


def depart_folio_disclosure_label_html(self: HTML5Translator, node: folio_disclosure_label) -> None:
    """Close the ``summary`` element."""
    self.body.append("</summary>\n")


def visit_folio_cell_html(self: HTML5Translator, node: folio_cell) -> None:
    """Open the paragraph of a table cell; the style sheet can show the attribute ``data-label`` on narrow screens."""
    attributes: dict[str, Any] = {"data-label": node["label"]}
    self.body.append(self.starttag(node, "p", "", **attributes))


def depart_folio_cell_html(self: HTML5Translator, node: folio_cell) -> None:
    """Close the paragraph."""
    self.body.append("</p>\n")


def visit_folio_level_html(self: HTML5Translator, node: folio_level) -> None:
    """Open a ``data`` element, whose value is the position of the level."""
    attributes: dict[str, Any] = {"value": node["number"]}
    self.body.append(self.starttag(node, "data", "", **attributes))


def depart_folio_level_html(self: HTML5Translator, node: folio_level) -> None:
    """Close the element."""
    self.body.append("</data>")


def visit_folio_steps_html(self: HTML5Translator, node: folio_steps) -> None:
    """Open the circles of a level; screen readers skip them, since the level is also in the text."""
    attributes: dict[str, Any] = {"CLASS": "folio-steps", "aria-hidden": "true"}
    self.body.append(self.starttag(node, "span", "", **attributes))


def depart_folio_steps_html(self: HTML5Translator, node: folio_steps) -> None:
    """Close the circles."""
    self.body.append("</span>")


PLAIN_NODES: tuple[type[nodes.Element], ...] = (
    folio_entry,
    folio_fact,
    folio_listing,
    folio_period,
    folio_sketch,
    folio_skill_table,
    folio_summary,
    folio_term,
    folio_untranslated,
)
"""Nodes without their own visitors."""
HTML_NODES: dict[type[nodes.Element], Any] = {
    **CHART_NODES,
    folio_breakable: (visit_folio_breakable_html, None),
    folio_cell: (visit_folio_cell_html, depart_folio_cell_html),
    folio_disclosure: (visit_folio_disclosure_html, depart_folio_disclosure_html),
    folio_disclosure_label: (visit_folio_disclosure_label_html, depart_folio_disclosure_label_html),
    folio_level: (visit_folio_level_html, depart_folio_level_html),
    folio_line: (visit_folio_line_html, None),
    folio_lines: (visit_folio_lines_html, None),
    folio_places: (visit_folio_places_html, None),
    folio_said: (visit_folio_said_html, None),
    folio_steps: (visit_folio_steps_html, depart_folio_steps_html),
    folio_time: (visit_folio_time_html, depart_folio_time_html),
}
"""Node class → its visit and depart functions for HTML."""


def add_nodes(app: Sphinx) -> None:
    """Add all nodes, and their HTML visitors, to Sphinx."""
    for node in PLAIN_NODES:
        app.add_node(node)
    for node, visitors in HTML_NODES.items():
        app.add_node(node, html=visitors)
