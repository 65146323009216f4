"""Lines, lists of lines and places as single nodes, since listings have thousands of them.

A line is a tuple of pieces. In HTML one node holds all of it; for other builders there are functions that return the
same as ordinary docutils nodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from sphinx_folio.doctree.elements import external_link, inline
from sphinx_folio.doctree.nodes import folio_disclosure, folio_disclosure_label, folio_said, folio_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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


class folio_lines(nodes.General, nodes.TextElement):
    """A list of lines in one node: its attribute ``lines``, of which ``line-class`` styles each."""


def list_of(lines: Iterable[Line], *classes: str, line_class: str = "") -> nodes.bullet_list:
    """Return a list of lines as nodes that every builder can write.

    It is marked as simple, which docutils finds out by itself only where it knows the nodes.
    """
    styles = [line_class] if line_class else []
    items = (nodes.list_item("", line_of(line, *styles)) for line in lines)
    return nodes.bullet_list("", *items, classes=[*classes, "simple"])


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


def separated(pieces: Iterable[Piece], separator: str) -> list[Piece]:
    """Return pieces of a line with a separator between them, marked in the same way."""
    mark = Piece(separator, "folio-separator")
    return [part for piece in pieces for part in (mark, piece)][1:]
