"""Write the doctree of a page as Markdown.

sphinx-markdown-builder would be a second build; it keeps comments and anchors as HTML, and leaves out captions,
diagrams and all nodes that it does not know. A converter from HTML would have to undo what is made for screens. The
doctree that has just been written as HTML needs neither: levels, dates and the results of checks are words in it. Of a
chart, the figures are written as a table, and of a diagram its source.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes

from sphinx_folio._common.i18n import _, labeled_text
from sphinx_folio.doctree.nodes import (
    folio_axis,
    folio_disclosure_label,
    folio_dots,
    folio_entry,
    folio_plot,
    folio_steps,
)
from sphinx_folio.doctree.pieces import folio_line, folio_lines, folio_places, line_node, list_node, page_groups_node
from sphinx_folio.doctree.text import is_line_break
from sphinx_folio.export.formats import markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sphinx.builders.html import StandaloneHTMLBuilder

OMITTED = (
    nodes.raw,
    nodes.Invisible,
    nodes.system_message,
    addnodes.index,
    addnodes.tabular_col_spec,
    folio_axis,
    folio_dots,
    folio_steps,
)
"""Nodes that are not written: invisible, for another format, or a drawing of what the text says."""
DIAGRAMS: Mapping[str, str] = {"mermaid": "mermaid", "graphviz": "dot"}
"""Name of a node class, or of its base class → the language of its source."""
EMPHASIS: Mapping[type[nodes.Element], str] = {
    nodes.strong: "**",
    nodes.emphasis: "*",
    nodes.title_reference: "*",
}
BOLD = "**"
TITLES = {"folio-name", "folio-key-line", "sd-card-title"}
"""The CSS classes of texts that HTML sets off from the text below them, besides titles and labels."""
_MARK = "\ue003"
"""Encloses an address that is relative to the root of the site."""
_MARKED = re.compile(f"{_MARK}([^{_MARK}#]*)([^{_MARK}]*){_MARK}")
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/")


def with_addresses(text: str, complete: Callable[[str], str]) -> str:
    """Return the text of a page with the addresses that a function makes of those relative to the root of the site."""
    return _MARKED.sub(lambda match: complete(match[1]) + match[2], text)


class MarkdownWriter:
    """Writes the doctree of one page; addresses within the site are left to :func:`with_addresses`."""

    def __init__(self, builder: StandaloneHTMLBuilder, docname: str) -> None:
        """Set the builder, which has written the page as HTML, and the page."""
        self._builder = builder
        self._numbers: dict[str, dict[str, tuple[int, ...]]] = builder.env.toc_fignumbers.get(docname, {})
        self._section_numbers = builder.env.toc_secnumbers.get(docname, {})
        self._uri = builder.get_target_uri(docname)

    def page(self, document: nodes.document) -> str:
        """Return the text of the page."""
        return self._blocks(document.children) + "\n"

    def _blocks(self, children: Iterable[nodes.Node], level: int = 0) -> str:
        blocks = (block for child in children for block in self._block(child, level))
        return "\n\n".join(filter(None, blocks))

    def _block(self, node: nodes.Node, level: int) -> Iterator[str]:  # noqa: C901, PLR0912  one case for each kind
        """Yield the blocks of a node, which may be empty."""
        match node:
            case folio_lines() | folio_places():
                yield from self._block(_expanded(node), level)
            case nodes.Text() | nodes.Element() if isinstance(node, (nodes.Text, *OMITTED)):
                return
            case nodes.section():
                yield self._blocks(node.children, level + 1)
            case nodes.title() if isinstance(node.parent, nodes.section):
                yield markdown.heading(level, self._section_number(node.parent) + self._line(node))
            case nodes.title() | nodes.rubric() | folio_disclosure_label():
                yield self._bold(node)
            case nodes.caption():
                yield markdown.paragraph(self._number(node.parent) + self._line(node))
            case addnodes.desc_signature():
                yield _signature(node)
            case nodes.Element() if TITLES & {*node.get("classes", ())}:
                yield self._bold(node)
            case nodes.TextElement() if "folio-tags" in node["classes"] and isinstance(node.parent, folio_entry):
                yield labeled_text(f"{BOLD}{_('Skills')}{BOLD}", self._line(node))
            case nodes.bullet_list() | nodes.enumerated_list():
                yield self._list(node, level)
            case nodes.definition_list() | nodes.field_list() | nodes.option_list():
                yield markdown.item_list([("-", self._labeled(item, level)) for item in _elements(node)])
            case nodes.table():
                yield from self._table(node)
            case folio_plot():
                yield self._chart(node)
            case nodes.literal_block() | nodes.doctest_block():
                language = node.get("language", "")
                yield markdown.fenced(node.astext(), "" if language in {"default", "none"} else language)
            case nodes.math_block():
                yield f"$$\n{node.astext()}\n$$"
            case nodes.line_block():
                yield "\\\n".join(self._lines(node))
            case nodes.block_quote() | nodes.Admonition():  # to an admonition, the HTML has added its title
                yield markdown.quoted(self._blocks(node.children, level))
            case nodes.footnote() | nodes.citation():
                number, *body = _elements(node)
                yield f"[^{number.astext()}]: {markdown.indented(self._blocks(body, level), ' ' * 4)}"
            case nodes.transition():
                yield "---"
            case nodes.Element() if "code" in node:
                yield from self._diagram(node)
            case addnodes.compact_paragraph() if isinstance(next(iter(node), None), nodes.bullet_list):
                yield self._blocks(node.children, level)
            case nodes.TextElement() | nodes.image():
                yield markdown.paragraph(self._line(node))
            case nodes.Element():
                yield self._blocks(node.children, level)

    def _list(self, node: nodes.Element, level: int) -> str:
        number: int = node.get("start", 1)
        items: list[tuple[str, str]] = []
        for item in _elements(node):
            mark = "-" if isinstance(node, nodes.bullet_list) else f"{number + len(items)}."
            blocks = [block for child in item.children for block in self._block(child, level) if block]
            if blocks:
                items.append((mark, _compact(blocks)))
        return markdown.item_list(items)

    def _labeled(self, item: nodes.Element, level: int) -> str:
        """Return a field, or a term with its definition: the label in bold, then the body."""
        *labels, body = _elements(item)
        blocks = [block for child in body.children for block in self._block(child, level) if block]
        first = blocks.pop(0) if blocks and isinstance(body.children[0], nodes.TextElement) else ""
        label = ", ".join(map(self._bold, labels))
        return _compact([labeled_text(label, first).rstrip(), *blocks])

    def _table(self, node: nodes.table) -> Iterator[str]:
        """Yield the title and the rows; cells that span others are followed by empty ones."""
        titles = (title for title in node.children if isinstance(title, nodes.title))
        yield from (self._bold(title, self._number(node)) for title in titles)
        rows: list[list[str]] = []
        below: dict[tuple[int, int], str] = {}  # cells that are covered by one above
        for number, row in enumerate(node.findall(nodes.row)):
            cells: list[str] = []
            for entry in _elements(row):
                while (number, len(cells)) in below:
                    cells.append("")
                width, height = entry.get("morecols", 0) + 1, entry.get("morerows", 0)
                places = range(len(cells), len(cells) + width)
                below |= {(number + down, place): "" for down in range(1, height + 1) for place in places}
                cells += [" / ".join(filter(None, self._lines(entry))), *[""] * (width - 1)]
            rows.append(cells)
        if next(node.findall(nodes.thead), None) is None:
            rows.insert(0, [""] * len(rows[0]))
        yield markdown.table(rows)

    def _chart(self, plot: folio_plot) -> str:
        """Return the figures of a dot chart: a row for each of its lines, a column for each series."""
        legend = next(iter(_elements(plot)))
        entries = [(entry["name"], *_elements(entry)) for entry in _elements(legend)]
        names = {name: self._line(label) for name, _marks, label in entries}
        series = [name for name, marks, _label in entries if marks["marks"][0][0] >= 0]
        rows, group, label = [["", *(names[name] for name in series)]], "", ""
        for part in _elements(plot)[1:]:
            if isinstance(part, folio_dots):
                figures = {name: text for _series, _position, (name, text) in part["marks"]}
                texts = (figures.get(name, "") for name in series)
                row = (names.get(text) or markdown.escaped(text) for text in texts)
                rows.append([" · ".join(filter(None, (group, label))), *row])
            elif "folio-plot-group" in part["classes"]:
                group, label = " · ".join(self._lines(part)), ""
            else:
                label = " · ".join(self._lines(part))
        return markdown.table(rows)

    def _diagram(self, node: nodes.Element) -> Iterator[str]:
        """Yield the description of a diagram, and its source."""
        bases = {base.__name__ for base in type(node).__mro__}
        language = next((language for name, language in DIAGRAMS.items() if name in bases), "")
        yield markdown.paragraph(markdown.escaped(node.get("alt") or ""))
        yield markdown.fenced(node["code"], language)

    def _number(self, node: nodes.Element) -> str:
        """Return the number of a table, figure or code block, as HTML has before its caption; empty without one."""
        kind = self._builder.env.domains.standard_domain.get_enumerable_node_type(node) or ""
        numbers = self._numbers.get(kind, {}).get(next(iter(node["ids"]), ""), ())
        form: str = self._builder.config.numfig_format.get(kind, "")
        return f"{form % '.'.join(map(str, numbers))} " if form and numbers else ""

    def _section_number(self, section: nodes.Element) -> str:
        """Return the number of a section with the punctuation after it, as in HTML; empty without one."""
        numbers = self._section_numbers
        anchors = (f"#{section['ids'][0]}", "")  # the first section of a page has no anchor
        return self._dotted(next((numbers[anchor] for anchor in anchors if anchor in numbers), None))

    def _dotted(self, numbers: Sequence[int] | None) -> str:
        return ".".join(map(str, numbers)) + self._builder.config.html_secnumber_suffix if numbers else ""

    def _lines(self, node: nodes.Element) -> Iterator[str]:
        """Yield each text of a node as a line, without the structure of lists."""
        for child in map(_expanded, node.children):
            if isinstance(child, nodes.TextElement | nodes.image):
                yield self._line(child)
            elif isinstance(child, nodes.Element) and not isinstance(child, OMITTED):
                yield from self._lines(child)

    def _line(self, node: nodes.Element, mark: str = "") -> str:
        """Return the text of a node on one line, with a mark for emphasis."""
        return re.sub(r"\s+", " ", self._inline([node], mark)).strip()

    def _bold(self, node: nodes.Element, number: str = "") -> str:
        """Return the text of a node after its number, all of it bold."""
        if next(node.findall(_is_markup), None) is not None:
            return (f"{BOLD}{number.rstrip()}{BOLD} " if number else "") + self._line(node, BOLD)
        text = number + self._line(node)
        return f"{BOLD}{text}{BOLD}" if text else ""

    def _inline(self, children: Iterable[nodes.Node], mark: str) -> str:
        line = ""
        for child in children:
            text = self._inline_text(child, mark)
            if mark and line.endswith(mark) and text.startswith(mark):
                line, text = line.removesuffix(mark), text.removeprefix(mark)
            elif line.endswith("!") and text.startswith("["):  # it would be an image
                line = f"{line[:-1]}\\!"
            line += text
        return line

    def _inline_text(self, node: nodes.Node, mark: str) -> str:  # noqa: PLR0911  one for each kind
        """Return the text of an inline node; emphasis is written around each text, see :func:`markdown.emphasized`."""
        if isinstance(node, nodes.Text):
            text = node.astext()  # the node itself may contain NUL, by which docutils marks escaped characters
            return markdown.emphasized(text, mark) if mark else markdown.escaped(text)
        if is_line_break(node):
            return " "
        if not isinstance(node, nodes.Element) or isinstance(node, OMITTED):
            return ""
        match node:
            case nodes.reference():
                return self._link(self._dotted(node.get("secnumber")) + self._inline(node.children, mark), node)
            case nodes.image():
                images = self._builder.images
                copied = images.get(node["uri"])
                address = (
                    _in_site(quote(f"{self._builder.imagedir}/{copied}")) if copied else self._address(node["uri"])
                )
                return "!" + markdown.link(markdown.escaped(node.get("alt", "")), address)
            case nodes.literal() | nodes.FixedTextElement() | addnodes.desc_inline():
                return markdown.code(" ".join(node.astext().split()))
            case nodes.math():
                return f"${node.astext()}$"
            case nodes.footnote_reference() | nodes.citation_reference():
                return f"[^{node.astext()}]"
            case nodes.abbreviation() if node.get("explanation"):
                return f"{self._inline(node.children, mark)} ({markdown.escaped(node['explanation'])})"
        own = EMPHASIS.get(type(node), "")
        return self._inline(_expanded(node).children, mark if own in mark else mark + own)

    def _link(self, text: str, node: nodes.reference) -> str:
        if isinstance(node, addnodes.download_reference) and "filename" in node:
            address = _in_site(quote(f"_downloads/{node['filename']}"))
        else:
            uri = node.get("refuri", "") or f"#{node.get('refid', '')}"
            address = self._address(uri)
            if uri == node.astext() and _ELSEWHERE.match(uri):
                return f"<{uri}>"
        return markdown.link(text, address) if text.strip() else ""

    def _address(self, uri: str) -> str:
        """Return an address; one within the site is marked and relative to the root."""
        if _ELSEWHERE.match(uri):
            return uri
        path, hash_sign, fragment = uri.partition("#")
        if path:
            slash = "/" if path.endswith("/") else ""
            path = posixpath.normpath(posixpath.join(posixpath.dirname(self._uri), path)) + slash
        return _in_site(f"{path or self._uri}{hash_sign}{fragment}")


def _in_site(address: str) -> str:
    """Mark an address that is relative to the root of the site."""
    return f"{_MARK}{address}{_MARK}"


def _expanded(node: nodes.Node) -> nodes.Node:
    """Return a node that stores lines in one piece as standard nodes, and any other one as it is."""
    match node:
        case folio_line():
            return line_node(node["pieces"])
        case folio_lines():
            return list_node(node["lines"])
        case folio_places():
            return page_groups_node(node["places"])
    return node


def _is_markup(node: nodes.Node) -> bool:
    return isinstance(node, nodes.reference | nodes.literal | nodes.image | nodes.math | nodes.emphasis | nodes.strong)


def _elements(node: nodes.Element) -> list[nodes.Element]:
    return [cast("nodes.Element", child) for child in node.children if not isinstance(child, nodes.Text)]


def _signature(signature: addnodes.desc_signature) -> str:
    """Return the signature of an object of code, without the link to its source."""
    parts = (part for part in signature.children if not isinstance(part, nodes.reference | addnodes.only))
    return markdown.code(" ".join(signature.child_text_separator.join(part.astext() for part in parts).split()))


def _compact(blocks: list[str]) -> str:
    """Return the blocks of a list item; a list directly follows its introduction."""
    text = blocks[0] if blocks else ""
    for block in blocks[1:]:
        text += ("\n" if block.startswith(("- ", "1. ")) else "\n\n") + block
    return text
