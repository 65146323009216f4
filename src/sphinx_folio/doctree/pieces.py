"""Lines of text and links as single doctree nodes, for speed: listings of large sites have thousands of lines.

A line is a tuple of :class:`Piece`. There are two representations:

- For HTML, ``folio_line``, ``folio_lines`` and ``folio_places`` store pieces in one node, and the visitors in
  ``html`` write them directly.
- For other builders, ``line_node``, ``list_node`` and ``page_groups_node`` convert them to standard docutils nodes.

Both must produce the same HTML; tests compare them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from sphinx_folio.doctree.elements import external_link, marked_nodes
from sphinx_folio.doctree.nodes import folio_disclosure, folio_disclosure_label, folio_said, folio_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_folio.portfolio.records import MarkedText


class Piece(NamedTuple):
    """A piece of a line: text, or a link."""

    text: str
    style: str = ""
    """A CSS class; a piece without class and address is plain text."""
    address: str = ""
    """The target of the link, relative to the page that contains the line; ``#`` and an id on the same page."""
    spoken_text: str = ""
    """Additional text for screen readers."""
    datetime: str = ""
    """The ISO 8601 format of a text that is a date."""
    external: bool = False
    """Whether the address is on another site."""
    marked: MarkedText | None = None
    """The part of the text that is in another language."""


Line = tuple[Piece, ...]


class folio_line(nodes.paragraph):
    """A line in one node: its attribute ``pieces`` contains the line, its text is for Sphinx's search index."""


def line_node(pieces: Sequence[Piece], *classes: str) -> nodes.paragraph:
    """Return a line as standard nodes, for every builder."""
    return nodes.paragraph("", "", *map(piece_node, pieces), classes=list(classes))


def piece_node(piece: Piece) -> nodes.Node:
    """Return a piece as a standard node."""
    if piece.external:
        return external_link(piece.text, piece.address, piece.marked)
    if piece.datetime:
        return folio_time("", piece.text, datetime=piece.datetime, classes=[piece.style])
    return inline_node(piece) if piece.style or piece.address or piece.marked else nodes.Text(piece.text)


def inline_node(piece: Piece) -> nodes.Element:
    """Return a piece as an inline node, inside a reference if it has an address on this site."""
    words = nodes.inline("", "", *marked_nodes(piece.text, piece.marked), classes=[*filter(None, [piece.style])])
    if piece.spoken_text:
        words += folio_said(words=piece.spoken_text)
    if not piece.address:
        return words
    target = {"refid": piece.address[1:]} if piece.address.startswith("#") else {"refuri": piece.address}
    return nodes.reference("", "", words, internal=True, **target)


def lines_text(lines: Iterable[Line]) -> str:
    """Return the text of lines, without the text for screen readers."""
    return "\n".join("".join(piece.text for piece in line) for line in lines)


class folio_lines(nodes.General, nodes.TextElement):
    """A list in one node: its attribute ``lines`` contains the lines, ``line-class`` is the CSS class of each."""


def list_node(lines: Iterable[Line], *classes: str, line_class: str = "") -> nodes.bullet_list:
    """Return a list of lines as standard nodes, for every builder.

    The class ``simple`` is set here, since docutils sets it only for lists of nodes that it knows.
    """
    styles = [line_class] if line_class else []
    items = (nodes.list_item("", line_node(line, *styles)) for line in lines)
    return nodes.bullet_list("", *items, classes=[*classes, "simple"])


class PageGroup(NamedTuple):
    """The lines of a listing that belong to one page. The first ones are visible, the others are collapsed."""

    page: Piece
    """The link to the page."""
    lines: tuple[Line, ...]
    visible: int
    """The number of visible lines."""
    more_label: str
    """The label of the collapsed lines; empty if there are none."""


class folio_places(nodes.General, nodes.TextElement):
    """A list of lines grouped by page in one node: its attribute ``places`` contains the groups."""


def page_groups_node(groups: Iterable[PageGroup]) -> nodes.bullet_list:
    """Return lines grouped by page as standard nodes, for every builder."""
    items = []
    for page, lines, visible, more_label in groups:
        parts: list[nodes.Node] = [list_node(lines[:visible])]
        if more_label:
            collapsed = list_node(lines[visible:])
            parts.append(folio_disclosure("", folio_disclosure_label("", more_label), collapsed))
        around = [nodes.container("", *parts)] if lines else []
        items.append(nodes.list_item("", line_node([page]), *around))
    return nodes.bullet_list("", *items)


def separated(pieces: Iterable[Piece], separator: str) -> list[Piece]:
    """Return pieces with a separator between them, like :func:`sphinx_folio.doctree.elements.joined`."""
    between = Piece(separator, "folio-separator")
    return [part for piece in pieces for part in (between, piece)][1:]
