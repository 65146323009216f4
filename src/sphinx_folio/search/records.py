"""What search knows of a page: a record for each section and each description of an object, after translation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from sphinx_folio._common.characters import strip_forbidden
from sphinx_folio._common.lazy_pickle import LazyPickle
from sphinx_folio._common.searchable import SearchableDomain, SearchableNode, UnsearchedNode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


SECTION, OBJECT, ANCHOR = "section", "object", "anchor"
"""The places of records: a section or a page, the description of an object, and any other element with an id."""


@dataclass(slots=True)
class Record:
    """A place that a result can lead to; domains name their objects, and references to them, once all pages are read.

    A record of an anchor has no text, which is that of the section around it. It is dropped if no object is there.
    """

    node_id: str
    title: str
    trail: tuple[str, ...] = ()
    objtype: str = ""
    key: str = ""
    keywords: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    text: list[str] = field(default_factory=list)
    ids: tuple[str, ...] = ()
    place: str = SECTION

    def trail_within(self) -> tuple[str, ...]:
        """Return the titles above what this record contains; that of the page is not among them."""
        return (*self.trail, self.title) if self.node_id else ()


UNREAD = (UnsearchedNode, nodes.Invisible, nodes.raw, nodes.system_message, addnodes.toctree, addnodes.index)
FIELDS = {"folio-facts", "folio-tags", "folio-dates"}
SILENT = {"folio-separator", "folio-figure", "folio-ratio", "folio-revision"}
UNREAD_CLASSES = frozenset({*FIELDS, *SILENT, "nosearch"})
"""What is kept as fields, what nobody searches for, and what is to stay out."""
REFERENCE = "\ue000{}\ue001{}\ue002"
"""What stands in a text for the name of an object: its type and key."""


class PageReader:
    """Walk through a page once and sort its text into records."""

    def __init__(self, title: str, shown: Callable[[str], bool], domains: AbstractSet[str] = frozenset()) -> None:
        """Begin with the page itself.

        Args:
            title: The title of the page.
            shown: Tells whether a condition of ``only`` holds in this build.
            domains: The domains that name the objects of references later.
        """
        self.records = [Record("", title)]
        self._shown = shown
        self._domains = domains

    def read(self, node: nodes.Node, record: Record) -> None:
        """Add what a node says to a record, or to records of its own."""
        if isinstance(node, nodes.Text):
            record.text.append(strip_forbidden(node.astext()))
        elif isinstance(node, SearchableNode):
            self._entry(node, record)
        elif isinstance(node, nodes.section):
            self._section(node, record)
        elif isinstance(node, nodes.Element) and self._unread(node):
            record.text.append(" ")
        elif isinstance(node, addnodes.desc):
            self._description(node, record)
        elif isinstance(node, nodes.definition_list_item) and isinstance(node.parent.parent, addnodes.glossary):
            self._term(node, record)
        elif isinstance(node, nodes.Element):
            self._element(node, record)

    def _element(self, node: nodes.Element, record: Record) -> None:
        if node.get("refdomain") in self._domains and not node.get("refexplicit") and node.get("reftarget"):
            record.text.append(REFERENCE.format(node["reftype"], strip_forbidden(node["reftarget"])))
            return
        if node["ids"] and "refuri" not in node:
            self._begin(node["ids"], "", record, ANCHOR)
        self._read_all(node.children, record)
        if isinstance(node, nodes.image):
            record.text.append(f" {strip_forbidden(node.get('alt', ''))} ")
        elif isinstance(node, addnodes.production) or not isinstance(node, nodes.Inline):
            record.text.append(" ")

    def _read_all(self, found: Sequence[nodes.Node], record: Record) -> None:
        for node in found:
            self.read(node, record)

    def _begin(self, ids: Sequence[str], title: str, outer: Record, place: str) -> Record:
        """Return a new record."""
        record = Record(ids[0] if ids else "", title, outer.trail_within(), ids=tuple(ids), place=place)
        self.records.append(record)
        return record

    def _unread(self, node: nodes.Element) -> bool:
        return (
            (isinstance(node, UNREAD) and not isinstance(node, nodes.target))
            or (isinstance(node, addnodes.only) and not self._shown(node["expr"]))
            or not UNREAD_CLASSES.isdisjoint(node["classes"])
        )

    def _section(self, node: nodes.section, record: Record) -> None:
        title = next((strip_forbidden(child.astext()) for child in node.children if isinstance(child, nodes.title)), "")
        others = any(other.place != ANCHOR for other in self.records[1:])
        if isinstance(node.parent, nodes.document) and not record.ids and not others:
            inner = record  # the page's own title
            inner.title, inner.ids = inner.title or title, tuple(node["ids"])
        else:
            inner = self._begin(node["ids"], title, record, SECTION)
        self._read_all([child for child in node.children if not isinstance(child, nodes.title)], inner)

    def _entry(self, node: SearchableNode, record: Record) -> None:
        node_id, objtype, key, keywords, skills = node.search_entry()
        inner = Record(node_id, "", record.trail_within(), objtype, key, keywords, skills, ids=(node_id,), place=OBJECT)
        self.records.append(inner)
        if isinstance(node, nodes.Element):
            self._read_all(node.children, inner)

    def _description(self, node: addnodes.desc, record: Record) -> None:
        """Begin a record for each signature that has an anchor; the first takes what is said of all."""
        inner = record
        for child in node.children:
            if not isinstance(child, addnodes.desc_signature):
                self.read(child, inner)
                continue
            words = _words_of(child)
            described = record
            if child["ids"]:
                names = [strip_forbidden(name.astext()) for name in child.findall(addnodes.desc_name)]
                described = self._begin(child["ids"], names[-1] if names else words, record, OBJECT)
                inner = described if inner is record else inner
            described.text.append(f" {words} ")

    def _term(self, node: nodes.definition_list_item, record: Record) -> None:
        terms = [child for child in node.children if isinstance(child, nodes.term)]
        inner = self._begin(
            [node_id for term in terms for node_id in term["ids"]], strip_forbidden(terms[0].astext()), record, OBJECT
        )
        self._read_all([child for child in node.children if not isinstance(child, nodes.term)], inner)


def _words_of(signature: addnodes.desc_signature) -> str:
    """Return a signature as it is shown, without links such as that to its source."""
    shown = (child for child in signature.children if not isinstance(child, addnodes.only))
    return strip_forbidden(signature.child_text_separator.join(child.astext() for child in shown))


class SearchRecords:
    """The records of all pages, kept in the environment by page."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Take what an earlier build has left, or nothing."""
        if not hasattr(env, "folio_search"):
            env.folio_search = {}  # type: ignore[attr-defined]
        self.pages: dict[str, LazyPickle[list[Record]]] = env.folio_search  # type: ignore[attr-defined]


def note_page(app: Sphinx, document: nodes.document) -> None:
    """Keep the records of a page that has been read."""
    env = app.env
    pages = SearchRecords(env).pages
    pages.pop(env.docname, None)
    if "nosearch" in env.metadata[env.docname]:
        return
    title = env.titles.get(env.docname)
    domains = frozenset(domain.name for domain in env.domains.sorted() if isinstance(domain, SearchableDomain))
    reader = PageReader(
        strip_forbidden(title.astext()) if title is not None else env.docname, app.tags.eval_condition, domains
    )
    for child in document.children:
        reader.read(child, reader.records[0])
    pages[env.docname] = LazyPickle(reader.records)


def forget_page(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop the records of a page that is gone or read again."""
    SearchRecords(env).pages.pop(docname, None)


def merge_pages(app: Sphinx, env: BuildEnvironment, docnames: AbstractSet[str], other: Any) -> None:
    """Take over what a parallel reader has read."""
    theirs = SearchRecords(other).pages
    SearchRecords(env).pages.update((name, theirs[name]) for name in docnames if name in theirs)
