"""Functions that build standard docutils nodes for entries and listings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from docutils import nodes
from sphinx import addnodes

from sphinx_folio._common.cjk import HAN
from sphinx_folio._common.i18n import _
from sphinx_folio._common.identifiers import identifier
from sphinx_folio.doctree.nodes import STACKED, folio_entry, folio_term, folio_untranslated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_folio.portfolio.records import MarkedText


LANGUAGE = "language-"
"""The start of the class that marks the language of a text; docutils writes it as the attribute ``lang``."""
LITERAL = {"support_smartquotes": False}
"""The attribute of nodes whose text is shown as it is, without typographic quotes and dashes."""


def inline(text: str, *classes: str) -> nodes.inline:
    """Return an inline node with text and CSS classes."""
    return nodes.inline("", text, classes=list(classes))


def marked_nodes(text: str, marked: MarkedText | None) -> list[nodes.Node]:
    """Return a text as nodes, with the mark of its language around the part that is in another one."""
    if marked is None or marked.text not in text:
        return [nodes.Text(text)]
    before, _part, after = text.partition(marked.text)
    parts = (nodes.Text(before), inline(marked.text, f"{LANGUAGE}{marked.language}"), nodes.Text(after))
    return [part for part in parts if part.astext()]


def joined(parts: Iterable[nodes.Node], separator: str) -> list[nodes.Node]:
    """Return the parts with a separator between them; the separators have their own CSS class."""
    line: list[nodes.Node] = []
    for part in parts:
        if line:
            line.append(inline(separator, "folio-separator"))
        line.append(part)
    return line


def remove_fact(node: nodes.Element) -> None:
    """Remove a fact from its line, with the separator before it, or after the first one."""
    parent = node.parent
    index = parent.index(node)
    if index and is_separator(parent[index - 1]):
        del parent[index - 1 : index + 1]
    else:
        del parent[index : index + 1 + (index + 1 < len(parent) and is_separator(parent[index + 1]))]


def has_class(node: nodes.Node | None, name: str) -> TypeGuard[nodes.Element]:
    """Return whether a node has a CSS class."""
    return isinstance(node, nodes.Element) and name in node.get("classes", ())


def is_separator(node: nodes.Node) -> bool:
    """Return whether a node is the separator between two parts of a line."""
    return isinstance(node, nodes.inline) and "folio-separator" in node["classes"]


def is_entry(node: nodes.Node, *objtypes: str) -> TypeGuard[folio_entry]:
    """Return whether a node is an entry of one of some types."""
    return isinstance(node, folio_entry) and node["objtype"] in objtypes


def external_link(text: str, url: str, marked: MarkedText | None = None) -> nodes.reference:
    """Return a link to another site, whose text may be its address and is shown as it is."""
    return nodes.reference("", "", *marked_nodes(text, marked), refuri=url, internal=False, **LITERAL)


def short_address(url: str) -> str:
    """Return an address as people write it: without ``https://``, ``www.`` and the slash at its end."""
    return re.sub(r"^https?://(www\.)?", "", url).rstrip("/")


def identifier_links(url: str) -> list[nodes.Node]:
    """Return a link whose text is the identifier in an address, for readers of paper; no nodes if it has none."""
    text = identifier(url)
    return [external_link(text, url)] if text else []


def is_authors(node: nodes.Node) -> bool:
    """Return whether a node is the list of the authors of an entry."""
    return isinstance(node, folio_term | folio_untranslated) and node["fact"] == "authors"


def author_nodes(authors: Iterable[tuple[str, bool]]) -> list[nodes.Node]:
    """Return the names of authors with separators, emphasized if they are the person's own.

    Names in Latin letters are separated by commas in every language.
    """
    names = list(authors)
    separator = str(_(", ")) if any(HAN.search(name) for name, _is_own in names) else ", "
    parts: list[nodes.Node] = []
    for name, is_own in names:
        parts += [nodes.Text(separator), nodes.strong("", name) if is_own else nodes.Text(name)]
    return parts[1:]


def cross_reference(docname: str, objtype: str, key: str, *, tag: bool = False) -> addnodes.pending_xref:
    """Return an unresolved reference to an object; Sphinx resolves it to a link that shows the object's name.

    Args:
        docname: The page that contains the reference.
        objtype: The type of the object.
        key: The key of the object.
        tag: Whether the link has the CSS class of tags.
    """
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
    """Return a labeled fact; the label is already translated, so Sphinx must not translate it again."""
    return nodes.field("", nodes.field_name("", str(label), translatable=False), nodes.field_body("", *body))


def field_list(fields: Sequence[nodes.Element]) -> list[nodes.Node]:
    """Return a list of labeled facts, or no nodes if there are none.

    The class ``compact`` is set here; without it, docutils would have to examine all fields.
    """
    return [nodes.field_list("", *fields, classes=["folio-facts", "compact"])] if fields else []


def table(header: Sequence[nodes.Node], rows: Iterable[Sequence[nodes.Node]], *classes: str) -> nodes.table:
    """Return a table whose first row and first column are headers; each cell contains one block."""
    group = nodes.tgroup("", cols=len(header))
    for number, _cell in enumerate(header):  # for LaTeX, each column with the attribute "stub" is a header
        stub = {"stub": 1} if number == 0 else {}
        group += nodes.colspec("", colwidth=column_width(len(header)), **stub)
    group += nodes.thead("", table_row(header))
    group += nodes.tbody("", *(table_row(row) for row in rows))
    return nodes.table("", group, classes=["folio-table", "colwidths-auto", *classes], **LITERAL)


def column_width(columns: int) -> int:
    """Return the width of each of several columns, as docutils sets it: plain text has as many characters in a line."""
    return max(1, 100 // columns)


def wide_table(header: Sequence[nodes.Node], rows: Iterable[Sequence[nodes.Node]], *classes: str) -> nodes.container:
    """Return a table in a scrollable box; on narrow screens, the cells of a row are stacked."""
    return nodes.container("", table(header, rows, *classes, STACKED), classes=["folio-scroll"])


def table_row(cells: Iterable[nodes.Node]) -> nodes.row:
    """Return a row of a table."""
    return nodes.row("", *(nodes.entry("", cell) for cell in cells))


def group_row(title: nodes.Node, width: int) -> nodes.row:
    """Return a row with the title of the rows below it, as wide as the table."""
    return nodes.row("", nodes.entry("", title, morecols=width - 1), classes=["folio-group"])


def cell(*parts: nodes.Node | str) -> nodes.paragraph:
    """Return the paragraph of a table cell."""
    return nodes.paragraph("", "", *(nodes.Text(part) if isinstance(part, str) else part for part in parts))
