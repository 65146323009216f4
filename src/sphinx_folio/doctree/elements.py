"""Functions that return ordinary docutils nodes in the forms that entries and listings share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_folio.doctree.nodes import STACKED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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
