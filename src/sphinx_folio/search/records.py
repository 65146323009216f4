"""What search knows of a page: a record for each section and each object of the portfolio, after translation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from sphinx_folio.characters import fit
from sphinx_folio.packed import Packed

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


@dataclass(slots=True)
class Record:
    """A place that a result can lead to; what refers to objects is named once all pages are read."""

    node_id: str
    title: str
    trail: tuple[str, ...] = ()
    objtype: str = ""
    key: str = ""
    keywords: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    text: list[str] = field(default_factory=list)


UNREAD = (nodes.Invisible, nodes.raw, nodes.system_message, addnodes.toctree, addnodes.index)
FIELDS = {"folio-facts", "folio-tags", "folio-dates"}
SILENT = {"folio-separator", "folio-figure", "folio-ratio", "folio-revision"}
UNREAD_CLASSES = frozenset({*FIELDS, *SILENT, "nosearch"})
"""What is kept as fields, what nobody searches for, and what is to stay out."""
REFERENCE = "\ue000{}\ue001{}\ue002"
"""What stands in a text for the name of an object: its type and key."""


class PageReader:
    """Walk through a page once and sort its text into records."""

    def __init__(self, title: str, shown: Callable[[str], bool]) -> None:
        """Begin with the page itself; ``shown`` tells whether a condition of ``only`` holds in this build."""
        self.records = [Record("", title)]
        self._shown = shown

    def read(self, node: nodes.Node, record: Record) -> None:
        """Add what a node says to a record, or to records of its own."""
        if isinstance(node, nodes.Text):
            record.text.append(fit(node.astext()))
        elif isinstance(node, nodes.section):
            self._section(node, record)
        elif isinstance(node, nodes.Element) and node.tagname == "folio_entry":
            self._entry(node, record)
        elif isinstance(node, nodes.Element) and self._unread(node):
            record.text.append(" ")
        elif isinstance(node, nodes.Element):
            if node.get("refdomain") == "folio" and not node.get("refexplicit") and node.get("reftarget"):
                record.text.append(REFERENCE.format(node["reftype"], fit(node["reftarget"])))
                return
            for child in node.children:
                self.read(child, record)
            if isinstance(node, nodes.image):
                record.text.append(f" {fit(node.get('alt', ''))} ")
            elif not isinstance(node, nodes.Inline):
                record.text.append(" ")

    def _unread(self, node: nodes.Element) -> bool:
        return (
            isinstance(node, UNREAD)
            or (isinstance(node, addnodes.only) and not self._shown(node["expr"]))
            or node.tagname == "folio_listing"
            or not UNREAD_CLASSES.isdisjoint(node["classes"])
        )

    def _section(self, node: nodes.section, record: Record) -> None:
        title = next((fit(child.astext()) for child in node.children if isinstance(child, nodes.title)), "")
        ids = node["ids"]
        if isinstance(node.parent, nodes.document) and len(self.records) == 1:
            inner = record  # the page's own title
            inner.title = inner.title or title
        else:
            outer = (*record.trail, record.title) if record.node_id else ()
            inner = Record(ids[0] if ids else "", title, outer)
            self.records.append(inner)
        for child in node.children:
            if not isinstance(child, nodes.title):
                self.read(child, inner)

    def _entry(self, node: nodes.Element, record: Record) -> None:
        outer = (*record.trail, record.title) if record.node_id else ()
        inner = Record(
            node.get("node_id", ""),
            "",
            outer,
            node["objtype"],
            node["key"],
            tuple(node.get("keywords", ())),
            tuple(dict.fromkeys((*node.get("languages", ()), *node.get("skills", ())))),
        )
        self.records.append(inner)
        for child in node.children:
            self.read(child, inner)


class SearchRecords:
    """The records of all pages, kept in the environment by page."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Take what an earlier build has left, or nothing."""
        if not hasattr(env, "folio_search"):
            env.folio_search = {}  # type: ignore[attr-defined]
        self.pages: dict[str, Packed[list[Record]]] = env.folio_search  # type: ignore[attr-defined]


def note_page(app: Sphinx, document: nodes.document) -> None:
    """Keep the records of a page that has been read."""
    env = app.env
    pages = SearchRecords(env).pages
    pages.pop(env.docname, None)
    if "nosearch" in env.metadata[env.docname]:
        return
    title = env.titles.get(env.docname)
    reader = PageReader(fit(title.astext()) if title is not None else env.docname, app.tags.eval_condition)
    for child in document.children:
        reader.read(child, reader.records[0])
    pages[env.docname] = Packed(reader.records)


def forget_page(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop the records of a page that is gone or read again."""
    SearchRecords(env).pages.pop(docname, None)


def merge_pages(app: Sphinx, env: BuildEnvironment, docnames: AbstractSet[str], other: Any) -> None:
    """Take over what a parallel reader has read."""
    theirs = SearchRecords(other).pages
    SearchRecords(env).pages.update((name, theirs[name]) for name in docnames if name in theirs)
