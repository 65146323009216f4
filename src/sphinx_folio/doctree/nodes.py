"""The document nodes that entries and listings are made of.

Each is, or is filled with, nodes of docutils, so that every builder can write it.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx import addnodes

from sphinx_folio._common.searchable import SearchableNode, SearchEntry, UnsearchedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx.writers.html5 import HTML5Translator


class folio_entry(SearchableNode, nodes.container):
    """An object where it is described: its key and plain facts as attributes, all that is read as children."""

    def search_entry(self) -> SearchEntry:
        """Return the key and the tags of the object."""
        skills: dict[str, None] = dict.fromkeys((*self.get("languages", ()), *self.get("skills", ())))
        keywords: tuple[str, ...] = tuple(self.get("keywords", ()))
        return SearchEntry(self.get("node_id", ""), self["objtype"], self["key"], keywords, tuple(skills))


class folio_fact(addnodes.not_smartquotable, nodes.paragraph):
    """A text that belongs to an entry's record: its attribute ``fact`` names the field.

    Smart quotes are kept out: the text is exported as it was written.
    """


class _plain_text(addnodes.translatable, addnodes.not_smartquotable, nodes.TextElement):
    """A text without markup that is translated on its own."""

    def preserve_original_messages(self) -> None:
        """Keep nothing: the text as it was written is the raw source."""

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Show a translation."""
        self.children = []
        self += nodes.Text(translated_message)

    def extract_original_messages(self) -> Sequence[str]:
        """Return the text as it was written."""
        return [self.rawsource]


class folio_term(_plain_text, nodes.inline):
    """The same as a :class:`folio_fact`, within a line."""


class folio_sketch(_plain_text, nodes.paragraph):
    """A project's sketch as its author wrote it; its boxes are drawn once it is translated."""


class folio_listing(UnsearchedNode, nodes.General, nodes.Element):
    """A place that is filled from the whole portfolio once all pages are read."""


class folio_summary(nodes.container):
    """What a page says of its person in sum, away from the person's entry."""


class folio_period(nodes.inline):
    """A start, an end and, if asked for, a duration; written once “today” is known."""


class folio_said(nodes.inline):
    """Its attribute ``words``, for those who hear a page or copy from it; other builders than HTML leave them out."""


def visit_folio_said_html(self: HTML5Translator, node: folio_said) -> None:
    """Write the words; the style sheet keeps them out of sight."""
    self.body.append(f'<span class="folio-said">{html.escape(node["words"])}</span>')
    raise nodes.SkipNode


class folio_steps(nodes.inline):
    """A level as filled and empty steps; the word beside it says the same to whoever does not see them."""


class folio_time(nodes.inline):
    """A date or a duration as a language writes it, and as machines do: its attribute ``datetime`` (ISO 8601)."""


def visit_folio_time_html(self: HTML5Translator, node: folio_time) -> None:
    """Open a time element, or for years and months, which that cannot hold, a data element (HTML Standard, 4.5)."""
    if node["datetime"].startswith("P"):
        self.body.append(self.starttag(node, "data", "", value=node["datetime"]))
    else:
        self.body.append(self.starttag(node, "time", "", datetime=node["datetime"]))


def depart_folio_time_html(self: HTML5Translator, node: folio_time) -> None:
    """Close the element."""
    self.body.append("</data>" if node["datetime"].startswith("P") else "</time>")


class Piece(NamedTuple):
    """A piece of a line: its text, how it is styled, where it leads, and what it says beside."""

    text: str
    style: str = ""
    """A class; a piece without class and address is plain text."""
    address: str = ""
    """Of the page that it leads to, as a link on this page needs it; on the page itself, ``#`` and an id."""
    said: str = ""
    """Words for those who hear it."""
    datetime: str = ""
    """A date as machines write it."""
    external: bool = False
    """Whether the address leads away from the site."""


Line = tuple[Piece, ...]


class folio_line(nodes.paragraph):
    """A line whose attribute ``pieces`` is written as it is: one node for what else takes many.

    Listings have thousands of lines. It holds the text once more for whoever looks for words, such as Sphinx's search.
    For builders that do not know it, its pieces are nodes, see :func:`line_of`.
    """


def line_of(pieces: Sequence[Piece], *classes: str) -> nodes.paragraph:
    """Return a line as nodes that every builder can write."""
    return nodes.paragraph("", "", *map(node_of, pieces), classes=list(classes))


def node_of(piece: Piece) -> nodes.Node:
    """Return a piece of a line as a node."""
    if piece.external:
        return external_link(piece.text, piece.address)
    if piece.datetime:
        return folio_time("", piece.text, datetime=piece.datetime, classes=[piece.style])
    return words_of(piece) if piece.style or piece.address else nodes.Text(piece.text)


def words_of(piece: Piece) -> nodes.Element:
    """Return a piece of a line as a node of its own, a link if it leads somewhere."""
    words = inline(piece.text, *filter(None, [piece.style]))
    if piece.said:
        words += folio_said(words=piece.said)
    if not piece.address:
        return words
    within = {"refid": piece.address[1:]} if piece.address.startswith("#") else {"refuri": piece.address}
    return nodes.reference("", "", words, internal=True, **within)


def text_of(lines: Iterable[Line]) -> str:
    """Return what lines say."""
    return "\n".join("".join(piece.text for piece in line) for line in lines)


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


class folio_lines(nodes.General, nodes.TextElement):
    """A list of lines in one node: its attribute ``lines``, of which ``line-class`` styles each."""


def list_of(lines: Iterable[Line], *classes: str, line_class: str = "") -> nodes.bullet_list:
    """Return a list of lines as nodes that every builder can write.

    It is marked as simple, which docutils finds out by itself only where it knows the nodes.
    """
    styles = [line_class] if line_class else []
    items = (nodes.list_item("", line_of(line, *styles)) for line in lines)
    return nodes.bullet_list("", *items, classes=[*classes, "simple"])


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


class Places(NamedTuple):
    """A page's places in a listing: the page as a link, their lines, and how many of these are in sight."""

    page: Piece
    lines: tuple[Line, ...]
    shown: int
    more: str
    """The label of the lines that are not in sight; an empty text if all are."""


class folio_places(nodes.General, nodes.TextElement):
    """A list of places by page in one node: its attribute ``places``."""


def places_of(pages: Iterable[Places]) -> nodes.bullet_list:
    """Return places by page as nodes that every builder can write."""
    items = []
    for page, lines, shown, more in pages:
        parts: list[nodes.Node] = [list_of(lines[:shown])]
        if more:
            parts.append(folio_disclosure("", folio_disclosure_label("", more), list_of(lines[shown:])))
        items.append(nodes.list_item("", line_of([page]), nodes.container("", *parts)))
    return nodes.bullet_list("", *items)


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


class folio_disclosure(nodes.container):
    """A list behind its label, which a reader opens in place; in other builders than HTML it is open."""


class folio_disclosure_label(nodes.paragraph):
    """The label."""


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


STACKED = "folio-stacked"
"""The class of tables whose rows are stacked on a narrow screen."""


class folio_cell(nodes.paragraph):
    """The content of a table's cell, which knows the head of its column: its attribute ``label``."""


def visit_folio_cell_html(self: HTML5Translator, node: folio_cell) -> None:
    """Open the paragraph, with the name as data."""
    attributes: dict[str, Any] = {"data-label": node["label"]}
    self.body.append(self.starttag(node, "p", "", **attributes))


def depart_folio_cell_html(self: HTML5Translator, node: folio_cell) -> None:
    """Close the paragraph."""
    self.body.append("</p>\n")


class folio_bar(nodes.inline):
    """A bar as long as its attribute ``share`` says, in hundredths of the longest; the figure stands beside it."""


def visit_folio_bar_html(self: HTML5Translator, node: folio_bar) -> None:
    """Draw the bar; without a style attribute, so that it shows under a strict policy too."""
    self.body.append(
        f'<svg class="folio-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{float(node["share"])}" height="4"/></svg>'
    )
    raise nodes.SkipNode


class folio_bars(nodes.inline):
    """A row of bars: its attribute ``bars`` has for each its height in hundredths, and whether it stands out."""


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


class folio_span(nodes.inline):
    """Periods on a line of time: ``segments`` are start and length in hundredths of the line, ``ticks`` the years."""


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


class folio_plot(nodes.container):
    """The marks of a chart; hidden from screen readers, to whom its caption says what it shows."""


def visit_folio_plot_html(self: HTML5Translator, node: folio_plot) -> None:
    """Open the chart's grid."""
    attributes: dict[str, Any] = {"CLASS": "folio-plot", "aria-hidden": "true"}
    self.body.append(self.starttag(node, "div", **attributes))


def depart_folio_plot_html(self: HTML5Translator, node: folio_plot) -> None:
    """Close the chart's grid."""
    self.body.append("</div>\n")


class folio_dots(nodes.inline):
    """A line of a chart: its ``marks`` are series, place in hundredths of the width, and words; -1 is no figure."""


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


class folio_axis(nodes.inline):
    """The figures along a chart's axis: its ``ticks`` are place in hundredths of the width, and words."""


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


def inline(text: str, *classes: str) -> nodes.inline:
    """Return a piece of a line."""
    return nodes.inline("", text, classes=list(classes))


def joined(parts: Iterable[nodes.Node], separator: str) -> list[nodes.Node]:
    """Return parts with a separator between them, marked so that a style may show it in another way."""
    line: list[nodes.Node] = []
    for part in parts:
        if line:
            line.append(inline(separator, "folio-separator"))
        line.append(part)
    return line


def separated(pieces: Iterable[Piece], separator: str) -> list[Piece]:
    """Return pieces of a line with a separator between them, marked in the same way."""
    mark = Piece(separator, "folio-separator")
    return [part for piece in pieces for part in (mark, piece)][1:]


def external_link(text: str, url: str) -> nodes.reference:
    """Return a link that leads away from the site."""
    return nodes.reference("", text, refuri=url, internal=False)


def cross_reference(docname: str, objtype: str, key: str, *, tag: bool = False) -> addnodes.pending_xref:
    """Return a reference to an object, which will show the object's name; as a tag, it looks like one."""
    classes = ["folio-tag"] if tag else []
    return addnodes.pending_xref(
        "",
        nodes.inline("", key, classes=classes),
        refdomain="folio",
        reftype=objtype,
        reftarget=key,
        refexplicit=False,
        refwarn=True,
        refdoc=docname,
        tag=tag,
    )


def field(label: str, *body: nodes.Node) -> nodes.field:
    """Return a labelled fact; its label is ours and already translated, no business of the site's catalogs."""
    return nodes.field("", nodes.field_name("", str(label), translatable=False), nodes.field_body("", *body))


def field_list(fields: Sequence[nodes.Element]) -> list[nodes.Node]:
    """Return labelled facts as a list, or nothing if there are none; compact, lest docutils look at all of it first."""
    return [nodes.field_list("", *fields, classes=["folio-facts", "compact"])] if fields else []


def table(header: Sequence[nodes.Node], rows: Iterable[Sequence[nodes.Node]], *classes: str) -> nodes.table:
    """Return a table whose first row and first column are headers; every cell holds one block."""
    group = nodes.tgroup("", cols=len(header))
    for number, _cell in enumerate(header):
        group += nodes.colspec("", colwidth=1, stub=1 if number == 0 else 0)
    group += nodes.thead("", _row(header))
    group += nodes.tbody("", *(_row(row) for row in rows))
    return nodes.table("", group, classes=["folio-table", "colwidths-auto", *classes])


def wide_table(header: Sequence[nodes.Node], rows: Iterable[Sequence[nodes.Node]], *classes: str) -> nodes.container:
    """Return such a table in a box that scrolls; on a narrow screen its rows are stacked."""
    return nodes.container("", table(header, rows, *classes, STACKED), classes=["folio-scroll"])


def _row(cells: Iterable[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", cell) for cell in cells))


def cell(*parts: nodes.Node | str) -> nodes.paragraph:
    """Return the content of a cell."""
    return nodes.paragraph("", "", *(nodes.Text(part) if isinstance(part, str) else part for part in parts))
